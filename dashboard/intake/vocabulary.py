"""What words in a list mean: headings, posts, levels, fields of study, communes.

The words themselves are data: another heading, or another way to write a post or a level, is one more line of
queries/reference/word.csv. The first line of a code is what it is called in messages.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from core.vietnamese import Partial, clean, key, parse_date, spelling, spelt
from intake.cells import as_text, is_mark, is_nothing, shortened
from intake.unheld import CUT, FORM, doubt, field_keys, may_precede

IGNORED = "bo_qua"
"""The code of words that are understood and left out: other columns, memberships that are no post."""

CRITERIA = ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts")
_NOT_MARKED = {"0", "k", "ko", "khong", "chua", "chua co"}
_STUDYING = ("dang theo hoc", "dang hoc", "dang dao tao", "dang boi duong")
_BEFORE_LEVEL = ("da tot nghiep", "tot nghiep", "tn", "trinh do", "bang", "lop", "bo tuc", "btvh", "bt", "tu")
# What joins two levels in a cell: 'Trung cấp lên Đại học'.
_BETWEEN = (
    *("lien thong", "nang", "chuyen", "len", "den", "sau do", "truoc", "truoc day", "roi", "va", "hoac"),
    *("nay", "hien", "da", "co", "them"),
)
_NOT_YET = {"chưa", "không", "ko", "sẽ"}
# Words by which a level is not known to be held, or is known not to be; 'đang học' is understood (`_STUDYING`).
_UNSURE = (
    *("chưa", "sẽ", "sắp", "dở", "không rõ", "không chắc", "không nhớ", "hình như", "có lẽ", "có thể", "nghe nói"),
    *("dự kiến", "dở dang", "bỏ học", "bỏ dở", "thôi học", "nghỉ học", "bảo lưu", "nợ môn", "đại cương", "năm thứ"),
    *("năm nhất", "năm hai", "năm ba", "năm cuối", "chờ bằng", "chờ cấp", "chờ nhận", "chờ tốt nghiệp", "chuẩn bị"),
    *("đăng ký học", "không có bằng", "không có chứng chỉ", "không bằng", "không tốt nghiệp", "không hoàn thành"),
    *("chưa rõ", "chưa tốt nghiệp", "chưa có", "chưa xong", "chưa hoàn thành", "sinh viên"),
)
_UNDER_WAY = "đang"
# Without accents these are other words too: đo, đô; sáp; Đảng, dạng, đăng.
_ALSO_WORDS = {"dở", "sắp", "sẽ", _UNDER_WAY}
# Short for a level and for a field of study: 'ĐH TC-KT' is of tài chính - kế toán, 'TC TS' of thủy sản.
_ALSO_FIELDS = {"tc", "sc", "cn", "ks", "ts"}
_APART = re.compile(r"[/;,+&|>→\n]")
_AROUND = " :;,.-–—/+&|=>→("
_FORM_AFTER = re.compile(rf"[\s,;:\-–]*{FORM}$", re.IGNORECASE)
_FORM_BEFORE = re.compile(
    rf"^(?:(?:{FORM}|\b(?:chuyên ngành|ngành|chuyên môn|chuyên nghiệp|về)\b)[\s:,\-–]*)+", re.IGNORECASE
)
# Of '2016-2020' the last: then the studies end.
_IN_YEAR = re.compile(
    r"[\s,\-–]*\(?\s*(?:\b(?:năm|khóa|khoá)\s*)?(?:\b(?:19|20)\d\d\s*[-–]\s*)?\b((?:19|20)\d\d)\s*\)?$", re.IGNORECASE
)
_DUTY = re.compile(r"[(,;\-–]?\s*\b(?:phụ trách|theo dõi)\b[^,;()]*\)?", re.IGNORECASE)
_TERM = re.compile(r"[(,;\-–]?\s*\b(?:nhiệm kỳ|nk|khóa|khoá)\s+[\divxlc]+(?:\s*[\-–]\s*\d{4})?\s*\)?", re.IGNORECASE)
_UNIT_PREFIX = re.compile(r"^(?:(?:ubnd|uy ban nhan dan|hdnd|dang uy|dang bo) )?(?:(?:xa|x|phuong|p|thi tran|tt) )?")
_KINDS = ("xa", "x", "phuong", "p", "thi tran", "tt")
_ABOVE = ("huyen", "tinh", "quan", "thanh pho", "thi xa")
_NEAR_ENOUGH = 88
_LONGEST = 200


class Word(NamedTuple):
    """A word of the vocabulary: in this domain it means this code."""

    domain: str
    code: str
    word: str


class Held(NamedTuple):
    """What a cell says about one criterion: a level reached ('da_co') or being studied for ('dang_hoc')."""

    criterion: str
    level: str | None
    field: str | None = None
    status: str = "da_co"
    obtained: Partial | None = None
    evidence: str | None = None


class Period(NamedTuple):
    """From which day a post exists and from which it does not any more; None where that is not known or not so."""

    from_on: date | None
    ended_on: date | None

    def has(self, day: date) -> bool:
        """Whether the post exists on the day."""
        return (self.from_on or date.min) <= day < (self.ended_on or date.max)


class Unclear(ValueError):
    """The cell has words that the vocabulary does not know; the message is a Vietnamese clause.

    `words` are the ones that would make the cell understood once they are in the vocabulary; there are none where
    its words are known but say too little.
    """

    def __init__(self, message: str, words: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.words = tuple(dict.fromkeys(words))


def _made_again(
    words: Iterable[tuple[str, str, str]],
    communes: Mapping[str, str],
    periods: Mapping[str, Period],
    learned: Iterable[tuple[str, str, str]],
    kinds: str,
    fields: Iterable[str],
) -> "Vocabulary":
    return Vocabulary(words, communes, periods, learned=learned, kinds=kinds, fields=fields)


class Vocabulary:
    """The words of queries/reference/word.csv and of the office, and the communes a list can come from."""

    def __init__(
        self,
        words: Iterable[tuple[str, str, str]],
        communes: Mapping[str, str],
        periods: Mapping[str, Period] | None = None,
        *,
        learned: Iterable[tuple[str, str, str]] = (),
        kinds: str = "xã, thị trấn",
        fields: Iterable[str] = (),
    ) -> None:
        """Takes (domain, code, word) rows, and unit codes by short official name ('Hương Hòa').

        A code of the domain 'commune' is a short official name or a unit code; a commune that is not among
        `communes` any more is not known by its other names either. A word of several posts is that of the first of
        them; `periods` say of posts when they exist (`post_on`). What was `learned` from the officer is another word
        where its accents are others. `kinds` is what the communes are called in messages. `fields` are known fields
        of study.
        """
        self._made_of = tuple(words), dict(communes), dict(periods or {}), tuple(learned), kinds, tuple(fields)
        self.kinds = kinds
        self._fields = field_keys(self._made_of[5])
        self._periods = self._made_of[2]
        self._named_alike: dict[str, dict[str, None]] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        for domain, code, word in self._made_of[0]:
            first = self._codes.setdefault(domain, {}).setdefault(key(word), code)
            if domain == "post" and first != code:
                self._named_alike.setdefault(first, {})[code] = None
            self._labels.setdefault(domain, {}).setdefault(code, word)
        for domain, labels in self._labels.items():
            for code in labels:
                self._codes[domain].setdefault(key(code), code)
        # By domain and key, then by spelling.
        self._learned: dict[tuple[str, str], dict[str, str]] = {}
        for domain, code, word in self._made_of[3]:
            plain, codes = key(word), self._codes.setdefault(domain, {})
            if plain not in codes or (domain, plain) in self._learned:
                codes.setdefault(plain, code)
                self._learned.setdefault((domain, plain), {})[spelt(word)] = code
            self._labels.setdefault(domain, {}).setdefault(code, word)
        self._longest = max((k.count(" ") + 1 for k in self._codes.get("post", ())), default=1)
        self._longest_level = {c: max(k.count(" ") + 1 for k in self._codes.get(c, ("",))) for c in CRITERIA}
        self._communes: dict[str, list[str]] = {}
        self._by_code = {code: name for name, code in communes.items()}
        for name in communes:
            self._communes.setdefault(key(name), []).append(name)
        self._longest_commune = max((k.count(" ") + 1 for k in self._communes), default=1)
        self._joined = {k.replace(" ", ""): names for k, names in self._communes.items()}
        # A list says the same few things in thousands of rows.
        self._near = lru_cache(maxsize=2**14)(self._find_near)
        self._commune = lru_cache(maxsize=2**14)(self._read_commune)
        self._posts = lru_cache(maxsize=2**14)(self._read_posts)
        self._levels = lru_cache(maxsize=2**14, typed=True)(self._read_levels)
        self._professional = lru_cache(maxsize=2**14, typed=True)(self._read_professional)

    def __reduce__(self) -> tuple[object, ...]:
        # Another process finds its own answers.
        return _made_again, self._made_of

    def code(self, domain: str, text: str) -> str | None:
        """The code of a word, whatever its case, accents and punctuation; of a learned one whatever but its accents."""
        learned = self._learned.get((domain, key(text)))
        if learned is None:
            return self._codes.get(domain, {}).get(key(text))
        written = spelt(text)
        # Without accents it may be any of them, and one that was taught without them any.
        meant = {code for word, code in learned.items() if word.isascii() or written.isascii()}
        return learned.get(written) or (meant.pop() if len(meant) == 1 else None)

    def near(self, domain: str, text: str) -> tuple[str, str] | None:
        """The code and label of the word most like this one, if it is very like it."""
        return self._near(domain, key(text))

    def _find_near(self, domain: str, wanted: str) -> tuple[str, str] | None:
        known = self._codes.get(domain, {})
        if not 5 <= len(wanted) <= _LONGEST:
            return None
        found = process.extractOne(wanted, known.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
        return (known[found[0]], self._labels[domain][known[found[0]]]) if found else None

    def post_on(self, post: str, day: date) -> str:
        """The post, or the one of the same words that existed on a day on which it did not."""
        alike = [post, *self._named_alike.get(post, ())]
        return next((p for p in alike if p not in self._periods or self._periods[p].has(day)), post)

    def label(self, domain: str, code: str) -> str:
        """The first word that has this code."""
        return self._labels[domain][code]

    def codes(self, domain: str) -> tuple[str, ...]:
        """Every code of a domain; those of a criterion from its lowest level up."""
        return tuple(self._labels.get(domain, ()))

    def labels(self, domain: str) -> str:
        """What can be written, for messages: 'THPT, THCS, Tiểu học'."""
        return ", ".join(label for code, label in self._labels[domain].items() if code != IGNORED)

    def commune(self, text: str) -> str | None:
        """The short official name of the commune a cell names, alone or after its kind: 'X. Hương Hoà'."""
        return self._commune(text)

    def _read_commune(self, text: str) -> str | None:
        written = clean(text)
        if written in self._by_code:
            return self._by_code[written]
        whole = key(written)
        for name in (whole, _UNIT_PREFIX.sub("", whole)):
            if name in self._communes:
                return _one(self._communes[name], written)
        mapped = self.code("commune", written)
        return self._by_code.get(mapped, mapped if mapped in self._by_code.values() else None) if mapped else None

    def near_commune(self, text: str) -> str | None:
        """The commune whose name is most like this text, to suggest, never to assume."""
        found = process.extractOne(
            _UNIT_PREFIX.sub("", key(text)), self._communes.keys(), scorer=fuzz.ratio, score_cutoff=75
        )
        return self._communes[found[0]][0] if found else None

    def commune_in(self, texts: Iterable[str], *, after_kind: bool = False) -> str | None:
        """The one commune that running text names: a title, a sheet name, a file name.

        A name after its kind ('xã Hương Hòa') goes before a bare one, which with `after_kind` does not count.
        The district's and the province's names are not communes, and of two communes neither is taken.
        """
        marked: set[str] = set()
        bare: set[str] = set()
        for text in texts:
            words = _words(text)
            i = 0
            while i < len(words):
                name, length = self._commune_at(words, i)
                if name and not _follows(words, i, _ABOVE):
                    (marked if _follows(words, i, _KINDS) else bare).add(name)
                i += length
        for names in (marked,) if after_kind else (marked, bare):
            if names:
                return names.pop() if len(names) == 1 else None
        return None

    def _commune_at(self, words: list["_Piece"], i: int) -> tuple[str | None, int]:
        for length in range(min(self._longest_commune, len(words) - i), 0, -1):
            piece = words[i : i + length]
            names = self._communes.get(" ".join(w.key for w in piece))
            if names and (length > 1 or _follows(words, i, _KINDS)):
                return _one(names, " ".join(w.text for w in piece)), length
        # File and sheet names often run the words together: HuongHoa, TTKheTre.
        names = self._joined.get(words[i].key) or self._joined.get(re.sub("^(?:xa|tt|thitran)", "", words[i].key))
        return (_one(names, "") if names and " " in key(names[0]) else None), 1

    def posts(self, text: str) -> tuple[str, ...]:
        """The posts a cell names, in its order: 'Bí thư Đảng ủy kiêm Chủ tịch HĐND' is two.

        Raises Unclear unless every word of the cell is understood: half a title may be another post.
        """
        return self._posts(text)

    def _read_posts(self, text: str) -> tuple[str, ...]:
        written = clean(text)[: _LONGEST + 1]
        if "?" in written and any(c.isalnum() for c in written):
            raise Unclear(f"“{shortened(text)}” có dấu hỏi nên chưa rõ chức vụ")
        unknown: tuple[str, ...] = ()
        if len(written) <= _LONGEST:
            bare = clean(_TERM.sub(" ", _DUTY.sub(" ", written)))
            known = self._codes["post"]
            for words in (_words(bare), _words(written)):
                posts = dict.fromkeys(post for post in self._posts_in(words, known) or () if post != IGNORED)
                if posts:
                    return tuple(posts)
            unknown = self._unknown_posts(bare, written)
        near = self.near("post", written)
        hint = f", gần giống “{near[1]}”" if near and near[0] != IGNORED else ""
        raise Unclear(f"“{shortened(text)}” không có trong danh mục chức vụ, chức danh cấp xã{hint}", unknown)

    def _posts_in(self, words: list["_Piece"], known: Mapping[str, str]) -> list[str] | None:
        posts: list[str] = []
        longest = max(self._longest, len(words) if known is not self._codes["post"] else 0)
        i = 0
        while i < len(words):
            for length in range(min(longest, len(words) - i), 0, -1):
                said = words[i : i + length]
                code = known.get(_key(said))
                if code and ("post", _key(said)) in self._learned:
                    code = self.code("post", " ".join(w.text for w in said))
                if code:
                    posts.append(code)
                    break
            else:
                name, length = self._commune_at(words, i)
                if name is None:
                    return None
            i += length
        return posts

    def _unknown_posts(self, bare: str, written: str) -> tuple[str, ...]:
        """The parts of a cell that nobody knows, or all of it where they could not be told apart again."""
        known = self._codes["post"]
        parts = [part.strip(" -–.") for part in re.split(r"[;,+&/()]|\bkiêm\b", bare)]
        unknown = tuple(part for part in parts if key(part) and self._posts_in(_words(part), known) is None)
        if self._posts_in(_words(bare), {**known, **{key(part): IGNORED for part in unknown}}) is not None:
            return unknown
        return (written,)

    def levels(self, criterion: str, cell: object) -> tuple[Held, ...]:
        """What a cell says about a criterion; nothing when it is blank or says that nothing is known.

        Raises Unclear for words that name no level of the criterion.
        """
        return () if cell == "" else self._levels(criterion, cell)

    def _read_levels(self, criterion: str, cell: object) -> tuple[Held, ...]:
        return self._sure(criterion, as_text(cell), self._levels_in(criterion, cell))

    def _sure(self, criterion: str, text: str, held: tuple[Held, ...]) -> tuple[Held, ...]:
        """What was read; raises Unclear where the text itself says that it is not sure, or not reached yet.

        A word that is known as a whole means what it means, with a question mark beside it nothing for sure.
        """
        if is_nothing(text) or (all(h.level == "chua" for h in held) and "?" not in text):
            return held
        why = "có dấu hỏi" if "?" in text else None
        if why is None and self.code(criterion, text) is None:
            said = _says(text, _UNSURE)
            if not said and _says(text, (_UNDER_WAY,)) and not any(h.status == "dang_hoc" for h in held):
                said = _UNDER_WAY
            if not said and key(text) not in self._fields:
                said = doubt(text)
            why = f"có chữ “{said}”" if said else None
        if why:
            levels = self.labels(criterion)
            raise Unclear(f"“{shortened(text)}” {why} nên chưa rõ mức đã có, cần một trong: {levels}")
        return held

    def _levels_in(self, criterion: str, cell: object) -> tuple[Held, ...]:
        text = as_text(cell)
        day = _day(text) if criterion == "hoc_van" else None
        if day:
            # A spreadsheet takes 12/12 and 9/12 for days of December.
            cell = text = f"{min(day.day, day.month)}/{max(day.day, day.month)}"
        if is_mark(text) and not key(text):
            cell = text = "x"
        if is_nothing(text):
            return ()
        if len(text) > _LONGEST:
            raise Unclear(self._unknown_level(criterion, text))
        whole = self._level(criterion, text, with_field=False)
        if whole:
            return (whole,) if whole.level else ()
        raw = cell if isinstance(cell, str) else text
        unknown = [text]
        for separators in (r"[;,+\n]", r"[;,+\n()]"):
            pieces = [piece for piece in re.split(separators, raw) if key(piece)]
            parts = [self._parts(criterion, piece) for piece in pieces]
            if len(parts) > 1 and all(parts):
                return _each_once(held for part in parts for held in part or ())
            if any(parts):
                unknown = [piece for piece, part in zip(pieces, parts, strict=True) if part is None]
        found = self._parts(criterion, text)
        if found is None:
            words = [_bare(word)[0] for word in unknown]
            raise Unclear(self._unknown_level(criterion, text), (word for word in words if key(word)))
        return _each_once(found)

    def _parts(self, criterion: str, text: str) -> tuple[Held, ...] | None:
        """The level of a text, or all of several, whatever stands between them; None for words that nobody knows.

        'Trung cấp/Đại học', 'TC Kế toán -> ĐH Luật', 'Cao đẳng Đại học'. Raises Unclear where one may not be reached.
        """
        words = _words(text)
        starts = self._starts(criterion, text, words)
        if len(starts) < 2:
            one = self._level(criterion, text)
            return (one,) if one else None
        written = clean(text)
        self._see_between(criterion, text, words, starts)
        pieces = []
        begin = 0
        for (start, length), after in zip(starts, [*starts[1:], None], strict=True):
            own = start + length
            following = own + _without_end(words[own : after[0]], (*_STUDYING, *_BEFORE_LEVEL)) if after else len(words)
            end = own + _without_end(words[own:following], _BETWEEN) if after else len(words)
            piece = written[words[begin - 1].end if begin else 0 : words[end - 1].end if after else len(written)]
            pieces.append(self._level(criterion, piece.lstrip(_AROUND + ")").rstrip(_AROUND)))
            begin = following
        held = [piece for piece in pieces if piece]
        if len(held) < len(pieces):
            return None
        not_yet = _says(text, _NOT_YET)
        if not_yet and any(h.status == "da_co" and h.level != "chua" for h in held):
            raise Unclear(self._many_levels(criterion, text), [text])
        return tuple(held)

    def _see_between(self, criterion: str, text: str, words: list["_Piece"], starts: Sequence[tuple[int, int]]) -> None:
        """Raises Unclear where before one of several levels stands what may say that it is not held: 'TC (thi ĐH)'."""
        written = clean(text)
        known = {*_BETWEEN, *_BEFORE_LEVEL, *_STUDYING}
        end = 0
        for start, length in starts:
            first = start
            while first > end and not (first and CUT.search(written[words[first - 1].end : words[first].end])):
                first -= 1
            # What follows a level in the same part may be its field: 'TC Kế toán ĐH Luật'.
            is_after = end and first == end and not CUT.search(written[words[end - 1].end : words[end].end])
            before = [word.key for word in words[first:start]]
            if not may_precede(before, known, self._fields if is_after else ()):
                raise Unclear(self._many_levels(criterion, text), [text])
            end = start + length

    def _starts(self, criterion: str, text: str, words: list["_Piece"]) -> list[tuple[int, int]]:
        """Where the levels of a text begin, and how many words each takes."""
        known, ranks = self._codes[criterion], self.codes(criterion)
        written = clean(text)
        found: list[tuple[int, int]] = []
        highest = -1
        i = 0
        while i < len(words):
            lengths = range(min(self._longest_level[criterion], len(words) - i), 0, -1)
            length = next((n for n in lengths if _key(words[i : i + n]) in known), 0)
            rank = ranks.index(known[_key(words[i : i + length])]) if length else -1
            if found and length and criterion == "chuyen_mon" and words[i].key in _ALSO_FIELDS:
                apart = _APART.search(written[words[i - 1].end : words[i].end]) or words[i - 1].key in _BETWEEN
                last = i + 1 == len(words)
                if not apart and last and rank > highest:
                    raise Unclear(self._many_levels(criterion, text), [text])
                length = length if apart or last else 0
            if length:
                found.append((i, length))
                highest = max(highest, rank)
            i += length or 1
        return found

    def _many_levels(self, criterion: str, text: str) -> str:
        return f"“{shortened(text)}” nêu nhiều trình độ mà chưa rõ mức đã có, cần một trong: {self.labels(criterion)}"

    def _unknown_level(self, criterion: str, text: str) -> str:
        return f"“{shortened(text)}” không phải là trình độ đã biết, cần một trong: {self.labels(criterion)}"

    def _level(self, criterion: str, text: str, *, with_field: bool = True) -> Held | None:
        """One level, with the field of study around it; a level of None is a word to leave out."""
        code = self.code(criterion, text)
        if code:
            return Held(criterion, None if code == IGNORED else code)
        text, status, obtained = _bare(text)
        words = _words(text)
        start = _leading(words, _BEFORE_LEVEL)
        code = self.code(criterion, text) or self.code(criterion, text[words[start - 1].end :] if start else text)
        if code:
            return Held(criterion, None if code == IGNORED else code, None, status, obtained)
        if criterion == "chuyen_mon" and with_field:
            found = self._level_and_field(text, words, start)
            return found and found._replace(status=status, obtained=obtained)
        return None

    def _level_and_field(self, text: str, words: list["_Piece"], start: int) -> Held | None:
        """'ĐH Luật', 'Trung cấp - Kế toán', 'Kế toán (trung cấp)'."""
        for end in range(len(words) - 1, start, -1):
            begin = words[start - 1].end if start else 0
            code = self.code("chuyen_mon", text[begin : words[end - 1].end])
            if code and code != "chua":
                return Held("chuyen_mon", code, _field(text[words[end - 1].end :]))
        tail = re.fullmatch(r"(.+?) ?[(\-–,]([^(\-–,]+)", text)
        code = self.code("chuyen_mon", tail[2]) if tail else None
        return Held("chuyen_mon", code, _field(tail[1])) if tail and code and code != "chua" else None

    def professional(self, level_cell: object, field_cell: object) -> tuple[Held, ...]:
        """The professional level of two cells: the level, which may carry its field, and the field.

        A field without a level is kept with the level None. Raises Unclear as `levels` does.
        """
        return self._professional(level_cell, field_cell)

    def _read_professional(self, level_cell: object, field_cell: object) -> tuple[Held, ...]:
        return self._sure("chuyen_mon", as_text(field_cell), self._levels_and_field(level_cell, field_cell))

    def _levels_and_field(self, level_cell: object, field_cell: object) -> tuple[Held, ...]:
        held = list(self.levels("chuyen_mon", level_cell))
        field = as_text(field_cell)
        if is_nothing(field) or self._codes["chuyen_mon"].get(key(field)) == "chua":
            return tuple(held)
        short = bool(held) and any(word.key in _ALSO_FIELDS for word in _words(field)[:1])
        told = None if short or len(field) > _LONGEST else self._parts("chuyen_mon", field)
        if not held:
            return _each_once(told) if told else (Held("chuyen_mon", None, _field(field)),)
        if told and not {h.level for h in told} <= {h.level for h in held}:
            raise Unclear(self._many_levels("chuyen_mon", f"{as_text(level_cell)}; {field}"))
        # Beside several levels one field is that of the highest.
        ranks = self.codes("chuyen_mon")
        highest = max(range(len(held)), key=lambda n: (held[n].status == "da_co", ranks.index(str(held[n].level))))
        if held[highest].level != "chua":
            held[highest] = held[highest]._replace(field=told[0].field if told else _field(field))
        return tuple(held)

    def marked(self, criterion: str, level: str, cell: object) -> tuple[Held, ...]:
        """What a cell says that stands under the heading of a level, as in Mẫu 02/CL.CBCCX.

        It may hold a mark, a year, 'đang học', a level of its own ('B' under 'Chứng chỉ'), or the field of study.
        Raises Unclear for anything else.
        """
        text = as_text(cell)
        if is_mark(text):
            return (Held(criterion, level),)
        if is_nothing(text) or key(text) in _NOT_MARKED:
            return ()
        return self._sure(criterion, text, self._marked_so(criterion, level, cell, text))

    def _marked_so(self, criterion: str, level: str, cell: object, text: str) -> tuple[Held, ...]:
        bare, status, obtained = _bare(text)
        if not key(bare):
            return (Held(criterion, level, None, status, obtained),)
        try:
            return self.levels(criterion, cell)
        except Unclear:
            pass
        try:
            return (Held(criterion, level, obtained=parse_date(cell)),)
        except ValueError:
            if criterion != "chuyen_mon" or level == "chua" or not any(c.isalpha() for c in bare):
                raise Unclear(f"“{shortened(text)}” không rõ nghĩa, cần dấu x hoặc để trống") from None
        return (Held(criterion, level, _field(bare), status, obtained),)

    def criterion(self, text: str) -> str | None:
        """The criterion a certificate is for."""
        code = self.code("criterion", text)
        return code if code in CRITERIA else None


def field_names(vocabulary: Vocabulary) -> dict[str, str]:
    """What a column can stand for: the labels of the fields by their codes, a column a level included."""
    names = {code: vocabulary.label("column", code) for code in vocabulary.codes("column")}
    names[IGNORED] = "Không dùng cột này"
    for criterion in CRITERIA:
        for level in vocabulary.codes(criterion):
            if level != IGNORED:
                names[f"{criterion}.{level}"] = f"{names[criterion]}: {vocabulary.label(criterion, level)}"
    return names


def _says(text: str, phrases: Iterable[str]) -> str | None:
    """Which of the phrases a text has, with its accents or, in a text that has none, without: 'chữa' is not 'chưa'."""
    written = spelt(text)
    plain = written.isascii()
    around = f" {written.replace('sua chua', '') if plain else written} "
    return next((p for p in phrases if f" {key(p) if plain and p not in _ALSO_WORDS else spelt(p)} " in around), None)


class _Piece(NamedTuple):
    key: str
    text: str
    end: int


def _day(text: str) -> date | None:
    try:
        moment = parse_date(text)
    except ValueError:
        return None
    return moment.on if moment and moment.precision == "ngay" else None


def _words(text: str) -> list[_Piece]:
    """The words of a clean text by their keys, with where each ends in it."""
    written = clean(text)
    pieces = []
    for match in re.finditer(r"[^\W_]+", written):
        pieces += [_Piece(part, match[0], match.end()) for part in key(match[0]).split()]
    return pieces


def _one(names: list[str], written: str) -> str | None:
    """Of communes with the same letters the one with the same accents, wherever the tone mark stands."""
    if len(names) == 1:
        return names[0]
    wanted = spelling(written)
    same = [name for name in names if wanted.endswith(spelling(name))]
    return same[0] if len(same) == 1 else None


def _key(words: list[_Piece]) -> str:
    return " ".join(word.key for word in words)


def _each_once(held: Iterable[Held]) -> tuple[Held, ...]:
    """Each level once; one that says nothing more gives way to the same with its field or year."""
    told = list(dict.fromkeys(h for h in held if h.level))
    more = {(h.level, h.status) for h in told if h.field or h.obtained}
    return tuple(h for h in told if h.field or h.obtained or (h.level, h.status) not in more)


def _without_end(words: list[_Piece], phrases: Sequence[str]) -> int:
    """How many words are left without those of the phrases with which they end."""
    end = len(words)
    while taken := next((n for p in phrases if (n := p.count(" ") + 1) <= end and _key(words[end - n : end]) == p), 0):
        end -= taken
    return end


def _leading(words: list[_Piece], phrases: Iterable[str]) -> int:
    """How many words the phrase takes that the text begins with, if it begins with one of these."""
    for phrase in phrases:
        length = phrase.count(" ") + 1
        if " ".join(w.key for w in words[:length]) == phrase:
            return length
    return 0


def _follows(words: list[_Piece], i: int, phrases: Iterable[str]) -> bool:
    """Whether one of these phrases stands right before word i."""
    return any(" ".join(w.key for w in words[max(i - p.count(" ") - 1, 0) : i]) == p for p in phrases)


def _bare(text: str) -> tuple[str, str, Partial | None]:
    """The text without year, 'đang học' and form of study; whether it is held or studied for; the year."""
    text = clean(text).strip(" ,;-–.")
    year = _IN_YEAR.search(text)
    obtained = None
    if year and year.start():
        obtained = Partial(date(int(year[1]), 1, 1), "nam")
        text = text[: year.start()]
    studying, text = _studying(text)
    return _FORM_AFTER.sub("", text), "dang_hoc" if studying else "da_co", obtained


def _studying(text: str) -> tuple[bool, str]:
    words = _words(text)
    length = _leading(words, _STUDYING)
    if length:
        return True, text[words[length - 1].end :].strip(" :,-–()")
    for phrase in _STUDYING:
        length = phrase.count(" ") + 1
        if len(words) > length and " ".join(w.key for w in words[-length:]) == phrase:
            return True, text[: words[-length - 1].end]
    return False, text


def _field(text: str) -> str | None:
    field = _FORM_AFTER.sub("", text.strip(" :,;.-–/"))
    if (field.startswith("(") and field.endswith(")")) or field.count("(") != field.count(")"):
        field = field.strip("()")
    return _FORM_BEFORE.sub("", field).strip(" :,;.-–/") or None
