"""A person on screen: in a list with what is missing and why, and the whole profile in a dialog.

The profile that is open is in the address by the number the store gives the person, so that it can be linked, survives
a reload and closes with the back button; the address says nothing about the person.
"""

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from access.rights import Right
from core import vietnamese
from core.columns import HEADINGS
from core.mergers import TOWNSHIPS
from core.store import Filters, Reader
from core.vietnamese import date_short, number
from core.words import Words, as_text, partial
from documents.listing import Listing, listing
from screen import access, change_form, charts, filters, parts
from screen.markdown import escaped
from screen.outcome import PROFILE

PER_PAGE = 20
_NOBODY = (
    "Địa chỉ nêu một hồ sơ không có trong kho số liệu: địa chỉ sai, hoặc đợt nêu người ấy đã được hoàn tác. "
    "Đóng lại rồi tìm theo họ tên."
)

# A verdict never speaks by its colour alone: each has its word and its mark.
_BADGES = {
    "below": ("red", "close"),
    "unknown": ("gray", "question_mark"),
    "transitional": ("orange", "schedule"),
    "meets": ("green", "check"),
    "exempt": ("gray", "remove"),
}


def open_profile(person_id: int) -> None:
    """Open a person's profile with this run; meant as the callback of a button."""
    st.query_params[PROFILE] = str(person_id)


def close_profile() -> None:
    """Take the profile out of the address."""
    st.query_params.pop(PROFILE, None)


def sentence(
    counts: pd.DataFrame,
    asked: Sequence[str],
    total: pd.Series,
    communes: pd.DataFrame,
    cells: pd.DataFrame,
    words: Words,
    kinds: str = TOWNSHIPS,
) -> str:
    """The list in words: how many people, in how many communes, which criterion most, and how many cannot be judged.

    `counts` are those of `verdict_counts` for the list, `asked` its verdicts; the rest are the rows of the queries of
    the same names and, of `matrix`, `cells`; `kinds` is what communes are called on the day.
    """
    what = "chưa đạt chuẩn"
    if list(asked) != ["below"]:
        what = "có tiêu chí " + " hoặc ".join(words.label("verdict", v).lower() for v in asked)
    missing = ""
    if total.unknown and "unknown" not in asked:
        missing = f" {number(int(total.unknown))} người chưa đủ dữ liệu để kết luận."
    if not counts.people.sum():
        return (
            f"Không có ai {what} trong {number(int(total.total))} người đang xem ở {_places(communes, kinds)}.{missing}"
        )
    counted = cells[(cells.reindex(columns=list(asked), fill_value=0) > 0).any(axis=1)]
    where = f" ở {_places(counted, kinds)}" if len(counted) else ""
    people = counts[counts.criterion.notna()].set_index("criterion").people
    most = [words.short("criterion", c).lower() for c in words.options("criterion") if people.get(c) == people.max()]
    about = f", {'nhiều nhất ' if len(most) < len(people) else ''}về {vietnamese.listed(most)}"
    each = f" ({'mỗi tiêu chí ' if len(most) > 1 else ''}{number(int(people.max()))} người)" if len(people) > 1 else ""
    return f"{number(int(counts.people[counts.criterion.isna()].iloc[0]))} người {what}{where}{about}{each}.{missing}"


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """The people of a list by criterion and in all, as the query `verdict_counts` counts them."""
    people = rows.groupby("criterion").person_id.nunique().rename("people").reset_index()
    whole = pd.DataFrame({"criterion": [None], "people": [rows.person_id.nunique()]})
    return pd.concat([people, whole], ignore_index=True)


def _places(rows: pd.DataFrame, kinds: str) -> str:
    units = rows.drop_duplicates("unit_code")
    return str(units.commune.iloc[0]) if len(units) == 1 else f"{number(len(units))} {kinds}"


def people(found: Listing) -> None:
    """A list of `substandard_people` or `verdicts` to be read: each person once, every criterion with its reason."""
    rows, words = found.frame, found.words
    order = list(dict.fromkeys(rows.person_id))
    page = 1
    if len(order) > PER_PAGE:
        # The key carries the number of pages, so that a shorter list starts again from its first page.
        pages = -(-len(order) // PER_PAGE)
        page = st.pagination(pages, key=f"people-page-{pages}") or 1
    shown = found.shown[[HEADINGS[c] for c in ("full_name", "birth_date", "held", "required")]]
    shown.columns = pd.Index(["name", "born", "has", "needs"])
    said = rows[["person_id", "commune", "position", "criterion", "since", "reason"]].join(shown)
    said["verdict"] = rows.verdict if "verdict" in rows else (*found.filters.verdicts, "below")[0]
    of_page = order[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows_of = said[said.person_id.isin(of_page)].to_dict("records")
    for person_id in of_page:
        _card([row for row in rows_of if row["person_id"] == person_id], words)


def _card(rows: Sequence[Mapping[Hashable, Any]], words: Words) -> None:
    first = rows[0]
    with st.container(border=True):
        who, why = st.columns([3, 8], gap="medium")
        with who.container(gap="xxsmall"):
            st.button(
                f"**{escaped(first['name'])}**",
                key=f"person-{first['person_id']}",
                type="tertiary",
                icon=":material/chevron_right:",
                icon_position="right",
                help="Mở hồ sơ",
                on_click=open_profile,
                args=(first["person_id"],),
            )
            posts = dict.fromkeys((words.label("post", r["position"]), r["commune"]) for r in rows)
            st.markdown(
                "  \n".join([*(f"{escaped(p)}  \n{escaped(c)}" for p, c in posts), f"Sinh {as_text(first['born'])}"])
            )
        why.markdown(
            "\n\n".join(
                f"{badge(r['verdict'], words.short('criterion', r['criterion']))} "
                f"**{escaped(r['has'] or 'Chưa có dữ liệu')}**, yêu cầu **{escaped(r['needs'] or '—')}**, "
                f"từ {date_short(r['since'])}  \n{escaped(r['reason'])}"
                for r in rows
            )
        )


def others(reader: Reader, words: Words, listed: Collection[int]) -> None:
    """Who else has the name that was typed: a search finds a person's profile whatever the verdict."""
    chosen = filters.chosen()
    if not chosen.search:
        return
    roster = reader.query("roster", replace(chosen, criteria=(), verdicts=())).drop_duplicates("person_id")
    more = roster[~roster.person_id.isin(listed)]
    if more.empty:
        return
    st.subheader(f"Người khác có họ tên khớp “{escaped(chosen.search)}”", anchor=False)
    with st.container(gap="xxsmall"):
        for row in more.head(PER_PAGE).to_dict("records"):
            where = f"{words.label('post', row['position'])}, {row['commune']}"
            st.button(
                f"**{escaped(row['full_name'])}**, {escaped(where)}",
                key=f"other-{row['person_id']}",
                type="tertiary",
                icon=":material/chevron_right:",
                icon_position="right",
                help="Mở hồ sơ",
                on_click=open_profile,
                args=(row["person_id"],),
            )
    if len(more) > PER_PAGE:
        st.caption(
            f"Còn {number(len(more) - PER_PAGE)} người nữa; gõ thêm họ tên hoặc chọn {filters.kinds()} để thu hẹp."
        )


def badge(verdict: str, text: str) -> str:
    """Markdown of a small coloured mark with the sign of a verdict."""
    colour, icon = _BADGES[verdict]
    return f":{colour}-badge[:material/{icon}: {escaped(text)}]"


def show(reader: Reader, words: Words) -> None:
    """The profile the address asks for, over the page; of a number that is nobody in sight it says so."""
    asked = st.query_params.get(PROFILE, "")
    if not asked:
        return
    person_id = int(asked) if re.fullmatch("[0-9]{1,18}", asked) else 0
    person = reader.query("person", filters.chosen(), person_id=person_id)
    if person.empty:
        later = len(reader.query("person", Filters(date.max), person_id=person_id)) > 0
        said = _not_yet(filters.chosen().as_of) if later else _NOBODY
        st.dialog("Không mở được hồ sơ", icon=":material/person_off:", on_dismiss=close_profile)(st.markdown)(said)
        return

    access.note_once("xem_nguoi", nguoi=person_id)

    def body() -> None:
        _profile(reader, words, person_id, person)

    st.dialog(escaped(person.full_name[0]), width="large", icon=":material/person:", on_dismiss=close_profile)(body)()


def _not_yet(day: date) -> str:
    return (
        f"Vào ngày {date_short(day)} người này chưa giữ chức vụ nào. Đóng lại rồi chọn một ngày muộn hơn ở thanh bên."
    )


def _profile(reader: Reader, words: Words, person_id: int, person: pd.DataFrame) -> None:
    # Only the day and what this user may see bear on one person's profile; the other filters chose the list.
    chosen = filters.chosen()
    seen = Filters(chosen.as_of)
    postings = reader.query("person_postings", seen, person_id=person_id)
    held = reader.query("person_qualifications", seen, person_id=person_id)
    born = partial(person.birth_date[0])
    title = f"Kết luận qua các thời kỳ: {person.full_name[0]}" + (f", sinh {as_text(born)}" if born else "")
    history = listing(reader, words, title, "person_timeline", seen, person_id=person_id)
    now = history.frame[_holds(history.frame, chosen.as_of)]

    st.markdown("  \n".join(_who(person, postings, words, chosen.as_of)))
    st.header(f"Kết luận ngày {date_short(chosen.as_of)}", anchor=False)
    if now.empty:
        st.markdown("Không giữ chức vụ nào có tiêu chuẩn đang áp dụng vào ngày này.")
    several = now.position.nunique() > 1
    order = now.verdict.map({code: i for i, code in enumerate(_BADGES)})
    for row in now.loc[order.sort_values(kind="stable").index].to_dict("records"):
        about = [words.label("criterion", row["criterion"])] + [words.label("post", row["position"])] * several
        mark, text = st.columns([2, 12], gap="small")
        mark.markdown(badge(row["verdict"], words.label("verdict", row["verdict"])))
        text.markdown(f"**{escaped(', '.join(about))}.** {escaped(row['reason'])}")

    if access.may(Right.RECORD):
        change_form.draw(reader, words, person_id, person)
    if len(history.frame):
        st.header("Diễn biến", anchor=False)
        st.plotly_chart(
            charts.timeline(history.frame, words, st.context.theme.type, chosen.as_of),
            config=dict(charts.CONFIG),
            key="record-timeline",
            alt="Kết luận từng tiêu chí theo thời gian; bảng bên dưới nêu cùng nội dung",
        )
    st.header("Quá trình công tác", anchor=False)
    st.table(_readable(_career(postings, words)), hide_index=True, border="horizontal")
    st.header("Văn bằng, chứng chỉ", anchor=False)
    if held.empty:
        st.markdown("Chưa có văn bằng, chứng chỉ nào trong dữ liệu.")
    else:
        st.table(_readable(_certificates(held, words)), hide_index=True, border="horizontal")
    if len(history.frame):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
            st.header("Mọi kết luận và lý do", anchor=False, width="content")
            parts.excel_button(history, "record")
        st.table(_verdicts(history.frame, words, chosen.as_of), hide_index=True, border="horizontal")


def _holds(rows: pd.DataFrame, as_of: date) -> "pd.Series[bool]":
    day = pd.Timestamp(as_of)
    return (rows.from_on <= day) & (rows.to_on.isna() | (rows.to_on > day))


def _who(person: pd.DataFrame, postings: pd.DataFrame, words: Words, as_of: date) -> list[str]:
    first = person.iloc[0]
    born = partial(first.birth_date)
    gender = words.label("gender", first.gender) if pd.notna(first.gender) else "chưa rõ giới tính"
    lines = [f"{f'Sinh {as_text(born)}' if born else 'Chưa có ngày sinh'} · {gender}"]
    for post in postings[_holds(postings, as_of)].to_dict("records"):
        lines.append(
            f"**{escaped(words.label('post', post['position']))}**, {escaped(post['commune'])}, từ {_start(post)}"
        )
    if len(lines) == 1:
        lines.append(f"Ngày {date_short(as_of)} không giữ chức vụ nào trong danh sách.")
    return lines


def _start(post: Mapping[Hashable, Any]) -> str:
    """When a posting began, no more exact than it is known."""
    began, precision = post["from_on"], post["from_precision"]
    if precision == "bao_cao":
        return f"trước ngày báo cáo {date_short(began)}, chưa rõ ngày"
    return as_text(partial(began.strftime({"nam": "%Y", "thang": "%Y-%m"}.get(precision, "%Y-%m-%d"))))


def _career(postings: pd.DataFrame, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            HEADINGS["position"]: [words.label("post", p) for p in postings.position],
            HEADINGS["commune"]: postings.commune,
            "Từ": [_start(p) for p in postings.to_dict("records")],
            "Thôi giữ từ": [None if pd.isna(d) else date_short(d) for d in postings.to_on],
            HEADINGS["end_reason"]: [None if pd.isna(r) else words.label("end_reason", r) for r in postings.end_reason],
            HEADINGS["first_held_on"]: [as_text(partial(d)) for d in postings.first_held_on],
            HEADINGS["source"]: postings.source,
        }
    )


def _certificates(held: pd.DataFrame, words: Words) -> pd.DataFrame:
    shown = words.present(held[["criterion", "held", "field", "status", "obtained_on", "evidence", "source"]])
    shown[HEADINGS["criterion"]] = [words.short("criterion", c) for c in held.criterion]
    shown[HEADINGS["obtained_on"]] = [
        d or f"tính từ ngày báo cáo {date_short(reported)}"
        for d, reported in zip(shown[HEADINGS["obtained_on"]], held.reported_on, strict=True)
    ]
    return shown


def _verdicts(spells: pd.DataFrame, words: Words, as_of: date) -> pd.DataFrame:
    """The table twin of the timeline, ready for a place that reads Markdown; a spell ends before the next begins."""
    rows = spells.to_dict("records")
    shown = {
        HEADINGS["criterion"]: [escaped(words.short("criterion", r["criterion"])) for r in rows],
        HEADINGS["position"]: [escaped(words.label("post", r["position"])) for r in rows],
        HEADINGS["from_on"]: [date_short(r["from_on"]) for r in rows],
        HEADINGS["last_on"]: [
            "nay" if holds else date_short(r["to_on"] - timedelta(days=1))
            for r, holds in zip(rows, _holds(spells, as_of), strict=True)
        ],
        HEADINGS["verdict"]: [badge(r["verdict"], words.label("verdict", r["verdict"])) for r in rows],
        HEADINGS["opened_by"]: [escaped(words.short("cause", r["opened_by"])) for r in rows],
        "Lý do": [escaped(r["reason"]) for r in rows],
    }
    if spells.position.nunique() == 1:
        del shown[HEADINGS["position"]]
    return pd.DataFrame(shown)


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    texts = frame.astype(object).where(frame.notna(), None)
    return texts.map(lambda value: "—" if value is None else escaped(as_text(value)))
