"""From the headline to the names behind "còn thiếu", one person's policies, and the form of a round."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from browser.driving import english, settle

OpenPage = Callable[..., Page]


def test_from_the_headline_to_names_policies_and_the_form(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/tinh-gian-bien-che", height=2400)
    expect(page.locator("h2").first).to_contain_text("Đã giảm 4 trong 13 biên chế theo chỉ tiêu 2015–2018")
    expect(page.locator("h2").first).to_contain_text("còn thiếu 9")

    page.get_by_role("button", name="Xem từng người").nth(1).click()
    expect(page.get_by_text("Vì sao còn thiếu (10 dòng)")).to_be_visible()

    settle(page)
    assert english(page) == []
    chooser = page.get_by_role("combobox", name="So sánh các chính sách cho")
    chooser.click()
    page.keyboard.type("Trần Quang")
    page.get_by_role("option", name="Trần Quang Dũng").click()
    expect(page.get_by_text("Được 1 trong 4 chính sách, cao nhất 66.302.120 đồng.")).to_be_visible()
    expect(page.get_by_text("3 × 4.572.560 × 3 = 41.153.040")).to_be_visible()
    page.get_by_role("tab", name="Các đợt").click()
    expect(page.get_by_text("Sắp đến hạn: đợt 2 năm 2019, trình trước 01/05/2019")).to_be_visible()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải Biểu 1a, 1b, 1c, 1d, 2, 3").click()
    path = waiting.value.path()
    book = openpyxl.load_workbook(io.BytesIO(Path(path).read_bytes()))
    assert "Biểu 1a" in book.sheetnames
    assert [row[1].value for row in book["Biểu 1a"].iter_rows(min_row=9, max_row=9)] == ["Lê Duy Hùng"]


def test_a_reason_leads_to_the_names_once(open_page: OpenPage, app_url: str) -> None:
    page = open_page(f"{app_url}/tinh-gian-bien-che", height=2400)
    page.get_by_role("tab", name="Vì sao chưa đạt").click()
    settle(page)
    # Anywhere on the row will do.
    row = page.locator(".js-plotly-plot").nth(1).locator(".bars .point").nth(1).bounding_box()
    assert row is not None
    page.mouse.click(row["x"] + row["width"] - 20, row["y"] + row["height"] / 2)
    expect(page.get_by_text("Vì sao còn thiếu (2 dòng)")).to_be_visible()
    settle(page)
    # What was clicked does not lead there again.
    page.get_by_role("button", name="Xem từng người").nth(2).click()
    expect(page.get_by_text("Chờ nghỉ (3 dòng)")).to_be_visible()
