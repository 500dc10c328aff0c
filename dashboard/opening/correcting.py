"""What an office says of itself and its communes, put right after it began; who changed what and when is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from core.columns import HEADINGS
from core.conflict import Seen, settled
from core.store import Filters, Reader, insert
from core.vietnamese import clean, date_short, inside, key
from core.words import Words
from opening.new_store import KINDS, Commune, NotStarted

# Of the office itself the names of the table `meta`.
OFFICE = {"office_name": "Tên cơ quan", "office_parent": "Cơ quan chủ quản", "office_place": "Địa danh trên văn bản"}
# Of a commune the columns of the table `unit`.
COMMUNE = {"short_name": HEADINGS["commune"], "kind": HEADINGS["kind"], "area": HEADINGS["area"]}
# Letterheads are in capitals.
_CAPITALS = ("office_name", "office_parent")

Said = dict[tuple[str, str], str]
"""What is said, by unit ('' is the office itself) and field of `OFFICE` or `COMMUNE`."""


def said(reader: Reader, as_of: date) -> Said:
    """What the store says of the office and of the communes of a day, in the order of their codes."""
    about = reader.query("about", Filters(as_of)).iloc[0]
    found = {("", name): "" if pd.isna(about[name]) else str(about[name]) for name in OFFICE}
    for unit in reader.query("units", Filters(as_of)).rename(columns={"commune": "short_name"}).to_dict("records"):
        found |= {(str(unit["unit_id"]), name): str(unit[name]) for name in COMMUNE}
    return found


def differing(before: Said, wanted: Said, words: Words) -> list[tuple[str, str, str]]:
    """What would change, in words: of what, from, to."""
    return [
        (_what(before, place, name), _text(words, name, before[place, name]), _text(words, name, value))
        for (place, name), value in wanted.items()
        if value != before[place, name]
    ]


def as_kept(wanted: Said) -> Said:
    """What was typed as it would be kept."""
    return {at: clean(text).upper() if at[1] in _CAPITALS else clean(text) for at, text in wanted.items()}


def correct(reader: Reader, as_of: date, wanted: Said, added: Sequence[Commune], by: str, seen: Seen) -> int:
    """Keep what is `wanted` and was `seen` otherwise, and communes that are new; returns how many things changed.

    Raises NotStarted for an office or a commune that cannot be told, Clashed as `conflict.settled` does.
    """
    words = Words.of(reader)
    with reader.store.write() as cursor:
        before = said(reader, as_of)
        changed = settled(seen, before, as_kept(wanted))
        new = [Commune(clean(c.name), c.kind, c.area) for c in added]
        _check(before | changed, new, named=bool(before["", "office_name"]))
        since = reader.query("about", Filters(as_of)).office_from[0]
        told = differing(before, changed, words)
        if pd.notna(since):
            from_day = {title: f"{title} từ {date_short(since)}" for title in OFFICE.values()}
            told = [(from_day.get(what, what), was, became) for what, was, became in told]
            if of_office := {name: value for (unit, name), value in (before | changed).items() if not unit}:
                # Only from that day on: before it the office was called otherwise.
                cursor.execute("delete from office_period where from_on = $since", {"since": since.date()})
                row = {name: value or None for name, value in of_office.items()} | {"from_on": since.date()}
                insert(cursor, "office_period", pd.DataFrame([row], dtype=object))
        for (unit, name), value in changed.items():
            if unit:
                # From now on it is the office's own: an upgrade of the program must not put it back.
                cursor.execute(
                    f"update unit set {name} = $value, origin = 'co_quan' where unit_id = $unit",  # noqa: S608 - ours
                    {"value": value, "unit": unit},
                )
            elif pd.isna(since):
                cursor.execute("delete from meta where name = $name", {"name": name})
                cursor.execute("insert into meta values ($name, $value)", {"name": name, "value": value})
        if new:
            insert(cursor, "unit", _units(reader, as_of, new))
            told += [(f"Thêm {c.kind}", "", f"{c.name}, {inside(words.label('area', c.area))}") for c in new]
        if told:
            rows = pd.DataFrame(told, columns=["what", "was", "became"], dtype=object)
            # The clock on the office wall.
            insert(cursor, "office_change", rows.assign(changed_at=datetime.now(), changed_by=by))  # noqa: DTZ005
    return len(told)


def _what(before: Said, place: str, name: str) -> str:
    return f"{before[place, 'short_name']}: {inside(COMMUNE[name])}" if place else OFFICE[name]


def _text(words: Words, name: str, value: str) -> str:
    return words.label("area", value) if name == "area" else value


def _check(wanted: Mapping[tuple[str, str], str], added: Sequence[Commune], *, named: bool) -> None:
    """Refuse what cannot be told. An office that is not `named` yet may put right its communes first."""
    if not wanted["", "office_name"] and named:
        raise NotStarted("Chưa ghi tên cơ quan. Ghi rồi bấm lại.")
    names = [value for (_, name), value in wanted.items() if name == "short_name"] + [c.name for c in added]
    kinds = [value for (_, name), value in wanted.items() if name == "kind"] + [c.kind for c in added]
    if not all(map(key, names)):
        raise NotStarted("Có xã, thị trấn chưa có tên. Ghi tên rồi bấm lại.")
    keys = [key(name) for name in names]
    if twice := next((name for name in names if keys.count(key(name)) > 1), None):
        raise NotStarted(f"Có hai xã, thị trấn tên “{twice}”. Đặt tên khác nhau rồi bấm lại.")
    if not set(kinds) <= set(KINDS):
        raise NotStarted("Có dòng chưa ghi là xã, thị trấn hay phường. Chọn loại rồi bấm lại.")


def _units(reader: Reader, as_of: date, added: Sequence[Commune]) -> pd.DataFrame:
    """Rows of `unit` beside those of the day, with the next codes of our own (see `new_store`)."""
    beside = reader.query("units", Filters(as_of)).iloc[0]
    district = reader.store.fetch(
        "select district_code, district, province_code, province from unit where unit_id = $unit",
        {"unit": beside.unit_id},
    )
    own = reader.store.fetch("select max(code) as code from unit where code like '99%'").code[0]
    first = int(own) + 1 if isinstance(own, str) else 99001
    codes = [str(first + n) for n in range(len(added))]
    return pd.DataFrame(
        {
            "unit_id": [f"{code}@rieng" for code in codes],
            "code": codes,
            "kind": [c.kind for c in added],
            "short_name": [c.name for c in added],
            **{column: district[column][0] for column in district},
            "area": [c.area for c in added],
            "origin": "co_quan",
        }
    )
