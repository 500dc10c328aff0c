"""The office's ledger of downsizing as a workbook: six sheets, each a table with fixed headings, one batch.

The sheets are those of `SHEETS`; a workbook may have some of them only. People are named by name, birth date and
commune and must be known to the store: nobody is guessed. A row that is wrong is told and left out; the others count.
Of communes, people and cases outside the reader's scope nothing is read, compared or recorded.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pandas as pd

from core import store as engine
from core.store import Cursor, Reader, Store
from core.vietnamese import date_short, key, number, parse_date, spelling
from downsizing import since_taken
from intake.cells import as_text, shortened
from intake.commit import REJECTED, NotAccepted, new_batch
from intake.reading import Issue, RejectedRow
from intake.tables import Grid, UnreadableFile, read
from intake.vocabulary import Unclear, Vocabulary

_WHO = ("Họ và tên", "Ngày sinh", "Đơn vị")
# Sheet, table of the store, headings.
SHEETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Biên chế giao": ("headcount", ("Đơn vị", "Năm", "Biên chế được giao", "Văn bản")),
    "Chỉ tiêu": ("downsizing_target", ("Đơn vị", "Năm", "Chỉ tiêu giảm", "Văn bản")),
    "Trường hợp": (
        "downsizing_case",
        (
            "Số hồ sơ",
            *_WHO,
            "Chức danh",
            "Văn bản căn cứ",
            "Điểm",
            "Chính sách",
            "Ngày nghỉ",
            "Giảm biên chế",
            "Số tháng đóng BHXH",
            "Số tháng nặng nhọc, khu vực",
            "Lương hiện hưởng",
            "Lương bình quân",
            "Quyết định",
            "Ngày quyết định",
            "Kinh phí đã chi trả",
        ),
    ),
    "Quá trình xử lý": ("case_step", ("Số hồ sơ", "Trạng thái", "Ngày", "Lý do", "Ghi chú")),
    "Đánh giá": ("evaluation", (*_WHO, "Năm", "Xếp loại", "Lý do chưa đánh giá", "Ngày báo cáo")),
    "Diễn biến lương": (
        "pay_step",
        (
            *_WHO,
            "Từ ngày",
            "Hệ số lương",
            "Hệ số phụ cấp chức vụ",
            "Thâm niên vượt khung (%)",
            "Thâm niên nghề (%)",
            "Hệ số chênh lệch bảo lưu",
        ),
    ),
}
# The sheet of the values to choose from, which comes along; of the ledger it only says when it was taken.
VALUES = "Giá trị"
TAKEN_AT = "Sổ của lần ghi lúc"
# What tells one fact of a table from another, as in the macros `live_…` of queries/macros/ledger.sql.
_KEYS = {
    "headcount": ("unit_id", "year"),
    "downsizing_target": ("unit_id", "year"),
    "downsizing_case": ("case_id",),
    "case_step": ("case_id", "status"),
    "evaluation": ("person_id", "year"),
    "pay_step": ("person_id", "from_on"),
}


@dataclass
class Ledger:
    """What a workbook says: rows by table of the store, what is wrong in it, and the rows turned away for that."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many rows will be kept."""
        return sum(map(len, self.rows.values()))

    def turn_away(self, written: RejectedRow, column: str, what: str) -> None:
        """Leave out a row for what is wrong with a cell of it, or for what the store says against it."""
        message = f"Dòng {written.row}, cột {column}: {what}."
        self.issues.append(Issue(written.file, written.sheet, written.row, column, "error", message))
        self.rejected.append(replace(written, message=message))


def is_ledger(path: Path) -> bool:
    """Whether a file is such a workbook: a sheet has the name and the first heading of one of `SHEETS`."""
    try:
        return any(
            grid.sheet in SHEETS and _header(grid.cells, SHEETS[grid.sheet][1]) is not None for grid in read(path)
        )
    except UnreadableFile:
        return False


def read_ledger(path: Path, reader: Reader, vocabulary: Vocabulary) -> Ledger:
    """Read a workbook of the ledger as that reader may. Never raises for what is in it."""
    ledger = Ledger()
    try:
        grids = read(path)
    except UnreadableFile as error:
        ledger.issues.append(Issue(path.name, "", None, "", "error", str(error)))
        return ledger
    known = _Known(reader, vocabulary)
    for row in (row for grid in grids for row in _cells(grid, "Trường hợp").values()):
        # A new case of a commune outside the scope is turned away, and its steps with it.
        theirs = row["Số hồ sơ"] not in known.cases and known.hides(row["Đơn vị"])
        (known.others if theirs else known.cases).add(row["Số hồ sơ"])
    stepped = {row["Số hồ sơ"] for grid in grids for row in _cells(grid, "Quá trình xử lý").values()} | known.stepped
    taken_at = _taken_at(grids)
    for grid in grids:
        if grid.sheet not in SHEETS or grid.hidden:
            if grid.sheet != VALUES:
                why = "đang ẩn" if grid.hidden else "không phải một trang tính của sổ"
                message = f"Trang tính “{grid.sheet}” {why} nên không được đọc ({len(grid.filled())} dòng có nội dung)."
                ledger.issues.append(Issue(path.name, grid.sheet, None, "", "warning", message))
            continue
        table, headings = SHEETS[grid.sheet]
        top = _header(grid.cells, headings)
        if top is None:
            message = f"Trang tính {grid.sheet} thiếu tiêu đề; cần các cột: {', '.join(headings)}."
            ledger.issues.append(Issue(path.name, grid.sheet, None, "", "error", message))
            continue
        if twice := _twice(grid.cells[top], headings):
            message = f"Trang tính {grid.sheet} có hai cột “{twice}”; xóa cột thừa rồi nạp lại."
            ledger.issues.append(Issue(path.name, grid.sheet, grid.first_row + top, twice, "error", message))
            continue
        # A title is one cell; more of them are a row that got above the headings.
        above = [n for n in grid.filled() if n < top and sum(bool(as_text(cell)) for cell in grid.cells[n]) > 1]
        for n in above:
            message = (
                f"Trang tính {grid.sheet}, dòng {grid.first_row + n} ở trên hàng tiêu đề nên chưa được đọc. "
                "Chuyển xuống dưới tiêu đề rồi nạp lại."
            )
            ledger.issues.append(Issue(path.name, grid.sheet, grid.first_row + n, "", "error", message))
        first: dict[tuple[object, ...], int] = {}
        rows: list[tuple[RejectedRow, dict[str, Any]]] = []
        for line, cells in _rows(grid, top, headings).items():
            written = RejectedRow(path.name, grid.sheet, line, headings, tuple(cells.values()), "")
            try:
                row = _ROWS[table](_Row(cells), known)
                same = first.setdefault(tuple(row[name] for name in _KEYS[table]), line)
                if same != line:
                    raise _Wrong(headings[0], f"nói cùng một việc với dòng {same}")
            except _Wrong as wrong:
                ledger.turn_away(written, wrong.column, f"{wrong.what}. Sửa trong tệp rồi nạp lại")
                continue
            rows.append((written, row))
            if table == "downsizing_case" and row["case_id"] not in stepped:
                message = (
                    f"Dòng {line}, cột Số hồ sơ: “{shortened(row['case_id'])}” chưa có bước xử lý nào nên chưa được "
                    "tính. Ghi bước đầu tiên ở trang tính Quá trình xử lý."
                )
                ledger.issues.append(Issue(path.name, grid.sheet, line, "Số hồ sơ", "warning", message))
        if rows:
            ledger.rows.setdefault(table, []).extend(_since(ledger, reader.store, table, rows, taken_at, known.labels))
    return ledger


def _since(
    ledger: Ledger,
    store: Store,
    table: str,
    rows: Sequence[tuple[RejectedRow, dict[str, Any]]],
    taken_at: datetime | None,
    labels: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The rows that may be recorded: not what nobody touched since the book was taken, nor what both sides changed."""
    found = since_taken.difference(store, table, [row for _, row in rows], _KEYS[table], taken_at, labels)
    for place, (before, after) in found.changed.items():
        written, _ = rows[place]
        what = f"kho ghi “{before}”, tệp ghi “{after}”: kho đã đổi từ sau khi tải sổ. Tải sổ mới, sửa lại rồi nạp"
        ledger.turn_away(written, written.headings[0], what)
    file, sheet = rows[0][0].file, rows[0][0].sheet
    for places, what in (
        (found.untouched, "giữ như lúc tải sổ mà kho đã ghi khác từ đó: kho được giữ nguyên"),
        (found.replacing, "thay điều kho đang ghi"),
    ):
        if places:
            message = f"Trang tính {sheet}: {number(len(places))} dòng {what}."
            ledger.issues.append(Issue(file, sheet, None, "", "info", message))
    left_out = {*found.untouched, *found.changed}
    return [row for place, (_, row) in enumerate(rows) if place not in left_out]


def _taken_at(grids: Iterable[Grid]) -> datetime | None:
    """The last change of the ledger that the book was made from; None in a book that was not taken from the store."""
    for grid in grids:
        if grid.sheet == VALUES and grid.cells and TAKEN_AT in (head := [as_text(cell) for cell in grid.cells[0]]):
            below = [as_text(row[head.index(TAKEN_AT)]) for row in grid.cells[1:]]
            try:
                return datetime.fromisoformat(next(filter(None, below), ""))
            except ValueError:
                return None
    return None


def record_ledger(
    reader: Reader, ledger: Ledger, *, file: str, made_by: str, check: Callable[[], object] = lambda: None
) -> int | None:
    """Keep what the store does not know yet as one batch and return its number; None if it knows all of it.

    `check` is asked when nobody else writes any more; nothing is kept when it raises. Raises NotAccepted when a row is
    about a commune, a person or a case outside the reader's scope.
    """
    with reader.store.write() as cursor:
        check()
        fresh: dict[str, pd.DataFrame] = {}
        for table, rows in ledger.rows.items():
            columns = list(rows[0])
            engine.stage(cursor, "ledger_row", pd.DataFrame(rows, columns=columns, dtype=object), table)
            _refuse_others(cursor, reader, columns)
            same = " and ".join(f"k.{c} is not distinct from n.{c}" for c in columns)
            fresh[table] = cursor.execute(
                # Names of our own tables, macros and columns.
                f"""
                select distinct n.* from ledger_row as n
                where not exists (select 1 from live_{table}() as k where {same})
                """  # noqa: S608
            ).df()
        if not sum(map(len, fresh.values())):
            return None
        batch_id = new_batch(
            cursor, kind="ledger", title="Sổ tinh giản biên chế", as_of=None, made_by=made_by, files=[file]
        )
        for table, frame in fresh.items():
            if len(frame):
                engine.insert(cursor, table, frame.assign(batch_id=batch_id))
        away = [
            (r.file, r.sheet, r.row, list(r.headings), [as_text(c) for c in r.cells], r.message)
            for r in ledger.rejected
        ]
        if away:
            rejected = pd.DataFrame(away, columns=REJECTED, dtype=object)
            engine.insert(cursor, "rejected_row", rejected.assign(batch_id=batch_id))
    return batch_id


# What a scope is asked with: a book speaks of days to come too.
def _whose(reader: Reader) -> dict[str, Any]:
    return {"as_of": date.max, "scope": list(reader.scope)}


# By the column of a row that says whose it is: what is asked for a row outside the scope.
_OTHERS = {
    "unit_id": "unit_id not in (select unit_id from visible_units($as_of, $scope))",
    "person_id": "person_id not in (select person_id from visible_people($as_of, $scope))",
    "case_id": (
        "case_id in (select case_id from live_downsizing_case() "
        "where unit_id not in (select unit_id from visible_units($as_of, $scope)))"
    ),
}


def _refuse_others(cursor: Cursor, reader: Reader, columns: Sequence[str]) -> None:
    """Raise NotAccepted when a row of `ledger_row` is not the reader's to record; what is of no commune in particular,
    as the money a province adds, is for those who see everyone."""
    told = [_OTHERS[column] for column in columns if column in _OTHERS] or ["not sees_everyone($scope)"]
    others = f"select count(*) from ledger_row where {' or '.join(told)}"  # noqa: S608 - conditions of our own
    asked = {name: value for name, value in _whose(reader).items() if f"${name}" in others}
    [(found,)] = cursor.execute(others, asked).fetchall()
    if found:
        raise NotAccepted(
            f"{number(found)} dòng nói về đơn vị, người hay hồ sơ ngoài phạm vi được xem nên không ghi gì. Bỏ các dòng "
            "ấy rồi ghi lại."
        )


class _Wrong(Exception):
    """A cell that cannot be taken, with its column and a clause that says why."""

    def __init__(self, column: str, what: str) -> None:
        super().__init__(what)
        self.column = column
        self.what = what


class _Known:
    """The communes, posts, labels and grounds of the store, and the cases and people that the reader may see."""

    def __init__(self, reader: Reader, vocabulary: Vocabulary) -> None:
        self.vocabulary, store = vocabulary, reader.store
        self._seen = set(store.fetch("select unit_id from visible_units($as_of, $scope)", _whose(reader)).unit_id)
        units = store.fetch("select unit_id, short_name from unit order by valid_from nulls first, unit_id")
        # The first version of a commune: the ledger of 2015-2021 speaks of the communes it began with.
        self.units: dict[str, str] = {}
        for unit, name in units.to_numpy().tolist():
            self.units.setdefault(key(name), unit)
        labels = store.fetch("select domain, code, label, short_label from label")
        self.codes: dict[tuple[str, str], str] = {}
        # What a code, a unit or a post is called where the book is told what the store says.
        self.labels = {code: label for _, code, label, _ in labels.to_numpy().tolist()}
        self.labels |= dict(units.to_numpy().tolist())
        self.labels |= dict(store.fetch("select post, label from post").to_numpy().tolist())
        for domain, code, *names in labels.to_numpy().tolist():
            for name in (code, *names):
                self.codes.setdefault((domain, key(name)), code)
        decrees = store.fetch(
            "select i.instrument, i.instrument, d.short from downsizing_instrument as i "
            "inner join legal_document as d on i.document = d.document"
        )
        self.decrees = {_decree(name): code for code, *names in decrees.to_numpy().tolist() for name in names}
        grounds = store.fetch("select distinct instrument, ground from downsizing_ground")
        self.grounds = set(grounds.itertuples(index=False, name=None))
        classes = store.fetch("select class, first_year, last_year from evaluation_class")
        self.classes = list(classes.itertuples(index=False, name=None))
        became = store.fetch(
            """
            select c.case_id, c.unit_id, u.short_name
            from live_downsizing_case() as c
            inner join unit_succession as s on c.unit_id = s.unit_id
            inner join unit as u on s.now_unit = u.unit_id
            """
        )
        # The unit of each case by what that and its successors are called: a book of after a merger moves no case.
        self.units_of_cases = {(case, key(name)): unit for case, unit, name in became.itertuples(index=False)}
        self.cases = set(became.case_id[became.unit_id.isin(self._seen)])
        # Numbers of cases that are not the reader's.
        self.others = set(became.case_id) - self.cases
        self.stepped = set(store.fetch("select case_id from live_case_step()").case_id)
        served = store.fetch(
            """
            select distinct p.person_id, p.spelled, p.birth_on, p.birth_precision, u.short_name
            from person as p
            inner join posting as o on p.person_id = o.person_id
            -- Where they served, by the communes of then and by what became of those.
            inner join unit_succession as s on o.unit_id = s.unit_id
            inner join unit as u on s.now_unit = u.unit_id
            where p.person_id in (select person_id from visible_people($as_of, $scope))
            """,
            _whose(reader),
        )
        # By name and birth, each with the names of their communes: a new commune may bear the name of an old one.
        self.people: dict[tuple[str, str], dict[int, set[str]]] = {}
        for person, spelled, born, precision, commune in served.itertuples(index=False):
            who = spelled, "" if pd.isna(born) else f"{born:%Y-%m-%d}/{precision}"
            self.people.setdefault(who, {}).setdefault(int(person), set()).add(key(commune))

    def commune(self, written: str) -> str:
        """The key of the commune a cell names, in whatever way it is written."""
        return key(self.vocabulary.commune(written) or written)

    def hides(self, written: str) -> bool:
        """Whether a cell names a commune outside the reader's scope."""
        unit = self.units.get(self.commune(written))
        return unit is not None and unit not in self._seen


class _Row:
    """One row of a sheet by its headings."""

    def __init__(self, cells: Mapping[str, object]) -> None:
        self.cells = cells

    def text(self, column: str) -> str | None:
        return as_text(self.cells[column]) or None

    def needed(self, column: str) -> str:
        text = self.text(column)
        if text is None:
            raise _Wrong(column, "để trống")
        return text

    def whole(self, column: str, *, needed: bool = True) -> int | None:
        text = self.text(column)
        if text is None and not needed:
            return None
        bare = self.needed(column).replace(".", "").replace(" ", "")
        if not bare.isascii() or not bare.isdigit() or len(bare) > 12:
            raise _Wrong(column, f"“{shortened(str(text))}” không phải là số nguyên")
        return int(bare)

    def year(self, column: str) -> int:
        year = self.whole(column)
        if year is None or not 2000 <= year <= 2100:
            raise _Wrong(column, f"“{shortened(self.needed(column))}” không phải là năm")
        return year

    def decimal(self, column: str) -> Decimal:
        cell = self.cells[column]
        text = str(cell) if isinstance(cell, int | float) else as_text(cell).replace(",", ".").rstrip("%") or "0"
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise _Wrong(column, f"“{shortened(text)}” không phải là số") from None
        if not 0 <= found < 1000:
            raise _Wrong(column, f"“{shortened(text)}” nằm ngoài khoảng hợp lý")
        return round(found, 3)

    def day(self, column: str, *, needed: bool = True) -> date | None:
        if self.text(column) is None and not needed:
            return None
        self.needed(column)
        try:
            moment = parse_date(self.cells[column])
        except ValueError as error:
            raise _Wrong(column, str(error)) from None
        if moment is None or moment.precision != "ngay":
            raise _Wrong(column, f"“{shortened(self.needed(column))}” chưa đủ ngày, tháng, năm")
        return moment.on

    def code(self, column: str, domain: str, known: _Known, *, needed: bool = True) -> str | None:
        text = self.text(column)
        if text is None and not needed:
            return None
        code = known.codes.get((domain, key(self.needed(column))))
        if code is None:
            raise _Wrong(column, f"“{shortened(str(text))}” không phải là giá trị dùng ở cột này")
        return code

    def unit(self, known: _Known) -> str:
        return known.units[self.commune(known)]

    def commune(self, known: _Known) -> str:
        text = self.needed("Đơn vị")
        name = known.commune(text)
        if name not in known.units:
            raise _Wrong("Đơn vị", f"“{shortened(text)}” không phải là xã, thị trấn đang quản lý")
        if known.hides(text):
            raise _Wrong("Đơn vị", f"“{shortened(text)}” ngoài phạm vi được xem nên dòng này không được nhận")
        return name

    def case(self, known: _Known) -> str:
        number = self.needed("Số hồ sơ")
        if number in known.others:
            raise _Wrong("Số hồ sơ", f"“{shortened(number)}” là hồ sơ của đơn vị ngoài phạm vi được xem")
        return number

    def person(self, known: _Known) -> int:
        name, commune = self.needed("Họ và tên"), self.commune(known)
        try:
            birth = parse_date(self.cells["Ngày sinh"])
        except ValueError as error:
            raise _Wrong("Ngày sinh", str(error)) from None
        born = f"{birth.on:%Y-%m-%d}/{birth.precision}" if birth else ""
        found = known.people.get((spelling(name), born), {})
        here = [person for person, communes in found.items() if commune in communes]
        if len(here) != 1:
            told = f", sinh {date_short(birth.on)}" if birth and birth.precision == "ngay" else ""
            what = "không có" if not here else "có hơn một"
            raise _Wrong("Họ và tên", f"kho {what} “{shortened(name)}”{told} ở {self.needed('Đơn vị')}")
        return here[0]


def _headcount(row: _Row, known: _Known) -> dict[str, Any]:
    return {
        "unit_id": row.unit(known),
        "year": row.year("Năm"),
        "assigned": row.whole("Biên chế được giao"),
        "document": row.text("Văn bản"),
    }


def _target(row: _Row, known: _Known) -> dict[str, Any]:
    return {
        "unit_id": row.unit(known),
        "year": row.year("Năm"),
        "target": row.whole("Chỉ tiêu giảm"),
        "document": row.text("Văn bản"),
    }


def _decree(name: str) -> str:
    """One name of a decree for all it goes by: 'Nghị định số 108/2014/NĐ-CP ngày 20/11/2014', 'nd_108_2014'."""
    named = re.fullmatch(r"(?:nghi dinh|nd)? ?(?:so )?(\d+) (\d{4})(?: nd cp)?(?: ngay .*)?", key(name))
    return f"{int(named[1])} {named[2]}" if named else key(name)


def _case(row: _Row, known: _Known) -> dict[str, Any]:
    instrument = known.decrees.get(_decree(row.needed("Văn bản căn cứ")))
    if instrument is None:
        raise _Wrong("Văn bản căn cứ", f"“{shortened(row.needed('Văn bản căn cứ'))}” không phải nghị định về tinh giản")
    try:
        posts = known.vocabulary.posts(row.needed("Chức danh"))
    except Unclear as error:
        raise _Wrong("Chức danh", str(error)) from None
    if len(posts) != 1:
        raise _Wrong("Chức danh", "cần đúng một chức danh")
    point = row.needed("Điểm").lower().replace("đ", "dd")
    if (instrument, point) not in known.grounds:
        written = shortened(row.needed("Điểm"))
        raise _Wrong("Điểm", f"“{written}” không phải điểm nào về đối tượng tinh giản của văn bản căn cứ")
    reduces = {"co": True, "khong": False}.get(key(row.needed("Giảm biên chế")))
    if reduces is None:
        raise _Wrong("Giảm biên chế", f"“{shortened(row.needed('Giảm biên chế'))}” phải là Có hoặc Không")
    number = row.case(known)
    return {
        "case_id": number,
        "person_id": row.person(known),
        "unit_id": known.units_of_cases.get((number, row.commune(known)), row.unit(known)),
        "post": posts[0],
        "instrument": instrument,
        "point": point,
        "policy": row.code("Chính sách", "policy", known),
        "leaving_on": row.day("Ngày nghỉ"),
        "reduces": reduces,
        "insurance_months": row.whole("Số tháng đóng BHXH", needed=False),
        "hazard_months": row.whole("Số tháng nặng nhọc, khu vực", needed=False),
        "current_salary": row.whole("Lương hiện hưởng", needed=False),
        "average_salary": row.whole("Lương bình quân", needed=False),
        "decision": row.text("Quyết định"),
        "decided_on": row.day("Ngày quyết định", needed=False),
        "benefit_paid": row.whole("Kinh phí đã chi trả", needed=False),
    }


def _step(row: _Row, known: _Known) -> dict[str, Any]:
    case = row.case(known)
    if case not in known.cases:
        raise _Wrong("Số hồ sơ", f"kho và trang tính Trường hợp không có hồ sơ “{shortened(case)}”")
    return {
        "case_id": case,
        "status": row.code("Trạng thái", "case_status", known),
        "on_date": row.day("Ngày"),
        "reason": row.code("Lý do", "fall_reason", known, needed=False),
        "note": row.text("Ghi chú"),
    }


def _evaluation(row: _Row, known: _Known) -> dict[str, Any]:
    graded = row.code("Xếp loại", "evaluation", known, needed=False)
    why_not = row.code("Lý do chưa đánh giá", "why_not_evaluated", known, needed=False)
    if not (graded or why_not):
        raise _Wrong("Xếp loại", "để trống mà không ghi lý do chưa đánh giá")
    year = row.year("Năm")
    if graded and not any(graded == c and first <= year <= last for c, first, last in known.classes):
        written = shortened(row.needed("Xếp loại"))
        raise _Wrong("Xếp loại", f"“{written}” không phải mức xếp loại cán bộ, công chức của năm {year}")
    return {
        "person_id": row.person(known),
        "year": year,
        "class": graded,
        "why_not": why_not,
        "reported_on": row.day("Ngày báo cáo"),
    }


def _pay_step(row: _Row, known: _Known) -> dict[str, Any]:
    return {
        "person_id": row.person(known),
        "from_on": row.day("Từ ngày"),
        "coefficient": row.decimal("Hệ số lương"),
        "position_allowance": row.decimal("Hệ số phụ cấp chức vụ"),
        "over_frame": row.decimal("Thâm niên vượt khung (%)"),
        "seniority": row.decimal("Thâm niên nghề (%)"),
        "reserved": row.decimal("Hệ số chênh lệch bảo lưu"),
    }


_ROWS: Mapping[str, Callable[[_Row, _Known], dict[str, Any]]] = {
    "headcount": _headcount,
    "downsizing_target": _target,
    "downsizing_case": _case,
    "case_step": _step,
    "evaluation": _evaluation,
    "pay_step": _pay_step,
}


def _rows(grid: Grid, top: int, headings: Sequence[str]) -> dict[int, dict[str, object]]:
    """The cells of each row that says something by heading, under the number the spreadsheet gives the row."""
    places = {key(as_text(cell)): n for n, cell in enumerate(grid.cells[top])}
    rows = {
        number: {h: cells[places[key(h)]] for h in headings}
        for number, cells in enumerate(grid.cells[top + 1 :], start=grid.first_row + top + 1)
    }
    return {number: row for number, row in rows.items() if any(as_text(cell) for cell in row.values())}


def _cells(grid: Grid, sheet: str) -> dict[int, dict[str, str]]:
    """The texts of a sheet of that name, nothing of any other; those of a hidden one do not count."""
    headings = SHEETS[sheet][1]
    top = _header(grid.cells, headings) if grid.sheet == sheet and not grid.hidden else None
    rows = {} if top is None else _rows(grid, top, headings)
    return {number: {h: as_text(cell) for h, cell in row.items()} for number, row in rows.items()}


def _twice(row: Iterable[object], headings: Sequence[str]) -> str | None:
    """The first of the headings that two columns have."""
    there = [key(as_text(cell)) for cell in row]
    return next((heading for heading in headings if there.count(key(heading)) > 1), None)


def _header(cells: Sequence[Iterable[object]], headings: Sequence[str]) -> int | None:
    """The row, counted from 0, that has all headings, in whatever order."""
    wanted = {key(h) for h in headings}
    return next((n for n, row in enumerate(cells[:20]) if wanted <= {key(as_text(cell)) for cell in row}), None)
