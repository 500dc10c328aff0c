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
# Asks for Streamlit's own script where ours stands in its place.
_ITSELF = "itself"
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
    asked = [f"{file.name}?{_ITSELF}" if file.name.startswith("PlotlyChart.") else file.name for file in files]
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{name}">' for name in asked
    )


def after_the_page(name: str, script: str) -> str:
    """Return a script that gives what another gives, which it loads when the page that is being made stands.

    To run the code of the charts takes a second in which nothing else is drawn, so that the numbers of the first page
    would wait for it. Who asks for the other with `_ITSELF` gets it. Raises RuntimeError when the names it gives are
    not found.
    """
    exported = re.search(r"export\{([\w$ ,]+)\};?\s*$", script)
    if not exported:
        raise RuntimeError(f"Streamlit {st.__version__}: {name} does not end with what it exports")
    names = [given.split(" as ")[-1].strip() for given in exported[1].split(",")]
    given = "".join(
        "export default script.default;\n" if n == "default" else f"export const {n} = script.{n};\n" for n in names
    )
    return f"""const latest = performance.now() + 8000;
await new Promise((resolve) => {{
  const look = () => {{
    const page = document.querySelector('[data-testid="stApp"]');
    const made = page?.dataset.testScriptState === "notRunning" || performance.now() > latest;
    // What is made is drawn before the browser has nothing else to do.
    made ? requestIdleCallback(resolve, {{ timeout: 3000 }}) : setTimeout(look, 20);
  }};
  look();
}});
const script = await import("./{name}?{_ITSELF}");
{given}"""


CHOICES, CHART = _script("useSyncComboBoxEnterTargetFocus"), _script("PlotlyChart")
OURS = {
    CHOICES: blind_to_accents(CHOICES.read_text("utf-8")),
    CHART: after_the_page(CHART.name, CHART.read_text("utf-8")),
}


class Assets:
    """ASGI middleware that answers for Streamlit's scripts and styles.

    Streamlit sends them as they lie on the disk, ten megabytes for the first page; packed they are three. Each is
    packed when it is first asked for and kept, a few megabytes of all.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._packed: dict[tuple[str, bool], asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asked = _STATIC.search(scope["path"]) if scope["type"] == "http" else None
        file = STREAMLIT / "static" / Path(asked[1]).suffix[1:] / asked[1] if asked else None
        itself = scope.get("query_string") == _ITSELF.encode()
        answer = await self._answer(file, Headers(scope=scope), itself) if file and file.is_file() else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, file: Path, headers: Headers, itself: bool) -> Response | None:
        ours = None if itself else OURS.get(file)
        packed = "gzip" in headers.get("accept-encoding", "")
        if not packed and ours is None:
            return None
        # Ours has the name of Streamlit's own and may be another with the next version of the program.
        said = {"Cache-Control": FOR_GOOD if ours is None else "no-cache", "Vary": "Accept-Encoding"}
        if ours is not None:
            said["ETag"] = f'"{hashlib.sha256(ours.encode()).hexdigest()}"'
            if headers.get("if-none-match") == said["ETag"]:
                return Response(status_code=304, headers=said)
        if packed:
            said["Content-Encoding"] = "gzip"
        return Response(await self._body(file, ours, packed), media_type=_TYPES[file.suffix], headers=said)

    async def _body(self, file: Path, ours: str | None, packed: bool) -> bytes:
        if not packed and ours is not None:
            return ours.encode()
        key = (file.name, ours is None)
        if key not in self._packed:
            self._packed[key] = asyncio.ensure_future(run_in_threadpool(_pack, file, ours))
        return await asyncio.shield(self._packed[key])


def _pack(file: Path, ours: str | None) -> bytes:
    return gzip.compress(file.read_bytes() if ours is None else ours.encode(), 6, mtime=0)
