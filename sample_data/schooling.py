"""What invented officials studied and when: what their posts ask before they take them, and more after."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import choices
from officials import (
    AGE_AT_LEVEL,
    CENSUS,
    COMPUTING_RULE,
    FIRST_COMPUTERS,
    FIRST_HOLDER_RULE,
    NEW_COMPUTING_CERTIFICATE,
    OFFICES,
    RANK,
    REPORT,
    YEAR,
    Case,
    Certificate,
    Moment,
    Person,
    Service,
    World,
    birthday,
    day_between,
    group_of,
    moment,
)


def educate(rng: Random, person: Person, world: World) -> None:
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
            ("llct", politics, None),
            ("qlnn", state, None),
            ("tin_hoc", computing, None),
        )
        return
    study.school("thcs" if lower else "thpt")
    commander = next((s for s in services if s.post == "cht_quan_su"), None)
    if lower and commander:
        # TT 06/2012, Điều 2 khoản 2: asked of the commander too, on whose school the law on the militia is silent.
        study.add("hoc_van", "thpt", Moment(date(commander.since.on.year - 1, 1, 1), "nam"))
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
        return (criterion, low, day_between(rng, first, latest)) if first < latest else None
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
        latest = birthday(self.person, 19)
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
                day = day_between(self.rng, first, last)
                self.add(criterion, self._of_its_time(final, day), Moment(day))
            elif held < 0:
                self.undated((criterion, "chua", None))

    def state_management(self, level: str) -> None:
        first, last = self.services[0].since.on + timedelta(300), self.until - timedelta(60)
        if level == "chua" or first >= last or self.services[-1].to_on:
            self.undated(("qlnn", "chua", None))
        else:
            self.add("qlnn", level, Moment(day_between(self.rng, first, last)))

    def _needed(self, criterion: str, service: Service) -> str | None:
        office = OFFICES.get(service.post)
        need = office.needs.get(criterion) if office else None
        elected_long_ago = office and office.calendar and service.since.on < FIRST_HOLDER_RULE
        return "so_cap" if criterion == "chuyen_mon" and need and elected_long_ago else need

    def _before(self, criterion: str, level: str, latest: date, deadline: date) -> date:
        last = deadline - timedelta(30)
        first = max(latest + timedelta(200), birthday(self.person, AGE_AT_LEVEL.get(level, 19)))
        first = max(min(first, last - timedelta(120)), last - timedelta(4400))
        day = day_between(self.rng, first, last)
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
