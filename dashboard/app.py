"""The server around the pages: start page in Vietnamese, health check, calm errors; who is let in is `door.py`
and, with accounts, `gate.py`.

`streamlit run dashboard/app.py` starts it; one run of the pages themselves is `shell.py`.
"""

import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

import assets
import door
import gate
import sign_in
from access.keeping import keeper
from core import store
from screen.markdown import escaped

TITLE = "Chuẩn cán bộ, công chức cấp xã"
ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>"
    "<rect width='16' height='16' rx='3' fill='%231f4e8c'/>"
    "<path d='M4 8.5l3 3 5-6' fill='none' stroke='%23fff' stroke-width='2'/></svg>"
)
BROWSER = Path(__file__).parent / "browser"
NOT_CACHED = {"Cache-Control": "no-cache"}


class PageName(Convertor[str]):
    """Where a page lives: at most one segment without a dot."""

    regex = "[a-z0-9-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", PageName())


def vietnamese_start_page(html: str) -> str:
    """Return Streamlit's index.html with our language, title, icon, labels and style, and no inline script.

    The icon is not a "shortcut icon", so that Streamlit leaves it alone: for a page with a Material icon it
    would fetch one from fonts.gstatic.com. Raises RuntimeError when a part to replace is not there exactly
    once, so that an upgrade of Streamlit cannot lose one unnoticed.
    """
    for pattern, replacement in (
        (r'<html lang="en">', '<html lang="vi">'),
        (r"<title>.*?</title>", f"<title>{TITLE}</title>"),
        (r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="{ICON}">'),
        (r'<link rel="service-desc"[^>]*>', f'<link rel="stylesheet" href="./interface.css">{assets.preloads(html)}'),
        (r"<script>.*?</script>", '<script src="./fixes.js"></script><script src="./translate.js"></script>'),
        (r"<noscript>.*?</noscript>", "<noscript>Trang này cần JavaScript. Hãy bật rồi tải lại.</noscript>"),
    ):
        html, found = re.subn(pattern, replacement, html, flags=re.DOTALL)
        if found != 1:
            raise RuntimeError(f"Streamlit {st.__version__}: {pattern} found {found} times in index.html")
    return html


START_PAGE = vietnamese_start_page((assets.STREAMLIT / "index.html").read_text("utf-8"))


async def start_page(_request: Request) -> HTMLResponse:
    """Serve the start page at every page's address."""
    return HTMLResponse(START_PAGE, headers=NOT_CACHED)


async def to_default_page(request: Request) -> RedirectResponse:
    """Lead the address that the first page would have by its name to the only one Streamlit knows it by."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", headers=NOT_CACHED)


async def browser_file(request: Request) -> FileResponse:
    """Serve a file of `browser/`, asked for anew at each load so that an upgrade shows at once."""
    return FileResponse(BROWSER / request.url.path.rpartition("/")[2], headers=NOT_CACHED)


def health(_request: Request) -> PlainTextResponse:
    """Answer 200 "ok" when the store answers a query, otherwise 503 with one Vietnamese sentence.

    Whoever asks need not be signed in, so the sentence names no file: why is said on the pages and in the log.
    """
    try:
        store.open_store().ping()
    except store.StoreError as error:
        print(error, file=sys.stderr, flush=True)
        return PlainTextResponse("Kho số liệu không trả lời. Mở chương trình để xem vì sao.", status_code=503)
    return PlainTextResponse("ok")


def show_error(error: Exception) -> bool:
    """Say in one sentence what happened and what to do; Streamlit has already logged the traceback."""
    if isinstance(error, store.StoreError):
        st.error(escaped(str(error)))
    else:
        st.error(
            "Chương trình gặp lỗi nên chưa hiện được phần này. Hãy tải lại trang (F5); nếu vẫn lỗi, "
            "báo người quản trị xem nhật ký của máy chủ."
        )
    return True


def _check_store() -> None:
    try:
        store.open_store().ping()
    except store.StoreError as error:
        print(error, file=sys.stderr)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Print where the app is, and at once what keeps the store from opening, if anything does.

    However the server ends in the ordinary way, what was recorded is in the file of the store then. Backups are made
    as long as it runs.
    """
    if hasattr(signal, "SIGHUP"):  # the window it runs in was closed: an end like any other
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    name = "[::1]" if (address := st.get_option("server.address")) == "::1" else address
    opened = f"http://{name}:{st.get_option('server.port')}"
    print(f"Mở {opened} trong trình duyệt. Dừng: Ctrl+C.", file=sys.stderr, flush=True)
    await run_in_threadpool(_check_store)
    keeper.start()
    try:
        yield None
    finally:
        await run_in_threadpool(keeper.stop)
        await run_in_threadpool(store.close_stores)


async def letters(_request: Request) -> FileResponse:
    """Serve Streamlit's letters to the pages that come without it."""
    return FileResponse(LETTERS, headers={"Cache-Control": assets.FOR_GOOD})


[LETTERS] = (assets.STREAMLIT / "static" / "media").glob("SourceSansVF-Upright.*.woff2")
door.check_address(st.get_option("server.address"))
door.make_room()
forms = sign_in.Pages(TITLE, ICON)
app = st.App(
    "shell.py",
    routes=[
        Route("/suc-khoe", health),
        *(Route(f"/{file.name}", browser_file) for file in BROWSER.iterdir()),
        Route("/letters.woff2", letters),
        Route(f"/{gate.SIGN_IN}", forms.sign_in, methods=["GET", "POST"]),
        Route(f"/{gate.CHANGE}", forms.change, methods=["GET", "POST"]),
        Route(f"/{gate.SIGN_OUT}", forms.sign_out, methods=["GET", "POST"]),
        Route("/tong-quan", to_default_page),
        Route("/{page:page}", start_page),
    ],
    lifespan=lifespan,
    middleware=[
        Middleware(door.SecurityHeaders),
        Middleware(door.Door),
        Middleware(gate.Gate),
        Middleware(assets.Assets),
    ],
    on_script_error=show_error,
)
