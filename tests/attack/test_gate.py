"""The gate of a real server with accounts: what is open before sign-in, and what forged, replayed, foreign and borrowed
things get of what is behind it."""

import hashlib
import http.client
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

import door
import gate
from access import accounts, book, log, refused
from browser.driving import START_SECONDS, run, serve

FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"
STREAM = "/_stcore/stream"
UPLOAD = "/_stcore/upload_file/{}/0"
NAMES = ("lan", "minh")


class Server(NamedTuple):
    """A server that is running: its port, its file of accounts."""

    port: int
    access: Path


@pytest.fixture(scope="module")
def server(district_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an administrator, lan, and an officer, minh, whose passwords are OWN."""
    store = Path(shutil.copy(district_file, tmp_path_factory.mktemp("gate") / "kho.duckdb"))
    access = store.with_name("tài khoản.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(access))
        for name, role in zip(NAMES, ("quan_tri", "chuyen_vien"), strict=True):
            accounts.add("thử", name, f"Hồ Văn {name.title()}", role, None, "Trưởng phòng", FIRST)
            accounts.change_password(accounts.sign_in(name, FIRST, "máy"), FIRST, OWN, "máy")
        accounts.add("thử", "moi", "Lê Thị Mới", "chuyen_vien", None, "Trưởng phòng", FIRST)
    with serve(store, DASHBOARD_ACCESS=str(access), DASHBOARD_HOSTS="https://can-bo.example.vn") as url:
        yield Server(int(urlsplit(url).port or 0), access)


class Answer(NamedTuple):
    """What the server said."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str


def ask(
    server: Server, method: str, path: str, cookie: str = "", form: Mapping[str, str] | None = None, **headers: str
) -> Answer:
    """One request; a form is sent as a browser does."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=START_SECONDS)
    said = {"Cookie": cookie} if cookie else {}
    if method not in ("GET", "HEAD"):
        said["Origin"] = f"http://127.0.0.1:{server.port}"
    if form is not None:
        said["Content-Type"] = "application/x-www-form-urlencoded"
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, urlencode(form) if form is not None else None, said)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    found = {k.lower(): v for k, v in answer.getheaders()}
    return Answer(answer.status, found, answer.msg.get_all("set-cookie") or [], text)


def form_of(server: Server, path: str, cookie: str = "") -> tuple[str, str]:
    """The cookies to send with a form, and its seal."""
    page = ask(server, "GET", path, cookie)
    assert page.status == 200, page
    own = [c.partition(";")[0] for c in page.cookies]
    seal = re.search(r'name="dau" value="([0-9a-f]{64})"', page.text)
    assert seal
    return "; ".join([*([cookie] if cookie else []), *own]), seal[1]


def try_sign_in(server: Server, name: str, password: str, back: str = "", **headers: str) -> Answer:
    """Fill in the form and send it."""
    cookie, seal = form_of(server, "/dang-nhap")
    return ask(
        server, "POST", "/dang-nhap", cookie, {"dau": seal, "ten": name, "mat-khau": password, "tiep": back}, **headers
    )


def signed_in(server: Server, name: str) -> str:
    """The cookie of a new session."""
    answer = try_sign_in(server, name, OWN)
    assert answer.status == 303, answer
    [cookie] = [c.partition(";")[0] for c in answer.cookies if c.startswith("phien=") and len(c) > 40]
    return cookie


def websocket(server: Server, cookie: str = "", existing: str = "", **more: Any) -> ClientConnection:
    """A page's connection, as the scripts of Streamlit open it."""
    protocols = [Subprotocol(p) for p in (("streamlit", "x", existing) if existing else ())]
    return connect(
        f"ws://127.0.0.1:{server.port}{STREAM}",
        origin=more.pop("origin", Origin(f"http://127.0.0.1:{server.port}")),
        additional_headers={"Cookie": cookie} if cookie else {},
        subprotocols=protocols or None,
        proxy=None,
        max_size=None,
        **more,
    )


def rows(server: Server) -> list[log.Entry]:
    """The log, the latest first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(server.access))
        with book.read() as connection:
            assert log.broken(connection) is None
            return log.entries(connection)


@pytest.fixture
def manage(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has this process speak of the server's accounts."""
    monkeypatch.setenv("DASHBOARD_ACCESS", str(server.access))


# Before anybody has signed in


def test_before_sign_in_only_that_page_and_what_it_needs_is_open(server: Server) -> None:
    for path in ("/", "/chua-dat-chuan", "/khong-co-trang-nay", "/doi-mat-khau", "/dang-xuat"):
        answer = ask(server, "GET", path)
        assert (answer.status, answer.headers["location"].partition("?")[0]) == (303, "./dang-nhap"), path
        assert "no-store" in answer.headers["cache-control"]
    for method, path in (
        ("GET", "/media/abc.xlsx"),
        ("HEAD", "/media/abc.xlsx"),
        ("GET", "/_stcore/health"),
        ("GET", "/_stcore/host-config"),
        ("PUT", UPLOAD.format("a")),
        ("DELETE", UPLOAD.format("a")),
        ("POST", "/doi-mat-khau"),
        ("POST", "/dang-xuat"),
    ):
        answer = ask(server, method, path)
        assert answer.status == 403, (method, path, answer)
    for path in ("/dang-nhap", "/sign-in.css", "/letters.woff2", "/suc-khoe"):
        assert ask(server, "GET", path).status == 200, path
    with pytest.raises(InvalidStatus) as refusal:
        websocket(server)
    assert refusal.value.response.status_code == 403


def test_every_answer_has_the_headers(server: Server) -> None:
    for path in ("/", "/dang-nhap", "/media/a", "/suc-khoe"):
        headers = ask(server, "GET", path).headers
        assert {n: headers[n.lower()] for n in door.SECURITY_HEADERS} == door.SECURITY_HEADERS, path


def test_the_page_to_sign_in_names_nobody_and_runs_nothing(server: Server) -> None:
    page = ask(server, "GET", "/dang-nhap")
    assert '<html lang="vi">' in page.text
    assert not re.search(r"<script|javascript:| on\w+=| style=|https?://(?!www\.w3\.org)", page.text)
    assert page.headers["cache-control"] == "no-store"
    assert "lan" not in re.findall(r"\w+", page.text)


# Signing in


def test_the_cookie_is_for_this_server_and_no_script(server: Server) -> None:
    answer = try_sign_in(server, "lan", OWN)
    [cookie] = [c for c in answer.cookies if c.startswith("phien=")]
    assert {p.strip().lower() for p in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict"}
    assert len(cookie.partition(";")[0]) > 45


def test_under_a_name_of_https_the_cookie_is_secure_and_the_servers_own(server: Server) -> None:
    ours = {"Host": "can-bo.example.vn", "Origin": "https://can-bo.example.vn"}
    page = ask(server, "GET", "/dang-nhap", **ours)
    [cookie] = [c.partition(";")[0] for c in page.cookies]
    seal = re.search(r'name="dau" value="(\w+)"', page.text)
    assert seal
    form = {"dau": seal[1], "ten": "lan", "mat-khau": OWN, "tiep": ""}
    answer = ask(server, "POST", "/dang-nhap", cookie, form, **ours)
    [session] = [c for c in answer.cookies if c.startswith("__Host-phien=")]
    assert {p.strip().lower() for p in session.split(";")[1:]} == {"httponly", "path=/", "samesite=strict", "secure"}
    token = session.partition(";")[0]
    assert ask(server, "GET", "/", token, **ours).status == 200
    # A neighbour of the name could set the plain one: it counts for nothing there.
    assert ask(server, "GET", "/", token.removeprefix("__Host-"), **ours).status == 303
    for origin in ("http://can-bo.example.vn", "https://can-bo.example.vn:444", "https://example.vn"):
        assert ask(server, "POST", "/dang-nhap", cookie, form, **ours | {"Origin": origin}).status == 403, origin
    for host in ("example.vn", "can-bo.example.vn:1", "x.can-bo.example.vn", "can-bo.example.vn."):
        assert ask(server, "GET", "/dang-nhap", Host=host).status == 403, host


def test_who_signs_in_comes_to_the_page_that_was_asked_for_and_nowhere_else(server: Server) -> None:
    asked = ask(server, "GET", "/chua-dat-chuan?xa=20161&ngay=2018-12-31").headers["location"]
    page = ask(server, "GET", asked.removeprefix("."))
    assert 'name="tiep" value="/chua-dat-chuan?xa=20161&amp;ngay=2018-12-31"' in page.text
    for back, to in (
        ("/chua-dat-chuan?xa=20161", "./chua-dat-chuan?xa=20161"),
        ("", "./"),
        ("//evil.example", "./"),
        ("https://evil.example/", "./"),
        ("/\\evil.example", "./"),
        ("/a?x\r\nSet-Cookie: a=b", "./"),
        ('/?"><script>', "./"),
    ):
        answer = try_sign_in(server, "lan", OWN, back)
        if answer.status == 303:
            assert answer.headers["location"].startswith(to), back
            assert "evil" not in answer.headers["location"]
            assert "<" not in answer.headers["location"]


@pytest.mark.parametrize("field", ["ten", "mat-khau", "tiep"])
def test_what_is_typed_is_shown_as_letters(server: Server, field: str) -> None:
    cookie, seal = form_of(server, "/dang-nhap")
    nasty = '"><script>alert(1)</script>{title}{'
    form = {"dau": seal, "ten": "ai đó khác", "mat-khau": "x", "tiep": ""} | {field: nasty}
    answer = ask(server, "POST", "/dang-nhap", cookie, form)
    assert answer.status == 403
    assert "<script" not in answer.text
    assert nasty not in answer.text


def test_a_form_that_was_not_ours_is_not_taken(server: Server) -> None:
    cookie, seal = form_of(server, "/dang-nhap")
    right = {"dau": seal, "ten": "lan", "mat-khau": OWN, "tiep": ""}
    for sent_cookie, form in (
        ("", right),
        (cookie, right | {"dau": ""}),
        (cookie, right | {"dau": "0" * 64}),
        (cookie.replace("=", "=x"), right),
        ("bieu-mau=", right),
    ):
        answer = ask(server, "POST", "/dang-nhap", sent_cookie, form)
        assert answer.status == 403
        assert not [c for c in answer.cookies if c.startswith("phien=")]
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://localhost:{server.port}"},
    ):
        assert "Trang hoặc chương trình khác" in ask(server, "POST", "/dang-nhap", cookie, right, **headers).text
    assert ask(server, "POST", "/dang-nhap", cookie, right | {"mat-khau": "x" * 20_000}).status == 403
    plain = ask(server, "POST", "/dang-nhap", cookie, right, Content_Type="text/plain")
    assert plain.status == 403


def test_a_session_that_was_there_before_is_not_taken_over(server: Server) -> None:
    """Whoever plants a cookie before somebody signs in has nothing of it afterwards."""
    cookie, seal = form_of(server, "/dang-nhap")
    form = {"dau": seal, "ten": "lan", "mat-khau": OWN, "tiep": ""}
    answer = ask(server, "POST", "/dang-nhap", f"{cookie}; phien=planted", form)
    assert answer.status == 303
    assert ask(server, "GET", "/", "phien=planted").status == 303


def test_a_first_password_opens_the_page_to_change_it_and_nothing_else(server: Server) -> None:
    answer = try_sign_in(server, "moi", FIRST)
    [cookie] = [c.partition(";")[0] for c in answer.cookies if c.startswith("phien=")]
    assert ask(server, "GET", "/", cookie).headers["location"] == "./doi-mat-khau"
    assert ask(server, "GET", "/media/a", cookie).status == 403
    with pytest.raises(InvalidStatus):
        websocket(server, cookie)
    sent, seal = form_of(server, "/doi-mat-khau", cookie)
    for new, again, said in (("ngắn", "ngắn", "ít nhất 12"), (OWN, FIRST, "không giống nhau"), (FIRST, FIRST, "khác")):
        refused_new = ask(server, "POST", "/doi-mat-khau", sent, {"dau": seal, "cu": FIRST, "moi": new, "lai": again})
        assert (refused_new.status, said in refused_new.text) == (403, True), new
    form = {"dau": seal, "cu": FIRST, "moi": OWN, "lai": OWN}
    assert ask(server, "POST", "/doi-mat-khau", sent, form | {"dau": "x"}).status == 403
    changed = ask(server, "POST", "/doi-mat-khau", sent, form)
    [fresh] = [c.partition(";")[0] for c in changed.cookies if c.startswith("phien=")]
    assert ask(server, "GET", "/", fresh).status == 200
    assert ask(server, "GET", "/", cookie).status == 303, "the token from before is used up"


# Forged and replayed


def test_a_forged_cookie_opens_nothing(server: Server) -> None:
    token = signed_in(server, "lan")
    stolen = token.partition("=")[2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(server.access))
        with book.read() as connection:
            kept = [r["token"] for r in connection.execute("select token from session")]
    forged = [*kept[:3], "", "x", "' or 1=1 --", stolen[:-1], stolen + "x", stolen.swapcase(), "%00", "é", "a" * 5000]
    for value in forged:
        assert ask(server, "GET", "/", f"phien={value}".encode().decode("latin-1")).status == 303, value
        assert ask(server, "GET", "/", f"__Host-phien={value}".encode().decode("latin-1")).status == 303, value
    for wrong_name in ("Phien", "phien2", "_streamlit_user"):
        assert ask(server, "GET", "/", f"{wrong_name}={stolen}").status == 303
    assert ask(server, "GET", "/", token).status == 200


@pytest.mark.parametrize("where", ["day", "moi-noi"])
def test_a_cookie_is_worth_nothing_after_signing_out(server: Server, where: str) -> None:
    here, elsewhere = signed_in(server, "lan"), signed_in(server, "lan")
    sent, seal = form_of(server, "/dang-xuat", here)
    assert ask(server, "POST", "/dang-xuat", sent, {"dau": "x", "noi": where}).status == 403
    out = ask(server, "POST", "/dang-xuat", sent, {"dau": seal, "noi": where})
    assert out.status == 303
    assert any(c.startswith('phien=""') and "max-age=0" in c.lower() for c in out.cookies)
    assert ask(server, "GET", "/", here).status == 303
    assert ask(server, "GET", "/", elsewhere).status == (200 if where == "day" else 303)
    with pytest.raises(InvalidStatus):
        websocket(server, here)


def test_a_page_left_open_shows_nothing_after_signing_out(server: Server, manage: None) -> None:
    cookie = signed_in(server, "minh")
    with websocket(server, cookie) as opened:
        _, drawn = run(opened)
        assert "Tổng quan" in drawn
        accounts.sign_out_everywhere("thử", "minh")
        _, after = run(opened)
    assert "phiên làm việc đã hết" in after.lower()
    assert "Tổng quan" not in after
    assert "Khe Tre" not in after


# From elsewhere


def test_a_foreign_page_gets_no_connection_even_with_the_cookie(server: Server) -> None:
    cookie = signed_in(server, "lan")
    for origin in (
        "http://evil.example",
        "null",
        f"https://127.0.0.1:{server.port}",
        f"http://localhost:{server.port}",
    ):
        with pytest.raises(InvalidStatus) as refusal:
            websocket(server, cookie, origin=Origin(origin))
        assert refusal.value.response.status_code == 403
    assert ask(server, "GET", "/", cookie, Host=f"evil.example:{server.port}").status == 403
    with websocket(server, cookie) as opened:
        assert "Tổng quan" in run(opened)[1]


# What is another's


def xsrf(server: Server, cookie: str) -> str:
    """Streamlit's own token against foreign forms."""
    answer = ask(server, "GET", "/_stcore/health", cookie)
    return next(c.partition(";")[0] for c in answer.cookies if c.startswith("_streamlit_xsrf"))


def put(server: Server, cookie: str, page: str) -> int:
    """The status of the answer to a small file."""
    token = xsrf(server, cookie)
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nabc\r\n--x--\r\n'
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=START_SECONDS)
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"{cookie}; {token}",
        "Origin": f"http://127.0.0.1:{server.port}",
        "X-Xsrftoken": token.partition("=")[2],
    }
    connection.request("PUT", UPLOAD.format(page), body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_nobody_sends_a_file_to_anothers_page_or_takes_it_over(server: Server) -> None:
    lan, minh = signed_in(server, "lan"), signed_in(server, "minh")
    with websocket(server, lan) as opened:
        page, _ = run(opened)
        assert put(server, lan, page) == 204
        assert put(server, minh, page) == 403
        assert put(server, lan, "khong-co") == 403
        with pytest.raises(InvalidStatus) as refusal:
            websocket(server, minh, existing=page)
        assert refusal.value.response.status_code == 403
        # Another session of the same account is the same person.
        assert put(server, signed_in(server, "lan"), page) == 204


def test_a_file_is_for_who_asked_for_it_and_is_written_down(server: Server, manage: None) -> None:
    lan, minh = signed_in(server, "lan"), signed_in(server, "minh")
    with websocket(server, minh) as opened:
        page, drawn = run(opened)
        [button, *_] = re.findall(r'deferred_file_id: "([0-9a-f]+)"', drawn)

        def click() -> str:
            asked = BackMsg()
            asked.backend_operation_request.request_id = "1"
            asked.backend_operation_request.session_id = page
            asked.backend_operation_request.deferred_file.file_id = button
            opened.send(asked.SerializeToString())
            while True:
                said = ForwardMsg.FromString(opened.recv(START_SECONDS, decode=False))
                if said.HasField("backend_operation_response"):
                    return said.backend_operation_response.deferred_file.url

        url = click()
        assert ask(server, "GET", url, lan).status == 403, "somebody else's, who may see all of it"
        assert ask(server, "GET", url).status == 403
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=START_SECONDS)
        connection.request("GET", url, headers={"Cookie": minh})
        content = connection.getresponse().read()
        connection.close()
        [row] = [r for r in rows(server) if r.action == "xuat"]
        assert (row.who, row.detail["sha256"]) == ("minh", hashlib.sha256(content).hexdigest())
        assert content.startswith(b"PK")
        # The button is still on a screen whose session has ended.
        accounts.sign_out_everywhere("thử", "minh")
        time.sleep(1.1)
        assert click() == ""
        assert ask(server, "GET", url, minh).status == 403
    assert len([r for r in rows(server) if r.action == "xuat"]) == 1


def test_a_role_that_was_changed_acts_at_the_next_run(server: Server, manage: None) -> None:
    cookie = signed_in(server, "minh")
    try:
        with websocket(server, cookie) as opened:
            assert "Hương Phú" in run(opened)[1]
            accounts.set_disabled("thử", "minh", True)
            assert "phiên làm việc đã hết" in run(opened)[1].lower()
    finally:
        accounts.set_disabled("thử", "minh", False)


# Brute force


def test_guessing_is_slowed_down_and_written_down(server: Server, manage: None) -> None:
    accounts.add("thử", "nam", "Lê Văn Nam", "lanh_dao", None, "Trưởng phòng", FIRST)

    def guess(n: int) -> Answer:
        return try_sign_in(server, "nam", f"mật khẩu thứ {n}")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(guess, range(12)))
    assert {a.status for a in answers} == {403}
    assert sum("chưa đúng" in a.text for a in answers) == accounts.FREE_OF_ACCOUNT
    assert "Đã sai nhiều lần" in try_sign_in(server, "nam", FIRST).text
    hung = [r for r in rows(server) if r.action == "vao_hong" and r.who == "nam"]
    assert len(hung) == accounts.FREE_OF_ACCOUNT
    assert signed_in(server, "minh"), "others are not kept out"


def test_refused_requests_are_written_down_seldom_and_escaped(server: Server) -> None:
    before = sum(r.action == "tu_choi" for r in rows(server))
    for n in range(30):
        ask(server, "GET", f"/media/%0a%1b[31m{n}?tim=Ho+Van")
    found = [r for r in rows(server) if r.action == "tu_choi"]
    assert len(found) - before <= 1
    assert found
    for row in found:
        assert re.fullmatch(r"[!-~]{1,200}", row.detail["duong_dan"])
        assert "tim=" not in row.detail["duong_dan"]


# When the accounts are not there


def test_a_file_of_accounts_that_is_gone_opens_nothing(
    district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Path(shutil.copy(district_file, tmp_path / "kho.duckdb"))
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    with serve(store) as url:
        server = Server(int(urlsplit(url).port or 0), tmp_path / "quyen-truy-cap.sqlite")
        assert ask(server, "GET", "/").status == 200, "without accounts it opens as ever"
        with websocket(server) as opened:
            assert "Tổng quan" in run(opened)[1]
            # The first account closes the door while the server runs.
            accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
            assert ask(server, "GET", "/").status == 303
            assert "phiên làm việc đã hết" in run(opened)[1].lower()
            for file in tmp_path.glob("quyen-truy-cap.sqlite*"):
                file.unlink()
            for path in ("/", "/dang-nhap", "/media/a"):
                assert ask(server, "GET", path).status == 503, path
            assert "Tổng quan" not in run(opened)[1]
            (tmp_path / "quyen-truy-cap.sqlite").write_bytes(b"x" * 9000)
            for path in ("/", "/dang-nhap", "/media/a"):
                assert ask(server, "GET", path).status == 503, path


@pytest.mark.parametrize(
    ("address", "named", "with_account", "starts"),
    [
        ("127.0.0.1", "", False, True),
        ("127.0.0.1", "https://can-bo.example.vn", False, False),
        ("127.0.0.1", "https://can-bo.example.vn", True, True),
        ("0.0.0.0", "", True, False),  # noqa: S104
        ("0.0.0.0", "https://can-bo.example.vn", False, False),  # noqa: S104
        ("0.0.0.0", "https://can-bo.example.vn", True, True),  # noqa: S104
        ("0.0.0.0", "http://can-bo.example.vn", True, False),  # noqa: S104
        ("127.0.0.1", "can-bo.example.vn", True, False),
        ("127.0.0.1", "https://a@b", True, False),
    ],
)
def test_others_are_served_only_with_accounts_and_under_a_name(
    address: str, named: str, with_account: bool, starts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "a.sqlite"))
    monkeypatch.setenv("DASHBOARD_HOSTS", named)
    if with_account:
        accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    if starts:
        door.check_address(address)
    else:
        with pytest.raises(SystemExit) as ended:
            door.check_address(address)
        assert str(ended.value.code).endswith(("chạy lại.", "đọc được."))


def test_the_server_does_not_start_where_everybody_may_speak_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "a.sqlite"))
    monkeypatch.setenv("DASHBOARD_HOSTS", "https://can-bo.example.vn")
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.5")
    door.check_address("127.0.0.1")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with pytest.raises(SystemExit) as ended:
        door.check_address("127.0.0.1")
    assert str(ended.value.code).endswith("chạy lại.")


def test_the_pages_see_the_cookie_that_was_looked_at_and_no_other() -> None:
    scope = {
        "type": "websocket",
        "scheme": "ws",
        "headers": [(b"cookie", b"phien=a; other=1; __Host-phien=b"), (b"host", b"x"), (b"cookie", b"phien=c")],
    }
    seen = gate._with_one_cookie(scope, "right")
    assert gate.cookies_of(seen) == {"other": "1", "phien": "right"}
    assert gate.cookies_of(scope)["phien"] != "right"


def test_rows_about_refusals_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "a.sqlite"))
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    monkeypatch.setattr(refused, "_last", {})
    monkeypatch.setattr(refused, "_hour", [])
    for n in range(3000):
        refused.note(f"10.0.{n // 250}.{n % 250}", "thử", "/media/x")
    with book.read() as connection:
        assert log.seal(connection)[0] == 1 + refused.MOST_AN_HOUR
    assert len(refused._last) <= refused._KNOWN_AT_MOST
