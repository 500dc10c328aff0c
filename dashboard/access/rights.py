"""What each role may do, in one table."""

from enum import StrEnum
from typing import NamedTuple


class Right(StrEnum):
    """Something that may be done."""

    READ = "read"
    EXPORT = "export"
    SENSITIVE = "sensitive"
    RECORD = "record"
    UNDO = "undo"
    RULES = "rules"
    MAP = "map"
    STORE = "store"
    ACCOUNTS = "accounts"


# What is said to whoever may not: after “Tài khoản của bạn không có quyền …”.
SAID = {
    Right.READ: "xem số liệu",
    Right.EXPORT: "xuất tệp",
    Right.SENSITIVE: "xem số liệu nhạy cảm",
    Right.RECORD: "ghi nhận",
    Right.UNDO: "hoàn tác",
    Right.RULES: "sửa quy định, danh mục",
    Right.MAP: "thay bản đồ",
    Right.STORE: "thay kho số liệu",
    Right.ACCOUNTS: "quản lý tài khoản, xem nhật ký",
}


class Role(NamedTuple):
    """A role: what it is called and what it may do."""

    title: str
    rights: frozenset[Right]


_SEES = {Right.READ, Right.EXPORT}
ROLES = {
    "quan_tri": Role("Quản trị", frozenset(Right)),
    "chuyen_vien": Role(
        "Chuyên viên", frozenset({*_SEES, Right.SENSITIVE, Right.RECORD, Right.UNDO, Right.RULES, Right.MAP})
    ),
    "lanh_dao": Role("Lãnh đạo", frozenset({*_SEES, Right.SENSITIVE})),
    "xa": Role("Xã", frozenset(_SEES)),
}
