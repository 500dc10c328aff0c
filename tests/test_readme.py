"""What the README says is there is there, and what is there is named in it."""

import re
from pathlib import Path

import pytest

import manage

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted(p.parent.name for p in (ROOT / "dashboard" / "app_pages").glob("*/page.py")))
def test_every_page_is_named(page: str) -> None:
    assert f"`{page}/`" in README


@pytest.mark.parametrize("query", manage._plain_queries())
def test_every_query_of_the_command_line_is_named(query: str) -> None:
    assert f"`{query}`" in README


def test_every_command_is_named_and_exists(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        manage.main(["--help"])
    commands = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)) - {"LỆNH"}
    assert commands == set(re.findall(r"`manage\.py (\w+)", README))


def test_every_folder_of_queries_is_named() -> None:
    folders = {p.name for p in (ROOT / "queries").iterdir() if any(p.iterdir())}
    assert {f for f in folders if f"{f}/" not in README} == set()


def test_the_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / p).stat().st_size > 10_000 for p in pictures)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make (run|test|bench|lint)\b", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
