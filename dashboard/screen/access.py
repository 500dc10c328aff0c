"""Who has the page open, what of the store they may see and what they may do."""

import getpass
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access import accounts, log, opened
from access.accounts import Account, NoRight, NotLetIn
from access.rights import ROLES, Right
from core import store
from core.store import Reader

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
    return store.open_store().seen_by(who.scope, who=who.name, guard=_guard(who, _token()))


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


def note_once(action: str, **told: Any) -> None:
    """Write down what is looked at, once as long as this session looks at nothing else of the kind."""
    who = account()
    last, key = f"noted-{action}", (who.name, repr(told))
    if accounts.any_accounts() and st.session_state.get(last) != key:
        log.note(who.name, action, **told)
        st.session_state[last] = key


@dataclass
class Hand:
    """Who is writing, by the name that batches bear; what the log is to say of it beside the right."""

    name: str
    told: dict[str, Any] = field(default_factory=dict)
    wrote: bool = False


def may(right: Right) -> bool:
    """Whether whoever has the page open has a right: without it there is no button."""
    return account().may(right)


@contextmanager
def acting(right: Right) -> Iterator[Hand]:
    """A block in which the store may be written to with a right; that it was is noted when the block ends well.

    Raises NoRight when whoever has the page open does not have it, NotLetIn when the session has ended.
    """
    who = account()
    who.ask(right)
    hand = Hand(who.name)
    begun = _hand.set(hand)
    try:
        yield hand
    finally:
        _hand.reset(begun)
    if hand.wrote and accounts.any_accounts():
        log.note(who.name, "hoan_tac" if right is Right.UNDO else "ghi", quyen=right, **hand.told)


def _ask_before_writing() -> None:
    hand = _hand.get()
    if hand:
        hand.wrote = True
    elif accounts.any_accounts():
        raise NoRight("Việc này chưa ghi được vì không rõ ai ghi. Báo người quản trị.")


_hand: ContextVar[Hand | None] = ContextVar("hand", default=None)
store.before_writing.append(_ask_before_writing)


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
