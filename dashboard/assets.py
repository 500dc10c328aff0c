"""Streamlit's scripts and styles as this server sends them: packed once, kept by the browser for good, ours in place of
one of its own."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

STREAMLIT = Path(st.__file__).parent / "static"
# The name of each says which build it is of.
_STATIC = re.compile(r"/static/(?:js|css)/([\w.-]+\.(?:js|css))$")
# Windows may know scripts by another name.
_TYPES = {".js": "text/javascript", ".css": "text/css"}
FOR_GOOD = "public, max-age=31536000, immutable"
# What the pages draw with, the heaviest last; Streamlit would ask for each only when the first of its kind is to be
# drawn, and then for what that needs in turn.
_SOON = (
    *("Metric", "PageLink", "DateInput", "ButtonGroup", "Multiselect", "TextInput", "DownloadButton", "FileUploader"),
    *("withFullScreenWrapper", "DataFrame", "PlotlyChart"),
)
_IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
# Scripts begin with what they import.
_HEAD = 20_000


def blind_to_accents(script: str) -> str:
    """Return the script with which Streamlit narrows a list of choices, so that "ho thi" finds "Hồ Thị".

    It compares small letters, here without their accents (Streamlit 1.67 has no setting for it). Raises RuntimeError
    when it no longer does so in the places known, so that an upgrade of Streamlit cannot lose it unnoticed.
    """
    plain = '.normalize("NFD").replace(/[\\u0300-\\u036f]/g,"").toLowerCase().replaceAll("đ","d")'
    places = script.count(".toLowerCase()")
    if places != 7 or "FILTER_MODE_FUZZY" not in script:
        raise RuntimeError(f"Streamlit {st.__version__}: {places} comparisons found in the script of choices")
    return script.replace(".toLowerCase()", plain)


def _script(name: str) -> Path:
    [file] = (STREAMLIT / "static" / "js").glob(f"{name}.*.js")
    return file


def _needed(file: Path, known: set[str]) -> Iterator[Path]:
    """A script and all that it imports, but for what is known already."""
    if file.name in known:
        return
    known.add(file.name)
    with file.open(encoding="utf-8") as script:
        for name in _IMPORTED.findall(script.read(_HEAD)):
            yield from _needed(file.with_name(name), known)
    yield file


def preloads(start_page: str) -> str:
    """Links that have the browser fetch what the pages draw with while it starts, beside what `start_page` asks for."""
    known = {name.rpartition("/")[2] for name in re.findall(r'"([^"]+\.js)"', start_page)}
    files = [file for name in _SOON for file in _needed(_script(name), known)]
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{file.name}">' for file in files
    )


CHOICES = _script("useSyncComboBoxEnterTargetFocus")
CHOOSING = blind_to_accents(CHOICES.read_text("utf-8"))


class Assets:
    """ASGI middleware that answers for Streamlit's scripts and styles.

    Streamlit sends them as they lie on the disk, ten megabytes for the first page; packed they are three. Each is
    packed when it is first asked for and kept, a few megabytes of all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._packed: dict[str, asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = _STATIC.search(scope["path"]) if scope["type"] == "http" else None
        file = STREAMLIT / "static" / Path(asked[1]).suffix[1:] / asked[1] if asked else None
        answer = await self._answer(file, Headers(scope=scope)) if file and file.is_file() else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, file: Path, headers: Headers) -> Response | None:
        ours = file == CHOICES
        packed = "gzip" in headers.get("accept-encoding", "")
        if not packed and not ours:
            return None
        # Ours has the name of Streamlit's own and may be another with the next version of the program.
        said = {"Cache-Control": "no-cache" if ours else FOR_GOOD, "Vary": "Accept-Encoding"}
        if ours:
            said["ETag"] = f'"{hashlib.sha256(CHOOSING.encode()).hexdigest()}"'
            if headers.get("if-none-match") == said["ETag"]:
                return Response(status_code=304, headers=said)
        if packed:
            said["Content-Encoding"] = "gzip"
        return Response(await self._body(file, packed), media_type=_TYPES[file.suffix], headers=said)

    async def _body(self, file: Path, packed: bool) -> bytes:
        if not packed:
            return _plain(file)
        if file.name not in self._packed:
            self._packed[file.name] = asyncio.ensure_future(run_in_threadpool(_pack, file))
        return await asyncio.shield(self._packed[file.name])


def _plain(file: Path) -> bytes:
    return CHOOSING.encode() if file == CHOICES else file.read_bytes()


def _pack(file: Path) -> bytes:
    return gzip.compress(_plain(file), 6, mtime=0)
