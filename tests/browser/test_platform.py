"""The app around its pages: language, health, headers, no call to another host, accessibility."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from browser.driving import Recorded, ask, english, serve
from common.district import PATHS

# The sample has no page for an office to put itself right.
PAGES = [f"/{path}" for page, path in PATHS.items() if page != "office"]


@pytest.mark.parametrize("path", PAGES)
def test_language_holds_from_the_first_byte(app_url: str, path: str) -> None:
    status, headers, body = ask(app_url + path)

    assert status == 200
    assert '<html lang="vi">' in body
    assert "Streamlit" not in body.partition("</title>")[0].partition("<title>")[2]
    assert headers["cache-control"] == "no-cache"


def test_every_answer_carries_the_security_headers(app_url: str) -> None:
    start = ask(app_url)[2]
    script = re.search(r'src="\.(/static/js/[^"]+)"', start)
    assert script is not None

    for path in ("/", "/suc-khoe", "/fixes.js", "/translate.js", "/vi.json", "/_stcore/health", script[1]):
        headers = ask(app_url + path)[1]
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"


def test_healthy_when_the_store_answers(app_url: str) -> None:
    status, _, body = ask(f"{app_url}/suc-khoe")

    assert (status, body) == (200, "ok")


def test_says_in_one_sentence_that_the_store_cannot_be_read(open_page: Callable[..., Page], tmp_path: Path) -> None:
    store = tmp_path / "can-bo.duckdb"
    store.write_text("Đây không phải là tệp DuckDB. " * 1000, encoding="utf-8")

    with serve(store) as url:
        status, _, body = ask(f"{url}/suc-khoe")
        page = open_page(url)
        shown = page.get_by_test_id("stAlert").inner_text()
        content = page.content()
        # A page that outlives its server complains.
        page.close()

    assert status == 503
    assert len(body.splitlines()) == 1
    assert re.search("[ạảãàáâậầấẩẫăắằặẳẵđêếềệểễôốồộổỗơớờợởỡưứừựửữ]", body)
    assert "Traceback" not in body
    # Whoever asks for the health need not be somebody who may know where the store lies; the page says it.
    assert store.name not in body
    assert str(store) in shown
    assert "Traceback" not in content


def test_nothing_leaves_this_machine(page: Page, recorded: Recorded) -> None:
    # The same is asserted after every other browser test; here, that the notes hold pages, files and sockets.
    assert {urlsplit(url).scheme for url in recorded.requests} >= {"http", "ws"}
    assert recorded.abroad() == []


@pytest.mark.parametrize("path", PAGES)
def test_an_english_browser_shows_no_english(app_url: str, open_page: Callable[..., Page], path: str) -> None:
    page = open_page(app_url + path)

    assert page.evaluate("document.documentElement.lang") == "vi"
    assert english(page) == []


def test_the_calendar_is_vietnamese_in_an_english_browser(page: Page) -> None:
    page.get_by_role("button", name="Chọn ngày").first.click()

    expect(page.get_by_text("CN", exact=True)).to_be_visible()
    assert english(page) == []


def test_what_a_list_of_choices_announces_is_vietnamese(app_url: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{app_url}/thu-tieu-chuan")
    page.get_by_role("combobox", name="Xét theo").click()

    expect(page.get_by_text(re.compile(r"^Có \d+ lựa chọn\.$")).first).to_be_attached()
    assert english(page) == []


@pytest.mark.parametrize("typed", ["huong hoa", "HƯƠNG HOÀ"])
def test_choices_are_found_however_accents_are_typed(app_url: str, open_page: Callable[..., Page], typed: str) -> None:
    page = open_page(f"{app_url}/chua-dat-chuan")
    page.get_by_role("combobox", name="Xã, thị trấn").fill(typed)

    expect(page.get_by_role("option", name="Hương Hòa")).to_be_visible()
    expect(page.get_by_role("option", name="Khe Tre")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "?xa=20188&xa=20161&kl=below"])
def test_the_first_page_has_an_address_by_its_name_too(
    app_url: str, open_page: Callable[..., Page], query: str
) -> None:
    page = open_page(f"{app_url}/tong-quan{query}")

    # Nothing complained: see the fixture `recorded`.
    expect(page).to_have_url(f"{app_url}/{query}")
    expect(page.locator("h1")).to_have_text("Tổng quan")
    expect(page.get_by_role("dialog")).to_have_count(0)
    # Without accounts there are none to manage.
    managed = {"/tai-khoan", "/nhat-ky"}
    expect(page.locator(".st-key-menu").get_by_role("link")).to_have_count(len(set(PAGES) - managed))


@pytest.mark.parametrize("key", ["Enter", "Tab"])
@pytest.mark.parametrize(
    ("path", "field", "said"),
    [
        ("/", "Tính đến ngày", "18 trong 229 cán bộ, công chức chưa đạt chuẩn"),
        ("/dien-bien", "So từ ngày", "Từ 30/06/2017 đến 31/12/2018"),
    ],
)
def test_a_day_that_was_typed_counts(
    app_url: str, open_page: Callable[..., Page], path: str, field: str, said: str, key: str
) -> None:
    page = open_page(app_url + path)
    expect(page.locator("h2").first).not_to_contain_text(said)

    page.get_by_role("spinbutton", name=f"ngày, {field}").click()
    page.keyboard.type("30062017")
    expect(page.get_by_test_id("stDateInputCalendar")).to_be_visible()
    page.keyboard.press(key)

    expect(page.locator("h2").first).to_contain_text(said)
    expect(page.get_by_test_id("stDateInputCalendar")).to_have_count(0)


def test_a_day_that_was_typed_can_be_typed_over(page: Page) -> None:
    for day in ("30062017", "15062016"):
        page.get_by_role("spinbutton", name="ngày, Tính đến ngày").click()
        page.keyboard.type(day)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"ngay={day[4:]}-{day[2:4]}-{day[:2]}$"))


def test_an_unknown_address_says_so_in_vietnamese(
    app_url: str, open_page: Callable[..., Page], recorded: Recorded
) -> None:
    page = open_page(f"{app_url}/khong-co-trang-nay")

    expect(page.get_by_text("Không có trang này")).to_be_visible()
    assert english(page) == []
    # Streamlit repeats the message, which we translate on screen only, in the console.
    assert [error for error in recorded.errors if "does not seem to exist" not in error] == []
    recorded.errors.clear()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(app_url: str, open_page: Callable[..., Page], path: str, scheme: str) -> None:
    # Contrast is judged only where something can be seen: a tall window shows the whole page.
    page = open_page(app_url + path, scheme=scheme, height=4000)

    violations = Axe().run(page).response["violations"]
    assert [
        (v["id"], [node["html"] for node in v["nodes"]]) for v in violations if v["impact"] in ("serious", "critical")
    ] == []
