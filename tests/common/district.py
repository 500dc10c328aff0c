"""A small district in which every kind of verdict occurs, entered the way lists are: `intake.commit.record`."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from core import store as engine
from core.store import Store
from core.vietnamese import clean, parse_date, split_name
from intake.commit import PERSON, POSTING, QUALIFICATION, Facts, record
from law.case import Level, Person, Term, person
from opening.new_store import fill

SHELL = engine.ROOT / "dashboard" / "shell.py"
KHE_TRE, HUONG_PHU, HUONG_HOA, THUONG_LO = "20161@2018", "20164@2018", "20176@2018", "20185@2018"

# Invented people. Each says what about him or her is worth looking at on 31/12/2018.
DISTRICT = {
    # Meets everything.
    "Hồ Thị Ánh": person(
        "bi_thu",
        unit=KHE_TRE,
        first_held="2010-07-01",
        gender="nu",
        hoc_van="thpt",
        chuyen_mon="dai_hoc",
        field="Luật",
        llct="cao_cap",
    ),
    # Political theory one level short; the same letters as the one above.
    "Hồ Thị Anh": person(
        "bi_thu",
        unit=HUONG_PHU,
        first_held="2010-07-01",
        born="1972-03-05",
        gender="nu",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Kế toán",
        llct="so_cap",
    ),
    # The right level in a field that does not fit.
    "Lê Văn Đào": person(
        "tc_kt",
        unit=KHE_TRE,
        first_held="2013-01-01",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Luật",
        tin_hoc="a",
    ),
    # Nothing is known about computer skills.
    "Trần Văn Bình": person(
        "vp_tk",
        unit=HUONG_PHU,
        first_held="2013-02-01",
        born="1980-02",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Hành chính",
    ),
    # Of the same name, meets everything.
    "Trần văn Bình": person(
        "tp_ht",
        unit=THUONG_LO,
        first_held="2014-03-01",
        born="1981-11-30",
        hoc_van="thpt",
        chuyen_mon="cao_dang",
        field="Luật",
        tin_hoc="b",
    ),
    # Too old when first elected.
    "A Lăng Sơn": person(
        "bt_doan",
        unit=THUONG_LO,
        first_held="2012-05-01",
        born="1980",
        hoc_van="thcs",
        chuyen_mon="so_cap",
        llct="so_cap",
    ),
    # Two posts at once: political theory is enough for one of them only.
    "Nguyễn Văn Dũng": person(
        [
            Term("bi_thu", "2015-07-01", first_held="2015-07-01", unit=HUONG_HOA),
            Term("ct_hdnd", "2015-07-01", first_held="2015-07-01", unit=HUONG_HOA),
        ],
        born="1971-01-10",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Luật",
        llct="so_cap",
    ),
    # No national standard before 01/08/2023.
    "Ra Pát Lộc": person("kct_thu_quy", unit=HUONG_HOA, since="2016-01-01", born="1985-09-09", hoc_van="thpt"),
    # The first day out of post is the day looked at.
    "Ngô Văn Cũ": person(
        "pct_ubnd",
        unit=KHE_TRE,
        first_held="2012-01-01",
        until="2018-12-31",
        hoc_van="thcs",
        chuyen_mon="so_cap",
        llct="so_cap",
    ),
    # A major that nobody has placed.
    "Phạm Thị Mơ": person(
        "vh_xh",
        unit=KHE_TRE,
        first_held="2015-01-01",
        born="1988-08-08",
        gender="nu",
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Thiên văn học",
        tin_hoc="a",
    ),
    # In post since nobody knows when; meets the level a province may allow.
    "Hồ Văn Lâm": person(
        [Term("dia_chinh", None, unit=THUONG_LO)],
        hoc_van="thpt",
        chuyen_mon="so_cap",
        field="Quản lý đất đai",
        tin_hoc="a",
    ),
    # Still studying; born nobody knows when.
    "Đỗ Văn Ân": person(
        "pho_bi_thu",
        unit=HUONG_PHU,
        first_held="2016-06-01",
        born=None,
        gender=None,
        hoc_van="thpt",
        chuyen_mon="trung_cap",
        field="Luật",
        also=[Level("llct", "trung_cap", studying=True)],
    ),
}

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩậắằặẹẻẽếềểệịỉọỏốồổộớờởợụủứừửựỳỷỹ]", re.IGNORECASE)
MACHINE = re.compile(
    r"(?<![-\w])(error|exception|traceback|file|not|could|cannot|invalid|usage|options?|arguments?|the|is|of|errno|none|nan)\b"
    r"|\d\.0\b",
    re.IGNORECASE,
)

# Where each page lives, by its folder: the rows of the table of pages in the shell.
PATHS = dict(re.findall(r'PageRow\(\s*"(\w+)", "[^"]+", "([^"]*)"', SHELL.read_text(encoding="utf-8")))

# Every part of a page that is folded, by its name.
FOLDS = {
    name
    for path in SHELL.parent.rglob("*.py")
    for name in re.findall(r'\bfold\(\s*"[^"]+",\s*"([\w-]+)"', path.read_text(encoding="utf-8"))
}
# The titles of the tabs of a page of which only the one that is open is made, by their key.
TABS = {
    key: re.findall(r'"([^"]+)"', titles)
    for path in SHELL.parent.rglob("*.py")
    for titles, key in re.findall(
        r'\bst\.tabs\(\s*\[([^\]]+)\],\s*key="([\w-]+)",\s*on_change', path.read_text(encoding="utf-8")
    )
}

Enter = Callable[[Store, Mapping[str, Person]], None]


@pytest.fixture(scope="session")
def enter() -> Enter:
    """Puts people into a store as one list: `enter(store, {"Hồ Thị Ánh": law.case.person(...)})`."""
    return put


@pytest.fixture
def new_district(tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Makes a district of the test's own, in memory or in the file that is named: `new_district("so.duckdb")`."""
    made: list[Store] = []

    def new_district(name: str | None = None) -> Store:
        store = Store(str(tmp_path / name) if name else ":memory:", create=True)
        made.append(store)
        fill(store, sample=False)
        put(store, DISTRICT)
        return store

    yield new_district
    for store in made:
        store.close()


@pytest.fixture(scope="session")
def district() -> Iterator[Store]:
    """The district, for tests that only read."""
    store = Store(":memory:", create=True)
    fill(store, sample=False)
    put(store, DISTRICT)
    yield store
    store.close()


@pytest.fixture(scope="session")
def district_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The district in a closed file, to be copied or only read."""
    path = tmp_path_factory.mktemp("district") / "huyện.duckdb"
    store = Store(str(path), create=True)
    fill(store, sample=False)
    put(store, DISTRICT)
    store.close()
    return path


def unfold(app: AppTest, nth: int = 0) -> None:
    """Have the next run make what is folded, too, and of tabs the nth, beginning anew after the last."""
    for name in FOLDS:
        app.session_state[f"fold-{name}"] = True
    for key, titles in TABS.items():
        app.session_state[key] = titles[nth % len(titles)]


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Runs a page over a closed store file of the test's own: `open_app(file, "substandard", xa=["20161"])`.

    What is folded is opened, unless `unfolded` says otherwise.
    """

    def open_app(file: Path, page: str, *, unfolded: bool = True, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("DASHBOARD_STORE", str(file))
        app = AppTest.from_file(str(SHELL), default_timeout=60)
        app.query_params.update(address)
        if unfolded:
            unfold(app)
        # Its address was typed: `switch_page` would have the overview run first.
        app._page_hash = calc_hash(PATHS[page])
        return app.run()

    yield open_app
    engine.close_stores()


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of an office with nobody in post yet in a closed file, to be copied or only read."""
    path = tmp_path_factory.mktemp("office") / "so.duckdb"
    with Store(str(path), create=True) as store:
        fill(store, sample=False)
    return path


@pytest.fixture
def office(office_file: Path, tmp_path: Path) -> Path:
    """The same in a closed file that the test may open."""
    return Path(shutil.copy(office_file, tmp_path / "so.duckdb"))


@pytest.fixture
def own_district(district_file: Path, tmp_path: Path) -> Path:
    """The district in a closed file that the test may open."""
    return Path(shutil.copy(district_file, tmp_path / "huyện.duckdb"))


@pytest.fixture(scope="session")
def told() -> Callable[[str], bool]:
    """Whether a text is one line an officer understands: Vietnamese, without the words of a machine."""

    def told(text: str) -> bool:
        line = text.removesuffix("\n")
        return "\n" not in line and bool(VIETNAMESE.search(line)) and not MACHINE.search(line)

    return told


def put(store: Store, people: Mapping[str, Person], title: str = "Danh sách thử", made_by: str = "người thử") -> None:
    """Put people into a store as one list."""
    persons, postings, qualifications = [], [], []
    for who, (name, p) in enumerate(people.items()):
        # The unit of the first post is where the list came from.
        name = clean(name)
        persons.append([who, name, *split_name(name), *_dated(p.born), p.gender, None, p.terms[0].unit])
        for t in p.terms:
            start = _dated(t.since) if t.since else (date.fromisoformat(t.reported), "bao_cao")
            postings.append([who, t.unit, t.post, *start, t.until, None, *_dated(t.first_held)])
        for q in p.levels:
            status = "dang_hoc" if q.studying else "da_co"
            qualifications.append([who, q.criterion, q.level, q.field, status, *_dated(q.obtained), q.reported, None])
    record(
        store,
        Facts(
            pd.DataFrame(persons, columns=PERSON, dtype=object),
            pd.DataFrame(postings, columns=POSTING, dtype=object),
            pd.DataFrame(qualifications, columns=QUALIFICATION, dtype=object),
        ),
        kind="list",
        title=title,
        as_of=date(2018, 12, 31),
        made_by=made_by,
    )


def _dated(written: str | None) -> tuple[date | None, str | None]:
    moment = parse_date(written)
    return (moment.on, moment.precision) if moment else (None, None)
