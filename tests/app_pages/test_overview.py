"""Tổng quan through the real entry script: with people, with nobody, with a filter, and after the law's end."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.overview import sentences
from common.charted import COMMUNES
from common.maps import EAST_OF_IT, SQUARE, feature, packed, square
from common.readers import all_of
from core import office_map
from core.mergers import WARDS
from core.store import Filters, Store
from core.words import Words
from opening.new_store import fill
from screen import wording

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(open_app: Open) -> Open:
    """Opens the page on a store file with an address: `open_page(path, xa="20161")`."""

    def open_page(path: Path, **address: str | list[str]) -> AppTest:
        app = open_app(path, "overview", **address)
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def path(own_district: Path) -> Path:
    return own_district


@pytest.fixture
def words(district: Store) -> Words:
    return Words.of(all_of(district))


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def links(app: AppTest) -> list[tuple[str, dict[str, list[str]]]]:
    """Label and address of every link to the list."""
    found = [link.proto for link in app.main.page_link]
    assert {link.page for link in found} <= {"chua-dat-chuan"}
    return [(link.label, parse_qs(link.query_string)) for link in found]


def drawn(app: AppTest, position: int) -> str:
    return str(app.get("plotly_chart")[position].proto.spec)


def test_the_sentence_and_the_figures_say_what_the_queries_say(open_page: Open, path: Path, district: Store) -> None:
    app = open_page(path)
    total = all_of(district).query("total", Filters(date(2018, 12, 31))).iloc[0]
    assert (total.total, total.below, total.unknown) == (10, 6, 2)
    assert sentence(app) == (
        "6 trong 10 cán bộ, công chức chưa đạt chuẩn (60,00%); 2 người chưa đủ dữ liệu để kết luận."
    )
    assert [(m.label, m.value) for m in app.metric] == [
        ("Cán bộ chưa đạt", "4/5 :small[(80,00%)]"),
        ("Công chức chưa đạt", "2/5 :small[(40,00%)]"),
        ("Thiếu dữ liệu", "2 người"),
        ("Trong lộ trình", "0 người"),
    ]
    assert all("31/12/2017" in m.delta for m in app.metric)


def test_every_figure_leads_to_its_names(open_page: Open, path: Path) -> None:
    shown = [address for label, address in links(open_page(path)) if label == "Xem danh sách"]
    assert shown == [{"nhom": ["can_bo"]}, {"nhom": ["cong_chuc"]}, {"kl": ["unknown"]}, {"kl": ["transitional"]}]


def test_what_needs_attention_comes_in_five_sentences_each_with_its_people(open_page: Open, path: Path) -> None:
    said = [(label, address) for label, address in links(open_page(path)) if label != "Xem danh sách"]
    assert len(said) == 5
    assert said[0][1].keys() == {"xa", "tc"}
    assert ("2 người chưa đủ dữ liệu để kết luận: cần xã bổ sung hồ sơ", {"kl": ["unknown"]}) in said
    assert any("Thiên văn học" in label and address["cd"] == ["vh_xh"] for label, address in said)


def test_the_charts_and_the_table_show_every_commune(open_page: Open, path: Path) -> None:
    app = open_page(path)
    for position in (0, 1):
        figure = drawn(app, position)
        assert all(code in figure for code in ("20161", "20164", "20176", "20185"))
    table = app.dataframe[0].value
    assert set(table["Xã, thị trấn"]) == {"Khe Tre", "Hương Phú", "Hương Hòa", "Thượng Lộ"}
    assert "Cột trên lưới bản đồ" not in table
    assert table["Chưa đạt"].sum() == 6
    assert [button.proto.label for button in app.get("download_button")] == ["Xuất Excel"]


def test_the_page_keeps_its_order(open_page: Open, path: Path) -> None:
    app = open_page(path)
    assert [s.value for s in app.subheader][-2:] == ["Cần chú ý trước", "Tổng hợp theo xã, thị trấn (4 dòng)"]
    assert [e.label for e in app.expander] == [
        "Cách tính",
        "Căn cứ pháp lý",
        "Nguồn và thời điểm số liệu",
        "Bản đồ của cơ quan",
    ]


def test_a_commune_in_the_address_narrows_everything(open_page: Open, path: Path) -> None:
    app = open_page(path, xa="20161")
    assert sentence(app).startswith("1 trong 3 cán bộ, công chức chưa đạt chuẩn (33,33%)")
    assert list(app.dataframe[0].value["Xã, thị trấn"]) == ["Khe Tre"]
    assert all(address["xa"] == ["20161"] for _, address in links(app))
    assert "20164" not in drawn(app, 0)


def test_the_figures_drop_a_verdict_chosen_before(open_page: Open, path: Path) -> None:
    app = open_page(path, kl="meets")
    assert links(app)[0][1] == {"nhom": ["can_bo"]}


def test_nobody_below_is_said_gladly(open_page: Open, path: Path) -> None:
    app = open_page(path, cd="tp_ht")
    assert sentence(app) == "Không có ai chưa đạt chuẩn trong 1 công chức."
    assert app.subheader[0].value == "Không có ai chưa đạt chuẩn ở Thượng Lộ"
    assert "Cần chú ý trước" not in [s.value for s in app.subheader]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"ngay": "2025-07-01", "nhom": "can_bo"}, "Từ 01/07/2025 không còn thuộc phạm vi tiêu chuẩn cấp xã cũ"),
        ({"nhom": "khong_chuyen_trach"}, "Chưa có tiêu chuẩn nào áp dụng"),
        ({"xa": "20188"}, "Bấm “Xóa lọc” để xem tất cả."),
        ({"ngay": "2009-12-31"}, "Chưa có số liệu vào ngày 31/12/2009: danh sách bắt đầu từ 01/07/2010."),
    ],
)
def test_nobody_judged_is_explained(open_page: Open, path: Path, address: dict[str, str], said: str) -> None:
    app = open_page(path, **address)
    assert said in sentence(app)
    assert not app.metric
    assert app.expander[0].label == "Cách tính"


def test_the_end_of_the_old_standards_still_counts_who_is_in_post(open_page: Open, path: Path) -> None:
    """Each person once: among those whose own law goes on, or among those no standard binds any more."""
    in_post = Store(str(path))
    people = all_of(in_post).query("roster", Filters(date(2025, 7, 1))).person_id.nunique()
    in_post.close()
    assert people == 11
    app = open_page(path, ngay="2025-07-01")
    assert sentence(app) == (
        "Không có ai chưa đạt chuẩn trong 2 công chức, người hoạt động không chuyên trách; 1 người chưa đủ dữ liệu để "
        "kết luận."
    )
    assert [c.value for c in app.caption if "không còn thuộc phạm vi" in c.value] == [
        "Từ 01/07/2025 không còn thuộc phạm vi tiêu chuẩn cấp xã cũ (Luật Cán bộ công chức 80/2025/QH15 và "
        "NĐ 170/2025/NĐ-CP): 9 người đang giữ chức vụ không xét đạt hay chưa đạt."
    ]
    assert [i for e in app.expander if e.label == "Cách tính" for i in e.markdown if "không còn tiêu chuẩn" in i.value]


def test_who_is_still_given_time_is_named(open_page: Open, path: Path) -> None:
    app = open_page(path, ngay="2024-06-30")
    assert "người còn trong lộ trình" in sentence(app)
    assert any("trước khi hết thời hạn" in label and address["kl"] == ["transitional"] for label, address in links(app))


def test_an_empty_store_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "trống.duckdb"), create=True)
    fill(store, sample=False)
    store.close()
    app = open_page(tmp_path / "trống.duckdb")
    assert sentence(app).startswith("Kho số liệu chưa có ai.")
    assert "Nhập và cập nhật" in sentence(app)


def test_the_first_day_compared_with_a_day_without_anybody(open_page: Open, path: Path) -> None:
    assert {m.delta for m in open_page(path, ngay="2010-12-31").metric} == {"chưa có số liệu 31/12/2009"}


def test_the_office_may_show_its_own_map_and_go_back(open_page: Open, path: Path) -> None:
    app = open_page(path)
    assert "Ô càng đậm" in app.main.caption[0].value
    far, unknown = feature("20185", square(105.8, 21.0)), feature("99999", EAST_OF_IT)
    own = packed(feature("20161", SQUARE), far, unknown)
    app.file_uploader(key="map-file").upload("bản đồ.geojson", own, "application/json").run()
    app.button(key="map-keep").click().run()
    assert not app.exception
    caption = app.main.caption[0].value
    assert "Ranh giới do cơ quan nạp, chỉ mang tính minh họa." in caption
    assert "Chưa có ranh giới của Hương Phú" in caption
    assert "Ở xa nên ngoài khung bản đồ: Thượng Lộ." in caption
    assert '"scatter"' in drawn(app, 0)
    # What was made of the file is said where it was loaded.
    assert [i.value for i in app.success] == [
        "Đã dùng bản đồ của cơ quan. Bỏ 1 vùng không mang mã của xã, thị trấn nào trong kho. "
        "Mã 20185 nằm cách các xã khác hơn 50 km nên ở ngoài khung: kiểm tra mã, tọa độ."
    ]
    app.button(key="map-drop").click().run()
    assert "Ô càng đậm" in app.main.caption[0].value


def test_a_file_that_is_no_map_is_refused_beside_the_button(open_page: Open, path: Path) -> None:
    app = open_page(path)
    assert app.button(key="map-keep").disabled
    # The uploader states the one limit there is, and refuses what is larger before it is sent.
    assert app.file_uploader(key="map-file").proto.max_upload_size_mb == 5
    assert office_map.LARGEST == 5 * 1024**2
    app.file_uploader(key="map-file").upload("a.json", b"{}", "application/json").run()
    app.button(key="map-keep").click().run()
    assert [e.value for e in app.error] == [
        "Tệp không phải là FeatureCollection của GeoJSON. Xuất lại bản đồ ở dạng GeoJSON rồi nạp lại."
    ]


def counted(total: int, below: int, unknown: int = 0, transitional: int = 0) -> pd.Series:
    row = {"total": total, "below": below, "unknown": unknown, "transitional": transitional}
    return pd.Series(row | {"share_below": below / total}, dtype=object)


def test_the_sentence_names_only_what_there_is(words: Words) -> None:
    assert sentences.summary(counted(227, 10, unknown=4), ["can_bo", "cong_chuc"], words) == (
        "10 trong 227 cán bộ, công chức chưa đạt chuẩn (4,41%); 4 người chưa đủ dữ liệu để kết luận."
    )
    assert sentences.summary(counted(1200, 0, transitional=3), ["khong_chuyen_trach"], words) == (
        "Không có ai chưa đạt chuẩn trong 1.200 người hoạt động không chuyên trách; 3 người còn trong lộ trình."
    )


@pytest.mark.parametrize(
    ("now", "earlier", "said"),
    [
        (1, 4, "giảm 3 so với 31/12/2017"),
        (4, 1, "tăng 3 so với 31/12/2017"),
        (2, 2, "không đổi so với 31/12/2017"),
        (2, None, "chưa có số liệu 31/12/2017"),
    ],
)
def test_a_change_is_said_in_words(now: int, earlier: int | None, said: str) -> None:
    assert sentences.change(now, earlier, date(2017, 12, 31)) == said


@pytest.mark.parametrize(
    ("below", "leading", "spread"),
    [
        ([4, 2, 0], "Thượng Long có 4 trong 21 người chưa đạt", "2 trong 3 xã, thị trấn có người chưa đạt"),
        (
            [2, 2, 1],
            "Thượng Long và Hương Sơn cùng có 2 người chưa đạt, nhiều nhất",
            "Cả 3 xã, thị trấn đều có người chưa đạt",
        ),
        (
            [1, 1, 1],
            "3 xã, thị trấn cùng có 1 người chưa đạt, nhiều nhất",
            "Cả 3 xã, thị trấn đều có người chưa đạt",
        ),
        (
            [0, 0, 0],
            "Không có ai chưa đạt chuẩn ở 3 xã, thị trấn này",
            "Cả 3 xã, thị trấn không có ai chưa đạt",
        ),
    ],
)
def test_the_titles_of_the_charts_are_their_findings(below: list[int], leading: str, spread: str) -> None:
    communes = COMMUNES.assign(below=below)
    assert sentences.leading(communes) == leading
    assert wording.spread(communes.below) == spread
    # When there are no townships any more.
    now = [said.replace("xã, thị trấn", "xã, phường") for said in (leading, spread)]
    assert [sentences.leading(communes, WARDS), wording.spread(communes.below, kinds=WARDS)] == now


def test_three_groups_leave_room_for_one_more_figure(words: Words) -> None:
    groups = pd.DataFrame(
        [[group, 10, 1, 0.1] for group in ("can_bo", "cong_chuc", "khong_chuyen_trach")],
        columns=["group", "total", "below", "share_below"],
    )
    total, before = counted(30, 3, unknown=2, transitional=5), counted(30, 4, transitional=5)
    shown = sentences.metrics(total, groups, before, groups.head(2), date(2017, 12, 31), words)
    assert [f.title for f in shown] == [
        "Cán bộ chưa đạt",
        "Công chức chưa đạt",
        "Không chuyên trách chưa đạt",
        "Trong lộ trình",
    ]
    assert [m.about.split(" so")[0] for m in shown] == [
        "không đổi",
        "không đổi",
        "chưa có số liệu 31/12/2017",
        "không đổi",
    ]


def test_a_map_of_another_time_leaves_the_tiles(open_page: Open, path: Path) -> None:
    store = Store(str(path))
    office_map.keep(store, office_map.read(packed(feature("20179", SQUARE)), {"20179"}).geojson)
    store.close()
    app = open_page(path)
    assert "Ô càng đậm" in app.main.caption[0].value
    assert app.button(key="map-drop").label == "Trở lại bản đồ ô"
