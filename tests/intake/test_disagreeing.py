"""Where a list and the store disagree: what the cell says counts, whose number it is, and what is not taken is told."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from common.lists import sheet_csv, workbook
from common.readers import all_of
from core import office
from core.store import Store
from core.words import Words
from intake.commit import StoreChanged, undo
from intake.session import Intake, differing, take_in

DAY = date(2018, 12, 31)
HEADING: list[object] = ["Họ và tên", "Ngày sinh", "Chức vụ", "Ngày bổ nhiệm", "Giữ chức vụ lần đầu"]
HEADING += ["Chuyên môn", "LLCT", "Số CMND/CCCD"]
PEOPLE = {
    "An": ["Hồ Văn An", "03/02/1975", "Bí thư Đảng ủy", "01/07/2015", "2010", "Đại học", "Trung cấp", "191000001"],
    "Bình": ["Lê Thị Bình", "04/02/1976", "Chủ tịch UBND", "01/07/2015", "2011", "Đại học", "Sơ cấp", "046178000002"],
    "Cả": ["Trần Văn Cả", "05/02/1977", "Tài chính - kế toán", "01/07/2015", "2012", "Trung cấp", "", ""],
}


@pytest.fixture
def store(office: Path) -> Iterator[Store]:
    with Store(str(office)) as opened:
        yield opened


@pytest.fixture(params=["xlsx", "csv"])
def bring(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Callable[..., Intake]:
    """Takes in the list of three people of Khe Tre with some cells changed, by person and heading."""

    def bring(**changed: dict[str, str]) -> Intake:
        rows = [HEADING]
        for name, row in PEOPLE.items():
            cells = dict(zip(map(str, HEADING), row, strict=True)) | changed.get(name, {})
            rows.append(list(cells.values()))
        path = tmp_path / str(len(list(tmp_path.iterdir()))) / f"Khe Tre.{request.param}"
        path.parent.mkdir()
        workbook(path, rows) if request.param == "xlsx" else sheet_csv(path, rows)
        return take_in(all_of(store), [path], DAY)

    return bring


@pytest.fixture
def known(bring: Callable[..., Intake]) -> Callable[..., Intake]:
    """The same over a store that has the usual list."""
    assert bring().record("Danh sách đầu", "người thử") == 1
    return bring


def said(intake: Intake) -> list[tuple[str, ...]]:
    """How known people differ: the kind, the field, what the store and the list say."""
    rows = differing(intake, Words.of(intake.reader))
    return [tuple(map(str, row)) for row in rows[["kind", "field", "old", "new"]].fillna("").to_numpy()]


def told(intake: Intake) -> list[str]:
    return [issue.message for issue in intake.issues()]


# Several levels in a cell


def test_the_highest_level_of_a_cell_is_what_it_says(known: Callable[..., Intake]) -> None:
    cells = ["Trung cấp, Đại học", "Trung cấp; Đại học", "Trung cấp/Đại học", "Trung cấp + Đại học", "ĐH, TC"]
    cells += ["Đại học và Trung cấp", "Trung cấp\nĐại học", "Trung cấp -> Đại học", "Trung cấp – Đại học"]
    cells += ["Sơ cấp, Trung cấp, Đại học"]
    for cell in cells:
        intake = known(An={"Chuyên môn": cell}, Cả={"Chuyên môn": cell})
        # For whom it is more than the store knows it is one step.
        assert said(intake) == [("changed", "chuyen_mon", "Trung cấp", "Đại học")], cell
        assert (told(intake), intake.counts()["unchanged"]) == ([], 2), cell
    intake = known(An={"Chuyên môn": cells[0]})
    assert intake.record("Danh sách sau", "người thử") is None


def test_a_lower_level_of_a_cell_comes_back_when_the_higher_is_taken_back(
    store: Store, bring: Callable[..., Intake]
) -> None:
    assert bring(Cả={"Chuyên môn": "Sơ cấp"}).record("Danh sách đầu", "x") == 1
    assert bring(Cả={"Chuyên môn": "Trung cấp, Cao đẳng"}).record("Danh sách sau", "x") == 2
    levels = "select level from qualification join person using (person_id) where full_name = 'Trần Văn Cả'"
    assert set(store.fetch(levels).level) == {"so_cap", "cao_dang"}
    undo(all_of(store), 2, "x")
    assert set(store.fetch(levels).level) == {"so_cap"}


def test_several_levels_all_below_the_store_wait_as_one(known: Callable[..., Intake]) -> None:
    intake = known(An={"Chuyên môn": "Sơ cấp; Trung cấp"})
    assert said(intake) == [("lower", "chuyen_mon", "Đại học", "Trung cấp")]


def test_what_a_lower_level_tells_beside_its_name_is_added(known: Callable[..., Intake]) -> None:
    intake = known(An={"Chuyên môn": "TC Kế toán, ĐH"})
    assert said(intake) == [("changed", "chuyen_mon", "", "Trung cấp")]
    assert intake.question() is None


def test_a_taught_level_counts_among_several_in_its_domain_alone(store: Store, known: Callable[..., Intake]) -> None:
    office.learn_word(store, "chuyen_mon", "dai_hoc", "ĐHTC Huế")
    for word in ("ĐHTC Huế", "đhtc huế", "DHTC HUE"):
        intake = known(An={"Chuyên môn": f"Trung cấp, {word}"}, Bình={"LLCT": word})
        assert said(intake) == []
        [issue] = intake.issues()
        assert f"cột LLCT: “{word}” không phải là trình độ đã biết" in issue.message
    # The same word may be another level elsewhere, and is learnt once, however it is written.
    office.learn_word(store, "llct", "so_cap", "đhtc huế")
    office.learn_word(store, "llct", "trung_cap", "DHTC HUE")
    assert said(known(Bình={"LLCT": "ĐHTC Huế"})) == [("changed", "llct", "Sơ cấp", "Trung cấp")]
    assert said(known(Cả={"Chuyên môn": "ĐHTC Huế"})) == [("changed", "chuyen_mon", "Trung cấp", "Đại học")]


# Two numbers in a cell


def test_either_number_of_a_cell_may_be_the_one_the_store_knows(known: Callable[..., Intake]) -> None:
    cells = ["191000001 / 046178000111", "046178000111; 191000001", "CCCD 046178000111\nCMND 191000001"]
    cells += ["191 000 001 - 046 178 000 111", "191000001 (046178000111)", "191000001, 191000009"]
    for cell in cells:
        intake = known(An={"Số CMND/CCCD": cell, "Ngày sinh": "1975"})
        assert (said(intake), intake.counts()["rejected"], len(intake.issues())) == ([], 0, 1), cell
    # Also of somebody whose name was corrected.
    for cell in cells[:2]:
        assert said(known(An={"Số CMND/CCCD": cell, "Họ và tên": "Hồ Văn Ân"})) == [
            ("changed", "full_name", "Hồ Văn An", "Hồ Văn Ân")
        ]


def test_of_two_new_numbers_that_of_the_new_paper_is_kept(known: Callable[..., Intake]) -> None:
    intake = known(Cả={"Số CMND/CCCD": "191000003/046178000333"})
    assert said(intake) == [("changed", "identifier", "", "046178000333")]


def test_two_numbers_of_two_people_are_asked_about(known: Callable[..., Intake]) -> None:
    intake = known(An={"Số CMND/CCCD": "191000001/046178000002"}, Bình={"Số CMND/CCCD": ""})
    assert intake.counts()["rejected"] == 1
    [message] = [text for text in told(intake) if "gần giống" in text]
    assert "Hồ Văn An, sinh 03/02/1975, Khe Tre; Lê Thị Bình, sinh 04/02/1976, Khe Tre" in message


def test_numbers_that_have_changed_places_are_asked_about(known: Callable[..., Intake]) -> None:
    intake = known(An={"Số CMND/CCCD": "046178000002"}, Bình={"Số CMND/CCCD": "191000001"})
    assert (said(intake), intake.counts()["rejected"]) == ([], 2)


def test_a_new_paper_replaces_the_old_and_not_the_other_way_round(known: Callable[..., Intake]) -> None:
    intake = known(An={"Số CMND/CCCD": "046178000111"}, Bình={"Số CMND/CCCD": "191000002"})
    assert said(intake) == [
        ("changed", "identifier", "191000001", "046178000111"),
        ("older", "identifier", "046178000002", "191000002"),
    ]
    assert told(intake) == [
        "Kho giữ nguyên số định danh vì danh sách ghi số của giấy tờ cũ: Lê Thị Bình (danh sách 191000002, kho "
        "046178000002). Nếu danh sách đúng thì chọn điều ấy ở trang Nhập và cập nhật trước khi ghi nhận."
    ]
    intake.answers.accepted = {(2, "identifier")}
    intake.compare()
    assert intake.record("Danh sách sau", "người thử") == 2
    numbers = intake.reader.store.fetch("select identifier from person order by person_id").identifier
    assert list(numbers)[:2] == ["046178000111", "191000002"]


# What is not taken


def test_each_kind_of_what_is_not_taken_is_told_with_the_people(store: Store, known: Callable[..., Intake]) -> None:
    less = {"Chuyên môn": "Trung cấp", "Ngày bổ nhiệm": "2016", "Giữ chức vụ lần đầu": "05/2013"}
    intake = known(An=less, Bình={"LLCT": "chưa", "Chuyên môn": "Cao đẳng"})
    assert intake.question() is None
    then = "Nếu danh sách đúng thì chọn điều ấy ở trang Nhập và cập nhật trước khi ghi nhận."
    assert sorted(told(intake)) == [
        f"Kho giữ nguyên {what} {then}"
        for what in (
            "chuyên môn vì danh sách ghi thấp hơn: Hồ Văn An (danh sách trung cấp, kho đại học); "
            "Lê Thị Bình (danh sách cao đẳng, kho đại học).",
            "giữ chức lần đầu vì danh sách ghi muộn hơn: Hồ Văn An (danh sách 05/2013, kho 2010).",
            "lý luận chính trị vì danh sách ghi thấp hơn: Lê Thị Bình (danh sách chưa qua đào tạo, kho sơ cấp).",
            "ngày nhận chức vụ vì danh sách ghi muộn hơn: Hồ Văn An (danh sách 2016, kho 01/07/2015).",
        )
    ]
    # The officer says that the list is right.
    intake.answers.accepted = {(1, "first_held_on"), (1, "from_on")}
    intake.compare()
    assert intake.record("Danh sách sau", "người thử") == 2
    [held] = store.fetch("select from_on, first_held_on from posting where person_id = 1").to_dict("records")
    assert (held["from_on"].year, held["first_held_on"].year) == (2016, 2013)


def test_a_post_of_another_group_that_the_list_leaves_out_is_told(known: Callable[..., Intake]) -> None:
    intake = known(Bình={"Chức vụ": "Văn phòng - thống kê"}, An={"Ngày sinh": "03/02/1975"})
    assert told(intake) == [
        "Danh sách nêu ở chức vụ khác, kho vẫn giữ cả chức vụ đang có: Lê Thị Bình (chủ tịch Ủy ban nhân dân). "
        "Nếu đã thôi chức vụ ấy thì ghi lý do, ngày thôi ở trang Nhập và cập nhật."
    ]
    assert intake.counts()["missing"] == 0
    [posting] = intake.comparison.missing.posting_id
    intake.answers.left = {int(posting): (DAY, "doi_chuc_vu")}
    intake.compare()
    assert told(intake) == []
    assert intake.record("Danh sách sau", "người thử") == 2
    ended = intake.reader.store.fetch("select count(*) as n from posting where to_on is not null").n[0]
    assert ended == 1


# Two sessions


def test_who_records_second_is_refused_and_shown_what_is_there_now(known: Callable[..., Intake]) -> None:
    better = {"Chuyên môn": "Thạc sĩ"}
    one, two = known(An=better), known(An=better, Bình={"Chuyên môn": "Trung cấp"})
    two.answers.accepted = {(1, "chuyen_mon"), (2, "chuyen_mon")}
    assert one.record("Của tôi", "một") == 2
    with pytest.raises(StoreChanged, match="Kho số liệu đã thay đổi từ lúc so sánh"):
        two.record("Của tôi", "hai")
    two.compare_anew()
    # What was agreed to and is still so holds.
    assert two.answers.accepted == {(2, "chuyen_mon")}
    assert said(two) == [("lower", "chuyen_mon", "Đại học", "Trung cấp")]


def test_an_answer_holds_only_for_what_it_was_given_to(store: Store, known: Callable[..., Intake]) -> None:
    """That Trung cấp is right and Đại học wrong does not say that a Thạc sĩ since recorded is wrong."""
    two = known(An={"Chuyên môn": "Trung cấp"})
    two.answers.accepted = {(1, "chuyen_mon")}
    two.compare()
    assert known(An={"Chuyên môn": "Thạc sĩ"}).record("Của người khác", "một") == 2
    with pytest.raises(StoreChanged):
        two.record("Của tôi", "hai")
    two.compare_anew()
    assert two.answers.accepted == set()
    assert two.counts()["changed"] == 0


def test_who_left_is_said_once(store: Store, known: Callable[..., Intake], tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADING, list(PEOPLE["An"]), list(PEOPLE["Cả"])]
    paths = [workbook(tmp_path / f"{n} Khe Tre.xlsx", rows) for n in range(2)]
    one, two = (take_in(all_of(store), [path], DAY) for path in paths)
    for intake in (one, two):
        [posting] = intake.comparison.missing.posting_id
        intake.answers.left = {int(posting): (DAY, "nghi_huu")}
    assert one.record("Một", "một") == 2
    with pytest.raises(StoreChanged):
        two.record("Hai", "hai")
    two.compare_anew()
    assert two.answers.left == {}
    assert two.record("Hai", "hai") is None


def test_a_batch_that_is_taken_back_under_another_session_is_compared_anew(
    store: Store, known: Callable[..., Intake]
) -> None:
    two = known(An={"Chuyên môn": "Thạc sĩ", "Họ và tên": "Hồ Văn Ân", "Số CMND/CCCD": ""})
    [who] = two.comparison.waiting
    two.answers.people = {who: 1}
    two.compare()
    assert two.comparison.waiting == set()
    undo(all_of(store), 1, "một")
    with pytest.raises(StoreChanged):
        two.record("Hai", "hai")
    two.compare_anew()
    # Whom the answer spoke of is gone.
    assert (two.answers.people, two.comparison.new) == ({}, 3)
    assert two.record("Hai", "hai") == 2


# What cannot be true with what the store knows


BIRTH, START, FIRST = "Ngày sinh", "Ngày bổ nhiệm", "Giữ chức vụ lần đầu"
IN_DOUBT = (
    "Dòng vẫn được nhận như đã ghi; xem lại, danh sách sai thì sửa rồi nạp lại, kho sai thì sửa ở hồ sơ người ấy."
)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {BIRTH: "", START: "01/07/1980", FIRST: "01/07/1980"},
            "Ngày nhận chức vụ: Hồ Văn An giữ chức vụ bí thư Đảng ủy từ ngày 01/07/1980, "
            "khi người sinh ngày 03/02/1975 (theo kho) chưa đủ 18 tuổi.",
        ),
        (
            {BIRTH: "", FIRST: "1990"},
            "Giữ chức lần đầu: Hồ Văn An giữ chức vụ bí thư Đảng ủy từ năm 1990, "
            "khi người sinh ngày 03/02/1975 (theo kho) chưa đủ 18 tuổi.",
        ),
        (
            {BIRTH: "", "Chuyên môn": "Đại học, 1991"},
            "Chuyên môn: Hồ Văn An đạt “Đại học” năm 1991, khi người sinh ngày 03/02/1975 (theo kho) chưa đủ 19 tuổi.",
        ),
        (
            # By the year alone the list says nothing impossible.
            {BIRTH: "1975", START: "01/1993", FIRST: "01/1993"},
            "Ngày nhận chức vụ: Hồ Văn An giữ chức vụ bí thư Đảng ủy từ tháng 01/1993, "
            "khi người sinh ngày 03/02/1975 (theo kho) chưa đủ 18 tuổi.",
        ),
        (
            {START: "01/01/2009", FIRST: ""},
            "Ngày nhận chức vụ: Hồ Văn An giữ chức vụ bí thư Đảng ủy lần đầu năm 2010 (theo kho) "
            "là sau khi nhận chính chức vụ ấy ngày 01/01/2009.",
        ),
        (
            {BIRTH: "03/02/1993", START: "", FIRST: ""},
            "Ngày sinh: Hồ Văn An giữ chức vụ bí thư Đảng ủy từ năm 2010 (theo kho), "
            "khi người sinh ngày 03/02/1993 chưa đủ 18 tuổi.",
        ),
    ],
)
def test_what_cannot_be_true_with_the_store_is_told_before_it_is_recorded(
    known: Callable[..., Intake], cells: dict[str, str], message: str
) -> None:
    intake = known(An=cells)
    assert told(intake) == [f"Dòng 2, cột {message} {IN_DOUBT}"]
    [issue] = intake.issues()
    assert (issue.row, issue.column, issue.severity) == (2, message.split(":")[0], "warning")
    assert intake.record("Danh sách sau", "người thử") == 2
    # What is known by then is no news.
    assert [text for text in told(known(An=cells)) if "theo kho" in text] == []


def test_a_level_in_the_store_that_a_new_birth_makes_impossible_is_told(known: Callable[..., Intake]) -> None:
    assert known(Bình={"Chuyên môn": "Đại học 1995"}).record("Danh sách sau", "người thử") == 2
    assert told(known(Bình={BIRTH: "04/02/1980", START: "", FIRST: ""})) == [
        "Dòng 3, cột Ngày sinh: Lê Thị Bình đạt “Đại học” năm 1995 (theo kho), "
        f"khi người sinh ngày 04/02/1980 chưa đủ 19 tuổi. {IN_DOUBT}"
    ]


def test_who_is_too_old_by_the_store_is_told(store: Store, known: Callable[..., Intake]) -> None:
    with store.write() as cursor:
        cursor.execute("update person set birth_on = '1942-12-30' where full_name = 'Hồ Văn An'")
    assert told(known(An={BIRTH: ""})) == [
        "Dòng 2, cột Ngày sinh: Hồ Văn An sinh ngày 30/12/1942 (theo kho) thì đến ngày 31/12/2018 đã quá 75 tuổi "
        f"mà còn giữ chức vụ. {IN_DOUBT}"
    ]


def test_what_one_row_says_by_itself_is_told_once(known: Callable[..., Intake]) -> None:
    for cells, by_store in (
        ({START: "01/07/1980", FIRST: "01/07/1980"}, 0),
        # Held for the first time in 2010, which the row does not say.
        ({BIRTH: "03/02/1999", FIRST: "2015"}, 1),
    ):
        found = ["(theo kho)" in text for text in told(known(An=cells)) if "chưa đủ 18 tuổi" in text]
        assert (found.count(False), found.count(True)) == (2, by_store)
