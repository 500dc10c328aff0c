"""What only the officer knows: whose list it is, who is who, what a word or a column means."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from access.rights import Right
from core import office
from core.conflict import Clashed, Seen
from core.store import Filters, Reader
from core.vietnamese import number
from core.words import Words
from intake.session import Intake, vocabulary
from intake.vocabulary import IGNORED, field_names
from screen import access, outcome
from screen.markdown import escaped
from screen.reading import MOST_SHOWN

_Choices = list[tuple[str, int | None, int | None]]


# A word that is asked about meant nothing when it was asked; one that others have explained since is kept here.
NOBODY_SAID, _WORD = Seen({"code": None}), "intake-word"
_WHO = "who-"
# From how many rows that are asked about alike they can be answered together.
_MANY = 3


def whose(reader: Reader, intake: Intake) -> None:
    """Files that do not say whose list they are: the officer says it."""
    homeless = [*dict.fromkeys([*intake.reading.homeless, *st.session_state["intake-communes"]])]
    if not homeless:
        return
    st.subheader("Danh sách của xã nào", anchor=False)
    communes = list(reader.query("units", Filters(intake.as_of)).commune)
    for name in homeless:
        st.selectbox(
            f"Tệp {escaped(name)} không ghi tên xã",
            communes,
            key=f"whose-{name}",
            placeholder="Chọn xã, thị trấn",
            index=_place(communes, st.session_state["intake-communes"].get(name)),
            on_change=_belongs,
            args=(name, f"whose-{name}"),
            width=420,
        )


def _place(options: Sequence[str], value: str | None) -> int | None:
    return options.index(value) if value in options else None


def _belongs(name: str, key: str) -> None:
    st.session_state.setdefault("intake-communes", {})[name] = st.session_state[key]


def questions(intake: Intake) -> None:
    """Rows that may be somebody the store knows; an answer is compared at once."""
    asked = sorted(set(intake.comparison.questions.who))
    if not asked:
        return
    st.subheader("Có phải cùng một người", anchor=False)
    if (nearly := len(intake.comparison.nearly_known)) >= _MANY:
        st.button(
            f"Cả {number(nearly)} dòng chỉ gần giống một người trong kho đều là người ấy",
            key="answer-nearly-known",
            on_click=_answer_all,
            args=(intake,),
        )
    for who in asked:
        choices: _Choices = [
            *((escaped(f"Là {text}"), person, same) for text, person, same in intake.alike(who)),
            ("Là người khác, chưa có trong kho", None, None),
        ]
        file, _, row = intake.facts.rows[who][0]
        st.radio(
            escaped(f"{intake.name(who)} (dòng {row} của tệp {file})"),
            range(len(choices)),
            index=_answered(intake, who, choices),
            format_func=[c[0] for c in choices].__getitem__,
            key=f"{_WHO}{file}-{row}",
            on_change=_answer,
            args=(intake, who, choices, f"{_WHO}{file}-{row}"),
        )


def _answer_all(intake: Intake) -> None:
    intake.answer_nearly_known()
    forget()


def forget() -> None:
    """What the radio buttons show: they are asked anew."""
    for key in [key for key in st.session_state if str(key).startswith(_WHO)]:
        del st.session_state[key]


def _answered(intake: Intake, who: int, choices: _Choices) -> int | None:
    said = (intake.answers.people.get(who), intake.answers.same.get(who))
    if who not in intake.answers.people and who not in intake.answers.same:
        return None
    return next((n for n, choice in enumerate(choices) if choice[1:] == said), None)


def _answer(intake: Intake, who: int, choices: _Choices, key: str) -> None:
    _, person, same = choices[st.session_state[key]]
    intake.answers.people.pop(who, None)
    intake.answers.same.pop(who, None)
    if same is not None:
        intake.answers.same[who] = same
    else:
        intake.answers.people[who] = person
    intake.compare()


def strange_words(reader: Reader, intake: Intake, words: Words) -> None:
    """Words nobody has explained yet: what one means is remembered, and the files are read again."""
    _disputed(reader, words)
    if not intake.reading.strange:
        return
    st.subheader("Từ chưa hiểu", anchor=False)
    known = vocabulary(reader, intake.as_of)
    for n, word in enumerate(intake.reading.strange[:MOST_SHOWN]):
        codes = [c for c in known.codes(word.domain) if c != IGNORED] if word.domain != "commune" else _communes(intake)
        domain = word.domain if word.domain != "commune" else "unit"
        name, choice, save = st.columns([3, 4, 1], vertical_alignment="bottom")
        name.markdown(f"**{escaped(word.word)}** · {number(word.count)} ô, {escaped(word.example)}")
        meant = choice.selectbox(
            f"Nghĩa của {word.word}",
            [*codes, IGNORED],
            index=None,
            key=f"word-{n}-{word.domain}-{word.word}",
            placeholder="Chọn nghĩa",
            label_visibility="collapsed",
            format_func=partial(meaning, words, domain),
        )
        save.button(
            "Nhớ",
            key=f"learn-{n}",
            disabled=meant is None,
            on_click=_learn,
            args=(reader, word.domain, meant, word.word),
        )
    if len(intake.reading.strange) > MOST_SHOWN:
        st.caption(
            f"Còn {number(len(intake.reading.strange) - MOST_SHOWN)} từ nữa, hiện dần khi các từ trên đã được nhớ."
        )


def meaning(words: Words, domain: str, code: str) -> str:
    """What a word was said to mean."""
    return "Bỏ qua từ này" if code == IGNORED else words.label(domain, code)


def _communes(intake: Intake) -> list[str]:
    return list(intake.reader.query("units", Filters(intake.as_of)).commune)


def _learn(reader: Reader, domain: str, code: str, word: str, seen: Seen = NOBODY_SAID) -> None:
    st.session_state.pop(_WORD, None)
    try:
        with access.acting(Right.RECORD) as hand:
            office.learn_word(reader.store, domain, code, word, seen, by=hand.name)
    except Clashed as clashed:
        st.session_state[_WORD] = (domain, code, word, clashed.clashes)
    _read_again()


def _disputed(reader: Reader, words: Words) -> None:
    """A word that others have explained meanwhile, as something else."""
    if _WORD not in st.session_state:
        return
    domain, code, word, clashes = st.session_state[_WORD]

    def text(_: str, said: str | None) -> str:
        return meaning(words, "unit" if domain == "commune" else domain, said) if said else "chưa có nghĩa"

    outcome.ask(clashes, {"code": f"Từ {word}"}, text)
    with st.container(horizontal=True):
        st.button(
            outcome.INSIST,
            key="word-insist",
            type="primary",
            on_click=_learn,
            args=(reader, domain, code, word, NOBODY_SAID.insist(clashes)),
        )
        st.button(outcome.GIVE_WAY, key="word-give-way", on_click=st.session_state.pop, args=(_WORD, None))


def columns(reader: Reader, intake: Intake) -> None:
    """What each column was taken for; a correction is remembered for lists of the same layout."""
    fields = field_names(vocabulary(reader, intake.as_of))
    if not intake.reading.layouts:
        return
    with st.expander("Cột được hiểu như thế nào", icon=":material/view_column:"):
        for layout in intake.reading.layouts:
            st.markdown(f"**{escaped(layout.file)}** {escaped(layout.sheet)} · {number(layout.people)} dòng")
            for column in layout.columns:
                options = [IGNORED, *fields]
                place = options.index(column.field) if column.field in options else None
                key = f"column-{layout.file}-{layout.sheet}-{layout.key}-{column.place}"
                st.selectbox(
                    escaped(column.heading),
                    options,
                    index=place,
                    key=key,
                    placeholder="Chưa hiểu, bỏ qua",
                    format_func=lambda f: "Bỏ qua" if f == IGNORED else fields[f],
                    on_change=_remember,
                    args=(reader, layout.key, column.heading, key, column.field, fields),
                )


def _remember(
    reader: Reader, layout: str, heading: str, key: str, shown: str | None, fields: Mapping[str, str]
) -> None:
    try:
        with access.acting(Right.RECORD) as hand:
            chosen = st.session_state[key]
            office.remember_column(reader.store, layout, heading, chosen, Seen({"field": shown}), by=hand.name)
    except Clashed as clashed:
        [clash] = clashed.clashes
        now, wanted = (fields.get(f or "", "Bỏ qua") for f in (clash.now, clash.wanted))
        said = (
            f"Cột {heading}: nơi khác vừa ghi nhớ là “{now}”, bạn chọn “{wanted}”. Chưa đổi gì; muốn đổi thì chọn lại."
        )
        outcome.say("intake", said, good=False)
        st.session_state[key] = clash.now
    _read_again()


def _read_again() -> None:
    st.session_state["intake-taught"] = st.session_state.get("intake-taught", 0) + 1
