"""Installs the program from a bundle, or puts a newer one in the place of an older: data stay and are backed up first.

Runs with Python alone, before there is a program: `cai-dat.sh` and `cai-dat.bat` of the bundle call it. Whatever fails
on the way, the older program is put back and the store is as it was.
"""

import argparse
import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

# What a bundle is made of.
PROGRAM, WHEELS, SUMS = "chuong-trinh", "thu-vien", "SHA256SUMS"
DATA, VENV = ".data", ".venv"
# What is being replaced, and what was replaced last: from there one can go back. FIRST: nothing is replaced.
REPLACING, REPLACED, FIRST = ".dang-thay", ".truoc", ".dang-cai"
# In the folder of the store, for who may read the one may read the other.
BACKUPS = "truoc-nang-cap"
ACCOUNTS = "quyen-truy-cap.sqlite"


class Refused(Exception):
    """Nothing was installed; the text is one Vietnamese sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Install into a folder and start the program there; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", line_buffering=True)
    root = sys.platform != "win32" and os.geteuid() == 0
    usual = Path("/opt/chuan-can-bo") if root else Path.home() / "chuan-can-bo"
    parser = argparse.ArgumentParser(prog="cai-dat", add_help=False)
    parser.add_argument("folder", nargs="?", type=Path, default=usual)
    parser.add_argument("--khong-chay", action="store_true")
    options, strange = parser.parse_known_args(arguments)
    if strange or str(options.folder).startswith("-"):
        print("Cách dùng: cai-dat [THƯ-MỤC] [--khong-chay]", file=sys.stderr)
        return 2
    folder = options.folder.resolve()
    try:
        install(Path(__file__).resolve().parents[3], folder)
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"Không đọc, ghi được {error.filename or folder} nên chưa cài gì. Kiểm tra quyền, chỗ trống và xem có "
            "chương trình nào đang mở thư mục ấy, rồi chạy lại.",
            file=sys.stderr,
        )
        return 2
    if options.khong_chay:
        return 0
    service = folder / "dashboard" / "service"
    start = [str(service / "chay.bat")] if sys.platform == "win32" else ["sh", str(service / "chay.sh")]
    try:
        return subprocess.call(start)  # noqa: S603 - our own script
    except KeyboardInterrupt:
        return 0


def install(bundle: Path, folder: Path) -> None:
    """Install the program of a bundle in a folder, over an older one or anew. Raises Refused and OSError; then what was
    there before is there again."""
    verify(bundle)
    names = [*sorted(p.name for p in (bundle / PROGRAM).iterdir()), VENV]
    put_back(folder, names)
    store = store_of(folder)
    refuse_in_use(store)
    older = (folder / "dashboard" / "manage.py").exists()
    if not older and folder.exists() and any(p.name != DATA for p in folder.iterdir()):
        raise Refused(f"Thư mục {folder} đã có tệp khác. Chọn một thư mục mới, hoặc thư mục đã cài chương trình này.")
    if sys.platform != "win32":
        os.umask(0o022)  # the program is for every account of the machine to read; the store sees to itself
    (folder / (REPLACING if older else FIRST)).mkdir(parents=True)
    try:
        for name in names if older else []:
            if (folder / name).exists():
                (folder / name).rename(folder / REPLACING / name)
        print(f"Đang cài vào {folder}…")
        shutil.copytree(bundle / PROGRAM, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        make_venv(folder, bundle / WHEELS)
        if store.exists():
            back_up(folder, store)
            bring_up_to_date(folder, store)
        elif older:
            print(
                f"Không thấy kho {store} nên không có gì để sao lưu. Kho ở nơi khác: đặt DASHBOARD_STORE như khi chạy "
                "chương trình rồi chạy lại lệnh này."
            )
    except BaseException:
        put_back(folder, names)
        raise
    shutil.rmtree(folder / REPLACED, ignore_errors=True)
    if older:
        (folder / REPLACING).rename(folder / REPLACED)
        print(f"Đã nâng cấp. Số liệu còn nguyên ở {store.parent}; bản chương trình trước ở {folder / REPLACED}.")
    else:
        (folder / FIRST).rmdir()
        print(f"Đã cài ở {folder}.")


def verify(bundle: Path) -> None:
    """Raise Refused unless every file of the bundle is the one that was put into it, and no library came in since."""
    try:
        lines = (bundle / SUMS).read_text("utf-8").splitlines()
    except OSError as error:
        raise Refused(f"Gói cài đặt thiếu tệp {SUMS}. Chép lại cả gói rồi thử lại.") from error
    told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, digest in told.items():
        try:
            right = hashlib.sha256((bundle / name).read_bytes()).hexdigest() == digest
        except OSError:
            right = False
        if not right:
            raise Refused(f"Tệp {name} của gói cài đặt thiếu, hỏng hoặc bị sửa. Chép lại cả gói rồi thử lại.")
    for part in (PROGRAM, WHEELS):
        for path in (bundle / part).rglob("*"):
            name = path.relative_to(bundle).as_posix()
            if path.is_file() and name not in told and path.suffix != ".pyc":
                raise Refused(f"Gói cài đặt có tệp lạ {name}. Chép lại cả gói rồi thử lại.")


def store_of(folder: Path) -> Path:
    """The file of the store that the program in a folder uses. Raises Refused of one that is no file of its own."""
    named = os.environ.get("DASHBOARD_STORE") or str(folder / DATA / "can-bo.duckdb")
    if ":" in named and not Path(named).is_absolute():
        raise Refused(
            "DASHBOARD_STORE là một kho dùng chung, ở đây không sao lưu được. Sao lưu ở máy chủ của nó, bỏ biến ấy, "
            "rồi chạy lại."
        )
    return Path(named).resolve()


def refuse_in_use(store: Path) -> None:
    """Raise Refused while a program has the store open: DuckDB holds its file, on Windows so that nobody may write."""
    if not store.exists():
        return
    open_somewhere = Refused(
        f"Chương trình đang mở (kho {store} đang được dùng) nên chưa nâng cấp. Đóng chương trình: Ctrl+C ở cửa sổ của "
        "nó, hoặc dừng dịch vụ (systemctl stop chuan-can-bo, Stop-ScheduledTask chuan-can-bo), rồi chạy lại."
    )
    try:
        file = store.open("r+b")
    except PermissionError as error:
        if sys.platform == "win32":
            raise open_somewhere from error
        raise
    with file:
        if sys.platform != "win32":
            import fcntl

            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise open_somewhere from error


def put_back(folder: Path, names: Sequence[str]) -> None:
    """Undo an installation that did not come to its end, this one's or one that was killed: the older program is back.

    `names` are the parts of the program: of a first installation what there is of them goes away.
    """
    if (folder / FIRST).exists():
        for name in names:
            remove(folder / name)
        (folder / FIRST).rmdir()
    if (folder / REPLACING).exists():
        for kept in (folder / REPLACING).iterdir():
            remove(folder / kept.name)
            kept.rename(folder / kept.name)
        (folder / REPLACING).rmdir()


def remove(path: Path) -> None:
    """Take away a file or a folder, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def python_of(folder: Path) -> str:
    """Python with the libraries of the program in a folder."""
    return str(folder / VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def make_venv(folder: Path, wheels: Path) -> None:
    """Install the libraries from the bundle alone. Raises Refused, with what pip said last."""
    [pip] = wheels.glob("pip-*.whl")
    # Settings of pip on this machine may name a server, or other places to look.
    clean = {n: v for n, v in os.environ.items() if not n.startswith(("PIP_", "PYTHON"))} | {
        "PIP_CONFIG_FILE": os.devnull
    }
    python = python_of(folder)
    for command in (
        # Debian keeps pip apart from Python, so the bundle brings its own, which runs as it lies there.
        [sys.executable, "-m", "venv", "--without-pip", str(folder / VENV)],
        [python, str(pip / "pip"), "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-index",
         "--find-links", str(wheels), "-r", str(folder / "requirements.txt")],
        # A service may not write beside the program.
        [python, "-m", "compileall", "-q", str(folder / "dashboard")],
    ):  # fmt: skip
        done = subprocess.run(command, env=clean, capture_output=True, text=True, errors="replace")  # noqa: S603
        if done.returncode:
            said = (done.stderr.strip() or done.stdout.strip() or "?").splitlines()[-1]
            raise Refused(f"Không cài được các thư viện nên chưa thay gì. Python nói: {said}")


def back_up(folder: Path, store: Path) -> None:
    """Back up the store and the accounts, and say where. Raises Refused when the copy is not whole or has faults."""
    place = store.parent / BACKUPS
    as_owner: dict[str, Any] = owner_of(store)
    if not place.exists():
        place.mkdir(mode=0o700)
        if as_owner:
            os.chown(place, as_owner["user"], as_owner["group"])
    # The new program's own: the older one may be the reason for this upgrade. It leaves the store itself as it is.
    manage(folder, store, "backup", str(place), told="Chưa nâng cấp vì không sao lưu được kho")
    accounts = Path(os.environ.get("DASHBOARD_ACCESS") or store.parent / ACCOUNTS)
    if accounts.exists():
        now = f"{datetime.now():%Y-%m-%d-%H%M%S}"  # noqa: DTZ005 - the wall's
        copy = place / f"{accounts.stem}-{now}{accounts.suffix}"
        with closing(sqlite3.connect(accounts)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copy.chmod(0o600)
        if as_owner:
            os.chown(copy, as_owner["user"], as_owner["group"])
        print(f"Đã sao lưu tài khoản và nhật ký vào {copy}.")


def bring_up_to_date(folder: Path, store: Path) -> None:
    """Have the new program open the store, which brings it up to date, and look it over. Raises Refused."""
    print("Đang đưa kho lên bản mới và kiểm tra…")
    back = f"Chương trình trước đã được đặt lại; bản sao lưu ở {store.parent / BACKUPS}, khôi phục bằng lệnh restore."
    manage(folder, store, "doctor", told=f"Kho không qua được kiểm tra sau khi nâng cấp. {back} Lý do")


def manage(folder: Path, store: Path, *command: str, told: str) -> None:
    """Run a command of the program over the store, as whoever the store belongs to. Raises Refused when it fails."""
    done = subprocess.run(  # noqa: S603 - our own program
        [python_of(folder), "dashboard/manage.py", *command],
        cwd=folder,
        env={**os.environ, "DASHBOARD_STORE": str(store), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        **owner_of(store),
    )
    print(done.stdout, end="")
    if done.returncode:
        raise Refused(f"{told}: {done.stderr.strip() or done.stdout.strip()}")


def owner_of(store: Path) -> dict[str, Any]:
    """Whom to run as, where root installs what runs as a service: files made by root would be closed to the service."""
    if sys.platform == "win32" or os.geteuid() != 0 or store.stat().st_uid == 0:
        return {}
    return {"user": store.stat().st_uid, "group": store.stat().st_gid, "extra_groups": []}


if __name__ == "__main__":
    sys.exit(main())
