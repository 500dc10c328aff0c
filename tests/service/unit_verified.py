"""systemd reads the unit we hand out without a complaint; `make office` runs it, with the programs of systemd there."""

import re
import subprocess
from pathlib import Path

import pytest

from core.store import ROOT

UNIT = ROOT / "dashboard" / "service" / "chuan-can-bo.service"
# systemd's own measure of how much a service could harm the machine, from 0 to 10; a service without any of this: 9.6.
MOST_EXPOSED = 2.0


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit over an installation of this test's own."""
    python = tmp_path / "opt" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/bin/true")
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/chuan-can-bo", str(tmp_path / "opt")), "utf-8")
    return unit


def test_the_unit_is_understood(unit: Path) -> None:
    read = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True)
    assert (read.returncode, read.stdout + read.stderr) == (0, "")


def test_the_service_could_harm_little(unit: Path) -> None:
    read = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", unit], capture_output=True, text=True, check=True
    )
    exposed = re.search(r"exposure level for \S+: ([\d.]+)", read.stdout)
    assert exposed
    assert float(exposed[1]) <= MOST_EXPOSED
