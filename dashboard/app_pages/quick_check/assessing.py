"""A list that is judged and not kept: the answer in words, its rows, its file."""

import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.columns import HEADINGS
from core.store import Filters, Reader
from core.vietnamese import number
from core.words import Words
from documents.listing import Listing
from intake.session import Assessed, assess
from screen.markdown import escaped
from screen.profile import badge
from screen.reading import MOST_SHOWN


def assessed(reader: Reader, file: UploadedFile, as_of: date, area: str) -> Assessed:
    """The verdicts of a dropped list, read once for the same file, day and area; nothing of it is kept."""
    asked = (id(reader.store), reader.scope, file.file_id, as_of, area)
    if st.session_state.get("check-of") != asked or "check" not in st.session_state:
        with st.spinner("Đang đọc và xét…"), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            st.session_state["check"] = assess(path, as_of, area, reader)
        st.session_state["check-of"] = asked
    found: Assessed = st.session_state["check"]
    return found


def verdict_sentence(found: Assessed, as_of: date) -> str:
    """How many people of a list fall short, each counted once, by the gravest of their verdicts."""
    counts = found.reader.query("total", Filters(as_of)).iloc[0]
    said = [
        f"{number(n)} người {what}"
        for n, what in (
            (counts["below"], "chưa đạt chuẩn"),
            (counts["transitional"], "còn trong lộ trình"),
            (counts["unknown"], "thiếu dữ liệu"),
        )
        if n
    ]
    people = found.verdicts.row.nunique()
    return f"{', '.join(said) or 'Không ai chưa đạt chuẩn'} trong {number(people)} người của danh sách."


def verdict_table(found: Listing) -> pd.DataFrame:
    """The rows of `verdict_listing` for a table that reads Markdown: who, and the verdict with its reason."""
    words = found.words
    return pd.DataFrame(
        [
            (
                number(int(r["row"])),
                f"**{escaped(r['full_name'])}**  \n{escaped(words.label('post', r['position']))}",
                " ".join(
                    [
                        badge(r["verdict"], words.label("verdict", r["verdict"])),
                        *([] if pd.isna(r["criterion"]) else [f"**{words.short('criterion', r['criterion'])}.**"]),
                        escaped(r["reason"]),
                    ]
                ),
            )
            for r in found.frame.head(MOST_SHOWN).to_dict("records")
        ],
        columns=[HEADINGS["row"], HEADINGS["full_name"], "Kết luận, lý do và cách khắc phục"],
    )


def verdict_listing(found: Assessed, words: Words, as_of: date, shortfalls: bool) -> Listing:
    """The verdicts as a list with its Excel file; with `shortfalls` without what is met or does not apply."""
    rows = found.verdicts
    if shortfalls:
        rows = rows[~rows.verdict.isin(["meets", "exempt"])].reset_index(drop=True)
    return Listing(found.reader, words, "Kết luận của danh sách", "verdicts", Filters(as_of), rows)
