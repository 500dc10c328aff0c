"""From the sample to an office's own store: the one in use changes, the other is kept as it was."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pandas import isna

from common.readers import all_of
from core import store as engine
from core.conflict import Seen
from core.store import Filters, open_store
from core.store_file import FINISHED
from documents.excel import Letterhead
from documents.template import template
from opening import correcting, new_store
from opening.new_store import NAM_DONG, Commune, NotStarted, Office

DAY = date(2018, 12, 31)
HILLS = (Commune("Bình An", "xã", "mien_nui"), Commune("Tân Lập", "thị trấn", "dong_bang", "30001"))


def bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_sample_is_kept_apart_and_whole(sample_in_use: Path) -> None:
    before = bytes_of(sample_in_use)
    kept = new_store.begin(NAM_DONG)
    assert (kept.name, bytes_of(kept)) == ("can-bo.minh-hoa.duckdb", before)
    about = all_of(open_store()).query("about", Filters(DAY)).iloc[0]
    assert (bool(about["sample"]), about.office_parent) == (False, "UBND HUYỆN NAM ĐÔNG")
    assert len(all_of(open_store()).query("units", Filters(date(2020, 6, 30)))) == 10
    with pytest.raises(NotStarted, match="đã là số liệu của cơ quan"):
        new_store.begin(NAM_DONG)


def test_an_office_of_another_district_has_its_own_communes(sample_in_use: Path) -> None:
    new_store.begin(Office("Phòng Nội vụ", "huyện Đồi Xa", "tỉnh Xa", "Đồi Xa", DAY, HILLS))
    units = all_of(open_store()).query("units", Filters(DAY))
    assert units[["commune", "unit_code", "area"]].to_numpy().tolist() == [
        ["Tân Lập", "30001", "dong_bang"],
        ["Bình An", "99001", "mien_nui"],
    ]
    # Law that ships with a later version does not bring the shipped communes back.
    with open_store().write() as cursor:
        cursor.execute("update meta set value = 'cu' where name = 'law'")
    engine.close_stores()
    assert list(all_of(open_store()).query("units", Filters(DAY)).commune) == ["Tân Lập", "Bình An"]


def test_an_office_after_the_end_of_districts_stands_below_its_province(sample_in_use: Path) -> None:
    begins = date(2026, 7, 1)
    new_store.begin(Office("Phòng Văn hóa - Xã hội", "", "thành phố Xa", "Đồi Xa", begins, HILLS))
    reader = all_of(open_store())
    assert reader.query("about", Filters(begins)).office_parent[0] == "UBND THÀNH PHỐ XA"
    units = reader.query("units", Filters(begins))
    assert units.district.isna().all()
    seen = Seen(correcting.said(reader, begins))
    wanted = correcting.said(reader, begins)
    assert correcting.correct(reader, begins, wanted, [Commune("Mới", "xã", "mien_nui")], "thử", seen) == 1
    assert reader.query("units", Filters(begins)).district.isna().all()
    book = load_workbook(BytesIO(template(reader, begins, str(units.unit_id[0]))))
    assert book.worksheets[0]["A1"].value == "UBND THÀNH PHỐ XA"
    words = [cell.value for cell in book["Danh mục"][1]] + [c.value for column in book["Danh mục"] for c in column]
    assert "Chuyên viên phòng Kinh tế" in words
    assert "Văn phòng - thống kê" not in words


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "Chưa ghi tên cơ quan"),
        ({"province": ""}, "Chưa ghi tên tỉnh"),
        ({"communes": (*HILLS, Commune("BÌNH AN", "xã", "mien_nui"))}, "Có hai dòng tên"),
        ({"communes": (Commune("A", "xã", "mien_nui", "123"),)}, "năm chữ số"),
        ({"communes": (Commune("A", "xã", "mien_nui", "30001"), Commune("B", "xã", "mien_nui", "30001"))}, "hai xã"),
        ({"communes": (Commune("A", "", "mien_nui"),)}, "xã, thị trấn hay phường"),
    ],
)
def test_what_is_no_office_leaves_the_sample_in_use(
    sample_in_use: Path, wrong: dict[str, object], said: str, told: Callable[[str], bool]
) -> None:
    before = bytes_of(sample_in_use)
    with pytest.raises(NotStarted, match=said) as error:
        new_store.begin(replace(NAM_DONG, **wrong))  # type: ignore[arg-type]
    assert told(str(error.value))
    assert (bytes_of(sample_in_use), [p.name for p in sample_in_use.parent.iterdir()]) == (before, [sample_in_use.name])


def test_a_process_killed_between_the_two_renames_finds_its_store(sample_in_use: Path) -> None:
    new_store.create(f"{sample_in_use}{FINISHED}", sample=False)
    sample_in_use.rename(sample_in_use.with_name("can-bo.minh-hoa.duckdb"))
    assert not all_of(open_store()).query("about", Filters(DAY))["sample"][0]


@pytest.mark.parametrize(
    ("office", "day", "parent", "name", "place"),
    [
        (NAM_DONG, date(2024, 12, 31), "UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ", "Nam Đông"),
        (NAM_DONG, date(2025, 1, 1), "UBND HUYỆN PHÚ LỘC", "PHÒNG NỘI VỤ", None),
        (NAM_DONG, date(2025, 7, 1), "UBND THÀNH PHỐ HUẾ", None, None),
        # Whether a province is still there nobody has told.
        (Office("Phòng Nội vụ", "huyện Đồi Xa", "tỉnh Xa", "Đồi Xa", DAY, HILLS), date(2025, 7, 1), None, None, None),
    ],
)
def test_an_office_of_a_district_that_is_no_more_is_not_called_by_it(
    sample_in_use: Path, office: Office, day: date, parent: str | None, name: str | None, place: str | None
) -> None:
    new_store.begin(office)
    about = all_of(open_store()).query("about", Filters(day)).iloc[0]
    told = [None if isna(v) else v for v in (about.office_parent, about.office_name, about.office_place)]
    assert told == [parent, name, place]
    head = Letterhead.of(about)
    assert (head.parent, head.name) == (parent or "." * 20, name or "." * 20)


def test_what_an_office_is_called_after_its_district_leaves_the_days_before_alone(sample_in_use: Path) -> None:
    new_store.begin(NAM_DONG)
    reader, day = all_of(open_store()), date(2026, 7, 1)
    wanted = correcting.said(reader, day)
    seen = Seen(dict(wanted))
    wanted |= {("", "office_name"): "Sở Nội vụ", ("", "office_place"): "Huế"}
    assert correcting.correct(reader, day, wanted, [], "thử", seen) == 2
    after, before = (reader.query("about", Filters(on)).iloc[0] for on in (day, DAY))
    assert (after.office_parent, after.office_name, after.office_place) == ("UBND THÀNH PHỐ HUẾ", "SỞ NỘI VỤ", "Huế")
    assert isna(after.former_district)
    assert (before.office_parent, before.office_name, before.office_place) == (
        "UBND HUYỆN NAM ĐÔNG",
        "PHÒNG NỘI VỤ",
        "Nam Đông",
    )
    told = reader.query("office_changes", Filters(day))
    assert set(told.what) == {"Tên cơ quan từ 01/07/2025", "Địa danh trên văn bản từ 01/07/2025"}
    # An office corrected before the end of its district is still one of that district then.
    early = correcting.said(reader, DAY)
    seen = Seen(dict(early))
    assert correcting.correct(reader, DAY, early | {("", "office_place"): "Khe Tre"}, [], "thử", seen) == 1
    assert reader.query("about", Filters(day)).office_place[0] == "Huế"
