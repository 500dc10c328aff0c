"""Cases of downsizing after 2018: how those filed in 2018 ended, and twenty-five more filed from 2019 to 2026.

No year reaches its target, as the report of 2018 says of those before. Who a later case is about depends on how the
district lived on (later.py); `suits` says who may be, and tests hold each of them against the law of the product.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from officials import Commune, Person
from proposals import OWN_AGE, ROAD_MAP, Proposal, early_months
from training import held, lacks

# The day since which there is no district that sets a time for the cases of half a year.
UNIFIED = date(2025, 7, 1)
# By the day of leaving, the latest first; a case that was begun by a decree stays with it.
DECREES = (
    (UNIFIED + timedelta(1), "NĐ 154/2025"),
    (OWN_AGE, "NĐ 29/2023"),
    (ROAD_MAP, "NĐ 143/2020"),
    (date.min, "NĐ 113/2018"),
)
FELL = ("rut", "khong_du_dieu_kien")
# How the proposals of 2018 went on.
WENT_ON = {
    "01/2019": ("da_chi_tra 2019-02-20",),
    "02/2019": ("da_chi_tra 2019-03-25",),
    "03/2019": ("da_chi_tra 2019-04-22",),
    "04/2019": ("rut 2019-03-28 khong_tu_nguyen",),
    "05/2019": ("khong_du_dieu_kien 2019-03-28 xep_loai_tot",),
    "06/2019": ("khong_du_dieu_kien 2019-04-24 chua_danh_gia",),
    "07/2019": ("khong_du_dieu_kien 2019-04-24 chua_xem_xet",),
    "08/2019": ("rut 2019-04-22 bo_tri_viec_khac",),
}


class Filing(NamedTuple):
    """A case to be filed: its number, why, the point of the decree, the policy, the first day out, and its end.

    Why is 'doi_du' (too many after the merger), 'co_cau' (too many of a post), 'trinh_do' (training below the standard)
    or 'xep_loai' (weak in the yearly evaluation). An empty policy is the one that the age allows. The end is its last
    step, 'status reason' where it came to nothing; most are paid. Points are those of the decree of the day: what is c
    of Điều 6 NĐ 108/2014 is d of Điều 2 NĐ 29/2023.
    """

    number: str
    why: str
    point: str
    policy: str
    leaving: date
    end: str = "da_chi_tra"


FILED = (
    Filing("01/2020", "co_cau", "b", "nghi_huu", date(2020, 1, 1)),
    Filing("02/2020", "xep_loai", "đ", "nghi_huu", date(2020, 2, 1), "rut khong_tu_nguyen"),
    Filing("03/2020", "doi_du", "a", "", date(2020, 7, 1)),
    Filing("04/2020", "trinh_do", "c", "nghi_huu", date(2020, 7, 1)),
    Filing("05/2020", "xep_loai", "đ", "nghi_huu", date(2020, 8, 1), "khong_du_dieu_kien chua_danh_gia"),
    Filing("06/2020", "doi_du", "a", "thoi_viec", date(2020, 9, 1), "rut bo_tri_viec_khac"),
    Filing("01/2021", "doi_du", "a", "", date(2021, 1, 1)),
    Filing("02/2021", "co_cau", "b", "nghi_huu", date(2021, 3, 1), "khong_du_dieu_kien khong_du_tuoi"),
    Filing("03/2021", "trinh_do", "c", "thoi_viec", date(2021, 7, 1)),
    Filing("04/2021", "doi_du", "a", "", date(2021, 7, 1)),
    Filing("05/2021", "xep_loai", "đ", "nghi_huu", date(2021, 7, 1), "khong_du_dieu_kien chua_danh_gia"),
    Filing("06/2021", "xep_loai", "đ", "thoi_viec", date(2021, 9, 1), "khong_du_dieu_kien xep_loai_tot"),
    Filing("01/2022", "co_cau", "b", "nghi_huu", date(2022, 3, 1)),
    Filing("02/2022", "trinh_do", "c", "thoi_viec", date(2022, 8, 1), "rut khong_tu_nguyen"),
    Filing("01/2023", "trinh_do", "c", "thoi_viec", date(2023, 3, 1)),
    Filing("02/2023", "co_cau", "c", "nghi_huu", date(2023, 9, 1)),
    Filing("01/2024", "xep_loai", "đ", "nghi_huu", date(2024, 7, 1)),
    Filing("02/2024", "xep_loai", "đ", "nghi_huu", date(2024, 8, 1), "khong_du_dieu_kien xep_loai_tot"),
    # Paid after the last day of the sample.
    Filing("01/2025", "co_cau", "c", "nghi_huu", date(2025, 6, 1)),
    # Left undecided: from 16/06/2025 there is another decree, from 01/07/2025 no district.
    Filing("02/2025", "trinh_do", "d", "thoi_viec", date(2025, 7, 1), "dang_trinh"),
    Filing("03/2025", "co_cau", "b", "nghi_huu", date(2025, 11, 1)),
    Filing("01/2026", "co_cau", "h", "thoi_viec", date(2026, 3, 1)),
    Filing("02/2026", "co_cau", "b", "nghi_huu", date(2026, 9, 1)),
    Filing("03/2026", "co_cau", "c", "thoi_viec", date(2026, 10, 1), "rut bo_tri_viec_khac"),
    Filing("04/2026", "co_cau", "b", "nghi_huu", date(2027, 1, 1), "dang_trinh"),
)


class Filed(NamedTuple):
    """A case with all the steps it will ever take, its person, and their commune when it was filed."""

    case: Proposal
    person: Person
    commune: Commune

    @property
    def leaves_on(self) -> date | None:
        """The day on which the person leaves by it, None where it comes to nothing or is never decided."""
        approved = any(step.startswith("da_phe_duyet") for step in self.case.steps)
        return date.fromisoformat(self.case.leaving) if approved else None

    @property
    def until(self) -> date:
        """The first day on which the case binds the person to nothing any more."""
        status, day, *_ = self.case.steps[-1].split()
        return date.fromisoformat(day if status in FELL else self.case.leaving)


def steps(filing: Filing) -> tuple[str, ...]:
    """The steps of a case as in `Proposal.steps`: filed and submitted before its round is due (NĐ 108/2014: before
    01/11 for the first half of the next year, before 01/05 for the second), decided before the person leaves."""
    rng, leaving = Random(f"hồ sơ {filing.number}"), filing.leaving
    due = date(leaving.year - 1, 11, 1) if leaving.month < 7 else date(leaving.year, 5, 1)
    if leaving > UNIFIED:
        due = leaving - timedelta(50)
    days = {
        "de_xuat": due - timedelta(rng.randrange(34, 48)),
        "dang_trinh": due - timedelta(rng.randrange(5, 13)),
        "da_phe_duyet": leaving - timedelta(rng.randrange(10, 24)),
        "da_chi_tra": leaving + timedelta(rng.randrange(40, 70)),
    }
    status, _, reason = filing.end.partition(" ")
    if status in FELL:
        return (f"de_xuat {days['de_xuat']}", f"{status} {due - timedelta(rng.randrange(2, 5))} {reason}")
    last = list(days).index(status)
    return tuple(f"{name} {day}" for name, day in list(days.items())[: last + 1])


def filed_on(filing: Filing) -> date:
    """The day a case is filed."""
    return date.fromisoformat(steps(filing)[0].split()[1])


def suits(filing: Filing, person: Person, posts: Sequence[str]) -> bool:
    """Whether the case can be about the holder of posts, but for the surplus, which only the commune knows.

    The distances to the pension are those of the decrees: into pension two to five years before it (Điều 8), at once
    out of service for who is not so near (Điều 10). Nobody is so near a limit that a month would decide.
    """
    early = early_months(person, filing.leaving)
    if "khong_du_tuoi" in filing.end:
        fits = 66 <= early <= 110
    else:
        near, far = 26 <= early <= 58, 110 < early < 280
        fits = {"nghi_huu": near, "thoi_viec": far, "": near or far}[filing.policy]
    if filing.why == "trinh_do":
        day = filed_on(filing)
        fits = fits and held(person, "chuyen_mon", day) is not None and "chuyen_mon" in lacks(person, posts, day)
    return fits


def proposal(filing: Filing, person: Person, post: str, commune: Commune) -> Proposal:
    """The case of somebody, by the decree of the day on which they are to leave."""
    leaving = filing.leaving
    decree = next(name for since, name in DECREES if since <= leaving)
    policy = filing.policy or ("nghi_huu" if early_months(person, leaving) <= 60 else "thoi_viec")
    served = (leaving - min(s.since.on for s in person.services)).days // 30
    insured = max(served, 244 + Random(f"bảo hiểm {filing.number}").randrange(80) if policy == "nghi_huu" else 24)
    return Proposal(
        filing.number,
        commune.name,
        post,
        f"{decree}/NĐ-CP",
        filing.point,
        policy,
        leaving.isoformat(),
        insured,
        steps(filing),
    )
