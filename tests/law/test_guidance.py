"""Guidance for the communes since 01/07/2025, CV 11/CV-BCĐ: followed or not, never a verdict, for it is no law."""

from datetime import date

import pytest

from core import office
from core.conflict import Clashed, Seen
from core.store import Filters, Store
from intake.vocabulary import Period
from law.case import Person, Term, counted, person, read, verdicts
from law.reference import rows

FIRST = ("2025-06-30", "2025-07-01", "2025-07-02")


def gaps(who: Person, on: str) -> dict[str, str]:
    """What the guidance names and the person lacks on a day, by criterion; an empty text where nothing is known."""
    found = read("guidance_gaps", who, on=on)
    return dict(zip(found["criterion"], found["held"].fillna(""), strict=True))


def test_a_specialist_is_asked_for_a_university_degree_from_the_first_day_of_the_new_communes() -> None:
    """30/06/2025, 01/07/2025, 02/07/2025."""
    specialist = person([Term("cv_van_hoa", "2025-07-01")], chuyen_mon="trung_cap", field="Luật")
    assert [gaps(specialist, day) for day in FIRST] == [{}, {"chuyen_mon": "trung_cap"}, {"chuyen_mon": "trung_cap"}]


@pytest.mark.parametrize("post", ["chanh_vp", "tp_kinh_te", "tp_van_hoa", "gd_hanh_chinh_cong"])
def test_a_head_is_asked_for_political_theory_too(post: str) -> None:
    """Intermediate political theory of heads of a room and their equals alone."""
    facts = {"chuyen_mon": "dai_hoc", "llct": "so_cap", "field": "Luật"}
    assert gaps(person([Term(post, "2025-07-01")], **facts), "2025-07-01") == {"llct": "so_cap"}
    assert gaps(person([Term("cv_van_phong", "2025-07-01")], **facts), "2025-07-01") == {}


def test_who_has_it_has_no_gap_and_who_studies_has_one() -> None:
    """What is not known is told as such."""
    assert gaps(person([Term("cv_kinh_te", "2025-07-01")], chuyen_mon="thac_si", field="Luật"), "2025-07-01") == {}
    assert gaps(person([Term("cv_kinh_te", "2025-07-01")]), "2025-07-01") == {"chuyen_mon": ""}


def test_it_makes_nobody_below_a_standard() -> None:
    """Not a verdict, not a count: no law asks it."""
    specialist = person([Term("cv_van_phong", "2025-07-01")], hoc_van="thcs", chuyen_mon="chua")
    assert gaps(specialist, "2026-07-01")
    assert set(verdicts(specialist, on="2026-07-01").values()) <= {"exempt"}
    assert not counted(specialist, on="2026-07-01")


def test_the_law_that_goes_on_is_not_the_guidance() -> None:
    """Commanders are ruled by the law on the militia, which is judged; the guidance does not name them."""
    deputy = person([Term("pcht_cong_chuc", "2025-07-01")], chuyen_mon="so_cap", field="Quân sự cơ sở")
    assert gaps(deputy, "2025-07-01") == {}
    assert verdicts(deputy, on="2025-07-01")["chuyen_mon"] == "below"


def test_time_counts_for_the_communes_to_which_a_text_gives_it(own: Store) -> None:
    """Nobody knows which are especially difficult but by a text, which the office enters and takes back."""

    def clock(day: str) -> list[object]:
        found = own.seen_by(("vn",)).query("guidance_by_commune", Filters(date.fromisoformat(day)))
        return [on.date().isoformat() for on in found.deadline.dropna()]

    with own.write() as cursor:
        cursor.execute("update posting_claim set post = 'cv_van_hoa' where post = 'vh_xh'")
    assert clock("2025-07-01") == []
    office.set_time(own, "CV11", ["20182", "20161"], date(2030, 6, 30), "861/QĐ-TTg")
    assert clock("2025-07-01") == ["2030-06-30", "2030-06-30"]
    assert clock("2030-06-30") == ["2030-06-30", "2030-06-30"]
    assert clock("2030-07-01") == []
    office.set_time(own, "CV11", ["20182"], None)
    assert clock("2025-07-01") == ["2030-06-30"]
    for units, number in (([], "861/QĐ-TTg"), (["20182"], " ")):
        with pytest.raises(office.NotAccepted):
            office.set_time(own, "CV11", units, date(2030, 6, 30), number)
    with pytest.raises(Clashed):
        office.set_time(own, "CV11", ["20161"], date(2031, 6, 30), "1/QĐ", Seen({"20161": None}))
    assert clock("2025-07-01") == ["2030-06-30"]


def test_every_row_of_it_is_told_as_unchecked() -> None:
    """Read in the press only."""
    assert {row["confidence"] for row in rows("guidance")} == {"M_med"}
    specialist = person([Term("cv_van_hoa", "2025-07-01")], chuyen_mon="trung_cap")
    [source] = read("guidance_gaps", specialist, on="2025-07-01").legal_ref
    assert source == "CV 11/CV-BCĐ (chưa đối chiếu văn bản gốc)"


# Titles and their days


@pytest.mark.parametrize(
    ("post", "day", "exists"),
    [
        ("vh_xh", "2025-06-30", True),
        ("vh_xh", "2025-07-01", False),
        ("cv_van_hoa", "2025-06-30", False),
        ("cv_van_hoa", "2025-07-01", True),
        ("kct_pcht_qs", "2025-06-30", True),
        ("pcht_cong_chuc", "2025-07-01", True),
        ("kct_thu_quy", "2026-05-30", True),
        ("kct_thu_quy", "2026-05-31", False),
    ],
)
def test_a_title_has_its_days(post: str, day: str, exists: bool) -> None:
    """Luật 80/2025 from 01/07/2025; part-time posts until before 31/05/2026."""
    [row] = [r for r in rows("post_period") if r["post"] == post]
    period = Period(*(date.fromisoformat(row[c]) if row[c] else None for c in ("from_on", "ended_on")))
    assert period.has(date.fromisoformat(day)) is exists
