"""The tables of queries/reference, as they are in their files."""

import csv

from core.store import QUERIES


def reference(table: str) -> list[dict[str, str]]:
    with (QUERIES / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
