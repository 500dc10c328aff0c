"""The ledger of the sample: read, edited, and rows put into it."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from common.readers import all_of
from core.store import QUERIES, ROOT, Store
from downsizing.ledger import Ledger, read_ledger, record_ledger
from intake.session import vocabulary

DAY = date(2018, 12, 31)
SAMPLE = ROOT / "sample_data" / "ledger" / "tinh-gian-bien-che.xlsx"
NAMES = sorted(path.stem for path in (QUERIES / "downsizing").glob("*.sql"))


def read(store: Store, path: Path) -> Ledger:
    return read_ledger(path, all_of(store), vocabulary(all_of(store), DAY))


def keep(store: Store, **rows: list[dict[str, Any]]) -> int | None:
    return record_ledger(all_of(store), Ledger(dict(rows)), file="x", made_by="người thử")


def edited(tmp_path: Path, sheet: str, row: int, **cells: object) -> Path:
    """The sample's workbook with some cells of a row (counted from 2) changed, by heading."""
    book = openpyxl.load_workbook(SAMPLE)
    page = book[sheet]
    places = {cell.value: cell.column for cell in page[1]}
    for heading, value in cells.items():
        page.cell(row, places[heading.replace("_", " ")], value)
    path = tmp_path / "so.xlsx"
    book.save(path)
    return path


def case_of(store: Store, number: str, **changed: Any) -> dict[str, Any]:
    """A case as it was last told, with something changed."""
    found = store.fetch("select * exclude (batch_id) from downsizing_case where case_id = $c", {"c": number})
    row = {k: None if pd.isna(v) else v for k, v in found.astype(object).to_dict("records")[0].items()}
    days = {k: v.date() for k, v in row.items() if isinstance(v, pd.Timestamp)}
    return row | days | changed


def step(number: str, status: str, on: date) -> dict[str, Any]:
    return {"case_id": number, "status": status, "on_date": on, "reason": None, "note": None}


def second_case(store: Store) -> None:
    """Phan Văn Nam, who left on 26/01/2018, is proposed once more a year later, with other pay and more years."""
    [case] = store.fetch("select * exclude (batch_id) from downsizing_case where case_id = '01/2018'").to_dict(
        "records"
    )
    again = case | {
        "case_id": "88/2019",
        "leaving_on": date(2019, 9, 1),
        "insurance_months": 300,
        "current_salary": 9_000_000,
        "average_salary": 8_000_000,
        "decision": None,
        "decided_on": None,
        "benefit_paid": None,
    }
    told = {"case_id": "88/2019", "status": "de_xuat", "on_date": date(2018, 11, 1), "reason": None, "note": None}
    record_ledger(all_of(store), Ledger({"downsizing_case": [again], "case_step": [told]}), file="x", made_by="x")


def who(store: Store, case: str) -> int:
    found = store.fetch("select person_id from downsizing_case where case_id = $c", {"c": case})
    return int(found.person_id[0])
