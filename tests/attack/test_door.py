"""The door of a real server, from outside: foreign names and origins, closed addresses, silence."""

import asyncio
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
from starlette.routing import WebSocketRoute
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

import door
from browser.driving import ROOT, START_SECONDS, ask, serve

# Python runs this before the server: what reaches for another machine is written down.
SPY = """
import os, sys

def note(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"):
        where = args[1] if event in ("socket.connect", "socket.sendto") else args
        if where[0] not in ("127.0.0.1", "::1", "localhost", None):
            with open(os.environ["SPY_NOTES"], "a") as notes:
                notes.write(f"{event} {where}\\n")

sys.addaudithook(note)
"""
# What `told` would take for the words of a machine.
ADDRESS = r"server\.address|(http://)?(\d+\.){3}\d+(:\d+\.)?"
UPLOAD = "/_stcore/upload_file/0/0"
KNOCK = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\n{more}Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)

Told = Callable[[str], bool]


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server asked of other machines since it started."""
    notes = tmp_path_factory.mktemp("spy") / "notes"
    notes.touch()
    notes.with_name("sitecustomize.py").write_text(SPY)
    return notes


@pytest.fixture(scope="module")
def port(district_file: Path, abroad: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that starts with room for 1,024 open files, as programs do."""
    store = Path(shutil.copy(district_file, tmp_path_factory.mktemp("door") / "huyện.duckdb"))
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, most))
    with ExitStack() as stack:
        try:
            url = stack.enter_context(serve(store, PYTHONPATH=str(abroad.parent), SPY_NOTES=str(abroad)))
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual, min(4096, most)), most))
        yield int(urlsplit(url).port or 0)


def knock(port: int, *lines: str) -> socket.socket:
    """A connection over which a request has been sent and nothing read."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS)
    connection.sendall(lines[0].encode() if len(lines) == 1 else "\r\n".join([*lines, "", ""]).encode())
    return connection


def heard(connection: socket.socket) -> tuple[int, dict[str, str], str]:
    """The answer: status, headers in lower case, body."""
    with connection, connection.makefile("rb") as answer:
        status = int(answer.readline().split()[1])
        headers = {}
        while line := answer.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return status, headers, answer.read(int(headers.get("content-length", 0))).decode()


def refused(answer: tuple[int, dict[str, str], str], told: Told, status: int = 403) -> bool:
    """Whether the answer is our refusal: one Vietnamese sentence, with the headers of every answer."""
    found, headers, text = answer
    safe = all(headers[name.lower()] == value for name, value in door.SECURITY_HEADERS.items())
    return found == status and safe and told(re.sub(ADDRESS, "", text))


FOREIGN_NAMES = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:0{port}",
    "127.0.0.1:{port}.",
    "localhost.:{port}",
    "LOCALHOST:{port}",
    "a@127.0.0.1:{port}",
    "127.0.0.1:{port}@evil.example",
    "127.1:{port}",
    "0.0.0.0:{port}",
    "[::]:{port}",
    "[::ffff:127.0.0.1]:{port}",
    "127.0.0.1:{port}, evil.example",
    "",
]


@pytest.mark.parametrize("name", FOREIGN_NAMES)
def test_a_name_that_is_not_exactly_ours_is_refused_everywhere(port: int, told: Told, name: str) -> None:
    host = name.format(port=port)
    for request in ("GET /", "GET /suc-khoe", "GET /media/a", "GET /_stcore/health", f"PUT {UPLOAD}"):
        more = [f"Origin: http://{host}"] if request.startswith("PUT") else []
        assert refused(heard(knock(port, f"{request} HTTP/1.1", f"Host: {host}", *more)), told), request
    assert refused(heard(knock(port, KNOCK.format(host=host, more=f"Origin: http://{host}\r\n"))), told)


def test_no_name_and_two_names_are_no_name(port: int, told: Told) -> None:
    ours = f"Host: 127.0.0.1:{port}"
    assert refused(heard(knock(port, "GET / HTTP/1.0", "Accept: */*")), told)
    assert heard(knock(port, "GET / HTTP/1.1", ours, "Host: evil.example"))[0] == 400
    # A request that names its server twice, as proxies are asked: there is nothing under such an address.
    assert refused(heard(knock(port, "GET http://evil.example/suc-khoe HTTP/1.1", ours)), told, 404)


FOREIGN_ORIGINS = [
    "http://evil.example",
    "http://evil.example:{port}",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "null",
    "",
    "http://127.0.0.1:{port}/",
    "http://a@127.0.0.1:{port}",
    "file://",
    "http://127.0.0.1:{port} http://evil.example",
]


@pytest.mark.parametrize("name", FOREIGN_ORIGINS)
def test_a_page_that_is_not_exactly_ours_is_refused_everywhere(port: int, told: Told, name: str) -> None:
    host, origin = f"Host: 127.0.0.1:{port}", f"Origin: {name.format(port=port)}"
    for request in ("GET /", "GET /suc-khoe", "GET /media/a", "POST /", f"OPTIONS {UPLOAD}", f"PUT {UPLOAD}"):
        assert refused(heard(knock(port, f"{request} HTTP/1.1", host, origin)), told), request
    assert refused(heard(knock(port, KNOCK.format(host=f"127.0.0.1:{port}", more=f"{origin}\r\n"))), told)


def test_without_an_origin_one_may_only_read(port: int, told: Told) -> None:
    host = f"Host: 127.0.0.1:{port}"
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
        assert refused(heard(knock(port, f"{method} / HTTP/1.1", host)), told), method
    assert refused(heard(knock(port, KNOCK.format(host=f"127.0.0.1:{port}", more=""))), told)
    twice = f"Origin: http://127.0.0.1:{port}", "Origin: http://evil.example"
    assert refused(heard(knock(port, "GET / HTTP/1.1", host, *twice)), told)
    # The reader of websockets stumbles over two before anybody is asked.
    more = "\r\n".join([*twice, ""])
    assert heard(knock(port, KNOCK.format(host=f"127.0.0.1:{port}", more=more)))[0] == 400


def test_a_page_of_another_site_may_link_here_and_nothing_else(port: int, told: Told) -> None:
    host = f"Host: 127.0.0.1:{port}"
    for site in ("cross-site", "same-site"):
        read = ["GET /suc-khoe HTTP/1.1", host, f"Sec-Fetch-Site: {site}"]
        assert refused(heard(knock(port, *read, "Sec-Fetch-Mode: no-cors")), told)
        assert heard(knock(port, *read, "Sec-Fetch-Mode: navigate"))[0] == 200


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_our_own_names_are_let_in(port: int, name: str) -> None:
    host = f"{name}:{port}"
    for method, path in (("GET", "/"), ("GET", "/du-bao"), ("HEAD", "/suc-khoe"), ("GET", "/_stcore/host-config")):
        assert heard(knock(port, f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"))[0] == 200, path
    # Streamlit's own check follows: there is no such session.
    origin = f"Origin: http://{host}"
    assert (
        heard(knock(port, f"DELETE {UPLOAD} HTTP/1.1", f"Host: {host}", origin))[2] == "XSRF token missing or invalid"
    )
    with connect(
        f"ws://{host}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", port)),
        origin=Origin(f"http://{host}"),
        proxy=None,
    ) as opened:
        assert opened.response is not None
        assert opened.response.status_code == 101


def test_a_refused_websocket_was_never_open(port: int) -> None:
    with pytest.raises(InvalidStatus) as answer:
        connect(f"ws://127.0.0.1:{port}/_stcore/stream", origin=Origin("http://evil.example"), proxy=None)
    assert answer.value.response.status_code == 403


CLOSED = [
    "/_stcore/metrics",
    "/_stcore/agent/interact",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/_stcore/script-health-check",
    "/_stcore/bidi-components/a/b.js",
    "/component/a/index.html",
    "/app/static/a.js",
    "/auth/login",
    "/auth/logout",
    "/index.html",
    "/manifest.json",
    "/static",
    "//evil.example",
    "/_stcore/stream",
    "/_stcore//metrics",
    "/_stcore/health/",
    "/%5fstcore/metrics",
    "/./_stcore/metrics",
    "/_STCORE/metrics",
    "/static/%0a",
    UPLOAD,
]


def test_what_the_pages_do_not_need_is_closed(port: int, told: Told) -> None:
    host, origin = f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}"
    for path in CLOSED:
        # The door turns an address into letters once; "/static" is a page's address, and there is no such page.
        status = 200 if path == "/static" else 404
        answer = heard(knock(port, f"GET {path} HTTP/1.1", host, "Connection: close"))
        assert answer[0] == status if status == 200 else refused(answer, told, status), path
    for request in ("POST /_stcore/agent/interact", "POST /_stcore/agent/mcp", "PUT /media/a", "POST /suc-khoe"):
        assert refused(heard(knock(port, f"{request} HTTP/1.1", host, origin)), told, 404), request
    walk = heard(knock(port, "GET /static/..%2f..%2f_stcore/metrics HTTP/1.1", host))
    assert (walk[0], "TYPE" in walk[2]) == (400, False)
    elsewhere = KNOCK.format(host=f"127.0.0.1:{port}", more=f"{origin}\r\n").replace("/_stcore/stream", "/suc-khoe")
    assert refused(heard(knock(port, elsewhere)), told, 404)


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP"]
)
def test_who_speaks_for_another_is_refused_where_nobody_stands_before_the_server(
    header: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that nobody told us of would open to others what serves whoever sits at this machine."""
    headers = [(b"host", b"localhost:8501"), (header.lower().encode(), b"203.0.113.9")]
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "server": ("127.0.0.1", 8501)}
    scope |= {"headers": headers, "client": ("203.0.113.9", 0)}
    answer = door.refusal(scope)
    assert answer is not None
    assert answer.status_code == 403
    assert told(bytes(answer.body).decode().replace("DASHBOARD_HOSTS", ""))
    assert door.address_of(scope) == "tự khai 203.0.113.9"
    monkeypatch.setenv("DASHBOARD_HOSTS", "https://can-bo.example.vn")
    assert door.refusal(scope) is not None, "and so where one does, under any name but its own"
    scope["headers"] = [(b"host", b"can-bo.example.vn"), *headers[1:]]
    assert door.refusal(scope) is None
    assert door.address_of(scope) == "203.0.113.9"


def test_of_the_routes_of_this_streamlit_these_are_open() -> None:
    opened = set()
    # Routes only hold on to the runtime, for the requests to come.
    for route in create_streamlit_routes(Mock()):
        for method in getattr(route, "methods", None) or ({"websocket"} if isinstance(route, WebSocketRoute) else ()):
            path = re.sub(r"{.*?}", "a", route.path)
            scope = {
                "type": "websocket" if method == "websocket" else "http",
                "method": method,
                "scheme": "http",
                "path": path,
                "server": ("127.0.0.1", 8501),
                "headers": [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")],
            }
            opened |= {(method, path)} if door.refusal(scope) is None else set()
    assert opened == {
        ("GET", "/_stcore/health"),
        ("HEAD", "/_stcore/health"),
        ("GET", "/media/a"),
        ("HEAD", "/media/a"),
        ("GET", "/_stcore/host-config"),
        ("HEAD", "/_stcore/host-config"),
        ("PUT", "/_stcore/upload_file/a/a"),
        ("DELETE", "/_stcore/upload_file/a/a"),
        ("websocket", "/_stcore/stream"),
        # The address of a page that does not exist: our own route comes before Streamlit's.
        ("GET", "/oauth2callback"),
        ("HEAD", "/oauth2callback"),
    }


def test_fifty_foreign_websockets_ask_nothing_abroad_and_hold_nobody_up(port: int, abroad: Path, told: Told) -> None:
    foreign = KNOCK.format(host=f"127.0.0.1:{port}", more="Origin: http://{}.example\r\n")
    knocking = [knock(port, foreign.format(i)) for i in range(50)]
    # Nobody has read a refusal yet.
    assert ask(f"http://127.0.0.1:{port}/suc-khoe")[2] == "ok"
    assert all(refused(heard(connection), told) for connection in knocking)
    assert abroad.read_text() == ""


def test_a_thousand_silent_connections_leave_room_for_an_officer(port: int) -> None:
    half = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Slow: "
    with ExitStack() as stack:
        for said in ["", half] * 550:
            stack.enter_context(knock(port, said))
        assert ask(f"http://127.0.0.1:{port}/suc-khoe")[2] == "ok"


@pytest.mark.parametrize(
    ("flags", "environment"),
    [(["--server.address", ""], {}), ([], {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"})],  # noqa: S104
)
def test_an_address_that_others_reach_does_not_start(
    told: Told, flags: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", "0", *flags],
        cwd=ROOT,
        env={**os.environ, "DASHBOARD_STORE": str(tmp_path / "không có.duckdb"), **environment},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
    )
    assert ended.returncode == 1
    assert told(re.sub(ADDRESS, "", ended.stderr))
    assert ended.stdout == ""


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "10.0.0.1", "127.0.0.2", "can-bo.vi-du.vn"])  # noqa: S104
def test_only_this_machine_is_served(address: str | None, told: Told) -> None:
    with pytest.raises(SystemExit) as ended:
        door.check_address(address)
    assert told(re.sub(ADDRESS, "", str(ended.value.code)))


@pytest.mark.parametrize("address", door.ADDRESSES)
def test_this_machine_is_served(address: str) -> None:
    door.check_address(address)


def test_a_connection_from_elsewhere_is_refused_however_the_server_was_started() -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"localhost")],
    }
    assert door.refusal(scope) is None
    for server in (("192.168.1.10", 80), ("127.0.0.1", 8501), None):
        answer = door.refusal(scope | {"server": server})
        assert answer is not None
        assert answer.status_code == 403


def test_a_fault_of_ours_is_answered_calmly_and_with_the_headers(told: Told) -> None:
    sent: list[Message] = []

    async def fault(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    # In a thread of its own: tests of a browser leave a loop running in theirs.
    with ThreadPoolExecutor(1) as pool, pytest.raises(ZeroDivisionError):
        pool.submit(asyncio.run, door.SecurityHeaders(fault)({"type": "http"}, receive, send)).result()
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert refused((sent[0]["status"], headers, sent[1]["body"].decode()), told, 500)


def test_files_that_nobody_takes_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that came and those that are coming count; a length that is not told counts for all there is room for."""
    waiting, answered = 40, []
    monkeypatch.setattr(door, "_waiting", lambda: waiting)
    monkeypatch.setattr(door, "_drop_what_was_left", lambda: None)
    monkeypatch.setattr(door, "MOST_WAITING", 100)
    inner: list[door.Door] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answered.append("taken")
        # While this one is coming there is room for so much less.
        if scope["path"].endswith("/1"):
            await put(inner[0], "2", b"40")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"a" * 60, "more_body": True}

    async def put(through: door.Door, file: str, length: bytes | None) -> None:
        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered.append(message["status"])

        own = [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")]
        scope = {"type": "http", "method": "PUT", "scheme": "http", "path": f"/_stcore/upload_file/a/{file}"}
        scope |= {"server": ("127.0.0.1", 8501), "headers": own + ([(b"content-length", length)] if length else [])}
        await through(scope, receive, send)

    inner.append(door.Door(app))
    for file, length, said in (
        ("0", b"60", ["taken"]),
        ("0", b"61", [413]),
        ("0", None, [413]),
        ("0", b"-1", [413]),
        ("1", b"30", ["taken", 413]),
        ("1", b"20", ["taken", "taken"]),
    ):
        answered.clear()
        asyncio.run(put(inner[0], file, length))
        assert answered == said, (file, length)
    assert inner[0].coming == 0


def put(port: int, session: str, file: int, token: str) -> int:
    """The status of the answer to a file of 19 MB."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/_stcore/upload_file/{session}/{file}",
        head + bytes(19 << 20) + b"\r\n--x--\r\n",
        {
            "Content-Type": "multipart/form-data; boundary=x",
            "Cookie": f"{XSRF_COOKIE_NAME}={token}",
            "Origin": f"http://127.0.0.1:{port}",
            "X-Xsrftoken": token,
        },
        method="PUT",
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code


def test_the_server_keeps_what_was_sent_up_to_a_bound_and_only_while_the_page_is_there(port: int) -> None:
    health = heard(knock(port, "GET /_stcore/health HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"))
    token = health[1]["set-cookie"].partition("=")[2].partition(";")[0]
    stream = f"ws://127.0.0.1:{port}/_stcore/stream"

    def session(opened: ClientConnection) -> str:
        opened.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        while True:
            said = ForwardMsg.FromString(opened.recv(START_SECONDS, decode=False))
            if said.HasField("new_session"):
                return str(said.new_session.initialize.session_id)

    with connect(stream, origin=Origin(f"http://127.0.0.1:{port}"), proxy=None, max_size=None) as opened:
        here = session(opened)
        answers = [put(port, here, file, token) for file in range(11)]
    assert answers == [204] * 9 + [413] * 2
    with connect(stream, origin=Origin(f"http://127.0.0.1:{port}"), proxy=None, max_size=None) as opened:
        assert put(port, session(opened), 0, token) == 204
