"""What is asked of every query: its name and statement, a value for each of its parameters, filters at random."""

import re
import unicodedata
from datetime import date

import pandas as pd
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from core.store import QUERIES, Filters, load_query, query_names

DAY = date(2018, 12, 31)
NAMES = query_names()

# A value for each parameter of queries about one person, one post or one kind of area.
ONE: dict[str, object] = {
    "area": "mien_nui",
    "post": "bi_thu",
    "person_id": 1,
    "from_on": date(2015, 12, 31),
    "step": "year",
    "units": "then",
    "until": date(2020, 12, 31),
    "province": "lowered",
    "sensitive": True,
}
# Of the ledger of downsizing: no verdict and no criterion bears on it. tests/downsizing/test_ledger.py has their rows.
LEDGER = {path.stem for path in (QUERIES / "downsizing").glob("*.sql")}
# Of what would be: they read only what a supposition has let through; their rows: tests/supposing/test_supposition.py.
FORESIGHT = {path.stem for path in (QUERIES / "foresight").glob("*.sql")}


def code(sql: str) -> str:
    """The statement without comments and texts."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", sql)).lower()


def source(name: str) -> str:
    return code(load_query(name).sql)


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """Rows as plain values: ISO dates, None for nothing."""
    dates = frame.select_dtypes("datetime").columns
    frame = frame.assign(**{c: frame[c].dt.strftime("%Y-%m-%d") for c in dates}).astype(object)
    return [
        tuple(None if pd.isna(v) else v.item() if hasattr(v, "item") else v for v in row)
        for row in frame.itertuples(index=False)
    ]


CC, CB, KCT = "cong_chuc", "can_bo", "khong_chuyen_trach"

COMMUNES = ("20161", "20164", "20176", "20179", "20185")
GROUPS = (CB, CC, KCT)
POSTS = ("bi_thu", "ct_hdnd", "ct_nd", "bt_doan", "tc_kt", "tp_ht", "vh_xh", "cht_quan_su", "kct_thu_quy")
CRITERIA = ("hoc_van", "chuyen_mon", "nganh", "llct", "qlnn", "tin_hoc", "tieng_dtts", "tuoi_lan_dau")
VERDICTS = ("below", "unknown", "transitional", "meets", "exempt")
DAYS = [
    date(2004, 2, 26),
    date(2004, 2, 27),
    date(2012, 12, 13),
    date(2012, 12, 14),
    DAY,
    date(2019, 12, 25),
    date(2020, 1, 1),
    date(2023, 7, 31),
    date(2023, 8, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
]


def some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=3).map(tuple)


SEARCHES = (
    st.sampled_from(["", "", "", "anh", "ÁNH", "hồ v", "dao", "%", "'", "  ", unicodedata.normalize("NFD", "Ánh")])
    | st.text()
)
FILTERS = st.builds(
    Filters,
    st.sampled_from(DAYS),
    some(COMMUNES),
    some(GROUPS),
    some(POSTS),
    some(CRITERIA),
    some(VERDICTS),
    SEARCHES,
)
SCOPES = st.sampled_from([("vn",), ("vn",), ("46/483",), ("20161", "20185"), ()])
FEW = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
