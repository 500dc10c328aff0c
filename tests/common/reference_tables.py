"""The tables of queries/reference, as they are in their files."""

import csv
from itertools import pairwise

from core.store import QUERIES


def reference(table: str) -> list[dict[str, str]]:
    with (QUERIES / "reference" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def never_at_once(posts: set[str]) -> bool:
    """Whether of these posts no two exist on one day: then a word may be the name of each."""
    periods = {row["post"]: (row["from_on"] or "0001", row["ended_on"] or "9999") for row in reference("post_period")}
    spans = sorted(periods.get(post, ("0001", "9999")) for post in posts)
    return all(before[1] <= after[0] for before, after in pairwise(spans))
