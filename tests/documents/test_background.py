"""Long files are made beside the pages: once, one at a time, kept within bounds, and a failure is said in words."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from common.readers import all_of
from core.store import Filters, Store, StoreError
from core.words import Words
from documents import background, listing
from documents.background import Making, Progress

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Nothing of another test is known."""
    background._known.clear()
    yield
    background._known.clear()


def finished(making: Making) -> Making:
    deadline = time.monotonic() + 20
    while not making.done and time.monotonic() < deadline:
        time.sleep(0.01)
    assert making.done
    return making


def test_whoever_asks_again_gets_the_file_that_is_there() -> None:
    made: list[int] = []

    def make(progress: Progress) -> bytes:
        made.append(1)
        progress(0.5)
        return b"tep"

    first = finished(background.begin("a", make))
    assert background.begin("a", make) is first is background.known("a")
    assert (first.content, first.share, made) == (b"tep", 0.5, [1])
    assert background.known("b") is None


def test_one_is_made_at_a_time_and_progress_never_goes_back() -> None:
    busy, most, go = [0], [0], threading.Event()

    def make(progress: Progress) -> bytes:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        progress(0.6)
        progress(0.2)
        progress(7)
        go.wait(10)
        busy[0] -= 1
        return b"x"

    asked = [background.begin(n, make) for n in range(3)]
    assert not any(making.done for making in asked)
    go.set()
    assert [finished(making).share for making in asked] == [1.0, 1.0, 1.0]
    assert most == [1]


def test_a_failure_is_said_in_words_and_can_be_tried_again() -> None:
    def refuse(progress: Progress) -> bytes:
        raise StoreError("Danh sách quá dài.")

    def broken(progress: Progress) -> bytes:
        raise ZeroDivisionError

    assert finished(background.begin("a", refuse)).failed == "Danh sách quá dài."
    assert "nhật ký" in finished(background.begin("b", broken)).failed
    assert finished(background.begin("a", lambda progress: b"lai")).content == b"lai"


def test_the_oldest_files_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MOST_BYTES", 25)
    for n in range(4):
        finished(background.begin(n, lambda progress: b"0123456789"))
    deadline = time.monotonic() + 5
    while background.known(1) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [n for n in range(4) if background.known(n)] == [2, 3]


def test_a_page_offers_the_file_of_a_long_list_when_it_is_made(
    open_app: Open, own_district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LONG", 3)
    app = open_app(own_district, "substandard", unfolded=False)
    assert not app.exception
    assert "Xuất Excel" not in [b.proto.label for b in app.get("download_button")]
    next(b for b in app.button if b.label == "Tạo tệp Excel").click().run()
    [making] = background._known.values()
    assert finished(making).content
    app.run()
    assert not app.exception
    assert [b.proto.label for b in app.get("download_button")] == ["Tải tệp Excel"]

    # Another list is another file.
    app.sidebar.multiselect(key="filter-criteria").set_value(["llct"]).run()
    assert len(background._known) == 1


def test_more_rows_than_a_file_is_made_for_are_refused(
    open_app: Open, own_district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LONG", 3)
    monkeypatch.setattr(listing, "MOST_ROWS", 4)
    app = open_app(own_district, "substandard", unfolded=False)
    next(b for b in app.button if b.label == "Tạo tệp Excel").click().run()
    finished(next(iter(background._known.values())))
    app.run()
    assert "6 dòng, nhiều hơn 4 dòng" in " ".join(e.value for e in app.error)
    assert [b.label for b in app.button if b.label == "Tạo tệp Excel"]


def test_another_choice_of_the_page_is_another_file(district: Store) -> None:
    reader = all_of(district)
    day = date(2018, 12, 31)
    both = [
        listing.listing(
            reader,
            Words.of(reader),
            "Ai thay đổi",
            "changed_people",
            Filters(day),
            named=False,
            from_on=date(2015, 12, 31),
            units=units,
        )
        for units in ("then", "now")
    ]
    assert both[0].identity != both[1].identity
    assert both[0].identity == replace(both[0]).identity
