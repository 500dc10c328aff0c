"""Batches: one is recorded, any is taken back."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from access.rights import Right
from app_pages.intake import questions
from core import office
from core.store import Filters, Reader
from core.vietnamese import date_short, number
from documents.returned import returned
from intake.commit import NotAccepted, StoreChanged
from intake.reading import RejectedRow
from intake.session import Intake, title_of
from screen import access, outcome
from screen.exporting import export_button
from screen.markdown import escaped
from screen.reading import MOST_SHOWN


def _without(intake: Intake) -> bool:
    """Whether the officer agrees to go on without what was not read; asked only when there is any."""
    lost, files = intake.reading.lost(), len(intake.reading.unreadable)
    told = [f"{number(lost)} dòng không thuộc bảng nào"] if lost else []
    told += [f"{number(files)} tệp không đọc được"] if files else []
    if not told or not intake.counts()["read"]:
        return True
    # A tick given for other files must not hold for these, so the key changes with them.
    of = hash((*intake.reading.files, *intake.reading.left_out, *intake.reading.unreadable))
    return st.checkbox(f"Ghi nhận mà không có {' và '.join(told)}", key=f"intake-without-{of}")


def _agreed(intake: Intake) -> bool:
    """Whether the officer agrees that many people are changed in the same way; asked only when they are."""
    question = intake.question()
    if question is None:
        return True
    st.warning(escaped(question), icon=":material/group:")
    # A tick given for other changes must not hold for these.
    return st.checkbox("Đã kiểm tra, các thay đổi cùng một kiểu này là đúng", key=f"intake-agreed-{hash(question)}")


def record(intake: Intake) -> None:
    """The one button that writes."""
    agreed = _agreed(intake)
    nothing = not _without(intake) or not agreed or not intake.counts()["read"]
    if not st.button("Ghi nhận", type="primary", icon=":material/save:", key="intake-record", disabled=nothing):
        return
    try:
        with st.spinner("Đang ghi nhận…"), access.acting(Right.RECORD) as hand:
            batch = intake.record(title_of(intake.reading, intake.as_of), hand.name, agreed=agreed)
            hand.told = {"dot": batch}
            if batch:
                office.note_batch(intake.reader.store, batch, hand.name)
    except NotAccepted as error:
        if isinstance(error, StoreChanged):
            intake.compare_anew()
            questions.forget()
        outcome.say("intake", str(error), good=False)
        st.rerun()
    done = f"Đã ghi nhận đợt {batch}." if batch else "Kho đã có đủ những điều này, không ghi gì thêm."
    outcome.say("intake", done, batch=batch)
    for name in ("intake", "intake-of", "intake-files", "intake-communes", "intake-not-held"):
        st.session_state.pop(name, None)
    st.rerun()


def batches(reader: Reader) -> None:
    """The list of batches, each with the rows it turned away and a way to take it back."""
    rows = reader.query("batches", Filters(date.min))
    taught = reader.query("learned", Filters(date.min)).batch_id.value_counts()
    if rows.empty:
        st.markdown("Chưa ghi nhận đợt nào.")
    for row in rows.head(MOST_SHOWN).to_dict("records"):
        what, away, back = st.columns([8, 3, 2], vertical_alignment="center")
        undone = not pd.isna(row["undone_at"])
        about = f" · {number(row['people'])} người" if row["people"] else ""
        made = f"{date_short(row['made_at'])} {row['made_at']:%H:%M}, {row['made_by']}{about}"
        state = f" · **đã hoàn tác** {date_short(row['undone_at'])}, {row['undone_by']}" if undone else ""
        what.markdown(f"**Đợt {row['batch_id']}** · {escaped(row['title'])}  \n{escaped(made)}{state}")
        if row["rejected"]:
            export_button(
                f"{number(row['rejected'])} dòng bị trả lại",
                partial(_turned_away, reader, row["batch_id"]),
                f"dot-{row['batch_id']}-dong-bi-tra-lai.xlsx",
                f"away-{row['batch_id']}",
                reader,
                place=away,
            )
        if not undone and access.may(Right.UNDO):
            with back.popover("Hoàn tác"):
                st.markdown(f"Thôi tính mọi điều đợt {row['batch_id']} đã ghi? Các đợt khác còn nguyên.")
                lessons = int(taught.get(row["batch_id"], 0))
                also = lessons > 0 and st.checkbox(
                    f"Quên luôn {number(lessons)} từ, cột đã chỉ khi nạp đợt này", key=f"forget-{row['batch_id']}"
                )
                st.button(
                    f"Hoàn tác đợt {row['batch_id']}",
                    key=f"undo-{row['batch_id']}",
                    on_click=_undo,
                    args=(reader, row["batch_id"], also),
                )
    if len(rows) > MOST_SHOWN:
        st.caption(f"Còn {number(len(rows) - MOST_SHOWN)} đợt cũ hơn; hoàn tác bằng lệnh manage.py undo.")


def _turned_away(reader: Reader, batch_id: int) -> bytes:
    """The rows a batch turned away, as they were given back on the day."""
    rows = reader.query("rejected_rows", Filters(date.today()), batch_id=batch_id)
    return returned(
        [RejectedRow(f, s, n, tuple(h), tuple(c), m) for f, s, n, h, c, m in rows.itertuples(index=False)], []
    )


def _undo(reader: Reader, batch_id: int, forget: bool) -> None:
    if forget:
        with access.acting(Right.UNDO):
            office.forget_batch(reader.store, batch_id)
    outcome.take_back("intake", reader, batch_id)
    st.session_state.pop("intake-of", None)
