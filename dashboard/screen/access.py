"""Who has the page open, what of the store they may see and what they may do."""

import getpass
import time
from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access import accounts, opened
from access.accounts import Account, NotLetIn
from access.rights import ROLES
from core.store import Reader, open_store

# Whether a session has ended is looked up anew for a question that comes so many seconds after the last.
_AGAIN_AFTER = 1.0


def account() -> Account:
    """Whoever has the page open, looked up anew; without accounts whoever sits at this machine, who may do everything.

    Raises NotLetIn when the session has ended, AccessError when the accounts cannot be read.
    """
    if not accounts.any_accounts():
        return _alone()
    found = _of_session(_token())
    if drawn := get_script_run_ctx():
        opened.owns(drawn.session_id, found.name)
    return found


def reader() -> Reader:
    """The store as whoever has the page open may see it, as long as their session and role are what they are now.

    Raises StoreError as `open_store` and `account` do.
    """
    who = account()
    return open_store().seen_by(who.scope, who=who.name, guard=_guard(who, _token()))


def who_is_here() -> None:
    """At the foot of the side bar whose account the page is open with, and the ways to change its password and out;
    nothing without accounts."""
    if not accounts.any_accounts():
        return
    found = account()
    with st.sidebar.container(key="account"):
        # Links of Markdown would open another tab.
        st.html(
            f"<p><strong>{escape(found.full_name)}</strong><br>{escape(ROLES[found.role].title)}, "
            f'tài khoản {escape(found.name)}<br><a href="./doi-mat-khau" target="_self">Đổi mật khẩu</a> · '
            '<a href="./dang-xuat" target="_self">Đăng xuất</a></p>'
        )


def _token() -> str | None:
    # The gate lets the pages see this one cookie of a session, and only after it has looked at it.
    return st.context.cookies.get(accounts.COOKIE)


def _alone() -> Account:
    return Account(getpass.getuser(), "", "quan_tri", None)


def _of_session(token: str | None) -> Account:
    found = accounts.of_token(token)
    if found is None or found.must_change:
        raise NotLetIn("Phiên làm việc đã hết. Tải lại trang (F5) để đăng nhập lại.")
    return found


def _guard(who: Account, token: str | None) -> Callable[[], None]:
    """What a reader asks before each answer: parts of a page run again, and files are made, without the page's run."""
    looked = [time.monotonic()]

    def guard() -> None:
        if time.monotonic() - looked[0] < _AGAIN_AFTER:
            return
        now = _of_session(token) if accounts.any_accounts() else _alone()
        if (now.name, now.role, now.commune) != (who.name, who.role, who.commune):
            raise NotLetIn("Quyền của tài khoản vừa được thay đổi. Tải lại trang (F5).")
        looked[0] = time.monotonic()

    return guard
