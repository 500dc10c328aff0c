"""Files that leave the program: who may not take any sees no button, and each that is made is written down."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.memory_media_file_storage import _calculate_file_id

from access import accounts, log, opened
from access.rights import Right
from core.store import Filters, Reader
from core.vietnamese import percent
from documents import background
from documents.excel import MIME
from documents.listing import Listing
from screen import access
from screen.markdown import escaped


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


def long_export(listing: Listing, key: str, told: Mapping[str, Any]) -> None:
    """The same for a list whose file takes long: it is made beside the page, which shows how far it is."""
    if access.account().may(Right.EXPORT):
        making = background.known(listing.identity)
        waiting = making is not None and not making.done
        with st.container(width="content"):
            st.fragment(_offered, run_every=0.7 if waiting else None)(listing, key, told, waiting=waiting)


def _offered(listing: Listing, key: str, told: Mapping[str, Any], *, waiting: bool) -> None:
    making = background.known(listing.identity)
    if making and making.content is not None:
        if waiting:
            # With the next run of the page the clock stops.
            st.rerun()
        file = making.content
        export_button("Tải tệp Excel", lambda: file, listing.file_name, f"{key}-excel", listing.reader, told=told)
    elif making and not making.failed:
        st.progress(making.share, f"Đang tạo tệp Excel: {percent(making.share, 0)}", width=260)
    else:
        if making:
            st.error(escaped(making.failed))
        if st.button("Tạo tệp Excel", key=f"{key}-make", icon=":material/table_view:"):
            background.begin(listing.identity, listing.excel)
            st.rerun()


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
