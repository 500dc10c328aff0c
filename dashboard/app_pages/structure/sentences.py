"""What the page Cơ cấu đội ngũ says in words: who the officials are by level, age and sex, and how that has changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from core.store import Filters
from core.vietnamese import date_short, inside, number, percent
from core.words import OFFICIALS, Words
from documents.listing import Listing
from screen import charts
from screen.metric import Metric

WHY_HIDDEN = "Dữ liệu cá nhân nhạy cảm: chỉ mở khi công việc cần đến. Số dưới 5 không nêu, không kèm tên."


@dataclass(frozen=True)
class _Part:
    """So many of so many people."""

    people: int
    total: int

    @property
    def share(self) -> float:
        return self.people / self.total if self.total else 0.0

    @property
    def percents(self) -> Decimal:
        """The share as it is written, in per cent with two decimals."""
        return (Decimal(repr(self.share)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def __str__(self) -> str:
        return f"{percent(self.share)} ({number(self.people)}/{number(self.total)})"


def about(chosen: Filters) -> Filters:
    """Whom the page speaks of: cán bộ and công chức, like the numbers of the country, unless the reader says whom."""
    return chosen if chosen.groups or chosen.posts else replace(chosen, groups=OFFICIALS)


def sentence(points: pd.DataFrame, words: Words) -> str:
    """The page in one sentence: 'Đến 31/12/2018: 50,66% (115/227) có trình độ đại học trở lên, tăng … ; nữ …'."""
    first, last = _ends(points)
    degree = _from_level(points, "chuyen_mon", "dai_hoc", words)
    women = [_part(points, day, "gender", ("nu",)) for day in (first, last)]
    said = f"Đến {date_short(last)}: {degree[1]} có trình độ đại học trở lên"
    if first == last:
        return f"{said}; nữ {women[1]}."
    more = _moved(degree[0], degree[1], "điểm phần trăm")
    return f"{said}, {more} so với {date_short(first)}; nữ {women[1]}, {_moved(women[0], women[1])}."


def metrics(points: pd.DataFrame, words: Words) -> list[Metric]:
    """Four numbers of the last day, each with what it was on the first."""
    first, last = _ends(points)
    women = [_part(points, day, "gender", ("nu",)) for day in (first, last)]
    totals = [part.total for part in women]
    shares = {
        "Đại học trở lên": _from_level(points, "chuyen_mon", "dai_hoc", words),
        "Lý luận chính trị từ trung cấp": _from_level(points, "llct", "trung_cap", words),
        "Nữ": women,
    }
    return [
        Metric("Đang giữ chức vụ", f"{number(totals[1])} người", _since(totals[0], totals[1], number(totals[0]))),
        *(
            Metric(title, f"{number(now.people)} ({percent(now.share)})", _since(before.share, now.share, str(before)))
            for title, (before, now) in shares.items()
        ),
    ]


def compared(points: pd.DataFrame, *, officials_only: bool) -> str:
    """What the numbers are compared with, and who is not among them."""
    first, last = _ends(points)
    said = [f"So với ngày {date_short(first)}."] if first != last else []
    if officials_only:
        said.append("Không kể người hoạt động không chuyên trách; muốn xem thì chọn nhóm ấy ở thanh bên.")
    return " ".join(said)


def caution(points: pd.DataFrame, dimension: str, words: Words) -> str:
    """What makes the earlier days look worse than they were: levels that are known, but not since when."""
    if dimension not in ("hoc_van", "chuyen_mon", "llct"):
        return ""
    first, last = _ends(points)
    before, now = (_part(points, day, dimension, ("unknown",)) for day in (first, last))
    if before.people <= now.people:
        return ""
    return (
        f"Ngày {date_short(first)} có {number(before.people)} người chưa có dữ liệu, ngày {date_short(last)} còn "
        f"{number(now.people)}: mức chưa rõ ngày đạt chỉ tính từ ngày danh sách đầu tiên nêu nó, nên một phần thay đổi "
        f"về {words.label('dimension', dimension).lower()} là do dữ liệu đầy đủ hơn."
    )


def marks(national: pd.DataFrame, dimension: str, chosen: Filters, words: Words) -> pd.DataFrame:
    """The numbers of the country that can stand beside the bars: of the same people, measured from the same ground."""
    order = charts.stacked(dimension, words)

    def from_the_ground(levels: str) -> bool:
        named = set(levels.split())
        return named == set(order[: len(named)])

    comparable = bool(chosen.groups) and set(chosen.groups) <= set(OFFICIALS) and not chosen.posts
    return national[(national.dimension == dimension) & national.levels.map(from_the_ground) & comparable]


def cited(shown: pd.DataFrame, words: Words) -> str:
    """Where the marks of the country come from."""
    told = []
    for row in shown.sort_values("as_of").to_dict("records"):
        when = f"{row['since'].year}–{row['as_of'].year}" if pd.notna(row["since"]) else date_short(row["as_of"].date())
        what = f"{percent(row['share'])} {inside(words.label(row['dimension'], row['category']))}"
        checked = inside(words.label("confidence", row["confidence"]))
        among = f" trong {number(row['people'])} người" if pd.notna(row["people"]) else ""
        told.append(f"Cả nước {when}: {what}{among}. Nguồn: {row['source']} ({checked}).")
    return " ".join(told)


def movement(rows: pd.DataFrame, first: date, last: date, words: Words) -> str:
    """Who came and left in words: 'Từ 31/12/2015 đến 31/12/2018: 17 lượt đến, 19 lượt rời đi (8 chuyển công tác)'."""
    moved = rows[rows.change != 0]
    period = f"Từ {date_short(first)} đến {date_short(last)}"
    if moved.empty:
        return f"{period} không có ai đến, không có ai rời đi"
    came, left = (int(moved.people[way * moved.change > 0].sum()) for way in (1, -1))
    by_reason = moved[moved.change < 0].groupby("flow").people.sum().sort_values(ascending=False, kind="stable")
    reasons = ", ".join(f"{number(int(n))} {inside(words.short('flow', str(flow)))}" for flow, n in by_reason.items())
    return f"{period}: {number(came)} lượt đến, {number(left)} lượt rời đi" + (f" ({reasons})" if reasons else "")


def people(found: Listing, dimension: str, category: str | None) -> Listing:
    """The people of `structure_people` in one category of a dimension, or all of them, under a title that says so."""
    day = date_short(found.filters.as_of)
    if category is None or found.ask:
        return replace(found, title=f"Người giữ chức vụ ngày {day}")
    there = found.frame[dimension].isna() if category == "unknown" else found.frame[dimension] == category
    named = f"{found.words.short('dimension', dimension)}: {inside(found.words.label(dimension, category))}"
    return replace(found, title=f"{named}, ngày {day}", frame=found.frame[there].reset_index(drop=True))


def movers(found: Listing, picked: Sequence[object] | None) -> Listing:
    """The rows of `flow_people` behind a part of the chart of flows (year, flow), or all of them."""
    if not picked or found.ask:
        return found
    year, flow = int(str(picked[0])), str(picked[1])
    there = (found.frame.turned_on.dt.year == year) & (found.frame.flow == flow)
    title = f"{found.words.label('flow', flow)}, năm {year}"
    return replace(found, title=title, frame=found.frame[there].reset_index(drop=True))


def _ends(points: pd.DataFrame) -> tuple[date, date]:
    return points.as_of.min().date(), points.as_of.max().date()


def _part(points: pd.DataFrame, day: date, dimension: str, categories: Collection[str]) -> _Part:
    there = points[(points.as_of == pd.Timestamp(day)) & (points.dimension == dimension)]
    return _Part(int(there.people[there.category.isin(categories)].sum()), int(there.total.max()))


def _from_level(points: pd.DataFrame, dimension: str, level: str, words: Words) -> tuple[_Part, _Part]:
    known = words.options(dimension)
    levels = known[known.index(level) :]
    first, last = _ends(points)
    return _part(points, first, dimension, levels), _part(points, last, dimension, levels)


def _moved(before: _Part, now: _Part, unit: str = "điểm") -> str:
    # The rounded shares are subtracted, so that the reader can check it: 29,96% after 31,44% is 1,48 points less.
    points = now.percents - before.percents
    if not points:
        return "không đổi"
    return f"{'tăng' if points > 0 else 'giảm'} {number(abs(points), 2)} {unit}"


def _since(before: float, now: float, written: str) -> str:
    return f"{'tăng' if now > before else 'giảm'} từ {written}" if now != before else "không đổi"


def reclassified(ended: pd.DataFrame) -> str:
    """What is said once cadres and civil servants of communes are no class of their own: rows of `standards_ended`."""
    if ended.empty:
        return ""
    first = ended.iloc[0]
    return (
        f"Từ {date_short(first.effective_on)} không còn phân loại cán bộ, công chức cấp xã ({first.ended_by}): ở đây "
        "đếm theo chức danh ghi trong danh sách của xã, ai trước là người hoạt động không chuyên trách mà nay giữ chức "
        "danh công chức thì tính từ ngày ấy. Số liệu cả nước là của cán bộ, công chức cấp xã trước đó, không so thẳng "
        "được."
    )
