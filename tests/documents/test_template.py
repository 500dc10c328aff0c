"""The form of a commune: sent back untouched it changes nothing, and what is edited comes back as just that."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from common.readers import all_of
from core.columns import COLUMNS
from core.store import Filters, Store
from core.words import Words
from documents.template import template
from intake.session import Intake, take_in, unit_ids, vocabulary
from intake.vocabulary import CRITERIA
from manage import main

DAY = date(2018, 12, 31)


def form(store: Store, path: Path, commune: str | None = "Khe Tre", day: date = DAY) -> Path:
    path.write_bytes(template(all_of(store), day, unit_ids(all_of(store), day)[commune] if commune else None))
    return path


def cell(sheet: Worksheet, heading: str, row: int) -> tuple[int, int]:
    """Where the nth person's cell under a heading is."""
    (head,) = [r for r in range(1, 20) if sheet.cell(r, 1).value == "STT"]
    (column,) = [c for c in range(1, 30) if sheet.cell(head, c).value == heading]
    return head + 1 + row, column


def edited(path: Path, changes: dict[tuple[str, int], object]) -> Path:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for (heading, row), value in changes.items():
        sheet.cell(*cell(sheet, heading, row)).value = value
    book.save(path)
    return path


def found(intake: Intake) -> list[list[object]]:
    return intake.comparison.differences[["kind", "field", "old", "new"]].to_numpy().tolist()


@pytest.mark.parametrize("day", [DAY, date(2020, 6, 30)])
def test_every_form_sent_back_as_it_is_changes_nothing(sample: Store, tmp_path: Path, day: date) -> None:
    for n, commune in enumerate(all_of(sample).query("units", Filters(day)).commune):
        # The commune is known by the form, not by the name of its file.
        intake = take_in(all_of(sample), [form(sample, tmp_path / f"{day}-{n}.xlsx", commune, day)], day)
        counts = intake.counts()
        assert (intake.issues(), found(intake)) == ([], []), commune
        assert (counts["new"], counts["changed"], counts["missing"], counts["rejected"]) == (0, 0, 0, 0), commune
        assert counts["unchanged"] == counts["read"] > 10
        assert {p.commune for p in intake.reading.people} == {commune}


@pytest.mark.parametrize(
    ("heading", "value", "change"),
    [
        ("Lý luận chính trị", "Cử nhân", ("changed", "llct", "cu_nhan")),
        ("Ngày nhận chức vụ", date(2001, 2, 3), ("changed", "from_on", "2001-02-03")),
        ("Dân tộc", "Tà Ôi", ("changed", "ethnicity", "Tà Ôi")),
        ("Số CMND/CCCD", "046078001234", ("changed", "identifier", "046078001234")),
    ],
)
def test_an_edited_cell_is_the_one_change(
    sample: Store, tmp_path: Path, heading: str, value: object, change: tuple[str, ...]
) -> None:
    path = edited(form(sample, tmp_path / "f.xlsx"), {(heading, 2): value})
    intake = take_in(all_of(sample), [path], DAY)
    # That the post would then have been taken up before it was first held is told.
    assert [issue.column for issue in intake.issues()] == ([heading] if change[1] == "from_on" else [])
    assert [(kind, field, new) for kind, field, _, new in found(intake)] == [change]


def test_somebody_added_in_a_spare_row_is_new(sample: Store, tmp_path: Path) -> None:
    path = form(sample, tmp_path / "f.xlsx")
    last = take_in(all_of(sample), [path], DAY).counts()["read"] + 1
    person = {"Họ và tên": "Phùng Thị Thử", "Ngày sinh": "05/06/1990", "Chức vụ, chức danh": "Văn hóa - xã hội"}
    intake = take_in(all_of(sample), [edited(path, {(h, last): v for h, v in person.items()})], DAY)
    assert (intake.issues(), intake.counts()["new"], intake.counts()["changed"]) == ([], 1, 0)


def test_every_word_that_can_be_chosen_is_understood(sample: Store) -> None:
    words, reader = Words.of(all_of(sample)), vocabulary(all_of(sample), DAY)
    for post in all_of(sample).query("posts", Filters(DAY)).position:
        assert reader.posts(words.label("post", post)) == (post,)
    for criterion in CRITERIA:
        for level in words.options(criterion):
            assert [h.level for h in reader.levels(criterion, words.label(criterion, level))] == [level]


def test_the_drop_downs_offer_what_the_store_knows(sample: Store, tmp_path: Path) -> None:
    book = load_workbook(form(sample, tmp_path / "f.xlsx"))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["Khe Tre", "Hướng dẫn", "Danh mục"]
    assert book["Danh mục"].sheet_state == "hidden"
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    offered = []
    for check in lists:
        name, area = re.fullmatch(r"'(.+)'!(.+)", check.formula1).groups()  # type: ignore[union-attr]
        offered.append([c.value for (c,) in book[name][area.replace("$", "")]])
    assert ["Nam", "Nữ"] in offered
    assert len(lists) == 8
    posts = all_of(sample).query("posts", Filters(DAY)).position
    assert [Words.of(all_of(sample)).label("post", post) for post in posts] in offered
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.freeze_panes) == ("landscape", 9, "C9")


def test_an_empty_form_serves_any_commune(sample: Store, tmp_path: Path) -> None:
    path = form(sample, tmp_path / "f.xlsx", None)
    person = {"Họ và tên": "Phùng Thị Thử", "Xã, thị trấn": "Hương Hòa", "Chức vụ, chức danh": "Văn hóa - xã hội"}
    (read,) = take_in(all_of(sample), [edited(path, {(h, 1): v for h, v in person.items()})], DAY).reading.people
    assert (read.commune, read.posts) == ("Hương Hòa", ("vh_xh",))


def test_libreoffice_prints_it_one_page_wide_and_gives_back_the_same(sample: Store, tmp_path: Path) -> None:
    path = form(sample, tmp_path / "f.xlsx", "Hương Giang")
    for kind in ("pdf", "ods"):
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{tmp_path}/profile",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(tmp_path),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "f.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "XÃ HƯƠNG GIANG" in text
    assert "Tiếng dân" in text.split("\f")[0]
    assert "HƯỚNG DẪN" in text
    intake = take_in(all_of(sample), [tmp_path / "f.ods"], DAY)
    assert (intake.issues(), found(intake), intake.counts()["missing"]) == ([], [], 0)


def test_the_command_writes_a_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], district_file: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(district_file))
    out = tmp_path / "mau.xlsx"
    assert main(["template", "--commune", "khe tre", "--out", str(out)]) == 0
    assert load_workbook(out).sheetnames[0] == "Khe Tre"
    assert main(["template", "--commune", "Không Có", "--out", str(out)]) == 2
    assert "Không có xã, thị trấn “Không Có”" in capsys.readouterr().err


def test_the_form_has_the_columns_that_the_table_of_columns_gives_a_width_on_it(sample: Store, tmp_path: Path) -> None:
    """The words on it are those of the files that communes have, and so are not always those of a list."""
    sheet = load_workbook(form(sample, tmp_path / "f.xlsx", None)).worksheets[0]
    (head,) = [row for row in sheet.iter_rows(max_row=20, values_only=True) if row[0] == "STT"]
    on_it = {code: column for code, column in COLUMNS.items() if column.form_width}
    assert sorted(filter(None, head[1:])) == sorted(column.form_heading for column in on_it.values())
    differing = {code: c.form_heading for code, c in COLUMNS.items() if c.form_heading != c.heading}
    assert differing == {
        "from_on": "Ngày nhận chức vụ",
        "first_held_on": "Giữ chức vụ lần đầu",
        "identifier": "Số CMND/CCCD",
    }
