"""Under which names others reach the server: the setting DASHBOARD_HOSTS, for example `https://can-bo.example.vn`.

Names are given with https alone: what stands before the server, or the server itself, keeps passwords and people from
being read on the way.
"""

import os
import re
from functools import cache

from access.book import AccessError

_NAMED = re.compile(r"https://((?:[a-z0-9-]+\.)*[a-z0-9-]+(?::[1-9][0-9]{0,4})?)/?")


def named() -> frozenset[str]:
    """The names, with the port where it is not the usual one, as a browser says them in Host. Raises AccessError."""
    return _names(os.environ.get("DASHBOARD_HOSTS", ""))


@cache
def _names(setting: str) -> frozenset[str]:
    found = set()
    for word in re.split(r"[\s,;]+", setting.strip().lower()):
        if word and not (match := _NAMED.fullmatch(word)):
            raise AccessError(
                f"DASHBOARD_HOSTS có “{word[:80]}” chưa đúng: mỗi tên là một địa chỉ https, ví dụ "
                "https://can-bo.tinh.vn. Địa chỉ http không mã hoá thì mật khẩu đi qua mạng ai cũng đọc được."
            )
        if word:
            found.add(match[1].removesuffix(":443"))  # type: ignore[index]
    return frozenset(found)
