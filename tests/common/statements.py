"""What a statement reads, told by DuckDB's own parser: whatever way it is written, no table is missed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb

from core.store import Store

# Beside what belongs to a person or to a case: what lists said of people, and of how many.
TOLD_OF = {"rejected_row", "batch_unit"}

# Macros that read the table whose name they are given.
TOLD_THE_TABLE = {"level_order", "level_steps"}


@dataclass(frozen=True)
class Reading:
    """Tables and functions, macros among them, that a statement names itself; `scanned` are the tables of which it does
    more than look up the rows of a person or a post it has."""

    tables: frozenset[str]
    functions: frozenset[str]
    scanned: frozenset[str]


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _nodes(part)


def _looked_up(join: dict[str, Any]) -> str:
    """Of a join by person or post the table on its right, else nothing."""
    table, names = join["right"], [node.get("column_names") for node in _nodes(join["condition"])]
    known = any([table.get("alias"), key] in names for key in ("person_id", "posting_id"))
    return str(table.get("table_name", "")) if known else ""


def reading(sql: str) -> Reading:
    """What one select statement reads. Refuses what cannot be told: a table named by a text, or one that a part of the
    statement is called by."""
    told = json.loads(duckdb.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchall()[0][0])
    assert not told["error"], told["error_message"]
    nodes = list(_nodes(told))
    parts = {entry["key"] for node in nodes if "cte_map" in node for entry in node["cte_map"]["map"]}
    tables = [n["table_name"].lower() for n in nodes if n.get("type") in ("BASE_TABLE", "SHOW_REF")]
    functions = frozenset(n["function_name"] for n in nodes if "function_name" in n)
    # A macro may read the table that its caller names; what the caller names stands in the caller's statement.
    told_to = [n["children"][0] for n in nodes if n.get("function_name") == "query_table"]
    assert "query" not in functions, "a table named by a text"
    assert all(child["type"] == "COLUMN_REF" for child in told_to), "a table named by a text"
    named = [n["children"][0] for n in nodes if n.get("function_name") in TOLD_THE_TABLE]
    assert all(child["class"] in ("CONSTANT", "COLUMN_REF") for child in named), "a table named by a text"
    tables += [str(child["value"]["value"]).lower() for child in named if child["class"] == "CONSTANT"]
    assert not parts & tables_of_people(), "a part with the name of a table"
    looked_up = [_looked_up(n) for n in nodes if n.get("type") == "JOIN" and n["condition"]]
    scanned = {t for t in tables if tables.count(t) > looked_up.count(t)}
    return Reading(frozenset(tables) - parts, functions, frozenset(scanned) - parts)


@cache
def tables_of_people() -> frozenset[str]:
    """Tables of the store in which a row is about somebody."""
    with Store(":memory:", create=True) as store:
        tables = store.fetch(
            """
            select table_name from duckdb_columns()
            where database_name = 'store' and column_name in ('person_id', 'case_id')
            """
        )
    return frozenset(tables.table_name) | TOLD_OF


@cache
def macros() -> dict[str, tuple[list[str], Reading]]:
    """Of each macro its parameters and what its body reads."""
    with Store(":memory:", create=True) as store:
        found = store.fetch(
            """
            select function_name, parameters, if(function_type = 'macro', 'select ', '') || macro_definition as body
            from duckdb_functions()
            where database_name = 'memory' and function_type in ('macro', 'table_macro')
            """
        )
    return {m.function_name: (list(m.parameters), reading(m.body)) for m in found.itertuples()}


@cache
def macros_over_people() -> frozenset[str]:
    """Macros that read people, or read a macro that does."""
    known: frozenset[str] = frozenset()
    while True:
        more = frozenset(
            name for name, (_, read) in macros().items() if read.tables & tables_of_people() or read.functions & known
        )
        if more == known:
            return known
        known = more


def asks_of_people(sql: str) -> bool:
    """Whether a select statement reads people, in tables or through macros."""
    read = reading(sql)
    return bool(read.tables & tables_of_people() or read.functions & macros_over_people())
