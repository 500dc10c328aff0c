"""A list as the reader sees it, and the same list as an Excel file: one query, one set of filters."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from core import ended_standards, mergers
from core.columns import HEADINGS
from core.store import QUERIES, Filters, Reader, StoreError, load_query
from core.vietnamese import date_short, inside, number
from core.words import PLACES, Words
from documents.excel import TOTAL, Export, Letterhead, file_name, workbook

# A file of more rows is made beside the pages; of more than the most none is made.
LONG, MOST_ROWS = 5_000, 300_000
# Lists of verdicts, of which it matters how many are judged besides: that is counted as on the overview.
_OF_VERDICTS = ("assessment", "substandard_people", "verdicts")
# Who is judged over time: what is counted falls where the standards of a group end.
_OVER_TIME = ("met_standard", "met_standard_people", "met_standard_total")


@dataclass(frozen=True)
class Supposition:
    """What the file of a list that only supposes says in place of the real legal basis and caveats.

    Without a `basis` of its own the law of the day looked at counts, of a forecast also what begins `until` its end.
    """

    caveats: tuple[str, ...]
    basis: tuple[str, ...] | None = None
    until: date | None = None


@dataclass(frozen=True)
class Listing:
    """Rows of a named query with everything a page, the command line and Excel need to show them alike."""

    reader: Reader
    words: Words
    title: str
    query: str
    filters: Filters
    frame: pd.DataFrame
    supposed: Supposition | None = None
    # The first day of a list about a time; empty for one day.
    since: date | None = None
    # Its people are too many to be named on screen: only the file has rows, and `ask` gives them.
    ask: Callable[[], "Listing"] | None = None
    # The query's own parameters by name, such as the units that people are counted in.
    own: tuple[tuple[str, Hashable], ...] = ()

    @property
    def notes(self) -> list[str]:
        """What must be known of the law to read the numbers: which standards ended in the time that they are of."""
        if self.supposed and self.supposed.until:
            return ended_standards.notes_ahead(self.reader, self.filters, self.supposed.until)
        of_trends = (QUERIES / "trends" / f"{self.query}.sql").exists() or self.query in _OVER_TIME
        return ended_standards.notes(self.reader, self.filters, self.since) if self.since and of_trends else []

    @property
    def shown(self) -> pd.DataFrame:
        """The rows in words, as on screen and in the file."""
        return self._in_words(self.frame, by_place="per" in load_query(self.query).parameters)

    def _in_words(self, frame: pd.DataFrame, *, by_place: bool) -> pd.DataFrame:
        shown = self.words.present(frame)
        # What stands in the column of communes is then a district or a province.
        places = PLACES.get(self.filters.per) if by_place else None
        return shown.rename(columns={HEADINGS["commune"]: places}) if places else shown

    @property
    def file_name(self) -> str:
        """What the Excel file is called."""
        return file_name(self.title, self.filters.as_of)

    @property
    def is_long(self) -> bool:
        """Whether its file takes so long to make that nobody should wait for it."""
        return self.ask is not None or len(self.frame) > LONG

    @property
    def identity(self) -> Hashable:
        """What its file follows from: as long as this is the same, so is the file."""
        rows = None if self.ask else int(pd.util.hash_pandas_object(self.frame, index=False).sum())
        who = (self.reader.store.target, self.reader.store.writes, self.reader.scope, self.reader.who)
        return (*who, self.title, self.query, self.filters, self.own, rows)

    def excel(self, progress: Callable[[float], None] = lambda share: None) -> bytes:
        """The official Excel file of exactly these rows, or of all where none are shown.

        `progress` is told which share is made. Raises StoreError when there are more rows than a file is made for.
        """
        if self.ask:
            return self.ask().excel(progress)
        if len(self.frame) > MOST_ROWS:
            raise StoreError(
                f"Danh sách có {number(len(self.frame))} dòng, nhiều hơn {number(MOST_ROWS)} dòng là mức một "
                "tệp Excel còn mở được. Chọn một tỉnh, huyện rồi xuất lại."
            )
        progress(0.1)
        about = self.reader.query("about", self.filters).iloc[0]
        return workbook(
            Export(
                title=self.title,
                as_of=self.filters.as_of,
                rows=self.shown,
                by_commune=self._in_words(self._by_commune(), by_place=self._counts_by_place),
                filters=self.words.describe(self.filters, self._names()),
                formula=load_query(self.query).comment,
                legal_basis=self._legal_basis(),
                caveats=self._caveats(about),
                letterhead=Letterhead.of(about),
                made_at=datetime.now(),  # noqa: DTZ005 - the clock on the office wall
                made_by=self.reader.who,
                sample=bool(about["sample"]),
                places=self._places(),
            ),
            lambda share: progress(0.2 + 0.8 * share),
        )

    def _names(self) -> dict[str, str]:
        return commune_names(self.reader, self.filters) | _place_names(self.reader, self.filters)

    def _places(self) -> str:
        """What the second sheet counts by, in words: of verdicts what the pages count by, of all else communes."""
        wide = PLACES.get(self.filters.per) if self._counts_by_place else None
        return inside(wide) if wide else mergers.called(self.reader, self.filters.as_of)

    @property
    def _counts_by_place(self) -> bool:
        return (self.query in _OF_VERDICTS and not self.supposed) or self.query == "met_standard_people"

    def _by_commune(self) -> pd.DataFrame:
        """What the list lists, counted by commune and in all; of who does not meet the standard also the shares.

        Without columns where there is nothing to count: rules, one person's history, a list that is one of communes.
        """
        if not {"person_id", "commune"} <= set(self.frame):
            return pd.DataFrame()
        if self.query in _OF_VERDICTS and not self.supposed:
            counted = self.reader.query("substandard_by_commune", self.filters)
            whole = self.reader.query("total", self.filters).assign(commune=TOTAL, group=None)
        elif self.query == "met_standard_people":
            shares, of_all = (
                self.reader.query(name, self.filters, from_on=self.filters.as_of)
                for name in ("met_standard", "met_standard_total")
            )
            counted, whole = shares.drop(columns="as_of"), of_all.assign(commune=TOTAL)
        else:
            communes = self.frame.groupby("commune", sort=False, dropna=False)
            counted = communes.agg(people=("person_id", "nunique"), rows=("person_id", "size")).reset_index()
            whole = pd.DataFrame({"commune": [TOTAL], "people": [self.frame.person_id.nunique()]})
            whole["rows"] = len(self.frame)
            # Who is listed once each is counted once.
            if (counted.rows == counted.people).all() and (whole.rows == whole.people).all():
                counted = counted.drop(columns="rows")
        if counted.empty:
            return pd.DataFrame()
        return pd.concat([counted, whole.reindex(columns=counted.columns)], ignore_index=True)

    @property
    def _of_people(self) -> bool:
        return "commune" in self.frame

    def _legal_basis(self) -> list[str]:
        if "legal_ref" in self.frame and len(self.frame):
            return sorted(set(self.frame.legal_ref.dropna()))
        if self.supposed and self.supposed.basis is not None:
            return list(self.supposed.basis)
        of_ledger = (QUERIES / "downsizing" / f"{self.query}.sql").exists()
        documents = self.reader.query("decrees" if of_ledger else "documents", self.filters)
        counts = in_force(documents, self.filters.as_of, self.supposed.until if self.supposed else None)
        # Without a column of articles the doubt must stand here, as it does on screen.
        return [
            f"{d['title']} ({self.words.certainty(d['confidence'], d['checked_on'])})"
            for d in documents[counts].to_dict("records")
        ]

    def _caveats(self, about: pd.Series) -> list[str]:
        said = [*(self.supposed.caveats if self.supposed else ()), *self.notes]
        # A file of another law or of a later day has counts of its own.
        if (
            not self.supposed
            and self._of_people
            and (total := self.reader.query("total", self.filters).iloc[0]).unknown
        ):
            said.append(f"{int(total.unknown)} người chưa đủ dữ liệu để kết luận, không tính là chưa đạt.")
        if "legal_ref" in self.frame and self.frame.legal_ref.str.contains("chưa đối chiếu").any():
            said.append("Có dòng dựa trên quy định chưa đối chiếu văn bản gốc (ghi rõ ở cột Căn cứ).")
        if self.filters.as_of > about.data_as_of.date():
            said.append(
                f"Danh sách mới nhất tính đến {date_short(about.data_as_of)}; "
                "ngày xem sau ngày đó nên chưa có biến động nhân sự mới."
            )
        if about["sample"]:
            said.append("Dữ liệu minh hoạ: mọi người trong danh sách đều do phần mềm tạo ra.")
        return said


def listing(
    reader: Reader, words: Words, title: str, query: str, filters: Filters, *, named: bool = True, **extra: Any
) -> Listing:
    """The rows of a named query under a title; without the rows where its people are not to be `named`."""
    first = extra.get("from_on")
    rows = (reader.query if named else reader.no_rows)(query, filters, **extra)
    since = first if isinstance(first, date) else None
    found = Listing(reader, words, title, query, filters, rows, since=since, own=tuple(sorted(extra.items())))
    if named:
        return found
    return replace(found, ask=lambda: listing(reader, words, title, query, filters, **extra))


def plain_file(
    reader: Reader, title: str, rows: pd.DataFrame, about_rows: str, filters: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The Excel file of rows in words that no query of the store gives and no law stands behind, as of today.

    `about_rows` says what a row is.
    """
    about = reader.query("about", Filters(date.today())).iloc[0]
    return workbook(
        Export(
            title=title,
            as_of=date.today(),
            rows=rows,
            by_commune=pd.DataFrame(),
            filters=list(filters),
            formula=about_rows,
            legal_basis=[],
            caveats=[],
            letterhead=Letterhead.of(about),
            made_at=datetime.now(),  # noqa: DTZ005 - the clock on the office wall
            made_by=reader.who,
            sample=bool(about["sample"]),
        )
    )


class Listings(dict[str, Listing]):
    """The lists of a page by their titles, of named queries; each is asked for when it is looked at."""

    def __init__(self, reader: Reader, words: Words, queries: Mapping[str, str], filters: Filters) -> None:
        super().__init__()
        self._ask = lambda title: listing(reader, words, title, queries[title], filters)

    def __missing__(self, title: str) -> Listing:
        self[title] = self._ask(title)
        return self[title]


def in_force(documents: pd.DataFrame, as_of: date, until: date | None = None) -> "pd.Series[bool]":
    """Which rows of `documents` or `decrees` hold on the day or, of a forecast, on any day until its end."""
    begins = documents.effective_on.between(pd.Timestamp(as_of), pd.Timestamp(until or as_of))
    return documents.in_force | begins


def commune_names(reader: Reader, filters: Filters) -> dict[str, str]:
    """Short official names of the communes visible on the day, by unit code."""
    units = reader.query("units", filters)
    return dict(zip(units.unit_code, units.commune, strict=True))


def _place_names(reader: Reader, filters: Filters) -> dict[str, str]:
    """The names of the district or province that is looked at, and of what it lies in, by their codes."""
    places = reader.query("places", filters)
    return dict(zip(places.place_code, places.place, strict=True)) if filters.place else {}
