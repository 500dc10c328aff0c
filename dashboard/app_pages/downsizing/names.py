"""The names behind every number of the page, and the way there from a button, a chart or a row."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from core.columns import HEADINGS
from core.store import Filters, Reader
from core.words import Words
from documents.listing import Listing, listing
from downsizing.cases import PAID
from screen import charts, parts
from screen.markdown import escaped

# What a number of the page counts: the code of a view and its name.
VIEWS = {
    "all": "Tất cả",
    "done": "Đã giảm",
    "waiting": "Chờ nghỉ",
    "process": "Đang xử lý",
    "paid": "Đã chi trả",
    "missing": "Vì sao còn thiếu",
    "natural": "Rời đi tự nhiên",
    "unevaluated": "Chưa đánh giá",
}


def show(view: str, **narrow: object) -> None:
    """Open the names behind a number, of all or those with these values; meant as the callback of a button."""
    st.session_state["downsizing-view"], st.session_state["downsizing-narrow"] = view, narrow


def lead(view: str, **narrow: object) -> None:
    """The same from within a run: the list above is drawn again."""
    st.session_state["downsizing-next"] = (view, narrow)
    st.rerun()


def pick(figure: charts.Figure, key: str, alt: str) -> list[object] | None:
    """A chart that tells once what was clicked in it: with the click it becomes another, without the mark."""
    turns = f"{key}-turns"
    picked = parts.chart(figure, f"{key}-{st.session_state.setdefault(turns, 0)}", alt=alt, pick=True)
    if picked:
        st.session_state[turns] += 1
    return picked


def behind(reader: Reader, words: Words, chosen: Filters) -> Listing:
    """The people behind the number that was asked for, with what narrows the list and a button that takes it off."""
    if asked := st.session_state.pop("downsizing-next", None):
        show(asked[0], **asked[1])
    view = st.pills(
        "Danh sách", list(VIEWS), format_func=VIEWS.__getitem__, key="downsizing-view", default="all", required=True
    )
    narrow: dict[str, object] = st.session_state.setdefault("downsizing-narrow", {})
    if narrow:
        said = ", ".join(f"{HEADINGS[c].lower()} {_word(words, c, v)}" for c, v in narrow.items())
        st.button(
            escaped(f"Chỉ {said}"),
            key="downsizing-widen",
            icon=":material/close:",
            icon_position="right",
            on_click=show,
            args=(view,),
        )
    return _narrowed(_people(reader, words, chosen, str(view)), narrow)


def _word(words: Words, column: str, value: object) -> str:
    shown = words.present(pd.DataFrame({column: [value]}), hide=())
    return str(shown.iloc[0, 0]).lower() if column != "commune" else str(value)


def _people(reader: Reader, words: Words, chosen: Filters, view: str) -> Listing:
    query = {"natural": "natural_leavers", "unevaluated": "evaluation_missing"}.get(view, "downsizing_cases")
    found = listing(reader, words, VIEWS[view], query, chosen)
    rows = found.frame
    if query == "downsizing_cases":
        kept = {
            "done": rows.reduces & (rows.stage == "done"),
            "waiting": rows.reduces & (rows.stage == "waiting"),
            "process": rows.reduces & (rows.stage == "in_process"),
            "missing": rows.stage == "fallen",
            "paid": rows.case_status == PAID,
        }
        rows = rows[kept.get(view, rows.case_id.notna())]
    return replace(found, frame=rows)


def _narrowed(found: Listing, narrow: dict[str, object]) -> Listing:
    rows = found.frame
    for column, value in narrow.items():
        if column in rows:
            rows = rows[rows[column] == value]
    # A column nobody has anything in only widens the list.
    rows = rows.reset_index(drop=True).drop(columns=[c for c in ("note",) if c in rows and rows[c].isna().all()])
    return replace(found, frame=rows)
