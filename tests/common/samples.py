"""The samples as the command line makes them: `sample` until 31/12/2018, `long` until 30/06/2025, the last day of the
standards of communes, `longest` until its end, when the communes have been others for more than a year.

Each is made once a run, by the first worker that asks for it; every worker opens a copy of its own.
"""

import contextlib
import fcntl
import io
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core.store import Store, close_stores
from manage import main
from opening.new_store import SAMPLE_END, fill


class Said(NamedTuple):
    """What the command line says of a new store: on stderr when it makes it, then what the doctor says."""

    odd: str
    health: str


def _made(factory: pytest.TempPathFactory, name: str, *arguments: str) -> tuple[Said, Path]:
    """Make a store as the command line does and have the doctor see it; a copy of it that is this worker's own."""
    own = factory.mktemp(name)
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"chung-{name}"
    shared.mkdir(exist_ok=True)
    with (shared / "khóa").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path, told = shared / "kho.duckdb", shared / "lời.json"
        if not told.exists():
            errors, health = io.StringIO(), io.StringIO()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("DASHBOARD_STORE", str(path))
                with contextlib.redirect_stderr(errors):
                    assert main(["init", "--sample", *arguments]) == 0
                with contextlib.redirect_stdout(health):
                    assert main(["doctor"]) == 0
            told.write_text(json.dumps([errors.getvalue(), health.getvalue()]), encoding="utf-8")
    for copy in ("kho.duckdb", "trang.duckdb"):
        shutil.copy(path, own / copy)
    return Said(*json.loads(told.read_text(encoding="utf-8"))), own / "kho.duckdb"


def _opened(made: tuple[Said, Path]) -> Iterator[tuple[Said, Store]]:
    said, path = made
    store = Store(str(path))
    yield said, store
    store.close()


@pytest.fixture(scope="session")
def said_and_long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Said, Store]]:
    """The longer sample, and what was said of it."""
    yield from _opened(_made(tmp_path_factory, "dài", "--until", "2025-06-30"))


@pytest.fixture(scope="session")
def long(said_and_long: tuple[Said, Store]) -> Store:
    """The longer sample."""
    return said_and_long[1]


@pytest.fixture(scope="session")
def said_and_longest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Said, Store]]:
    """The sample until its last day, and what was said of it."""
    yield from _opened(_made(tmp_path_factory, "hết", "--until", SAMPLE_END.isoformat()))


@pytest.fixture(scope="session")
def longest(said_and_longest: tuple[Said, Store]) -> Store:
    """The sample until its last day."""
    return said_and_longest[1]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample that everybody begins with, for tests that only read."""
    yield from (store for _, store in _opened(_made(tmp_path_factory, "ngắn")))


@pytest.fixture(scope="session")
def sample_file(sample: Store) -> Path:
    """That sample in a closed file, to be copied."""
    return for_pages(sample)


@pytest.fixture
def own(sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of that sample that the test may change."""
    store = Store(str(shutil.copy(sample_file, tmp_path / "so.duckdb")))
    yield store
    store.close()


@pytest.fixture
def sample_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store that says it is the sample, in use."""
    path = tmp_path / "can-bo.duckdb"
    made = Store(str(path), create=True)
    fill(made, sample=False)
    with made.write() as cursor:
        cursor.execute("insert into meta values ('sample', '1')")
    made.close()
    monkeypatch.setenv("DASHBOARD_STORE", str(path))
    yield path
    close_stores()


def for_pages(sample: Store) -> Path:
    """A copy of a sample in a closed file: the pages open a file of their own."""
    return Path(sample.target).with_name("trang.duckdb")
