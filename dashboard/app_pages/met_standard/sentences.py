"""What the page Tiêu chí 18.1 says in words: how many communes have all their cán bộ, công chức meet the standard."""

from datetime import date

import pandas as pd

from core.mergers import TOWNSHIPS
from core.store import Filters, Reader
from core.vietnamese import date_short, number, percent
from core.words import OFFICIALS
from screen import charts, wording

WHAT_COUNTS = (
    "Đạt là mọi tiêu chí đang áp dụng đều đạt. Người còn trong lộ trình và người thiếu dữ liệu không tính là đạt, được "
    "nêu riêng. Mức phải có để xã được công nhận do cơ quan thẩm định xét, trang này không nêu."
)


def sentence(points: pd.DataFrame, whole: pd.DataFrame, day: date, kinds: str = TOWNSHIPS) -> str:
    """The page in one sentence: 'Năm 2018: 5 trong 11 xã, thị trấn có 100% cán bộ, công chức đạt chuẩn; 209 …'.

    `points` are rows of `met_standard`, `whole` those of `met_standard_total`; both are told of on the day,
    on which communes are called `kinds`.
    """
    now, of_all = _on(points, day), _on(whole, day).iloc[0]
    when = f"Năm {day.year}" if (day.month, day.day) == (12, 31) else f"Đến {date_short(day)}"
    rest = [
        f"{number(int(of_all[c]))} người {words}"
        for c, words in (("below", "chưa đạt"), ("transitional", "còn trong lộ trình"), ("unknown", "thiếu dữ liệu"))
        if of_all[c]
    ]
    met = f"{number(int(of_all.meets))} trong {number(int(of_all.total))}"
    told = ", ".join([f"người đạt ({percent(of_all.share_meets)})", *rest])
    if len(now) == 1:
        told = told.replace("người đạt", "cán bộ, công chức đạt chuẩn", 1)
        return f"{when}, {now.commune.iloc[0]}: {met} {told}."
    full, units = int((now.meets == now.total).sum()), number(len(now))
    who = f"{number(full)} trong {units} {kinds}" if full else f"chưa có {kinds} nào trong {units}"
    who = f"cả {units} {kinds}" if full == len(now) else who
    return f"{when}: {who} có 100% cán bộ, công chức đạt chuẩn; {met} {told}."


def drawn(points: pd.DataFrame, day: date) -> pd.DataFrame:
    """The rows of the places that are drawn: of many those where least people meet the standard on the day."""
    now = _on(points, day).sort_values(["share_meets", "below"], ascending=[True, False])
    first = charts.first_places(now)
    return points if len(first) == len(now) else points[points.unit_code.isin(first.unit_code)]


def finding(points: pd.DataFrame, day: date, kinds: str = TOWNSHIPS) -> str:
    """What the cells of the last day show: who has nobody below, and that data are what is missing there."""
    now = _on(points, day)
    clear, units = now[now.below == 0], f"{number(len(now))} {kinds}"
    if len(now) == 1:
        return "Tỷ lệ cán bộ, công chức đạt chuẩn theo năm"
    if clear.empty:
        return f"Cả {units} đều có người chưa đạt"
    said = f"{number(len(clear))} trong {units} không có ai chưa đạt"
    missing = int((clear.meets < clear.total).sum())
    if not missing:
        return said
    waiting = [w for c, w in (("transitional", "còn trong lộ trình"), ("unknown", "thiếu dữ liệu")) if clear[c].any()]
    where = "nhưng đều" if missing == len(clear) else f"trong đó {number(missing)} nơi"
    return f"{said}, {where} có người {' hoặc '.join(waiting)}"


def stopped(last: date, ended: str) -> str:
    """That the page stops at the `last` day on which the standards of communes held, and why."""
    why = ended or f"Tiêu chuẩn cán bộ, công chức cấp xã áp dụng đến hết {date_short(last)}."
    return f"{why} Số liệu của trang này dừng ở {date_short(last)}."


def listed(points: pd.DataFrame, unit_code: str, day: date) -> str:
    """The title of the list: 'Người chưa được tính là đạt, Thượng Long, ngày 31/12/2018'."""
    named = _on(points, day).set_index("unit_code").commune.get(unit_code)
    return ", ".join(filter(None, ["Người chưa được tính là đạt", named, f"ngày {date_short(day)}"]))


def nobody(reader: Reader, chosen: Filters) -> str:
    """Why there is no share to be told on this day."""
    if chosen.groups and not set(OFFICIALS) & set(chosen.groups):
        return "Tiêu chí 18.1 chỉ tính cán bộ, công chức: bỏ chọn nhóm ở thanh bên để xem."
    return wording.unfilled(reader, chosen) or (
        f"Trong những người đang chọn không có cán bộ, công chức nào có tiêu chuẩn đang áp dụng vào ngày "
        f"{date_short(chosen.as_of)}."
    )


def _on(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    return rows[rows.as_of == pd.Timestamp(day)]
