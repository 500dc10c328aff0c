"""The list of accounts in words and as a file for their review, and the forms that change one."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from access import accounts
from access.accounts import Account
from access.book import AccessError
from access.rights import ROLES, Right
from core.store import Reader
from core.vietnamese import number
from documents.listing import plain_file
from screen import access, outcome

_PLACE = "accounts"


def sentence(known: Sequence[Account]) -> str:
    """How many there are, and how many need to be looked at."""
    shut, unused = (sum(map(test, known)) for test in (lambda a: a.disabled, lambda a: a.unused))
    told = [f"{number(len(known))} tài khoản"]
    told += [f"{number(unused)} không dùng quá 90 ngày"] if unused else []
    told += [f"{number(shut)} đã khóa"] if shut else []
    return ", ".join(told) + "."


def in_words(known: Sequence[Account], communes: Mapping[str, str]) -> pd.DataFrame:
    """A row for each account, as on screen and in the file."""
    return pd.DataFrame(
        {
            "Tên đăng nhập": [a.name for a in known],
            "Họ và tên": [a.full_name for a in known],
            "Vai trò": [ROLES[a.role].title for a in known],
            "Xã": [communes.get(a.commune, a.commune) if a.commune else "—" for a in known],
            "Trạng thái": [a.state for a in known],
            "Đăng nhập cuối": [accounts.moment(a.last_sign_in) for a in known],
            "Thêm lúc": [accounts.moment(a.made_at) for a in known],
            "Người thêm": [a.made_by for a in known],
            "Người duyệt": [a.approved_by for a in known],
        }
    )


def review(reader: Reader, shown: pd.DataFrame) -> bytes:
    """The list as an official file, for the review of who still needs an account."""
    says = "Mỗi dòng là một tài khoản; “không dùng quá 90 ngày” tính từ lần đăng nhập cuối, hoặc từ lúc thêm."
    return plain_file(reader, "Rà soát tài khoản người dùng", shown, says)


def add(communes: Mapping[str, str]) -> None:
    """The form for another account; its first password is told once, here."""
    turn = st.session_state.setdefault("account-turn", 0)
    left, right = st.columns(2)
    name = left.text_input("Tên đăng nhập", placeholder="chữ thường không dấu: lan.ho", key=f"account-name-{turn}")
    full_name = right.text_input("Họ và tên", key=f"account-full-name-{turn}")
    role, commune = _role(f"account-{turn}", communes, "chuyen_vien", None)
    approved = st.text_input("Người duyệt", placeholder="Chức vụ, họ tên người đồng ý", key=f"account-approved-{turn}")
    st.button(
        "Thêm tài khoản",
        type="primary",
        icon=":material/person_add:",
        key="account-add",
        on_click=_add,
        args=(name.strip(), full_name, role, commune, approved),
    )


def change(known: Sequence[Account], communes: Mapping[str, str]) -> None:
    """What may be done with one account."""
    by_name = {a.name: a for a in known}
    picked = st.selectbox(
        "Tài khoản",
        list(by_name),
        index=None,
        format_func=lambda n: f"{n} · {by_name[n].full_name}, {ROLES[by_name[n].role].title.lower()}",
        placeholder="Chọn tài khoản",
        key="account-picked",
    )
    if picked is None:
        return
    account = by_name[picked]
    role, commune = _role(f"account-of-{picked}", communes, account.role, account.commune)
    name = account.name
    with st.container(horizontal=True):
        st.button(
            "Đổi vai trò",
            key="account-role",
            icon=":material/badge:",
            disabled=(role, commune) == (account.role, account.commune),
            on_click=_do,
            args=(
                f"Đã đổi vai trò của {name}.",
                lambda by: accounts.set_role(by, name, role, commune),
            ),
        )
        st.button("Đặt lại mật khẩu", key="account-reset", icon=":material/password:", on_click=_reset, args=(name,))
        shut = account.disabled
        st.button(
            "Mở lại" if shut else "Khóa",
            key="account-shut",
            icon=":material/lock_open:" if shut else ":material/lock:",
            on_click=_do,
            args=(
                f"Đã mở lại tài khoản {name}." if shut else f"Đã khóa tài khoản {name}, các phiên đang mở đã hết.",
                lambda by: accounts.set_disabled(by, name, not shut),
            ),
        )
        st.button(
            "Đăng xuất khỏi mọi máy",
            key="account-out",
            icon=":material/logout:",
            on_click=_do,
            args=(f"Đã đăng xuất {name} khỏi mọi máy.", lambda by: accounts.sign_out_everywhere(by, name)),
        )


def _role(key: str, communes: Mapping[str, str], role: str, commune: str | None) -> tuple[str, str | None]:
    """Asks for a role and, of a commune's account, for the commune."""
    left, right = st.columns(2)
    roles = list(ROLES)
    picked = left.selectbox(
        "Vai trò", roles, index=roles.index(role), format_func=lambda r: ROLES[r].title, key=f"{key}-role"
    )
    if picked != "xa":
        return str(picked), None
    # A commune that is no more stays that of its account until another is chosen.
    codes = list(dict.fromkeys([*communes, *([commune] if commune else [])]))
    of = right.selectbox(
        "Xã, thị trấn",
        codes,
        index=codes.index(commune) if commune else None,
        format_func=lambda code: communes.get(code, code),
        placeholder="Chọn xã, thị trấn",
        key=f"{key}-commune",
    )
    return "xa", of


def _add(name: str, full_name: str, role: str, commune: str | None, approved: str) -> None:
    def work(by: str) -> str:
        told = accounts.add(by, name, full_name, role, commune, approved)
        st.session_state["account-turn"] += 1
        return told

    _do(f"Đã thêm tài khoản {name}. {_FIRST}", work)


def _reset(name: str) -> None:
    _do(f"Đã đặt lại mật khẩu của {name}, các phiên đang mở đã hết. {_FIRST}", lambda by: accounts.reset(by, name))


_FIRST = "Mật khẩu ban đầu, chỉ hiện lần này và phải đổi ở lần đăng nhập tới:"


def _do(said: str, work: Callable[[str], str | None]) -> None:
    """Do something with accounts in the name of whoever has the page open, and say what came of it."""
    try:
        who = access.account()
        who.ask(Right.ACCOUNTS)
        told = work(who.name)
    except AccessError as error:
        outcome.say(_PLACE, str(error), good=False)
    else:
        outcome.say(_PLACE, f"{said} {told}" if told else said)
