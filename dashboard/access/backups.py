"""The folder of backups: what lies in it, how one is made, which are kept. Nobody else's file is touched.

A backup is a folder of its own: the store, the accounts with their log, and what was found when both were read back.
It takes its name when it is whole, in one step, so that nothing half-written ever bears one.
"""

import hashlib
import json
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from access import book
from core import safekeeping, store_file
from core.store import ROOT, StoreError, is_file, state_of
from core.vietnamese import number

STORE, TOLD = "kho.duckdb", "ban-sao.json"
_OURS = {STORE, TOLD, book.NAME}
_OFF = "off"
DAYS, WEEKS, MONTHS = 7, 4, 12
# Of the latest day this many: what was made on purpose an hour ago does not give way to the next.
OF_LATEST_DAY = 5
_MOMENT = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True)
class Backup:
    """A backup: where it is, by the clock on the wall when it was begun, what it holds, its size in bytes.

    `state` is that of the store (`Store.state`), `sha256` names the files it is made of. Of one that is not `good`,
    because a file of it is missing or of another size, the rest is not known.
    """

    folder: Path
    at: datetime
    good: bool
    people: int = 0
    batches: int = 0
    size: int = 0
    state: str = ""
    accounts: bool = False
    sha256: tuple[tuple[str, str], ...] = ()

    @property
    def store(self) -> Path:
        """The file that `restore` takes."""
        return self.folder / STORE

    def intact(self) -> bool:
        """Whether every file of it is still what it was when it was made, to the last byte; reads all of them."""
        try:
            return self.good and all(_sha256(self.folder / name) == was for name, was in self.sha256)
        except OSError:
            return False


def is_off() -> bool:
    """Whether the office makes its backups otherwise (DASHBOARD_BACKUP=off)."""
    return os.environ.get("DASHBOARD_BACKUP", "").strip().lower() == _OFF


def place() -> Path:
    """The folder of backups: DASHBOARD_BACKUP, else beside the office's store, whichever is looked at for a while."""
    named = os.environ.get("DASHBOARD_BACKUP", "").strip()
    return Path(named).resolve() if named and not is_off() else _store().parent / "sao-luu"


def _store() -> Path:
    named = os.environ.get("DASHBOARD_STORE") or ""
    return Path(named).resolve() if named and is_file(named) else ROOT / ".data" / "can-bo.duckdb"


def _stem() -> str:
    # No store lies in a folder with a question mark.
    return _store().stem.replace("?", "_")


# What there is


def all_backups() -> list[Backup]:
    """All backups of this store in the folder, the latest first; none where the folder cannot be read."""
    return [*_latest_first()]


def newest() -> Backup | None:
    """The latest good backup."""
    return next((b for b in _latest_first() if b.good), None)


def _latest_first() -> Iterator[Backup]:
    try:
        # Their names are in the order of time.
        folders = sorted(place().iterdir(), reverse=True)
    except OSError:
        return
    yield from (backup for folder in folders if (backup := _read(folder)))


def _read(folder: Path) -> Backup | None:
    """The backup in a folder; None when its name is not one that was given here."""
    name = re.fullmatch(rf"{re.escape(_stem())}-(\d{{4}}-\d\d-\d\d-\d{{6}})", folder.name)
    if name is None or folder.is_symlink():
        return None
    try:
        at = datetime.strptime(name[1], _MOMENT)  # noqa: DTZ007 - the clock on the wall
    except ValueError:
        return None
    try:
        told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
        files = {str(name): (int(f["size"]), str(f["sha256"])) for name, f in told["files"].items()}
        if STORE not in files or any((folder / n).stat().st_size != size for n, (size, _) in files.items()):
            return Backup(folder, at, good=False)
        return Backup(
            folder,
            at,
            good=True,
            people=int(told["people"]),
            batches=int(told["batches"]),
            size=sum(size for size, _ in files.values()),
            state=str(told["state"]),
            accounts=book.NAME in files,
            sha256=tuple((name, sha256) for name, (_, sha256) in files.items()),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Backup(folder, at, good=False)


# Making one


def make() -> Backup:
    """Back up the store in use, and the accounts beside it, into the folder, and read both back.

    Never called by the process that has the store open (`store_file.snapshot`). Raises StoreError, then nothing is
    left of it: also of a store that can be copied but is not sound, for `restore` would refuse the copy.
    """
    folder = place()
    try:
        # No further up: a disk that is not there today is not to be replaced by a folder of its name.
        if not os.environ.get("DASHBOARD_BACKUP") or is_off():
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        with store_file.workshop(folder / _stem()) as work:
            try:
                whole, at = _made(work)
            except StoreError as error:
                # The reader knows the folder only.
                said = re.sub(rf"{re.escape(str(work))}[^\s:,]*", lambda _: str(folder), str(error))
                raise StoreError(said) from error
            while (named := folder / f"{_stem()}-{at:{_MOMENT}}").exists():
                at += timedelta(seconds=1)
            whole.rename(named)
    except OSError as error:
        raise store_file.refused(error, str(folder)) from error
    made = _read(named)
    if made is None or not made.good:
        raise StoreError(f"Bản sao lưu vừa ghi ở {named} không còn nguyên vẹn. Kiểm tra ổ đĩa rồi thử lại.")
    return made


def _made(work: Path) -> tuple[Path, datetime]:
    """A whole backup in a folder that has not its name yet, and when it was begun."""
    at = datetime.now()  # noqa: DTZ005 - the clock on the wall
    whole = work / "xong"
    whole.mkdir(mode=0o700)
    copied = safekeeping.backup(whole / STORE)
    if copied.problems:
        raise StoreError(
            f"Kho số liệu có lỗi nên bản sao lưu không được giữ: {copied.problems[0]}. Chạy lệnh doctor; khôi phục "
            "bản sao lưu tốt gần nhất bằng lệnh restore, hoặc vẫn chép kho ra một tệp bằng lệnh backup TỆP."
        )
    if book.place().exists():
        _copy_accounts(whole / book.NAME)
    files = {p.name: {"size": p.stat().st_size, "sha256": _sha256(p)} for p in sorted(whole.iterdir())}
    told = {
        "people": copied.people,
        "batches": copied.batches,
        "rows": copied.rows,
        "state": state_of(whole / STORE),
        "files": files,
    }
    with (whole / TOLD).open("w", encoding="utf-8") as file:
        json.dump(told, file, indent=1)
        file.flush()
        # What is told of the files is on the disk before they get their name.
        os.fsync(file.fileno())
    return whole, at


def _copy_accounts(copy: Path) -> None:
    """Write the accounts and the log as they are at one moment to a file, whoever writes meanwhile."""
    try:
        with book.read() as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            # One file alone, that whoever puts it back need not look for a log beside.
            target.execute("pragma journal_mode = delete")
            [(sound,)] = target.execute("pragma integrity_check").fetchall()[:1]
    except sqlite3.Error as error:
        if "full" in str(error):
            raise StoreError(f"Ổ đĩa của {copy} đã đầy. Giải phóng chỗ trống rồi thử lại.") from error
        raise StoreError(f"Không chép được tệp tài khoản {book.place()} sang {copy}. Kiểm tra ổ đĩa.") from error
    if sound != "ok":
        raise StoreError(
            f"Tệp tài khoản {book.place()} đã hỏng nên chưa sao lưu. Đặt lại bản sao gần nhất của tệp ấy rồi thử lại."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep() -> None:
    """Take away what backups that were struck down have left beside the store and in the folder."""
    for place_of in (_store(), place() / _stem()):
        with suppress(OSError):
            store_file.sweep(place_of)


# Which are kept


def to_keep(moments: Sequence[datetime]) -> set[datetime]:
    """Of the moments of backups those that are kept: of each of the last 7 days, 4 weeks (Monday to Sunday) and 12
    months of which there are any, the latest; of the last day the 5 latest."""
    latest_first = sorted(moments, reverse=True)

    def latest_of(period: Callable[[datetime], object], most: int) -> list[datetime]:
        latest: dict[object, datetime] = {}
        for moment in latest_first:
            latest.setdefault(period(moment), moment)
        return [*latest.values()][:most]

    of_last_day = [m for m in latest_first if m.date() == latest_first[0].date()][:OF_LATEST_DAY]
    return {
        *of_last_day,
        *latest_of(datetime.date, DAYS),
        *latest_of(lambda m: m.isocalendar()[:2], WEEKS),
        *latest_of(lambda m: (m.year, m.month), MONTHS),
    }


def prune() -> list[Path]:
    """Take away the good backups that are not to be kept; returns which. What cannot be taken away stays.

    One that something else was put into is left alone, and so is one that is damaged: it may be all there is of a day.
    """
    good = [b for b in all_backups() if b.good]
    keep, gone = to_keep([b.at for b in good]), []
    with suppress(OSError), store_file.workshop(place() / _stem()) as work:
        for backup in good:
            if backup.at not in keep and {p.name for p in backup.folder.iterdir()} <= _OURS:
                # Out of sight in one step: killed in the middle, half of it is not left under its name.
                backup.folder.rename(work / backup.folder.name)
                gone.append(backup.folder)
    return gone


def answer() -> int:
    """Make a backup for the process that asked for one: its sentence on stderr and 2 where that fails."""
    try:
        make()
        prune()
    except StoreError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


# In words


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was: 'vừa xong', '5 phút trước', '3 giờ trước', '12 ngày trước'."""
    minutes = int((now - at).total_seconds() // 60)
    if minutes < 1:
        return "vừa xong"
    if minutes < 60:
        return f"{minutes} phút trước"
    return f"{minutes // 60} giờ trước" if minutes < 24 * 60 else f"{number(minutes // (24 * 60))} ngày trước"


def megabytes(size: int) -> str:
    """'5,2 MB'; never less than 0,1."""
    return f"{number(max(size / 1e6, 0.1), 1)} MB"


def held(backup: Backup) -> str:
    """What a backup holds."""
    accounts = ", cả tài khoản và nhật ký" if backup.accounts else ""
    return f"{number(backup.people)} người, {number(backup.batches)} đợt{accounts}"


def moment(at: datetime) -> str:
    """'30/11/2026 11:49'."""
    return f"{at:%d/%m/%Y %H:%M}"
