"""The day before, the day of and the day after every date on which the law changes somebody's verdict.

Where no area is named the commune is in the mountains.
"""

from law.case import LOWLAND, Decision, Level, Setting, Term, deciding, each, over_time, person, read, ruling, verdicts

START_2004 = ("2004-02-26", "2004-02-27", "2004-02-28")
START_2012 = ("2012-12-13", "2012-12-14", "2012-12-15")
START_2019 = ("2019-12-24", "2019-12-25", "2019-12-26")
START_2020 = ("2020-06-30", "2020-07-01", "2020-07-02")
START_2023 = ("2023-07-31", "2023-08-01", "2023-08-02")
END_OF_GRACE = ("2024-12-24", "2024-12-25", "2024-12-26")
END_OF_CATEGORY = ("2025-06-30", "2025-07-01", "2025-07-02")


# 27/02/2004: QĐ 04/2004/QĐ-BNV


def test_2004_the_first_national_standard_begins() -> None:
    """QĐ 04/2004, Điều 5: nothing is judged before it."""
    secretary = person("bi_thu", since="2003-01-01", llct="so_cap")
    assert over_time(secretary, "llct", *START_2004) == [None, "below", "below"]


def test_2004_who_first_holds_the_post_from_that_day_is_bound_by_the_rule_for_first_holders() -> None:
    """QĐ 04/2004, Điều 5: an intermediate degree instead of elementary training, and an age limit."""
    secretaries = [person("bi_thu", first_held=day, born="1950-01-15", chuyen_mon="so_cap") for day in START_2004]
    assert each(secretaries, "chuyen_mon", on="2018-12-31") == ["meets", "below", "below"]
    assert each(secretaries, "tuoi_lan_dau", on="2018-12-31") == ["exempt", "below", "below"]


def test_2004_a_start_known_by_month_or_year_may_lie_on_either_side() -> None:
    """Taking post "in 2004" or "in February 2004" does not say whether the rule was there already."""
    moments = ("2003", "2004-01", "2004-02", "2004", "2004-03", "2005")
    secretaries = [person("bi_thu", since="2010-01-01", first_held=m, chuyen_mon="so_cap") for m in moments]
    found = each(secretaries, "chuyen_mon", on="2018-12-31")
    assert found == ["meets", "meets", "unknown", "unknown", "below", "below"]


# 14/12/2012: TT 06/2012/TT-BNV


def test_2012_civil_servants_of_mountain_communes_need_upper_secondary_school() -> None:
    """QĐ 04/2004 was content with lower secondary school in the mountains, TT 06/2012, Điều 2, is not."""
    assert over_time(person("vh_xh", hoc_van="thcs"), "hoc_van", *START_2012) == ["meets", "below", "below"]


def test_2012_elementary_training_no_longer_does() -> None:
    """TT 06/2012, Điều 2: an intermediate degree, for those recruited long before as well."""
    veteran = person("vh_xh", first_held="2001-01-01", chuyen_mon="so_cap")
    assert over_time(veteran, "chuyen_mon", *START_2012) == ["meets", "below", "below"]


def test_2012_the_field_and_computer_skills_are_asked_for() -> None:
    """TT 06/2012, Điều 2."""
    clerk = person("vp_tk", chuyen_mon="trung_cap", field="Y sĩ", tin_hoc="chua")
    assert over_time(clerk, "nganh", *START_2012) == [None, "below", "below"]
    assert over_time(clerk, "tin_hoc", *START_2012) == [None, "below", "below"]


def test_2012_the_age_limit_at_recruitment_is_dropped() -> None:
    """QĐ 04/2004 allowed at most 35; TT 06/2012 only asks for 18."""
    late = person("vp_tk", first_held="2008-01-01", born="1970-06-20")
    assert over_time(late, "tuoi_lan_dau", *START_2012) == ["below", None, None]


def test_2012_elected_officials_stay_under_the_decision_of_2004() -> None:
    """TT 06/2012 is about civil servants only."""
    chairman = person("ct_nd", hoc_van="thcs")
    assert over_time(chairman, "hoc_van", *START_2012) == ["meets", "meets", "meets"]


# 25/12/2019: TT 13/2019/TT-BNV


def test_2019_a_university_degree_in_the_mountains_at_once() -> None:
    """TT 13/2019, Điều 1: its five years are for communes outside the mountains."""
    officer = person("vh_xh", chuyen_mon="trung_cap")
    assert over_time(officer, "chuyen_mon", *START_2019) == ["meets", "below", "below"]


def test_2019_a_university_degree_in_the_plains_within_five_years() -> None:
    """TT 13/2019, Điều 1: whoever was recruited before has until 25/12/2024."""
    officer = person("vh_xh", chuyen_mon="trung_cap")
    found = over_time(officer, "chuyen_mon", *START_2019, where=LOWLAND)
    assert found == ["meets", "transitional", "transitional"]


def test_2019_only_those_recruited_before_have_the_five_years() -> None:
    """TT 13/2019: recruited on the day before, on the day, on the day after."""
    officers = [person("vh_xh", first_held=day, chuyen_mon="trung_cap") for day in START_2019]
    found = each(officers, "chuyen_mon", on="2020-06-01", where=LOWLAND)
    assert found == ["transitional", "below", "below"]


def test_2019_an_unknown_day_of_recruitment_leaves_the_five_years_open() -> None:
    """Known only from a report: one of 24/12/2019 proves earlier service, one of the day after does not."""
    reported = [person([Term("vh_xh", None, reported=day)], chuyen_mon="trung_cap") for day in START_2019]
    found = each(reported, "chuyen_mon", on="2020-06-01", where=LOWLAND)
    assert found == ["transitional", "unknown", "unknown"]


def test_2019_old_computer_certificates_still_count() -> None:
    """TTLT 17/2016: certificates A, B, C already issued are worth the basic one that TT 13/2019 asks for."""
    assert over_time(person("tp_ht", tin_hoc="a"), "tin_hoc", *START_2019) == ["meets", "meets", "meets"]


def test_2019_a_registrar_keeps_the_intermediate_degree_in_law() -> None:
    """Luật Hộ tịch 2014, Điều 72 khoản 2."""
    registrar = person("tp_ht", chuyen_mon="trung_cap", field="Luật")
    assert over_time(registrar, "chuyen_mon", *START_2019) == ["meets", "meets", "meets"]
    assert over_time(registrar, "nganh", *START_2019) == ["meets", "meets", "meets"]


# 25/12/2024: the five years of TT 13/2019 end


def test_2024_the_five_years_were_replaced_before_they_ended() -> None:
    """From 01/08/2023 NĐ 33/2023, Điều 38, gives until 01/08/2028, so nothing happens on 25/12/2024."""
    officer = person("vh_xh", first_held="2014-01-01", chuyen_mon="trung_cap")
    found = [ruling(officer, "chuyen_mon", on=day, where=LOWLAND) for day in END_OF_GRACE]
    assert [(row["verdict"], row["deadline"]) for row in found] == [("transitional", "2028-08-01")] * 3


def test_2024_without_the_decree_the_last_day_would_have_been_the_25th() -> None:
    """TT 13/2019, had nothing replaced it: the day named still belongs to the five years."""
    officer = person("vh_xh", first_held="2014-01-01", chuyen_mon="trung_cap")
    unreplaced = Setting("dong_bang", without=("ND33", "L80"))
    found = over_time(officer, "chuyen_mon", *END_OF_GRACE, where=unreplaced)
    assert found == ["transitional", "transitional", "below"]


# 01/07/2020: Luật Dân quân tự vệ 2019


def test_2020_commanders_come_under_the_new_militia_law() -> None:
    """Luật DQTV 2019, Điều 26, asks what the law of 2009 and TTLT 01/2013 asked; the article changes."""
    soldier = person("cht_quan_su", chuyen_mon="trung_cap", field="Quân sự cơ sở")
    economist = person("cht_quan_su", chuyen_mon="dai_hoc", field="Kinh tế")
    assert over_time(soldier, "nganh", *START_2020) == ["meets", "meets", "meets"]
    assert over_time(economist, "nganh", *START_2020) == ["below", "below", "below"]
    articles = [str(ruling(soldier, "nganh", on=day)["legal_ref"]) for day in START_2020]
    assert ["Luật Dân quân tự vệ 2019" in article for article in articles] == [False, True, True]


def test_2010_commanders_are_judged_from_the_first_militia_law_on() -> None:
    """Luật DQTV 2009, in force from 01/07/2010."""
    recruit = person("cht_quan_su", since="2008-01-01", chuyen_mon="so_cap")
    found = over_time(recruit, "chuyen_mon", "2010-06-30", "2010-07-01", "2010-07-02")
    assert found == [None, "below", "below"]


# 01/08/2023: NĐ 33/2023/NĐ-CP


def test_2023_elected_officials_need_a_university_degree_within_five_years() -> None:
    """NĐ 33/2023, Điều 8 khoản 1 and Điều 38 khoản 1."""
    secretary = person("bi_thu", first_held="2015-01-01", chuyen_mon="trung_cap")
    assert over_time(secretary, "chuyen_mon", *START_2023) == ["meets", "transitional", "transitional"]
    assert ruling(secretary, "chuyen_mon", on="2023-08-01")["deadline"] == "2028-08-01"


def test_2023_who_was_below_the_old_standard_has_time_under_the_new_one() -> None:
    """NĐ 33/2023, Điều 38: the theory missing since 2004 may now be made good until 01/08/2028."""
    secretary = person("bi_thu", first_held="2015-01-01", llct="so_cap")
    assert over_time(secretary, "llct", *START_2023) == ["below", "transitional", "transitional"]


def test_2023_chairmen_in_the_mountains_need_intermediate_theory_too() -> None:
    """NĐ 33/2023, Điều 8 khoản 3, has no lower level of theory."""
    chairman = person("ct_ubnd", first_held="2015-01-01", llct="so_cap")
    assert over_time(chairman, "llct", *START_2023) == ["meets", "transitional", "transitional"]


def test_2023_heads_of_mass_organisations_need_upper_secondary_school() -> None:
    """NĐ 33/2023, Điều 8 khoản 2 (not checked against the text)."""
    farmers = person("ct_nd", first_held="2015-01-01", hoc_van="thcs")
    assert over_time(farmers, "hoc_van", *START_2023) == ["meets", "transitional", "transitional"]


def test_2023_the_five_years_are_for_those_who_served_before() -> None:
    """NĐ 33/2023, Điều 38: taking post the day before, on the day, the day after."""
    secretaries = [person("bi_thu", first_held=day, chuyen_mon="trung_cap") for day in START_2023]
    found = each(secretaries, "chuyen_mon", on="2024-01-01")
    assert found == ["transitional", "below", "below"]


def test_2023_an_earlier_post_of_the_same_group_is_service_too() -> None:
    """NĐ 33/2023, Điều 38: a deputy of 2015 who becomes secretary in 2024 served when the decree came."""
    career = person(
        [Term("pho_bi_thu", "2015-01-01", "2024-03-01"), Term("bi_thu", "2024-03-01")], chuyen_mon="trung_cap"
    )
    from_elsewhere = person(
        [Term("vp_tk", "2015-01-01", "2024-03-01"), Term("bi_thu", "2024-03-01")], chuyen_mon="trung_cap"
    )
    assert over_time(career, "chuyen_mon", "2024-02-29", "2024-03-01") == ["transitional", "transitional"]
    assert over_time(from_elsewhere, "chuyen_mon", "2024-02-29", "2024-03-01") == ["transitional", "below"]


def test_2023_service_cannot_be_older_than_holding_the_post_for_the_first_time() -> None:
    """Taking post "in 2023" and holding it for the first time on 01/09/2023 is not service before 01/08/2023."""
    newcomer = person("bi_thu", since="2023", first_held="2023-09-01", chuyen_mon="trung_cap")
    assert verdicts(newcomer, on="2024-01-01")["chuyen_mon"] == "below"


def test_2023_who_first_takes_post_must_have_sixty_months_to_serve() -> None:
    """NĐ 33/2023, Điều 8: born 20/06/1967 a man retires at 62 (NĐ 135/2020), on 20/06/2029; a woman earlier."""
    days = ("2024-06-19", "2024-06-20", "2024-06-21")
    men = [person("bi_thu", first_held=day, born="1967-06-20") for day in days]
    assert each(men, "tuoi_lan_dau", on="2024-12-31") == ["meets", "meets", "below"]
    woman = person("bi_thu", first_held="2024-06-19", born="1967-06-20", gender="nu")
    assert verdicts(woman, on="2024-12-31")["tuoi_lan_dau"] == "below"


def test_2023_the_months_to_serve_bind_nobody_who_held_the_post_before() -> None:
    """NĐ 33/2023, Điều 8: first held the day before, on the day, the day after."""
    old = [person("bi_thu", first_held=day, born="1962-01-15") for day in START_2023]
    assert each(old, "tuoi_lan_dau", on="2024-01-01") == ["exempt", "below", "below"]


def test_2023_computer_skills_are_no_longer_asked_for() -> None:
    """NĐ 33/2023, Điều 10 khoản 2."""
    assert over_time(person("vp_tk", tin_hoc="chua"), "tin_hoc", *START_2023) == ["below", None, None]


def test_2023_posts_that_leave_the_list_are_not_judged() -> None:
    """NĐ 33/2023 knows neither the chief of police nor the standing member of the party committee."""
    assert over_time(person("truong_ca", hoc_van="thcs"), "hoc_van", *START_2023) == ["meets", None, None]
    assert over_time(person("thuong_truc_du", hoc_van="thpt"), "hoc_van", *START_2023) == ["meets", None, None]


def test_2023_part_time_workers_get_a_national_standard() -> None:
    """NĐ 33/2023, Điều 36 khoản 1 (not checked against the text); before, the province alone set one."""
    cashier = person("kct_thu_quy", since="2015-01-01", hoc_van="thcs", chuyen_mon="trung_cap")
    assert over_time(cashier, "hoc_van", *START_2023) == [None, "transitional", "transitional"]
    assert over_time(cashier, "chuyen_mon", *START_2023) == [None, "meets", "meets"]


# 01/07/2025: the categories end


def test_2025_nobody_meets_or_misses_a_standard_that_is_gone() -> None:
    """Luật 80/2025/QH15: whatever the verdict was, it becomes "out of scope" (what goes on: test_second_reading)."""
    posts = ["bi_thu", "ct_ubnd", "ct_nd", "ct_ccb", "vp_tk", "dia_chinh", "truong_ca"]
    terms = [Term(post, "2015-01-01", first_held="2015-01-01") for post in posts]
    skilled = person(terms, hoc_van="thpt", chuyen_mon="dai_hoc", field="Luật", llct="cao_cap")
    unskilled = person(terms, hoc_van="thcs")
    for who in (skilled, unskilled):
        for day in ("2025-07-01", "2025-07-02", "2028-08-02"):
            found = verdicts(who, on=day)
            assert {name.split()[0] for name in found} == set(posts)
            assert set(found.values()) == {"exempt"}


def test_2025_the_last_day_of_the_old_standards() -> None:
    """Luật 80/2025/QH15, in force from 01/07/2025."""
    secretary = person("bi_thu", first_held="2024-01-01", hoc_van="thcs", chuyen_mon="trung_cap", llct="trung_cap")
    assert over_time(secretary, "hoc_van", *END_OF_CATEGORY) == ["below", "exempt", "exempt"]
    assert over_time(secretary, "llct", *END_OF_CATEGORY) == ["meets", "exempt", "exempt"]
    officer = person("vp_tk", first_held="2015-01-01", chuyen_mon="trung_cap")
    assert over_time(officer, "chuyen_mon", *END_OF_CATEGORY) == ["transitional", "exempt", "exempt"]


# Communes that merge or change hands


def test_merger_of_2020_moves_people_and_leaves_their_verdicts() -> None:
    """NQ 834/NQ-UBTVQH14, from 01/01/2020."""
    secretary = person("bi_thu", unit="20176@2018", llct="so_cap")
    seen = [read("assessment", secretary, on=day) for day in ("2019-12-31", "2020-01-01", "2020-01-02")]
    assert [rows["commune"].unique().tolist() for rows in seen] == [["Hương Hòa"], ["Hương Xuân"], ["Hương Xuân"]]
    assert over_time(secretary, "llct", "2019-12-31", "2020-01-01", "2020-01-02") == ["below"] * 3


def test_merger_of_2025_moves_communes_to_another_district_and_leaves_their_names() -> None:
    """NQ 1314/NQ-UBTVQH15, from 01/01/2025: Nam Đông (483) becomes part of Phú Lộc (482)."""
    secretary = person("bi_thu", first_held="2010-01-01", unit="20161@2018", llct="so_cap")
    days = ("2024-12-31", "2025-01-01", "2025-01-02")
    seen = {
        d: [len(read("assessment", secretary, on=day, scope=(d,))) > 0 for day in days] for d in ("46/483", "46/482")
    }
    assert seen == {"46/483": [True, False, False], "46/482": [False, True, True]}
    assert [read("assessment", secretary, on=day)["commune"].unique().tolist() for day in days] == [["Khe Tre"]] * 3
    assert over_time(secretary, "llct", *days) == ["transitional"] * 3


# A decision of the province


def test_a_decision_applies_from_its_first_day_to_the_day_before_it_ends() -> None:
    """TT 06/2012, Điều 2, with a decision in force from 01/03/2014 and ended on 01/03/2016."""
    where = deciding(Decision("TT06", "hoc_van", "thcs", "2014-03-01", "2016-03-01"))
    clerk = person("vp_tk", hoc_van="thcs")
    assert over_time(clerk, "hoc_van", "2014-02-28", "2014-03-01", "2014-03-02", where=where) == [
        "below",
        "meets",
        "meets",
    ]
    assert over_time(clerk, "hoc_van", "2016-02-29", "2016-03-01", "2016-03-02", where=where) == [
        "meets",
        "below",
        "below",
    ]


def test_a_later_decision_takes_the_place_of_an_earlier_one() -> None:
    """TT 13/2019, Điều 1: first the intermediate, then the college degree."""
    where = deciding(
        Decision("TT13", "chuyen_mon", "trung_cap", "2020-01-01"),
        Decision("TT13", "chuyen_mon", "cao_dang", "2021-01-01"),
    )
    officer = person("vh_xh", chuyen_mon="trung_cap")
    days = ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01")
    assert over_time(officer, "chuyen_mon", *days, where=where) == ["below", "meets", "meets", "below"]


def test_a_decision_says_who_must_speak_a_minority_language() -> None:
    """TT 06/2012, Điều 2: only where the work needs it; until the province says where, nobody is judged."""
    where = deciding(Decision("TT06", "tieng_dtts", "thanh_thao", "2014-03-01", communes="20185"))
    here, elsewhere = (person("vh_xh", unit=unit, tieng_dtts="biet") for unit in ("20185@2018", "20161@2018"))
    days = ("2014-02-28", "2014-03-01", "2014-03-02")
    assert over_time(here, "tieng_dtts", *days, where=where) == ["exempt", "below", "below"]
    assert over_time(elsewhere, "tieng_dtts", *days, where=where) == ["exempt", "exempt", "exempt"]


# A person's own dates


def test_a_level_counts_from_the_day_it_was_obtained() -> None:
    """The day before, the day of and the day after a certificate."""
    secretary = person(
        "bi_thu", also=[Level("llct", "so_cap"), Level("llct", "trung_cap", "2016-06-15", reported="2018-12-31")]
    )
    assert over_time(secretary, "llct", "2016-06-14", "2016-06-15", "2016-06-16") == ["below", "meets", "meets"]


def test_a_level_known_by_year_counts_from_the_end_of_the_year_or_its_first_report() -> None:
    """A certificate "of 2016": proven on 31/12/2016, or in the list of 30/06/2016 that names it."""
    late, early = (
        person("bi_thu", also=[Level("llct", "so_cap"), Level("llct", "trung_cap", "2016", reported=reported)])
        for reported in ("2018-12-31", "2016-06-30")
    )
    assert over_time(late, "llct", "2016-12-30", "2016-12-31", "2017-01-01") == ["below", "meets", "meets"]
    assert over_time(early, "llct", "2016-06-29", "2016-06-30", "2016-07-01") == ["below", "meets", "meets"]


def test_before_the_first_report_of_a_level_nothing_is_known() -> None:
    """A level without a date, named first in the list of 30/06/2016."""
    secretary = person("bi_thu", also=[Level("llct", "so_cap", reported="2016-06-30")])
    assert over_time(secretary, "llct", "2016-06-29", "2016-06-30", "2016-07-01") == ["unknown", "below", "below"]


def test_the_first_day_out_of_post_is_not_judged() -> None:
    """In post until 30/06/2016."""
    secretary = person("bi_thu", since="2010-07-01", until="2016-07-01", llct="so_cap")
    assert over_time(secretary, "llct", "2010-06-30", "2010-07-01", "2010-07-02") == [None, "below", "below"]
    assert over_time(secretary, "llct", "2016-06-30", "2016-07-01", "2016-07-02") == ["below", None, None]
