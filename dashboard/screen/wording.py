"""What several pages say in the same words."""

from dataclasses import replace
from datetime import date

import pandas as pd

from core.mergers import TOWNSHIPS
from core.store import Filters, Reader
from core.vietnamese import date_short, listed, number
from core.words import Words
from screen import filters


def nobody(reader: Reader, chosen: Filters, words: Words) -> str:
    """Why nobody is judged with these filters on this day, and what to do about it."""
    return (
        out_of_scope(reader, chosen)
        or unfilled(reader, chosen)
        or f"Chưa có tiêu chuẩn nào áp dụng cho những người đang chọn vào ngày {date_short(chosen.as_of)}."
    )


def unfilled(reader: Reader, chosen: Filters) -> str:
    """Why nobody is in post with these filters on this day, whatever the verdict; empty when somebody is."""
    day = date_short(chosen.as_of)
    in_post = replace(chosen, criteria=(), verdicts=())
    if reader.query("people_shown", in_post).people[0]:
        return ""
    first = filters.about().data_from.date()
    if first == date.min:
        return "Kho số liệu chưa có ai. Nạp danh sách của các xã ở trang Nhập và cập nhật."
    if in_post != Filters(chosen.as_of, per=chosen.per):
        return f"Không có ai giữ chức vụ vào ngày {day} với bộ lọc đang chọn. Bấm “Xóa lọc” để xem tất cả."
    if first > chosen.as_of:
        return f"Chưa có số liệu vào ngày {day}: danh sách bắt đầu từ {date_short(first)}."
    return f"Không có ai giữ chức vụ vào ngày {day}."


def out_of_scope(reader: Reader, chosen: Filters) -> str:
    """How many people in post no standard binds any more, since when and by which law; empty when there are none."""
    ended = reader.query("out_of_scope", chosen).iloc[0]
    if not ended.people:
        return ""
    return (
        f"Từ {date_short(ended.effective_from)} không còn thuộc phạm vi tiêu chuẩn cấp xã cũ ({ended.legal_ref}): "
        f"{number(int(ended.people))} người đang giữ chức vụ không xét đạt hay chưa đạt."
    )


def guidance(communes: pd.DataFrame, texts: pd.DataFrame) -> str:
    """How many hold a title of which a guidance speaks and do not follow it, by which text; empty where nobody does.

    Of rows of `guidance_by_commune` and `guidance_in_force`.
    """
    total, short = int(communes.total.sum()), int(communes.guidance_short.sum())
    if not total:
        return ""
    named = listed(list(dict.fromkeys(texts.legal_ref)))
    return (
        f"Theo hướng dẫn {named}, không phải là luật: {number(short)} trong {number(total)} công chức của xã "
        "chưa đáp ứng; không ai vì thế mà chưa đạt chuẩn."
    )


def spread(people: pd.Series, what: str = "chưa đạt", none: str = "", *, kinds: str = TOWNSHIPS) -> str:
    """In how many communes there are people, of numbers by commune: '6 trong 11 xã, thị trấn có người chưa đạt'.

    `what` is said of them, `none` where there is nobody; `kinds` is what communes are called on the day.
    """
    touched, units = int((people > 0).sum()), f"{number(len(people))} {kinds}"
    if len(people) == 1:
        return f"Số người {what}"
    if touched == len(people):
        return f"Cả {units} đều có người {what}"
    if touched:
        return f"{number(touched)} trong {units} có người {what}"
    return none or f"Cả {units} không có ai {what}"
