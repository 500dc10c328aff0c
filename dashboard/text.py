"""Text shown as text: names, majors, headings and files carry anybody's words, which no place may read as a command."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def escaped(text: str) -> str:
    """The text for a place that reads Markdown, meaning itself: names and fields of study come from anybody's file."""
    return _MARKDOWN.sub(r"\\\1", text)
