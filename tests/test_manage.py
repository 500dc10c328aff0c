"""The command line, as scripts and officers use it: its answers, its exit codes and every word it says."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from common.district import Enter
from common.readers import all_of
from core import store as store_module
from core.csv_cells import guarded
from core.store import ROOT, Filters, Store
from core.vietnamese import percent
from law.case import person
from manage import main

DAY = "2018-12-31"
# Words of the library that reads the command line, in the language it was written in.
ENGLISH = re.compile(
    r"usage|options|show this|positional|error|invalid|required|argument|optional|choose|Cách dùng: Cách dùng", re.I
)

COLUMNS = {
    "roster": (
        "person_id,full_name,birth_date,gender,commune,position,hoc_van,chuyen_mon,nganh,llct,qlnn,tin_hoc,first_held_on"
    ),
    "headline": "group,total,below,unknown,transitional,share_below",
    "substandard_by_commune": "commune,group,total,below,unknown,transitional",
    "substandard_people": (
        "person_id,full_name,birth_date,commune,position,criterion,held,required,legal_ref,since,deadline,reason"
    ),
    "assessment": "person_id,full_name,commune,position,criterion,verdict,held,required,legal_ref,deadline,since",
}
ASSESSED = "row,full_name,position,criterion,verdict,held,required,legal_ref,deadline,reason"


@pytest.fixture
def store_path(district_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the district that the commands of this test speak of."""
    path = Path(shutil.copy(district_file, tmp_path / "kho.duckdb"))
    monkeypatch.setenv("DASHBOARD_STORE", str(path))
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process: `run("query", "headline")` gives exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def answer(store_path: Path, run: Callable[..., tuple[int, str, str]]) -> Callable[..., str]:
    """What a command that must succeed prints."""

    def answer(*arguments: str) -> str:
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        return out

    return answer


@pytest.fixture
def refusal(
    run: Callable[..., tuple[int, str, str]], told: Callable[[str], bool], tmp_path: Path
) -> Callable[..., str]:
    """The one Vietnamese line with which a command that must fail does so."""

    def refusal(*arguments: str) -> str:
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        spoken = err.replace(str(tmp_path), "")
        assert told(spoken), err
        assert not ENGLISH.search(spoken), err
        return err

    return refusal


def command(*arguments: str, store: Path | str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "dashboard" / "manage.py"), *arguments],
        env={**os.environ, "DASHBOARD_STORE": str(store), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# init


def test_init_makes_a_whole_empty_store_and_never_overwrites_one(tmp_path: Path) -> None:
    path = tmp_path / "mới" / "kho 'một'.duckdb"
    made = command("init", "--empty", store=path)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"Đã tạo kho số liệu {path}: 0 người.\n"
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    before = path.read_bytes()

    for which in ("--empty", "--sample"):
        again = command("init", which, store=path)
        assert (again.returncode, again.stdout) == (2, "")
        assert again.stderr.startswith(f"Đã có kho số liệu {path}.")
        assert again.stderr.count("\n") == 1
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]

    store = Store(str(path))
    assert len(all_of(store).query("units", Filters(date(2018, 12, 31)))) == 11
    assert all_of(store).query("roster", Filters(date(2018, 12, 31))).empty
    about = all_of(store).query("about", Filters(date(2018, 12, 31))).iloc[0]
    assert (about["sample"], about.office_name) == (False, "PHÒNG NỘI VỤ")
    store.close()


def test_an_empty_store_answers_every_query_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "kho.duckdb"))
    assert run("init", "--empty")[0] == 0
    for name in COLUMNS:
        code, out, err = run("query", name)
        assert (code, err) == (0, "")
        assert not re.search("Empty|DataFrame|Columns|Index", out)
        assert run("query", name, "--format", "csv")[1] == COLUMNS[name] + "\n"
        assert json.loads(run("query", name, "--format", "json")[1]) == []


def test_init_leaves_nothing_behind_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    """A law that cannot be read stops it halfway; the next try is not hindered by the first."""
    target = tmp_path / "kho" / "kho.duckdb"
    monkeypatch.setenv("DASHBOARD_STORE", str(target))
    broken = tmp_path / "queries"
    shutil.copytree(store_module.QUERIES, broken)
    (broken / "reference" / "post.csv").write_text("post,group_code\nbi_thu,can_bo\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "QUERIES", broken)
        code, out, _ = run("init", "--empty")
    assert (code, out) == (2, "")
    assert list(target.parent.iterdir()) == []
    assert run("init", "--empty")[0] == 0


def test_init_is_not_hindered_by_what_a_crash_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> None:
    target = tmp_path / "kho.duckdb"
    monkeypatch.setenv("DASHBOARD_STORE", str(target))
    (tmp_path / "kho.duckdb.dang-tao").write_bytes(b"do dang")
    (tmp_path / "kho.duckdb.dang-tao.wal").write_bytes(b"do dang")
    assert run("init", "--empty")[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == ["kho.duckdb"]


def test_init_in_a_place_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Callable[..., str]
) -> None:
    (tmp_path / "tep").write_text("đây là một tệp", encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "tep" / "kho.duckdb"))
    refusal("init", "--empty")
    assert [p.name for p in tmp_path.iterdir()] == ["tep"]


# query


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_that_scripts_rely_on(name: str, answer: Callable[..., str], store_path: Path) -> None:
    text = answer("query", name, "--as-of", DAY, "--format", "csv")
    assert text.splitlines()[0] == COLUMNS[name]
    parsed = json.loads(answer("query", name, "--as-of", DAY, "--format", "json"))
    assert parsed
    assert all(list(row) == COLUMNS[name].split(",") for row in parsed)
    # The same rows in the same order, whatever the dress.
    as_csv = table(text)
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in parsed] == as_csv
    store = Store(str(store_path))
    assert len(as_csv) == len(all_of(store).query(name, Filters(date(2018, 12, 31))))
    store.close()


def test_codes_and_iso_dates_for_scripts_words_for_people(answer: Callable[..., str], tmp_path: Path) -> None:
    row = json.loads(answer("query", "substandard_people", "--format", "json"))[-1]
    assert row["position"] == "bt_doan"
    assert row["criterion"] == "tuoi_lan_dau"
    assert row["since"] == "2012-05-01"
    assert row["deadline"] is None
    assert row["commune"] == "Thượng Lộ"

    shown = answer("query", "substandard_people")
    for word in ("Bí thư Đoàn Thanh niên", "Tuổi khi giữ chức vụ lần đầu", "01/05/2012", "Họ và tên", "32 tuổi"):
        assert word in shown
    assert not re.search(r"bt_doan|tuoi_lan_dau|person_id|\d{4}-\d\d-\d\d|NaT|None|nan", shown)

    out = tmp_path / "ds.xlsx"
    assert answer("query", "substandard_people", "--format", "xlsx", "--out", str(out)) == ""
    cells = [cell for line in load_workbook(out)["Danh sách"].iter_rows(values_only=True) for cell in line]
    assert "Bí thư Đoàn Thanh niên" in cells
    assert datetime(2012, 5, 1) in cells  # noqa: DTZ001
    assert not any(isinstance(c, str) and re.fullmatch("[a-z]+(_[a-z]+)+", c) for c in cells)


def test_a_table_writes_numbers_the_vietnamese_way(answer: Callable[..., str]) -> None:
    assert percent(0.8) == "80,00%"
    shown = answer("query", "headline")
    assert "80,00%" in shown
    assert "40,00%" in shown
    assert not re.search(r"\d\.\d", shown)


def test_a_share_is_not_rounded_for_scripts(answer: Callable[..., str]) -> None:
    shares = [row["share_below"] for row in json.loads(answer("query", "communes", "--format", "json"))]
    assert shares == [2 / 3, 2 / 3, 1 / 3, 1.0]
    written = [float(row["share_below"]) for row in table(answer("query", "communes", "--format", "csv"))]
    assert written == shares


def test_the_day_is_understood_in_both_spellings_and_is_that_of_the_lists_by_default(
    answer: Callable[..., str],
) -> None:
    iso = answer("query", "headline", "--as-of", "2018-12-30", "--format", "csv")
    assert iso == answer("query", "headline", "--as-of", "30/12/2018", "--format", "csv")
    assert iso != answer("query", "headline", "--format", "csv")
    assert answer("query", "headline", "--as-of", DAY) == answer("query", "headline")


@pytest.mark.parametrize("written", ["Hương Phú", "huong phu", "HƯƠNG  PHÚ", "Hu\u031bo\u031bng Phu\u0301"])
def test_a_commune_is_found_however_it_is_written(written: str, answer: Callable[..., str]) -> None:
    found = table(answer("query", "roster", "--commune", written, "--format", "csv"))
    assert {row["commune"] for row in found} == {"Hương Phú"}
    assert len(found) == 3


def test_communes_and_groups_add_up(answer: Callable[..., str]) -> None:
    two = ["--commune", "khe tre", "--commune", "huong hoa"]
    found = table(answer("query", "roster", *two, "--format", "csv"))
    assert {row["commune"] for row in found} == {"Khe Tre", "Hương Hòa"}
    found = table(answer("query", "headline", "--group", "cong_chuc", "--group", "can_bo", "--format", "csv"))
    assert [row["group"] for row in found] == ["can_bo", "cong_chuc"]
    found = table(answer("query", "roster", "--group", "khong_chuyen_trach", "--format", "csv"))
    assert [row["full_name"] for row in found] == ["Ra Pát Lộc"]


def test_an_answer_goes_into_a_file_as_it_would_to_the_screen(answer: Callable[..., str], tmp_path: Path) -> None:
    for form in ("csv", "json", "table"):
        out = tmp_path / f"kết quả.{form}"
        assert answer("query", "roster", "--format", form, "--out", str(out)) == ""
        assert out.read_bytes().decode("utf-8") == answer("query", "roster", "--format", form)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], ""),
        (["bogus"], "bogus"),
        (["init"], ""),
        (["init", "--sample", "--empty"], ""),
        (["query"], ""),
        (["query", "khong_co"], "khong_co"),
        (["query", "**"], "**"),
        (["query", "head*"], "head*"),
        (["query", "../schema/001_store"], "001_store"),
        (["query", "person"], "person"),
        (["query", "headline", "roster"], "roster"),
        (["query", "headline", "--as-of", "2018-13-01"], "2018-13-01"),
        (["query", "headline", "--as-of", "30/02/2018"], "30/02/2018"),
        (["query", "headline", "--as-of", "12/2018"], "12/2018"),
        (["query", "headline", "--as-of", "hôm qua"], "hôm qua"),
        (["query", "headline", "--as-of", ""], ""),
        (["query", "headline", "--as-of"], "--as-of"),
        (["query", "headline", "--commune", "Hương Lạ"], "Hương Lạ"),
        (["query", "headline", "--group", "quan_chuc"], "quan_chuc"),
        (["query", "headline", "--format", "pdf"], "pdf"),
        (["query", "headline", "--format", "xlsx"], "--out"),
        (["query", "headline", "--la", "x"], "--la"),
        (["query", "headline", "--out", "/khong/co/thu/muc.csv"], "/khong/co/thu/muc.csv"),
        (["backup", ""], "TỆP"),
        (["restore", " "], "“ ”"),
        (["import", ""], "TỆP"),
        (["query", "headline", "--out", ""], "--out"),
        (["assess", "x.xlsx"], ""),
        (["assess", "x.xlsx", "--as-of", DAY, "--area", "bien", "--out", "x.csv"], "bien"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_what_was_not_understood_is_named_in_one_line(
    arguments: list[str], names: str, store_path: Path, refusal: Callable[..., str]
) -> None:
    assert names in refusal(*arguments)


def test_a_missing_store_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Callable[..., str]
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "không có.duckdb"))
    for arguments in (["query", "headline"], ["doctor"]):
        assert "init --sample" in refusal(*arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "init", "query", "assess", "benefit", "doctor"])
def test_help_speaks_vietnamese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([*([name] if name else []), "--help"])
    assert left.value.code == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.startswith(f"Cách dùng: manage.py {name}".rstrip())
    assert not ENGLISH.search(said.out)


def test_help_names_every_query_and_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["query", "--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"\b{name}\b", said) for name in COLUMNS)


# As a process: pipes and the encodings of other systems


@pytest.mark.parametrize("name", ["headline", "assessment"])
def test_a_reader_that_has_seen_enough_is_no_failure(name: str, store_path: Path) -> None:
    """Whether the answer fits into the buffer of the output or not."""
    # Some systems switch the buffer off for all programs.
    buffered = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "dashboard" / "manage.py"), "query", name],
        env={**buffered, "DASHBOARD_STORE": str(store_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Nobody reads: the pipe is closed before the answer comes.
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.parametrize("command", [["query", "headline"], ["query", "assessment"], ["doctor"]])
def test_an_answer_that_finds_no_room_is_not_blamed_on_the_store(command: list[str], store_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "dashboard" / "manage.py"), *command],
            env={**os.environ, "DASHBOARD_STORE": str(store_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert re.fullmatch(r"Không in hết được kết quả: .+\n", done.stderr)


def test_a_system_of_another_encoding_gets_the_same_letters(store_path: Path) -> None:
    """Windows hands a program that writes into a file or a pipe an encoding without Vietnamese letters."""
    done = command("query", "roster", "--format", "csv", store=store_path, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["full_name"] for row in table(done.stdout)][:2] == ["Hồ Thị Anh", "Hồ Thị Ánh"]


# assess

HEADINGS = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Chức vụ",
    "Ngày bầu",
    "Trình độ văn hóa",
    "Trình độ chuyên môn",
    "Chuyên ngành",
    "Lý luận chính trị",
    "Tin học",
]
SECRETARY = [
    1,
    "Hồ Văn Thử",
    "20/06/1970",
    "Nam",
    "Bí thư Đảng ủy",
    "01/07/2010",
    "12/12",
    "Trung cấp",
    "Luật",
    "Sơ cấp",
    "A",
]
PART_TIME = [2, "Lê Thị Mẫu", "05/03/1980", "Nữ", "Phó Chủ tịch Hội Nông dân", "", "12/12", "", "", "", ""]
TWO_POSTS = [
    3,
    "Trần Văn Kép",
    "10/01/1971",
    "Nam",
    "Bí thư Đảng ủy kiêm Chủ tịch HĐND",
    "01/07/2015",
    "12/12",
    "TC",
    "Luật",
    "Sơ cấp",
    "",
]
BAD_POST = [4, "Ngô Văn Lỗi", "12/03/1975", "Nam", "Thầy bói", "", "12/12", "Trung cấp", "Kế toán", "", "A"]
PAST: list[list[object]] = [
    ["STT", "Họ và tên", "Ngày sinh", "Xã", "Chức vụ", "Từ ngày", "Đến ngày"],
    [1, "Hồ Văn Thử", "20/06/1970", "Hương Hòa", "Bí thư Đoàn", "01/01/2005", "01/01/2010"],
]


def workbook(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for n, lines in enumerate(sheets):
        sheet = book.create_sheet(f"Trang {n + 1}")
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


@pytest.fixture
def assessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., tuple[int, str, str]]
) -> Callable[..., list[dict[str, str]]]:
    """Judges a file and gives the rows of the answer; no store is there, none may appear."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "không có.duckdb"))

    def assessed(path: Path, day: str, *more: str, code: int = 0) -> list[dict[str, str]]:
        out = tmp_path / "kết quả.csv"
        left, said, _ = run("assess", str(path), "--as-of", day, *more, "--out", str(out))
        assert (left, said) == (code, "")
        assert not (tmp_path / "không có.duckdb").exists()
        text = out.read_text(encoding="utf-8")
        assert text.splitlines()[0] == ASSESSED
        return table(text)

    return assessed


def test_a_list_is_judged_row_by_row_without_a_store(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]]
) -> None:
    path = workbook(tmp_path / "ds.xlsx", [["DANH SÁCH CÁN BỘ"], HEADINGS, SECRETARY, PART_TIME, TWO_POSTS])
    found = assessed(path, "31/12/2018")
    assert [(r["row"], r["position"], r["criterion"], r["verdict"], r["held"], r["required"]) for r in found] == [
        ("3", "bi_thu", "hoc_van", "meets", "thpt", "thpt"),
        ("3", "bi_thu", "chuyen_mon", "meets", "trung_cap", "trung_cap"),
        ("3", "bi_thu", "llct", "below", "so_cap", "trung_cap"),
        ("3", "bi_thu", "tuoi_lan_dau", "meets", "40", "toi_da_45"),
        ("4", "kct_pct_nd", "", "exempt", "", ""),
        ("5", "bi_thu", "hoc_van", "meets", "thpt", "thpt"),
        ("5", "bi_thu", "chuyen_mon", "meets", "trung_cap", "trung_cap"),
        ("5", "bi_thu", "llct", "below", "so_cap", "trung_cap"),
        ("5", "bi_thu", "tuoi_lan_dau", "meets", "44", "toi_da_45"),
        ("5", "ct_hdnd", "hoc_van", "meets", "thpt", "thpt"),
        ("5", "ct_hdnd", "chuyen_mon", "meets", "trung_cap", "trung_cap"),
        ("5", "ct_hdnd", "llct", "meets", "so_cap", "so_cap"),
        ("5", "ct_hdnd", "tuoi_lan_dau", "exempt", "44", "tinh_quy_dinh"),
    ]
    assert {r["full_name"] for r in found} == {"Hồ Văn Thử", "Lê Thị Mẫu", "Trần Văn Kép"}
    assert found[2]["legal_ref"] == "Điều 5 QĐ 04/2004/QĐ-BNV"
    assert "cử đi học lớp trung cấp" in found[2]["reason"]
    assert found[4]["reason"] == "Không có tiêu chuẩn toàn quốc nào cho chức danh này vào ngày 31/12/2018."
    assert all(r["reason"].endswith(".") for r in found)


def test_the_area_and_the_day_decide_which_law_it_is(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]]
) -> None:
    chair = [
        1,
        "Hồ Văn Thử",
        "20/06/1970",
        "Nam",
        "Chủ tịch HĐND",
        "01/07/2010",
        "12/12",
        "Trung cấp",
        "Luật",
        "Sơ cấp",
        "",
    ]
    path = workbook(tmp_path / "ds.xlsx", [HEADINGS, chair])

    def verdict(day: str, *more: str) -> tuple[str, str]:
        [row] = [r for r in assessed(path, day, *more) if r["criterion"] == "llct"]
        return row["verdict"], row["deadline"]

    assert verdict(DAY) == ("meets", "")
    assert verdict(DAY, "--area", "dong_bang") == ("below", "")
    assert verdict("2024-01-01", "--area", "mien_nui") == ("transitional", "2028-08-01")
    after = assessed(path, "01/07/2025")
    assert {r["verdict"] for r in after} == {"exempt"}
    assert all("không còn thuộc phạm vi" in r["reason"].lower() for r in after)


def test_a_csv_list_is_as_good_and_the_same_person_twice_is_two_rows(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]]
) -> None:
    path = tmp_path / "ds.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, SECRETARY, SECRETARY])
    found = assessed(path, DAY)
    assert [r["row"] for r in found] == ["2"] * 4 + ["3"] * 4
    assert [list(r.values())[1:] for r in found[:4]] == [list(r.values())[1:] for r in found[4:]]


@pytest.mark.parametrize("begin", ["+", "-", "@"])
def test_a_cell_that_begins_like_a_formula_is_text_to_whoever_opens_the_file(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]], begin: str
) -> None:
    named = [*SECRETARY]
    named[1] = f"{begin}Hồ Văn Tâm"
    found = assessed(workbook(tmp_path / "ds.xlsx", [HEADINGS, named]), DAY)
    assert {r["full_name"] for r in found} == {f"'{begin}Hồ Văn Tâm"}
    assert {r["row"] for r in found} == {"2"}
    assert [guarded(cell) for cell in ("=1+1", "\t=1", -5, -1.5, "a=b", None)] == [
        "'=1+1",
        "'\t=1",
        -5,
        -1.5,
        "a=b",
        None,
    ]


def test_who_is_not_in_post_yet_is_not_told_that_there_is_no_standard(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]]
) -> None:
    later = [
        1,
        "Phạm Văn Sau",
        "10/01/1975",
        "Nam",
        "Tài chính - kế toán",
        "01/03/2019",
        "12/12",
        "TC",
        "Kế toán",
        "",
        "A",
    ]
    path = workbook(tmp_path / "ds.xlsx", [HEADINGS, later])
    found = assessed(path, DAY)
    assert found
    assert all("Không có tiêu chuẩn" not in r["reason"] for r in found)


def test_a_register_of_past_posts_in_the_file_is_no_obstacle(
    tmp_path: Path, assessed: Callable[..., list[dict[str, str]]]
) -> None:
    found = assessed(workbook(tmp_path / "ds.xlsx", [HEADINGS, SECRETARY], PAST), DAY)
    assert [r["criterion"] for r in found] == ["hoc_van", "chuyen_mon", "llct", "tuoi_lan_dau"]


def test_a_register_of_past_posts_alone_is_no_list_to_judge(
    tmp_path: Path, store_path: Path, run: Callable[..., tuple[int, str, str]], told: Callable[[str], bool]
) -> None:
    path = workbook(tmp_path / "qt.xlsx", PAST)
    code, out, err = run("assess", str(path), "--as-of", DAY, "--out", str(tmp_path / "kq.csv"))
    assert (code in (1, 2), out) == (True, "")
    assert told(err)


def test_a_row_that_cannot_be_taken_is_told_and_the_others_are_judged(
    tmp_path: Path, store_path: Path, run: Callable[..., tuple[int, str, str]], told: Callable[[str], bool]
) -> None:
    out = tmp_path / "kq.csv"
    path = workbook(tmp_path / "ds.xlsx", [HEADINGS, SECRETARY, BAD_POST])
    code, said, err = run("assess", str(path), "--as-of", DAY, "--out", str(out))
    assert (code, said) == (0, "")
    assert told(err)
    assert err.startswith("ds.xlsx: Dòng 3, cột Chức vụ: “Thầy bói”")
    assert {r["full_name"] for r in table(out.read_text(encoding="utf-8"))} == {"Hồ Văn Thử"}

    path = workbook(tmp_path / "xấu.xlsx", [HEADINGS, BAD_POST])
    assert run("assess", str(path), "--as-of", DAY, "--out", str(out))[0] == 1


@pytest.mark.parametrize("kind", ["missing", "text", "no list", "empty", "broken", "directory"])
def test_a_file_that_is_no_list_is_told_in_one_line(
    kind: str, tmp_path: Path, store_path: Path, refusal: Callable[..., str]
) -> None:
    path = tmp_path / {"text": "thư.txt", "no list": "bảng.csv"}.get(kind, "ds.xlsx")
    match kind:
        case "text":
            path.write_text("Kính gửi phòng Nội vụ", encoding="utf-8")
        case "no list":
            path.write_text("a,b\n1,2\n", encoding="utf-8")
        case "empty":
            path.write_bytes(b"")
        case "broken":
            path.write_bytes(b"PK\x03\x04" + b"x" * 500)
        case "directory":
            path.mkdir()
    out = tmp_path / "kq.csv"
    assert path.name in refusal("assess", str(path), "--as-of", DAY, "--out", str(out))
    assert not out.exists()


def test_an_answer_that_cannot_be_written_is_told(
    tmp_path: Path, store_path: Path, refusal: Callable[..., str]
) -> None:
    path = workbook(tmp_path / "ds.xlsx", [HEADINGS, SECRETARY])
    refusal("assess", str(path), "--as-of", DAY, "--out", str(tmp_path))


# doctor


def test_the_doctor_finds_nothing_wrong_with_a_good_store(answer: Callable[..., str]) -> None:
    said = answer("doctor").splitlines()
    assert said[-1] == "Kho số liệu tốt."
    assert "10 người có tiêu chuẩn đang áp dụng, 6 người chưa đạt, 2 người thiếu dữ liệu." in said[0]


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        ("insert into person select * from person where person_id = 1", "trùng"),
        ("insert into posting select * from posting where posting_id = 1", "trùng"),
        ("insert into batch select * from batch", "trùng"),
        ("delete from person where person_id = 3", "không gắn với"),
        ("update posting set unit_id = '99999@2018' where posting_id = 2", "không gắn với"),
        ("update posting set post = 'chua_co' where posting_id = 2", "không gắn với"),
        ("update qualification set level = 'chua_co' where qualification_id = 2", "không gắn với"),
        (
            "update assessment_spell set to_on = date '9999-12-31' where person_id = 1 and criterion = 'llct'",
            "cùng một ngày",
        ),
        (
            "insert into assessment_spell "
            "select * replace ('below' as verdict) from assessment_spell where person_id = 1",
            "cùng một ngày",
        ),
    ],
)
def test_the_doctor_finds_damage(
    damage: str, word: str, store_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    with duckdb.connect(str(store_path)) as database:
        database.execute(damage)
    code, out, err = run("doctor")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert any(line.startswith("[lỗi] ") and word in line for line in lines)
    assert lines[-1] == "Kho số liệu có lỗi như trên."


def test_the_doctor_tells_of_a_file_that_is_no_store(store_path: Path, refusal: Callable[..., str]) -> None:
    store_path.write_bytes(store_path.read_bytes()[:100_000])
    refusal("doctor")


def test_a_store_that_grew_is_read_the_next_time(store_path: Path, enter: Enter, answer: Callable[..., str]) -> None:
    before = table(answer("query", "roster", "--format", "csv"))
    store = Store(str(store_path))
    enter(store, {"Hồ Văn Mới": person("tc_kt", unit="20161@2018", first_held="2014-01-01")})
    store.close()
    after = table(answer("query", "roster", "--format", "csv"))
    assert len(after) == len(before) + 1


LONG = """
import signal, sys
import manage
from core import store

# Whoever runs the tests in the background has them ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)

def work(arguments):
    kept = store.open_store()
    print("bắt đầu", flush=True)
    while True:
        kept.fetch("select sum(hash(n)) from range(30000000) as a (n)")

manage._run = work
sys.exit(manage.main([]))
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_told_to_stop_in_the_middle_of_a_statement_it_ends_without_a_traceback(
    name: str, code: int, own_district: Path
) -> None:
    """DuckDB answers the signal with an error of its own in place of ours."""
    with subprocess.Popen(
        [sys.executable, "-c", LONG],
        cwd=ROOT / "dashboard",
        env=os.environ | {"DASHBOARD_STORE": str(own_district), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as working:
        assert working.stdout is not None
        assert working.stdout.readline() == "bắt đầu\n"
        # One statement after the other takes a part of a second: the signal comes in the middle of one.
        time.sleep(0.5)
        working.send_signal(getattr(signal, name))
        _, errors = working.communicate()
    assert working.returncode == code, errors
    assert "Traceback" not in errors


def test_while_the_app_has_the_store_open_it_can_be_asked_and_the_rest_says_where_to_do_it(
    store_path: Path, tmp_path: Path
) -> None:
    closed = command("query", "roster", "--format", "csv", store=store_path)
    with Store(str(store_path)):
        for wanted in (["query", "roster", "--format", "csv"], ["template", "--out", str(tmp_path / "mẫu.xlsx")]):
            asked = command(*wanted, store=store_path)
            assert asked.returncode == 0, asked.stderr
            assert asked.stdout == (closed.stdout if wanted[0] == "query" else "")
            assert re.fullmatch(r"Ứng dụng đang mở kho: đọc bản chép của kho lúc \d\d:\d\d\.\n", asked.stderr)
        for refused in (["undo", "1"], ["import", "danh-sach.csv"], ["doctor"]):
            asked = command(*refused, store=store_path)
            assert (asked.returncode, asked.stdout) == (2, "")
            assert "đang được một chương trình khác mở" in asked.stderr
            assert "trang Nhập và cập nhật" in asked.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"kho.duckdb", "mẫu.xlsx"}


# Backups


def test_a_backup_without_a_place_goes_into_the_folder_and_is_listed(
    run: Callable[..., tuple[int, str, str]], store_path: Path
) -> None:
    folder = store_path.parent / "sao-luu"
    assert run("backups")[:2] == (0, f"Chưa có bản sao lưu nào trong {folder}. Sao lưu bằng lệnh: manage.py backup.\n")
    code, said, _ = run("backup")
    [made] = folder.iterdir()
    assert re.fullmatch(r"kho-\d{4}-\d\d-\d\d-\d{6}", made.name)
    assert (code, said) == (
        0,
        f"Đã sao lưu vào {made / 'kho.duckdb'}: 12 người, 1 đợt. Đã đọc lại và so từng bảng, giống kho.\n",
    )
    code, said, _ = run("backups")
    assert code == 0
    assert re.fullmatch(
        rf"\S+ \S+ \(vừa xong\): 12 người, 1 đợt, \S+ MB; {re.escape(str(made / 'kho.duckdb'))}\n", said
    )
    assert run("restore", str(made / "kho.duckdb"))[0] == 0
    whole = bytearray((made / "kho.duckdb").read_bytes())
    whole[-1] ^= 1
    (made / "kho.duckdb").write_bytes(whole)
    code, said, _ = run("backups")
    assert code == 1
    assert "[lỗi] thiếu tệp hoặc tệp đã bị sửa" in said


def test_a_backup_takes_the_place_of_those_that_are_not_kept(
    run: Callable[..., tuple[int, str, str]], store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = store_path.parent / "ổ khác"
    monkeypatch.setenv("DASHBOARD_BACKUP", str(named))
    assert run("backup")[0] == 0
    [one] = named.iterdir()
    for day in range(1, 8):
        shutil.copytree(one, named / f"kho-2020-01-{day:02}-080000")
    (named / "kho-2020-01-01.duckdb").write_text("của ai đó", encoding="utf-8")
    _, said, _ = run("backup")
    # The seven days are today and the last six; the weeks and the month have later ones than the first.
    assert [line for line in said.splitlines() if "bỏ" in line] == ["Đã bỏ bản cũ kho-2020-01-01-080000."]
    assert (named / "kho-2020-01-01.duckdb").exists()
    assert run("restore", str(named / "khong-co.duckdb"))[0] == 2
