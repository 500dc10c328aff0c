"""The shared filters: drawn once a run in the side bar, kept in the address, shown as chips on every page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

import mergers
from labels import FILTER_TITLES, Words
from store import WHOLE_COUNTRY, Filters, Store
from text import escaped
from vietnamese import date_short, inside

# The address carries codes, so that a link stays true when a name changes. What was typed into the search box stays
# out of it: addresses end up in histories and logs, names of people should not.
_ADDRESS = {"communes": "xa", "groups": "nhom", "posts": "cd", "criteria": "tc", "verdicts": "kl"}
_DAY = "ngay"
# An empty filter says itself what it is of: a line of its own for that would push the last ones off a small screen.
_ANY = {
    "communes": "Mọi xã, thị trấn", "posts": "Mọi chức vụ, chức danh", "criteria": "Mọi tiêu chí",
    "verdicts": "Mọi kết luận",
}  # fmt: skip
EARLIEST, LATEST_LAW = date(2004, 2, 27), date(2030, 12, 31)


@dataclass(frozen=True)
class Choices:
    """What may be chosen: codes and names of the communes visible on the day, and the vocabulary of the rest."""

    communes: Mapping[str, str]
    words: Words

    def codes(self, name: str) -> list[str]:
        """The codes a filter offers, in the order a person looks for them."""
        domains = {"groups": "group", "posts": "post", "criteria": "criterion", "verdicts": "verdict"}
        return list(self.communes) if name == "communes" else self.words.options(domains[name])

    def name(self, name: str, code: str) -> str:
        """What a code of a filter is called."""
        match name:
            case "communes":
                return self.communes.get(code, code)
            case "posts":
                return self.words.label("post", code)
            case "groups":
                return self.words.short("group", code)
            case "criteria":
                return self.words.short("criterion", code)
        return self.words.label("verdict", code)


def draw(store: Store, words: Words, about: pd.Series, page: str) -> Filters:
    """Draw the side bar and return what is chosen; the day is that of the newest list unless another is chosen.

    What the run read of the store (`about`, the vocabulary) is kept for the page, so that nothing is read twice.
    `page` is the one that is shown: what had to be said of the filters on one is not repeated on the next.
    """
    data_as_of = about.data_as_of.date()
    state = st.session_state
    # A code means the commune that had it on the day it was chosen; in an address, on the day that stands beside it.
    meant_on = None if _follow_address(data_as_of) else state["filters"].as_of
    shown = Filters(state[_key(_DAY)] or data_as_of, scope=WHOLE_COUNTRY)
    units = store.query("units", shown)
    choices = Choices(dict(zip(units.unit_code, units.commune, strict=True)), words)
    communes, said = state[_key("communes")], ""
    if communes and (meant_on not in (None, shown.as_of) or not set(communes) <= choices.communes.keys()):
        state[_key("communes")], said = mergers.followed(store, communes, meant_on or shown.as_of, shown)
    with st.sidebar, st.container(gap="xsmall"):
        day = st.date_input(
            "Tính đến ngày", key=_key(_DAY), format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST_LAW
        )
        for name in ("groups", "communes", "posts", "criteria", "verdicts"):
            options = choices.codes(name)
            # A link may name what does not exist.
            state[_key(name)] = [c for c in state[_key(name)] if c in options]
            _pick(name, options, choices)
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
        search=state[_key("search")].strip(),
        scope=WHOLE_COUNTRY,
    )
    _write_address(filters, data_as_of)
    if said or state.get("told", ("", None))[1] != (page, filters):
        state["told"] = said, (page, filters)
    state["filters"], state["choices"], state["about"] = filters, choices, about
    state["drawn"] = _widgets()
    return filters


def chosen() -> Filters:
    """The filters of this run."""
    filters: Filters = st.session_state["filters"]
    return filters


def words() -> Words:
    """The vocabulary of this run."""
    choices: Choices = st.session_state["choices"]
    return choices.words


def about() -> pd.Series:
    """What the store holds, as read in this run: one row of the query `about`."""
    row: pd.Series = st.session_state["about"]
    return row


def told() -> str:
    """What became of the communes that were chosen, as long as the view is the one it was said of; often nothing."""
    said: str = st.session_state["told"][0]
    return said


def chips(heeded: Collection[str]) -> None:
    """The filters in force, each with a button that takes it off, and one that takes off all.

    Those that the page does not heed (by names of `Filters`) are drawn quietly and named; where it heeds none, there
    is nothing to show.
    """
    filters, choices = chosen(), st.session_state["choices"]
    active = [(name, code) for name in _ADDRESS for code in getattr(filters, name)]
    named = [(name, code, choices.name(name, code)) for name, code in active]
    if filters.search:
        named.append(("search", "", filters.search))
    if not named or not heeded:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for name, code, said in named:
            st.button(
                escaped(f"{FILTER_TITLES[name]}: {said}"), key=f"chip-{name}-{code}".rstrip("-"),
                icon=":material/close:", icon_position="right", on_click=_drop, args=(name, code),
                type="secondary" if name in heeded else "tertiary",
            )  # fmt: skip
        st.button("Xóa lọc", key="chip-clear", type="tertiary", icon=":material/filter_alt_off:", on_click=clear)
    if ignored := dict.fromkeys(inside(FILTER_TITLES[name]) for name, _, _ in named if name not in heeded):
        st.caption(f"Các con số chính của trang này không lọc theo {'; '.join(ignored)}.")


def clear() -> None:
    """Take off every filter; the day stays."""
    for name in _ADDRESS:
        st.session_state[_key(name)] = []
    st.session_state[_key("search")] = ""


def address(filters: Filters, data_as_of: date) -> dict[str, str | list[str]]:
    """The query parameters that open the same view: what is chosen, without what is the default anyway."""
    parameters: dict[str, str | list[str]] = {
        short: list(getattr(filters, name)) for name, short in _ADDRESS.items() if getattr(filters, name)
    }
    if filters.as_of != data_as_of:
        parameters[_DAY] = filters.as_of.isoformat()
    return parameters


def link(**changes: Any) -> dict[str, str | list[str]]:
    """The address of the present view with some filters changed, for a way from a figure to the names behind it."""
    current = vars(chosen()) | changes
    return address(Filters(**current), st.session_state["data_as_of"])


def _key(name: str) -> str:
    return f"filter-{name}"


def _widgets() -> dict[str, Any]:
    """What every widget of the side bar says."""
    names = (*_ADDRESS, _DAY, "search")
    return {n: list(v) if isinstance(v := st.session_state[_key(n)], list | tuple) else v for n in names}


def _pick(name: str, options: list[str], choices: Choices) -> None:
    def label(code: str) -> str:
        return choices.name(name, code)

    if name == "groups":
        st.pills(
            FILTER_TITLES[name], options, selection_mode="multi", format_func=label, key=_key(name),
            label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.multiselect(
            FILTER_TITLES[name],
            options,
            format_func=label,
            key=_key(name),
            label_visibility="collapsed",
            placeholder=_ANY[name],
            select_all=False,
        )


def _drop(name: str, code: str) -> None:
    key = _key(name)
    st.session_state[key] = [c for c in st.session_state[key] if c != code] if code else ""


def _follow_address(data_as_of: date) -> bool:
    """Take over what the address says when it changed by itself: a pasted link, a drill-through, the back button."""
    state = st.session_state
    state["data_as_of"] = data_as_of
    said = {k: st.query_params.get_all(k) for k in (*_ADDRESS.values(), _DAY) if k in st.query_params}
    if _key(_DAY) in state:
        # Who is quicker than the address chooses again before it has caught up: what was chosen then wins.
        if said == state.get("address") or _widgets() != state["drawn"]:
            return False
    else:
        state[_key("search")] = ""
    for name, short in _ADDRESS.items():
        state[_key(name)] = list(dict.fromkeys(said.get(short, [])))
    state[_key(_DAY)] = _day(said.get(_DAY, [""])[0], data_as_of)
    return True


def _write_address(filters: Filters, data_as_of: date) -> None:
    parameters = address(filters, data_as_of)
    state = st.session_state
    state["address"] = {k: v if isinstance(v, list) else [v] for k, v in parameters.items()}
    said = {k: st.query_params.get_all(k) for k in st.query_params}
    # What else the address says, such as whose record is open, is not ours to take off.
    wanted = {k: v for k, v in said.items() if k not in (*_ADDRESS.values(), _DAY)} | state["address"]
    if said != wanted:
        st.query_params.from_dict(wanted)


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if EARLIEST <= day <= LATEST_LAW else otherwise


def compared_day(as_of: date) -> date:
    """The year-end before the day looked at, which figures are compared with."""
    return date(as_of.year - 1, 12, 31)


def on_day(as_of: date) -> str:
    """'Tính đến 31/12/2018'."""
    return f"Tính đến {date_short(as_of)}"
