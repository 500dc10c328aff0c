"""Rows that no table takes: whether they are the furniture of a list, or say something that must not be lost.

The safe answer is 'lost': a row is a title, a heading, a section, a total or a signature only where it looks like one
and nobody in it looks like a person. The others are told, and the officer decides.
"""

import re
from collections.abc import Mapping, Sequence

from core.vietnamese import clean, key, spelling
from intake.cells import is_mark
from intake.vocabulary import IGNORED, Unclear, Vocabulary

TOTAL = re.compile(r"(?:tong cong|tong so|tong|cong)(?: (?:\d|nguoi|so|can bo|cong chuc|[ivx]+\b).*)?")
NOTE = re.compile(r"(?:ghi chu|luu y|chu thich)\b")
PLACE_AND_DATE = re.compile(r".+\bngay(?: \d+)? thang(?: \d+)? nam\b")
FOOT = re.compile(
    r"(?:nguoi lap|lap bieu|nguoi tong hop|nguoi ke khai|noi nhan|thu truong|xac nhan|ky ten|ky ghi ro|ky va|"
    rf"tm (?:ubnd|uy ban|dang uy|bch)|kt chu tich)\b|{PLACE_AND_DATE.pattern}"
)
# Alone where no name and no post stands.
SIGNER = re.compile(
    r"(?:kt |tm |tl |q )?(?:pho )?(?:chu tich|bi thu|truong phong|truong ban|giam doc|ke toan|van phong|thu quy)\b"
)
SECTION = re.compile(
    r"(?:(?:[ivx]+|[a-h]|\d+)\b *)?(?:khoi |lanh dao |chuc danh )?(?:can bo|cong chuc|vien chuc|nguoi hoat dong|"
    r"hoat dong|khong chuyen trach|chuyen trach|bau cu|dang uy|hdnd|ubnd|hoi dong nhan dan|uy ban nhan dan|"
    r"mat tran|doan the|chinh quyen)\b"
)
SECTION_NUMBER = re.compile(r"(?:[IVX]+|[A-H])[.)]?")
ORDER_NUMBER = re.compile(r"\d+(?:\.0)?[.)]?")
COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?|\(?\d{1,2}\)?\s*=[\d\s+\-=()]+")
# How the first cell of a line above, between or below tables begins, by its key.
TITLE = re.compile(
    r"(?:[ivx]+ |[a-h] |\d+ )?(?:ubnd|uy ban|hdnd|hoi dong|hoi nong dan|hoi lien hiep|hoi cuu|dang uy|dang bo|"
    r"dang cong san|huyen|tinh|thanh pho|thi xa|thi tran|xa|phong|so|"
    r"ban (?:chap hanh|chi huy|thuong vu|to chuc|cong tac)|"
    r"bo noi vu|cong hoa|doc lap|danh sach|bieu|mau|phu luc|kem theo|ban hanh|tinh den|thoi diem|don vi|co quan|"
    r"nam \d|ngay|thang \d|thong ke|tong hop|bao cao|trich|ve viec|can cu|mat tran|nhiem ky|dvt|trang \d|kinh gui|"
    r"khoi|cac|nhom|bo phan|thon|to dan pho|chuc danh|theo)\b"
)
# How the words that titles and sections begin with are spelt, where without accents they are names too.
_SPELT: dict[str, set[str]] = {}
_BEGINNINGS = (
    "báo biểu cán căn cộng công đoàn đơn huyện khối mặt mẫu năm ngày phòng phụ sở số thể thị thôn tỉnh tính",
    "tổ trấn trận trích xã",
)
for _word in " ".join(_BEGINNINGS).split():
    _SPELT.setdefault(key(_word), set()).add(spelling(_word))
# Of these some are spelt as names are: 'Khối Ngọc Hoa' is somebody, 'Khối đoàn thể' is not.
_NAMES_TOO = re.compile(r"(?:khoi|nhom|trich|cac|nam|mau)\b")
_LABEL = re.compile(
    r"huyen|tinh|thanh pho|thi xa|xa|thi tran|xa thi tran|phong|don vi|co quan|thon|to dan pho|noi nhan"
)
_NATION = re.compile(r"(?:cong hoa xa hoi|doc lap tu do|dang cong san viet nam)\b")
_DAY = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*){0,2}(?:19|20)\d\d(?:\.0)?|(?:\d{1,2}[/.\-]){2}\d\d")
_ITEM = re.compile(r"\d+\s*[.)/\-]?\s+|[-*+•]\s*")
_ADDRESS = re.compile(r"\A(?:ông|bà|đồng chí|đ/c)\s+", re.IGNORECASE)
# Nobody in post was born later, and no list is older.
_BIRTH_YEAR = re.compile(r"\b19\d\d\b")
# Of letters that are not capitals after the first and after an apostrophe: "K'Brửu".
_SMALL = "".join(c for c in map(chr, range(0x1F00)) if c.islower())
_NAME_WORD = re.compile(rf"\w(?:['’]?\w)?[{_SMALL}]*(?:['’][{_SMALL}]+)?")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_PARTS = re.compile(r"[,;:|–\t]| - |\bsinh\b|\(")
_PEOPLE_APART = re.compile(r"[\n;/]")
_AFTER_A_NAME = re.compile(r"\s*\([^)]*\)\s*\Z|\s+19\d\d\b.*\Z")
_WORD_BREAK = re.compile(r"[^\w']+")
# What stands between somebody and the post they hold.
_HOLDS = re.compile(
    r"\s(?:(?:hiện|đang|đã|được|sẽ|thôi|tạm|quyền)\s+)*"
    r"(?:giữ|làm|là|nhận|bầu|bổ nhiệm|phân công|đảm nhiệm|kiêm|phụ trách|thay)"
    r"(?:\s+(?:giữ|làm|nhiệm vụ|chức vụ|chức danh|chức))*\s+",
    re.IGNORECASE,
)
# The commonest family names by their accents; with the given name after it a cell of this kind is somebody's.
_FAMILY = frozenset(
    {
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "đinh",
        "trịnh",
        "trương",
        "phùng",
        "mai",
        "tô",
        "tạ",
    }
)
# 'HỒ SƠ', 'HỒ CHÍ MINH', 'TRƯƠNG MỤC' are nobody's name.
_NO_MIDDLE_NAME = frozenset({"hóa", "hoá", "phòng", "bản", "bằng", "thư", "nghệ", "kiện", "trấn", "xã", "trường"})
_NO_GIVEN_NAME = frozenset({"sơ", "chí", "mục"})


def _begins(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a cell begins with the words of a pattern of keys, spelt as they are where the cell has accents."""
    said = clean(text)
    found = pattern.match(key(said))
    if not found or said.isascii():
        return bool(found)
    written = (word for word in _WORD_BREAK.split(said.lower()) if word)
    return all(
        plain not in _SPELT or spelling(word) in _SPELT[plain]
        for plain, word in zip(found[0].split(), written, strict=False)
    )


def begins_a_title(text: str) -> bool:
    """Whether a cell begins as titles do: 'Phòng Nội vụ' and not 'Phong Ngọc Tâm'."""
    return _begins(TITLE, text)


def begins_a_section(text: str) -> bool:
    """Whether a cell begins as sections do: 'Đoàn thể' and not 'Đoàn Thế Anh'."""
    return _begins(SECTION, text)


def is_named(text: str) -> bool:
    """Whether a cell is a person's name, or begins with one: 'Hồ Văn Tâm', '1. Hồ Văn Tâm - Bí thư', 'HỒ VĂN TÂM'."""
    written = _ITEM.sub("", clean(text), count=1) if _ITEM.match(clean(text)) else clean(text)
    words = [word for word in _WORD_BREAK.split(written) if word]
    if words and words[0].lower() in ("ông", "bà"):
        words = words[1:]
    if 2 < len(words) < 6 and written.islower() and words[0] in _FAMILY and words[1] in ("văn", "thị"):
        return words[2] not in _NO_MIDDLE_NAME
    if len(words) > 2 and words[1].lower() in ("văn", "thị") and all(word[0].isupper() for word in words[:3]):
        # 'CAO VĂN BÉ', whatever the family; not 'PHÒNG VĂN HÓA'.
        return words[2].lower() not in _NO_MIDDLE_NAME
    return (
        len(words) > 1
        and words[0].lower() in _FAMILY
        and words[1][0].isupper()
        and words[1].lower() not in _NO_GIVEN_NAME
    )


def is_like_a_name(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell is two to six words as names are written, 'Ra Pát Bên', and nothing that is known.

    Not a title in capitals, and no sentence. Of many peoples no family name tells their names from other words.
    """
    said = clean(text)
    words = _HYPHEN.sub(" ", said).split()
    if not 2 <= len(words) <= 6 or not all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in words):
        return False
    somebody = len(words) > 2 and _NAMES_TOO.match(key(said))
    return not (
        (begins_a_title(said) and not somebody)
        or is_foot([said])
        or begins_a_section(said)
        or SIGNER.match(key(said))
        or vocabulary.commune(said)
        or vocabulary.code("column", said)
        or is_post(said, vocabulary)
    )


def is_like_a_name_in_capitals(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell would be like a name if it were not in capitals: 'RA PÁT BÊN', but 'TÌNH HÌNH CHUNG' too."""
    said = clean(text)
    return said.isupper() and is_like_a_name(" ".join(map(str.capitalize, said.split())), vocabulary)


def names_in_capitals(lines: Mapping[int, str], vocabulary: Vocabulary) -> set[int]:
    """Of cells that stand alone in their rows, by row, those that are people in capitals.

    Only the run tells them from titles: three names one below the other, or two that are numbered.
    """
    found: set[int] = set()
    run: list[int] = []
    ran = False
    for row, text in lines.items():
        item = _ITEM.match(text)
        if not is_like_a_name_in_capitals(text[item.end() :] if item else text, vocabulary):
            run = []
            continue
        run = [*run[-2:], row] if run and run[-1] == row - 1 and ran == bool(item) else [row]
        ran = bool(item)
        if len(run) > (1 if item else 2):
            found.update(run)
    return found


def is_number(text: str) -> bool:
    """Whether a cell numbers a row or a section: '3', 'II.', 'A'."""
    return bool(ORDER_NUMBER.fullmatch(text) or SECTION_NUMBER.fullmatch(text))


def is_dated(text: str) -> bool:
    """Whether a cell is a day, a month or a year, as births and posts are told."""
    return bool(_DAY.fullmatch(text))


def are_names(lines: Sequence[str]) -> bool:
    """Whether the lines of one cell are a whole name each: 'Nguyễn Thị' above 'Hồng Nhung' is one person's."""
    return len(lines) > 1 and all(is_named(line) or len(line.split()) > 2 for line in lines)


def are_several_people(text: str) -> bool:
    """Whether a cell names one person after the other: 'Hồ Văn Nam; Lê Thị Mai', also on a line each."""
    # Nearly no cell has more than one part.
    parts = [part for part in _PEOPLE_APART.split(text) if part.strip()] if _PEOPLE_APART.search(text) else ()
    return len(parts) > 1 and all(is_named(part) and len(part.split()) > 2 for part in parts)


def is_like_a_person(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row has a name, or what may be one beside a day."""
    return any(map(is_named, texts)) or (
        any(map(is_dated, texts)) and any(is_like_a_name(text, vocabulary) for text in texts)
    )


def is_post(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell says nothing but posts that are known."""
    if vocabulary.criterion(text):
        return True
    try:
        return bool(vocabulary.posts(text))
    except Unclear:
        return False


def is_column_numbers(texts: Sequence[str]) -> bool:
    """The '(1) (2) (3)' or 'A B 1 2' that forms print under a header, and no row of ticks."""
    if len(texts) < 3 or not all(map(COLUMN_NUMBER.fullmatch, texts)):
        return False
    once = list(dict.fromkeys(texts))
    numbers = [int(found[0]) for found in (re.search(r"\d+", text) for text in once) if found]
    ticked = any(is_mark(text) and not text.isdigit() for text in once)
    return not ticked and numbers == sorted(set(numbers)) and (not numbers or numbers[0] <= 2)


def is_somebody(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row of cells speaks of a person: a name, a birth, a post, or a number with more than a word after."""
    if len(texts) < 2:
        return any(is_named(t) or _is_item(t, vocabulary) or _tells_of_somebody(t, vocabulary) for t in texts)
    return (
        (len(texts) > 2 and bool(ORDER_NUMBER.fullmatch(texts[0])))
        or any(map(is_dated, texts))
        or any(map(is_named, texts))
        or any(is_post(text, vocabulary) for text in texts)
    )


def is_certainly_somebody(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether even a row between headings, some of which are years or posts, speaks of a person."""
    signs = (
        len(texts) > 2 and bool(ORDER_NUMBER.fullmatch(texts[0])),
        any(map(is_dated, texts)),
        any(is_post(text, vocabulary) for text in texts),
    )
    heads = sum(vocabulary.code("column", text) is not None for text in texts)
    stranger = (signs[1] or signs[2]) and 2 * heads < len(texts) and not all(map(is_dated, texts))
    return len(texts) > 1 and (any(map(is_named, texts)) or sum(signs) > 1 or stranger)


def is_somebody_beside(bare: Sequence[str], unread: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the cells of a row that are not read speak of another person than the row does.

    `bare` are those in columns without a heading, `unread` also has those under headings that are not understood:
    there a post alone may be a trade, and a name that of a wife.
    """
    if any(map(is_named, bare)):
        return True
    if len(bare) > 1 and any(
        is_dated(text) or is_post(text, vocabulary) or is_like_a_name(text, vocabulary) for text in bare
    ):
        return True
    numbered = bool(unread) and bool(ORDER_NUMBER.fullmatch(unread[0]))
    return len(unread) > 1 and (
        any(map(is_named, unread)) or (numbered and any(is_post(text, vocabulary) for text in unread))
    )


def is_row_beside(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row of another table beside the list says more than a count: 'Đạt chuẩn | 12', 'Tổng cộng | 5'."""
    if len(texts) < 2:
        return any(map(is_named, texts))
    if is_heading(texts, vocabulary) or is_between(texts, texts[0], vocabulary):
        return False
    words = [text for text in texts if any(c.isalpha() for c in text) and not is_mark(text)]
    return len(words) > 1 or (
        len(words) == 1 and (is_like_a_name(words[0], vocabulary) or is_somebody(texts, vocabulary))
    )


def _is_item(text: str, vocabulary: Vocabulary) -> bool:
    """'3. A Lăng Bhuôi, 1975, Bí thư Đảng ủy', 'Ra Pát Bên - Bí thư Đảng ủy', '- Ra Pát Bên' in one cell."""
    numbered = bool(re.match(r"\d+\s*[.)]?\s+\D", text))
    item = _ITEM.match(text)
    bare = _ADDRESS.sub("", text[item.end() :] if item else text)
    if (item or bare != text) and is_like_a_name(bare, vocabulary):
        return True
    if _ADDRESS.match(bare if item else text) and is_like_a_name_in_capitals(bare, vocabulary):
        return True
    alone = _AFTER_A_NAME.sub("", bare)
    if alone != bare and is_like_a_name(alone, vocabulary):
        # 'Ra Pát Bên (1975)', 'Ra Pát Bên 1975 Bí thư Đảng ủy'.
        return True
    parts = [part.strip() for part in _PARTS.split(bare if numbered or bare.isupper() else text)]
    named = any(is_like_a_name(part, vocabulary) for part in parts)
    # In capitals what is in brackets is a title's, and so is the year it speaks for.
    loud = "(" not in text and is_like_a_name_in_capitals(parts[0], vocabulary)
    if len(parts) > 1 and (loud or is_like_a_name(parts[0], vocabulary)) and parts[1][:1].islower():
        # 'Ra Pát Bên - lái xe': a post that nobody knows is one all the same.
        return True
    if loud and any(_BIRTH_YEAR.search(part) for part in parts if is_dated(part)):
        return True
    # Of a numbered line that names nobody the first part is what it is about: '8. Văn hóa: ghi mức đã tốt nghiệp'.
    told = parts if named else parts[1:] if numbered else []
    return len(parts) > 1 and any(is_dated(part) or is_post(part, vocabulary) for part in told)


def is_foot(texts: Sequence[str]) -> bool:
    """Place and date, 'Người lập biểu', 'TM. UBND' and nobody's row: here a list ends."""
    return (
        any(FOOT.match(key(text)) for text in texts)
        and not any(is_named(text) or is_dated(text) for text in texts)
        and not (len(texts) > 2 and ORDER_NUMBER.fullmatch(texts[0]))
    )


def ends_a_list(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row is a foot, and not a name before words that look like one: 'Ra Pát Bên | xác nhận của xã'."""
    return is_foot(texts) and not (len(texts) > 1 and is_like_a_name(texts[0], vocabulary))


def is_signature(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Below a foot: titles beside titles, or names beside names. A name beside something else may be a person."""
    if len(texts) == 1:
        return not _is_item(texts[0], vocabulary) and not _holds_a_post(texts[0], vocabulary)
    return (
        len(texts) <= 3
        and sum(map(is_named, texts)) in (0, len(texts))
        and all(map(_signs, texts))
        # Who signs does not say where they are from.
        and not any(map(vocabulary.commune, texts))
    )


def _signs(text: str) -> bool:
    """A name or a title in capitals, 'Chủ tịch', '(Ký, ghi rõ họ tên)', 'Nơi nhận'."""
    words = [word for word in _WORD_BREAK.split(text) if word]
    plain = key(text)
    return (
        text.startswith(("(", "-"))
        or bool(SIGNER.match(plain) or FOOT.match(plain))
        or (bool(words) and all(word[0].isupper() for word in words))
    )


def is_heading(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """A row of headings that makes no table: at least half of its cells name a column, and nobody is in it."""
    known = [t for t in texts if vocabulary.code("column", t) not in (None, IGNORED)]
    return 2 * len(known) >= max(len(texts), 3) and not is_somebody([t for t in texts if t not in known], vocabulary)


def is_furniture(texts: Sequence[str], vocabulary: Vocabulary, *, signed: bool) -> bool:
    """Whether a row outside of every table says nothing that is a list's to say; `signed` is below a foot.

    `texts` are its cells without the blank ones, each once.
    """
    said = [text for text in texts if key(text)]
    if not said or ends_a_list(said, vocabulary) or (signed and is_signature(said, vocabulary)):
        return True
    return is_title(said, vocabulary)


def is_title(said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a row is a title, a line of headings or the numbers below one, and nobody is in it."""
    if not said or is_column_numbers(said) or is_heading(said, vocabulary):
        return True
    if is_somebody(said, vocabulary):
        return False
    if any(_NATION.match(key(text)) for text in said):
        return True
    # 'Huyện | Nam Đông' says where, 'Thôn 1 | Cao Văn Bé | Trưởng thôn' who.
    who = said if len(said) == 1 else said[1:] if len(said) > 2 or not _LABEL.fullmatch(key(said[0])) else []
    if len(said) > 1 and vocabulary.commune(said[0]) and any(is_like_a_name_in_capitals(t, vocabulary) for t in who):
        return False
    return (len(said) == 1 or begins_a_title(said[0])) and not any(
        is_like_a_name(text, vocabulary) for text in (said[0], *who)
    )


def is_between(texts: Sequence[str], name: str, vocabulary: Vocabulary) -> bool:
    """Whether a row among people that is nobody's is a section or total, for all its cells and the one for the name."""
    rest = [text for text in texts if any(c.isalpha() for c in text)]
    first = key(texts[0])
    total = TOTAL.fullmatch(first) or TOTAL.fullmatch(key(name)) or NOTE.match(first)
    if total and name != texts[0] and any(c.isalpha() for c in name):
        known = TOTAL.fullmatch(key(name)) or NOTE.match(key(name)) or begins_a_section(name)
        if not known:
            return False
    if begins_a_section(texts[0]) and name != texts[0] and is_like_a_name(name, vocabulary):
        # 'Công chức | Ra Pát Bên': a group, and somebody of it.
        return False
    if total or begins_a_section(name) or begins_a_section(texts[0]):
        beside = [t for t in rest if t != name and not TOTAL.fullmatch(key(t)) and not SECTION_NUMBER.fullmatch(t)]
        return (
            not any(map(is_dated, texts))
            and not any(map(is_named, rest))
            and not any(_tells_of_somebody(text, vocabulary) for text in rest)
            and not (name and not TOTAL.fullmatch(key(name)) and any(is_post(t, vocabulary) for t in beside))
        )
    if SECTION_NUMBER.fullmatch(texts[0]) and len(rest) <= 2:
        return not is_somebody(texts[1:], vocabulary) and not any(is_like_a_name(t, vocabulary) for t in rest)
    return False


def _tells_of_somebody(text: str, vocabulary: Vocabulary) -> bool:
    """'Ghi chú: bổ sung Hồ Văn Nam, Bí thư Đảng ủy': somebody's name, and birth or post, among other words."""
    if _holds_a_post(text, vocabulary):
        return True
    parts = [part.strip() for part in _PARTS.split(clean(text))]
    if not (_BIRTH_YEAR.search(text) or any(is_post(part, vocabulary) for part in parts)):
        return False
    tails = [" ".join(part.split()[n:]) for part in parts for n in range(len(part.split()))]
    return any(is_named(tail) or is_like_a_name(tail, vocabulary) for tail in tails)


def _holds_a_post(text: str, vocabulary: Vocabulary) -> bool:
    """'Ghi chú: Lê Văn Cường giữ chức Chủ tịch UBND từ tháng 6', 'bổ sung Ra Pát Bên làm Kế toán': who, and what as."""
    for found in _HOLDS.finditer(clean(text)):
        before, after = found.string[: found.start()].split()[-6:], found.string[found.end() :].split()[:8]
        if not any(
            is_named(tail) or is_like_a_name(tail, vocabulary)
            for tail in (" ".join(before[n:]) for n in range(len(before) - 1))
        ):
            continue
        beginnings = [" ".join(after[:n]).strip(".,;") for n in range(1, len(after) + 1)]
        if (beginnings and SIGNER.match(key(beginnings[-1]))) or any(is_post(t, vocabulary) for t in beginnings):
            return True
    return False
