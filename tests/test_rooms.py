"""Every room of the program knows only the rooms below it, so that each can be read, and changed, on its own.

So can its tests: they lie in a folder of the room's name, and no file of tests knows another.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
DASHBOARD = ROOT / "dashboard"
# From the ground up. A page knows no other page; what two of them need lies in `screen`. What installs the program runs
# before there is one.
ROOMS = [
    "service",
    "core",
    "access",
    "intake",
    "documents",
    "downsizing",
    "opening",
    "supposing",
    "screen",
    "app_pages",
]
# What starts the program: the server, one run of the pages, the command line.
STARTS = {"app", "assets", "door", "gate", "shell", "sign_in", "manage"}
# Folders of tests about no room alone: what is shared and given, the law, a real browser, speed, attempts to break it.
OF_THEIR_OWN = {"attack", "benchmarks", "browser", "common", "fixtures", "law"}
MODULES = {".".join(p.relative_to(DASHBOARD).with_suffix("").parts): p for p in DASHBOARD.rglob("*.py")}


def imports(path: Path) -> Iterator[list[str]]:
    """What a module imports, as the parts of its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}".split(".") for alias in node.names)


def imported(path: Path) -> Iterator[list[str]]:
    """What a module imports of the program."""
    return (name for name in imports(path) if name[0] in {*ROOMS, *STARTS})


def test_every_room_is_known() -> None:
    assert {module.split(".")[0] for module in MODULES} == {*ROOMS, *STARTS}


@pytest.mark.parametrize("module", sorted(m for m in MODULES if m not in STARTS))
def test_a_room_knows_only_those_below(module: str) -> None:
    room, *inside = module.split(".")
    for other, *part in imported(MODULES[module]):
        assert other in ROOMS[: ROOMS.index(room) + 1], other
        assert room != "app_pages" or other != "app_pages" or part[0] == inside[0], "a page knows another page"


def test_rooms_below_the_screen_draw_nothing() -> None:
    """What the command line and Excel read as well knows nothing of Streamlit."""
    for module, path in MODULES.items():
        if ROOMS.index("screen") > next((n for n, room in enumerate(ROOMS) if module.startswith(f"{room}.")), 99):
            assert "streamlit" not in path.read_text(encoding="utf-8"), module


def test_every_page_stands_in_the_table_of_pages() -> None:
    rows = re.findall(r'PageRow\(\s*"(\w+)"', MODULES["shell"].read_text(encoding="utf-8"))
    assert sorted(rows) == sorted(p.parent.name for p in DASHBOARD.glob("app_pages/*/page.py"))


def test_tests_lie_in_a_folder_of_the_name_of_what_they_test() -> None:
    folders = {p.relative_to(TESTS).parts[0] for p in TESTS.glob("*/**/*.py")}
    assert {*ROOMS} <= folders
    assert {f for f in folders - OF_THEIR_OWN if f not in ROOMS and not (ROOT / f).is_dir()} == set()
    pages = {p.parent.name for p in DASHBOARD.glob("app_pages/*/page.py")}
    assert pages <= {p.stem.removeprefix("test_") for p in TESTS.glob("app_pages/test_*.py")}


def test_no_file_of_tests_imports_another() -> None:
    """What two of them need is a plain module in tests/common, or beside the drivers of the browser and the law."""
    for path in TESTS.rglob("*.py"):
        assert not [name for name in imports(path) if any(part.startswith(("test_", "conftest")) for part in name)], (
            path
        )
