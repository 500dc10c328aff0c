"""Who may be next: the people with a ground for downsizing, and what an officer decides about them."""

from datetime import date

import pandas as pd
import streamlit as st

from app_pages.downsizing import upkeep
from core.conflict import Clashed, settled
from core.store import Filters, Reader
from core.vietnamese import date_short
from core.words import Words
from downsizing.law import without_grounds
from downsizing.ledger import Ledger
from screen import outcome

SUGGESTS = (
    "Trang chỉ gợi ý từ dữ kiện; cán bộ quyết định. Chưa đạt chuẩn tự nó không phải căn cứ tinh giản; hai năm liền "
    "không hoàn thành nhiệm vụ là thôi việc, không phải tinh giản. Kho chưa có dữ kiện về nghỉ ốm và thôi giữ chức vụ "
    "lãnh đạo do sắp xếp nên không gợi ý theo hai căn cứ ấy. Số tháng học là ước lượng, không phải quy định."
)
UNFILTERED = "Tiêu chí và kết luận chỉ lọc bảng lối ra của người chưa đạt và người còn trong lộ trình."


def ungrounded(reader: Reader, as_of: date) -> str | None:
    """Why nobody is suggested on a day whose decree the store knows no grounds of; None on other days."""
    decree = without_grounds(reader.store, as_of)
    if decree is None:
        return None
    return (
        f"Từ {date_short(decree.from_on)} áp dụng {decree.name}; danh mục chưa có các căn cứ của nghị định này "
        "nên chưa gợi ý được ai."
    )


def decide(reader: Reader, words: Words, candidates: pd.DataFrame, as_of: date) -> None:
    """The form that keeps what an officer decides about a candidate, and why."""
    people = dict(zip(candidates.person_id, candidates.full_name + ", " + candidates.commune, strict=True))
    if not people:
        return
    outcome.draw("decide", reader)
    decided = dict.fromkeys(people) | decided_by(reader, as_of)
    shown = outcome.first_shown("decide", "decision-reason", decided)
    with st.form("decide", border=False):
        above = st.container()
        left, right = st.columns(2)
        person = left.selectbox("Người thuộc diện xem xét", list(people), format_func=people.__getitem__, key="who")
        decision = right.selectbox(
            "Quyết định",
            words.options("candidate_decision"),
            key="decision",
            format_func=lambda c: words.label("candidate_decision", c),
        )
        reason = st.text_input("Lý do", key="decision-reason")
        seen = outcome.sent(
            "decide",
            "Ghi quyết định",
            {"decision": shown.get(person)},
            {"decision": people[person]},
            lambda _, made: f"{words.label('candidate_decision', made[0])}: {made[1]}" if made else "chưa quyết định",
            above,
        )
        if seen is None:
            return
        outcome.hush("decide")
        if not reason.strip():
            st.error("Chưa ghi lý do. Ghi lý do rồi bấm lại.", icon=":material/error:")
            return
        made = (decision, reason.strip())
        row = {"person_id": person, "on_date": as_of, "decision": made[0], "reason": made[1]}
        if seen.yielded:
            outcome.say("decide", outcome.KEPT)
            st.rerun()
        try:
            upkeep.keep(
                reader,
                Ledger({"candidate_decision": [row]}),
                "trang Tinh giản biên chế",
                f"quyết định về {people[person]}",
                "decide",
                check=lambda: settled(seen, {"decision": decided_by(reader, as_of).get(person)}, {"decision": made}),
            )
        except Clashed as clashed:
            outcome.wait("decide", clashed.clashes)
            st.rerun()


def decided_by(reader: Reader, as_of: date) -> dict[int, tuple[str, str]]:
    """What was decided by the day about each candidate, and why."""
    rows = reader.query("candidate_decisions", Filters(as_of))
    return {int(p): (d, r) for p, d, r in rows.itertuples(index=False)}
