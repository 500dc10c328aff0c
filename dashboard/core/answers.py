"""Answers of the store that are kept as long as it stays in one state: what is asked again is not worked out again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from typing import Any

import pandas as pd

# Some hundred answers of a district; of a country those that are asked most.
MOST_BYTES = 64 * 1024**2


class Answers:
    """Frames by what was asked in which state of the store, and by whom; those asked longest ago go first.

    Whoever asks what another is just working out waits for that one.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Future[pd.DataFrame], int]] = OrderedDict()

    def get(self, key: Hashable, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The answer kept under a key, or what `ask` gives; the caller may change it. Raises what `ask` raises."""
        with self._lock:
            known = self._kept.get(key)
            if known:
                self._kept.move_to_end(key)
            else:
                found: Future[pd.DataFrame] = Future()
                self._kept[key] = found, 0
        if not known:
            self._work_out(key, found, ask)
            known = found, 0
        # A shallow copy: pandas copies what is written to.
        return known[0].result().copy(deep=False)

    def _work_out(self, key: Hashable, found: "Future[pd.DataFrame]", ask: Callable[[], pd.DataFrame]) -> None:
        try:
            frame = ask()
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)
            found.set_exception(error)
            raise
        found.set_result(frame)
        size = int(frame.memory_usage(deep=True).sum())
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
