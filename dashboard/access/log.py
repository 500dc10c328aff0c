"""The log: who signed in, looked at whom, changed, exported what. Every row seals the one before it.

A row's hash is the SHA-256 of the hash before it and of the row's own words, so that whoever changes, takes out or adds
a row must do all later ones anew; the last one is kept beside them and is told by `doctor`, to be written down
elsewhere. It never holds what somebody searched for, nor a password, nor a name that is no account's.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access import book

# What a row is about, and how it is told.
ACTIONS = {
    "vao": "Đăng nhập",
    "vao_hong": "Đăng nhập không được",
    "ra": "Đăng xuất",
    "doi_mat_khau": "Đổi mật khẩu",
    "tai_khoan": "Tài khoản",
    "xem_nguoi": "Xem hồ sơ",
    "xem_nhay_cam": "Xem số liệu nhạy cảm",
    "ghi": "Ghi nhận",
    "hoan_tac": "Hoàn tác",
    "xuat": "Xuất tệp",
    "sao_luu": "Sao lưu",
    "tu_choi": "Từ chối",
}
_LONGEST = 400


@dataclass(frozen=True)
class Entry:
    """A row of the log: number from 1 on, the wall's time, account (empty: nobody), what and its particulars."""

    n: int
    at: datetime
    who: str
    action: str
    detail: dict[str, Any]


def add(connection: sqlite3.Connection, who: str, action: str, **detail: Any) -> None:
    """Put a row at the end, in the transaction of what it tells of. Long texts are cut, other values kept as JSON."""
    if action not in ACTIONS:
        raise KeyError(action)
    [(last, before)] = connection.execute("select n, hash from log_end")
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    cut = {name: v[:_LONGEST] if isinstance(v, str) else v for name, v in detail.items() if v is not None}
    row = (last + 1, at, who, action, _canonical(cut))
    sealed = _seal(before, row)
    connection.execute("insert into log values (?, ?, ?, ?, ?, ?)", (*row, sealed))
    connection.execute("update log_end set n = ?, hash = ?", (last + 1, sealed))


def note(who: str, action: str, **detail: Any) -> None:
    """Put a row at the end in a transaction of its own. Raises AccessError; what cannot be noted must not be done."""
    with book.opened() as connection:
        add(connection, who, action, **detail)


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """All rows, the latest first."""
    rows = connection.execute("select n, at, who, action, detail from log order by n desc").fetchall()
    return [
        Entry(r["n"], datetime.fromisoformat(r["at"]), r["who"], r["action"], json.loads(r["detail"])) for r in rows
    ]


def seal(connection: sqlite3.Connection) -> tuple[int, str]:
    """How many rows there are, and the hash that stands for all of them."""
    [(n, last)] = connection.execute("select n, hash from log_end")
    return int(n), str(last)


def broken(connection: sqlite3.Connection) -> str | None:
    """Where the chain breaks, as a Vietnamese sentence; None while it is whole."""
    before, n = "", 0
    for n, row in enumerate(connection.execute("select n, at, who, action, detail, hash from log order by n"), 1):
        if row["n"] != n:
            return f"Nhật ký thiếu dòng {n}: có người đã xóa khỏi tệp."
        if _seal(before, tuple(row)[:5]) != row["hash"]:
            return f"Nhật ký bị sửa từ dòng {n} ({row['at']}): dấu của dòng không khớp với nội dung và dòng trước nó."
        before = row["hash"]
    kept, last = seal(connection)
    if (kept, last) != (n, before):
        return f"Nhật ký mất phần cuối: còn {n} dòng, dòng cuối từng ghi là dòng {kept}."
    return None


def _seal(before: str, row: tuple[Any, ...]) -> str:
    n, at, who, action, detail = row
    said = _canonical({"n": n, "at": at, "who": who, "action": action, "detail": detail})
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
