"""Rows of the log in words: what each particular is called, which rows were asked for, and the file of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from access import log
from access.log import Entry
from access.rights import ROLES, SAID
from core.store import Reader
from core.vietnamese import date_short, key, number
from documents.listing import plain_file

# More rows a browser need not hold.
MOST = 2_000
_NAMES = {
    "viec": "",
    "tai_khoan": "tài khoản",
    "vai_tro": "vai trò",
    "xa": "xã",
    "truoc": "trước là",
    "xa_truoc": "xã trước",
    "duyet": "người duyệt",
    "dia_chi": "từ máy",
    "khoa": "tài khoản đã khóa",
    "moi_noi": "mọi máy",
    "nguoi": "hồ sơ số",
    "trang": "trang",
    "loc": "bộ lọc",
    "quyen": "quyền",
    "dot": "đợt",
    "kho_moi": "kho mới của",
    "tep": "tệp",
    "cau_hoi": "câu truy vấn",
    "dong": "số dòng",
    "co": "cỡ",
    "sha256": "SHA-256",
    "vi": "vì",
    "duong_dan": "địa chỉ",
    "khong_ghi": "lần khác không ghi",
}
_FILTERS = {
    "as_of": "ngày",
    "communes": "xã",
    "groups": "nhóm",
    "posts": "chức vụ",
    "criteria": "tiêu chí",
    "verdicts": "kết luận",
    "search": "có tìm theo tên",
}
_DEEDS = {
    "them": "thêm",
    "vai_tro": "đổi vai trò",
    "dat_lai": "đặt lại mật khẩu",
    "khoa": "khóa",
    "mo": "mở lại",
}


def sentence(entries: Sequence[Entry]) -> str:
    """How many rows, since when."""
    return f"{number(len(entries))} dòng từ {date_short(entries[-1].at.date())}." if entries else "Nhật ký còn trống."


def told(entry: Entry) -> str:
    """The particulars of a row in words."""
    order = list(_NAMES)
    particulars = sorted(entry.detail.items(), key=lambda p: order.index(p[0]) if p[0] in order else len(order))
    return ", ".join(_particular(name, value) for name, value in particulars)


def _particular(name: str, value: Any) -> str:
    if value is True:
        return _NAMES.get(name, name)
    if name == "viec":
        return _DEEDS.get(value, value)
    if name in ("vai_tro", "truoc") and value in ROLES:
        value = ROLES[value].title.lower()
    if name == "quyen":
        value = SAID.get(value, value)
    if name == "co":
        value = f"{number(int(value))} byte"
    if isinstance(value, dict):
        value = "; ".join(_filter(n, v) for n, v in value.items())
    return f"{_NAMES.get(name, name)} {value}"


def _filter(name: str, value: Any) -> str:
    codes = " ".join(map(str, value)) if isinstance(value, list) else "" if value is True else str(value)
    codes = date_short(date.fromisoformat(codes)) if name == "as_of" else codes
    return f"{_FILTERS.get(name, name)} {codes}".strip()


def chosen(
    entries: Sequence[Entry], actions: Sequence[str], names: Sequence[str], since: date | None, search: str
) -> list[Entry]:
    """The rows of some actions, accounts and days whose words hold what was searched for; nothing chosen is all."""
    looked_for = key(search)
    return [
        e
        for e in entries
        if (not actions or e.action in actions)
        and (not names or e.who in names)
        and (since is None or e.at.date() >= since)
        and (not looked_for or looked_for in key(f"{e.who} {told(e)}"))
    ]


def in_words(entries: Sequence[Entry]) -> pd.DataFrame:
    """A row for each, as on screen and in the file."""
    return pd.DataFrame(
        {
            "Số": [e.n for e in entries],
            "Lúc": [f"{e.at:%d/%m/%Y %H:%M:%S}" for e in entries],
            "Tài khoản": [e.who or "—" for e in entries],
            "Việc": [log.ACTIONS.get(e.action, e.action) for e in entries],
            "Chi tiết": [told(e) for e in entries],
        }
    )


def excel(
    reader: Reader, shown: pd.DataFrame, actions: Sequence[str], names: Sequence[str], since: date | None
) -> bytes:
    """The rows as an official file."""
    asked = [("Việc", ", ".join(log.ACTIONS[a] for a in actions)), ("Tài khoản", ", ".join(names))]
    asked += [("Từ ngày", date_short(since))] if since else []
    says = "Mỗi dòng là một việc; dòng sau niêm phong dòng trước, lệnh doctor cho biết dòng nào bị sửa."
    return plain_file(reader, "Nhật ký truy cập", shown, says, [(title, value) for title, value in asked if value])
