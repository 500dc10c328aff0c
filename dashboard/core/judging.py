"""The verdicts that follow from facts and law, worked out anew for the people a write touches and for nobody else.

The scripts of `queries/assessment` are the same for one person and for everybody: those in `law` work out what binds
which post in which unit, those in `people` judge whoever is in the temporary table `concerned`. What they make is
temporary; here it takes the place of the store's rows of the same people. Whom a write touches is not said by whoever
writes but seen: in the facts of each person, whose hash is kept, and in the law as it binds posts, units and fields.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store import Cursor

SCRIPTS = Path(__file__).resolve().parents[2] / "queries" / "assessment"
# What the scripts call.
FUNCTIONS = SCRIPTS.parent / "macros" / "functions.sql"
# What the scripts leave in the store, of the law and of people.
LAW = ("unit_regime", "rule", "unit_succession", "field_meaning", "field_fit")
PEOPLE = ("seat", "retirement", "assessment_spell")
JUDGED = (*LAW, *PEOPLE)
# The facts of a person; beside them the scripts of people read only what binds everybody.
_FACTS = ("person", "posting", "qualification")
# How many people are judged at once: it bounds the memory of a country.
_AT_ONCE = 50_000
_CONCERNED = "person_id in (select c.person_id from concerned as c)"


def judge(cursor: Cursor) -> None:
    """Judge anew whom the rows changed in this transaction concern, in the tables of the store."""
    law, for_all = _inputs(cursor)
    known = dict(cursor.execute("select name, value from store.main.meta where name like 'judged_%'").fetchall())
    now = {"judged_law": law, "judged_for_all": for_all}
    everybody, by_law = known.get("judged_for_all") != for_all, known.get("judged_law") != law
    _script(cursor, "touched")
    if everybody or by_law:
        _run(cursor, "law")
    if everybody:
        _begin_anew(cursor)
    elif by_law:
        _script(cursor, "touched_by_law")
    if by_law and not everybody:
        for table in LAW:
            _replace(cursor, table, "true")
    for _ in _by_parts(cursor):
        _run(cursor, "people")
        for table in PEOPLE:
            _replace(cursor, table, _CONCERNED)
    _script(cursor, "remembered")
    _forget(cursor)
    if now != known:
        cursor.execute("delete from store.main.meta where name like 'judged%'")
        cursor.executemany("insert into store.main.meta values (?, ?)", list(now.items()))


def suppose(cursor: Cursor) -> None:
    """Judge everybody whose posts the cursor sees, in temporary tables that hide those of the store."""
    _run(cursor, "law")
    cursor.execute("create or replace temp table concerned as select distinct person_id from posting")
    _run(cursor, "people")


def misjudged(cursor: Cursor) -> dict[str, int]:
    """How many rows of each table of verdicts differ from what facts and law give when all is worked out anew."""
    differing = dict.fromkeys(JUDGED, 0)
    _run(cursor, "law")
    for table in LAW:
        differing[table] += _different(cursor, table, "true")
    _script(cursor, "touched")
    cursor.execute("insert into touched select person_id from fact_hash")
    for table in PEOPLE:
        cursor.execute(f"insert into touched select person_id from store.main.{table}")  # noqa: S608 - ours
    for _ in _by_parts(cursor):
        _run(cursor, "people")
        for table in PEOPLE:
            differing[table] += _different(cursor, table, _CONCERNED)
    return {table: rows for table, rows in differing.items() if rows}


def _inputs(cursor: Cursor) -> tuple[str, str]:
    """What the law is worked out from, and what binds everybody beside it, each as one short text."""
    kept = {
        t for (t,) in cursor.execute("select table_name from duckdb_tables() where database_name = 'store'").fetchall()
    }
    law = _tables_of(cursor, "law") & kept - set(JUDGED)
    return _digest(cursor, "law", law), _digest(
        cursor, "people", _tables_of(cursor, "people") & kept - {*JUDGED, *_FACTS}
    )


def _tables_of(cursor: Cursor, folder: str) -> set[str]:
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((SCRIPTS / folder).glob("*.sql")))
    # DuckDB cannot name the tables of an ASOF join, but it can those of the plain join of the same tables.
    statements = cursor.extract_statements(re.sub(r"\basof\b", "", scripts))
    return set[str]().union(*(cursor.get_table_names(statement.query) for statement in statements))


def _digest(cursor: Cursor, folder: str, tables: set[str]) -> str:
    digest = hashlib.sha256(FUNCTIONS.read_bytes())
    for path in sorted((SCRIPTS / folder).glob("*.sql")):
        digest.update(path.read_bytes())
    for table in sorted(tables):
        rows = f"select count(*), coalesce(sum(hash(t)), 0) from store.main.{table} as t"  # noqa: S608 - its own name
        digest.update(f"{table} {cursor.execute(rows).fetchall()}".encode())
    return digest.hexdigest()


def _by_parts(cursor: Cursor) -> Iterator[None]:
    """Fill `concerned` with those in `touched`, so many at a time, neighbours together: so they lie in the store."""
    _script(cursor, "in_parts", at_once=_AT_ONCE)
    [(parts,)] = cursor.execute("select coalesce(max(part), -1) + 1 from in_part").fetchall()
    for part in range(parts):
        cursor.execute(
            "create or replace temp table concerned as select person_id from in_part where part = $part", {"part": part}
        )
        yield


def _begin_anew(cursor: Cursor) -> None:
    """Make the tables of the store anew, as the scripts of this program leave them, with everybody to be judged."""
    cursor.execute("create or replace temp table concerned as select person_id from touched where false")
    _run(cursor, "people")
    for table in JUDGED:
        cursor.execute(f"create or replace table store.main.{table} as select * from temp.main.{table}")  # noqa: S608
    cursor.execute("insert into touched select person_id from fact_hash union select person_id from person_hash")


def _replace(cursor: Cursor, table: str, where: str) -> None:
    cursor.execute(f"delete from store.main.{table} where {where}")  # noqa: S608 - ours, as all tables here
    cursor.execute(f"insert into store.main.{table} by name select * from temp.main.{table}")  # noqa: S608


def _different(cursor: Cursor, table: str, where: str) -> int:
    kept, made = f"select * from store.main.{table} where {where}", f"select * from temp.main.{table}"  # noqa: S608
    return len(cursor.execute(f"({kept} except all {made}) union all ({made} except all {kept})").fetchall())


def _forget(cursor: Cursor) -> None:
    """What the scripts made in temporary tables would hide the store from whoever goes on with this cursor."""
    made = cursor.execute("select table_name from duckdb_tables() where temporary and schema_name = 'main'").fetchall()
    for (table,) in made:
        if table in JUDGED:
            cursor.execute(f"drop table temp.main.{table}")


def _run(cursor: Cursor, folder: str) -> None:
    for path in sorted((SCRIPTS / folder).glob("*.sql")):
        cursor.execute(path.read_text(encoding="utf-8"))


def _script(cursor: Cursor, name: str, **parameters: int) -> None:
    cursor.execute((SCRIPTS / f"{name}.sql").read_text(encoding="utf-8"), parameters or None)
