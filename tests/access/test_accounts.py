"""Accounts and sessions: who comes in, who does not, how long, and what the administrator does about it."""

import sqlite3
import stat
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from access import accounts, book, log, passwords
from access.accounts import NoRight, NotLetIn
from access.book import AccessError
from access.rights import ROLES, Right

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the accounts of this test are kept."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "tài khoản.sqlite"))
    return tmp_path / "tài khoản.sqlite"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    at = [1_800_000_000.0]
    monkeypatch.setattr(accounts, "now", lambda: at[0])

    def wait(seconds: float) -> None:
        at[0] += seconds

    return wait


@pytest.fixture
def lan(place: Path, clock: Callable[[float], None]) -> str:
    """The name of the first account, whose password is OWN and need not be changed."""
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    accounts.sign_out(accounts.change_password(accounts.sign_in("lan", FIRST, "máy"), FIRST, OWN, "máy"))
    return "lan"


def actions() -> list[tuple[str, str]]:
    with book.read() as connection:
        return [(e.who, e.action) for e in reversed(log.entries(connection))]


def test_without_accounts_there_is_no_file_and_nobody(place: Path) -> None:
    assert not accounts.any_accounts()
    assert accounts.of_token("abc") is None
    assert not place.exists()
    with pytest.raises(AccessError, match="account add"):
        log.note("lan", "ra")


def test_the_file_is_for_its_owner_alone(lan: str, place: Path) -> None:
    for file in place.parent.glob(f"{place.name}*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_neither_password_nor_token_is_in_the_file(lan: str, place: Path) -> None:
    token = accounts.sign_in("lan", OWN, "máy")
    told = accounts.add("lan", "minh", "Lê Minh", "lanh_dao", None, "Trưởng phòng")
    kept = b"".join(f.read_bytes() for f in place.parent.glob(f"{place.name}*"))
    for secret in (OWN, FIRST, token, told):
        assert secret.encode() not in kept


def test_the_first_password_is_changed_before_anything_else(place: Path) -> None:
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    token = accounts.sign_in(" Lan ", FIRST, "máy")
    account = accounts.of_token(token)
    assert account is not None
    assert account.must_change
    for wrong in ("ngắn quá", "hothilan2026hothilan", "matkhau1234567", FIRST):
        with pytest.raises(AccessError):
            accounts.change_password(token, FIRST, wrong, "máy")
    fresh = accounts.change_password(token, FIRST, OWN, "máy")
    assert accounts.of_token(token) is None
    assert (found := accounts.of_token(fresh)) is not None
    assert not found.must_change


def test_a_password_is_one_however_the_keyboard_writes_it(lan: str) -> None:
    assert accounts.sign_in("lan", unicodedata.normalize("NFD", OWN), "máy")


@pytest.mark.parametrize(
    ("name", "password"), [("lan", FIRST), ("lan", ""), ("ai đó", OWN), ("", ""), ("lan' --", OWN)]
)
def test_name_and_password_are_refused_in_the_same_words(lan: str, name: str, password: str) -> None:
    with pytest.raises(NotLetIn, match=r"^Tên đăng nhập hoặc mật khẩu chưa đúng"):
        accounts.sign_in(name, password, "máy")


def test_a_name_that_is_no_accounts_is_not_written_down(lan: str, place: Path) -> None:
    with pytest.raises(NotLetIn):
        accounts.sign_in("mật khẩu gõ nhầm ô", "x", "máy")
    assert actions()[-1] == ("", "vao_hong")
    assert "gõ nhầm".encode() not in b"".join(f.read_bytes() for f in place.parent.glob(f"{place.name}*"))


def test_a_session_ends_in_any_case(lan: str, clock: Callable[[float], None]) -> None:
    token = accounts.sign_in("lan", OWN, "máy")
    for _ in range(11):
        clock(3600)
        assert accounts.of_token(token) is not None
    clock(3600)
    assert accounts.of_token(token) is None


def test_without_a_sign_of_life_a_session_ends(lan: str, clock: Callable[[float], None]) -> None:
    token = accounts.sign_in("lan", OWN, "máy")
    clock(accounts.IDLE - 1)
    assert accounts.of_token(token) is not None
    clock(accounts.IDLE - 1)
    assert accounts.of_token(token) is not None
    clock(accounts.IDLE + 1)
    assert accounts.of_token(token) is None


def test_signing_out_ends_one_session_or_all(lan: str) -> None:
    one, two, three = (accounts.sign_in("lan", OWN, "máy") for _ in range(3))
    accounts.sign_out(one)
    assert [accounts.of_token(t) is not None for t in (one, two, three)] == [False, True, True]
    accounts.sign_out_everywhere("lan", "lan")
    assert [accounts.of_token(t) for t in (two, three)] == [None, None]


def test_of_many_sessions_the_oldest_end(lan: str, clock: Callable[[float], None]) -> None:
    tokens = []
    for _ in range(accounts.MOST_SESSIONS + 2):
        tokens.append(accounts.sign_in("lan", OWN, "máy"))
        clock(1)
    assert [accounts.of_token(t) is not None for t in tokens] == [False] * 2 + [True] * accounts.MOST_SESSIONS


def test_wrong_passwords_make_one_wait_longer_and_longer(lan: str, clock: Callable[[float], None]) -> None:
    for _ in range(accounts.FREE_OF_ACCOUNT):
        with pytest.raises(NotLetIn, match="chưa đúng"):
            accounts.sign_in("lan", "sai", "máy khác")
    waits = []
    for _ in range(8):
        waited = 0
        while True:
            try:
                accounts.sign_in("lan", "sai", "máy khác")
            except NotLetIn as refused:
                if "Đã sai nhiều lần" not in str(refused):
                    break
                # Even the right one has to wait, and asking does not make it longer.
                with pytest.raises(NotLetIn, match="Đã sai nhiều lần"):
                    accounts.sign_in("lan", OWN, "máy khác")
            clock(10)
            waited += 10
        waits.append(waited)
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    clock(900)
    assert accounts.sign_in("lan", OWN, "máy khác")
    with pytest.raises(NotLetIn, match="chưa đúng"):
        accounts.sign_in("lan", "sai", "máy khác")


def test_a_name_nobody_has_waits_as_an_account_does(lan: str) -> None:
    for _ in range(accounts.FREE_OF_ACCOUNT):
        with pytest.raises(NotLetIn, match="chưa đúng"):
            accounts.sign_in("ai-đó", "sai", "máy khác")
    with pytest.raises(NotLetIn, match="Đã sai nhiều lần"):
        accounts.sign_in("ai-đó", "sai", "máy khác")


def test_one_address_that_tries_many_names_waits(lan: str, clock: Callable[[float], None]) -> None:
    for n in range(accounts.FREE_OF_ADDRESS):
        with pytest.raises(NotLetIn, match="chưa đúng"):
            accounts.sign_in(f"tên-{n}", "sai", "10.0.0.9")
    with pytest.raises(NotLetIn, match="Đã sai nhiều lần"):
        accounts.sign_in("lan", OWN, "10.0.0.9")
    assert accounts.sign_in("lan", OWN, "10.0.0.8")
    clock(accounts.FORGOTTEN_AFTER + 1)
    assert accounts.sign_in("lan", OWN, "10.0.0.9")


def test_many_tries_at_once_are_as_many(lan: str) -> None:
    def guess(_: int) -> bool:
        try:
            accounts.sign_in("lan", "sai", "máy khác")
        except NotLetIn as refused:
            return "chưa đúng" in str(refused)
        raise AssertionError

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(guess, range(24))) == accounts.FREE_OF_ACCOUNT


def test_the_password_is_not_guessed_at_a_page_left_open(lan: str) -> None:
    token = accounts.sign_in("lan", OWN, "máy")
    for _ in range(accounts.FREE_OF_ACCOUNT):
        with pytest.raises(NotLetIn, match="chưa đúng"):
            accounts.change_password(token, "sai", FIRST, "máy")
    with pytest.raises(NotLetIn, match="Đã sai nhiều lần"):
        accounts.change_password(token, OWN, FIRST, "máy")


@pytest.mark.parametrize(
    ("name", "role", "commune", "said"),
    [
        ("lan", "chuyen_vien", None, "Đã có tài khoản"),
        ("Lan", "chuyen_vien", None, "chữ thường"),
        ("=cmd()", "chuyen_vien", None, "chữ thường"),
        ("minh", "vua", None, "Không có vai trò"),
        ("minh", "xa", None, "cần nêu một xã"),
        ("minh", "xa", "2016", "năm chữ số"),
        ("minh", "lanh_dao", "20161", "cần nêu một xã"),
    ],
)
def test_an_account_that_cannot_be_is_not_made(lan: str, name: str, role: str, commune: str | None, said: str) -> None:
    with pytest.raises(AccessError, match=said):
        accounts.add("lan", name, "Lê Văn Minh", role, commune, "Trưởng phòng", FIRST)
    assert [a.name for a in accounts.all_accounts()] == ["lan"]


def test_the_first_account_is_an_administrators_and_one_remains(place: Path) -> None:
    with pytest.raises(AccessError, match="đầu tiên"):
        accounts.add("thử", "minh", "Lê Văn Minh", "chuyen_vien", None, "Trưởng phòng")
    assert not accounts.any_accounts()
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng")
    for change in (
        lambda: accounts.set_role("thử", "lan", "lanh_dao", None),
        lambda: accounts.set_disabled("thử", "lan", True),
    ):
        with pytest.raises(AccessError, match="ít nhất một tài khoản quan_tri"):
            change()
    assert accounts.all_accounts()[0].state == "chờ đổi mật khẩu"


def test_a_changed_role_a_lock_and_a_new_password_act_on_open_sessions(lan: str) -> None:
    accounts.add("lan", "minh", "Lê Văn Minh", "chuyen_vien", None, "Trưởng phòng", FIRST)
    token = accounts.sign_in("minh", FIRST, "máy")
    accounts.set_role("lan", "minh", "xa", "20161")
    assert (now := accounts.of_token(token)) is not None
    assert (now.role, now.scope) == ("xa", ("20161",))
    accounts.set_disabled("lan", "minh", True)
    assert accounts.of_token(token) is None
    with pytest.raises(NotLetIn, match="chưa đúng"):
        accounts.sign_in("minh", FIRST, "máy")
    accounts.set_disabled("lan", "minh", False)
    assert accounts.of_token(token) is None
    again = accounts.sign_in("minh", FIRST, "máy")
    accounts.reset("lan", "minh", OWN)
    assert accounts.of_token(again) is None
    assert accounts.of_token(accounts.sign_in("minh", OWN, "máy")) is not None


def test_accounts_nobody_uses_are_told(lan: str, clock: Callable[[float], None]) -> None:
    accounts.add("lan", "minh", "Lê Văn Minh", "lanh_dao", None, "Trưởng phòng")
    clock(accounts.UNUSED + 1)
    accounts.sign_in("lan", OWN, "máy")
    assert {a.name: a.unused for a in accounts.all_accounts()} == {"lan": False, "minh": True}


def test_what_was_done_with_accounts_is_in_the_log(lan: str) -> None:
    accounts.add("lan", "minh", "Lê Văn Minh", "lanh_dao", None, "Trưởng phòng", FIRST)
    accounts.set_role("lan", "minh", "chuyen_vien", None)
    accounts.reset("lan", "minh", FIRST)
    accounts.set_disabled("lan", "minh", True)
    with book.read() as connection:
        told = [e.detail for e in log.entries(connection) if e.detail.get("tai_khoan") == "minh"]
    assert [d["viec"] for d in told] == ["khoa", "dat_lai", "vai_tro", "them"]
    assert (told[2]["truoc"], told[2]["vai_tro"]) == ("lanh_dao", "chuyen_vien")
    assert told[3]["duyet"] == "Trưởng phòng"


def test_rights_by_role() -> None:
    assert {name: sorted(role.rights) for name, role in ROLES.items()} == {
        "quan_tri": sorted(Right),
        "chuyen_vien": ["export", "map", "read", "record", "rules", "sensitive", "undo"],
        "lanh_dao": ["export", "read", "sensitive"],
        "xa": ["export", "read"],
    }
    leader = accounts.Account("a", "A", "lanh_dao", None)
    leader.ask(Right.EXPORT)
    with pytest.raises(NoRight, match="không có quyền hoàn tác"):
        leader.ask(Right.UNDO)


def test_a_broken_or_newer_file_lets_nobody_in(lan: str, place: Path, told: Callable[[str], bool]) -> None:
    token = accounts.sign_in("lan", OWN, "máy")
    with sqlite3.connect(place) as connection:
        connection.execute("pragma user_version = 9")
    connection.close()
    with pytest.raises(AccessError, match="bản phần mềm mới hơn"):
        accounts.sign_in("lan", OWN, "máy")
    for log_file in place.parent.glob(f"{place.name}-*"):
        log_file.unlink()
    place.write_bytes(b"not a database at all" * 400)
    for ask in (lambda: accounts.of_token(token), accounts.any_accounts, lambda: accounts.sign_in("lan", OWN, "máy")):
        with pytest.raises(AccessError, match="hỏng"):
            ask()


def test_two_first_accounts_at_once_make_one_file(place: Path) -> None:
    def make(n: int) -> None:
        accounts.add("thử", f"lan{n}", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, range(4)))
    assert len(accounts.all_accounts()) == 4
    with book.read() as connection:
        assert log.broken(connection) is None


# Passwords


@pytest.mark.parametrize(
    "password",
    [
        "matkhau2026!!",
        "MậtKhẩu123456",
        "mật khẩu 1234",
        "password12345",
        "passwordpassword",
        "123456789012",
        "aaaaaaaaaaaaaa",
        "abcdefghijklmn",
        "qwertyuiopqwe",
        "admin@2026@2026",
        "!!!namdong!!!2026",
        "anhyeuem12345678",
        "ubndhuyen2025",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert "thử trước tiên" in (passwords.refusal(password, "lan", "Hồ Thị Lan") or "")


@pytest.mark.parametrize("password", ["hothilan123456", "HồThịLan@2026", "hothilanhothilan"])
def test_ones_own_name_is_refused(password: str) -> None:
    assert "tên của chính mình" in (passwords.refusal(password, "lan.ho", "Hồ Thị Lan") or "")


@pytest.mark.parametrize(
    "password", [OWN, FIRST, "con-trau-di-truoc-cai-cay", "8Jk#2mPq!zR5", "chiều nay hồ thị lan về"]
)
def test_a_sentence_of_ones_own_is_taken(password: str) -> None:
    assert passwords.refusal(password, "lan.ho", "Hồ Thị Lan") is None


def test_first_passwords_are_unlike_and_long_enough() -> None:
    made = {passwords.first() for _ in range(100)}
    assert len(made) == 100
    assert all(len(p) == 19 and not passwords.is_common(p) for p in made)


def test_a_very_long_one_is_nobodys() -> None:
    assert "dài nhất" in (passwords.refusal("trời mưa " * 30) or "")
    assert not passwords.matches(passwords.hashed("a" * 200), "a" * 201)
