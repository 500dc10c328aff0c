"""Backups: which are kept, what is in one, who may touch what, what is said when one fails; real files throughout."""

# The clock on the wall, as everywhere about backups.
# ruff: noqa: DTZ001, DTZ005

import contextlib
import errno
import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access import accounts, backups, book, keeping, log
from access.backups import Backup
from access.keeping import Failure, Keeper
from core import safekeeping
from core import store as engine
from core.safekeeping import restore
from core.store import Store
from core.store_file import StoreError

NOW = datetime(2026, 11, 30, 11, 49)
FIRST = "trời mưa ở Khe Tre"
MOMENTS = st.lists(st.datetimes(datetime(2024, 12, 20), datetime(2027, 1, 10)), max_size=60)


@pytest.fixture
def path(own_district: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The district in a closed file of the test's own, which is the store in use."""
    monkeypatch.setenv("DASHBOARD_STORE", str(own_district))
    # Pages that other tests opened in this process ask who writes; here it is the test.
    monkeypatch.setattr(engine, "before_writing", [])
    yield own_district
    engine.close_stores()


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    keeper = Keeper(first=0, every=0.05)
    yield keeper
    keeper.stop()


def rename(path: Path, name: str) -> None:
    with Store(str(path)) as store, store.write() as cursor:
        cursor.execute("update person set full_name = $name where person_id = 1", {"name": name})


def name_in(path: Path) -> str:
    with Store(str(path)) as store:
        return str(store.fetch("select full_name from person where person_id = 1").full_name[0])


def made_on(*moments: datetime) -> None:
    """More backups, as if made at these moments, from one that is."""
    [one] = backups.all_backups()
    for at in moments:
        shutil.copytree(one.folder, one.folder.with_name(f"{one.folder.name[:-17]}{at:%Y-%m-%d-%H%M%S}"))
    shutil.rmtree(one.folder)


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def names() -> set[str]:
    return {p.name for p in backups.place().iterdir()}


# Which are kept


@given(MOMENTS)
def test_the_newest_is_always_kept_and_never_too_many(moments: list[datetime]) -> None:
    keep = backups.to_keep(moments)
    assert keep <= set(moments)
    assert not moments or max(moments) in keep
    assert len(keep) <= backups.DAYS + backups.WEEKS + backups.MONTHS + backups.OF_LATEST_DAY
    assert backups.to_keep([*keep]) == keep


@given(MOMENTS)
def test_of_each_late_day_week_and_month_the_newest_is_kept(moments: list[datetime]) -> None:
    keep = backups.to_keep(moments)
    for most, period in (
        (7, lambda m: m.date()),
        (4, lambda m: m.date() - timedelta(days=m.weekday())),
        (12, lambda m: (m.year, m.month)),
    ):
        for late in sorted({period(m) for m in moments}, reverse=True)[:most]:
            assert max(m for m in moments if period(m) == late) in keep


@given(MOMENTS)
def test_what_is_kept_day_by_day_is_what_would_be_kept_of_all(moments: list[datetime]) -> None:
    kept: set[datetime] = set()
    for moment in sorted(set(moments)):
        kept = backups.to_keep([*kept, moment])
    assert kept == backups.to_keep(moments)


def test_a_year_of_days_leaves_seven_days_four_weeks_and_twelve_months() -> None:
    days = [NOW - timedelta(days=n) for n in range(400)]
    assert sorted((NOW - m).days for m in backups.to_keep(days)) == [
        *range(7),  # 24 to 30 November, a Monday: 29 November is the end of a week as well
        8,  # Sunday 22 November
        15,  # Sunday 15 November
        *(30, 61, 91, 122, 153, 183, 214, 244, 275, 303, 334),  # the last days of the months before
    ]


def test_only_what_was_made_here_and_is_whole_is_taken_away(path: Path) -> None:
    backups.make()
    days = [datetime(2020, 1, 1, 8) + timedelta(days=n) for n in range(20)]
    made_on(*days)
    [*found] = backups.all_backups()
    put_into, hurt = found[-1].folder, found[-2].folder
    (put_into / "thư.txt").write_text("giữ giúp", encoding="utf-8")
    (hurt / backups.STORE).write_bytes(b"x")
    strange = {
        "huyện-2020-01-01.duckdb",
        "huyện-2020-01-01-080000-2",
        "khác-2020-01-01-080000",
        "huyện-2020-13-01-080000",
    }
    for name in strange:
        (backups.place() / name).mkdir()
    gone = backups.prune()
    left = {b.at for b in backups.all_backups()}
    assert {datetime(2020, 1, 1, 8), datetime(2020, 1, 2, 8)} <= left
    assert left - {datetime(2020, 1, 1, 8), datetime(2020, 1, 2, 8)} == backups.to_keep(days[:1] + days[2:]) - {days[0]}
    assert len(gone) == 20 - len(left)
    assert strange <= names()
    assert not [name for name in names() if ".dang-chep-" in name]


# What is in one


def test_a_backup_holds_the_store_and_the_accounts_and_comes_back(path: Path) -> None:
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    made = backups.make()
    assert (made.people, made.batches, made.accounts, made.intact()) == (12, 1, True, True)
    assert {p.name for p in made.folder.iterdir()} == {"kho.duckdb", book.NAME, "ban-sao.json"}
    assert {p.stat().st_mode & 0o077 for p in (made.folder.parent, made.folder, *made.folder.iterdir())} == {0}
    assert made.state == engine.state_of(path)
    rename(path, "Người Mới")
    assert made.state != engine.state_of(path)
    restore(made.store)
    assert name_in(path) == "Hồ Thị Ánh"
    with contextlib.closing(sqlite3.connect(made.folder / book.NAME)) as copy:
        copy.row_factory = sqlite3.Row
        assert [r["name"] for r in copy.execute("select name from account")] == ["lan"]
        assert log.broken(copy) is None
    assert names() == {made.folder.name}


def test_two_in_the_same_second_are_two(path: Path) -> None:
    first, second = backups.make(), backups.make()
    assert first.folder != second.folder
    assert [b.folder for b in backups.all_backups()] == [second.folder, first.folder]


@pytest.mark.parametrize("how", ["cut", "gone", "not told", "told wrongly", "one byte"])
def test_a_backup_that_is_damaged_counts_for_nothing(how: str, path: Path) -> None:
    made = backups.make()
    match how:
        case "cut":
            made.store.write_bytes(made.store.read_bytes()[:-1])
        case "gone":
            made.store.unlink()
        case "not told":
            (made.folder / backups.TOLD).unlink()
        case "told wrongly":
            (made.folder / backups.TOLD).write_text("[1]", encoding="utf-8")
        case "one byte":
            whole = bytearray(made.store.read_bytes())
            whole[-1] ^= 1
            made.store.write_bytes(whole)
    [found] = backups.all_backups()
    assert not found.intact()
    # A byte is only found by reading all of it.
    assert found.good == (how == "one byte")
    assert (backups.newest() is None) == (how != "one byte")


def test_a_store_that_is_written_meanwhile_is_backed_up_as_of_one_moment(path: Path) -> None:
    """The writer sets every name to the same number; a torn copy would have two."""
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
            import sys
            from core.store import Store
            store, n = Store(sys.argv[1]), 0
            while True:
                n += 1
                with store.write() as cursor:
                    cursor.execute("update person set full_name = $n, birth_on = birth_on + 1", {"n": f"Người {n}"})
                print("đã ghi", flush=True)
            """),
            str(path),
        ],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard")},
        stdout=subprocess.PIPE,
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        made = [backups.make() for _ in range(2)]
    finally:
        writer.kill()
        writer.communicate()
    assert len({b.state for b in made}) == 2
    for one in made:
        assert one.state == engine.state_of(one.store)
        with Store(str(one.store)) as store:
            assert store.fetch("select count(distinct full_name) as n from person").n[0] == 1
            assert safekeeping.problems(store) == []


# What fails


def fails(match: str, told: Callable[[str], bool]) -> None:
    with pytest.raises(StoreError, match=match) as error:
        backups.make()
    said = str(error.value).replace(str(backups.place()), "").replace("huyện.duckdb", "")
    assert told(said), said
    assert ".dang-" not in str(error.value)
    assert not backups.place().exists() or not any(backups.place().iterdir())
    assert not list(backups.place().parent.glob("*.dang-*"))


@pytest.mark.parametrize("where", ["copyfile", "replace", "fsync"])
def test_a_full_disk_is_said_and_leaves_nothing(
    where: str, path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[[str], bool]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    of = {"copyfile": shutil, "replace": Path, "fsync": os}[where]
    monkeypatch.setattr(of, where, full)
    fails("đã đầy", told)


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from access import backups
sys.exit(backups.answer())
"""


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_disk_that_takes_no_more_is_said_and_leaves_nothing(share: float, path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(int(path.stat().st_size * share))],
        env={**os.environ, "PYTHONPATH": str(engine.ROOT / "dashboard")},
        text=True,
        capture_output=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "đã đầy" in done.stderr
    assert not any(backups.place().iterdir())
    assert {p.name for p in path.parent.iterdir()} == {path.name, backups.place().name}


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_takes_nothing_is_said(
    number: int, path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[[str], bool]
) -> None:
    """Root may write anywhere, so the system's words are put into its mouth."""

    def refuse(*_: object, **__: object) -> str:
        raise OSError(number, os.strerror(number), str(backups.place()))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    fails("chỉ cho đọc" if number == errno.EROFS else "Không có quyền", told)


def test_a_disk_that_is_not_there_is_not_replaced_by_a_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_BACKUP", str(path.parent / "ổ-rời" / "sao-lưu"))
    with pytest.raises(StoreError, match="Không tìm thấy"):
        backups.make()
    assert not (path.parent / "ổ-rời").exists()
    (path.parent / "ổ-rời").mkdir()
    assert backups.make().folder.parent == path.parent / "ổ-rời" / "sao-lưu"


@pytest.mark.parametrize("how", ["zeros", "cut", "wrong verdicts", "accounts", "newer", "gone"])
def test_of_what_is_damaged_no_backup_is_kept(how: str, path: Path, told: Callable[[str], bool]) -> None:
    match how:
        case "zeros":
            whole = path.read_bytes()
            path.write_bytes(whole[:20_000] + b"\0" * 500_000 + whole[520_000:])
        case "cut":
            path.write_bytes(path.read_bytes()[:700_000])
        case "wrong verdicts":
            with duckdb.connect(str(path)) as db:
                db.execute("update assessment_spell set verdict = 'meets'")
        case "newer":
            with duckdb.connect(str(path)) as db:
                db.execute("update meta set value = '999' where name = 'schema'")
        case "gone":
            path.unlink()
        case "accounts":
            book.place().write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    with pytest.raises(StoreError) as error:
        backups.make()
    said = {"wrong verdicts": "có lỗi", "accounts": "đã hỏng", "newer": "bản phần mềm mới hơn", "gone": "Chưa có kho"}
    assert said.get(how, "hỏng") in str(error.value)
    assert not any(backups.place().iterdir())


# By itself


@pytest.mark.parametrize(
    ("age", "changed", "failed", "is_due"),
    [
        (None, True, None, True),
        (timedelta(hours=23), True, None, False),
        (timedelta(days=1), True, None, True),
        (timedelta(days=30), False, None, False),
        (timedelta(minutes=-5), True, None, True),  # the clock was put back
        (timedelta(days=2), True, timedelta(minutes=59), False),
        (timedelta(days=2), True, timedelta(hours=1), True),
        (timedelta(hours=2), False, timedelta(hours=1), True),  # somebody asked for it and it failed
        (None, True, timedelta(minutes=-5), True),
    ],
)
def test_when_a_backup_is_due(age: timedelta | None, changed: bool, failed: timedelta | None, is_due: bool) -> None:
    last = None if age is None else Backup(Path(), NOW - age, good=True, state="a")
    failure = None if failed is None else Failure(NOW - failed, "Ổ đĩa đã đầy.")
    assert keeping.due(last, "b" if changed else "a", failure, NOW) == is_due


def test_an_administrator_is_warned_of_what_failed_and_of_what_is_old_only(told: Callable[[str], bool]) -> None:
    old = Backup(Path(), NOW - timedelta(days=8), good=True, state="a")
    assert keeping.warning(None, None, "a", NOW) is None
    assert keeping.warning(None, old, "a", NOW) is None
    said = keeping.warning(None, old, "b", NOW)
    assert said == "Bản sao lưu tốt gần nhất đã từ 22/11/2026 11:49 (8 ngày trước), kho đã thay đổi từ đó."
    assert keeping.warning(None, Backup(Path(), NOW - timedelta(days=7), good=True, state="a"), "b", NOW) is None
    failure = Failure(NOW, "Ổ đĩa đã đầy.")
    for last in (None, old):
        said = keeping.warning(failure, last, "a", NOW)
        assert said is not None
        assert "Ổ đĩa đã đầy." in said
        assert told(said)


def test_the_first_backup_comes_by_itself_and_the_next_a_day_later_when_something_changed(
    path: Path, keeper: Keeper
) -> None:
    accounts.add("thử", "lan", "Hồ Thị Lan", "quan_tri", None, "Trưởng phòng", FIRST)
    keeper.start()
    until(lambda: len(backups.all_backups()) == 1 and not keeper._making.locked())
    with book.read() as connection:
        assert next((e.who, e.action) for e in log.entries(connection)) == ("(theo lịch)", "sao_luu")
    with engine.open_store().write() as cursor:
        cursor.execute("update person set full_name = 'Người Mới' where person_id = 1")
    time.sleep(0.5)
    assert len(backups.all_backups()) == 1, "not a day old"
    keeper.stop()
    made_on(datetime.now() - timedelta(days=1, minutes=1))
    keeper.start()
    until(lambda: len(backups.all_backups()) == 2 and not keeper._making.locked())
    time.sleep(0.5)
    assert len(backups.all_backups()) == 2
    assert backups.all_backups()[0].state == engine.open_store().state()
    assert keeper.failure is None


def test_readers_go_on_while_a_backup_is_made(path: Path, keeper: Keeper) -> None:
    store = engine.open_store()
    begun = threading.Thread(target=keeper.make, args=("lan",))
    begun.start()
    until(lambda: keeper._child)
    child, asked = keeper._child, 0
    assert child is not None
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == 10
    while begun.is_alive():
        store.fetch("select count(*) as n from person")
        with store.write() as cursor:
            cursor.execute("update person set full_name = 'Người ' || person_id")
        asked += 1
        time.sleep(0.05)
    begun.join()
    assert asked > 3
    assert keeper.failure is None
    store.check_place()
    # The lock on the file is still ours.
    with pytest.raises(StoreError, match="đang được một chương trình khác mở"):
        restore(backups.all_backups()[0].store)


@pytest.mark.parametrize("off", ["off", "sample", "looked at"])
def test_none_is_made_where_none_is_wanted(
    off: str, path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if off == "off":
        monkeypatch.setenv("DASHBOARD_BACKUP", "off")
    elif off == "sample":
        with Store(str(path)) as store, store.write() as cursor:
            cursor.execute("insert into meta values ('sample', '1')")
    else:
        engine.look_at(Path(shutil.copy(path, tmp_path / "khác.duckdb")))
    keeper.start()
    time.sleep(0.5)
    keeper.stop()
    assert not backups.place().exists()


def test_the_end_of_the_server_ends_a_backup_at_once_and_leaves_nothing(path: Path, keeper: Keeper) -> None:
    for wait in (0.0, 0.3, 0.6, 0.9, 1.2):
        keeper.start()
        until(lambda: keeper._child)
        time.sleep(wait)
        began = time.perf_counter()
        keeper.stop()
        assert time.perf_counter() - began < 1
        assert keeper.failure is None
        assert keeper._child is None or keeper._child.returncode is not None
        assert [b.intact() for b in backups.all_backups()] == [True] * len(backups.all_backups())
        assert not [p for p in (*path.parent.iterdir(), *backups.place().glob("*")) if ".dang-" in p.name]
        shutil.rmtree(backups.place(), ignore_errors=True)
    engine.close_stores()
    assert name_in(path) == "Hồ Thị Ánh"


SERVED = """
import sys
sys.path.insert(0, "dashboard")
from access import keeping
keeping.keeper._first, keeping.keeper._every = float(sys.argv[1]), 0.1
from streamlit.web.cli import main
sys.argv = ["streamlit", "run", "dashboard/app.py", "--server.port", sys.argv[2]]
main()
"""


@contextlib.contextmanager
def served(first: float) -> Iterator[subprocess.Popen[bytes]]:
    """The server as it is started, but that it looks for what is due `first` seconds after its start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVED, str(first), str(port)], cwd=engine.ROOT, stderr=subprocess.DEVNULL
    )

    def answers() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        with contextlib.suppress(OSError):
            connection.request("GET", "/suc-khoe")
            return connection.getresponse().status == 200
        return False

    try:
        until(answers)
        yield server
    finally:
        server.kill()
        server.wait()


def test_the_server_makes_a_backup_and_ends_in_the_middle_of_one(path: Path) -> None:
    with served(0):
        until(backups.newest)
    engine.close_stores()
    made_on(datetime.now() - timedelta(days=2))
    rename(path, "Người Mới")
    with served(1) as server:
        until(lambda: [*path.parent.rglob("*.dang-chep-*")])
        began = time.perf_counter()
        server.terminate()
        server.wait(20)
        assert time.perf_counter() - began < 5
        assert len(backups.all_backups()) == 1
        assert not [*path.parent.rglob("*.dang-*")]
    assert name_in(path) == "Người Mới"


def test_a_failure_is_kept_until_a_backup_succeeds(
    path: Path, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, told: Callable[[str], bool]
) -> None:
    backups.place().write_text("không phải thư mục", encoding="utf-8")
    keeper.start()
    until(lambda: keeper.failure)
    assert engine.open_store().fetch("select count(*) as n from person").n[0] == 12
    assert keeper.failure is not None
    assert told(keeper.failure.said.replace(str(backups.place()), "")), keeper.failure.said
    backups.place().unlink()
    time.sleep(0.3)
    assert not backups.place().exists(), "not an hour later"
    made = keeper.make("lan")
    assert made.intact()
    assert keeper.failure is None


def test_a_store_that_is_damaged_under_the_server_is_said(path: Path, keeper: Keeper) -> None:
    store = engine.open_store()
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\0" * min(500_000, len(whole) - 20_000))
    with pytest.raises(StoreError):
        keeper.make("lan")
    assert keeper.failure is not None
    assert not any(backups.place().iterdir())
    del store


def test_one_at_a_time_and_a_double_click_makes_one(path: Path, keeper: Keeper) -> None:
    begun = threading.Thread(target=keeper.make, args=("lan",))
    begun.start()
    until(lambda: keeper._child)
    with pytest.raises(StoreError, match="chưa xong"):
        keeper.make("lan")
    begun.join()
    assert keeper.make("lan") == backups.newest()
    assert len(backups.all_backups()) == 1


def test_ages_and_sizes_are_written_as_people_say_them() -> None:
    minutes = {0: "vừa xong", 59: "59 phút trước", 60: "1 giờ trước", 1_439: "23 giờ trước", 1_440: "1 ngày trước"}
    assert {m: backups.ago(NOW - timedelta(minutes=m), NOW) for m in minutes} == minutes
    assert [backups.megabytes(n) for n in (1, 5_240_000)] == ["0,1 MB", "5,2 MB"]
    assert date(2026, 11, 30).isocalendar()[1] == 49
