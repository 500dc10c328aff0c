"""Parts of the page Tinh giản biên chế: what it says in words, its figures, the names behind them, its forms."""

import getpass
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from core.columns import HEADINGS
from core.conflict import Clashed, settled
from core.metric import Metric
from core.store import Filters, Store
from core.vietnamese import date_short, inside, number, percent
from core.words import Words
from documents.excel import MIME
from documents.listing import Listing, listing
from downsizing.forms import estimated, forms, rounds_of
from downsizing.law import without_grounds
from downsizing.ledger import Ledger, is_ledger, read_ledger, record
from downsizing.ledger_book import ledger_book
from intake.commit import NotAccepted
from intake.session import vocabulary
from intake.tables import refusal
from screen import charts, outcome, parts
from screen.filters import LATEST
from screen.markdown import escaped
from screen.reading import issues

NOTE = (
    "Báo cáo năm 2018 của huyện chỉ nêu kế hoạch tinh giản chưa năm nào đạt 100% vì khó đánh giá, phân loại, không nêu "
    "số liệu; mọi con số ở đây là dữ liệu minh hoạ."
)
UNFILTERED = "Tiêu chí và kết luận chỉ lọc bảng lối ra của người chưa đạt và người còn trong lộ trình."
SUGGESTS = (
    "Trang chỉ gợi ý từ dữ kiện; cán bộ quyết định. Chưa đạt chuẩn tự nó không phải căn cứ tinh giản; hai năm liền "
    "không hoàn thành nhiệm vụ là thôi việc, không phải tinh giản. Kho chưa có dữ kiện về nghỉ ốm và thôi giữ chức vụ "
    "lãnh đạo do sắp xếp nên không gợi ý theo hai căn cứ ấy. Số tháng học là ước lượng, không phải quy định."
)
ROUNDED_UP = "Mức ít nhất của từng nơi làm tròn lên nên cộng lại có thể lớn hơn mức chung."
FALLEN = ("rut", "khong_du_dieu_kien")
# What a figure is the sum of: the name of a view, and which cases it shows.
VIEWS = {
    "all": "Tất cả",
    "done": "Đã giảm",
    "waiting": "Chờ nghỉ",
    "process": "Đang xử lý",
    "paid": "Đã chi trả",
    "missing": "Vì sao còn thiếu",
    "natural": "Rời đi tự nhiên",
    "unevaluated": "Chưa đánh giá",
}


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
    """Four figures of the page, each with the view that names the people behind it; `tables` are those of the page."""
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


def show(view: str, **narrow: object) -> None:
    """Open the names behind a figure, of all or those with these values; meant as the callback of a button."""
    st.session_state["downsizing-view"], st.session_state["downsizing-narrow"] = view, narrow


def lead(view: str, **narrow: object) -> None:
    """The same from within a run: the list above is drawn again."""
    st.session_state["downsizing-next"] = (view, narrow)
    st.rerun()


def pick(figure: charts.Figure, key: str, alt: str) -> list[object] | None:
    """A chart that tells once what was clicked in it: with the click it becomes another, without the mark."""
    turns = f"{key}-turns"
    picked = parts.chart(figure, f"{key}-{st.session_state.setdefault(turns, 0)}", alt=alt, pick=True)
    if picked:
        st.session_state[turns] += 1
    return picked


def names(store: Store, words: Words, chosen: Filters) -> Listing:
    """The people behind the figure that was asked for, with what narrows the list and a button that takes it off."""
    if asked := st.session_state.pop("downsizing-next", None):
        show(asked[0], **asked[1])
    view = st.pills(
        "Danh sách", list(VIEWS), format_func=VIEWS.__getitem__, key="downsizing-view", default="all", required=True
    )
    narrow: dict[str, object] = st.session_state.setdefault("downsizing-narrow", {})
    if narrow:
        said = ", ".join(f"{HEADINGS[c].lower()} {_word(words, c, v)}" for c, v in narrow.items())
        st.button(
            escaped(f"Chỉ {said}"),
            key="downsizing-widen",
            icon=":material/close:",
            icon_position="right",
            on_click=show,
            args=(view,),
        )
    return _narrowed(_behind(store, words, chosen, str(view)), narrow)


def _word(words: Words, column: str, value: object) -> str:
    shown = words.present(pd.DataFrame({column: [value]}), hide=())
    return str(shown.iloc[0, 0]).lower() if column != "commune" else str(value)


def _behind(store: Store, words: Words, chosen: Filters, view: str) -> Listing:
    query = {"natural": "natural_leavers", "unevaluated": "evaluation_missing"}.get(view, "downsizing_cases")
    found = listing(store, words, VIEWS[view], query, chosen)
    rows, day = found.frame, pd.Timestamp(chosen.as_of)
    if query == "downsizing_cases":
        approved = rows.reduces & rows.case_status.isin(["da_phe_duyet", "da_chi_tra"])
        kept = {
            "done": approved & (rows.leaving_on <= day),
            "waiting": approved & (rows.leaving_on > day),
            "process": rows.reduces & rows.case_status.isin(["de_xuat", "dang_trinh"]),
            "missing": rows.case_status.isin(FALLEN),
            "paid": rows.case_status == "da_chi_tra",
        }
        rows = rows[kept.get(view, rows.case_id.notna())]
    return replace(found, frame=rows)


def _narrowed(found: Listing, narrow: dict[str, object]) -> Listing:
    rows = found.frame
    for column, value in narrow.items():
        if column in rows:
            rows = rows[rows[column] == value]
    # A column nobody has anything in only widens the list.
    rows = rows.reset_index(drop=True).drop(columns=[c for c in ("note",) if c in rows and rows[c].isna().all()])
    return replace(found, frame=rows)


def next_round(rounds: pd.DataFrame) -> str:
    """The round whose file is due next, and how many cases it has."""
    coming = rounds[rounds.days_left.notna()]
    if coming.empty:
        return "Chưa có đợt nào sắp đến hạn."
    due = coming.sort_values("due_on").iloc[0]
    return (
        f"Sắp đến hạn: đợt {int(due['round'])} năm {int(due.year)}, trình trước {date_short(due.due_on)} "
        f"(còn {number(int(due.days_left))} ngày), hiện có {number(int(due.cases))} hồ sơ."
    )


def unevaluated(evaluation: pd.DataFrame) -> str:
    """Share of people without a class in the last year that is known: why the report says plans slip."""
    if evaluation.empty:
        return "Chưa có kết quả đánh giá, xếp loại của năm nào."
    year = int(evaluation.year.max())
    last = evaluation[evaluation.year == year]
    none, total = int(last.chua_danh_gia.sum()), int(last.total.sum())
    weak = int((last.hoan_thanh + last.han_che + last.khong_hoan_thanh).sum())
    return (
        f"Năm {year}: {number(none)} trong {number(total)} người chưa được xếp loại ({percent(none / total)}); chỉ "
        f"{number(weak)} người xếp dưới mức tốt, nên căn cứ theo đánh giá gần như không chọn được ai."
    )


def ungrounded(store: Store, as_of: date) -> str | None:
    """Why nobody is suggested on a day whose decree the store knows no grounds of; None on other days."""
    decree = without_grounds(store, as_of)
    if decree is None:
        return None
    return (
        f"Từ {date_short(decree.effective_from)} áp dụng {decree.name}; danh mục chưa có các căn cứ của nghị định này "
        "nên chưa gợi ý được ai."
    )


def upkeep(store: Store, words: Words, chosen: Filters) -> None:
    """Keep the ledger: take it as a workbook, drop it back, or note one step of one case."""
    st.download_button(
        "Tải sổ tinh giản (Excel)",
        data=lambda: ledger_book(store, words),
        file_name="so-tinh-gian-bien-che.xlsx",
        mime=MIME,
        on_click="ignore",
        icon=":material/download:",
        key="ledger-take",
    )
    dropped = st.session_state.setdefault("ledger-drop", 0)
    file = st.file_uploader(
        "Sổ đã sửa: .xlsx, .xls, .ods, tối đa 20 MB", type=["xlsx", "xls", "ods"], key=f"ledger-{dropped}"
    )
    if file is not None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            if not is_ledger(path):
                other = "Tệp này không phải sổ tinh giản. Tải sổ ở trên, sửa rồi nạp lại."
                st.error(escaped(refusal(path) or other), icon=":material/error:")
                return
            ledger = read_ledger(path, store, vocabulary(store, chosen.as_of))
        st.markdown(f"Đọc được {number(ledger.read)} dòng, {number(len(ledger.rejected))} dòng bị trả lại.")
        issues(ledger.issues)
        if st.button(
            "Ghi nhận sổ", type="primary", icon=":material/save:", key="ledger-keep", disabled=not ledger.read
        ):
            keep(store, ledger, file.name, f"tệp {file.name}")
    _step(store, words, chosen)


def _step(store: Store, words: Words, chosen: Filters) -> None:
    cases = store.query("downsizing_cases", Filters(chosen.as_of, scope=chosen.scope))
    if cases.empty:
        return
    told = {c: f"{c}: {name}" for c, name in zip(cases.case_id, cases.full_name, strict=True)}
    shown = outcome.first_shown("step", "step-note", dict(_steps(_all_cases(store, chosen))))
    with st.form("ledger-step", border=False):
        above = st.container()
        st.markdown("**Ghi một bước xử lý**")
        left, right = st.columns(2)
        # Nothing is chosen beforehand: one careless click would take a paid case back to its beginning.
        case = left.selectbox(
            "Hồ sơ", list(told), index=None, format_func=told.__getitem__, key="step-case", placeholder="Chọn hồ sơ"
        )
        status = right.selectbox(
            "Trạng thái",
            words.options("case_status"),
            index=None,
            key="step-status",
            placeholder="Chọn trạng thái",
            format_func=lambda c: words.label("case_status", c),
        )
        day = left.date_input("Ngày", value=chosen.as_of, format="DD/MM/YYYY", key="step-day")
        reason = right.selectbox(
            "Lý do, nếu rút hoặc không đủ điều kiện",
            words.options("fall_reason"),
            index=None,
            key="step-reason",
            format_func=lambda c: words.label("fall_reason", c),
            placeholder="Không có",
        )
        note = st.text_input("Ghi chú, số quyết định", key="step-note")
        seen = outcome.sent(
            "step",
            "Ghi bước này",
            {"step": shown.get(case)},
            {"step": f"Hồ sơ {case}"},
            lambda _, step: _step_told(words, step),
            above,
        )
        if seen is None:
            return
        outcome.hush("ledger")
        step = (status, day, reason, note.strip() or None)
        row = dict(zip(("case_id", "status", "on_date", "reason", "note"), (case, *step), strict=True))

        def check() -> None:
            known = _all_cases(store, chosen)
            if wrong := wrong_step(row, known, words):
                raise NotAccepted(wrong)
            settled(seen, {"step": dict(_steps(known)).get(str(case))}, {"step": step})

        try:
            if seen.yielded:
                raise NotAccepted(outcome.KEPT)
            keep(store, Ledger({"case_step": [row]}), str(case), f"bước xử lý của hồ sơ {case}", check=check)
        except Clashed as clashed:
            outcome.wait("step", clashed.clashes)
            st.rerun()
        except NotAccepted as error:
            st.error(escaped(str(error)), icon=":material/error:")


def _all_cases(store: Store, chosen: Filters) -> pd.DataFrame:
    # What was noted for later days than the one looked at counts too.
    return store.query("downsizing_cases", Filters(LATEST, scope=chosen.scope))


_CaseStep = tuple[object, object, object, object]


def _steps(cases: pd.DataFrame) -> Iterator[tuple[str, _CaseStep]]:
    """Where each case stands: status, day, reason, note."""
    rows = cases[["case_id", "case_status", "status_on", "fall_reason", "note"]].astype(object)
    for case, status, on, *rest in rows.where(rows.notna(), None).itertuples(index=False):
        yield str(case), (status, on.date(), *rest)


def _step_told(words: Words, step: _CaseStep | None) -> str:
    if step is None:
        return "chưa có bước nào"
    status, on, reason, note = step
    told = [words.label("case_status", str(status)), date_short(on) if isinstance(on, date) else ""]
    told += [words.label("fall_reason", str(reason))] if reason else []
    return ", ".join([*told, *([str(note)] if note else [])])


def wrong_step(row: Mapping[str, object], cases: pd.DataFrame, words: Words) -> str | None:
    """Why a step cannot be noted, in one sentence: something is missing, or it would take a case backwards.

    `row` is of the table `case_step`, `cases` are rows of `downsizing_cases`. A case that was withdrawn may be proposed
    again, and the last step may be told again with another day; one that was approved or paid does not become a
    proposal again without undoing the batch that said so.
    """
    missing = {"case_id": "hồ sơ", "status": "trạng thái", "on_date": "ngày"}
    if lacks := [name for column, name in missing.items() if row[column] is None]:
        return f"Chưa chọn {', '.join(lacks)}. Chọn rồi bấm lại."
    if row["status"] in FALLEN and row["reason"] is None:
        return "Chưa ghi lý do rút hoặc không đủ điều kiện. Chọn lý do rồi bấm lại."
    if row["status"] not in FALLEN and row["reason"] is not None:
        return "Lý do chỉ ghi khi rút hoặc không đủ điều kiện. Bỏ lý do hoặc chọn lại trạng thái rồi bấm lại."
    known = cases[cases.case_id == row["case_id"]].iloc[0]
    now, then = (words.label("case_status", str(s)) for s in (known.case_status, row["status"]))
    day = date_short(known.status_on)
    if row["status"] != known.case_status and pd.Timestamp(str(row["on_date"])) < known.status_on:
        return f"Hồ sơ {row['case_id']} đã ở bước {now} ngày {day}. Chọn ngày từ {day} trở đi rồi bấm lại."
    course = ["de_xuat", "dang_trinh", "da_phe_duyet", "da_chi_tra"]
    if known.case_status in course and row["status"] in course[: course.index(known.case_status)]:
        return (
            f"Hồ sơ {row['case_id']} đã ở bước {now} ngày {day}, không lùi về {then}. Nếu bước ấy ghi sai, hoàn tác "
            "đợt đã ghi nó ở trang Nhập và cập nhật."
        )
    if known.case_status == "da_chi_tra" and row["status"] in FALLEN:
        return f"Hồ sơ {row['case_id']} đã chi trả ngày {day} nên không còn {inside(then)} được."
    return None


def keep(
    store: Store,
    ledger: Ledger,
    source: str,
    said: str,
    place: str = "ledger",
    *,
    check: Callable[[], object] = lambda: None,
) -> None:
    """Record what was entered, say so in its place, and draw the page again.

    `said` is what was recorded, in words; `check` may still refuse, see `downsizing.ledger.record`.
    """
    batch = record(store, ledger, file=source, made_by=getpass.getuser(), check=check)
    if batch:
        outcome.say(place, f"Đã ghi nhận thành đợt {batch}: {said}.", batch=batch)
    else:
        outcome.say(place, "Kho đã có đủ những điều này, không ghi gì thêm.")
    for form in ("step", "decide"):
        outcome.begin_anew(form)
    st.session_state["ledger-drop"] = st.session_state.get("ledger-drop", 0) + 1
    st.rerun()


def decided(store: Store, as_of: date) -> dict[int, tuple[str, str]]:
    """What was decided by the day about each candidate, and why."""
    rows = store.fetch(
        """
        select
            person_id, arg_max(decision, (on_date, batch_id)) as decision,
            arg_max(reason, (on_date, batch_id)) as reason
        from candidate_decision
        where on_date <= $as_of and batch_id in (select batch_id from batch where undone_at is null)
        group by person_id
        """,
        {"as_of": as_of},
    )
    return {int(p): (d, r) for p, d, r in rows.itertuples(index=False)}


def round_forms(store: Store, words: Words, chosen: Filters, rounds: pd.DataFrame) -> None:
    """The official forms of a round: choose it, take the workbook; and what the round would cost."""
    choices = rounds_of(rounds)
    if not choices:
        return
    pick, take = st.columns([1, 2], vertical_alignment="bottom")
    of = pick.selectbox(
        "Đợt",
        choices,
        format_func=lambda r: f"Đợt {r.round} năm {r.year}",
        key="round-form",
    )
    take.caption("Cột và tên biểu nào chưa đối chiếu văn bản gốc thì ghi ngay trên biểu.")
    take.download_button(
        "Tải Biểu 1a, 1b, 1c, 1d, 2, 3 (Excel)",
        data=lambda: forms(store, words, chosen, of),
        mime=MIME,
        file_name=f"bieu-tinh-gian-dot-{of.round}-{of.year}.xlsx",
        on_click="ignore",
        icon=":material/download:",
        key="round-forms",
    )
    people, money, without = estimated(store, chosen, of)
    lacks = f"; {number(without)} người chưa đủ số liệu hoặc chưa đủ điều kiện" if without else ""
    st.markdown(f"Ước tính đợt này: {number(people)} hồ sơ, {number(money)} đồng{lacks}.")


def details(tables: dict[str, Listing], store: Store, words: Words, chosen: Filters, theme: str | None) -> None:
    """Year by year, place by place, why short, the rounds, the money: each row leads to the names behind it."""
    by_year, places, why, calendar, money = st.tabs(
        ["Theo năm", "Theo xã, thị trấn", "Vì sao chưa đạt", "Các đợt", "Chính sách và kinh phí"],
        key="downsizing-tabs",
        on_change="rerun",
    )
    with by_year:
        _table(tables["Theo năm"], "by-year", "all", "year")
    with places:
        _table(tables["Theo xã, thị trấn"], "by-place", "all", "commune")
        if len(tables["Kế hoạch"].frame):
            st.caption(ROUNDED_UP)
    with why:
        fallen, evaluated = tables["Vì sao không thành"], tables["Đánh giá, xếp loại"]
        st.markdown(unevaluated(evaluated.frame))
        if len(fallen.frame):
            chart = charts.reasons(fallen.frame, words, theme)
            if reason := pick(chart, "reasons", "Số hồ sơ theo lý do không thành"):
                lead("missing", fall_reason=reason[0])
        _table(evaluated, "evaluation", "unevaluated", "commune", "year")
    with calendar:
        rounds = tables["Các đợt"]
        st.markdown(next_round(rounds.frame))
        _table(rounds, "rounds", "all", "year", "round")
        round_forms(store, words, chosen, rounds.frame)
    with money:
        _table(tables["Theo căn cứ và chính sách"], "by-policy", "all", "legal_ref", "policy")
        _table(tables["Kinh phí"], "cost", "paid", "year")


def _table(found: Listing, key: str, view: str, *columns: str) -> None:
    row = parts.table(found, key, alt=f"{found.title}; bấm một dòng để xem từng người", pick_row=True)
    if row is not None:
        lead(view, **{c: found.frame[c].iloc[row] for c in columns})
