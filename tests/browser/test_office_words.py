"""Words of the office in a real browser: what Streamlit, Plotly and our own translation make of them."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.driving import serve, settle
from common import ugly

OpenPage = Callable[..., Page]
# Everything that is read, drawn text and the cells behind the picture of a table included.
SHOWN = """() => [
    document.body.innerText,
    ...[...document.querySelectorAll('svg text')].map((e) => e.textContent),
    ...[...document.querySelectorAll('[role="gridcell"], [role="option"], [data-tag]')].map((e) => e.textContent),
]"""
# What Markdown and HTML could have made of a word. Links of ours lead to pages and headings.
MADE = """() => [...document.querySelectorAll(
    ':is([data-testid="stMain"], [role="dialog"]) ' +
    ':is(img, .katex, em, del, blockquote, ol, ul, hr, h4, h5, h6, .stMarkdownColoredText, script, ' +
    '.stMarkdownColoredBackground, a:not([data-testid="stPageLink-NavLink"], [href^="#"]))'
)].map((e) => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def office_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("office") / "so.duckdb"
    ugly.make(store)
    with serve(store) as url:
        yield url


def unharmed(page: Page) -> set[int]:
    """The numbers of the words on a page, of which nothing is changed and nothing was made."""
    shown = page.evaluate(SHOWN)
    assert [b for text in shown for b in ugly.broken(text)] == []
    assert page.evaluate(MADE) == []
    return ugly.shown_in(" ".join(shown))


@pytest.mark.parametrize(
    "path", ["", "chua-dat-chuan?nguoi=2", "tinh-gian-bien-che", "tieu-chuan?ngay=2024-01-01", "chat-luong-du-lieu"]
)
def test_nothing_is_made_of_them(office_url: str, open_page: OpenPage, path: str) -> None:
    # A table that is out of sight is not drawn, and one in sight only after the page is at rest.
    page = open_page(f"{office_url}/{path}", height=1600)
    if path == "tinh-gian-bien-che":
        page.locator('[role="gridcell"]').filter(has_text="№").first.wait_for(state="attached")
    assert unharmed(page)


def test_every_way_to_write_a_name_is_read_and_copied_as_it_is(office_url: str, open_page: OpenPage) -> None:
    page = open_page(f"{office_url}/chua-dat-chuan?kl=unknown&kl=below")
    seen = unharmed(page)
    for number in (2, 3):
        page.get_by_role("button", name=f"Trang {number}", exact=True).click()
        settle(page)
        seen |= unharmed(page)
    assert len(seen) >= 2 * len(ugly.TEXTS)

    copied = page.evaluate("() => { getSelection().selectAllChildren(document.body); return String(getSelection()); }")
    assert ugly.shown_in(copied)
    assert ugly.broken(copied) == []
    assert not re.search("[\u200b-\u200f\u2060-\u2064\ufeff]", copied)


def test_a_name_that_streamlit_writes_too_is_not_translated(office_url: str, open_page: OpenPage) -> None:
    page = open_page(f"{office_url}/chua-dat-chuan?kl=below")
    names = page.locator('[class*="st-key-person-"] button')
    page.get_by_role("button", name="Trang 2", exact=True).click()
    settle(page)
    seen = {name.splitlines()[0] for name in names.all_inner_texts()}
    page.get_by_role("button", name="Trang 1", exact=True).click()
    settle(page)
    seen |= {name.splitlines()[0] for name in names.all_inner_texts()}
    assert seen >= set(ugly.CHROME)

    # In a chart, in the cells of a table, in the choices of a list, on a tag and on a chip.
    # Of so many communes the first are drawn.
    assert "Open" in set(page.locator("svg text").all_text_contents())
    communes = page.get_by_role("combobox", name="Xã, thị trấn")
    for name in ("Open", "No results", "Remove A"):
        communes.fill(name)
        option = page.get_by_role("option", name=name, exact=True)
        expect(option).to_have_text(name)
        option.click()
        settle(page)
        tag = page.locator(f'[data-tag][aria-label="{name}"]')
        expect(tag).to_contain_text(name)
        expect(tag.locator(f'[title="{name}"]')).to_have_count(1)
        expect(page.locator(".st-key-chips").get_by_text(f"Xã, thị trấn: {name}")).to_be_visible()
    page.keyboard.press("Escape")
    # What stands beside them is Streamlit's.
    expect(page.locator("[data-tag]").get_by_label("Bỏ Remove A")).to_have_count(1)
    expect(page.get_by_test_id("stMultiSelect").first.get_by_role("button", name="Mở danh sách")).to_be_visible()

    page.get_by_role("tab", name="Bảng").click()
    settle(page)
    for name in ("Open", "No results", "Remove A"):
        cell = page.locator('[role="gridcell"]').get_by_text(name, exact=True)
        cell.first.wait_for(state="attached")

    page.get_by_role("tab", name="Từng người").click()
    settle(page)
    names.filter(has_text="Open").first.click()
    settle(page)
    record = page.get_by_role("dialog")
    expect(record.locator("h2").first).to_contain_text("Open")
    expect(record.get_by_role("button", name="Đóng", exact=True)).to_be_visible()
    assert ugly.CHROME[0] in record.inner_text()
