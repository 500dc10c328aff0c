"""Chất lượng dữ liệu through the real entry script; every check finds the fault it is for, and nothing else."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.quality import sections
from core import store as engine
from core.columns import HEADINGS
from core.store import QUERIES, Filters, Store, load_query
from core.words import Words
from district import HUONG_HOA, HUONG_PHU, KHE_TRE, VIETNAMESE, Enter
from documents.listing import listing
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record, undo
from law.case import Level, Person, Term, person
from opening.new_store import fill

DAY = date(2018, 12, 31)
REPORTED = "2018-12-31"
HUONG_GIANG, MERGED = "20179@2018", "20179@2020"
Open = Callable[..., AppTest]


def level(criterion: str, name: str, obtained: str | None, field: str | None = None) -> Level:
    return Level(criterion, name, obtained, field, reported=REPORTED)


LEVELS = {
    "hoc_van": level("hoc_van", "thpt", "1998-06-01"),
    "chuyen_mon": level("chuyen_mon", "trung_cap", "2002-07-01", "Kế toán"),
    "llct": level("llct", "trung_cap", "2010-05-01"),
    "tin_hoc": level("tin_hoc", "a", "2003-01-15"),
}


def whole(
    terms: list[Term] | None = None,
    born: str | None = "1980-06-20",
    gender: str | None = "nam",
    **levels: Level | None,
) -> Person:
    """Somebody whose data are complete and agree with each other, but for what is said."""
    held = [at for at in (LEVELS | levels).values() if at]
    return person(
        terms or [Term("tc_kt", "2014-01-01", first_held="2014-01-01", unit=KHE_TRE)],
        born=born,
        gender=gender,
        also=held,
    )


def seat(post: str, since: str | None = "2014-01-01", *, unit: str = KHE_TRE, **term: Any) -> list[Term]:
    return [Term(post, since, first_held=term.pop("first_held", since), unit=unit, **term)]


CLEAN = {
    "Hồ Thị Sạch": whole(gender="nu"),
    "Lê Văn Sạch": whole(seat("bi_thu"), born="1979-01-01"),
    "Trần Văn Sạch": whole(seat("bi_thu", unit=HUONG_PHU), born="1978-02-02"),
    # Two officials of one title are no contradiction where there may be two.
    "Hồ Văn Sạch": whole(seat("pct_ubnd"), born="1977-03-03"),
    "Đỗ Văn Sạch": whole(seat("pct_ubnd"), born="1976-04-04"),
}

# Both are proposed for downsizing because their training is below the standard, and then the first is known to meet it.
PROPOSED = """
insert into downsizing_case by name
select
    p.given_name as case_id, p.person_id, o.unit_id, o.post, 'nd_108_2014' as instrument, 'c' as point,
    'nghi_huu' as policy, date '2019-01-01' as leaving_on, true as reduces, o.batch_id
from person as p
inner join posting as o on p.person_id = o.person_id
where p.given_name in ('Đủ', 'Kém');
insert into case_step (case_id, status, on_date, batch_id)
select case_id, 'de_xuat', date '2018-09-10', batch_id from downsizing_case
"""
# What is entered beside the clean ones, what is then done to the store, and who is found with which words.
FAULTS: dict[str, tuple[dict[str, Person], str, dict[str, str]]] = {
    "two_communes": (
        {
            "A Lăng Hai": whole(
                [*seat("tp_ht"), *seat("tp_ht", unit=HUONG_PHU)],
                chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Luật"),
            )
        },
        "",
        {"A Lăng Hai": "Cùng lúc giữ chức vụ ở"},
    ),
    "two_in_one_seat": (
        {"A Lăng Hai": whole(seat("bi_thu"))},
        "",
        {"A Lăng Hai": "Cùng giữ với Lê Văn Sạch.", "Lê Văn Sạch": "Cùng giữ với A Lăng Hai."},
    ),
    "first_held_after_start": (
        {"A Lăng Sau": whole(seat("ct_nd", first_held="2015-03-01"))},
        "",
        {"A Lăng Sau": "Giữ chức lần đầu ngày 01/03/2015 nhưng đã giữ từ ngày 01/01/2014."},
    ),
    "too_young": (
        {
            "A Lăng Non": whole(
                seat("ct_nd"),
                born="1996-01-02",
                hoc_van=level("hoc_van", "thpt", "2013-06"),
                chuyen_mon=level("chuyen_mon", "trung_cap", "2014-06"),
                llct=level("llct", "so_cap", "2014-07"),
                tin_hoc=level("tin_hoc", "a", "2014-08"),
            )
        },
        "",
        {"A Lăng Non": "Sinh ngày 02/01/1996, nhận chức vụ 01/01/2014."},
    ),
    "ends_before_start": (
        {"A Lăng Ngược": whole([*seat("ct_nd"), *seat("ct_ccb", "2012-05-01", first_held="2012-05-01")])},
        "update posting set to_on = date '2012-04-01' where post = 'ct_ccb'",
        {"A Lăng Ngược": "Bắt đầu 01/05/2012, thôi giữ 01/04/2012."},
    ),
    "same_identifier": (
        {"A Lăng Trùng": whole(seat("ct_nd"), born="1981-01-01")},
        "update person set identifier = '046080000001' where given_name = 'Trùng' or full_name = 'Hồ Thị Sạch'",
        {"A Lăng Trùng": "cũng là số của Hồ Thị Sạch (Khe Tre)", "Hồ Thị Sạch": "Số tận cùng 0001 cũng là số của A"},
    ),
    "same_person": (
        {
            "A Lăng Một": whole(seat("ct_nd"), born="1981-01-01"),
            "A Lăng Hai": whole(seat("ct_nd", unit=HUONG_PHU), born="1981-01-01"),
        },
        "update person set full_name = 'A Lăng Một' where given_name = 'Hai'",
        {"A Lăng Một": "Cùng họ tên và sinh 01/01/1981 với một hồ sơ khác ở"},
    ),
    "level_too_early": (
        {"A Lăng Sớm": whole(seat("ct_nd"), llct=level("llct", "so_cap", "1995-06-19"))},
        "",
        {"A Lăng Sớm": "Lý luận chính trị: Sơ cấp ngày 19/06/1995; sinh ngày 20/06/1980."},
    ),
    "level_after_report": (
        {"A Lăng Muộn": whole(seat("ct_nd"), llct=Level("llct", "so_cap", "2016-06", reported="2015-12-31"))},
        "",
        {"A Lăng Muộn": "Lý luận chính trị: Sơ cấp cấp tháng 06/2016, báo đã có ngày 31/12/2015."},
    ),
    "below_without_birth": (
        {"A Lăng Thiếu": whole(seat("pho_bi_thu"), born="1980", llct=level("llct", "so_cap", "2010-05-01"))},
        "",
        {"A Lăng Thiếu": "Ngày sinh chỉ biết năm 1980."},
    ),
    "undecided": (
        {"A Lăng Chưa": whole(tin_hoc=None)},
        "",
        {"A Lăng Chưa": "Chưa có dữ liệu về tin học."},
    ),
    "unsupported_ground": (
        # One has all that the post asks for, the other has not been to a school of any trade.
        {
            "A Lăng Đủ": whole(seat("ct_nd")),
            "A Lăng Kém": whole(seat("ct_nd", unit=HUONG_PHU), chuyen_mon=level("chuyen_mon", "chua", "2002")),
        },
        PROPOSED,
        {
            "A Lăng Đủ": "Hồ sơ Đủ nêu điểm c khoản 1 Điều 6 NĐ 108/2014/NĐ-CP, nhưng ngày đề xuất 10/09/2018 không có "
            "kết luận chưa đạt về trình độ đào tạo."
        },
    ),
    "unmapped_majors": (
        {"A Lăng Lạ": whole(chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Thiên văn học"))},
        "",
        {"A Lăng Lạ": "Chuyên ngành: Thiên văn học."},
    ),
}
CHECKS = sorted(FAULTS)


def planted(enter: Enter, people: Mapping[str, Person], then: str = "") -> Store:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    enter(store, {**CLEAN, **people})
    if then:
        with store.write() as cursor:
            cursor.execute(then)
    return store


def found(store: Store, **chosen: Any) -> dict[str, pd.DataFrame]:
    rows = sections.read(store, Filters(DAY, **chosen))
    return {name: frame for name, frame in rows.items() if sections.is_check(frame)}


@pytest.fixture(scope="module")
def clean(enter: Enter) -> Iterator[Store]:
    store = planted(enter, {})
    yield store
    store.close()


def test_nothing_is_found_where_nothing_is_wrong(clean: Store) -> None:
    rows = found(clean)
    assert sorted(rows) == CHECKS
    assert {name: list(frame.problem) for name, frame in rows.items() if len(frame)} == {}
    assert clean.query("requests", Filters(DAY)).empty
    cells = clean.query("completeness", Filters(DAY))
    assert (cells.total == cells.complete).all()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_exactly_the_planted_fault(name: str, enter: Enter) -> None:
    people, then, expected = FAULTS[name]
    store = planted(enter, people, then)
    rows = found(store)
    assert {n for n, frame in rows.items() if len(frame)} == {name}
    frame = rows[name]
    assert set(frame.full_name) == set(expected)
    for who, problem in zip(frame.full_name, frame.problem, strict=True):
        assert expected[who] in problem
        assert problem.endswith(".")
    assert set(frame.problem_kind) <= {"mau_thuan", "thieu"}
    assert frame.problem_kind.nunique() == 1
    # Nobody is shown to whom they are none of their business, and a filter leaves out the others.
    assert found(store, scope=())[name].empty
    assert found(store, search="không có ai")[name].empty
    assert found(store, communes=("20188",))[name].empty
    only = found(store, search=next(iter(expected)))[name]
    assert set(only.full_name) == {next(iter(expected))}
    store.close()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("same_identifier", "update person set identifier = '046080000001'"),
        (
            "two_in_one_seat",
            "update posting set post = 'bi_thu', unit_id = (select max(unit_id) from posting), to_on = null",
        ),
    ],
)
def test_what_hundreds_share_is_told_in_a_line_each(name: str, fault: str, own: Store) -> None:
    """One cell copied down a list must not name everybody to everybody."""
    with own.write() as cursor:
        cursor.execute(fault)
    told = own.query(name, Filters(date(2018, 12, 31)))
    assert told.person_id.nunique() > 150
    assert told.problem.str.len().max() < 250
    assert told.problem.str.contains(r", .*, .*, .*, .* và \d+ người khác\.$").all()


def name_in_a_list(store: Store, name: str, post: str, as_of: date) -> int | None:
    """A list of the merged commune that names one person."""
    known = store.fetch("select * from person where full_name = $name", {"name": name}).iloc[0]
    who = [[0, name, known.family_name, known.given_name, known.birth_on.date(), "ngay", None, None, MERGED, None]]
    posting = [[0, MERGED, post, as_of, "bao_cao", None, None, None, None]]
    facts = Facts(
        pd.DataFrame(who, columns=[*PERSON, "identifier"], dtype=object).assign(source="list"),
        pd.DataFrame(posting, columns=POSTING, dtype=object).assign(source="list"),
        pd.DataFrame([], columns=QUALIFICATION, dtype=object).assign(source="list"),
    )
    return record(store, facts, kind="list", title="Danh sách thử", as_of=as_of, made_by="người thử")


def test_a_merger_alone_is_no_contradiction(enter: Enter) -> None:
    store = planted(
        enter,
        {
            "A Lăng Hòa": whole(seat("ct_nd", unit=HUONG_HOA)),
            "A Lăng Giang": whole(seat("ct_nd", unit=HUONG_GIANG), born="1981-01-01"),
            "A Lăng Sổ": whole(
                seat("tp_ht", unit=HUONG_HOA),
                born="1982-01-01",
                chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Luật"),
            ),
        },
    )

    def both(on: date) -> set[str]:
        return set(store.query("two_in_one_seat", Filters(on)).full_name)

    day_before, merger, list_on = date(2019, 12, 31), date(2020, 1, 1), date(2020, 6, 30)
    assert both(day_before) == both(merger) == both(date(2026, 1, 1)) == set()
    # A list of another group says nothing of who is chairman.
    assert name_in_a_list(store, "A Lăng Sổ", "tp_ht", date(2020, 3, 31))
    assert both(list_on) == set()
    # One that names one of the two leaves no room for the other.
    batch = name_in_a_list(store, "A Lăng Hòa", "ct_nd", list_on)
    assert batch is not None
    assert both(date(2020, 6, 29)) == set()
    assert both(list_on) == both(date(2025, 7, 1)) == {"A Lăng Hòa", "A Lăng Giang"}
    undo(store, batch, "người thử")
    assert both(list_on) == set()
    # Somebody who takes the seat after the merger is of no former unit.
    name_in_a_list(store, "A Lăng Sổ", "ct_nd", date(2021, 1, 1))
    assert both(date(2021, 1, 1)) == {"A Lăng Hòa", "A Lăng Giang", "A Lăng Sổ"}
    store.close()


def test_two_of_one_commune_still_contradict_each_other_after_its_merger(enter: Enter) -> None:
    store = planted(enter, FAULTS["two_in_one_seat"][0])
    after = store.query("two_in_one_seat", Filters(date(2025, 7, 1)))
    # The secretary of Hương Phú came to the same commune by the merger.
    assert set(after.full_name) == {"A Lăng Hai", "Lê Văn Sạch"}
    store.close()


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_is_wrong_and_what_to_do(name: str) -> None:
    message, _, advice = load_query(name).comment.replace("\n", " ").partition(". ")
    assert VIETNAMESE.search(message)
    assert VIETNAMESE.search(advice)
    assert len(message) < 90


def test_a_check_is_added_by_adding_a_file(clean: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "QUERIES", Path(shutil.copytree(QUERIES, tmp_path / "queries")))
    (tmp_path / "queries" / "quality" / "born_in_june.sql").write_text(
        "-- Sinh vào tháng sáu. Không phải lỗi.\n"
        "select person_id, full_name, commune, post as position, 'Tháng sáu.' as problem, 'thieu' as problem_kind\n"
        "from seated($as_of, $scope, [], [], [], '')\n"
        "where month(birth_on) = 6\n"
        "order by person_id\n",
        encoding="utf-8",
    )
    load_query.cache_clear()
    try:
        rows = sections.read(clean, Filters(DAY))
        [check] = sections.broken(clean, Words.of(clean), Filters(DAY), rows)
    finally:
        load_query.cache_clear()
    assert (check.message, check.advice, check.people) == ("Sinh vào tháng sáu", "Không phải lỗi.", 1)
    assert list(check.found.shown.columns) == [HEADINGS[c] for c in ("full_name", "commune", "position", "problem")]


def test_contradictions_come_before_gaps_and_more_people_first(enter: Enter) -> None:
    people = {"A Lăng Chưa": whole(tin_hoc=None), "A Lăng Nữa": whole(tin_hoc=None, born="1981-01-01")}
    for name in ("two_in_one_seat", "unmapped_majors", "first_held_after_start"):
        people |= FAULTS[name][0]
    store = planted(enter, people)
    order = sections.broken(store, Words.of(store), Filters(DAY), sections.read(store, Filters(DAY)))
    assert [c.found.query for c in order] == [
        "two_in_one_seat",
        "first_held_after_start",
        "undecided",
        "unmapped_majors",
    ]
    assert sections.contradicted(order) == 3
    store.close()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([0, 180], ""),
        ([181, 0], " 1 xã, thị trấn gửi danh sách quá 180 ngày;"),
        ([None, 180], " 1 xã, thị trấn chưa gửi danh sách nào;"),
        ([None, 181], " 2 xã, thị trấn không có danh sách nào trong 180 ngày qua;"),
    ],
)
def test_the_sentence_has_at_most_four_figures(days: list[int | None], said: str) -> None:
    sent = [None if n is None else pd.Timestamp(DAY) for n in days]
    ages = pd.DataFrame({"days_old": pd.Series(days, dtype=float), "list_on": sent})
    cells = pd.DataFrame({"total": [8, 2], "complete": [7, 2]})
    assert sections.sentence(cells, ages, 3, 2) == (
        f"90,00% ô dữ liệu cần thiết đã có;{said} 2 người có dữ liệu mâu thuẫn; 3 người chưa đủ dữ liệu để kết luận."
    )


# What is needed and asked for


def test_only_what_a_rule_asks_for_is_needed(clean: Store) -> None:
    needed = set(clean.query("completeness", Filters(DAY, posts=("bi_thu",))).data_field)
    assert {"birth_date", "gender", "first_held_on", "hoc_van", "chuyen_mon", "llct", "obtained_on"} == needed
    assert "tin_hoc" in set(clean.query("completeness", Filters(DAY, posts=("tc_kt",))).data_field)
    after = clean.query("completeness", Filters(date(2025, 7, 1)))
    assert set(after.data_field) == {"birth_date", "gender"}


def test_a_request_names_all_that_a_person_lacks(enter: Enter) -> None:
    lacking = whole(
        seat("tc_kt", None),
        born="1980",
        gender=None,
        hoc_van=None,
        tin_hoc=None,
        chuyen_mon=level("chuyen_mon", "trung_cap", None),
    )
    store = planted(enter, {"A Lăng Thiếu": lacking})
    asked = store.query("requests", Filters(DAY))
    assert list(asked.full_name) == ["A Lăng Thiếu"]
    assert asked.to_supply[0] == (
        "Ngày, tháng, năm sinh; Giới tính; Ngày giữ chức lần đầu; Trình độ văn hóa; Chuyên ngành; Trình độ tin học; "
        "Ngày cấp văn bằng, chứng chỉ"
    )
    cells = store.query("completeness", Filters(DAY)).set_index(["unit_code", "data_field"])
    assert tuple(cells.loc[("20161", "gender"), ["total", "complete"]]) == (5, 4)
    store.close()


def test_the_request_is_an_excel_file_of_one_commune(district: Store, tmp_path: Path) -> None:
    only = Filters(DAY, communes=("20164",))
    found = listing(district, Words.of(district), "Đề nghị bổ sung hồ sơ: Hương Phú", "requests", only)
    path = tmp_path / "yêu cầu.xlsx"
    path.write_bytes(found.excel())
    cells = [str(c.value) for row in openpyxl.load_workbook(path).worksheets[0] for c in row if c.value]
    assert "ĐỀ NGHỊ BỔ SUNG HỒ SƠ: HƯƠNG PHÚ" in cells
    assert HEADINGS["to_supply"] in cells
    assert any("Trình độ tin học" in c for c in cells)
    assert not any("Khe Tre" in c for c in cells)


def lists(store: Store, *sent: tuple[str, str], undone: bool = False) -> None:
    """Lists of communes, each (unit, day), as if they had been dropped on the page."""
    with store.write() as cursor:
        for n, (unit, day) in enumerate(sent, start=100 + 50 * undone):
            cursor.execute(
                "insert into batch values ($n, 'list', 'Danh sách', $day, now()::timestamp, 'thử', [], $undone, null)",
                {"n": n, "day": day, "undone": "2019-01-01" if undone else None},
            )
            cursor.execute("insert into batch_unit values ($n, $unit, $day, 1)", {"n": n, "unit": unit, "day": day})


def test_the_age_of_a_list_counts_from_the_newest_that_still_holds(enter: Enter) -> None:
    store = planted(enter, {})
    lists(store, (KHE_TRE, "2018-06-30"), (KHE_TRE, "2018-07-04"), (HUONG_PHU, "2018-07-05"), (HUONG_PHU, "2019-06-01"))
    lists(store, ("20167@2018", "2018-12-01"), undone=True)
    ages = store.query("list_age", Filters(DAY)).set_index("unit_code")
    assert ages.days_old["20161"] == 180
    assert ages.days_old["20164"] == 179
    assert pd.isna(ages.list_on["20167"])
    assert list(ages.index[-2:]) == ["20161", "20164"]
    assert sections.late(ages).empty
    assert list(sections.late(store.query("list_age", Filters(date(2019, 1, 1)))).unit_code) == ["20161"]
    # After a merger the list of the old commune speaks for the new one.
    merged = store.query("list_age", Filters(date(2025, 7, 1))).set_index("commune")
    assert merged.list_on.notna().sum() >= 1
    assert store.query("list_age", Filters(DAY, scope=())).empty
    store.close()


# The page


@pytest.fixture
def open_page(open_app: Open) -> Open:
    def open_page(path: Path, **address: str | list[str]) -> AppTest:
        app = open_app(path, "quality", **address)
        assert not app.exception
        return app

    return open_page


def sentence(app: AppTest) -> str:
    return next(m.value for m in app.markdown if m.value.startswith("## ")).removeprefix("## ")


def test_the_sentence_and_the_figures(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    assert sentence(app) == (
        "78,95% ô dữ liệu cần thiết đã có; 11 xã, thị trấn chưa gửi danh sách nào; 2 người chưa đủ dữ liệu để kết luận."
    )
    assert [(m.label, m.value) for m in app.metric] == [
        ("Dữ liệu cần thiết đã có", "78,95%"),
        ("Danh sách quá 180 ngày", "0 xã"),
        ("Dữ liệu mâu thuẫn", "0 người"),
        ("Thiếu dữ liệu", "2 người"),
    ]


def test_the_page_keeps_its_order(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    assert [s.value for s in app.subheader][1:] == [
        "Mức đầy đủ theo xã và mục dữ liệu (34 dòng)",
        "Cần xem lại trước",
        "Đề nghị bổ sung",
        "Đề nghị bổ sung hồ sơ: Khe Tre (3 dòng)",
        "Danh sách cũ nhất",
    ]
    assert [e.label.rpartition("] ")[2] for e in app.expander] == [
        "Bảng số liệu",
        "Chưa đủ dữ liệu để kết luận đạt hay chưa đạt: 2 người",
        "Người chưa đạt chuẩn mà ngày sinh còn thiếu hoặc chưa rõ đến ngày: 2 người",
        "Chuyên ngành chưa được đối chiếu với chức danh nên chưa kết luận được: 1 người",
        "Cách tính",
        "Căn cứ pháp lý",
        "Nguồn và thời điểm số liệu",
    ]


def test_a_commune_is_asked_by_its_own_list(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district)
    app.selectbox(key="request-commune").set_value("20185").run()
    assert not app.exception
    assert "Đề nghị bổ sung hồ sơ: Thượng Lộ (3 dòng)" in [s.value for s in app.subheader]
    asked = app.dataframe[-1].value
    assert set(asked[HEADINGS["commune"]]) == {"Thượng Lộ"}
    assert HEADINGS["person_id"] not in asked


def test_a_filter_narrows_everything(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district, xa="20161")
    assert "1 xã, thị trấn chưa gửi danh sách nào" in sentence(app)
    assert "người chưa đủ dữ liệu" in sentence(app)
    for table in app.dataframe:
        assert set(table.value[HEADINGS["commune"]]) == {"Khe Tre"}


def test_the_record_opens_over_the_page(open_page: Open, own_district: Path) -> None:
    app = open_page(own_district, nguoi="4")
    assert any("Kết luận ngày" in h.value for h in app.header)


def test_more_than_five_checks_wait_behind_a_switch(open_page: Open, enter: Enter, tmp_path: Path) -> None:
    path = tmp_path / "lỗi.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    several = ("two_communes", "two_in_one_seat", "first_held_after_start", "level_too_early", "level_after_report")
    people = {f"{who} {n}": p for n in several for who, p in FAULTS[n][0].items()}
    enter(store, {**CLEAN, **people, "A Lăng Chưa": whole(tin_hoc=None)})
    store.close()
    app = open_page(path)
    assert "người có dữ liệu mâu thuẫn" in sentence(app)

    def shown() -> int:
        return sum("-badge[" in e.label for e in app.expander)

    assert shown() == sections.FIRST
    app.toggle(key="checks-all").set_value(True).run()
    assert not app.exception
    assert shown() == 6
    assert any("quá" not in e.label and "Mâu thuẫn" in e.label for e in app.expander)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"xa": "20188"}, "Bấm “Xóa lọc” để xem tất cả."),
        ({"kl": "transitional"}, "Bấm “Xóa lọc” để xem tất cả."),
        ({"ngay": "2009-12-31"}, "danh sách bắt đầu từ 01/07/2010."),
    ],
)
def test_nobody_to_look_at_is_explained(
    open_page: Open, own_district: Path, address: dict[str, str], said: str
) -> None:
    app = open_page(own_district, **address)
    assert said in sentence(app)
    assert not app.metric


def test_an_empty_store_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "trống.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    assert sentence(open_page(path)).startswith("Kho số liệu chưa có ai.")


def test_good_data_are_said_gladly(open_page: Open, enter: Enter, tmp_path: Path) -> None:
    path = tmp_path / "sạch.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    enter(store, CLEAN)
    lists(store, (KHE_TRE, "2018-01-01"))
    store.close()
    app = open_page(path, xa="20161")
    assert sentence(app) == "100,00% ô dữ liệu cần thiết đã có; 1 xã, thị trấn gửi danh sách quá 180 ngày."
    assert [s.value for s in app.success] == [
        "Không phép kiểm tra nào thấy dữ liệu sai hoặc thiếu.",
        "Không phải đề nghị xã nào bổ sung: ai cũng có đủ dữ liệu cần thiết.",
    ]
    assert app.subheader[0].value == "Không thiếu mục dữ liệu cần thiết nào"
