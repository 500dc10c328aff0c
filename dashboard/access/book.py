"""The file of accounts, sessions and the log: SQLite, beside the store and not in it.

So it outlives `init` and `restore`, and the command line writes to it while the app runs, which DuckDB allows nobody.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.store import ROOT, StoreError, is_file

NAME = "quyen-truy-cap.sqlite"
_VERSION = 1
_SCHEMA = """
create table account (
    account_id integer primary key,
    name text not null unique,
    full_name text not null,
    role text not null,
    commune text,
    password text not null,
    must_change integer not null,
    disabled integer not null default 0,
    made_at real not null,
    made_by text not null,
    approved_by text not null,
    last_sign_in real,
    check ((role = 'xa') = (commune is not null))
) strict;
create table session (
    token text primary key,
    account_id integer not null references account,
    begun_at real not null,
    seen_at real not null
) strict;
create table attempt (
    who text primary key,
    times integer not null,
    last_at real not null
) strict;
create table log (
    n integer primary key,
    at text not null,
    who text not null,
    action text not null,
    detail text not null,
    hash text not null
) strict;
create table log_end (n integer not null, hash text not null) strict;
insert into log_end values (0, '');
"""


class AccessError(StoreError):
    """The accounts cannot be read or changed as asked; the text is one Vietnamese sentence."""


def place() -> Path:
    """Where the file is or would be: DASHBOARD_ACCESS, else beside the office's store."""
    if named := os.environ.get("DASHBOARD_ACCESS"):
        return Path(named).resolve()
    # Not `default_target`: a store that is looked at for a while has no accounts of its own.
    store = os.environ.get("DASHBOARD_STORE") or ""
    return (Path(store).resolve().parent if store and is_file(store) else ROOT / ".data") / NAME


@contextmanager
def opened(*, create: bool = False) -> Iterator[sqlite3.Connection]:
    """A transaction of its own on the file, kept whole or not at all; writers wait for each other.

    Raises AccessError when there is no such file and none is to be made, or it cannot be read or written.
    """
    path = place()
    try:
        if create:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite gives its log the rights of the file: for the owner's eyes only, both.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        elif not path.exists():
            raise AccessError(f"Chưa có tệp tài khoản {path}. Tạo tài khoản đầu tiên bằng lệnh: manage.py account add.")
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            _make_ready(connection, path)
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    except OSError as error:
        raise AccessError(f"Không mở được tệp tài khoản {path}: kiểm tra thư mục và quyền đọc, ghi.") from error


@contextmanager
def read() -> Iterator[sqlite3.Connection]:
    """The file for reading alone, in its last committed state. Raises AccessError as `opened` does."""
    path = place()
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", timeout=30, isolation_level=None, uri=True)) as found:
            found.row_factory = sqlite3.Row
            yield found
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _make_ready(connection: sqlite3.Connection, path: Path) -> None:
    [(version,)] = connection.execute("pragma user_version")
    if version > _VERSION:
        raise AccessError(f"Tệp tài khoản {path} do bản phần mềm mới hơn tạo ra. Mở bằng bản phần mềm mới nhất.")
    connection.execute("pragma foreign_keys = on")
    # What was committed is on the disk, even when the power fails in the next moment.
    connection.execute("pragma synchronous = full")
    if not version:
        connection.execute("pragma journal_mode = wal")
        connection.execute("begin immediate")
        [(version,)] = connection.execute("pragma user_version")
        if not version:
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {_VERSION}")
        connection.execute("commit")


def _explained(error: sqlite3.Error, path: Path) -> AccessError:
    if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
        return AccessError(f"Tệp tài khoản {path} đang được chương trình khác ghi. Thử lại sau ít phút.")
    if "full" in str(error):
        return AccessError(f"Ổ đĩa đã đầy nên không ghi được tệp tài khoản {path}. Giải phóng chỗ trống rồi thử lại.")
    return AccessError(
        f"Tệp tài khoản {path} đã hỏng hoặc không đọc, ghi được nên không ai vào được. "
        "Đặt lại bản sao gần nhất của tệp ấy rồi thử lại."
    )
