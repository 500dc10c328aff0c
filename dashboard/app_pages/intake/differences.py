"""What recording would change: who is new, what differs, who is missing, what is turned away."""

from datetime import date

import pandas as pd
import streamlit as st

from core.columns import HEADINGS
from core.vietnamese import inside, number
from core.words import Words
from documents.returned import returned
from intake.session import Intake, arrivals, differing, names_of_facts, unnamed
from screen.exporting import export_button
from screen.markdown import escaped
from screen.reading import issues

_KINDS = {"changed": "Thay đổi", "lower": "Thấp hơn kho", "later": "Muộn hơn kho", "older": "Cũ hơn kho"}


def newcomers(intake: Intake, words: Words) -> None:
    """People the store does not know, as they would be recorded."""
    rows = arrivals(intake, words)
    if rows.empty:
        return
    st.subheader(f"Người mới: {number(len(rows))} người", anchor=False)
    st.dataframe(
        rows.rename(columns={**names_of_facts(words), "position": HEADINGS["position"]}),
        hide_index=True,
        key="intake-new",
        alt="Người mới sẽ được ghi như thế nào",
        placeholder="—",
        column_config={HEADINGS["position"]: st.column_config.TextColumn(width=240)},
    )


def differences(intake: Intake, words: Words) -> None:
    """What would change, and what waits for a word because the list says less than the store."""
    rows = differing(intake, words)
    if rows.empty:
        return
    names = names_of_facts(words)
    st.subheader(f"Khác với kho ({number(len(rows))} dòng)", anchor=False)
    st.dataframe(
        pd.DataFrame(
            {
                "Loại": rows.kind.map(_KINDS),
                HEADINGS["full_name"]: rows.full_name,
                HEADINGS["commune"]: rows.commune,
                "Mục": [names[f] for f in rows.field],
                "Kho đang có": rows.old.fillna("—"),
                "Danh sách": rows.new.fillna("—"),
            }
        ),
        hide_index=True,
        key="intake-differences",
        alt="Danh sách khác gì với kho",
    )
    waiting = rows[rows.kind.isin(["lower", "later", "older"])]
    # Of two posts of one person the days are decided together.
    for row in waiting.drop_duplicates(["person_id", "field"]).to_dict("records"):
        decided = (row["person_id"], row["field"])
        said = waiting[(waiting.person_id == row["person_id"]) & (waiting.field == row["field"])]
        now, known = (", ".join(dict.fromkeys(said[side])) for side in ("new", "old"))
        what = inside(names[row["field"]])
        st.checkbox(
            escaped(f"{row['full_name']}: danh sách đúng, {what} là {now} chứ không phải {known}"),
            value=decided in intake.answers.accepted,
            key=f"accept-{decided}",
            on_change=_accept,
            args=(intake, decided),
        )


def _accept(intake: Intake, decided: tuple[int, str]) -> None:
    intake.answers.accepted ^= {decided}
    intake.compare()


def missing(intake: Intake, words: Words) -> None:
    """People in post whom the list does not name: the officer says why, or leaves them as they are."""
    if intake.comparison.missing.empty:
        return
    rows = unnamed(intake)
    unlisted = intake.comparison.unlisted
    people, posts = number(unlisted.person_id.nunique()), number(len(unlisted))
    told = [f"Không có tên trong danh sách: {people} người, {posts} chức vụ"] if len(unlisted) else []
    if others := rows.person_id.nunique() - unlisted.person_id.nunique():
        told.append(f"Danh sách nêu ở chức vụ khác: {number(others)} người")
    st.subheader("; ".join([*told[:1], *map(inside, told[1:])]), anchor=False)
    reasons = {words.label("end_reason", code): code for code in words.options("end_reason")}
    edited = st.data_editor(
        pd.DataFrame(
            {
                HEADINGS["full_name"]: rows.full_name,
                HEADINGS["commune"]: rows.commune,
                HEADINGS["position"]: [words.label("post", p) for p in rows.post],
                "Lý do": pd.Series([None] * len(rows), dtype=object),
                "Thôi từ ngày": [intake.as_of] * len(rows),
            }
        ),
        # Streamlit keeps the answers by row number, so the table of other people needs another key.
        hide_index=True,
        key=f"left-{intake.as_of}-{hash(tuple(rows.posting_id))}",
        disabled=[HEADINGS[c] for c in ("full_name", "commune", "position")],
        placeholder="Giữ nguyên",
        column_config={
            "Lý do": st.column_config.SelectboxColumn(options=list(reasons), width=200),
            "Thôi từ ngày": st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )
    st.caption("Chọn lý do cho người đã thôi; để trống là chưa rõ, kho giữ nguyên.")
    intake.answers.left = {
        int(posting): (row["Thôi từ ngày"], reasons[row["Lý do"]])
        for posting, row in zip(rows.posting_id, edited.to_dict("records"), strict=True)
        if row["Lý do"] in reasons and isinstance(row["Thôi từ ngày"], date)
    }


def problems(intake: Intake) -> None:
    """What is wrong in what was read, and the rows turned away as a file to be corrected and sent again."""
    said = [*intake.reading.unreadable, *(left.issue() for left in intake.reading.left_out)]
    left = [row for left in intake.reading.left_out for row in left.rejected()]
    if not issues([issue for issue in intake.issues() if issue not in said]) and not left:
        return
    export_button(
        "Tải các dòng bị trả lại (Excel)",
        lambda: returned([*intake.turned_away(), *left], intake.issues()),
        "dong-bi-tra-lai.xlsx",
        "intake-away",
        intake.reader,
    )
