"""Streamlit's scripts as the browser gets them: packed, the same when unpacked, kept for good unless they are ours."""

import asyncio
import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

import assets

JS = assets.STREAMLIT / "static" / "js"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def served() -> assets.Assets:
    """In front of a server that knows nothing."""
    return assets.Assets(PlainTextResponse("Streamlit", 418))


def ask(served: assets.Assets, path: str, **headers: str) -> Answer:
    told: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        told.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    path, _, query = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": sent}
    asyncio.run(served(scope, receive, send))
    said = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return Answer(told[0]["status"], said, b"".join(message.get("body", b"") for message in told[1:]))


@pytest.mark.parametrize("kind", ["index.*.js", "DataFrame.*.js", "../css/*.css"])
def test_a_script_is_packed_and_the_same_each_time(served: assets.Assets, kind: str) -> None:
    file = next(JS.glob(kind)) if kind.endswith("js") else next((JS.parent / "css").glob("*.css"))
    for _ in range(2):
        answer = ask(served, f"/static/{file.parent.name}/{file.name}", accept_encoding="gzip, deflate, br")
        assert gzip.decompress(answer.body) == file.read_bytes()
        assert len(answer.body) < file.stat().st_size / 2
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["content-type"].split(";")[0] in ("text/javascript", "text/css")
        assert answer.headers["cache-control"] == assets.FOR_GOOD


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/static/js/nothing.js", "gzip"),
        ("/static/js/../../index.html", "gzip"),
        ("/static/media/font.woff2", "gzip"),
        (f"/static/js/{next(JS.glob('index.*.js')).name}", "identity"),
    ],
)
def test_all_else_is_for_streamlit_to_answer(served: assets.Assets, path: str, accepted: str) -> None:
    assert ask(served, path, accept_encoding=accepted).status == 418


@pytest.mark.parametrize("file", list(assets.OURS), ids=lambda f: str(f.name))
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_ours_stands_in_place_of_streamlits_and_is_asked_for_anew(
    served: assets.Assets, encoding: str, file: Path
) -> None:
    path = f"/static/js/{file.name}"
    answer = ask(served, path, accept_encoding=encoding)
    body = gzip.decompress(answer.body) if encoding == "gzip" else answer.body
    assert body.decode() == assets.OURS[file] != file.read_text("utf-8")
    assert answer.headers["cache-control"] == "no-cache"
    known = ask(served, path, accept_encoding=encoding, if_none_match=answer.headers["etag"])
    assert (known.status, known.body) == (304, b"")


def test_a_build_of_streamlit_that_narrows_choices_otherwise_is_not_let_pass() -> None:
    with pytest.raises(RuntimeError, match="6 comparisons"):
        assets.blind_to_accents(assets.CHOICES.read_text("utf-8").replace(".toLowerCase()", "", 1))


def test_what_the_pages_draw_with_is_fetched_ahead_once_with_all_it_needs() -> None:
    start_page = (assets.STREAMLIT / "index.html").read_text("utf-8")
    asked = re.findall(r'/js/([\w.-]+\.js)"', start_page)
    ahead = re.findall(r'<link rel="modulepreload" [^>]*href="\./static/js/([\w.?-]+)">', assets.preloads(start_page))
    assert len(set(ahead)) == len(ahead) > 20
    assert not set(ahead) & set(asked)
    assert ahead[-1].startswith("PlotlyChart.")
    for name in ahead:
        needs = re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', (JS / name.partition("?")[0]).read_text("utf-8"))
        assert set(needs) <= {*ahead, *asked}, name


def test_the_charts_give_what_streamlits_give_and_load_them_later(served: assets.Assets) -> None:
    later = assets.OURS[assets.CHART]
    itself = re.search(r'import\("\./([^"]+)"\)', later)
    assert itself
    answer = ask(served, f"/static/js/{itself[1]}", accept_encoding="gzip")
    script = gzip.decompress(answer.body).decode()
    assert script == assets.CHART.read_text("utf-8")
    assert answer.headers["cache-control"] == assets.FOR_GOOD
    exported = script.rpartition("export{")[2].partition("}")[0].split(",")
    assert len(re.findall("^export ", later, re.MULTILINE)) == len(exported) > 0
    # What the start page has fetched ahead is what will be run.
    assert f'href="./static/js/{itself[1]}"' in assets.preloads("")


def test_an_upgrade_cannot_lose_the_charts_unnoticed() -> None:
    with pytest.raises(RuntimeError, match="exports"):
        assets.after_the_page("PlotlyChart.js", "const a = 1;")
