"""Who is judged anew after a write: all whom it concerns, nobody else, and the verdicts as if everybody had been."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from common.district import DISTRICT, HUONG_PHU, KHE_TRE, Enter
from common.readers import all_of
from core import judging, office
from core.store import Cursor, Store
from intake.commit import undo
from law.case import person

STEPS = int(os.environ.get("JUDGING_STEPS", "40"))


@pytest.fixture
def store(own_district: Path) -> Iterator[Store]:
    with Store(str(own_district)) as opened:
        yield opened


@pytest.fixture
def judged(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of those whom the writes of a test have had judged anew."""
    names: list[str] = []
    by_parts = judging._by_parts

    def spied(cursor: Cursor) -> Iterator[None]:
        for _ in by_parts(cursor):
            names.extend(
                n for (n,) in cursor.execute("select full_name from person join concerned using (person_id)").fetchall()
            )
            yield

    monkeypatch.setattr(judging, "_by_parts", spied)
    return names


def of_posts(*posts: str, units: tuple[str, ...] = ()) -> set[str]:
    """Who of the district ever held one of the posts, in one of the units."""
    return {
        name
        for name, who in DISTRICT.items()
        if any(t.post in posts and (not units or t.unit in units) for t in who.terms)
    }


ANY_POST = tuple({term.post for who in DISTRICT.values() for term in who.terms})
CONCERNS = {
    "insert into draft values ('a', date '2023-08-01', 'none', false, now()::timestamp, 'b')": set[str](),
    "insert into layout_column by name select 'a' as layout, 'b' as heading, 'c' as field": set(),
    "update batch set title = 'Tên khác'": set(),
    "insert into word by name select 'column' as domain, 'post' as code, 'việc' as word": set(),
    "update post set label = label": set(),
    "update person set birth_on = birth_on where full_name = 'Hồ Thị Anh'": set(),
    "update person set birth_on = birth_on + 1 where full_name = 'Hồ Thị Anh'": {"Hồ Thị Anh"},
    "delete from qualification where field = 'Thiên văn học'": {"Phạm Thị Mơ"},
    "insert into field_word values ('y_te', 'THIÊN VĂN HỌC', 'co_quan')": {"Phạm Thị Mơ"},
    "insert into field_word values ('y_te', 'ngành của không ai', 'co_quan')": set(),
    """
    insert into post_field by name
    select 'tc_kt' as post, 'y_te' as field_group, true as fits, 'co_quan' as origin
    """: of_posts("tc_kt"),
    "update standard set required = 'tien_si' where standard = 'QD04-BT-llct'": of_posts(
        "bi_thu", "pho_bi_thu", "thuong_truc_du"
    ),
    "update unit_lineage set on_date = on_date + 1 where from_unit = '20161@2018'": of_posts(
        *ANY_POST, units=(KHE_TRE,)
    ),
    "update retirement_age set age_months = age_months + 1": set(DISTRICT),
    "update level set rank = rank + 1 where level = 'tien_si'": set(DISTRICT),
}


@pytest.mark.parametrize(("write", "who"), CONCERNS.items())
def test_a_write_has_those_judged_anew_whom_it_concerns(
    store: Store, judged: list[str], write: str, who: set[str]
) -> None:
    with store.write() as cursor:
        cursor.execute(write)
    assert set(judged) == who
    assert len(judged) == len(who)
    assert store.misjudged() == {}


def test_a_decision_concerns_the_posts_and_communes_it_is_for(store: Store, judged: list[str]) -> None:
    decision = office.Decision(
        "25/2014/QĐ-UBND",
        None,
        "TT06",
        "chuyen_mon",
        "so_cap",
        date(2014, 7, 1),
        posts=("tc_kt", "vh_xh"),
        units=(KHE_TRE[:5],),
    )
    office.add_decision(store, decision, province_code="46")
    assert set(judged) == of_posts("tc_kt", "vh_xh", units=(KHE_TRE,))
    judged.clear()
    # A second one, before the first in order, leaves those of the first alone.
    earlier = office.Decision(
        "01/2014/QĐ-UBND", None, "TT06", "hoc_van", "thcs", date(2014, 7, 1), posts=("vp_tk",), units=(HUONG_PHU[:5],)
    )
    office.add_decision(store, earlier, province_code="46")
    assert set(judged) == of_posts("vp_tk", units=(HUONG_PHU,))
    assert store.misjudged() == {}


def test_a_new_list_and_its_undo_concern_those_in_it(store: Store, judged: list[str], enter: Enter) -> None:
    enter(store, {"Hồ Văn Mới": person("vp_tk", unit=KHE_TRE, first_held="2015-01-01")})
    assert judged == ["Hồ Văn Mới"]
    batch = int(store.fetch("select max(batch_id) as n from batch").n[0])
    undo(all_of(store), batch, "test")
    # Of whom nothing counts any more there is nobody to name.
    assert judged == ["Hồ Văn Mới"]
    assert store.misjudged() == {}
    assert store.fetch("select * from person_hash anti join person using (person_id)").empty


def test_whoever_changed_the_file_by_hand_is_seen_by_the_next_write(store: Store, judged: list[str]) -> None:
    store._db.execute("update store.main.person set birth_on = birth_on + 400 where full_name = 'Hồ Thị Anh'")
    with store.write():
        pass
    assert judged == ["Hồ Thị Anh"]


CHANGES = (
    "update person set birth_on = birth_on - {n} * 50, gender = 'nu' where person_id % 7 = {n} % 7",
    "update person set birth_precision = 'nam' where person_id % 5 = {n} % 5",
    "update posting set from_on = from_on + {n} where posting_id % 6 = {n} % 6",
    "update posting set to_on = date '2019-01-01' + {n} where posting_id % 6 = {n} % 6 and to_on is null",
    "update posting set first_held_on = null, first_held_precision = null where posting_id % 9 = {n} % 9",
    "delete from posting where posting_id % 12 = {n} % 12",
    "update qualification set level = 'dai_hoc' where criterion = 'chuyen_mon' and qualification_id % 8 = {n} % 8",
    "update qualification set status = 'dang_hoc' where qualification_id % 11 = {n} % 11",
    "update qualification set field = 'Thiên văn học' where field is not null and qualification_id % 5 = {n} % 5",
    "delete from qualification where qualification_id % 13 = {n} % 13",
    "insert into field_word values ('y_te', 'thiên văn học ' || {n}, 'co_quan'), ('luat', 'thiên văn học', 'co_quan')",
    "delete from field_word where origin = 'co_quan'",
    "update post_field set fits = not fits where hash(post, field_group) % 9 = {n} % 9",
    "update standard set effective_from = effective_from + {n} where hash(standard) % 10 = {n} % 10",
    "update standard set required = 'dai_hoc' where criteria = 'chuyen_mon' and hash(standard) % 4 = {n} % 4",
    "update standard set grace_until = grace_until + {n} where grace_until is not null",
    "update unit set area = if(area = 'mien_nui', 'dong_bang', 'mien_nui') where hash(unit_id) % 5 = {n} % 5",
    "update unit_lineage set on_date = on_date - {n} where hash(from_unit) % 3 = {n} % 3",
    "insert into unit_lineage by name select '20164@2018' as from_unit, '20176@2018' as to_unit, "
    "date '2021-01-01' + {n} as on_date, 'nhap' as event where not exists "
    "(select 1 from unit_lineage where from_unit = '20164@2018')",
    "insert into provincial_decision by name select 'qd' || {n} as decision, 'QĐ {n}' as number, 'TT06' as document, "
    "'chuyen_mon' as criterion, 'so_cap' as level, '46' as province_code, "
    "date '2013-01-01' + {n} * 30 as effective_from, if({n} % 2 = 0, '20161', null) as units, 'co_quan' as origin",
    "delete from provincial_decision where hash(decision) % 3 = {n} % 3",
    "insert into birth_choice by name select 'x' as reading, date '2015-01-01' + {n} as from_on, "
    "now()::timestamp as chosen_at, 'ai' as chosen_by where {n} % 2 = 0",
    "update retirement_age set age_months = age_months + 1 where {n} % 7 = 0",
    "update batch set title = title || {n}",
)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_writes_the_verdicts_are_those_of_judging_everybody(store: Store, seed: int, enter: Enter) -> None:
    """Facts, undone lists, law, decisions, mergers and fields in any order; each table row for row."""
    rng = Random(seed)
    for step in range(STEPS):
        done = rng.sample(CHANGES, rng.choice([1, 1, 2, 3]))
        with store.write() as cursor:
            for change in done:
                cursor.execute(change.format(n=rng.randrange(1, 40)))
        if step % 5 == 0:
            enter(store, {f"Hồ Văn {step}": person("tc_kt", unit=KHE_TRE, first_held="2015-01-01")})
        if step % 7 == 0:
            live = store.fetch("select batch_id from batch where undone_at is null order by all").batch_id
            if len(live):
                undo(all_of(store), int(rng.choice(list(live))), "test")
        assert store.misjudged() == {}, (step, done)


def test_many_are_judged_in_parts(district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory a country takes is that of one part."""
    monkeypatch.setattr(judging, "_AT_ONCE", 5)
    with Store(str(shutil.copy(district_file, tmp_path / "huyện.duckdb"))) as store:
        before = store.fetch("select * from assessment_spell order by all")
        with store.write() as cursor:
            cursor.execute("delete from meta where name = 'judged_for_all'")
        assert store.fetch("select * from assessment_spell order by all").equals(before)
        assert store.misjudged() == {}
