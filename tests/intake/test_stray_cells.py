"""Cells merged over several people or columns, and cells under no heading: the same in every format, and told."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from common.lists import day, read, sheet_csv, workbook
from intake.reading import Reading

HEAD = ["TT", "Họ và tên", "Ngày sinh", "Xã", "Chức vụ", "LLCT", "QLNN", "Số CMND"]
NAMES = ["Hồ Văn Tâm", "Hồ Thị Mai", "Ra Pát Bên"]
KINDS = ["xlsx", "xls", "ods", "html"]


def people(**columns: Sequence[str]) -> list[list[str]]:
    """Three people, each with a name, a birth and a number of their own, with the columns that are named changed."""
    usual = {
        "TT": "123",
        "Họ và tên": NAMES,
        "Ngày sinh": ["01/02/1978", "03/04/1979", "05/06/1980"],
        "Xã": ["Hương Hòa"] * 3,
        "Chức vụ": ["Kế toán"] * 3,
        "LLCT": ["Trung cấp"] * 3,
        "QLNN": [""] * 3,
        "Số CMND": ["191000001", "191000002", "191000003"],
    } | {name.replace("_", " "): cells for name, cells in columns.items()}
    return [HEAD, *map(list, zip(*usual.values(), strict=True))]


MERGED = {
    "post": (people(Chức_vụ=["Kế toán", "", ""]), ["E2:E4"]),
    "level": (people(LLCT=["Trung cấp", "", ""]), ["F2:F4"]),
    "commune": (people(Xã=["Hương Hòa", "", ""]), ["D2:D4"]),
    "birth": (people(Ngày_sinh=["01/02/1978", "", "05/06/1980"]), ["C2:C3"]),
    "number": (people(Số_CMND=["191000001", "", "191000003"]), ["H2:H3"]),
    "name": (people(Họ_và_tên=[NAMES[0], "", NAMES[2]]), ["B2:B3"]),
    "one": (
        people(
            Họ_và_tên=[NAMES[0], "", NAMES[2]],
            Ngày_sinh=["01/02/1978", "", "05/06/1980"],
            Số_CMND=["191000001", "", "191000003"],
            Chức_vụ=["Kế toán", "Văn thư", "Kế toán"],
        ),
        ["B2:B3", "C2:C3", "H2:H3"],
    ),
    "across": (people(), ["F2:G2", "F4:G4"]),
    "both": (people(LLCT=["Trung cấp", "", ""]), ["F2:G4"]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every list as .xlsx, and as LibreOffice saves it as .xls, .ods and a web page."""
    folder = tmp_path_factory.mktemp("merged")
    made = [str(workbook(folder / f"{name}.xlsx", rows, merges)) for name, (rows, merges) in MERGED.items()]
    for kind in ("xls", "ods", "html"):
        command = ["soffice", f"-env:UserInstallation=file://{folder / 'home'}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), *made], check=True, capture_output=True)
    for name in MERGED:
        (folder / f"{name}.html").rename(folder / f"{name} html.xls")
    return folder


def of(folder: Path, name: str, kind: str) -> tuple[Reading, list[str]]:
    reading = read(folder / (f"{name} html.xls" if kind == "html" else f"{name}.{kind}"))
    assert reading.unreadable == []
    return reading, [f"{i.severity}: {i.message}" for i in reading.issues if "ô gộp" in i.message]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "heading", "value"), [("post", "Chức vụ", "Kế toán"), ("level", "LLCT", "Trung cấp")])
def test_a_cell_merged_over_people_is_of_each_and_told(
    folder: Path, kind: str, name: str, heading: str, value: str
) -> None:
    reading, told = of(folder, name, kind)
    assert [p.posts for p in reading.people] == [("tc_kt",)] * 3
    assert [[h.level for h in p.levels] for p in reading.people] == [["trung_cap"]] * 3
    assert told == [
        f"warning: Cột “{heading}”: ô gộp “{value}” (dòng 2–4) được đọc cho mỗi người ở các dòng ấy. "
        "Nếu chỉ là của một người, bỏ gộp, ghi lại từng dòng rồi nạp lại."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_commune_merged_over_its_people_is_no_warning(folder: Path, kind: str) -> None:
    reading, told = of(folder, "commune", kind)
    assert [p.commune for p in reading.people] == ["Hương Hòa"] * 3
    assert [message.partition(":")[0] for message in told] == ["info"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_people_have_one_birth_or_one_number(folder: Path, kind: str) -> None:
    reading, told = of(folder, "birth", kind)
    assert [p.birth for p in reading.people] == [day("1978-02-01"), None, day("1980-06-05")]
    assert told[0].startswith("warning: Cột “Ngày sinh”: ô gộp “01/02/1978” (dòng 2–3) gộp chung dòng của nhiều người")
    reading, told = of(folder, "number", kind)
    assert [p.identifier for p in reading.people] == ["191000001", None, "191000003"]
    assert told[0].startswith("warning: Cột “Số CMND”: ô gộp “191000001” (dòng 2–3) gộp chung dòng của nhiều người")


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_merged_over_the_rows_of_several_people_is_the_first_ones(folder: Path, kind: str) -> None:
    reading, told = of(folder, "name", kind)
    assert [(p.row, p.full_name) for p in reading.people] == [(2, NAMES[0]), (4, NAMES[2])]
    assert [row.row for row in reading.rejected] == [3]
    assert len(told) == 1
    assert "ô gộp “Hồ Văn Tâm” (dòng 2–3) gộp chung dòng của nhiều người, chỉ được đọc cho dòng đầu" in told[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_merged_with_all_that_is_its_own_is_one_person_with_two_posts(folder: Path, kind: str) -> None:
    reading, told = of(folder, "one", kind)
    assert [(p.full_name, p.birth, p.identifier) for p in reading.people[:2]] == [
        (NAMES[0], day("1978-02-01"), "191000001")
    ] * 2
    assert len({p.posts for p in reading.people[:2]}) == 2
    assert len(told) == 1
    assert "ô gộp “Hồ Văn Tâm” (dòng 2–3) được đọc là một người, mỗi dòng một chức vụ" in told[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "rows"), [("across", "2"), ("both", "2–4")])
def test_a_cell_merged_over_columns_is_of_the_first(folder: Path, kind: str, name: str, rows: str) -> None:
    reading, told = of(folder, name, kind)
    assert [[(h.criterion, h.level) for h in p.levels] for p in reading.people] == [[("llct", "trung_cap")]] * 3
    assert f"“Trung cấp” (dòng {rows})" in told[0]
    assert "nằm ngang sang cả cột “QLNN”, chỉ được đọc cho cột “LLCT”" in told[0]
    assert len(told) == (2 if name == "both" else 1)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_cells_under_no_heading_are_told_in_one_note(tmp_path: Path, kind: str) -> None:
    write = workbook if kind == "xlsx" else sheet_csv
    head, *rows = people()
    rows[0] += ["nghỉ hưu từ 2017"]
    rows[2] += ["", "mượn hồ sơ"]
    reading = read(write(tmp_path / f"ds.{kind}", [head, *rows]))
    assert len(reading.people) == 3
    assert [i.message for i in reading.issues] == [
        "2 ô bên phải cột “Số CMND” không có tiêu đề nên không được đọc (dòng 2, 4): “nghỉ hưu từ 2017”, “mượn hồ sơ”. "
        "Nếu là dữ liệu của danh sách, ghi tiêu đề cho cột, hoặc đưa về đúng cột, rồi nạp lại."
    ]
    # Within the table as well.
    head[6] = ""
    rows = [[*row[:6], "Chuyên viên", row[7]] for row in rows]
    (message,) = [i.message for i in read(write(tmp_path / f"ds.{kind}", [head, *rows])).issues]
    assert message.startswith("3 ô bên phải cột “LLCT” không có tiêu đề nên không được đọc (dòng 2–4): “Chuyên viên”.")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_numbers_of_rows_need_no_heading(tmp_path: Path, kind: str) -> None:
    write = workbook if kind == "xlsx" else sheet_csv
    head, *rows = people()
    reading = read(write(tmp_path / f"ds.{kind}", [["", *head[1:]], *rows]))
    assert (len(reading.people), reading.issues) == (3, [])


def test_what_a_merged_cell_covers_is_told(tmp_path: Path) -> None:
    """Programs that write a sheet leave values below a merged cell; nobody sees them."""
    reading = read(workbook(tmp_path / "ds.xlsx", people(LLCT=["Trung cấp", "Cao cấp", "Sơ cấp"]), ["F2:F3"]))
    assert [p.levels[0].level for p in reading.people] == ["trung_cap", "trung_cap", "so_cap"]
    assert any("ô gộp “Trung cấp” (dòng 2–3) che giá trị ghi ở các ô bên dưới nó" in i.message for i in reading.issues)
