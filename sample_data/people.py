"""Invented officials of communes: who they are, which posts they held when, what they studied and when.

Nobody here exists. Careers come first and schooling second, so that everybody not chosen otherwise meets the standard
of their post on every day they hold it.
"""

import gc
from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from careers import Seat, part_timer
from officials import LEADERS, REPORT, STAFF, UNIONS, Case, Commune, Moment, Person, World
from schooling import educate


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
        seat = Seat(rng, commune, world, posts, moves, feeding)
        people += seat.holders(end, case, went_up)
    taken: set[str] = set()
    for _ in range(commune.part_time):
        people.append(part_timer(rng, commune, taken))
    for person in people:
        educate(rng, person, world)
    return people


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
                "unit_id": f"{code}@thu",
                "code": code,
                "kind": "xã",
                "short_name": f"Thử nghiệm {number}",
                "district_code": f"{district:03}",
                "district": f"huyện Thử nghiệm {district}",
                "province_code": f"{province + 1:02}",
                "province": f"tỉnh Thử nghiệm {province + 1}",
                "area": area,
            }
        )
        posts = LEADERS + ("pct_ubnd " if rng.random() < 0.2 else "") + UNIONS + STAFF
        posts += "tc_kt" if rng.random() < 0.86 else ""
        minority = 0.6 if area == "mien_nui" else 0.02
        people += staff(rng, Commune(f"{code}@thu", f"xã {number}", minority, tuple(posts.split())), COUNTRY)
    return pd.DataFrame(units), frames(people)
