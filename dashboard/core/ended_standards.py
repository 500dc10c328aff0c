"""What is said where standards ended and no others took their place: fewer are judged, nobody became better by it."""

from datetime import date
from typing import Any

import pandas as pd

from core.store import Filters, Reader
from core.vietnamese import date_short, inside, listed, number


def notes(reader: Reader, filters: Filters, first: date) -> list[str]:
    """Sentences about the time after `first` until the day looked at: which standards ended on the way, of how many
    people, and who is still judged by which law; none as long as no standard has ended."""
    if not ended_since(reader, filters, date.min):
        return []
    return [*ended_since(reader, filters, first), binding(reader, filters)]


def notes_ahead(reader: Reader, filters: Filters, until: date) -> list[str]:
    """The same of a forecast: what has ended by the day looked at, who is judged then, what ends `until` its end."""
    before = ended_since(reader, filters, date.min)
    coming = ended_since(reader, filters.on(until), filters.as_of)
    return [*before, *([binding(reader, filters)] if before else []), *coming]


def ended_since(reader: Reader, filters: Filters, first: date) -> list[str]:
    """A sentence for each day after `first` until the day looked at on which the standards of a group ended."""
    rows: list[Any] = list(reader.query("standards_ended", filters, from_on=first).itertuples())
    said = []
    for row in rows:
        of = listed([inside(group) for group in str(row.of_groups).split(", ")])
        told = f"Từ {date_short(row.effective_on)} tiêu chuẩn của {of} theo {row.legal_ref} chấm dứt ({row.ended_by})"
        if row.people:
            told += (
                f": {number(int(row.people))} người vẫn giữ chức vụ nhưng thôi được xét. Số người được xét và số chưa "
                "đạt giảm vì thế, không phải vì họ đã đạt"
            )
        said.append(f"{told}.")
    return said


def binding(reader: Reader, filters: Filters) -> str:
    """Who is judged on the day looked at and by which laws."""
    day = date_short(filters.as_of)
    rows: list[Any] = list(reader.query("laws_that_judge", filters).itertuples())
    if not rows:
        return f"Ngày {day} không còn quy định nào xét những người đang chọn."
    told = [
        f"{number(int(row.people))} {inside(str(row.of_groups)).removesuffix(' cấp xã')} theo "
        f"{listed(str(row.legal_ref).split(', '))}"
        for row in rows
    ]
    return f"Ngày {day} chỉ còn xét {'; '.join(told)}."


def turning_points(reader: Reader, filters: Filters, first: date) -> pd.DataFrame:
    """Days after `first` until the day looked at to mark on a chart (effective_on, legal_ref): where standards began or
    ended."""
    begun, over = (reader.query(q, filters, from_on=first) for q in ("standards_begun", "standards_ended"))
    over = over.assign(legal_ref="hết tiêu chuẩn theo " + over.legal_ref)
    return pd.concat([begun, over[list(begun)]], ignore_index=True) if len(over) else begun
