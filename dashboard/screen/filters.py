"""The shared filters: drawn once a run in the side bar, kept in the address, shown as chips on every page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from core import mergers
from core.store import Filters, Reader
from core.vietnamese import clean, date_short, inside, key, listed
from core.words import FILTER_TITLES, PLACES, Words
from screen.charts.places import READABLE
from screen.markdown import escaped

# The address carries codes, so that a link stays true when a name changes. What was typed into the search box stays
# out of it: addresses end up in histories and logs, names of people should not.
_ADDRESS = {"communes": "xa", "groups": "nhom", "posts": "cd", "criteria": "tc", "verdicts": "kl"}
_DAY, _PLACE = "ngay", "noi"
_NAMES = (*_ADDRESS, _DAY, "place", "search")
# An empty filter says itself what it is of: a line of its own for that would push the last ones off a small screen.
_ANY = {
    "posts": "Mọi chức vụ, chức danh",
    "criteria": "Mọi tiêu chí",
    "verdicts": "Mọi kết luận",
}
# More people than this no list names on screen.
_NAMEABLE = 10_000
# All a run leaves for the next is one value under each of these: a run may break off at any line, and what it leaves is
# either of this run or of the one before. `_SEEN` is what the side bar and the address said when they last agreed.
_SEEN, _VIEW = "filters-seen", "filters-view"
# No law: how far ahead a day may be chosen. The first day is that of the first standard (`judged_days`).
LATEST = date(2030, 12, 31)


@dataclass(frozen=True)
class Choices:
    """What may be chosen: codes and names of the communes visible on the day, and the vocabulary of the rest.

    `kinds` is what communes are called on the day; `places` are the provinces and districts that all can be narrowed
    to, rows of the query `places`.
    """

    communes: Mapping[str, str]
    words: Words
    kinds: str
    places: pd.DataFrame

    def codes(self, name: str) -> list[str]:
        """The codes a filter offers, in the order a person looks for them."""
        domains = {"groups": "group", "posts": "post", "criteria": "criterion", "verdicts": "verdict"}
        return list(self.communes) if name == "communes" else self.words.options(domains[name])

    @property
    def narrower(self) -> bool:
        """Whether there is more than one district, or province, to narrow the view to."""
        return int(self.places.province.isna().sum()) > 1 or len(self.places) > 2

    @cached_property
    def _places(self) -> dict[str, str]:
        columns = self.places[["place_code", "place", "province"]].to_numpy().tolist()
        return {code: name if pd.isna(province) else f"{name}, {province}" for code, name, province in columns}

    def per(self, place: str, communes: Collection[str]) -> str:
        """What people of a place are counted by, where they are counted by place: by commune if so many can be read."""
        inside = self.places if not place else self.places[self.places.place_code.str.startswith(f"{place}/")]
        districts = inside[inside.province.notna()]
        if communes or "/" in place or len(self.communes) <= READABLE:
            return "commune"
        if not place and self.places.province.isna().sum() > 1:
            return "province"
        return "district" if len(districts) > 1 else "commune"

    def name(self, name: str, code: str) -> str:
        """What a code of a filter is called."""
        match name:
            case "place":
                return self._places.get(code, code)
            case "communes":
                return self.communes.get(code, code)
            case "posts":
                return self.words.label("post", code)
            case "groups":
                return self.words.short("group", code)
            case "criteria":
                return self.words.short("criterion", code)
        return self.words.label("verdict", code)


@dataclass(frozen=True)
class _Seen:
    """What the address and the widgets said when they last agreed, and what could not be followed since.

    The codes of communes mean those of the day `meant_on`; `followed` are those they were followed from and to, while
    the widget may still say the first. `notice` was said of it, on which page and of which filters.
    """

    address: Mapping[str, list[str]]
    widgets: Mapping[str, Any]
    meant_on: date
    followed: tuple[list[str], list[str]] | None = None
    notice: str = ""
    notice_of: tuple[str, Filters] | None = None

    def told(self, said: str) -> "_Seen":
        """The same with something more to be said of this view; what was said of another one is done with."""
        before = self.notice if self.notice_of is None else ""
        # A run that broke off may have said it already.
        return self if said in before else replace(self, notice=f"{before} {said}".lstrip(), notice_of=None)


class JudgedDays(NamedTuple):
    """The first and the last day on which the law of the store judges anybody."""

    first: date
    last: date


@dataclass(frozen=True)
class _View:
    """What a run looks at, for all that the page draws."""

    filters: Filters
    choices: Choices
    about: pd.Series
    judged: JudgedDays


def draw(reader: Reader, words: Words, about: pd.Series, page: str) -> Filters:
    """Draw the side bar and return what is chosen; the day is that of the newest list unless another is chosen.

    What the run read of the store (`about`, the vocabulary) is kept for the page, so that nothing is read twice.
    `page` is the one that is shown: what had to be said of the filters on one is not repeated on the next.
    """
    data_as_of = about.data_as_of.date()
    state = st.session_state
    days = reader.query("judged_days", Filters(data_as_of)).iloc[0]
    judged = JudgedDays(days.first_on.date(), days.last_on.date())
    seen = _follow_address(data_as_of, judged.first)
    shown = Filters(state[_key(_DAY)] or data_as_of)
    places = reader.query("places", shown)
    if (place := state[_key("place")]) not in {"", *places.place_code}:
        # A district that is no more lies in a province that still is.
        wider = place.partition("/")[0] if place.partition("/")[0] in set(places.place_code) else ""
        seen = seen.told(_no_such_place(wider, places))
        state[_SEEN], state[_key("place")] = seen, wider
    shown = replace(shown, place=state[_key("place")])
    units = reader.query("units", shown)
    named = dict(zip(units.unit_code, units.commune, strict=True))
    choices = Choices(named, words, mergers.called(reader, shown.as_of), places)
    communes = state[_key("communes")]
    if seen.followed and communes == seen.followed[0]:
        # The run before broke off between keeping what the codes became and saying so in the widget.
        communes = state[_key("communes")] = seen.followed[1]
    # A code means the commune that had it on the day it was chosen; in an address, on the day that stands beside it.
    if communes and (seen.meant_on != shown.as_of or not set(communes) <= choices.communes.keys()):
        now, said = mergers.followed(reader, communes, seen.meant_on, shown)
        seen = replace(seen, meant_on=shown.as_of, followed=(communes, now)).told(said)
        state[_SEEN], state[_key("communes")] = seen, now
    for name in _ADDRESS:
        known = [c for c in state[_key(name)] if c in choices.codes(name)]
        if known != state[_key(name)]:
            seen = seen.told(_not_followed(name, known, choices))
            state[_SEEN], state[_key(name)] = seen, known
    with st.sidebar, st.container(gap="xsmall"):
        day = st.date_input(
            "Tính đến ngày", key=_key(_DAY), format="DD/MM/YYYY", min_value=judged.first, max_value=LATEST
        )
        _pick("groups", choices.codes("groups"), choices)
        if choices.narrower:
            _pick_place(choices)
        per = choices.per(state[_key("place")], state[_key("communes")])
        for name in ("communes", "posts", "criteria", "verdicts"):
            if name != "communes" or per == "commune":
                _pick(name, choices.codes(name), choices)
        st.text_input(
            FILTER_TITLES["search"],
            key=_key("search"),
            type="search",
            live=True,
            label_visibility="collapsed",
            placeholder="Họ tên, không cần dấu",
        )
    filters = Filters(
        as_of=day or data_as_of,
        **{name: tuple(state[_key(name)]) for name in _ADDRESS},
        search=clean(state[_key("search")]),
        place=shown.place,
        per=per,
    )
    written = _write_address(filters, data_as_of)
    notice = seen.notice if seen.notice_of in (None, (page, filters)) else ""
    state[_VIEW] = _View(filters, choices, about, judged)
    state[_SEEN] = _Seen(written, _widgets(), filters.as_of, None, notice, (page, filters))
    return filters


def chosen() -> Filters:
    """The filters of this run."""
    return _view().filters


def words() -> Words:
    """The vocabulary of this run."""
    return _view().choices.words


def kinds() -> str:
    """What the places are called that people are counted by: on the day looked at communes are 'xã, thị trấn', or
    'xã, phường' when there are no townships."""
    view = _view()
    return inside(PLACES[view.filters.per]) if view.filters.per in PLACES else view.choices.kinds


def kinds_on(reader: Reader, day: date) -> str:
    """What the same places are called on another day."""
    return kinds() if chosen().per in PLACES else mergers.called(reader, day)


def communes() -> str:
    """What communes are called on the day looked at."""
    return _view().choices.kinds


def nameable(reader: Reader) -> bool:
    """Whether the people looked at are few enough to be named in a list; a province's always are."""
    return chosen().per != "province" or int(reader.query("people_shown", chosen()).people[0]) <= _NAMEABLE


def about() -> pd.Series:
    """What the store holds, as read in this run: one row of the query `about`."""
    return _view().about


def judged_days() -> JudgedDays:
    """From when until when the law of the store judges anybody, as read in this run."""
    return _view().judged


def _view() -> _View:
    view: _View = st.session_state[_VIEW]
    return view


def notice() -> str:
    """What of the address was not followed and what became of the communes that were chosen, as long as the view is the
    one it was said of; often nothing."""
    seen: _Seen = st.session_state[_SEEN]
    return seen.notice


def chips(heeded: Collection[str]) -> None:
    """The filters in force, each with a button that takes it off, and one that takes off all.

    Those that the page does not heed (by names of `Filters`) are drawn quietly and named; where it heeds none, there
    is nothing to show.
    """
    filters, choices = chosen(), _view().choices
    active = [(name, code) for name in _ADDRESS for code in getattr(filters, name)]
    if filters.place:
        active.insert(0, ("place", filters.place))
    named = [(name, code, choices.name(name, code)) for name, code in active]
    # Signs alone are no name: they find nobody, which the page says, and can be taken off with all.
    if key(filters.search):
        named.append(("search", "", filters.search))
    if not (named or filters.search) or not heeded:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for name, code, said in named:
            st.button(
                escaped(f"{FILTER_TITLES[name]}: {said}"),
                key=f"chip-{name}-{code}".rstrip("-"),
                icon=":material/close:",
                icon_position="right",
                on_click=_drop,
                args=(name, code),
                type="secondary" if name in (*heeded, "place") else "tertiary",
            )
        st.button("Xóa lọc", key="chip-clear", type="tertiary", icon=":material/filter_alt_off:", on_click=clear)
    if ignored := dict.fromkeys(inside(FILTER_TITLES[name]) for name, _, _ in named if name not in (*heeded, "place")):
        st.caption(f"Các con số chính của trang này không lọc theo {'; '.join(ignored)}.")


def clear() -> None:
    """Take off every filter; the day stays."""
    for name in _ADDRESS:
        st.session_state[_key(name)] = []
    st.session_state[_key("search")] = st.session_state[_key("place")] = ""


def address(filters: Filters, data_as_of: date) -> dict[str, str | list[str]]:
    """The query parameters that open the same view: what is chosen, without what is the default anyway."""
    parameters: dict[str, str | list[str]] = {
        short: list(getattr(filters, name)) for name, short in _ADDRESS.items() if getattr(filters, name)
    }
    if filters.place:
        parameters[_PLACE] = filters.place
    if filters.as_of != data_as_of:
        parameters[_DAY] = filters.as_of.isoformat()
    return parameters


def at(code: str, of: Filters) -> dict[str, Any]:
    """The filters that show one of the places that people are counted by under others."""
    return {"communes": (code,)} if of.per == "commune" else {"place": code}


def link(**changes: Any) -> dict[str, str | list[str]]:
    """The address of the present view with some filters changed, for a way from a number to the names behind it."""
    current = vars(chosen()) | changes
    return address(Filters(**current), about().data_as_of.date())


def look_at(code: str, here: str, names: str) -> None:
    """Go to one of the places that people are counted by: of a commune to the page with the `names`, of a district or
    province the page that is `here`, counted by what lies in it."""
    wider = chosen().per != "commune"
    st.switch_page(
        here if wider else names, query_params=link(**at(code, chosen()), **({} if wider else {"verdicts": ()}))
    )


def _key(name: str) -> str:
    return f"filter-{name}"


def _widgets() -> dict[str, Any]:
    """What every widget of the side bar says."""
    return {n: list(v) if isinstance(v := st.session_state[_key(n)], list | tuple) else v for n in _NAMES}


def _pick(name: str, options: list[str], choices: Choices) -> None:
    def label(code: str) -> str:
        return choices.name(name, code)

    if name == "groups":
        st.pills(
            FILTER_TITLES[name],
            options,
            selection_mode="multi",
            format_func=label,
            key=_key(name),
            label_visibility="collapsed",
        )
    else:
        st.multiselect(
            FILTER_TITLES[name],
            options,
            format_func=label,
            key=_key(name),
            label_visibility="collapsed",
            placeholder=f"Mọi {choices.kinds}" if name == "communes" else _ANY[name],
            select_all=False,
        )


def _pick_place(choices: Choices) -> None:
    st.selectbox(
        FILTER_TITLES["place"],
        ["", *choices.places.place_code],
        format_func=lambda code: choices.name("place", code) if code else "Mọi tỉnh, huyện",
        key=_key("place"),
        label_visibility="collapsed",
    )


def _drop(name: str, code: str) -> None:
    key = _key(name)
    if name == "place":
        # From a district one comes back to its province.
        st.session_state[key] = code.rpartition("/")[0]
    else:
        st.session_state[key] = [c for c in st.session_state.get(key, []) if c != code] if code else ""


def _follow_address(data_as_of: date, earliest: date) -> _Seen:
    """Take over what the address says when it changed by itself: a pasted link, a drill-through, the back button.

    Returns what was seen before, or what was taken over. Who is quicker than the address chooses again before it has
    caught up: what was chosen then wins.
    """
    state = st.session_state
    said = {k: st.query_params.get_all(k) for k in (*_ADDRESS.values(), _PLACE, _DAY) if k in st.query_params}
    seen: _Seen | None = state.get(_SEEN)
    if seen:
        # Streamlit drops the widgets of a run that broke off, and of a client that does not report them.
        for name in _NAMES:
            if _key(name) not in state:
                state[_key(name)] = seen.widgets[name]
        if said == seen.address or _widgets() != seen.widgets:
            return seen
    taken: dict[str, Any] = {n: list(dict.fromkeys(said.get(short, []))) for n, short in _ADDRESS.items()}
    day = _day(said[_DAY], earliest) if _DAY in said else data_as_of
    taken[_DAY] = day or data_as_of
    taken["place"] = said.get(_PLACE, [""])[-1]
    # The search is not in the address, so that nothing there takes it back.
    taken["search"] = seen.widgets["search"] if seen else ""
    # Should the run break off below, the next one takes the address over once more.
    state.pop(_SEEN, None)
    for name, value in taken.items():
        state[_key(name)] = value
    state[_SEEN] = seen = _Seen(said, taken, taken[_DAY], notice="" if day else _no_such_day(data_as_of, earliest))
    return seen


def _write_address(filters: Filters, data_as_of: date) -> dict[str, list[str]]:
    """Have the address say what is chosen; returns what it says of it."""
    ours = {k: v if isinstance(v, list) else [v] for k, v in address(filters, data_as_of).items()}
    said = {k: st.query_params.get_all(k) for k in st.query_params}
    # What else the address says, such as whose profile is open, is not ours to take off.
    wanted = {k: v for k, v in said.items() if k not in (*_ADDRESS.values(), _PLACE, _DAY)} | ours
    if said != wanted:
        st.query_params.from_dict(wanted)
    return ours


def _day(said: list[str], earliest: date) -> date | None:
    """The day an address names, if it names one that can be looked at."""
    try:
        [day] = map(date.fromisoformat, said)
    except ValueError:
        return None
    return day if earliest <= day <= LATEST else None


def _no_such_day(shown: date, earliest: date) -> str:
    return (
        f"Địa chỉ nêu một ngày không xem được (cần viết như {shown.isoformat()}, từ {date_short(earliest)} đến "
        f"{date_short(LATEST)}); đang xem ngày {date_short(shown)}."
    )


def _no_such_place(wider: str, places: pd.DataFrame) -> str:
    shown = places.place[places.place_code == wider].iloc[0] if wider else "tất cả"
    return f"Tỉnh, huyện đang chọn không có vào ngày đang xem; đang xem {shown}."


def _not_followed(name: str, known: list[str], choices: Choices) -> str:
    shown = listed([choices.name(name, code) for code in known]) or "tất cả"
    return f"Địa chỉ nêu một {inside(FILTER_TITLES[name])} không có trong kho số liệu; đang xem {shown}."


def compared_day(as_of: date) -> date:
    """The year-end before the day looked at, which numbers are compared with."""
    return date(as_of.year - 1, 12, 31)


def on_day(as_of: date) -> str:
    """'Tính đến 31/12/2018'."""
    return f"Tính đến {date_short(as_of)}"
