"""Many readers at once: each opens pages and filters them at random over a websocket, as browsers do, while lists of
twenty people are recorded and undone in one real browser.

python tests/benchmarks/sessions.py [--sessions 1 10 50] [--seconds 60] [--no-import]     also a part of make bench

Only this machine is asked, each reader ends after its time. What is printed per number of sessions: pages a second,
milliseconds until a page was made (half of them, 95 of 100), error pages, memory of the server.
"""

import argparse
import asyncio
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
for folder in ("dashboard", "tests", "sample_data"):
    sys.path.insert(0, str(ROOT / folder))

import websockets  # noqa: E402
import xlsxwriter  # noqa: E402
from playwright.async_api import async_playwright  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402

from browser.driving import serve  # noqa: E402

LONGEST_PAUSE = 10.0
# What leaders and officers open; the pages of the officer alone are opened less often.
OFTEN = ("Tổng quan", "Chưa đạt chuẩn", "Diễn biến", "Cơ cấu đội ngũ", "Tinh giản biên chế")
FILTERS = ("filter-groups", "filter-communes", "filter-posts", "filter-criteria")


@dataclass
class Counted:
    """Seconds by what was done, and what pages said that was no answer."""

    opened: list[float] = field(default_factory=list)
    turned: list[float] = field(default_factory=list)
    filtered: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Client:
    """One reader: what its page offers, and what it has chosen there."""

    def __init__(self, counted: Counted, chance: random.Random) -> None:
        self.counted, self.chance = counted, chance
        self.pages: dict[str, str] = {}
        self.offered: dict[str, tuple[str, list[str]]] = {}
        self.chosen: dict[str, list[str]] = {}
        self.page, self.query = "", ""

    async def read(self, url: str, until: float) -> None:
        """Open the first page, then turn pages and filter them until the time is over."""
        await asyncio.sleep(self.chance.uniform(0, LONGEST_PAUSE))
        parts = urlsplit(url)
        start = time.perf_counter()
        address, origin = f"ws://{parts.netloc}/_stcore/stream", f"http://{parts.netloc}"
        as_browsers = {"subprotocols": ["streamlit"], "max_size": None, "ping_timeout": None}
        async with websockets.connect(address, origin=origin, **as_browsers) as self.socket:
            await self._run()
            self.counted.opened.append(time.perf_counter() - start)
            while time.monotonic() < until:
                await asyncio.sleep(self.chance.uniform(0, LONGEST_PAUSE))
                start = time.perf_counter()
                if self.chance.random() < 0.5:
                    await self._filter()
                    self.counted.filtered.append(time.perf_counter() - start)
                else:
                    often = self.chance.random() < 0.7
                    title = self.chance.choice(OFTEN if often else list(self.pages))
                    self.page = self.pages.get(title, self.page)
                    await self._run()
                    self.counted.turned.append(time.perf_counter() - start)

    async def _filter(self) -> None:
        kind = self.chance.choice([name for name in FILTERS if name in self.offered])
        _, options = self.offered[kind]
        self.chosen[kind] = [] if self.chosen.get(kind) else [self.chance.choice(options)]
        await self._run()

    async def _run(self) -> None:
        """Ask for a run as the browser does and take in what comes until it is over."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        for kind, values in self.chosen.items():
            widget = state.widget_states.widgets.add()
            widget.id = self.offered[kind][0]
            widget.string_array_value.data.extend(values)
        await self.socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())  # type: ignore[arg-type]
            match message.WhichOneof("type"):
                case "script_finished":
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        return
                case "navigation":
                    self.pages = {page.page_name: page.page_script_hash for page in message.navigation.app_pages}
                    self.page = message.navigation.page_script_hash
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "delta":
                    self._take_in(message.delta.new_element)

    def _take_in(self, element: Any) -> None:
        match element.WhichOneof("type"):
            case "multiselect":
                self._offer(element.multiselect.id, list(element.multiselect.options))
            case "button_group":
                self._offer(element.button_group.id, [option.content for option in element.button_group.options])
            case "exception":
                self.counted.errors.append(element.exception.message)
            case "alert" if "gặp lỗi" in element.alert.body:
                self.counted.errors.append(element.alert.body)

    def _offer(self, identity: str, options: list[str]) -> None:
        for kind in FILTERS:
            if identity.endswith(kind) and options:
                self.offered[kind] = identity, options


def listed(path: Path) -> Path:
    """A list of twenty people of one commune whom the store does not know."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Chức vụ", "Ngày nhận chức vụ", "Chuyên môn"])
    letters = "ABCDEĐGHIKLMNOPQRSTU"
    for n, letter in enumerate(letters, 1):
        sheet.write_row(
            n, 0, [f"Hồ Văn {letter}i", f"{n:02}/05/1978", "Nam", "Khe Tre", "Văn phòng - Thống kê", "01/07/2015", "ĐH"]
        )
    book.close()
    return path


async def record_and_undo(url: str, file: Path, until: float) -> int:
    """In a real browser: record the list, undo it, again and again; how often it was recorded."""
    times = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = await browser.new_page()
        page.set_default_timeout(120_000)
        while time.monotonic() < until:
            await page.goto(f"{url}/nhap-va-cap-nhat")
            await page.locator('input[type="file"]').set_input_files(file)
            await page.get_by_role("button", name="Ghi nhận").click()
            # "Đã ghi nhận đợt 4."
            told = page.get_by_text(re.compile(r"Đã ghi nhận đợt \d+"))
            await told.wait_for()
            batch = re.search(r"đợt (\d+)", await told.inner_text())
            assert batch
            times += 1
            await page.get_by_role("tab", name="Các đợt đã ghi").click()
            await page.get_by_role("button", name="Hoàn tác").first.click()
            await page.get_by_role("button", name=f"Hoàn tác đợt {batch[1]}").click()
            await page.get_by_text("đã hoàn tác", exact=True).first.wait_for()
        await browser.close()
    return times


def memory(store: Path) -> float:
    """Megabytes of the server that has the store open, and of what it started."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (
                str(store).encode() in (process / "environ").read_bytes()
                and b"streamlit" in (process / "cmdline").read_bytes()
            ):
                total += int(re.findall(r"VmRSS:\s+(\d+)", (process / "status").read_text())[0])
    return total / 1024


async def meeting(url: str, sessions: int, seconds: float, file: Path | None) -> tuple[Counted, int]:
    """So many readers for so long."""
    counted, until = Counted(), time.monotonic() + seconds
    readers = [Client(counted, random.Random(n)).read(url, until) for n in range(sessions)]
    recording = [record_and_undo(url, file, until)] if file else []
    done = await asyncio.gather(*readers, *recording, return_exceptions=True)
    counted.errors += [repr(one) for one in done if isinstance(one, BaseException)]
    return counted, sum(one for one in done if isinstance(one, int))


def spread(seconds: list[float]) -> str:
    """Half, 95 of 100, in milliseconds."""
    if len(seconds) < 2:
        return f"{'-':>7} {'-':>7}"
    ordered = sorted(seconds)
    return f"{statistics.median(ordered) * 1000:>7.0f} {ordered[int(len(ordered) * 0.95)] * 1000:>7.0f}"


def report(store: Path, numbers: list[int], seconds: float, importing: bool) -> Iterator[str]:
    """Rows of the table, one a number of sessions, each with a server of its own."""
    yield (
        f"{'sessions':>8} {'pages/s':>8} {'open p50':>8} {'p95':>7} {'page p50':>8} {'p95':>7} {'filter p50':>10} "
        f"{'p95':>7} {'errors':>7} {'imports':>8} {'MB':>6}"
    )
    for sessions in numbers:
        with tempfile.TemporaryDirectory() as folder:
            own = Path(shutil.copy(store, Path(folder) / "can-bo.duckdb"))
            file = listed(Path(folder) / "khe tre.xlsx") if importing else None
            with serve(own) as url:
                counted, imports = asyncio.run(meeting(url, sessions, seconds, file))
                used = memory(own)
        pages = len(counted.opened) + len(counted.turned) + len(counted.filtered)
        yield (
            f"{sessions:>8} {pages / seconds:>8.1f} {spread(counted.opened):>16} {spread(counted.turned):>16} "
            f"{spread(counted.filtered):>18} {len(counted.errors):>7} {imports:>8} {used:>6.0f}"
        )
        yield from dict.fromkeys(counted.errors)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--sessions", type=int, nargs="+", default=[1, 10, 50])
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--no-import", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        from opening import new_store

        made = Path(scratch) / "sample.duckdb"
        new_store.create(str(made), sample=True)
        for line in report(made, chosen.sessions, chosen.seconds, not chosen.no_import):
            print(line, flush=True)
