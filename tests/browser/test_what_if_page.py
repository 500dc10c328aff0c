"""Another standard by mouse: a cell of the draft changes the whole page at once, a bar opens its people."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, TimeoutError, expect

from browser.driving import click_middle, english, settle

OpenPage = Callable[..., Page]


def set_level(page: Page, row: int, level: str) -> None:
    """Choose a level in the last column of a row of the draft."""
    option = page.get_by_role("option", name=level, exact=True)
    for _ in range(5):
        table = page.locator('[class*="st-key-draft-"] [data-testid="stDataFrame"]').bounding_box()
        assert table is not None
        # Rows and the heading are 35 pixels high.
        place = table["x"] + table["width"] * 0.85, table["y"] + 35 * (row + 1) + 17
        # Quicker than a hand the second click would close what the first has opened.
        page.mouse.click(*place)
        page.wait_for_timeout(200)
        page.mouse.click(*place)
        try:
            option.wait_for(timeout=5_000)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
    option.click()
    settle(page)


def test_a_cell_of_the_draft_changes_the_sentence_and_a_bar_opens_its_people(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/thu-tieu-chuan?nhom=can_bo&tc=chuyen_mon", height=1800)
    said = page.locator("h2").first
    expect(said).to_contain_text("xét theo TT 13/2019/TT-BNV vào 31/12/2018")
    page.get_by_role("combobox", name="Xét theo").click()
    page.get_by_role("option", name="NĐ 33/2023/NĐ-CP").click()
    expect(said).to_contain_text("Nếu xét theo NĐ 33/2023/NĐ-CP vào 31/12/2018: không còn ai chưa đạt")

    page.get_by_text("Soạn dự thảo").click()
    settle(page)
    set_level(page, 0, "Thạc sĩ")
    expect(said).to_contain_text("Nếu xét theo dự thảo sửa từ NĐ 33/2023/NĐ-CP vào 31/12/2018: 1")
    expect(page.get_by_text("Bí thư Đảng ủy, Chuyên môn: Đại học → Thạc sĩ.")).to_be_visible()
    # A second cell is added to the first, not put in its place.
    set_level(page, 1, "Không quy định")
    expect(page.get_by_text("Đại học → Thạc sĩ; Phó Bí thư Đảng ủy, Chuyên môn: Đại học → Không")).to_be_visible()
    assert english(page) == []
    assert [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")] == []

    rows = page.locator('[class*="st-key-now-then-"] .js-plotly-plot')
    commune = rows.locator(".ytick text").first.text_content()
    click_middle(page, rows.locator(".bars").first.locator(".point").first)
    expect(page.get_by_role("heading", name=f"Giả định: ai đổi kết luận ở {commune} (")).to_be_visible()
    page.get_by_role("button", name="Bỏ chọn trên biểu đồ").click()
    heading = page.get_by_role("heading", name="Giả định: ai đổi kết luận (")
    expect(heading).to_be_visible()
    # However long the name of what is supposed, "Xuất Excel" stands at the right end of the same line.
    button = page.get_by_role("button", name="Xuất Excel").first
    head, end = heading.bounding_box(), button.bounding_box()
    assert head is not None
    assert end is not None
    assert end["x"] > head["x"] + head["width"]
    assert abs(end["y"] + end["height"] - head["y"] - head["height"]) < end["height"]
