"""An office whose every word is an attack: people, majors, communes, decisions, drafts, notes, files.

Each such text ends in a number of its own between two №: wherever it is shown one can tell whether all of it is there.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from common.district import put
from common.readers import all_of
from core import office
from core.store import Store
from downsizing.ledger import Ledger, record_ledger
from law.case import Person, person
from opening.new_store import Commune, Office, fill
from supposing.supposition import SupposedLaw, save_draft

DAY = date(2018, 12, 31)
TEXTS = [
    "**Đậm**",
    "[x](http://a.b)",
    "![x](http://a.b/c.png)",
    "$x^2$",
    ":material/home:",
    ":material_home:",
    ":red[đỏ]",
    ":red-badge[đỏ]",
    ":smile: :+1:",
    ":streamlit:",
    "www.a.b",
    "a@b.vn",
    "A -> B",
    "->",
    "<- <-> -- >= <= ~=",
    "<b>x</b>",
    "<script>alert(1)</script>",
    "<a href='http://a.b'>x</a>",
    "&lt; &amp;",
    "# A",
    "1. A",
    "2) A",
    "- A",
    "+ A",
    "> A",
    "`x`",
    "~~x~~",
    "A | B",
    "_x_ a_b_c",
    "\\",
    "=1+1",
    "http://a.b",
    "%{x} %{y}",
    "*",
    "::: x",
    "---",
    "[x]: http://a.b",
    "[^1]",
    "Dài " * 124,
    "ă" * 480,
]
# What Streamlit writes on its own buttons and lists.
CHROME = [
    "Open",
    "Search",
    "Close",
    "Choose an option",
    "Stop",
    "Light",
    "Empty",
    "Page 1",
    "Remove A",
    "No results",
    "Previous",
    "day, A",
    "home icon",
]
_TAG = re.compile(r"№(\d+)№")
_numbers = count(1)
_told: dict[int, str] = {}


def tagged(text: str) -> str:
    """The text with a number of its own, as it will stand in the store."""
    n = next(_numbers)
    _told[n] = f"{text.strip()} №{n}№"
    return _told[n]


def broken(shown: str) -> list[str]:
    """The tagged texts of which something is missing or changed in what is shown."""
    text = packed(shown)
    return [
        text[max(0, tag.start() - 60) : tag.end()]
        for tag in _TAG.finditer(text)
        if not text[: tag.end()].endswith(packed(_told[int(tag[1])]))
    ]


def packed(text: str) -> str:
    """The text without spaces and capitals, which a title or a narrow column may change."""
    return "".join(text.split()).casefold()


def shown_in(text: str) -> set[int]:
    """The numbers of the tagged texts that are shown."""
    return {int(n) for n in _TAG.findall(text)}


def whole(number: int) -> str:
    """The text of a number."""
    return _told[number]


def make(path: Path) -> None:
    """Put the office into a new store at the path, closed again."""
    communes = tuple(Commune(text, "xã", "mien_nui") for text in [*map(tagged, TEXTS), *CHROME])
    store = Store(str(path), create=True)
    fill(
        store,
        sample=False,
        office=Office(tagged("=1+1"), tagged("[huyện](http://a.b)"), "tỉnh Xa", tagged("**Đồi**"), DAY, communes),
    )
    codes = store.fetch("select unit_id from unit order by unit_id").unit_id
    people = dict(_officials(list(codes)))
    put(store, people, title=tagged("Danh sách [x](http://a.b)"), made_by=tagged("*người*"))
    who = store.fetch("select person_id, unit_id, post from posting order by person_id")
    _ledger(store, [*who.itertuples(index=False, name=None)][:3])
    office.add_decision(
        store,
        office.Decision(
            tagged("25/QĐ [x](http://a.b)"),
            None,
            "ND33",
            "chuyen_mon",
            "trung_cap",
            date(2023, 8, 1),
            note=tagged("# A"),
        ),
        province_code="46",
    )
    save_draft(store, tagged(":red[Nâng] $x$"), SupposedLaw(DAY, levels={("tc_kt", "chuyen_mon"): "dai_hoc"}))
    store.close()


def _officials(units: list[str]) -> Iterator[tuple[str, Person]]:
    names = [*((tagged(text), tagged(text)) for text in TEXTS), *zip(CHROME, CHROME, strict=True)]
    for n, ((name, major), unit) in enumerate(zip(names, units, strict=True)):
        # Below in one criterion or not, unknown in another, with a major nobody has placed.
        yield (
            name,
            person(
                "tc_kt",
                unit=unit,
                first_held="2013-01-01",
                born=None if n % 5 == 4 else "1970-06-20",
                hoc_van="thpt",
                chuyen_mon="so_cap" if n % 3 == 0 or name in CHROME else "trung_cap",
                field=major,
                llct="so_cap",
            ),
        )


def _ledger(store: Store, officials: list[tuple[int, str, str]]) -> None:
    (first, unit, post), (second, other, _), (third, _, _) = officials
    case = {
        "post": post,
        "instrument": "nd_108_2014",
        "point": "a",
        "leaving_on": date(2018, 7, 1),
        "reduces": True,
        "insurance_months": 300,
        "hazard_months": 0,
        "current_salary": 5_000_000,
        "average_salary": 5_000_000,
        "decided_on": date(2018, 6, 1),
        "benefit_paid": 1_000_000,
    }
    numbers = [tagged("- A"), tagged("<b>x</b>")]
    rows = {
        "headcount": [{"unit_id": u, "year": 2015, "assigned": 20, "document": tagged("*a*")} for u in (unit, other)],
        "downsizing_target": [
            {"unit_id": u, "year": 2018, "target": 1, "document": tagged("[x](http://a.b)")} for u in (unit, other)
        ],
        "downsizing_case": [
            case | {"case_id": n, "person_id": p, "unit_id": u, "policy": "nghi_huu", "decision": tagged("$x$")}
            for n, p, u in zip(numbers, (first, second), (unit, other), strict=True)
        ],
        "case_step": [
            {"case_id": n, "status": s, "on_date": date(2018, 6, 1), "reason": r, "note": tagged(":red[x]")}
            for n, s, r in zip(numbers, ("da_chi_tra", "rut"), (None, "khac"), strict=True)
        ],
        "candidate_decision": [
            {"person_id": third, "on_date": date(2018, 6, 1), "decision": "khong", "reason": tagged("www.a.b")}
        ],
        "evaluation": [
            {"person_id": third, "year": y, "class": "han_che", "why_not": None, "reported_on": date(y, 12, 31)}
            for y in (2016, 2017)
        ],
    }
    record_ledger(all_of(store), Ledger(rows), file=tagged("sổ_[x](http://a.b).xlsx"), made_by=tagged("a@b.vn"))
