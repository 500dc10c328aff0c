"""The calculation of benefits and its command: thirty cases worked out by hand, what must hold of every case, odd files."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import benefits
from benefit_list import ANSWERED, ASKED
from benefits import POLICIES, Benefit, Case, Law, MissingPay, PayStep, UnknownPay, compare, estimate
from manage import main
from store import Store
from vietnamese import Partial, parse_date

FIXTURES = Path(__file__).parent / "fixtures" / "benefit"
CASES = FIXTURES / "ba-muoi-truong-hop.csv"
BY_HAND = FIXTURES / "ba-muoi-truong-hop.ket-qua.csv"


@cache
def law() -> Law:
    store = Store(":memory:", create=True)
    found = Law.of(store)
    store.close()
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def benefit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[dict[str, str]], str]]:
    """Runs the command on a file: exit code, rows of the answer, what it says on stderr."""

    def benefit(source: Path | bytes) -> tuple[int, list[dict[str, str]], str]:
        path = source if isinstance(source, Path) else tmp_path / "ds.csv"
        if isinstance(source, bytes):
            path.write_bytes(source)
        out = tmp_path / "kq.csv"
        out.unlink(missing_ok=True)
        code = main(["benefit", str(path), "--out", str(out)])
        said = capsys.readouterr()
        assert said.out == ""
        return code, table(out) if out.exists() else [], said.err

    return benefit


Run = Callable[..., tuple[int, list[dict[str, str]], str]]


# Thirty cases


def test_thirty_cases_come_out_as_worked_out_by_hand(benefit: Run) -> None:
    code, answers, err = benefit(CASES)
    assert (code, err) == (0, "")
    expected = table(BY_HAND)
    assert len(expected) == 30
    columns = [c for c in expected[0] if c != "hand"]
    assert [{c: row[c] for c in columns} for row in answers] == [{c: row[c] for c in columns} for row in expected]
    assert all(row["hand"] for row in expected)


def test_every_answer_says_why_and_every_sum_how(benefit: Run) -> None:
    _, answers, _ = benefit(CASES)
    for row in answers:
        assert tuple(row) == ANSWERED
        begins = "Đủ điều kiện: " if row["eligible"] == "yes" else ("Không đủ điều kiện: ", "Trước ngày ")
        assert row["reason"].startswith(begins), row
        assert bool(row["breakdown"]) is (row["amount"] != "0"), row
