"""Files that leave the program: who may not take any sees no button, and each that is made is written down."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

from access import accounts, log, opened
from access.rights import Right
from core.store import Filters, Reader
from documents.excel import MIME
from screen import access


def export_button(
    label: str,
    make: Callable[[], bytes],
    file_name: str,
    key: str,
    reader: Reader,
    *,
    place: Any = None,
    mime: str = MIME,
    told: Mapping[str, Any] | None = None,
) -> None:
    """A button for a file, which `make` makes when it is asked for; `told` goes into the log beside its hash."""
    if access.account().may(Right.EXPORT):
        (place or st).download_button(
            label,
            data=lambda: _made(make, file_name, mime, reader, told or {}),
            file_name=file_name,
            key=key,
            on_click="ignore",
            icon=":material/download:",
            mime=mime,
        )


def _made(make: Callable[[], bytes], file_name: str, mime: str, reader: Reader, told: Mapping[str, Any]) -> bytes:
    """The file, written down before anybody has it. Raises StoreError when the session has ended meanwhile."""
    reader.guard()
    content = make()
    if accounts.any_accounts():
        sealed = hashlib.sha256(content).hexdigest()
        log.note(reader.who, "xuat", tep=file_name, sha256=sealed, co=len(content), **told)
        # The gate gives it to nobody else. Streamlit has no public way to tell what it will call a file.
        opened.owns(_calculate_file_id(content, mime, file_name), reader.who)
    return content


def chosen_in_log(chosen: Filters) -> dict[str, Any]:
    """The filters of a list as the log keeps them: whether somebody searched, not for whom."""
    kept = {n: list(v) if isinstance(v, tuple) else str(v) for n, v in vars(chosen).items() if v and n != "search"}
    return kept | ({"search": True} if chosen.search else {})
