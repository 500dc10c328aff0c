"""The gate behind the door: with accounts, what shows data is answered only to who has signed in.

Streamlit never sees a request that is refused here, a websocket least of all. Without accounts, which only a server of
this machine alone starts with, everything is open to whoever sits at it.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import get_instance

import door
from access import accounts, hosts, opened, refused
from access.accounts import Account
from access.book import AccessError

# The cookie of a session; where it comes over https under a name no other server may set.
COOKIE, SECURE_COOKIE = accounts.COOKIE, f"__Host-{accounts.COOKIE}"
SIGN_IN, CHANGE, SIGN_OUT = "dang-nhap", "doi-mat-khau", "dang-xuat"
# What shows no data: Streamlit's own scripts, ours, the page to sign in at.
_OPEN = re.compile(rf"/suc-khoe|/{SIGN_IN}|/static/.+|/[a-z-]+\.(?:js|json|css|woff2)")
_PAGE = re.compile(r"/[a-z0-9-]*")
_MEDIA = re.compile(r"/media/([^/]+)")
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")


@dataclass(frozen=True)
class Visitor:
    """Who asks: the token their browser sent, the account it is of, whether there are accounts at all."""

    token: str | None
    account: Account | None
    needed: bool


class Gate:
    """ASGI middleware that answers in place of the app whoever has not signed in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or (scope["type"] == "http" and _OPEN.fullmatch(scope["path"])):
            await self.app(scope, receive, send)
            return
        try:
            visitor = await run_in_threadpool(visitor_of, scope)
            answer = _refusal(scope, visitor) if visitor.needed else None
        except AccessError as error:
            answer = PlainTextResponse(str(error), 503)
        if answer is not None:
            if answer.status_code == 403:
                await run_in_threadpool(refused.note, door.address_of(scope), "chưa đăng nhập", scope["path"])
            await answer(scope, receive, send)
            return
        if scope["type"] == "websocket":
            scope = _with_one_cookie(scope, visitor.token)
        await self.app(scope, receive, send)


def visitor_of(scope: Scope) -> Visitor:
    """Who sends a request. Raises AccessError."""
    token = cookies_of(scope).get(SECURE_COOKIE if is_secure(scope) else COOKIE)
    return Visitor(token, accounts.of_token(token), accounts.any_accounts())


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request."""
    return cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))


def is_secure(scope: Scope) -> bool:
    """Whether the browser asked over https: itself, or through what stands before us under a name of ours."""
    return scope["scheme"] in ("https", "wss") or Headers(scope=scope).get("host") in hosts.named()


def _refusal(scope: Scope, visitor: Visitor) -> Response | None:
    """The answer to a request that is not let in, or None."""
    path, account = scope["path"], visitor.account
    is_page = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and _PAGE.fullmatch(path)
    if account is None:
        if not is_page:
            return PlainTextResponse("Chưa đăng nhập, hoặc phiên làm việc đã hết. Tải lại trang để đăng nhập.", 403)
        asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        back = f"?tiep={quote(asked, safe='')}" if path not in ("/", f"/{SIGN_OUT}", f"/{CHANGE}") else ""
        return RedirectResponse(f"./{SIGN_IN}{back}", 303, {"Cache-Control": "no-store"})
    if path in (f"/{SIGN_OUT}", f"/{CHANGE}"):
        return None
    if account.must_change:
        if is_page:
            return RedirectResponse(f"./{CHANGE}", 303, {"Cache-Control": "no-store"})
        return PlainTextResponse("Đổi mật khẩu ban đầu trước khi dùng.", 403)
    if not _is_own(scope, account):
        return PlainTextResponse("Tệp hoặc trang này của tài khoản khác. Tải lại trang rồi thử lại.", 403)
    return None


def _is_own(scope: Scope, account: Account) -> bool:
    """Whether a file is asked for, sent to or a page taken over that is the account's own."""
    if media := _MEDIA.fullmatch(scope["path"]):
        file = PurePosixPath(media[1]).stem
        return opened.owner(file) == account.name or file in _shown_to(account.name)
    if upload := _UPLOAD.fullmatch(scope["path"]):
        return opened.owner(upload[1]) == account.name
    if scope["type"] == "websocket":
        # Streamlit's own protocol, its token, and the page whose connection was lost.
        said = [w.strip() for w in Headers(scope=scope).get("sec-websocket-protocol", "").split(",")]
        return len(said) < 3 or opened.owner(said[2]) in (None, account.name)
    return True


def _shown_to(account: str) -> set[str]:
    """The files on pages that an account has open, which Streamlit has no public list of."""
    by_page = get_instance().media_file_mgr._files_by_session_and_coord
    return {
        file for page, files in list(by_page.items()) if opened.owner(page) == account for file in [*files.values()]
    }


def _with_one_cookie(scope: Scope, token: str | None) -> Scope:
    """The websocket as the pages are to see it: of all cookies of a session the one that was looked at here."""
    scope = {**scope, "headers": list(scope["headers"])}
    others = [f"{n}={v}" for n, v in cookies_of(scope).items() if n not in (COOKIE, SECURE_COOKIE)]
    headers = MutableHeaders(scope=scope)
    del headers["cookie"]
    headers["cookie"] = "; ".join([*others, *([f"{COOKIE}={token}"] if token else [])])
    return scope
