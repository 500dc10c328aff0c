"""Communes over time: what becomes of those that were chosen when the day is one on which they are not the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from core.store import Filters, Reader
from core.vietnamese import date_short, listed

TOWNSHIPS, WARDS = "xã, thị trấn", "xã, phường"


def called(reader: Reader, day: date) -> str:
    """What communes are called together on a day.

    With the districts the townships ended, and wards are communes' equals.
    """
    ended = "select count(*) as n from government_tier where tier = 'huyen' and ended_on <= $day"
    return WARDS if reader.store.fetch(ended, {"day": day}).n[0] else TOWNSHIPS


def followed(reader: Reader, codes: Sequence[str], meant_on: date, filters: Filters) -> tuple[list[str], str]:
    """The codes of the communes of `filters.as_of` that were these on `meant_on`, and what is to be said of it.

    Who was merged is followed to the one commune that came of it, who came of a merger to all that it came of. What is
    said is empty when nothing changed but the district.
    """
    asked = Filters(filters.as_of, communes=tuple(codes))
    rows = reader.query("merged_communes", asked, from_on=meant_on)
    kept: dict[str, str] = {}
    said = []
    for code in codes:
        of_code = rows[rows.unit_code == code]
        there = of_code[of_code.unit_code_now.notna()]
        gone = bool((of_code.ended_on <= pd.Timestamp(filters.as_of)).any())
        if len(there) and not (gone and len(there) > 1):
            kept |= dict(zip(there.unit_code_now, there.commune_now, strict=True))
        if of_code.empty:
            said.append("địa chỉ nêu một xã, thị trấn không có trong kho số liệu")
        elif there.empty or there.merged.any():
            said.append(_became(str(of_code.commune.iloc[0]), list(there.commune_now), filters.as_of, gone=gone))
    if not said:
        return list(kept), ""
    told = "; ".join(dict.fromkeys(said))
    return list(kept), f"{told[:1].upper()}{told[1:]}; đang xem {listed([*kept.values()]) or 'tất cả'}."


def on_day(reader: Reader, chosen: Filters, day: date) -> Filters:
    """The same choice on another day, of the communes that became those chosen, or that they became."""
    then = chosen.on(day)
    if not chosen.communes:
        return then
    # Where nothing is known of them they stay: without any all communes would be meant.
    return replace(then, communes=tuple(followed(reader, chosen.communes, chosen.as_of, then)[0]) or chosen.communes)


def _became(commune: str, now: Sequence[str], as_of: date, *, gone: bool) -> str:
    day = f"ngày {date_short(as_of)}"
    if not gone and commune in now:
        return f"{commune} chưa sáp nhập vào {day} (còn là {listed(now)})"
    if not gone:
        return f"{commune} chưa có vào {day}" + (f" (sau đó mới sáp nhập từ {listed(now)})" if now else "")
    if len(now) > 1:
        return f"{commune} không còn vào {day} (đã chia thành {listed(now)})"
    if now == [commune]:
        return f"{commune} đã sáp nhập với nơi khác trước {day}"
    return f"{commune} không còn vào {day}" + (f" (đã sáp nhập thành {now[0]})" if now else "")
