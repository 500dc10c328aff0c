"""What became of the people of 31/12/2018, month by month until 30/11/2026, and who came after them.

Elections, pensions at each one's own age, the police who left the civil list, the merger of 01/01/2020 and its surplus,
that of 01/07/2025, courses. Goes forward from `nam_dong.people`, whose people and dates until 2018 stay as they are;
from a fixed seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import nam_dong
import two_tier
from careers import somebody
from filed import FILED, WENT_ON, Filed, filed_on, proposal, suits
from officials import (
    BEGINNERS,
    FEEDERS,
    OFFICES,
    YEAR,
    Certificate,
    Commune,
    Moment,
    Person,
    Service,
    birthday,
    group_of,
    retirement_day,
)
from proposals import PROPOSALS, holder
from training import DECREE, Course, bring, enrol, lacks, needed, prepare

UNTIL = date(2026, 11, 30)
MERGED = date(2020, 1, 1)
XUAN = Commune("20179@2020", "Hương Xuân", 0.09, (), neighbours=("20164@2018", "20167@2018"))
MERGING = ("Hương Giang", "Hương Hòa")
# First days of the congresses and elections of each calendar; the communes follow within five weeks.
ELECTIONS = {
    "mttq": (date(2019, 3, 12), date(2024, 5, 6)),
    "dang": (date(2020, 5, 25),),
    "hdnd": (date(2021, 6, 22),),
    "lhpn": (date(2021, 3, 29),),
    "doan": (date(2022, 5, 9),),
    "ccb": (date(2022, 2, 14),),
    "nd": (date(2023, 2, 20),),
}
# The posts of which a commune has one; the others it may have too many of after the merger.
SINGLE = (
    "bi_thu",
    "ct_hdnd",
    "ct_ubnd",
    "ct_mttq",
    "ct_nd",
    "ct_lhpn",
    "ct_ccb",
    "bt_doan",
    "cht_quan_su",
)
# Where the second holder of such a post went on the day of the merger.
STEP_DOWN = {"bi_thu": "pho_bi_thu", "ct_ubnd": "pct_ubnd"} | BEGINNERS
ALLOWED = dict.fromkeys((*SINGLE, "pho_bi_thu", "pct_hdnd", "tc_kt", "tp_ht"), 1) | dict.fromkeys(
    ("pct_ubnd", "vp_tk", "dia_chinh", "vh_xh"), 2
)
PART_TIME_ALLOWED = 9
# Chances of a year.
DIES, RESIGNS, MOVES_AWAY, PART_TIMER_STOPS = 0.003, {"can_bo": 0.004, "cong_chuc": 0.02}, 0.022, 0.11
# The share of newcomers of whom a fact is missing, and of those who rise although they lack something.
SILENT, EARLY = 0.08, 0.2


@dataclass(eq=False)
class Chair:
    """A seat of a commune: posts held together, who holds it, and since when until when nobody did."""

    place: "Place"
    posts: tuple[str, ...]
    holder: Person | None
    empty: list[tuple[date, date | None]] = field(default_factory=list)
    fill_on: date | None = None

    @property
    def group(self) -> str:
        """The group of its first post."""
        return group_of(self.posts[0])


@dataclass(eq=False)
class Place:
    """A commune and its chairs; `allowed` says how many of a post it may have in the long run."""

    commune: Commune
    chairs: list[Chair]
    allowed: dict[str, int]

    def count(self, post: str) -> int:
        """How many chairs of a post there are."""
        return sum(post in c.posts for c in self.chairs)

    def part_time(self) -> int:
        """How many chairs of part-timers there are."""
        return sum(c.group == "khong_chuyen_trach" for c in self.chairs)


class Later:
    """The district as it went on; made whole by its constructor, the same at every call.

    `people` are all who ever held a post, those of the first sample first. `vacant` tells for each commune and post
    from when to when a seat had nobody, `told` are the papers of 2018 by id; `courses` and `cases`, those of downsizing
    that 2018 left open first, are in the order in which they came.
    """

    def __init__(self) -> None:
        # Of the seeds tried one with which everything occurs that these years are there to show.
        self.rng = Random(f"{nam_dong.SEED}/2025l")
        self.people: list[Person] = []
        self.places: list[Place] = []
        self.courses: list[Course] = []
        self.vacant: list[tuple[str, str, date, date | None]] = []
        everybody = []
        for commune in nam_dong.COMMUNES:
            people = nam_dong.people(commune)
            everybody += [(commune, p) for p in people]
            self.people += people
            self.places.append(_place(commune, people))
        self._taken = {p.full_name for p in self.people} | {p.birth.on for p in self.people}
        self.told = {id(c) for p in self.people for c in p.certificates}
        staff = [(c, p) for c, p in everybody if any(group_of(s.post) != "khong_chuyen_trach" for s in p.services)]
        # Nobody is proposed twice.
        self._asked = [holder(staff, p)[1] for p in PROPOSALS]
        self.cases = [
            Filed(p._replace(steps=p.steps + WENT_ON[p.number]), person, commune)
            for p in PROPOSALS
            if p.number in WENT_ON
            for commune, person, _ in [holder(staff, p)]
        ]
        # Whoever was studying at the end of 2018 finishes within the year.
        self.courses += [
            Course(p, c.criterion, c.level, c.major, date(2018, 9, 10), date(2019, 9, 27), True)
            for p in self.people
            for c in p.certificates
            if c.status == "dang_hoc"
        ]
        self._police = {c.name: _month(2019, 3 + self.rng.randrange(16)) for c in nam_dong.COMMUNES}
        # Congresses come one commune after the other, the same week or later.
        self._elections = {
            (name, calendar, day): day + timedelta(self.rng.randrange(35))
            for calendar, days in ELECTIONS.items()
            for day in days
            for name in [*(c.name for c in nam_dong.COMMUNES), XUAN.name]
        }
        for n in range((UNTIL.year - 2019) * 12 + UNTIL.month):
            self._live(_month(2019, 1 + n))
        for chair in self._chairs():
            self._note_vacancies(chair)

    def _live(self, first: date) -> None:
        end = (first + timedelta(31)).replace(day=1)
        if first == MERGED:
            self._merge()
        if first == two_tier.BEGINS:
            self._place_anew()
        if first == two_tier.PART_TIME_ENDED.replace(day=1):
            self._end_part_time()
        self._leave_approved(first, end)
        self._disband_police(first)
        self._retire(first, end)
        self._lose(first)
        self._elect(first, end)
        self._file(first, end)
        self._recruit(end)
        if first.month == 9:
            self._enrol(first)
        self._finish(first, end)

    # --- who leaves

    def _leave(self, chair: Chair, on: date, reason: str) -> None:
        """The holder leaves; a chair too many goes with them, another waits for somebody."""
        person = chair.holder
        assert person is not None  # noqa: S101 - only chairs that somebody holds are left
        for service in person.in_post:
            service.to_on, service.reason = on, reason
        chair.holder = None
        place, first = chair.place, chair.posts[0]
        if chair.group == "khong_chuyen_trach":
            closed = place.part_time() > place.allowed["kct"] or self.rng.random() < 0.3
        elif len(chair.posts) > 1:
            closed = False
        else:
            spare = place.allowed.get(first, 1) > 1 and chair.group == "cong_chuc" and on >= date(2020, 1, 1)
            # Of several seats the one that was given up is not filled again: that is the reduction.
            closed = place.count(first) > (1 if reason == "tinh_gian" else place.allowed.get(first, 1))
            if spare and place.count(first) > 1 and self.rng.random() < 0.2:
                closed = True
        if closed:
            self._close(chair)
            return
        chair.empty.append((on, None))
        chair.fill_on = on + timedelta(
            self.rng.randrange(25, 130) if chair.group == "can_bo" else self.rng.randrange(60, 330)
        )

    def _close(self, chair: Chair) -> None:
        self._note_vacancies(chair)
        chair.place.chairs.remove(chair)

    def _note_vacancies(self, chair: Chair) -> None:
        self.vacant += [(chair.place.commune.name, "+".join(chair.posts), *days) for days in chair.empty]

    def _is_bound(self, person: Person, on: date) -> bool:
        """Whether a case of downsizing keeps the person in post: until they leave by it or it comes to nothing."""
        return any(case.person is person and on < case.until for case in self.cases)

    def _leave_approved(self, first: date, end: date) -> None:
        for case in self.cases:
            if case.leaves_on and first <= case.leaves_on < end:
                self._leave(self._chair_of(case.person), case.leaves_on, "tinh_gian")

    def _file(self, first: date, end: date) -> None:
        """Cases of downsizing are filed: each about one of those whom it suits, nobody twice."""
        for filing in FILED:
            on = filed_on(filing)
            if not first <= on < end:
                continue
            others = [c.person for c in self.courses if c.until > on] + self._asked
            surplus = self._surplus()
            chairs = [
                chair
                for chair, person in self._settled(on)
                if (chair in surplus) == (filing.why == "doi_du")
                and suits(filing, person, chair.posts)
                and all(person is not other for other in others)
            ]
            chair = Random(f"người {filing.number}").choice(chairs)
            assert chair.holder is not None  # noqa: S101 - as `_settled` says
            case = proposal(filing, chair.holder, chair.posts[0], chair.place.commune)
            self.cases.append(Filed(case, chair.holder, chair.place.commune))
            self._asked.append(chair.holder)

    def _settled(self, on: date) -> Iterator[tuple[Chair, Person]]:
        """Who has held one office for two years, but for the heads, the police, and communes about to merge."""
        for chair in self._held():
            person = chair.holder
            if (
                person
                and len(chair.posts) == 1
                and chair.group != "khong_chuyen_trach"
                and chair.posts[0] not in ("ct_ubnd", "truong_ca")
                and _settled_since(person, on) < on - timedelta(730)
                and person.birth.precision == "ngay"
                and chair.place.commune.name not in MERGING
            ):
                yield chair, person

    def _disband_police(self, first: date) -> None:
        """Regular police take over in a commune: head and deputy of its own police leave the civil list."""
        for place in self.places:
            names = MERGING if place.commune is XUAN else (place.commune.name,)
            if all(self._police.get(name) != first for name in names):
                continue
            for chair in [c for c in place.chairs if {"truong_ca", "kct_pho_ca"} & set(c.posts)]:
                place.allowed[chair.posts[0]] = 0
                if chair.holder is None:
                    self._close(chair)
                    continue
                person = chair.holder
                # He takes another office if there is a free one that he may hold.
                free = [c for c in place.chairs if c.posts[0] in ("vh_xh", "vp_tk", "pct_hdnd") and not c.holder]
                if free and not lacks(person, free[0].posts, first):
                    self._take(free[0], person, max(first, free[0].empty[-1][0]))
                else:
                    self._leave(chair, first, "khac" if self.rng.random() < 0.75 else "thoi_viec")

    def _retire(self, first: date, end: date) -> None:
        for chair in self._held():
            person = chair.holder
            assert person is not None  # noqa: S101 - as `_held` says
            if chair.group == "khong_chuyen_trach":
                if birthday(person, 72) < end:
                    self._leave(chair, first, "thoi_viec")
                continue
            pension = retirement_day(person.gender, person.birth.on)
            if chair.posts[0] == "ct_ccb":
                # Veterans lead theirs beyond the age of others.
                pension = max(pension, (birthday(person, 64) + timedelta(31)).replace(day=1))
            if pension < end:
                self._leave(chair, max(pension, first), "nghi_huu")
            elif chair.posts[0] == "bt_doan" and birthday(person, 35) < first and self.rng.random() < 0.15:
                self._leave(chair, first + timedelta(self.rng.randrange(27)), "chuyen_cong_tac")

    def _lose(self, first: date) -> None:
        for chair in self._held():
            day, drawn = first + timedelta(self.rng.randrange(27)), self.rng.random() * 12
            assert chair.holder is not None  # noqa: S101 - as `_held` says
            if chair.holder.in_post[0].since.on > day - timedelta(400) or self._is_bound(chair.holder, day):
                continue
            if chair.group == "khong_chuyen_trach":
                if drawn < PART_TIMER_STOPS:
                    self._leave(chair, day, "thoi_viec")
                continue
            limits = (DIES, RESIGNS[chair.group], MOVES_AWAY)
            for limit, reason in zip(limits, ("tu_tran", "thoi_viec", "chuyen_cong_tac"), strict=True):
                if drawn < limit:
                    self._leave(chair, day, reason)
                    break
                drawn -= limit

    # --- who comes

    def _take(self, chair: Chair, person: Person, on: date) -> None:
        """The person takes the chair, and leaves the one they had: registers call that a move, as before 2019."""
        if person.in_post:
            self._leave(self._chair_of(person), on, "chuyen_cong_tac")
        chair.holder, chair.fill_on = person, None
        if chair.empty and chair.empty[-1][1] is None:
            chair.empty[-1] = (chair.empty[-1][0], on)
        for post in chair.posts:
            before = [s.first_held for s in person.services if s.post == post]
            first_held = before[0] if before else Moment(on)
            person.services.append(Service(chair.place.commune.unit_id, post, Moment(on), None, None, first_held))

    def _elect(self, first: date, end: date) -> None:
        for (name, calendar, _), day in self._elections.items():
            place = next((p for p in self.places if p.commune.name == name), None)
            if place is None or not first <= day < end:
                continue
            up = [c for c in place.chairs if c.group == "can_bo" and OFFICES[c.posts[0]].calendar == calendar]
            for chair in up:
                if chair.holder:
                    self._stand(chair, day)
            for chair in sorted(up, key=lambda c: list(OFFICES).index(c.posts[0])):
                if chair in place.chairs and not chair.holder:
                    self._fill(chair, day)

    def _stand(self, chair: Chair, day: date) -> None:
        """Whoever has not half a term left does not stand again; of the others most are elected again."""
        person = chair.holder
        assert person is not None  # noqa: S101 - the caller looks
        if self._is_bound(person, day):
            return
        left = (retirement_day(person.gender, person.birth.on) - day).days
        if chair.posts[0] == "ct_ccb":
            left = (birthday(person, 62) - day).days
        if left < 900:
            self._leave(chair, day, "het_nhiem_ky")
        elif chair.posts[0] == "bt_doan" and birthday(person, 32) < day:
            self._leave(chair, day, "chuyen_cong_tac")
        elif chair in self._surplus() and self.rng.random() < 0.5:
            self._leave(chair, day, "het_nhiem_ky" if self.rng.random() < 0.4 else "chuyen_cong_tac")
        elif person.in_post[0].since.on < day - timedelta(1200) and self.rng.random() < 0.25:
            self._leave(chair, day, "het_nhiem_ky" if self.rng.random() < 0.35 else "chuyen_cong_tac")

    def _recruit(self, end: date) -> None:
        """Chairs whose time has come are filled; filling one may empty another, whose time comes later."""
        for chair in self._chairs():
            if chair.holder is None and chair.fill_on and chair.fill_on < end:
                self._fill(chair, chair.fill_on)

    def _fill(self, chair: Chair, on: date) -> None:
        on = max(on, chair.empty[-1][0]) if chair.empty else on
        person = self._risen(chair, on) or self._from_surplus(chair, on)
        if person is None:
            person = self._newcomer(chair, on)
        self._take(chair, person, on)

    def _risen(self, chair: Chair, on: date) -> Person | None:
        """Somebody of the same commune for whom it is a step up: from a feeding office, or from a part-time post."""
        if chair.group == "khong_chuyen_trach":
            return None
        below: list[tuple[Chair, float]] = []
        for other in chair.place.chairs:
            feeds = other.posts[0] in FEEDERS.get(chair.posts[0], ())
            if feeds or other.posts[0] == BEGINNERS.get(chair.posts[0]):
                below.append((other, 0.6 if feeds else 0.4))
        for other, chance in below:
            person = other.holder
            if person and self._may(person, chair, on) and self.rng.random() < chance:
                prepare(self.rng, person, chair.posts, on)
                if not lacks(person, chair.posts, on) or self.rng.random() < EARLY:
                    return person
        return None

    def _may(self, person: Person, chair: Chair, on: date) -> bool:
        low, high = OFFICES[chair.posts[0]].entry
        women = max(OFFICES[post].women for post in chair.posts)
        return (
            person.in_post[0].since.on < on - timedelta(540)
            and birthday(person, low - 2) < on < birthday(person, high + 2)
            and (women < 1 or person.gender == "nu")
            and (OFFICES[chair.posts[0]].women > 0 or person.gender == "nam")
            and (retirement_day(person.gender, person.birth.on) - on).days > 1900
            and not self._is_bound(person, on)
        )

    def _from_surplus(self, chair: Chair, on: date) -> Person | None:
        """Somebody who is too many in the merged commune and holds the same post."""
        if chair.place.commune is XUAN or self.rng.random() < 0.25:
            return None
        spare = [
            c.holder
            for c in self._surplus()
            if c.posts == chair.posts
            and c.holder
            and c.holder.in_post[0].since.on < on - timedelta(60)
            and not self._is_bound(c.holder, on)
        ]
        return self.rng.choice(spare) if spare else None

    def _newcomer(self, chair: Chair, on: date) -> Person:
        rng, post, commune = self.rng, chair.posts[0], chair.place.commune
        office = OFFICES.get(post)
        women = {"kct_pct_lhpn": 1.0, "kct_pct_ccb": 0.0, "kct_pcht_qs": 0.0}.get(post, 0.35)
        if office:
            women = max(OFFICES[p].women for p in chair.posts)
        low, high = {"kct_pbt_doan": (20, 27), "kct_pct_ccb": (40, 55), "kct_ct_nct": (58, 66)}.get(post, (22, 45))
        if office:
            low, high = office.entry if office.calendar else (23, 32)
        gender = "nu" if rng.random() < women else "nam"
        if office and office.calendar and gender == "nu":
            high = max(low + 1, min(high, 50))
        while True:
            birth = on - timedelta((low + (high - low) * rng.random()) * YEAR)
            person = somebody(rng, commune, gender, birth)
            person.birth = Moment(birth)
            if person.full_name not in self._taken and birth not in self._taken:
                break
        self._taken |= {person.full_name, birth}
        bring(rng, person, chair.posts, on)
        if office and rng.random() < SILENT:
            # One that both the law of these days and that of 2023 ask for, so that it stays missing.
            lost = rng.choice(sorted(needed(post, on).keys() & needed(post, DECREE).keys() - {"tin_hoc"}))
            person.certificates = [c for c in person.certificates if c.criterion != lost]
        self.people.append(person)
        return person

    # --- what they learn

    def _enrol(self, first: date) -> None:
        studying = [c.person for c in self.courses if c.until > first]
        for chair in self._held():
            person = chair.holder
            assert person is not None  # noqa: S101 - as `_held` says
            if all(person is not other for other in studying) and not self._is_bound(person, first):
                course = enrol(self.rng, person, chair.posts, first)
                self.courses += [course] if course else []

    def _finish(self, first: date, end: date) -> None:
        for course in self.courses:
            if first <= course.until < end and course.finished and course.person.in_post:
                reached = Certificate(course.criterion, course.level, course.major, Moment(course.until))
                course.person.certificates.append(reached)

    # --- the merger

    def _merge(self) -> None:
        """Both communes become one on a day: of two holders of a single post one steps down, the rest is too many."""
        old = [p for p in self.places if p.commune.name in MERGING]
        xuan = Place(XUAN, [c for p in old for c in p.chairs], dict(ALLOWED) | {"kct": PART_TIME_ALLOWED})
        for chair in xuan.chairs:
            chair.place = xuan
        self.places = [*(p for p in self.places if p not in old), xuan]
        for post in SINGLE:
            both = [c for c in xuan.chairs if post in c.posts]
            for chair in [c for c in both if not c.holder][: len(both) - 1]:
                self._close(chair)
                both.remove(chair)
            for chair in both[1:]:
                self._step_down(chair, post)

    def _step_down(self, chair: Chair, post: str) -> None:
        person = chair.holder
        assert person is not None  # noqa: S101 - chairs without a holder are closed before
        for service in person.in_post:
            if service.post == post:
                service.to_on, service.reason = MERGED, "chuyen_cong_tac"
        chair.posts = tuple(p for p in chair.posts if p != post)
        if chair.posts:
            return
        chair.place.chairs.remove(chair)
        lower = STEP_DOWN.get(post)
        if post == "ct_hdnd" or lower is None:
            lower = "pho_bi_thu"
        seat = Chair(chair.place, (lower,), None)
        chair.place.chairs.append(seat)
        self._take(seat, person, MERGED)

    def _place_anew(self) -> None:
        """Ten communes become three, the district ends: who stays what they are, leads a room or works in one."""
        day = two_tier.BEGINS
        for commune, names in two_tier.COMMUNES.items():
            old = [p for p in self.places if p.commune.name in names]
            place = Place(commune, [c for p in old for c in p.chairs], {"kct": 0})
            self.places = [*(p for p in self.places if p not in old), place]
            for chair in place.chairs:
                chair.place = place
            for chair in list(place.chairs):
                if not chair.holder or self._goes_with_the_district(chair, chair.holder):
                    self._close_for(chair, day, "nghi_huu")
            seats = [(chair.posts, chair.holder) for chair in place.chairs if chair.holder]
            for chair, posts in zip(list(place.chairs), two_tier.placed(seats), strict=True):
                person = chair.holder
                assert person is not None  # noqa: S101 - empty chairs are closed
                if not posts:
                    self._close_for(chair, day, "thoi_viec")
                elif posts != chair.posts:
                    self._give(chair, person, posts, day)
            place.allowed |= {post: place.count(post) for chair in place.chairs for post in chair.posts}

    def _goes_with_the_district(self, chair: Chair, person: Person) -> bool:
        """Whether somebody near the pension leaves with the old communes, by a law that is not the ledger's."""
        near = (retirement_day(person.gender, person.birth.on) - two_tier.BEGINS).days < 800
        drawn = self.rng.random() < 0.6
        return chair.group != "khong_chuyen_trach" and near and drawn and not self._is_bound(person, two_tier.BEGINS)

    def _close_for(self, chair: Chair, on: date, reason: str) -> None:
        """The holder leaves and nobody comes after them."""
        for service in chair.holder.in_post if chair.holder else ():
            service.to_on, service.reason = on, reason
        chair.holder = None
        self._close(chair)

    def _give(self, chair: Chair, person: Person, posts: tuple[str, ...], day: date) -> None:
        """The person goes on in these posts: those of the chair that are among them, and otherwise in a new chair."""
        for service in person.in_post:
            if service.post not in posts:
                service.to_on, service.reason = day, "chuyen_cong_tac"
        if person.in_post:
            chair.posts = posts
            return
        seat = Chair(chair.place, posts, None)
        chair.holder = None
        self._close(chair)
        seat.place.chairs.append(seat)
        self._take(seat, person, day)

    def _end_part_time(self) -> None:
        for chair in [c for c in self._held() if c.group == "khong_chuyen_trach"]:
            self._close_for(chair, two_tier.PART_TIME_ENDED, "thoi_viec")

    # --- looking around

    def _chairs(self) -> list[Chair]:
        return [c for place in self.places for c in place.chairs]

    def _held(self) -> Iterator[Chair]:
        """Chairs that somebody holds, even while one after the other is left."""
        return (c for c in self._chairs() if c.holder)

    def _surplus(self) -> list[Chair]:
        return [
            c
            for place in self.places
            for c in place.chairs
            if c.group != "khong_chuyen_trach" and place.count(c.posts[0]) > place.allowed.get(c.posts[0], 1)
        ]

    def _chair_of(self, person: Person) -> Chair:
        return next(c for c in self._chairs() if c.holder is person)


def _place(commune: Commune, people: list[Person]) -> Place:
    place = Place(commune, [], {})
    for person in people:
        if person.in_post:
            place.chairs.append(Chair(place, tuple(s.post for s in person.in_post), person))
    for seat in commune.seats:
        posts, vacant, since = seat.partition("<")
        if vacant:
            chair = Chair(place, tuple(posts.split("+")), None, [(date.fromisoformat(since), None)], date(2019, 4, 1))
            place.chairs.append(chair)
    for chair in place.chairs:
        for post in chair.posts:
            place.allowed[post] = place.count(post)
    place.allowed["kct"] = place.part_time()
    return place


def _settled_since(person: Person, on: date) -> date:
    """Since when somebody holds the post; since 01/07/2025 everybody has another, and their first one counts."""
    services = person.in_post if on < two_tier.BEGINS else person.services
    return min(service.since.on for service in services)


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
