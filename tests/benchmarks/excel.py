"""The Excel file of 15,000 rows as the button makes it, beside what pandas and openpyxl take for the bare rows.

python tests/benchmarks/excel.py [--rows 15000]     also a part of make bench
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
for folder in ("dashboard", "tests", "sample_data"):
    sys.path.insert(0, str(ROOT / folder))

from common.readers import all_of  # noqa: E402
from core.store import Filters, Store  # noqa: E402
from core.words import Words  # noqa: E402
from documents.excel import Export, Letterhead, workbook  # noqa: E402
from opening.new_store import fill  # noqa: E402

DAY = date(2018, 12, 31)


def verdicts(rows: int) -> Export:
    """So many verdicts of the sample, each of somebody with a name of their own, in words."""
    with Store(":memory:", create=True) as store:
        fill(store, sample=True)
        found = all_of(store).query("verdicts", Filters(DAY))
        words = Words.of(all_of(store))
    frame = pd.concat([found] * (rows // len(found) + 1), ignore_index=True).head(rows)
    frame["full_name"] = [f"{name} {n}" for n, name in enumerate(frame.full_name)]
    return Export(
        title="Kết luận từng tiêu chí",
        as_of=DAY,
        rows=words.present(frame),
        by_commune=pd.DataFrame(),
        filters=[],
        formula="",
        legal_basis=[],
        caveats=[],
        letterhead=Letterhead("", "", ""),
        made_at=datetime(2019, 1, 1),  # noqa: DTZ001 - the clock on the office wall
        made_by="",
        sample=True,
    )


def spent(work: Callable[[], Any]) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def report(rows: int) -> None:
    """Print both and how many times as long ours takes."""
    export = verdicts(rows)
    ours = spent(lambda: workbook(export))
    bare = spent(lambda: export.rows.to_excel(io.BytesIO(), engine="openpyxl", index=False))
    print(f"Excel of {rows:,} rows: {ours:.2f} s, pandas and openpyxl {bare:.2f} s: {ours / bare:.2f}   aim: 0.5")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=15_000)
    report(arguments.parse_args().rows)
