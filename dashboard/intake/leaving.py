"""Whether a note beside somebody in a list says that they have left: retired, moved, died, resigned."""

import re
from datetime import date

from core.vietnamese import clean, key, parse_date

# By the key of the note.
_LEFT = re.compile(
    r"\b(?:nghi (?:huu|viec(?! rieng)|che do|cong tac|mat suc|theo (?:nd|nghi dinh|che do|\d+)|"
    r"(?:tu|ke tu) (?:ngay|thang|nam|\d+)|\d{1,2} \d{1,2} \d{2,4})|huu (?:tri|tu|nam|\d+)|huong luong huu|"
    r"cham dut hop dong|bo nhiem so|"
    r"(?:da|ve|cho) (?:nghi|huu|thoi|chuyen)|thoi (?:viec|giu|chuc|nhiem vu|dam nhiem|cong tac|lam|khong)|bo viec|"
    r"tinh gian|tgbc|tu tran|qua doi|hy sinh|da mat|da chet|(?:mat|chet) (?:ngay|thang|nam|do|vi|tu|\d+)|"
    r"(?:chuyen|dieu dong|luan chuyen|thuyen chuyen|biet phai)(?: cong tac| don vi| nganh)?|"
    r"mien nhiem|bai nhiem|cach chuc|het nhiem ky|khong (?:con (?:cong tac|giu|lam)|tai cu)|tu chuc)\b"
)
_ONLY = {"mat", "chet", "huu", "da nghi", "da thoi", "nghi"}
# What is meant to come, or has not come.
_NOT_YET = re.compile(
    r"\b(?:se|sap|du kien|chuan bi|chua|khong|den tuoi|du tuoi|de nghi|dang lam|con \d+ (?:thang|nam)|thong bao|"
    r"den (?:thang|nam)|ke hoach|thuoc dien|nguyen vong|truoc khi|bo doi|quan nhan|"
    r"cong an|giao vien|luong)(?: \w+){0,4} $"
)
# 'Điều động từ xã khác', 'chuyển từ công chức sang', 'chuyển về đây': they came. 'Từ 6/2018' is when.
_CAME = re.compile(r" (?:tu (?!ngay|thang|nam|\d)|ve (?:day|nhan|lam|xa|tt|thi tran)|den (?:nhan|day|xa|thi tran))")
_MOVING = re.compile(r"(?:da )?(?:chuyen|dieu dong|luan chuyen|thuyen chuyen|biet phai)")
_NOT_AWAY = re.compile(r" (?:vien|ngach|chuc danh|chuc vu|xep|doi|luong|bac|sang (?:vi tri|cong chuc|can bo))\b")
_DAY = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*){0,2}(?:19|20)\d\d")


def says_left(note: str, day: date | None) -> bool:
    """Whether a note says so, unless what it speaks of is still to come on the day, or brought them here."""
    # 'Chờ nghỉ hưu' is to come, 'cho nghỉ hưu' is done.
    text = key(re.sub(r"\bchờ\b", "sẽ", clean(note).lower()))
    if text in _ONLY:
        return True
    for found in _LEFT.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if _NOT_YET.search(before) and not found[0].startswith("da "):
            continue
        if _MOVING.match(found[0]) and (_CAME.match(after) or _NOT_AWAY.match(after)):
            continue
        return not _is_to_come(note, day)
    return False


def _is_to_come(note: str, day: date | None) -> bool:
    """Whether every date of the note is after the day."""
    moments = []
    for written in _DAY.findall(note):
        try:
            moments.append(parse_date(written))
        except ValueError:
            continue
    return day is not None and bool(moments) and all(moment is not None and moment.on > day for moment in moments)
