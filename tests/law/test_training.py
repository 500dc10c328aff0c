"""Training owed after taking a post: an obligation, told apart from the verdicts; no text names a level for it."""

import pytest

from law.case import Level, Person, Term, counted, person, read, verdicts


def owed(who: Person, on: str) -> dict[str, str]:
    """What is still owed on a day, by criterion: not completed, or not known."""
    rows = read("training_owed", who, on=on)
    return dict(zip(rows["criterion"], rows["duty"], strict=True))


def test_a_civil_servant_owes_state_management_and_political_theory() -> None:
    """TT 06/2012, Điều 2 khoản 1: after recruitment, by the programme of the post."""
    officer = person("vh_xh", since="2013-01-01", qlnn="chua", llct="chua")
    assert owed(officer, "2018-12-31") == {"qlnn": "chua_hoan_thanh", "llct": "chua_hoan_thanh"}


@pytest.mark.parametrize("level", ["so_cap", "trung_cap", "cao_cap"])
def test_any_level_is_a_course_completed(level: str) -> None:
    """No level is named, so none is too low."""
    officer = person("vh_xh", since="2013-01-01", qlnn="boi_duong", llct=level)
    assert owed(officer, "2018-12-31") == {}


def test_who_is_studying_has_not_completed_it() -> None:
    """The course counts when it is over."""
    officer = person("vh_xh", since="2013-01-01", also=[Level("qlnn", "chuyen_vien", studying=True)], llct="so_cap")
    assert owed(officer, "2018-12-31") == {"qlnn": "chua_hoan_thanh"}


def test_nothing_known_is_not_the_same_as_nothing_done() -> None:
    """The commune is asked, the person is not blamed."""
    assert owed(person("vh_xh", since="2013-01-01"), "2018-12-31") == {"qlnn": "chua_ro", "llct": "chua_ro"}


def test_it_is_owed_until_the_day_the_course_ends() -> None:
    """The day before, the day, the day after."""
    officer = person(
        "tc_kt",
        since="2013-01-01",
        llct="so_cap",
        also=[Level("qlnn", "boi_duong", "2016-05-20", reported="2018-12-31")],
    )
    assert [bool(owed(officer, day)) for day in ("2016-05-19", "2016-05-20", "2016-05-21")] == [True, False, False]


def test_it_changes_no_verdict_and_no_count() -> None:
    """Somebody who meets every level is not below because of a course."""
    facts = {"hoc_van": "thpt", "chuyen_mon": "dai_hoc", "tin_hoc": "a"}
    officer = person("tp_ht", since="2013-01-01", field="Luật", qlnn="chua", llct="chua", **facts)
    assert len(owed(officer, "2018-12-31")) == 2
    assert "below" not in verdicts(officer, on="2018-12-31").values()
    assert counted(officer, on="2018-12-31")["cong_chuc"]["below"] == 0


def test_it_ends_with_the_standards_of_communes() -> None:
    """Luật 80/2025: 30/06/2025, 01/07/2025, 02/07/2025."""
    officer = person("vh_xh", since="2013-01-01", qlnn="chua", llct="so_cap")
    assert [len(owed(officer, day)) for day in ("2025-06-30", "2025-07-01", "2025-07-02")] == [1, 0, 0]


def test_two_posts_owe_twice_where_both_texts_ask() -> None:
    """QĐ 04/2004, Điều 5 and 7: the list has a row for each post, with its own article."""
    leader = person([Term("bi_thu", "2015-07-01"), Term("ct_hdnd", "2015-07-01")], qlnn="chua")
    rows = read("training_owed", leader, on="2018-12-31")
    assert sorted(rows["position"]) == ["bi_thu", "ct_hdnd"]
    assert rows["legal_ref"].str.contains("Điều 5|Điều 7").all()
