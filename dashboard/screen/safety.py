"""What administrators are told on every page when the backups are not as they should be."""

from datetime import datetime

import streamlit as st

from access import backups, keeping
from access.rights import Right
from core import store
from core.store import StoreError
from screen import access
from screen.markdown import escaped


def warn(sample: bool) -> None:
    """A line on top of a page for who may do something about it; none of the sample, which can be made anew."""
    if sample or not access.may(Right.STORE):
        return
    try:
        state = store.open_store().state()
    except StoreError:
        return  # the page says so
    said = keeping.warning(keeping.keeper.failure, backups.newest(), state, datetime.now())  # noqa: DTZ005 - the wall's
    if said:
        st.warning(f"{escaped(said)} Xem mục Sao lưu của trang Cơ quan.", icon=":material/backup:")
