"""What an installation looks at before it changes anything, and how it takes back what it began; the whole of it, with
the libraries, is tried by `make bundle`."""

import ast
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.store import ROOT, Store
from service import bundle, install

Told = Callable[[str], bool]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A bundle of two files."""
    files = {f"{install.PROGRAM}/dashboard/manage.py": b"new", f"{install.WHEELS}/a-1-py3-none-any.whl": b"wheel"}
    for name, content in files.items():
        (tmp_path / "gói" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "gói" / name).write_bytes(content)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    (tmp_path / "gói" / install.SUMS).write_text(sums)
    return tmp_path / "gói"


def test_it_runs_before_there_are_libraries() -> None:
    tree = ast.parse(Path(install.__file__).read_text("utf-8"))
    named = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    named += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_a_whole_bundle_is_taken(made: Path) -> None:
    install.verify(made)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (f"{install.WHEELS}/a-1-py3-none-any.whl", b"other"),
        (f"{install.WHEELS}/a-1-py3-none-any.whl", None),
        (f"{install.WHEELS}/b-1-py3-none-any.whl", b"strange"),
        (f"{install.PROGRAM}/dashboard/app.py", b"strange"),
        (install.SUMS, None),
    ],
)
def test_a_bundle_that_was_changed_is_refused(made: Path, file: str, content: bytes | None, told: Told) -> None:
    (made / file).write_bytes(content) if content else (made / file).unlink()
    with pytest.raises(install.Refused, match=Path(file).name) as refusal:
        install.verify(made)
    assert told(str(refusal.value).replace(file, "").replace(install.SUMS, ""))


def test_an_open_store_is_noticed_and_stays_open(district_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "kho.duckdb"
    path.write_bytes(district_file.read_bytes())
    install.refuse_in_use(path)
    install.refuse_in_use(tmp_path / "chưa có.duckdb")
    look = f"from pathlib import Path; from service import install; install.refuse_in_use(Path({str(path)!r}))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "dashboard")}
    with Store(str(path)) as store:
        for _ in range(2):
            looked = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True)
            assert looked.returncode == 1
            assert "Chương trình đang mở" in looked.stderr
        store.ping()
    install.refuse_in_use(path)


def test_a_shared_store_is_not_upgraded_without_a_backup(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", "ducklake:postgres:x")
    with pytest.raises(install.Refused, match="dùng chung"):
        install.store_of(tmp_path)


@pytest.mark.parametrize("moved", [["dashboard"], ["dashboard", ".venv"]])
def test_what_was_begun_over_an_older_program_is_taken_back(tmp_path: Path, moved: list[str]) -> None:
    """Killed while the parts of the older one were put aside, or later, when some of the new ones were there."""
    for part in ("dashboard", ".venv"):
        place = tmp_path / install.REPLACING / part if part in moved else tmp_path / part
        place.mkdir(parents=True)
        (place / "old").touch()
        if part in moved:
            (tmp_path / part).mkdir()
            (tmp_path / part / "new").touch()
    for _ in range(2):
        install.put_back(tmp_path, ["dashboard", ".venv"])
        assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()) == [
            ".venv/old",
            "dashboard/old",
        ]
    assert not (tmp_path / install.REPLACING).exists()


def test_of_a_first_installation_that_was_killed_nothing_is_left_but_the_data(tmp_path: Path) -> None:
    for part in (install.FIRST, "dashboard", ".data"):
        (tmp_path / part).mkdir()
    install.put_back(tmp_path, ["dashboard", "README.md"])
    assert [p.name for p in tmp_path.iterdir()] == [".data"]


def test_what_is_missing_is_asked_as_each_system_would(tmp_path: Path) -> None:
    """pip, run on Linux, does not see what only Windows needs."""

    def wheel(name: str, *needs: str) -> None:
        project, version, *_ = name.split("-")
        with zipfile.ZipFile(tmp_path / f"{name}.whl", "w") as file:
            lines = "".join(f"Requires-Dist: {n}\n" for n in needs)
            file.writestr(f"{project}-{version}.dist-info/METADATA", f"Name: {project}\nVersion: {version}\n{lines}")

    listed = tmp_path / "requirements.txt"
    listed.write_text("# why\na==1  # reason\n")
    wheel("a-1-py3-none-any", "b>=2; sys_platform == 'win32'", "c[fast]", "d; extra == 'never'")
    wheel("c-3-cp311-cp311-manylinux_2_28_x86_64", "e; extra == 'fast'")
    assert bundle.missing("Linux", tmp_path, listed) == ["e"]
    assert bundle.missing("Windows", tmp_path, listed) == ["b>=2", "c"]
    wheel("b-1-py3-none-any")
    wheel("c-3-cp311-cp311-win_amd64", "e; extra == 'fast'")
    wheel("e-1-cp38-abi3-win_amd64")
    assert bundle.missing("Linux", tmp_path, listed) == ["e"]
    assert bundle.missing("Windows", tmp_path, listed) == ["b>=2"]
