"""How far downsizing has come: the sentence, the four numbers, what the chart over the years is called."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from core.vietnamese import number, percent
from documents.listing import Listing
from screen.metric import Metric


def sentence(tables: Mapping[str, Listing], as_of: date) -> str:
    """How far downsizing has come by the year looked at and what is still missing; of a plan that is over, how it ended
    and what was given up since. `tables` are those of the page."""
    progress, policies = tables["Theo năm"].frame, tables["Theo căn cứ và chính sách"].frame
    ended = over(tables["Kế hoạch"].frame, as_of)
    now = progress[progress.year <= as_of.year]
    if now.empty:
        return f"Năm {as_of.year} chưa có chỉ tiêu tinh giản nào."
    last, first = now.iloc[-1], int(now.year.iloc[0])
    done, years = int(last.cumulative_done), f"{first}–{int(last.year)}" if len(now) > 1 else str(first)
    waiting = int(policies.approved_waiting.sum())
    also, since = f"; {number(waiting)} người đã duyệt, chờ nghỉ" if waiting else "", ""
    if ended and as_of.year > ended:
        more = int(policies.done.sum()) - done
        gone = f"đã giảm thêm {number(more)} biên chế" if more else "chưa giảm thêm biên chế nào"
        also, since = "", f" Từ năm {ended + 1} sổ chưa có chỉ tiêu; {gone}{also}."
    if pd.isna(last.cumulative_target):
        return f"Đã giảm {number(done)} biên chế trong {years} với bộ lọc đang chọn.{since}"
    target = int(last.cumulative_target)
    share = f" ({percent(done / target)})" if target else ""
    missing = max(target - done, 0)
    of_target = f"{number(done)} trong {number(target)} biên chế theo chỉ tiêu"
    if ended:
        lacks = f"thiếu {number(missing)}" if missing else "đủ chỉ tiêu"
        return f"Hết kế hoạch {years}, đã giảm {of_target}{share}, {lacks}{also}.{since}"
    lacks = f"còn thiếu {number(missing)}" if missing else "đã đủ"
    return f"Đã giảm {of_target} {years}{share}, {lacks}{also}."


def over(plan: pd.DataFrame, as_of: date) -> int | None:
    """The last year of the plan if it is over by the end of a day; `plan` are the rows of `downsizing_plan`."""
    last = None if plan.empty else int(plan.last_year[0])
    return last if last is not None and as_of >= date(last, 12, 31) else None


def metrics(tables: Mapping[str, Listing], as_of: date) -> list[Metric]:
    """Four numbers of the page, each with the view that names the people behind it; `tables` are those of the page."""
    progress, rounds, policies, cost, plan = (
        tables[title].frame for title in ("Theo năm", "Các đợt", "Theo căn cứ và chính sách", "Kinh phí", "Kế hoạch")
    )
    ended = over(plan, as_of)
    now = progress[progress.year <= as_of.year]
    this_year = now[now.year == as_of.year]
    target = this_year.target.sum() if len(this_year) and this_year.target.notna().all() else None
    of_year = f"chỉ tiêu năm {as_of.year}: {number(int(target))}" if target is not None else "chỉ tiêu giao theo xã"
    if this_year.empty:
        of_year = f"năm {as_of.year} chưa có chỉ tiêu"
    lacking = None if now.empty or now.cumulative_target.isna().any() else int(now.cumulative_target.iloc[-1])
    done = int(now.cumulative_done.iloc[-1]) if len(now) else 0
    least = "chưa nhập biên chế được giao"
    if len(plan):
        due = f"đến {plan.last_year[0]} phải giảm" if not ended else f"kế hoạch đến {plan.last_year[0]} là"
        least = f"{due} ít nhất {number(int(plan.ten_percent[0]))}"
    return [
        Metric(
            f"Đã giảm năm {as_of.year}",
            number(int(rounds.done[rounds.year == as_of.year].sum())),
            of_year,
            ("done", {"year": as_of.year}),
        ),
        Metric(
            "Thiếu khi hết kế hoạch" if ended else "Còn thiếu đến nay",
            "—" if lacking is None else number(max(lacking - done, 0)),
            least,
            ("missing", {}),
        ),
        Metric(
            "Đã duyệt, chờ nghỉ",
            number(int(policies.approved_waiting.sum())),
            f"và {number(int(policies.in_process.sum()))} đang xử lý",
            ("waiting", {}),
        ),
        Metric(
            "Người hưởng chính sách",
            number(int(cost.people.sum())),
            f"đã chi trả {number(int(cost.benefit_paid.sum()))} đồng",
            ("paid", {}),
        ),
    ]


def has_course(tables: Mapping[str, Listing]) -> bool:
    """Whether there is anything to draw over the years: a target, or a case that counts."""
    progress, rounds = tables["Theo năm"].frame, tables["Các đợt"].frame
    counted = progress[["cumulative_target", "done", "approved_waiting"]].fillna(0).to_numpy().any()
    return bool(counted or rounds.in_process.any())


def headline(plan: pd.DataFrame) -> str:
    """The title of the chart: `plan` are the rows of `downsizing_plan`, none where nothing was assigned."""
    if plan.empty:
        return "Cộng dồn theo năm"
    return f"Cộng dồn theo năm, so với mức ít nhất {_share(plan)} đến năm {plan.last_year[0]}"


def owed(plan: pd.DataFrame) -> tuple[int, str] | None:
    """What must be given up by the end of the plan and how the line in the chart is called; None without a base."""
    if plan.empty:
        return None
    posts = int(plan.ten_percent[0])
    return posts, f"{_share(plan)} biên chế giao năm {plan.base_year[0]} ({plan.legal_ref[0]}): {number(posts)}"


def _share(plan: pd.DataFrame) -> str:
    return percent(float(plan.share_owed[0]), 0)
