"""What the page Diễn biến says in words: how many are below, and why that has changed, by name."""

from datetime import date

import pandas as pd

from labels import Words
from vietnamese import date_short, number

STEPS = {"month": "Tháng", "quarter": "Quý", "year": "Năm", "day": "Ngày"}


def sentence(rows: pd.DataFrame, first: date, last: date, words: Words) -> str:
    """The page in one sentence: 'Từ 31/12/2015 đến 31/12/2018 giảm 13 người chưa đạt, từ 23 còn 10: …'."""
    before, after = int(rows.people.iloc[0]), int(rows.people.iloc[-1])
    period = f"Từ {date_short(first)} đến {date_short(last)}"
    if before == after and len(rows) == 2:
        return f"{period} số người chưa đạt không đổi: {number(after)}."
    net = after - before
    moved = f"{'giảm' if net < 0 else 'tăng'} {number(abs(net))} người chưa đạt, từ {number(before)} "
    moved += f"{'còn' if net < 0 else 'lên'} {number(after)}"
    if net == 0:
        moved = f"số người chưa đạt vẫn là {number(after)}"
    return f"{period} {moved}: {_causes(rows, words)}."


def paragraph(rows: pd.DataFrame, people: pd.DataFrame, first: date, last: date, words: Words) -> str:
    """The same as a paragraph for a report, with the names: at most ten a cause."""
    said = [sentence(rows, first, last, words)]
    for change, cause in people[["change", "change_cause"]].drop_duplicates().itertuples(index=False):
        part = people[(people.change == change) & (people.change_cause == cause)]
        named = [f"{p.full_name} ({p.commune}, {date_short(p.turned_on)})" for p in part.head(10).itertuples()]
        more = f" và {number(len(part) - 10)} người khác" if len(part) > 10 else ""
        way = "Giảm" if change < 0 else "Tăng"
        said.append(f"{way} do {_lower(words.label('change_cause', str(cause)))}: {', '.join(named)}{more}.")
    return " ".join(said)


def _causes(rows: pd.DataFrame, words: Words) -> str:
    sides = []
    for way, part in (("giảm", rows[rows.change < 0]), ("tăng", rows[rows.change > 0])):
        if len(part):
            told = [
                f"{number(int(n))} {_lower(words.label('change_cause', str(cause)))}"
                for n, cause in part.sort_values("people", ascending=False, kind="stable")[
                    ["people", "cause"]
                ].to_numpy()
            ]
            sides.append(f"{way} {number(int(part.people.sum()))} ({', '.join(told)})")
    return "; ".join(sides)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
