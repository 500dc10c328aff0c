"""Whether a note beside somebody in a list says that they have left: retired, moved, died, resigned.

'Chuyển đến xã Hương Phú' takes somebody away, in the list of any other commune; 'chuyển đến từ xã Hương Phú' brought
them. Where a note can be meant either way it is taken for one that says so: the officer is only asked.
"""

import re
from datetime import date

from core.vietnamese import clean, key, parse_date
from intake.cells import as_text, is_mark

_PAPERS = r"(?:bang|van bang|chung chi|ho so|giay|cmnd|cccd|the|so|ly lich|quyet dinh)\b"
# By the key of the note.
_GONE = (
    r"nghi (?:huu|viec(?! rieng)|che do|cong tac|mat suc|bhxh|huong (?:bhxh|che do|luong huu)|"
    r"(?:theo )?(?:nd ?\d*|nghi dinh)\b|theo (?:che do|\d+)|(?:cho|se) (?:du tuoi |den tuoi )?(?:nghi )?huu|"
    r"(?:tu|ke tu) (?:ngay|thang|nam|\d+)|(?:\d{1,2} )?\d{1,2} \d{2,4}|han|luon)|huu (?:tri|tu|nam|\d+)|"
    r"(?:nh|nv|tv) (?:(?:tu|ke tu|ngay|thang|nam) )*\d+|"
    r"huong luong huu(?! (?:quan doi|bo doi|cong an|si quan))|"
    r"(?:cham dut|het|thanh ly) (?:hop dong|hdld|hd)|bo nhiem so|bo viec|xin (?:nghi|rut)$|"
    r"xin nghi (?:tu|ngay|thang|\d+)|(?:da|ve|cho) (?:nghi(?! (?:phep|thai san|om|le|tet|bu|viec rieng)\b)|huu|thoi)|"
    r"thoi (?:viec|giu|chuc|nhiem vu|dam nhiem|cong tac|lam|khong|tham gia|tu (?:ngay |thang |nam )?\d+)|sa thai|"
    r"tinh gian(?! (?:bien che )?khong)|da giai quyet (?:che do|theo|nghi)|tgbc|tu (?:tran|vong)|ta the|qua doi|"
    rf"hy sinh|da chet|da mat(?! {_PAPERS})|"
    r"(?:mat|chet) (?:ngay|thang|nam|do|vi|tu|\d+(?! (?:phan tram )?suc))|"
    r"(?:n|ng) huu|om chet|chet duoi|mat tich|tu nhiem(?! ky)|xin thoi(?! kiem)|ra khoi nganh|roi que|"
    r"het (?:thoi )?han (?:hop dong|hdld|hd)|khong (?:lam nua|con bo tri|tiep tuc (?:cong tac|lam))|"
    r"mien nhiem|bai nhiem|bai mien|cach chuc|tu chuc(?! danh)|het nhiem ky|het tuoi|"
    r"khong (?:con (?:cong tac|giu|lam|o)|(?:duoc )?(?:tai cu|tai bo nhiem|trung cu|bau lai))|"
    r"(?:di|sang|ve|qua) (?:xa|don vi|noi|co quan) khac|roi (?:xa|khoi|co quan|nganh)|xuat khau lao dong|"
    r"(?:bau|trung cu) (?:\w+ ){0,4}(?:huyen uy|tinh uy)(?! vien)|bau lam (?:\w+ ){0,6}(?:huyen|tinh)|"
    r"bo nhiem (?:lam |giu |chuc |vu )*(?:pho )?(?:truong phong|chanh van phong|giam doc|chanh thanh tra)"
)
_MOVES = (
    r"(?:da |duoc )?(?:chuyen|dieu dong|dieu chuyen|luan chuyen|thuyen chuyen|biet phai|d ?d|lc|"
    r"ch(?= cong tac\b))"
    r"(?: cong tac| don vi| nganh| lam viec)?"
)
_AWAY = (
    r"(?:(?:cong tac|lam viec|nhan cong tac|nhan nhiem vu|tai|o|lam) )*"
    r"(?:(?:ubnd|uy ban nhan dan|hdnd|ubmt|ubmttq|mttq|mat tran|thanh tra|cong an|hoi \w+|doan thanh nien) )?"
    r"(?:huyen|tinh|thanh pho|phong(?! (?:chong|ngua|benh|chay))|so|trung tam|truong|"
    r"ban (?:to chuc|tuyen giao|dan van))\b"
)
_LEFT = re.compile(rf"\b(?:(?P<move>{_MOVES})|{_GONE})\b")
# Of things too it is said that they went to the district: of somebody where a note begins with it.
_AT_ONCE = re.compile(
    rf"(?:^|; )(?:(?:da|duoc|dc) )*(?:ve|len|sang|qua|ra)(?: {_AWAY}|(?P<to> (?:xa|tt|thi tran)\b[^;]*))"
)
# What only says so where a part of the note is nothing else, or begins with it.
_ALONE = re.compile(
    r"(?:^|; )(?:(?:da|duoc|xin|dc) )*(?:thoi|roi|mat suc|khong bo tri(?: (?:nua|cong tac|nhiem vu|chuc vu))?|"
    r"ban giao(?: (?:cong tac|cong viec|nhiem vu|xong|cho|tu)\b[^;]*)?|co nguoi thay\b[^;]*|"
    r"thay bang (?:ong|ba|d c|dc|dong chi|anh|chi|nguoi)\b[^;]*|"
    # 'Nguyễn Văn A thay từ 5/2018', but not 'được thay', 'phụ trách thay'.
    r"(?!(?:phu trach|duoc|tam|cu|lam|da|se|sap|moi|bau|bo nhiem|ve|nhan|kiem|can|cho|chua|khong|xin|hoc|thay)\b)"
    r"(?:\w+ ){1,5}thay(?: the)?(?: (?:tu|ngay|thang|nam|vao|\d)[^;]*)?) ?(?=;|$)"
)
_POSTS_ABOVE = (
    r"(?:pct|ct|pho|truong|chu tich|bi thu|chanh|giam doc)\b(?: (?!(?:xa|tt|qd|quyet|theo|cua|do)\b)\w+){0,5} "
    r"(?:huyen|tinh)\b(?! uy vien)"
)
_NOW = re.compile(
    r"(?:^|; )(?:(?:(?:hien nay|nay|hien|dang) )+(?:la|lam viec|lam|cong tac|c tac|giu chuc|giu|dam nhiem)\b|"
    r"(?:cong tac|c tac|lam viec|ct) (?=(?:tai|o)\b))(?P<there>[^;]*)|"
    rf"(?:^|; )(?:(?:da|duoc|moi) )*(?:cu|bo nhiem|bau)(?: (?:lam|giu|chuc|vu))* {_POSTS_ABOVE}"
)
_ABOVE = re.compile(
    r"\b(?:huyen|tinh|huyen doan|tinh doan|phong (?!chong|ngua)\w+|so (?!\d)\w+|ban (?:to chuc|tuyen giao|dan van)|"
    r"thanh pho|trung tam)\b(?! uy vien)"
)
# Whoever is one of these still is in the commune.
_BESIDES = re.compile(r"\b(?:dai bieu|uy vien|uv|uvbch|uvbtv|bch|hoc|thanh vien|hoi vien|(?:theo|qd|quyet dinh) .*)\b")
_COMMUNE = re.compile(r"\b(?:xa|tt|thi tran|phuong) (?!(?:hoi|nha|ta|nay|tu|minh|vien)\b)[a-z]")
_ONLY = {"giam", "thoi", "mat", "chet", "huu", "da nghi", "da thoi", "nghi", "nh"}
# What is meant to come, or has not come.
_NOT_YET = re.compile(
    r"\b(?:se|sap|du kien|chuan bi|chua|khong|den tuoi|du tuoi|de nghi|dang lam|con \d+ (?:thang|nam)|thong bao|"
    r"den (?:thang|nam)|ke hoach|thuoc dien|nguyen vong|truoc khi|bo doi|quan nhan|"
    r"cong an|giao vien|luong)(?: \w+){0,4} $"
)
# Somebody else did: who was replaced.
# Of a paper it is said, or of what somebody has to do with: 'hồ sơ đã chuyển lên huyện', 'phụ trách hưu trí'.
_OTHERS = re.compile(r"\b(?:(?:thay|thay the|kin)(?: \w+){0,6}|ho so(?: \w+){0,4}|chi bo|phu trach|cau lac bo) $")
# One of the family did.
_KIN = re.compile(r"\b(?:vợ|chồng|bố(?! trí)|mẹ|cha|con)\b")
_KIN_PLAIN = re.compile(r"^(?:vo|chong|bo(?! (?:nhiem|viec|tri))|me|cha|con)\b")
_WHEN = r"(?:ngay|thang|nam|\d|dau|cuoi|giua)"
_NOT_AWAY = re.compile(
    r" (?:sinh hoat|khau|ho khau|vien|mon|trach|gia|ngach|loai|chuc danh|chuc vu|xep|doi|luong|bac|"
    r"tu (?:cong chuc|can bo|vien chuc|hop dong)|"
    r"sang (?:vi tri|cong chuc|can bo|chuc danh|bien che|lam|chuyen))\b"
)
_FROM = re.compile(rf" (?:(?:den|ve|sang|qua|xuong) )?tu (?!{_WHEN})")
_TO = re.compile(r" (ve|den|toi|xuong|sang|qua|len|ra)\b(?: (?:cong tac|lam viec|tai|o)\b)*")
# What the list is of is not named: 'về đây', 'về xã từ 2016', 'đến nhận nhiệm vụ'.
_HERE = re.compile(
    rf"(?: (?:day|nhan|lam|dia phuong|co so)\b| (?:xa|tt|thi tran|phuong)(?: (?:nha|ta|nay|tu|{_WHEN}).*)?$|"
    rf" (?:tu |ke tu |theo |vao )?{_WHEN}|$)"
)
_BROUGHT = re.compile(r"\b(?:moi|can bo|cb|dien) $")
# Whom a heading speaks of, and where it speaks of those who did not leave.
_PEOPLE = re.compile(r"\b(?:can bo|cong chuc|vien chuc|nguoi|danh sach|nhan su|cbcc|truong hop)\b|^(?:da |thoi |nghi )")
_BUT = re.compile(r"\b(?:khong|chua|tru|thay|ngoai|de nghi|du kien|sap|quyet dinh|cong van|to trinh|nghi dinh)\b")
# What a heading asks about somebody's leaving; what says in its column that they did not.
_ABOUT = re.compile(
    r"\([^)]*\)|\b(?:ngày|tháng|năm|thời điểm|thời gian|nơi|đơn vị|cơ quan|lý do|lí do|số|ngay|thang|nam|thoi diem|"
    r"thoi gian|noi|don vi|co quan|ly do)\b|[^\w\s]"
)
_TOWARDS = ("đến", "về", "sang", "tới", "lên", "den", "ve", "toi", "len")
_STILL_HERE = re.compile(r"(?:khong|ko|chua|dang|con|van|se|sap|du kien|de nghi|k|o)\b|x a$")
_LONGEST_HEADING = 60
# What changes the meaning of a word stands not far before it.
_NEAR = 200
_DAY = re.compile(r"(?:(?:19|20)\d\d\s*[-–]\s*)?((?:\d{1,2}\s*[/.\-]\s*){0,2}(?:19|20)\d\d)")


def says_left(note: str, day: date | None, here: str | None = None) -> bool:
    """Whether a note says so, unless what it speaks of is still to come on the day, or brought them `here`.

    `here` is the commune of the list by its name.
    """
    text = _plain(note)
    if text in _ONLY:
        return True
    if (found := _AT_ONCE.search(text)) and (not found["to"] or _goes_on(found["to"], key(here or ""))):
        return not _is_to_come(note, day)
    if _ALONE.search(text) or any(_is_elsewhere(found, key(here or "")) for found in _NOW.finditer(text)):
        return not _is_to_come(note, day)
    text = text.replace("; ", "")
    for found in _LEFT.finditer(text):
        before, after = text[max(found.start() - _NEAR, 0) : found.start()], text[found.end() :]
        if (_NOT_YET.search(before) and not found[0].startswith("da ")) or _OTHERS.search(before):
            continue
        if found["move"] and not _is_away(before, after, key(here or "")):
            continue
        return not _is_to_come(note, day)
    return False


def done(heading: str) -> str | None:
    """What those have done of whom the column of this heading says anything: 'nghỉ hưu' of 'Ngày nghỉ hưu'."""
    said = " ".join(_ABOUT.sub(" ", clean(heading).lower()).split())
    # 'Nơi chuyển đến' names the place in the column.
    whole = f"{said} huyện" if said.endswith(_TOWARDS) else said
    return said if said and len(heading) <= _LONGEST_HEADING and says_left(whole, None) else None


def says_done(did: str, cell: object, day: date | None, here: str | None = None) -> bool:
    """Whether a cell says that somebody has done, up to the day, what the heading above it asks about (see `done`)."""
    text = as_text(cell)
    if is_mark(text):
        return says_left(did, day, here)
    try:
        moment = parse_date(cell)
    except ValueError:
        moment = None
    if moment:
        return day is None or moment.on <= day
    if not any(c.isalpha() for c in text) or _STILL_HERE.match(key(text)):
        return False
    return says_left(text, day, here) or says_left(f"{did} {text}", day, here)


def is_of_leavers(heading: str) -> bool:
    """Whether a title or a heading says that the people below it left: 'Cán bộ đã nghỉ hưu trong năm'."""
    said = key(heading)
    return bool(_PEOPLE.search(said)) and not _BUT.search(said) and says_left(heading, None)


def _plain(note: str) -> str:
    """The key of a note, its parts cut by ';', in which words that only their accents tell apart are others."""
    said = clean(note).lower()
    # 'Chờ nghỉ hưu' is to come, 'cho nghỉ hưu' is done; 'chuyên ngành' is learnt, 'chuyển ngành' is gone.
    said = re.sub(r"\bchuyên\b", "", re.sub(r"\bchờ\b", "sẽ", said))
    # Neither 'nhìn thấy' nor 'thầy giáo' is somebody instead of another.
    said = re.sub(r"\b(?:thấy|thầy|rồi)\b|\b(?:nhin|tim) thay\b", "", said)
    said = _KIN_PLAIN.sub("kin", said) if said.isascii() else _KIN.sub("kin", said)
    if said.isascii():
        said = re.sub(r"\bchuyen (?:(?:mon|trach|vien|de)\b|nganh(?= (?!tu\b)[a-z]))", "", said)
    return " ; ".join(filter(None, map(key, re.split(r"[;,()]|\s[-–]\s", said))))


def _is_elsewhere(found: re.Match[str], here: str) -> bool:
    """Whether what somebody is now said to be, or where to work, is of the district or of another commune."""
    there = found["there"]
    if there is None:
        return True
    if _BESIDES.search(there):
        return False
    return bool(_ABOVE.search(there)) or (bool(_COMMUNE.search(there)) and _goes_on(there, here))


def _is_away(before: str, after: str, here: str) -> bool:
    """Whether somebody of whom it is said that they were moved went, and did not come."""
    if _NOT_AWAY.match(after):
        return False
    if origin := _FROM.match(after):
        # 'Từ xã lên huyện' went; 'từ huyện về', 'từ xã Hương Phú sang' came.
        rest = after[origin.end() - 1 :]
        if not (onward := _TO.search(rest)):
            return False
        return onward[1] in ("len", "ra") or _goes_on(rest[onward.end() :], here)
    if onward := _TO.match(after):
        if onward[1] in ("len", "ra"):
            return True
        return _goes_on(after[onward.end() :], here)
    return not _BROUGHT.search(before) and not (here and re.match(rf" (?:xa |tt |thi tran )?{here}\b", after))


def _goes_on(place: str, here: str) -> bool:
    """Whether what follows 'đến', 'về', 'sang' is another place than the one the list is of."""
    return not _HERE.match(place) and not (here and re.search(rf"\b{re.escape(here)}\b", place))


def _is_to_come(note: str, day: date | None) -> bool:
    """Whether every date of the note is after the day; of a term, '2016-2021', the end is meant."""
    moments = []
    for written in _DAY.findall(note):
        try:
            moments.append(parse_date(written))
        except ValueError:
            continue
    return day is not None and bool(moments) and all(moment is not None and moment.on > day for moment in moments)
