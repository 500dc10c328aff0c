"""On screen there are words: no code, no English, no machine's date, whatever the query."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.readers import all_of
from common.reading import is_for_people
from core.columns import BY_HEADING, COLUMNS, HEADINGS, KINDS, SHOWN_AS_TEXT
from core.store import QUERIES, Filters, Store, load_query, query_names
from core.vietnamese import date_short
from core.words import HIDDEN, OFFICIALS, Words, as_text, partial

DAYS = (date(2018, 12, 31), date(2024, 1, 1), date(2025, 8, 1))
# Lists made for the program itself: the vocabulary, and what it needs to draw a map and to enter a decision.
FOR_THE_PROGRAM = {
    "words": "the vocabulary itself: its codes are its content",
    "decidable": "feeds the dialog for entering a decision, which names everything itself",
    "decisions": "shown as cards by standards.sections, which names everything itself",
    "rule_history": "shown by standards.sections, which names everything itself",
}
# Identifiers that say so in their heading.
IDENTIFIERS = {c for c, heading in HEADINGS.items() if heading.startswith("Mã ")}


@pytest.fixture(scope="module")
def words(district: Store) -> Words:
    return Words.of(all_of(district))


def test_officials_are_those_of_the_queries(district: Store) -> None:
    assert tuple(district.fetch("select official_groups() as groups").groups[0]) == OFFICIALS


@pytest.fixture(scope="module")
def codes(district: Store, words: Words) -> set[str]:
    """Every code of the vocabulary that is not also the word for itself, and those that have no word."""
    named = {c for c, label in zip(words.rows.code, words.rows.label, strict=True) if c != label}
    return named | set(district.fetch("select distinct kind from level").kind) | {"co_quan", "goc"}


def frames(store: Store, name: str) -> list[pd.DataFrame]:
    own = {
        "area": "mien_nui",
        "post": "bi_thu",
        "from_on": date(2015, 12, 31),
        "step": "year",
        "units": "now",
        "until": DAYS[-1],
        "province": "none",
        "sensitive": True,
    }
    people = range(1, 13) if "person_id" in load_query(name).parameters else [1]
    return [all_of(store).query(name, Filters(day), **own, person_id=p) for day in DAYS for p in people]


# The ledger has rows in the sample only: tests/downsizing/test_ledger.py looks at those.
LEDGER = {path.stem for path in (QUERIES / "downsizing").glob("*.sql")}
# What would be has rows in a supposition only: tests/supposing/test_supposition.py.
FORESIGHT = {path.stem for path in (QUERIES / "foresight").glob("*.sql")}


@pytest.mark.parametrize("name", sorted(set(query_names()) - set(FOR_THE_PROGRAM) - LEDGER - FORESIGHT))
def test_no_list_shows_a_code_or_a_date_of_the_machine(
    name: str, district: Store, words: Words, codes: set[str]
) -> None:
    found = frames(district, name)
    # A check of the data may find nobody; tests/queries/test_quality.py plants what each is to find.
    assert any(len(frame) for frame in found) or "problem" in found[0]
    wrong = set()
    for frame in found:
        shown = words.present(frame)
        assert len(shown) == len(frame)
        assert shown.columns.is_unique
        assert set(shown.columns) <= set(HEADINGS.values())
        for heading in set(shown.columns) - {HEADINGS[c] for c in IDENTIFIERS}:
            wrong |= {(heading, str(value)) for value in shown[heading] if not is_for_people(value, codes)}
    assert wrong == set()


def test_counts_of_nought_and_one_are_numbers(words: Words) -> None:
    frame = pd.DataFrame({"total": [0, 1], "below": [1, 1], "share_below": [0.0, 1.0], "in_force": [True, False]})
    shown = words.present(frame)
    assert shown[HEADINGS["total"]].tolist() == [0, 1]
    assert shown[HEADINGS["below"]].tolist() == [1, 1]
    assert shown[HEADINGS["share_below"]].tolist() == [0.0, 1.0]
    assert not any(isinstance(v, bool) for c in shown for v in shown[c])
    assert shown[HEADINGS["in_force"]].tolist() == ["Có", "Không"]


def test_an_empty_list_keeps_its_headings(district: Store, words: Words) -> None:
    for name in query_names():
        frame = district.seen_by(()).query(
            name,
            Filters(date(1990, 1, 1)),
            area="mien_nui",
            post="x",
            person_id=0,
            from_on=date(1989, 1, 1),
            step="year",
            units="then",
            until=date(1991, 1, 1),
            province="none",
            sensitive=True,
        )
        shown = words.present(frame.head(0))
        assert shown.empty
        assert list(shown.columns) == [HEADINGS[c] for c in frame.columns if c not in HIDDEN]


def test_what_is_held_is_told_by_its_criterion(words: Words) -> None:
    frame = pd.DataFrame(
        {
            "criterion": ["llct", "chuyen_mon", "tuoi_lan_dau", "tuoi_lan_dau", "nganh", "llct", "tin_hoc", "hoc_van"],
            "held": ["so_cap", "so_cap", "46", "12", "Luật kinh tế", "dang_hoc", None, "thpt"],
            "required": [
                "trung_cap",
                "trung_cap",
                "toi_da_45",
                "con_60_thang",
                "phu_hop",
                "trung_cap",
                "a",
                "tinh_quy_dinh",
            ],
        }
    )
    shown = words.present(frame)
    assert shown[HEADINGS["held"]].tolist() == [
        "Sơ cấp",
        "Sơ cấp",
        "46 tuổi",
        "12 tháng",
        "Luật kinh tế",
        "Đang học",
        None,
        "THPT",
    ]
    assert shown[HEADINGS["required"]].tolist() == [
        "Trung cấp",
        "Trung cấp",
        "Không quá 45 tuổi",
        "Còn đủ 60 tháng công tác",
        "Ngành phù hợp",
        "Trung cấp",
        "Chứng chỉ A",
        "Do UBND tỉnh quy định",
    ]


def test_a_major_written_like_a_code_is_still_a_major(words: Words) -> None:
    """What stands on a certificate is the reader's own text, whatever it looks like."""
    assert words.level("nganh", "=1+1") == "=1+1"
    assert words.level("nganh", "luat su") == "luat su"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("1975-06-20", date(1975, 6, 20)), ("1975-06", "06/1975"), ("1975", "1975"), ("", None), (None, None)],
)
def test_a_date_is_shown_no_more_exact_than_it_is_known(kept: str | None, shown: object) -> None:
    assert partial(kept) == shown


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_known_date_is_shown_in_the_order_of_this_country(day: date) -> None:
    assert as_text(partial(day.isoformat())) == date_short(day)
    assert as_text(partial(day.isoformat()[:7])) == date_short(day)[3:]
    assert as_text(partial(day.isoformat()[:4])) == date_short(day)[6:]


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT])
def test_nothing_is_a_dash(nothing: object) -> None:
    assert as_text(nothing) == "—"


def test_partial_dates_of_the_district(district: Store, words: Words) -> None:
    frame = all_of(district).query("roster", Filters(DAYS[0]))
    shown = dict(zip(frame.full_name, words.present(frame)[HEADINGS["birth_date"]], strict=True))
    assert shown["A Lăng Sơn"] == "1980"
    assert shown["Trần Văn Bình"] == "02/1980"
    assert shown["Lê Văn Đào"] == date(1970, 6, 20)
    assert shown["Đỗ Văn Ân"] is None


def test_the_filters_in_words(words: Words) -> None:
    filters = Filters(
        DAYS[0], ("20161", "99999"), ("can_bo",), ("bi_thu",), ("llct", "tuoi_lan_dau"), ("below", "unknown"), "ánh"
    )
    assert words.describe(filters, {"20161": "Khe Tre"}) == [
        ("Xã, thị trấn", "Khe Tre, 99999"),
        ("Nhóm", "Cán bộ"),
        ("Chức vụ, chức danh", "Bí thư Đảng ủy"),
        ("Tiêu chí", "Lý luận chính trị, Tuổi lần đầu"),
        ("Kết luận", "Chưa đạt, Thiếu dữ liệu"),
        ("Họ tên", "ánh"),
    ]
    assert words.describe(Filters(DAYS[0]), {}) == []


def test_a_heading_is_vietnamese() -> None:
    vietnamese = re.compile("[À-ỹ]")
    assert [h for h in HEADINGS.values() if not vietnamese.search(h)] == []
    assert [h for h in HEADINGS.values() if h != h.strip() or h[0] != h[0].upper()] == []


# Columns


def test_every_column_is_of_a_kind_and_a_code_has_a_vocabulary(words: Words) -> None:
    for column in COLUMNS.values():
        assert column.kind in KINDS, column
        assert bool(column.domain) == (column.kind == "code"), column
        assert column.kind != "code" or words.options(column.domain), column


def test_columns_of_one_heading_are_shown_alike() -> None:
    for column in COLUMNS.values():
        known = BY_HEADING[column.heading]
        alike = column.kind == known.kind or {column.kind, known.kind} <= set(SHOWN_AS_TEXT)
        assert alike, column
        assert column.width == known.width, column


@pytest.mark.parametrize("name", query_names())
def test_what_a_query_gives_is_of_the_kind_its_column_says(name: str, district: Store) -> None:
    for frame in frames(district, name):
        for code in frame:
            held = [v for v in frame[code] if not pd.isna(v)]
            kind = COLUMNS[str(code)].kind
            if kind in ("date", "expected"):
                assert all(isinstance(v, pd.Timestamp) for v in held), code
            elif kind == "flag":
                assert all(isinstance(v, bool | np.bool_) for v in held), code
            elif kind in ("number", "signed", "share", "year"):
                assert all(isinstance(v, int | float | np.number) for v in held), code
            else:
                assert not any(isinstance(v, pd.Timestamp | bool | np.bool_) for v in held), code
