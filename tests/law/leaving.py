"""The decrees on downsizing a second time: one person, one day, one policy; slow, to be read beside the texts.

It shares nothing with the product, not even the rows of queries/reference. Ages are reached on the first of the month
after the month of birth, and every window is told by the days on which ages are reached.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

# What each of the decrees gives, as the columns of the forms of TTLT 01/2015 are ordered.
POLICIES = ("nghi_huu", "chuyen", "thoi_viec", "hoc_nghe")
FIFTEEN, TWENTY = 15 * 12, 20 * 12


@dataclass(frozen=True)
class Leaver:
    """Somebody born in a month, insured and in hazardous work for so many months, who is to leave on a day.

    `merged` is who is one too many since communes were merged.
    """

    man: bool
    born: date
    on: date
    insured: int
    hazard: int
    merged: bool

    def reaches(self, months: int) -> date:
        """The day on which that age is reached."""
        month = self.born.year * 12 + self.born.month + months
        return date(month // 12, month % 12 + 1, 1)


def age_of_year(man: bool, year: int) -> int:
    """NĐ 135/2020: 60 and 55 years, from 2021 on 3 and 4 months more each year, up to 62 and 60."""
    if year < 2021:
        return 60 * 12 if man else 55 * 12
    return min(60 * 12 + 3 * (year - 2020), 62 * 12) if man else min(55 * 12 + 4 * (year - 2020), 60 * 12)


def own_age(who: Leaver, lowered: int = 0) -> int:
    """Phụ lục I, or II with five years less: the age of the first year that is long enough to become so old in."""
    for year in range(2000, 2100):
        age = age_of_year(who.man, year) - lowered
        if who.born.year * 12 + who.born.month - 1 + age < (year + 1) * 12:
            return age
    raise AssertionError(who)


def pension_age(who: Leaver, reduced: bool = False) -> int:
    """The age that the decree in force compares with."""
    lowered = 60 if reduced else 0
    if who.on < date(2020, 12, 10):
        return (60 * 12 if who.man else 55 * 12) - lowered
    if who.on < date(2023, 7, 20):
        return age_of_year(who.man, who.on.year) - lowered
    return own_age(who, lowered)


def early(who: Leaver, most: int, least: int, reduced: bool = False) -> bool:
    """Whether somebody is at most so many full years below the age, and at least so many."""
    age = pension_age(who, reduced)
    return who.reaches(age - most * 12) <= who.on <= who.reaches(age - least * 12)


def between(who: Leaver, most: int, least: int, reduced: bool = False) -> bool:
    """Whether somebody is less than so many years below the age, and more than so many."""
    age = pension_age(who, reduced)
    return who.reaches(age - most * 12) < who.on < who.reaches(age - least * 12)


def enough_for_a_pension(who: Leaver) -> bool:
    """Twenty years, from 01/07/2025 on fifteen."""
    return who.insured >= (TWENTY if who.on < date(2025, 7, 1) else FIFTEEN)


def hardship(who: Leaver) -> bool:
    """Fifteen years of hazardous work, or in a place that counts like it."""
    return who.hazard >= FIFTEEN


def retires_early(who: Leaver) -> tuple[str, bool] | None:
    """How somebody goes into an early pension, and whether the reduced age counts: 'tien' with a sum, 'khong_tien' with
    none, 'xa' by Điều 8 NĐ 29/2023, '15' with fewer than twenty years from 2025 on; None where it is not open."""
    decree_29, decree_154 = who.on >= date(2023, 7, 20), who.on >= date(2025, 6, 16)
    twenty = who.insured >= TWENTY
    fifteen = FIFTEEN <= who.insured < TWENTY
    enough = enough_for_a_pension(who) if decree_154 else twenty
    for reduced in (False, True):
        if reduced and not hardship(who):
            continue
        if twenty and early(who, 5, 2, reduced):
            return "tien", reduced
        if enough and between(who, 2, 0, reduced):
            return "khong_tien", reduced
    if decree_154:
        for reduced in (False, True):
            if fifteen and enough and early(who, 5, 2, reduced) and (hardship(who) or not reduced):
                return "15", reduced
        return None
    woman = not who.man and fifteen
    if decree_29 and woman and early(who, 5, 2):
        return "tien", False
    # More than five years early, and up to ten.
    far = who.reaches(pension_age(who) - 120) <= who.on < who.reaches(pension_age(who) - 60)
    return ("xa", False) if decree_29 and who.merged and (twenty or woman) and far else None


def moves(who: Leaver) -> bool:
    """Điều 9, from 2023 on Điều 6 and from 2025 on Điều 7: to a body that the budget does not pay."""
    if who.on >= who.reaches(pension_age(who)):
        return False
    if who.on < date(2025, 6, 16):
        return not (who.insured >= TWENTY and who.on >= who.reaches(pension_age(who, reduced=True) - 36))
    near = who.on >= who.reaches(pension_age(who) - 36)
    near = near or (hardship(who) and who.on >= who.reaches(pension_age(who, reduced=True) - 36))
    return not (enough_for_a_pension(who) and near)


def leaves_at_once(who: Leaver) -> bool:
    """Điều 10 khoản 1, from 2023 on Điều 7 and from 2025 on Điều 8."""
    ordinary = who.insured >= TWENTY and early(who, 5, 2)
    reduced = who.insured >= TWENTY and hardship(who) and early(who, 5, 2, reduced=True)
    if who.on < date(2020, 12, 10):
        # Below 58 and 53 without the ordinary way, or below 53 and 48 without that of hazardous work.
        return (who.on < who.reaches(pension_age(who) - 24) and not ordinary) or (
            who.on < who.reaches(pension_age(who, reduced=True) - 24) and not reduced
        )
    two_below = who.on <= who.reaches(pension_age(who) - 24)
    two_below_reduced = who.on <= who.reaches(pension_age(who, reduced=True) - 24)
    if who.on < date(2023, 7, 20):
        return (two_below and not ordinary) or (two_below_reduced and not reduced)
    if who.on < date(2025, 6, 16):
        woman = not who.man and FIFTEEN <= who.insured < TWENTY and early(who, 5, 2)
        return (two_below or two_below_reduced) and not (ordinary or reduced or woman)
    return who.on < who.reaches(pension_age(who)) and retires_early(who) is None


def learns(who: Leaver) -> bool:
    """Below 45."""
    return who.on < who.reaches(45 * 12)


def years(months: int, on: date) -> Fraction:
    """Under three months nothing, three to six half a year, more a year; from 2025 on one month is half a year."""
    whole, odd = divmod(months, 12)
    nothing = 2 if on < date(2025, 6, 16) else 0
    return whole + (Fraction(0) if odd <= nothing else Fraction(1, 2) if odd <= 6 else Fraction(1))


def full_months(start: date, end: date) -> int:
    """Whole months from one day to the first of a later month."""
    return (end.year - start.year) * 12 + end.month - start.month - (start.day > 1)


def paid(who: Leaver, policy: str, present: int, average: int) -> Fraction | None:
    """What somebody gets, in đồng; None where the policy is not open."""
    if not date(2015, 1, 10) <= who.on <= date(2030, 12, 31):
        return None
    served, pay = years(who.insured, who.on), Fraction(average if who.on < date(2025, 6, 16) else present)
    match policy:
        case "nghi_huu":
            return pension_sum(who, pay, served)
        case "chuyen":
            return 3 * present + pay * served / 2 if moves(who) else None
        case "thoi_viec":
            return 3 * present + pay * served * 3 / 2 if leaves_at_once(who) else None
        case "hoc_nghe":
            return 3 * present + pay * served / 2 if learns(who) else None
    raise AssertionError(policy)


def pension_sum(who: Leaver, pay: Fraction, served: Fraction) -> Fraction | None:
    """For each year early three months, five from 2025 on, one and a half by Điều 8 of 2023; five months for the first
    twenty years; half a month for each year after."""
    if (found := retires_early(who)) is None:
        return None
    way, reduced = found
    if way == "khong_tien":
        return Fraction(0)
    each = Fraction(5) if who.on >= date(2025, 6, 16) else Fraction(3, 2) if way == "xa" else Fraction(3)
    ahead = years(full_months(who.on, who.reaches(pension_age(who, reduced))), who.on)
    return pay * (each * ahead + 5 + max(served - 20, Fraction(0)) / 2)
