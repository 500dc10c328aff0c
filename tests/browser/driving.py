"""Driving the app from outside: a server in a process of its own, plain requests, notes on what pages do."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

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


@contextmanager
def serve(store: Path, **environment: str) -> Iterator[str]:
    """Run the app over a store until the block ends; yields its address. The log lies beside the store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = store.with_suffix(".log")
    url = f"http://127.0.0.1:{port}"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "DASHBOARD_STORE": str(store), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                ask(f"{url}/suc-khoe")
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"The server did not start:\n{log.read_text()}") from None
                time.sleep(0.05)
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
