"""Many people changed in the same way by one batch: a column out of step, another calendar, one level for everybody.

Each change by itself may be right; so many of a kind are asked about once before any is recorded.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from core.columns import COLUMNS
from core.vietnamese import inside, number
from core.words import Words

# Of the people of a commune whom the store knows: so many, and this share of them, changed alike, or changed at all.
_ALIKE, _ALIKE_SHARE, _SURELY_ALIKE = 3, 1 / 3, 20
# A smaller share is too many where more are changed; so many, over several communes, where nobody's life changes so.
_MORE_ALIKE, _MORE_ALIKE_SHARE = 6, 3 / 10
# By as many days, or day for month: so many are no accident, however many the whole batch knows.
_SAME_STEP, _EXCHANGED = 7, 5
# A reorganisation moves a few of twenty, an election up to half; a column out of step moves nearly everybody.
_ANY, _ANY_SHARE = 5, 1 / 2
# What nobody changes in life is only ever corrected, one by one: here fewer are many. (Of two genders half stay.)
_FOR_LIFE = ("full_name", "birth_date", "gender", "ethnicity")
# What moves that is a moment.
_DATES = tuple(code for code, column in COLUMNS.items() if column.is_date)
# Posts beside those that somebody keeps: that many take up one each is no slip, that they take up the same may be.
_MORE = "more_posts"
_DAY_AND_MONTH = re.compile(r"\b([0-9]{2})/([0-9]{2})/")


@dataclass(frozen=True)
class MassChange:
    """One field of `people` people, of the `known` ones of a unit; `rows` are the changes alike, or all of them.

    Of several units together there is no `unit_id`.
    """

    unit_id: str | None
    field: str
    people: int
    known: int
    rows: pd.DataFrame


def mass_changes(moved: pd.DataFrame, known: Mapping[str, int]) -> list[MassChange]:
    """What moves many, by unit and field, or over all units. `known` is how many the store knows by unit.

    `moved` is `Comparison.moved`. What is not taken shows that a column is out of step too, but by itself moves nobody.
    What moves many of all is not said of each unit again.
    """
    taken = [rows for _, rows in moved.groupby(["unit_id", "field"]) if rows.taken.any()]
    found = [move for rows in taken if (move := _move(rows, rows.unit_id.iloc[0], known.get(rows.unit_id.iloc[0])))]
    over = (_move(rows, None, sum(known.values())) for _, rows in moved.groupby("field") if rows.taken.any())
    whole = [move for move in over if move and move.rows.unit_id.nunique() > 1]
    said = {(move.field, person) for move in whole for person in move.rows.person_id}
    return [*whole, *(m for m in found if not {(m.field, person) for person in m.rows.person_id} <= said)]


def _move(rows: pd.DataFrame, unit: str | None, known: int | None) -> MassChange | None:
    field = rows.field.iloc[0]
    each = rows.sort_values("taken", ascending=False, kind="stable").drop_duplicates("person_id")
    of = max(known or 0, len(each))
    alike = max(_taken(each, "step") + _taken(each, "new"), key=len)
    if len(alike) < len(each) and field != _MORE and _are_many(field, len(each), of):
        # A column out of step: some are alike by chance.
        return MassChange(unit, field, len(each), of, each)
    # In a whole district twenty finish one course in a year; no twenty take up their posts earlier on one day.
    surely = len(alike) >= _SURELY_ALIKE and (unit is not None or field in (*_FOR_LIFE, *_DATES))
    if not surely and not _is_share(len(alike), of):
        alike = _no_accident(field, each)
    return MassChange(unit, field, len(alike), of, alike) if len(alike) else None


def _taken(each: pd.DataFrame, how: str) -> list[pd.DataFrame]:
    """The changes that are alike in a column, those of which the store takes any."""
    return [rows for _, rows in each.groupby(how) if rows.taken.any()]


def _no_accident(field: str, each: pd.DataFrame) -> pd.DataFrame:
    """Changes alike that are many by themselves, in the largest district too; often none.

    No seven are born later by as many days, while seven may well take up a post on one day.
    """
    if field in (*_FOR_LIFE, *_DATES):
        step, turned = max(_taken(each, "step"), key=len), each[_are_exchanged(each)]
        if len(step) >= _SAME_STEP and len(step) >= len(turned):
            return step
        if len(turned) >= _EXCHANGED and turned.taken.any():
            return turned
    return each.head(0)


def _are_exchanged(rows: pd.DataFrame) -> pd.Series:
    """Of which changes the day and the month were taken for each other."""
    return rows.old.str.replace(_DAY_AND_MONTH, r"\2/\1/", regex=True).eq(rows.new) & rows.field.isin(_DATES)


def _are_many(field: str, people: int, of: int) -> bool:
    """Whether so many of so many, each changed in another way, are no matter of chance."""
    if field in _FOR_LIFE or people == of:
        return _is_share(people, of)
    return people >= _ANY and people >= of * _ANY_SHARE


def _is_share(people: int, of: int) -> bool:
    """Whether so many of so many are too many to be changed alike; nearly as many of more are too."""
    few = people >= _ALIKE and people >= of * _ALIKE_SHARE
    return few or (people >= _MORE_ALIKE and people >= round(of * _MORE_ALIKE_SHARE, 6))


def told(
    found: list[MassChange], words: Words, names: Mapping[str, str], communes: Mapping[str, str], kinds: str = "xã"
) -> str:
    """The question about all of them, a Vietnamese sentence or two.

    `names` are those of the fields, `communes` those of the units, `kinds` what units are called.
    """
    names = {**names, _MORE: "Chức vụ thêm"}

    def said(move: MassChange) -> Iterator[str]:
        label = partial(words.label, move.field)
        several = f"{number(move.rows.unit_id.nunique())} {kinds}"
        where = several if move.unit_id is None else communes.get(move.unit_id, "")
        yield f"{inside(names[move.field])} của {number(move.people)} trong {number(move.known)} người"
        yield f"ở {where}" if where else ""
        first = move.rows.iloc[0]
        if move.field in _DATES and move.rows.step.nunique() == 1:
            days = int(first.step)
            yield f"cùng {'muộn' if days > 0 else 'sớm'} đi {number(abs(days))} ngày"
        elif _are_exchanged(move.rows).all():
            yield "cùng đổi chỗ ngày và tháng"
        elif move.rows.new.nunique() == 1:
            yield f"cùng {'là' if move.field == _MORE else 'thành'} {label(first.new)}"
        if move.field == _MORE:
            yield f"(như {first.full_name}: đang là {first.old}, thêm {first.new})"
        else:
            yield f"(như {first.full_name}: từ {label(first.old)} thành {label(first.new)})"

    return (
        f"Đợt này đổi nhiều người theo cùng một kiểu: {'; '.join(' '.join(filter(None, said(m))) for m in found)}. "
        "Có thể một cột bị lệch dòng, sai kiểu ngày hoặc chọn nhầm; kiểm tra lại tệp trước khi ghi nhận."
    )
