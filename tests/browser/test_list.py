"""The filters and the list of people below standard as somebody uses them: address, chips, back, clicks, typing."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError, expect

from browser.driving import back, english, settle

OpenPage = Callable[..., Page]
EVERYBODY = "10 người chưa đạt chuẩn ở 6 xã, thị trấn"
CARDS = '[class*="st-key-person-"] button'


@pytest.fixture
def list_url(app_url: str) -> str:
    return f"{app_url}/chua-dat-chuan"


def sentence(page: Page) -> Locator:
    return page.locator("h2").first


def chips(page: Page) -> Locator:
    """The chips of single filters."""
    return page.locator('.st-key-chips [class*="st-key-chip-"]:not([class*="st-key-chip-clear"])')


def choose(page: Page, filter_name: str, option: str) -> None:
    chip, choice = chips(page).filter(has_text=option), page.get_by_role("option", name=option, exact=True)
    for _ in range(5):
        if not choice.is_visible():
            page.get_by_role("combobox", name=filter_name).click()
        # On a busy machine a list that has just opened may swallow the first click, as it would a person's.
        choice.click()
        try:
            chip.wait_for(timeout=5_000)
            break
        except TimeoutError:
            continue
    page.keyboard.press("Escape")
    expect(chip).to_be_visible()
    settle(page)


def press(page: Page, button: Locator) -> None:
    button.click()
    settle(page)


def press_point(page: Page, point: Locator) -> None:
    # Plotly takes clicks on a layer above its shapes.
    point.click(force=True)
    settle(page)


def parameters(page: Page) -> str:
    return page.url.partition("?")[2]


def test_a_view_travels_by_its_address(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url)
    choose(page, "Xã, thị trấn", "Thượng Long")
    choose(page, "Tiêu chí", "Chuyên môn")
    press(page, page.get_by_role("button", name="Cán bộ", exact=True))

    expect(page).to_have_url(f"{list_url}?xa=20188&nhom=can_bo&tc=chuyen_mon")
    said = sentence(page).inner_text()
    assert said.startswith("3 người chưa đạt chuẩn ở Thượng Long")

    pasted = open_page(page.url)
    expect(sentence(pasted)).to_have_text(said)
    expect(chips(pasted)).to_have_count(3)

    page.reload()
    settle(page)
    expect(sentence(page)).to_have_text(said)
    expect(page).to_have_url(f"{list_url}?xa=20188&nhom=can_bo&tc=chuyen_mon")


def test_chips_take_off_one_filter_and_all(open_page: OpenPage, list_url: str) -> None:
    page = open_page(f"{list_url}?xa=20188&xa=20167&tc=llct&ngay=2018-06-30")
    expect(chips(page)).to_have_count(3)

    press(page, page.get_by_role("button", name=re.compile("Xã, thị trấn: Thượng Long")))
    assert parameters(page) == "xa=20167&tc=llct&ngay=2018-06-30"

    press(page, page.get_by_role("button", name="Xóa lọc"))
    assert parameters(page) == "ngay=2018-06-30"
    expect(chips(page)).to_have_count(0)


def test_the_filters_go_from_page_to_page_and_back(open_page: OpenPage, app_url: str, list_url: str) -> None:
    page = open_page(app_url)
    press(page, page.get_by_role("link", name="Chưa đạt chuẩn", exact=True))
    choose(page, "Xã, thị trấn", "Thượng Long")
    press(page, page.get_by_role("link", name="Tiêu chuẩn", exact=True))
    expect(page).to_have_url(f"{app_url}/tieu-chuan?xa=20188")
    expect(chips(page)).to_have_text(re.compile("Thượng Long"))

    back(page)
    expect(page).to_have_url(f"{list_url}?xa=20188")
    expect(sentence(page)).to_contain_text("4 người chưa đạt chuẩn ở Thượng Long")

    back(page)
    expect(page).to_have_url(list_url)
    expect(sentence(page)).to_contain_text(EVERYBODY)

    back(page)
    expect(page.get_by_role("heading", name="Tổng quan", exact=True)).to_be_visible()
    expect(chips(page)).to_have_count(0)


def test_another_day_is_another_answer(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url)
    page.get_by_role("spinbutton").first.click()
    page.keyboard.type("30062017")
    # A typed day counts when its field is left.
    press(page, page.get_by_role("heading", name="Chưa đạt chuẩn", exact=True))

    assert parameters(page) == "ngay=2017-06-30"
    expect(page.get_by_text("Tính đến 30/06/2017")).to_be_visible()
    assert EVERYBODY not in sentence(page).inner_text()


def test_a_bar_and_a_cell_narrow_the_view_and_back_widens_it(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url, height=1200)
    first_bar = page.locator('[class*="st-key-ranking"] .point').first
    press_point(page, first_bar)
    expect(page).to_have_url(f"{list_url}?xa=20188")
    expect(sentence(page)).to_contain_text("4 người chưa đạt chuẩn ở Thượng Long")

    back(page)
    expect(sentence(page)).to_contain_text(EVERYBODY)
    # The mark of the first click is gone with the view it belonged to.
    press_point(page, first_bar)
    expect(page).to_have_url(f"{list_url}?xa=20188")

    back(page)
    hatched = page.locator('[class*="st-key-matrix"] .point').last
    press_point(page, hatched)
    expect(page).to_have_url(re.compile(r"\?xa=\d{5}&tc=[a-z_]+&kl=unknown$"))
    expect(sentence(page)).to_contain_text("1 người có tiêu chí thiếu dữ liệu")


def test_typing_a_name_keeps_the_focus_and_stays_out_of_the_address(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url)
    name = page.locator(CARDS).first.inner_text().splitlines()[0]
    plain = page.evaluate("n => n.normalize('NFD').replace(/\\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()", name)

    box = page.get_by_role("searchbox")
    box.click()
    for part in (plain[:3], plain[3:]):
        page.keyboard.type(part, delay=80)
        settle(page)
        expect(box).to_be_focused()
    expect(box).to_have_value(plain)
    expect(page.locator(CARDS).first).to_contain_text(name)
    expect(page).to_have_url(list_url)
    assert page.evaluate("window.scrollY") == 0


def test_a_record_opens_and_closes_by_mouse_keyboard_and_back_button(open_page: OpenPage, list_url: str) -> None:
    page = open_page(f"{list_url}?xa=20188", height=1400)
    record, card = page.get_by_role("dialog"), page.locator(CARDS).first
    name = card.inner_text().splitlines()[0]

    press(page, card)
    expect(record).to_contain_text(name)
    expect(record).to_contain_text("Kết luận ngày 31/12/2018")
    expect(page).to_have_url(re.compile(r"\?xa=20188&nguoi=\d+$"))

    page.keyboard.press("Escape")
    settle(page)
    expect(record).to_have_count(0)
    expect(page).to_have_url(f"{list_url}?xa=20188")

    card.focus()
    page.keyboard.press("Enter")
    settle(page)
    expect(record).to_contain_text(name)

    back(page)
    expect(record).to_have_count(0)
    expect(page).to_have_url(f"{list_url}?xa=20188")


def test_a_row_of_the_table_opens_its_person_each_time(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url, height=1400)
    name = page.locator(CARDS).first.inner_text().splitlines()[0]
    press(page, page.get_by_role("tab", name="Bảng"))
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    record = page.get_by_role("dialog")

    for _ in range(2):
        # The table takes clicks on a layer above its picture; the first row lies under the head.
        table.click(position={"x": 60, "y": 52}, force=True)
        settle(page)
        expect(record).to_contain_text(name)
        page.keyboard.press("Escape")
        settle(page)
        expect(record).to_have_count(0)


def test_a_tap_on_the_head_of_a_table_sorts_and_opens_nothing(open_page: OpenPage, list_url: str) -> None:
    page = open_page(list_url, height=1400)
    press(page, page.get_by_role("tab", name="Bảng"))
    table = page.get_by_test_id("stDataFrame").locator("canvas").first
    for x in (60, 200, 60):
        table.click(position={"x": x, "y": 12}, force=True)
        settle(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert "nguoi=" not in page.url
    # A row still opens.
    table.click(position={"x": 60, "y": 52}, force=True)
    expect(page.get_by_role("dialog")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_record_is_vietnamese_and_accessible(open_page: OpenPage, list_url: str, scheme: str) -> None:
    page = open_page(list_url, scheme=scheme, height=2400)
    press(page, page.locator(CARDS).first)

    assert english(page) == []
    violations = Axe().run(page).response["violations"]
    assert [
        (v["id"], [node["html"] for node in v["nodes"]]) for v in violations if v["impact"] in ("serious", "critical")
    ] == []


@pytest.mark.parametrize("communes", ["?xa=20188", "?xa=20188&xa=20161", ""])
def test_the_headings_of_the_matrix_are_whole_however_few_rows_it_has(
    open_page: OpenPage, list_url: str, communes: str
) -> None:
    page = open_page(list_url + communes)
    matrix = page.locator('[class*="st-key-matrix-"] .js-plotly-plot')
    expect(matrix.locator(".xtick text").filter(has_text="Chuyên")).to_be_visible()

    sheet = matrix.bounding_box()
    assert sheet is not None
    tops = [heading["y"] for t in matrix.locator(".xtick text").all() if (heading := t.bounding_box())]
    assert len(tops) > 1
    assert min(tops) >= sheet["y"]
