"""Text as Streamlit's Markdown and Plotly have to be given it. What they make of it: tests/browser."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.ugly import TEXTS
from screen.markdown import escaped, in_chart

# What is left once every sign that is escaped is taken away must not begin anything.
_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])")
_ALIVE = re.compile(r"[\\`*\[\]<>$~|&#]|:[\w+\-/]|^[+\-=]|^\d+[.)](?:\s|$)|[\w.+\-]@\w|www\.", re.IGNORECASE)


def test_ordinary_names_stay_as_they_are() -> None:
    for name in ("Hồ Thị Ánh", "Lê Văn A (1975)", "Tài chính - kế toán", "1.234 người; 7,34%", "ds_huong_loc.xlsx"):
        assert escaped(name) == in_chart(name) == name


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("**Đậm**", r"\*\*Đậm\*\*"),
        ("1. A", r"1\. A"),
        ("a: b", "a: b"),
        (":red[x]", r"\::color[]red\[x\]"),
        ("a@b.vn", "a:color[]@b.vn"),
        ("www.a.b", "www:color[].a.b"),
        ("->", r"\-:color[]\>"),
        ("a\n\n# b", r"a \# b"),
    ],
)
def test_what_would_be_read_is_not(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from([*TEXTS, ":", "@", "-", ">", "1", "_"])).map("".join)))
def test_nothing_is_alive_and_nothing_is_lost(text: str) -> None:
    given = escaped(text)
    assert not _ALIVE.search(_SIGN.sub("\1", given).replace(":color[]", "\1"))
    assert _SIGN.sub(r"\1", given.replace(":color[]", "")) == " ".join(text.split())


def test_plotly_s_html_is_text() -> None:
    assert in_chart("<b>x</b> &lt; 'a'") == "&lt;b&gt;x&lt;/b&gt; &amp;lt; 'a'"
