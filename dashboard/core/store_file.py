"""The file a store lives in: whose log lies beside it, how it is copied and replaced, in what words all this fails.

DuckDB keeps what is committed but not yet in the file in a log of the same name, `….wal`, and plays it into whatever
file it finds there under that name. Since format 68 (`STORAGE`) both carry the identity of their store and DuckDB
refuses a log of another; a log without an identity is refused here.
"""

import errno
import glob
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# The format stores are written in, as ATTACH and as the file's own header name it.
STORAGE, _FORMAT = "v1.5.0", 68
# A store still being made, and a whole one that waits to take the place of the one in use.
MAKING, FINISHED = ".dang-tao", ".moi"
# A folder with a copy to look at, and the file in it that is held as long as somebody does.
_COPYING, _HELD = ".dang-chep-", "dang-dung"
_MAGIC = slice(8, 12)
_VERSION = slice(12, 20)
# The two headers of a DuckDB file, written in turn: they tell whether anything became part of the file meanwhile.
_HEADERS = 3 * 4096
# A log opens with its version (2), then in field 102 the sixteen bytes of its store's identity.
_LOG_WITH_IDENTITY = b"d\x00be\x00\x02f\x00\x10"
_TRIES = 50


class StoreError(Exception):
    """Something the reader can act on; its text is one Vietnamese sentence."""


class StoreInUse(StoreError):
    """Another program has the store open."""


def is_file(target: str) -> bool:
    """Whether a store is a file of its own, not one shared through a catalog or in memory."""
    return ":" not in target or Path(target).is_absolute()


def logs_of(path: Path) -> list[Path]:
    """Where DuckDB may keep what is not in the file yet: its log, and two more while it carries the log over.

    They lie beside the file itself, not beside a link that leads to it; what follows a question mark, which DuckDB
    takes for options, stays at the end of their names.
    """
    whole = path.resolve()
    before, mark, after = whole.name.partition("?")
    return [whole.with_name(f"{before}.wal{ending}{mark}{after}") for ending in ("", ".checkpoint", ".recovery")]


def make_ready(path: Path, *, create: bool) -> None:
    """Bring the file of a store into the state in which it may be opened; raises StoreError when there is none.

    A finished store takes an empty place. A log without its store belongs to one that was moved away: opening or
    making another store there would mix the two, so it is refused.
    """
    refuse_no_file(path)
    if "?" in str(path.resolve().parent):
        named = str(path).removesuffix(MAKING)
        raise StoreError(
            f"Thư mục của kho số liệu {named} có dấu “?” trong tên nên kho không ghi được ở đó. "
            "Đổi tên thư mục, hoặc đặt DASHBOARD_STORE sang nơi khác, rồi chạy lại."
        )
    if not path.exists():
        refuse_stray_log(path)
        finished = Path(f"{path}{FINISHED}")
        if finished.exists() and not create:
            finished.replace(path)
        elif not create:
            raise StoreError(f"Chưa có kho số liệu {path}. Tạo bằng lệnh: python dashboard/manage.py init --sample.")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Không tạo được thư mục cho kho số liệu {path}. Chọn nơi khác.") from error
    heads = [_first_bytes(log, len(_LOG_WITH_IDENTITY)) for log in logs_of(path)]
    if any(heads) and is_older(path):
        raise StoreError(
            f"Kho số liệu {path} do bản phần mềm cũ ghi và còn phần chưa ghi hết trong {logs_of(path)[0].name}. "
            "Mở kho bằng bản cũ rồi tắt (lệnh doctor là đủ), sau đó mở lại bằng bản này."
        )
    if any(head and head != _LOG_WITH_IDENTITY for head in heads):
        raise foreign_log(path)


def refuse_no_file(path: Path) -> None:
    """Raise StoreError when the path of a store, or of a log of it, is a folder, a pipe or a device.

    Whoever opens a pipe waits until somebody writes to it, and a device has no end.
    """
    if path.is_dir():
        raise StoreError(
            f"{path} là thư mục, không phải tệp kho số liệu. Đặt DASHBOARD_STORE là một tệp, "
            f"ví dụ {path / 'can-bo.duckdb'}, rồi chạy lại."
        )
    if strange := [each for each in _all_of(path) if each.exists() and not each.is_file()]:
        raise StoreError(
            f"{strange[0]} không phải là tệp thường (đó là đường ống, thiết bị hoặc thư mục) nên không thể chứa kho "
            "số liệu. Đặt DASHBOARD_STORE sang tệp khác, hoặc chuyển nó đi chỗ khác, rồi chạy lại."
        )


def refuse_stray_log(path: Path) -> None:
    """Raise StoreError when a log lies where a store is to be put: whatever is put there would be mixed with it."""
    if stray := [log.name for log in logs_of(path) if log.exists()]:
        raise StoreError(
            f"Cạnh chỗ của kho số liệu {path} còn tệp {stray[0]} của một kho đã chuyển đi: đó là phần số liệu "
            "kho ấy chưa kịp ghi. Chuyển tệp ấy đến cạnh kho của nó, đổi tên theo kho, rồi làm lại."
        )


def foreign_log(path: Path) -> StoreError:
    """What is said of a log that is not this store's."""
    return StoreError(
        f"Tệp {logs_of(path)[0].name} cạnh kho số liệu {path} không phải của kho này, hoặc kho là bản cũ hơn tệp ấy. "
        "Chưa đọc, ghi gì; chuyển tệp ấy về cạnh kho của nó, hoặc khôi phục bằng lệnh restore, rồi mở lại."
    )


def is_older(path: Path) -> bool:
    """Whether a file is one of DuckDB's, of a format in which logs carry no identity."""
    head = _first_bytes(path, _VERSION.stop)
    return head[_MAGIC] == b"DUCK" and int.from_bytes(head[_VERSION], "little") < _FORMAT


def identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now (device, number), None when to none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@dataclass(frozen=True)
class Mark:
    """What tells one state of a store's file from another: its headers, its size, when it was written last."""

    headers: bytes
    size: int
    written: int

    def may_become(self, later: "Mark") -> bool:
        """Whether a transaction that is not committed yet may have led to the later mark.

        Much that is written at once goes into the file before, behind all that is there; no header tells of it yet.
        """
        return self.headers == later.headers and self.size <= later.size


class Watch:
    """The file of an open store, looked at beside DuckDB: `cp` and `truncate` change what is in it and not which it is.

    It is held open, for closing any opening of a file lets go of the lock its process has on it. Windows lets nobody
    write to a file that DuckDB has open.
    """

    def __init__(self, path: Path) -> None:
        self._file = None if sys.platform == "win32" else path.open("rb", buffering=0)

    def mark(self) -> Mark | None:
        """The state the file is in now; None where nobody else can write to it, or it was let go of."""
        if sys.platform == "win32" or self._file is None or self._file.closed:
            return None
        found = os.fstat(self._file.fileno())
        return Mark(os.pread(self._file.fileno(), _HEADERS, 0), found.st_size, found.st_mtime_ns)

    def close(self) -> None:
        """Let go of the file, and with it of the lock: when DuckDB has."""
        if self._file is not None:
            self._file.close()


def snapshot(path: Path, copy: Path) -> None:
    """Copy a store that may be written meanwhile, log included, so that the copy is the store as it was at one moment.

    The file proper changes only where nothing points until one of its headers is written anew, and the log only grows
    until then; so a copy between two equal readings of the headers is whole. The log is copied first: of much that is
    written at once it only says where in the file it stands. Never called by the process that has the store open:
    closing the file here would let go of its lock. Raises StoreError when the store never rests.
    """
    for _ in range(_TRIES):
        try:
            before = _headers(path)
            remove(copy)
            for one, other in zip(reversed(_all_of(path)), reversed(_all_of(copy)), strict=True):
                with suppress(FileNotFoundError):
                    shutil.copyfile(one, other)
            if _headers(path) == before and [f.exists() for f in _all_of(path)] == [f.exists() for f in _all_of(copy)]:
                return
        except OSError as error:
            # Of a copy that finds no room the disk it was meant for, not that of the store.
            raise refused(error, str(error.filename2 or path)) from error
        time.sleep(0.1)
    raise StoreError(f"Kho số liệu {path} được ghi liên tục nên chưa sao lưu được. Chờ ghi xong rồi thử lại.")


def _all_of(path: Path) -> list[Path]:
    return [path, *logs_of(path)]


def _headers(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADERS)


def _first_bytes(path: Path, count: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""  # what cannot be read is told by whoever opens it


@contextmanager
def workshop(path: Path) -> Iterator[Path]:
    """A folder of this program's own beside a store, for copies of it; gone when the block ends.

    Killed in it, the program leaves it where the next one finds it (`sweep`).
    """
    sweep(path)
    folder, held = _entered(path)
    try:
        with held:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _workshop_of(path: Path) -> str:
    # No store lies in a folder with a question mark.
    return path.name.replace("?", "_") + _COPYING


def _entered(path: Path) -> tuple[Path, IO[bytes]]:
    """A new folder beside a store and the file in it that is held; another one where it was swept away meanwhile."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_workshop_of(path), dir=path.parent))
        with suppress(FileNotFoundError):
            held = (folder / _HELD).open("wb")
            if _is_free(held) and (folder / _HELD).exists():
                return folder, held
            held.close()


def sweep(path: Path) -> None:
    """Take away the copies beside a store that programs which were killed have left, some while they cleared up."""
    for folder in path.parent.glob(f"{glob.escape(_workshop_of(path).removesuffix(_COPYING))}*{_COPYING}*"):
        with suppress(OSError):
            if (folder / _HELD).exists():
                with (folder / _HELD).open("r+b") as held:
                    left = _is_free(held)
                if not left:
                    continue
                (folder / _HELD).unlink()  # which Windows refuses while somebody has it open
            shutil.rmtree(folder)


def _is_free(held: IO[bytes]) -> bool:
    """Take hold of a file until it is closed, unless another program has."""
    try:
        import fcntl
    except ImportError:  # Windows holds whatever is open
        return True
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def free(path: Path) -> Path:
    """The path, or one with a number where it, or a log of that name, is taken."""
    numbered = [path, *(path.with_stem(f"{path.stem}-{n}") for n in range(2, 1000))]
    return next(p for p in numbered if not any(each.exists() for each in _all_of(p)))


def remove(path: Path) -> None:
    """Take away an unfinished store with its log."""
    for each in _all_of(path):
        if each.is_file():
            each.unlink()


def put_in_place(finished: Path, path: Path, kept: Path | None) -> None:
    """Make a finished store the one in use and keep the present one, log included, as `kept`; None: there is none.

    Killed on the way, the place holds the present store or, empty, is taken by the finished one when it is opened.
    Raises StoreError when a file cannot be renamed; then all is as before.
    """
    moved: list[tuple[Path, Path]] = []
    # The log first: a store that leaves its log behind would lose it to the next one.
    moves = [] if kept is None else list(zip(reversed(_all_of(path)), reversed(_all_of(kept)), strict=True))
    try:
        for one, other in [*(move for move in moves if move[0].exists()), (finished, path)]:
            one.rename(other)
            moved.append((one, other))
    except OSError as error:
        for one, other in reversed(moved):
            with suppress(OSError):
                other.rename(one)
        raise StoreError(
            f"Không đổi được tên tệp {path}: nó đang bị chương trình khác giữ, hoặc thư mục không cho ghi. "
            "Đóng chương trình đó rồi thử lại."
        ) from error


# What the system says when a file cannot be read or written, by its number and in the words DuckDB passes on.
_REASONS = (
    (
        (errno.EACCES, errno.EPERM),
        ("Permission denied",),
        "Không có quyền đọc, ghi {target}. Nhờ người quản trị máy cấp quyền đọc, ghi tệp ấy và thư mục của nó.",
    ),
    (
        (errno.EROFS,),
        ("Read-only file system",),
        "Ổ đĩa của {target} chỉ cho đọc. Bỏ khóa ghi, hoặc chuyển tệp sang ổ đĩa ghi được, rồi thử lại.",
    ),
    (
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        ("No space left on device", "Disk quota exceeded", "File too large"),
        "Ổ đĩa của {target} đã đầy nên lần ghi này không được giữ; số liệu ghi trước đó còn nguyên. "
        "Giải phóng chỗ trống rồi thử lại.",
    ),
    (
        (errno.ENOENT, errno.ENOTDIR),
        ("No such file or directory", "Not a directory"),
        "Không tìm thấy {target} hoặc thư mục của nó. Kiểm tra lại đường dẫn rồi thử lại.",
    ),
)


def reason(text: str, target: str, number: int | None = None) -> StoreError | None:
    """What keeps a file from being read or written, from the system's words or number; None when it is not known."""
    for numbers, words, said in _REASONS:
        if number in numbers or any(word in text for word in words):
            return StoreError(said.format(target=target))
    return None


def refused(error: OSError, target: str) -> StoreError:
    """What is said when the system itself refuses a file."""
    said = f"Không đọc, ghi được {target}. Kiểm tra đường dẫn, quyền và ổ đĩa rồi thử lại."
    return reason(str(error), target, error.errno) or StoreError(said)
