"""The ugly lists of tests/fixtures: each is read into the people and the problems of the .json beside it.

`PYTHONPATH=dashboard:tests python tests/intake/test_ugly_lists.py` writes those files anew, to be reviewed as a diff.
"""

import json
import sys
from pathlib import Path

import pytest

from common.lists import VOCABULARY
from core.vietnamese import Partial, date_short
from intake.lists import read_lists
from intake.reading import Certificate, ListedPerson, PastPosting, Reading
from intake.vocabulary import Held

LISTS = Path(__file__).parents[1] / "fixtures" / "lists"
EXPECTED = sorted(LISTS.glob("*.json"))


def when(moment: Partial | None) -> str:
    if moment is None:
        return "?"
    return date_short(moment.on)[{"ngay": 0, "thang": 3, "nam": 6}[moment.precision] :]


def level(held: Held) -> str:
    studying = "đang học " if held.status == "dang_hoc" else ""
    rest = [held.field, held.obtained and when(held.obtained), held.evidence]
    return f"{held.criterion}: {studying}{held.level}" + "".join(f", {text}" for text in rest if text)


def line(found: ListedPerson | PastPosting | Certificate) -> str:
    """'Sheet1 dòng 6 | Phan Đình Lộc, nam, Kinh, sinh 03/02/1970 | Hương Hòa: bi_thu từ 06/2015 | hoc_van: thpt'."""
    place = f"{found.sheet} dòng {found.row}".strip()
    who = [found.full_name, f"sinh {when(found.birth)}", found.identifier and f"số {found.identifier}"]
    if isinstance(found, Certificate):
        return " | ".join([place, ", ".join(filter(None, who)), str(found.commune), level(found.held)])
    who[1:1] = [found.gender, found.ethnicity]
    held = f"{found.commune}: {', '.join(found.posts)} từ {when(found.started)}"
    if isinstance(found, PastPosting):
        rest = [f"đến {when(found.ended)}, {found.end_reason}"]
    else:
        rest = sorted(map(level, found.levels)) + ([f"ghi chú: {found.note}"] if found.note else [])
    return " | ".join([place, ", ".join(filter(None, who)), held, *rest])


def outline(reading: Reading) -> dict[str, list[str]]:
    """What was read, in lines for people to read."""
    issues = [f"{i.severity}: {i.sheet}: {i.message}".replace(": :", ":") for i in reading.issues]
    return {
        "people": [*map(line, reading.people)],
        "history": [*map(line, reading.history)],
        "certificates": [*map(line, reading.certificates)],
        "problems": [*issues, *(issue.message for issue in reading.unreadable)],
        "rejected": [f"{row.sheet} dòng {row.row}: {row.message}" for row in reading.rejected],
        "strange": [f"{s.domain}: {s.word} ({s.count} ô, {s.example})" for s in reading.strange],
    }


def test_there_are_ugly_lists_of_every_kind() -> None:
    assert len(EXPECTED) >= 15
    assert {list_of(path).suffix for path in EXPECTED} >= {".xlsx", ".xls", ".ods", ".csv"}


def list_of(path: Path) -> Path:
    """The list beside an expectation: 'a.xlsx' for 'a.xlsx.json'."""
    return path.with_suffix("")


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_an_ugly_list(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    found = {part: lines for part, lines in outline(read_lists([list_of(path)], VOCABULARY)).items() if lines}
    assert found == expected


if __name__ == "__main__":
    for arg in sys.argv[1:] or [list_of(path) for path in EXPECTED]:
        reading = outline(read_lists([arg], VOCABULARY))
        text = json.dumps({part: lines for part, lines in reading.items() if lines}, ensure_ascii=False, indent=1)
        Path(f"{arg}.json").write_text(text + "\n", encoding="utf-8")
