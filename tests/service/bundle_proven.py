"""The bundle that `make bundle` has just made ($BUNDLE) installs on a Linux without network, and over an older program
with data in it; for Windows every library that Windows would ask for is there. In the order of these tests.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from browser.driving import ask, wait_for_server
from service import bundle, install

BUNDLE = Path(os.environ.get("BUNDLE", ".bundle")).resolve()
# Python as an office has it: not the one of this program's own environment.
PATH = os.pathsep.join([f"{sys.base_prefix}/bin", "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
# A network of its own with nothing in it; where the system allows none, a proxy that nobody answers at.
APART = ["unshare", "--map-root-user", "--net"]
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
ROSTER = ("query", "roster", "--format", "csv")


def environment() -> dict[str, str]:
    """What a program of the office would be told: nothing of ours."""
    ours = ("DASHBOARD_", "PYTHON", "VIRTUAL_ENV", "PIP_", "VENV")
    return {n: v for n, v in os.environ.items() if not n.startswith(ours)} | NOWHERE | {"PATH": PATH}


def apart() -> list[str]:
    """What a command is begun with so that it has no network."""
    allowed = shutil.which(APART[0]) and subprocess.run([*APART, "true"], capture_output=True).returncode == 0
    return APART if allowed else []


def set_up(folder: Path, of: Path = BUNDLE) -> subprocess.CompletedProcess[str]:
    """Run the bundle's own script."""
    command = [*apart(), "sh", str(of / "cai-dat.sh"), str(folder), "--khong-chay"]
    return subprocess.run(command, cwd="/", env=environment(), capture_output=True, text=True)


def manage(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the installed program."""
    python = folder / ".venv" / "bin" / "python"
    return subprocess.run(
        [python, "dashboard/manage.py", *command], cwd=folder, env=environment(), capture_output=True, text=True
    )


@contextmanager
def opened(folder: Path, port: int) -> Iterator[None]:
    """The installed program, started as its own script starts it, until the block ends."""
    start = ["sh", "dashboard/service/chay.sh", "--server.port", str(port)]
    with (folder.parent / "chay.log").open("w") as log:
        server = subprocess.Popen(start, cwd=folder, env=environment(), stdout=log, stderr=log)
    try:
        wait_for_server(f"http://127.0.0.1:{port}/suc-khoe", server)
        assert ask(f"http://127.0.0.1:{port}/suc-khoe")[2] == "ok"
        yield
    finally:
        server.terminate()
        server.wait()


def contents(folder: Path) -> dict[str, str]:
    """Every file of the installed program by its digest, without what Python keeps beside it."""
    files = [p for part in ("dashboard", "queries") for p in (folder / part).rglob("*") if p.is_file()]
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if p.suffix != ".pyc"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the program is installed: a folder that is not there yet, with a name as people give them."""
    return tmp_path_factory.mktemp("office") / "Phòng Nội vụ"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A bundle to spoil: the same files under other names, so that what is replaced there stays here."""
    return Path(shutil.copytree(BUNDLE, tmp_path / "gói", copy_function=os.link))


def replace(file: Path, content: bytes) -> None:
    file.unlink()
    file.write_bytes(content)


@pytest.mark.parametrize("system", bundle.SYSTEMS)
def test_all_that_a_system_asks_for_is_there(system: str) -> None:
    wheels, listed = BUNDLE / bundle.WHEELS, BUNDLE / bundle.PROGRAM / "requirements.txt"
    assert bundle.missing(system, wheels, listed) == []
    kind = {"Linux": "manylinux", "Windows": "win_amd64"}[system]
    assert [p for p in wheels.glob("duckdb-*.whl") if kind in p.name]


def test_every_file_is_what_was_put_in() -> None:
    install.verify(BUNDLE)


def test_what_runs_on_windows_is_written_as_windows_reads_it() -> None:
    for script in [*BUNDLE.glob("*.bat"), *(BUNDLE / bundle.PROGRAM / "dashboard" / "service").glob("*.bat")]:
        text = script.read_bytes()
        assert text.count(b"\n") == text.count(b"\r\n") > 3, script
        assert text.startswith(b"@echo off\r\nchcp 65001"), script
    assert (BUNDLE / bundle.GUIDE).read_bytes().startswith(b"\xef\xbb\xbf")
    [script] = (BUNDLE / bundle.PROGRAM / "dashboard" / "service").glob("*.ps1")
    assert script.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_changed_or_strange_file_is_noticed_before_anything_is_installed(changed: Path, tmp_path: Path) -> None:
    [wheel] = (changed / install.WHEELS).glob("uvicorn-*.whl")
    whole = wheel.read_bytes()
    replace(wheel, whole[:-1] + b"x")
    done = set_up(tmp_path / "nơi", changed)
    assert (done.returncode, wheel.name in done.stderr, (tmp_path / "nơi").exists()) == (2, True, False)
    replace(wheel, whole)
    (wheel.parent / "uvicorn-9999-py3-none-any.whl").write_bytes(whole)
    done = set_up(tmp_path / "nơi", changed)
    assert (done.returncode, "tệp lạ" in done.stderr, (tmp_path / "nơi").exists()) == (2, True, False)


def test_it_installs_without_a_network_and_starts(folder: Path) -> None:
    done = set_up(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Đã cài ở {folder}." in done.stdout
    with opened(folder, 18501):  # with the people of the sample, as `make run` does
        assert "Chuẩn cán bộ" in ask("http://127.0.0.1:18501/")[2]
    assert manage(folder, "doctor").returncode == 0
    assert not (folder / ".dang-cai").exists()


def test_over_an_older_one_it_refuses_while_that_is_open_and_then_keeps_the_data(folder: Path) -> None:
    # An older program: with one word less of the office's language, and a file that is there no more.
    words = folder / "queries" / "reference" / "word.csv"
    new = words.read_bytes()
    words.write_bytes(b"".join(new.splitlines(keepends=True)[:-1]))
    (folder / "dashboard" / "cu.py").write_text("")
    add = ("account", "add", "lan", "--full-name", "Hồ Thị Lan", "--approved-by", "Trưởng phòng", "--generate")
    assert manage(folder, *add, "--role", "quan_tri").returncode == 0
    before, roster = contents(folder), manage(folder, *ROSTER)
    assert roster.returncode == 0
    assert roster.stdout.count("\n") > 100

    with opened(folder, 18502):
        done = set_up(folder)
        assert done.returncode == 2
        assert "Chương trình đang mở" in done.stderr
        assert "Đóng chương trình" in done.stderr
    assert contents(folder) == before
    assert not (folder / ".data" / install.BACKUPS).exists()

    done = set_up(folder)
    assert (done.returncode, done.stderr) == (0, "")
    said = re.search(r"Đã sao lưu vào (\S.*\.duckdb): ", done.stdout)
    assert said
    backup = Path(said[1])
    assert backup.parent == folder / ".data" / install.BACKUPS
    assert re.search(r"Đã sao lưu tài khoản và nhật ký vào (\S.*\.sqlite)\.", done.stdout)
    assert done.stdout.index("Đã sao lưu vào") < done.stdout.index("Đang đưa kho lên bản mới")
    assert words.read_bytes() == new
    assert not (folder / "dashboard" / "cu.py").exists()
    assert (folder / install.REPLACED / "dashboard" / "cu.py").exists()
    assert manage(folder, *ROSTER).stdout == roster.stdout
    assert "Hồ Thị Lan" in manage(folder, "account", "list").stdout
    assert manage(folder, "doctor").returncode == 0
    assert manage(folder, "restore", str(backup)).returncode == 0
    assert manage(folder, *ROSTER).stdout == roster.stdout


def test_where_it_fails_on_the_way_the_older_one_is_as_it_was(folder: Path, changed: Path) -> None:
    """The sums are right, so that it is pip that finds the library broken, in the middle of the installation."""
    [wheel] = (changed / install.WHEELS).glob("uvicorn-*.whl")
    broken = wheel.read_bytes()[:1000]
    sums = changed / install.SUMS
    right, wrong = (hashlib.sha256(c).hexdigest() for c in (wheel.read_bytes(), broken))
    replace(sums, sums.read_bytes().replace(right.encode(), wrong.encode()))
    replace(wheel, broken)
    before, store = contents(folder), (folder / ".data" / "can-bo.duckdb").read_bytes()
    done = set_up(folder, changed)
    assert done.returncode == 2
    assert "chưa thay gì" in done.stderr
    assert contents(folder) == before
    assert (folder / ".data" / "can-bo.duckdb").read_bytes() == store
    assert not (folder / install.REPLACING).exists()
    assert manage(folder, "doctor").returncode == 0


def test_killed_on_the_way_the_next_one_begins_from_the_older_one(folder: Path) -> None:
    roster = manage(folder, *ROSTER).stdout
    command = ["sh", str(BUNDLE / "cai-dat.sh"), str(folder), "--khong-chay"]
    killed = subprocess.Popen(command, cwd="/", env=environment(), start_new_session=True)
    while not (folder / install.REPLACING / ".venv").exists() or not (folder / ".venv" / "bin" / "python").exists():
        assert killed.poll() is None
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert manage(folder, "doctor").returncode != 0, "half a program"
    done = set_up(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert manage(folder, *ROSTER).stdout == roster
    assert (folder / install.REPLACED / ".venv" / "bin" / "python").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thư riêng.docx").write_text("x")
    done = set_up(tmp_path)
    assert (done.returncode, "đã có tệp khác" in done.stderr) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["thư riêng.docx"]
