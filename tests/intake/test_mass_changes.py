"""A batch that changes many people in the same way is asked about once before it can be recorded."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from common.lists import sheet_csv, workbook
from common.readers import all_of
from core.store import Store
from intake.commit import NotAccepted
from intake.session import Intake, take_in
from manage import main
from opening.new_store import fill

POSTS = [
    "Bí thư Đảng ủy",
    "Chủ tịch HĐND",
    "Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Văn phòng - thống kê",
    "Trưởng Công an",
]
NAMES = ["Hồ Văn An", "Lê Thị Bình", "Trần Văn Cả", "Phan Thị Dung", "Nguyễn Văn Em", "Đỗ Văn Giang"]
HEADING = [
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Chức vụ",
    "Ngày bổ nhiệm",
    "Giữ chức vụ lần đầu",
    "Chuyên môn",
    "Số CMND",
    "Dân tộc",
    "Chuyên ngành",
]
FIELDS = ["Luật", "Kế toán", "Nông nghiệp", "Xây dựng", "Văn thư", "An ninh"]
BORN = [date(1975 + n, 2, 3 + n) for n in range(6)]


def listed(path: Path, **changed: list[str]) -> Path:
    """A list of six officials of Khe Tre on 31/12/2018, with whole columns changed."""
    usual = {
        "names": NAMES,
        "born": [f"{day:%d/%m/%Y}" for day in BORN],
        "gender": ["Nam", "Nữ", "Nam", "Nữ", "Nam", "Nam"],
        "posts": POSTS,
        "since": ["01/07/2015"] * 6,
        "first": ["2010", "2011", "2012", "2010", "2011", "2012"],
        "level": ["Trung cấp"] * 6,
        "number": [f"19100000{n}" for n in range(6)],
        "people": ["Kinh", "Cơ Tu", "Kinh", "Cơ Tu", "Tà Ôi", "Kinh"],
        "field": FIELDS,
    }
    rows: list[list[object]] = [["DANH SÁCH (Tính đến ngày 31/12/2018)"], list(HEADING)]
    rows += [list(row) for row in zip(*(usual | changed).values(), strict=True)]
    return workbook(path, rows) if path.suffix == ".xlsx" else sheet_csv(path, rows)


@pytest.fixture(params=[".xlsx", ".csv"])
def bring(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Intake]]:
    """Takes in a list with some columns changed, over a store that has the usual one."""
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    take_in(all_of(store), [listed(tmp_path / f"Khe Tre{request.param}")]).record("Danh sách đầu", "người thử")

    def bring(**changed: list[str]) -> Intake:
        return take_in(all_of(store), [listed(tmp_path / f"Khe Tre sau{request.param}", **changed)])

    yield bring
    store.close()


def shifted(days: int, people: int = 6) -> list[str]:
    return [f"{day + timedelta(days if n < people else 0):%d/%m/%Y}" for n, day in enumerate(BORN)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"born": shifted(1462)},
            "ngày sinh của 6 trong 6 người ở Khe Tre cùng muộn đi 1.462 ngày "
            "(như Hồ Văn An: từ ngày 03/02/1975 thành ngày 04/02/1979)",
        ),
        (
            {"born": shifted(-1, people=3)},
            "ngày sinh của 3 trong 6 người ở Khe Tre cùng sớm đi 1 ngày "
            "(như Hồ Văn An: từ ngày 03/02/1975 thành ngày 02/02/1975)",
        ),
        (
            {"born": [*shifted(0)[1:], shifted(0)[0]]},
            "ngày sinh của 6 trong 6 người ở Khe Tre (như Hồ Văn An: từ ngày 03/02/1975 thành ngày 04/02/1976)",
        ),
        (
            {"first": ["2008"] * 6},
            "giữ chức lần đầu của 6 trong 6 người ở Khe Tre cùng thành năm 2008 "
            "(như Hồ Văn An: từ năm 2010 thành năm 2008)",
        ),
        (
            {"level": ["Đại học"] * 6},
            "chuyên môn của 6 trong 6 người ở Khe Tre cùng thành Đại học (như Hồ Văn An: từ Trung cấp thành Đại học)",
        ),
        (
            {"gender": ["Nữ"] * 6},
            "giới tính của 4 trong 6 người ở Khe Tre cùng thành Nữ (như Hồ Văn An: từ Nam thành Nữ)",
        ),
        (
            {"since": ["01/07/2014"] * 6},
            "ngày nhận chức vụ của 6 trong 6 người ở Khe Tre cùng sớm đi 365 ngày "
            "(như Hồ Văn An: từ ngày 01/07/2015 thành ngày 01/07/2014)",
        ),
        (
            {"posts": [*POSTS[1:], POSTS[0]]},
            "chức vụ của 6 trong 6 người ở Khe Tre (như Hồ Văn An: từ Bí thư Đảng ủy thành Chủ tịch Hội đồng nhân dân)",
        ),
        (
            {"posts": ["Văn phòng - thống kê"] * 6},
            "chức vụ thêm của 4 trong 6 người ở Khe Tre cùng là Văn phòng - thống kê "
            "(như Hồ Văn An: đang là Bí thư Đảng ủy, thêm Văn phòng - thống kê)",
        ),
        (
            {"field": [*FIELDS[1:], FIELDS[0]]},
            "ngành đào tạo của 6 trong 6 người ở Khe Tre (như Hồ Văn An: từ Luật thành Kế toán)",
        ),
        (
            {"field": ["Luật"] * 6},
            "ngành đào tạo của 5 trong 6 người ở Khe Tre cùng thành Luật (như Lê Thị Bình: từ Kế toán thành Luật)",
        ),
        (
            {"gender": ["Nữ", "Nam", "Nữ", "Nam", "Nam", "Nam"]},
            "giới tính của 4 trong 6 người ở Khe Tre (như Hồ Văn An: từ Nam thành Nữ)",
        ),
        (
            # Half of a column out of step is later than the store and waits; the other half would be taken.
            {"since": ["01/07/2016", "01/07/2014", "03/03/2013", "01/01/2017", "05/05/2016", "01/07/2015"]},
            "ngày nhận chức vụ của 5 trong 6 người ở Khe Tre "
            "(như Lê Thị Bình: từ ngày 01/07/2015 thành ngày 01/07/2014)",
        ),
    ],
)
def test_many_changed_alike_are_asked_about_before_anything_is_recorded(
    bring: Callable[..., Intake], changed: dict[str, list[str]], told: str
) -> None:
    intake = bring(**changed)
    question = intake.question()
    assert question is not None
    assert question.startswith(f"Đợt này đổi nhiều người theo cùng một kiểu: {told}. ")
    with pytest.raises(NotAccepted, match="cùng một kiểu"):
        intake.record("Danh sách sau", "người thử")
    assert intake.record("Danh sách sau", "người thử", agreed=True) is not None
    assert bring(**changed).question() is None


@pytest.mark.parametrize(
    "changed",
    [
        {},
        # Two of six are corrected; what was known by the year becomes known to the day; a level is lower and waits.
        {"born": shifted(1, people=2)},
        {"first": ["05/06/2010", "05/06/2011", "05/06/2012", "05/06/2010", "05/06/2011", "05/06/2012"]},
        {"level": ["Sơ cấp"] * 6},
        {"level": ["Đại học", "Cao đẳng", *["Trung cấp"] * 4]},
        # Two change places and one takes up another post; two study something else, everybody one thing more.
        {"posts": [POSTS[1], POSTS[0], *POSTS[2:4], "Địa chính - xây dựng", POSTS[5]]},
        {"field": ["Kế toán", "Luật", *FIELDS[2:]]},
        {"level": [f"Trung cấp {field}; Trung cấp Lâm nghiệp" for field in FIELDS], "field": [""] * 6},
        # The same written otherwise; new papers for old ones.
        {"people": ["KINH", "CƠ TU", "KINH", "CƠ TU", "TÀ ÔI", "KINH"], "field": [f.upper() for f in FIELDS]},
        {"number": [f"04617800000{n}" for n in range(6)]},
    ],
)
def test_what_is_not_many_or_only_more_exact_is_not_asked_about(
    bring: Callable[..., Intake], changed: dict[str, list[str]]
) -> None:
    assert bring(**changed).question() is None


def test_people_of_another_commune_are_asked_about(tmp_path: Path) -> None:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    take_in(all_of(store), [listed(tmp_path / "Khe Tre.xlsx")]).record("Danh sách đầu", "người thử")
    question = take_in(all_of(store), [listed(tmp_path / "Hương Phú.xlsx")]).question()
    assert question is not None
    assert "chức vụ của 6 trong 6 người ở Hương Phú (như Hồ Văn An: từ Bí thư Đảng ủy (Khe Tre) thành" in question
    store.close()


def test_the_command_stops_until_it_is_told_that_the_list_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "so.duckdb"))
    assert main(["init", "--empty"]) == 0
    assert main(["import", str(listed(tmp_path / "Khe Tre.xlsx"))]) == 0
    later = str(listed(tmp_path / "Khe Tre sau.xlsx", born=shifted(1462)))
    capsys.readouterr()

    assert main(["import", later]) == 1
    said = capsys.readouterr()
    assert "cùng muộn đi 1.462 ngày" in said.err
    assert "chạy lại lệnh với --agree" in said.err
    assert said.out.startswith("Chưa ghi nhận danh sách: đọc 6 dòng")
    assert main(["import", later, "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("Chạy thử, không ghi gì")
    assert main(["import", later, "--agree"]) == 0
    assert capsys.readouterr().out.startswith("Đã ghi nhận đợt 2")


def test_part_time_posts_of_a_list_are_said_to_be_so(bring: Callable[..., Intake]) -> None:
    posts = ["Phó Chủ tịch Hội Nông dân", "Phó Bí thư Đoàn TNCS", *POSTS[2:]]
    issues = bring(posts=posts).issues()
    told = [i.message for i in issues if "không chuyên trách" in i.message]
    assert told == [
        "2 người giữ chức danh không chuyên trách (phó Chủ tịch Hội Nông dân, phó Bí thư Đoàn Thanh niên) "
        "được ghi là người hoạt động không chuyên trách, không phải cán bộ, công chức."
    ]
    assert not [i for i in bring().issues() if "không chuyên trách" in i.message]


def test_a_field_of_study_beside_a_blank_level_changes_nothing(bring: Callable[..., Intake]) -> None:
    intake = bring(level=[""] * 6)
    assert (intake.question(), intake.counts()["changed"], len(intake.comparison.differences)) == (None, 0, 0)
    assert intake.record("Danh sách sau", "người thử") is None


COMMUNES = ["Khe Tre", "Hương Phú", "Hương Hòa"]
SIX = [*COMMUNES, "Hương Sơn", "Hương Lộc", "Thượng Lộ"]
MIDDLE, GIVEN = ("Văn", "Thị", "Đình", "Quang"), ("An", "Bình", "Cả", "Dung", "Em")


def of_several(
    path: Path,
    people: int,
    later: int,
    *,
    days: int = 31,
    level: str = "",
    numbers: bool = True,
    communes: list[str] = COMMUNES,
    turned: bool = False,
    held: dict[str, int] | None = None,
) -> Path:
    """A list of some people in each of several communes, of whom the `later` first are another: born `days` later or
    with day and month `turned`, at another level, in their post since as many days as `held` says by column."""
    held = held or {}
    rows: list[list[object]] = [["Họ và tên", "Ngày sinh", "Xã", "Chức vụ", "Chuyên môn", "Số CMND", *held]]
    for c, commune in enumerate(communes):
        for n in range(people):
            born = date(1960 + n, 1 + c * 4 % 11, 2 + n) + timedelta(days if n < later else 0)
            name = f"Hồ {MIDDLE[n % 4]} {GIVEN[n // 4]} {commune}"
            number = f"19{c}{n:02}4{n:02}7" if numbers else ""
            reached = level if level and n < later else "Trung cấp"
            written = f"{born:%m/%d/%Y}" if turned and n < later else f"{born:%d/%m/%Y}"
            since = [date(2012, 3, 1 + n) + timedelta(by if n < later else 0) for by in held.values()]
            rows.append(
                [name, written, commune, "Văn phòng - thống kê", reached, number, *map("{:%d/%m/%Y}".format, since)]
            )
    return workbook(path, rows) if path.suffix == ".xlsx" else sheet_csv(path, rows)


@pytest.fixture(params=[".xlsx", ".csv"])
def over(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Intake]]:
    """Takes in a list over several communes, over a store that has it unchanged."""
    store = Store(":memory:", create=True)
    fill(store, sample=False)

    def over(people: int, later: int, **more: Any) -> Intake:
        first = of_several(tmp_path / f"đầu{request.param}", people, 0, **more)
        if store.fetch("select count(*) as n from batch").n[0] == 0:
            assert take_in(all_of(store), [first]).record("Danh sách đầu", "người thử", agreed=True) == 1
        return take_in(all_of(store), [of_several(tmp_path / f"sau{request.param}", people, later, **more)])

    yield over
    store.close()


def test_a_share_of_each_commune_is_asked_about_once_over_all(over: Callable[..., Intake]) -> None:
    question = over(10, 3).question()
    assert question is not None
    assert question.count("ngày sinh") == 1
    assert "ngày sinh của 9 trong 30 người ở 3 xã, thị trấn cùng muộn đi 31 ngày" in question
    # Where each commune has enough by itself it is not said of each again.
    question = over(10, 8).question()
    assert question is not None
    assert "ngày sinh của 24 trong 30 người ở 3 xã, thị trấn cùng muộn đi 31 ngày" in question
    assert question.count("ngày sinh") == 1
    # Two of ten are corrected here and there.
    assert over(10, 2).question() is None


def test_a_level_raised_for_a_share_of_all_is_asked_about(over: Callable[..., Intake]) -> None:
    question = over(10, 3, days=0, level="Đại học").question()
    assert question is not None
    assert "chuyên môn của 9 trong 30 người ở 3 xã, thị trấn cùng thành Đại học" in question
    assert over(10, 2, days=0, level="Đại học").question() is None


def test_six_of_twenty_are_asked_about(over: Callable[..., Intake]) -> None:
    question = over(20, 6, communes=["Khe Tre"]).question()
    assert question is not None
    assert "ngày sinh của 6 trong 20 người ở Khe Tre cùng muộn đi 31 ngày" in question
    assert over(20, 5, communes=["Khe Tre"]).question() is None


def test_people_without_numbers_are_asked_about_as_one(over: Callable[..., Intake]) -> None:
    intake = over(20, 20, communes=["Khe Tre"], numbers=False)
    assert len(intake.comparison.waiting) == 20
    question = intake.question()
    assert question is not None
    assert "ngày sinh của 20 trong 20 người ở Khe Tre cùng muộn đi 31 ngày" in question
    with pytest.raises(NotAccepted, match="cùng một kiểu"):
        intake.record("Danh sách sau", "người thử")
    # All of them are who they nearly are; that they are changed alike is still asked, in the same words.
    intake.answer_nearly_known()
    assert (intake.comparison.waiting, intake.question()) == (set(), question)
    assert intake.record("Danh sách sau", "người thử", agreed=True) == 2


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"days": 1}, "ngày sinh của 12 trong 60 người ở 6 xã, thị trấn cùng muộn đi 1 ngày"),
        # Somebody born on 02/02 is born then either way.
        (
            {"days": 0, "turned": True},
            "ngày sinh của 11 trong 60 người ở 6 xã, thị trấn cùng đổi chỗ ngày và tháng "
            "(như Hồ Văn An Khe Tre: từ ngày 02/01/1960 thành ngày 01/02/1960)",
        ),
        (
            {"days": 0, "held": {"Ngày bổ nhiệm": -1462}},
            "ngày nhận chức vụ của 12 trong 60 người ở 6 xã, thị trấn cùng sớm đi 1.462 ngày",
        ),
        (
            {"days": 0, "held": {"Giữ chức vụ lần đầu": -1462, "Ngày bổ nhiệm": 0}},
            "giữ chức lần đầu của 12 trong 60 người ở 6 xã, thị trấn cùng sớm đi 1.462 ngày",
        ),
    ],
)
def test_dates_changed_alike_here_and_there_are_no_accident(
    over: Callable[..., Intake], changed: dict[str, Any], told: str
) -> None:
    question = over(10, 2, communes=SIX, **changed).question()
    assert question is not None
    assert told in question
    # One of each commune, or the same level here and there, may well be.
    if "turned" not in changed:
        assert over(10, 1, communes=SIX, **changed).question() is None
    assert over(10, 2, communes=SIX, days=0, level="Đại học").question() is None


@pytest.mark.parametrize("level", ["Đang học đại học", "Đang học trung cấp"])
def test_a_column_of_levels_that_are_studied_for_is_asked_about(bring: Callable[..., Intake], level: str) -> None:
    def accepted(levels: list[str]) -> Intake:
        intake = bring(level=levels)
        lower = intake.comparison.differences.query("kind == 'lower'")
        intake.answers.accepted |= set(lower[["person_id", "field"]].itertuples(index=False, name=None))
        intake.compare()
        return intake

    question = accepted([level] * 6).question()
    assert question is not None
    assert "chuyên môn của 6 trong 6 người ở Khe Tre cùng thành Đang học (như Hồ Văn An: từ Trung cấp" in question
    assert accepted([level] * 2 + ["Trung cấp"] * 4).question() is None
