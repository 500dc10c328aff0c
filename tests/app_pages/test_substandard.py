"""The page of people below standard and a person's record: what is said, listed, narrowed, found and opened."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core.columns import HEADINGS
from core.store import Filters, Store
from core.words import Words
from documents.listing import listing
from law.case import Level, Person, person
from opening.new_store import fill
from screen import profile

DAY = date(2018, 12, 31)
BELOW = ["Hồ Thị Anh", "Đỗ Văn Ân", "Nguyễn Văn Dũng", "Lê Văn Đào", "Hồ Văn Lâm", "A Lăng Sơn"]

OpenApp = Callable[..., AppTest]
Enter = Callable[[Store, Mapping[str, Person]], None]


@pytest.fixture
def substandard(open_app: OpenApp, own_district: Path) -> Callable[..., AppTest]:
    """The page over the district, at an address."""
    return lambda **address: open_app(own_district, "substandard", **address)


@pytest.fixture(scope="module")
def words(district: Store) -> Words:
    return Words.of(all_of(district))


def sentence(app: AppTest) -> str:
    return next(m.value.removeprefix("## ") for m in app.markdown if m.value.startswith("## "))


def listed(app: AppTest) -> list[str]:
    """Names on the buttons of the list, in order."""
    return [b.label.strip("*") for b in app.button if str(b.key).startswith("person-")]


def text(app: AppTest) -> str:
    """Everything written on the page as it is read, its Markdown taken off."""
    return "\n".join(m.value for m in app.markdown).replace("\\", "").replace("**", "")


def number_of(store: Store, name: str) -> int:
    roster = all_of(store).query("roster", Filters(DAY))
    return int(roster.person_id[roster.full_name == name].iloc[0])


# The sentence


def row(unit: str, commune: str, person_id: int, criterion: str) -> dict[str, object]:
    return {"unit_code": unit, "commune": commune, "person_id": person_id, "criterion": criterion}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [row("1", "Khe Tre", 1, "llct"), row("2", "Hương Lộc", 2, "llct"), row("2", "Hương Lộc", 2, "tin_hoc")],
            "2 người chưa đạt chuẩn ở 2 xã, thị trấn, nhiều nhất về lý luận chính trị (2 người).",
        ),
        (
            [row("1", "Khe Tre", 1, c) for c in ("llct", "hoc_van", "tin_hoc")],
            "1 người chưa đạt chuẩn ở Khe Tre, về văn hóa, lý luận chính trị và tin học (mỗi tiêu chí 1 người).",
        ),
        (
            # The same name in two districts is two communes.
            [row("1", "Hương Lộc", 1, "nganh"), row("2", "Hương Lộc", 2, "nganh")],
            "2 người chưa đạt chuẩn ở 2 xã, thị trấn, về ngành đào tạo.",
        ),
    ],
)
def test_the_sentence_names_how_many_where_and_what_most(
    words: Words, rows: list[dict[str, object]], said: str
) -> None:
    frame = pd.DataFrame(rows)
    cells = frame.assign(below=1, unknown=0, transitional=0)
    total = pd.Series({"total": 20, "unknown": 0})

    assert profile.sentence(profile.counted(frame), ("below",), total, cells, cells, words) == said


@pytest.mark.parametrize(
    ("communes", "unknown", "said"),
    [
        (["Khe Tre"], 0, "Không có ai chưa đạt chuẩn trong 20 người đang xem ở Khe Tre."),
        (
            ["Khe Tre", "Hương Lộc"],
            3,
            "Không có ai chưa đạt chuẩn trong 20 người đang xem ở 2 xã, thị trấn. 3 người chưa đủ dữ liệu để kết luận.",
        ),
    ],
)
def test_the_sentence_is_glad_when_nobody_is_below(words: Words, communes: list[str], unknown: int, said: str) -> None:
    nobody = pd.DataFrame(columns=["person_id", "commune", "criterion"])
    units = pd.DataFrame({"unit_code": communes, "commune": communes})

    total = pd.Series({"total": 20, "unknown": unknown})
    assert profile.sentence(profile.counted(nobody), ("below",), total, units, nobody, words) == said


# The page


def test_the_page_says_who_is_below_and_why(substandard: Callable[..., AppTest]) -> None:
    app = substandard()

    assert not app.exception
    assert sentence(app) == (
        "6 người chưa đạt chuẩn ở 4 xã, thị trấn, nhiều nhất về lý luận chính trị (3 người). "
        "2 người chưa đủ dữ liệu để kết luận."
    )
    assert listed(app) == BELOW
    read = text(app)
    assert "Bí thư Đảng ủy  \nHương Phú  \nSinh 05/03/1972" in read
    assert "Lý luận chính trị] Sơ cấp, yêu cầu Trung cấp, từ 01/07/2010" in read
    assert "Điều 5 QĐ 04/2004/QĐ-BNV, áp dụng từ 27/02/2004" in read
    assert "Khắc phục: cử đi học lớp trung cấp lý luận chính trị." in read


def test_an_empty_store_is_no_reason_to_be_glad(open_app: OpenApp, tmp_path: Path) -> None:
    file = tmp_path / "trống.duckdb"
    store = Store(str(file), create=True)
    fill(store, sample=False)
    store.close()

    app = open_app(file, "substandard")

    assert not app.exception
    assert listed(app) == []
    assert sentence(app).startswith("Kho số liệu chưa có ai")


def test_one_filter_narrows_everything(substandard: Callable[..., AppTest]) -> None:
    app = substandard(xa=["20161"])

    assert sentence(app) == ("1 người chưa đạt chuẩn ở Khe Tre, về ngành đào tạo. 1 người chưa đủ dữ liệu để kết luận.")
    assert listed(app) == ["Lê Văn Đào"]
    assert app.query_params == {"xa": "20161"}


def test_nobody_below_is_said_gladly(substandard: Callable[..., AppTest]) -> None:
    app = substandard(xa=["20161"], tc=["llct"])

    assert sentence(app) == "Không có ai chưa đạt chuẩn trong 1 người đang xem ở Khe Tre."
    assert not app.exception


def test_codes_nobody_knows_are_left_out_of_the_view_and_the_address(substandard: Callable[..., AppTest]) -> None:
    app = substandard(xa=["99999", "20161", "20161"], tc=["khong_co"], kl=[""], ngay="2018-02-30", nguoi="7' or 1=1")

    assert not app.exception
    assert listed(app) == ["Lê Văn Đào"]
    assert app.query_params["xa"] == "20161"
    assert not {"tc", "kl", "ngay"} & set(app.query_params)


@pytest.mark.parametrize(
    ("typed", "names", "others"),
    [
        ("ho thi anh", ["Hồ Thị Anh"], ["Hồ Thị Ánh"]),
        ("Ánh", ["Hồ Thị Anh"], ["Hồ Thị Ánh"]),
        ("  DAO ", ["Lê Văn Đào"], []),
        ("đào", ["Lê Văn Đào"], []),
        ("Ðào", ["Lê Văn Đào"], []),
        ("%", [], []),
        ("tran  van binh", [], ["Trần văn Bình", "Trần Văn Bình"]),
        ("không có ai", [], []),
    ],
)
def test_the_search_is_blind_to_accents_and_finds_everybody(
    substandard: Callable[..., AppTest], typed: str, names: list[str], others: list[str]
) -> None:
    app = substandard()
    app.text_input(key="filter-search").set_value(typed).run()

    assert not app.exception
    assert listed(app) == names
    found = [b.label for b in app.button if str(b.key).startswith("other-")]
    assert [label.split("**")[1] for label in found] == others
    # Names stay out of histories and logs.
    assert app.query_params == {}


def test_other_verdicts_are_spoken_of_as_what_they_are(substandard: Callable[..., AppTest]) -> None:
    app = substandard(kl=["unknown"])

    # Somebody who is below in another criterion is in this list too, though not among "chưa đủ dữ liệu".
    assert sentence(app) == (
        "3 người có tiêu chí thiếu dữ liệu ở 2 xã, thị trấn, "
        "về ngành đào tạo, tin học và tuổi lần đầu (mỗi tiêu chí 1 người)."
    )
    assert listed(app) == ["Đỗ Văn Ân", "Trần Văn Bình", "Phạm Thị Mơ"]
    assert ":gray-badge[:material/question_mark: Tin học] Chưa có dữ liệu, yêu cầu" in text(app)


def test_with_several_verdicts_each_row_says_its_own(substandard: Callable[..., AppTest]) -> None:
    app = substandard(kl=["unknown", "below"])

    read = text(app)
    assert not app.exception
    assert set(listed(app)) == {*BELOW, "Trần Văn Bình", "Phạm Thị Mơ"}
    assert ":gray-badge[:material/question_mark: Tin học]" in read
    assert ":red-badge[:material/close: Ngành đào tạo]" in read


def test_the_table_has_the_rows_and_columns_of_the_excel_file(
    substandard: Callable[..., AppTest], district: Store, words: Words
) -> None:
    app = substandard(xa=["20176", "20185"])
    app.session_state["people-view"] = "Bảng"
    app.run()

    expected = listing(
        all_of(district), words, "Danh sách", "substandard_people", Filters(DAY, communes=("20176", "20185"))
    ).shown
    table = app.dataframe[0].value
    assert list(table.columns) == list(expected.columns)
    assert list(table[HEADINGS["full_name"]]) == ["Nguyễn Văn Dũng", "Hồ Văn Lâm", "A Lăng Sơn"]
    assert list(table[HEADINGS["reason"]]) == list(expected[HEADINGS["reason"]])


def test_a_long_list_is_read_page_by_page(open_app: OpenApp, enter: Enter, tmp_path: Path) -> None:
    file = tmp_path / "đông.duckdb"
    store = Store(str(file), create=True)
    fill(store, sample=False)
    many = {
        f"Hồ Văn {chr(65 + i // 26)}{chr(97 + i % 26)}": person("bi_thu", unit="20161@2018", hoc_van="thcs")
        for i in range(profile.PER_PAGE + 3)
    }
    enter(store, many)
    store.close()

    app = open_app(file, "substandard", tc="hoc_van")
    first = listed(app)
    app.session_state["people-page-2"] = 2
    app.run()

    assert (len(first), len(listed(app))) == (profile.PER_PAGE, 3)
    assert {*first, *listed(app)} == set(many)


# The record


def test_a_click_opens_the_record_and_the_address_holds_a_number_only(substandard: Callable[..., AppTest]) -> None:
    app = substandard(xa=["20161"])
    button = next(b for b in app.button if b.label == "**Lê Văn Đào**")
    button.click().run()

    assert app.query_params == {"xa": "20161", "nguoi": str(button.key).removeprefix("person-")}
    assert "Kết luận ngày 31/12/2018" in [h.value for h in app.header]


def test_the_record_tells_everything_about_one_person(substandard: Callable[..., AppTest], district: Store) -> None:
    app = substandard(nguoi=str(number_of(district, "Lê Văn Đào")), xa=["20164"])

    assert not app.exception
    read = text(app)
    assert "Sinh 20/06/1970 · Nam  \nTài chính - kế toán, Khe Tre, từ 01/01/2013" in read
    assert "Ngành đào tạo phù hợp chức danh. Bằng cấp sai ngành" in read
    assert ":green-badge[:material/check: Đạt]" in read
    career, certificates, verdicts = (t.value for t in app.table if HEADINGS["title"] not in t.value)
    assert list(career["Từ"]) == ["01/01/2013"]
    assert set(certificates[HEADINGS["obtained_on"]]) == {"tính từ ngày báo cáo 01/01/2000"}
    assert set(certificates[HEADINGS["criterion"]]) == {"Văn hóa", "Chuyên môn", "Tin học"}
    assert set(verdicts["Đến hết ngày"]) == {"nay"}
    assert any("sai ngành" in reason for reason in verdicts["Lý do"])


def test_a_reason_of_the_past_ends_the_day_before_the_next_begins(
    open_app: OpenApp, enter: Enter, tmp_path: Path
) -> None:
    file = tmp_path / "một người.duckdb"
    store = Store(str(file), create=True)
    fill(store, sample=False)
    study = [Level("llct", "so_cap", "2008-01-01"), Level("llct", "trung_cap", "2015-06-10", reported="2018-12-31")]
    enter(store, {"Hồ Văn Học": person("bi_thu", unit="20161@2018", first_held="2012-05-01", also=study)})
    who = number_of(store, "Hồ Văn Học")
    store.close()

    verdicts = open_app(file, "substandard", nguoi=str(who)).table[-1].value

    of_theory = verdicts[verdicts[HEADINGS["criterion"]] == "Lý luận chính trị"]
    assert list(of_theory[HEADINGS["from_on"]]) == ["10/06/2015", "01/05/2012"]
    assert list(of_theory["Đến hết ngày"]) == ["nay", "09/06/2015"]
    assert ["Đạt" in v for v in of_theory[HEADINGS["verdict"]]] == [True, False]
    assert "Chưa đạt" in of_theory[HEADINGS["verdict"]].iloc[1]


def test_who_left_has_a_record_without_a_verdict_today(substandard: Callable[..., AppTest], district: Store) -> None:
    left = district.fetch("select person_id from person where full_name = 'Ngô Văn Cũ'").person_id[0]

    app = substandard(nguoi=str(left))

    assert "Ngày 31/12/2018 không giữ chức vụ nào trong danh sách." in text(app)
    assert "Không giữ chức vụ nào có tiêu chuẩn đang áp dụng vào ngày này." in text(app)
    assert app.table[1].value["Thôi giữ từ"].iloc[0] == "31/12/2018"


def test_a_start_nobody_knows_is_told_as_that(substandard: Callable[..., AppTest], district: Store) -> None:
    app = substandard(nguoi=str(number_of(district, "Hồ Văn Lâm")))

    assert "từ trước ngày báo cáo 31/12/2018, chưa rõ ngày" in text(app)


@pytest.mark.parametrize("nobody", ["999999", "-1", "1.5", "x", "9" * 40, ""])
def test_a_number_that_is_nobody_is_told_over_the_page_as_it_is(
    substandard: Callable[..., AppTest], nobody: str
) -> None:
    app = substandard(nguoi=nobody)

    assert not app.exception
    assert not app.header
    assert listed(app) == BELOW
    said = [m.value for m in app.markdown if m.value.startswith("Địa chỉ nêu một hồ sơ không có trong kho số liệu")]
    assert len(said) == bool(nobody)


def test_a_day_before_the_first_post_is_told_as_that(substandard: Callable[..., AppTest], district: Store) -> None:
    app = substandard(nguoi=str(number_of(district, "Hồ Văn Lâm")), ngay="2004-03-01")

    said = [m.value for m in app.markdown if m.value.startswith("Vào ngày 01/03/2004 người này chưa giữ chức vụ nào")]
    assert len(said) == 1


def test_ethnicity_is_not_shown(open_app: OpenApp, own_district: Path) -> None:
    store = Store(str(own_district))
    with store.write() as cursor:
        cursor.execute("update person set ethnicity = 'Cơ Tu'")
    who = number_of(store, "Hồ Thị Anh")
    store.close()

    app = open_app(own_district, "substandard", nguoi=str(who))

    assert "Sinh 05/03/1972 · Nữ" in text(app)
    assert "Cơ Tu" not in text(app)
    assert not any("Cơ Tu" in table.value.to_string() for table in app.table)
