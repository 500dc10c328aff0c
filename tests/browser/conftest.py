"""A real server over a sample store of its own, and Chromium set to English on purpose."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from browser.driving import CHROMIUM, CHROMIUM_ARGS, Recorded, serve, settle

# Milliseconds; a busy machine of two cores needs more than Playwright gives.
PATIENCE = 60_000


@pytest.fixture(scope="session")
def app_url(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app over the sample data; each test worker has a store and a server of its own."""
    store = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("store") / "can-bo.duckdb"))
    with serve(store) as url:
        yield url


@pytest.fixture(scope="session")
def browser_session() -> Iterator[BrowserContext]:
    """One session for all tests of a worker: Streamlit's ten megabytes of script are fetched once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        session = chromium.new_context(locale="en-US")
        session.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield session
        chromium.close()


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    """What the test's pages did; afterwards no page of any test may have called out or complained."""
    recorded = Recorded()
    yield recorded
    assert recorded.abroad() == []
    assert recorded.errors == []


@pytest.fixture
def open_page(browser_session: BrowserContext, recorded: Recorded) -> Iterator[Callable[..., Page]]:
    """Opens an address in a new tab and waits until it is drawn: `open_page(url, scheme="dark", height=2000)`."""
    tabs = []

    def open_page(url: str, scheme: Literal["light", "dark"] = "light", width: int = 1366, height: int = 768) -> Page:
        page = browser_session.new_page()
        tabs.append(page)
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        recorded.watch(page)
        page.goto(url)
        return settle(page)

    yield open_page
    for page in tabs:
        page.close()


@pytest.fixture
def page(open_page: Callable[..., Page], app_url: str) -> Page:
    """The overview of the sample data, drawn."""
    return open_page(app_url)
