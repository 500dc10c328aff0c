"""Every policy for one person, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import streamlit as st

from core.store import Filters, Reader
from core.vietnamese import number
from core.words import Words
from documents.excel import file_name
from documents.listing import Listing
from downsizing.benefits import Benefit
from downsizing.cases import Bases, CaseRecord, record_of
from downsizing.comparison import (
    CLOSED,
    IF_CONFIRMED,
    OPEN,
    UNKNOWN,
    WITHOUT_GROUND,
    added,
    compared,
    excel,
    standing,
)
from downsizing.law import Law
from screen import filters
from screen.exporting import export_button
from screen.markdown import escaped


def side_by_side(reader: Reader, words: Words, people: dict[tuple[int, str | None], str], as_of: date) -> None:
    """Every policy for one person: what the ledger and the facts say of a ground, bases to be corrected, each sum.

    `people` are those of `known_people`.
    """
    law = Law.of(reader.store)
    who, when = st.columns([2, 1])
    picked = who.selectbox(
        "So sánh các chính sách cho",
        list(people),
        format_func=people.__getitem__,
        key="compare-who",
        index=None,
        placeholder="Chọn một người trong sổ hoặc trong diện xem xét",
    )
    if picked is None:
        return
    person, case = picked
    record, key = record_of(reader, person, case), f"{person}-{case}"
    coming = coming_day(reader, record, case, as_of)
    day = when.date_input(
        "Nghỉ từ ngày",
        value=coming,
        format="DD/MM/YYYY",
        key=f"compare-day-{key}",
        min_value=min(coming, as_of),
        max_value=filters.LATEST,
    )
    if day is None:
        return
    stands = standing(reader, words, law, as_of, day, person, case)
    for sentence in stands.said:
        st.markdown(escaped(sentence))
    entered = _entered(words, record.on(law, day), f"{key}-{day}")
    found = compared(law, words.options("policy"), entered, stands)
    if all(benefit is None for benefit in found.benefits.values()):
        st.info(f"Chưa tính được, còn thiếu: {', '.join(entered.lacks)}.", icon=":material/info:")
        return
    st.markdown(f"**{found.headline()}** Số ước tính, theo quy định có hiệu lực vào ngày nghỉ.")
    rows = [_policy_row(words, policy, benefit, found.outcome(policy)) for policy, benefit in found.benefits.items()]
    table = pd.DataFrame(rows)
    if not any(b.top_ups for b in found.fitting):
        table = table.drop(columns="Hỗ trợ thêm")
    st.table(table, hide_index=True, border="horizontal")
    export_button(
        "Xuất Excel",
        lambda: excel(reader, words, people[picked], as_of, found, entered),
        file_name(f"So sánh chính sách tinh giản {people[picked]}", as_of),
        "compare-excel",
        reader,
    )


def coming_day(reader: Reader, record: CaseRecord, case: str | None, as_of: date) -> date:
    """The day of leaving to begin with: that of the case, or where it is past the first of the next month.

    Of who has left by the case it is the day they left.
    """
    if record.leaving_on is not None:
        cases = reader.query("downsizing_cases", Filters(as_of))
        if record.leaving_on >= as_of or "done" in set(cases.stage[cases.case_id == case]):
            return record.leaving_on
    return date(as_of.year + as_of.month // 12, as_of.month % 12 + 1, 1)


def _entered(words: Words, known: Bases, key: str) -> Bases:
    insured, hazard, current, average = st.columns(4)
    months = insured.number_input(
        "Số tháng đóng BHXH", 0, 720, known.insurance_months, key=f"compare-insured-{key}", placeholder="Chưa có"
    )
    heavy = hazard.number_input(
        words.short("work", "hazardous"), 0, 720, known.hazard_months, key=f"compare-hazard-{key}"
    )
    now = current.number_input(
        "Lương hiện hưởng (đồng)",
        0,
        10**9,
        _dong(known.current_salary),
        1000,
        key=f"compare-now-{key}",
        placeholder="Chưa có",
    )
    mean = average.number_input(
        "Lương bình quân (đồng)",
        0,
        10**9,
        _dong(known.average_salary),
        1000,
        key=f"compare-mean-{key}",
        placeholder="Chưa có",
    )
    return replace(
        known,
        insurance_months=months,
        hazard_months=heavy or 0,
        # What was not touched stays exact.
        current_salary=known.current_salary if now == _dong(known.current_salary) else Fraction(now or 0) or None,
        average_salary=known.average_salary if mean == _dong(known.average_salary) else Fraction(mean or 0) or None,
    )


def _dong(salary: Fraction | None) -> int | None:
    return None if salary is None else round(salary)


# Never colour alone: each has its mark and its word.
_BADGES: Mapping[str, str] = {
    OPEN: ":green-badge[:material/check: {}]",
    IF_CONFIRMED: ":orange-badge[:material/help: {}]",
    WITHOUT_GROUND: ":orange-badge[:material/help: {}]",
    CLOSED: ":gray-badge[:material/close: {}]",
    UNKNOWN: ":gray-badge[:material/question_mark: {}]",
}


def _policy_row(words: Words, policy: str, benefit: Benefit | None, outcome: str) -> dict[str, str]:
    pays = benefit is not None and benefit.eligible
    told = (benefit.breakdown, added(benefit), benefit.reason) if benefit else ()
    return {
        "Chính sách": f"**{words.label('policy', policy)}**" + (f"  \n{escaped(benefit.article)}" if benefit else ""),
        "Kết quả": _BADGES[outcome].format(words.label("policy_outcome", outcome)),
        "Số tiền": f"{number(benefit.amount)} đồng" if pays and benefit else "—",
        "Hỗ trợ thêm": f"{number(benefit.topped_up)} đồng" if benefit and benefit.top_ups else "—",
        "Cách tính và lý do": "  \n".join(escaped(text) for text in told if text) or "—",
    }


def known_people(tables: Mapping[str, Listing]) -> dict[tuple[int, str | None], str]:
    """Everybody in the ledger, once for each case of theirs, or among the candidates on the day: name and commune."""
    cases, candidates = (tables[title].frame for title in ("Các trường hợp", "Diện xem xét"))
    people: dict[tuple[int, str | None], str] = {}
    several = cases.person_id.duplicated(keep=False)
    for person, case, name, commune, told in zip(
        cases.person_id, cases.case_id, cases.full_name, cases.commune, several, strict=True
    ):
        people[int(person), str(case)] = f"{name}, {commune}" + (f", hồ sơ {case}" if told else "")
    others = candidates[~candidates.person_id.isin(cases.person_id)]
    for person, name, commune in zip(others.person_id, others.full_name, others.commune, strict=True):
        people[int(person), None] = f"{name}, {commune}"
    return people
