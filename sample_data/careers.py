"""Who held which seat of a commune when, drawn backwards from the day of the report.

Who sits in a seat, who sat in it before, and where they went.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import choices
from officials import (
    BEGINNERS,
    CALENDARS,
    DOWNSIZING_DECREE,
    FEEDERS,
    LATEST,
    LONGEST_AGO,
    OFFICES,
    REPORT,
    YEAR,
    Case,
    Commune,
    Moment,
    Office,
    Person,
    Service,
    World,
    birthday,
    day_between,
    moment,
)


class Seat(NamedTuple):
    """A seat to be filled. `moves` tells by post who went up from it and when, `feeding` from which posts one may."""

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
            and since.on > birthday(person, OFFICES[post].entry[0] + 2)
            and since.on < birthday(person, OFFICES[post].entry[1] + 12)
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
            if earlier > birthday(person, office.entry[0]):
                started = Moment(earlier)
                unit = rng.choice(self.commune.neighbours)
                person.services.append(Service(unit, post, started, since.on, "chuyen_cong_tac", started))
                for service in person.services:
                    if service.post == post:
                        service.first_held = started
        elif post in BEGINNERS and earlier > birthday(person, 19) and rng.random() < 0.3:
            person.services.append(
                Service(self.commune.unit_id, BEGINNERS[post], Moment(earlier), since.on, "chuyen_cong_tac", None)
            )


def _taken(rng: Random, office: Office, first: date, last: date) -> date:
    """A day between these on which the post is taken: after an election, or whenever there was a vacancy."""
    if office.calendar and rng.random() < 0.85:
        for election in reversed(CALENDARS[office.calendar]):
            day = election + timedelta(rng.randrange(45))
            if first <= day <= last and rng.random() < 0.17:
                return day
    if office.calendar:
        return day_between(rng, first, last)
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
    return somebody(rng, commune, gender, birth), _roughly(rng, day)


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
    person = somebody(rng, commune, gender, birth)
    return person, _roughly(rng, _taken(rng, office, min(earliest, latest), latest))


def _before(rng: Random, office: Office, person: Person, end: date) -> date:
    """When somebody who went up on a day had taken the post they went up from."""
    latest = min(birthday(person, office.entry[1] + 0.9), end - timedelta(500))
    return _taken(rng, office, min(birthday(person, office.entry[0]), latest), latest)


def _reason(rng: Random, office: Office, end: date) -> str:
    if office.leaves < 50:
        return choices.YOUTH_LEAVE(rng)
    reason = (choices.ELECTED_LEAVE if office.calendar else choices.STAFF_LEAVE)(rng)
    if reason == "het_nhiem_ky" and not any(0 <= (end - day).days < 60 for day in CALENDARS[office.calendar or "hdnd"]):
        return "nghi_huu"
    return "nghi_huu" if reason == "tinh_gian" and end < DOWNSIZING_DECREE else reason


def somebody(rng: Random, commune: Commune, gender: str, birth: date) -> Person:
    """A person of the commune with a name, a people and a home, and no post yet."""
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
    person = somebody(rng, commune, case.gender, born.on)
    person.birth, person.case = born, case
    return person


def part_timer(rng: Random, commune: Commune, taken: set[str]) -> Person:
    """Somebody who is paid an allowance; one for each post."""
    while (post := choices.PART_TIME(rng)) in taken:
        pass
    taken.add(post)
    women = {"kct_pct_lhpn": 1.0, "kct_pct_ccb": 0, "kct_pcht_qs": 0, "kct_pho_ca": 0}.get(post, 0.35)
    low, high = {"kct_pbt_doan": (22, 30), "kct_pct_ccb": (42, 60), "kct_ct_nct": (58, 70)}.get(post, (23, 52))
    gender = "nu" if rng.random() < women else "nam"
    age = low + (high - low) * rng.random()
    day = REPORT - timedelta(min(rng.uniform(0.2, 12), age - 20) * YEAR)
    person = somebody(rng, commune, gender, REPORT - timedelta(age * YEAR))
    since = Moment(day.replace(day=1), "thang") if rng.random() < 0.5 else Moment(day)
    person.services.append(Service(commune.unit_id, post, since, None, None, None))
    return person
