"""An office that the pages of intake begin with."""

from pathlib import Path

import pytest

from core.store import Store
from opening.new_store import fill


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with nobody in post yet."""
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    return path
