"""What is read on a page, and whether it was drawn to its end in words that a person can read."""

import re

from streamlit.testing.v1 import AppTest

from core import store as engine

PAGES = sorted(p.parent.name for p in (engine.ROOT / "dashboard" / "app_pages").glob("*/page.py"))
# What pandas writes where there is nothing.
_NOTHING = re.compile(r"\b(nan|NaT|None|<NA>)\b")


def written(app: AppTest) -> list[str]:
    """All that is read on a page."""
    kinds = (app.markdown, app.title, app.header, app.subheader, app.caption, app.info, app.success, app.error)
    tables = [str(cell) for t in app.table for cell in t.value.to_numpy().ravel()]
    return [str(e.value) for kind in kinds for e in kind] + tables + [str(m.value) for m in app.metric]


def assert_whole(app: AppTest) -> None:
    """A page, or a record, was drawn to its end in words a person can read."""
    assert [e.message for e in app.exception] == []
    assert [e.value for e in app.error] == []
    assert [text for text in written(app) if _NOTHING.search(text)] == []
