"""Cases in which a careless reading of the law goes wrong, one test each.

The numbers are those of the list of traps the product was specified with. Where no area is named the commune is in
the mountains, as all of Nam Đông is.
"""

from typing import Any

import pytest

from intake.vocabulary import Vocabulary
from law.case import (
    LOWLAND,
    Decision,
    Level,
    Setting,
    Term,
    counted,
    deciding,
    each,
    over_time,
    person,
    read,
    reason,
    ruling,
    verdicts,
)
from law.reference import rows

END_OF_2018 = "2018-12-31"
KEY_POST: dict[str, Any] = {"hoc_van": "thpt", "chuyen_mon": "trung_cap", "llct": "so_cap"}


def test_trap_1_a_party_secretary_needs_intermediate_theory_even_in_the_mountains() -> None:
    """QĐ 04/2004, Điều 5: no lower level of political theory for mountain communes."""
    assert verdicts(person("bi_thu", first_held="2010-01-01", **KEY_POST), on=END_OF_2018) == {
        "hoc_van": "meets",
        "chuyen_mon": "meets",
        "llct": "below",
        "tuoi_lan_dau": "meets",
    }


@pytest.mark.parametrize("post", ["ct_ubnd", "pct_ubnd", "ct_hdnd", "pct_hdnd"])
def test_trap_1_a_chairman_needs_only_elementary_theory_in_the_mountains(post: str) -> None:
    """QĐ 04/2004, Điều 7 and 8: elementary in the mountains, intermediate in the plains."""
    chairman = person(post, first_held="2010-01-01", **KEY_POST)
    assert verdicts(chairman, on=END_OF_2018)["llct"] == "meets"
    assert verdicts(chairman, on=END_OF_2018, where=LOWLAND)["llct"] == "below"


def test_trap_2_key_posts_need_upper_secondary_school_everywhere() -> None:
    """QĐ 04/2004, Điều 5, 7, 8: general education has no lower level for the mountains."""
    schooled = [person(post, hoc_van="thcs") for post in ("bi_thu", "ct_hdnd", "ct_ubnd", "pct_ubnd")]
    assert each(schooled, "hoc_van", on=END_OF_2018) == ["below"] * 4


def test_trap_2_heads_of_mass_organisations_need_less_in_the_mountains() -> None:
    """QĐ 04/2004, Điều 6 (not checked against the text): lower secondary school in the mountains."""
    farmers = person("ct_nd", hoc_van="thcs")
    assert verdicts(farmers, on=END_OF_2018)["hoc_van"] == "meets"
    assert verdicts(farmers, on=END_OF_2018, where=LOWLAND)["hoc_van"] == "below"


def test_trap_3_first_holders_since_2004_need_an_intermediate_degree() -> None:
    """QĐ 04/2004, Điều 5: elementary training is enough in the mountains, but not for who took the post under the rule.

    What counts is the day the post was first held. Where it is missing nothing is concluded.
    """
    days = ("1999-05-01", "2005-05-01", None)
    secretaries = [person("bi_thu", since="2010-06-01", first_held=day, chuyen_mon="so_cap") for day in days]
    assert each(secretaries, "chuyen_mon", on=END_OF_2018) == ["meets", "below", "unknown"]


def test_trap_3_a_missing_first_day_matters_only_between_the_two_levels() -> None:
    """Whoever has the higher level meets the rule either way, whoever lacks the lower one misses it either way."""
    levels = ("chua", "so_cap", "trung_cap")
    secretaries = [person("bi_thu", since="2010-06-01", chuyen_mon=level) for level in levels]
    found = each(secretaries, "chuyen_mon", on=END_OF_2018)
    assert found == ["below", "unknown", "meets"]


def test_trap_3_the_posting_itself_may_prove_that_it_began_before_the_rule() -> None:
    """Nobody who has been in post since 2003 took it under a rule of 2004."""
    assert verdicts(person("bi_thu", since="2003-05-01", chuyen_mon="so_cap"), on=END_OF_2018)["chuyen_mon"] == "meets"


@pytest.mark.parametrize(("born", "verdict"), [("1964-01-15", "meets"), ("1962-01-15", "below")])
def test_trap_4_the_age_limit_looks_at_the_day_of_taking_post_only(born: str, verdict: str) -> None:
    """QĐ 04/2004, Điều 5: at most 45 when the post is first held; being 54 years old today is no fault."""
    secretary = person("bi_thu", first_held="2008-06-01", born=born)
    assert over_time(secretary, "tuoi_lan_dau", "2008-06-01", END_OF_2018, "2023-07-31") == [verdict] * 3


def test_trap_4_forty_five_lasts_until_the_day_before_the_next_birthday() -> None:
    """Ages are whole years: born 20/06/1962, 45 until 19/06/2008."""
    days = ("2008-06-19", "2008-06-20", "2008-06-21")
    secretaries = [person("bi_thu", first_held=day, born="1962-06-20") for day in days]
    assert each(secretaries, "tuoi_lan_dau", on=END_OF_2018) == ["meets", "below", "below"]


def test_trap_4_an_age_fault_is_told_as_a_fact_and_not_as_a_training_need() -> None:
    """No course cures an appointment at 46."""
    text = reason(person("bi_thu", first_held="2008-06-01", born="1962-01-15"), "tuoi_lan_dau", on=END_OF_2018)
    assert "khi 46 tuổi" in text
    assert "không khắc phục được bằng đào tạo" in text
    assert "cử đi" not in text
    assert "học và thi" not in text


CULTURE_OFFICER = person(
    "vh_xh", first_held="2014-03-01", hoc_van="thpt", chuyen_mon="trung_cap", field="Quản lý văn hóa", tin_hoc="a"
)
LOWERED_TO_INTERMEDIATE = deciding(Decision("TT13", "chuyen_mon", "trung_cap", "2019-12-25"))


def test_trap_5_the_standard_is_that_of_the_day_asked_about() -> None:
    """TT 06/2012 asked for an intermediate degree; TT 13/2019 asks for a university one from 25/12/2019."""
    assert verdicts(CULTURE_OFFICER, on=END_OF_2018) == {
        "hoc_van": "meets",
        "chuyen_mon": "meets",
        "nganh": "meets",
        "tin_hoc": "meets",
        "tieng_dtts": "exempt",
    }
    later = verdicts(CULTURE_OFFICER, on="2019-12-31")
    assert later == {"hoc_van": "meets", "chuyen_mon": "below", "nganh": "meets", "tin_hoc": "meets"}


def test_trap_5_in_the_mountains_the_province_may_set_the_intermediate_level() -> None:
    """TT 13/2019, Điều 1: in the mountains the province sets the level, from intermediate upwards."""
    assert verdicts(CULTURE_OFFICER, on="2019-12-31", where=LOWERED_TO_INTERMEDIATE)["chuyen_mon"] == "meets"


def test_trap_5_in_the_plains_who_was_recruited_before_has_five_years() -> None:
    """TT 13/2019: until 25/12/2024; by that day NĐ 33/2023, Điều 38, has given until 01/08/2028."""
    for day, deadline in [("2019-12-31", "2024-12-25"), ("2024-12-26", "2028-08-01")]:
        found = ruling(CULTURE_OFFICER, "chuyen_mon", on=day, where=LOWLAND)
        assert (found["verdict"], found["deadline"]) == ("transitional", deadline)


LITTLE_SCHOOLING = person("vp_tk", hoc_van="thcs", chuyen_mon="so_cap", field="Văn thư", tin_hoc="a")
ONE_LEVEL_LESS = deciding(
    Decision("TT06", "hoc_van", "thcs", "2013-01-01"), Decision("TT06", "chuyen_mon", "so_cap", "2013-01-01")
)


def test_trap_6_being_in_the_mountains_lowers_nothing_by_itself() -> None:
    """TT 06/2012, Điều 2: the province may lower the levels by one; nobody has entered that it did."""
    found = verdicts(LITTLE_SCHOOLING, on=END_OF_2018)
    assert (found["hoc_van"], found["chuyen_mon"]) == ("below", "below")
    assert "chưa nhập quyết định nào" in reason(LITTLE_SCHOOLING, "hoc_van", on=END_OF_2018)


def test_trap_6_a_decision_of_the_province_lowers_both_levels() -> None:
    """TT 06/2012, Điều 2, with a decision of the province from 2013."""
    found = verdicts(LITTLE_SCHOOLING, on=END_OF_2018, where=ONE_LEVEL_LESS)
    assert (found["hoc_van"], found["chuyen_mon"], found["nganh"]) == ("meets", "meets", "meets")


def test_trap_6_a_decision_does_not_reach_the_plains() -> None:
    """Only mountain and other hard-pressed communes may be lowered."""
    plains = Setting("dong_bang", ONE_LEVEL_LESS.decisions)
    found = verdicts(LITTLE_SCHOOLING, on=END_OF_2018, where=plains)
    assert (found["hoc_van"], found["chuyen_mon"]) == ("below", "below")


def test_trap_6_a_decision_under_one_circular_says_nothing_under_the_next() -> None:
    """A level lowered under TT 06/2012 is not lowered under TT 13/2019."""
    found = over_time(LITTLE_SCHOOLING, "chuyen_mon", "2019-12-24", "2019-12-25", where=ONE_LEVEL_LESS)
    assert found == ["meets", "below"]


def test_trap_6_a_decision_binds_the_posts_and_communes_it_names() -> None:
    """The same person in the commune named, in another one, and in a post that is not named."""
    named = deciding(Decision("TT06", "hoc_van", "thcs", "2013-01-01", posts="vp_tk tc_kt", communes="20185"))
    clerk, elsewhere, other_post = (
        person(post, unit=unit, hoc_van="thcs")
        for post, unit in [("vp_tk", "20185@2018"), ("vp_tk", "20191@2018"), ("tp_ht", "20185@2018")]
    )
    found = each((clerk, elsewhere, other_post), "hoc_van", on=END_OF_2018, where=named)
    assert found == ["meets", "below", "below"]


def test_trap_6_one_decision_may_set_different_things_for_different_communes() -> None:
    """Rows under one number stay apart: general education here, the professional level there."""
    where = deciding(
        Decision("TT06", "hoc_van", "thcs", "2013-01-01", communes="20185", number="50/QĐ-UBND"),
        Decision("TT06", "chuyen_mon", "so_cap", "2013-01-01", communes="20191", number="50/QĐ-UBND"),
    )
    communes = ("20185@2018", "20191@2018")
    clerks = [person("vp_tk", unit=unit, hoc_van="thcs", chuyen_mon="so_cap") for unit in communes]
    here, there = (verdicts(who, on=END_OF_2018, where=where) for who in clerks)
    assert (here["hoc_van"], here["chuyen_mon"]) == ("meets", "below")
    assert (there["hoc_van"], there["chuyen_mon"]) == ("below", "meets")


def test_trap_6_a_decision_cannot_lower_the_degree_whose_field_counts_in_the_plains() -> None:
    """TT 13/2019: a lowland commune named in a decision keeps the university degree, and its field is looked at.

    A fitting intermediate degree does not make up for a university degree in law.
    """
    accountant = person(
        "tc_kt",
        since="2020-03-01",
        chuyen_mon="dai_hoc",
        field="Luật",
        also=[Level("chuyen_mon", "trung_cap", field="Kế toán")],
    )
    named = deciding(Decision("TT13", "chuyen_mon", "trung_cap", "2020-01-01", communes="19999"), area="dong_bang")
    assert verdicts(accountant, on="2020-12-31", where=named)["nganh"] == "below"


def test_trap_7_a_high_degree_in_the_wrong_field() -> None:
    """TT 06/2012, Điều 2: an accountant with a law degree has the level, but not the field."""
    lawyer = person("tc_kt", chuyen_mon="dai_hoc", field="Luật")
    found = verdicts(lawyer, on=END_OF_2018)
    assert (found["chuyen_mon"], found["nganh"]) == ("meets", "below")
    assert "sai ngành" in reason(lawyer, "nganh", on=END_OF_2018)


def test_trap_7_a_field_nobody_has_placed_is_neither_right_nor_wrong() -> None:
    """Which majors fit a post is a table the office keeps; what it does not say is unknown."""
    stargazer = person("tc_kt", chuyen_mon="dai_hoc", field="Thiên văn học")
    assert verdicts(stargazer, on=END_OF_2018)["nganh"] == "unknown"
    assert "chưa được đối chiếu" in reason(stargazer, "nganh", on=END_OF_2018)


@pytest.mark.parametrize("day", [END_OF_2018, "2021-12-31", "2024-12-31"])
def test_trap_8_a_military_commander_needs_military_training_and_no_university(day: str) -> None:
    """Luật DQTV 2009 and TTLT 01/2013, then Luật DQTV 2019, Điều 26: grassroots military, intermediate or higher."""
    economist = verdicts(person("cht_quan_su", chuyen_mon="dai_hoc", field="Kinh tế"), on=day)
    soldier = verdicts(person("cht_quan_su", chuyen_mon="trung_cap", field="Quân sự cơ sở"), on=day)
    assert (economist["chuyen_mon"], economist["nganh"]) == ("meets", "below")
    assert (soldier["chuyen_mon"], soldier["nganh"]) == ("meets", "meets")


def test_trap_8_a_chief_of_police_is_judged_by_the_police_ordinance() -> None:
    """Pháp lệnh Công an xã 2008: school, lower in the mountains (not checked); computers as TT 06/2012 asks of all."""
    chief = person("truong_ca", hoc_van="thcs", tin_hoc="a", chuyen_mon="chua")
    assert verdicts(chief, on=END_OF_2018) == {"hoc_van": "meets", "tin_hoc": "meets"}
    assert verdicts(chief, on=END_OF_2018, where=LOWLAND) == {"hoc_van": "below", "tin_hoc": "meets"}


def test_trap_9_a_registrar_needs_only_an_intermediate_degree_in_law() -> None:
    """Luật Hộ tịch 2014, Điều 72 khoản 2, which TT 04/2022 gives way to; in the plains, 07/2022."""
    registrar = person("tp_ht", chuyen_mon="trung_cap", field="Luật")
    found = verdicts(registrar, on="2022-07-31", where=LOWLAND)
    assert (found["chuyen_mon"], found["nganh"]) == ("meets", "meets")
    assert "Luật Hộ tịch" in str(ruling(registrar, "chuyen_mon", on="2022-07-31", where=LOWLAND)["legal_ref"])


def test_trap_24_two_posts_held_at_once_must_both_be_met_by_one_person() -> None:
    """A party secretary who also chairs the council is one person under two standards (QĐ 04/2004, Điều 5 and 7)."""
    both = person(
        [
            Term("bi_thu", "2015-07-01", first_held="2015-07-01"),
            Term("ct_hdnd", "2015-07-01", first_held="2015-07-01"),
        ],
        **KEY_POST,
    )
    found = verdicts(both, on=END_OF_2018)
    assert (found["bi_thu llct"], found["ct_hdnd llct"]) == ("below", "meets")
    assert counted(both, on=END_OF_2018) == {
        "can_bo": {"total": 1, "below": 1, "unknown": 0, "transitional": 0},
    }


VOCABULARY = Vocabulary(
    [(row["domain"], row["code"], row["word"]) for row in rows("word")],
    {row["short_name"]: row["code"] for row in rows("unit")},
)


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("12/12", "thpt"),
        ("10/10", "thpt"),
        ("BT 12/12", "thpt"),
        ("Bổ túc 12/12", "thpt"),
        ("11/12", "thcs"),
        ("10/12", "thcs"),
        ("9/12", "thcs"),
        ("7/10", "thcs"),
    ],
)
def test_trap_27_school_years_are_read_by_the_system_they_belong_to(written: str, level: str) -> None:
    """Ten of ten is the whole of the old northern school; ten or eleven of twelve is not yet upper secondary."""
    [held] = VOCABULARY.levels("hoc_van", written)
    assert (held.level, held.status) == (level, "da_co")


def test_trap_27_a_chairman_with_eleven_years_of_twelve_is_below() -> None:
    """QĐ 04/2004, Điều 8: upper secondary school finished."""
    read_as = {written: VOCABULARY.levels("hoc_van", written)[0].level or "" for written in ("11/12", "10/10")}
    found = {w: verdicts(person("ct_ubnd", hoc_van=level), on=END_OF_2018)["hoc_van"] for w, level in read_as.items()}
    assert found == {"11/12": "below", "10/10": "meets"}


def test_trap_28_political_theory_has_an_order() -> None:
    """Elementary, intermediate, advanced, bachelor: the secretary needs the second (QĐ 04/2004, Điều 5)."""
    levels = ("so_cap", "trung_cap", "cao_cap", "cu_nhan")
    secretaries = [person("bi_thu", llct=level) for level in levels]
    assert each(secretaries, "llct", on=END_OF_2018) == ["below", "meets", "meets", "meets"]


def test_trap_28_studying_for_a_level_is_not_having_it() -> None:
    """Read from a list, "đang học trung cấp" is a level not yet reached, and the person is below it."""
    [held] = VOCABULARY.levels("llct", "Đang học trung cấp")
    assert (held.level, held.status) == ("trung_cap", "dang_hoc")
    student = person("bi_thu", also=[Level("llct", held.level, studying=True)])
    assert verdicts(student, on=END_OF_2018)["llct"] == "below"
    assert reason(student, "llct", on=END_OF_2018).startswith("Đang học")


def test_trap_28_theory_and_administration_is_theory_and_proves_no_administration() -> None:
    """Whether "trung cấp LLCT-HC" also counts as state management is for the province to say."""
    [held] = VOCABULARY.levels("llct", "Trung cấp LLCT-HC")
    assert (held.criterion, held.level, held.status) == ("llct", "trung_cap", "da_co")


def test_trap_29_missing_is_not_failing() -> None:
    """With nothing known about schooling the answer is "unknown", and the headline counts it apart."""
    silent = person("bi_thu", first_held="2010-01-01", chuyen_mon="trung_cap", llct="trung_cap")
    assert verdicts(silent, on=END_OF_2018) == {
        "hoc_van": "unknown",
        "chuyen_mon": "meets",
        "llct": "meets",
        "tuoi_lan_dau": "meets",
    }
    assert counted(silent, on=END_OF_2018)["can_bo"] == {"total": 1, "below": 0, "unknown": 1, "transitional": 0}


def test_trap_29_a_failing_outweighs_a_missing_fact() -> None:
    """Whoever is below in one criterion is below, whatever else is unknown."""
    assert counted(person("bi_thu", llct="so_cap"), on=END_OF_2018)["can_bo"]["below"] == 1


def test_trap_29_an_unknown_sex_matters_where_the_limit_differs() -> None:
    """QĐ 04/2004, Điều 6: at most 55 for men and 50 for women, here at 52."""
    farmers = [person("ct_nd", first_held="2014-07-01", born="1962-01-15", gender=g) for g in ("nam", "nu", None)]
    assert each(farmers, "tuoi_lan_dau", on=END_OF_2018) == ["meets", "below", "unknown"]


def test_trap_29_a_missing_fact_that_decides_nothing_is_not_asked_for() -> None:
    """At 40 a man and a woman are both young enough, at 62 both too old: the sex may stay unknown."""
    born = ("1974-01-15", "1952-01-15")
    farmers = [person("ct_nd", first_held="2014-07-01", born=day, gender=None) for day in born]
    assert each(farmers, "tuoi_lan_dau", on=END_OF_2018) == ["meets", "below"]


def test_trap_29_an_unknown_sex_is_not_asked_for_where_the_limit_is_one() -> None:
    """QĐ 04/2004: at most 35 for everybody; born on 10/01/1975, of 2011 only the day is missing."""
    officers = [person("vh_xh", first_held="2011", born="1975-01-10", gender=g) for g in ("nam", None)]
    reasons = {reason(o, "tuoi_lan_dau", on="2011-12-31") for o in officers}
    assert [r.startswith("Chưa có hoặc chưa rõ ngày giữ chức vụ") for r in reasons] == [True]


def test_trap_29_the_months_to_serve_may_not_depend_on_the_sex_either() -> None:
    """NĐ 33/2023, Điều 8: in 2024 somebody of 30 has sixty months before retiring, somebody of 61 has not."""
    born = ("1994-01-15", "1963-01-15")
    secretaries = [person("bi_thu", first_held="2024-03-01", born=day, gender=None) for day in born]
    assert each(secretaries, "tuoi_lan_dau", on="2024-12-31") == ["meets", "below"]


def test_trap_30_history_keeps_the_old_commune_and_the_person_goes_on_in_the_new_one() -> None:
    """NQ 834/NQ-UBTVQH14: Hương Giang and Hương Hòa become Hương Xuân on 01/01/2020."""
    for unit, name in [("20179@2018", "Hương Giang"), ("20176@2018", "Hương Hòa")]:
        secretary = person("bi_thu", unit=unit, llct="so_cap")
        seen = [read("assessment", secretary, on=day) for day in ("2019-12-31", "2020-01-01")]
        assert [set(rows["commune"]) for rows in seen] == [{name}, {"Hương Xuân"}]
        assert [list(rows["verdict"]) for rows in seen] == [list(seen[0]["verdict"])] * 2


def test_trap_30_a_code_is_not_a_commune() -> None:
    """20179 is Hương Giang until 2019 and Hương Xuân from 2020; 20176 has nobody after 2019."""
    secretary = person("bi_thu", unit="20176@2018", llct="so_cap")
    by_code = [
        [len(read("assessment", secretary, on=day, communes=(code,))) > 0 for day in ("2019-12-31", "2020-01-01")]
        for code in ("20176", "20179")
    ]
    assert by_code == [[True, False], [False, True]]
