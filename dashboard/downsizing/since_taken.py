"""What changed in the ledger between the day a book was taken and the day it is dropped back.

A book holds the whole ledger, so most of its rows are those nobody touched. Such a row must not undo what others have
recorded meanwhile, and a row that both sides changed is for the officer to decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from core import store as engine
from core.store import Store
from core.vietnamese import date_short, number


@dataclass(frozen=True)
class Difference:
    """Rows of one table, by their place among those of the book, that the store tells otherwise.

    `untouched` stand in the book as they were taken; of `changed` both sides changed, with the store's value and the
    book's where they first differ; `replacing` are the others that take the place of what the store says.
    """

    untouched: Sequence[int]
    changed: Mapping[int, tuple[str, str]]
    replacing: Sequence[int]


def difference(
    store: Store,
    table: str,
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    taken_at: datetime | None,
    labels: Mapping[str, str],
) -> Difference:
    """Compare rows of a book taken at that moment, None if it does not say, with the ledger of then and of now.

    `labels` are the names of codes and units, for the values that are told.
    """
    columns = list(rows[0])
    with store.scratch() as cursor:
        engine.stage(cursor, "ledger_row", pd.DataFrame(rows, columns=columns, dtype=object), table)
        found = cursor.execute(
            # Names of our own tables, macros and columns.
            f"""
            with then_said as (
                select * from live_{table}(moment := coalesce($taken_at::timestamp, timestamp 'infinity'))
            ),

            -- Uncommitted rows have no row numbers of their own to go by.
            written as (select *, row_number() over () - 1 as place from ledger_row)

            select
                n.place,
                exists (select 1 from then_said as k where {_same(columns, "k", "n")}) as untouched,
                exists (select 1 from then_said as k where {_same(columns, "k", "now")}) as unchanged,
                {", ".join(f"now.{c} as was_{c}, n.{c} as is_{c}" for c in columns if c not in keys)},
                now.batch_id is not null as stands
            from written as n
            left join live_{table}() as now on {_same(keys, "now", "n")}
            where now.batch_id is null or not ({_same(columns, "now", "n")})
            order by n.place
            """,  # noqa: S608
            {"taken_at": taken_at},
        ).df()
    told: list[dict[str, Any]] = [{str(name): value for name, value in r.items()} for r in found.to_dict("records")]
    untouched = [r["place"] for r in told if r["untouched"]]
    changed = {
        r["place"]: next((_said(r[f"was_{c}"], labels), _said(r[f"is_{c}"], labels)) for c in columns if _differs(r, c))
        for r in told
        if taken_at and r["stands"] and not r["untouched"] and not r["unchanged"]
    }
    rest = [r["place"] for r in told if r["stands"] and not r["untouched"] and r["place"] not in changed]
    return Difference(untouched, changed, rest)


def _same(columns: Sequence[str], one: str, other: str) -> str:
    return " and ".join(f"{one}.{c} is not distinct from {other}.{c}" for c in columns)


def _differs(row: Mapping[str, Any], column: str) -> bool:
    if f"was_{column}" not in row:
        return False
    before, after = row[f"was_{column}"], row[f"is_{column}"]
    return bool(pd.isna(before) != pd.isna(after) or (not pd.isna(before) and before != after))


def _said(value: Any, labels: Mapping[str, str]) -> str:
    if pd.isna(value):
        return "(trống)"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return date_short(value)
    return labels.get(value, value) if isinstance(value, str) else number(value, 0 if value == int(value) else 2)
