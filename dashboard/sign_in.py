"""The pages to sign in, change one's password and sign out: plain forms without a script, no Streamlit."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import door
import gate
from access import accounts, passwords
from access.book import AccessError

NO_STORE = {"Cache-Control": "no-store"}
# A form's own cookie, of who has no session yet.
_FORM_COOKIE = "bieu-mau"
_LONGEST_FORM, _PATIENCE = 16_384, 15
# Each password takes a while to be looked at: so many may wait, who comes then is told to come back.
_MOST_WAITING = 12
_waiting = [0]
_NEXT = re.compile(r"/([a-z0-9-]*)(\?[^#\s\\]*)?")

_PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {product}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="./sign-in.css">
</head>
<body>
<main>
<p class="product"><img src="{icon}" alt="" width="28" height="28">{product}</p>
<h1>{title}</h1>
{said}
<form method="post" action="./{action}">
<input type="hidden" name="dau" value="{seal}">
{fields}
</form>
{foot}
</main>
</body>
</html>
"""


class Pages:
    """The handlers of the three pages; `product` and `icon` are the program's name and picture."""

    def __init__(self, product: str, icon: str) -> None:
        self._frame = {"product": escape(product), "icon": escape(icon)}

    async def sign_in(self, request: Request) -> Response:
        """Show the form, or take it: then a new session begins under a token of its own."""
        visitor = await _visitor(request)
        if not visitor.needed or visitor.account:
            return _to("./")
        name = back = ""
        if request.method == "POST":
            form = await _form(request)
            name, back = form.get("ten", "")[:64], form.get("tiep", "")
            if not _sealed(form, request.cookies.get(_form_cookie(request))):
                return self._sign_in(request, "Trang đã mở quá lâu. Đăng nhập lại.", name, back)
            try:
                token = await _patiently(
                    accounts.sign_in, name, form.get("mat-khau", ""), door.address_of(request.scope)
                )
            except AccessError as error:
                return self._sign_in(request, str(error), name, back)
            found = _NEXT.fullmatch(back)
            return _with_session(_to(f"./{found[1]}{found[2] or ''}" if found else "./"), request, token)
        return self._sign_in(request, "", name, request.query_params.get("tiep", ""))

    async def change(self, request: Request) -> Response:
        """Show the form to change one's own password, or take it: all sessions end and a new one begins."""
        visitor = await _visitor(request)
        if visitor.account is None or visitor.token is None:
            return _to("./")
        error = ""
        if request.method == "POST":
            form = await _form(request)
            new = form.get("moi", "")
            if not _sealed(form, visitor.token):
                error = "Trang đã mở quá lâu. Nhập lại."
            elif new != form.get("lai", ""):
                error = "Hai lần gõ mật khẩu mới không giống nhau. Nhập lại."
            else:
                try:
                    told = (visitor.token, form.get("cu", ""), new, door.address_of(request.scope))
                    return _with_session(_to("./"), request, await _patiently(accounts.change_password, *told))
                except AccessError as refusal:
                    error = str(refusal)
        must = "Đây là lần đăng nhập đầu tiên: đặt mật khẩu của riêng mình trước khi dùng."
        fields = (
            _field("cu", "Mật khẩu đang dùng", "current-password", focus=True)
            + _field("moi", "Mật khẩu mới", "new-password", hint=_HINT)
            + _field("lai", "Gõ lại mật khẩu mới", "new-password")
            + '<button type="submit">Đổi mật khẩu</button>'
        )
        if not visitor.account.must_change:
            must, fields = "", fields + '<a class="other" href="./">Quay lại</a>'
        return self._page("Đổi mật khẩu", gate.CHANGE, fields, visitor.token, error, must)

    async def sign_out(self, request: Request) -> Response:
        """Ask where to sign out, here or everywhere, and do so."""
        visitor = await _visitor(request)
        if visitor.account is None or visitor.token is None:
            return _to("./")
        error = ""
        if request.method == "POST":
            form = await _form(request)
            if _sealed(form, visitor.token):
                name = visitor.account.name
                if form.get("noi") == "moi-noi":
                    await run_in_threadpool(accounts.sign_out_everywhere, name, name)
                else:
                    await run_in_threadpool(accounts.sign_out, visitor.token)
                answer = _to(f"./{gate.SIGN_IN}")
                answer.delete_cookie(_cookie(request), httponly=True, samesite="strict", secure=_secure(request))
                return answer
            error = "Trang đã mở quá lâu. Bấm lại."
        fields = (
            '<button type="submit" name="noi" value="day">Đăng xuất</button>'
            '<button type="submit" name="noi" value="moi-noi" class="second">Đăng xuất khỏi mọi máy</button>'
            '<a class="other" href="./">Quay lại</a>'
        )
        who = f"Đang dùng tài khoản {visitor.account.name} của {visitor.account.full_name}."
        return self._page("Đăng xuất", gate.SIGN_OUT, fields, visitor.token, error, who)

    def _sign_in(self, request: Request, error: str, name: str, back: str) -> Response:
        nonce = secrets.token_urlsafe(24)
        fields = (
            f'<input type="hidden" name="tiep" value="{escape(back if _NEXT.fullmatch(back) else "")}">'
            + _field("ten", "Tên đăng nhập", "username", value=name, focus=not name)
            + _field("mat-khau", "Mật khẩu", "current-password", focus=bool(name))
            + '<button type="submit">Đăng nhập</button>'
        )
        answer = self._page("Đăng nhập", gate.SIGN_IN, fields, nonce, error, foot=_FORGOTTEN)
        secure = _secure(request)
        answer.set_cookie(_form_cookie(request), nonce, httponly=True, samesite="strict", secure=secure)
        return answer

    def _page(
        self, title: str, action: str, fields: str, secret: str, error: str, note: str = "", foot: str = ""
    ) -> Response:
        said = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
        said += f"<p>{escape(note)}</p>" if note else ""
        parts = {"title": title, "action": action, "fields": fields, "said": said, "seal": _seal(secret), "foot": foot}
        return HTMLResponse(_PAGE.format(**self._frame, **parts), 403 if error else 200, NO_STORE)


_FORGOTTEN = '<p class="foot">Quên mật khẩu: nhờ người quản trị đặt lại.</p>'
_HINT = f"Ít nhất {passwords.SHORTEST} ký tự; một câu ngắn của riêng mình là dễ nhớ nhất."


def _field(name: str, title: str, kind: str, *, value: str = "", hint: str = "", focus: bool = False) -> str:
    hidden = "text" if kind == "username" else "password"
    more = ' autocapitalize="none" spellcheck="false" maxlength="64"' if kind == "username" else ""
    more += f' aria-describedby="{name}-hint"' if hint else ""
    more += " autofocus" if focus else ""
    under = f'<p class="hint" id="{name}-hint">{escape(hint)}</p>' if hint else ""
    return (
        f'<label for="{name}">{escape(title)}</label><input id="{name}" name="{name}" type="{hidden}" required '
        f'autocomplete="{kind}" value="{escape(value)}"{more}>{under}'
    )


async def _visitor(request: Request) -> gate.Visitor:
    try:
        return await run_in_threadpool(gate.visitor_of, request.scope)
    except AccessError as error:
        raise HTTPException(503, str(error)) from error


async def _patiently(work: Callable[..., str], *told: Any) -> str:
    """Have a password looked at beside the server's one loop. Raises AccessError, also where too many are waiting."""
    if _waiting[0] >= _MOST_WAITING:
        raise AccessError("Nhiều người đang đăng nhập cùng lúc. Đợi một phút rồi thử lại.")
    _waiting[0] += 1
    try:
        return await run_in_threadpool(work, *told)
    finally:
        _waiting[0] -= 1


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form; none of one that is too long, too slow or written otherwise than browsers do."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        return {}
    body = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > _LONGEST_FORM:
                    return {}
    except TimeoutError:
        return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[-1] for name, values in fields.items()}


def _seal(secret: str) -> str:
    """What a form carries to show that it was filled in on our own page: only who has the cookie can tell it."""
    return hashlib.sha256(f"bieu-mau {secret}".encode()).hexdigest()


def _sealed(form: dict[str, str], secret: str | None) -> bool:
    return bool(secret) and passwords.same(form.get("dau", ""), _seal(str(secret)))


def _to(place: str) -> RedirectResponse:
    return RedirectResponse(place, 303, NO_STORE)


def _with_session(answer: Response, request: Request, token: str) -> Response:
    answer.set_cookie(_cookie(request), token, httponly=True, samesite="strict", secure=_secure(request))
    answer.delete_cookie(_form_cookie(request), httponly=True, samesite="strict", secure=_secure(request))
    return answer


def _secure(request: Request) -> bool:
    return gate.is_secure(request.scope)


def _cookie(request: Request) -> str:
    return gate.SECURE_COOKIE if _secure(request) else gate.COOKIE


def _form_cookie(request: Request) -> str:
    return f"__Host-{_FORM_COOKIE}" if _secure(request) else _FORM_COOKIE
