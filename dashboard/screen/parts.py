"""Parts that every page is made of: its head, a list with its Excel file, the folded explanations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from core.columns import BY_HEADING, is_of
from core.store import Reader, load_query
from core.vietnamese import date_short, number, percent, signed
from core.words import Words, as_text
from documents.listing import Listing, in_force
from screen import charts, exporting, filters, outcome
from screen.exporting import export_button
from screen.markdown import escaped

# More cells than this a browser draws too slowly to be of use, and Streamlit refuses to dress.
MOST_CELLS = 200_000
# From here on a number is written with points.
_GROUPED = 1_000
SAMPLE = "Dữ liệu minh hoạ: mọi người trong danh sách đều do phần mềm tạo ra, không phải người thật"
_STEPS = {"month": "Tháng", "quarter": "Quý", "year": "Năm", "day": "Ngày"}


def head(title: str, about: pd.Series, answer: str | None) -> None:
    """Title, the day looked at, the mark of sample data and the chips of the filters in force.

    `answer` names the query that the page's main numbers come from: the page heeds the filters which that one takes.
    """
    outcome.turn_to(title)
    chosen = filters.chosen()
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title(title, anchor=False, width="content")
        st.badge(filters.on_day(chosen.as_of), icon=":material/event:", color="blue")
        if about["sample"]:
            st.badge("Dữ liệu minh hoạ", icon=":material/science:", color="gray", help=SAMPLE)
    if chosen.as_of > about.data_as_of.date():
        st.info(
            f"Danh sách mới nhất tính đến {date_short(about.data_as_of)}. Ngày đang xem ở sau ngày đó: "
            "quy định là của ngày đang xem, còn nhân sự là theo danh sách ấy.",
            icon=":material/info:",
        )
    if notice := filters.notice():
        st.info(escaped(notice), icon=":material/info:")
    filters.chips(load_query(answer).parameters if answer else ())


def sentence(text: str) -> None:
    """The answer of the page in words, large."""
    st.markdown(f"## {escaped(text)}")


def heading(text: str) -> None:
    """What a part of the page is about or what it shows, in words."""
    st.subheader(escaped(f"{text[:1].upper()}{text[1:]}"), anchor=False)


def metric(title: str, value: str, about: str, place: Any = None) -> None:
    """A number large, what it counts and what it is counted of or how it changed; in a frame of its own at `place`.

    The value alone is Markdown.
    """
    (place or st).metric(
        escaped(title), value, escaped(about), delta_color="off", delta_arrow="off", border=place is not None
    )


def note(text: str) -> None:
    """A line in words under what it explains."""
    st.caption(escaped(text))


def table(
    listing: Listing,
    key: str,
    *,
    alt: str,
    height: int | Literal["auto", "content", "stretch"] = "auto",
    pick_row: bool = False,
    nothing: str = "Không có dòng nào với bộ lọc đang chọn.",
    heading: str | None = None,
) -> int | None:
    """A list with "Xuất Excel" at its right end; with `pick_row`, the position of the row that was clicked.

    `nothing` is said of a list without rows; `heading` where the title of the file would be too long for the screen.
    """
    list_head(listing, key, heading)
    if listing.ask:
        too_many()
        return None
    if not len(listing.frame):
        st.success(escaped(nothing), icon=":material/check:")
        return None
    return grid(listing, key, alt=alt, height=height, pick_row=pick_row)


def list_head(listing: Listing, key: str, heading: str | None = None) -> None:
    """The title of a list, or another `heading`, with the number of its rows, and "Xuất Excel" at the right end."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        rows = "" if listing.ask else f" ({number(len(listing.frame))} dòng)"
        st.subheader(escaped(f"{heading or listing.title}{rows}"), anchor=False, width="content")
        excel_button(listing, key)


def too_many() -> None:
    """Says why a list names nobody, and what to do about it."""
    st.info(
        "Đang xem quá nhiều người để nêu tên trên màn hình. Chọn một tỉnh, huyện ở thanh bên hoặc gõ họ tên; "
        "tệp Excel có đủ mọi dòng.",
        icon=":material/filter_alt:",
    )


def narrowed(reader: Reader, key: str) -> bool:
    """Whether a page that works out something of each person may begin: of a country only when it is asked to."""
    if filters.nameable(reader) or st.session_state.get(key):
        return True
    st.info(
        "Trang này tính cho từng người. Chọn một tỉnh, huyện ở thanh bên để xem ngay; tính cho tất cả thì "
        "mất vài phút.",
        icon=":material/filter_alt:",
    )
    st.button("Tính cho tất cả", key=f"{key}-asked", icon=":material/calculate:", on_click=_begin, args=(key,))
    return False


def _begin(key: str) -> None:
    st.session_state[key] = True


def grid(
    listing: Listing,
    key: str,
    *,
    alt: str,
    height: int | Literal["auto", "content", "stretch"] = "auto",
    pick_row: bool = False,
) -> int | None:
    """The rows of a list; with `pick_row`, the position of the row that was clicked, told once a click."""
    most = MOST_CELLS // max(len(listing.frame.columns), 1)
    if len(listing.frame) > most:
        st.caption(
            f"Trên màn hình là {number(most)} dòng đầu của {number(len(listing.frame))} dòng; tệp Excel có đủ mọi dòng."
        )
    shown = replace(listing, frame=listing.frame.head(most)).shown
    if st.session_state.pop(f"{key}-picked", False):
        # The mark of the last click would open the same row again with every run, and not on the next click.
        st.session_state[key] = {"selection": {"cells": []}}
    picked: Any = st.dataframe(
        screen(shown),
        hide_index=True,
        key=key,
        height=height,
        alt=alt,
        column_config=columns(shown),
        on_select="rerun" if pick_row else "ignore",
        selection_mode="single-cell",
        placeholder="—",
    )
    cells = picked.selection.cells if pick_row else []
    st.session_state[f"{key}-picked"] = bool(cells)
    return int(cells[0][0]) if cells else None


def chart(figure: charts.Figure, key: str, *, alt: str, pick: bool = False) -> list[Any] | None:
    """A chart of `charts`; with `pick`, the `customdata` of the point that was clicked."""
    picked: Any = st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        config=dict(charts.CONFIG),
        on_select="rerun" if pick else "ignore",
        selection_mode="points",
    )
    points = picked.selection.points if pick else []
    return list(points[0]["customdata"]) if points else None


def first_day(place: Any, key: str, as_of: date) -> date | None:
    """Asks which day to compare with: three years before the day looked at unless another is chosen."""
    three_years_ago = max(filters.judged_days().first, date(as_of.year - 3, 12, 31))
    if (st.session_state.get(key) or as_of) > as_of:
        # The day looked at was moved before the one that was compared with.
        del st.session_state[key]
    picked: date | None = place.date_input(
        "So từ ngày",
        value=min(three_years_ago, as_of),
        format="DD/MM/YYYY",
        key=key,
        min_value=filters.judged_days().first,
        max_value=as_of,
    )
    return picked


def step(place: Any, key: str, title: str, steps: Sequence[str], usual: str) -> str:
    """Asks for the distance between the days of a chart over time; `steps` are codes that the queries take."""
    return str(
        place.segmented_control(title, steps, format_func=_STEPS.__getitem__, default=usual, key=key, required=True)
    )


def excel_button(listing: Listing, key: str) -> None:
    """ "Xuất Excel": the file is made when it is asked for."""
    told: dict[str, Any] = {"cau_hoi": listing.query, "loc": exporting.chosen_in_log(listing.filters)}
    # How many rows a list has that is only asked for its file nobody knows before.
    told |= {} if listing.ask else {"dong": len(listing.frame)}
    if listing.is_long:
        exporting.long_export(listing, key, told)
    else:
        export_button("Xuất Excel", listing.excel, listing.file_name, f"{key}-excel", listing.reader, told=told)


def screen(shown: pd.DataFrame) -> Any:
    """Rows in words as the screen writes them: Vietnamese numbers and dates whatever the browser's language."""
    frame = pd.DataFrame({column: _drawn(column, shown[column].tolist()) for column in shown}, index=shown.index)
    written = {c: how for c in frame if (how := _written(c, frame[c]))}
    # To dress a table takes longer than all else about it.
    return frame.style.format(written, na_rep="—") if written else frame


def _drawn(heading: object, values: list[Any]) -> Any:
    """The cells of a column in the kind that the browser sorts them by."""
    if is_of(heading, "number") and any(isinstance(v, str) for v in values):
        # A number that is not told has a word in its place.
        return [v if isinstance(v, str) else number(v) for v in values]
    if is_of(heading, "number", "signed"):
        return pd.array(values, dtype="Int64")
    if is_of(heading, "share"):
        return np.array(values, float)
    if is_of(heading, "date"):
        return np.array([None if pd.isna(v) else v for v in values], "datetime64[s]")
    return [as_text(v) for v in values]


def _written(heading: object, values: pd.Series) -> Any:
    """How numbers of a column are written where the browser would write them otherwise."""
    if is_of(heading, "share"):
        return percent
    if is_of(heading, "signed"):
        return signed
    if values.dtype == "Int64" and (values.abs() >= _GROUPED).any():
        return number
    return None


def columns(shown: pd.DataFrame) -> dict[str, Any]:
    """Widths and date dress of the columns of a list."""
    config: dict[str, Any] = {}
    for name in map(str, shown):
        if is_of(name, "date"):
            config[name] = st.column_config.DateColumn(format="DD/MM/YYYY")
        elif name in BY_HEADING and BY_HEADING[name].width:
            config[name] = st.column_config.TextColumn(width=BY_HEADING[name].width)
    return config


def fold(title: str, name: str, icon: str | None = None, *, expanded: bool = False) -> Any:
    """A part of the page that is folded under its title; what is in it is made when it is `open`.

    What an officer types must not stand in one: it would be gone when it is folded again.
    """
    return st.expander(title, icon=icon, expanded=expanded, key=f"fold-{name}", on_change="rerun")


@st.fragment
def explanations(
    queries: Mapping[str, str],
    reader: Reader,
    words: Words,
    documents: str = "documents",
    *,
    assumed: str = "",
    until: date | None = None,
) -> None:
    """Folded at the bottom: how each number is counted with its SQL, the legal basis, source and date of the data.

    `assumed` is said before anything is counted; of a forecast the legal basis is of all the time `until` its end.
    """
    chosen = filters.chosen()
    how = fold("Cách tính", "how", ":material/calculate:")
    if how.open:
        with how:
            if assumed:
                st.markdown(f"**Giả thiết.** {escaped(assumed)}")
            for title, name in queries.items():
                query = load_query(name)
                st.markdown(f"**{title}.** {escaped(query.comment)}")
                with st.popover("Câu truy vấn", icon=":material/code:"):
                    st.code(query.sql, language="sql")
    law = fold("Căn cứ pháp lý", "law", ":material/gavel:")
    if law.open:
        with law:
            basis = reader.query(documents, chosen)
            basis = basis.assign(confidence=[*map(words.certainty, basis.confidence, basis.checked_on)])
            shown = basis.loc[
                in_force(basis, chosen.as_of, until), ["legal_ref", "title", "effective_on", "confidence", "note"]
            ]
            st.table(words.present(shown).map(lambda value: escaped(as_text(value))), hide_index=True)
    source = fold("Nguồn và thời điểm số liệu", "source", ":material/database:")
    if source.open:
        with source:
            about = filters.about()
            st.markdown(
                f"Danh sách trích ngang của các xã, thị trấn, số liệu tính đến **{date_short(about.data_as_of)}**. "
                + (SAMPLE + "." if about["sample"] else "")
            )
