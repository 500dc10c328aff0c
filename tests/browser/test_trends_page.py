"""Why the number changed, by mouse: a bar opens its people, a point the list of its day, words go into a report."""

from collections.abc import Callable

from playwright.sync_api import Page, TimeoutError, expect

from browser.driving import back, chart, click_middle, english, settle

OpenPage = Callable[..., Page]
SAID = (
    "Từ 31/12/2015 đến 31/12/2018 giảm 13 người chưa đạt, từ 23 còn 10: giảm 15 (13 đi học xong, 2 chuyển công tác "
    "đi); tăng 2 (1 mới nhận chức vụ, 1 do bổ sung, sửa dữ liệu)."
)


def test_the_bridge_opens_its_people_and_writes_the_report(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/dien-bien", height=2400)
    expect(page.locator("h2").first).to_have_text(SAID)
    bars = chart(page, "bridge").locator(".bars .point")
    expect(bars).to_have_count(6)
    expect(page.get_by_text("Ai thay đổi từ 31/12/2015 đến 31/12/2018 (17 dòng)")).to_be_visible()
    click_middle(page, bars.nth(1))
    expect(page.get_by_text("Đi học xong từ 31/12/2015 đến 31/12/2018 (13 dòng)")).to_be_visible()

    names = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert names is not None
    record = page.get_by_role("dialog")
    for _ in range(5):
        # As a hand does: the list has to see the mouse come before it takes a click.
        page.mouse.move(names["x"] + 200, names["y"] + 200, steps=5)
        page.mouse.move(names["x"] + 60, names["y"] + 52, steps=5)
        page.mouse.click(names["x"] + 60, names["y"] + 52)
        try:
            record.wait_for(timeout=10_000)
            break
        except TimeoutError:
            continue
    expect(record).to_contain_text("A Rất Đức Hùng")
    back(page)
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.get_by_text("Đoạn văn cho báo cáo").click()
    settle(page)
    report = page.locator('[data-testid="stCode"]:visible').first
    expect(report).to_contain_text(SAID)
    expect(report).to_contain_text("A Rất Đức Hùng (Thượng Long, 28/11/2016)")
    assert english(page) == []


def test_a_point_opens_the_list_of_that_day_and_that_commune(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/dien-bien", height=2400)
    # The points of the first group: the fifth is the last day of 2016.
    click_middle(page, chart(page, "trend-20").locator(".scatterlayer .points").nth(1).locator("path").nth(4))
    expect(page).to_have_url(f"{app_url}/chua-dat-chuan?ngay=2016-12-31")
    expect(page.locator("h2").first).to_contain_text("20 người chưa đạt chuẩn")

    back(page)
    page.locator(".st-key-trend-split").get_by_role("radio", name="Xã, thị trấn").click()
    settle(page)
    expect(page.get_by_text("6 trong 11 xã, thị trấn có người chưa đạt, nhiều nhất là Thượng Long")).to_be_visible()
    assert english(page) == []
    small = chart(page, "trend-20")
    expect(small.locator(".subplot")).to_have_count(11)
    click_middle(page, small.locator(".subplot").first.locator(".points path").last)
    expect(page).to_have_url(f"{app_url}/chua-dat-chuan?xa=20188")
