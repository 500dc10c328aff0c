"""Every policy for one person, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import streamlit as st

from core.store import Reader
from core.vietnamese import number
from core.words import Words
from documents.listing import Listing
from downsizing.benefits import Benefit
from downsizing.cases import Bases, bases
from downsizing.law import Law
from screen import filters
from screen.markdown import escaped


def side_by_side(reader: Reader, words: Words, people: dict[tuple[int, str | None], str], as_of: date) -> None:
    """Every policy for one person: bases from the ledger, to be corrected here, each sum written out.

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
    known, key = bases(reader, law, person, case), f"{person}-{case}"
    day = when.date_input(
        "Nghỉ từ ngày",
        value=known.leaving_on or as_of,
        format="DD/MM/YYYY",
        key=f"compare-day-{key}",
        min_value=filters.judged_days().first,
        max_value=filters.LATEST,
    )
    if day is None:
        return
    entered = _entered(bases(reader, law, person, case, day), f"{key}-{day}")
    policies = words.options("policy")
    found = [entered.benefit(law, policy) for policy in policies]
    if all(benefit is None for benefit in found):
        st.info(f"Chưa tính được, còn thiếu: {', '.join(entered.lacks)}.", icon=":material/info:")
        return
    paid = [b.amount for b in found if b and b.eligible]
    most = max(paid, default=0)
    best = f", cao nhất {number(most)} đồng" if most else ""
    st.markdown(
        f"**Được {len(paid)} trong {len(policies)} chính sách{best}.** Số ước tính, theo quy định có hiệu lực vào ngày "
        "nghỉ."
    )
    rows = [_policy_row(words, policy, b) for policy, b in zip(policies, found, strict=True)]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def _entered(known: Bases, key: str) -> Bases:
    insured, hazard, current, average = st.columns(4)
    months = insured.number_input(
        "Số tháng đóng BHXH", 0, 720, known.insurance_months, key=f"compare-insured-{key}", placeholder="Chưa có"
    )
    heavy = hazard.number_input(
        "Tháng nặng nhọc, khu vực ≥ 0,7", 0, 720, known.hazard_months, key=f"compare-hazard-{key}"
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


def _policy_row(words: Words, policy: str, benefit: Benefit | None) -> dict[str, str]:
    name = f"**{words.label('policy', policy)}**"
    if benefit is None:
        return {"Chính sách": name, "Kết quả": "Thiếu tiền lương để tính", "Số tiền": "—", "Cách tính và lý do": "—"}
    badge = ":green-badge[:material/check: Được]" if benefit.eligible else ":gray-badge[:material/close: Không được]"
    return {
        "Chính sách": f"{name}  \n{escaped(benefit.article)}",
        "Kết quả": badge,
        "Số tiền": f"{number(benefit.amount)} đồng" if benefit.eligible else "—",
        "Cách tính và lý do": "  \n".join(escaped(t) for t in (benefit.breakdown, benefit.reason) if t),
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
