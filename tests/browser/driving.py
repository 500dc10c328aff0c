"""Driving the app from outside: a server in a process of its own, plain requests, notes on what pages do."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

CHROMIUM = "/usr/bin/chromium"
# The last ones keep Chromium itself from calling home, so that what is left are the pages' own requests.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
# Streamlit is between two runs for an instant now and then; a page at rest stays so for this long.
REST_MILLISECONDS = 300
# The way back is told to the server by the browser; a busy machine takes its time to answer.
BACK_MILLISECONDS = 1_000

IS_AT_REST = """(rest) => {
    // A click on what is still sliding open may land beside it.
    const moving = (a) => a.playState === "running" && a.effect?.getComputedTiming().iterations !== Infinity;
    const atRest = !document.getAnimations().some(moving) &&
        document.querySelector(
            '[data-testid="stApp"][data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
        ) !== null && document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]') === null;
    window.atRestSince = atRest ? (window.atRestSince ?? performance.now()) : undefined;
    return atRest && performance.now() - window.atRestSince >= rest;
}"""


def ask(url: str) -> tuple[int, dict[str, str], str]:
    """GET an address of our own server, past any proxy: status, headers in lower case, body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=START_SECONDS)
    try:
        connection.request("GET", parts.path or "/")
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def wait_for_server(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until an address is answered; raises RuntimeError where the server ends before, or never answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            ask(address)
            return
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The server did not start") from None
            time.sleep(0.05)


def run(opened: ClientConnection) -> tuple[str, str]:
    """Have the page run: the number of its session, and all that was drawn."""
    opened.send(BackMsg(rerun_script=ClientState()).SerializeToString())
    number, drawn = "", ""
    while True:
        said = ForwardMsg.FromString(opened.recv(START_SECONDS, decode=False))
        if said.HasField("new_session"):
            number = str(said.new_session.initialize.session_id)
        drawn += str(said.delta)
        if said.HasField("script_finished"):
            return number, drawn


@contextmanager
def serve(store: Path, **environment: str) -> Iterator[str]:
    """Run the app over a store until the block ends; yields its address. The log lies beside the store.

    No backups are made meanwhile unless the environment says where.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = store.with_suffix(".log")
    url = f"http://127.0.0.1:{port}"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DASHBOARD_STORE": str(store), "DASHBOARD_BACKUP": "off", **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        try:
            wait_for_server(f"{url}/suc-khoe", server)
        except RuntimeError as error:
            raise RuntimeError(f"{error}:\n{log.read_text()}") from None
        yield url
    finally:
        server.terminate()
        server.wait()


@dataclass
class Recorded:
    """What the pages of one test asked for, sockets included, and what the browser complained about."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def abroad(self) -> list[str]:
        """Requests that left this machine."""
        own = ("data:", "blob:", "http://127.0.0.1:", "ws://127.0.0.1:")
        return [url for url in self.requests if not url.startswith(own)]


def settle(page: Page, rest: int = REST_MILLISECONDS) -> Page:
    """Wait until Streamlit has run the script and drawn all of it; returns the page."""
    page.evaluate("window.atRestSince = undefined")
    page.wait_for_function(IS_AT_REST, arg=rest)
    return page


def back(page: Page) -> Page:
    """The browser's way back, until the view before is drawn."""
    page.go_back()
    return settle(page, BACK_MILLISECONDS)


def click_middle(page: Page, shape: Locator) -> None:
    """Plotly lays one sheet over a chart that takes the clicks for all its shapes."""
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


def chart(page: Page, name: str) -> Locator:
    return page.locator(f'[class*="st-key-{name}"] .js-plotly-plot')


# Words of Streamlit's, React Aria's and Plotly's own labels; none is a Vietnamese syllable.
ENGLISH = re.compile(
    r"\b(add|app|apply|axes|browse|choose|clear|close|collapse|column|columns|copy|date|day|decrement|deploy"
    r"|download|drag|drop|expand|file|files|fullscreen|heading|hide|increment|link|made|month|navigation|open"
    r"|option|options|page|pages|plot|press|previous|next|print|record|rerun|reset|results|running|screen|search"
    r"|select|settings|show|sidebar|skip|sort|stop|streamlit|theme|upload|view|year|zoom"
    r"|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)

# Texts and spoken labels of everything but code, icon names (drawn as pictures) and cells with data.
LABELS = """() => {
    const skipped =
        'code, pre, script, style, noscript, td, [role="gridcell"], [role="img"], [data-testid="stIconMaterial"]';
    const labels = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
        if (!texts.currentNode.parentElement.closest(skipped)) labels.push(texts.currentNode.data.trim());
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            labels.push(element.getAttribute(name) ?? '');
    return labels.filter((label) => label !== '');
}"""


def english(page: Page) -> list[str]:
    return [label for label in page.evaluate(LABELS) if ENGLISH.search(label)]
