"""The crowd that queries are asked about."""

from collections.abc import Iterator
from random import Random

import pytest

from common.crowd import a_crowd
from common.district import Enter
from core.store import Store


@pytest.fixture(scope="module")
def crowd(enter: Enter) -> Iterator[Store]:
    """Seventy people of few names, so that nearly everything a list is sorted by is the same."""
    store = Store(":memory:", create=True)
    enter(store, a_crowd(Random(46)))
    yield store
    store.close()
