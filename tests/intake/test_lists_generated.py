"""Lists drawn at random: a list as communes write it reads back as the same people, and junk is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.lists import HEADING, LEVELS, VOCABULARY, WORDS, held, put, read, workbook
from common.reference_tables import reference
from core.vietnamese import Partial, date_short, key
from intake.vocabulary import IGNORED, Held

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
WORD = st.text(LETTERS, min_size=1, max_size=6).map(str.capitalize)
NAME = st.one_of(
    st.lists(WORD, min_size=1, max_size=5).map(" ".join),
    st.sampled_from(["A Lăng Bh'ling", "Tôn Nữ Thị Ngọc Ánh", "Ra Pát Ân", "Tống Cộng", "Hồ Ghi Chú", "I Văn Tổng"]),
).filter(lambda name: key(name) not in {"khuyet", "trong", "nt", "x", "tong", "cong"})


def partial(first: date, last: date) -> st.SearchStrategy[Partial]:
    return st.builds(
        lambda d, precision: {
            "ngay": Partial(d, "ngay"),
            "thang": Partial(d.replace(day=1), "thang"),
            "nam": Partial(d.replace(month=1, day=1), "nam"),
        }[precision],
        st.dates(first, last),
        st.sampled_from(["ngay", "thang", "nam"]),
    )


# Nobody starts before 18 or is over 75: that would be asked about.
BORN, STARTED = partial(date(1945, 1, 1), date(1985, 12, 31)), partial(date(2004, 1, 1), date(2018, 12, 31))
SPELLINGS: dict[str, list[tuple[str, str]]] = {}
for row in WORDS:
    # A word of two posts is that of the first, where nobody says when they exist.
    if row.code != IGNORED and (row.domain != "post" or VOCABULARY.code("post", row.word) == row.code):
        SPELLINGS.setdefault(row.domain, []).append((row.word, row.code))
POSTS = [row["post"] for row in reference("post")]


@dataclass(frozen=True)
class Listed:
    name: str
    birth: Partial | None
    gender: str
    ethnicity: str
    post: tuple[str, str]
    started: Partial | None
    hoc_van: tuple[str, str] | None
    chuyen_mon: tuple[str, str] | None
    field: str
    llct: tuple[str, str] | None
    tin_hoc: tuple[str, str] | None
    section: int
    as_date: bool
    gap: bool

    def levels(self) -> tuple[Held, ...]:
        found = []
        if self.chuyen_mon:
            field = self.field if self.chuyen_mon[1] != "chua" else ""
            found.append(held("chuyen_mon", self.chuyen_mon[1], field or None))
        elif self.field:
            found.append(held("chuyen_mon", None, self.field))
        for criterion in ("hoc_van", "llct", "tin_hoc"):
            word = getattr(self, criterion)
            if word:
                found.append(held(criterion, word[1]))
        return tuple(found)


def spelt(domain: str) -> st.SearchStrategy[tuple[str, str] | None]:
    return st.one_of(st.none(), st.sampled_from(SPELLINGS[domain]))


LISTED = st.builds(
    Listed,
    NAME,
    st.one_of(st.none(), BORN),
    st.sampled_from(["nam", "nu"]),
    st.sampled_from(["Kinh", "Cơ Tu", "Tà Ôi", ""]),
    st.sampled_from(SPELLINGS["post"]),
    st.one_of(st.none(), STARTED),
    spelt("hoc_van"),
    spelt("chuyen_mon"),
    st.sampled_from(["", "Luật", "Kế toán", "Quân sự cơ sở"]),
    spelt("llct"),
    spelt("tin_hoc"),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
SECTIONS = ["I. CÁN BỘ", "II. CÔNG CHỨC", "III. NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"]


def written(moment: Partial | None, as_date: bool) -> object:
    if moment is None:
        return ""
    if moment.precision == "ngay":
        return moment.on if as_date else date_short(moment.on)
    if moment.precision == "thang":
        return f"{moment.on.month:02}/{moment.on.year}"
    return moment.on.year if as_date else str(moment.on.year)


def commune_list(path: Path, people: Sequence[Listed]) -> list[int]:
    """The list as a commune sends it; the row every person stands in."""
    groups = [
        ("A", "STT"),
        ("B", "Họ và tên"),
        ("E", "Dân tộc"),
        ("F", "Chức vụ, chức danh"),
        ("G", "Thời điểm bầu, tuyển dụng, bổ nhiệm"),
        ("M", "Ghi chú"),
    ]
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("Trích ngang")
    formats = {"day": book.add_format({"num_format": "dd/mm/yyyy"})}
    page.merge_range("A1:D1", "ỦY BAN NHÂN DÂN XÃ HƯƠNG HÒA")
    page.merge_range("F1:M1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    page.merge_range("A3:M3", "DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC CẤP XÃ")
    for column, text in groups:
        page.merge_range(f"{column}5:{column}6", text)
    page.merge_range("C5:D5", "Ngày, tháng, năm sinh")
    page.merge_range("H5:L5", "Trình độ")
    page.write_row("C6", ["Nam", "Nữ"])
    page.write_row("H6", ["Văn hóa", "Chuyên môn", "Chuyên ngành", "LLCT", "Tin học"])
    page.write_row("A7", list(range(1, 14)))
    r, section, rows = 7, -1, []
    for number, p in enumerate(people, 1):
        if p.section != section:
            section = p.section
            page.merge_range(r, 0, r, 12, SECTIONS[section])
            r += 1
        r += p.gap
        birth = written(p.birth, p.as_date)
        cells: list[object] = [
            number,
            p.name,
            *([birth, ""] if p.gender == "nam" else ["", birth]),
            p.ethnicity,
            p.post[0],
            written(p.started, p.as_date),
        ]
        for word in (p.hoc_van, p.chuyen_mon, (p.field, ""), p.llct, p.tin_hoc):
            cells.append(word[0] if word else "")
        for c, value in enumerate(cells):
            if value != "":
                put(page, r, c, value, formats)
        rows.append(r + 1)
        r += 1
    page.write(r, 1, f"Tổng cộng: {len(people)} người")
    page.write(r + 1, 7, "Hương Hòa, ngày 31 tháng 12 năm 2018")
    page.write(r + 2, 1, "NGƯỜI LẬP BIỂU")
    page.write(r + 2, 7, "CHỦ TỊCH UBND XÃ")
    page.write(r + 5, 1, "Lê Quang Vinh")
    page.write(r + 5, 7, "Võ Thị Thảo")
    book.close()
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LISTED, min_size=1, max_size=8, unique_by=lambda p: key(p.name)))
def test_a_generated_list_reads_back_as_the_same_people(people: list[Listed]) -> None:
    # A column of dates and text may be one in which Excel exchanged days and months: that is asked about.
    people = [replace(p, as_date=people[0].as_date) for p in people]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ds.xlsx"
        rows = commune_list(path, people)
        reading = read(path)
    assert reading.issues == reading.unreadable == []
    assert [
        (p.row, p.full_name, p.birth, p.gender, p.ethnicity, p.commune, p.posts, p.started, p.first_held, p.levels)
        for p in reading.people
    ] == [
        (
            row,
            p.name,
            p.birth,
            p.gender if p.birth else None,
            p.ethnicity or None,
            "Hương Hòa",
            (p.post[1],),
            p.started,
            p.started,
            p.levels(),
        )
        for row, p in zip(rows, people, strict=True)
    ]


JUNK = st.one_of(
    # Words like headings would make a header of the row.
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).filter(
        lambda text: not VOCABULARY.code("column", text) and not VOCABULARY.near("column", text)
    ),
    st.sampled_from(["=1+1", "x", "nt", "31/02/1975", "12/12/12/12", "((((", "-" * 200, "đang học", "Xã", "Họ và tên"]),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(JUNK, min_size=4, max_size=11), min_size=1, max_size=6))
def test_junk_in_the_cells_of_a_person_is_read_or_told_but_never_lost(junk: list[list[object]]) -> None:
    header = ["STT", "Họ và tên", "Chức vụ", *HEADING[2:5], HEADING[6], *LEVELS]
    with TemporaryDirectory() as folder:
        people = [[i, "Hồ Văn " + "Tâm" * i, "Tư pháp - Hộ tịch", *cells] for i, cells in enumerate(junk, 1)]
        reading = read(workbook(Path(folder) / "Khe Tre.xlsx", [header, *people]))
    told = {issue.row for issue in reading.issues if issue.severity == "error"}
    accepted = {p.row for p in reading.people}
    assert told | accepted == set(range(2, len(junk) + 2))
    assert not told & accepted


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(JUNK, max_size=8), max_size=12))
def test_a_sheet_of_junk_never_raises(rows: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        reading = read(workbook(Path(folder) / "ds.xlsx", [["Họ và tên", "Chức vụ"], *rows]), require_commune=False)
    assert len(reading.files) + len(reading.unreadable) == 1
