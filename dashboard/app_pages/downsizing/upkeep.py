"""Keeping the ledger: take it as a workbook, drop it back, or note one step of one case."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from access.rights import Right
from core.conflict import Clashed, settled
from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number
from core.words import Words
from downsizing.cases import PAID
from downsizing.ledger import Ledger, is_ledger, read_ledger, record_ledger
from downsizing.ledger_book import ledger_book
from intake.commit import NotAccepted
from intake.session import vocabulary
from intake.tables import refusal
from screen import access, outcome
from screen.exporting import export_button
from screen.filters import LATEST
from screen.markdown import escaped
from screen.reading import issues


def draw(reader: Reader, words: Words, chosen: Filters) -> None:
    """Keep the ledger: take it as a workbook, drop it back, or note one step of one case."""
    book = "so-tinh-gian-bien-che.xlsx"
    export_button("Tải sổ tinh giản (Excel)", lambda: ledger_book(reader, words), book, "ledger-take", reader)
    dropped = st.session_state.setdefault("ledger-drop", 0)
    file = st.file_uploader(
        "Sổ đã sửa: .xlsx, .xls, .ods, tối đa 20 MB", type=["xlsx", "xls", "ods"], key=f"ledger-{dropped}"
    )
    if file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            if not is_ledger(path):
                other = "Tệp này không phải sổ tinh giản. Tải sổ ở trên, sửa rồi nạp lại."
                st.error(escaped(refusal(path) or other), icon=":material/error:")
                return
            ledger = read_ledger(path, reader, vocabulary(reader, chosen.as_of))
        st.markdown(f"Đọc được {number(ledger.read)} dòng, {number(len(ledger.rejected))} dòng bị trả lại.")
        issues(ledger.issues)
        if st.button(
            "Ghi nhận sổ", type="primary", icon=":material/save:", key="ledger-keep", disabled=not ledger.read
        ):
            keep(reader, ledger, file.name, f"tệp {file.name}")
    _step(reader, words, chosen)


def _step(reader: Reader, words: Words, chosen: Filters) -> None:
    cases = reader.query("downsizing_cases", Filters(chosen.as_of))
    if cases.empty:
        return
    told = {c: f"{c}: {name}" for c, name in zip(cases.case_id, cases.full_name, strict=True)}
    shown = outcome.first_shown("step", "step-note", dict(_steps(_all_cases(reader, chosen))))
    with st.form("ledger-step", border=False):
        above = st.container()
        st.markdown("**Ghi một bước xử lý**")
        left, right = st.columns(2)
        # Nothing is chosen beforehand: one careless click would take a paid case back to its beginning.
        case = left.selectbox(
            "Hồ sơ", list(told), index=None, format_func=told.__getitem__, key="step-case", placeholder="Chọn hồ sơ"
        )
        status = right.selectbox(
            "Trạng thái",
            words.options("case_status"),
            index=None,
            key="step-status",
            placeholder="Chọn trạng thái",
            format_func=lambda c: words.label("case_status", c),
        )
        day = left.date_input("Ngày", value=chosen.as_of, format="DD/MM/YYYY", key="step-day")
        reason = right.selectbox(
            "Lý do, nếu rút hoặc không đủ điều kiện",
            words.options("fall_reason"),
            index=None,
            key="step-reason",
            format_func=lambda c: words.label("fall_reason", c),
            placeholder="Không có",
        )
        note = st.text_input("Ghi chú, số quyết định", key="step-note")
        seen = outcome.sent(
            "step",
            "Ghi bước này",
            {"step": shown.get(case)},
            {"step": f"Hồ sơ {case}"},
            lambda _, step: _step_told(words, step),
            above,
        )
        if seen is None:
            return
        outcome.hush("ledger")
        step = (status, day, reason, note.strip() or None)
        row = dict(zip(("case_id", "status", "on_date", "reason", "note"), (case, *step), strict=True))

        def check() -> None:
            known = _all_cases(reader, chosen)
            statuses = reader.query("case_statuses", Filters(chosen.as_of))
            if wrong := wrong_step(row, known, statuses, words):
                raise NotAccepted(wrong)
            settled(seen, {"step": dict(_steps(known)).get(str(case))}, {"step": step})

        try:
            if seen.yielded:
                raise NotAccepted(outcome.KEPT)
            keep(reader, Ledger({"case_step": [row]}), str(case), f"bước xử lý của hồ sơ {case}", check=check)
        except Clashed as clashed:
            outcome.wait("step", clashed.clashes)
            st.rerun()
        except NotAccepted as error:
            st.error(escaped(str(error)), icon=":material/error:")


def _all_cases(reader: Reader, chosen: Filters) -> pd.DataFrame:
    # What was noted for later days than the one looked at counts too.
    return reader.query("downsizing_cases", Filters(LATEST))


_CaseStep = tuple[object, object, object, object]


def _steps(cases: pd.DataFrame) -> Iterator[tuple[str, _CaseStep]]:
    """Where each case stands: status, day, reason, note."""
    rows = cases[["case_id", "case_status", "status_on", "fall_reason", "note"]].astype(object)
    for case, status, on, *rest in rows.where(rows.notna(), None).itertuples(index=False):
        yield str(case), (status, on.date(), *rest)


def _step_told(words: Words, step: _CaseStep | None) -> str:
    if step is None:
        return "chưa có bước nào"
    status, on, reason, note = step
    told = [words.label("case_status", str(status)), date_short(on) if isinstance(on, date) else ""]
    told += [words.label("fall_reason", str(reason))] if reason else []
    return ", ".join([*told, *([str(note)] if note else [])])


def wrong_step(row: Mapping[str, object], cases: pd.DataFrame, statuses: pd.DataFrame, words: Words) -> str | None:
    """Why a step cannot be noted, in one sentence: something is missing, or it would take a case backwards.

    `row` is of the table `case_step`, `cases` are rows of `downsizing_cases`, `statuses` those of `case_statuses`. A
    case that was withdrawn may be proposed again, and the last step may be told again with another day; one that was
    approved or paid does not become a proposal again without undoing the batch that said so.
    """
    missing = {"case_id": "hồ sơ", "status": "trạng thái", "on_date": "ngày"}
    if lacks := [name for column, name in missing.items() if row[column] is None]:
        return f"Chưa chọn {', '.join(lacks)}. Chọn rồi bấm lại."
    fallen = set(statuses.status[statuses.stage == "fallen"])
    if row["status"] in fallen and row["reason"] is None:
        return "Chưa ghi lý do rút hoặc không đủ điều kiện. Chọn lý do rồi bấm lại."
    if row["status"] not in fallen and row["reason"] is not None:
        return "Lý do chỉ ghi khi rút hoặc không đủ điều kiện. Bỏ lý do hoặc chọn lại trạng thái rồi bấm lại."
    known = cases[cases.case_id == row["case_id"]].iloc[0]
    now, then = (words.label("case_status", str(s)) for s in (known.case_status, row["status"]))
    day = date_short(known.status_on)
    if row["status"] != known.case_status and pd.Timestamp(str(row["on_date"])) < known.status_on:
        return f"Hồ sơ {row['case_id']} đã ở bước {now} ngày {day}. Chọn ngày từ {day} trở đi rồi bấm lại."
    course = [status for status in statuses.status if status not in fallen]
    if known.case_status in course and row["status"] in course[: course.index(known.case_status)]:
        return (
            f"Hồ sơ {row['case_id']} đã ở bước {now} ngày {day}, không lùi về {then}. Nếu bước ấy ghi sai, hoàn tác "
            "đợt đã ghi nó ở trang Nhập và cập nhật."
        )
    if known.case_status == PAID and row["status"] in fallen:
        return f"Hồ sơ {row['case_id']} đã chi trả ngày {day} nên không còn {inside(then)} được."
    return None


def keep(
    reader: Reader,
    ledger: Ledger,
    source: str,
    said: str,
    place: str = "ledger",
    *,
    check: Callable[[], object] = lambda: None,
) -> None:
    """Record what was entered, say so in its place, and draw the page again.

    `said` is what was recorded, in words; `check` may still refuse, see `downsizing.ledger.record_ledger`.
    """
    with access.acting(Right.RECORD) as hand:
        batch = record_ledger(reader, ledger, file=source, made_by=hand.name, check=check)
        hand.told = {"dot": batch}
    if batch:
        outcome.say(place, f"Đã ghi nhận thành đợt {batch}: {said}.", batch=batch)
    else:
        outcome.say(place, "Kho đã có đủ những điều này, không ghi gì thêm.")
    for form in ("step", "decide"):
        outcome.begin_anew(form)
    st.session_state["ledger-drop"] = st.session_state.get("ledger-drop", 0) + 1
    st.rerun()
