"""What people of the sample learn after 2018: what newcomers bring with them and the courses of those in post.

The law of each day decides what is asked (`needed`); like `Office.needs` it is written down here once more on purpose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import choices
from officials import (
    AGE_AT_LEVEL,
    OFFICES,
    RANK,
    Certificate,
    Moment,
    Person,
    birthday,
    day_between,
    group_of,
    retirement_day,
)

# Circular 13/2019 and decree 33/2023 ask for a university degree, the first of recruited staff, the second of all.
CIRCULAR, DECREE = date(2019, 12, 25), date(2023, 8, 1)
# What somebody brings who is elected before the decree and after it, recruited before the circular and after it.
ELECTED = choices.Choice("trung_cap 22, cao_dang 3, dai_hoc 73, thac_si 2")
RECRUITED = choices.Choice("trung_cap 20, cao_dang 6, dai_hoc 73, thac_si 1")
ELECTED_LATER = choices.Choice("trung_cap 16, dai_hoc 81, thac_si 3")
GRADUATE = choices.Choice("dai_hoc 96, thac_si 4")
PART_TIMER = choices.Choice("so_cap 10, trung_cap 54, cao_dang 10, dai_hoc 26")
# Months that a course takes, at least and at most.
MONTHS = {
    "hoc_van": (20, 26),
    "so_cap": (3, 9),
    "trung_cap": (18, 26),
    "dai_hoc": (27, 44),
    "llct": (13, 19),
    "tin_hoc": (3, 5),
    "qlnn": (2, 4),
}
UNFINISHED = 0.17
# Those who have less time than this before their pension begin no course, in days.
WORTH_IT = 1500


@dataclass(frozen=True, slots=True)
class Course:
    """Somebody studies for a level from a day until another, on which it is reached or given up."""

    person: Person
    criterion: str
    level: str
    major: str | None
    since: date
    until: date
    finished: bool


def needed(post: str, day: date) -> dict[str, str]:
    """What the law of a day asks of the holder of a post in mountain communes, by criterion."""
    if post not in OFFICES:
        return {"hoc_van": "thpt", "chuyen_mon": "trung_cap"} if day >= DECREE else {}
    needs = dict(OFFICES[post].needs)
    if group_of(post) == "cong_chuc":
        if day >= CIRCULAR and post in ("vp_tk", "dia_chinh", "tc_kt", "vh_xh"):
            needs["chuyen_mon"] = "dai_hoc"
    elif day >= DECREE:
        needs["hoc_van"] = "thpt"
        if post != "ct_ccb":
            needs |= {"chuyen_mon": "dai_hoc", "llct": "trung_cap"}
    return needs


def held(person: Person, criterion: str, day: date) -> str | None:
    """The highest level the person has on a day; what has no date was always there."""
    levels = [
        c.level
        for c in person.certificates
        if c.criterion == criterion and c.status == "da_co" and (c.obtained is None or c.obtained.on <= day)
    ]
    return max(levels, key=RANK.__getitem__, default=None)


def lacks(person: Person, posts: Sequence[str], day: date) -> dict[str, str]:
    """The levels that the posts ask for on a day and the person has not reached."""
    found: dict[str, str] = {}
    for post in posts:
        for criterion, level in needed(post, day).items():
            have = held(person, criterion, day)
            if (have is None or RANK[have] < RANK[level]) and RANK[level] > RANK.get(found.get(criterion, ""), -1):
                found[criterion] = level
    return found


def bring(rng: Random, person: Person, posts: Sequence[str], day: date) -> None:
    """The schooling of a newcomer who takes up posts on a day, in most cases all that the law of that day asks."""
    post, born = posts[0], person.birth.on
    group = group_of(post)
    if group == "khong_chuyen_trach":
        level = PART_TIMER(rng) if day >= DECREE else choices.PROFESSION[group, person.ethnicity != "Kinh"](rng)
        person.certificates += [
            Certificate("hoc_van", "thpt"),
            Certificate("chuyen_mon", level, None if level == "chua" else choices.UNIONS(rng)),
            Certificate("llct", choices.POLITICS[group](rng)),
            Certificate("qlnn", "chua"),
            Certificate("tin_hoc", "chua" if rng.random() < 0.3 else "co_ban"),
        ]
        return
    if group == "cong_chuc":
        level = (GRADUATE if day >= CIRCULAR else RECRUITED)(rng)
    else:
        level = (ELECTED_LATER if day >= DECREE else ELECTED)(rng)
    if post == "cht_quan_su":
        level = "trung_cap" if rng.random() < 0.55 else "dai_hoc"
    _add(person, "hoc_van", "thpt", Moment(date(born.year + 18, 1, 1), "nam"))
    first = birthday(person, AGE_AT_LEVEL.get(level, 20))
    major = OFFICES[post].majors(rng)
    _add(
        person,
        "chuyen_mon",
        level,
        Moment(day_between(rng, min(first, day - timedelta(90)), day - timedelta(60))),
        major,
    )
    _add(person, "tin_hoc", "co_ban", Moment(day_between(rng, max(first, date(2017, 1, 1)), day - timedelta(30))))
    if group == "can_bo":
        early = rng.random() < 0.07
        level = "so_cap" if early else "trung_cap"
        _add(person, "llct", level, Moment(day - timedelta(rng.randrange(60, 1300))))
    else:
        person.certificates.append(Certificate("llct", "chua"))
    person.certificates.append(Certificate("qlnn", "chua"))


def prepare(rng: Random, person: Person, posts: Sequence[str], day: date) -> None:
    """Short courses that somebody of the house took before rising to new posts."""
    for criterion, level in lacks(person, posts, day).items():
        if criterion in ("tin_hoc", "llct") and RANK[level] < RANK["cao_cap"] and rng.random() < 0.85:
            level = "co_ban" if criterion == "tin_hoc" else level
            # Not before 2019: what was true by the end of 2018 has been told.
            _add(person, criterion, level, Moment(max(day - timedelta(rng.randrange(40, 400)), date(2019, 1, 4))))


def enrol(rng: Random, person: Person, posts: Sequence[str], day: date) -> Course | None:
    """The course, if any, that somebody in post begins in a year whose law asks for what it asks on `day`.

    First what the posts ask for, then what looks well; nobody begins shortly before their pension.
    """
    if (retirement_day(person.gender, person.birth.on) - day).days < WORTH_IT:
        return None
    part_time = group_of(posts[0]) == "khong_chuyen_trach"
    missing = lacks(person, posts, day)
    for criterion in ("hoc_van", "llct", "chuyen_mon", "tin_hoc"):
        # What nobody reported is no reason to study: most have it and only their papers are missing.
        if criterion in missing and held(person, criterion, day) and rng.random() < (0.12 if part_time else 0.4):
            return _course(rng, person, posts, criterion, missing[criterion], day)
    if part_time:
        return None
    if held(person, "qlnn", day) == "chua" and rng.random() < 0.16:
        return _course(rng, person, posts, "qlnn", "chuyen_vien", day)
    if held(person, "chuyen_mon", day) in ("trung_cap", "cao_dang") and rng.random() < 0.07:
        return _course(rng, person, posts, "chuyen_mon", "dai_hoc", day)
    if held(person, "llct", day) in ("chua", "so_cap") and rng.random() < 0.13:
        return _course(rng, person, posts, "llct", "trung_cap", day)
    return None


def _course(rng: Random, person: Person, posts: Sequence[str], criterion: str, level: str, day: date) -> Course:
    if criterion == "tin_hoc":
        level = "co_ban"
    if criterion == "chuyen_mon" and level == "dai_hoc" and held(person, criterion, day) in ("chua", "so_cap"):
        level = "trung_cap"
    since = day + timedelta(rng.randrange(90))
    low, high = MONTHS[level if criterion == "chuyen_mon" else criterion]
    until = since + timedelta(rng.randrange(low * 30, high * 30 + 1))
    office = next((OFFICES[p] for p in posts if p in OFFICES), None)
    major = (office.majors if office else choices.UNIONS)(rng) if criterion == "chuyen_mon" else None
    return Course(person, criterion, level, major, since, until, rng.random() >= UNFINISHED)


def _add(person: Person, criterion: str, level: str, obtained: Moment, major: str | None = None) -> None:
    person.certificates.append(Certificate(criterion, level, major, obtained))
