"""A number that a page shows large."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Metric:
    """A number, what it counts, how it changed or what it is counted of, and what shows the people behind it.

    That is filters for the list of people, or the name of one of the page's own lists, or nothing.
    """

    title: str
    value: str
    about: str
    shows: Any = None
