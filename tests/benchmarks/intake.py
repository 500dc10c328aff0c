"""A list of 10,000 people read, checked and compared, beside the bare reading of the same file by pandas.

python tests/benchmarks/intake.py     also the last part of make bench
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2018, 12, 31)
HEADINGS = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Xã",
    "Chức vụ, chức danh",
    "Ngày nhận chức vụ",
    "Giữ chức vụ lần đầu",
    "Trình độ văn hóa",
    "Trình độ chuyên môn",
    "Chuyên ngành",
    "Lý luận chính trị",
    "Quản lý nhà nước",
    "Tin học",
    "Ngoại ngữ",
    "Quê quán",
    "Nơi ở hiện nay",
    "Hệ số lương",
    "Ghi chú",
]
COMMUNES = ["Khe Tre", "Hương Phú", "Hương Sơn", "Hương Lộc", "Thượng Quảng", "Hương Hòa", "Hương Giang", "Hương Hữu"]
POSTS = ["Bí thư Đảng ủy", "Văn phòng - thống kê", "Tài chính - kế toán", "Tư pháp - hộ tịch", "Văn hóa - xã hội"]


def write(path: Path, people: int) -> None:
    """An invented list, the same each time."""
    rng = Random(2018)
    book = xlsxwriter.Workbook(path)
    page, day = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(4, 0, HEADINGS)
    for n in range(people):
        born = date(rng.randrange(1960, 1993), rng.randrange(1, 13), rng.randrange(1, 29))
        page.write_row(5 + n, 0, [n + 1, f"Nguyễn Văn {chr(65 + n % 26)}{n}"])
        page.write_datetime(5 + n, 2, born, day)
        page.write_row(
            5 + n,
            3,
            [
                rng.choice(["Nam", "Nữ"]),
                "Kinh",
                rng.choice(COMMUNES),
                rng.choice(POSTS),
                "01/03/2014",
                "01/03/2014",
                "12/12",
                rng.choice(["ĐH", "CĐ", "TC"]),
                rng.choice(["Luật", "Kế toán", "Hành chính"]),
                "TC",
                "CV",
                "A",
                "B",
                "Thừa Thiên Huế",
                "Nam Đông",
                3.06,
                "",
            ],
        )
    book.close()


def ours(path: str) -> str:
    """Read, check and compare with the sample store's reference and an empty roster."""
    for folder in ("dashboard", "tests"):
        sys.path.insert(0, str(ROOT / folder))
    from core.store import WHOLE_COUNTRY, Store
    from intake.session import take_in

    store = Store(":memory:", create=True)
    start = time.perf_counter(), worked()
    intake = take_in(store.seen_by(WHOLE_COUNTRY), [Path(path)], DAY)
    return f"{time.perf_counter() - start[0]} {worked() - start[1]} {intake.counts()['accepted']}"


def by_pandas(path: str) -> str:
    """Read only."""
    import pandas as pd

    start = time.perf_counter(), worked()
    rows = pd.read_excel(path, engine="openpyxl", header=4)
    return f"{time.perf_counter() - start[0]} {worked() - start[1]} {len(rows)}"


def worked() -> float:
    """Seconds of the processor so far, those of child processes that have ended included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report(people: int = 10_000) -> None:
    """Print seconds, those of the processor and peak memory of both, each in a process of its own.

    On a machine that is busy with other work only the processor's tell anything.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "danh-sach.xlsx"
        write(path, people)
        spent = {}
        for name in ("pandas", "ours"):
            done = subprocess.run(
                [sys.executable, __file__, name, str(path)], check=True, capture_output=True, text=True
            )
            seconds, processor, rows, memory = done.stdout.split()
            spent[name] = float(seconds)
            what = {"pandas": "pandas.read_excel, openpyxl, reading only", "ours": "intake: read, check, compare"}[name]
            ratio = f"{spent['pandas'] / float(seconds):8.1f}x   aim: 1x" if name == "ours" else ""
            print(
                f"{what:<46} {float(seconds) * 1000:>10,.1f} ms {ratio} {float(processor) * 1000:,.1f} ms of the "
                f"processor, {rows} rows, {memory} MB at most",
                flush=True,
            )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        said = {"pandas": by_pandas, "ours": ours}[sys.argv[1]](sys.argv[2])
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(said, peak // 1024)
    else:
        report()
