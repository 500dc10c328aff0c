"""The store over real DuckDB files: what is kept, what is rebuilt, who sees what, and what is said when it fails."""

import csv
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from common.district import DISTRICT, Enter
from common.readers import all_of
from core import judging, office
from core import store as store_module
from core.store import Filters, Store
from core.store_file import StoreError
from law.case import person

DAY = date(2018, 12, 31)
FACTS = ("batch", "person", "posting", "qualification", "assessment_spell", "seat", "rule")
# What the queries need beside the shared filters.
EXTRA = {
    "from_on": date(2015, 12, 31),
    "step": "year",
    "units": "then",
    "until": date(2020, 12, 31),
    "area": "mien_nui",
    "post": "bi_thu",
    "person_id": 7,
    "province": "entered",
    "sensitive": True,
}


@pytest.fixture
def own_queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of queries/ that a test may edit, in place of the shipped one."""
    copy = tmp_path / "queries"
    shutil.copytree(store_module.QUERIES, copy)
    monkeypatch.setattr(store_module, "QUERIES", copy)
    monkeypatch.setattr(judging, "SCRIPTS", copy / "assessment")
    monkeypatch.setattr(judging, "FUNCTIONS", copy / "macros" / "functions.sql")
    return copy


@pytest.fixture
def path(district_file: Path, tmp_path: Path) -> Path:
    """The district in a file of the test's own."""
    return Path(shutil.copy(district_file, tmp_path / "huyện.duckdb"))


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every fact and every verdict."""
    return {table: rows(store.fetch(f"select * from {table} order by all")) for table in FACTS}  # noqa: S608


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.astype(object).where(frame.notna(), None).astype(str).itertuples(index=False, name=None))


def own_rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What the office added to the law and vocabularies."""
    sql = "select * from {} where origin = 'co_quan' order by all"
    return {table: rows(store.fetch(sql.format(table))) for table in store_module.OFFICE_TABLES}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


MIGRATIONS = len(list((store_module.QUERIES / "schema").glob("[0-9]*.sql")))


def verdict_of(store: Store, name: str, criterion: str, day: date = DAY) -> str:
    found = all_of(store).query("assessment", Filters(day, criteria=(criterion,)))
    [verdict] = found[found.full_name == name].verdict
    return str(verdict)


# Opening


def test_migrations_are_numbered_without_gaps_and_recorded(path: Path) -> None:
    names = sorted(p.name for p in (store_module.QUERIES / "schema").glob("[0-9]*.sql"))
    assert [int(name[:3]) for name in names] == list(range(1, len(names) + 1))
    store = Store(str(path))
    assert store.fetch("select value from meta where name = 'schema'").value.tolist() == [str(len(names))]
    store.close()


def test_opening_a_store_again_leaves_every_byte_as_it_was(path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    store = Store(str(path))
    all_of(store).query("headline", Filters(DAY))
    store.close()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_new_migration_is_applied_once_and_facts_stay(path: Path, own_queries: Path) -> None:
    store = Store(str(path))
    before = contents(store)
    store.close()
    (own_queries / "schema" / "900_ghi_chu.sql").write_text(
        "create table ghi_chu (noi_dung varchar);", encoding="utf-8"
    )
    for _ in range(2):
        store = Store(str(path))
        assert store.fetch("select value from meta where name = 'schema'").value.tolist() == [str(MIGRATIONS + 1)]
        assert store.fetch("select * from ghi_chu").empty
        assert contents(store) == before
        store.close()


@pytest.mark.parametrize("schema", range(1, MIGRATIONS))
def test_a_store_of_any_earlier_program_is_brought_up_to_date(tmp_path: Path, schema: int) -> None:
    """With its shipped rows in it: what DuckDB cannot alter and empty in one go shows only then."""
    old = tmp_path / "cu.duckdb"
    with duckdb.connect(str(old)) as made:
        for script in sorted((store_module.QUERIES / "schema").glob("[0-9]*.sql"))[:schema]:
            made.execute(script.read_text(encoding="utf-8"))
        for table in (store_module.QUERIES / "reference").glob("*.csv"):
            asked = "select column_name, is_nullable from duckdb_columns() where table_name = $table"
            columns = dict(made.execute(asked, {"table": table.stem}).fetchall())
            shipped = pd.read_csv(table, dtype=str, keep_default_na=False, na_values=[""])
            kept = shipped[[c for c in shipped if c in columns]]
            if columns:
                # Rows of today may leave open what a program of then could not do without.
                made.register("kept", kept.dropna(subset=[c for c in kept if not columns[c]]))
                made.execute(f"insert into {table.stem} by name select * from kept")  # noqa: S608 - ours
        made.execute("insert into meta values ('schema', $n), ('law', 'x')", {"n": str(schema)})
    store = Store(str(old))
    assert store.fetch("select value from meta where name = 'schema'").value.tolist() == [str(MIGRATIONS)]
    assert store.misjudged() == {}
    store.close()


def test_a_migration_that_fails_halfway_leaves_the_store_as_it_was(path: Path, own_queries: Path) -> None:
    broken = own_queries / "schema" / "900_hong.sql"
    broken.write_text("create table ghi_chu (noi_dung varchar); insert into khong_co values (1);", encoding="utf-8")
    with pytest.raises(StoreError):
        Store(str(path))
    broken.unlink()
    store = Store(str(path))
    assert store.fetch("select value from meta where name = 'schema'").value.tolist() == [str(MIGRATIONS)]
    with pytest.raises(StoreError):
        store.fetch("select * from ghi_chu")
    store.close()


def test_an_older_program_does_not_make_a_newer_store_its_own(
    path: Path, own_queries: Path, told: Callable[[str], bool]
) -> None:
    migration = own_queries / "schema" / "900_ghi_chu.sql"
    migration.write_text("create table ghi_chu (noi_dung varchar);", encoding="utf-8")
    Store(str(path)).close()
    migration.unlink()
    with pytest.raises(StoreError) as error:
        Store(str(path))
    assert told(str(error.value).replace(str(path), ""))
    migration.write_text("create table ghi_chu (noi_dung varchar);", encoding="utf-8")
    Store(str(path)).close()


def test_edited_law_is_read_again_and_what_the_office_entered_stays(path: Path, own_queries: Path) -> None:
    store = Store(str(path))
    assert verdict_of(store, "Hồ Thị Anh", "llct") == "below"
    order = office.Decision("25/2014/QĐ-UBND", None, "TT06", "chuyen_mon", "so_cap", date(2014, 1, 1))
    office.add_decision(store, order, province_code="46")
    office.map_field(store, "Thiên văn học", "su_pham", "vh_xh", True)
    office.learn_word(store, "llct", "so_cap", "Lớp bồi dưỡng ba tháng")
    office.set_time(store, "CV11", ["20182"], date(2030, 6, 30), "861/QĐ-TTg")
    with store.write() as cursor:
        unit = {"unit_id": "99999@1", "code": "99999", "kind": "xã", "short_name": "Xã Riêng", "province_code": "46"}
        unit |= {"province": "Riêng", "area": "mien_nui", "origin": "co_quan"}
        store_module.insert(cursor, "unit", pd.DataFrame([unit]))
        line = {"from_unit": "20185@2018", "to_unit": "99999@1", "on_date": "2031-01-01", "event": "merge"}
        store_module.insert(cursor, "unit_lineage", pd.DataFrame([line | {"origin": "co_quan"}]))
    entered = own_rows(store)
    assert all(len(frame) == 1 for frame in entered.values())
    store.close()

    law = own_queries / "reference" / "standard.csv"
    edit(
        law,
        'llct,,2004-02-27,trung_cap,,,,false,,,,,,V,,,"Không có mức giảm',
        'llct,,2004-02-27,so_cap,,,,false,,,,,,V,,,"Không có mức giảm',
    )
    fields = own_queries / "reference" / "field_word.csv"
    fields.write_text(fields.read_text(encoding="utf-8") + "y_te,hộ lý chiêm tinh\n", encoding="utf-8")
    store = Store(str(path))
    assert verdict_of(store, "Hồ Thị Anh", "llct") == "meets"
    assert verdict_of(store, "Phạm Thị Mơ", "nganh") == "meets"
    assert verdict_of(store, "Hồ Văn Lâm", "chuyen_mon") == "meets"
    assert store.fetch("select origin from field_word where word = 'hộ lý chiêm tinh'").origin.tolist() == ["goc"]
    assert own_rows(store) == entered
    with law.open(encoding="utf-8", newline="") as file:
        assert store.fetch("select count(*) as n from standard").n[0] == sum(1 for _ in csv.DictReader(file))
    store.close()


def test_an_empty_cell_of_the_law_is_nothing_and_a_row_taken_out_is_gone(own_queries: Path) -> None:
    law = own_queries / "reference" / "standard.csv"
    lines = law.read_text(encoding="utf-8").splitlines(keepends=True)
    law.write_text("".join(line for line in lines if not line.startswith("QD04-BT-llct")), encoding="utf-8")
    store = Store(":memory:", create=True)
    assert store.fetch("select * from standard where standard = 'QD04-BT-llct'").empty
    assert store.fetch("select * from standard where '' in (article, area, required, required_first, note)").empty
    assert store.fetch(
        "select * from rule where post = 'bi_thu' and criterion = 'llct' and from_on < '2023-08-01'"
    ).empty
    store.close()


def test_a_changed_comparison_reaches_every_verdict(path: Path, own_queries: Path) -> None:
    edit(own_queries / "macros" / "functions.sql", "when rank >= required_rank", "when rank + 1 >= required_rank")
    store = Store(str(path))
    assert verdict_of(store, "Hồ Thị Anh", "llct") == "meets"
    store.close()


def test_a_law_that_cannot_be_read_does_not_harm_the_store(path: Path, own_queries: Path) -> None:
    law = own_queries / "reference" / "standard.csv"
    good = law.read_text(encoding="utf-8")
    edit(
        law,
        "QD04-BT-llct,QD04,Điều 5,bi_thu pho_bi_thu thuong_truc_du,llct,,2004-02-27",
        "QD04-BT-llct,QD04,Điều 5,bi_thu,llct,,hôm nay",
    )
    with pytest.raises(StoreError):
        Store(str(path))
    law.write_text(good, encoding="utf-8")
    store = Store(str(path))
    assert verdict_of(store, "Hồ Thị Anh", "llct") == "below"
    store.close()


# Writing


def test_a_write_that_fails_in_the_middle_leaves_facts_and_verdicts_as_before(path: Path) -> None:
    store = Store(str(path))
    before = contents(store)

    def attempt(statement: str) -> None:
        with store.write() as cursor:
            cursor.execute("delete from qualification")
            cursor.execute("update person set full_name = 'Không ai'")
            if not statement:
                raise KeyError("giữa chừng")
            cursor.execute(statement)

    with pytest.raises(KeyError):
        attempt("")
    assert contents(store) == before
    # Also when DuckDB itself refuses, and when it is the rebuilding that cannot be done.
    for statement in ("insert into meta values ('x', null)", "drop table standard"):
        with pytest.raises(StoreError):
            attempt(statement)
        assert contents(store) == before

    with store.write() as cursor:
        cursor.execute("delete from qualification")
    assert contents(store)["assessment_spell"] != before["assessment_spell"]
    store.close()


def test_verdicts_follow_facts_only_when_the_write_is_complete(path: Path) -> None:
    store = Store(str(path))
    before = rows(all_of(store).query("headline", Filters(DAY)))
    with store.write() as cursor:
        cursor.execute("delete from posting where post = 'bi_thu'")
        assert rows(all_of(store).query("headline", Filters(DAY))) == before
        assert "bi_thu" in set(all_of(store).query("roster", Filters(DAY)).position)
    assert all_of(store).query("headline", Filters(DAY)).total.tolist() == [3, 5]
    assert "bi_thu" not in set(all_of(store).query("roster", Filters(DAY)).position)
    store.close()


def test_entering_the_same_list_again_changes_no_fact(new_district: Callable[[], Store], enter: Enter) -> None:
    store = new_district()
    before = contents(store)
    enter(store, DISTRICT)
    assert contents(store) == before


def test_many_readers_and_writers_at_once_see_only_whole_states(path: Path, enter: Enter) -> None:
    store = Store(str(path))
    lists, each = 2, 5
    failed: list[BaseException] = []
    seen: set[tuple[int, int]] = set()
    written = threading.Event()

    def read() -> None:
        try:
            while not written.is_set():
                # One statement is one state, whatever is written meanwhile.
                by_group = all_of(store).query("headline", Filters(DAY, posts=("tc_kt",)))
                seen.add((int(by_group.total.sum()), int(by_group.below.sum())))
                all_of(store).query("substandard_people", Filters(DAY))
        except BaseException as error:
            failed.append(error)

    def write(first: int) -> None:
        try:
            for n in range(first, first + lists):
                people = {
                    f"Người Thử {n * each + i}": person(
                        "tc_kt",
                        unit="20161@2018",
                        first_held="2014-01-01",
                        born=f"19{60 + n * each + i}",
                        hoc_van="thcs",
                    )
                    for i in range(each)
                }
                enter(store, people)
        except BaseException as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(first,)) for first in (0, lists)]
    for thread in readers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    written.set()
    for thread in readers:
        thread.join()
    assert failed == []
    # Lê Văn Đào was there, and everybody in the new lists is below.
    assert seen <= {(1 + n * each, 1 + n * each) for n in range(2 * lists + 1)}
    assert all_of(store).query("headline", Filters(DAY, posts=("tc_kt",))).total.tolist() == [1 + 2 * lists * each]
    ids = store.fetch("select person_id from person")
    assert ids.person_id.is_unique
    store.close()


# What is said when it fails


def test_a_second_program_is_told_that_the_store_is_open(path: Path, told: Callable[[str], bool]) -> None:
    store = Store(str(path))
    second = subprocess.run(
        [sys.executable, "dashboard/manage.py", "doctor"],
        cwd=store_module.ROOT,
        env={**os.environ, "DASHBOARD_STORE": str(path)},
        capture_output=True,
        text=True,
    )
    store.close()
    assert second.returncode == 2
    assert told(second.stderr.replace(str(path), ""))
    assert "đang được một chương trình khác mở" in second.stderr
    assert second.stdout == ""


def test_two_stores_of_one_file_in_one_program_are_refused_in_words(path: Path, told: Callable[[str], bool]) -> None:
    store = Store(str(path))
    with pytest.raises(StoreError) as error:
        Store(str(path))
    assert told(str(error.value).replace(str(path), ""))
    store.close()


def damaged(kind: str, path: Path, whole: bytes) -> None:
    noise = bytes(range(256)) * 400
    match kind:
        case "text":
            path.write_text("Họ và tên;Chức vụ\n" * 1000, encoding="utf-8")
        case "empty":
            path.write_bytes(b"")
        case "directory":
            path.mkdir()
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "overwritten":
            path.write_bytes(whole[:20_000] + noise + whole[20_000 + len(noise) :])


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("kind", ["text", "empty", "directory", "cut", "overwritten"])
def test_what_is_no_store_is_told_in_one_sentence(
    kind: str, create: bool, tmp_path: Path, district_file: Path, told: Callable[[str], bool]
) -> None:
    path = tmp_path / "kho.duckdb"
    damaged(kind, path, district_file.read_bytes())
    with pytest.raises(StoreError) as error:
        Store(str(path), create=create)
    assert told(str(error.value).replace(str(path), ""))
    assert "chương trình khác" not in str(error.value)


def test_a_damaged_store_is_not_called_open_because_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "clock.duckdb"
    path.write_text("Họ và tên;Chức vụ\n" * 1000, encoding="utf-8")
    with pytest.raises(StoreError) as error:
        Store(str(path))
    assert "chương trình khác" not in str(error.value)


def test_a_missing_file_is_not_made_unless_asked_for(tmp_path: Path, told: Callable[[str], bool]) -> None:
    path = tmp_path / "chưa" / "có.duckdb"
    with pytest.raises(StoreError, match="Chưa có kho số liệu") as error:
        Store(str(path))
    assert "init --sample" in str(error.value)
    assert not path.parent.exists()


def test_a_place_that_cannot_hold_a_store_is_told_in_one_sentence(tmp_path: Path, told: Callable[[str], bool]) -> None:
    (tmp_path / "tep").write_text("đây là một tệp", encoding="utf-8")
    with pytest.raises(StoreError) as error:
        Store(str(tmp_path / "tep" / "kho.duckdb"), create=True)
    assert told(str(error.value).replace(str(tmp_path), ""))


@pytest.mark.parametrize(
    "name",
    [
        "Kho của 'xã' Hương Hòa.duckdb",
        'số "liệu"; drop table person --.duckdb',
        "100% $as_of {x}.duckdb",
        "kho nào?.duckdb",
        "?a=b?.duckdb",
    ],
)
def test_any_file_name_will_do(name: str, tmp_path: Path, district_file: Path) -> None:
    path = Path(shutil.copy(district_file, tmp_path / name))
    store = Store(str(path))
    assert len(all_of(store).query("roster", Filters(DAY))) == 12
    with store.write() as cursor:
        cursor.execute("update person set ethnicity = 'Cơ Tu'")
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    store = Store(str(path))
    assert set(store.fetch("select ethnicity from person").ethnicity) == {"Cơ Tu"}
    store.close()


def test_a_store_whose_log_would_lie_in_another_folder_is_refused_in_words(
    tmp_path: Path, told: Callable[[str], bool]
) -> None:
    with pytest.raises(StoreError) as error:
        Store(str(tmp_path / "ở đâu?" / "kho.duckdb"), create=True)
    assert told(str(error.value).replace(str(tmp_path), ""))


def test_the_first_error_is_the_one_that_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NothingToTakeBack:
        """A cursor that cannot even take back."""

        def __init__(self, cursor: object) -> None:
            self.cursor = cursor

        def execute(self, sql: str, *rest: object) -> object:
            if sql == "rollback":
                raise RuntimeError("no transaction is active")
            return self.cursor.execute(sql, *rest)  # type: ignore[attr-defined]

    store = Store(str(path))
    usual = store._cursor

    @contextmanager
    def broken() -> Iterator[object]:
        with usual() as cursor:
            yield NothingToTakeBack(cursor)

    monkeypatch.setattr(store, "_cursor", broken)
    with pytest.raises(KeyError, match="giữa chừng"), store.write():
        raise KeyError("giữa chừng")
    with pytest.raises(KeyError, match="giữa chừng"), store.scratch():
        raise KeyError("giữa chừng")
    store.close()


def test_no_word_of_the_engine_is_in_a_message(path: Path) -> None:
    store = Store(str(path))
    with pytest.raises(StoreError) as error:
        store.fetch("select nothing from nowhere")
    assert "nowhere" not in str(error.value)
    assert "Error" not in str(error.value)
    assert "nowhere" in str(error.value.__cause__)
    store.close()


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{path}')",
        "select * from read_text('{path}')",
        "select * from '{path}'",
        "copy (select 1) to '{path}.csv'",
        "attach '{path}.duckdb' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "export database '{path}.d'",
    ],
)
def test_sql_reaches_nothing_outside_the_store(sql: str, district: Store, tmp_path: Path) -> None:
    path = tmp_path / "mật.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(StoreError):
        district.fetch(sql.format(path=path))
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "name",
    ["khong_co", "", "**", "*", "head*", "[h]eadline", "../schema/001_store", "substandard/headline", "record", "a\nb"],
)
def test_only_the_exact_name_of_a_query_is_one(name: str, district: Store, told: Callable[[str], bool]) -> None:
    with pytest.raises(StoreError) as error:
        all_of(district).query(name, Filters(DAY))
    assert told(str(error.value).replace(name, ""))


def test_a_query_without_its_own_parameter_says_which(district: Store) -> None:
    with pytest.raises(StoreError, match="person_id"):
        all_of(district).query("person", Filters(DAY))


# Who sees what


def scoped() -> list[str]:
    return [name for name in store_module.query_names() if "scope" in store_module.load_query(name).parameters]


def plain() -> list[str]:
    return [
        name
        for name in scoped()
        if store_module.load_query(name).parameters
        <= Filters(DAY).parameters().keys() | {"scope", "from_on", "step", "units", "until", "sensitive"}
    ]


@pytest.mark.parametrize("name", scoped())
def test_an_empty_scope_sees_nothing_in_any_query(name: str, district: Store) -> None:
    frame = district.seen_by(()).query(name, Filters(DAY), **EXTRA)
    # A query that only counts has one row of zeros, or one at each end.
    assert frame.empty or (len(frame) <= 2 and not frame.select_dtypes("number").any(axis=None))


# The second names nothing: a wrong district, another province, half a code, a unit's own number.
@pytest.mark.parametrize("scope", [("20164", "20185"), ("46/999", "47", "4", "VN", "20161@2018")])
@pytest.mark.parametrize("name", plain())
def test_a_scope_of_communes_shows_what_those_communes_have(name: str, scope: tuple[str, ...], district: Store) -> None:
    seen = district.seen_by(scope).query(name, Filters(DAY), **EXTRA)
    if name == "units":
        assert seen.unit_code.tolist() == [c for c in scope if c.isdigit() and len(c) == 5]
        return
    if name == "places":
        # Whoever sees a commune sees the names of its district and province.
        assert seen.place_code.tolist() == (["46", "46/483"] if "20164" in scope else [])
        return
    if name == "batches":
        # Of the whole office, for whoever sees all of it.
        assert seen.empty
        return
    expected = all_of(district).query(name, Filters(DAY, communes=scope), **EXTRA)
    pd.testing.assert_frame_equal(seen, expected)


@pytest.mark.parametrize("scope", [("46",), ("20161", "46/483")])
@pytest.mark.parametrize("name", plain())
def test_district_province_and_country_see_all_of_it(name: str, scope: tuple[str, ...], district: Store) -> None:
    pd.testing.assert_frame_equal(
        district.seen_by(scope).query(name, Filters(DAY), **EXTRA), all_of(district).query(name, Filters(DAY), **EXTRA)
    )


@pytest.mark.parametrize("day", [DAY, date(2025, 8, 1)])
@pytest.mark.parametrize("name", [name for name in scoped() if name not in plain()])
def test_a_person_is_seen_only_within_the_scope(name: str, day: date, district: Store) -> None:
    assert "person_id" in store_module.load_query(name).parameters
    roster = all_of(district).query("roster", Filters(day))
    codes = all_of(district).query("units", Filters(day)).set_index("commune").unit_code
    # One in each commune of 2018; by 2025 some of these communes have become one.
    for person_id in (1, 2, 6, 7):
        [*_, commune] = roster[roster.person_id == person_id].commune
        everything = all_of(district).query(name, Filters(day), person_id=person_id)
        inside = district.seen_by((codes[commune],)).query(name, Filters(day), person_id=person_id)
        outside = tuple(code for other, code in codes.items() if other != commune)
        assert len(inside)
        if day == DAY:
            pd.testing.assert_frame_equal(inside, everything)
            assert district.seen_by(outside).query(name, Filters(day), person_id=person_id).empty


def test_filters_never_widen_the_scope(district: Store) -> None:
    for name in plain():
        seen = district.seen_by(("20164",)).query(name, Filters(DAY, communes=("20161", "20164")), **EXTRA)
        pd.testing.assert_frame_equal(seen, district.seen_by(("20164",)).query(name, Filters(DAY), **EXTRA))


def test_a_district_scope_follows_the_unit_to_its_new_district(district: Store) -> None:
    day = date(2025, 3, 1)
    assert district.seen_by(("46/483",)).query("roster", Filters(day)).empty
    assert len(district.seen_by(("46/482",)).query("roster", Filters(day))) == len(
        all_of(district).query("roster", Filters(day))
    )
    assert len(district.seen_by(("46",)).query("roster", Filters(date(2025, 7, 1)))) == 12
