"""Writes the sample lists again, byte for byte: python sample_data/generate.py [FOLDER]."""

import sys
from pathlib import Path

import proposals
from nam_dong import COMMUNES, people
from workbooks import STYLES, write_ledger, write_list, write_registers

HERE = Path(__file__).resolve().parent


def generate(folder: Path = HERE) -> list[Path]:
    """Write the lists, the two registers and the ledger into folders of these names in `folder`; returns the files."""
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "registers").mkdir(exist_ok=True)
    styles = {style.commune: style for style in STYLES}
    everybody = [(commune, person) for commune in COMMUNES for person in people(commune)]
    lists = [
        write_list(folder / "lists", styles[commune.name], commune, [p for c, p in everybody if c == commune])
        for commune in COMMUNES
    ]
    registers = write_registers(folder / "registers", everybody, {c.unit_id: c.name for c in COMMUNES})
    (folder / "ledger").mkdir(exist_ok=True)
    return [*lists, *registers, write_ledger(folder / "ledger", proposals.sheets(everybody))]


if __name__ == "__main__":
    for path in generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE):
        print(path)
