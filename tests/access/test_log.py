"""The log of who did what: whoever changes a row, takes one out, adds one or cuts the end is found out."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from access import accounts, book, log

ROWS = 12


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a log of twelve rows and the first account's."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "so.sqlite"))
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", "trời mưa ở Khe Tre")
    for n in range(ROWS - 1):
        log.note("lan", "xem_nguoi", nguoi=n)
    return tmp_path / "so.sqlite"


def tamper(path: Path, sql: str) -> str | None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()
    with book.read() as opened:
        return log.broken(opened)


def test_a_whole_log_is_whole(written: Path) -> None:
    with book.read() as connection:
        assert log.broken(connection) is None
        rows, seal = log.seal(connection)
        assert (rows, len(seal)) == (ROWS, 64)
        assert [e.n for e in log.entries(connection)] == list(range(ROWS, 0, -1))


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update log set who = 'minh' where n = 5", "bị sửa từ dòng 5"),
        ("update log set detail = '{}' where n = 12", "bị sửa từ dòng 12"),
        ("update log set at = '2026-01-01T00:00:00+07:00' where n = 1", "bị sửa từ dòng 1"),
        ("update log set hash = 'x' where n = 7", "bị sửa từ dòng 7"),
        ("delete from log where n = 6", "thiếu dòng 6"),
        ("delete from log where n = 1", "thiếu dòng 1"),
        ("delete from log where n > 9", "mất phần cuối: còn 9 dòng, dòng cuối từng ghi là dòng 12"),
        ("delete from log", "mất phần cuối: còn 0 dòng"),
        ("insert into log select 13, at, who, action, detail, hash from log where n = 12", "bị sửa từ dòng 13"),
        ("update log set n = n + 100 where n > 5", "thiếu dòng 6"),
    ],
)
def test_where_it_was_changed_is_told(written: Path, sql: str, said: str, told: Callable[[str], bool]) -> None:
    found = tamper(written, sql)
    assert said in str(found)


def test_a_long_text_is_cut_and_an_unknown_action_refused(written: Path) -> None:
    log.note("", "tu_choi", dia_chi="x" * 5000, bo_trong=None)
    with book.read() as connection:
        last = log.entries(connection)[0]
    assert (len(last.detail["dia_chi"]), "bo_trong" in last.detail) == (400, False)
    with pytest.raises(KeyError):
        log.note("lan", "xóa")


def test_what_is_not_kept_is_not_noted_either(written: Path) -> None:
    def add_and_fail() -> None:
        with book.opened() as connection:
            log.add(connection, "lan", "ra")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with book.read() as connection:
        assert log.seal(connection)[0] == ROWS
