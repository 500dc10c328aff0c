"""What the page Dự báo says in words: who will be below if nobody does anything more, as a range and never one number.

Frames are rows of the queries of `queries/foresight`, each worked out by `supposition.ahead`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from core.mergers import TOWNSHIPS
from core.store import Filters, Reader, Store, Supposed
from core.vietnamese import date_short, inside, low_to_high, number, percent, signed
from core.words import Words
from documents.listing import Listing
from screen.metric import Metric
from supposing import supposition
from supposing.supposition import ahead, foreseen

HOW_TO_READ = (
    "Vùng tô là từ ít nhất đến nhiều nhất. Bấm vào một điểm để xem xã, thị trấn và tên từng người của ngày ấy. Đường "
    "chấm là ngày một tiêu chuẩn bắt đầu hoặc thôi áp dụng, hoặc ngày sáp nhập."
)
# Causes that are nobody's doing and have a day of their own: the law, a deadline, a merger. In the others people act.
_BEFALL = ("tieu_chuan", "het_han", "co_thoi_han", "het_pham_vi", "don_vi")
_MOST_CAUSES = 3
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Forecast:
    """The time from the day looked at until `until`, worked out once: every list of the page reads it."""

    reader: Reader
    words: Words
    filters: Filters
    until: date
    coming: Supposed

    def rows(self, query: str, on: date | None = None, step: str = "quarter") -> pd.DataFrame:
        """Rows of a query of the forecast, as of `on` where it is of one day."""
        return self.coming.query(query, self.filters, until=on or self.until, step=step)

    def listing(self, title: str, query: str, on: date | None = None, unit: str | None = None) -> Listing:
        """The same as a list under a title, of one commune where a unit code is given."""
        frame = self.rows(query, on)
        if unit is not None:
            frame = frame[frame.unit_code == unit].reset_index(drop=True)
        supposed = foreseen(self.reader.store, on or self.until)
        return Listing(self.reader, self.words, title, query, self.filters, frame, supposed)


@contextmanager
def looked_ahead(reader: Reader, words: Words, filters: Filters, until: date) -> Iterator[Forecast]:
    """The forecast of a page, whatever verdict was chosen: all that it tells is who is below."""
    filters = replace(filters, verdicts=())
    with ahead(reader, filters, until) as coming:
        yield Forecast(reader, words, filters, until, coming)


def default_until(as_of: date, last: date) -> date:
    """Three years after the day looked at, at the end of the month on 29 February; not beyond `last`, the last day of
    the standards of communes, as long as that is still to come."""
    coming = (pd.Timestamp(as_of) + pd.DateOffset(years=3)).date()
    return min(coming, last) if as_of < last else coming


def leaving(people: pd.DataFrame, until: date) -> str:
    """How many of those in post leave until a day: rows of `forecast_leaving`."""
    sure = int(people.latest.notna().sum())
    who = f"{span(sure, len(people))} người" if len(people) else "không ai"
    return (
        f"Đến {date_short(until)}, {who} đang giữ chức vụ, được xét hay không, nghỉ hưu hoặc nghỉ tinh giản đã phê "
        "duyệt."
    )


def span(low: int, high: int) -> str:
    """'41 đến 42', '41' where both ends are the same, 'nhiều nhất 2' where it may be nobody."""
    if low == high:
        return number(low)
    return f"nhiều nhất {number(high)}" if low == 0 else low_to_high(low, high)


def sentence(
    points: pd.DataFrame, people: pd.DataFrame, as_of: date, until: date, words: Words, known: date | None = None
) -> str:
    """The page in one sentence: 'Nếu không làm gì thêm, đến 31/12/2021 có 41 đến 42 người chưa đạt (nay 10): …'.

    The frames are of `forecast` by quarter (not empty) and `forecast_people`; `known` is the day the data speak for: of
    a time before it nobody can do anything more, and the day looked at is not today.
    """
    now, last = _at(points, as_of), _at(points, until)
    here, low, high = int(now.below_low), int(last.below_low), int(last.below_high)
    moves = _moves(people, words)
    why = f": {moves}" if moves else ""
    by, today = f"đến {date_short(until)}", _today(as_of, known)
    even, then = "Dù không làm gì thêm", "Nếu không làm gì thêm"
    if known and until <= known:
        even = then = f"Tính từ {date_short(as_of)}"
    if not high:
        told = f"không còn ai chưa đạt ({today} {number(here)}){why}" if here else "vẫn không có ai chưa đạt"
        said = [f"{even}, {by} {told}."]
    elif low == high == here and not moves:
        said = [f"{then}, {by} vẫn có {number(here)} người chưa đạt như {today}."]
    else:
        none = ", có thể không còn ai" if not low else ""
        people_then = f"{span(low, high)} người chưa đạt{none}"
        said = [f"{then}, {by} có {people_then} ({today} {number(here)}){why}."]
    if known and as_of < known < until:
        said[0] = f"Theo những việc đã ghi đến {date_short(known)}, {inside(said[0])}"
    peak = points.sort_values("below_high", ascending=False, kind="stable").iloc[0]
    if peak.below_high > max(here, high):
        said.append(f"Nhiều nhất là vào {date_short(peak.as_of)}: {span(int(peak.below_low), int(peak.below_high))}.")
    return " ".join(said)


def more(points: pd.DataFrame, communes: pd.DataFrame, until: date, kinds: str = TOWNSHIPS) -> str:
    """What belongs to the sentence: where somebody is still short, what could be done, of whom nothing can be said.

    The frames are of `forecast` and `forecast_by_commune`; `kinds` is what communes are called then.
    """
    last = _at(points, until)
    said = [_still_short(communes, kinds)] if last.below_high else []
    if decided := int(communes.could_be_lowered.sum()):
        # What a leader can change with a signature is no fate.
        said.append(
            f"{number(decided)} người trong đó không còn chưa đạt nếu UBND tỉnh quyết định giảm mức cho miền núi; "
            "chưa nhập quyết định ấy."
        )
    for what, told in (("unknown", "chưa đủ dữ liệu để kết luận"), ("transitional", "còn trong thời hạn chuyển tiếp")):
        if many := int(last[f"{what}_high"]):
            counted = span(int(last[f"{what}_low"]), many)
            said.append(f"{counted[:1].upper()}{counted[1:]} người {told}.")
    return " ".join(said)


def _today(as_of: date, known: date | None) -> str:
    """What the day looked at is called: today, unless the data speak for later ones as well."""
    return "ngày đầu" if known and as_of < known else "nay"


def metrics(
    points: pd.DataFrame,
    communes: pd.DataFrame,
    as_of: date,
    until: date,
    known: date | None = None,
    kinds: str = TOWNSHIPS,
) -> list[Metric]:
    """Below now and then, the communes that will still have somebody, and how often somebody must be sent to learn.

    `known` as in `sentence`.
    """
    today = _today(as_of, known)
    now, last = _at(points, as_of), _at(points, until)
    here, total, low, high = int(now.below_low), int(now.total_low), int(last.below_low), int(last.below_high)
    share = f"{percent(here / total)} của {number(total)} người" if total else "chưa xét ai"
    change = f"{signed(low - here)} đến {signed(high - here)} so với {today}"
    if low == high:
        change = f"không đổi so với {today}" if low == here else f"{signed(low - here)} so với {today}"
    units = communes[communes.below_high > 0]
    most = units.sort_values(["below_high", "below_low"], ascending=False, kind="stable").head(1)
    leading = "không còn nơi nào"
    if len(most):
        leading = (
            f"nhiều nhất: {most.commune.iloc[0]} ({_dash(int(most.below_low.iloc[0]), int(most.below_high.iloc[0]))})"
        )
    beyond = int(communes.beyond_courses.sum())
    return [
        Metric("Chưa đạt hiện nay" if today == "nay" else f"Chưa đạt vào {date_short(as_of)}", number(here), share),
        Metric(f"Chưa đạt vào {date_short(until)}", _dash(low, high), change),
        Metric(
            f"{kinds.capitalize()} còn người chưa đạt", _dash(int((communes.below_low > 0).sum()), len(units)), leading
        ),
        Metric(
            "Lượt học cần có, ít nhất",
            number(int(communes.courses_low.sum())),
            f"trừ {number(beyond)} người vướng tuổi" if beyond else "1 lượt: 1 người học 1 lớp",
        ),
    ]


def past(as_of: date, until: date, data_as_of: date) -> str | None:
    """What is said of a forecast over days that the lists have told of already; None where some are still to come."""
    if until > data_as_of:
        return None
    return (
        f"Thời gian này đã qua: danh sách đã có đến {date_short(data_as_of)}. Số người chưa đạt thật của từng ngày ở "
        f"trang Diễn biến; đây là dự báo tính từ {date_short(as_of)}, cộng với những thay đổi mà danh sách về sau đã "
        "ghi."
    )


def assumed(store: Store, as_of: date, data_as_of: date) -> str:
    """What is taken for granted; of a day in the past also that what the lists have told since is known."""
    granted = supposition.assumed(store)
    if as_of >= data_as_of:
        return granted
    known = f"Việc đã có trong danh sách từ {date_short(as_of)} đến {date_short(data_as_of)} cũng được tính."
    return f"{granted} {known}"


def turning(points: pd.DataFrame) -> str:
    """The chart's finding: 'Thay đổi nhiều nhất vào quý IV/2019: từ 8 đến 10 lên 41 đến 42 người'."""
    rows: list[Any] = list(points.itertuples())
    steps = [
        (abs(after.below_low - before.below_low) + abs(after.below_high - before.below_high), before, after)
        for before, after in pairwise(rows)
    ]
    if not any(moved for moved, _, _ in steps):
        return "Số người chưa đạt không đổi trong suốt thời gian này"
    _, before, after = max(steps, key=lambda step: step[0])
    up = after.below_high + after.below_low > before.below_high + before.below_low
    day = after.as_of
    return (
        f"Thay đổi nhiều nhất vào quý {_QUARTERS[day.quarter - 1]}/{day.year}: từ "
        f"{low_to_high(int(before.below_low), int(before.below_high))} {'lên' if up else 'xuống'} "
        f"{low_to_high(int(after.below_low), int(after.below_high))} người chưa đạt"
    )


def left_out(communes: int, kinds: str = TOWNSHIPS) -> str:
    """What is said under the bars when there are more communes than can be drawn."""
    return f"Vẽ những nơi còn nhiều người chưa đạt nhất; {number(communes)} {kinds} khác ở bảng số liệu."


def _at(points: pd.DataFrame, day: date) -> pd.Series:
    """The row of a day; nobody serves any more where there is none."""
    found = points[points.as_of == pd.Timestamp(day)]
    return found.iloc[0] if len(found) else pd.Series(0, index=points.columns)


def _moves(people: pd.DataFrame, words: Words) -> str:
    """'tăng 33 do tiêu chuẩn thay đổi từ 25/12/2019; giảm 1 đến 2 (1 đi học xong, có thể 1 nghỉ hưu)'."""
    net = int(people.change.sum())
    ways = [(1, "tăng"), (-1, "giảm")] if net >= 0 else [(-1, "giảm"), (1, "tăng")]
    return "; ".join(told for change, way in ways if (told := _way(people[people.change == change], way, words)))


def _way(people: pd.DataFrame, way: str, words: Words) -> str:
    if people.empty:
        return ""
    by_person: dict[tuple[bool, tuple[str, ...]], list[date]] = {}
    for _, rows in people.groupby("person_id", sort=False):
        # Who leaves early in one case for one reason and late in the other for another leaves in both: that is certain.
        sure = bool(rows.latest.notna().any()) or len(rows) > 1
        by_person.setdefault((sure, tuple(rows.change_cause)), []).append(rows.earliest.min().date())
    parts = [(sure, len(days), _cause(causes, days, words)) for (sure, causes), days in by_person.items()]
    high, low = sum(many for _, many, _ in parts), sum(many for sure, many, _ in parts if sure)
    parts.sort(key=lambda part: (not part[0], -part[1], " hoặc " in part[2]))
    if len(parts) > _MOST_CAUSES:
        # The list under the sentence has every one of them.
        others = parts[_MOST_CAUSES - 1 :]
        counted = [(sure, sum(many for s, many, _ in others if s == sure)) for sure in (True, False)]
        parts[_MOST_CAUSES - 1 :] = [(sure, many, "vì lý do khác") for sure, many in counted if many]
    if len(parts) == 1:
        (sure, many, cause), *_ = parts
        return f"{way} {number(many)} {cause}" if sure else f"có thể {way} {number(many)} {cause}"
    named = ", ".join(f"{'' if sure or not low else 'có thể '}{number(many)} {cause}" for sure, many, cause in parts)
    return f"{way} {span(low, high)} ({named})" if low else f"có thể {way} đến {number(high)} ({named})"


def _cause(causes: Sequence[str], on: Sequence[date], words: Words) -> str:
    named = " hoặc ".join(inside(words.label("change_cause", c)) for c in causes)
    if causes[0] not in (*_BEFALL, "bo_sung"):
        return named
    days = sorted(set(on)) if causes[0] in _BEFALL else []
    # More days than two nobody reads in a sentence; the list has them.
    since = f" từ {' và '.join(date_short(d) for d in days)}" if 0 < len(days) <= 2 else ""
    return f"do {named}{since}"


def _still_short(communes: pd.DataFrame, kinds: str) -> str:
    """'10 xã, thị trấn còn người chưa đạt, cần ít nhất 42 lượt học.'"""
    low, high = int((communes.below_low > 0).sum()), len(communes)
    counted = span(low, high)
    where = f"{counted[:1].upper()}{counted[1:]} {kinds} còn người chưa đạt,"
    if high == 1:
        where = str(communes.commune.iloc[0])
    least, most = int(communes.courses_low.sum()), int(communes.courses_high.sum())
    if not most:
        return f"{where} không lớp học nào giúp được: vướng tuổi khi giữ chức vụ lần đầu."
    return f"{where} {f'cần ít nhất {number(least)}' if least else f'có thể cần {number(most)}'} lượt học."


def _dash(low: int, high: int) -> str:
    """A range where there is little room: '41–42'."""
    return number(low) if low == high else f"{number(low)}–{number(high)}"
