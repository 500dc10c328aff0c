"""A list read as a careful clerk reads it: what cannot be is told with its row and column, and not taken for true."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from common.lists import day, held, read, sheet_csv, workbook
from common.readers import all_of
from core.store import Filters, Store
from core.vietnamese import Partial, of_short_year
from intake.identifiers import as_kept, paper_numbers, plain
from intake.leaving import says_left
from intake.plausible import YOUNGEST_IN_POST, youngest_for
from intake.reading import Issue, Reading
from intake.session import take_in
from opening.new_store import fill

DAY = date(2018, 12, 31)
HEADING: list[object] = ["Họ và tên", "Ngày sinh", "Chức vụ", "Ngày bổ nhiệm", "Ngày giữ chức vụ lần đầu"]
HEADING += ["Trình độ chuyên môn", "Số CMND/CCCD", "Ghi chú"]
DATES = ("Ngày sinh", "Ngày bổ nhiệm", "Ngày giữ chức vụ lần đầu")
USUAL = ["Hồ Văn Tâm", "12/05/1978", "Bí thư Đảng ủy", "01/07/2015", "01/07/2015", "Đại học", "191000001", ""]


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    yield store
    store.close()


@pytest.fixture(params=["xlsx", "csv"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def listed(folder: Path, form: str, *rows: dict[str, object]) -> Path:
    """A list of Khe Tre of 31/12/2018 in a format; a row is USUAL with what is named changed."""
    usual = dict(zip(map(str, HEADING), USUAL, strict=True))
    people = [[row.get(name, cell) for name, cell in usual.items()] for row in rows]
    table = [["DANH SÁCH (Tính đến ngày 31/12/2018)"], HEADING, *people]
    path = folder / f"Khe Tre {len(list(folder.iterdir()))}.{form}"
    return workbook(path, table) if form == "xlsx" else sheet_csv(path, table)


def reading(folder: Path, form: str, **row: object) -> tuple[Reading, list[Issue]]:
    found = read(listed(folder, form, row))
    assert found.rejected == []
    return found, found.issues


# Dates that cannot be


@pytest.mark.parametrize(
    ("column", "written", "told"),
    [
        ("Ngày bổ nhiệm", "20/06/2061", "ngày 20/06/2061 là sau ngày 31/12/2018, ngày của danh sách"),
        ("Ngày bổ nhiệm", "01/2019", "tháng 01/2019 là sau ngày 31/12/2018, ngày của danh sách"),
        ("Ngày bổ nhiệm", "2019", "năm 2019 là sau ngày 31/12/2018, ngày của danh sách"),
        ("Ngày giữ chức vụ lần đầu", "01/01/2019", "ngày 01/01/2019 là sau ngày 31/12/2018, ngày của danh sách"),
        ("Ngày sinh", "12/05/2019", "sinh ngày 12/05/2019 là sau ngày 31/12/2018, ngày của danh sách"),
        ("Ngày sinh", "01/01/2001", "sinh ngày 01/01/2001 thì đến ngày 31/12/2018 chưa đủ 18 tuổi mà đang giữ chức vụ"),
        ("Ngày sinh", "31/12/1942", "sinh ngày 31/12/1942 thì đến ngày 31/12/2018 đã quá 75 tuổi mà còn giữ chức vụ"),
        ("Ngày sinh", "1905", "sinh năm 1905 thì đến ngày 31/12/2018 đã quá 75 tuổi mà còn giữ chức vụ"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_not_taken(
    tmp_path: Path, form: str, column: str, written: str, told: str
) -> None:
    found, issues = reading(tmp_path, form, **{column: written})
    [person] = found.people
    moments = {
        "Ngày sinh": person.birth,
        "Ngày bổ nhiệm": person.started,
        "Ngày giữ chức vụ lần đầu": person.first_held,
    }
    assert {name for name, moment in moments.items() if moment is None} == {column}
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, column, "warning")]
    kept = "Dòng vẫn được nhận, ô này coi như “chưa có dữ liệu”."
    assert issues[0].message == f"Dòng 3, cột {column}: {told}. {kept}"


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("Ngày bổ nhiệm", "31/12/2018"),
        ("Ngày bổ nhiệm", "12/2018"),
        ("Ngày bổ nhiệm", "2018"),
        ("Ngày giữ chức vụ lần đầu", "12/05/1996"),
        ("Trình độ chuyên môn", "Đại học 1997"),
    ],
)
def test_the_last_day_that_can_be_is_taken_without_a_word(tmp_path: Path, form: str, column: str, written: str) -> None:
    assert reading(tmp_path, form, **{column: written})[1] == []


def test_what_is_told_of_a_level_is_told_of_every_row_that_has_it(tmp_path: Path, form: str) -> None:
    column = "Trình độ chuyên môn"
    unclear, dated, plain = {column: "Bằng đỏ"}, {column: "Đại học 2016"}, {column: "Đại học"}
    rows: list[dict[str, object]] = [unclear, unclear, dated, dated, plain, plain]
    # Who was born in 1999 can hold no degree of 2016; the older one in the row before can.
    rows = [{"Họ và tên": f"Hồ Văn {name}"} | row for name, row in zip("ABCDEG", rows, strict=True)]
    rows[3] |= {"Ngày sinh": "01/01/1999", "Ngày bổ nhiệm": "31/12/2018", "Ngày giữ chức vụ lần đầu": ""}
    rows = [row | {"Số CMND/CCCD": ""} for row in rows]
    found = read(listed(tmp_path, form, *rows))
    assert [i.row for i in found.issues if i.column == column] == [3, 4, 6]
    obtained = [[(h.level, h.obtained is not None) for h in p.levels] for p in found.people]
    assert obtained == [[], [], [("dai_hoc", True)], [("dai_hoc", True)], [("dai_hoc", False)], [("dai_hoc", False)]]


@pytest.mark.parametrize("born", ["31/12/2000", "01/01/1943", "2000", "1942"])
def test_the_oldest_and_the_youngest_in_post_are_taken_without_a_word(tmp_path: Path, form: str, born: str) -> None:
    start = {"Ngày bổ nhiệm": "31/12/2018", "Ngày giữ chức vụ lần đầu": "", "Ngày sinh": born}
    found, issues = reading(tmp_path, form, **start)
    # 1942 alone may not be over 75; the year before certainly is.
    assert (found.people[0].birth is None, len(issues)) == ((True, 1) if born == "1942" else (False, 0))


@pytest.mark.parametrize(
    ("column", "written", "told"),
    [
        (
            "Ngày bổ nhiệm",
            "11/05/1996",
            "giữ chức vụ từ ngày 11/05/1996, khi người sinh ngày 12/05/1978 chưa đủ 18 tuổi",
        ),
        ("Ngày giữ chức vụ lần đầu", "1990", "giữ chức vụ từ năm 1990, khi người sinh ngày 12/05/1978 chưa đủ 18 tuổi"),
        ("Trình độ chuyên môn", "Đại học 1996", "“Đại học” đạt năm 1996, khi người sinh {} chưa đủ 19 tuổi"),
        ("Trình độ chuyên môn", "Trung cấp 1992", "“Trung cấp” đạt năm 1992, khi người sinh {} chưa đủ 15 tuổi"),
    ],
)
def test_two_days_that_contradict_each_other_are_told_and_both_kept(
    tmp_path: Path, form: str, column: str, written: str, told: str
) -> None:
    found, issues = reading(tmp_path, form, **{column: written})
    [person] = found.people
    assert person.birth == day("1978-05-12")
    assert None not in (person.started, person.first_held, person.levels[0].obtained or column[:4] == "Ngày" or None)
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, column, "warning")]
    assert issues[0].message.startswith(
        f"Dòng 3, cột {column}: {told.format('ngày 12/05/1978')}. Dòng vẫn được nhận như đã ghi; "
    )


def test_a_level_reached_after_the_day_is_held_without_the_day(tmp_path: Path, form: str) -> None:
    found, issues = reading(tmp_path, form, **{"Trình độ chuyên môn": "Đại học 2019"})
    assert found.people[0].levels == (held("chuyen_mon", "dai_hoc"),)
    assert "“Đại học” đạt năm 2019 là sau ngày 31/12/2018" in issues[0].message


def test_who_is_listed_with_a_start_that_cannot_be_is_in_post_on_the_day(
    tmp_path: Path, form: str, store: Store
) -> None:
    late = {"Ngày bổ nhiệm": "20/06/2061", "Ngày giữ chức vụ lần đầu": ""}
    intake = take_in(
        all_of(store), [listed(tmp_path, form, {}, {"Họ và tên": "Lê Thị Mai", "Số CMND/CCCD": ""} | late)]
    )
    assert any("20/06/2061" in issue.message for issue in intake.issues())
    intake.record("Danh sách thử", "người thử")
    assert len(all_of(store).query("roster", Filters(DAY))) == 2


def test_a_list_is_asked_of_the_day_it_is_taken_in_for(tmp_path: Path, store: Store) -> None:
    path = listed(tmp_path, "xlsx", {"Ngày bổ nhiệm": "01/06/2018"})
    told = [i.message for i in take_in(all_of(store), [path], date(2018, 1, 31)).issues()]
    assert any("ngày 01/06/2018 là sau ngày 31/01/2018" in message for message in told)


def test_the_checks_of_the_store_ask_for_the_same_ages(store: Store) -> None:
    rows = store.fetch("select distinct level, youngest_for(level) as age, youngest_in_post() as post from level")
    assert {level: youngest_for(level) for level in rows.level} == dict(zip(rows.level, rows.age, strict=True))
    assert set(rows.post) == {YOUNGEST_IN_POST}


# Years of two digits


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("15/8/92", [1992, 2092]),
        ("15.08.'92", [1992, 2092]),
        ("ngày 5 tháng 6 năm 75", [1975, 2075]),
        ("8/92", [1992, 2092]),
        ("29/2/00", [2000]),
        ("8/12", []),
        ("31/2/92", []),
        ("15/8/1992", []),
        ("92", []),
    ],
)
def test_what_a_year_of_two_digits_can_be(text: str, years: list[int]) -> None:
    assert [moment.on.year for moment in of_short_year(text)] == years


def test_a_year_of_two_digits_is_read_where_only_one_century_is_possible(tmp_path: Path, form: str) -> None:
    short = {"Ngày sinh": "15/8/92", "Ngày bổ nhiệm": "26/3/17", "Ngày giữ chức vụ lần đầu": "4/17"}
    found, issues = reading(tmp_path, form, **short)
    [person] = found.people
    assert (person.birth, person.started) == (day("1992-08-15"), day("2017-03-26"))
    assert person.first_held == Partial(date(2017, 4, 1), "thang")
    assert [(i.column, i.severity) for i in issues] == [(c, "info") for c in short]
    assert issues[0].message == "Dòng 3, cột Ngày sinh: “15/8/92” ghi năm hai chữ số, được đọc là ngày 15/08/1992."


@pytest.mark.parametrize(("column", "written"), [("Ngày sinh", "15/8/05"), ("Ngày bổ nhiệm", "26/3/19")])
def test_a_year_of_two_digits_that_is_possible_in_no_century_is_asked_about(
    tmp_path: Path, form: str, column: str, written: str
) -> None:
    found, issues = reading(tmp_path, form, **{column: written})
    assert len(found.people) == 1
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, column, "warning")]
    assert f"{written} không ghi đủ bốn chữ số của năm. Dòng vẫn được nhận" in issues[0].message


# Identifiers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("'046178000111", "046178000111"),
        ("CCCD: 046178000111", "046178000111"),
        ("CCCD046178000111", "046178000111"),
        ("０４６１７８０００１１１", "046178000111"),
        ('="046178000111"', "046178000111"),
        ("số 046178000111 cấp 5/6/2010", "046178000111"),
        ("046.178.000.111, cấp ngày 05.06.2010 tại CA tỉnh", "046178000111"),
        ("CMND số 191 234 567", "191234567"),
    ],
)
def test_the_number_of_a_paper_is_read_without_what_stands_around_it(
    tmp_path: Path, form: str, written: str, number: str
) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert [p.identifier for p in found.people] == [number]
    assert issues == []
    assert as_kept(written) == number


@pytest.mark.parametrize("written", ["O46178OOO111", "046I78000111"])
def test_a_letter_for_a_digit_is_read_and_told(tmp_path: Path, form: str, written: str) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert found.people[0].identifier == "046178000111"
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, "Số CMND/CCCD", "warning")]
    assert f"“{written}” có chữ O hoặc I ở chỗ chữ số, được đọc là 046178000111" in issues[0].message


@pytest.mark.parametrize("written", ["12345678901234", "1912345", "Đang làm lại", "B1234567"])
def test_what_is_no_number_of_a_paper_is_told_and_not_kept(tmp_path: Path, form: str, written: str) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert found.people[0].identifier is None
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, "Số CMND/CCCD", "warning")]
    assert "không phải là số CMND (9 chữ số) hoặc căn cước (12 chữ số)" in issues[0].message


def test_of_two_papers_in_a_cell_the_newer_counts_and_is_told(tmp_path: Path, form: str) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": "CMND 191234567 / CCCD 046178000111"})
    assert found.people[0].identifier == "046178000111"
    assert found.people[0].other_numbers == ("191234567",)
    assert "có hai số: kho đã có số nào thì giữ số ấy, chưa có số nào thì dùng số căn cước 046178000111" in (
        issues[0].message
    )


@pytest.mark.parametrize(
    ("written", "number"), [("٠٤٦١٧٨٠٠٠١١١", "046178000111"), ("१९१२३४५६७", "191234567"), ("𝟏𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕", "191234567")]
)
def test_the_digits_of_every_script_are_read(tmp_path: Path, form: str, written: str, number: str) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert ([p.identifier for p in found.people], issues) == ([number], [])
    found, issues = reading(tmp_path, form, **{"Ngày sinh": "١٥/٠٨/١٩٨٢"})
    assert (found.people[0].birth, issues) == (Partial(date(1982, 8, 15), "ngay"), [])


@pytest.mark.parametrize(
    "written",
    [
        *("191234567²", "19123456½", "Ⅷ91234567", "191234567八", "①191234567", "1,91234E+08", "4.6178000111 E+10"),
        *("1.91234567e+08", "4,6178 x 10^10"),
    ],
)
@pytest.mark.parametrize("heading", ["Số CMND/CCCD", "Mã cán bộ"])
def test_a_number_is_never_read_without_some_of_its_digits(
    tmp_path: Path, form: str, written: str, heading: str
) -> None:
    rows: list[list[object]] = [["Họ và tên", "Chức vụ", "Xã", heading]]
    rows.append(["Hồ Văn An", "Bí thư Đảng ủy", "Khe Tre", written])
    path = tmp_path / f"ds.{form}"
    found = read(workbook(path, rows) if form == "xlsx" else sheet_csv(path, rows))
    assert [p.identifier for p in found.people] == [None]
    assert [(i.row, i.column, i.severity) for i in found.issues] == [(2, heading, "warning")]
    assert f"“{written}” " in found.issues[0].message


def test_a_number_that_may_be_one_or_another_is_told(tmp_path: Path, form: str) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": "191234567 890"})
    assert (found.people[0].identifier, len(issues)) == (None, 1)


def test_zeros_that_a_text_file_has_lost_are_put_back_and_told(tmp_path: Path) -> None:
    found, issues = reading(tmp_path, "csv", **{"Số CMND/CCCD": "46178000111"})
    assert found.people[0].identifier == "046178000111"
    assert "thiếu số 0 ở đầu, được đọc là 046178000111" in issues[0].message
    found, issues = reading(tmp_path, "xlsx", **{"Số CMND/CCCD": 46178000111})
    assert (found.people[0].identifier, issues) == ("046178000111", [])


def test_a_number_is_not_made_of_a_date_or_of_two_numbers() -> None:
    assert paper_numbers(plain("cấp 05/06/2010 12/12/2012")) == []
    assert paper_numbers(plain("046178000111 191")) == ["046178000111"]


def test_dirty_numbers_over_clean_ones_are_the_people_the_store_knows(tmp_path: Path, form: str, store: Store) -> None:
    clean_one = {"Số CMND/CCCD": "046178000111"}
    take_in(all_of(store), [listed(tmp_path, form, clean_one)]).record("Sạch", "người thử")
    # Even under another birth date the number says who it is.
    dirty = {"Số CMND/CCCD": "CCCD: 046178000111", "Ngày sinh": "13/05/1978"}
    counts = take_in(all_of(store), [listed(tmp_path, form, dirty)]).counts()
    assert (counts["new"], counts["changed"], counts["rejected"]) == (0, 1, 0)


# Levels


@pytest.mark.parametrize("written", ["Trung cấp/Đại học", "TC -> ĐH", "Trung cấp lên Đại học", "Đại học Trung cấp"])
def test_the_higher_of_two_levels_in_a_cell_is_held(tmp_path: Path, form: str, store: Store, written: str) -> None:
    intake = take_in(all_of(store), [listed(tmp_path, form, {"Trình độ chuyên môn": written})])
    assert intake.reading.issues == []
    intake.record("Danh sách thử", "người thử")
    roster = all_of(store).query("roster", Filters(DAY))
    assert (roster.chuyen_mon[0], roster.nganh.isna()[0]) == ("dai_hoc", True)


# Notes


@pytest.mark.parametrize(
    "note",
    [
        "Đã nghỉ hưu từ ngày 01/02/2017",
        "Chuyển công tác lên huyện 6/2018",
        "chuyển công tác 6/2018",
        "Điều động về UBND huyện từ 01/7/2018",
        "Từ trần",
        "Đã mất 2018",
        "Mất ngày 5/6/2017",
        "Thôi việc theo NĐ 108",
        "Nghỉ từ 01/9/2018",
        "Miễn nhiệm 2018",
        "Không còn công tác tại xã",
        "xin nghỉ việc từ 01/5/2018",
        "Hưu 2018",
        "nghỉ 1/6/2018",
        "Nghỉ mất sức",
        "nghỉ theo 108",
        "Chấm dứt hợp đồng 2018",
        "đang hưởng lương hưu",
    ],
)
def test_a_note_that_somebody_has_left_is_asked_about(tmp_path: Path, form: str, note: str) -> None:
    found, issues = reading(tmp_path, form, **{"Ghi chú": note})
    assert len(found.people) == 1
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, "Ghi chú", "warning")]
    assert f"“{note}” cho thấy người này đã thôi, nhưng danh sách vẫn tính là đang giữ chức vụ" in issues[0].message


@pytest.mark.parametrize(
    "note",
    [
        "",
        "Sẽ nghỉ hưu 01/2020",
        "Nghỉ hưu từ 01/02/2019",
        "Chờ nghỉ hưu",
        "Chưa nghỉ hưu",
        "Điều động từ xã Hương Lộc",
        "Luân chuyển từ huyện về",
        "Nghỉ thai sản",
        "Mất bằng tốt nghiệp",
        "Chuyển ngạch chuyên viên 2017",
        "Kiêm nhiệm",
        "Theo QĐ 12 ngày 5/6/2018",
        "Nghỉ việc riêng",
        "Sẽ chấm dứt hợp đồng 2019",
    ],
)
def test_other_notes_are_not(note: str) -> None:
    assert not says_left(note, DAY)


@pytest.mark.parametrize(
    ("written", "number", "told"),
    [
        ("46178000111.0", "046178000111", True),
        ("046178000111.0", "046178000111", False),
        ("191234567.0", "191234567", False),
        ("191234567,00", "191234567", False),
        ("CMND 191234567.0", "191234567", False),
        ("91234567.0", "091234567", True),
        ("046.178.000.111", "046178000111", False),
        ("191234.567", "191234567", False),
    ],
)
def test_decimal_zeros_are_no_digits_of_a_number(
    tmp_path: Path, form: str, written: str, number: str, told: bool
) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert [p.identifier for p in found.people] == [number]
    assert [f"thiếu số 0 ở đầu, được đọc là {number}" in issue.message for issue in issues] == [True] * told


@pytest.mark.parametrize("written", ["191234567.5", 191234567.5, "46178000111,25", "046178000.000", "1912345.00"])
def test_a_number_with_other_decimals_is_asked_about(tmp_path: Path, form: str, written: object) -> None:
    found, issues = reading(tmp_path, form, **{"Số CMND/CCCD": written})
    assert [p.identifier for p in found.people] == [None]
    assert [(i.row, i.column, i.severity) for i in issues] == [(3, "Số CMND/CCCD", "warning")]
    assert paper_numbers(plain(str(written))) == []
