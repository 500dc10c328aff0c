"""The store: officials' facts, the law as dated rows and the verdicts that follow. The only module that speaks DuckDB.

Readers take a cursor each and see the last committed state; writers go one at a time through `Store.write`, which
rebuilds every verdict inside the same transaction, so a figure can never be older than the facts under it.
"""

import csv
import hashlib
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "queries"
WHOLE_COUNTRY = ("vn",)
# Folders of scripts the store runs itself; every other SQL file is a named query.
SCRIPTS = ("schema", "assessment", "intake", "doctor", "suppose")
# A whole store that waits to take the place of the one in use has this after that one's name.
FINISHED = ".moi"
# What a supposition leaves for the queries of `queries/trends` to read; empty in the store itself.
RESULTS = ("supposed", "foreseen", "foreseen_change")
# Tables the office may add rows to: a reload of the shipped rows leaves the office's own alone.
OFFICE_TABLES = ("field_word", "post_field", "provincial_decision", "unit", "unit_lineage", "word")


Cursor = duckdb.DuckDBPyConnection


class StoreError(Exception):
    """Something the reader can act on; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class Filters:
    """What a reader chose to look at. An empty tuple or text means all; `scope` is what this user may see at all.

    `communes` are five-digit unit codes, the rest are codes of `post.csv` and `label.csv`. `scope` names the country
    ('vn'), a province ('46'), a district ('46/483') or communes ('20161'); an empty scope sees nothing.
    """

    as_of: date
    communes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    search: str = ""
    scope: tuple[str, ...] = WHOLE_COUNTRY

    def parameters(self) -> dict[str, Any]:
        """The values bound to `$as_of`, `$scope` and the shared filters of every named query."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in vars(self).items()}

    def on(self, as_of: date) -> "Filters":
        """The same choice on another day."""
        return replace(self, as_of=as_of)


@dataclass(frozen=True)
class Query:
    """One file of `queries/`: its leading comment for the reader, its statement, the parameters it asks for."""

    name: str
    comment: str
    sql: str
    parameters: frozenset[str]


@cache
def load_query(name: str) -> Query:
    """The named query. Raises StoreError if there is none; refuses a file that holds more than one statement."""
    found = [p for p in QUERIES.glob("*/*.sql") if p.stem == name and p.parent.name not in SCRIPTS]
    if len(found) != 1:
        raise StoreError(f"Không có câu truy vấn tên “{name}”. Xem các tên hợp lệ bằng lệnh: manage.py query --help.")
    sql = found[0].read_text(encoding="utf-8")
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise StoreError(f"Tệp {found[0].name} phải có đúng một câu truy vấn.")
    comment = [line[2:].strip() for line in takewhile(lambda line: line.startswith("--"), sql.splitlines())]
    return Query(name, "\n".join(comment), sql, frozenset(statements[0].named_parameters))


def query_names() -> list[str]:
    """Names of all queries a reader may run, in alphabetical order."""
    return sorted(p.stem for p in QUERIES.glob("*/*.sql") if p.parent.name not in SCRIPTS)


def is_file(target: str) -> bool:
    """Whether a store is a file of its own, not one shared through a catalog or in memory."""
    return ":" not in target or Path(target).is_absolute()


def default_target() -> str:
    """The store named by DASHBOARD_STORE, else the office's own file beside the program."""
    return os.environ.get("DASHBOARD_STORE") or str(ROOT / ".data" / "can-bo.duckdb")


class Reader(ABC):
    """Something that answers queries: a store, or a store with something supposed."""

    target: str

    @abstractmethod
    def _cursor(self) -> AbstractContextManager[Cursor]:
        """A cursor that sees what is to be read."""

    def fetch(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of one statement with bound parameters."""
        try:
            with self._cursor() as cursor:
                return cursor.execute(sql, dict(parameters or {})).df()
        except duckdb.Error as error:
            raise _explained(error, self.target) from error

    def query(self, name: str, filters: Filters, **extra: Any) -> pd.DataFrame:
        """Rows of a named query, in its order. `extra` gives the parameters that are not shared filters."""
        query = load_query(name)
        given = filters.parameters() | extra
        missing = query.parameters - given.keys()
        if missing:
            raise StoreError(f"Câu truy vấn “{name}” cần thêm tham số: {', '.join(sorted(missing))}.")
        return self.fetch(query.sql, {p: given[p] for p in query.parameters})


class Supposed(Reader):
    """A store as it would be if what the temporary tables of a cursor say were so; made by `Store.suppose`."""

    def __init__(self, cursor: Cursor, target: str) -> None:
        self._own, self.target = cursor, target

    @contextmanager
    def _cursor(self) -> Iterator[Cursor]:
        yield self._own

    def keep(self, name: str, rows: pd.DataFrame) -> None:
        """Give the scripts rows to read, as a temporary table with the columns of the store's table of that name."""
        stage(self._own, name, rows, name)

    def run(self, script: str, filters: Filters, **extra: Any) -> None:
        """Run a script of `queries/suppose`; its temporary tables hide those of the store of the same name."""
        run(self._own, QUERIES / "suppose" / f"{script}.sql", filters.parameters() | extra)

    def judge(self) -> None:
        """Work out the verdicts anew from what is supposed, in temporary tables."""
        _rebuild(self._own, temporary=True)

    def forget(self) -> None:
        """Take away every temporary table but the results, so that a query sees the store again beside them."""
        hidden = self._own.execute("select table_name from duckdb_tables() where temporary").fetchall()
        for (name,) in hidden:
            if name not in RESULTS:
                self._own.execute(f"drop table temp.{name}")


class Store(Reader):
    """An open store. `target` is a file path, `ducklake:...`, or ':memory:' for one that leaves no trace."""

    def __init__(self, target: str, *, create: bool = False) -> None:
        in_file = is_file(target)
        finished = Path(f"{target}{FINISHED}")
        if in_file and not create and not Path(target).exists() and finished.exists():
            finished.replace(target)
        if in_file and not create and not Path(target).exists():
            raise StoreError(f"Chưa có kho số liệu {target}. Tạo bằng lệnh: python dashboard/manage.py init --sample.")
        if in_file:
            try:
                Path(target).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(f"Không tạo được thư mục cho kho số liệu {target}. Chọn nơi khác.") from error
        self.target = target
        self.writing = threading.Lock()
        self._db = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        try:
            # ATTACH takes no bound parameter; doubling the quote is how SQL writes a quote inside a text.
            self._db.execute("attach '" + target.replace("'", "''") + "' as store")
            self._db.execute("set enable_external_access = false")
            self._define("functions.sql")
            self._bring_up_to_date()
            self._define("views.sql")
            self._define("ledger.sql")
            self._define("trends.sql")
            self._define("structure.sql")
        except duckdb.Error as error:
            self._db.close()
            raise _explained(error, target) from error
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def ping(self) -> None:
        """Raise StoreError unless the store answers a query over its verdicts."""
        self.fetch("select count(*) as n from assessment_spell")

    def _define(self, file: str) -> None:
        # Macros live in memory, not in the file, so that they are always those of this program.
        with self._db.cursor() as cursor:
            cursor.execute("set search_path = 'memory.main,store.main'")
            cursor.execute((QUERIES / "schema" / file).read_text(encoding="utf-8"))

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        # A cursor does not inherit the search path.
        with self._db.cursor() as cursor:
            cursor.execute("set search_path = 'store.main,memory.main'")
            yield cursor

    @contextmanager
    def scratch(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for work in temporary tables that ends in reading; what it writes to the store is taken back."""
        with self._cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
            except duckdb.Error as error:
                raise _explained(error, self.target) from error
            finally:
                cursor.execute("rollback")

    @contextmanager
    def suppose(self) -> Iterator[Supposed]:
        """The store with room for a supposition, all of which is gone when the block ends."""
        with self.scratch() as cursor:
            yield Supposed(cursor, self.target)

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction: everything inside it and the verdicts that follow are kept together or not at all."""
        with self.writing, self._cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                _rebuild(cursor)
                cursor.execute("commit")
            except BaseException as error:
                cursor.execute("rollback")
                if isinstance(error, duckdb.Error):
                    raise _explained(error, self.target) from error
                raise

    def _bring_up_to_date(self) -> None:
        """Apply new migrations once; reload the shipped law and rebuild the verdicts when their files changed."""
        with self._cursor() as cursor:
            has_meta = cursor.execute(
                "select count(*) from duckdb_tables() where database_name = 'store' and table_name = 'meta'"
            ).fetchall()[0][0]
            meta = dict(cursor.execute("select name, value from meta").fetchall()) if has_meta else {}
        done = int(meta.get("schema", 0))
        migrations = sorted((QUERIES / "schema").glob("[0-9]*.sql"))
        current = _fingerprint()
        if done > len(migrations):
            raise StoreError(
                f"Kho số liệu {self.target} do bản phần mềm mới hơn tạo ra. Mở bằng bản phần mềm mới nhất."
            )
        if done == len(migrations) and meta.get("law") == current:
            return
        with self.write() as cursor:
            for migration in migrations[done:]:
                cursor.execute(migration.read_text(encoding="utf-8"))
            load_reference(cursor, QUERIES / "reference")
            cursor.execute("delete from meta where name in ('schema', 'law')")
            cursor.execute(
                "insert into meta values ('schema', $schema), ('law', $law)",
                {"schema": str(len(migrations)), "law": current},
            )


def load_reference(cursor: duckdb.DuckDBPyConnection, folder: Path = QUERIES / "reference") -> None:
    """Replace the shipped reference rows by those of the CSV files; an empty cell is NULL, rows of the office stay."""
    # An office of another district has a list of communes of its own in place of the shipped one.
    own_units = cursor.execute("select count(*) from meta where name = 'own_units'").fetchall()[0][0]
    for path in sorted(folder.glob("*.csv")):
        table = path.stem
        if own_units and table in ("unit", "unit_lineage"):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
        # `table` is the name of one of our own files, never a user's text.
        if table in OFFICE_TABLES:
            cursor.execute(f"delete from {table} where origin = 'goc'")  # noqa: S608
        else:
            cursor.execute(f"delete from {table}")  # noqa: S608
        if rows:
            insert(cursor, table, pd.DataFrame(rows, dtype=object))


def insert(cursor: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Append a frame to a table of the store by column name."""
    cursor.register("incoming", rows)
    cursor.execute(f"insert into store.main.{table} by name select * from incoming")  # noqa: S608
    cursor.unregister("incoming")


def stage(cursor: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame, like: str) -> None:
    """A temporary table of incoming rows whose columns have the types of the table they are meant for."""
    types = dict(cursor.execute(f"select name, type from pragma_table_info('store.main.{like}')").fetchall())  # noqa: S608
    cursor.register("incoming", rows)
    columns = ", ".join(
        f"cast({c} as {types.get(c, 'bigint' if c in ('who', 'same_as') else 'varchar')}) as {c}" for c in rows
    )
    cursor.execute(f"create or replace temp table {name} as select {columns} from incoming")  # noqa: S608
    cursor.unregister("incoming")


def run(cursor: duckdb.DuckDBPyConnection, script: Path, parameters: Mapping[str, Any] | None = None) -> None:
    """Run the statements of a file one after the other, binding to each the parameters it asks for."""
    for statement in cursor.extract_statements(script.read_text(encoding="utf-8")):
        cursor.execute(statement, {p: (parameters or {})[p] for p in statement.named_parameters})


def _rebuild(cursor: duckdb.DuckDBPyConnection, *, temporary: bool = False) -> None:
    for step in sorted((QUERIES / "assessment").glob("*.sql")):
        if temporary:
            # A table of the store written here, even to be taken back, would stand in the way of whoever writes.
            sql = step.read_text(encoding="utf-8")
            cursor.execute(sql.replace("create or replace table ", "create or replace temp table "))
        else:
            run(cursor, step)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [
        QUERIES / "schema" / "functions.sql",
        *sorted((QUERIES / "reference").iterdir()),
        *sorted((QUERIES / "assessment").iterdir()),
    ]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _explained(error: duckdb.Error, target: str) -> StoreError:
    text = str(error)
    if "Could not set lock" in text or "being used by another process" in text or "already attached" in text:
        return StoreError(
            f"Kho số liệu {target} đang được một chương trình khác mở (thường là ứng dụng đang chạy). "
            "Đóng chương trình đó rồi thử lại."
        )
    if isinstance(
        error, duckdb.IOException | duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException
    ):
        return StoreError(
            f"Tệp {target} không phải là kho số liệu hoặc đã hỏng. Khôi phục bản sao lưu gần nhất rồi mở lại."
        )
    return StoreError(f"Kho số liệu {target} báo lỗi: {text.splitlines()[0]}")


def change_store(kept: Path) -> None:
    """Make the finished store beside the present one (`FINISHED`) the one in use; the present one is kept as `kept`.

    Raises StoreError when a file cannot be renamed; then all is as before.
    """
    target = default_target()
    present = open_store()
    with present.writing:  # nobody is to be cut off while writing
        _shared.cache_clear()
        present.close()
        try:
            Path(target).replace(kept)
        except OSError as error:
            raise StoreError(
                f"Kho số liệu {target} đang bị chương trình khác giữ. Đóng chương trình đó rồi thử lại."
            ) from error
        # Killed here, `Store` finds the finished one.
        Path(f"{target}{FINISHED}").replace(target)


@cache
def _shared(target: str) -> Store:
    return Store(target)


def open_store() -> Store:
    """The one store of this process. Raises StoreError when the file is absent, locked or broken."""
    return _shared(default_target())


def codes(values: Sequence[str] | None) -> tuple[str, ...]:
    """A filter's values as the tuple that `Filters` keeps; nothing chosen is an empty tuple."""
    return tuple(values or ())
