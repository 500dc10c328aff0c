"""An invented ledger of downsizing, 2015-2018: targets, twenty-two cases in every status, evaluations with gaps, pay.

The district's report of 2018 says that yearly plans were never met in full because evaluating people is hard, and gives
no numbers: all here are ours. Whoever has left by downsizing is somebody whose career (careers.py) ends that way.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import NamedTuple

from officials import (
    REPORT,
    Commune,
    Moment,
    Person,
    Service,
    group_of,
    own_pension_months,
    pension_months,
)

# What a commune was assigned in 2015: its seats at the end of 2018, and how many more it had then.
MORE_IN_2015 = {"Khe Tre": 2, "Hương Phú": 2, "Thượng Quảng": 2, "Hương Giang": 3, "Hương Lộc": 2}
YEARLY = {2015: 2, 2016: 3, 2017: 4, 2018: 4, 2019: 4, 2020: 4, 2021: 4}
TURNS = (
    "Hương Sơn",
    "Thượng Long",
    "Hương Giang",
    "Thượng Nhật",
    "Hương Hữu",
    "Thượng Quảng",
    "Hương Lộc",
    "Hương Phú",
    "Thượng Lộ",
    "Khe Tre",
    "Hương Hòa",
)
# Communes that were late with the classes of a year.
LATE = {
    ("Thượng Nhật", 2015),
    ("Hương Hữu", 2016),
    ("Thượng Long", 2016),
    ("Thượng Nhật", 2017),
    ("Hương Hữu", 2018),
    ("Thượng Quảng", 2018),
    ("Thượng Long", 2019),
    ("Hương Sơn", 2019),
    ("Hương Xuân", 2020),
    ("Thượng Nhật", 2021),
    ("Hương Hữu", 2022),
    ("Thượng Quảng", 2024),
}
# A base salary holds from its day until the next.
BASE_SALARY = (
    (date(2009, 5, 1), 650_000),
    (date(2010, 5, 1), 730_000),
    (date(2011, 5, 1), 830_000),
    (date(2012, 5, 1), 1_050_000),
    (date(2013, 7, 1), 1_150_000),
    (date(2016, 5, 1), 1_210_000),
    (date(2017, 7, 1), 1_300_000),
    (date(2018, 7, 1), 1_390_000),
    (date(2019, 7, 1), 1_490_000),
    (date(2023, 7, 1), 1_800_000),
    (date(2024, 7, 1), 2_340_000),
    (date(2026, 7, 1), 2_530_000),
)
# From then on downsizing counts with the age of pension that NĐ 135/2020 raises year by year: NĐ 143/2020 with that of
# the year of leaving, NĐ 29/2023 with the person's own.
ROAD_MAP, OWN_AGE = date(2020, 12, 10), date(2023, 7, 20)
ALLOWANCE = {
    "bi_thu": "0.3",
    "pho_bi_thu": "0.25",
    "ct_hdnd": "0.25",
    "ct_ubnd": "0.25",
    "pct_hdnd": "0.2",
    "pct_ubnd": "0.2",
    "ct_mttq": "0.2",
    "ct_nd": "0.15",
    "ct_lhpn": "0.15",
    "ct_ccb": "0.15",
    "bt_doan": "0.15",
}


class Proposal(NamedTuple):
    """A case: who (the holder of a post of a commune), on what ground, by which policy, when, and its steps as
    'status date', a reason after the date where it came to nothing."""

    number: str
    commune: str
    post: str
    instrument: str
    point: str
    policy: str
    leaving: str
    months: int
    steps: tuple[str, ...]


def _went(*days: str) -> tuple[str, ...]:
    return tuple(
        f"{status} {day}"
        for status, day in zip(("de_xuat", "dang_trinh", "da_phe_duyet", "da_chi_tra"), days, strict=False)
    )


def _fell(day: str, status: str, end: str, reason: str) -> tuple[str, ...]:
    return (f"de_xuat {day}", f"{status} {end} {reason}")


_108, _113 = "NĐ 108/2014/NĐ-CP", "NĐ 113/2018/NĐ-CP"
PROPOSALS = (
    Proposal(
        "01/2015",
        "Hương Sơn",
        "vh_xh",
        _108,
        "b",
        "nghi_huu",
        "2015-03-28",
        316,
        _went("2015-01-20", "2015-02-10", "2015-03-12", "2015-05-20"),
    ),
    Proposal(
        "02/2015",
        "Thượng Quảng",
        "ct_ccb",
        _108,
        "c",
        "nghi_huu",
        "2015-07-01",
        172,
        _fell("2015-03-16", "khong_du_dieu_kien", "2015-04-28", "khong_du_bhxh"),
    ),
    Proposal(
        "01/2016",
        "Thượng Nhật",
        "ct_ccb",
        _108,
        "đ",
        "nghi_huu",
        "2016-01-01",
        262,
        _fell("2015-09-14", "khong_du_dieu_kien", "2015-10-26", "chua_danh_gia"),
    ),
    Proposal(
        "02/2016",
        "Hương Giang",
        "ct_ubnd",
        _108,
        "đ",
        "nghi_huu",
        "2016-07-01",
        290,
        _fell("2016-03-10", "khong_du_dieu_kien", "2016-04-25", "xep_loai_tot"),
    ),
    Proposal(
        "01/2017",
        "Hương Giang",
        "ct_ccb",
        _108,
        "b",
        "nghi_huu",
        "2017-01-04",
        266,
        _went("2016-09-20", "2016-10-24", "2016-12-19", "2017-03-15"),
    ),
    Proposal(
        "02/2017",
        "Thượng Quảng",
        "truong_ca",
        _108,
        "b",
        "nghi_huu",
        "2017-02-06",
        298,
        _went("2016-09-22", "2016-10-24", "2017-01-16", "2017-04-10"),
    ),
    Proposal(
        "03/2017",
        "Thượng Long",
        "ct_ubnd",
        _108,
        "c",
        "nghi_huu",
        "2017-03-01",
        251,
        _fell("2016-09-26", "khong_du_dieu_kien", "2016-10-28", "chua_danh_gia"),
    ),
    Proposal(
        "04/2017",
        "Hương Hữu",
        "ct_ubnd",
        _108,
        "đ",
        "nghi_huu",
        "2017-07-01",
        275,
        _fell("2017-03-13", "rut", "2017-04-18", "khong_tu_nguyen"),
    ),
    Proposal(
        "05/2017",
        "Hương Hữu",
        "pct_ubnd",
        _108,
        "đ",
        "nghi_huu",
        "2017-07-01",
        243,
        _fell("2017-03-13", "khong_du_dieu_kien", "2017-04-24", "chua_danh_gia"),
    ),
    Proposal(
        "01/2018",
        "Khe Tre",
        "ct_nd",
        _108,
        "b",
        "thoi_viec",
        "2018-01-26",
        176,
        _went("2017-09-18", "2017-10-23", "2017-12-28", "2018-03-30"),
    ),
    Proposal(
        "02/2018",
        "Hương Phú",
        "vp_tk",
        _108,
        "b",
        "nghi_huu",
        "2018-01-01",
        252,
        _fell("2017-09-20", "khong_du_dieu_kien", "2017-10-25", "khong_du_tuoi"),
    ),
    Proposal(
        "03/2018",
        "Hương Sơn",
        "tc_kt",
        _108,
        "d",
        "hoc_nghe",
        "2018-07-01",
        76,
        _fell("2018-03-12", "rut", "2018-04-20", "bo_tri_viec_khac"),
    ),
    Proposal(
        "04/2018",
        "Thượng Nhật",
        "pct_hdnd",
        _108,
        "đ",
        "nghi_huu",
        "2018-09-01",
        248,
        _fell("2018-03-15", "khong_du_dieu_kien", "2018-04-26", "chua_danh_gia"),
    ),
    Proposal(
        "05/2018",
        "Khe Tre",
        "ct_ccb",
        _108,
        "đ",
        "thoi_viec",
        "2018-08-01",
        219,
        _fell("2018-03-15", "khong_du_dieu_kien", "2018-04-26", "xep_loai_tot"),
    ),
    Proposal(
        "01/2019",
        "Hương Phú",
        "ct_ubnd",
        _113,
        "b",
        "nghi_huu",
        "2019-01-01",
        287,
        _went("2018-09-17", "2018-10-22", "2018-12-20"),
    ),
    Proposal(
        "02/2019",
        "Hương Lộc",
        "ct_mttq",
        _113,
        "b",
        "nghi_huu",
        "2019-02-01",
        268,
        _went("2018-09-17", "2018-10-22", "2018-12-20"),
    ),
    Proposal(
        "03/2019",
        "Thượng Quảng",
        "ct_nd",
        _113,
        "b",
        "nghi_huu",
        "2019-03-01",
        254,
        _went("2018-09-18", "2018-10-22", "2018-12-21"),
    ),
    Proposal(
        "04/2019", "Khe Tre", "ct_mttq", _113, "b", "nghi_huu", "2019-05-01", 271, _went("2018-09-24", "2018-10-26")
    ),
    Proposal(
        "05/2019", "Thượng Lộ", "ct_nd", _113, "đ", "nghi_huu", "2019-06-01", 246, _went("2018-09-24", "2018-10-26")
    ),
    Proposal("06/2019", "Hương Sơn", "ct_nd", _113, "b", "nghi_huu", "2019-07-01", 241, _went("2018-12-10")),
    Proposal("07/2019", "Thượng Long", "ct_lhpn", _113, "c", "thoi_viec", "2019-09-01", 97, _went("2018-12-12")),
    Proposal("08/2019", "Thượng Lộ", "vh_xh", _113, "b", "hoc_nghe", "2019-10-01", 72, _went("2018-12-14")),
)

Row = list[object]
Sheets = dict[str, tuple[tuple[str, ...], list[Row]]]
WHO = ("Họ và tên", "Ngày sinh", "Đơn vị")


def sheets(everybody: Sequence[tuple[Commune, Person]]) -> Sheets:
    """The sheets of the workbook by name: headings and rows."""
    staff = [(c, p) for c, p in everybody if any(group_of(s.post) != "khong_chuyen_trach" for s in p.services)]
    cases = [(proposal, *holder(staff, proposal)) for proposal in PROPOSALS]
    return {
        "Biên chế giao": (
            ("Đơn vị", "Năm", "Biên chế được giao", "Văn bản"),
            [[c, 2015, n, "Chỉ tiêu minh hoạ"] for c, n in _assigned(staff).items()],
        ),
        "Chỉ tiêu": (("Đơn vị", "Năm", "Chỉ tiêu giảm", "Văn bản"), list(_targets())),
        **case_sheets([(proposal, commune, person) for proposal, commune, person, _ in cases]),
        **evaluation_sheet(_evaluations(staff, {p.full_name: d for d, _, p, _ in cases})),
        **pay_sheet([(proposal, commune, person) for proposal, commune, person, _ in cases]),
    }


def case_sheets(cases: Sequence[tuple[Proposal, Commune, Person]]) -> Sheets:
    """The two sheets of cases and of their steps."""
    return {
        "Trường hợp": (
            (
                "Số hồ sơ",
                *WHO,
                "Chức danh",
                "Văn bản căn cứ",
                "Điểm",
                "Chính sách",
                "Ngày nghỉ",
                "Giảm biên chế",
                "Số tháng đóng BHXH",
                "Số tháng nặng nhọc, khu vực",
                "Lương hiện hưởng",
                "Lương bình quân",
                "Quyết định",
                "Ngày quyết định",
                "Kinh phí đã chi trả",
            ),
            [_case(proposal, commune, person) for proposal, commune, person in cases],
        ),
        "Quá trình xử lý": (
            ("Số hồ sơ", "Trạng thái", "Ngày", "Lý do", "Ghi chú"),
            [
                [p.number, status, date.fromisoformat(day), *[*reason, None][:1], None]
                for p, _, _ in cases
                for status, day, *reason in map(str.split, p.steps)
            ],
        ),
    }


def evaluation_sheet(rows: Iterable[Row]) -> Sheets:
    """The sheet of the classes of a year's end: rows of `evaluation`."""
    return {"Đánh giá": ((*WHO, "Năm", "Xếp loại", "Lý do chưa đánh giá", "Ngày báo cáo"), list(rows))}


def pay_sheet(cases: Sequence[tuple[Proposal, Commune, Person]]) -> Sheets:
    """The sheet of the steps of pay of those who have a case."""
    return {
        "Diễn biến lương": (
            (
                *WHO,
                "Từ ngày",
                "Hệ số lương",
                "Hệ số phụ cấp chức vụ",
                "Thâm niên vượt khung (%)",
                "Thâm niên nghề (%)",
                "Hệ số chênh lệch bảo lưu",
            ),
            [
                [p.full_name, _written(p.birth), c.name, day, float(level), float(allowance), 0, 0, 0]
                for d, c, p in cases
                for day, level, allowance in _pay(d, p)
            ],
        ),
    }


def holder(staff: Sequence[tuple[Commune, Person]], proposal: Proposal) -> tuple[Commune, Person, Service]:
    """Who held the post when it was proposed, by the same order at every call; one whose career ends so above all."""
    proposed = date.fromisoformat(proposal.steps[0].split()[1])
    held = [
        (c, p, s)
        for c, p in staff
        for s in p.services
        if c.name == proposal.commune
        and s.unit_id == c.unit_id
        and s.post == proposal.post
        and s.since.on <= proposed
        and (s.to_on or REPORT) > proposed
    ]
    ended = [h for h in held if h[2].reason == "tinh_gian" and h[2].to_on == date.fromisoformat(proposal.leaving)]
    designed = [h for h in held if h[1].case]
    return (ended or designed or held)[0]


def _assigned(staff: Sequence[tuple[Commune, Person]]) -> dict[str, int]:
    in_post: dict[str, int] = {}
    for commune, person in staff:
        if any(group_of(s.post) != "khong_chuyen_trach" for s in person.in_post):
            in_post[commune.name] = in_post.get(commune.name, 0) + 1
    return {name: n + MORE_IN_2015.get(name, 1) for name, n in in_post.items()}


def _targets() -> Iterator[Row]:
    turn = 0
    for year, posts in YEARLY.items():
        for _ in range(posts):
            yield [TURNS[turn % len(TURNS)], year, 1, "Kế hoạch minh hoạ"]
            turn += 1


def _case(proposal: Proposal, commune: Commune, person: Person) -> Row:
    leaving = date.fromisoformat(proposal.leaving)
    steps = {status: date.fromisoformat(day) for status, day, *_ in map(str.split, proposal.steps)}
    current, average = _bases(proposal, person, leaving)
    approved = steps.get("da_phe_duyet")
    paid = _benefit(proposal, person, leaving, current, average) if "da_chi_tra" in steps else None
    return [
        proposal.number,
        person.full_name,
        _written(person.birth),
        commune.name,
        proposal.post,
        proposal.instrument,
        proposal.point,
        proposal.policy,
        leaving,
        "Có",
        proposal.months,
        0,
        current,
        average,
        f"QĐ {proposal.number.split('/')[0]}{leaving.year % 100}/QĐ-UBND" if approved else None,
        approved,
        paid,
    ]


def _pay(proposal: Proposal, person: Person) -> Iterator[tuple[date, Fraction, Fraction]]:
    """Steps of pay of the last years, two years apart: the level and the allowance of the post."""
    leaving = date.fromisoformat(proposal.leaving)
    rng = Random(f"lương {proposal.number}")
    years = min(proposal.months // 12, 20)
    highest = Fraction("1.86") + Fraction("0.2") * min(years // 2, 11)
    last = leaving.replace(day=1) - timedelta(30 * rng.randrange(3, 22))
    allowance = Fraction(ALLOWANCE.get(proposal.post, "0"))
    for step in (3, 2, 1, 0):
        day = last.replace(day=1, year=last.year - 2 * step)
        yield day, highest - Fraction("0.2") * step, allowance


def _bases(proposal: Proposal, person: Person, leaving: date) -> tuple[int, int]:
    """Pay of the month before leaving, and the average of the sixty months before it."""
    steps = list(_pay(proposal, person))
    months = [date(y, m, 1) for y, m in _months(leaving, min(60, proposal.months))]
    paid = []
    for month in months:
        level, allowance = next((lv, a) for day, lv, a in reversed(steps) if day <= month or day == steps[0][0])
        base = next(amount for day, amount in reversed(BASE_SALARY) if day <= month)
        paid.append((level + allowance) * base)
    return _whole(paid[0]), _whole(sum(paid, Fraction()) / len(paid))


def _months(leaving: date, count: int) -> Iterator[tuple[int, int]]:
    for n in range(1, count + 1):
        year, month = divmod(leaving.year * 12 + leaving.month - 1 - n, 12)
        yield year, month + 1


def _benefit(proposal: Proposal, person: Person, leaving: date, current: int, average: int) -> int:
    """What was paid, by the decree as we read it: the months of a year count half up to six, whole above.

    NĐ 154/2025 counts all in months of the present pay.
    """
    counted = _rounded(proposal.months)
    if proposal.instrument.startswith("NĐ 154"):
        counted = _rounded(proposal.months, 1)
        if proposal.policy == "thoi_viec":
            return _whole(3 * current + Fraction(3, 2) * current * counted)
        early = _rounded(early_months(person, leaving), 1)
        return _whole(current * (5 * early + 5 + Fraction(1, 2) * (counted - 20)))
    if proposal.policy == "thoi_viec":
        return _whole(3 * current + Fraction(3, 2) * average * counted)
    early = _rounded(early_months(person, leaving))
    return _whole(average * (3 * early + 5 + Fraction(1, 2) * (counted - 20)))


def early_months(person: Person, leaving: date) -> int:
    """How many full months before the pension somebody leaves, by the age that the decree of the day compares with."""
    gender, born = person.gender, person.birth.on
    year = leaving.year if leaving >= ROAD_MAP else 0
    pension = own_pension_months(gender, born) if leaving >= OWN_AGE else pension_months(gender, year)
    age = (leaving.year - born.year) * 12 + leaving.month - born.month - 1
    return pension - age - (leaving.day > 1)


def _whole(amount: Fraction) -> int:
    """Halves go up, as people round money."""
    return int(amount + Fraction(1, 2))


def _rounded(months: int, least: int = 3) -> Fraction:
    """Years and halves; fewer than `least` months beyond the years count nothing."""
    years, rest = divmod(months, 12)
    return years + Fraction(0 if rest < least else 1 if rest <= 6 else 2, 2)


def _evaluations(staff: Sequence[tuple[Commune, Person]], proposed: dict[str, Proposal]) -> Iterator[Row]:
    """The classes of everybody in the years of the ledger, by the commune that reports them."""
    for year in (2015, 2016, 2017, 2018):
        for commune, person in staff:
            here = [s for s in person.services if s.unit_id == commune.unit_id]
            row = evaluation(year, commune.name, person, here, proposed.get(person.full_name))
            if row:
                yield row


def evaluation(
    year: int, commune: str, person: Person, services: Sequence[Service], case: Proposal | None
) -> Row | None:
    """The class of somebody at the end of a year; now and then none, in some communes for many.

    None as well for who holds no office then. What a case rests on or fell for in the year before it is borne out.
    Classes are those of NĐ 56/2015, from 2020 of NĐ 90/2020, whose third is no blame any more and given more often.
    """
    year_end = date(year, 12, 31)
    serving = [
        s
        for s in services
        if s.since.on <= year_end and (s.to_on or date.max) > year_end and group_of(s.post) != "khong_chuyen_trach"
    ]
    if not serving:
        return None
    rng = Random(f"đánh giá {year} {commune} {person.full_name} {person.birth.on}")
    decided = case.steps[-1] if case and year == int(case.number[-4:]) - 1 else ""
    unfit = "chua_danh_gia" in decided
    drawn, reason = rng.random(), None
    grade: str | None = None
    if unfit or drawn < (0.4 if (commune, year) in LATE else 0.03):
        if unfit or rng.random() < 0.7:
            return None
        reason = "moi_nhan" if (year_end - max(s.since.on for s in serving)).days < 183 else "nghi_om"
    else:
        graded = rng.random()
        grade = "xuat_sac" if graded < 0.13 else "tot" if graded < 0.965 else "han_che"
        if year >= 2020:
            grade = grade if graded < 0.93 else "hoan_thanh" if graded < 0.994 else "khong_hoan_thanh"
    # The ledger of 2015-2018 stays as it was drawn.
    if year > REPORT.year and "xep_loai_tot" in decided:
        grade, reason = "tot", None
    elif case and case.point == "đ" and decided.startswith("da_"):
        grade, reason = "hoan_thanh" if year >= 2020 else "han_che", None
    return [person.full_name, _written(person.birth), commune, year, grade, reason, date(year, 12, 20)]


def _written(moment: Moment) -> object:
    if moment.precision == "ngay":
        return moment.on
    return moment.on.year if moment.precision == "nam" else f"{moment.on:%m/%Y}"
