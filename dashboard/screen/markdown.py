"""Text shown as text: names, majors, headings and files carry anybody's words, which no place may read as a command.

What a widget or a message of Streamlit is given is Markdown, and Plotly reads a little HTML; `st.dataframe`, `st.code`,
the options of a select box, what a field holds and Excel take text as it is. What the installed Streamlit really makes
of it is tried in a browser: tests/browser/test_office_words.py.
"""

import html
import re

# Signs that Streamlit's Markdown reads anywhere in a line; an underscore only at the edge of a word.
_SIGN = re.compile(r"[\\`*\[\]<>$~|&#]|(?<![^\W_])_|_(?![^\W_])")
# Signs that it reads at the beginning of a line only: lists, quotes, rules under a heading.
_FIRST = re.compile(r"^(?:(?=[+\-=])|(\d+)(?=[.)](?:\s|$)))")
# A colon before a word begins a directive, an icon, an emoji or an address.
_COLON = re.compile(r":(?=[\w+\-/])")
# After all signs are read Streamlit looks once more for arrows and addresses, which no backslash hides.
_LATE = re.compile(
    r"(?<=-)(?=\\>|-)|(?<=<)(?=[\-=])|(?<=[>~])(?==)|(?<=[\w.+\-])(?=@[\w\-])|(?<=www)(?=\.)", re.IGNORECASE
)
# An element that shows nothing: it parts the text before and after it, which is still copied as one word.
_NOTHING = ":color[]"


def escaped(text: str) -> str:
    """The text for a place that reads Markdown, as one line that means itself."""
    line = _SIGN.sub(r"\\\g<0>", " ".join(text.split()))
    line = _COLON.sub(rf"\\:{_NOTHING}", _FIRST.sub(r"\1\\", line))
    return _LATE.sub(_NOTHING, line)


def in_chart(text: str) -> str:
    """The text for a place of a Plotly figure that is drawn."""
    return html.escape(text, quote=False)
