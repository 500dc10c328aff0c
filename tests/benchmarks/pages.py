"""What each page costs the server on the sample: a first run, the same again, and what of it is spent in queries.

python tests/benchmarks/pages.py [--profile PAGE]     also a part of make bench
"""

import argparse
import cProfile
import logging
import os
import pstats
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
for folder in ("dashboard", "tests", "sample_data"):
    sys.path.insert(0, str(ROOT / folder))

from streamlit.runtime.scriptrunner import script_runner  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402
from streamlit.util import calc_hash  # noqa: E402

from core import store as engine  # noqa: E402

SHELL = ROOT / "dashboard" / "shell.py"
TIMES = 3


class Clock:
    """Seconds of the processor that one run of the pages takes, and how many of them the store."""

    def __init__(self) -> None:
        self.run = self.queries = 0.0
        self.asked = 0
        self.profile: cProfile.Profile | None = None

    def around_run(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            if self.profile:
                self.profile.enable()
            start = time.thread_time()
            try:
                return run(*args, **kwargs)
            finally:
                self.run = time.thread_time() - start
                if self.profile:
                    self.profile.disable()

        return timed

    def around_query(self, fetch: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.thread_time()
            try:
                return fetch(*args, **kwargs)
            finally:
                self.queries += time.thread_time() - start
                self.asked += 1

        return timed

    def start(self) -> None:
        self.run = self.queries = 0.0
        self.asked = 0


def pages() -> dict[str, str]:
    """Where each page lives, by its folder."""
    return dict(re.findall(r'PageRow\(\s*"(\w+)", "[^"]+", "([^"]*)"', SHELL.read_text(encoding="utf-8")))


def report(names: list[str], profile: bool = False) -> None:
    """Print milliseconds of the processor per run, a row a page; with `profile`, where they go."""
    logging.disable(logging.WARNING)
    clock = Clock()
    script_runner.exec_func_with_error_handling = clock.around_run(script_runner.exec_func_with_error_handling)
    engine.Store.fetch = clock.around_query(engine.Store.fetch)  # type: ignore[method-assign]
    engine.Supposed._answer = clock.around_query(engine.Supposed._answer)  # type: ignore[method-assign]
    print(f"{'page':<14} {'first':>9} {'queries':>9} {'asked':>6} {'again':>9} {'queries':>9} {'asked':>6}   ms")
    for name, path in pages().items():
        if names and name not in names:
            continue
        first, again = [], []
        for _ in range(TIMES):
            engine.open_store().forget_answers()
            app = AppTest.from_file(str(SHELL), default_timeout=300)
            app._page_hash = calc_hash(path)
            for times in (first, again):
                clock.start()
                app.run()
                times.append((clock.run, clock.queries, clock.asked))
        if profile:
            engine.open_store().forget_answers()
            for said in ("FIRST", "AGAIN"):
                clock.profile = cProfile.Profile()
                app.run()
                print(said)
                pstats.Stats(clock.profile).sort_stats("cumulative").print_stats(70)
                clock.profile = None
        middle = [[statistics.median(column) for column in zip(*times, strict=True)] for times in (first, again)]
        print(
            f"{name:<14}",
            *(f"{run * 1000:>9.0f} {queries * 1000:>9.0f} {asked:>6.0f}" for run, queries, asked in middle),
            flush=True,
        )
    engine.close_stores()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pages", nargs="*")
    arguments.add_argument("--profile", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DASHBOARD_STORE", str(Path(folder) / "can-bo.duckdb"))
        if not Path(os.environ["DASHBOARD_STORE"]).exists():
            from opening import new_store

            new_store.create(os.environ["DASHBOARD_STORE"], sample=True)
        report(chosen.pages, chosen.profile)
