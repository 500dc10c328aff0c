"""What the page Diễn biến says in words: how many are below, and why that has changed, by name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from core.mergers import TOWNSHIPS, on_day
from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number, percent
from core.words import Words
from screen import charts, filters

UNITS = {"then": "Theo đơn vị tại thời điểm", "now": "Theo đơn vị hiện nay"}


# Causes that are nobody's doing: the law, a deadline, a merger. In the others the people did something.
_NOT_THEIRS = ("tieu_chuan", "het_han", "co_thoi_han", "het_pham_vi", "don_vi", "bo_sung")


class Split(NamedTuple):
    """A way to divide people over time: what it is called, the query, its code and title columns, its filter."""

    label: str
    query: str
    columns: tuple[str, ...]
    filter: str


SPLITS = {
    "group": Split("Nhóm", "trend", ("group",), "groups"),
    "commune": Split("Xã, thị trấn", "trend_by_commune", ("unit_code", "commune"), "communes"),
    "criterion": Split("Tiêu chí", "trend_by_criterion", ("criterion",), "criteria"),
    "post": Split("Chức vụ, chức danh", "trend_by_post", ("position",), "posts"),
}


class Drawn(NamedTuple):
    """A chart over time with the words under it."""

    figure: charts.Figure
    how_to_read: str


def drawn(
    tables: tuple[pd.DataFrame, pd.DataFrame],
    split: str,
    marked: tuple[pd.DataFrame, pd.DataFrame],
    words: Words,
    theme: str | None,
    measure: str,
) -> Drawn:
    """Lines for the groups, small multiples for whatever has more parts.

    `tables` are the points and, for groups, the rows of every day; `marked` are `standards_begun` and `period_marks`.
    """
    (points, exact), (laws, marks) = tables, marked
    seen = " Tam giác là ngày chốt số liệu." if "chot_so_lieu" in set(marks["mark"]) and split == "group" else ""
    click = "Bấm vào một điểm để xem danh sách của ngày ấy. Đường chấm là ngày một tiêu chuẩn bắt đầu hoặc thôi áp dụng"
    click += (" hoặc ngày sáp nhập." if "sap_nhap" in set(marks["mark"]) else ".") + seen
    if split == "group":
        return Drawn(charts.trend(points, exact, laws, marks, words, theme, measure), click)
    columns = SPLITS[split].columns
    if split != "commune":
        short = [
            words.short("criterion", c) if split == "criterion" else words.label("post", c) for c in points[columns[0]]
        ]
        points, columns = points.assign(part_name=short), (*columns, "part_name")
    figure, left_out = charts.facets(points, columns, laws, marks, theme, measure)
    more = (
        f" Vẽ {charts.MOST_FACETS} ô có số cuối kỳ cao nhất; {number(left_out)} ô khác ở bảng số liệu."
        if left_out
        else ""
    )
    return Drawn(figure, f"Mọi ô cùng một thang. {click}{more}")


def over_time(points: pd.DataFrame, split: str, words: Words, *, kinds: str = TOWNSHIPS) -> str:
    """The chart's finding: 'Chưa đạt vào 31/12/2018: Cán bộ 8/109 (7,34%), Công chức 2/118 (1,69%)'.

    `kinds` is what communes are called on the day.
    """
    last = points[points.as_of == points.as_of.max()]
    day = date_short(points.as_of.max())
    if split == "group":
        told = [
            f"{words.short('group', str(r.group))} {number(int(r.below))}/{number(int(r.total))} "
            f"({percent(int(r.below) / int(r.total))})"
            for r in last.itertuples()
        ]
        return f"Chưa đạt vào {day}: {', '.join(told)}"
    column = SPLITS[split].columns[-1]
    some = last[last.below > 0].sort_values(["below", column], ascending=[False, True], kind="stable")
    of = {"commune": kinds, "criterion": "tiêu chí", "post": "chức vụ, chức danh"}[split]
    if some.empty:
        return f"Vào {day} không {of} nào còn người chưa đạt"
    most = some.iloc[0]
    name = most.commune if split == "commune" else words.label(column if split == "criterion" else "post", most[column])
    share = f"{number(int(most.below))}/{number(int(most.total))} ({percent(int(most.below) / int(most.total))})"
    if len(last) == 1:
        return f"Chưa đạt vào {day}: {name} {share}"
    touched = f"{number(len(some))} trong {number(len(last))} {of}"
    return f"Vào {day}, {touched} có người chưa đạt, nhiều nhất là {name}: {share}"


def behind(reader: Reader, chosen: Filters, split: str, units: str, point: Sequence[str]) -> Filters:
    """The filters of the list behind a point (ISO date, code of a part or nothing) of the chart over time.

    With units of now the communes of the day looked at are meant, whatever they were on the day of the point.
    """
    day = date.fromisoformat(point[0])
    narrowed: dict[str, Any] = {SPLITS[split].filter: tuple(point[1:])} if len(point) > 1 else {}
    if narrowed and split == "commune":
        narrowed = filters.at(point[1], chosen)
    part = replace(chosen, **narrowed)
    return on_day(reader, part, day) if units == "now" else part.on(day)


def period(first: date, last: date) -> str:
    """'từ 31/12/2015 đến 31/12/2018'."""
    return f"từ {date_short(first)} đến {date_short(last)}"


def sentence(rows: pd.DataFrame, first: date, last: date, words: Words, in_time: int = 0) -> str:
    """The page in one sentence: 'Từ 31/12/2015 đến 31/12/2018 giảm 13 người chưa đạt, từ 23 còn 10: …'.

    `in_time` are those who are short at the end and whom the law still gives time.
    """
    more = f" {number(in_time)} người còn trong thời hạn chuyển tiếp." if in_time else ""
    before, after = int(rows.people.iloc[0]), int(rows.people.iloc[-1])
    over = period(first, last).capitalize()
    if before == after and len(rows) == 2:
        return f"{over} số người chưa đạt không đổi: {number(after)}.{more}"
    net = after - before
    moved = f"{'giảm' if net < 0 else 'tăng'} {number(abs(net))} người chưa đạt, từ {number(before)} "
    moved += f"{'còn' if net < 0 else 'lên'} {number(after)}"
    if net == 0:
        moved = f"số người chưa đạt vẫn là {number(after)}"
    return f"{over} {moved}: {_causes(rows, words)}.{more}"


def paragraph(rows: pd.DataFrame, people: pd.DataFrame, first: date, last: date, words: Words) -> str:
    """The same as a paragraph for a report, with the names: at most ten a cause."""
    said = [sentence(rows, first, last, words)]
    for change, cause in people[["change", "change_cause"]].drop_duplicates().itertuples(index=False):
        part = people[(people.change == change) & (people.change_cause == cause)]
        named = [f"{p.full_name} ({p.commune}, {date_short(p.turned_on)})" for p in part.head(10).itertuples()]
        more = f" và {number(len(part) - 10)} người khác" if len(part) > 10 else ""
        way = "Giảm" if change < 0 else "Tăng"
        said.append(f"{way} do {inside(words.label('change_cause', str(cause)))}: {', '.join(named)}{more}.")
    return " ".join(said)


def _causes(rows: pd.DataFrame, words: Words) -> str:
    sides = []
    for way, part in (("giảm", rows[rows.change < 0]), ("tăng", rows[rows.change > 0])):
        if len(part):
            ordered = part.sort_values("people", ascending=False, kind="stable")
            told = [
                f"{number(int(n))} {'do ' if cause in _NOT_THEIRS else ''}"
                + inside(words.label("change_cause", str(cause)))
                for n, cause in ordered[["people", "cause"]].to_numpy()
            ]
            sides.append(f"{way} {number(int(part.people.sum()))} ({', '.join(told)})")
    return "; ".join(sides)
