"""Nghĩa vụ bồi dưỡng through the real entry script: the sentence, the rule, communes, the list, days without a rule."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from streamlit.util import AttributeDictionary

from app_pages.training import sentences
from common.charted import charts
from common.district import HUONG_PHU, KHE_TRE, Enter
from common.readers import all_of
from common.samples import for_pages
from core.store import Filters, Store
from core.words import Words
from documents.listing import listing
from law.case import Term, person

DAY = date(2018, 12, 31)
Open = Callable[..., AppTest]


@pytest.fixture
def page(sample_file: Path, open_app: Open) -> Open:
    return lambda **address: open_app(sample_file, "training", **address)


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ").replace("\\", "")


def captions(app: AppTest) -> str:
    return " ".join(c.value for c in app.caption).replace("\\", "")


def tell(app: AppTest, ids: list[str], widget: str, chosen: dict[str, object]) -> AppTest:
    key = next(i[i.index(f"{widget}-") :] for i in ids if f"{widget}-" in i)
    app.session_state[key] = AttributeDictionary({"selection": chosen})
    return app.run()


def test_the_page_says_who_by_which_rule_and_that_it_is_no_verdict(page: Open) -> None:
    app = page()
    assert not app.exception
    assert sentence(app) == "71 trong 152 người phải học bồi dưỡng sau khi nhận chức vụ chưa hoàn thành (46,71%)."
    read = captions(app)
    assert "Điều 2 TT 06/2012/TT-BNV. Đây là nghĩa vụ" in read
    assert "Điều 7 QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)" in read
    assert "không phải kết luận đạt hay chưa đạt chuẩn" in read
    rules = app.table[0].value
    assert list(rules.columns) == ["Căn cứ", "Chức vụ, chức danh", "Lớp phải học", "Mức độ đối chiếu"]
    assert list(rules["Mức độ đối chiếu"]) == ["Đã đọc trích dẫn", "Chưa đối chiếu", "Chưa đối chiếu", "Tin cậy cao"]
    assert "Cả 11 xã, thị trấn đều có người chưa hoàn thành" in [s.value for s in app.subheader]
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert drawn["data"][1]["x"] == [9, 9, 8, 8, 7, 6, 6, 5, 5, 4, 4]
    assert drawn["data"][2]["text"][0] == "<b>9/14 (64,29%)</b>"


def test_the_list_and_its_file_are_those_of_the_query(page: Open, sample: Store) -> None:
    shown = next(d.value for d in page().dataframe if "Nghĩa vụ bồi dưỡng" in d.value)
    made = listing(all_of(sample), Words.of(all_of(sample)), "Nghĩa vụ", "training_owed", Filters(DAY))
    assert len(made.frame) == 83
    assert made.frame.person_id.nunique() == 71
    assert list(shown["Họ và tên"]) == list(made.frame.full_name)
    sheet = load_workbook(io.BytesIO(made.excel()))["Tổng hợp theo xã"]
    whole = [row for row in sheet.iter_rows(values_only=True) if "Tổng cộng" in row]
    assert [n for n in whole[0] if isinstance(n, int)] == [71, 83]


def test_a_click_on_a_commune_looks_at_it_alone(page: Open) -> None:
    app = page()
    point = {"points": [{"customdata": ["20161"]}], "point_indices": [0], "box": [], "lasso": []}
    tell(app, [c.proto.id for c in app.get("plotly_chart")], "training", point)
    assert not app.exception
    assert sentence(page(xa=["20161"])).startswith("8 trong 15 người phải học bồi dưỡng")


def test_a_click_on_a_name_opens_the_record(page: Open, sample: Store) -> None:
    app = page()
    cells = {"rows": [], "columns": [], "cells": [(1, "Họ và tên")]}
    app.session_state["owed"] = AttributeDictionary({"selection": cells})
    app.run()
    assert not app.exception
    first = all_of(sample).query("training_owed", Filters(DAY)).person_id
    assert app.query_params["nguoi"] == str(first[1])


def test_filters_narrow_it_and_what_no_rule_asks_is_said(page: Open) -> None:
    assert sentence(page(nhom="can_bo")).startswith("20 trong 56 người phải học bồi dưỡng")
    none = page(nhom="khong_chuyen_trach")
    assert not none.exception
    assert not none.get("plotly_chart")
    assert sentence(none) == (
        "Không có quy định nào đòi những người đang chọn học bồi dưỡng sau khi nhận chức vụ vào ngày 31/12/2018."
    )
    assert sentence(page(tc="tin_hoc")).startswith("Không có quy định nào đòi")
    assert sentence(page(kl="transitional")) == (
        "Không ai trong những người đang chọn giữ chức vụ mà quy định của ngày 31/12/2018 đòi học bồi dưỡng."
    )


@pytest.mark.parametrize("day", ["2025-07-01", "2026-05-31", "2026-07-01"])
def test_when_no_rule_is_in_force_any_more_the_page_says_why_and_draws_nothing(
    long: Store, open_app: Open, day: str
) -> None:
    app = open_app(for_pages(long), "training", ngay=day)
    assert not app.exception
    assert sentence(app) == "Từ 01/07/2025 không còn quy định nào đòi học bồi dưỡng sau khi nhận chức vụ."
    assert (
        "Luật Cán bộ công chức 80/2025/QH15 và NĐ 170/2025/NĐ-CP chấm dứt quy định trước đó: Điều 10 khoản 2 NĐ "
        "33/2023/NĐ-CP (chưa đối chiếu văn bản gốc)."
    ) in captions(app)
    assert "không còn phân loại cán bộ, công chức cấp xã; xét theo vị trí việc làm" in captions(app)
    assert not app.get("plotly_chart")
    assert "owed-excel" not in [b.key for b in app.get("download_button")]
    assert "Xem ngày 30/06/2025, ngày cuối còn nghĩa vụ này" in [link.proto.label for link in app.get("page_link")]


def test_the_day_before_it_is_still_owed(long: Store, open_app: Open) -> None:
    app = open_app(for_pages(long), "training", ngay="2025-06-30")
    total = all_of(long).query("training_total", Filters(date(2025, 6, 30))).iloc[0]
    assert total.bound > total.not_done > 0
    assert sentence(app) == sentences.sentence(total)
    assert "Căn cứ: Điều 10 khoản 2 NĐ 33/2023/NĐ-CP (chưa đối chiếu văn bản gốc)." in captions(app)
    # Of cán bộ the rule ended two years before.
    app = open_app(for_pages(long), "training", ngay="2025-06-30", nhom="can_bo")
    assert sentence(app) == "Từ 01/08/2023 không còn quy định nào đòi học bồi dưỡng sau khi nhận chức vụ."
    assert "Điều 8 NĐ 33/2023/NĐ-CP" in captions(app)


def test_an_office_with_nobody_yet_sees_a_calm_page(office: Path, open_app: Open) -> None:
    app = open_app(office, "training", ngay="2018-12-31")
    assert not app.exception
    assert not app.error
    assert sentence(app).startswith("Kho số liệu chưa có ai.")


def test_a_person_is_counted_once_by_the_worst_of_the_classes(enter: Enter) -> None:
    """One class not done and one unknown is not done; of two posts in two communes each counts, in all one person."""
    store = Store(":memory:", create=True)
    two = [Term("tc_kt", "2014-01-01", unit=KHE_TRE), Term("vh_xh", "2014-01-01", unit=HUONG_PHU)]
    enter(
        store,
        {
            "Hồ Văn Nửa": person("tc_kt", unit=KHE_TRE, since="2014-01-01", qlnn="chua"),
            "Hồ Văn Xong": person("tp_ht", unit=KHE_TRE, since="2014-01-01", qlnn="boi_duong", llct="so_cap"),
            "Hồ Văn Rõ": person("vp_tk", unit=KHE_TRE, since="2014-01-01", qlnn="boi_duong"),
            "Hồ Văn Hai": person(two, qlnn="chua", llct="chua"),
        },
    )
    reader = all_of(store)
    columns = ["commune", "bound", "not_done", "unknown", "trained"]
    counted = reader.query("training_by_commune", Filters(DAY))[columns].to_numpy().tolist()
    assert counted == [["Khe Tre", 4, 2, 1, 1], ["Hương Phú", 1, 1, 0, 0]]
    total = reader.query("training_total", Filters(DAY)).iloc[0]
    assert total[columns[1:]].tolist() == [4, 2, 1, 1]
    assert reader.query("training_owed", Filters(DAY)).person_id.nunique() == 3
    assert sentences.sentence(total) == (
        "2 trong 4 người phải học bồi dưỡng sau khi nhận chức vụ chưa hoàn thành (50,00%); 1 người chưa có dữ liệu, "
        "cần hỏi lại xã."
    )
    store.close()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((9, 0, 2), "Chưa thấy ai chưa hoàn thành trong 9 người phải học bồi dưỡng sau khi nhận chức vụ; 2 người chưa"),
        ((9, 0, 0), "Cả 9 người phải học bồi dưỡng sau khi nhận chức vụ đều đã học."),
    ],
)
def test_the_sentence_is_glad_only_when_all_is_known(counts: tuple[int, int, int], said: str) -> None:
    row = pd.Series(dict(zip(("bound", "not_done", "unknown"), counts, strict=True)) | {"share_not_done": 0.0})
    assert sentences.sentence(row).startswith(said)


def test_who_is_not_known_to_have_done_it_is_hatched_and_no_bar_is_red(district: Store) -> None:
    figure = charts.training(all_of(district).query("training_by_commune", Filters(DAY)), "light")
    done, unsure = figure.data[1:]
    assert (done.marker.color, unsure.marker.pattern.shape) == (charts.LIGHT.accent, "/")
    assert list(unsure.x) == [3, 3, 2, 1]
    assert unsure.text[0] == "<b>0/3 (0,00%), 3 chưa rõ</b>"
    assert figure.data[0].customdata[0][0] == "20161"
