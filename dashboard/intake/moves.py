"""Many people changed in the same way by one batch: a column out of step, another calendar, one level for everybody.

Each change by itself may be right; so many of a kind are asked about once before any is recorded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from core.columns import HEADINGS
from core.vietnamese import inside, number
from core.words import Words

# Of the people of a commune whom the store knows: so many, and this share of them, changed alike, or changed at all.
_ALIKE, _ALIKE_SHARE, _SURELY_ALIKE = 3, 1 / 3, 20
_ANY, _ANY_SHARE = 5, 1 / 2
_DATES = ("birth_date", "from_on", "first_held_on")
_OF_A_POST = {"from_on": "Ngày nhận chức vụ"}


@dataclass(frozen=True)
class Move:
    """One field of `people` people, of the `known` ones of a unit; `rows` are the changes alike, or all of them."""

    unit_id: str
    field: str
    people: int
    known: int
    rows: pd.DataFrame


def moves(moved: pd.DataFrame, known: Mapping[str, int]) -> list[Move]:
    """What moves many, by unit and field. `moved` is `Comparison.moved`, `known` how many the store knows by unit."""
    found = (_move(rows, known) for _, rows in moved.groupby(["unit_id", "field"]))
    return [move for move in found if move]


def _move(rows: pd.DataFrame, known: Mapping[str, int]) -> Move | None:
    unit, field = rows.unit_id.iloc[0], rows.field.iloc[0]
    each = rows.drop_duplicates("person_id")
    of = known.get(unit, len(each))
    alike = max((each[each[how] == each[how].mode()[0]] for how in ("step", "new")), key=len)
    many = len(each) >= _ANY and len(each) >= of * _ANY_SHARE
    if many and len(alike) < len(each):
        # A column out of step: some are alike by chance.
        return Move(unit, field, len(each), of, each)
    if len(alike) >= _SURELY_ALIKE or (len(alike) >= _ALIKE and len(alike) >= of * _ALIKE_SHARE):
        return Move(unit, field, len(alike), of, alike)
    return None


def told(found: list[Move], words: Words, communes: Mapping[str, str]) -> str:
    """The question about all of them, a Vietnamese sentence or two; `communes` are the names of the units."""
    names = {**HEADINGS, **{c: words.short("criterion", c) for c in words.options("criterion")}, **_OF_A_POST}

    def said(move: Move) -> Iterator[str]:
        label = partial(words.label, move.field)
        where = communes.get(move.unit_id, "")
        yield f"{inside(names[move.field])} của {number(move.people)} trong {number(move.known)} người"
        yield f"ở {where}" if where else ""
        first = move.rows.iloc[0]
        if move.field in _DATES and move.rows.step.nunique() == 1:
            days = int(first.step)
            yield f"cùng {'muộn' if days > 0 else 'sớm'} đi {number(abs(days))} ngày"
        elif move.rows.new.nunique() == 1:
            yield f"cùng thành {label(first.new)}"
        yield f"(như {first.full_name}: từ {label(first.old)} thành {label(first.new)})"

    return (
        f"Đợt này đổi nhiều người theo cùng một kiểu: {'; '.join(' '.join(filter(None, said(m))) for m in found)}. "
        "Có thể một cột bị lệch dòng, sai kiểu ngày hoặc chọn nhầm; kiểm tra lại tệp trước khi ghi nhận."
    )
