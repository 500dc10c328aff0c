"""What a cell says around a level by which nobody can tell that the level is held.

Words for not holding one never end: 'thi ĐH', 'cử đi học ĐH', 'nguyện vọng ĐH'. So it is told the other way round
what may stand before the second level of a cell, and only behind a level, where any field of study may stand, are
words of studying, wanting, failing and losing looked for.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from core.vietnamese import clean, key

FORM = (
    r"\(?\b(?:hệ\s+)?(?:chính quy|tại chức|từ xa|vừa làm vừa học|vừa học vừa làm|vlvh|vhvl|liên thông|chuyên tu|bổ túc|"
    r"btvh|bt)\b\)?"
)
# What is understood before: how somebody studied, and that they are studying.
_UNDERSTOOD = re.compile(rf"(?:\bhọc\s+)?{FORM}|\b(?:đang|dang) (?:theo )?(?:học|hoc)\b(?! (?:viên|kỳ))", re.IGNORECASE)
# A part of a cell ends where these stand.
CUT = re.compile(r"[/;,+&|=>→\n()\[\]–—-]")
# By their keys, what says no more before a level than that it is held or being studied for.
_BEFORE = {
    *("chinh quy", "tai chuc", "tu xa", "vua lam vua hoc", "vua hoc vua lam", "vlvh", "vhvl", "lien thong"),
    *("chuyen tu", "bo tuc", "he", "hien nay", "nay la", "la", "moi tot nghiep", "vua tot nghiep", "van bang"),
    *("hoc xong", "hoan thanh", "nam", "chuyen nganh", "nganh"),
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = r"(?:^|[/;,+&|>\n(\[:–—-])\s*(?:(?:hiện|nay|vừa|mới|đã|và|còn|lại|hien|vua|moi|da|va|con|lai) )*"
_DOUBT = re.compile(
    rf"{_PART}(?:học(?! (?:viện|hàm|vị|xong)\b)|bị|cần(?! thơ\b)|xin|thi(?! (?:công|hành|đua)\b)|"
    r"cử(?! (?:nhân|tuyển)\b)|xét(?! (?:nghiệm|xử)\b))\b|"
    r"\b(?:(?:đi|theo|nhập|vừa|cử|cần|vọng|cầu|phải|tiếp|tục|muốn|xin|dự) học|cử đi|được cử|đi đào tạo|học viên|"
    r"(?:trúng|xét|dự) tuyển|tuyển sinh|trúng|(?:dự|ôn) thi|ôn tập|thi (?:tuyển|lại|đỗ|đậu)|nguyện vọng|yêu cầu|"
    r"(?:diện|trong) quy hoạch|quy hoạch (?:đi|học|đào tạo)|cần (?:có|đạt|bổ sung)|muốn|phấn đấu|tiếp tục|"
    r"thiếu(?! (?:niên|nhi|sinh|úy|tá|tướng)\b)|rớt|trượt|hỏng|hoãn|gián đoạn|dự bị|đình chỉ|buộc thôi|lưu ban|"
    r"(?:tạm|bị) (?:dừng|ngừng|ngưng|nghỉ)|(?:dừng|ngừng|ngưng) học|bỏ|hủy|huỷ|thu hồi|tước|"
    r"giả(?! định\b)|không hợp (?:lệ|pháp)|chờ|đợi|hết (?:khóa|khoá|hạn|chương trình)|học kỳ|nợ|"
    r"năm (?:\d{1,2}|[ivx]+))\b"
)
# In a text without accents only what can be nothing else: 'do thi' is đô thị.
_DOUBT_PLAIN = re.compile(
    rf"{_PART}(?:hoc(?! (?:vien|ham|vi|xong)\b)|bi (?:thu|dinh|huy)|can (?:hoc|co)|xin|"
    r"thi(?! (?:cong|hanh|dua|tran)\b)|"
    r"cu(?! (?:nhan|tuyen)\b)|xet(?! (?:nghiem|xu)\b)|hong|hoan)\b|"
    r"\b(?:(?:di|theo|nhap|vua|cu|vong|phai|tiep tuc|muon|xin) hoc|cu di|duoc cu|di dao tao|"
    r"(?:trung|xet|du) tuyen|tuyen sinh|(?:du|on) thi|thi (?:tuyen|lai|rot|truot|hong)|nguyen vong|yeu cau|"
    r"quy hoach (?:di|hoc|dao tao)|phan dau|tiep tuc|rot|truot|gian doan|du bi|dinh chi|buoc thoi|luu ban|"
    r"tam (?:dung|ngung|nghi|hoan)|thu hoi|bang gia|khong hop (?:le|phap)|het (?:khoa|han|chuong trinh)|hoc ky|"
    r"nam (?:\d{1,2}|[ivx]+))\b"
)
_ENDED = re.compile(r"\b(?:19|20)\d\d\s*(?:[-–—]|đến|den)\s*((?:19|20)\d\d)\b", re.IGNORECASE)


def doubt(text: str) -> str | None:
    """The words by which what is said of a level, or its field of study, does not say that it is held."""
    said = _UNDERSTOOD.sub(" ", clean(text).lower())
    found = (_DOUBT_PLAIN if said.isascii() else _DOUBT).search(said)
    return found[0].strip(" /;,+&|>([:–—-") if found else None


def may_precede(words: Sequence[str], known: Collection[str], fields: Collection[str]) -> bool:
    """Whether a level is still held that stands behind these words, by their keys, in one part of a cell.

    `known` are fillers; `fields` are the fields of study that the level before it may have.
    """
    longest = max((phrase.count(" ") + 1 for phrase in (*known, *_BEFORE, *fields)), default=1)
    i = 0
    while i < len(words):
        for length in range(min(longest, len(words) - i), 0, -1):
            phrase = " ".join(words[i : i + length])
            if phrase in known or phrase in _BEFORE or phrase in fields or _YEAR.fullmatch(phrase):
                break
        else:
            return False
        i += length
    return True


@lru_cache(maxsize=2**14)
def ends_in(text: str) -> int | None:
    """The year in which the studies of a cell end that names their years: 'Đại học 2016-2020'."""
    return max(map(int, _ENDED.findall(clean(text))), default=None)


def field_keys(words: Collection[str]) -> frozenset[str]:
    """Known fields of study as `may_precede` compares them; 'quy hoạch ĐH' is somebody meant to study."""
    return frozenset(map(key, words)) - {"", "quy hoach"}
