"""Writes the sample lists again, byte for byte: python sample_data/generate.py [FOLDER]."""

import sys
from pathlib import Path

from nam_dong import COMMUNES, people
from workbooks import STYLES, write_list, write_registers

HERE = Path(__file__).resolve().parent


def generate(folder: Path = HERE) -> list[Path]:
    """Write the eleven lists into `folder`/lists and the two registers into `folder`/registers; returns the files."""
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "registers").mkdir(exist_ok=True)
    styles = {style.commune: style for style in STYLES}
    everybody = [(commune, person) for commune in COMMUNES for person in people(commune)]
    lists = [
        write_list(folder / "lists", styles[commune.name], commune, [p for c, p in everybody if c == commune])
        for commune in COMMUNES
    ]
    return lists + write_registers(folder / "registers", everybody, {c.unit_id: c.name for c in COMMUNES})


if __name__ == "__main__":
    for path in generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path)
