"""Gathers the program and the libraries of both systems in one folder, for a machine without internet: `make bundle`.

The libraries are wheels for Python 3.11 on Linux (x86_64) and Windows (64 bit). pip, asked on one system for the wheels
of another, leaves out what only the other needs, so the list is gone through once more as each system itself would.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from email.parser import Parser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parents[2]
SERVICE = Path(__file__).parent
# What runs; tests stay behind.
PARTS = ("dashboard", "queries", "sample_data", "requirements.txt", "README.md", "CHANGELOG.md", "LICENSE")
PROGRAM, WHEELS, SUMS = "chuong-trinh", "thu-vien", "SHA256SUMS"
PYTHON = (3, 11)
GUIDE = "CÀI-ĐẶT.txt"


class System(NamedTuple):
    """A system the program is installed on: what wheels for it are called, what it says of itself in markers."""

    platforms: list[str]
    says: dict[str, str]


SYSTEMS = {
    "Linux": System(
        # Debian 12 and what is newer.
        [f"manylinux_2_{n}_x86_64" for n in range(36, 16, -1)] + ["manylinux2014_x86_64", "linux_x86_64"],
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    "Windows": System(
        ["win_amd64"],
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    ),
}


def main(out: Path) -> None:
    """Make the bundle `out`; an older one is replaced when the new one is whole."""
    making = out.with_name(f"{out.name}.dang-gom")
    shutil.rmtree(making, ignore_errors=True)
    (making / WHEELS).mkdir(parents=True)
    # The folder is git-ignored wherever it lies.
    commit = _git("rev-parse", "--short=12", "HEAD").decode().strip()
    with tarfile.open(fileobj=BytesIO(_git("archive", "HEAD", *PARTS))) as archive:
        archive.extractall(making / PROGRAM, filter="data")
    for name in SYSTEMS:
        download(name, making)
    service = making / PROGRAM / "dashboard" / "service"
    for script in ("cai-dat.sh", "cai-dat.bat"):
        shutil.copy(service / script, making / script)
    (making / "cai-dat.sh").chmod(0o755)
    guide = (service / "cai-dat.txt").read_text("utf-8").replace("{ban}", f"{commit}, {date.today():%d/%m/%Y}")
    # Notepad of older Windows wants both.
    (making / GUIDE).write_text(guide, "utf-8-sig", newline="\r\n")
    sums = "".join(f"{_digest(p)}  {p.relative_to(making).as_posix()}\n" for p in sorted(_files(making)))
    (making / SUMS).write_text(sums, "utf-8", newline="\n")
    shutil.rmtree(out, ignore_errors=True)
    making.rename(out)
    size = sum(p.stat().st_size for p in _files(out)) / 1024**2
    print(f"Gói cài đặt: {out} ({size:.0f} MB, bản {commit}). Mã của {SUMS}, đọc cho người nhận: {_digest(out / SUMS)}")


def download(name: str, bundle: Path) -> None:
    """Fetch the wheels of a system, and what only that system asks for."""
    wheels, listed = bundle / WHEELS, bundle / PROGRAM / "requirements.txt"
    wanted = [f"--platform={p}" for p in SYSTEMS[name].platforms]
    get = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    get += [f"--python-version={PYTHON[0]}.{PYTHON[1]}", "--implementation=cp", *wanted, f"--dest={wheels}"]
    subprocess.run([*get, "-r", str(listed), "pip"], check=True)  # noqa: S603 - pip
    while lacking := missing(name, wheels, listed):
        before = len(list(wheels.iterdir()))
        subprocess.run([*get, "--no-deps", *lacking], check=True)  # noqa: S603 - pip
        if len(list(wheels.iterdir())) == before:
            sys.exit(f"{name}: không tải được {', '.join(lacking)}.")


def missing(name: str, wheels: Path, listed: Path) -> list[str]:
    """What a system would ask for, beginning with a list of requirements, that no wheel for it satisfies."""
    fit = {t: n for n, t in enumerate(_tags(SYSTEMS[name]))}
    found = {}
    for path in wheels.glob("*.whl"):
        project, version, _, tags = parse_wheel_filename(path.name)
        if any(t in fit for t in tags):
            found[project] = (version, path)
    python = ".".join(map(str, PYTHON))
    here: dict[str, str] = {n: str(v) for n, v in default_environment().items()} | SYSTEMS[name].says
    here |= {"python_version": python, "python_full_version": f"{python}.9"}
    lines = (line.partition("#")[0].strip() for line in listed.read_text("utf-8").splitlines())
    waiting = [(Requirement(line), "") for line in lines if line]
    seen: set[tuple[str, str]] = set()
    lacking = []
    while waiting:
        wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate(here | {"extra": extra}):
            continue
        project = canonicalize_name(wanted.name)
        if project not in found or not wanted.specifier.contains(found[project][0], prereleases=True):
            lacking.append(f"{wanted.name}{wanted.specifier}")
            continue
        for asked in {"", *wanted.extras} - {e for p, e in seen if p == project}:
            seen.add((project, asked))
            waiting += [(needs, asked) for needs in _needs(found[project][1])]
    return sorted(set(lacking))


def _needs(wheel: Path) -> list[Requirement]:
    with zipfile.ZipFile(wheel) as opened:
        [metadata] = [n for n in opened.namelist() if n.count("/") == 1 and n.endswith(".dist-info/METADATA")]
        said = Parser().parsestr(opened.read(metadata).decode("utf-8"), headersonly=True)
    return [Requirement(line) for line in said.get_all("Requires-Dist", [])]


def _tags(system: System) -> Iterator[Tag]:
    yield from cpython_tags(PYTHON, platforms=system.platforms)
    yield from compatible_tags(PYTHON, f"cp{PYTHON[0]}{PYTHON[1]}", system.platforms)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603, S607


def _files(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*") if p.is_file())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
