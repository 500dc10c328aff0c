"""Every room of the program knows only the rooms below it, so that each can be read, and changed, on its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DASHBOARD = Path(__file__).parents[1] / "dashboard"
# From the ground up. A page knows no other page; what two of them need lies in `screen`.
ROOMS = ["core", "intake", "documents", "downsizing", "opening", "supposing", "screen", "app_pages"]
# What starts the program: the server, one run of the pages, the command line.
STARTS = {"app", "door", "shell", "manage"}
MODULES = {".".join(p.relative_to(DASHBOARD).with_suffix("").parts): p for p in DASHBOARD.rglob("*.py")}


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """What a module imports of the program, as the parts of its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (tuple(name.split(".")) for name in names if name.split(".")[0] in {*ROOMS, *STARTS})


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
