"""The shared filters: drawn once a run in the side bar, kept in the address, shown as chips on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from labels import FILTER_TITLES, Words
from store import WHOLE_COUNTRY, Filters, Store
from vietnamese import date_short

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


def draw(store: Store, words: Words, about: pd.Series) -> Filters:
    """Draw the side bar and return what is chosen; the day is that of the newest list unless another is chosen.

    What the run read of the store (`about`, the vocabulary) is kept for the page, so that nothing is read twice.
    """
    data_as_of = about.data_as_of.date()
    _follow_address(data_as_of)
    state = st.session_state
    units = store.query("units", Filters(state[_key(_DAY)] or data_as_of))
    choices = Choices(dict(zip(units.unit_code, units.commune, strict=True)), words)
    with st.sidebar, st.container(gap="xsmall"):
        day = st.date_input(
            "Tính đến ngày", key=_key(_DAY), format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST_LAW
        )
        for name in ("groups", "communes", "posts", "criteria", "verdicts"):
            options = choices.codes(name)
            # A link or an earlier day may name a commune that does not exist on this day.
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


def chips() -> None:
    """The filters in force, each with a button that takes it off, and one that takes off all."""
    filters, choices = chosen(), st.session_state["choices"]
    active = [(name, code) for name in _ADDRESS for code in getattr(filters, name)]
    if not active and not filters.search:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for name, code in active:
            st.button(
                f"{FILTER_TITLES[name]}: {choices.name(name, code)}",
                key=f"chip-{name}-{code}", icon=":material/close:", icon_position="right", on_click=_drop,
                args=(name, code),
            )  # fmt: skip
        if filters.search:
            st.button(
                f"{FILTER_TITLES['search']}: {filters.search}",
                key="chip-search", icon=":material/close:", icon_position="right", on_click=_drop, args=("search", ""),
            )  # fmt: skip
        st.button("Xóa lọc", key="chip-clear", type="tertiary", icon=":material/filter_alt_off:", on_click=clear)


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


def _follow_address(data_as_of: date) -> None:
    """Take over what the address says when it changed by itself: a pasted link, a drill-through, the back button."""
    state = st.session_state
    state["data_as_of"] = data_as_of
    said = {k: st.query_params.get_all(k) for k in (*_ADDRESS.values(), _DAY) if k in st.query_params}
    if _key(_DAY) in state:
        # Who is quicker than the address chooses again before it has caught up: what was chosen then wins.
        if said == state.get("address") or _widgets() != state["drawn"]:
            return
    else:
        state[_key("search")] = ""
    for name, short in _ADDRESS.items():
        state[_key(name)] = list(dict.fromkeys(said.get(short, [])))
    state[_key(_DAY)] = _day(said.get(_DAY, [""])[0], data_as_of)


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
