"""Parts of the page Tiêu chuẩn: the grid of requirements, a post's articles, decisions of the province, fields."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from access.rights import Right
from core import office
from core.columns import HEADINGS
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import date_short, inside, listed, number
from core.words import Words
from screen import access, filters, outcome, parts
from screen.markdown import escaped

_FITS = {True: "Phù hợp", False: "Không phù hợp"}
# What the decisions said when they were last drawn: what a click on one of them is about.
_SHOWN = "decisions-shown"
# How many texts the sentence names.
_TEXTS = 3
_NOT_JUDGED = "Do tỉnh quy định"


def sentence(in_force: pd.DataFrame, words: Words, as_of: date) -> str:
    """Which texts govern on the day and how many of their rows nobody has checked."""
    judged = _judged(in_force)
    if judged.empty:
        return (
            f"Ngày {date_short(as_of)} không còn tiêu chuẩn riêng cho cán bộ, công chức cấp xã."
            if len(in_force)
            else "Không có quy định nào với bộ lọc đang chọn."
        )
    texts = judged.document.value_counts().index
    named = list(texts) if len(texts) <= _TEXTS else [*texts[: _TEXTS - 1], f"{len(texts) - _TEXTS + 1} văn bản khác"]
    unchecked = int(judged.unchecked.sum())
    tail = f"; {unchecked} dòng chưa đối chiếu văn bản gốc" if unchecked else ""
    return (
        f"Ngày {date_short(as_of)}, {judged.position.nunique()} chức vụ, chức danh có tiêu chuẩn, "
        f"theo {listed(named)}{tail}."
    )


def _judged(in_force: pd.DataFrame) -> pd.DataFrame:
    return in_force[~in_force.kind.isin(["training", "out_of_scope"])]


def requirement(row: pd.Series, words: Words) -> str:
    """What a row of a rule asks, in words: 'Sơ cấp; lần đầu: Trung cấp'."""
    if row.kind == "training":
        return "Bồi dưỡng"
    if row.kind == "province_sets":
        return _NOT_JUDGED
    parts = []
    if pd.notna(row.required):
        level = words.label(row.criterion, row.required)
        parts.append(
            f"{level} từ {words.label('chuyen_mon', row.at_level).lower()}" if pd.notna(row.at_level) else level
        )
    if pd.notna(row.required_first):
        first = words.label(row.criterion, row.required_first)
        parts.append(first if row.criterion == "tuoi_lan_dau" else f"lần đầu: {first.lower()}")
    return "; ".join(parts)


def out_of_scope(in_force: pd.DataFrame, words: Words) -> str:
    """Which posts have no standard of their own any more, and since when; empty where all have."""
    ended = in_force[in_force.kind == "out_of_scope"]
    judged = set(_judged(in_force).position)
    posts = [post for post in dict.fromkeys(ended.position) if post not in judged]
    if not posts:
        return ""
    texts = listed(list(dict.fromkeys(ended.legal_ref)))
    return (
        f"Không còn thuộc phạm vi tiêu chuẩn cấp xã cũ ({texts}): "
        f"{', '.join(inside(words.label('post', post)) for post in posts)}."
    )


def new_titles(rows: pd.DataFrame) -> list[str]:
    """Since when titles are new, and how that is known: a note each."""
    told = rows[["titles", "from_on", "note"]].itertuples(index=False, name=None)
    return [f"{number(n)} chức danh có từ {date_short(on)}: {inside(note)}" for n, on, note in told]


def grid(in_force: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Posts down, criteria across, the requirement in each cell; † marks what nobody has checked."""
    frame = _judged(in_force)
    cells = {
        (r.position, r.criterion): requirement(r, words) + ("\u00a0†" if r.unchecked else "")
        for _, r in frame.iterrows()
    }
    criteria = [c for c in words.options("criterion") if c in set(frame.criterion)]
    return pd.DataFrame(
        [
            {HEADINGS["position"]: words.label("post", post)}
            | {words.short("criterion", c): cells.get((post, c), "") for c in criteria}
            for post in dict.fromkeys(frame.position)
        ]
    )


def cards(of_post: pd.DataFrame, words: Words) -> None:
    """One card a criterion: what is asked, by which article, since when, how sure, and the note."""
    shown = st.container(horizontal=True, gap="small")
    for _, row in of_post.iterrows():
        with shown.container(border=True, width=292):
            st.markdown(f"**{words.label('criterion', row.criterion)}**")
            st.markdown(requirement(row, words))
            st.caption(escaped(f"{row.legal_ref}, từ {date_short(row.effective_from)}"))
            if pd.notna(row.deadline):
                st.caption(f"Thời hạn chuyển tiếp đến hết {date_short(row.deadline)}")
            if pd.notna(row.checked_on):
                said = words.certainty(row.confidence, row.checked_on)
                st.badge(said, icon=":material/verified:", color="green")
            else:
                st.badge(
                    words.short("confidence", row.confidence),
                    icon=":material/help:",
                    color="gray",
                    help=words.certainty(row.confidence, row.checked_on),
                )
            if pd.notna(row.note):
                st.caption(escaped(row.note))


def history_in_words(history: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The history of a post's rules in words, newest first within each criterion."""
    frame = pd.DataFrame(
        {
            HEADINGS["criterion"]: [words.label("criterion", c) for c in history.criterion],
            HEADINGS["from_on"]: history.from_on,
            HEADINGS["last_on"]: history.last_on,
            HEADINGS["required"]: [requirement(r, words) for _, r in history.iterrows()],
            HEADINGS["legal_ref"]: history.legal_ref,
            HEADINGS["confidence"]: [
                words.certainty(c, on) if pd.notna(on) else words.short("confidence", c)
                for c, on in zip(history.confidence, history.checked_on, strict=True)
            ],
            HEADINGS["note"]: history.note,
        }
    )
    return frame


def decisions(reader: Reader, words: Words, chosen: Filters) -> None:
    """Decisions entered so far, a way to enter one and to take one back."""
    outcome.draw("decisions", reader)
    shown: dict[str, tuple[object, ...]] = st.session_state.get(_SHOWN, {})
    may_change = access.may(Right.RULES)
    entered = reader.query("decisions", chosen)
    if entered.empty:
        st.info(
            "Chưa nhập quyết định nào của UBND tỉnh, nên chưa áp dụng mức giảm cho miền núi và tuổi do tỉnh quy định.",
            icon=":material/info:",
        )
    for _, row in entered.iterrows():
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(
                f"**{escaped(row.number)}** · {words.label('criterion', row.criterion)}: "
                f"{words.label(row.criterion, row.level)} · từ {date_short(row.effective_from)}"
                + (f" đến trước {date_short(row.ended_on)}" if pd.notna(row.ended_on) else "")
            )
            if (
                row.origin == "co_quan"
                and may_change
                and st.button("Xóa", key=f"drop-{row.decision}", icon=":material/delete:")
            ):
                _remove(reader, str(row.decision), str(row.number), shown)
    st.session_state[_SHOWN] = office.decision_facts(reader.store)
    if may_change and st.button("Nhập quyết định", icon=":material/add:", key="add-decision"):
        _decision_dialog(reader, words, chosen)


def _remove(reader: Reader, decision: str, number: str, shown: Mapping[str, tuple[object, ...]]) -> None:
    """Take a decision back as it stood on the screen on which the button was."""
    try:
        with access.acting(Right.RULES):
            office.remove_decision(reader.store, decision, Seen({"row": shown[decision]} if decision in shown else {}))
    except Clashed:
        said = f"{number} vừa được nơi khác sửa; chưa xóa. Xem lại nội dung bên dưới rồi bấm Xóa lần nữa nếu vẫn muốn."
        outcome.say("decisions", said, good=False)
    else:
        outcome.say("decisions", f"Đã xóa {number}.")
    st.session_state.pop(_SHOWN, None)
    st.rerun()


def decided(row: pd.Series, words: Words) -> str:
    """What a text lets the province decide: 'NĐ 33/2023/NĐ-CP: Trình độ chuyên môn, thấp nhất Sơ cấp'."""
    least = f", thấp nhất {words.label(row.criterion, row.province_floor)}" if pd.notna(row.province_floor) else ""
    return f"{row.legal_ref}: {words.label('criterion', row.criterion)}{least}"


def governing(decidable: pd.DataFrame, documents: pd.DataFrame) -> int:
    """The place of the newest text of `decidable`, which has the newest first, that holds on the day looked at."""
    holds = decidable.document.isin(documents.document[documents.in_force])
    return int(holds.to_numpy().argmax()) if len(holds) else 0


@st.dialog("Nhập quyết định của UBND tỉnh", width="large")
def _decision_dialog(reader: Reader, words: Words, chosen: Filters) -> None:
    decidable = reader.query("decidable", chosen)
    names = [decided(row, words) for _, row in decidable.iterrows()]
    index = st.selectbox(
        "Văn bản và tiêu chí tỉnh được quy định",
        range(len(names)),
        format_func=names.__getitem__,
        index=governing(decidable, reader.query("documents", chosen)),
    )
    rule = decidable.iloc[index]
    levels = words.rows[(words.rows.domain == rule.criterion)]
    if pd.notna(rule.province_floor):
        floor = levels.loc[levels.code == rule.province_floor, "sort"].iloc[0]
        levels = levels[levels.sort >= floor]
    level = st.selectbox("Mức tỉnh quy định", list(levels.code), format_func=lambda c: words.label(rule.criterion, c))
    number = st.text_input("Số, ký hiệu", placeholder="25/2014/QĐ-UBND")
    left, right = st.columns(2)
    start = left.date_input("Có hiệu lực từ", value=None, format="DD/MM/YYYY", min_value=filters.judged_days().first)
    end = right.date_input("Hết hiệu lực từ (để trống nếu còn)", value=None, format="DD/MM/YYYY")
    units = reader.query("units", chosen)
    communes = dict(zip(units.unit_code, units.commune, strict=True))
    only = st.multiselect(
        "Chỉ các xã, thị trấn (để trống: mọi xã miền núi)",
        list(communes),
        format_func=communes.__getitem__,
        placeholder="Mọi xã miền núi",
        select_all=False,
    )
    note = st.text_input("Ghi chú", placeholder="Trích yếu, điều khoản")
    if st.button("Ghi nhận", type="primary", key="keep-decision"):
        if start is None:
            st.error("Chưa có ngày có hiệu lực. Chọn ngày ghi trong quyết định.")
            return
        entered = office.Decision(
            number, None, rule.document, rule.criterion, level, start, end, tuple(rule.posts.split()), tuple(only), note
        )
        try:
            with access.acting(Right.RULES):
                office.add_decision(reader.store, entered, province_code=str(units.province_code[0]))
        except office.NotAccepted as error:
            st.error(escaped(str(error)))
            return
        outcome.say("decisions", f"Đã ghi nhận quyết định {number}.")
        st.rerun()


def field_fits(reader: Reader, words: Words, chosen: Filters) -> None:
    """Majors nobody has placed, with a way to place them, and the table of which group fits which post."""
    outcome.draw("fields", reader)
    open_fields, may_place = reader.query("unmapped_fields", chosen), access.may(Right.RULES)
    st.caption(
        "Bảng này do phòng Nội vụ xác nhận và bổ sung, không phải nội dung của thông tư. "
        "Ngành chưa đối chiếu được kết luận là thiếu dữ liệu, không tự coi là đạt hay chưa đạt."
    )
    for row in open_fields.to_dict("records"):
        field, post = str(row["field"]), str(row["position"])
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(
                f"**{escaped(field)}** · {words.label('post', post)} · {row['people']} người · "
                "chuyên ngành chưa được đối chiếu"
            )
            if may_place and st.button("Đối chiếu", key=f"map-{post}-{field}", icon=":material/checklist:"):
                _field_dialog(reader, words, field, post)
    fits = reader.query("field_fits", chosen)
    if len(fits):
        folded = parts.fold("Nhóm ngành nào phù hợp với chức danh nào", "fits", ":material/school:")
        if folded.open:
            with folded:
                said = fits.assign(fits=fits.fits.map(_FITS))
                grid = said.pivot(index="field_label", columns="position", values="fits").fillna("Chưa đối chiếu")
                grid.columns = [words.label("post", p) for p in grid.columns]
                st.dataframe(
                    grid.rename_axis(HEADINGS["field_label"]),
                    height="content",
                    alt="Ngành phù hợp với chức danh",
                    key="fits",
                )


@st.dialog("Đối chiếu chuyên ngành", width="medium")
def _field_dialog(reader: Reader, words: Words, field: str, post: str) -> None:
    st.markdown(f"Ngành ghi trên văn bằng: **{escaped(field)}**. Chức danh: **{words.label('post', post)}**.")
    groups = words.options("field_group")
    known = dict.fromkeys(groups) | office.field_facts(reader.store, field, post)
    place = f"field-{post}-{field}"
    shown = outcome.first_shown(place, f"{place}-group", known)
    with st.form(place, border=False):
        above = st.container()
        group = st.selectbox(
            "Thuộc nhóm ngành",
            groups,
            format_func=lambda g: words.label("field_group", g),
            index=None,
            placeholder="Chọn nhóm ngành",
            key=f"{place}-group",
        )
        fits = st.radio(
            "Nhóm ngành này với chức danh", list(_FITS), format_func=_FITS.__getitem__, index=None, horizontal=True
        )
        names = {g: words.label("field_group", g) for g in groups} | {"group": "Nhóm ngành"}
        seen = outcome.sent(
            place,
            "Ghi nhận",
            shown,
            names,
            lambda name, value: _FITS.get(value, "chưa có") if name != "group" else names.get(value, "chưa có"),
            above,
        )
    if seen is None:
        return
    if group is None or fits is None:
        st.error("Chọn nhóm ngành và cho biết có phù hợp với chức danh hay không.")
        return
    try:
        with access.acting(Right.RULES):
            office.map_field(reader.store, field, group, post, fits, seen)
    except Clashed as clashed:
        outcome.wait(place, clashed.clashes)
        # The dialog stays open: it is drawn again by itself.
        st.rerun(scope="fragment")
    outcome.say("fields", f"Đã ghi nhận chuyên ngành {field}.")
    st.rerun()
