"""The quality of the data as somebody clicks it: a cell narrows to a commune, a row opens the person's record."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser.driving import settle

OpenPage = Callable[..., Page]


def test_a_cell_narrows_the_page_to_its_commune(open_page: OpenPage, app_url: str) -> None:
    page = open_page(app_url + "/chat-luong-du-lieu", height=1200)
    box = page.locator(".stPlotlyChart .point", has_text="96,77%").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)
    expect(page).to_have_url(f"{app_url}/chat-luong-du-lieu?xa=20164")
    expect(page.get_by_role("button", name="Xã, thị trấn: Hương Phú")).to_be_visible()
    expect(page.get_by_text("Đề nghị bổ sung hồ sơ: Hương Phú (2 dòng)")).to_be_visible()


def test_a_row_of_a_check_opens_the_record(open_page: OpenPage, app_url: str) -> None:
    page = open_page(app_url + "/chat-luong-du-lieu", height=2600)
    box = page.locator(".st-key-check-undecided").get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    settle(page)
    expect(page.get_by_role("dialog")).to_contain_text("Kết luận ngày 31/12/2018")
    expect(page).to_have_url(f"{app_url}/chat-luong-du-lieu?nguoi=60")
