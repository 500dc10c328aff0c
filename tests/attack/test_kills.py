"""The program is killed at random moments while it writes: the store is as before or as after, never in between.

`KILLS` says how often each operation is struck (`make fuzz`); a normal run does it a few times.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import pytest

from access import accounts, backups
from common.readers import all_of
from core import judging
from core import store as engine
from core.safekeeping import backup, problems
from core.store import Store
from core.store_file import FINISHED, logs_of
from opening import new_store

KILLS = int(os.environ.get("KILLS", "3"))
LIST = engine.ROOT / "sample_data" / "lists" / "khe-tre.xlsx"
FACTS = (
    "person",
    "posting",
    "qualification",
    "person_claim",
    "posting_claim",
    "qualification_claim",
    "standard",
    *judging.JUDGED,
)
# SIGTERM and SIGHUP are ends like any other: the file alone must be whole then.
SIGNALS = ("SIGKILL", "SIGTERM", "SIGHUP")


class Killer:
    """Runs operations in processes that can be struck down (`killed.py`)."""

    def __init__(self) -> None:
        root = engine.ROOT
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("killed.py"))],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "dashboard"), str(root / "sample_data")])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, store: Path, do: str, *words: str, signal: str = "", delay: float = 0.0) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"store": str(store), "do": do, "words": words, "signal": signal, "delay": delay}
        print(json.dumps(job), file=self._process.stdin, flush=True)
        return dict(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    killer = Killer()
    yield killer
    killer.close()


@pytest.fixture
def place(district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the district as the store in use; stores for the operations are made from it."""
    monkeypatch.delenv("DASHBOARD_STORE", raising=False)
    folder = tmp_path / "mau"
    folder.mkdir()
    shutil.copy(district_file, folder / "kho.duckdb")
    return folder


def state(path: Path) -> tuple[object, ...]:
    """What a store says, whatever the program that opens it would make of it: facts, verdicts, batches, who it is."""
    db = duckdb.connect()
    db.execute(f"attach '{path}' as store")
    db.execute("use store")
    found: list[object] = [db.execute("select batch_id, kind, undone_at is null from batch order by all").fetchall()]
    found.append(db.execute("select value from meta where name = 'sample'").fetchall())
    found += [db.execute(f"select count(*), sum(hash(t)) from {table} as t").fetchall() for table in FACTS]  # noqa: S608
    db.close()
    return tuple(map(str, found))


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {p.name for p in folder.iterdir()} if folder.exists() else set()


def outlives(folder: Path) -> bool:
    """Whether a program that was started for a store in the folder still runs."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if f"DASHBOARD_STORE={folder}/".encode() in environment.read_bytes():
                return True
    return False


def alone(path: Path) -> tuple[object, ...]:
    """What the file says without its log."""
    copy = Path(shutil.copy(path, path.with_name("rieng.duckdb")))
    try:
        return state(copy)
    finally:
        copy.unlink()


def assert_sound(path: Path) -> None:
    with Store(str(path)) as store:
        assert problems(store) == []
    assert not any(log.exists() for log in logs_of(path))


def strikes(killer: Killer, place: Path, tmp_path: Path, do: str, *words: str) -> Iterator[tuple[Path, str, bool]]:
    """Strike the operation at moments spread over its length, each time in a fresh copy of `place`.

    Yields the folder, the signal and whether it struck in time.
    """
    whole = Path(shutil.copytree(place, tmp_path / "ca"))
    done = killer.run(whole / "kho.duckdb", do, *(w.replace("@", str(whole)) for w in words))
    assert done["code"] == 0
    seed = random.SystemRandom().randrange(10**6)
    chance = random.Random(seed)
    for n in range(KILLS):
        folder = Path(shutil.copytree(place, tmp_path / f"lan-{n}"))
        signal = SIGNALS[n % len(SIGNALS)]
        delay = chance.uniform(0, done["seconds"])
        print(f"{do} {words} seed {seed} turn {n} {signal} after {delay:.3f} s")
        struck = killer.run(
            folder / "kho.duckdb", do, *(w.replace("@", str(folder)) for w in words), signal=signal, delay=delay
        )
        yield folder, signal, bool(struck["struck"])
        shutil.rmtree(folder)


def changed_law(tmp_path: Path) -> str:
    """A copy of queries/ in which one level of the law is another."""
    copy = Path(shutil.copytree(engine.QUERIES, tmp_path / "queries"))
    law = copy / "reference" / "standard.csv"
    text = law.read_text(encoding="utf-8")
    law.write_text(text.replace("llct,,2004-02-27,trung_cap", "llct,,2004-02-27,so_cap"), encoding="utf-8")
    assert law.read_text(encoding="utf-8") != text
    return str(copy)


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("command", ("import", str(LIST), "--as-of", "2018-12-31")),
        ("command", ("undo", "1")),
        ("change", ()),
        ("law", ("changed",)),
    ],
    ids=["import", "undo", "change", "law"],
)
def test_a_write_is_kept_whole_or_not_at_all(
    do: str, words: tuple[str, ...], killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if do == "law":
        words = (changed_law(tmp_path),)
    before = state(place / "kho.duckdb")
    after = None
    for folder, signal, struck in strikes(killer, place, tmp_path, do, *words):
        after = after or state(tmp_path / "ca" / "kho.duckdb")
        path = folder / "kho.duckdb"
        if signal != "SIGKILL" and (do == "command" or not struck):
            assert alone(path) in (before, after)
            assert not any(log.exists() for log in logs_of(path))
        found = state(path)
        assert found in (before, after)
        if not struck:
            assert found == after
        if do == "law":
            with monkeypatch.context() as patch:
                patch.setattr(engine, "QUERIES", Path(words[0]))
                assert_sound(path)
            assert state(path) == after
        else:
            assert_sound(path)
            assert state(path) == found
    assert before != after


def test_a_new_store_is_whole_or_not_there(killer: Killer, tmp_path: Path) -> None:
    place = tmp_path / "mau"
    place.mkdir()
    for folder, _, struck in strikes(killer, place, tmp_path, "command", "init", "--empty"):
        path = folder / "kho.duckdb"
        if not struck:
            assert path.exists()
        if not path.exists():
            assert killer.run(path, "command", "init", "--empty")["code"] == 0
        assert state(path) == state(tmp_path / "ca" / "kho.duckdb")
        assert_sound(path)
        assert [p.name for p in folder.iterdir()] == [path.name]


def test_a_change_of_stores_leaves_one_in_use_and_loses_none(
    killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(str(place / "kho.duckdb")) as store, store.write() as cursor:
        cursor.execute("insert into meta values ('sample', '1')")
    before = state(place / "kho.duckdb")
    after = None
    for folder, _, struck in strikes(killer, place, tmp_path, "begin"):
        after = after or state(tmp_path / "ca" / "kho.duckdb")
        path, kept = folder / "kho.duckdb", folder / "kho.minh-hoa.duckdb"
        assert_sound(path)  # opening puts a finished store in an empty place
        assert state(path) in ((before, after) if struck else (after,))
        assert state(path) == before or state(kept) == before
        assert not Path(f"{path}{FINISHED}").exists()
    assert before != after


def test_a_backup_is_whole_or_not_there_and_touches_nothing(killer: Killer, place: Path, tmp_path: Path) -> None:
    before = state(place / "kho.duckdb")
    for folder, _, struck in strikes(killer, place, tmp_path, "command", "backup", "@/sao.duckdb"):
        copy = folder / "sao.duckdb"
        if not struck:
            assert copy.exists()
        if copy.exists():
            assert state(copy) == before
        assert state(folder / "kho.duckdb") == before
        assert_sound(folder / "kho.duckdb")
        if not copy.exists():
            assert killer.run(folder / "kho.duckdb", "command", "backup", str(copy))["code"] == 0
            assert sorted(p.name for p in folder.iterdir()) == ["kho.duckdb", "sao.duckdb"]


def test_a_backup_into_the_folder_is_whole_or_not_there_and_the_next_one_clears_up(
    killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the server has made by itself, and what `backup` without a file makes."""
    monkeypatch.delenv("DASHBOARD_BACKUP", raising=False)
    monkeypatch.setenv("DASHBOARD_ACCESS", "")
    monkeypatch.setenv("DASHBOARD_STORE", str(place / "kho.duckdb"))
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", "trời mưa ở Khe Tre")
    before = state(place / "kho.duckdb")
    for folder, _, struck in strikes(killer, place, tmp_path, "backups"):
        monkeypatch.setenv("DASHBOARD_STORE", str(folder / "kho.duckdb"))
        found = backups.all_backups()
        assert len(found) <= 1
        assert found or struck
        assert [name for name in names(folder / "sao-luu") if re.fullmatch(r"kho-[\d-]+", name)] == [
            b.folder.name for b in found
        ]
        for one in found:
            assert one.intact()
            assert one.accounts
            assert state(one.store) == before
        assert state(folder / "kho.duckdb") == before
        assert killer.run(folder / "kho.duckdb", "backups")["code"] == 0
        again = backups.all_backups()
        assert len(again) == len(found) + 1
        assert again[0].intact()
        assert state(again[0].store) == before
        assert names(folder / "sao-luu") == {b.folder.name for b in again}
        assert {n for n in names(folder) if ".dang-" in n} == set()
        assert_sound(folder / "kho.duckdb")


def test_a_server_that_is_killed_leaves_its_backup_whole_or_not_there(
    killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that makes it outlives the server, and what it makes is as good."""
    monkeypatch.delenv("DASHBOARD_BACKUP", raising=False)
    before = state(place / "kho.duckdb")
    for folder, _, struck in strikes(killer, place, tmp_path, "keep"):
        monkeypatch.setenv("DASHBOARD_STORE", str(folder / "kho.duckdb"))
        end = time.monotonic() + 60
        while outlives(folder):
            assert time.monotonic() < end
            time.sleep(0.1)
        found = backups.all_backups()
        assert found or struck
        assert names(folder / "sao-luu") == {b.folder.name for b in found}
        for one in found:
            assert one.intact()
            assert state(one.store) == before
        assert state(folder / "kho.duckdb") == before
        assert_sound(folder / "kho.duckdb")


def test_what_is_taken_away_is_gone_or_whole(
    killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DASHBOARD_BACKUP", raising=False)
    monkeypatch.setenv("DASHBOARD_STORE", str(place / "kho.duckdb"))
    one = backups.make().folder
    for day in range(1, 29):
        shutil.copytree(one, one.with_name(f"kho-2020-02-{day:02}-080000"))
    for folder, _, _struck in strikes(killer, place, tmp_path, "prune"):
        monkeypatch.setenv("DASHBOARD_STORE", str(folder / "kho.duckdb"))
        found = backups.all_backups()
        assert all(b.intact() for b in found)
        assert backups.to_keep([b.at for b in found]) <= {b.at for b in found}
        assert found[0].folder.name == one.name
        assert killer.run(folder / "kho.duckdb", "prune")["code"] == 0
        assert {b.at for b in backups.all_backups()} == backups.to_keep([b.at for b in found])
        assert names(folder / "sao-luu") == {b.folder.name for b in backups.all_backups()}


def test_a_restore_brings_all_back_or_nothing_and_keeps_what_was(
    killer: Killer, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place / "kho.duckdb"
    monkeypatch.setenv("DASHBOARD_STORE", str(path))
    after = state(path)
    backup(place / "sao.duckdb")
    with Store(str(path)) as store:
        new_store.take_in(all_of(store), [LIST], new_store.SAMPLE_DAY).record("Danh sách", "người thử")
    before = state(path)
    for folder, _, struck in strikes(killer, place, tmp_path, "command", "restore", "@/sao.duckdb"):
        path = folder / "kho.duckdb"
        assert_sound(path)
        found = state(path)
        assert found in ((before, after) if struck else (after,))
        if found == after:
            [kept] = folder.glob("kho.truoc-khoi-phuc-*.duckdb")
            assert state(kept) == before
        assert state(folder / "sao.duckdb") == after
    assert before != after
