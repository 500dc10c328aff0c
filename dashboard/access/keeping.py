"""Backups while the app runs: a thread of the server makes one a day, a page when somebody asks for it.

Each is made by a process of its own. This one may not open the file of the store a second time
(`store_file.snapshot`); one of low priority takes nothing from readers, and can be ended at any moment.
"""

import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from access import accounts, backups, log
from access.backups import Backup
from core import store
from core.store import Store, StoreError

# Seconds until the first look, for whoever opens the program comes first, and between one look and the next.
FIRST, EVERY = 60.0, 300.0
# A backup is due so long after the last good one, and tried again so long after one that failed.
AGE, AGAIN = timedelta(days=1), timedelta(hours=1)
WARN_AFTER = timedelta(days=7)
# Asked for twice by a double click, there is one.
_JUST_NOW = timedelta(seconds=30)
# Whom the log names of what nobody asked for; no account can be called that.
BY_ITSELF = "(theo lịch)"
_MAKE = "import sys; sys.path.insert(0, sys.argv[1]); from access import backups; sys.exit(backups.answer())"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failure:
    """When the last backup failed, by the clock on the wall, and why: Vietnamese sentences."""

    at: datetime
    said: str


def due(last: Backup | None, state: str, failed: Failure | None, now: datetime) -> bool:
    """Whether a backup is to be made: a day after the last good one where the store is another by now, an hour after
    one that failed. A last one that the clock says is yet to come counts for nothing."""
    if failed:
        return not timedelta(0) <= now - failed.at < AGAIN
    if last is None:
        return True
    return state != last.state and not timedelta(0) <= now - last.at < AGE


class Keeper:
    """Makes backups one at a time and keeps why the last one failed."""

    def __init__(self, first: float = FIRST, every: float = EVERY) -> None:
        self._first, self._every = first, every
        self._making, self._starting = threading.Lock(), threading.Lock()
        self._ending = threading.Event()
        self._child: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._failure: Failure | None = None

    def start(self) -> None:
        """Begin to look whether a backup is due, unless that is off or the store is no file of its own."""
        if backups.is_off() or not store.is_file(store.default_target()):
            return
        self._ending.clear()
        self._thread = threading.Thread(target=self._keep, name="sao-luu", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End at once: a backup that is being made is given up, and nothing of it stays."""
        with self._starting:
            self._ending.set()
            if self._child:
                self._child.kill()
        if self._thread:
            self._thread.join(10)

    @property
    def failure(self) -> Failure | None:
        """Why the last backup failed; None when it did not, or a good one was made since, by whomever."""
        failed, last = self._failure, backups.newest() if self._failure else None
        return None if failed and last and last.at > failed.at else failed

    def make(self, by: str) -> Backup:
        """Make a backup now, at the wish of `by`; returns it. Raises StoreError, which is kept as `failure`.

        One that was made moments ago of the same state is as good as a new one.
        """
        if not self._making.acquire(blocking=False):
            raise StoreError("Đang có một lần sao lưu chưa xong. Chờ ít phút rồi tải lại trang.")
        begun = datetime.now()  # noqa: DTZ005 - the clock on the wall
        try:
            last = backups.newest()
            if last and timedelta(0) <= begun - last.at < _JUST_NOW and last.state == store.open_store().state():
                return last
            self._run()
            made = backups.newest()
            if made is None:
                raise StoreError(f"Không thấy bản sao lưu vừa ghi trong {backups.place()}. Kiểm tra ổ đĩa rồi thử lại.")
            if accounts.any_accounts():
                log.note(by, "sao_luu", tep=str(made.folder))
        except StoreError as error:
            if not self._ending.is_set():
                self._failure = Failure(begun, str(error))
            raise
        finally:
            self._making.release()
        self._failure = None
        return made

    def _run(self) -> None:
        """Have a process of its own make a backup and wait for it. Raises StoreError."""
        with self._starting:
            if self._ending.is_set():
                raise StoreError("Chương trình đang tắt nên chưa sao lưu.")
            try:
                self._child = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, "-E", "-s", "-X", "utf8", "-c", _MAKE, str(Path(__file__).parents[1])],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
                )
            except OSError as error:
                raise StoreError("Máy không chạy được việc sao lưu. Đóng bớt chương trình rồi thử lại.") from error
        child = self._child
        with suppress(AttributeError, OSError):  # Windows has none, and was told above
            os.setpriority(os.PRIO_PROCESS, child.pid, 10)
        _, said = child.communicate()
        self._child = None
        if child.returncode == 0:
            return
        backups.sweep()
        if child.returncode == 2 and said.strip():
            raise StoreError(said.strip().splitlines()[-1])
        _log.warning("A backup broke off (exit code %s): %s", child.returncode, said[-4000:])
        raise StoreError("Việc sao lưu bị ngắt giữa chừng nên chưa có bản mới; các bản trước còn nguyên. Thử lại.")

    def _keep(self) -> None:
        wait = self._first
        while not self._ending.wait(wait):
            wait = self._every
            try:
                self._look()
            except StoreError as error:
                if not self._ending.is_set():
                    _log.warning("%s", error)
            except Exception as error:  # the app goes on, and the next look may do better
                _log.exception("A look at the backups broke")
                self._fail(f"Việc sao lưu theo lịch gặp lỗi ({type(error).__name__}). Xem nhật ký của máy chủ.")

    def _look(self) -> None:
        # While the sample is looked at, nothing is written to the store of the office.
        if store.looked_at():
            return
        try:
            opened = store.open_store()
            if is_sample(opened):
                return
            state = opened.state()
        except store.StoreInUse:
            return  # a command has it for a while, and says so
        except StoreError as error:
            self._fail(str(error))
            raise
        if due(backups.newest(), state, self.failure, datetime.now()):  # noqa: DTZ005 - the clock on the wall
            self.make(BY_ITSELF)

    def _fail(self, said: str) -> None:
        self._failure = Failure(datetime.now(), said)  # noqa: DTZ005 - the clock on the wall


def is_sample(opened: Store) -> bool:
    """Whether a store holds the sample, of which no backups are made by themselves."""
    return bool(opened.fetch("select count(*) as n from meta where name = 'sample'").n[0])


def warning(failed: Failure | None, last: Backup | None, state: str, now: datetime) -> str | None:
    """What an administrator is told on every page; None while there is nothing to do.

    An old backup of a store that is still the same is as good as a new one.
    """
    if failed:
        had = f" Bản tốt gần nhất: {backups.moment(last.at)}." if last else " Chưa có bản sao lưu nào."
        return f"Sao lưu lúc {backups.moment(failed.at)} không xong: {failed.said}{had}"
    if last and state != last.state and now - last.at > WARN_AFTER:
        return (
            f"Bản sao lưu tốt gần nhất đã từ {backups.moment(last.at)} ({backups.ago(last.at, now)}), "
            "kho đã thay đổi từ đó."
        )
    return None


# The one of this process: the server starts it, pages ask it.
keeper = Keeper()
