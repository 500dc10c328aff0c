"""What the data lack and where they contradict themselves: the checks of queries/quality/ and what they say in words.

A file of that folder whose rows have a column `problem` is a check: the first sentence of its comment is its message,
the rest says what to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from core import store as engine
from core.columns import HEADINGS
from core.mergers import TOWNSHIPS
from core.store import Filters, Reader, load_query
from core.vietnamese import date_short, inside, number, percent
from core.words import Words
from documents.listing import Listing, commune_names, listing
from screen import charts, parts, profile, wording
from screen.markdown import escaped
from screen.metric import Metric

FOLDER = "quality"
FIRST = 5
MOST_AGES = 20
_COUNTS = ("completeness", "list_age")
# A list older than this many days is called old. An office's habit, not law.
OLD_LIST_DAYS = 180
_KINDS = {"mau_thuan": ("red", "error"), "thieu": ("gray", "question_mark")}


@dataclass(frozen=True)
class Check:
    """A check that found somebody: what is wrong, what to do, and the people."""

    message: str
    advice: str
    kind: str
    found: Listing

    @property
    def people(self) -> int:
        """How many people it is about."""
        return int(self.found.frame.person_id.nunique())


def read(reader: Reader, chosen: Filters, *, named: bool = True) -> dict[str, pd.DataFrame]:
    """The rows of every query of the folder, by name; only of those that count when nobody is to be `named`."""
    names = sorted(p.stem for p in (engine.QUERIES / FOLDER).glob("*.sql"))
    return {name: reader.query(name, chosen) for name in names if named or name in _COUNTS}


def drawn(cells: pd.DataFrame) -> pd.DataFrame:
    """The rows of `completeness` that are drawn: of many places those that lack most."""
    lacking = (cells.total - cells.complete).groupby(cells.unit_code).sum()
    first = charts.first_places(
        lacking.sort_values(ascending=False, kind="stable").rename_axis("unit_code").reset_index()
    )
    return cells[cells.unit_code.isin(first.unit_code)]


def is_check(rows: pd.DataFrame) -> bool:
    """Whether the rows are those of a check."""
    return "problem" in rows


def broken(reader: Reader, words: Words, chosen: Filters, rows: Mapping[str, pd.DataFrame]) -> list[Check]:
    """The checks that found somebody: contradictions before gaps, then by the number of people."""
    found = []
    for name, frame in rows.items():
        if not is_check(frame) or frame.empty:
            continue
        message, _, advice = load_query(name).comment.replace("\n", " ").partition(". ")
        people = Listing(reader, words, message.rstrip("."), name, chosen, frame.drop(columns="problem_kind"))
        found.append(Check(message.rstrip("."), advice, str(frame.problem_kind.iloc[0]), people))
    order = list(_KINDS)
    return sorted(found, key=lambda c: (order.index(c.kind), -c.people, c.message))


def late(ages: pd.DataFrame) -> pd.DataFrame:
    """The communes of the query `list_age` whose newest list is too old."""
    return ages[ages.days_old > OLD_LIST_DAYS]


def share(cells: pd.DataFrame) -> float:
    """The part of the needed data that is there, over rows of the query `completeness`."""
    return float(cells.complete.sum() / cells.total.sum())


def sentence(
    cells: pd.DataFrame, ages: pd.DataFrame, unknown: int, contradicted: int | None, kinds: str = TOWNSHIPS
) -> str:
    """The answer of the page: how complete, how old, how many without a verdict or with a contradiction.

    `kinds` is what communes are called on the day.
    """
    old, never = len(late(ages)), int(ages.list_on.isna().sum())
    said = [f"{percent(share(cells))} ô dữ liệu cần thiết đã có"]
    if old and never:
        said.append(f"{number(old + never)} {kinds} không có danh sách nào trong {OLD_LIST_DAYS} ngày qua")
    elif old:
        said.append(f"{number(old)} {kinds} gửi danh sách quá {OLD_LIST_DAYS} ngày")
    elif never:
        said.append(f"{number(never)} {kinds} chưa gửi danh sách nào")
    if contradicted:
        said.append(f"{number(contradicted)} người có dữ liệu mâu thuẫn")
    if unknown:
        said.append(f"{number(unknown)} người chưa đủ dữ liệu để kết luận")
    return "; ".join(said) + "."


def nobody(reader: Reader, chosen: Filters, words: Words) -> str:
    """Why there is nobody whose data could be looked at."""
    if chosen.verdicts or chosen.criteria:
        return "Không có ai đang giữ chức vụ với bộ lọc đang chọn. Bấm “Xóa lọc” để xem tất cả."
    return wording.nobody(reader, chosen, words)


def contradicted(found: list[Check]) -> int:
    """How many people have data that contradict themselves."""
    return len({p for c in found if c.kind == "mau_thuan" for p in c.found.frame.person_id})


def metrics(
    cells: pd.DataFrame, ages: pd.DataFrame, unknown: int, contradicted: int | None, kinds: str = TOWNSHIPS
) -> list[Metric]:
    """The four numbers of the page."""
    needed, never = int(cells.total.sum()), int(ages.list_on.isna().sum())
    lists = f"và {number(never)} xã chưa gửi lần nào" if never else f"trong {number(len(ages))} {kinds}"
    missing = needed - int(cells.complete.sum())
    return [
        Metric(
            "Dữ liệu cần thiết đã có", percent(share(cells)), f"còn thiếu {number(missing)} trong {number(needed)} ô"
        ),
        Metric(f"Danh sách quá {OLD_LIST_DAYS} ngày", f"{number(len(late(ages)))} xã", lists),
        Metric("Dữ liệu mâu thuẫn", f"{number(contradicted)} người", "không thể cùng đúng")
        if contradicted is not None
        else Metric("Dữ liệu mâu thuẫn", "—", "chọn một tỉnh, huyện để xem"),
        Metric("Thiếu dữ liệu", f"{number(unknown)} người", "chưa kết luận được"),
    ]


def headline(cells: pd.DataFrame, words: Words) -> str:
    """What is missing most: 'Thiếu nhiều nhất: trình độ tin học (14 người)'."""
    by_field = (cells.total - cells.complete).groupby(cells.data_field).sum()
    most = int(by_field.max())
    if not most:
        return "Không thiếu mục dữ liệu cần thiết nào"
    named = [words.label("data_field", f) for f in words.options("data_field") if by_field.get(f) == most]
    text = ", ".join(map(inside, named))
    return f"Thiếu nhiều nhất: {text} ({number(most)} người)"


def draw(check: Check, *, expanded: bool) -> None:
    """A check folded under its message: what to do, and the people, each a click away from the profile."""
    colour, icon = _KINDS[check.kind]
    kind = check.found.words.label("problem_kind", check.kind)
    title = f":{colour}-badge[:material/{icon}: {kind}] {escaped(check.message)}: {number(check.people)} người"
    key = f"check-{check.found.query}"
    folded = parts.fold(title, key, expanded=expanded)
    if not folded.open:
        return
    with folded:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"{escaped(check.advice)} Bấm vào một dòng để mở hồ sơ.", width="content")
            parts.excel_button(check.found, key)
        # What is wrong stands beside the name: at the end of a long row it would be out of sight.
        names = ["person_id", "full_name", "problem"]
        rest = [c for c in check.found.frame if c not in names]
        on_screen = replace(check.found, frame=check.found.frame[names + rest])
        row = parts.grid(on_screen, key, alt=check.message, pick_row=True)
    if row is not None:
        profile.open_profile(int(check.found.frame.person_id[row]))


def ages_in_words(ages: pd.DataFrame) -> pd.DataFrame:
    """The rows of `list_age` for a table that reads Markdown; what is old says so beside its colour."""
    return pd.DataFrame(
        {
            HEADINGS["commune"]: [escaped(c) for c in ages.commune],
            HEADINGS["list_on"]: ["—" if pd.isna(d) else date_short(d) for d in ages.list_on],
            HEADINGS["days_old"]: [_age(d) for d in ages.days_old],
        }
    )


def _age(days: float) -> str:
    if pd.isna(days):
        return ":gray-badge[:material/question_mark: Chưa gửi danh sách nào]"
    if days > OLD_LIST_DAYS:
        return f":red-badge[:material/schedule: {number(int(days))} ngày, quá {OLD_LIST_DAYS} ngày]"
    return f"{number(int(days))} ngày"


def request(reader: Reader, words: Words, chosen: Filters, rows: pd.DataFrame) -> None:
    """What to ask a commune for: choose it, read the list, take the Excel file; `rows` are those of `requests`."""
    st.subheader("Đề nghị bổ sung", anchor=False)
    if rows.empty:
        st.success("Không phải đề nghị xã nào bổ sung: ai cũng có đủ dữ liệu cần thiết.", icon=":material/check:")
        return
    people = rows.groupby("commune").person_id.nunique()
    codes = [c for c, name in commune_names(reader, chosen).items() if name in people]
    names = commune_names(reader, chosen)
    code = st.selectbox(
        "Xã, thị trấn cần bổ sung",
        codes,
        key="request-commune",
        width=420,
        format_func=lambda c: f"{names[c]} ({number(int(people[names[c]]))} người)",
    )
    only = replace(chosen, communes=(code,))
    found = listing(reader, words, f"Đề nghị bổ sung hồ sơ: {names[code]}", "requests", only)
    row = parts.table(found, f"request-{code}", alt="Những người cần bổ sung dữ liệu và thiếu gì", pick_row=True)
    if row is not None:
        profile.open_profile(int(found.frame.person_id[row]))


def ways_of_counting(rows: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Titles and names of the queries behind the page, for "Cách tính"."""
    checks = {load_query(n).comment.replace("\n", " ").split(". ")[0]: n for n, f in rows.items() if is_check(f)}
    return {
        "Mức đầy đủ": "completeness",
        "Tuổi danh sách": "list_age",
        "Đề nghị bổ sung": "requests",
        "Thiếu dữ liệu": "total",
    } | checks
