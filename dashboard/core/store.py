"""The store: officials' facts, the law as dated rows and the verdicts that follow. The only module that opens DuckDB.

Readers take a cursor each and see the last committed state; writers go one at a time through `Store.write`, which
judges anew whom the write concerns inside the same transaction (`core.judging`), so a figure can never be older than
the facts under it.
"""

import csv
import getpass
import hashlib
import logging
import os
import re
import threading
import uuid
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd

from core import judging, store_file
from core.answers import Answers, key_of
from core.store_file import FINISHED, MAKING, STORAGE, StoreError, StoreInUse, is_file

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries"
WHOLE_COUNTRY = ("vn",)
# Folders of scripts the store runs itself; every other SQL file is a named query.
SCRIPTS = ("schema", "macros", "assessment", "intake", "doctor", "suppose")
# What forms and files are filled from, under the names of the tables: named queries, but no lists to be shown.
FACTS = "facts"
# What a supposition leaves for the queries of `queries/trends` to read; empty in the store itself.
RESULTS = ("supposed", "foreseen", "foreseen_change", "foreseen_leaving")
# Tables the office may add rows to: a reload of the shipped rows leaves the office's own alone.
OFFICE_TABLES = ("field_word", "guidance_clock", "post_field", "provincial_decision", "unit", "unit_lineage", "word")


# Of the files of `queries/reference` the one that no query reads: what lists are made of on screen, `core.columns`.
COLUMNS = "column"

Cursor = duckdb.DuckDBPyConnection
# What this process asks before it writes to a store of an office; raises StoreError where that may not be. The pages
# put their question here, so that a way to write that forgets about rights is shut, not open.
before_writing: list[Callable[[], None]] = []
_T = TypeVar("_T")
# Of each table the number of its rows and the sum of their hashes.
Contents = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Filters:
    """What a reader chose to look at, of what the reader may see. An empty tuple or text means all of it.

    `communes` are five-digit unit codes, the rest are codes of `post.csv` and `label.csv`. `place` is a province ('46')
    or district ('46/483') that all is narrowed to; `per` is what people are counted by where they are counted by place:
    'commune', 'district' or 'province'.
    """

    as_of: date
    communes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    search: str = ""
    place: str = ""
    per: str = "commune"

    def parameters(self) -> dict[str, Any]:
        """The values bound to `$as_of` and the shared filters of every named query."""
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
    """Names of all queries that answer with a list to be shown, in alphabetical order."""
    return sorted(p.stem for p in QUERIES.glob("*/*.sql") if p.parent.name not in (*SCRIPTS, FACTS))


def default_target() -> str:
    """The store that is looked at for a while, else the one named by DASHBOARD_STORE, else the office's own file beside
    the program.

    Of a link the file it leads to: that is where DuckDB keeps the log, and what is copied, replaced and kept.
    """
    named = looked_at() or os.environ.get("DASHBOARD_STORE") or str(ROOT / ".data" / "can-bo.duckdb")
    return str(Path(named).resolve()) if is_file(named) else named


class Reader:
    """A store as somebody may see it: every answer is within the reader's scope, whatever the filters ask for.

    `scope` names the country ('vn'), provinces ('46'), districts ('46/483') or communes ('20161'); an empty scope sees
    nothing. `who` is the name that files bear; `guard` raises StoreError once nothing may be seen any more. Made by
    `Store.seen_by`.
    """

    def __init__(self, store: "Store", scope: Sequence[str], who: str, guard: Callable[[], None]) -> None:
        self.store, self.scope, self.who, self.guard = store, tuple(scope), who, guard

    def query(self, name: str, filters: Filters, **extra: Any) -> pd.DataFrame:
        """Rows of a named query, in its order. `extra` gives the parameters that are not shared filters."""
        self.guard()
        query = load_query(name)
        given = self._given(filters, extra)
        missing = query.parameters - given.keys()
        if missing:
            raise StoreError(f"Câu truy vấn “{name}” cần thêm tham số: {', '.join(sorted(missing))}.")
        return self._answer(query, {p: given[p] for p in query.parameters})

    def no_rows(self, name: str, filters: Filters, **extra: Any) -> pd.DataFrame:
        """The columns of a named query without its rows: nothing is worked out."""
        query = load_query(name)
        given = {p: v for p, v in self._given(filters, extra).items() if p in query.parameters}
        # A line of its own: the statement may end in a comment.
        return self.store.fetch(f"from ({query.sql.rstrip().rstrip(';')}\n) limit 0", given)

    @contextmanager
    def suppose(self, what: Hashable, work_out: Callable[["Supposed"], None]) -> Iterator["Supposed"]:
        """The same view under a supposition, which `work_out` puts into temporary tables: gone when the block ends.

        `what` names all that is supposed: its answers are kept as others are, and it is worked out only for one that is
        not kept.
        """
        with ExitStack() as stack:
            yield Supposed(self, what, work_out, stack)

    def _given(self, filters: Filters, extra: Mapping[str, Any]) -> dict[str, Any]:
        return filters.parameters() | dict(extra) | {"scope": list(self._within(filters.place))}

    def _within(self, place: str) -> tuple[str, ...]:
        """The part of the scope that lies in a province or district; the scope itself of a place that does not lie in
        it."""
        if not place or "vn" in self.scope or any(place == s or place.startswith(f"{s}/") for s in self.scope):
            return (place,) if place else self.scope
        return tuple(s for s in self.scope if s.startswith(f"{place}/")) or self.scope

    def _answer(self, query: Query, parameters: Mapping[str, Any]) -> pd.DataFrame:
        return self.store.kept(query.name, parameters, lambda: self.store.fetch(query.sql, parameters))


class Supposed(Reader):
    """A store as it would be if what the temporary tables of a cursor say were so; made by `Reader.suppose`."""

    def __init__(
        self, reader: Reader, what: Hashable, work_out: Callable[["Supposed"], None], stack: ExitStack
    ) -> None:
        super().__init__(reader.store, reader.scope, reader.who, reader.guard)
        self._what, self._work_out, self._stack = (reader.scope, what), work_out, stack
        self._begun: Cursor | None = None

    @property
    def _cursor(self) -> Cursor:
        if self._begun is None:
            self._begun = self._stack.enter_context(self.store.scratch())
            self._work_out(self)
        return self._begun

    def _answer(self, query: Query, parameters: Mapping[str, Any]) -> pd.DataFrame:
        return self.store.kept((self._what, query.name), parameters, lambda: self._fetch(query.sql, parameters))

    def _fetch(self, sql: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        try:
            return self._cursor.execute(sql, dict(parameters)).df()
        except duckdb.Error as error:
            raise _explained(error, self.store.target) from error

    def keep(self, name: str, rows: pd.DataFrame) -> None:
        """Give the scripts rows to read, as a temporary table with the columns of the store's table of that name."""
        stage(self._cursor, name, rows, name)

    def run(self, script: str, filters: Filters, **extra: Any) -> None:
        """Run a script of `queries/suppose`; its temporary tables hide those of the store of the same name."""
        run(self._cursor, QUERIES / "suppose" / f"{script}.sql", self._given(filters, extra))

    def judge(self) -> None:
        """Work out the verdicts anew from what is supposed, in temporary tables."""
        judging.suppose(self._cursor)

    def forget(self) -> None:
        """Take away every temporary table but the results, so that a query sees the store again beside them."""
        hidden = self._cursor.execute("select table_name from duckdb_tables() where temporary").fetchall()
        for (name,) in hidden:
            if name not in RESULTS:
                self._cursor.execute(f"drop table temp.{name}")


class Store:
    """An open store. `target` is a file path, `ducklake:...`, or ':memory:' for one that leaves no trace."""

    def __init__(self, target: str, *, create: bool = False) -> None:
        self.target = target
        self.writing = threading.Lock()
        self._path = Path(target) if is_file(target) else None
        self._unsaved = self._lost = False
        self._writes, self._answers = 0, Answers()
        self._watch: store_file.Watch | None = None
        # The state this process left the file in; None while it is writing.
        self._left: store_file.Mark | None = None
        if self._path:
            try:
                store_file.make_ready(self._path, create=create)
                if store_file.is_older(self._path):
                    _renew(self._path)
                _refuse_log_of_a_branch(self._path)
            except OSError as error:
                raise store_file.refused(error, f"kho số liệu {target}") from error
        self._db = _engine()
        try:
            _attach(self._db, target, "store", *([f"storage_version '{STORAGE}'"] if self._path else []))
            if self._path and "?" in self._path.name:
                # DuckDB does not know these for its own.
                logs = ", ".join(_quoted(str(log)) for log in store_file.logs_of(self._path))
                self._db.execute(f"set allowed_paths = [{logs}]")
            self._db.execute("set enable_external_access = false")
            # What is only in the log goes into the file where `_save` sees that it is still the store's own.
            self._db.execute("pragma disable_checkpoint_on_shutdown")
            self._file = store_file.identity(self._path) if self._path else None
            if self._path:
                self._watch = store_file.Watch(self._path)
                self._left = self._watch.mark()
            self._define("functions.sql")
            self._bring_up_to_date(create)
            self._define_phrases()
            for macros in ("since", "people", "training", "ledger", "grounds", "trends", "supposed", "workforce"):
                self._define(f"{macros}.sql")
        except duckdb.Error as error:
            self._let_go()
            raise _explained(error, target) from error
        except BaseException:
            self._let_go()
            raise
        if self._path:
            # A change of stores that was broken off before the present one was touched did not happen.
            store_file.remove(Path(f"{target}{FINISHED}"))
            store_file.sweep(self._path)
            # What a process that was killed left in the log goes into the file at once.
            with self.writing:
                self._unsaved = any(log.exists() for log in store_file.logs_of(self._path))
                self._save()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Put what is only in the log into the file and let go of it; waits for whoever is writing."""
        with self.writing:
            self._save()
            self._let_go()

    def _let_go(self) -> None:
        self._left = None
        self._db.close()
        if self._watch:
            self._watch.close()

    @property
    def usable(self) -> bool:
        """Whether the store can go on: false once DuckDB has given it up, for instance when the disk was full."""
        return not self._lost

    def check_place(self) -> None:
        """Raise StoreError when the file was deleted, renamed, replaced or written over since it was opened: nobody
        would see what is written to it, or both would be destroyed."""
        if self._path and store_file.identity(self._path) != self._file:
            raise StoreError(
                f"Tệp kho số liệu {self.target} đã bị xóa, đổi tên hoặc thay bằng tệp khác trong lúc chương trình đang "
                "mở, nên không đọc, ghi gì nữa. Đặt lại đúng tệp ấy, hoặc tắt chương trình rồi mở lại."
            )
        left = self._left
        # Where this process has begun to write meanwhile, the write itself looks (`_written_by_us`).
        if left and self._mark() != left and self._left is left:
            raise self._overwritten()

    def _mark(self) -> store_file.Mark | None:
        return self._watch.mark() if self._watch else None

    def _overwritten(self) -> StoreError:
        return StoreError(
            f"Tệp kho số liệu {self.target} đã bị chương trình khác ghi đè trong lúc chương trình đang mở, nên không "
            "đọc, ghi gì nữa. Tắt chương trình, đặt lại đúng tệp hoặc khôi phục bản sao lưu bằng lệnh restore, "
            "rồi mở lại."
        )

    @contextmanager
    def _written_by_us(self) -> Iterator[Callable[[], None]]:
        """What changes in the file within the block is this process's own; `writing` is held.

        Gives the check to be made at the last moment before the file itself is changed, which raises StoreError. A
        file that somebody else has changed stays so in the eyes of `check_place`.
        """
        self.check_place()
        left, changed = self._left, False

        def check() -> None:
            nonlocal changed
            self.check_place()
            now = self._mark()
            if left and not (now and left.may_become(now)):
                raise self._overwritten()
            changed = True

        self._left = None
        try:
            yield check
        finally:
            now = self._mark()
            self._left = now if changed or not left or (now and left.may_become(now)) else left

    def ping(self) -> None:
        """Raise StoreError unless the store is where it was and answers a query over its verdicts."""
        self.check_place()
        self.fetch("select count(*) as n from assessment_spell")

    def _define(self, file: str) -> None:
        # Macros live in memory, not in the file, so that they are always those of this program.
        with self._db.cursor() as cursor:
            cursor.execute("set search_path = 'memory.main,store.main'")
            cursor.execute((QUERIES / "macros" / file).read_text(encoding="utf-8"))

    def _define_phrases(self) -> None:
        # As constants: to look each up in its table takes longer to plan than the rest of a query.
        with self._db.cursor() as cursor:
            cursor.execute("set search_path = 'memory.main,store.main'")
            phrases = cursor.execute("select code, text from phrase order by code").fetchall()
            cases = " ".join(f"when {_quoted(code)} then {_quoted(text)}" for code, text in phrases)
            cursor.execute(f"create or replace macro phrase(of_code) as (case of_code {cases} end)")

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        # A cursor does not inherit the search path.
        with self._db.cursor() as cursor:
            cursor.execute("set search_path = 'store.main,memory.main'")
            try:
                yield cursor
            except duckdb.Error as error:
                self._note(error)
                raise
        if self._unsaved and self.writing.acquire(blocking=False):
            try:
                self._save()
            finally:
                self.writing.release()

    def _save(self) -> None:
        # From the log into the file: whoever copies the file alone is to have everything. DuckDB does not while a
        # reader looks at an older state; then the last such reader does it (`_cursor`).
        if self._unsaved:
            try:
                with self._written_by_us() as check:
                    check()
                    self._db.execute("checkpoint store")
                self._unsaved = False
            except duckdb.Error as error:
                self._note(error)
            except StoreError:
                pass  # said by whoever asks for the store next; the log keeps what is not in the file

    def _note(self, error: duckdb.Error) -> None:
        self._lost = self._lost or isinstance(error, duckdb.FatalException) or "has been invalidated" in str(error)

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
                with suppress(Exception):  # the first error counts; a store that DuckDB has given up takes nothing back
                    cursor.execute("rollback")

    def seen_by(
        self, scope: Sequence[str], *, who: str | None = None, guard: Callable[[], None] = lambda: None
    ) -> Reader:
        """The store as somebody of that scope may see it: whoever this machine knows, unless `who` says another."""
        return Reader(self, scope, who or getpass.getuser(), guard)

    def fetch(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Rows of one statement with bound parameters. It knows no scope: of people ask through `seen_by`."""
        try:
            with self._cursor() as cursor:
                return cursor.execute(sql, dict(parameters or {})).df()
        except duckdb.Error as error:
            raise _explained(error, self.target) from error

    def kept(self, what: Hashable, parameters: Mapping[str, Any], ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """What `ask` gives for a question, named with all its parameters, scope included; kept until the next write."""
        plain = key_of(parameters)
        # The number is taken before the question is asked: an answer is never kept under a later state than its own.
        return ask() if plain is None else self._answers.get((self._writes, what, plain), ask)

    def remembered(self, what: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` makes of the store, which nobody may change; kept until the next write."""
        return self._answers.get((self._writes, what), make)

    @property
    def writes(self) -> int:
        """How often this process has written to the store."""
        return self._writes

    def forget_answers(self) -> None:
        """Work out anew whatever is asked next."""
        self._answers.forget()

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A transaction: everything inside it and the verdicts that follow are kept together or not at all.

        Raises StoreError when whoever asks may not write (`before_writing`).
        """
        if self._path:
            for ask in before_writing:
                ask()
        with self._written() as cursor:
            yield cursor

    @contextmanager
    def _written(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self.writing, self._written_by_us() as check, self._cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                judging.judge(cursor)
                _sign(cursor)
                check()
                cursor.execute("commit")
                self._writes += 1
                self.forget_answers()
            except BaseException as error:
                if isinstance(error, duckdb.Error):
                    self._note(error)
                with suppress(Exception):  # the first error counts; a failed commit has rolled back already
                    cursor.execute("rollback")
                if isinstance(error, duckdb.Error):
                    raise _explained(error, self.target) from error
                raise
        self._unsaved = self._path is not None
        with self.writing:
            self._save()
        self.check_place()

    def misjudged(self) -> dict[str, int]:
        """How many rows of each table of verdicts differ from what the facts and the law give when worked out anew."""
        with self.scratch() as cursor:
            return judging.misjudged(cursor)

    def contents(self) -> Contents:
        """Every table read whole: number of rows and sum of their hashes. Raises StoreError where one is damaged."""
        with self._cursor() as cursor:
            try:
                return _contents(cursor, "store")
            except duckdb.Error as error:
                raise _explained(error, self.target) from error

    def state(self) -> str:
        """What the present state of the store is called: another name after every write, empty before the first."""
        return self.remembered("state", lambda: _state(self.fetch(_STATE).value.tolist()))

    def _bring_up_to_date(self, create: bool) -> None:
        """Apply new migrations once; reload the shipped law and rebuild the verdicts when their files changed."""
        with self._cursor() as cursor:
            tables = {
                name
                for (name,) in cursor.execute(
                    "select table_name from duckdb_tables() where database_name = 'store' "
                    "union select view_name from duckdb_views() where database_name = 'store' and not internal"
                ).fetchall()
            }
            meta: dict[str, str] = {}
            with suppress(duckdb.CatalogException, duckdb.BinderException):
                meta = dict(cursor.execute("select name, value from meta").fetchall())
        if not meta.get("schema", "").isdigit() and (tables or not create):
            raise _foreign(self.target)
        done = int(meta.get("schema", "0"))
        migrations = sorted((QUERIES / "schema").glob("[0-9]*.sql"))
        current = _fingerprint()
        if done > len(migrations):
            raise StoreError(
                f"Kho số liệu {self.target} do bản phần mềm mới hơn tạo ra. Mở bằng bản phần mềm mới nhất."
            )
        if done == len(migrations) and meta.get("law") == current:
            return
        with self._written() as cursor:
            for migration in migrations[done:]:
                cursor.execute(migration.read_text(encoding="utf-8"))
            load_reference(cursor, QUERIES / "reference")
            cursor.execute("delete from meta where name in ('schema', 'law')")
            cursor.execute(
                "insert into meta values ('schema', $schema), ('law', $law)",
                {"schema": str(len(migrations)), "law": current},
            )


def _engine() -> Cursor:
    # What the process writes from now on, the log of a store among it, is for its owner's eyes only.
    os.umask(0o077)
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})


def _attach(db: Cursor, target: str, name: str, *options: str) -> None:
    how = f" ({', '.join(options)})" if options else ""
    db.execute(f"attach {_quoted(target)} as {name}{how}")


def _quoted(text: str) -> str:
    # ATTACH and SET take no bound parameter; doubling the quote is how SQL writes a quote inside a text.
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def copy_store(source: Path, target: Path) -> Contents:
    """Write a closed store anew, log included, into a file with an identity of its own; every block of it is read.

    Returns the contents of every table (`Store.contents`), which were read back from the new file. Raises StoreError
    when the source is damaged or the copy is not the same.
    """
    _refuse_log_of_a_branch(source)
    with _engine() as db:
        try:
            _attach(db, str(source), "source")
            before = _contents(db, "source")
        except duckdb.Error as error:
            raise _explained(error, str(source)) from error
        try:
            _attach(db, str(target), "target", f"storage_version '{STORAGE}'")
            db.execute("copy from database source to target")
            db.execute("checkpoint target")
            db.execute("detach target")
            _attach(db, str(target), "target", "read_only")
            if _contents(db, "target") != before:
                raise StoreError(
                    f"Bản chép {target} không giống kho {source} nên không dùng. Thử lại; nếu vẫn vậy, thay ổ đĩa."
                )
        except duckdb.Error as error:
            raise _explained(error, str(target).removesuffix(MAKING)) from error
    return before


def _contents(cursor: Cursor, database: str) -> Contents:
    tables = cursor.execute(
        "select table_name from duckdb_tables() where database_name = $database order by table_name",
        {"database": database},
    ).fetchall()
    read = {}
    for (table,) in tables:
        rows = f"select count(*), coalesce(sum(hash(t)), 0) from {database}.main.{table} as t"  # noqa: S608 - its own name
        [(count, total)] = cursor.execute(rows).fetchall()
        read[str(table)] = int(count), int(total)
    return read


_STATE = "select value from store.main.meta where name = 'state'"


def _state(signed: Sequence[str]) -> str:
    return signed[0].partition("<")[0] if signed else ""


def state_of(path: Path) -> str:
    """`Store.state` of a closed store, which stays as it is. Raises StoreError when it cannot be read."""
    with _engine() as db:
        try:
            _attach(db, str(path), "store", "read_only")
            return _state([value for (value,) in db.execute(_STATE).fetchall()])
        except duckdb.Error as error:
            raise _explained(error, str(path)) from error


def _sign(cursor: Cursor) -> None:
    """Give the state that is about to be committed a name of its own, and tell which state it was made from."""
    made_from = _state([value for (value,) in cursor.execute(_STATE).fetchall()]) or "0" * 32
    cursor.execute("delete from store.main.meta where name = 'state'")
    cursor.execute("insert into store.main.meta values ('state', $s)", {"s": f"{uuid.uuid4().hex}<{made_from}"})


def _refuse_log_of_a_branch(path: Path) -> None:
    """Raise StoreError when the log beside a store was written to another copy of it.

    Two copies that were both written to since have one identity and may have been written equally often, which is all
    DuckDB looks at: so the state the file is in must be one the log speaks of (`_sign`). Rows by the hundred thousand
    stand in the file, and only where they are in the log: so what the log makes of the file is tried on a copy first.
    """
    if not any(log.is_file() and log.stat().st_size for log in store_file.logs_of(path)):
        return
    with store_file.workshop(path) as folder:
        copy = folder / "kho.duckdb"
        store_file.snapshot(path, copy)  # another program may be writing; that it does is said by whoever opens it
        logs = [log for log in store_file.logs_of(copy) if log.exists()]
        said = b"".join(log.read_bytes() for log in logs)
        if not re.search(rb"[0-9a-f]{32}<[0-9a-f]{32}", said):
            return  # of a program that did not sign yet, or nothing in it was committed
        for log in logs:
            log.rename(log.with_suffix(".aside"))
        with _engine() as db:
            try:
                _attach(db, str(copy), "store", "read_only")
                state = _state([value for (value,) in db.execute(_STATE).fetchall()])
                _contents(db, "store")
            except duckdb.CatalogException:
                state = ""
            except duckdb.Error as error:
                raise _explained(error, str(path)) from error
        if (state or "0" * 32).encode() not in said:
            raise store_file.foreign_log(path)
        for log in logs:
            log.with_suffix(".aside").rename(log)
        with _engine() as db:
            try:
                _attach(db, str(copy), "store")
                _contents(db, "store")
            except duckdb.Error as error:
                raise store_file.foreign_log(path) from error


def _foreign(target: str) -> StoreError:
    return StoreError(
        f"Tệp {target} không phải là kho số liệu của chương trình này, nên không ghi gì vào đó. "
        "Đặt DASHBOARD_STORE sang đúng tệp của kho, hoặc chọn tên tệp khác."
    )


def _renew(path: Path) -> None:
    """Write a store of DuckDB's older format, which has no log beside it, anew in ours.

    Raises StoreError for a file that is none of ours, which stays as it is.
    """
    with _engine() as db:
        try:
            _attach(db, str(path), "store", "read_only")
            ours = db.execute("select value from store.main.meta where name = 'schema'").fetchall()
        except (duckdb.CatalogException, duckdb.BinderException):
            ours = []
        except duckdb.Error as error:
            raise _explained(error, str(path)) from error
    if not any(schema.isdigit() for (schema,) in ours):
        raise _foreign(str(path))
    making = Path(f"{path}{MAKING}")
    store_file.remove(making)
    copy_store(path, making)
    making.replace(path)


def load_reference(cursor: duckdb.DuckDBPyConnection, folder: Path = QUERIES / "reference") -> None:
    """Replace the shipped reference rows by those of the CSV files; an empty cell is NULL, rows of the office stay."""
    # An office of another district has a list of communes of its own in place of the shipped one.
    own_units = cursor.execute("select count(*) from meta where name = 'own_units'").fetchall()[0][0]
    for path in sorted(folder.glob("*.csv")):
        table = path.stem
        if table == COLUMNS:
            continue
        if own_units and table in ("unit", "unit_lineage"):
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]
        if table == "unit":
            # A commune that the office has put right is its own.
            own = {u for (u,) in cursor.execute("select unit_id from unit where origin = 'co_quan'").fetchall()}
            rows = [row for row in rows if row["unit_id"] not in own]
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


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in [
        judging.FUNCTIONS,
        *sorted(p for p in (QUERIES / "reference").iterdir() if p.stem != COLUMNS),
        *sorted(judging.SCRIPTS.rglob("*.sql")),
    ]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _explained(error: duckdb.Error, target: str) -> StoreError:
    text = str(error)
    if "Could not set lock" in text or "being used by another process" in text or "already attached" in text:
        return StoreInUse(
            f"Kho số liệu {target} đang được một chương trình khác mở (thường là ứng dụng đang chạy). "
            "Đóng chương trình đó rồi thử lại."
        )
    if "WAL does not match" in text or "WAL checkpoint iteration does not match" in text:
        return store_file.foreign_log(Path(target))
    if isinstance(error, duckdb.OutOfMemoryException):
        return StoreError("Máy không đủ bộ nhớ cho việc này. Đóng bớt chương trình khác rồi thử lại.")
    if said := store_file.reason(text, f"kho số liệu {target}"):
        return said
    if isinstance(
        error, duckdb.IOException | duckdb.SerializationException | duckdb.InternalException | duckdb.FatalException
    ):
        return StoreError(
            f"Tệp {target} không phải là kho số liệu hoặc đã hỏng. "
            "Khôi phục bản sao lưu gần nhất bằng lệnh restore rồi mở lại."
        )
    # DuckDB speaks English: its words are for the log, and go with the error as its cause.
    logging.getLogger(__name__).info("%s: %s", target, text)
    return StoreError(
        f"Kho số liệu {target} không làm được việc này nên chưa ghi gì. "
        "Thử lại; nếu vẫn vậy, chạy lệnh doctor để kiểm tra kho."
    )


def change_store(kept: Path) -> None:
    """Make the finished store beside the present one (`FINISHED`) the one in use; the present one is kept as `kept`.

    Raises StoreError when a file cannot be renamed; then all is as before.
    """
    target = Path(default_target())
    # A finished store beside one that is opened is taken for a change broken off: so it is not opened in between.
    with _opening:
        present = _open.pop(str(target), None)
        if present:
            present.close()
        store_file.put_in_place(Path(f"{target}{FINISHED}"), target, kept)


_open: dict[str, Store] = {}
_looked_at: list[str] = []
_opening = threading.Lock()


def open_store() -> Store:
    """The one store of this process. Raises StoreError when the file is absent, replaced, locked or broken."""
    target = default_target()
    with _opening:
        if target in _open and not _open[target].usable:
            _open.pop(target).close()
        if target not in _open:
            _open[target] = Store(target)
        found = _open[target]
    found.check_place()
    return found


def look_at(path: Path | None) -> None:
    """Have this process use another store until it ends or, with None, until it comes back; no file is moved."""
    _looked_at[:] = [] if path is None else [str(path)]


def looked_at() -> str | None:
    """The store that is looked at for a while in place of the one of the office."""
    return _looked_at[0] if _looked_at else None


def close_stores() -> None:
    """Put all that was recorded into the files and let go of them: at every ordinary end of the program."""
    look_at(None)
    with _opening:
        while _open:
            _open.popitem()[1].close()


def codes(values: Sequence[str] | None) -> tuple[str, ...]:
    """A filter's values as the tuple that `Filters` keeps; nothing chosen is an empty tuple."""
    return tuple(values or ())
