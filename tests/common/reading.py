"""What is read on a page, and whether it was drawn to its end in words that a person can read."""

import re

import pandas as pd
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


def is_for_people(value: object, codes: set[str]) -> bool:
    """Whether a shown value is a word, a number, a date or nothing: None, not one of the nothings of pandas."""
    if isinstance(value, str):
        machine = re.search(r"\b\d{4}-\d\d\b|NaT|None|True|False|\bnan\b", value)
        return not (value in codes or (value and set(value.split()) <= codes) or machine)
    return value is None or not (isinstance(value, bool | pd.Timestamp) or pd.isna(value))  # type: ignore[call-overload]
