"""The sample: what its lists and registers say once they have been read as any office's would be."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import nam_dong
import people
from common.readers import all_of
from core.store import Filters, Store, insert
from core.vietnamese import key
from generate import HERE, generate
from intake import commit
from intake.lists import read_lists
from intake.reading import Reading
from intake.session import vocabulary
from officials import Person, group_of

REPORT = Filters(date(2018, 12, 31))
BELOW = {
    ("Thượng Long", "can_bo"): 4,
    ("Hương Lộc", "can_bo"): 1,
    ("Thượng Nhật", "can_bo"): 1,
    ("Hương Sơn", "can_bo"): 1,
    ("Thượng Quảng", "can_bo"): 1,
    ("Hương Sơn", "cong_chuc"): 1,
    ("Thượng Lộ", "cong_chuc"): 1,
}


@pytest.fixture(scope="module")
def invented() -> list[Person]:
    """Everybody of the eleven communes as they were drawn."""
    return [person for commune in nam_dong.COMMUNES for person in nam_dong.people(commune)]


@pytest.fixture(scope="module")
def drawn(invented: list[Person]) -> Iterator[Store]:
    """The same people entered straight from the generator, without a file in between."""
    store = Store(":memory:", create=True)
    enter(store, people.frames(invented))
    yield store
    store.close()


def enter(store: Store, frames: people.Frames) -> None:
    commit.record(store, commit.Facts(*frames), kind="list", title="", as_of=REPORT.as_of, made_by="")


def headline(store: Store, day: date) -> dict[str, tuple[int, int, int, int]]:
    rows = all_of(store).query("headline", Filters(day)).set_index("group")
    return {str(g): (int(r.total), int(r.below), int(r.unknown), int(r.transitional)) for g, r in rows.iterrows()}


def read(folder: str, store: Store) -> Reading:
    return read_lists(sorted((HERE / folder).glob("*.xlsx")), vocabulary(all_of(store), REPORT.as_of))


def test_the_day_of_the_report_gives_its_totals(sample: Store) -> None:
    assert headline(sample, REPORT.as_of) == {"can_bo": (109, 8, 4, 0), "cong_chuc": (118, 2, 4, 0)}


def test_those_below_sit_in_the_communes_of_the_report(sample: Store) -> None:
    rows = all_of(sample).query("substandard_by_commune", REPORT)
    assert {(r.commune, r.group): r.below for r in rows.itertuples() if r.below} == BELOW
    sizes = rows.groupby("commune").total.sum()
    assert len(sizes) == 11
    assert sizes.between(19, 23).all()
    assert sizes.nunique() > 3


def test_the_ten_below_differ_in_what_they_lack(sample: Store) -> None:
    rows = all_of(sample).query("substandard_people", REPORT)
    assert rows.person_id.nunique() == 10
    lacks = set(zip(rows.criterion, rows.held, rows.required, strict=True))
    assert {
        ("llct", "so_cap", "trung_cap"),
        ("llct", "dang_hoc", "trung_cap"),
        ("hoc_van", "thcs", "thpt"),
        ("chuyen_mon", "so_cap", "trung_cap"),
        ("chuyen_mon", "chua", "so_cap"),
        ("tuoi_lan_dau", "33", "toi_da_30"),
        ("nganh", "Luật", "phu_hop"),
        ("tin_hoc", "chua", "a"),
    } <= lacks


def test_what_is_not_known_of_eight_people_is_one_fact_each(sample: Store) -> None:
    rows = all_of(sample).query("assessment", Filters(REPORT.as_of, verdicts=("unknown",)))
    assert rows.person_id.is_unique
    assert Counter(rows.criterion) == {"tin_hoc": 2, "llct": 2, "nganh": 2, "tuoi_lan_dau": 1, "chuyen_mon": 1}


def test_somebody_below_in_two_posts_counts_once(sample: Store) -> None:
    rows = all_of(sample).query("substandard_people", REPORT)
    posts = rows.groupby("person_id").position.nunique()
    assert (posts == 2).any()
    held = all_of(sample).query("roster", Filters(REPORT.as_of, groups=("can_bo",)))
    assert held.person_id.nunique() == 109 < len(held)


def test_other_days_give_other_numbers(sample: Store) -> None:
    below = {}
    for year in (2015, 2016, 2017, 2018, 2019):
        figures = headline(sample, date(year, 12, 31))
        below[year] = figures["can_bo"][1] + figures["cong_chuc"][1]
        assert 225 <= figures["can_bo"][0] + figures["cong_chuc"][0] <= 232
        # The early lists say nothing of the computers of commanders and chiefs of police.
        assert figures["can_bo"][2] + figures["cong_chuc"][2] <= (11 if year > 2016 else 20)
    assert 20 <= below[2015] <= 26
    assert below[2015] > below[2016] > below[2017] > below[2018]
    assert below[2019] > 2 * below[2018]
    months = [date(year, month, 28) for year in (2015, 2016, 2017, 2018) for month in range(1, 13)]
    counts = [sum(v[1] for v in headline(sample, day).values()) for day in months]
    assert any(later > earlier for earlier, later in pairwise(counts))


def test_from_2023_the_decree_gives_time(sample: Store) -> None:
    figures = headline(sample, date(2023, 12, 31))
    assert figures["can_bo"][1] == 0
    assert figures["can_bo"][3] > 30


def test_files_say_what_was_drawn(sample: Store, drawn: Store) -> None:
    """Nobody is split in two, merged with another or changed on the way through lists and registers."""
    question = """
        select p.full_name, s.post, s.unit_id, a.criterion, a.from_on, a.to_on, a.verdict, a.held
        from assessment_spell as a
        inner join seat as s on a.posting_id = s.posting_id and a.from_on >= s.seat_from and a.to_on <= s.seat_to
        inner join person as p on a.person_id = p.person_id
        where s.group_code <> 'khong_chuyen_trach'
        order by all
    """
    pd.testing.assert_frame_equal(sample.fetch(question), drawn.fetch(question))


def test_the_lists_are_read_without_an_error(sample: Store) -> None:
    lists, registers = read("lists", sample), read("registers", sample)
    assert len(lists.files) == 11
    assert not lists.unreadable
    assert [(i.file, i.severity, i.column) for i in lists.issues] == [
        ("thuonglo2018.xlsx", "warning", "Trình độ - Chuyên nghành")
    ]
    assert not registers.unreadable
    assert not registers.issues
    assert not registers.people
    assert registers.history
    assert registers.certificates


def test_the_lists_name_the_part_time_staff(sample: Store) -> None:
    posts = [post for person in read("lists", sample).people for post in person.posts if post.startswith("kct_")]
    assert 70 <= len(posts) <= 90


def test_writing_the_files_again_gives_the_same_bytes(tmp_path: Path) -> None:
    once, again = generate(tmp_path / "a"), generate(tmp_path / "b")
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_the_committed_files_are_those_the_generator_writes(tmp_path: Path) -> None:
    """Part by part: another machine may compress the same content differently."""
    written = {path.relative_to(tmp_path): parts(path) for path in generate(tmp_path)}
    committed = {
        path.relative_to(HERE): parts(path)
        for folder in ("lists", "registers", "ledger")
        for path in (HERE / folder).glob("*")
    }
    assert written == committed


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_invented_life_is_possible(invented: list[Person]) -> None:
    assert len({(key(p.full_name), p.birth.on) for p in invented}) == len(invented)
    for person in invented:
        services = sorted(person.services, key=lambda s: s.since.on)
        for service in services:
            assert (service.since.on - person.birth.on).days > 18 * 365
            assert service.since.on < (service.to_on or people.REPORT)
            assert (service.reason is None) == (service.to_on is None)
        for before, after in pairwise(services):
            assert before.since == after.since or (before.to_on is not None and before.to_on <= after.since.on)
        for certificate in person.certificates:
            assert certificate.obtained is None or certificate.obtained.on <= people.REPORT


def test_people_leave_and_people_come(invented: list[Person]) -> None:
    staff = [p for p in invented if any(group_of(s.post) != "khong_chuyen_trach" for s in p.services)]
    gone = [p for p in staff if not p.in_post]
    assert 0.1 <= len(gone) / 227 <= 0.145
    assert {s.reason for p in gone for s in p.services} >= {"nghi_huu", "chuyen_cong_tac", "het_nhiem_ky", "tinh_gian"}


def test_a_small_country_has_the_shape_of_the_large_one() -> None:
    units, frames = people.country(64, seed=7)
    assert len(units) == 64
    assert units.area.nunique() == 2
    in_post = frames.postings[frames.postings.to_on.isna()]
    facts = len(frames.postings) + len(frames.qualifications)
    assert 20.5 < in_post.who.nunique() / 64 < 21.6
    assert 9.5 < facts / in_post.who.nunique() < 11
    again = people.country(64, seed=7)[1]
    for one, other in zip(frames, again, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_the_country_enters_a_store() -> None:
    units, frames = people.country(32)
    store = Store(":memory:", create=True)
    with store.write() as cursor:
        insert(cursor, "unit", units)
    enter(store, frames)
    figures = headline(store, REPORT.as_of)
    in_post = frames.postings[frames.postings.to_on.isna()]
    assert figures["can_bo"][0] + figures["cong_chuc"][0] == in_post.who.nunique()
    assert figures["can_bo"][1] > 0
    assert figures["can_bo"][2] > 0
    store.close()
