"""What came of something the reader did: it stands where they did it, with the way back, until they move on.

A message that is shown once is lost whenever a run is drawn again or breaks off. These are kept by the place they
belong to, and gone when another page or another profile is opened, or when something else is done in the same place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from access.rights import Right
from core.conflict import Clash, Seen
from core.store import Filters, Reader
from core.vietnamese import number
from intake.commit import NotAccepted, undo
from screen import access
from screen.markdown import escaped

# The person whose profile is open, in the address.
PROFILE = "nguoi"
_PREFIX, _HERE = "said-", "here"
_SHOWN, _CLASHES = "shown-", "clashes-"
INSIST, GIVE_WAY = "Ghi điều tôi nhập", "Giữ điều nơi khác đã ghi"
KEPT = "Giữ nguyên điều nơi khác đã ghi, không ghi gì thêm."
Text = Callable[[str, Any], str]


@dataclass(frozen=True)
class _Said:
    text: str
    good: bool
    batch: int | None
    # Page and profile it was first shown on.
    where: tuple[str, str] | None = None


def say(place: str, text: str, *, batch: int | None = None, good: bool = True) -> None:
    """Say something in a place; with the number of a `batch` it can be taken back there."""
    st.session_state[_PREFIX + place] = _Said(text, good, batch)


def say_recorded(place: str, reader: Reader, batch: int) -> None:
    """Say that a batch was recorded, and what it says."""
    titles = reader.query("batches", Filters(date.today())).set_index("batch_id").title
    # Of all batches only those are told who see everybody.
    title = f": {titles[batch]}" if batch in titles else ""
    say(place, f"Đã ghi nhận thành đợt {batch}{title}.", batch=batch)


def hush(place: str) -> None:
    """Something else is being done in the place."""
    st.session_state.pop(_PREFIX + place, None)


def draw(place: str, reader: Reader) -> None:
    """What was said in the place, if anything."""
    key = _PREFIX + place
    said: _Said | None = st.session_state.get(key)
    # There is a place for it always: an expander below that moves down would fold.
    with st.container(gap="xsmall"):
        if said is None:
            return
        if said.where is None:
            st.session_state[key] = replace(said, where=st.session_state.get(_HERE))
        shown = st.success if said.good else st.error
        shown(escaped(said.text), icon=":material/check:" if said.good else ":material/error:")
        if (
            said.batch is not None
            and access.may(Right.UNDO)
            and st.button(f"Hoàn tác đợt {said.batch}", key=f"{place}-undo", icon=":material/undo:")
        ):
            take_back(place, reader, said.batch)
            # All of the page, not only the profile over it.
            st.rerun()


def take_back(place: str, reader: Reader, batch: int) -> None:
    """Take a batch back and say so."""
    try:
        with access.acting(Right.UNDO) as hand:
            undo(reader, batch, hand.name)
            hand.told = {"dot": batch}
    except NotAccepted as error:
        say(place, str(error), good=False)
    else:
        taught = reader.query("learned", Filters(date.min)).batch_id == batch
        kept = (
            f" Kho vẫn nhớ {number(int(taught.sum()))} từ, cột đã chỉ khi nạp đợt ấy; muốn bỏ thì mở thẻ “Từ, cột đã "
            "nhớ” của trang Nhập và cập nhật."
        )
        say(place, f"Đã hoàn tác đợt {batch}; các đợt khác còn nguyên.{kept if taught.any() else ''}")


def turn_to(page: str) -> None:
    """A run of a page begins: what was said on another one, or in another profile, is done with."""
    here = (page, st.query_params.get(PROFILE, ""))
    for key in [k for k in st.session_state if str(k).startswith(_PREFIX)]:
        said = st.session_state.get(key)
        if isinstance(said, _Said) and said.where not in (None, here):
            del st.session_state[key]
    st.session_state[_HERE] = here


# A view that is old by now (see `core.conflict`)


def first_shown(form: str, alive: str, now: Mapping[Any, Any]) -> dict[Any, Any]:
    """What a form showed of each thing when it was first drawn; `now` is what is known of them.

    `alive` is the key of a field of the form: without it the form is drawn anew. What is gone by now may still be what
    the reader has chosen, and must not give way to another choice unseen.
    """
    state, key = st.session_state, f"{_SHOWN}{form}"
    kept = state.get(key) if alive in state else None
    if kept is None:
        settle(form)
        kept = {}
    # In the order they were first shown: a select box begins with the first, which must not change unseen.
    state[key] = kept | {i: of for i, of in now.items() if i not in kept}
    return dict(state[key])


def sent(
    form: str, label: str, shown: Mapping[str, Any], names: Mapping[str, str], text: Text, above: DeltaGenerator
) -> Seen | None:
    """The end of a form: a button, or `above` its fields what others have entered and a button for each of the two.

    Returns, when it is sent, what was `shown` and is chosen now. `names` are those of the fields, `text` writes a value
    of a field.
    """
    clashes = waiting(form)
    if not clashes:
        return Seen(shown) if st.form_submit_button(label, type="primary") else None
    with above:
        ask(clashes, names, text)
        with st.container(horizontal=True):
            mine = st.form_submit_button(INSIST, type="primary", key=f"{form}-insist")
            theirs = st.form_submit_button(GIVE_WAY, key=f"{form}-give-way")
    if not (mine or theirs):
        return None
    settle(form)
    return Seen(shown).insist(clashes) if mine else Seen(shown).give_way(clashes)


def begin_anew(form: str) -> None:
    """What the form said is written: from now on it shows what is known now."""
    st.session_state.pop(_SHOWN + form, None)


def wait(form: str, clashes: list[Clash]) -> None:
    """Nothing is written until the reader has chosen."""
    st.session_state[_CLASHES + form] = clashes


def settle(form: str) -> None:
    """The reader has chosen, or goes on otherwise."""
    st.session_state.pop(_CLASHES + form, None)


def waiting(form: str) -> list[Clash]:
    """What others have entered since the form was drawn."""
    clashes: list[Clash] = st.session_state.get(_CLASHES + form, [])
    return clashes


def ask(clashes: Sequence[Clash], names: Mapping[str, str], text: Text) -> None:
    """Show what others have entered meanwhile beside what is entered here."""
    st.warning(
        "Trong lúc bạn đang nhập, nơi khác đã sửa cùng điều này. Chưa ghi gì; hãy chọn điều nào đúng.  \n"
        + "  \n".join(
            f"{names.get(c.field, c.field)}: lúc đầu là {_quoted(text(c.field, c.was))}, nơi khác đã ghi "
            f"{_quoted(text(c.field, c.now))}, bạn ghi {_quoted(text(c.field, c.wanted))}."
            for c in clashes
        ),
        icon=":material/call_split:",
    )


def _quoted(text: str) -> str:
    return f"**“{escaped(text)}”**"
