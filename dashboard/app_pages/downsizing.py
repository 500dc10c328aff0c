"""Tinh giản biên chế: how far, why short, who is next, what it costs; every number leads to names."""

import streamlit as st

import charts
import downsizing
import filters
import parts
import policies
import record
from outputs.listing import Listing
from store import open_store

HERE = "app_pages/downsizing.py"
store, chosen = open_store(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
if said := st.session_state.pop("downsizing-said", None):
    st.success(said, icon=":material/check:")
turn = downsizing.led()
rows = {title: store.query(name, chosen) for title, name in downsizing.QUERIES.items()}
progress, by_commune, rounds = rows["Theo năm"], rows["Theo xã, thị trấn"], rows["Các đợt"]
plan, grades, reasons = rows["Kế hoạch"], rows["Đánh giá, xếp loại"], rows["Vì sao không thành"]

parts.sentence(downsizing.sentence(progress, chosen.as_of))
figures = downsizing.figures(rows, chosen.as_of)
for n, (column, figure) in enumerate(zip(st.columns(len(figures), gap="xsmall"), figures, strict=True)):
    with column.container(border=True, gap=None):
        st.metric(figure.title, figure.value, figure.counted_of, delta_color="off", delta_arrow="off")
        st.button(
            "Xem từng người", key=f"show-{n}", type="tertiary", icon=":material/list:", on_click=downsizing.show,
            args=(figure.view,),
        )  # fmt: skip

if chosen.criteria or chosen.verdicts:
    st.caption(downsizing.UNFILTERED)

st.subheader(downsizing.headline(plan), anchor=False)
course = charts.downsizing(progress, rounds[["year", "in_process"]], downsizing.owed(plan), theme)
# Another turn is another chart: the mark on what was clicked goes with the old one.
picked = parts.chart(
    course, f"course-{turn}-{abs(hash(chosen))}",
    alt="Biên chế đã giảm cộng dồn theo năm so với chỉ tiêu; bảng theo năm bên dưới nêu cùng số liệu", pick=True,
)  # fmt: skip

view, year = st.columns([5, 1], vertical_alignment="bottom")
shown = view.pills(
    "Danh sách", list(downsizing.VIEWS), format_func=downsizing.VIEWS.__getitem__, key="downsizing-view",
    default="all", required=True, on_change=downsizing.narrow, args=({},),
)  # fmt: skip
of_year = year.selectbox("Năm", downsizing.years(progress, rounds), index=None, placeholder="Mọi năm", key="of-year")
if picked:
    downsizing.lead_to(str(shown), int(picked[0]))
only = st.session_state.get("downsizing-only", {})
found = downsizing.names(store, words, chosen, str(shown), of_year, only)
row = parts.table(found, "downsizing-names", alt="Những người đứng sau con số", pick_row=True)
if row is not None:
    record.open_record(int(found.frame.person_id[row]))
if only:
    st.button("Bỏ chọn theo chỗ đã bấm", icon=":material/filter_alt_off:", on_click=downsizing.narrow, args=({},))

by_year, places, why, calendar, money, who = st.tabs(
    ["Theo năm", "Theo xã, thị trấn", "Vì sao chưa đạt", "Các đợt", "Kinh phí", "Diện xem xét"], key="downsizing-tabs"
)
tables = {t: Listing(store, words, t, name, chosen, rows[t]) for t, name in downsizing.QUERIES.items()}
with by_year:
    at = parts.table(tables["Theo năm"], "by-year", alt="Chỉ tiêu và kết quả từng năm", pick_row=True)
    if at is not None:
        downsizing.lead_to("all", int(progress.year[at]))
with places:
    at = parts.table(tables["Theo xã, thị trấn"], "by-place", alt="Kết quả từng xã, thị trấn", pick_row=True)
    if at is not None:
        st.switch_page(HERE, query_params=filters.link(communes=(by_commune.unit_code[at],)))
with why:
    st.markdown(downsizing.unevaluated(grades))
    if len(reasons):
        why_not = parts.chart(
            charts.reasons(reasons, words, theme), f"reasons-{turn}", alt="Số hồ sơ không thành theo lý do", pick=True
        )
        if why_not:
            downsizing.lead_to("missing", fall_reason=why_not[0])
    at = parts.table(tables["Đánh giá, xếp loại"], "evaluation", alt="Xếp loại từng xã, từng năm", pick_row=True)
    if at is not None:
        downsizing.lead_to("unevaluated", int(grades.year[at]), commune=grades.commune[at])
with calendar:
    st.markdown(downsizing.next_round(rounds))
    at = parts.table(tables["Các đợt"], "rounds", alt="Các đợt và hạn trình hồ sơ", pick_row=True)
    if at is not None:
        downsizing.lead_to("all", int(rounds.year[at]), round=int(rounds["round"][at]))
    downsizing.round_forms(store, words, chosen, rounds)
with money:
    by_policy, cost = rows["Theo căn cứ và chính sách"], rows["Kinh phí"]
    title = "Trường hợp theo căn cứ và chính sách"
    at = parts.table(tables["Theo căn cứ và chính sách"], "by-policy", alt=title, pick_row=True)
    if at is not None:
        downsizing.lead_to("all", legal_ref=by_policy.legal_ref[at], policy=by_policy.policy[at])
    at = parts.table(tables["Kinh phí"], "cost", alt="Kinh phí đã chi trả theo năm", pick_row=True)
    if at is not None:
        downsizing.lead_to("paid", int(cost.year[at]))
with who:
    st.markdown(downsizing.SUGGESTS)
    parts.table(tables["Diện xem xét"], "candidates", alt="Người có dữ kiện thuộc một căn cứ tinh giản")
    policies.decide(store, words, rows["Diện xem xét"], chosen.as_of)
    parts.table(tables["Lối ra của người chưa đạt"], "ways-out", alt="Thiếu gì, còn bao lâu, kịp học không, lối ra")
st.subheader("So sánh chính sách cho một người", anchor=False)
policies.side_by_side(store, words, policies.known_people(store, chosen), chosen.as_of)

with st.expander("Cập nhật sổ tinh giản", icon=":material/edit_note:"):
    downsizing.upkeep(store, words, chosen)
if filters.about()["sample"]:
    st.caption(downsizing.NOTE)
parts.explanations(downsizing.QUERIES, store, words)
record.show(store, words)
