"""What the overview says in words: its sentence, its numbers with their change, and what to look at first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.mergers import TOWNSHIPS
from core.office_map import Drawn
from core.vietnamese import date_short, inside, number, percent
from core.words import Words
from screen import charts, filters
from screen.metric import Metric

_NOT_COMPARED = "không so được với {day}"


@dataclass(frozen=True)
class Pointer:
    """A sentence and the filters that show the people it speaks of."""

    text: str
    shows: dict[str, Any]


def summary(total: pd.Series, groups: Iterable[str], words: Words) -> str:
    """The sentence of the page: `total` is the row of the query `total`, `groups` the groups it counts."""
    people = f"{number(int(total.total))} {named(groups, words)}"
    said = (
        f"{number(int(total.below))} trong {people} chưa đạt chuẩn ({percent(total.share_below)})"
        if total.below
        else f"Không có ai chưa đạt chuẩn trong {people}"
    )
    if total.transitional:
        said += f"; {number(int(total.transitional))} người còn trong lộ trình"
    if total.unknown:
        said += f"; {number(int(total.unknown))} người chưa đủ dữ liệu để kết luận"
    return said + "."


def named(groups: Iterable[str], words: Words) -> str:
    """'cán bộ, công chức' for the groups that are counted."""
    return ", ".join(words.label("group", g).removesuffix(" cấp xã").lower() for g in groups)


def metrics(
    total: pd.Series,
    by_group: pd.DataFrame,
    total_before: pd.Series,
    by_group_before: pd.DataFrame,
    before: date,
    words: Words,
    over: Collection[str] = (),
) -> list[Metric]:
    """At most four numbers: people below in each group, missing data, and who is still given time.

    `over` are the groups, by their labels, whose standards ended since the day `before`: a number that fell by that
    is not compared.
    """
    said = []
    for row in by_group.to_dict("records"):
        earlier = by_group_before[by_group_before.group == row["group"]].below
        said.append(
            Metric(
                f"{words.short('group', row['group'])} chưa đạt",
                f"{number(row['below'])}/{number(row['total'])} :small[({percent(row['share_below'])})]",
                _NOT_COMPARED.format(day=date_short(before))
                if words.label("group", row["group"]) in over
                else change(row["below"], earlier.iloc[0] if len(earlier) else None, before),
                {"groups": (row["group"],), "verdicts": ()},
            )
        )
    # After three groups there is room for one number more: that of the verdict with more people.
    for verdict in sorted(("unknown", "transitional"), key=lambda v: -total[v] if len(said) == 3 else 0):
        known = total_before[verdict] if total_before.total else None
        said.append(
            Metric(
                words.label("verdict", verdict),
                f"{number(int(total[verdict]))} người",
                _NOT_COMPARED.format(day=date_short(before)) if over else change(total[verdict], known, before),
                {"verdicts": (verdict,)},
            )
        )
    return said[:4]


def change(now: int, earlier: int | None, before: date) -> str:
    """'giảm 3 so với 31/12/2017'; without people on the earlier day there is nothing to compare with."""
    day = date_short(before)
    if earlier is None:
        return f"chưa có số liệu {day}"
    if now == earlier:
        return f"không đổi so với {day}"
    return f"{'tăng' if now > earlier else 'giảm'} {number(abs(int(now) - int(earlier)))} so với {day}"


def leading(communes: pd.DataFrame, kinds: str = TOWNSHIPS) -> str:
    """Which commune has most people below: 'Thượng Long có 4 trong 21 người chưa đạt'.

    `kinds` is what communes are called on the day.
    """
    most = communes[communes.below == communes.below.max()]
    first = most.iloc[0]
    if not first.below:
        where = first.commune if len(communes) == 1 else f"{number(len(communes))} {kinds} này"
        return f"Không có ai chưa đạt chuẩn ở {where}"
    if len(most) == 1:
        return f"{first.commune} có {number(int(first.below))} trong {number(int(first.total))} người chưa đạt"
    who = " và ".join(most.commune) if len(most) == 2 else f"{number(len(most))} {kinds}"
    return f"{who} cùng có {number(int(first.below))} người chưa đạt, nhiều nhất"


def by_share(communes: pd.DataFrame) -> pd.DataFrame:
    """The rows of `communes` with the highest shares of people below, as many as are drawn of many."""
    ordered = communes.sort_values(["share_below", "below"], ascending=False, kind="stable")
    return ordered.head(charts.MOST_PLACES).reset_index(drop=True)


def worst(communes: pd.DataFrame) -> str:
    """Where the share of people below is highest: 'Tỷ lệ chưa đạt cao nhất: huyện A Lưới 9,30%'."""
    first = by_share(communes).iloc[0]
    return f"Tỷ lệ chưa đạt cao nhất: {first.commune} {percent(first.share_below)}"


def how_to_read(communes: pd.DataFrame, own: Drawn | None, kinds: str = TOWNSHIPS, many: bool = False) -> str:
    """The line under the map; `own` is what is drawn of the office's own map, None for tiles or, of `many`, bars."""
    said = f"Bấm vào một {kinds} để xem {'danh sách' if filters.chosen().per == 'commune' else 'bên trong'}. "
    if many:
        return said + f"Vẽ {charts.MOST_PLACES} nơi đứng đầu trong {number(len(communes))}; đủ cả ở bảng bên dưới."
    if own is None:
        return said + "Ô càng đậm, tỷ lệ chưa đạt càng cao."
    said += "Ranh giới do cơ quan nạp, chỉ mang tính minh họa."
    absent = communes.commune[~communes.unit_code.isin(own.shapes.keys())]
    far = communes.commune[communes.unit_code.isin(own.shapes.keys() - own.frame)]
    if len(absent):
        said += f" Chưa có ranh giới của {', '.join(absent)}."
    if len(far):
        said += f" Ở xa nên ngoài khung bản đồ: {', '.join(far)}."
    return said


def attention(worst: pd.DataFrame, total: pd.Series, effect: pd.DataFrame, unmapped: pd.DataFrame) -> list[Pointer]:
    """At most five things to look at first.

    They come from the queries `attention`, `total` (its row), `decision_effect` and `unmapped_fields`.
    """
    others = []
    if total.transitional:
        text = f"{number(int(total.transitional))} người còn trong lộ trình: cử đi đào tạo trước khi hết thời hạn"
        others.append(Pointer(text, {"verdicts": ("transitional",)}))
    if total.unknown:
        text = f"{number(int(total.unknown))} người chưa đủ dữ liệu để kết luận: cần xã bổ sung hồ sơ"
        others.append(Pointer(text, {"verdicts": ("unknown",)}))
    if len(unmapped):
        fields = [*dict.fromkeys(unmapped.field)]
        more = f" và {number(len(fields) - 3)} ngành khác" if len(fields) > 3 else ""
        text = f"Chuyên ngành chưa được đối chiếu với chức danh: {', '.join(fields[:3])}{more}"
        others.append(
            Pointer(text, {"criteria": ("nganh",), "verdicts": ("unknown",), "posts": _codes(unmapped.position)})
        )
    if len(effect):
        text = (
            f"{number(effect.person_id.nunique())} người sẽ đạt thêm tiêu chí nếu UBND tỉnh quyết định giảm mức "
            "cho miền núi"
        )
        shows = {"posts": effect.position, "criteria": effect.criterion, "verdicts": effect.verdict}
        others.append(Pointer(text, {name: _codes(values) for name, values in shows.items()}))
    first = [
        Pointer(
            f"{row['commune']}: {number(row['below'])} người chưa đạt về {inside(row['criterion_label'])}",
            filters.at(row["unit_code"], filters.chosen()) | {"criteria": (row["criterion"],), "verdicts": ()},
        )
        for row in worst.head(5 - len(others)).to_dict("records")
    ]
    return first + others


def _codes(values: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
