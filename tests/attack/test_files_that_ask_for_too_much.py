"""Files that would fill the memory or the time of the server: refused in a sentence, somewhere else than in it."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.intake import files
from common.lists import VOCABULARY, refusal
from common.readers import all_of
from core.store import Store
from intake import sandbox, session, tables
from intake.lists import read_lists
from intake.sandbox import Limits
from intake.tables import read
from opening.new_store import fill

MB = 1024**2


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("dong.csv", b"\n" * (19 * MB), "hơn 1 triệu dòng, kể cả dòng trống"),
        ("dong.txt", b"\r\n" * (9 * MB), "hơn 1 triệu dòng, kể cả dòng trống"),
        ("trong.csv", b"\n" * 2_200_000, "hơn 1 triệu dòng, kể cả dòng trống"),
        ("trong.tsv", b"\t\t\n" * 2_200_000, "triệu ô"),
        ("utf16.csv", "\n".encode("utf-16") * (4 * MB), "dòng"),
        ("dai.csv", b"a\n" * 110_000, "hơn 100.000 dòng"),
        ("trang.xls", b"<table>" + b"<tr><td rowspan=60000 colspan=1000>x" * 3000, "triệu ô"),
    ],
)
def test_text_that_asks_for_too_much_costs_the_server_nothing(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    del data
    tracemalloc.start()
    try:
        assert told in refusal(path)
        assert tracemalloc.get_traced_memory()[1] < 2 * MB
    finally:
        tracemalloc.stop()


def test_empty_lines_within_the_limit_are_one_row_in_memory(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_bytes(b"a,b\n" + b"\n" * 500_000 + b"c,d\n" + b"\n" * 500_000)
    [grid] = read(tmp_path / "ds.csv")
    assert (len(grid.cells), grid.filled()) == (500_002, [0, 500_001])
    assert grid.cells[1] is grid.cells[2]


def test_a_reader_that_does_not_come_back_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_LIMITS", replace(tables._LIMITS, most_seconds=0))
    (tmp_path / "ds.csv").write_bytes(b"a,b\n" * 90_000)
    assert "đọc mãi chưa xong" in refusal(tmp_path / "ds.csv")


def odd(path: Path, rows: int) -> Path:
    """A list in which every second row is a heading and every other one somebody new."""
    head = "STT;Họ và tên;Ngày sinh;Chức vụ;Trình độ chuyên môn"
    path.write_text("\n".join(f"{head}\n{i};Nguyễn A{i};1975;Bí thư;Đại học" for i in range(rows // 2)), "utf-8")
    return path


@pytest.mark.parametrize(
    ("limits", "rows", "told"),
    [
        (Limits(seconds=2, most_seconds=120, memory=600 * MB), 90_000, "Tệp odd.csv đọc mãi chưa xong"),
        (Limits(seconds=60, most_seconds=120, memory=100 * MB), 50_000, "Tệp odd.csv trải rộng"),
    ],
)
def test_one_odd_list_of_many_rows_is_refused_and_the_others_are_read(
    tmp_path: Path, sample: Store, monkeypatch: pytest.MonkeyPatch, limits: Limits, rows: int, told: str
) -> None:
    monkeypatch.setattr(session, "_LIMITS", limits)
    good = [odd(tmp_path / name, 2) for name in ("a.csv", "z.csv")]
    heard: list[float] = []
    intake = session.take_in(
        all_of(sample),
        [good[0], odd(tmp_path / "odd.csv", rows), good[1]],
        date(2018, 12, 31),
        commune="Thượng Lộ",
        progress=lambda share, doing: heard.append(share),
    )
    [issue] = intake.reading.unreadable
    assert issue.message.startswith(told)
    assert issue.file == "odd.csv"
    assert [person.file for person in intake.reading.people] == ["a.csv", "z.csv"]
    assert max(heard) < 1


def test_work_done_apart_that_breaks_or_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    limits = Limits(seconds=5, most_seconds=20, memory=256 * MB)
    assert sandbox.run(sorted, [2, 1], limits=limits, reverse=True) == [2, 1]
    with pytest.raises(sandbox.Ended) as ended:
        sandbox.run(sorted, [1, "a"], limits=limits)
    assert ended.value.why == "fault"
    with pytest.raises(sandbox.Ended) as ended:
        sandbox.run(bytearray, 512 * MB, limits=limits)
    assert ended.value.why == "memory"

    def leave(step: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sandbox.run(read_lists, [odd(tmp_path / "odd.csv", 50_000)], VOCABULARY, limits=limits, heard=leave)


@pytest.fixture
def app(tmp_path: Path, open_app: Callable[..., AppTest]) -> AppTest:
    path = tmp_path / "so.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    store.close()
    return open_app(path, "intake")


def dropped(app: AppTest, *files: tuple[str, bytes]) -> list[str]:
    """Names of the files held after these were dropped at once."""
    for name, data in files:
        app.file_uploader[0].upload(name, data, "text/csv")
    app.run()
    assert not app.exception
    other = ("leave-all", "leave-unreadable")
    return [b.label.replace("\\", "") for b in app.button if str(b.key).startswith("leave-") and b.key not in other]


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_BYTES", 25)])
def test_a_session_holds_so_many_files_and_no_more(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(files, limit, value)
    held = dropped(app, ("a.csv", b"0123456789"), ("b.csv", b"0123456789"), ("c.csv", b"0123456789"))
    assert held[:2] == ["a.csv", "b.csv"]
    assert "c.csv" not in held
    assert "Chưa nhận tệp c.csv: mỗi lần chỉ giữ được" in app.warning[0].value.replace("\\", "")
    assert "d.csv" not in dropped(app, ("d.csv", b"0123456789"), ("e.csv", b"0123456789"))
    assert "Chưa nhận 2 tệp (d.csv, e.csv)" in app.warning[0].value.replace("\\", "")
