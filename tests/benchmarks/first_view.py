"""What a browser has to do until the first page stands, beside a bare Streamlit page with one chart and one table.

python tests/benchmarks/first_view.py [--times 3]     also a part of make bench

A row a visit, the first of a new browser and the second of the same: milliseconds until the sentence, the numbers and
the chart can be seen, requests, bytes on the wire, messages of the page.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in ("dashboard", "tests", "sample_data"):
    sys.path.insert(0, str(ROOT / folder))

from playwright.sync_api import Browser, BrowserContext, sync_playwright  # noqa: E402

from browser.driving import CHROMIUM, CHROMIUM_ARGS, serve, wait_for_server  # noqa: E402
from opening import new_store  # noqa: E402

BARE = """
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

rows = pd.DataFrame({"x": range(11), "y": range(11)})
st.header("11 of 11")
st.plotly_chart(go.Figure(go.Bar(x=rows.x, y=rows.y)))
st.dataframe(rows)
"""
SEEN = {"sentence": "h2", "numbers": '[data-testid="stMetric"]', "chart": ".js-plotly-plot .bars"}
PATIENCE = 60_000
# Milliseconds since the page was asked for at which each can first be seen; looked at as often as it is drawn.
WATCH = """(seen) => {
    window.seenAt = {};
    const look = () => {
        for (const [name, what] of Object.entries(seen))
            if (!(name in window.seenAt) && document.querySelector(what)?.getBoundingClientRect().height)
                window.seenAt[name] = performance.now();
        requestAnimationFrame(look);
    };
    look();
}"""


def visit(context: BrowserContext, url: str, seen: dict[str, str]) -> dict[str, float]:
    """One visit of a page."""
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    counted = {"requests": 0.0, "kB": 0.0, "messages": 0.0}

    def add(what: str, more: float) -> None:
        counted[what] += more

    wire.on("Network.loadingFinished", lambda told: add("kB", told["encodedDataLength"] / 1024))
    page.on("request", lambda _: add("requests", 1))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda _: add("messages", 1)))
    page.add_init_script(f"({WATCH})({seen!r})")
    page.goto(url)
    page.wait_for_function(f"() => Object.keys(window.seenAt ?? {{}}).length === {len(seen)}", timeout=PATIENCE)
    times = page.evaluate("window.seenAt")
    page.wait_for_timeout(500)
    page.close()
    return {**times, **counted}


def visits(browser: Browser, url: str, seen: dict[str, str]) -> Iterator[tuple[str, dict[str, float]]]:
    """The first visit of a new browser, and the second."""
    context = browser.new_context()
    for which in ("cold", "warm"):
        yield which, visit(context, url, seen)
    context.close()


@contextmanager
def serve_bare(folder: Path) -> Iterator[str]:
    """The bare page in a server of its own."""
    script, url = folder / "bare.py", "http://127.0.0.1:8599"
    script.write_text(BARE, encoding="utf-8")
    flags = ["--server.port", "8599", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1", *flags],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        wait_for_server(f"{url}/_stcore/health", server)
        yield url
    finally:
        server.terminate()
        server.wait()


def report(times: int) -> None:
    """Print the medians of so many visits of each page, ours and the bare one in turns."""
    found: dict[tuple[str, str], list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        store = Path(name) / "can-bo.duckdb"
        new_store.create(str(store), sample=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        bare = {k: v for k, v in SEEN.items() if k != "numbers"}
        with serve(store) as ours, serve_bare(Path(name)) as other:
            for _ in range(times):
                for page, url, seen in (("bare", other, bare), ("ours", ours, SEEN)):
                    for which, told in visits(browser, url, seen):
                        found.setdefault((which, page), []).append(told)
        browser.close()
    print("visit  page  ", *(f"{c:>9}" for c in ("sentence", "numbers", "chart", "requests", "kB", "messages")))
    for (which, page), told in sorted(found.items()):
        columns = ("sentence", "numbers", "chart", "requests", "kB", "messages")
        middle = {c: statistics.median(t.get(c, float("nan")) for t in told) for c in columns}
        numbers = " ".join(f"{middle[c]:>{w}.0f}" for c, w in zip(columns, (9, 8, 8, 9, 8, 9), strict=True))
        print(f"{which:<6} {page:<6} {numbers}", flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--times", type=int, default=3)
    report(arguments.parse_args().times)
