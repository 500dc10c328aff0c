"""What may happen to the file of a store behind the program's back: nothing is mixed or lost, and it is said."""

import errno
import os
import re
import shutil
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import duckdb
import pytest

import manage
from core import store as engine
from core import store_file
from core.safekeeping import backup, problems, restore
from core.store import Store
from core.store_file import FINISHED, MAKING, StoreError, logs_of
from opening import new_store

DAY = date(2018, 12, 31)
Told = Callable[[str], bool]


@pytest.fixture
def path(district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The district in a closed file of the test's own, which is the store in use."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "kho.duckdb"))
    yield Path(shutil.copy(district_file, tmp_path / "kho.duckdb"))
    engine.close_stores()


def run(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run a program of its own that has the product's modules."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard")},
        text=True,
        capture_output=True,
        umask=0o022,
    )


def renamed_and_killed(path: Path, name: str) -> None:
    """Commit a change and die before it is in the file: a reader of an older state holds that up."""
    died = run(
        """
        import os, sys
        from core.store import Store
        store = Store(sys.argv[1])
        with store.scratch() as reader:
            reader.execute("select count(*) from person").fetchall()
            with store.write() as cursor:
                cursor.execute("update person set full_name = $name where person_id = 1", {"name": sys.argv[2]})
            os._exit(9)
        """,
        path,
        name,
    )
    assert died.returncode == 9, died.stderr
    assert logs_of(path)[0].stat().st_size


def name_in(path: Path) -> str:
    with Store(str(path)) as store:
        return str(store.fetch("select full_name from person where person_id = 1").full_name[0])


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


# The log


def test_the_log_of_many_rows_is_not_played_into_an_older_copy(path: Path, told: Told) -> None:
    """Rows by the hundred thousand stand in the file; the log only says where, and an older copy has nothing there."""
    older = path.with_name("cu.duckdb")
    shutil.copy(path, older)
    died = run(
        """
        import os, sys
        from core.store import Store
        store = Store(sys.argv[1])
        with store.scratch() as reader:
            reader.execute("select count(*) from person").fetchall()
            with store.write() as cursor:
                cursor.execute("create table nhieu as select n, md5(n::varchar) as m from range(400000) as r (n)")
            os._exit(9)
        """,
        path,
    )
    assert died.returncode == 9, died.stderr
    newer = path.read_bytes()
    shutil.copy(older, path)
    before = path.read_bytes(), logs_of(path)[0].read_bytes()
    with pytest.raises(StoreError) as refused:
        Store(str(path))
    assert told(str(refused.value).replace(str(path), "").replace(logs_of(path)[0].name, ""))
    assert (path.read_bytes(), logs_of(path)[0].read_bytes()) == before
    path.write_bytes(newer)
    with Store(str(path)) as store:
        assert store.fetch("select count(distinct m) as n from nhieu").n[0] == 400_000


def test_what_was_committed_before_a_kill_is_there_and_goes_into_the_file(path: Path, tmp_path: Path) -> None:
    renamed_and_killed(path, "Người Mới")
    store = Store(str(path))
    alone = Path(shutil.copy(path, tmp_path / "rieng.duckdb"))
    store.close()
    assert name_in(alone) == "Người Mới"


def test_an_older_copy_put_back_is_not_mixed_with_the_log_of_the_newer_store(
    path: Path, tmp_path: Path, told: Told
) -> None:
    older = tmp_path / "cu"
    older.mkdir()
    shutil.copy(path, older / path.name)
    with Store(str(path)) as store, store.write() as cursor:
        cursor.execute("update person set full_name = 'Người Giữa' where person_id = 1")
    renamed_and_killed(path, "Người Mới")
    newer = Path(shutil.copy(path, tmp_path / "moi.duckdb"))
    log = logs_of(path)[0]
    shutil.copy(older / path.name, path)
    before = bytes_of(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"kho\.duckdb\.wal") as refused:
            Store(str(path))
        assert told(str(refused.value).replace(str(path), "").replace(log.name, ""))
    assert manage.main(["doctor"]) == 2
    assert bytes_of(tmp_path) == before
    # As the sentence says: the log goes back beside its store, and both are whole.
    log.rename(logs_of(newer)[0])
    with Store(str(newer)) as store:
        assert problems(store) == []
    assert (name_in(newer), name_in(path)) == ("Người Mới", "Hồ Thị Ánh")


def test_a_copy_that_went_its_own_way_is_not_mixed_with_the_log_of_the_other(path: Path, tmp_path: Path) -> None:
    """Both have one identity and were written equally often, so DuckDB itself takes the log for the copy's own."""
    branch = Path(shutil.copy(path, tmp_path / "ban-sao.duckdb"))
    with Store(str(branch)) as store, store.write() as cursor:
        cursor.execute("delete from person where person_id <= 5")
    with Store(str(path)) as store, store.write() as cursor:
        cursor.execute("update person set full_name = 'Người Giữa' where person_id = 2")
    renamed_and_killed(path, "Người Mới")
    whole = Path(shutil.copy(path, tmp_path / "ca.duckdb"))
    shutil.copy(branch, path)
    before = bytes_of(tmp_path)
    for attempt in (lambda: Store(str(path)), lambda: backup(tmp_path / "sao.duckdb")):
        with pytest.raises(StoreError, match="không phải của kho này"):
            attempt()
        assert bytes_of(tmp_path) == before
    logs_of(path)[0].rename(logs_of(whole)[0])
    assert name_in(whole) == "Người Mới"
    with Store(str(path)) as store:
        assert store.fetch("select min(person_id) as n from person").n[0] == 6


def test_a_store_moved_away_without_its_log_gets_no_other_in_its_place(
    path: Path, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed_and_killed(path, "Người Mới")
    away = path.rename(tmp_path / "cat.duckdb")
    before = bytes_of(tmp_path)
    for command in (["init", "--empty"], ["doctor"], ["restore", str(away)]):
        assert manage.main(command) == 2
        assert told(capsys.readouterr().err.replace(str(path), "").replace("kho.duckdb.wal", ""))
        assert bytes_of(tmp_path) == before
    # A finished store does not take the place either.
    finished = Path(f"{path}{FINISHED}")
    new_store.create(str(finished), sample=False)
    with pytest.raises(StoreError, match="đã chuyển đi"):
        Store(str(path))
    assert finished.exists()
    logs_of(path)[0].rename(logs_of(away)[0])
    assert name_in(away) == "Người Mới"


def other_log(kind: str, path: Path) -> None:
    """Put a log beside a store that is not its own."""
    folder = path.with_name("khac")
    other = folder / "khac.duckdb"
    if kind == "of another store":
        new_store.create(str(other), sample=False)
        with Store(str(other)) as store, store.write() as cursor:
            cursor.execute("insert into person select 1, 'Ai', 'Ai', 'Ai', 'ai', 'ai', null, null, null, null, null, 1")
        renamed_and_killed(other, "Người Khác")
    elif kind == "of no store":
        folder.mkdir()
        logs_of(other)[0].write_bytes(os.urandom(9000))
    else:
        folder.mkdir()
        older_store(other, "create table unit (unit_id varchar); insert into unit values ('x');", killed=True)
    shutil.copy(logs_of(other)[0], logs_of(path)[0])


def older_store(path: Path, sql: str, *, killed: bool = False) -> None:
    """A file of DuckDB's older format, whose logs carry no identity."""
    end = "os._exit(9)" if killed else "db.close()"
    made = run(
        f"""
        import duckdb, os, sys
        db = duckdb.connect()
        db.execute(f"attach '{{sys.argv[1]}}' as store")
        db.execute("checkpoint store")
        db.execute("use store")
        db.execute(sys.argv[2])
        {end}
        """,
        path,
        sql,
    )
    assert made.returncode == (9 if killed else 0), made.stderr


@pytest.mark.parametrize("kind", ["of another store", "of no store", "of the older format"])
def test_a_log_that_is_not_the_stores_own_is_refused_and_empties_nothing(kind: str, path: Path, told: Told) -> None:
    other_log(kind, path)
    before = bytes_of(path.parent)
    with pytest.raises(StoreError, match="không phải của kho này") as refused:
        Store(str(path))
    assert told(str(refused.value).replace(str(path), "").replace("kho.duckdb.wal", ""))
    assert bytes_of(path.parent) == before
    logs_of(path)[0].unlink()
    assert name_in(path) == "Hồ Thị Ánh"


def test_a_store_of_the_older_format_is_written_anew_with_an_identity(path: Path, tmp_path: Path) -> None:
    with Store(str(path)) as store:
        before = store.contents()
    older = tmp_path / "cu.duckdb"
    db = duckdb.connect()
    db.execute(f"attach '{path}' as ours")
    db.execute(f"attach '{older}' as older")
    db.execute("copy from database ours to older")
    db.close()
    assert store_file.is_older(older)
    with Store(str(older)) as store:
        assert store.contents() == before
    assert not store_file.is_older(older)
    renamed_and_killed(older, "Người Mới")
    assert name_in(older) == "Người Mới"


def test_a_log_of_the_older_format_is_left_to_the_program_that_wrote_it(tmp_path: Path, told: Told) -> None:
    older = tmp_path / "cu.duckdb"
    older_store(older, "create table meta (name varchar, value varchar);", killed=True)
    before = bytes_of(tmp_path)
    with pytest.raises(StoreError, match="bản phần mềm cũ") as refused:
        Store(str(older))
    assert told(str(refused.value).replace(str(older), "").replace("cu.duckdb.wal", "").replace("doctor", ""))
    assert bytes_of(tmp_path) == before


def test_a_store_reached_by_a_link_keeps_its_log_and_its_place(path: Path, tmp_path: Path) -> None:
    """DuckDB keeps the log beside the file a link leads to, so that is where it is looked for."""
    far = tmp_path / "o-khac"
    far.mkdir()
    real = path.rename(far / "that.duckdb")
    path.symlink_to(real)
    renamed_and_killed(path, "Người Mới")
    assert store_file.logs_of(path) == store_file.logs_of(real)
    copied = backup(tmp_path / "sao.duckdb")
    assert name_in(copied.path) == "Người Mới"
    store = Store(str(path))
    alone = Path(shutil.copy(real, tmp_path / "rieng.duckdb"))
    store.close()
    assert name_in(alone) == "Người Mới"
    _, kept = restore(copied.path)
    assert (path.is_symlink(), path.resolve()) == (True, real)
    assert kept is not None
    assert kept.parent == far
    logs_of(real)[0].write_bytes(os.urandom(9000))
    with pytest.raises(StoreError, match="không phải của kho này"):
        Store(str(path))


def test_what_an_interrupted_init_left_does_not_get_into_the_next(tmp_path: Path) -> None:
    target, making = tmp_path / "kho.duckdb", Path(f"{tmp_path / 'kho.duckdb'}{MAKING}")
    new_store.create(str(making), sample=False)
    with Store(str(making)) as store, store.write() as cursor:
        cursor.execute("insert into person select 1, 'Ai', 'Ai', 'Ai', 'ai', 'ai', null, null, null, null, null, 1")
    renamed_and_killed(making, "Người Dở Dang")
    people, _ = new_store.create(str(target), sample=False)
    assert (people, [p.name for p in tmp_path.iterdir()]) == (0, [target.name])


def test_every_recorded_batch_is_in_the_file_at_once(path: Path, tmp_path: Path) -> None:
    store = Store(str(path))
    for n in range(3):
        with store.write() as cursor:
            cursor.execute("update person set full_name = $name where person_id = 1", {"name": f"Người {n}"})
        alone = Path(shutil.copy(path, tmp_path / f"rieng-{n}.duckdb"))
        assert name_in(alone) == f"Người {n}"
    # While somebody looks at an older state it cannot be; then it is when that reader has finished.
    with store.scratch() as reader:
        reader.execute("select count(*) from person").fetchall()
        with store.write() as cursor:
            cursor.execute("update person set full_name = 'Người Cuối' where person_id = 1")
    alone = Path(shutil.copy(path, tmp_path / "rieng.duckdb"))
    assert name_in(alone) == "Người Cuối"
    store.close()


# The place


def test_a_store_taken_away_or_replaced_under_the_program_is_noticed(path: Path, tmp_path: Path, told: Told) -> None:
    store = engine.open_store()
    away = path.rename(tmp_path / "cat.duckdb")
    replaced = [lambda: None, lambda: Path(shutil.copy(away, path)).stat()]
    for replace in replaced:
        replace()
        for attempt in (engine.open_store, store.ping, lambda: store.write().__enter__()):
            with pytest.raises(StoreError, match="bị xóa, đổi tên hoặc thay") as refused:
                attempt()
            assert told(str(refused.value).replace(str(path), ""))
    path.unlink()
    # Put back, it goes on.
    away.rename(path)
    with engine.open_store().write() as cursor:
        cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
    engine.close_stores()
    assert name_in(path) == "Người Mới"


def test_a_store_replaced_in_the_middle_of_a_write_keeps_what_it_had(path: Path, tmp_path: Path) -> None:
    store = engine.open_store()
    away = tmp_path / "cat.duckdb"

    def taken_away() -> None:
        with store.write() as cursor:
            cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
            path.rename(away)

    with pytest.raises(StoreError, match="bị xóa, đổi tên hoặc thay"):
        taken_away()
    engine.close_stores()
    assert name_in(away) == "Hồ Thị Ánh"


def branched(path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of one store that were written equally often since, not with the same."""
    copies = [Path(shutil.copy(path, tmp_path / f"nhanh-{n}.duckdb")) for n in (1, 2)]
    for n, copy in enumerate(copies):
        with Store(str(copy)) as store, store.write() as cursor:
            cursor.execute("update person set full_name = $name where person_id = 1", {"name": f"Nhánh {n}"})
    return copies[0], copies[1]


def overwrite(how: str, path: Path, tmp_path: Path) -> bytes:
    """Change what is in the file and not which file it is; returns what is in it then."""
    match how:
        case "an older copy":
            path.write_bytes((tmp_path / "cu.duckdb").read_bytes())
        case "a copy that went its own way":
            path.write_bytes((tmp_path / "nhanh-2.duckdb").read_bytes())
        case "emptied":
            os.truncate(path, 0)
        case "cut short":
            os.truncate(path, path.stat().st_size // 2)
        case "one block":
            with path.open("r+b") as file:
                file.seek(path.stat().st_size - 4096)
                file.write(bytes(4096))
    return path.read_bytes()


OVERWRITTEN = ["an older copy", "a copy that went its own way", "emptied", "cut short", "one block"]


@pytest.fixture
def opened(path: Path, tmp_path: Path) -> Store:
    """The store in use, an older copy of it and one of the same age beside it."""
    shutil.copy(path, tmp_path / "cu.duckdb")
    shutil.copy(branched(path, tmp_path)[0], path)
    return engine.open_store()


def rename(store: Store, name: str) -> None:
    with store.write() as cursor:
        cursor.execute("update person set full_name = $name where person_id = 1", {"name": name})


@pytest.mark.parametrize("how", OVERWRITTEN)
def test_a_store_written_over_in_place_is_noticed_and_left_as_it_is(
    how: str, opened: Store, path: Path, tmp_path: Path, told: Told
) -> None:
    if how == "an older copy":
        rename(opened, "Người Mới")  # what the program itself writes is no such thing
        opened.ping()
    there = overwrite(how, path, tmp_path)
    for attempt in (engine.open_store, opened.ping, lambda: rename(opened, "Người Mất")):
        with pytest.raises(StoreError, match="ghi đè") as refused:
            attempt()
        assert told(str(refused.value).replace(str(path), "").replace("restore", ""))
    engine.close_stores()
    assert path.read_bytes() == there


@pytest.mark.parametrize("how", ["an older copy", "emptied", "cut short"])
def test_a_store_written_over_in_the_middle_of_a_write_is_not_written_to(
    how: str, opened: Store, path: Path, tmp_path: Path
) -> None:
    there = b""

    def written_over() -> None:
        nonlocal there
        with opened.write() as cursor:
            cursor.execute("update person set full_name = 'Người Mất' where person_id = 1")
            there = overwrite(how, path, tmp_path)

    with pytest.raises(StoreError, match=r"ghi đè|đã hỏng"):  # broken where what is not there is read first
        written_over()
    with pytest.raises(StoreError, match="ghi đè"):
        opened.ping()
    engine.close_stores()
    assert path.read_bytes() == there


def test_what_the_program_writes_itself_is_not_taken_for_another(path: Path) -> None:
    """Nor while it is being written: much goes into the file before it counts, and a checkpoint comes when it can."""
    asked = threading.Event()
    said: list[str] = []

    def ask(store: Store) -> None:
        while not asked.is_set():
            try:
                store.ping()
            except StoreError as error:
                said.append(str(error))

    with Store(str(path)) as store:
        other = threading.Thread(target=ask, args=(store,))
        other.start()
        try:
            for keep in (True, False):
                with suppress(KeyError), store.write() as cursor:
                    before = path.stat().st_mtime_ns
                    cursor.execute("create or replace table store.main.much as select hash(n) from range(900000) t (n)")
                    assert path.stat().st_mtime_ns > before
                    if not keep:
                        raise KeyError
                store.ping()
            with store.scratch() as reader:
                reader.execute("select count(*) from person").fetchall()
                rename(store, "Người Mới")
            store.ping()
        finally:
            asked.set()
            other.join()
    assert said == []
    assert name_in(path) == "Người Mới"


def test_a_new_store_its_folder_and_its_log_are_for_their_owner_only(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "moi" / "kho.duckdb"
    made = run("import sys; from opening import new_store; new_store.create(sys.argv[1], sample=False)", target)
    assert made.returncode == 0, made.stderr
    renamed_and_killed(path, "Người Mới")
    assert [stat.S_IMODE(p.stat().st_mode) for p in (target, target.parent, logs_of(path)[0])] == [0o600, 0o700, 0o600]


def foreign(kind: str, path: Path) -> None:
    db = duckdb.connect(str(path))
    match kind:
        case "of other tables":
            db.execute("create table hang_hoa (ma varchar); insert into hang_hoa values ('a')")
        case "of nothing":
            db.execute("create table t (i int); drop table t")
        case "with a table like ours":
            db.execute("create table meta (name varchar, value varchar); insert into meta values ('schema', 'public')")
        case "with another table of our name":
            db.execute("create table meta (id int)")
        case "of another schema and a view":
            db.execute("create schema s; create table s.t (i int); create view v as select * from s.t")
    db.close()


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    "kind",
    [
        "of other tables",
        "of nothing",
        "with a table like ours",
        "with another table of our name",
        "of another schema and a view",
    ],
)
def test_nothing_is_written_into_somebody_elses_database(kind: str, create: bool, tmp_path: Path, told: Told) -> None:
    path = tmp_path / "khac.duckdb"
    foreign(kind, path)
    if kind == "of nothing" and create:
        return  # an empty file is a place for a new store
    before = path.read_bytes(), path.stat().st_mode, path.stat().st_ino
    with pytest.raises(StoreError, match="không phải là kho số liệu của chương trình này") as refused:
        Store(str(path), create=create)
    assert told(str(refused.value).replace(str(path), ""))
    assert (path.read_bytes(), path.stat().st_mode, path.stat().st_ino) == before


# What the system refuses


AS_NOBODY = """
import os, sys
import manage
from core import safekeeping, store
from opening import new_store
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
from pathlib import Path
try:
    {attempt}
except store.StoreError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("attempt", "mode"),
    [
        ("store.Store(sys.argv[1])", 0o000),
        ("store.Store(sys.argv[1])", 0o444),
        ("safekeeping.backup(Path(sys.argv[1] + '.sao'))", 0o000),
        ("new_store.create(sys.argv[1] + '.moi-tao', sample=False)", 0o644),
    ],
)
def test_without_permission_one_sentence_says_so(attempt: str, mode: int, told: Told, district_file: Path) -> None:
    # Not under pytest's own folder, which nobody else may enter.
    folder = Path(run("import tempfile; print(tempfile.mkdtemp(prefix='kho-'), end='')").stdout)
    path = Path(shutil.copy(district_file, folder / "kho.duckdb"))
    try:
        path.chmod(mode)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY.format(attempt=attempt), str(path)],
            env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard"), "DASHBOARD_STORE": str(path)},
            text=True,
            capture_output=True,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr
        assert told(re.sub(r"\S*kho\.duckdb\S*", "", done.stdout))
        assert "Không có quyền đọc, ghi" in done.stdout
        assert [p.name for p in folder.iterdir()] == [path.name]
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "attempt",
    [
        "store.Store(sys.argv[1] + '/kho.duckdb')",
        "new_store.create(sys.argv[1] + '/moi.duckdb', sample=False)",
        "safekeeping.backup(Path(sys.argv[1], 'sao.duckdb'))",
        "safekeeping.backup(Path(sys.argv[1]))",
        "safekeeping.restore(Path(sys.argv[1], 'kho.duckdb'))",
        "sys.stderr = sys.stdout; manage.main(['import', sys.argv[1] + '/ds.xlsx'])",
    ],
)
def test_a_folder_that_may_not_be_entered_is_said_in_one_sentence(
    attempt: str, told: Told, district_file: Path
) -> None:
    folder = Path(run("import tempfile; print(tempfile.mkdtemp(prefix='kho-'), end='')").stdout)
    shut = folder / "kin"
    shut.mkdir()
    mine = Path(shutil.copy(district_file, folder / "cua-toi.duckdb"))
    shutil.copy(district_file, shut / "kho.duckdb")
    try:
        folder.chmod(0o777)
        mine.chmod(0o666)
        shut.chmod(0o000)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY.format(attempt=attempt), str(shut)],
            env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard"), "DASHBOARD_STORE": str(mine)},
            text=True,
            capture_output=True,
            cwd="/",
        )
        assert done.returncode == 0, done.stderr
        assert "Không có quyền đọc, ghi" in done.stdout
        assert told(re.sub(r"\S*kho-\S*", "", done.stdout))
    finally:
        shut.chmod(0o755)
        shutil.rmtree(folder)


def test_what_keeps_a_backup_from_being_made_is_said_of_the_right_file(path: Path, tmp_path: Path) -> None:
    """Neither the copy it is made from nor the store is to blame for a folder that is not there, nor a copy of it for
    damage of the store."""
    nowhere = tmp_path / "khong-co" / "sao.duckdb"
    with pytest.raises(StoreError, match=f"Không tìm thấy kho số liệu {re.escape(str(nowhere))} hoặc thư mục"):
        backup(nowhere)
    with pytest.raises(StoreError, match="Không đọc, ghi được"):
        backup(tmp_path / ("x" * 300))
    whole = path.read_bytes()
    path.write_bytes(whole[:20_000] + b"\0" * 500_000 + whole[520_000:])
    with pytest.raises(StoreError, match=f"Tệp {re.escape(str(path))} .* đã hỏng"):
        backup(tmp_path / "sao.duckdb")
    hurt = Path(shutil.copy(path, tmp_path / "hong.duckdb"))
    with pytest.raises(StoreError, match=f"Tệp {re.escape(str(hurt))} .* đã hỏng"):
        restore(hurt)
    assert sorted(p.name for p in tmp_path.iterdir()) == [hurt.name, path.name]


FULL = """
import resource, signal, sys
from pathlib import Path
import manage
from core import safekeeping, store
from opening import new_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def full(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
try:
    {attempt}
except store.StoreError as error:
    print(error)
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "full(400_000); new_store.create(sys.argv[1] + '-2.duckdb', sample=False)",
        "full(400_000); safekeeping.backup(Path(sys.argv[1] + '-3.duckdb'))",
        "full(400_000); safekeeping.restore(Path(sys.argv[2]))",
        """
    s = store.Store(sys.argv[1])
    full(1000)
    with s.write() as cursor:
        cursor.execute("update person set full_name = 'Người Mới'")
        cursor.execute("insert into meta select 'x', repeat('dài', 100000) || i from range(200) t(i)")
""",
    ],
)
def test_a_full_disk_is_said_and_leaves_the_store_as_it_was(
    attempt: str, path: Path, tmp_path: Path, told: Told, district_file: Path
) -> None:
    before = bytes_of(tmp_path)
    done = run(FULL.format(attempt=attempt), path, district_file)
    assert done.returncode == 0, done.stderr
    assert told(re.sub(r"\S*\.duckdb\S*", "", done.stdout)), done.stdout
    assert "đã đầy" in done.stdout
    left = bytes_of(tmp_path)
    # Of a write that was broken off the log may keep a part, which nobody will ever see.
    assert {name: left[name] for name in before} == before
    assert set(left) - set(before) <= {"kho.duckdb.wal"}
    assert name_in(path) == "Hồ Thị Ánh"


def test_the_system_is_understood_by_number_and_by_word() -> None:
    for number in (errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT):
        by_number = store_file.reason("", "kho", number)
        by_word = store_file.reason(f"IO Error: Could not write file: {os.strerror(number)}", "kho")
        assert str(by_number) == str(by_word) != "None"
    assert store_file.reason("Could not read block", "kho") is None


def test_a_store_that_duckdb_gave_up_is_opened_again(path: Path) -> None:
    """A commit that finds no room makes DuckDB give the whole database up until it is opened anew."""
    done = run(
        """
        import resource, signal, sys
        from core.store import open_store, StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        def write(name):
            with open_store().write() as cursor:
                cursor.execute("update person set full_name = $name where person_id = 1", {"name": name})
                cursor.execute("insert into meta select 'x', repeat('dài', 100000) || i from range(200) t(i)")
        open_store()
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        try:
            write("Người Hụt")
        except StoreError as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        write("Người Mới")
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    assert "đã đầy" in done.stdout
    assert name_in(path) == "Người Mới"


# The doctor


def test_the_doctor_reads_every_block(path: Path, tmp_path: Path) -> None:
    """One bit is flipped in each block in turn: it is noticed, or the block held nothing of what is kept."""
    with Store(str(path)) as store:
        good = store.contents()
        blocks = store.fetch("select block_size, total_blocks from pragma_database_size()").iloc[0]
    whole = path.read_bytes()
    size, noticed = int(blocks.block_size), 0
    for block in range((len(whole) - 3 * 4096) // size):
        at = 3 * 4096 + block * size + size // 3
        hurt = tmp_path / "hong.duckdb"
        hurt.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            with Store(str(hurt)) as store:
                assert store.contents() == good, f"block {block}"
        except StoreError:
            noticed += 1
        store_file.remove(hurt)
    assert noticed >= int(blocks.total_blocks) * 3 // 4


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("delete from assessment_spell where person_id = 2", "xét lại từ đầu"),
        ("update assessment_spell set verdict = 'meets' where verdict = 'below'", "xét lại từ đầu"),
        ("update assessment_spell set person_id = 99999 where person_id = 2", "Có kết luận"),
        ("update assessment_spell set posting_id = 99999 where person_id = 2", "Có kết luận"),
        ("update assessment_spell set unit_id = 'khong@co' where person_id = 2", "Có kết luận"),
        ("delete from person where person_id = 2", "Có kết luận"),
        ("update rule set required = 'tien_si'", "xét lại từ đầu"),
        ("insert into person select * from person where person_id = 2", "bị trùng"),
    ],
)
def test_the_doctor_compares_verdicts_with_people(
    harm: str, said: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = duckdb.connect(str(path))
    db.execute(harm)
    db.close()
    assert manage.main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert said in out
    assert out.endswith("Kho số liệu có lỗi như trên.\n")


# A safe place and back


def test_a_backup_is_the_store_and_brings_it_back(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], told: Told
) -> None:
    with Store(str(path)) as store:
        before = store.contents()
    folder = tmp_path / "sao-luu"
    folder.mkdir()
    assert manage.main(["backup", str(folder)]) == 0
    [kept] = folder.iterdir()
    assert re.fullmatch(r"kho-\d{4}-\d\d-\d\d-\d{4}\.duckdb", kept.name)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert told(capsys.readouterr().out.replace(str(kept), ""))
    with Store(str(path)) as store, store.write() as cursor:
        cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
    assert manage.main(["restore", str(kept)]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Store(str(path)) as store:
        assert store.contents() == before
        assert problems(store) == []
    [old] = tmp_path.glob("kho.truoc-khoi-phuc-*.duckdb")
    assert name_in(old) == "Người Mới"
    # Once more, the second does not go over the first.
    restore(kept)
    assert len(list(tmp_path.glob("kho.truoc-khoi-phuc-*.duckdb"))) == 2
    # What was restored has an identity of its own: the log of the one before does not fit it.
    assert path.read_bytes()[8:200] != kept.read_bytes()[8:200]


def test_a_backup_is_never_written_over_anything(path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "da-co.duckdb"
    taken.write_text("bản cũ", encoding="utf-8")
    with pytest.raises(StoreError, match="Đã có tệp"):
        backup(taken)
    assert taken.read_text(encoding="utf-8") == "bản cũ"
    renamed_and_killed(path, "Người Mới")
    copied = backup(tmp_path / "sao.duckdb")  # with what is only in the log
    assert (name_in(copied.path), copied.people, copied.batches) == ("Người Mới", 12, 1)
    logs_of(tmp_path / "khac.duckdb")[0].write_bytes(b"x")
    with pytest.raises(StoreError, match="đã chuyển đi"):
        backup(tmp_path / "khac.duckdb")
    with pytest.raises(StoreError):
        backup(tmp_path / "khong-co" / "sao.duckdb")


def test_backups_taken_while_another_program_writes_are_each_one_moment(path: Path, tmp_path: Path) -> None:
    """The writer sets every name to the same number; a torn copy would have two."""
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
            import sys
            from core.store import Store
            store, n = Store(sys.argv[1]), 0
            print("sẵn sàng", flush=True)
            while True:
                n += 1
                with store.write() as cursor:
                    cursor.execute("update person set full_name = $n, birth_on = birth_on + 1", {"n": f"Người {n}"})
            """),
            str(path),
        ],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard")},
        stdout=subprocess.PIPE,
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match="đang được một chương trình khác mở"):
            restore(Path(shutil.copy(path, tmp_path / "ban-sao.duckdb")))
        seen = set()
        for n in range(3):
            copied = backup(tmp_path / f"sao-{n}.duckdb")
            assert copied.problems == []
            with Store(str(copied.path)) as store:
                [name] = store.fetch("select distinct full_name from person").full_name
            seen.add(name)
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert len(seen) == 3


def test_a_backup_during_a_great_write_is_one_moment(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written in bulk goes into the file at once and the log only points there: it must not be copied later
    than the file."""
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
            import sys
            from core.store import Store
            store = Store(sys.argv[1])
            with store.scratch() as reader:
                reader.execute("select count(*) from person").fetchall()
                with store.write() as cursor:
                    cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
                print("sẵn sàng", flush=True)
                sys.stdin.readline()
                with store.write() as cursor:
                    cursor.execute("insert into meta select 'x', md5(i::varchar) from range(300_000) as t (i)")
                print("đã ghi", flush=True)
                sys.stdin.readline()
            """),
            str(path),
        ],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    copy, copied = shutil.copyfile, []

    def copy_slowly(one: Path, other: Path) -> None:
        assert writer.stdin is not None
        assert writer.stdout is not None
        copy(one, other)
        copied.append(one)
        if len(copied) == 1:
            print(file=writer.stdin, flush=True)
            writer.stdout.readline()

    try:
        writer.stdout.readline()
        monkeypatch.setattr(store_file.shutil, "copyfile", copy_slowly)
        found = backup(tmp_path / "sao.duckdb")
        assert (found.problems, name_in(found.path)) == ([], "Người Mới")
    finally:
        writer.kill()
        writer.communicate()


@pytest.mark.parametrize(
    "kind", ["text", "cut", "of other tables", "missing", "itself", "wrong verdicts", "with a log"]
)
def test_what_is_no_whole_backup_changes_nothing(kind: str, path: Path, tmp_path: Path, told: Told) -> None:
    file = tmp_path / "sao.duckdb"
    match kind:
        case "text":
            file.write_text("không phải kho" * 1000, encoding="utf-8")
        case "cut":
            file.write_bytes(path.read_bytes()[:700_000])
        case "of other tables":
            foreign(kind, file)
        case "itself":
            file = path
        case "wrong verdicts":
            shutil.copy(path, file)
            db = duckdb.connect(str(file))
            db.execute("update assessment_spell set verdict = 'meets'")
            db.close()
        case "with a log":
            shutil.copy(path, file)
            logs_of(file)[0].write_bytes(os.urandom(100))
    before = bytes_of(tmp_path)
    with pytest.raises(StoreError) as refused:
        restore(file)
    assert told(re.sub(r"\S*\.duckdb\S*", "", str(refused.value)))
    assert bytes_of(tmp_path) == before


def test_a_damaged_store_is_kept_with_its_log_when_a_backup_takes_its_place(path: Path, tmp_path: Path) -> None:
    good = Path(shutil.copy(path, tmp_path / "sao.duckdb"))
    renamed_and_killed(path, "Người Mới")
    whole = path.read_bytes()
    path.write_bytes(whole[:20_000] + b"\0" * 500_000 + whole[520_000:])
    hurt, log = path.read_bytes(), logs_of(path)[0].read_bytes()
    _, kept = restore(good)
    assert name_in(path) == "Hồ Thị Ánh"
    assert kept is not None
    assert (kept.read_bytes(), logs_of(kept)[0].read_bytes()) == (hurt, log)


def test_a_change_of_stores_that_cannot_be_done_leaves_the_present_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = Path(shutil.copy(path, tmp_path / "sao.duckdb"))
    rename, tried = Path.rename, []

    def refuse(self: Path, target: Path) -> Path:
        tried.append(self.name)
        if self.name.endswith(FINISHED):
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="Không đổi được tên"):
        restore(good)
    assert tried[-1] == "kho.duckdb" or "truoc-khoi-phuc" in tried[-1]
    monkeypatch.undo()
    monkeypatch.setenv("DASHBOARD_STORE", str(path))
    assert name_in(path) == "Hồ Thị Ánh"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kho.duckdb", "sao.duckdb"]


@pytest.mark.parametrize(
    "command", ["init --empty", "doctor", "backup sao.duckdb", "restore sao.duckdb", "query total"]
)
def test_a_folder_in_place_of_the_store_is_said_to_be_one(
    command: str,
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "số liệu"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(path, "sao.duckdb" if command.startswith("restore") else "khác.duckdb")
    monkeypatch.setenv("DASHBOARD_STORE", str(folder))
    assert manage.main(command.split()) == 2
    said = capsys.readouterr().err
    assert said == (
        f"{folder} là thư mục, không phải tệp kho số liệu. Đặt DASHBOARD_STORE là một tệp, "
        f"ví dụ {folder / 'can-bo.duckdb'}, rồi chạy lại.\n"
    )
    assert not any(folder.iterdir())


@pytest.mark.parametrize("ending", ["", ".wal"])
@pytest.mark.parametrize("command", ["init --empty", "doctor", "backup sao-moi.duckdb", "restore sao.duckdb"])
def test_a_pipe_in_place_of_the_store_is_said_and_not_waited_for(
    command: str, ending: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(path, "sao.duckdb")
    if not ending or command.startswith("init"):
        path.unlink()
    pipe = Path(f"{path}{ending}")
    os.mkfifo(pipe)
    done = run("import sys, manage; sys.exit(manage.main(sys.argv[1:]))", *command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{pipe} không phải là tệp thường")
    assert not Path("sao-moi.duckdb").exists()


COPYING_FOR_EVER = """
import sys, time
from pathlib import Path
from core import safekeeping, store_file
copy = store_file.snapshot
def slowly(*paths):
    copy(*paths)
    print("chép", flush=True)
    time.sleep(600)
store_file.snapshot = slowly
safekeeping.backup(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("next_run", ["backup", "doctor"])
def test_what_a_killed_backup_copied_is_gone_with_the_next_run(next_run: str, path: Path, tmp_path: Path) -> None:
    elsewhere, target = tmp_path / "tạm", tmp_path / "sao.duckdb"
    elsewhere.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", COPYING_FOR_EVER, str(target)],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard"), "TMPDIR": str(elsewhere)},
        stdout=subprocess.PIPE,
        text=True,
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "chép\n"
        [copied] = [file for file in tmp_path.rglob("*.duckdb") if file != path]
        # Another program leaves alone what is still being copied.
        backup(tmp_path / "một bản khác.duckdb")
        assert copied.exists()
        assert stat.S_IMODE(copied.parent.stat().st_mode) == 0o700
        killed.kill()
    assert copied.exists()
    if next_run == "backup":
        backup(target)
        target.unlink()
    else:
        assert manage.main(["doctor"]) == 0
    assert not any(elsewhere.iterdir())
    assert {file.name for file in tmp_path.iterdir()} == {path.name, "tạm", "một bản khác.duckdb"}


def test_two_who_open_the_store_at_once_get_the_same_one(path: Path) -> None:
    found: list[Store] = []
    threads = [threading.Thread(target=lambda: found.append(engine.open_store())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1
