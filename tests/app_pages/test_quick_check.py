"""Kiểm tra nhanh through the real entry script, with real files dropped on it."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from common.short_list import XLSX, listed
from core.store import open_store

Open = Callable[..., AppTest]


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def test_a_list_is_judged_and_nothing_of_it_is_kept(office: Path, open_app: Open) -> None:
    app = open_app(office, "quick_check")
    assert sentence(app).startswith("Thả một danh sách")
    app.file_uploader[0].upload("ds.xlsx", listed({7: "SC"}, {0: "Lê Thị Mai"}), XLSX)
    app.run()
    assert not app.exception
    assert sentence(app) == "1 người chưa đạt chuẩn, 1 người thiếu dữ liệu trong 2 người của danh sách."
    text = app.table[0].value.to_csv()
    assert "Lý luận chính trị" in text
    assert "QĐ 04/2004" in text
    assert open_store().fetch("select count(*) as n from batch").n[0] == 0


def test_the_office_s_own_words_count_in_a_quick_check(office: Path, open_app: Open) -> None:
    from core import office as own

    app = open_app(office, "quick_check")
    rows = listed({7: "Lớp ba tháng"})
    app.file_uploader[0].upload("ds.xlsx", rows, XLSX)
    app.run()
    assert "thiếu dữ liệu" in sentence(app)
    own.learn_word(open_store(), "llct", "so_cap", "Lớp ba tháng")
    app.file_uploader[0].upload("ds.xlsx", rows, XLSX)
    app.run()
    assert sentence(app).startswith("1 người chưa đạt chuẩn")
