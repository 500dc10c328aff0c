"""Answers kept: what is asked again in one state of the store is not worked out again, and nothing is ever stale."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from common.district import KHE_TRE
from common.readers import all_of
from core.answers import Answers
from core.store import Filters, Store, StoreError

DAY = Filters(date(2018, 12, 31))


@pytest.fixture
def store(own_district: Path) -> Iterator[Store]:
    with Store(str(own_district)) as opened:
        yield opened


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements the store was given to work out."""
    statements: list[str] = []
    fetch = store.fetch

    def spied(sql: str, parameters: object = None) -> pd.DataFrame:
        statements.append(sql)
        return fetch(sql, parameters)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "fetch", spied)
    return statements


def test_the_same_question_is_worked_out_once_until_something_is_written(store: Store, asked: list[str]) -> None:
    before = all_of(store).query("headline", DAY)
    assert all_of(store).query("headline", DAY).equals(before)
    assert len(asked) == 1
    with store.write() as cursor:
        cursor.execute("delete from qualification where criterion = 'llct'")
    after = all_of(store).query("headline", DAY)
    assert len(asked) == 2
    assert not after.equals(before)


@pytest.mark.parametrize(
    "other",
    [
        Filters(date(2018, 12, 30)),
        Filters(DAY.as_of, communes=(KHE_TRE[:5],)),
        Filters(DAY.as_of, groups=("cong_chuc",)),
        Filters(DAY.as_of, search="ánh"),
    ],
)
def test_another_question_has_its_own_answer(store: Store, asked: list[str], other: Filters) -> None:
    for of in (DAY, other):
        for person_id in (1, 2):
            all_of(store).query("roster", of)
            all_of(store).query("levels_of_person", of, person_id=person_id)
    # What one person has reached is asked of a day, whatever else is chosen.
    assert len(asked) == 2 + (4 if other.as_of != DAY.as_of else 2)


def test_whoever_sees_less_is_never_given_what_another_saw(store: Store) -> None:
    whole = all_of(store).query("roster", DAY)
    here = store.seen_by(("20161",)).query("roster", DAY)
    assert 0 < len(here) < len(whole)
    assert store.seen_by(()).query("roster", DAY).empty


def test_what_somebody_does_to_an_answer_stays_with_him(store: Store) -> None:
    mine = all_of(store).query("roster", DAY)
    kept = mine.copy()
    mine.loc[0, "full_name"] = "Ai đó"
    mine["more"] = 1
    mine.loc[1] = None
    mine.columns = pd.Index([name.upper() for name in mine])
    assert all_of(store).query("roster", DAY).equals(kept)


def test_an_error_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(sql: str, parameters: object = None) -> pd.DataFrame:
        raise StoreError("Hỏng.")

    with monkeypatch.context() as broken:
        broken.setattr(store, "fetch", fails)
        with pytest.raises(StoreError):
            all_of(store).query("headline", DAY)
    assert len(all_of(store).query("headline", DAY))


def test_fifty_who_ask_at_once_wait_for_the_first() -> None:
    answers, asked, go = Answers(), [], threading.Event()

    def ask() -> pd.DataFrame:
        asked.append(1)
        go.wait()
        return pd.DataFrame({"a": [1]})

    with ThreadPoolExecutor(50) as readers:
        said = [readers.submit(answers.get, "a", ask) for _ in range(50)]
        while not asked:
            pass
        go.set()
        assert [int(s.result().a[0]) for s in said] == [1] * 50
    assert len(asked) == 1


def test_what_was_asked_longest_ago_makes_room() -> None:
    frame = pd.DataFrame({"a": range(1000)})
    size = int(frame.memory_usage(deep=True).sum())
    answers, asked = Answers(most_bytes=3 * size), []

    def get(key: str) -> None:
        answers.get(key, lambda: asked.append(key) or frame)  # type: ignore[func-returns-value]

    for key in ("a", "b", "c", "a", "d", "a", "c", "b"):
        get(key)
    assert asked == ["a", "b", "c", "d", "b"]


def test_readers_beside_writers_see_what_was_there_when_they_asked_or_later(store: Store) -> None:
    """Each writes a higher number than the last; no reader ever sees one lower than was there before it asked."""
    written, stop = [0], threading.Event()

    def write() -> None:
        for n in range(1, 40):
            with store.write() as cursor:
                cursor.execute("update batch set title = $n", {"n": str(n)})
            written.append(n)
        stop.set()

    def read(seed: int) -> list[str]:
        rng, wrong = Random(seed), []
        while not stop.is_set():
            at_least = written[-1]
            seen = int(all_of(store).query("batches", Filters(rng.choice([DAY.as_of, date(2020, 1, 1)]))).title.max())
            if seen < at_least:
                wrong.append(f"{seen} < {at_least}")
        return wrong

    with store.write() as cursor:
        cursor.execute("update batch set title = '0'")
    with ThreadPoolExecutor(4) as readers:
        said = [readers.submit(read, seed) for seed in range(3)]
        write()
        assert [s.result() for s in said] == [[], [], []]
