"""The whole country and the pages, timed: the store beside a pandas script that answers the same, in one run.

make bench                       the country: 11.162 communes
python tests/benchmarks/run.py --communes 152
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
for folder in ("dashboard", "sample_data", "tests"):
    sys.path.insert(0, str(ROOT / folder))

import people  # noqa: E402
from benchmarks import by_pandas, excel, intake, pages, sessions  # noqa: E402
from common.readers import all_of  # noqa: E402
from core.store import Filters, Reader, Store, insert  # noqa: E402
from intake.commit import Facts, record  # noqa: E402
from opening import new_store  # noqa: E402

DAY = date(2018, 12, 31)


def timed(work: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """Median seconds and the last result."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent), result


def row(what: str, seconds: float, pandas_seconds: float | None = None, aim: str = "") -> None:
    """One line of the table; the ratio is how many times faster than the pandas script of the same run."""
    ratio = "" if pandas_seconds is None else f"{pandas_seconds / seconds:8.1f}x"
    print(f"{what:<46} {seconds * 1000:>10,.1f} ms {ratio:>9}   {aim}", flush=True)


def build(folder: Path, communes: int) -> Store:
    """The invented country in a store of its own."""
    start = time.perf_counter()
    units, frames = people.country(communes)
    print(
        f"{len(units):,} communes, {len(frames.people):,} people ever in post, "
        f"{len(frames.postings) + len(frames.qualifications):,} facts, generated in {time.perf_counter() - start:.0f} s"
    )
    store = Store(str(folder / "country.duckdb"), create=True)
    with store.write() as cursor:
        cursor.execute("delete from unit where district_code = '483'")
        insert(cursor, "unit", units.assign(origin="co_quan"))
    start = time.perf_counter()
    facts = Facts(frames.people, frames.postings, frames.qualifications)
    record(store, facts, kind="list", title="Cả nước", as_of=DAY, made_by="bench", strangers=True)
    print(f"recorded in one transaction in {time.perf_counter() - start:.0f} s\n")
    return store


def write(store: Store, change: str) -> None:
    """One transaction and the verdicts that follow."""
    with store.write() as cursor:
        cursor.execute(change)


def ask(reader: Reader, name: str, filters: Filters, **extra: Any) -> pd.DataFrame:
    """A query worked out, whatever answers are kept."""
    reader.store.forget_answers()
    return reader.query(name, filters, **extra)


def country(store: Store) -> None:
    """Rebuild, any date, headline and one district, each beside pandas, with equal numbers."""
    tables = read_tables(store)
    whole, day = Filters(DAY), DAY
    pandas_all, judged = timed(lambda: by_pandas.verdicts(tables, day), 3)
    pandas_headline, headline = timed(lambda: by_pandas.per_person(judged, ["group_code"]), 1)
    pandas_communes, communes = timed(lambda: by_pandas.per_person(judged, ["unit_id"]), 1)
    row("pandas: every verdict of one date", pandas_all)

    for what, change in (
        ("store: everybody judged anew, all dates", "delete from meta where name = 'judged_for_all'"),
        ("store: one person's birth put right", "update person set birth_on = birth_on + 1 where person_id = 4711"),
        ("store: a write that concerns nobody", "update batch set title = title"),
    ):
        spent, _ = timed(lambda change=change: write(store, change), 3)  # type: ignore[misc]
        print(f"{what:<46} {spent * 1000:>10,.1f} ms   = {spent / pandas_all:.2f} pandas")
    with store.write() as cursor:
        cursor.execute("update person set birth_on = birth_on - 3 where person_id = 4711")
    spent, found = timed(lambda: ask(all_of(store), "headline", whole))
    row("headline of one date", spent, pandas_all + pandas_headline, "aim: 10x")
    equal(found.rename(columns={"group": "group_code"}), headline, "group_code")
    spent, found = timed(lambda: ask(all_of(store), "communes", whole))
    row("one date by commune", spent, pandas_all + pandas_communes, "aim: 10x")
    equal(found.rename(columns={"unit_code": "unit_id"}).assign(unit_id=found.unit_code + "@thu"), communes, "unit_id")

    district = tables.unit.drop_duplicates("district_code").iloc[10]
    scope = (f"{district.province_code}/{district.district_code}",)
    here = store.seen_by(scope)

    def by_hand() -> pd.DataFrame:
        units = set(tables.unit.unit_id[tables.unit.district_code == district.district_code])
        below = by_pandas.verdicts(tables, day)
        return below[(below.verdict == "below") & below.unit_id.isin(units)]

    pandas_people, expected = timed(by_hand, 1)
    spent, found = timed(lambda: ask(here, "substandard_people", whole), 15)
    row("people below standard of one district", spent, pandas_people, "aim: 10x")
    if sorted(zip(found.person_id, found.criterion, strict=True)) != sorted(
        zip(expected.person_id, expected.criterion, strict=True)
    ):
        raise SystemExit("The list of people differs from pandas.")
    for name in ("headline", "communes", "matrix", "attention", "total", "verdicts", "roster", "decision_effect"):
        spent, _ = timed(lambda name=name: ask(here, name, whole), 15)  # type: ignore[misc]
        row(f"one district in the country store: {name}", spent, aim="aim: 20 ms")


def over_time(store: Store) -> None:
    """Every day of eleven years and the change between two year-ends, beside pandas recomputing 44 quarter-ends."""
    tables = read_tables(store)
    start, quarters = time.perf_counter(), pd.date_range("2008-03-31", periods=44, freq="QE")
    counted, below = [], {}
    for quarter in quarters:
        judged = by_pandas.verdicts(tables, quarter.date())
        counted.append(by_pandas.per_person(judged, ["group_code"]).assign(as_of=quarter))
        below[quarter] = set(judged.person_id[judged.verdict == "below"])
    by_hand = time.perf_counter() - start
    print()
    row("pandas: 44 quarter-ends recomputed", by_hand)

    every_day = {"from_on": quarters[0].date(), "step": "day", "units": "then"}
    spent, days = timed(lambda: ask(all_of(store), "trend", Filters(DAY), **every_day), 3)
    row(f"trend of {days.as_of.nunique():,} days, exact to the day", spent, by_hand, "aim: 20x")
    found = days[days.as_of.isin(quarters)].assign(at=lambda f: f.as_of.astype(str) + f.group)
    expected = pd.concat(counted)
    # A group nobody is judged in has no row in the store.
    expected = expected[expected.group_code.isin(found.group)]
    equal(found, expected.assign(at=expected.as_of.astype(str) + expected.group_code), "at")

    first, last = pd.Timestamp("2015-12-31"), pd.Timestamp(DAY)
    since = {"from_on": first.date(), "units": "then"}
    spent, bridge = timed(lambda: ask(all_of(store), "change_between", Filters(DAY), **since), 3)
    row("change between two year-ends by cause", spent, by_hand, "aim: 20x")
    spent, people = timed(lambda: ask(all_of(store), "changed_people", Filters(DAY), **since), 3)
    row(f"  and the names of the {len(people):,} people", spent, by_hand)
    ends = bridge.set_index("cause").people
    gone, come = below[first] - below[last], below[last] - below[first]
    if (
        (ends["start"], ends["end"]) != (len(below[first]), len(below[last]))
        or (set(people.person_id[people.change < 0]), set(people.person_id[people.change > 0])) != (gone, come)
        or bridge.change.sum() != len(come) - len(gone)
    ):
        raise SystemExit("The change between two days differs from pandas.")


def equal(found: pd.DataFrame, expected: pd.DataFrame, on: str) -> None:
    """Stop unless the store and pandas count the same people."""
    counts = ["total", "below", "unknown", "transitional"]
    both = found[[on, *counts]].sort_values(on).reset_index(drop=True)
    other = expected[[on, *counts]].sort_values(on).reset_index(drop=True)
    if not both.astype(dict.fromkeys(counts, int)).equals(other.astype(dict.fromkeys(counts, int))):
        raise SystemExit(f"The store and pandas differ:\n{both.merge(other, on=on, how='outer').head(20)}")


def read_tables(store: Store) -> by_pandas.Tables:
    """The tables as frames, with the rules in force."""
    return by_pandas.Tables(
        unit=store.fetch("select * from unit where origin = 'co_quan'"),
        person=store.fetch("select * from person"),
        posting=store.fetch("select * exclude (batch_id, evidence) from posting"),
        qualification=store.fetch("select * from qualification"),
        level=store.fetch("select * from level"),
        rule=store.fetch("select * from rule"),
        post=store.fetch("select * from post"),
        field_word=store.fetch("select distinct field_group, text_key(word) as word from field_word"),
        post_field=store.fetch("select post, field_group, fits from post_field"),
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--communes", type=int, default=11_162)
    chosen = options.parse_args()
    # First: a child counts the memory of the process it was forked from as its own.
    intake.report()
    with tempfile.TemporaryDirectory() as name:
        store = build(Path(name), chosen.communes)
        country(store)
        over_time(store)
        store.close()
        os.environ["DASHBOARD_STORE"] = str(Path(name) / "sample.duckdb")
        new_store.create(os.environ["DASHBOARD_STORE"], sample=True)
        print()
        pages.report([])
        print()
        excel.report(15_000)
        for line in sessions.report(Path(os.environ["DASHBOARD_STORE"]), [1, 10, 50], 60, importing=True):
            print(line, flush=True)


if __name__ == "__main__":
    main()
