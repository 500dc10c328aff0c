"""Long files are made beside the pages: whoever asked goes on reading, and who asks again gets the same file."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from core.store import StoreError

# What is kept of the files that were made, the newest first.
MOST_FILES, MOST_BYTES = 8, 64 * 1024**2
_FAILED = (
    "Chương trình gặp lỗi nên chưa tạo được tệp. Thử lại; nếu vẫn lỗi, báo người quản trị xem nhật ký của máy chủ."
)

Progress = Callable[[float], None]


class Making:
    """A file that is being made: which share of it there is, then what it holds, or in words why there is none."""

    def __init__(self) -> None:
        self.share = 0.0
        self.content: bytes | None = None
        self.failed = ""

    @property
    def done(self) -> bool:
        """Whether it is there, or will never be."""
        return self.content is not None or bool(self.failed)


_known: OrderedDict[Hashable, Making] = OrderedDict()
_lock = threading.Lock()
# One at a time: the pages need the rest of the machine.
_turn = threading.Semaphore(1)


def known(key: Hashable) -> Making | None:
    """The file that was asked for under a key, if it is being made or still kept."""
    with _lock:
        return _known.get(key)


def begin(key: Hashable, make: Callable[[Progress], bytes]) -> Making:
    """Have a file made under a key, unless it is being made or kept; `make` is given what to tell its progress to.

    The key names everything the file follows from, the state of the store and whoever asks included.
    """
    with _lock:
        there = _known.get(key)
        if there and not there.failed:
            return there
        making = _known[key] = Making()
        _known.move_to_end(key)
        _let_go()
    # A thread that the end of the program does not wait for.
    threading.Thread(target=_make, args=(making, make), name="file", daemon=True).start()
    return making


def _make(making: Making, make: Callable[[Progress], bytes]) -> None:
    def progress(share: float) -> None:
        making.share = min(max(share, making.share), 1.0)

    with _turn:
        try:
            making.content = make(progress)
        except StoreError as error:
            making.failed = str(error)
        except Exception:
            logging.getLogger(__name__).exception("A file could not be made")
            making.failed = _FAILED
    with _lock:
        _let_go()


def _let_go() -> None:
    """Forget the oldest finished files beyond what is kept; the newest stays whatever its size."""
    finished = [key for key, making in _known.items() if making.done]
    size = sum(len(_known[key].content or b"") for key in finished)
    for key in finished[:-1]:
        if len(_known) <= MOST_FILES and size <= MOST_BYTES:
            return
        size -= len(_known.pop(key).content or b"")
