"""What the page Thử tiêu chuẩn khác says: the answer, its numbers, its findings, and what exactly is supposed."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from core.mergers import TOWNSHIPS
from core.vietnamese import clean, date_short, inside, key, number
from core.words import Words
from documents.listing import Listing
from screen.charts import MOST_COMMUNES, most_changed
from screen.metric import Metric
from supposing.supposition import Province, SupposedLaw
from supposing.what_if import supposed

PROVINCE: Mapping[Province, str] = {
    "entered": "Theo quyết định đã nhập",
    "lowered": "Coi như tỉnh đã giảm",
    "none": "Coi như không giảm",
}
LISTS: Mapping[str, str] = {
    "flips": "Ai đổi kết luận",
    "below": "Ai chưa đạt",
    "transitional": "Ai trong lộ trình",
    "unknown": "Ai thiếu dữ liệu",
}
LONGEST_NAME = 60
# Names of drafts stand in titles, where other signs would be read as Markdown.
_PLAIN = re.compile(r"(?:[^\W_]|[ .,()/-])+")


def on_screen(title: str, what: str) -> str:
    """The title of a list without what the sentence of the page has said; its Excel file says it in full."""
    return f"Giả định: {inside(title.removesuffix(what).rstrip())}"


def sentence(total: pd.Series, criteria: pd.DataFrame, name: str, law: SupposedLaw, as_of: date, words: Words) -> str:
    """The page in one sentence: `total` is the row of `what_if_total`, `criteria` those of `what_if_by_criterion`."""
    according = supposed(name, law).removeprefix("nếu ")
    according += "," * ("," in according)
    still = number(int(total.below_now))
    if criteria.empty:
        same = f"vẫn {still} người chưa đạt" if total.below_now else "không có ai chưa đạt"
        return f"Không ai bị ảnh hưởng: {according} vào {date_short(as_of)} thì không kết luận nào thay đổi, {same}."
    told = [
        _below(total),
        _unjudged(total),
        _others(total, "transitional"),
        _others(total, "unknown"),
        _because(criteria, words),
    ]
    so = "; ".join(t for t in told if t)
    if not total.judged_now:
        none = f"Ngày {date_short(as_of)} không có tiêu chuẩn nào áp dụng cho những người đang xem."
        return f"{none} Nếu {according} vào ngày ấy: {so}."
    return f"Nếu {according} vào {date_short(as_of)}: {so}."


def _below(total: pd.Series) -> str:
    now, then = int(total.below_now), int(total.below)
    come, gone = int(total.newly_below), int(total.no_longer_below)
    how = f" ({_moves(come, gone)})" if come or gone else ""
    if not total.judged_now:
        return f"{number(then)} người chưa đạt" if then else "không có ai chưa đạt"
    if not then:
        return f"không còn ai chưa đạt, nay {number(now)} người" if now else "không có ai chưa đạt"
    return (
        f"vẫn {number(then)} người chưa đạt{how}"
        if now == then
        else (f"{number(then)} người chưa đạt thay vì {number(now)}{how}")
    )


def _unjudged(total: pd.Series) -> str:
    """Who is below no more may only be judged no more."""
    gone = int(total.total - total.judged)
    return f"{number(gone)} người đang được xét thì văn bản này không xét" if gone and total.no_longer_below else ""


def _moves(come: int, gone: int) -> str:
    return ", ".join([f"thêm {number(come)}"] * bool(come) + [f"bớt {number(gone)}"] * bool(gone))


def _others(total: pd.Series, verdict: str) -> str:
    now, then = int(total[f"{verdict}_now"]), int(total[verdict])
    what = {"transitional": "còn lộ trình", "unknown": "thiếu dữ liệu"}[verdict]
    if now == then:
        return ""
    if not then:
        return f"không còn ai {what}, nay {number(now)} người"
    if not now:
        return f"{number(then)} người {'vào diện ' * (verdict == 'transitional')}{what}"
    return f"{number(then)} người {what} thay vì {number(now)}"


def _because(criteria: pd.DataFrame, words: Words) -> str:
    worse = criteria.assign(worse=criteria.newly_below + criteria.newly_transitional + criteria.newly_unknown)
    worse = worse[worse.worse > 0]
    if worse.empty:
        return ""
    most = worse.sort_values("worse", ascending=False, kind="stable").iloc[0]
    label = words.label("criterion", str(most.criterion))
    return f"{'chủ yếu ' if len(worse) > 1 else ''}vì {inside(label)} ({number(int(most.worse))} người)"


def metrics(total: pd.Series, people: int) -> list[Metric]:
    """Four numbers; `people` is how many have another verdict in at least one criterion."""
    told = []
    for verdict, title in (("below", "Chưa đạt"), ("transitional", "Trong lộ trình"), ("unknown", "Thiếu dữ liệu")):
        now, then = int(total[f"{verdict}_now"]), int(total[verdict])
        if not total.judged_now:
            told.append(Metric(title, number(then), "hiện nay không xét", verdict))
            continue
        moved = f"{'tăng' if then > now else 'giảm'} {number(abs(then - now))}" if then != now else "không đổi"
        if verdict == "below" and (total.newly_below or total.no_longer_below):
            moved = _moves(int(total.newly_below), int(total.no_longer_below))
        told.append(Metric(title, f"{number(now)} → {number(then)}", moved, verdict))
    return [*told, Metric("Đổi kết luận", f"{number(people)} người", "ở ít nhất một tiêu chí", "flips")]


def coverage(total: pd.Series) -> str:
    """Who is judged by one law and not by the other; empty when they are the same people."""
    come, gone = int(total.total - total.judged_now), int(total.total - total.judged)
    said = []
    if come and total.judged_now:
        said.append(f"{number(come)} người hiện nay không có tiêu chuẩn nào sẽ được xét")
    if gone:
        said.append(f"{number(gone)} người đang được xét sẽ không còn tiêu chuẩn nào")
    return f"{'; '.join(said)}." if said else ""


def by_commune(communes: pd.DataFrame, *, judged_now: bool) -> str:
    """The finding of the main chart: rows of `what_if_by_commune`; `judged_now` unless nobody is judged today."""
    first = most_changed(communes).iloc[0]
    if not first.change:
        return "Số người ở mỗi kết luận không đổi"
    told = []
    for verdict, name in (("below", "chưa đạt"), ("transitional", "trong lộ trình"), ("unknown", "thiếu dữ liệu")):
        now, then = int(first[f"{verdict}_now"]), int(first[verdict])
        if now != then:
            told.append(f"{name} từ {number(now)} thành {number(then)}" if judged_now else f"{number(then)} {name}")
    if not told:
        told = [f"{number(int(first.newly_below))} người thành chưa đạt, cũng ngần ấy người thôi chưa đạt"]
    most = "" if len(communes) == 1 else " thay đổi nhiều nhất" if judged_now else " nhiều nhất"
    return f"{first.commune}{most}: {', '.join(told[:2])}"


def by_criterion(criteria: pd.DataFrame, words: Words) -> str:
    """The finding of the second chart: rows of `what_if_by_criterion`, the one that moves most people first."""
    if criteria.empty:
        return "Không tiêu chí nào làm ai đổi kết luận"
    first = criteria.iloc[0]
    most = "" if len(criteria) == 1 else " nhiều nhất"
    about = inside(words.label("criterion", str(first.criterion)))
    return f"Đổi kết luận{most} về {about}: {number(int(first.people))} người"


def how_to_read(left_out: int, kinds: str = TOWNSHIPS) -> str:
    """The line under the charts; `left_out` is how many communes are not drawn, `kinds` what they are called then."""
    said = "Thanh mảnh là hiện nay, thanh đậm là theo giả định. Bấm vào một dòng của biểu đồ để xem tên từng người."
    if not left_out:
        return said
    return f"{said} Vẽ {MOST_COMMUNES} {kinds} thay đổi nhiều nhất; {number(left_out)} {kinds} khác ở bảng bên dưới."


def narrowed(
    tables: Mapping[str, Listing],
    shows: str,
    commune: Sequence[str] | None,
    criterion: Sequence[str] | None,
    what: str,
    words: Words,
) -> Listing:
    """One of `LISTS`, of the commune (unit code, name) and the criterion (code,) that were clicked."""
    whole = tables["what_if" if shows == "flips" else "what_if_people"]
    rows, title = whole.frame, LISTS[shows]
    if shows != "flips":
        rows = rows[rows.verdict == shows]
    if commune:
        rows, title = rows[rows.unit_code == commune[0]], f"{title} ở {commune[1]}"
    if criterion:
        label = words.short("criterion", criterion[0])
        rows, title = rows[rows.criterion == criterion[0]], f"{title} về {inside(label)}"
    return replace(whole, title=f"{title} {what}", frame=rows.reset_index(drop=True))


def caption(name: str, law: SupposedLaw, as_of: date, total: pd.Series, *, drafted: bool) -> str:
    """What is supposed, said honestly; `drafted` when cells of a draft stand in place of the law's."""
    said = [coverage(total)]
    said += [
        f"Giả định, không phải kết luận: quy định như vào ngày {date_short(law.law_on)}, coi như đã áp dụng vào "
        f"{date_short(as_of)} cho những người đang giữ chức vụ ngày ấy, với hồ sơ ngày ấy.",
        f"Chức vụ, tiêu chí mà văn bản này không nêu thì theo quy định khác có hiệu lực ngày {date_short(law.law_on)}.",
    ]
    if drafted:
        said.append(f"Ô đã sửa là của {name}, chưa phải luật, và không có thời hạn chuyển tiếp.")
    said.append("Không ghi gì vào kho. Căn cứ ghi “chưa đối chiếu văn bản gốc” là dòng cần cơ quan xác nhận.")
    return " ".join(s for s in said if s)


def bad_name(name: str, taken: Collection[str], drafts: Collection[str], own: str | None) -> str | None:
    """Why a draft cannot be kept by this name, in one sentence; None when it can.

    `taken` are codes and names of real documents, `drafts` the names of kept drafts, `own` that of the one changed.
    """
    name = clean(name)
    if not key(name):
        return "Chưa có tên dự thảo. Nhập tên để lưu, ví dụ: Nâng chuẩn 2027."
    if not _PLAIN.fullmatch(name):
        return "Tên dự thảo chỉ gồm chữ, số, dấu cách và các dấu . , - / ( ). Sửa tên rồi lưu lại."
    if len(name) > LONGEST_NAME:
        return f"Tên dự thảo dài quá {LONGEST_NAME} ký tự. Rút ngắn rồi lưu lại."
    if key(name) in {key(t) for t in taken}:
        return f"“{name}” là tên của một văn bản có thật. Đặt tên khác cho dự thảo."
    if name != own and key(name) in {key(d) for d in drafts if d != own}:
        return f"Đã có dự thảo “{name}”. Chọn dự thảo ấy để sửa, hoặc đặt tên khác."
    return None


def differences(levels: Mapping[tuple[str, str], str | None], base: Mapping[tuple[str, str], Any], words: Words) -> str:
    """The cells of a draft that differ from its base: 'Tài chính - kế toán, Lý luận chính trị: Sơ cấp → Cao cấp'."""

    def level(criterion: str, code: Any) -> str:
        return words.label(criterion, code) if code else "Không quy định"

    return "; ".join(
        f"{words.label('post', post)}, {words.short('criterion', criterion)}: "
        f"{level(criterion, base.get((post, criterion)))} → {level(criterion, code)}"
        for (post, criterion), code in levels.items()
    )
