"""What the office adds to the law: it changes exactly the verdicts it is about, and can be taken back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from common.district import Enter
from common.readers import all_of
from core.office import Decision, NotAccepted, add_decision, map_field, remove_decision
from core.store import Filters, Store
from law.case import person

DAY = date(2018, 12, 31)
LOWERED = Decision("25/2014/QĐ-UBND", date(2013, 12, 20), "TT06", "chuyen_mon", "so_cap", date(2014, 1, 1))
DERIVED = ("assessment_spell", "rule", "seat", "unit_regime")


@pytest.fixture
def office(district_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A district the test may add to."""
    store = Store(str(shutil.copy(district_file, tmp_path / "huyện.duckdb")))
    yield store
    store.close()


def decide(store: Store, decision: Decision) -> None:
    add_decision(store, decision, province_code="46")


def derived(store: Store) -> dict[str, pd.DataFrame]:
    """All that follows from facts and law."""
    return {table: store.fetch(f"select * from {table} order by all") for table in DERIVED}  # noqa: S608


def entered(store: Store) -> list[str]:
    return all_of(store).query("decisions", Filters(date(2030, 1, 1))).decision.tolist()


def verdicts(store: Store, day: date = DAY) -> dict[tuple[str, str, str], str]:
    found = all_of(store).query("assessment", Filters(day))
    return dict(zip(zip(found.full_name, found.position, found.criterion, strict=True), found.verdict, strict=True))


def changed(store: Store, before: dict[tuple[str, str, str], str], day: date = DAY) -> dict[tuple[str, str, str], str]:
    return {who: verdict for who, verdict in verdicts(store, day).items() if before.get(who) != verdict}


# Decisions of the province


def test_a_decision_changes_what_it_is_about_and_taking_it_back_restores_everything(office: Store) -> None:
    before, all_before = verdicts(office), derived(office)
    decide(office, LOWERED)
    assert changed(office, before) == {("Hồ Văn Lâm", "dia_chinh", "chuyen_mon"): "meets"}
    [row] = all_of(office).query("decisions", Filters(DAY)).to_dict("records")
    assert (row["number"], row["criterion"], row["level"], row["origin"]) == (
        "QĐ 25/2014/QĐ-UBND",
        "chuyen_mon",
        "so_cap",
        "co_quan",
    )
    assert row["issued_on"] == pd.Timestamp(2013, 12, 20)
    told = all_of(office).query("verdicts", Filters(DAY, search="Hồ Văn Lâm", criteria=("chuyen_mon",)))
    assert told.legal_ref[0] == "Điều 2 TT 06/2012/TT-BNV và QĐ 25/2014/QĐ-UBND"
    assert all_of(office).query("decision_effect", Filters(DAY)).empty

    remove_decision(office, row["decision"])
    assert entered(office) == []
    for table, frame in derived(office).items():
        pd.testing.assert_frame_equal(frame, all_before[table])


def test_a_decision_binds_from_its_day_until_its_last(office: Store) -> None:
    decide(office, replace(LOWERED, effective_from=date(2018, 12, 31), ended_on=date(2019, 6, 1)))
    spells = all_of(office).query("person_timeline", Filters(date(2019, 12, 1)), person_id=11)
    spells = spells[spells.criterion == "chuyen_mon"]
    assert list(zip(spells.from_on.dt.date, spells.verdict, strict=True)) == [
        (date(2019, 6, 1), "below"),
        (date(2018, 12, 31), "meets"),
    ]


def test_a_decision_binds_only_the_posts_and_communes_it_names(office: Store, enter: Enter) -> None:
    for name, post, unit in (
        ("Hồ Văn Trong", "vp_tk", "20161@2018"),
        ("Hồ Văn Ngoài", "vp_tk", "20164@2018"),
        ("Hồ Văn Khác", "vh_xh", "20161@2018"),
    ):
        enter(office, {name: person(post, unit=unit, first_held="2014-01-01", chuyen_mon="so_cap", field="Luật")})
    before = verdicts(office)
    decide(office, replace(LOWERED, posts=("vp_tk", "tc_kt"), units=("20161", "20185")))
    assert changed(office, before) == {("Hồ Văn Trong", "vp_tk", "chuyen_mon"): "meets"}


def test_the_province_of_somebody_else_decides_nothing_here(office: Store) -> None:
    before = verdicts(office)
    add_decision(office, LOWERED, province_code="48")
    assert changed(office, before) == {}


def test_an_age_the_province_sets_is_then_judged(office: Store) -> None:
    assert verdicts(office)["Nguyễn Văn Dũng", "ct_hdnd", "tuoi_lan_dau"] == "exempt"
    for level, verdict in (("toi_da_45", "meets"), ("toi_da_35", "below")):
        decide(office, Decision("9/2010", None, "QD04", "tuoi_lan_dau", level, date(2010, 1, 1)))
        assert verdicts(office)["Nguyễn Văn Dũng", "ct_hdnd", "tuoi_lan_dau"] == verdict
        remove_decision(office, *entered(office))


@pytest.mark.parametrize(
    ("document", "level", "accepted"),
    [
        ("TT06", "so_cap", True),
        ("TT06", "chua", False),
        ("TT13", "trung_cap", True),
        ("TT13", "so_cap", False),
        ("ND33", "cao_dang", True),
        ("ND33", "trung_cap", True),
    ],
)
def test_no_decision_goes_below_the_floor_of_the_national_text(
    document: str, level: str, accepted: bool, office: Store, told: Callable[[str], bool]
) -> None:
    decision = replace(LOWERED, document=document, level=level, effective_from=date(2024, 1, 1))
    if accepted:
        decide(office, decision)
        assert len(entered(office)) == 1
        return
    with pytest.raises(NotAccepted, match="thấp hơn mức sàn") as error:
        decide(office, decision)
    assert told(str(error.value))
    assert entered(office) == []


def test_each_post_has_the_floor_of_its_own_row(office: Store) -> None:
    """NĐ 33/2023: từ sơ cấp cho người hoạt động không chuyên trách, từ trung cấp cho cán bộ, công chức."""
    lowest = replace(LOWERED, document="ND33", effective_from=date(2023, 8, 1))
    decide(office, replace(lowest, posts=("kct_thu_quy", "kct_pct_nd")))
    assert len(entered(office)) == 1
    with pytest.raises(NotAccepted, match="thấp hơn mức sàn"):
        decide(office, replace(lowest, number="26", posts=("kct_thu_quy", "bi_thu")))


def test_one_decision_may_set_a_level_for_each_kind_of_post(office: Store) -> None:
    decision = replace(LOWERED, document="ND33", effective_from=date(2023, 8, 1))
    decide(office, replace(decision, level="trung_cap", posts=("bi_thu", "ct_ubnd")))
    decide(office, replace(decision, level="cao_dang", posts=("vp_tk", "tc_kt")))
    found = all_of(office).query("decisions", Filters(date(2024, 1, 1)))
    assert sorted(zip(found.level, found.posts, strict=True)) == [
        ("cao_dang", "vp_tk tc_kt"),
        ("trung_cap", "bi_thu ct_ubnd"),
    ]
    assert verdicts(office, date(2024, 1, 1))["Nguyễn Văn Dũng", "bi_thu", "chuyen_mon"] == "meets"


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"number": ""}, "Chưa có số, ký hiệu"),
        ({"number": " \u200b\t"}, "Chưa có số, ký hiệu"),
        ({"ended_on": date(2014, 1, 1)}, "Ngày hết hiệu lực phải sau"),
        ({"ended_on": date(2013, 1, 1)}, "Ngày hết hiệu lực phải sau"),
        ({"criterion": "llct", "level": "so_cap"}, "không cho UBND tỉnh quy định"),
        ({"document": "QD04"}, "không cho UBND tỉnh quy định"),
        ({"document": "KHONG"}, "không cho UBND tỉnh quy định"),
        ({"level": "chua"}, "thấp hơn mức sàn"),
        ({"level": "khong_co"}, "ức"),
        ({"level": "thpt"}, "ức"),
    ],
)
def test_what_cannot_be_kept_is_told_in_one_sentence_and_not_kept(
    wrong: dict[str, object], because: str, office: Store, told: Callable[[str], bool]
) -> None:
    with pytest.raises(NotAccepted, match=because) as error:
        decide(office, replace(LOWERED, **wrong))  # type: ignore[arg-type]
    assert told(str(error.value))
    assert entered(office) == []


def test_a_decision_is_entered_once(office: Store, told: Callable[[str], bool]) -> None:
    decide(office, LOWERED)
    with pytest.raises(NotAccepted, match="đã được nhập") as error:
        decide(office, replace(LOWERED, number="25/2014/qđ-ubnd "))
    assert told(str(error.value))
    assert len(entered(office)) == 1
    # For another criterion the same decision is another row.
    decide(office, replace(LOWERED, criterion="hoc_van", level="thcs"))
    assert len(entered(office)) == 2


def test_only_what_the_office_entered_can_be_taken_back(office: Store) -> None:
    decide(office, LOWERED)
    with office.write() as cursor:
        cursor.execute("update provincial_decision set origin = 'goc'")
    before = derived(office)
    remove_decision(office, *entered(office))
    remove_decision(office, "khong-co")
    assert len(entered(office)) == 1
    pd.testing.assert_frame_equal(derived(office)["assessment_spell"], before["assessment_spell"])


# Majors


@pytest.mark.parametrize(("fits", "verdict"), [(True, "meets"), (False, "below")])
def test_a_major_that_is_placed_is_judged(fits: bool, verdict: str, office: Store) -> None:
    before = verdicts(office)
    assert all_of(office).query("unmapped_fields", Filters(DAY)).field.tolist() == ["Thiên văn học"]
    # Whether teacher training fits a cultural officer is shipped; the office says for itself.
    map_field(office, "thien van hoc", "su_pham", "vh_xh", fits)
    assert changed(office, before) == {("Phạm Thị Mơ", "vh_xh", "nganh"): verdict}
    assert all_of(office).query("unmapped_fields", Filters(DAY)).empty


def test_the_last_answer_about_a_major_counts(office: Store) -> None:
    for group, fits, verdict in (("kinh_te", True, "meets"), ("kinh_te", False, "below"), ("van_hoa", True, "meets")):
        map_field(office, "Thiên văn học", group, "vh_xh", fits)
        assert verdicts(office)["Phạm Thị Mơ", "vh_xh", "nganh"] == verdict
    assert office.fetch("select count(*) as n from field_word where origin = 'co_quan'").n[0] == 1


def test_the_office_knows_better_than_the_shipped_table(office: Store) -> None:
    assert verdicts(office)["Lê Văn Đào", "tc_kt", "nganh"] == "below"
    map_field(office, "Luật", "luat", "tc_kt", True)
    assert verdicts(office)["Lê Văn Đào", "tc_kt", "nganh"] == "meets"
    fits = all_of(office).query("field_fits", Filters(DAY, posts=("tc_kt",)))
    assert fits[fits.field_group == "luat"].fits.tolist() == [True]
    # For other posts the shipped answer stays.
    assert verdicts(office)["Trần văn Bình", "tp_ht", "nganh"] == "meets"


def test_a_major_is_kept_as_text(office: Store) -> None:
    hostile = "Luật'; drop table person; --"
    map_field(office, hostile, "luat", "vh_xh", True)
    assert office.fetch("select word from field_word where origin = 'co_quan'").word.tolist() == [hostile]
    assert len(all_of(office).query("roster", Filters(DAY))) == 12
