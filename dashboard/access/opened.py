"""Which account has which page of Streamlit open, and may fetch which file: what another's page asks for is refused.

Streamlit knows a page by a number that whoever holds it may send files to, take over or fetch files of.
"""

import threading
from collections import OrderedDict

_MOST = 20_000
_lock = threading.Lock()
_owners: OrderedDict[str, str] = OrderedDict()


def owns(number: str, account: str) -> None:
    """A page, or a file that was made for a page, is this account's."""
    with _lock:
        _owners[number] = account
        _owners.move_to_end(number)
        while len(_owners) > _MOST:
            _owners.popitem(last=False)


def owner(number: str) -> str | None:
    """Whose a page or a file is; None when nobody has run or made it."""
    with _lock:
        return _owners.get(number)
