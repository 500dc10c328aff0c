"""Thử tiêu chuẩn khác through the real entry script: laws, options, drafts, filters, lists and their Excel files."""

import io
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.what_if import sentences
from app_pages.what_if.draft import to_try
from common.readers import all_of
from core.store import Filters, Store, open_store
from core.words import Words
from documents.listing import Listing
from manage import main
from opening.new_store import fill
from supposing import what_if
from supposing.supposition import SupposedLaw, under

DAY = date(2018, 12, 31)
TT13, ND33 = date(2019, 12, 25), date(2023, 8, 1)
HARDER = {("tc_kt", "llct"): "cao_cap"}
OpenApp = Callable[..., AppTest]


@pytest.fixture
def own_file(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "riêng.duckdb"))


@pytest.fixture
def page(own_file: Path, open_app: OpenApp) -> AppTest:
    """The page with NĐ 33/2023 chosen."""
    return by(open_app(own_file, "what_if"), "ND33")


def by(app: AppTest, document: str) -> AppTest:
    return app.selectbox(key="what-if-law").set_value(document).run()


def told(app: AppTest) -> str:
    assert not app.exception, app.exception
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def table(app: AppTest, title: str) -> pd.DataFrame:
    """The rows under the subheader that begins with these words after "Giả định:"."""
    names = [s.value for s in app.subheader if s.value.endswith(" dòng)") and "(0 dòng)" not in s.value]
    # The draft is a table of codes, which the screen tells in words.
    tables = [d.value for d in app.dataframe if "post" not in d.value]
    [place] = [n for n, name in enumerate(names) if name.lower().startswith(f"giả định: {title}".lower())]
    return tables[place]


def edit(app: AppTest, levels: dict[tuple[str, str], str | None]) -> AppTest:
    """Set cells of the draft as if by mouse, which the test harness cannot do; see tests/browser."""
    app.session_state["what-if-edits"] = (None, {}, levels)
    return app.run()


def flipped(store: Store, law: SupposedLaw, filters: Filters | None = None) -> pd.DataFrame:
    filters = filters or Filters(DAY)
    with under(all_of(store), law, filters) as supposed:
        return supposed.query("what_if", filters)


def drafts(store: Store) -> list[str]:
    return sorted(store.fetch("select draft from draft").draft)


# Laws and options


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        ("2004-02-27", "TT06"),
        ("2018-12-31", "TT13"),
        ("2019-12-24", "TT13"),
        ("2019-12-25", "ND33"),
        ("2023-07-31", "ND33"),
        # The newest law is in force, at the end for part-time officials only: the one before it. None is: the newest.
        ("2023-08-01", "TT13"),
        ("2026-05-31", "TT13"),
        ("2004-02-26", "ND33"),
    ],
)
def test_the_law_after_the_one_in_force_is_tried_first(day: str, offered: str, sample: Store) -> None:
    on = Filters(date.fromisoformat(day))
    choices = all_of(sample).query("laws_to_try", on)
    assert to_try(list(choices.document), all_of(sample).query("documents", on)) == offered


def test_what_is_offered_moves_with_the_day_and_what_was_chosen_does_not(own_file: Path, open_app: OpenApp) -> None:
    app = open_app(own_file, "what_if")
    assert app.selectbox(key="what-if-law").value == "TT13"
    assert told(app).startswith("Nếu xét theo TT 13/2019/TT-BNV vào 31/12/2018: 43 người chưa đạt thay vì 10")
    app.date_input(key="filter-ngay").set_value(date(2020, 12, 31)).run()
    assert app.selectbox(key="what-if-law").value == "ND33"
    by(app, "QD04")
    app.date_input(key="filter-ngay").set_value(DAY).run()
    assert app.selectbox(key="what-if-law").value == "QD04"


def test_a_draft_begun_on_what_was_offered_outlives_another_day(own_file: Path, open_app: OpenApp) -> None:
    app = edit(open_app(own_file, "what_if"), HARDER)
    app.date_input(key="filter-ngay").set_value(date(2020, 12, 31)).run()
    assert told(app).startswith("Nếu xét theo dự thảo sửa từ TT 13/2019/TT-BNV vào 31/12/2020")


def test_headings_leave_to_the_sentence_what_is_supposed(page: AppTest, sample: Store) -> None:
    page.selectbox(key="what-if-province").set_value("lowered").run()
    page.toggle(key="what-if-grace").set_value(False).run()
    lists = [s.value for s in page.subheader if s.value.endswith(" dòng)")]
    flips = len(flipped(sample, SupposedLaw(ND33, "lowered", grace=False)))
    assert lists[:2] == [f"Giả định: ai đổi kết luận ({flips} dòng)", "Giả định: theo xã, thị trấn (11 dòng)"]
    assert all(value.startswith("Giả định: ") and len(value) < 50 for value in lists)


def test_the_table_of_communes_stands_in_the_order_of_the_chart(page: AppTest) -> None:
    chart = next(json.loads(c.proto.spec) for c in page.get("plotly_chart") if "nay " in c.proto.spec)
    assert table(page, "Theo xã, thị trấn")["Xã, thị trấn"].tolist() == chart["layout"]["yaxis"]["ticktext"]


def test_another_law_judges_everybody_and_everything_adds_up(page: AppTest, sample: Store) -> None:
    assert told(page).startswith(
        "Nếu xét theo NĐ 33/2023/NĐ-CP vào 31/12/2018: 8 người chưa đạt thay vì 10 (thêm 8, bớt 10); 11 người đang "
        "được xét thì văn bản này không xét; 162 người vào diện còn lộ trình;"
    )
    assert [(m.label, m.value) for m in page.metric] == [
        ("Chưa đạt", "10 → 8"),
        ("Trong lộ trình", "0 → 162"),
        ("Thiếu dữ liệu", "8 → 4"),
        ("Đổi kết luận", "174 người"),
    ]
    found = flipped(sample, SupposedLaw(ND33))
    shown = table(page, "Ai đổi kết luận")
    assert shown["Họ và tên"].tolist() == found.full_name.tolist()
    assert table(page, "Theo xã, thị trấn")["Trong lộ trình"].sum() == 162
    assert any("81 người hiện nay không có tiêu chuẩn nào sẽ được xét" in c.value for c in page.caption)


@pytest.mark.parametrize(
    ("document", "province", "grace", "law"),
    [
        ("ND33", "entered", False, SupposedLaw(ND33, grace=False)),
        ("ND33", "lowered", False, SupposedLaw(ND33, "lowered", grace=False)),
        ("TT13", "none", True, SupposedLaw(TT13, "none")),
        ("QD04", "entered", True, SupposedLaw(date(2004, 2, 27))),
    ],
)
def test_another_law_and_other_options(
    page: AppTest, sample: Store, document: str, province: str, grace: bool, law: SupposedLaw
) -> None:
    page.selectbox(key="what-if-law").set_value(document).run()
    page.selectbox(key="what-if-province").set_value(province).run()
    page.toggle(key="what-if-grace").set_value(grace).run()
    found, said = flipped(sample, law), told(page)
    assert ("coi như tỉnh đã giảm" in said, "chưa tính thời hạn" in said) == (province == "lowered", not grace)
    assert table(page, "Ai đổi kết luận")["Họ và tên"].tolist() == found.full_name.tolist() != []
    assert page.metric[3].value == f"{found.person_id.nunique()} người"


def test_a_law_that_changes_nothing_is_said_gladly(page: AppTest) -> None:
    page.selectbox(key="what-if-law").set_value("TT06").run()
    assert told(page) == (
        "Không ai bị ảnh hưởng: xét theo TT 06/2012/TT-BNV vào 31/12/2018 thì không kết luận nào thay đổi, vẫn 10 "
        "người chưa đạt."
    )
    assert not page.get("plotly_chart")


def test_each_figure_has_its_names(page: AppTest) -> None:
    page.toggle(key="what-if-grace").set_value(False).run()
    for verdict, title in (("below", "Ai chưa đạt"), ("unknown", "Ai thiếu dữ liệu")):
        page.button(key=f"show-{verdict}").click().run()
        figure = next(m.value for m in page.metric if title.lower().endswith(m.label.lower()))
        shown = table(page, title)
        people = shown[["Họ và tên", "Ngày sinh", "Xã, thị trấn"]].drop_duplicates()
        assert figure.split(" → ")[1] == str(len(people))
        assert set(shown["Kết luận"]) == {title[3:].capitalize()}
    page.button(key="show-transitional").click().run()
    assert any(s.value.startswith("Giả định: ai trong lộ trình") and "(0 dòng)" in s.value for s in page.subheader)


# Days and filters


@pytest.mark.parametrize("day", ["2004-02-27", "2023-12-31", "2030-12-31"])
def test_any_day_of_the_law_will_do(own_file: Path, open_app: OpenApp, day: str) -> None:
    assert told(open_app(own_file, "what_if", ngay=day))


def test_after_the_end_of_the_law_nobody_is_said_to_have_met_it(own_file: Path, open_app: OpenApp) -> None:
    app = open_app(own_file, "what_if", ngay="2026-12-31", nhom="can_bo")
    assert told(app).startswith(
        "Ngày 31/12/2026 không có tiêu chuẩn nào áp dụng cho những người đang xem. Nếu xét theo"
    )
    assert [m.delta for m in app.metric][:3] == ["hiện nay không xét"] * 3
    assert set(table(app, "Ai đổi kết luận")["Kết luận hiện nay"]) == {"Không áp dụng"}


def test_filters_narrow_everything(own_file: Path, open_app: OpenApp, sample: Store) -> None:
    app = by(open_app(own_file, "what_if", xa=["20188"], nhom="cong_chuc"), "ND33")
    filters = Filters(DAY, communes=("20188",), groups=("cong_chuc",))
    assert (
        table(app, "Ai đổi kết luận")["Họ và tên"].tolist()
        == flipped(sample, SupposedLaw(ND33), filters).full_name.tolist()
    )
    assert table(app, "Theo xã, thị trấn")["Xã, thị trấn"].tolist() == ["Thượng Long"]
    assert table(app, "Theo nhóm")["Nhóm"].tolist() == ["Công chức cấp xã"]
    draft = next(d.value for d in app.dataframe if "llct" in d.value)
    assert draft.post.tolist()[0] == "Trưởng Công an"
    assert "Bí thư Đảng ủy" not in set(draft.post)


def test_what_is_clicked_narrows_the_names(sample: Store) -> None:
    filters, law, words = Filters(DAY), SupposedLaw(ND33, grace=False), Words.of(all_of(sample))
    with under(all_of(sample), law, filters) as supposed:
        tables = {
            q: Listing(all_of(sample), words, q, q, filters, supposed.query(q, filters))
            for q in ("what_if", "what_if_people")
        }
    whole = tables["what_if"].frame
    found = sentences.narrowed(tables, "flips", ["20188", "Thượng Long"], ["llct"], "nếu xét theo X", words)
    assert found.title == "Ai đổi kết luận ở Thượng Long về lý luận chính trị nếu xét theo X"
    expected = whole[(whole.commune == "Thượng Long") & (whole.criterion == "llct")]
    assert found.frame.person_id.tolist() == expected.person_id.tolist() != []
    below = sentences.narrowed(tables, "below", None, None, "nếu xét theo X", words)
    assert (below.title, below.frame.person_id.nunique()) == ("Ai chưa đạt nếu xét theo X", 172)


def test_an_office_with_nobody_yet_sees_a_calm_page(tmp_path: Path, open_app: OpenApp) -> None:
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    app = open_app(path, "what_if")
    assert told(app).startswith("Kho số liệu chưa có ai.")
    assert not app.error
    assert not app.metric


# Drafts


def test_a_draft_applies_at_once_is_called_a_draft_and_leaves_nothing(page: AppTest) -> None:
    edit(page, HARDER)
    store = open_store()
    said = told(page)
    assert said.startswith("Nếu xét theo dự thảo sửa từ NĐ 33/2023/NĐ-CP vào 31/12/2018: ")
    assert page.metric[0].value.startswith("10 → ")
    assert page.metric[0].value != "10 → 0"
    rows = table(page, "Ai đổi kết luận")
    drafted = rows[rows["Căn cứ"] == "Dự thảo sửa từ NĐ 33/2023/NĐ-CP"]
    assert set(drafted["Chức vụ, chức danh"]) == {"Tài chính - kế toán"}
    assert set(drafted["Yêu cầu"]) == {"Cao cấp"}
    assert any(
        m.value == "Khác văn bản gốc: Tài chính - kế toán, Lý luận chính trị: Không quy định → Cao cấp."
        for m in page.markdown
    )
    assert any("chưa phải luật" in c.value for c in page.caption)
    assert drafts(store) == []
    page.button(key="draft-undo").click().run()
    assert told(page).startswith("Nếu xét theo NĐ 33/2023/NĐ-CP vào")


def test_cells_that_say_what_the_law_says_are_no_draft(page: AppTest) -> None:
    edit(page, {("bi_thu", "hoc_van"): "thpt", ("tc_kt", "tin_hoc"): None})
    assert told(page).startswith("Nếu xét theo NĐ 33/2023/NĐ-CP vào")


def test_a_draft_is_saved_chosen_changed_and_deleted(page: AppTest) -> None:
    edit(page, HARDER)
    page.toggle(key="what-if-grace").set_value(False).run()
    first = told(page)
    page.text_input(key="draft-name-").set_value("Nâng chuẩn").run()
    page.button(key="draft-keep").click().run()
    store = open_store()
    assert [s.value for s in page.success] == ["Đã lưu dự thảo “Nâng chuẩn”."]
    assert page.selectbox(key="what-if-law").value == "Nâng chuẩn"
    assert told(page) == first.replace("dự thảo sửa từ NĐ 33/2023/NĐ-CP", "dự thảo “Nâng chuẩn”")
    assert drafts(store) == ["Nâng chuẩn"]

    page.toggle(key="what-if-grace").set_value(True).run()
    assert told(page).startswith("Nếu xét theo dự thảo “Nâng chuẩn” đang sửa vào")
    page.selectbox(key="what-if-law").set_value("TT13").run()
    assert told(page).startswith("Nếu xét theo TT 13/2019/TT-BNV vào")
    # A kept draft comes back with what it was kept with.
    page.selectbox(key="what-if-law").set_value("Nâng chuẩn").run()
    assert not page.toggle(key="what-if-grace").value
    assert told(page).startswith("Nếu xét theo dự thảo “Nâng chuẩn”, chưa tính thời hạn chuyển tiếp, vào")

    edit(page, HARDER | {("tc_kt", "hoc_van"): None})
    page.button(key="draft-keep").click().run()
    kept = store.fetch("select post, criterion, level from draft_level order by all")
    assert [tuple(r) for r in kept.astype(object).where(kept.notna(), None).to_numpy()] == [
        ("tc_kt", "hoc_van", None),
        ("tc_kt", "llct", "cao_cap"),
    ]
    page.button(key="draft-drop").click().run()
    assert [s.value for s in page.success] == ["Đã xóa dự thảo “Nâng chuẩn”."]
    assert drafts(store) == []
    assert page.selectbox(key="what-if-law").value == "TT13"


@pytest.mark.parametrize(
    ("levels", "name", "said"),
    [
        (HARDER, "", "Chưa có tên dự thảo."),
        (HARDER, "Nd33", "“Nd33” là tên của một văn bản có thật."),
        (HARDER, "NĐ 33/2023/NĐ-CP", "là tên của một văn bản có thật."),
        (HARDER, "x" * 61, "Tên dự thảo dài quá 60 ký tự."),
        ({}, "Không sửa gì", "Chưa có ô nào khác văn bản gốc."),
    ],
)
def test_what_cannot_be_saved_is_one_sentence(
    page: AppTest, levels: dict[tuple[str, str], str | None], name: str, said: str
) -> None:
    edit(page, levels)
    page.text_input(key="draft-name-").set_value(name).run()
    page.button(key="draft-keep").click().run()
    assert not page.exception
    [error] = page.error
    assert said in error.value
    assert drafts(open_store()) == []


def test_edits_outlive_a_filter_and_end_with_another_law(page: AppTest) -> None:
    edit(page, HARDER)
    page.multiselect(key="filter-communes").set_value(["20188"]).run()
    assert told(page).startswith("Nếu xét theo dự thảo sửa từ")
    page.selectbox(key="what-if-law").set_value("TT13").run()
    assert told(page).startswith("Nếu xét theo TT 13/2019/TT-BNV vào")
    page.selectbox(key="what-if-law").set_value("ND33").run()
    assert told(page).startswith("Nếu xét theo NĐ 33/2023/NĐ-CP vào")


def test_a_draft_that_somebody_else_deleted_gives_way_to_the_law(page: AppTest) -> None:
    edit(page, HARDER)
    page.text_input(key="draft-name-").set_value("Thử").run()
    page.button(key="draft-keep").click().run()
    with open_store().write() as cursor:
        cursor.execute("delete from draft")
    page.run()
    assert told(page).startswith("Nếu xét theo TT 13/2019/TT-BNV vào")


# Excel


def texts(content: bytes, sheet: str) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(v) for line in book[sheet].iter_rows(values_only=True) for v in line if v is not None)


def test_the_file_has_the_rows_on_screen_and_can_never_be_taken_for_the_verdicts(
    own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Store
) -> None:
    filters, law = Filters(DAY), SupposedLaw(ND33, grace=False)
    with under(all_of(sample), law, filters) as supposed:
        frames = {q: supposed.query(q, filters) for q in what_if.TITLES}
    supposition = what_if.supposition(frames, "NĐ 33/2023/NĐ-CP", law)
    title = f"Ai đổi kết luận {what_if.supposed('NĐ 33/2023/NĐ-CP', law)}"
    made = Listing(all_of(sample), Words.of(all_of(sample)), title, "what_if", filters, frames["what_if"], supposition)
    content = made.excel()
    listed = texts(content, "Danh sách")
    assert "AI ĐỔI KẾT LUẬN NẾU XÉT THEO NĐ 33/2023/NĐ-CP, CHƯA TÍNH THỜI HẠN CHUYỂN TIẾP" in listed
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Danh sách"]
    rows = [line for line in sheet.iter_rows(values_only=True) if isinstance(line[0], int)]
    assert [line[1] for line in rows] == made.shown["Họ và tên"].tolist() == frames["what_if"].full_name.tolist()
    # The sheet of communes counts who is listed, not the real verdicts.
    summary = [*openpyxl.load_workbook(io.BytesIO(content))["Tổng hợp theo xã"].iter_rows(values_only=True)]
    assert next(line[2] for line in summary if line[1] == "Tổng cộng") == frames["what_if"].person_id.nunique()
    about = texts(content, "Thông tin")
    assert "Đây là giả định, không phải kết luận: nếu xét theo NĐ 33/2023/NĐ-CP, chưa tính thời hạn" in about
    assert "2 người chưa đủ dữ liệu để kết luận theo giả định này" in about
    assert "8 người chưa đủ dữ liệu" not in about
    groups = Listing(
        all_of(sample),
        Words.of(all_of(sample)),
        title,
        "what_if_by_group",
        filters,
        frames["what_if_by_group"],
        supposition,
    )
    assert "Điều 8 khoản 1 NĐ 33/2023/NĐ-CP" in texts(groups.excel(), "Thông tin")

    # The command line gives the same file.
    monkeypatch.setenv("DASHBOARD_STORE", str(own_file))
    out = tmp_path / "kq.xlsx"
    asked = ["query", "what_if", "--standard", "nd33", "--no-grace", "--format", "xlsx", "--out", str(out)]
    assert main(asked) == 0
    assert texts(out.read_bytes(), "Danh sách") == listed
