"""What is folded, or in a tab that is closed, is made when it is opened, and not before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.district import unfold
from core import store as engine

# What is asked only for a folded part of the page.
ASKED = {
    "overview": {"documents"},
    "standards": {"documents", "rule_history"},
    "downsizing": {"decrees", "downsizing_shortfall", "evaluation"},
}


@pytest.mark.parametrize("page", ASKED)
def test_a_folded_part_asks_the_store_nothing(
    open_app: Callable[..., AppTest], own_district: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    asked: set[str] = set()
    query = engine.Reader.query

    def spied(self: engine.Reader, name: str, *args: object, **kwargs: object) -> object:
        asked.add(name)
        return query(self, name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.Reader, "query", spied)
    app = open_app(own_district, page, unfolded=False)
    folded = set(asked)
    unfold(app, 2)
    app.run()
    assert asked - folded >= ASKED[page]
    assert not app.exception
