"""Tài khoản: what an administrator reads of the accounts and does with them; nobody else gets so far."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import accounts
from access.accounts import NotLetIn
from common.reading import written
from screen import access

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"


@pytest.fixture
def opened(
    open_app: Callable[..., AppTest], own_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AppTest]:
    """The page in the session of the administrator lan, or of whoever `name` is."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "a.sqlite"))
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    accounts.add("thử", "minh", "Lê Văn Minh", "chuyen_vien", None, "Trưởng phòng", FIRST)
    accounts.change_password(accounts.sign_in("minh", FIRST, "máy"), FIRST, OWN, "máy")
    token = accounts.change_password(accounts.sign_in("lan", FIRST, "máy"), FIRST, OWN, "máy")

    def opened(name: str = "lan", page: str = "accounts") -> AppTest:
        monkeypatch.setattr(access, "_token", lambda: token if name == "lan" else accounts.sign_in(name, OWN, "máy"))
        return open_app(own_district, page)

    return opened


def row(app: AppTest, name: str) -> dict[str, str]:
    frame = app.dataframe[0].value
    found: dict[str, str] = frame[frame["Tên đăng nhập"] == name].iloc[0].to_dict()
    return found


def said(app: AppTest) -> str:
    assert [e.value for e in app.exception] == []
    return " ".join(str(e.value) for e in (*app.success, *app.error))


def test_without_accounts_it_says_how_to_begin(open_app: Callable[..., AppTest], own_district: Path) -> None:
    app = open_app(own_district, "accounts")
    assert any("Chưa có tài khoản nào" in text for text in written(app))
    assert not [p for p in app.get("page_link") if p.proto.page in ("tai-khoan", "nhat-ky")]


def test_every_account_with_who_approved_it_and_when_it_was_used(opened: Callable[..., AppTest]) -> None:
    app = opened()
    assert any("2 tài khoản." in text for text in written(app))
    lan = row(app, "lan")
    assert (lan["Vai trò"], lan["Người duyệt"], lan["Trạng thái"]) == ("Quản trị", "Trưởng phòng", "đang dùng")
    assert lan["Đăng nhập cuối"] != "chưa"


def test_accounts_unused_for_ninety_days_are_counted(
    opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, now = opened(), accounts.now()
    monkeypatch.setattr(accounts.Account, "unused", property(lambda a: a.name == "minh"))
    app.run()
    assert any("2 tài khoản, 1 không dùng quá 90 ngày." in text for text in written(app))
    assert row(app, "minh")["Trạng thái"] == "không dùng quá 90 ngày"
    assert now


def test_another_account_is_added_and_its_first_password_told_once(opened: Callable[..., AppTest]) -> None:
    app = opened()
    turn = 0
    app.text_input(key=f"account-name-{turn}").set_value("huong.phu")
    app.text_input(key=f"account-full-name-{turn}").set_value("A Lăng Bé")
    app.text_input(key=f"account-approved-{turn}").set_value("Chủ tịch UBND xã")
    app.selectbox(key=f"account-{turn}-role").set_value("xa").run()
    app.button(key="account-add").click().run()
    assert "cần nêu một xã" in said(app)
    app.selectbox(key=f"account-{turn}-commune").set_value("20164").run()
    app.button(key="account-add").click().run()
    told = said(app)
    assert "Đã thêm tài khoản huong.phu" in told
    password = told.rsplit(": ", 1)[1]
    assert accounts.sign_in("huong.phu", password.replace("\\", ""), "máy")
    assert row(app, "huong.phu") | {"Xã": "Hương Phú", "Người thêm": "lan"} == row(app, "huong.phu")
    assert app.text_input(key="account-name-1").value == ""


def test_one_account_is_changed_shut_opened_and_signed_out(opened: Callable[..., AppTest]) -> None:
    app = opened()
    token = accounts.sign_in("minh", OWN, "máy")
    app.selectbox(key="account-picked").set_value("minh").run()
    app.selectbox(key="account-of-minh-role").set_value("lanh_dao").run()
    app.button(key="account-role").click().run()
    assert row(app, "minh")["Vai trò"] == "Lãnh đạo"
    app.button(key="account-out").click().run()
    assert accounts.of_token(token) is None
    app.button(key="account-shut").click().run()
    assert row(app, "minh")["Trạng thái"] == "đã khóa"
    with pytest.raises(NotLetIn):
        accounts.sign_in("minh", OWN, "máy")
    app.button(key="account-shut").click().run()
    assert row(app, "minh")["Trạng thái"] == "đang dùng"
    app.button(key="account-reset").click().run()
    assert row(app, "minh")["Trạng thái"] == "chờ đổi mật khẩu"
    assert "Mật khẩu ban đầu" in said(app)
    app.selectbox(key="account-picked").set_value("lan").run()
    app.button(key="account-shut").click().run()
    assert "ít nhất một tài khoản quan_tri" in said(app)


def test_who_lost_the_role_meanwhile_changes_nothing(opened: Callable[..., AppTest]) -> None:
    """The button is still on the screen of an administrator who is none any more."""
    app = opened()
    app.selectbox(key="account-picked").set_value("minh").run()
    accounts.set_role("thử", "minh", "quan_tri", None)
    accounts.set_role("thử", "lan", "lanh_dao", None)
    app.button(key="account-shut").click().run()
    assert not {a.name: a for a in accounts.all_accounts()}["minh"].disabled
    assert "không mở được trang Tài khoản" in said(app)


@pytest.mark.parametrize("page", ["accounts", "journal"])
def test_an_officer_gets_neither_page(opened: Callable[..., AppTest], page: str) -> None:
    app = opened("minh", page)
    assert "không mở được trang" in said(app)
    assert not app.dataframe
