"""What an invented official consists of, and the posts there are.

What the standards ask in mountain communes is written down once more here (`Office.needs`): the sample must not repeat
a mistake of the program that it is there to show.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import choices
from choices import Choice

REPORT = date(2018, 12, 31)
# Those in post took it between these days.
LONGEST_AGO, LATEST = date(1996, 1, 1), date(2018, 10, 1)
FIRST_HOLDER_RULE = date(2004, 2, 27)
# Staff taken on before had until about then to get the certificate that the rule of 14/12/2012 asks for.
COMPUTING_RULE = date(2014, 6, 30)
FIRST_COMPUTERS = date(1998, 1, 1)
# The count of all officials that told who had no training at all.
CENSUS = date(2014, 6, 30)
NEW_COMPUTING_CERTIFICATE = date(2016, 8, 10)
DOWNSIZING_DECREE = date(2015, 1, 10)
YEAR = 365.2425

# No level stands at different heights in two criteria, so one table of heights serves all.
RANK = {
    level: rank
    for rank, levels in enumerate(
        (
            "chua",
            "tieu_hoc so_cap a co_ban boi_duong",
            "thcs trung_cap b can_su",
            "thpt cao_dang cao_cap c chuyen_vien",
            "dai_hoc",
            "thac_si",
        )
    )
    for level in levels.split()
}
AGE_AT_LEVEL = {"trung_cap": 20, "cao_dang": 21, "dai_hoc": 22, "thac_si": 27, "cao_cap": 34}


class Office(NamedTuple):
    """A post: ages at which it is first taken, the age by which it is left, the share of women, the calendar of its
    elections (None for recruited staff), what its standard asks, the majors that fit it, and as (criterion, level) what
    those had who came to it before they met the standard."""

    entry: tuple[int, int]
    leaves: int
    women: float
    calendar: str | None
    needs: Mapping[str, str]
    majors: Choice
    shortcomings: tuple[tuple[str, str], ...] = ()


CALENDARS = {
    "dang": (date(1996, 3, 10), date(2000, 10, 15), date(2005, 9, 10), date(2010, 7, 20), date(2015, 6, 10)),
    "hdnd": (date(1994, 12, 10), date(1999, 12, 5), date(2004, 5, 25), date(2011, 6, 20), date(2016, 6, 20)),
    "mttq": (date(1998, 9, 10), date(2003, 10, 10), date(2008, 10, 10), date(2013, 11, 5)),
    "doan": (date(2002, 4, 1), date(2007, 5, 10), date(2012, 5, 5), date(2017, 4, 20)),
    "lhpn": (date(1996, 9, 1), date(2001, 9, 1), date(2006, 8, 10), date(2011, 7, 5), date(2016, 6, 5)),
    "nd": (date(1998, 5, 1), date(2003, 5, 1), date(2008, 4, 10), date(2012, 11, 10), date(2018, 1, 15)),
    "ccb": (date(2001, 10, 1), date(2006, 11, 1), date(2011, 11, 10), date(2016, 12, 5)),
}

_PARTY = {"hoc_van": "thpt", "chuyen_mon": "trung_cap", "llct": "trung_cap"}
_COUNCIL = {"hoc_van": "thpt", "chuyen_mon": "trung_cap", "llct": "so_cap"}
_UNION = {"hoc_van": "thcs", "chuyen_mon": "so_cap", "llct": "so_cap"}
_STAFF = {"hoc_van": "thpt", "chuyen_mon": "trung_cap", "tin_hoc": "a"}
_EARLY_PARTY = (("llct", "so_cap"), ("llct", "so_cap"), ("chuyen_mon", "so_cap"))
_EARLY_COUNCIL = (("chuyen_mon", "so_cap"), ("chuyen_mon", "so_cap"), ("hoc_van", "thcs"), ("llct", "chua"))
_EARLY_UNION = (("llct", "chua"), ("chuyen_mon", "chua"))
_EARLY_STAFF = (("chuyen_mon", "so_cap"), ("tin_hoc", "chua"))
_YOUNG, _HEAD = (22, 34), (32, 48)
# What the guidance of 2025 asks of the rooms of a commune; no law does.
_ROOM = {"chuyen_mon": "dai_hoc"}
_ROOM_HEAD = {"chuyen_mon": "dai_hoc", "llct": "trung_cap"}

OFFICES = {
    "bi_thu": Office((35, 43), 59, 0.08, "dang", _PARTY, choices.LEADERS, _EARLY_PARTY),
    "ct_hdnd": Office((36, 48), 59, 0.1, "hdnd", _COUNCIL, choices.LEADERS, _EARLY_COUNCIL),
    "ct_ubnd": Office((34, 47), 59, 0.08, "hdnd", _COUNCIL, choices.LEADERS, _EARLY_COUNCIL),
    "pho_bi_thu": Office((32, 43), 59, 0.15, "dang", _PARTY, choices.LEADERS, _EARLY_PARTY),
    "pct_hdnd": Office((33, 47), 59, 0.25, "hdnd", _COUNCIL, choices.LEADERS, _EARLY_COUNCIL),
    "pct_ubnd": Office((30, 44), 59, 0.15, "hdnd", _COUNCIL, choices.LEADERS, _EARLY_COUNCIL),
    "ct_mttq": Office((36, 51), 59, 0.15, "mttq", _UNION, choices.UNIONS, _EARLY_UNION),
    "ct_nd": Office((31, 48), 59, 0.08, "nd", _UNION, choices.UNIONS, _EARLY_UNION),
    "ct_lhpn": Office((28, 43), 59, 1, "lhpn", _UNION, choices.UNIONS, _EARLY_UNION),
    "ct_ccb": Office((44, 56), 63, 0, "ccb", _UNION, choices.UNIONS, _EARLY_UNION),
    "bt_doan": Office((22, 28), 35, 0.3, "doan", _UNION, choices.UNIONS, _EARLY_UNION),
    "truong_ca": Office((25, 38), 57, 0, None, {"hoc_van": "thcs"}, choices.POLICE),
    "cht_quan_su": Office(
        (24, 36), 57, 0, None, {"chuyen_mon": "trung_cap"}, choices.MILITARY, (("chuyen_mon", "so_cap"),)
    ),
    "vp_tk": Office(_YOUNG, 59, 0.45, None, _STAFF, choices.OFFICE_WORK, _EARLY_STAFF),
    "dia_chinh": Office(_YOUNG, 59, 0.15, None, _STAFF, choices.LAND, _EARLY_STAFF),
    "tc_kt": Office(_YOUNG, 59, 0.6, None, _STAFF, choices.ACCOUNTS, _EARLY_STAFF),
    "tp_ht": Office(_YOUNG, 59, 0.4, None, _STAFF, choices.JUSTICE, _EARLY_STAFF),
    "vh_xh": Office(_YOUNG, 59, 0.5, None, _STAFF, choices.SOCIETY, _EARLY_STAFF),
    # Of the communes since 01/07/2025.
    "chanh_vp": Office(_HEAD, 59, 0.3, None, _ROOM_HEAD, choices.OFFICE_WORK),
    "tp_kinh_te": Office(_HEAD, 59, 0.2, None, _ROOM_HEAD, choices.LAND),
    "tp_van_hoa": Office(_HEAD, 59, 0.4, None, _ROOM_HEAD, choices.SOCIETY),
    "gd_hanh_chinh_cong": Office(_HEAD, 59, 0.4, None, _ROOM_HEAD, choices.OFFICE_WORK),
    "pho_chanh_vp": Office(_HEAD, 59, 0.3, None, _ROOM, choices.OFFICE_WORK),
    "pho_tp_kinh_te": Office(_HEAD, 59, 0.2, None, _ROOM, choices.LAND),
    "pho_tp_van_hoa": Office(_HEAD, 59, 0.4, None, _ROOM, choices.SOCIETY),
    "pcht_cong_chuc": Office((24, 36), 57, 0, None, {"chuyen_mon": "trung_cap"}, choices.MILITARY),
    "cv_dang": Office(_YOUNG, 59, 0.45, None, _ROOM, choices.LEADERS),
    "cv_van_phong": Office(_YOUNG, 59, 0.45, None, _ROOM, choices.OFFICE_WORK),
    "cv_kinh_te": Office(_YOUNG, 59, 0.35, None, _ROOM, choices.LAND),
    "cv_van_hoa": Office(_YOUNG, 59, 0.5, None, _ROOM, choices.SOCIETY),
}

# The usual seats of a commune, each before the seats that feed it.
LEADERS = "bi_thu+ct_hdnd ct_ubnd pho_bi_thu pct_hdnd pct_ubnd "
UNIONS = "ct_mttq ct_nd ct_lhpn ct_ccb bt_doan "
STAFF = "truong_ca cht_quan_su vp_tk vp_tk dia_chinh dia_chinh tc_kt tp_ht vh_xh vh_xh "

# The posts of the same commune from which somebody goes up to this one.
FEEDERS = {
    "bi_thu": ("ct_ubnd", "pho_bi_thu"),
    "ct_hdnd": ("pct_hdnd", "ct_mttq"),
    "ct_ubnd": ("pct_ubnd", "pho_bi_thu"),
    "pho_bi_thu": ("pct_hdnd", "bt_doan", "vp_tk"),
    "pct_hdnd": ("ct_nd", "ct_lhpn", "vp_tk"),
    "pct_ubnd": ("bt_doan", "dia_chinh", "vp_tk", "tc_kt"),
    "ct_mttq": ("ct_nd", "ct_lhpn"),
    "ct_nd": ("bt_doan",),
}
BEGINNERS = {
    "bt_doan": "kct_pbt_doan",
    "ct_lhpn": "kct_pct_lhpn",
    "ct_nd": "kct_pct_nd",
    "ct_ccb": "kct_pct_ccb",
    "ct_mttq": "kct_pct_mttq",
    "cht_quan_su": "kct_pcht_qs",
    "truong_ca": "kct_pho_ca",
    "vh_xh": "kct_giam_ngheo",
    "dia_chinh": "kct_khuyen_nong",
    "vp_tk": "kct_thu_quy",
}


class Moment(NamedTuple):
    """A date and how exactly it is known ('ngay', 'thang', 'nam'); `on` is the first day it can be."""

    on: date
    precision: str = "ngay"


@dataclass(slots=True)
class Service:
    """A post held from `since` up to the day before `to_on`."""

    unit_id: str
    post: str
    since: Moment
    to_on: date | None
    reason: str | None
    first_held: Moment | None


@dataclass(slots=True)
class Certificate:
    """A level reached, or one being studied for ('dang_hoc'); without a date only the commune's list knows of it."""

    criterion: str
    level: str
    major: str | None = None
    obtained: Moment | None = None
    status: str = "da_co"


@dataclass(slots=True)
class Person:
    """An invented official."""

    full_name: str
    gender: str
    birth: Moment
    ethnicity: str
    home: str
    services: list[Service] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    case: "Case | None" = None

    @property
    def in_post(self) -> list[Service]:
        """The posts held on the day of the report, the one that gives the seat its name first."""
        return [s for s in self.services if s.to_on is None]


@dataclass(frozen=True)
class Case:
    """A designed person: the post, the dates and the schooling that make the case; the rest is drawn like everybody's.

    `schooling` holds certificates as 'criterion level', then a date and a major where there are such ('chuyen_mon
    so_cap 2003-07 Khuyến nông'; level '*trung_cap' is being studied for); they are all there is for that criterion.
    A criterion in `silent` has none. A `first_held` of None means that nobody reported the day.
    """

    commune: str
    post: str
    gender: str
    born: str
    since: str
    first_held: str | None = ""
    schooling: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Commune:
    """A commune and its seats in the order of `FEEDERS`: posts held together are joined by '+', and a seat that has
    been vacant since a day is 'post<2018-09-01'."""

    unit_id: str
    name: str
    minority: float
    seats: tuple[str, ...]
    part_time: int = 0
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """How much history there is and how much of it is flawed.

    Seats are filled without gaps from `since`. `early` and `early_left` are the shares of people, in post and gone, who
    came to their post before they met its standard; with `settled` those in post all meet it by the day of the report.
    `silent` is the share of people of whom a fact is missing.
    """

    since: date
    early: float
    early_left: float
    settled: bool
    silent: float = 0.0


def moment(text: str) -> Moment:
    """'2004', '2004-06' or '2004-06-15'."""
    parts = [int(part) for part in text.split("-")]
    return Moment(date(*[*parts, 1, 1][:3]), ("nam", "thang", "ngay")[len(parts) - 1])


def group_of(post: str) -> str:
    """The group a post belongs to."""
    office = OFFICES.get(post)
    if office is None:
        return "khong_chuyen_trach"
    return "can_bo" if office.calendar else "cong_chuc"


def birthday(person: Person, age: float) -> date:
    """The day on which the person is `age` years old."""
    return person.birth.on + timedelta(age * YEAR)


def pension_months(gender: str, year: int) -> int:
    """The age of pension of a year in months: 60 and 55 until 2020, then the steps of NĐ 135/2020.

    Three months more each year up to 62 for men, four up to 60 for women.
    """
    age, step, highest = (720, 3, 744) if gender == "nam" else (660, 4, 720)
    return min(age + step * max(year - 2020, 0), highest)


def own_pension_months(gender: str, birth: date) -> int:
    """The age at which somebody gets the pension, in months: that of the year in which it is reached."""
    born = birth.year * 12 + birth.month - 1
    ages = ((year, pension_months(gender, year)) for year in range(birth.year + 55, birth.year + 63))
    return next(age for year, age in ages if (born + age) // 12 <= year)


def retirement_day(gender: str, birth: date) -> date:
    """The first day of pension at the person's own age: the first day of the month after."""
    month = birth.year * 12 + birth.month + own_pension_months(gender, birth)
    return date(month // 12, month % 12 + 1, 1)


def day_between(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`; `first` where there is none."""
    return first + timedelta(rng.randrange(max((last - first).days, 0) + 1))
