"""Tiêu chuẩn: which rule binds which post on the day, its article, how sure we are of it, and how it came about."""

import streamlit as st

from app_pages.standards import sections
from documents.listing import listing
from screen import access, filters, parts

reader, chosen = access.reader(), filters.chosen()
words = filters.words()

area = st.segmented_control(
    "Địa bàn",
    words.options("area"),
    default="mien_nui",
    format_func=lambda a: words.label("area", a),
    key="area",
    required=True,
    label_visibility="collapsed",
)
in_force = reader.query("rules_in_force", chosen, area=area)

parts.sentence(sections.sentence(in_force, words, chosen.as_of))
grid = sections.grid(in_force, words)
if len(grid):
    st.table(grid, hide_index=True)
    st.caption("† Chưa đối chiếu văn bản gốc, cần cơ quan xác nhận. Ô trống: không xét tiêu chí này.")
for note in (sections.out_of_scope(in_force, words), *sections.new_titles(reader.query("new_titles", chosen))):
    if note:
        parts.note(note)
guidance = listing(reader, words, "Hướng dẫn, không phải là luật", "guidance_in_force", chosen)
if len(guidance.frame):
    parts.table(guidance, "guidance", alt="Hướng dẫn đang áp dụng")

parts.heading("Quy định của một chức vụ, chức danh")
posts = list(dict.fromkeys(in_force.position)) or words.options("post")
post = st.selectbox("Chức vụ, chức danh", posts, format_func=lambda p: words.label("post", p), key="post")
sections.cards(in_force[in_force.position == post], words)
folded = parts.fold("Quy định qua các thời kỳ", "history", ":material/history:")
if folded.open:
    with folded:
        history = reader.query("rule_history", chosen, area=area, post=post)
        st.dataframe(
            parts.screen(sections.history_in_words(history, words)),
            hide_index=True,
            height="content",
            alt="Quy định qua các thời kỳ",
            column_config=parts.columns(sections.history_in_words(history, words)),
            key="history",
        )

parts.heading("Quyết định của UBND tỉnh")
sections.decisions(reader, words, chosen)
effect = listing(reader, words, "Người sẽ đạt nếu UBND tỉnh giảm mức", "decision_effect", chosen)
if len(effect.frame):
    parts.table(effect, "effect", alt="Người sẽ đạt nếu tỉnh có quyết định")

parts.heading("Ngành đào tạo phù hợp với chức danh")
sections.field_fits(reader, words, chosen)

parts.table(
    listing(reader, words, "Bảng quy định đang áp dụng", "rules_in_force", chosen, area=area),
    "rules",
    alt="Bảng quy định đang áp dụng",
)
parts.explanations(
    {
        "Số người chưa đạt, thiếu dữ liệu, trong lộ trình": "headline",
        "Xã, thị trấn": "communes",
        "Xã và tiêu chí": "matrix",
        "Danh sách người chưa đạt": "substandard_people",
        "Kết luận từng tiêu chí": "assessment",
        "Hồ sơ đang giữ chức vụ": "roster",
        "Quy định đang áp dụng": "rules_in_force",
        "Hướng dẫn, không phải là luật": "guidance_in_force",
        "Ngành phù hợp": "field_fits",
        "Kết luận sẽ đổi nếu tỉnh giảm mức": "decision_effect",
    },
    reader,
    words,
)
