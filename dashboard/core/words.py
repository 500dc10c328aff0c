"""Words of the interface: column headings, and the names that stand for codes. Names of things come from the store."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from core.columns import COLUMNS, HEADINGS
from core.store import Filters, Reader
from core.vietnamese import date_short

FILTER_TITLES: Mapping[str, str] = {
    "place": "Tỉnh, huyện",
    "communes": "Xã, thị trấn",
    "groups": "Nhóm",
    "posts": "Chức vụ, chức danh",
    "criteria": "Tiêu chí",
    "verdicts": "Kết luận",
    "search": "Họ tên",
}

# What districts and provinces are called where people are counted by them.
PLACES: Mapping[str, str] = {"district": "Huyện, thị xã, thành phố", "province": "Tỉnh, thành phố"}

# The groups of cán bộ and công chức, as `official_groups` of `queries/macros/functions.sql` has them.
OFFICIALS = ("can_bo", "cong_chuc")
# In place of a day that only comes in one of the two extreme cases of a forecast.
_PERHAPS = "có thể không xảy ra"
# What a list has for the program: where a row leads, what is drawn or left out, what it counts as.
HIDDEN = ("person_id", "unit_code", "tile_col", "tile_row", "hidden", "levels", "unchecked", "stage")


@dataclass(frozen=True)
class Words:
    """What every code of the store is called."""

    rows: pd.DataFrame

    @classmethod
    def of(cls, reader: Reader) -> "Words":
        """The vocabulary of a store."""
        return reader.store.remembered("words", lambda: cls(reader.query("words", Filters(date.min))))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(d, c): text for d, c, text in zip(self.rows.domain, self.rows.code, self.rows.label, strict=True)}

    @cached_property
    def _short(self) -> dict[tuple[str, str], str]:
        return {
            (d, c): text for d, c, text in zip(self.rows.domain, self.rows.code, self.rows.short_label, strict=True)
        }

    @cached_property
    def _codes(self) -> dict[str, dict[str, int]]:
        codes: dict[str, dict[str, int]] = {}
        for domain, code, place in zip(self.rows.domain, self.rows.code, self.rows["sort"].fillna(0), strict=True):
            codes.setdefault(domain, {})[code] = place
        return codes

    def label(self, domain: str, code: str) -> str:
        """The name of a code; a text that is no code of the domain stands for itself."""
        return self._labels.get((domain, code)) or self._labels.get(("*", code), code)

    def short(self, domain: str, code: str) -> str:
        """The name of a code where there is little room."""
        return self._short.get((domain, code), code)

    def options(self, domain: str) -> list[str]:
        """The codes of a vocabulary in their order."""
        return list(self._codes.get(domain, ()))

    def levels(self, criterion: str) -> list[str]:
        """The levels of a criterion that somebody can be asked for, from the lowest."""
        return [code for code, place in self._codes.get(criterion, {}).items() if place > 0]

    def present(
        self,
        frame: pd.DataFrame,
        *,
        hide: tuple[str, ...] = HIDDEN,
    ) -> pd.DataFrame:
        """The frame as people read it: names for codes, Vietnamese headings, real dates where the day is known.

        A date known only to the month or year stays a text ('06/1975', '1975'). Rows and their order are kept.
        """
        shown: dict[str, np.ndarray] = {}
        for column in (str(c) for c in frame if c not in hide):
            # What is missing has a value of its own in each kind of column; none of them equals itself.
            values: list[Any] = [None if v is None or v is pd.NA or v != v else v for v in frame[column].tolist()]
            match COLUMNS[column].kind:
                case "code":
                    values = [v and self.label(COLUMNS[column].domain, v) for v in values]
                case "level" if "criterion" in frame:
                    asked = frame.get("required", frame[column])
                    values = [self.level(c, v, r) for c, v, r in zip(frame.criterion, values, asked, strict=True)]
                case "category":
                    values = [self.label(d, v) for d, v in zip(frame.dimension, values, strict=True)]
                case "number" if column == "people" and "hidden" in frame:
                    # A number that is not told has a word in its place, on screen and in the file.
                    untold = [None if pd.isna(h) else self.label("hidden", h) for h in frame.hidden]
                    values = [u or v for u, v in zip(untold, values, strict=True)]
                case "year":
                    values = [None if v is None else str(int(v)) for v in values]
                case "partial":
                    values = [partial(v) for v in values]
                case "flag":
                    values = [None if v is None else "Có" if v else "Không" for v in values]
                case "date":
                    values = [v and v.date() for v in values]
                case "expected":
                    values = [_PERHAPS if v is None else v.date() for v in values]
            shown[column] = np.array([*values, None], object)[:-1]
        # As objects: a column of texts would turn None into nan.
        table = pd.DataFrame(shown, index=frame.index, dtype=object)
        table.columns = pd.Index([HEADINGS[column] for column in shown])
        return table

    def level(self, criterion: str, code: object, required: object = None) -> str | None:
        """What a person holds or must hold in a criterion: 'Trung cấp', '46 tuổi', 'Luật kinh tế'."""
        if code is None or pd.isna(code):  # type: ignore[call-overload]
            return None
        text = str(code)
        if criterion == "tuoi_lan_dau" and re.fullmatch(r"-?\d+", text):
            return f"{text} tháng" if required == "con_60_thang" else f"{text} tuổi"
        return self.label(criterion, text)

    def certainty(self, confidence: str, checked_on: Any) -> str:
        """How sure we are of a text or rule of law: when it was checked against its text, else how it is known."""
        if checked_on is not None and not pd.isna(checked_on):
            return f"Đã đối chiếu {date_short(checked_on)}"
        return self.label("confidence", confidence)

    def describe(self, filters: Filters, communes: Mapping[str, str]) -> list[tuple[str, str]]:
        """The filters in words, as chips and Excel files show them; `communes` names the codes of units and places."""
        named = {
            "place": [communes.get(filters.place, filters.place)] if filters.place else [],
            "communes": [communes.get(c, c) for c in filters.communes],
            "groups": [self.short("group", c) for c in filters.groups],
            "posts": [self.label("post", c) for c in filters.posts],
            "criteria": [self.short("criterion", c) for c in filters.criteria],
            "verdicts": [self.label("verdict", c) for c in filters.verdicts],
            "search": [filters.search] if filters.search else [],
        }
        return [(FILTER_TITLES[name], ", ".join(values)) for name, values in named.items() if values]


def partial(text: object) -> date | str | None:
    """An ISO date, month or year ('1975-06-20', '1975-06', '1975') as a date, '06/1975' or '1975'; nothing as None.

    In a column of texts pandas writes what is missing as a number that is none (nan), not as None.
    """
    if not isinstance(text, str) or not text:
        return None
    parts = text.split("-")
    return date.fromisoformat(text) if len(parts) == 3 else "/".join(reversed(parts))


def as_text(value: object) -> str:
    """A cell as text, dates in the day/month/year of this country, nothing as '—'."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "—"
    return date_short(value) if isinstance(value, date) else str(value)
