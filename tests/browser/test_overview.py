"""The overview as somebody clicks it: a tile, a bar, a row of the table and the office's own map lead to the names."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.driving import back, click_middle, settle

OpenPage = Callable[..., Page]
# The boundary of Thượng Long alone, drawn with a ruler.
OWN_MAP = b"""{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"code": "20188"},
"geometry": {"type": "Polygon", "coordinates": [[[107.6, 16.0], [107.7, 16.0], [107.7, 16.1], [107.6, 16.0]]]}}]}"""


def tile(page: Page, commune: str) -> Locator:
    return page.locator(".st-key-map .point", has_text=commune)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tile_leads_to_the_names_each_time(open_page: OpenPage, app_url: str, scheme: str) -> None:
    page = open_page(app_url, scheme=scheme)
    for _ in range(2):
        click_middle(page, tile(page, "Thượng Long"))
        expect(page).to_have_url(f"{app_url}/chua-dat-chuan?xa=20188")
        back(page)
        expect(page.locator("h2").first).to_contain_text("10 trong 227 cán bộ, công chức")


def test_the_bar_of_a_commune_without_anybody_below_can_be_clicked_too(open_page: OpenPage, app_url: str) -> None:
    page = open_page(app_url)
    click_middle(page, page.locator(".st-key-ranking .point").nth(10))
    expect(page).to_have_url(re.compile(r"/chua-dat-chuan\?xa=\d{5}$"))
    expect(page.locator("h2").first).to_contain_text("Không có ai")


def test_a_figure_and_a_row_of_the_table_lead_to_the_names(open_page: OpenPage, app_url: str) -> None:
    page = open_page(app_url, height=2000)
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 52)
    settle(page)
    expect(page).to_have_url(f"{app_url}/chua-dat-chuan?xa=20188")

    back(page)
    page.get_by_role("link", name="Xem danh sách").nth(1).click()
    settle(page)
    expect(page).to_have_url(f"{app_url}/chua-dat-chuan?nhom=cong_chuc")


def test_the_office_sees_its_own_map_until_it_goes_back(open_page: OpenPage, app_url: str) -> None:
    page = open_page(app_url, height=2400)
    page.get_by_text("Bản đồ của cơ quan").click()
    page.locator('input[type="file"]').set_input_files(
        {"name": "ranh giới.geojson", "mimeType": "application/geo+json", "buffer": OWN_MAP}
    )
    settle(page)
    page.get_by_role("button", name="Dùng bản đồ này").click()
    settle(page)
    expect(page.get_by_text("Ranh giới do cơ quan nạp, chỉ mang tính minh họa.")).to_be_visible()

    label = page.locator(".st-key-map .textpoint")
    expect(label).to_contain_text("4/22")
    click_middle(page, label)
    expect(page).to_have_url(f"{app_url}/chua-dat-chuan?xa=20188")

    back(page)
    page.get_by_text("Bản đồ của cơ quan").click()
    settle(page)
    page.get_by_role("button", name="Trở lại bản đồ ô").click()
    settle(page)
    expect(tile(page, "Thượng Long")).to_be_visible()


@pytest.mark.parametrize(("width", "columns"), [(1366, 4), (1093, 2)])
def test_nothing_is_cut_on_a_laptop_that_draws_everything_larger(
    open_page: OpenPage, app_url: str, width: int, columns: int
) -> None:
    page = open_page(app_url, width=width, height=2000)
    figures = [box for m in page.get_by_test_id("stMetric").all() if (box := m.bounding_box())]
    assert len({round(box["x"]) for box in figures}) == columns
    for delta in page.get_by_test_id("stMetricDelta").all():
        assert delta.evaluate("e => [e, ...e.querySelectorAll('*')].every(n => n.scrollWidth <= n.clientWidth + 1)")

    tiles = [box for t in page.locator(".st-key-map .bartext").all() if (box := t.bounding_box())]
    assert len(tiles) == 11
    for one, other in ((a, b) for a in tiles for b in tiles if a["x"] < b["x"] and abs(a["y"] - b["y"]) < 40):
        assert one["x"] + one["width"] <= other["x"]
    ranking = page.locator(".st-key-ranking .js-plotly-plot").bounding_box()
    label = page.locator(".st-key-ranking .bartext", has_text="4/22 (18,18%)").bounding_box()
    assert ranking is not None
    assert label is not None
    assert label["x"] + label["width"] <= ranking["x"] + ranking["width"]
