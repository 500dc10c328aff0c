"""Accounts from the command line, which works while the app has the store open."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from access import accounts, book, log
from core import store as engine
from core.store import Store
from manage import main

ADD = ["account", "add"]
LAN = [*ADD, "lan", "--full-name", "Hồ Thị Lan", "--approved-by", "Trưởng phòng", "--generate", "--role"]


@pytest.fixture
def run(
    district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command over a store of the test's own: exit code, output and errors."""
    store = Path(shutil.copy(district_file, tmp_path / "kho.duckdb"))
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    # The command line is a process without pages, which would ask who has one open.
    monkeypatch.setattr(engine, "before_writing", [])

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


Run = Callable[..., tuple[int, str, str]]


def test_accounts_are_managed_while_the_store_is_open(run: Run, tmp_path: Path) -> None:
    assert run("account", "list") == (0, "Chưa có tài khoản nào.\n", "")
    with Store(str(tmp_path / "kho.duckdb")):
        code, out, err = run(*LAN, "quan_tri")
        assert (code, err) == (0, "")
        first = re.search(r"Mật khẩu ban đầu: (\S+)\n", out)
        assert first
        assert accounts.of_token(accounts.sign_in("lan", first[1], "máy"))
        minh = [w.replace("lan", "minh") if w == "lan" else w for w in LAN]
        assert run(*minh, "xa", "--commune", "hương phú")[0] == 0
        assert run("account", "role", "minh", "xa", "--commune", "20188")[0] == 0
        for verb in ("disable", "enable", "signout"):
            assert run("account", verb, "minh")[0] == 0
        assert "Mật khẩu ban đầu: " in run("account", "reset", "minh", "--generate")[1]
    listed = run("account", "list")[1]
    assert re.search(r"minh +Hồ Thị Lan +Xã +20188 +chờ đổi mật khẩu +chưa", listed)
    assert re.search(r"lan +Hồ Thị Lan +Quản trị +chờ đổi mật khẩu +\d\d/\d\d/\d{4} \d\d:\d\d", listed)


@pytest.mark.parametrize(
    "words",
    [
        [*LAN, "lanh_dao"],
        [*LAN, "xa"],
        [*LAN, "xa", "--commune", "Nơi nào"],
        [*LAN[:-2], "--role", "quan_tri"],
        ["account", "disable", "ai-đó"],
        ["account"],
        ["account", "xóa", "lan"],
    ],
)
def test_what_cannot_be_done_is_one_sentence(run: Run, words: list[str], told: Callable[[str], bool]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told(re.sub(r"manage\.py account( \w+)?|quan_tri|--\w+|/\S+|VIỆC", "", err))


def test_a_typed_password_is_asked_for_twice(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["trời mưa ở Khe Tre", "trời mưa ở Khe", *["trời mưa ở Khe Tre"] * 2, *["123456789012"] * 2])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    words = [w for w in LAN if w != "--generate"]
    assert "không giống nhau" in run(*words, "quan_tri")[2]
    code, out, _ = run(*words, "quan_tri")
    assert (code, "trời mưa" in out) == (0, False)
    assert accounts.sign_in("lan", "trời mưa ở Khe Tre", "máy")
    assert "thử trước tiên" in run("account", "reset", "lan")[2]


def test_what_the_command_line_does_is_in_the_log_too(run: Run, tmp_path: Path) -> None:
    assert run("query", "headline")[0] == 0
    assert not (tmp_path / "quyen-truy-cap.sqlite").exists(), "without accounts there is no log"
    run(*LAN, "quan_tri")
    assert run("query", "structure", "--from", "2018-01-01", "--sensitive")[0] == 0
    assert run("template", "--out", str(tmp_path / "mau.xlsx"))[0] == 0
    assert run("undo", "1")[0] == 0
    assert run("undo", "1")[0] == 2
    with book.read() as connection:
        done = [(e.action, e.detail.get("dot")) for e in reversed(log.entries(connection))]
    assert done == [("tai_khoan", None), ("xem_nhay_cam", None), ("xuat", None), ("hoan_tac", 1)]


def test_the_doctor_tells_of_a_log_that_was_changed(run: Run, tmp_path: Path) -> None:
    assert "Nhật ký" not in run("doctor")[1]
    run(*LAN, "quan_tri")
    code, out, _ = run("doctor")
    assert code == 0
    assert re.search(r"Nhật ký truy cập nguyên vẹn: 1 dòng, dấu của dòng cuối [0-9a-f]{64}\.", out)
    connection = sqlite3.connect(tmp_path / "quyen-truy-cap.sqlite")
    with connection:
        connection.execute("update log set who = 'ai khác'")
    connection.close()
    code, out, _ = run("doctor")
    assert code == 1
    assert "[lỗi] Nhật ký bị sửa từ dòng 1" in out
