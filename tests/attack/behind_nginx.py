"""The real program behind a real nginx with the settings we hand out (`dashboard/service/nginx.conf`): pages and their
connections work, and what a client says of itself changes nothing. `make office` runs it: nginx is no part of `tools`.
"""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

import door
from access import accounts, book, log
from browser.driving import ROOT, START_SECONDS, run, serve

NAME = "can-bo.tinh.vn"
FIRST, OWN = "trời mưa ở Khe Tre", "nắng lên rồi bác ạ"
# Where the client is, as nginx sees it, and where it says that it is.
CLIENT, MADE_UP = "127.0.0.2", "203.0.113.9"
FORGED = {
    "X-Forwarded-For": MADE_UP,
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Real-IP": MADE_UP,
    "Forwarded": f"for={MADE_UP};proto=http;host=evil.example",
}
MEGABYTE = 1024**2


class Office(NamedTuple):
    """nginx's two ports, the program's own, the certificate to trust and the file of accounts."""

    https: int
    http: int
    program: int
    certificate: Path
    access: Path

    @property
    def host(self) -> str:
        """What a browser says in Host."""
        return f"{NAME}:{self.https}"


@pytest.fixture(scope="module")
def office(district_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The program with one account, lan, and nginx before it under a certificate of its own."""
    folder = tmp_path_factory.mktemp("office")
    store = Path(shutil.copy(district_file, folder / "kho.duckdb"))
    access = folder / "quyen.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(access))
        accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
        accounts.change_password(accounts.sign_in("lan", FIRST, "máy"), FIRST, OWN, "máy")
    https, http_ = free_port(), free_port()
    certificate = certified(folder)
    with serve(store, DASHBOARD_ACCESS=str(access), DASHBOARD_HOSTS=f"https://{NAME}:{https}") as url:
        program = int(urlsplit(url).port or 0)
        settings = settings_of(folder, https, http_, program)
        subprocess.run(["nginx", "-t", "-c", settings, "-p", folder], check=True, capture_output=True)
        nginx = subprocess.Popen(["nginx", "-c", settings, "-p", folder, "-g", "daemon off;"])
        try:
            wait_for(https)
            yield Office(https, http_, program, certificate, access)
        finally:
            nginx.terminate()
            nginx.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("nginx did not start")


def certified(folder: Path) -> Path:
    """A certificate that vouches for itself, and its key beside it."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    made += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "can-bo.key", "-out", "can-bo.crt"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    return folder / "can-bo.crt"


def settings_of(folder: Path, https: int, http_: int, program: int) -> Path:
    """The settings as handed out, but for ports and places, inside the frame that a system gives them."""
    text = (ROOT / "dashboard" / "service" / "nginx.conf").read_text("utf-8")
    for handed_out, here, times in (
        ("listen 80", f"listen 127.0.0.1:{http_}", 2),
        ("listen 443 ssl", f"listen 127.0.0.1:{https} ssl", 2),
        ("http://127.0.0.1:8501;", f"http://127.0.0.1:{program};", 1),
        ("/etc/nginx/can-bo.", f"{folder}/can-bo.", 2),
    ):
        assert text.count(handed_out) == times, handed_out
        text = text.replace(handed_out, here)
    (folder / "can-bo.conf").write_text(text, "utf-8")
    places = "".join(f"{n}_temp_path {folder}/{n};" for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    # Started by root, nginx would work as somebody who may not look into this folder.
    frame = f"{'user root; ' if os.geteuid() == 0 else ''}pid {folder}/pid; error_log {folder}/error.log; events {{}} "
    frame += f"http {{ access_log off; {places} include can-bo.conf; }}"
    (folder / "nginx.conf").write_text(frame, "utf-8")
    return folder / "nginx.conf"


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str


def secured(office: Office, asked: str = NAME) -> ssl.SSLSocket:
    """A connection over TLS to nginx from CLIENT, asking for a name."""
    plain = socket.create_connection(("127.0.0.1", office.https), START_SECONDS, (CLIENT, 0))
    return ssl.create_default_context(cafile=str(office.certificate)).wrap_socket(plain, server_hostname=asked)


def ask(
    office: Office, method: str, path: str, cookie: str = "", body: str | bytes | None = None, **headers: str
) -> Answer:
    """One request to nginx over TLS."""
    connection = http.client.HTTPConnection(NAME, office.https)
    connection.sock = secured(office)
    said = {"Host": office.host} | ({"Cookie": cookie} if cookie else {})
    if method not in ("GET", "HEAD"):
        said["Origin"] = f"https://{office.host}"
    connection.request(method, path, body, said | {n.replace("_", "-"): v for n, v in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    found = {k.lower(): v for k, v in answer.getheaders()}
    return Answer(answer.status, found, answer.msg.get_all("set-cookie") or [], text)


def try_sign_in(office: Office, password: str, forged: Mapping[str, str]) -> Answer:
    """Fill in the form and send it."""
    page = ask(office, "GET", "/dang-nhap", **forged)
    assert page.status == 200, page
    [cookie] = page.cookies
    assert cookie.startswith("__Host-bieu-mau=")
    assert is_safe(cookie)
    seal = re.search(r'name="dau" value="(\w+)"', page.text)
    assert seal
    form = urlencode({"dau": seal[1], "ten": "lan", "mat-khau": password, "tiep": ""})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return ask(office, "POST", "/dang-nhap", cookie.partition(";")[0], form, **kind, **forged)


def is_safe(cookie: str) -> bool:
    return {p.strip().lower() for p in cookie.split(";")[1:]} == {"httponly", "path=/", "samesite=strict", "secure"}


@pytest.fixture(scope="module")
def session(office: Office) -> str:
    """The cookie of somebody who has signed in."""
    answer = try_sign_in(office, OWN, {})
    assert answer.status == 303, answer
    [cookie] = [c for c in answer.cookies if c.startswith("__Host-phien=")]
    assert is_safe(cookie)
    return cookie.partition(";")[0]


def websocket(office: Office, cookie: str, origin: str, **forged: str) -> ClientConnection:
    return connect(
        f"wss://{office.host}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", office.https), START_SECONDS, (CLIENT, 0)),
        ssl=ssl.create_default_context(cafile=str(office.certificate)),
        origin=Origin(origin),
        additional_headers={"Cookie": cookie, **forged},
        proxy=None,
        max_size=None,
    )


def addresses(office: Office) -> list[str]:
    """Every address the log names, the latest first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(office.access))
        with book.read() as connection:
            assert log.broken(connection) is None
            return [str(e.detail["dia_chi"]) for e in log.entries(connection) if "dia_chi" in e.detail]


def test_a_page_comes_with_every_header(office: Office, session: str) -> None:
    page = ask(office, "GET", "/", session)
    assert (page.status, '<html lang="vi">' in page.text) == (200, True)
    assert {n: page.headers[n.lower()] for n in door.SECURITY_HEADERS} == door.SECURITY_HEADERS
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert ask(office, "GET", "/").headers["location"] == "./dang-nhap"


@pytest.mark.parametrize("forged", [{}, FORGED], ids=["plain", "forged"])
def test_a_page_runs_over_its_connection(office: Office, session: str, forged: dict[str, str]) -> None:
    with websocket(office, session, f"https://{office.host}", **forged) as opened:
        number, drawn = run(opened)
        assert number
        assert "Tổng quan" in drawn


def test_a_quiet_page_stays_connected(office: Office, session: str) -> None:
    """Longer than the minute after which nginx gives up a quiet connection by itself."""
    with websocket(office, session, f"https://{office.host}") as opened:
        assert run(opened)[0]
        time.sleep(70)
        assert "Tổng quan" in run(opened)[1]


def test_what_a_client_says_of_itself_changes_nothing(office: Office) -> None:
    before = len(addresses(office))
    answer = try_sign_in(office, OWN, FORGED)
    [cookie] = [c for c in answer.cookies if "phien=" in c]
    assert cookie.startswith("__Host-phien=")
    assert is_safe(cookie)
    token = cookie.partition(";")[0]
    assert ask(office, "GET", "/", token, **FORGED).status == 200
    # Only under the name that no other server may set.
    assert ask(office, "GET", "/", token.removeprefix("__Host-"), **FORGED).status == 303
    assert try_sign_in(office, "đoán bừa một câu", FORGED).status == 403
    written = addresses(office)
    assert len(written) - before == 2
    assert set(written[:2]) == {CLIENT}
    assert not [a for a in written if MADE_UP in a]


def test_wrong_passwords_are_counted_against_where_they_come_from(office: Office) -> None:
    """Whoever gives a new address with each guess waits all the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ACCESS", str(office.access))
        with book.read() as connection:
            counted = {r["who"] for r in connection.execute("select who from attempt")}
    assert f"address {CLIENT}" in counted
    assert not [who for who in counted if MADE_UP in who]


def test_foreign_pages_are_refused(office: Office, session: str) -> None:
    for origin in ("https://evil.example", f"http://{office.host}", f"https://{NAME}", "null"):
        with pytest.raises(InvalidStatus) as refusal:
            websocket(office, session, origin)
        assert refusal.value.response.status_code == 403, origin
        assert ask(office, "POST", "/dang-xuat", session, "", Origin=origin).status == 403, origin
    with pytest.raises(InvalidStatus):
        websocket(office, "", f"https://{office.host}")


def test_other_names_are_not_answered(office: Office, session: str) -> None:
    with pytest.raises(OSError, match=r"(?i)unrecognized|alert"):
        secured(office, "evil.example")
    for host in ("evil.example", f"127.0.0.1:{office.program}", f"localhost:{office.program}"):
        with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
            ask(office, "GET", "/", session, Host=host)
    # The name without the port is ours to nginx, and none of DASHBOARD_HOSTS.
    assert ask(office, "GET", "/", session, Host=NAME).status == 403


def test_plain_http_leads_to_https_and_tells_nothing(office: Office) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", office.http, timeout=START_SECONDS)
    connection.request("GET", "/chua-dat-chuan?xa=20161", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/chua-dat-chuan?xa=20161")
    assert answer.getheader("Set-Cookie") is None
    answer.read()
    connection.close()


def test_past_nginx_nobody_passes_for_it_under_the_name_of_this_machine(office: Office, session: str) -> None:
    for name, value in FORGED.items():
        connection = http.client.HTTPConnection("127.0.0.1", office.program, timeout=START_SECONDS)
        connection.request("GET", "/", headers={"Cookie": session, name: value})
        answer = connection.getresponse()
        assert (answer.status, "máy trung gian" in answer.read().decode()) == (403, True), name
        connection.close()


def test_a_file_of_the_largest_size_comes_through_and_a_larger_one_does_not(office: Office, session: str) -> None:
    with websocket(office, session, f"https://{office.host}") as opened:
        number, _ = run(opened)
        cookies = ask(office, "GET", "/_stcore/health", session).cookies
        [token] = [c.partition(";")[0] for c in cookies if c.startswith("_streamlit_xsrf=")]
        for size, status in ((20 * MEGABYTE, 204), (20 * MEGABYTE + 1, 413)):
            head, end = (
                b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n',
                b"\r\n--b--\r\n",
            )
            body = head + b"x" * (size - len(head) - len(end)) + end
            kind = {"Content-Type": "multipart/form-data; boundary=b", "X-Xsrftoken": token.partition("=")[2]}
            both = f"{session}; {token}"
            try:
                sent = ask(office, "PUT", f"/_stcore/upload_file/{number}/tep-{size}", both, body, **kind).status
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                sent = 413  # nginx answers and closes before it has heard all of what is too much
            assert sent == status, size
