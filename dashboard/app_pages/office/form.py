"""The form with which an office corrects what it said of itself and its communes, and what was corrected before."""

from datetime import date

import pandas as pd
import streamlit as st

from access.rights import Right
from core import store
from core.conflict import Clashed, Seen
from core.store import Filters, Reader, StoreError
from core.vietnamese import date_short, inside, listed, number
from core.words import Words
from opening import correcting, new_store
from opening.correcting import COMMUNE, OFFICE, Said
from opening.new_store import KINDS, Commune, NotStarted
from screen import access, outcome, parts
from screen.markdown import escaped

_NTH, _UNIT = "office-nth", "unit"
_NAME, _KIND, _AREA = COMMUNE.values()


def sentence(about: pd.Series, units: pd.DataFrame, as_of: date, kinds: str) -> str:
    """Whose store it is, and of how many communes, which are called `kinds` on the day."""
    name = "Kho này" if pd.isna(about.office_name) else f"{about.office_name}, {about.office_parent}"
    return f"{name}: {number(len(units))} {kinds} vào ngày {date_short(as_of)}."


def renamed(about: pd.Series) -> str:
    """What is said where the district that the office is of is no more on the day looked at; else nothing."""
    if pd.isna(about.former_district):
        return ""
    since, was = date_short(about.office_from), str(about.former_district)
    gone = f"{was[:1].upper()}{was[1:]} không còn từ {since}"
    if pd.isna(about.office_name):
        gone = f"Từ {since} không còn cấp huyện"
    missing = listed([inside(title) for name, title in OFFICE.items() if pd.isna(about[name])])
    return (
        f"{gone}: tệp của những ngày từ đó để trống {missing} để điền tay. Ghi ở dưới; tệp của những ngày trước "
        f"{since} vẫn như cũ."
    )


def draw(reader: Reader, words: Words, as_of: date) -> None:
    """The fields as they are kept, what would change, and the button that keeps it."""
    nth = st.session_state.get(_NTH, 0)
    place = f"office-{as_of}-{nth}"
    shown: Said = outcome.first_shown(place, f"{place}-office_name", correcting.said(reader, as_of))
    wanted: Said = {}
    for column, (name, title) in zip(st.columns(len(OFFICE)), OFFICE.items(), strict=True):
        wanted["", name] = column.text_input(title, value=shown["", name], key=f"{place}-{name}")
    areas = {words.label("area", code): code for code in words.options("area")}
    units = list(dict.fromkeys(unit for unit, _ in shown if unit))
    edited = st.data_editor(
        pd.DataFrame(
            [[u, shown[u, "short_name"], shown[u, "kind"], words.label("area", shown[u, "area"])] for u in units],
            columns=[_UNIT, _NAME, _KIND, _AREA],
            dtype=object,
        ),
        hide_index=True,
        num_rows="add",
        key=f"{place}-communes",
        height="content",
        alt="Các xã, thị trấn: tên, loại, địa bàn",
        column_config={
            _UNIT: None,
            _NAME: st.column_config.TextColumn(required=True, width=260),
            _KIND: st.column_config.SelectboxColumn(options=list(KINDS), required=True, default="xã"),
            _AREA: st.column_config.SelectboxColumn(options=list(areas), required=True, default=next(iter(areas))),
        },
    )
    added = []
    for row in edited.astype(object).where(edited.notna(), "").to_dict("records"):
        commune = Commune(str(row[_NAME]), str(row[_KIND]), areas.get(str(row[_AREA]), ""))
        if row[_UNIT]:
            told = dict(zip(COMMUNE, (commune.name, commune.kind, commune.area), strict=True))
            wanted |= {(str(row[_UNIT]), name): value for name, value in told.items()}
        elif commune.name.strip():
            added.append(commune)
    changes = correcting.differing(shown, correcting.as_kept(wanted), words)
    lines = [f"{escaped(what)}: {escaped(was or 'chưa có')} → **{escaped(now)}**" for what, was, now in changes]
    lines += [f"Thêm {escaped(c.kind)} **{escaped(c.name)}**" for c in added]
    st.markdown("  \n".join(["Sẽ sửa:", *lines]) if lines else "Sửa ở trên, xem lại điều sẽ đổi rồi ghi nhận.")
    st.button(
        "Ghi nhận",
        type="primary",
        icon=":material/save:",
        key="office-keep",
        disabled=not lines,
        on_click=_keep,
        args=(reader, as_of, wanted, added, Seen(shown), place),
    )


def _keep(reader: Reader, as_of: date, wanted: Said, added: list[Commune], seen: Seen, place: str) -> None:
    try:
        with access.acting(Right.RULES) as hand:
            changed = correcting.correct(reader, as_of, wanted, added, hand.name, seen)
    except Clashed as clashed:
        text = ", ".join(f"“{clash.now}”" for clash in clashed.clashes)
        said = f"Nơi khác vừa sửa cùng điều này thành {text}; chưa ghi gì. Xem lại, sửa nếu cần rồi ghi nhận."
        outcome.say("office", said, good=False)
    except (NotStarted, StoreError) as error:
        outcome.say("office", str(error), good=False)
        return
    else:
        outcome.say("office", f"Đã ghi nhận {number(changed)} thay đổi.")
    outcome.begin_anew(place)
    st.session_state[_NTH] = st.session_state.get(_NTH, 0) + 1


def sample() -> None:
    """A way to look at the sample again; the page that comes back from it is that of the start."""
    kept = new_store.kept_sample()
    if kept is None:
        parts.note("Không có tệp dữ liệu minh hoạ cạnh kho của cơ quan.")
        return
    parts.note(
        f"Dữ liệu minh hoạ ở tệp {kept.name}. Xem xong, trở lại ở trang Bắt đầu với số liệu thật; tắt rồi mở lại "
        "chương trình cũng là trở lại. Kho của cơ quan còn nguyên."
    )
    if st.button("Xem dữ liệu minh hoạ", key="office-sample", icon=":material/science:"):
        access.account().ask(Right.STORE)
        store.look_at(kept)
        # Filters and answers that were about the office do not hold for the sample.
        st.session_state.clear()
        st.switch_page("app_pages/overview/page.py")


def history(reader: Reader, as_of: date) -> None:
    """Who changed what and when."""
    rows = reader.query("office_changes", Filters(as_of))
    if rows.empty:
        parts.note("Chưa sửa gì từ khi mở kho.")
        return
    st.table(
        pd.DataFrame(
            {
                "Lúc": [f"{at:%H:%M} {date_short(at)}" for at in rows.changed_at],
                "Ai": rows.changed_by.map(escaped),
                "Sửa gì": rows.what.map(escaped),
                "Trước": [escaped(was) if was else "—" for was in rows.was],
                "Nay": rows.became.map(escaped),
            }
        ),
        hide_index=True,
        border="horizontal",
    )
