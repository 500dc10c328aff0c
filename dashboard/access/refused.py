"""Refused requests in the log: seldom enough that nobody fills it by knocking, with how many are not written down."""

import threading
import time
from contextlib import suppress
from urllib.parse import quote

from access import accounts, log
from access.book import AccessError

# Seconds between two rows about the same from the same address, and how many rows an hour at most in all.
BETWEEN, MOST_AN_HOUR = 600, 60
_KNOWN_AT_MOST = 1_000
_lock = threading.Lock()
_last: dict[tuple[str, str], float] = {}
_hour: list[float] = []
_left_out = [0]


def note(address: str, why: str, path: str) -> None:
    """Write down that an address was refused, and for which path; without what follows its question mark.

    Letters of the path beyond the plain ones are escaped. A log that cannot be written does not open the door either.
    """
    if not _is_due(address, why):
        return
    with suppress(AccessError):
        if accounts.any_accounts():
            left_out, _left_out[0] = _left_out[0], 0
            log.note("", "tu_choi", dia_chi=address, vi=why, duong_dan=quote(path)[:200], khong_ghi=left_out or None)


def _is_due(address: str, why: str) -> bool:
    moment = time.monotonic()
    with _lock:
        _hour[:] = [t for t in _hour if moment - t < 3600]
        due = moment - _last.get((address, why), -BETWEEN) >= BETWEEN and len(_hour) < MOST_AN_HOUR
        if due:
            if len(_last) >= _KNOWN_AT_MOST:
                _last.clear()
            _last[address, why] = moment
            _hour.append(moment)
        else:
            _left_out[0] += 1
        return due
