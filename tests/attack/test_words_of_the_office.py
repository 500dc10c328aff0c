"""Names, majors, communes, notes and files that are commands elsewhere: every page and every file has them as text."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from common import ugly
from common.readers import all_of
from common.short_list import XLSX, listed
from core.store import Filters, Store
from core.words import Words
from documents.listing import listing
from documents.returned import returned
from documents.template import template
from downsizing.forms import forms, rounds_of
from downsizing.ledger_book import ledger_book
from intake.reading import Issue, RejectedRow
from screen.markdown import escaped, in_chart

Open = Callable[..., AppTest]
# What Streamlit reads as Markdown, and what it takes as it is: by message and field, as its frontend uses them.
MARKDOWN = {
    *(
        f"{m}.label"
        for m in (
            "Button",
            "ButtonGroup",
            "Checkbox",
            "DateInput",
            "DownloadButton",
            "Expandable",
            "FileUploader",
            "Metric",
            "MultiSelect",
            "NumberInput",
            "PageLink",
            "Popover",
            "Radio",
            "Selectbox",
            "Tab",
            "TextInput",
        )
    ),
    "Alert.body",
    "Dialog.title",
    "Heading.body",
    "Markdown.body",
    "Metric.body",
    "Metric.delta",
    "Option.content",
    "Progress.text",
    "Radio.options",
    "Spinner.text",
}
PLAIN = {
    "Selectbox.options",
    "MultiSelect.options",
    "TextInput.default",
    "TextInput.value",
    "Code.code_text",
    "Selectbox.raw_value",
    "MultiSelect.raw_values",
}
# Read by the program, not by people.
UNSEEN = re.compile(r"\.(id|key|form_id|url|element_id|query_string|user_key|columns)$")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "so.duckdb"
    ugly.make(path)
    return path


@pytest.fixture
def store(office: Path) -> Iterator[Store]:
    store = Store(str(office))
    yield store
    store.close()


def told(message: Any) -> Iterator[tuple[str, str]]:
    """Every text of a message with the place it stands in: 'Button.label'."""
    for field, value in message.ListFields():
        place = f"{message.DESCRIPTOR.name}.{field.name}"
        for item in value if field.is_repeated else [value]:
            if isinstance(item, str):
                yield place, item
            elif hasattr(item, "ListFields"):
                yield from told(item)


def drawn(app: AppTest) -> Iterator[Any]:
    """Every element and block of a page."""
    nodes = [app._tree]
    while nodes:
        node = nodes.pop()
        nodes += getattr(node, "children", {}).values()
        if getattr(node, "proto", None) is not None:
            yield node


def wrongly_shown(app: AppTest) -> list[tuple[str, str]]:
    """Words of the office that are given as something else than text, each with its place."""
    wrong, seen = [], 0
    for node in drawn(app):
        texts = list(told(node.proto))
        if node.type in ("table", "arrow_table", "dataframe", "arrow_data_frame", "data_editor"):
            place = "cell" if "table" in node.type else "grid"
            texts += [(place, str(v)) for v in [*node.value.to_numpy().ravel(), *node.value.columns]]
        if node.type == "plotly_chart":
            texts = [("chart", t) for t in _drawn_in(json.loads(node.proto.spec))]
        hidden = getattr(getattr(node.proto, "label_visibility", None), "value", 0)
        for place, text in texts:
            tags = ugly.shown_in(text)
            seen += len(tags)
            if not tags or UNSEEN.search(place):
                continue
            if place in MARKDOWN | {"cell"} and not (place.endswith(".label") and hidden):
                kind = escaped
            elif place == "chart":
                kind = in_chart
            elif place in PLAIN | {"grid"} or place.endswith(".label") or place.endswith(".alt"):
                kind = str
            else:
                raise AssertionError(f"Nobody has said how {place} is read: {text[:200]}")
            if any(not _stands(text, ugly.whole(n), kind) for n in tags):
                wrong.append((place, text[:300]))
    assert seen, "The page shows no word of the office."
    return wrong


def _stands(text: str, word: str, kind: Callable[[str], str]) -> bool:
    # In the middle of a line less is escaped than at its beginning.
    ways = {ugly.packed(kind(word)), ugly.packed(kind(f"x {word}")[1:])}
    shown = ugly.packed(text.replace("<br>", ""))
    tag = ugly.packed(word)[ugly.packed(word).rindex("№", 0, -1) :]
    return shown.count(tag) == len(re.findall("|".join(map(re.escape, sorted(ways, key=len, reverse=True))), shown))


def _drawn_in(figure: Any) -> Iterator[str]:
    if isinstance(figure, str):
        yield figure
    elif isinstance(figure, list):
        for item in figure:
            yield from _drawn_in(item)
    elif isinstance(figure, dict):
        for name, item in figure.items():
            if name != "customdata":
                yield from _drawn_in(item)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("overview", {}),
        ("substandard", {}),
        ("substandard", {"kl": ["unknown", "below"]}),
        ("downsizing", {}),
        ("trends", {}),
        ("structure", {}),
        ("training", {}),
        ("met_standard", {}),
        ("forecast", {}),
        ("standards", {}),
        ("standards", {"ngay": "2024-01-01"}),
        ("what_if", {}),
        ("quality", {}),
        ("intake", {}),
        ("substandard", {"xa": ["99001", "99007", "99016"]}),
    ],
)
def test_every_page_gives_the_words_as_text(office: Path, open_app: Open, page: str, address: dict[str, Any]) -> None:
    app = open_app(office, page, **address)
    assert not app.exception
    assert wrongly_shown(app) == []


@pytest.mark.parametrize("person", range(0, len(ugly.TEXTS), 4))
def test_a_record_gives_them_as_text(office: Path, open_app: Open, person: int) -> None:
    app = open_app(office, "substandard", nguoi=str(person + 1), xa="99001")
    assert any(node.type == "dialog" for node in drawn(app))
    assert wrongly_shown(app) == []


def test_what_was_clicked_typed_or_chosen_is_given_as_text(office: Path, open_app: Open) -> None:
    app = open_app(office, "substandard")
    typed = ugly.tagged(":red[x] [y](http://a.b)")
    app.text_input(key="filter-search").set_value(typed).run()
    assert any(escaped(f"x {typed}")[2:] in b.label for b in app.button)
    assert wrongly_shown(app) == []

    app = open_app(office, "trends")
    app.session_state["trend-split"] = "commune"
    assert wrongly_shown(app.run()) == []

    app = open_app(office, "downsizing")
    app.session_state["downsizing-next"] = ("all", {"commune": ugly.whole(1)})
    assert wrongly_shown(app.run()) == []

    app = open_app(office, "what_if")
    laws = app.selectbox(key="what-if-law")
    draft = next(o for o in laws.options if "Nâng" in o)
    laws.select(draft).run()
    assert any("Nâng" in m.value for m in app.markdown)
    assert wrongly_shown(app) == []

    app = open_app(office, "standards", ngay="2024-01-01")
    for start in ("map-", "add-decision"):
        next(b for b in app.button if str(b.key).startswith(start)).click().run()
        assert any(node.type == "dialog" for node in drawn(app))
        assert wrongly_shown(app) == []


def test_lists_that_are_dropped_are_given_as_text(office: Path, tmp_path: Path, open_app: Open) -> None:
    own = tmp_path / "so.duckdb"
    own.write_bytes(office.read_bytes())
    store = Store(str(own))
    first, second, *_ = all_of(store).query("roster", Filters(ugly.DAY)).sort_values("person_id").to_dict("records")
    store.close()
    app = open_app(own, "intake")
    here = ugly.whole(1)
    post = {4: "Tài chính - kế toán", 7: ""}
    rows = [
        # Less than the store knows, and somebody who may be another of the same name.
        post | {0: first["full_name"], 1: "20/06/1970", 3: first["commune"], 6: "9/12"},
        post | {0: second["full_name"], 1: "01/01/1980", 3: second["commune"]},
    ]
    rows += [
        {0: ugly.tagged(text), 3: here, 4: "Tài chính - kế toán", 7: ugly.tagged(text)} for text in ugly.TEXTS[:20]
    ]
    for name, cells in (
        (ugly.tagged("**ds** [x](y) www.a.b") + ".xlsx", rows),
        (ugly.tagged("_lạ_") + ".xlsx", [{0: ugly.tagged(":smile:"), 3: ugly.tagged("- A"), 4: ugly.tagged("# A")}]),
        (ugly.tagged("hỏng $x$") + ".xlsx", None),
    ):
        content = listed(*cells, title=ugly.tagged("<b>x</b>")) if cells else b"PK"
        app.file_uploader[0].upload(name, content, XLSX)
        app.run()
        assert not app.exception
    assert wrongly_shown(app) == []
    # Files that cannot be read, what is wrong, whose list it is, who is meant, which of two levels is true.
    assert {"error", "table", "selectbox", "radio"} <= {node.type for node in drawn(app)}
    assert any("danh sách đúng" in box.label for box in app.checkbox)

    app = open_app(own, "quick_check")
    app.file_uploader[0].upload(ugly.tagged("*ds*") + ".xlsx", listed(*rows), XLSX)
    app.run()
    assert not app.exception
    assert wrongly_shown(app) == []


# Files


def cells(content: bytes) -> Iterator[Any]:
    """Every cell of a workbook, which has no formula and no link."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in s or "<f " in s or "<hyperlink" in s for s in sheets)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value is not None)


@pytest.mark.parametrize(
    "query", ["roster", "communes", "substandard_people", "verdicts", "downsizing_cases", "requests", "completeness"]
)
def test_a_list_in_excel_has_them_as_text(store: Store, query: str) -> None:
    found = listing(all_of(store), Words.of(all_of(store)), ugly.tagged("=1+1"), query, Filters(ugly.DAY, search="№"))
    found = replace(found, filters=Filters(ugly.DAY, communes=("99001",), search=ugly.tagged("*x*")))
    shown = list(cells(found.excel()))
    assert [b for text in shown for b in ugly.broken(text)] == []
    assert ugly.shown_in(" ".join(shown))
    assert re.fullmatch(r"[a-z0-9-]+\.xlsx", found.file_name)


def test_every_form_and_book_has_them_as_text(store: Store) -> None:
    words, chosen = Words.of(all_of(store)), Filters(ugly.DAY)
    units = all_of(store).query("units", chosen)
    books = [template(all_of(store), ugly.DAY, unit) for unit in [*units.unit_id[::4], None]]
    [of, *_] = rounds_of(all_of(store).query("downsizing_rounds", chosen))
    name, word = ugly.tagged("[a]:*?/\\'") + ".xlsx", ugly.tagged("=1+1")
    row, issue = RejectedRow(name, word, 3, (word, "x"), (word, None), word), Issue(name, word, 3, "", "error", word)
    books += [ledger_book(all_of(store), words), forms(all_of(store), words, chosen, of), returned([row], [issue])]
    for book in books:
        shown = list(cells(book))
        assert [b for text in shown for b in ugly.broken(text)] == []
        assert ugly.shown_in(" ".join(shown))
