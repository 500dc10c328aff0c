"""Two lists dropped on the page: one unknown word, one near match, recorded, seen in the figures, taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from browser.driving import english, serve, settle
from core.store import Store
from opening.new_store import fill

OpenPage = Callable[..., Page]
HEADING = ["Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Chức vụ", "Ngày nhận chức vụ", "Văn hóa", "Chuyên môn", "LLCT"]


def listed(path: Path, *rows: list[str]) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for n, row in enumerate([HEADING, *rows]):
        page.write_row(n, 0, row)
    book.close()
    return path


@pytest.fixture
def own_url(tmp_path: Path) -> Iterator[str]:
    """An office without anybody in post yet."""
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    with serve(path) as url:
        yield url


def test_two_lists_become_figures_and_are_taken_back(own_url: str, open_page: OpenPage, tmp_path: Path) -> None:
    one = listed(
        tmp_path / "khe tre.xlsx",
        ["Hồ Văn Tâm", "12/05/1978", "Nam", "Khe Tre", "Bí thư Đảng ủy", "01/07/2015", "12/12", "ĐH", "TC"],
        ["Lê Thị Mai", "03/02/1980", "Nữ", "Khe Tre", "Chủ tịch HĐND", "01/07/2015", "12/12", "TC", "Lớp ba tháng"],
    )
    two = listed(
        tmp_path / "huong hoa.xlsx",
        ["Hồ Văn Tầm", "12/05/1978", "Nam", "Hương Hòa", "Chủ tịch UBND", "01/07/2016", "12/12", "ĐH", "TC"],
    )
    page = open_page(f"{own_url}/nhap-va-cap-nhat", height=1800)
    page.locator('input[type="file"]').set_input_files([one, two])
    sentence = page.locator("h2").first
    expect(sentence).to_contain_text("Đọc 3 dòng trong 2 tệp, tính đến 31/12/2018: 2 người mới")
    expect(sentence).to_contain_text("1 dòng bị trả lại")
    settle(page)
    assert english(page) == []

    page.get_by_text("Là người khác, chưa có trong kho").click()
    expect(sentence).to_contain_text("Đọc 3 dòng trong 2 tệp, tính đến 31/12/2018: 3 người mới")

    settle(page)
    page.get_by_role("combobox", name="Nghĩa của").click()
    page.get_by_role("option", name="Sơ cấp", exact=True).click()
    page.get_by_role("button", name="Nhớ", exact=True).click()
    expect(page.get_by_text("Từ chưa hiểu")).to_have_count(0)

    # The files were read again, and what was answered still holds.
    expect(sentence).to_contain_text("3 người mới")
    settle(page)
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_text("Đã ghi nhận đợt 1.")).to_be_visible()

    page.get_by_role("link", name="Tổng quan").click()
    expect(page.locator("h2").first).to_contain_text("trong 3 cán bộ")

    page.get_by_role("link", name="Nhập và cập nhật").click()
    page.get_by_role("tab", name="Các đợt đã ghi").click()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_role("button", name="Hoàn tác đợt 1").click()
    expect(page.get_by_text("đã hoàn tác", exact=True)).to_be_visible()
    page.get_by_role("link", name="Tổng quan").click()
    expect(page.locator("h2").first).to_contain_text("Kho số liệu chưa có ai")
