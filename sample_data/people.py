"""Invented officials of communes: who they are, which posts they held when, what they studied and when.

Nobody here exists. A seat is filled from the day of the report backwards: who sits in it, who sat in it before and
where they went. Careers come first and schooling second, so that everybody not chosen otherwise meets the standard of
their post on every day they hold it. What the standards ask in mountain communes is written down once more here
(`Office.needs`): the sample must not repeat a mistake of the program that it is there to show.
"""

import gc
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

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
            "chua", "tieu_hoc so_cap a co_ban boi_duong", "thcs trung_cap b can_su",
            "thpt cao_dang cao_cap c chuyen_vien",
            "dai_hoc", "thac_si",
        )
    )
    for level in levels.split()
}  # fmt: skip
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
_YOUNG = (22, 34)

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
}

# The posts of the same commune from which somebody goes up to this one. A seat is filled before those that feed it.
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
    "bt_doan": "kct_pbt_doan", "ct_lhpn": "kct_pct_lhpn", "ct_nd": "kct_pct_nd", "ct_ccb": "kct_pct_ccb",
    "ct_mttq": "kct_pct_mttq", "cht_quan_su": "kct_pcht_qs", "truong_ca": "kct_pho_ca", "vh_xh": "kct_giam_ngheo",
    "dia_chinh": "kct_khuyen_nong", "vp_tk": "kct_thu_quy",
}  # fmt: skip


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


def staff(rng: Random, commune: Commune, world: World, cases: Iterable[Case] = ()) -> list[Person]:
    """Everybody who held a post of the commune since `world.since`, seat by seat, the present holder first."""
    designed = {case.post: case for case in cases}
    seats = [(posts.split("+"), vacant) for posts, _, vacant in (seat.partition("<") for seat in commune.seats)]
    # Seats somebody may have gone up from: not those of designed people, who have their own history.
    feeding = [posts[0] for posts, vacant in seats if not vacant]
    for post in designed:
        feeding.remove(post)
    moves: dict[str, tuple[date, Person]] = {}
    people: list[Person] = []
    for posts, vacant in seats:
        case = designed.pop(posts[0], None)
        went_up = None if case or vacant else moves.pop(posts[0], None)
        end = date.fromisoformat(vacant) if vacant else None
        seat = _Seat(rng, commune, world, posts, moves, feeding)
        people += seat.holders(end, case, went_up)
    taken: set[str] = set()
    for _ in range(commune.part_time):
        people.append(_part_timer(rng, commune, taken))
    for person in people:
        _educate(rng, person, world)
    return people


class _Seat(NamedTuple):
    rng: Random
    commune: Commune
    world: World
    posts: list[str]
    moves: dict[str, tuple[date, Person]]
    feeding: list[str]

    def holders(self, end: date | None, case: Case | None, went_up: tuple[date, Person] | None) -> list[Person]:
        """Who held the seat, the latest first; somebody who has gone up is left to the seat where they are now."""
        office = OFFICES[self.posts[0]]
        people = []
        if end is None:
            if case:
                person, since = _designed(self.rng, self.commune, case), moment(case.since)
            else:
                person, since = _newcomer(self.rng, self.commune, office, went_up and went_up[0])
            people.append(person)
            self._serve(person, since, None, None)
            if went_up:
                until, person = went_up
                since = Moment(_before(self.rng, office, person, until))
                self._serve(person, since, until, "chuyen_cong_tac")
            end = self._handover(person, since)
        while end:
            reason = _reason(self.rng, office, end)
            person, since = _leaver(self.rng, self.commune, office, end, reason)
            people.append(person)
            self._serve(person, since, end, reason)
            end = self._handover(person, since)
        return people

    def _serve(self, person: Person, since: Moment, end: date | None, reason: str | None) -> None:
        case = person.case
        first_held: Moment | None = since
        if case and case.first_held != "":
            first_held = moment(case.first_held) if case.first_held else None
        for post in self.posts:
            person.services.append(Service(self.commune.unit_id, post, since, end, reason, first_held))

    def _handover(self, person: Person, since: Moment) -> date | None:
        """The day on which the one before left, None where that is before the history begins.

        Whoever took over may have come up from another seat of the commune, which is then still to be filled.
        """
        if since.on <= self.world.since:
            self._earlier_life(person, since)
            return None
        feeders = [
            post
            for post in FEEDERS.get(self.posts[0], ())
            if post in self.feeding
            and post not in self.moves
            and (OFFICES[post].women < 1 or person.gender == "nu")
            and since.on > _birthday(person, OFFICES[post].entry[0] + 2)
            and since.on < _birthday(person, OFFICES[post].entry[1] + 12)
        ]
        if feeders and not person.case and self.rng.random() < 0.7:
            self.moves[self.rng.choice(feeders)] = (since.on, person)
        gap = self.rng.choice((0, 0, 0, 30)) if OFFICES[self.posts[0]].calendar else self.rng.randrange(20, 160)
        end = since.on - timedelta(gap)
        return end if end > self.world.since else None

    def _earlier_life(self, person: Person, since: Moment) -> None:
        """What some veterans did before: the same post in the next commune, or a lower one in this."""
        if person.case or since.precision != "ngay":
            return
        rng, post = self.rng, self.posts[0]
        office = OFFICES[post]
        earlier = since.on - timedelta(rng.randrange(900, 2400))
        if self.commune.neighbours and office.calendar and rng.random() < 0.08:
            if earlier > _birthday(person, office.entry[0]):
                started = Moment(earlier)
                unit = rng.choice(self.commune.neighbours)
                person.services.append(Service(unit, post, started, since.on, "chuyen_cong_tac", started))
                for service in person.services:
                    if service.post == post:
                        service.first_held = started
        elif post in BEGINNERS and earlier > _birthday(person, 19) and rng.random() < 0.3:
            person.services.append(
                Service(self.commune.unit_id, BEGINNERS[post], Moment(earlier), since.on, "chuyen_cong_tac", None)
            )


def _birthday(person: Person, age: float) -> date:
    return person.birth.on + timedelta(age * YEAR)


def _day(rng: Random, first: date, last: date) -> date:
    return first + timedelta(rng.randrange(max((last - first).days, 0) + 1))


def _taken(rng: Random, office: Office, first: date, last: date) -> date:
    """A day between these on which the post is taken: after an election, or whenever there was a vacancy."""
    if office.calendar and rng.random() < 0.85:
        for election in reversed(CALENDARS[office.calendar]):
            day = election + timedelta(rng.randrange(45))
            if first <= day <= last and rng.random() < 0.17:
                return day
    if office.calendar:
        return _day(rng, first, last)
    return last - (last - first) * rng.triangular(0, 1, 0.4)


def _roughly(rng: Random, day: date) -> Moment:
    """Days long ago are often known by month or year only. Not in 2004, where the day decides which rule binds."""
    if day.year < 2012 and day.year != 2004:
        known = rng.random()
        if known < 0.05:
            return Moment(day.replace(month=1, day=1), "nam")
        if known < 0.17:
            return Moment(day.replace(day=1), "thang")
    return Moment(day)


def _newcomer(rng: Random, commune: Commune, office: Office, after: date | None) -> tuple[Person, Moment]:
    """A present holder, who took the post after somebody went up from it on a day, or whenever."""
    gender = "nu" if rng.random() < office.women else "nam"
    leaves = office.leaves - 5 if gender == "nu" and office.leaves > 50 else office.leaves
    low, high = office.entry
    while True:
        day = after + timedelta(rng.choice((0, 0, 20, 45))) if after else _taken(rng, office, LONGEST_AGO, LATEST)
        oldest = min(high, leaves - 1 - (REPORT - day).days / YEAR)
        if oldest >= low:
            break
    birth = day - timedelta((low + (oldest - low) * rng.random() ** 2) * YEAR)
    return _somebody(rng, commune, gender, birth), _roughly(rng, day)


def _leaver(rng: Random, commune: Commune, office: Office, end: date, reason: str) -> tuple[Person, Moment]:
    """Somebody who left on a day for a reason, at an age that goes with it."""
    gender = "nu" if rng.random() < office.women else "nam"
    low, high = office.entry
    retires = max(office.leaves, 60) if gender == "nam" else 55
    first, last = {
        "nghi_huu": (retires, retires + 0.1),
        "tinh_gian": (retires - 8, retires - 2),
        "het_nhiem_ky": (retires - 6, retires - 1),
        "tu_tran": (low + 4, retires - 2),
    }.get(reason, (low + 3, low + 18))
    if office.leaves < 50:
        first, last = low + 4, office.leaves
    birth = end - timedelta(rng.uniform(first, last) * YEAR)
    earliest = birth + timedelta(low * YEAR)
    latest = min(birth + timedelta((high + 0.9) * YEAR), end - timedelta(500))
    person = _somebody(rng, commune, gender, birth)
    return person, _roughly(rng, _taken(rng, office, min(earliest, latest), latest))


def _before(rng: Random, office: Office, person: Person, end: date) -> date:
    """When somebody who went up on a day had taken the post they went up from."""
    latest = min(_birthday(person, office.entry[1] + 0.9), end - timedelta(500))
    return _taken(rng, office, min(_birthday(person, office.entry[0]), latest), latest)


def _reason(rng: Random, office: Office, end: date) -> str:
    if office.leaves < 50:
        return choices.YOUTH_LEAVE(rng)
    reason = (choices.ELECTED_LEAVE if office.calendar else choices.STAFF_LEAVE)(rng)
    if reason == "het_nhiem_ky" and not any(0 <= (end - day).days < 60 for day in CALENDARS[office.calendar or "hdnd"]):
        return "nghi_huu"
    return "nghi_huu" if reason == "tinh_gian" and end < DOWNSIZING_DECREE else reason


def _somebody(rng: Random, commune: Commune, gender: str, birth: date) -> Person:
    ethnicity = choices.SMALL_PEOPLES(rng) if rng.random() < commune.minority else "Kinh"
    given = choices.GIVEN[gender](rng)
    if ethnicity == "Kinh":
        family = choices.ROYAL_FAMILY[gender] if rng.random() < 0.01 else choices.KINH_FAMILY(rng)
        home = choices.LOWLAND_HOMES(rng) if rng.random() < 0.6 else commune.name
    else:
        family, home = choices.CO_TU_FAMILY(rng), commune.name
        given = choices.CO_TU_GIVEN[gender](rng) if rng.random() < 0.3 else given
    # Names of the small peoples with a family name of their own often have no middle name.
    alone = " " in family or "'" in family
    parts = [family, given] if alone and rng.random() < 0.5 else [family, choices.MIDDLE[gender](rng), given]
    year_only = birth.year < 1975 and rng.random() < 0.04
    known = Moment(birth.replace(month=1, day=1), "nam") if year_only else Moment(birth)
    return Person(" ".join(parts), gender, known, ethnicity, home)


def _designed(rng: Random, commune: Commune, case: Case) -> Person:
    born = moment(case.born)
    person = _somebody(rng, commune, case.gender, born.on)
    person.birth, person.case = born, case
    return person


def _part_timer(rng: Random, commune: Commune, taken: set[str]) -> Person:
    """Somebody who is paid an allowance; one for each post."""
    while (post := choices.PART_TIME(rng)) in taken:
        pass
    taken.add(post)
    women = {"kct_pct_lhpn": 1.0, "kct_pct_ccb": 0, "kct_pcht_qs": 0, "kct_pho_ca": 0}.get(post, 0.35)
    low, high = {"kct_pbt_doan": (22, 30), "kct_pct_ccb": (42, 60), "kct_ct_nct": (58, 70)}.get(post, (23, 52))
    gender = "nu" if rng.random() < women else "nam"
    age = low + (high - low) * rng.random()
    day = REPORT - timedelta(min(rng.uniform(0.2, 12), age - 20) * YEAR)
    person = _somebody(rng, commune, gender, REPORT - timedelta(age * YEAR))
    since = Moment(day.replace(day=1), "thang") if rng.random() < 0.5 else Moment(day)
    person.services.append(Service(commune.unit_id, post, since, None, None, None))
    return person


def _educate(rng: Random, person: Person, world: World) -> None:
    """Give the person the schooling that their career needs, in time, and what they studied beyond it."""
    services = sorted(person.services, key=lambda s: s.since.on)
    last = services[-1]
    group = group_of(last.post)
    minority = person.ethnicity != "Kinh"
    profession = choices.PROFESSION[group, minority](rng)
    politics, state = choices.POLITICS[group](rng), choices.STATE[group](rng)
    computing = choices.COMPUTING[group](rng)
    majors = next((OFFICES[s.post].majors for s in services if group_of(s.post) == "cong_chuc"), None)
    if majors is None:
        majors = OFFICES[last.post].majors if last.post in OFFICES else choices.UNIONS
    major = majors(rng)
    if last.post in ("cht_quan_su", "truong_ca") and profession == "thac_si":
        profession = "dai_hoc"
    short = None if person.case else _shortcoming(rng, services, world)
    lower = rng.random() < {"khong_chuyen_trach": 0.3, "can_bo": 0.06, "cong_chuc": 0.03}[group] * (1 + 2 * minority)
    study = _Study(rng, person, services, last.to_on or REPORT, short)
    lower = lower and study.may_lack_high_school()
    if (lower or (short and short[0] == "hoc_van")) and RANK[profession] > RANK["trung_cap"]:
        profession = "trung_cap"
    if group == "khong_chuyen_trach":
        study.undated(
            ("hoc_van", "thcs" if lower else "thpt", None),
            ("chuyen_mon", profession, None if profession == "chua" else major),
            ("llct", politics, None), ("qlnn", state, None), ("tin_hoc", computing, None),
        )  # fmt: skip
        return
    study.school("thcs" if lower else "thpt")
    study.climb("chuyen_mon", profession)
    for certificate in person.certificates:
        if certificate.criterion == "chuyen_mon" and certificate.level != "chua":
            certificate.major = major if rng.random() < 0.88 else majors(rng)
            if certificate.level == "so_cap" and group == "can_bo":
                certificate.major = choices.SHORT_COURSES(rng)
            elif last.post == "truong_ca" and RANK[certificate.level] > RANK["trung_cap"]:
                certificate.major = "Luật"
    study.climb("llct", politics)
    study.climb("tin_hoc", computing)
    study.state_management(state)
    if person.case:
        _apply(person, person.case)
    elif world.silent and rng.random() < world.silent:
        _forget(rng, person, last)


def _shortcoming(rng: Random, services: list[Service], world: World) -> tuple[str, str, date | None] | None:
    """What the person lacked on coming to their last post, as (criterion, level held then, day it was made good)."""
    last = services[-1]
    if rng.random() >= (world.early if last.to_on is None else world.early_left) or last.post not in OFFICES:
        return None
    before = [OFFICES[s.post].needs for s in services if s.since.on < last.since.on and s.post in OFFICES]
    options = [
        (criterion, low)
        for criterion, low in OFFICES[last.post].shortcomings
        if all(RANK[needs.get(criterion, "chua")] <= RANK[low] for needs in before)
        and not (criterion == "chuyen_mon" and last.since.on < FIRST_HOLDER_RULE)
        and not (low == "chua" and (last.to_on or REPORT) < CENSUS)
    ]
    if not options:
        return None
    criterion, low = rng.choice(options)
    known = max(last.since.on, CENSUS) if low == "chua" else last.since.on
    if last.to_on is None and world.settled:
        first, latest = max(known + timedelta(240), date(2015, 9, 1)), date(2018, 11, 30)
        return (criterion, low, _day(rng, first, latest)) if first < latest else None
    done = known + timedelta(rng.uniform(1, 9) * YEAR)
    return criterion, low, done if done < (last.to_on or REPORT) else None


class _Study(NamedTuple):
    rng: Random
    person: Person
    services: list[Service]
    until: date
    short: tuple[str, str, date | None] | None

    def may_lack_high_school(self) -> bool:
        """Whether no post ever held asks for more than lower secondary school."""
        return all(OFFICES[s.post].needs.get("hoc_van") != "thpt" for s in self.services if s.post in OFFICES)

    def undated(self, *held: tuple[str, str, str | None]) -> None:
        """What only a list says, and lists name those in post."""
        if self.services[-1].to_on is None:
            self.person.certificates += [Certificate(*one) for one in held]

    def add(self, criterion: str, level: str, obtained: Moment) -> None:
        self.person.certificates.append(Certificate(criterion, level, None, obtained))

    def school(self, level: str) -> None:
        """General education: at fifteen or eighteen, or in evening classes before the first post."""
        born, started = self.person.birth.on.year, self.services[0].since.on.year
        made_good = self.short[2] if self.short and self.short[0] == "hoc_van" else None
        if level == "thcs" or (self.short and self.short[0] == "hoc_van"):
            self.add("hoc_van", "thcs", Moment(date(born + 15, 1, 1), "nam"))
            if made_good:
                self.add("hoc_van", "thpt", Moment(made_good))
        else:
            late = born < 1976 and started - born > 27 and self.rng.random() < 0.25
            year = self.rng.randrange(born + 24, started - 1) if late else born + 18
            self.add("hoc_van", "thpt", Moment(date(year, 1, 1), "nam"))

    def climb(self, criterion: str, final: str) -> None:
        """Reach what each post asks before it is taken, and the final level some time after."""
        held = -1
        latest = _birthday(self.person, 19)
        if criterion == "tin_hoc":
            latest = max(latest, FIRST_COMPUTERS)
        for service in self.services:
            need = self._needed(criterion, service)
            if need is None or RANK[need] <= held:
                continue
            deadline = service.since.on
            if criterion == "tin_hoc":
                deadline = max(deadline, min(COMPUTING_RULE, self.until))
            if self.short and self.short[0] == criterion and service.since == self.services[-1].since:
                _, level, done = self.short
                if level == "chua":
                    self.add(criterion, level, Moment(max(CENSUS, deadline)))
                elif RANK[level] > held:
                    self._before(criterion, level, latest, deadline)
                if done:
                    self.add(criterion, self._of_its_time(need, done), Moment(done))
                return
            level = final if RANK[final] >= RANK[need] and self.rng.random() < 0.45 else need
            latest = self._before(criterion, level, latest, deadline)
            held = RANK[level]
        if RANK[final] > held:
            first = max(latest + timedelta(600), self.services[0].since.on + timedelta(300))
            last = self.until - timedelta(60)
            if final == "chua":
                self.undated((criterion, final, None))
            elif first < last:
                day = _day(self.rng, first, last)
                self.add(criterion, self._of_its_time(final, day), Moment(day))
            elif held < 0:
                self.undated((criterion, "chua", None))

    def state_management(self, level: str) -> None:
        first, last = self.services[0].since.on + timedelta(300), self.until - timedelta(60)
        if level == "chua" or first >= last or self.services[-1].to_on:
            self.undated(("qlnn", "chua", None))
        else:
            self.add("qlnn", level, Moment(_day(self.rng, first, last)))

    def _needed(self, criterion: str, service: Service) -> str | None:
        office = OFFICES.get(service.post)
        need = office.needs.get(criterion) if office else None
        elected_long_ago = office and office.calendar and service.since.on < FIRST_HOLDER_RULE
        return "so_cap" if criterion == "chuyen_mon" and need and elected_long_ago else need

    def _before(self, criterion: str, level: str, latest: date, deadline: date) -> date:
        last = deadline - timedelta(30)
        first = max(latest + timedelta(200), _birthday(self.person, AGE_AT_LEVEL.get(level, 19)))
        first = max(min(first, last - timedelta(120)), last - timedelta(4400))
        day = _day(self.rng, first, last)
        level = self._of_its_time(level, day)
        if day.year < min(2006, last.year) and self.rng.random() < 0.3:
            self.add(criterion, level, Moment(day.replace(month=1, day=1), "nam"))
        elif (day.year, day.month) < (last.year, last.month) and self.rng.random() < 0.1:
            self.add(criterion, level, Moment(day.replace(day=1), "thang"))
        else:
            self.add(criterion, level, Moment(day))
        return day

    @staticmethod
    def _of_its_time(level: str, day: date) -> str:
        return "a" if level == "co_ban" and day < NEW_COMPUTING_CERTIFICATE else level


def _apply(person: Person, case: Case) -> None:
    given = []
    for text in case.schooling:
        criterion, level, *rest = text.split(" ", 3)
        obtained = moment(rest[0]) if rest and rest[0] != "-" else None
        status = "dang_hoc" if level.startswith("*") else "da_co"
        given.append(Certificate(criterion, level.lstrip("*"), rest[1] if rest[1:] else None, obtained, status))
    replaced = {c.criterion for c in given} | set(case.silent)
    person.certificates = [c for c in person.certificates if c.criterion not in replaced] + given


def _forget(rng: Random, person: Person, service: Service) -> None:
    """Lose one fact that the standard of the post asks for."""
    lost = rng.choice([*OFFICES[service.post].needs, "first_held"])
    if lost == "first_held":
        for one in person.services:
            one.first_held = None
    else:
        person.certificates = [c for c in person.certificates if c.criterion != lost]


class Frames(NamedTuple):
    """People, postings and qualifications with the columns of `intake.commit.Facts`."""

    people: pd.DataFrame
    postings: pd.DataFrame
    qualifications: pd.DataFrame


def frames(people: Sequence[Person], reported_on: date = REPORT) -> Frames:
    """The facts about these people as a store takes them; what was left undated counts from `reported_on`."""
    names = [person.full_name.rpartition(" ") for person in people]
    services = [(who, s) for who, person in enumerate(people) for s in person.services]
    held = [(who, c) for who, person in enumerate(people) for c in person.certificates]
    return Frames(
        pd.DataFrame(
            {
                "who": np.arange(len(people)),
                "full_name": [person.full_name for person in people],
                "family_name": [family for family, _, _ in names],
                "given_name": [given for _, _, given in names],
                **_dated("birth_on", "birth_precision", (person.birth for person in people)),
                "gender": _coded(person.gender for person in people),
                "ethnicity": _coded(person.ethnicity for person in people),
                "unit_id": _coded(person.services[0].unit_id for person in people),
            }
        ),
        pd.DataFrame(
            {
                "who": np.array([who for who, _ in services]),
                "unit_id": _coded(s.unit_id for _, s in services),
                "post": _coded(s.post for _, s in services),
                **_dated("from_on", "from_precision", (s.since for _, s in services)),
                "to_on": _days(s.to_on for _, s in services),
                "end_reason": _coded(s.reason for _, s in services),
                **_dated("first_held_on", "first_held_precision", (s.first_held for _, s in services)),
            }
        ),
        pd.DataFrame(
            {
                "who": np.array([who for who, _ in held]),
                "criterion": _coded(c.criterion for _, c in held),
                "level": _coded(c.level for _, c in held),
                "field": _coded(c.major for _, c in held),
                "status": _coded(c.status for _, c in held),
                **_dated("obtained_on", "obtained_precision", (c.obtained for _, c in held)),
                "reported_on": _days([reported_on] * len(held)),
                "evidence": _coded([None] * len(held)),
            }
        ),
    )


def _coded(values: Iterable[str | None]) -> pd.Categorical:
    return pd.Categorical(list(values))


def _days(values: Iterable[date | None]) -> np.ndarray[Any, Any]:
    return np.array(list(values), dtype="datetime64[D]").astype("datetime64[s]")


def _dated(on: str, precision: str, moments: Iterable[Moment | None]) -> dict[str, Any]:
    listed = list(moments)
    return {on: _days(m and m.on for m in listed), precision: _coded(m and m.precision for m in listed)}


_HEAD = ("bi_thu+ct_hdnd", "ct_ubnd", "pho_bi_thu", "pct_hdnd", "pct_ubnd")
_UNION_HEADS = ("ct_mttq", "ct_nd", "ct_lhpn", "ct_ccb", "bt_doan")
_RECRUITED = (
    "truong_ca",
    "cht_quan_su",
    "vp_tk",
    "vp_tk",
    "dia_chinh",
    "dia_chinh",
    "tc_kt",
    "tp_ht",
    "vh_xh",
    "vh_xh",
)
COUNTRY = World(date(2008, 1, 1), early=0.1, early_left=0.2, settled=False, silent=0.03)


def country(communes: int = 11_162, seed: int = 2018) -> tuple[pd.DataFrame, Frames]:
    """An invented country for measuring: its units (rows of table `unit`) and the facts about its officials.

    About 21 people in post to a commune on 31/12/2018 and ten facts to each of them, histories since 2008. Communes lie
    in districts of about 16 and in 63 provinces, of which some are mountainous, some lowland and some both.
    """
    # Millions of small objects that all stay: looking for cycles among them would take most of the time.
    gc.disable()
    try:
        return _country(communes, seed)
    finally:
        gc.enable()


def _country(communes: int, seed: int) -> tuple[pd.DataFrame, Frames]:
    units, people = [], []
    districts = -(-communes // 16)
    for number in range(communes):
        rng = Random(f"{seed}/{number}")
        district = number // 16
        province = district * 63 // districts
        mountains = (0.0, 1.0, 0.35)[province % 3]
        area = "mien_nui" if rng.random() < mountains else "dong_bang"
        code = f"{number:05}"
        units.append(
            {
                "unit_id": f"{code}@thu", "code": code, "kind": "xã", "short_name": f"Thử nghiệm {number}",
                "district_code": f"{district:03}", "district": f"huyện Thử nghiệm {district}",
                "province_code": f"{province + 1:02}", "province": f"tỉnh Thử nghiệm {province + 1}", "area": area,
            }
        )  # fmt: skip
        more = (*(("ct_hdnd",) if rng.random() < 0.2 else ()), *(("tc_kt",) if rng.random() < 0.86 else ()))
        posts = (*_HEAD, *_UNION_HEADS, *_RECRUITED, *more)
        people += staff(
            rng, Commune(f"{code}@thu", f"xã {number}", 0.6 if area == "mien_nui" else 0.02, posts), COUNTRY
        )
    return pd.DataFrame(units), frames(people)
