"""What was read of the store is kept as long as it stays in one state: what is asked again is not worked out again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar, cast

import pandas as pd

# Some hundred answers of a district; of a country those that are asked most.
MOST_BYTES = 64 * 1024**2

_T = TypeVar("_T")


class Answers:
    """Frames, and what was made of them, by what was asked in which state of the store, and by whom.

    Those that nobody has asked for the longest go first.

    Whoever asks what another is just working out waits for that one.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Future[Any], int]] = OrderedDict()

    def get(self, key: Hashable, ask: Callable[[], _T]) -> _T:
        """The answer kept under a key, or what `ask` gives; a frame may be changed. Raises what `ask` raises."""
        with self._lock:
            known = self._kept.get(key)
            if known:
                self._kept.move_to_end(key)
            else:
                found: Future[_T] = Future()
                self._kept[key] = found, 0
        if not known:
            self._work_out(key, found, ask)
            known = found, 0
        answer = known[0].result()
        # A shallow copy: pandas copies what is written to.
        return cast(_T, answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else answer)

    def _work_out(self, key: Hashable, found: "Future[_T]", ask: Callable[[], _T]) -> None:
        try:
            answer = ask()
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            found.set_exception(error)
            raise
        found.set_result(answer)
        size = int(answer.memory_usage(deep=True).sum()) if isinstance(answer, pd.DataFrame) else 0
        with self._lock:
            if key in self._kept and self._kept[key][0] is found:
                self._kept[key] = found, size
                self._bytes += size
            while self._bytes > self._most and self._kept:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    def forget(self) -> None:
        """Let go of all of them: the store is in another state."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


def key_of(parameters: Mapping[str, Any]) -> Hashable | None:
    """Parameters of a query as part of a key; None where one of them is no plain value."""
    plain = tuple((name, tuple(v) if isinstance(v, list) else v) for name, v in sorted(parameters.items()))
    try:
        hash(plain)
    except TypeError:
        return None
    return plain
