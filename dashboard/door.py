"""The door before Streamlit: who may ask, under which name, for what. What it does not open stays shut.

Without accounts whoever reaches the server may do everything: then it serves this machine only, and of what runs on
this machine only its own pages. With accounts it also answers to the names of `access.hosts`; who may come in is for
the gate behind (`gate.py`). Streamlit's own check of an Origin would ask a host on the internet for our address, in the
middle of the server's one loop.
"""

import os
import re
import sys
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from access import accounts, hosts
from access import refused as refusals
from access.book import AccessError

# What `server.address` may be without accounts, and the ends of a connection that stays on this machine.
ADDRESSES = ("127.0.0.1", "localhost", "::1")
_NAMES = ("127.0.0.1", "localhost", "[::1]")
# What a program in between says of who asks. uvicorn believes it of whatever runs on this machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
# A page that is shown keeps one connection; the rest is room for connections that never say anything.
OPEN_FILES = 65_536

# Three times what a page takes at once (app_pages/intake/files.py), which says so itself.
MOST_WAITING = 180 * 1024**2

_PAGES = (
    r"/[a-z0-9-]*|/(?:fixes|translate)\.js|/vi\.json|/(?:interface|sign-in)\.css|/letters\.woff2|/static/.+|/media/.+"
    r"|/_stcore/(?:health|host-config)"
)
_UPLOADS = r"/_stcore/upload_file/[^/]+/[^/]+"
# What the pages need of this server. Streamlit offers more (metrics, an interface for agents, sign-in, components);
# `tests/attack/test_door.py` goes through its list of routes.
_OPEN = {
    "GET": re.compile(_PAGES),
    "HEAD": re.compile(_PAGES),
    "PUT": re.compile(_UPLOADS),
    "DELETE": re.compile(_UPLOADS),
    "POST": re.compile("/(?:dang-nhap|doi-mat-khau|dang-xuat)"),
    "websocket": re.compile(r"/_stcore/stream"),
}

# Streamlit and Plotly set styles inline, and icons, charts and downloads travel as data: and blob:. Scripts
# are files of this server only; Plotly's bar, line, scatter and heat charts do without eval.
SECURITY_HEADERS = {
    "Content-Security-Policy": "; ".join(
        [
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    ),
    # With "no-referrer" a browser sends our own forms with an Origin of null.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """ASGI middleware that puts `SECURITY_HEADERS` on every HTTP answer: ours, Streamlit's own, refusals, faults."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def send_with_headers(message: Message) -> None:
            nonlocal answered
            answered = True
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # Raised again for the log; whoever is outside of us would answer in English and without the headers.
            if scope["type"] != "lifespan" and not answered:
                sorry = PlainTextResponse("Chương trình gặp lỗi nên chưa trả lời được. Hãy tải lại trang (F5).", 500)
                await sorry(scope, receive, send_with_headers)
            raise


class Door:
    """ASGI middleware that answers in place of the app what `refusal` refuses; a websocket before it is accepted.

    Files that were sent lie in memory until a page has taken them: of those there is only room for so many bytes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = None if scope["type"] == "lifespan" else refusal(scope)
        if refused and refused.status_code == 403:
            await run_in_threadpool(refusals.note, address_of(scope), "tên máy chủ hoặc trang lạ", scope["path"])
        if refused or scope["type"] != "http" or scope["method"] != "PUT":
            await (refused or self.app)(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "")
        size = int(said) if said.isascii() and said.isdigit() else MOST_WAITING
        if _waiting() + self.coming + size > MOST_WAITING:
            _drop_what_was_left()
        if _waiting() + self.coming + size > MOST_WAITING:
            await _heard_out(receive)
            full = PlainTextResponse("Máy chủ đang giữ nhiều tệp chưa đọc xong. Đợi đọc xong rồi thả lại tệp này.", 413)
            await full(scope, receive, send)
            return
        self.coming += size
        try:
            await self.app(scope, receive, send)
        finally:
            self.coming -= size


async def _heard_out(receive: Receive) -> None:
    """Let what is being sent pass, up to the bound: who is cut short in the middle does not hear the answer."""
    passed, more = 0, True
    while more and passed < MOST_WAITING:
        message = await receive()
        passed += len(message.get("body", b""))
        more = message.get("more_body", False)


def _waiting() -> int:
    """How many bytes of files that were sent no page has taken yet."""
    return sum(len(file.data) for of_page in list(_files().file_storage.values()) for file in list(of_page.values()))


def _drop_what_was_left() -> None:
    """Forget the files of pages that are closed: Streamlit keeps them for minutes, in case the page comes back."""
    for page in list(_files().file_storage):
        if not get_instance().is_active_session(page):
            _files().remove_session_files(page)


def _files() -> MemoryUploadedFileManager:
    # The only one this Streamlit makes.
    return cast(MemoryUploadedFileManager, get_instance().uploaded_file_mgr)


def refusal(scope: Scope) -> PlainTextResponse | None:
    """The answer to a request or websocket that is not let in, or None.

    Where no name is given (`access.hosts`) nothing stands between the browser and us: what says so was made up,
    or would open to others what serves this machine only.
    Host must be a name of this machine with the very port of the connection, so that another site's name that leads
    here (DNS rebinding) does not count, or one of `access.hosts`. Origin must be that same address; only a plain read
    may come without one, and not from a page of another site, unless somebody followed a link.
    """
    headers = Headers(scope=scope)
    here, port = scope["server"] or (None, None)
    scheme, usual = ("https", 443) if scope["scheme"] in ("https", "wss") else ("http", 80)
    names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == usual else set())
    said, origins = headers.getlist("host"), headers.getlist("origin")
    named = len(said) == 1 and said[0] in hosts.named()
    if not named and _is_forwarded(headers):
        return PlainTextResponse(
            "Yêu cầu này đi qua một máy trung gian mà chương trình chưa được báo. Đặt DASHBOARD_HOSTS là địa chỉ https "
            "người dùng mở, cho máy trung gian gửi đúng tên ấy, rồi chạy lại.",
            403,
        )
    if not named and (here not in ADDRESSES or len(said) != 1 or said[0] not in names):
        return PlainTextResponse(f"Chỉ mở được trên chính máy này, tại địa chỉ {scheme}://127.0.0.1:{port}.", 403)

    kind = scope["method"] if scope["type"] == "http" else "websocket"
    if origins:
        ours = origins == [f"{'https' if named else scheme}://{said[0]}"]
    else:
        asked_elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        link = headers.get("sec-fetch-mode") == "navigate"
        ours = kind in ("GET", "HEAD") and (link or not asked_elsewhere)
    if not ours:
        return PlainTextResponse("Trang hoặc chương trình khác không được gọi vào chương trình này.", 403)

    if kind not in _OPEN or not _OPEN[kind].fullmatch(scope["path"]):
        return PlainTextResponse("Không có địa chỉ này. Mở lại từ trang Tổng quan.", 404)
    return None


def _is_forwarded(headers: Headers) -> bool:
    return any(name in headers for name in _FORWARDED)


def address_of(scope: Scope) -> str:
    """Where a request comes from; of a proxy on this machine what it says (uvicorn sees to that).

    Of a program that only makes itself out to be one, it is marked as its own word.
    """
    address, headers = str((scope.get("client") or ("?",))[0]), Headers(scope=scope)
    made_up = _is_forwarded(headers) and headers.get("host") not in hosts.named()
    return f"{'tự khai ' if made_up else ''}{address}"[:64]


def check_address(address: str | None) -> None:
    """End the program with one sentence when others would reach the server and there are no accounts, or no name under
    which they may."""
    try:
        outside, named = address not in ADDRESSES, hosts.named()
        if (outside or named) and not accounts.any_accounts():
            where = f"ở địa chỉ “{address or ''}”" if outside else "với DASHBOARD_HOSTS"
            sys.exit(
                f"Chưa chạy được {where}: chương trình chưa có tài khoản người dùng nên chỉ phục vụ chính máy này. "
                "Thêm tài khoản bằng lệnh account add, hoặc đặt server.address là 127.0.0.1, rồi chạy lại."
            )
    except AccessError as error:
        sys.exit(str(error))
    if "*" in os.environ.get("FORWARDED_ALLOW_IPS", ""):
        sys.exit(
            "Chưa chạy được với FORWARDED_ALLOW_IPS là “*”: khi ấy ai cũng tự khai được mình từ máy nào đến. "
            "Bỏ biến ấy, hoặc chỉ nêu địa chỉ của máy chạy nginx, rồi chạy lại."
        )
    if outside and not named:
        sys.exit(
            f"Chưa chạy được ở địa chỉ “{address or ''}”: chưa nêu máy khác mở chương trình bằng tên nào. "
            "Đặt DASHBOARD_HOSTS, ví dụ https://can-bo.tinh.vn, rồi chạy lại."
        )


def make_room() -> None:
    """Let the server hold as many connections as the system allows it, where a program starts with room for fewer.

    uvicorn waits without end for the first words of a connection; a thousand silent ones would fill the usual room.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
