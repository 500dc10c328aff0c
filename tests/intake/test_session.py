"""Lists compared with the store, asked about, recorded and taken back, through the commands and through the session."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from common.lists import person, plain, sheet_csv, workbook
from common.readers import all_of
from common.short_list import HEADING, TAM
from core.store import ROOT, Filters, Store
from core.words import Words, as_text
from intake.commit import NotAccepted, undo
from intake.lists import read_lists
from intake.session import Intake, arrivals, take_in, vocabulary
from manage import main
from opening.new_store import fill

DAY = date(2018, 12, 31)
LISTS = sorted((ROOT / "sample_data" / "lists").glob("*.xlsx"))
REGISTERS = sorted((ROOT / "sample_data" / "registers").glob("*.xlsx"))


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    yield store
    store.close()


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Callable[..., Intake]:
    """Reads and compares a list of these rows under HEADING; a row is TAM with what is named changed."""

    def bring(*rows: dict[int, str], as_of: date = DAY, record: bool = False) -> Intake:
        path = listed(tmp_path / f"ds-{len(list(tmp_path.iterdir()))}.xlsx", *rows)
        intake = take_in(all_of(store), [path], as_of)
        if record:
            assert intake.record("Danh sách thử", "người thử") is not None
        return intake

    return bring


def listed(path: Path, *rows: dict[int, str]) -> Path:
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write_row(0, 0, HEADING)
    for n, row in enumerate(rows, start=1):
        page.write_row(n, 0, [row.get(i, cell) for i, cell in enumerate(TAM)])
    book.close()
    return path


def held(store: Store, criterion: str) -> list[str]:
    """The levels of a criterion that are in force, from the first reported on."""
    rows = store.fetch(
        "select level from qualification where criterion = $criterion order by reported_on, qualification_id",
        {"criterion": criterion},
    )
    return list(rows.level)


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What is in force, without the numbers that only say in which order it came."""
    shown = {
        "person": "full_name, birth_on, birth_precision, gender, ethnicity, identifier",
        "posting": "unit_id, post, from_on, from_precision, to_on, end_reason, first_held_on, first_held_precision",
        "qualification": "criterion, level, field, status, obtained_on, obtained_precision, evidence",
    }
    found = {}
    for table, columns in shown.items():
        who = "" if table == "person" else "(select full_name from person as p where p.person_id = t.person_id), "
        rows = store.fetch(f"select {who}{columns} from {table} as t order by all")  # noqa: S608
        found[table] = [tuple(map(str, row)) for row in rows.itertuples(index=False)]
    return found


def kinds(intake: Intake) -> list[tuple[str, str]]:
    rows = intake.comparison.differences
    return sorted(set(zip(rows.kind, rows.field, strict=True)))


# The sample lists, by command


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a command over a store of its own that has nobody in it: exit code, output, errors."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "so.duckdb"))

    def command(*arguments: object) -> tuple[int, str, str]:
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    assert command("init", "--empty")[0] == 0
    return command


def test_the_same_lists_twice_change_nothing_and_undo_empties_the_roster(command: Callable[..., Any]) -> None:
    code, said, _ = command("import", *LISTS, "--json")
    first = json.loads(said)
    assert (code, first["files"], first["rejected"], first["changed"], first["missing"]) == (0, 11, 0, 0, 0)
    assert first["read"] == first["accepted"] == first["new"] == 308
    assert json.loads(command("query", "headline", "--format", "json")[1])[0]["total"] == 109

    code, said, _ = command("import", *LISTS, "--json")
    again = json.loads(said)
    assert (code, again["new"], again["changed"], again["unchanged"], again["missing"]) == (0, 0, 0, 308, 0)
    assert "Không có gì mới" in command("import", *LISTS)[1]

    assert command("undo", 1)[0] == 0
    assert json.loads(command("query", "roster", "--format", "json")[1]) == []
    assert command("undo", 1)[0] == 2
    assert command("undo", 7)[2].startswith("Không có đợt ghi nhận số 7")


def test_a_dry_run_writes_nothing(command: Callable[..., Any]) -> None:
    code, said, _ = command("import", LISTS[0], "--dry-run")
    assert (code, "Chạy thử" in said) == (0, True)
    assert json.loads(command("query", "roster", "--format", "json")[1]) == []


def test_exit_codes_tell_nothing_read_from_everything_turned_away(command: Callable[..., Any], tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04khong phai")
    code, _, said = command("import", broken)
    assert (code, len(said.splitlines())) == (2, 1)
    assert "Traceback" not in said

    bad = listed(tmp_path / "sai.xlsx", {4: "Trưởng phòng lạ"})
    out = tmp_path / "tra-lai.xlsx"
    code, said, _ = command("import", bad, "--issues", out, "--json")
    assert (code, json.loads(said)["rejected"]) == (1, 1)
    assert json.loads(said)["issues"][0].keys() >= {"file", "sheet", "row", "column", "severity", "message"}
    assert out.stat().st_size > 0


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_command_names_the_columns_that_nobody_read(
    command: Callable[..., Any], tmp_path: Path, suffix: str
) -> None:
    rows = [["Họ và tên", "Chức vụ", "Xã", "Diễn giải", "Quê quán"], ["Hồ Văn Tâm", "Kế toán", "Khe Tre", "abc", "Huế"]]
    path = (workbook if suffix == ".xlsx" else sheet_csv)(tmp_path / f"ds{suffix}", rows)
    said = command("import", path, "--dry-run")[2]
    assert "òng 1: không đọc cột “Diễn giải” vì chưa hiểu tiêu đề; “Quê quán” vì không dùng đến; nếu cần" in said
    told = json.loads(command("import", path, "--dry-run", "--json")[1])["issues"]
    assert [issue["severity"] for issue in told if "không đọc cột" in issue["message"]] == ["info"]
    [line] = [line for line in said.splitlines() if "không đọc cột" in line]
    assert line.endswith("hoặc chọn nghĩa của cột ở mục “Nạp danh sách” trên trang.")


def test_a_file_is_named_from_where_the_officer_stands(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists are read by another process, which stands in another folder."""
    plain(tmp_path / "Khe Tre.csv", person())
    monkeypatch.chdir(tmp_path)
    intake = take_in(all_of(store), [Path("Khe Tre.csv")], DAY)
    assert (intake.reading.files, intake.reading.unreadable) == (["Khe Tre.csv"], [])


def test_a_row_turned_away_comes_back_ready_to_be_sent_again(store: Store, tmp_path: Path) -> None:
    intake = take_in(all_of(store), [listed(tmp_path / "sai.xlsx", {4: "Trưởng phòng lạ"}, {0: "Lê Thị Mai"})], DAY)
    from documents.returned import returned

    (tmp_path / "tra.xlsx").write_bytes(returned(intake.turned_away(), intake.issues()))
    again = read_lists([tmp_path / "tra.xlsx"], vocabulary(all_of(store), DAY))
    # The same row with the same fault: nothing else of it was lost on the way.
    assert [(r.cells[1:6], r.message) for r in again.rejected] == [
        (("Hồ Văn Tâm", "12/05/1978", "Nam", "Hương Hòa", "Trưởng phòng lạ"), intake.reading.rejected[0].message)
    ]
    assert intake.record("Danh sách thử", "người thử") == 1
    assert store.fetch("select message from rejected_row").message.tolist() == [intake.reading.rejected[0].message]


# Whatever came after it, a batch that is taken back has said nothing


def test_undoing_the_lists_leaves_what_the_registers_say(store: Store) -> None:
    assert take_in(all_of(store), LISTS, DAY).record("Danh sách", "x") == 1
    assert take_in(all_of(store), REGISTERS, DAY).record("Sổ", "x") == 2
    whole = facts(store)
    undo(all_of(store), 1, "x")
    alone = Store(":memory:", create=True)
    fill(alone, sample=False)
    take_in(all_of(alone), REGISTERS, DAY).record("Sổ", "x")
    # How a fact was spelled first may differ; who held what, and since when, may not.
    assert facts(store)["posting"] == facts(alone)["posting"]
    alone.close()
    undo(all_of(store), 2, "x")
    assert facts(store) == {"person": [], "posting": [], "qualification": []}
    assert len(whole["posting"]) > 300


@pytest.mark.parametrize("seed", range(6))
def test_any_batch_taken_back_is_as_if_it_had_never_been(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    batches = [
        listed(
            tmp_path / f"{n}.xlsx",
            *(
                {
                    0: f"Hồ Văn {name}",
                    1: f"0{i + 1}/05/1978",
                    7: rng.choice(["SC", "TC", "CC", ""]),
                    4: rng.choice(["Bí thư Đảng ủy", "Chủ tịch HĐND"]),
                    5: rng.choice(["01/07/2015", "2015", ""]),
                }
                for i, name in enumerate(("Tâm", "Quyết", "Hùng"))
                if rng.random() < 0.8 or i == n
            ),
        )
        for n in range(3)
    ]
    days = [date(2016, 12, 31), date(2017, 12, 31), DAY]

    def after(kept: set[int]) -> tuple[Store, dict[int, int | None]]:
        store = Store(":memory:", create=True)
        fill(store, sample=False)
        numbers = {}
        for n, (path, day) in enumerate(zip(batches, days, strict=True)):
            if n in kept:
                # Of three people all three may take up other posts.
                numbers[n] = take_in(all_of(store), [path], day).record(str(n), "x", agreed=True)
        return store, numbers

    # The last batch taken back: exactly the store without it.
    store, numbers = after({0, 1, 2})
    assert numbers[2] is not None
    undo(all_of(store), numbers[2], "x")
    without, _ = after({0, 1})
    assert facts(store) == facts(without)
    # All taken back in any order: nobody is left.
    for n in rng.sample([0, 1], 2):
        batch = numbers[n]
        assert batch is not None
        undo(all_of(store), batch, "x")
    assert facts(store) == {"person": [], "posting": [], "qualification": []}
    store.close()
    without.close()


# Who is who


def test_a_slip_of_the_pen_is_asked_about_and_never_guessed(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, record=True)
    intake = bring({0: "Hồ Văn Tầm"}, as_of=date(2019, 6, 30))
    assert intake.comparison.waiting == {0}
    assert intake.counts()["accepted"] == 0
    assert "gần giống người đã có (Hồ Văn Tâm, sinh 12/05/1978, Hương Hòa)" in intake.issues()[0].message

    ((_, person, _),) = intake.alike(0)
    intake.answers.people[0] = person
    intake.compare()
    assert kinds(intake) == [("changed", "full_name")]
    intake.record("Trả lời: cùng một người", "x")
    assert store.fetch("select full_name from person").full_name.tolist() == ["Hồ Văn Tầm"]


def test_somebody_new_is_somebody_new(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, record=True)
    intake = bring({}, {0: "Hồ Văn Tầm", 4: "Chủ tịch HĐND"}, as_of=date(2019, 6, 30))
    intake.answers.people[1] = None
    intake.compare()
    intake.record("Trả lời: người khác", "x")
    assert len(store.fetch("select * from person")) == 2
    # From then on both are known for sure.
    assert bring({}, {0: "Hồ Văn Tầm", 4: "Chủ tịch HĐND"}, as_of=date(2019, 12, 31)).comparison.waiting == set()


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({0: "HỒ VĂN TÂM"}, False),
        ({3: "Khe Tre"}, True),
        ({1: "13/05/1978"}, True),
        ({0: "Hồ Văn Tam"}, True),
        ({0: "Nguyễn Thị Lan", 1: "12/05/1978"}, False),
        ({1: "1978"}, False),
    ],
)
def test_sure_or_asked(bring: Callable[..., Intake], change: dict[int, str], asked: bool) -> None:
    bring({}, record=True)
    assert bool(bring(change).comparison.waiting) == asked


def test_a_number_of_ones_own_says_who_one_is(store: Store, bring: Callable[..., Intake]) -> None:
    bring({8: "046078001234"}, record=True)
    intake = bring({0: "Hồ Văn Tâm Em", 1: "13/05/1978", 3: "Khe Tre", 8: "046078001234"}, as_of=date(2019, 6, 30))
    assert intake.comparison.waiting == set()
    assert {("changed", "full_name"), ("changed", "birth_date"), ("changed", "position")} <= set(kinds(intake))


def test_one_letter_apart_in_one_list_is_asked(bring: Callable[..., Intake]) -> None:
    intake = bring({}, {0: "Hồ Văn Tầm", 3: "Khe Tre"})
    assert intake.comparison.waiting == {1}
    intake.answers.same[1] = 0
    intake.compare()
    assert (intake.comparison.waiting, intake.comparison.new) == (set(), 1)


# What changed


def test_more_is_taken_and_less_waits_for_a_word(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, record=True)
    assert kinds(bring({7: "CC"})) == [("changed", "llct")]

    lower = bring({7: "SC"}, as_of=date(2019, 6, 30))
    assert kinds(lower) == [("lower", "llct")]
    assert (lower.comparison.changed, lower.comparison.unchanged) == (0, 1)
    person = int(lower.comparison.people.person_id[0])
    lower.answers.accepted.add((person, "llct"))
    lower.compare()
    lower.record("Danh sách đúng", "x")
    held = all_of(store).query("roster", Filters(date(2019, 6, 30)))
    assert held.llct.tolist() == ["so_cap"]
    undo(all_of(store), 2, "x")
    assert all_of(store).query("roster", Filters(date(2019, 6, 30))).llct.tolist() == ["trung_cap"]


def test_two_files_of_one_name_are_told_apart(store: Store, tmp_path: Path) -> None:
    paths = []
    for n, name in enumerate(("Hồ Văn Tâm", "Lê Thị Mai")):
        (tmp_path / str(n)).mkdir()
        paths.append(listed(tmp_path / str(n) / "ds.xlsx", {0: name, 4: "Trưởng thôn lạ"}))
    intake = take_in(all_of(store), paths, DAY)
    assert [(r.file, r.cells[0]) for r in intake.turned_away()] == [
        ("ds.xlsx", "Hồ Văn Tâm"),
        ("ds (2).xlsx", "Lê Thị Mai"),
    ]


def test_a_list_of_a_later_day_names_the_communes_of_that_day(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write(0, 0, "DANH SÁCH CÁN BỘ XÃ HƯƠNG XUÂN (Thời điểm 30 tháng 6 năm 2020)")
    page.write_row(1, 0, HEADING)
    page.write_row(2, 0, [cell if n != 3 else "" for n, cell in enumerate(TAM)])
    book.close()
    intake = take_in(all_of(store), [path])
    assert (intake.as_of, intake.counts()["new"]) == (date(2020, 6, 30), 1)
    assert [p.commune for p in intake.reading.people] == ["Hương Xuân"]


def test_a_lower_level_sleeps_until_the_higher_one_is_taken_back(store: Store, bring: Callable[..., Intake]) -> None:
    bring({7: "TC"}, record=True)
    midyear = {"as_of": date(2019, 6, 30), "record": True}
    bring({7: "SC"}, **midyear)
    assert held(store, "llct") == ["trung_cap"]
    assert kinds(bring({7: "SC"}, as_of=date(2019, 6, 30))) == [("lower", "llct")]
    bring({7: "SC"}, as_of=date(2019, 9, 30), record=True)
    undo(all_of(store), 1, "x")
    assert held(store, "llct") == ["so_cap"]
    undo(all_of(store), 2, "x")
    assert held(store, "llct") == ["so_cap"]
    bring({7: "CC"}, as_of=date(2019, 12, 31), record=True)
    assert held(store, "llct") == ["so_cap", "cao_cap"]
    undo(all_of(store), 3, "x")
    assert held(store, "llct") == ["cao_cap"]


def test_a_sleeping_level_wakes_when_the_officer_says_the_list_is_right(
    store: Store, bring: Callable[..., Intake]
) -> None:
    bring({7: "TC"}, record=True)
    bring({7: "SC"}, as_of=date(2019, 6, 30), record=True)
    again = bring({7: "SC"}, as_of=date(2019, 12, 31))
    again.answers.accepted.add((int(again.comparison.people.person_id[0]), "llct"))
    again.compare()
    again.record("Danh sách đúng", "x")
    assert held(store, "llct") == ["so_cap"]
    undo(all_of(store), 3, "x")
    assert held(store, "llct") == ["trung_cap"]


def test_a_start_moves_back_but_not_forward_by_itself(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, record=True)
    later = bring({5: "01/07/2018"})
    assert (kinds(later), later.comparison.changed) == ([("later", "from_on")], 0)
    later.answers.accepted.add((int(later.comparison.people.person_id[0]), "from_on"))
    later.compare()
    # What was agreed to can still be seen, and taken back.
    assert (kinds(later), later.comparison.changed) == ([("later", "from_on")], 1)
    assert ("changed", "from_on") in kinds(bring({5: "01/07/2010"}))
    assert kinds(bring({5: "2015"})) == []
    assert kinds(bring({5: ""})) == []


def test_a_post_no_longer_named_has_ended(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, record=True)
    bring({4: "Chủ tịch UBND xã", 5: "01/03/2019"}, as_of=date(2019, 6, 30), record=True)
    found = store.fetch("select post, from_on, to_on, end_reason from posting order by from_on")
    assert found.post.tolist() == ["bi_thu", "ct_ubnd"]
    assert (found.to_on[0].date(), found.end_reason[0]) == (date(2019, 3, 1), "doi_chuc_vu")


def test_who_is_not_named_stays_until_the_officer_says_why(store: Store, bring: Callable[..., Intake]) -> None:
    bring({}, {0: "Lê Thị Mai", 2: "Nữ", 4: "Chủ tịch HĐND"}, record=True)
    intake = bring({}, as_of=date(2019, 6, 30))
    assert (intake.counts()["missing"], intake.comparison.missing.post.tolist()) == (1, ["ct_hdnd"])
    posting = int(intake.comparison.missing.posting_id[0])
    intake.answers.left[posting] = (date(2015, 7, 1), "nghi_huu")
    with pytest.raises(NotAccepted, match="nhận chức vụ ngày 01/07/2015"):
        intake.record("Danh sách giữa năm", "x")
    intake.answers.left[posting] = (date(2019, 4, 1), "nghi_huu")
    intake.record("Danh sách giữa năm", "x")
    assert set(all_of(store).query("roster", Filters(date(2019, 3, 31))).full_name) == {"Hồ Văn Tâm", "Lê Thị Mai"}
    assert set(all_of(store).query("roster", Filters(date(2019, 4, 1))).full_name) == {"Hồ Văn Tâm"}


def test_what_was_agreed_to_is_not_recorded_over_a_changed_store(bring: Callable[..., Intake]) -> None:
    seen = bring({})
    bring({0: "Lê Thị Mai"}, record=True)
    with pytest.raises(NotAccepted, match="đã thay đổi từ lúc so sánh"):
        seen.record("Danh sách cũ", "x")


def test_who_is_new_is_shown_as_the_store_then_has_it(store: Store) -> None:
    intake, words = take_in(all_of(store), [*LISTS, *REGISTERS], DAY), Words.of(all_of(store))
    shown = arrivals(intake, words)
    assert len(shown) == intake.counts()["new"]
    assert intake.record("Danh sách thử", "người thử")
    kept = words.present(all_of(store).query("roster", Filters(DAY)))
    named = {"chuyen_mon": "Chuyên môn", "llct": "Lý luận chính trị", "hoc_van": "Văn hóa", "tin_hoc": "Tin học"}
    wanted: dict[tuple[str, str, str], tuple[set[str], list[str | None]]] = {}
    for row in kept.astype(object).where(kept.notna(), None).to_dict("records"):
        who = (row["Họ và tên"], as_text(row["Ngày sinh"]), row["Xã, thị trấn"])
        posts, _ = wanted.setdefault(who, (set(), [row[heading] for heading in named.values()]))
        posts.add(row["Chức vụ, chức danh"])

    def held(text: str | None) -> str | None:
        # What somebody studies for is not held yet.
        return None if text is None or text.startswith("Đang học") else text.split("; đang học")[0]

    in_post = shown[~shown.position.str.startswith("Đã thôi: ")]
    assert len(in_post) < len(shown)
    assert {
        (r["full_name"], as_text(r["birth_date"]), r["commune"]): (
            set(r["position"].split("; ")),
            [held(r[c]) for c in named],
        )
        for r in in_post.where(in_post.notna(), None).to_dict("records")
    } == wanted
