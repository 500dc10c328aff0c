"""The lists and registers of the years after 2018, as the communes and the district would keep them.

python sample_data/yearly.py FOLDER [DAY] writes them into a folder a year; `init --sample --until` does so for itself.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import nam_dong
from later import MERGED, MERGING, UNTIL, XUAN, Downsized, Later
from officials import OFFICES, REPORT, YEAR, Certificate, Commune, Person, Service, retirement_day
from proposals import ROAD_MAP, Proposal, case_sheets
from workbooks import POSTS, STYLES, Style, with_first_held, write_ledger, write_list, write_registers

_XUAN_STYLE = Style(
    XUAN.name, "Huong Xuan - ds CBCC.xlsx", "Hương Xuân", with_first_held("pay", "insurance"), dates="both",
)  # fmt: skip
# How the proposals of 2018 went on.
_WENT_ON = {
    "01/2019": ("da_chi_tra 2019-02-20",),
    "02/2019": ("da_chi_tra 2019-03-25",),
    "03/2019": ("da_chi_tra 2019-04-22",),
    "04/2019": ("da_phe_duyet 2019-03-28", "da_chi_tra 2019-06-14"),
    "05/2019": ("khong_du_dieu_kien 2019-03-28 xep_loai_tot",),
    "06/2019": ("dang_trinh 2019-04-18", "da_phe_duyet 2019-06-10", "da_chi_tra 2019-08-15"),
    "07/2019": ("dang_trinh 2019-04-18", "da_phe_duyet 2019-06-10", "da_chi_tra 2019-10-10"),
    "08/2019": ("rut 2019-04-22 bo_tri_viec_khac",),
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
        cases = list(_cases(later, before, day))
        written.append(
            Year(
                day,
                write_registers(within, news, names, part_time=True),
                [_list(within, later, commune, day, names) for commune in _communes(day)],
                write_ledger(within, case_sheets(cases)) if cases else None,
            )
        )
        before = day
    return written


def _communes(day: date) -> list[Commune]:
    if day < MERGED:
        return list(nam_dong.COMMUNES)
    return [*(c for c in nam_dong.COMMUNES if c.name not in MERGING), XUAN]


def _names(day: date) -> dict[str, str]:
    """What the communes of all times are called on a day, by unit id."""
    merged = day >= MERGED
    old = {c.unit_id: XUAN.name if merged and c.name in MERGING else c.name for c in nam_dong.COMMUNES}
    return old | {XUAN.unit_id: XUAN.name}


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
    style = _XUAN_STYLE if commune is XUAN else next(s for s in STYLES if s.commune == commune.name)
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
    communes = {c.unit_id: c for c in (*nam_dong.COMMUNES, XUAN)}
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


def _cases(later: Later, before: date, day: date) -> Iterator[tuple[Proposal, Commune, Person]]:
    """Cases of downsizing with a step since a day, and their steps so far."""
    for proposal, person, commune in _proposals(later, day):
        steps = tuple(s for s in proposal.steps if date.fromisoformat(s.split()[1]) <= day)
        if any(date.fromisoformat(s.split()[1]) > before for s in steps):
            yield proposal._replace(steps=steps), commune, person


def _proposals(later: Later, day: date) -> Iterator[tuple[Proposal, Person, Commune]]:
    names = _names(day)
    for proposal, person in later.proposed:
        name = names[next(c.unit_id for c in nam_dong.COMMUNES if c.name == proposal.commune)]
        went = proposal.steps + _WENT_ON[proposal.number]
        yield proposal._replace(steps=went), person, replace(XUAN, name=name)
    numbers: dict[int, int] = {}
    for gone in later.downsized:
        if gone.number is None:
            numbers[gone.on.year] = numbers.get(gone.on.year, 0) + 1
            yield _surplus(gone, f"{numbers[gone.on.year]:02}/{gone.on.year}"), gone.person, XUAN


def _surplus(gone: Downsized, number: str) -> Proposal:
    """Somebody the merger left over goes on that ground, into pension where that is two to five years off."""
    near = 2 <= (retirement_day(gone.person.gender, gone.person.birth.on) - gone.on).days / YEAR <= 5
    begun = min(s.since.on for s in gone.person.services)
    steps = zip(("de_xuat", "dang_trinh", "da_phe_duyet", "da_chi_tra"), (-112, -70, -18, 48), strict=True)
    return Proposal(
        number, XUAN.name, gone.post,
        "NĐ 143/2020/NĐ-CP" if gone.on >= ROAD_MAP else "NĐ 113/2018/NĐ-CP", "a",
        "nghi_huu" if near else "thoi_viec", gone.on.isoformat(),
        max((gone.on - begun).days // 30, 252 if near else 24),
        tuple(f"{status} {gone.on + timedelta(days)}" for status, days in steps),
    )  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Write the files into the folder of the first argument."""
    until = date.fromisoformat(arguments[1]) if len(arguments) > 1 else UNTIL
    for year in write_years(Path(arguments[0]), until):
        for path in (*year.registers, *year.lists, *([year.ledger] if year.ledger else [])):
            print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
