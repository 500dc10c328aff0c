"""What batches add up to: who is asked about, what is left when one of them is taken back, what outlives a crash."""

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from common.readers import all_of
from core.store import ROOT, Filters, Store
from core.words import Words
from intake.commit import undo
from intake.session import Intake, differing, take_in
from manage import main
from opening.new_store import fill

HEADING = [
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Xã",
    "Chức vụ",
    "Ngày nhận chức vụ",
    "Giữ chức lần đầu",
    "Chuyên môn",
    "Chuyên ngành",
    "LLCT",
    "Dân tộc",
]
DAYS = [date(2015 + n, 12, 31) for n in range(4)]
LISTS = sorted((ROOT / "sample_data" / "lists").glob("*.xlsx"))
REGISTERS = sorted((ROOT / "sample_data" / "registers").glob("*.xlsx"))

Row = dict[str, str]


@pytest.fixture
def store() -> Iterator[Store]:
    store = _empty()
    yield store
    store.close()


def _empty(path: str = ":memory:") -> Store:
    store = Store(path, create=True)
    fill(store, sample=False)
    return store


def someone(name: str, born: str = "12/05/1978", commune: str = "Hương Hòa", post: str = "Văn phòng - thống kê") -> Row:
    return {
        "Họ và tên": name,
        "Ngày sinh": born,
        "Giới tính": "Nữ",
        "Xã": commune,
        "Chức vụ": post,
        "Ngày nhận chức vụ": "01/07/2010",
    }


def bring(store: Store, rows: list[Row], day: date) -> Intake:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ds.xlsx"
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet()
        page.write_row(0, 0, HEADING)
        for n, row in enumerate(rows, start=1):
            page.write_row(n, 0, [row.get(heading, "") for heading in HEADING])
        book.close()
        return take_in(all_of(store), [path], day)


def facts(store: Store) -> dict[str, list[tuple[str, ...]]]:
    """What is in force, without the numbers that only say in which order it came."""
    shown = {
        "person": "p.birth_on, p.birth_precision, p.gender, p.ethnicity",
        "posting": "t.unit_id, t.post, t.from_on, t.from_precision, t.to_on, t.end_reason, t.first_held_on, "
        "t.first_held_precision",
        "qualification": "t.criterion, t.level, t.field, t.status, t.obtained_on, t.obtained_precision, t.reported_on",
    }
    return {
        table: [
            tuple(map(str, row))
            for row in store.fetch(
                f"select p.full_name, {columns} from {table} as t inner join person as p using (person_id) order by all"  # noqa: S608
            ).itertuples(index=False)
        ]
        for table, columns in shown.items()
    }


# Who is who


@pytest.mark.parametrize(
    ("known", "listed", "asked"),
    [
        ("Hồ Thị Ánh", "Hồ Thị Anh", True),
        ("Lê Văn Hòa", "Lê Văn Hoà", False),
        ("Lê Thị Thúy", "LÊ THỊ THUÝ", False),
        ("Đỗ Thị Ngọc", "Đổ Thị Ngọc", True),
        ("Nguyễn Thị Lan", "Nguyễn Thị Lann", True),
        ("Nguyễn Thị Lan", "Trần Văn Quyết", False),
    ],
)
def test_a_name_is_the_same_alike_or_another(store: Store, known: str, listed: str, asked: bool) -> None:
    assert bring(store, [someone(known)], DAYS[0]).record("1", "x") == 1
    intake = bring(store, [someone(listed)], DAYS[1])
    assert bool(intake.comparison.waiting) == asked
    assert bool(intake.turned_away()) == asked
    if not asked:
        same = intake.comparison.new == 0
        assert same == (known.split()[:2] == listed.title().split()[:2])


def test_a_namesake_in_another_commune_is_asked_and_one_in_another_district_is_not_known(store: Store) -> None:
    bring(store, [someone("Lê Thị Mai")], DAYS[0]).record("1", "x")
    intake = bring(store, [someone("Lê Thị Mai", commune="Khe Tre")], DAYS[1])
    (away,) = intake.turned_away()
    assert (away.file, away.row, "Lê Thị Mai" in away.message, "Hương Hòa" in away.message) == (
        "ds.xlsx",
        2,
        True,
        True,
    )


# One batch of several taken back


TRUTH = {
    "Hồ Văn Tâm": someone("Hồ Văn Tâm", "12/05/1978", "Hương Hòa"),
    "Lê Thị Mai": someone("Lê Thị Mai", "03/11/1981", "Hương Hòa", "Tài chính - kế toán"),
    "Ra Pát Lộc": someone("Ra Pát Lộc", "20/01/1969", "Khe Tre", "Chủ tịch Hội Nông dân"),
}


@st.composite
def glimpses(draw: st.DrawFn, name: str) -> Row:
    """What a list may tell of somebody: all of the truth or less, but nothing that contradicts it."""
    row = dict(TRUTH[name])
    birth = row["Ngày sinh"]
    row["Ngày sinh"] = draw(st.sampled_from([birth, birth, birth[3:], birth[6:]]))
    row["Ngày nhận chức vụ"] = draw(st.sampled_from(["01/07/2010", "07/2010", "2010", ""]))
    row["Giữ chức lần đầu"] = draw(st.sampled_from(["15/03/2005", "2005", ""]))
    row["Giới tính"] = draw(st.sampled_from(["Nữ", ""]))
    row["Dân tộc"] = draw(st.sampled_from(["Cơ Tu", ""]))
    row["LLCT"] = draw(st.sampled_from(["TC", ""]))
    row["Chuyên môn"] = draw(st.sampled_from(["ĐH", ""]))
    row["Chuyên ngành"] = draw(st.sampled_from(["Luật", ""])) if row["Chuyên môn"] else ""
    return row


batches = st.lists(
    st.lists(st.sampled_from(sorted(TRUTH)), min_size=1, unique=True).flatmap(
        lambda names: st.tuples(*map(glimpses, names)).map(list)
    ),
    min_size=2,
    max_size=4,
)


# Every example makes two stores: shrinking would take minutes.
@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(batches, st.data())
def test_lists_that_do_not_contradict_each_other_add_up_without_the_one_taken_back(
    said: list[list[Row]], data: st.DataObject
) -> None:
    """Not so where lists disagree: what a batch said against the store then (lower, later) was not agreed to."""
    gone = data.draw(st.integers(0, len(said) - 1))
    store, without = _empty(), _empty()
    try:
        number = None
        for n, rows in enumerate(said):
            made = bring(store, rows, DAYS[n]).record(str(n), "x")
            number = made if n == gone else number
            if n != gone:
                bring(without, rows, DAYS[n]).record(str(n), "x")
        if number is not None:
            undo(all_of(store), number, "x")
        assert facts(store) == facts(without)
    finally:
        store.close()
        without.close()


def test_registers_stand_as_if_the_lists_had_never_been(store: Store) -> None:
    take_in(all_of(store), LISTS, DAYS[3]).record("Danh sách", "x")
    take_in(all_of(store), REGISTERS, DAYS[3]).record("Sổ", "x")
    undo(all_of(store), 1, "x")
    alone = _empty()
    take_in(all_of(alone), REGISTERS, DAYS[3]).record("Sổ", "x")
    left, expected = facts(store), facts(alone)
    alone.close()
    assert left == expected


# Communes that are merged years later


def test_a_list_of_one_commune_says_nothing_of_one_that_it_is_merged_with_later(store: Store) -> None:
    bring(
        store, [someone("Lê Thị Mai", commune="Khe Tre"), someone("Hồ Văn Tâm", commune="Hương Phú")], DAYS[0]
    ).record("1", "x")
    assert bring(store, [someone("Lê Thị Mai", commune="Khe Tre")], DAYS[1]).counts()["missing"] == 0


def test_a_move_between_communes_that_are_merged_later_is_a_move(store: Store) -> None:
    bring(store, [someone("Lê Thị Mai", commune="Hương Phú")], DAYS[0]).record("1", "x")
    moved = bring(store, [someone("Lê Thị Mai", commune="Khe Tre") | {"Ngày nhận chức vụ": "01/06/2016"}], DAYS[1])
    moved.answers.people[0] = 1
    moved.compare()
    moved.record("2", "x")
    assert all_of(store).query("roster", Filters(DAYS[0])).commune.tolist() == ["Hương Phú"]
    assert all_of(store).query("roster", Filters(DAYS[1])).commune.tolist() == ["Khe Tre"]


def test_a_list_after_a_merger_speaks_of_both_communes(store: Store) -> None:
    first = [someone("Lê Thị Mai", commune="Hương Hòa"), someone("Hồ Văn Tâm", "01/02/1970", commune="Hương Giang")]
    bring(store, first, DAYS[0]).record("1", "x")
    later = bring(store, [someone("Lê Thị Mai", commune="Hương Xuân")], date(2020, 6, 30))
    later.answers.people[0] = int(store.fetch("select person_id from person where given_name = 'Mai'").person_id[0])
    later.compare()
    assert (later.comparison.differences.empty, later.counts()["missing"]) == (True, 1)


# A post that comes and goes


def test_who_is_named_again_after_having_been_left_out_is_asked_about(store: Store) -> None:
    both = someone("Lê Thị Mai", post="Bí thư Đảng ủy kiêm Chủ tịch HĐND")
    bring(store, [both], DAYS[0]).record("1", "x")
    bring(store, [someone("Lê Thị Mai", post="Bí thư Đảng ủy")], DAYS[1]).record("2", "x")
    assert all_of(store).query("roster", Filters(DAYS[1])).position.tolist() == ["bi_thu"]
    again = bring(store, [both], DAYS[2])
    waiting = again.comparison.differences[["kind", "field", "needs"]].to_numpy().tolist()
    assert (waiting, again.comparison.changed) == ([["later", "to_on", True]], 0)
    assert differing(again, Words.of(all_of(store))).new.tolist() == ["Đang giữ"]

    again.answers.accepted.add((int(again.comparison.people.person_id[0]), "to_on"))
    again.compare()
    assert again.comparison.changed == 1
    again.record("3", "x")
    assert all_of(store).query("roster", Filters(DAYS[1])).position.tolist() == ["bi_thu", "ct_hdnd"]
    assert store.fetch("select count(*) as n from posting where end_reason is not null").n[0] == 0
    undo(all_of(store), 3, "x")
    assert all_of(store).query("roster", Filters(DAYS[2])).position.tolist() == ["bi_thu"]


@pytest.mark.parametrize(
    ("first", "second", "last", "left"),
    [
        # Whoever comes second yields to the first; when the first is gone the earliest of the others counts.
        ("", "", "", ("2016-12-31", "bao_cao")),
        ("01/07/2010", "07/2010", "2010", ("2010-07-01", "thang")),
        ("01/07/2010", "2010", "", ("2010-01-01", "nam")),
    ],
)
def test_of_several_who_yielded_the_clearest_is_left(
    store: Store, first: str, second: str, last: str, left: tuple[str, str]
) -> None:
    for day, start in zip(DAYS, (first, second, last), strict=False):
        bring(store, [someone("Lê Thị Mai") | {"Ngày nhận chức vụ": start}], day).record("x", "x")
    undo(all_of(store), 1, "x")
    found = store.fetch("select from_on::varchar as day, from_precision as p from posting")
    assert found.to_numpy().tolist() == [list(left)]


# Killed at any moment

# The lists come as they were read, for it is the writing that is struck.
COMMITTING = """
import pickle
import sys
sys.path[:0] = ["dashboard"]
from pathlib import Path
from intake.session import Intake
from core.store import Store
reader = Store(sys.argv[1]).seen_by(("vn",))
intakes = [Intake(reader, *read) for read in pickle.loads(Path(sys.argv[2]).read_bytes())]
print("open", flush=True)
for n, intake in enumerate(intakes):
    intake.compare()
    intake.record(str(n), "x")
    print(n, flush=True)
"""


def test_a_killed_commit_leaves_a_healthy_store_before_or_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = _empty()
    intakes = [take_in(all_of(whole), [path], DAYS[3]) for path in LISTS[:4]]
    read = tmp_path / "da-doc"
    read.write_bytes(pickle.dumps([(i.as_of, i.reading, i.facts, i.comparison) for i in intakes]))
    states = [facts(whole)]
    for intake in intakes:
        intake.compare()
        intake.record("x", "x")
        states.append(facts(whole))
    whole.close()
    assert all(a != b for a, b in pairwise(states))

    template = tmp_path / "goc.duckdb"
    _empty(str(template)).close()
    rng = Random(11)
    for attempt in range(15):
        path = tmp_path / f"so-{attempt}.duckdb"
        path.write_bytes(template.read_bytes())
        child = subprocess.Popen(
            [sys.executable, "-c", COMMITTING, str(path), str(read)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(rng.random() * 1.2)
        child.send_signal(signal.SIGKILL)
        told = len(child.stdout.read().split())
        child.wait()
        child.stdout.close()

        monkeypatch.setenv("DASHBOARD_STORE", str(path))
        store = Store(str(path))
        assert facts(store) in states[told : told + 2], attempt
        store.close()
        if told:
            assert main(["doctor"]) == 0, capsys.readouterr().out
