"""The time to come, by mouse: a point shows the communes and names of its day, a commune its own, a name its record."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from browser.driving import back, chart, click_middle, english, settle

OpenPage = Callable[..., Page]


def test_a_point_leads_to_communes_names_and_a_record(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/du-bao", height=2600)
    expect(page.locator("h2").first).to_contain_text("đến 31/12/2021 có 49 đến 50 người chưa đạt (nay 10)")
    expect(page.get_by_text("Ai còn chưa đạt vào 31/12/2021 (50 dòng)")).to_be_visible()
    # The points of the lower end: the third is the end of the second quarter.
    click_middle(page, chart(page, "forecast-20").locator(".scatterlayer .points").nth(2).locator("path").nth(2))
    expect(page.get_by_text("Ai còn chưa đạt vào 30/06/2019 (10 dòng)")).to_be_visible()

    communes = chart(page, "forecast-communes")
    expect(communes.locator(".yaxislayer-above text")).to_have_text(
        ["Thượng Long", "Hương Sơn", "Hương Lộc", "Thượng Lộ", "Thượng Nhật", "Thượng Quảng"]
    )
    click_middle(page, communes.locator(".bars").first.locator(".point").nth(1))
    expect(page.get_by_text("Ai còn chưa đạt vào 30/06/2019 ở Hương Sơn (2 dòng)")).to_be_visible()
    page.get_by_role("button", name="Chỉ Hương Sơn").click()
    settle(page)
    expect(page.get_by_text("Ai còn chưa đạt vào 30/06/2019 (10 dòng)")).to_be_visible()

    names = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert names is not None
    page.mouse.move(names["x"] + 60, names["y"] + 52)
    page.mouse.click(names["x"] + 60, names["y"] + 52)
    expect(page.get_by_role("dialog")).to_contain_text("Hoàng Đình Chiến")
    assert english(page) == []
    back(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
