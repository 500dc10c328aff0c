"""The lists and registers of the years after 2018, as the communes and the district would keep them.

python sample_data/yearly.py FOLDER [DAY] writes them into a folder a year; `init --sample --until` does so for itself.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import nam_dong
import two_tier
from later import MERGED, MERGING, UNTIL, XUAN, Later
from officials import OFFICES, REPORT, Certificate, Commune, Person, Service
from proposals import Proposal, Row, Sheets, case_sheets, evaluation, evaluation_sheet, pay_sheet
from workbooks import POSTS, STYLES, Style, with_first_held, write_ledger, write_list, write_registers

_XUAN_STYLE = Style(
    XUAN.name,
    "Huong Xuan - ds CBCC.xlsx",
    "Hương Xuân",
    with_first_held("pay", "insurance"),
    dates="both",
)
_NEW_STYLES = {
    "Khe Tre": Style("Khe Tre", "xa Khe Tre - danh sach.xlsx", "Danh sách", short=False, dates="real"),
    "Nam Đông": Style("Nam Đông", "NAM DONG cbcc.xlsx", "CBCC", with_first_held("pay"), dates="both"),
    "Long Quảng": Style("Long Quảng", "Long Quang.xlsx", "Sheet1", dates="text", numbered_columns=True),
}


class Year(NamedTuple):
    """The files that speak for a day; the registers and the ledger tell what happened since the year before."""

    day: date
    registers: list[Path]
    lists: list[Path]
    ledger: Path | None


def days(until: date) -> list[date]:
    """The days lists are asked for: the ends of the years after 2018, and the last day of all."""
    ends = [date(year, 12, 31) for year in range(REPORT.year + 1, until.year + 1)]
    return sorted({*(day for day in ends if day <= until), until} - {REPORT})


def write_years(folder: Path, until: date) -> list[Year]:
    """Write the files of every year up to a day, the same at every call; the folders are named by their days."""
    later = Later()
    written, before = [], REPORT
    # What the registers of 2018 say needs not be said again.
    told = set(later.told)
    for day in days(until):
        within = folder / f"{day:%Y-%m-%d}"
        within.mkdir()
        names = _names(day)
        news = list(_news(later, before, day, told, names))
        ledger = _ledger(later, before, day, names)
        written.append(
            Year(
                day,
                write_registers(within, news, names, part_time=True),
                [_list(within, later, commune, day, names) for commune in _communes(day)],
                write_ledger(within, ledger) if ledger else None,
            )
        )
        before = day
    return written


def _communes(day: date) -> list[Commune]:
    if day < MERGED:
        return list(nam_dong.COMMUNES)
    if day >= two_tier.BEGINS:
        return list(two_tier.COMMUNES)
    return [*(c for c in nam_dong.COMMUNES if c.name not in MERGING), XUAN]


def _names(day: date) -> dict[str, str]:
    """What the communes of all times are called on a day, by unit id."""
    merged = day >= MERGED
    old = {c.unit_id: XUAN.name if merged and c.name in MERGING else c.name for c in nam_dong.COMMUNES}
    names = old | {XUAN.unit_id: XUAN.name}
    if day < two_tier.BEGINS:
        return names
    new = {old: commune.name for commune, merged in two_tier.COMMUNES.items() for old in merged}
    return {unit: new[XUAN.name if name in MERGING else name] for unit, name in names.items()} | {
        commune.unit_id: commune.name for commune in two_tier.COMMUNES
    }


def _until(service: Service, day: date) -> Service:
    """The service as it was known on a day."""
    return replace(service, to_on=None, reason=None) if service.to_on and service.to_on > day else service


def _list(folder: Path, later: Later, commune: Commune, day: date, names: dict[str, str]) -> Path:
    then = [_on(later, person, day) for person in later.people]
    here = [p for p in then if p.in_post and names[p.in_post[0].unit_id] == commune.name]
    order = [*OFFICES, *POSTS]
    here.sort(key=lambda p: order.index(p.in_post[0].post))
    vacant = tuple(
        f"{posts.split('+')[0]}<{since}"
        for name, posts, since, to in later.vacant
        if name == commune.name and since <= day and (to is None or to > day)
    )
    styles = {s.commune: s for s in STYLES} | {XUAN.name: _XUAN_STYLE} | (_NEW_STYLES if day >= two_tier.BEGINS else {})
    style = styles[commune.name]
    return write_list(folder, _of_the_day(style, day), replace(commune, seats=vacant), here, day)


def _on(later: Later, person: Person, day: date) -> Person:
    """The person as a list of a day knows them: the posts begun by then, what was reached, what is being studied."""
    certificates = [
        c for c in person.certificates if c.status == "da_co" and (c.obtained is None or c.obtained.on <= day)
    ]
    studied = [
        Certificate(c.criterion, c.level, c.major, None, "dang_hoc")
        for c in later.courses
        if c.person is person and c.since <= day < c.until
    ]
    services = [_until(s, day) for s in person.services if s.since.on <= day]
    return replace(person, services=services, certificates=certificates + studied)


def _of_the_day(style: Style, day: date) -> Style:
    """The habits of an office go on, but for the year in names, and for the heading that it had mistyped."""
    name, year = style.file.removesuffix(".xlsx"), f"{day:%Y}"
    dated = name.replace("31-12-2018", f"{day:%d-%m-%Y}").replace("2018", year)
    return replace(
        style,
        file=f"{dated if dated != name else f'{name} {year}'}.xlsx",
        sheet=style.sheet.replace("31.12.2018", f"{day:%d.%m.%Y}").replace("2018", year),
        headings=tuple(h for h in style.headings if h[0] != "major"),
    )


def _news(
    later: Later, before: date, day: date, told: set[int], names: dict[str, str]
) -> Iterator[tuple[Commune, Person]]:
    """Everybody of whom the registers have something to say: posts begun or left since a day, papers not yet told."""
    communes = {c.unit_id: c for c in (*nam_dong.COMMUNES, XUAN, *two_tier.COMMUNES)}
    for person in later.people:
        known = [s for s in person.services if s.since.on <= day]
        if not known:
            continue
        services = [
            _until(s, day) for s in known if before < s.since.on or (s.to_on is not None and before < s.to_on <= day)
        ]
        papers = [c for c in person.certificates if c.obtained and c.obtained.on <= day and id(c) not in told]
        told |= {id(c) for c in papers}
        if services or papers:
            unit = max(known, key=lambda s: s.since.on).unit_id
            commune = replace(communes[unit], name=names[unit])
            yield commune, replace(person, services=services, certificates=papers)


def _ledger(later: Later, before: date, day: date, names: dict[str, str]) -> Sheets:
    """The sheets of the ledger that have something new since a day: cases, the pay of their people, classes."""
    cases = list(_cases(later, before, day, names))
    sheets = case_sheets(cases) if cases else {}
    begun = [case for case in cases if _day(case[0].steps[0]) > before]
    sheets |= pay_sheet(begun) if begun else {}
    classes = list(_classes(later, before, day, names))
    return sheets | (evaluation_sheet(classes) if classes else {})


def _cases(later: Later, before: date, day: date, names: dict[str, str]) -> Iterator[tuple[Proposal, Commune, Person]]:
    """Cases of downsizing with a step since a day, and their steps so far."""
    for case, person, commune in later.cases:
        steps = tuple(s for s in case.steps if _day(s) <= day)
        if any(_day(s) > before for s in steps):
            yield case._replace(steps=steps), replace(commune, name=names[commune.unit_id]), person


def _day(step: str) -> date:
    return date.fromisoformat(step.split()[1])


def _classes(later: Later, before: date, day: date, names: dict[str, str]) -> Iterator[Row]:
    """The classes of everybody in office at the ends of years since a day."""
    cases = {c.person.full_name: c.case for c in later.cases}
    for year in (y for y in range(before.year + 1, day.year + 1) if date(y, 12, 31) <= day):
        for person in later.people:
            then = [s for s in person.services if s.since.on <= date(year, 12, 31)]
            if then:
                commune = names[max(then, key=lambda s: s.since.on).unit_id]
                row = evaluation(year, commune, person, then, cases.get(person.full_name))
                if row:
                    yield row


def main(arguments: Sequence[str]) -> None:
    """Write the files into the folder of the first argument."""
    until = date.fromisoformat(arguments[1]) if len(arguments) > 1 else UNTIL
    for year in write_years(Path(arguments[0]), until):
        for path in (*year.registers, *year.lists, *([year.ledger] if year.ledger else [])):
            print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
