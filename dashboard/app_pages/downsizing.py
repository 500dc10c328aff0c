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
QUERIES = {
    "Theo năm": "downsizing_progress",
    "Theo xã, thị trấn": "downsizing_by_commune",
    "Các trường hợp": "downsizing_cases",
    "Vì sao không thành": "downsizing_shortfall",
    "Đánh giá, xếp loại": "evaluation",
    "Các đợt": "downsizing_rounds",
    "Theo căn cứ và chính sách": "downsizing_by_policy",
    "Kinh phí": "downsizing_cost",
    "Rời đi tự nhiên": "natural_leavers",
    "Chưa đánh giá": "evaluation_missing",
    "Diện xem xét": "candidates",
    "Lối ra của người chưa đạt": "ways_out",
}
store, chosen = open_store(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
if said := st.session_state.pop("downsizing-said", None):
    st.success(said, icon=":material/check:")
rows = {title: store.query(name, chosen) for title, name in QUERIES.items()}
progress, by_commune, rounds = rows["Theo năm"], rows["Theo xã, thị trấn"], rows["Các đợt"]

parts.sentence(downsizing.sentence(progress, chosen.as_of))
figures = downsizing.figures(progress, by_commune, rows["Kinh phí"], chosen.as_of)
for n, (column, figure) in enumerate(zip(st.columns(len(figures), gap="xsmall"), figures, strict=True)):
    with column.container(border=True, gap=None):
        st.metric(figure.title, figure.value, figure.counted_of, delta_color="off", delta_arrow="off")
        st.button(
            "Xem từng người", key=f"show-{n}", type="tertiary", icon=":material/list:", on_click=downsizing.show,
            args=(figure.view,),
        )  # fmt: skip

st.subheader("Cộng dồn theo năm, so với mức ít nhất 10% đến năm 2021", anchor=False)
in_process = rounds[["year", "in_process"]]
picked = parts.chart(
    charts.downsizing(progress, in_process, downsizing.owes(by_commune), theme), f"course-{abs(hash(chosen))}",
    alt="Biên chế đã giảm cộng dồn theo năm so với chỉ tiêu; bảng theo năm bên dưới nêu cùng số liệu", pick=True,
)  # fmt: skip

view, year = st.columns([5, 1], vertical_alignment="bottom")
shown = view.pills(
    "Danh sách", list(downsizing.VIEWS), format_func=downsizing.VIEWS.__getitem__, key="downsizing-view",
    default="all", required=True,
)  # fmt: skip
of_year = year.selectbox(
    "Năm", sorted({int(y) for y in progress.year}), index=None, placeholder="Mọi năm", key="of-year"
)
found = downsizing.names(store, words, chosen, str(shown), int(picked[0]) if picked else of_year)
row = parts.table(found, "downsizing-names", alt="Những người đứng sau con số", pick_row=True)
if row is not None:
    record.open_record(int(found.frame.person_id[row]))

by_year, places, why, calendar, money, who = st.tabs(
    ["Theo năm", "Theo xã, thị trấn", "Vì sao chưa đạt", "Các đợt", "Kinh phí", "Diện xem xét"], key="downsizing-tabs"
)
tables = {t: Listing(store, words, t, QUERIES[t], chosen, rows[t]) for t in QUERIES}
with by_year:
    parts.table(tables["Theo năm"], "by-year", alt="Chỉ tiêu và kết quả từng năm")
with places:
    place = parts.table(tables["Theo xã, thị trấn"], "by-place", alt="Kết quả từng xã, thị trấn", pick_row=True)
    if place is not None:
        st.switch_page(HERE, query_params=filters.link(communes=(by_commune.unit_code[place],)))
with why:
    st.markdown(downsizing.unevaluated(rows["Đánh giá, xếp loại"]))
    if len(rows["Vì sao không thành"]):
        parts.chart(charts.reasons(rows["Vì sao không thành"], words, theme), "reasons", alt="Số hồ sơ theo lý do")
    parts.table(tables["Đánh giá, xếp loại"], "evaluation", alt="Xếp loại từng xã, từng năm")
with calendar:
    st.markdown(downsizing.next_round(rounds))
    parts.table(tables["Các đợt"], "rounds", alt="Các đợt và hạn trình hồ sơ")
    downsizing.round_forms(store, words, chosen, rounds)
with money:
    parts.table(tables["Theo căn cứ và chính sách"], "by-policy", alt="Trường hợp theo căn cứ và chính sách")
    parts.table(tables["Kinh phí"], "cost", alt="Kinh phí đã chi trả theo năm")

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
parts.explanations(QUERIES, store, words)
record.show(store, words)
