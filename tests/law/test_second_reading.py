"""Rows of the law that the second reading (28/11/2026) found wrong or missing: the day before, the day, the day after.

Where no area is named the commune is in the mountains, as all of Nam Đông is.
"""

import pytest

from law.case import (
    LOWLAND,
    Decision,
    Level,
    Setting,
    Term,
    deciding,
    each,
    over_time,
    person,
    reason,
    ruling,
    verdicts,
)
from law.reference import rows

START_2009 = ("2009-09-06", "2009-09-07", "2009-09-08")
START_2012 = ("2012-12-13", "2012-12-14", "2012-12-15")
START_2016 = ("2015-12-31", "2016-01-01", "2016-01-02")
START_2019 = ("2019-12-24", "2019-12-25", "2019-12-26")
START_2020 = ("2020-06-30", "2020-07-01", "2020-07-02")
START_2023 = ("2023-07-31", "2023-08-01", "2023-08-02")
START_2025 = ("2025-06-30", "2025-07-01", "2025-07-02")
END_OF_PART_TIME = ("2026-05-30", "2026-05-31", "2026-06-01")
CIVIL = ("vp_tk", "dia_chinh", "tc_kt", "tp_ht", "vh_xh")

# NĐ 33/2023, Điều 8 khoản 2: the Front and the organisations


@pytest.mark.parametrize("post", ["ct_mttq", "bt_doan", "ct_lhpn", "ct_nd", "ct_ccb"])
def test_heads_of_organisations_need_not_have_sixty_months_left(post: str) -> None:
    """NĐ 33/2023 leaves their age to the law and statutes of the organisation; here elected at 58."""
    heads = [person(post, first_held=day, born="1965-06-20") for day in START_2023]
    assert each(heads, "tuoi_lan_dau", on="2024-01-01") == [None, None, None]


def test_the_limit_of_2004_still_tells_of_the_days_before() -> None:
    """QĐ 04/2004, Điều 6: at most 55 for a man who heads the Farmers' Association; here elected at 58."""
    head = person("ct_nd", first_held="2022-01-01", born="1963-06-20")
    assert over_time(head, "tuoi_lan_dau", *START_2023) == ["below", None, None]


def test_veterans_are_asked_what_the_other_organisations_are() -> None:
    """NĐ 33/2023, Điều 8 khoản 2: a university degree and intermediate theory, with five years for those in post."""
    veteran = person("ct_ccb", first_held="2015-01-01", chuyen_mon="trung_cap", llct="so_cap")
    assert over_time(veteran, "chuyen_mon", *START_2023) == ["meets", "transitional", "transitional"]
    assert over_time(veteran, "llct", *START_2023) == ["meets", "transitional", "transitional"]
    newcomers = [person("ct_ccb", first_held=day, chuyen_mon="trung_cap") for day in START_2023]
    assert each(newcomers, "chuyen_mon", on="2024-01-01") == ["transitional", "below", "below"]


# TT 06/2012, Điều 2 khoản 2: where the special law is silent


def test_2012_the_military_commander_needs_upper_secondary_school_and_certificate_a() -> None:
    """The law on the militia says nothing of school and computers, so khoản 1 applies, until TT 13/2019."""
    commander = person("cht_quan_su", hoc_van="thcs", tin_hoc="chua")
    assert over_time(commander, "hoc_van", *START_2012) == [None, "below", "below"]
    assert over_time(commander, "tin_hoc", *START_2012) == [None, "below", "below"]
    assert over_time(commander, "hoc_van", *START_2019) == ["below", None, None]
    assert over_time(commander, "tin_hoc", *START_2019) == ["below", None, None]


def test_2012_the_chief_of_police_needs_certificate_a_and_the_school_his_own_law_asks() -> None:
    """The ordinance of 2008 speaks of school, not of computers."""
    chief = person("truong_ca", hoc_van="thcs", tin_hoc="chua")
    assert over_time(chief, "tin_hoc", *START_2012) == [None, "below", "below"]
    assert over_time(chief, "hoc_van", *START_2012) == ["meets", "meets", "meets"]
    assert over_time(chief, "tin_hoc", *START_2019) == ["below", None, None]


def test_2009_the_school_of_a_chief_of_police_is_asked_for_from_the_decree() -> None:
    """NĐ 73/2009 is dated 07/09/2009; the ordinance itself had been in force since 01/07/2009."""
    chief = person("truong_ca", since="2005-01-01", hoc_van="tieu_hoc")
    assert over_time(chief, "hoc_van", *START_2009) == [None, "below", "below"]
    assert verdicts(chief, on="2009-07-01") == {}


# Luật Hộ tịch 2014, Điều 72 khoản 2


def test_2016_a_province_can_no_longer_lower_the_registrar_to_elementary_training() -> None:
    """TT 06/2012 let it lower by one level; a law of 2016 stands above the circular."""
    lowered = deciding(Decision("TT06", "chuyen_mon", "so_cap", "2013-01-01"))
    registrar = person("tp_ht", chuyen_mon="so_cap", field="Luật")
    assert over_time(registrar, "chuyen_mon", *START_2016, where=lowered) == ["meets", "below", "below"]
    others = person("vh_xh", chuyen_mon="so_cap")
    assert over_time(others, "chuyen_mon", *START_2016, where=lowered) == ["meets", "meets", "meets"]


def test_2016_the_registrar_is_told_the_law_and_not_the_circular() -> None:
    """From that day the reason names Luật Hộ tịch."""
    found = [ruling(person("tp_ht", chuyen_mon="so_cap"), "chuyen_mon", on=day)["legal_ref"] for day in START_2016]
    assert ["Hộ tịch" in str(ref) for ref in found] == [False, True, True]


@pytest.mark.parametrize("level", ["trung_cap", "cao_dang"])
def test_2019_without_a_degree_in_law_a_registrar_is_held_to_the_general_standard(level: str) -> None:
    """The exception is for degrees in law: others need a university degree, with the time the circular gives.

    Level and field are in transition together: outside the mountains until 25/12/2024 (TT 13/2019).
    """
    registrar = person("tp_ht", first_held="2014-01-01", chuyen_mon=level, field="Kế toán")
    assert over_time(registrar, "chuyen_mon", *START_2019, where=LOWLAND) == ["meets", *["transitional"] * 2]
    assert over_time(registrar, "nganh", *START_2019, where=LOWLAND) == ["below", *["transitional"] * 2]
    assert ruling(registrar, "chuyen_mon", on=START_2019[1], where=LOWLAND)["deadline"] == "2024-12-25"


def test_2023_without_a_degree_in_law_a_registrar_has_until_2028() -> None:
    """NĐ 33/2023, Điều 38 khoản 1: level and field, in the mountains as well."""
    registrar = person("tp_ht", first_held="2014-01-01", chuyen_mon="trung_cap", field="Kế toán")
    for criterion in ("chuyen_mon", "nganh"):
        assert over_time(registrar, criterion, *START_2023) == ["below", "transitional", "transitional"]
        assert ruling(registrar, criterion, on="2024-01-01")["deadline"] == "2028-08-01"


def test_a_degree_in_law_beside_a_higher_one_in_another_field_is_enough() -> None:
    """Luật Hộ tịch asks for one in law, not that it be the highest."""
    law = Level("chuyen_mon", "trung_cap", field="Luật")
    registrar = person("tp_ht", chuyen_mon="dai_hoc", field="Kế toán", also=[law])
    found = ruling(registrar, "nganh", on="2024-01-01")
    assert (found["verdict"], found["held"]) == ("meets", "Luật")
    assert "Hộ tịch" in str(found["legal_ref"])


def test_a_university_degree_in_law_meets_the_general_standard_itself() -> None:
    """No exception is called upon where none is needed."""
    registrar = person("tp_ht", chuyen_mon="dai_hoc", field="Luật")
    found = [ruling(registrar, c, on="2024-01-01") for c in ("chuyen_mon", "nganh")]
    assert [(f["verdict"], "33/2023" in str(f["legal_ref"])) for f in found] == [("meets", True)] * 2


def test_a_degree_of_which_the_field_is_not_known_may_be_one_in_law() -> None:
    """Neither 'meets' nor 'below': the commune is asked for the field, or the office to place it."""
    registrar = person("tp_ht", chuyen_mon="trung_cap")
    assert verdicts(registrar, on="2024-01-01")["chuyen_mon"] == "unknown"
    assert "chưa rõ ngành" in reason(registrar, "chuyen_mon", on="2024-01-01")
    stranger = person("tp_ht", chuyen_mon="trung_cap", field="Thiên văn")
    assert "chưa được đối chiếu" in reason(stranger, "chuyen_mon", on="2024-01-01")


def test_elementary_training_in_law_is_no_exception() -> None:
    """Luật Hộ tịch begins at an intermediate degree."""
    registrar = person("tp_ht", chuyen_mon="so_cap", field="Luật")
    assert verdicts(registrar, on="2020-06-01")["chuyen_mon"] == "below"


def test_a_level_the_province_lowered_binds_those_without_a_degree_in_law() -> None:
    """TT 13/2019: in the mountains the province may be content with an intermediate degree."""
    lowered = deciding(Decision("TT13", "chuyen_mon", "trung_cap", "2020-03-01"))
    registrar = person("tp_ht", chuyen_mon="trung_cap", field="Kế toán")
    days = ("2020-02-29", "2020-03-01", "2020-03-02")
    assert over_time(registrar, "chuyen_mon", *days, where=lowered) == ["below", "meets", "meets"]
    assert over_time(registrar, "nganh", *days, where=lowered) == ["below", "below", "below"]


@pytest.mark.parametrize("area", ["mien_nui", "dong_bang"])
@pytest.mark.parametrize("post", [p for p in CIVIL if p != "tp_ht"])
def test_who_is_in_a_transition_is_in_it_for_level_and_field(post: str, area: str) -> None:
    """NĐ 33/2023, Điều 38: nobody in time for the degree is 'below' for the field of the degree he has."""
    officer = person(post, first_held="2014-01-01", chuyen_mon="trung_cap", field="Quân sự cơ sở")
    found = verdicts(officer, on="2024-01-01", where=Setting(area))
    assert (found["chuyen_mon"], found["nganh"]) == ("transitional", "transitional")


def test_the_five_years_of_2019_are_told_as_unchecked() -> None:
    """The clause on transition of TT 13/2019 was not seen, and sources differ; that of NĐ 33/2023 was."""
    officer = person("vh_xh", first_held="2014-01-01", chuyen_mon="trung_cap")
    told = [reason(officer, "chuyen_mon", on=day, where=LOWLAND) for day in ("2020-06-01", "2024-01-01")]
    assert ["Thời hạn này chưa đối chiếu" in text for text in told] == [True, False]


# Luật Dân quân tự vệ 2019, Điều 26


def test_2020_the_deputy_commander_is_trained_as_the_commander_is() -> None:
    """Điều 26 names both; the deputy served part-time then."""
    deputy = person("kct_pcht_qs", chuyen_mon="so_cap", field="Quân sự cơ sở")
    assert over_time(deputy, "chuyen_mon", *START_2020) == [None, "below", "below"]
    assert over_time(deputy, "nganh", *START_2020) == [None, "meets", "meets"]


@pytest.mark.parametrize("post", ["cht_quan_su", "kct_pcht_qs"])
def test_2025_the_militia_law_goes_on_ruling_its_commanders(post: str) -> None:
    """Luật 80/2025 ended the standards of commune civil servants, not the law on the militia."""
    commander = person(post, chuyen_mon="dai_hoc", field="Kế toán")
    assert over_time(commander, "chuyen_mon", *START_2025) == ["meets", "meets", "meets"]
    assert over_time(commander, "nganh", *START_2025) == ["below", "below", "below"]


def test_2025_registration_still_asks_for_law() -> None:
    """Luật Hộ tịch: from 01/07/2025 an intermediate degree in law again, and nothing of school."""
    registrar = person("tp_ht", first_held="2014-01-01", hoc_van="thpt", chuyen_mon="trung_cap", field="Kế toán")
    assert over_time(registrar, "chuyen_mon", *START_2025) == ["transitional", "meets", "meets"]
    assert over_time(registrar, "nganh", *START_2025) == ["transitional", "below", "below"]
    assert over_time(registrar, "hoc_van", *START_2025) == ["meets", "exempt", "exempt"]


def test_2025_other_standards_are_out_of_scope() -> None:
    """Luật 80/2025/QH15: no class of commune cadres and civil servants any more."""
    assert over_time(person("vh_xh", chuyen_mon="trung_cap"), "chuyen_mon", *START_2025)[1:] == ["exempt", "exempt"]
    assert over_time(person("ct_ccb", hoc_van="thcs"), "hoc_van", *START_2025)[1:] == ["exempt", "exempt"]


def test_2026_part_time_officials_are_judged_until_they_are_no_longer_used() -> None:
    """NĐ 33/2023 goes on for them until 30/05/2026."""
    treasurer = person([Term("kct_thu_quy", "2024-01-01")], chuyen_mon="so_cap", hoc_van="thpt")
    assert over_time(treasurer, "chuyen_mon", *START_2025) == ["below", "below", "below"]
    assert over_time(treasurer, "chuyen_mon", *END_OF_PART_TIME) == ["below", "exempt", "exempt"]


# How well the rows are known


def test_rows_still_open_are_never_told_as_checked() -> None:
    """Section 3 of the second reading: QĐ 04/2004 Điều 6 and 8, the degree of Điều 7, the computers of TT 06/2012."""
    confidence = {row["standard"]: row["confidence"] for row in rows("standard")}
    open_rows = [s for s in confidence if s.startswith(("QD04-UBND", "QD04-DT", "QD04-HDND-chuyen_mon"))]
    open_rows += ["TT06-tin_hoc", "ND33-KCT-hoc_van", "ND33-KCT-chuyen_mon"]
    assert {confidence[s] for s in open_rows} == {"M_med"}
    found = ruling(person("ct_ubnd", hoc_van="thcs"), "hoc_van", on="2018-12-31")
    assert "chưa đối chiếu văn bản gốc" in str(found["legal_ref"])


def test_what_a_province_may_lower_under_tt_06_is_told_as_unchecked_and_under_nd_33_is_not() -> None:
    """Section 3: "giảm một cấp" of TT 06/2012 was found nowhere; NĐ 33/2023 says the lowest level itself."""
    assert {r["floor_confidence"] for r in rows("standard") if r["document"] == "TT06" and r["province_floor"]} == {
        "M_med"
    }
    told = "Việc UBND tỉnh được giảm mức này chưa đối chiếu văn bản gốc."
    accountant = person([Term("tc_kt", "2013-01-01")], chuyen_mon="so_cap", nganh="ke_toan")
    assert told in reason(accountant, "chuyen_mon", on="2018-12-31")
    later = person([Term("tc_kt", "2024-01-01")], chuyen_mon="trung_cap", nganh="ke_toan")
    assert "giảm mức cho miền núi" in reason(later, "chuyen_mon", on="2024-12-31")
    assert told not in reason(later, "chuyen_mon", on="2024-12-31")


def test_how_money_of_nd_108_counts_that_nobody_has_read_is_told() -> None:
    """Section 3: NĐ 108/2014 Điều 8 khoản 1, 3, 4 and Điều 10, also as amended."""
    unread = [r for r in rows("downsizing_policy") if r["clause"] in ("8.1", "8.3", "8.4", "10.1.a", "10.1.b", "10.2")]
    assert {r["confidence"] for r in unread if r["instrument"] in ("nd_108_2014", "nd_113_2018")} == {"M_med"}
