"""The samples as the command line makes them: `short` until 31/12/2018, `long` until 30/06/2025; each made once."""

import contextlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from core.store import Store
from manage import main
from opening.new_store import SAMPLE_END


class Said(NamedTuple):
    """What the command line says of a new store: on stderr when it makes it, then what the doctor says."""

    odd: str
    health: str


def _made(path: Path, *arguments: str) -> tuple[Said, Store]:
    """Make a store as the command line does and have the doctor see it; a copy for the pages lies beside it."""
    errors, health = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(path))
        with contextlib.redirect_stderr(errors):
            assert main(["init", "--sample", *arguments]) == 0
        with contextlib.redirect_stdout(health):
            assert main(["doctor"]) == 0
    shutil.copy(path, path.with_name("trang.duckdb"))
    return Said(errors.getvalue(), health.getvalue()), Store(str(path))


@pytest.fixture(scope="session")
def said_and_long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Said, Store]]:
    """The longer sample, and what was said of it."""
    said, store = _made(tmp_path_factory.mktemp("dài") / "kho.duckdb", "--until", SAMPLE_END.isoformat())
    yield said, store
    store.close()


@pytest.fixture(scope="session")
def long(said_and_long: tuple[Said, Store]) -> Store:
    """The longer sample."""
    return said_and_long[1]


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample until the last day that needs no generator."""
    _, store = _made(tmp_path_factory.mktemp("ngắn") / "kho.duckdb", "--until", "31/12/2018")
    yield store
    store.close()


def for_pages(sample: Store) -> Path:
    """A copy of a sample in a closed file: the pages open a file of their own, and a test may write to it."""
    return Path(sample.target).with_name("trang.duckdb")
