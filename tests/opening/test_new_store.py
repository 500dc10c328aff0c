"""From the sample to an office's own store: the one in use changes, the other is kept as it was."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from common.readers import all_of
from core import store as engine
from core.conflict import Seen
from core.store import Filters, open_store
from core.store_file import FINISHED
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
