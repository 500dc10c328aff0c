"""Nghĩa vụ bồi dưỡng: who has not done the training owed after taking up a post, by which rule, and who does not follow
a guidance yet. Neither is a verdict."""

import streamlit as st

from app_pages.training import guidance, sentences
from core.vietnamese import date_short
from documents.listing import listing
from screen import access, charts, filters, parts, profile, wording

HERE = "app_pages/training/page.py"
HOW = {
    "Nghĩa vụ bồi dưỡng chưa hoàn thành": "training_owed",
    "Toàn bộ": "training_total",
    "Theo xã, thị trấn": "training_by_commune",
    "Quy định đòi bồi dưỡng": "training_rules",
    "Chưa đáp ứng hướng dẫn, theo xã": "guidance_by_commune",
    "Ai chưa đáp ứng hướng dẫn": "guidance_gaps",
}
reader, chosen = access.reader(), filters.chosen()
words, theme = filters.words(), st.context.theme.type
total, rules = reader.query("training_total", chosen).iloc[0], reader.query("training_rules", chosen)

if not total.bound:
    parts.sentence(sentences.nobody(reader, chosen, rules))
    if why := sentences.why_ended(rules):
        parts.note(why)
    if until := sentences.last_day(rules):
        label = f"Xem ngày {date_short(until)}, ngày cuối còn nghĩa vụ này"
        st.page_link(HERE, label=label, icon=":material/history:", query_params=filters.link(as_of=until))
    guidance.draw(reader, words, chosen)
    parts.explanations(HOW, reader, words)
    profile.show(reader, words)
    st.stop()

parts.sentence(sentences.sentence(total))
parts.note(sentences.cited(rules))
communes = reader.query("training_by_commune", chosen)
where, which = st.columns([2, 3], gap="medium")
with where:
    parts.heading(
        wording.spread(communes.not_done, "chưa hoàn thành", "Còn thiếu dữ liệu của ai, ở đâu", kinds=filters.kinds())
    )
    alt = f"Số người chưa hoàn thành bồi dưỡng ở từng {filters.kinds()}; danh sách bên dưới nêu tên từng người"
    drawn = charts.training(charts.first_places(communes), theme)
    commune = parts.chart(drawn, f"training-{abs(hash(chosen))}", alt=alt, pick=True)
with which:
    parts.heading("Quy định nào đòi, của ai")
    st.table(sentences.in_words(rules, words), hide_index=True)
if commune and (address := filters.link(**filters.at(commune[0], chosen))) != filters.link():
    st.switch_page(HERE, query_params=address)

named = filters.nameable(reader)
owed = listing(reader, words, "Nghĩa vụ bồi dưỡng chưa hoàn thành", "training_owed", chosen, named=named)
row = parts.table(owed, "owed", alt="Lớp bồi dưỡng chưa học của từng người", pick_row=True, nothing=sentences.NOTHING)
if row is not None:
    profile.open_profile(int(owed.frame.person_id[row]))
guidance.draw(reader, words, chosen)
parts.explanations(HOW, reader, words)
profile.show(reader, words)
