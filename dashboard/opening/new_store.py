"""A store to begin with: for an office that has nobody in it yet, or the sample. An office may begin from the app."""

import getpass
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from core import store_file
from core.store import ROOT, WHOLE_COUNTRY, Filters, Reader, Store, change_store, default_target, insert, open_store
from core.store_file import FINISHED, MAKING, is_file
from core.vietnamese import clean, date_short, key
from downsizing.ledger import read_ledger, record_ledger
from intake.reading import Issue
from intake.session import take_in, vocabulary

SAMPLE_DAY = date(2018, 12, 31)
# How far the generator of the sample goes (`UNTIL` of sample_data/later.py).
SAMPLE_END = date(2026, 11, 30)
KINDS = ("xã", "thị trấn", "phường")
_KINDS_ABOVE = ("huyện ", "quận ", "thị xã ", "thành phố ", "tỉnh ")
# Who keeps the sample when there is no district above its communes any more.
OF_PROVINCE = "Sở Nội vụ"


class NotStarted(Exception):
    """What was entered is no office to begin with; its text is one Vietnamese sentence."""


@dataclass(frozen=True)
class Commune:
    """A commune of an office: short name, kind ('xã', 'thị trấn', 'phường'), area, five-digit code or ''."""

    name: str
    kind: str
    area: str
    code: str = ""


@dataclass(frozen=True)
class Office:
    """Who keeps the store. `communes` replaces the shipped list of communes; empty keeps it, mergers included."""

    name: str
    # Empty where there is no district above the communes any more.
    district: str
    province: str
    place: str
    starts_on: date
    communes: tuple[Commune, ...] = ()


NAM_DONG = Office("phòng Nội vụ", "huyện Nam Đông", "tỉnh Thừa Thiên Huế", "Nam Đông", SAMPLE_DAY)


def fill(store: Store, *, sample: bool, until: date = SAMPLE_DAY, office: Office = NAM_DONG) -> list[Issue]:
    """Name the office in a new store; for the sample, load its lists as an office would. Returns what is odd.

    The sample goes until 31/12/2018, or on from there `until` a later day, `SAMPLE_END` at the latest.
    """
    codes = store.fetch("select distinct province, province_code from unit")
    with store.write() as cursor:
        meta = {
            "starts_on": office.starts_on.isoformat(),
            "office_parent": f"UBND {office.district or office.province}".upper(),
            "office_name": office.name.upper(),
            "office_place": office.place,
        }
        meta |= {"sample": "1"} if sample else {}
        meta |= {"own_units": "1"} if office.communes else {}
        insert(cursor, "meta", pd.DataFrame(meta.items(), columns=["name", "value"]))
        if sample:
            insert(cursor, "office_period", _later_offices(store))
        if office.communes:
            cursor.execute("delete from unit_lineage")
            cursor.execute("delete from unit")
            insert(cursor, "unit", _units(office, dict(codes.itertuples(index=False))))
    odd: list[Issue] = []
    if sample:
        lists = sorted((ROOT / "sample_data" / "lists").glob("*.xlsx"))
        registers = sorted((ROOT / "sample_data" / "registers").glob("*.xlsx"))
        odd += _take_in(store, lists, SAMPLE_DAY, _lists_title(SAMPLE_DAY))
        odd += _take_in(store, registers, SAMPLE_DAY, "Sổ theo dõi quá trình công tác và văn bằng của phòng Nội vụ")
        odd += _keep_ledger(store, ROOT / "sample_data" / "ledger" / "tinh-gian-bien-che.xlsx", SAMPLE_DAY)
        if until > SAMPLE_DAY:
            odd += _go_on(store, until)
    return odd


def _later_offices(store: Store) -> pd.DataFrame:
    """Who keeps the sample where its communes come to another district, and where they stand below none."""
    units = store.fetch(
        """
        select distinct valid_from, district, province from unit
        where valid_from is not null and district is distinct from $district
        order by valid_from
        """,
        {"district": NAM_DONG.district},
    )
    rows = []
    for begins, district, province in units.itertuples(index=False):
        below = province if pd.isna(district) else district
        name = NAM_DONG.name if below == district else OF_PROVINCE
        rows.append([begins.date(), name.upper(), f"UBND {below}".upper(), bare(below)])
    return pd.DataFrame(rows, columns=["from_on", "office_name", "office_parent", "office_place"], dtype=object)


def bare(place: str) -> str:
    """A district or province without what it is: 'Nam Đông' of 'huyện Nam Đông'."""
    return next((place.removeprefix(kind) for kind in _KINDS_ABOVE if place.startswith(kind)), place)


def _go_on(store: Store, until: date) -> list[Issue]:
    """Load the lists of the years after 2018, which the generator of the sample writes when they are wanted."""
    generator = str(ROOT / "sample_data")
    if generator not in sys.path:
        sys.path.append(generator)
    from yearly import write_years

    odd: list[Issue] = []
    with tempfile.TemporaryDirectory() as folder:
        for year in write_years(Path(folder), until):
            # Decisions come before lists: a list alone does not tell somebody who was moved from somebody else.
            title = f"Sổ theo dõi của phòng Nội vụ, cập nhật đến {date_short(year.day)}"
            odd += _take_in(store, year.registers, year.day, title) if year.registers else []
            odd += _take_in(store, year.lists, year.day, _lists_title(year.day))
            if year.ledger:
                odd += _keep_ledger(store, year.ledger, year.day)
    return odd


def _lists_title(day: date) -> str:
    return f"Danh sách trích ngang của các xã, thị trấn đến {date_short(day)}"


def _take_in(store: Store, paths: Sequence[Path], day: date, title: str) -> list[Issue]:
    intake = take_in(store.seen_by(WHOLE_COUNTRY), paths, day)
    intake.record(title, getpass.getuser())
    return [issue for issue in intake.issues() if issue.severity != "info"]


def _keep_ledger(store: Store, path: Path, day: date) -> list[Issue]:
    reader = store.seen_by(WHOLE_COUNTRY)
    ledger = read_ledger(path, reader, vocabulary(reader, day))
    record_ledger(reader, ledger, file=path.name, made_by=getpass.getuser())
    return [issue for issue in ledger.issues if issue.severity != "info"]


def create(
    target: str, *, sample: bool, until: date = SAMPLE_DAY, office: Office = NAM_DONG
) -> tuple[int, list[Issue]]:
    """Make a whole store or none under the name; returns how many people it has and what is odd in their lists."""
    if not is_file(target):
        return _made(target, sample, until, office)
    # A store that is only half made must never be taken for a whole one.
    making = Path(f"{target}{MAKING}")
    try:
        store_file.refuse_no_file(Path(target))
        store_file.refuse_stray_log(Path(target))
        store_file.remove(making)
        try:
            made = _made(str(making), sample, until, office)
            making.replace(target)
        finally:
            store_file.remove(making)
    except OSError as error:
        raise store_file.refused(error, target) from error
    return made


def _made(target: str, sample: bool, until: date, office: Office) -> tuple[int, list[Issue]]:
    with Store(target, create=True) as store:
        odd = fill(store, sample=sample, until=until, office=office)
        return int(store.fetch("select count(*) as n from person").n[0]), odd


def begin(office: Office) -> Path:
    """Begin an office's own store in place of the sample looked at so far, which is kept beside it; returns where.

    Raises NotStarted for an office without a name, a province or communes that can be told apart, and for a store that
    is no file or no sample.
    """
    target = default_target()
    office = checked(office)
    if not is_file(target):
        raise NotStarted("Kho dùng chung không bắt đầu được từ đây. Nhờ người quản trị tạo bằng lệnh init --empty.")
    if not open_store().fetch("select count(*) as n from meta where name = 'sample'").n[0]:
        raise NotStarted("Kho đang mở không phải dữ liệu minh hoạ mà đã là số liệu của cơ quan.")
    create(f"{target}{FINISHED}", sample=False, office=office)
    kept = store_file.free(Path(target).with_suffix(f".minh-hoa{Path(target).suffix}"))
    change_store(kept)
    return kept


def kept_sample() -> Path | None:
    """The sample that was kept beside the office's store when it began (see `begin`), if it is still there."""
    target = default_target()
    if not is_file(target):
        return None
    path = Path(target)
    kept = sorted(path.parent.glob(f"{path.stem}.minh-hoa*{path.suffix}"), key=lambda p: p.stat().st_mtime)
    return kept[-1] if kept else None


def checked(office: Office) -> Office:
    """The office as it is kept: texts cleaned, communes numbered. Raises NotStarted as `begin` does."""
    named = replace(
        office,
        name=clean(office.name),
        district=clean(office.district),
        province=clean(office.province),
        place=clean(office.place),
        communes=tuple(replace(c, name=clean(c.name)) for c in office.communes),
    )
    for text, what in ((named.name, "tên cơ quan"), (named.province, "tên tỉnh")):
        if not text:
            raise NotStarted(f"Chưa ghi {what}. Ghi rồi bấm lại.")
    seen: set[str] = set()
    for commune in named.communes:
        if key(commune.name) in seen:
            raise NotStarted(f"Có hai dòng tên “{commune.name}”. Mỗi xã, thị trấn một dòng.")
        seen.add(key(commune.name))
        if commune.kind not in KINDS:
            raise NotStarted(f"{commune.name} chưa ghi là xã, thị trấn hay phường. Chọn loại rồi bấm lại.")
        if commune.code and not (len(commune.code) == 5 and commune.code.isdigit() and commune.code.isascii()):
            raise NotStarted(f"Mã đơn vị của {commune.name} phải có năm chữ số, hoặc để trống.")
    codes = [c.code for c in named.communes if c.code]
    if twice := next((c for c in codes if codes.count(c) > 1), None):
        raise NotStarted(f"Mã đơn vị {twice} ghi cho hai xã. Sửa lại mã, hoặc để trống.")
    return named


class Above(NamedTuple):
    """What is above the shipped communes on a day. `district` is empty where there is none; `ended` are districts that
    were there before, and from which day they are no more."""

    district: str
    province: str
    place: str
    ended: list[tuple[str, date]]


def above(reader: Reader, as_of: date) -> Above:
    """What is above the communes that are offered to an office beginning on a day."""
    units = reader.query("units", Filters(as_of))
    district = "" if units.district.isna().all() else str(units.district.dropna().iloc[0])
    province = str(units.province.iloc[0])
    gone = reader.store.fetch(
        """
        select district, max(coalesce(ended_on, date '9999-12-31')) as ended_on from unit
        where district is not null
        group by district
        having max(coalesce(ended_on, date '9999-12-31')) <= $as_of
        order by ended_on
        """,
        {"as_of": as_of},
    )
    ended = [(str(name), day.date()) for name, day in gone.itertuples(index=False)]
    return Above(district, province, bare(district or province), ended)


def communes_of(reader: Reader, as_of: date) -> tuple[Commune, ...]:
    """The communes of a day within the reader's scope, in the order of their codes."""
    units = reader.query("units", Filters(as_of))
    return tuple(Commune(*row) for row in units[["commune", "kind", "area", "unit_code"]].to_numpy().tolist())


def _units(office: Office, provinces: Mapping[str, str]) -> pd.DataFrame:
    """Rows of `unit` for an office of its own communes; `provinces` are the codes of those that are known."""
    # Codes of our own begin with 99, which no province has.
    numbered = [c.code or f"99{n:03}" for n, c in enumerate(office.communes, start=1)]
    return pd.DataFrame(
        {
            "unit_id": [f"{code}@rieng" for code in numbered],
            "code": numbered,
            "kind": [c.kind for c in office.communes],
            "short_name": [c.name for c in office.communes],
            "district_code": "rieng" if office.district else None,
            "district": office.district or None,
            "province_code": next((c for p, c in provinces.items() if key(p) == key(office.province)), "99"),
            "province": office.province,
            "area": [c.area for c in office.communes],
            "origin": "co_quan",
        }
    )
