"""Cases of the benefits of downsizing in which a careless reading of the decrees goes wrong.

The numbers are those of the list of traps the product was specified with. Dates are written as officers write them,
amounts are in đồng; what is not said about a person is that he or she has 25 years of insurance and 5.000.000 đồng.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest

from core.store import Store
from core.vietnamese import parse_date
from downsizing.benefits import Benefit, Case, PayStep, average_salary, current_salary, estimate
from downsizing.law import Law


@cache
def law() -> Law:
    store = Store(":memory:", create=True)
    found = Law.of(store)
    store.close()
    return found


def leaves(
    gender: str,
    born: str,
    on: str,
    policy: str = "nghi_huu",
    *,
    insured: tuple[int, int] = (25, 0),
    hazard: tuple[int, int] = (0, 0),
    current: int | None = 5_000_000,
    average: int | None = 5_000_000,
    grounds: tuple[str, ...] = (),
) -> Benefit:
    """What somebody gets who leaves on a day; `insured` and `hazard` are years and months."""
    birth, leaving = parse_date(born), parse_date(on)
    assert birth is not None
    assert leaving is not None
    case = Case(
        gender,
        birth,
        leaving.on,
        insured[0] * 12 + insured[1],
        hazard[0] * 12 + hazard[1],
        policy,
        None if current is None else Fraction(current),
        None if average is None else Fraction(average),
        grounds,
    )
    return estimate(law(), case)


# 13: bands of age with and without their ends


@pytest.mark.parametrize(
    ("on", "eligible", "article", "amount"),
    [
        ("30/06/2015", False, "khoản 2 Điều 8", 0),
        ("01/07/2015", True, "khoản 2 Điều 8", 5_000_000 * 15 + 25_000_000 + 12_500_000),
        ("02/07/2015", True, "khoản 2 Điều 8", 5_000_000 * 15 + 25_000_000 + 12_500_000),
        ("30/06/2018", True, "khoản 2 Điều 8", 5_000_000 * 6 + 25_000_000 + 12_500_000),
        ("01/07/2018", True, "khoản 2 Điều 8", 5_000_000 * 6 + 25_000_000 + 12_500_000),
        ("02/07/2018", True, "khoản 4 Điều 8", 0),
        ("01/08/2018", True, "khoản 4 Điều 8", 0),
        ("30/06/2020", True, "khoản 4 Điều 8", 0),
        ("01/07/2020", False, "khoản 4 Điều 8", 0),
    ],
)
def test_trap_13_the_band_from_55_to_58_has_its_ends_and_the_next_has_not(
    on: str, eligible: bool, article: str, amount: int
) -> None:
    """A man born in 06/1960 is 55 on 01/07/2015, 58 on 01/07/2018, 60 on 01/07/2020."""
    found = leaves("nam", "20/06/1960", on)
    assert (found.eligible, found.article.split(" NĐ")[0], found.amount) == (eligible, article, amount)


@pytest.mark.parametrize(
    ("on", "eligible", "article", "amount"),
    [
        ("30/06/2015", False, "khoản 1 Điều 8", 0),
        ("01/07/2015", True, "khoản 1 Điều 8", 112_500_000),
        ("01/07/2018", True, "khoản 1 Điều 8", 67_500_000),
        ("02/07/2018", True, "khoản 3 Điều 8", 0),
        ("30/06/2020", True, "khoản 3 Điều 8", 0),
        # From 50 on it is the ordinary clause, with five years early.
        ("01/07/2020", True, "khoản 2 Điều 8", 112_500_000),
    ],
)
def test_trap_13_hazardous_work_opens_the_bands_five_years_earlier(
    on: str, eligible: bool, article: str, amount: int
) -> None:
    """A woman born in 06/1970 is 45 on 01/07/2015, 48 on 01/07/2018, 50 on 01/07/2020."""
    found = leaves("nu", "20/06/1970", on, hazard=(15, 0))
    assert (found.eligible, found.article.split(" NĐ")[0], found.amount) == (eligible, article, amount)


def test_trap_13_hazardous_work_counts_from_fifteen_full_years() -> None:
    short = leaves("nam", "06/1966", "01/07/2018", hazard=(14, 11))
    assert not short.eligible
    assert short.article.startswith("khoản 1 Điều 8")
    assert "14 năm 11 tháng, cần từ đủ 15 năm" in short.reason
    assert leaves("nam", "06/1966", "01/07/2018", hazard=(15, 0)).eligible


def test_trap_13_too_young_to_retire_is_young_enough_to_leave() -> None:
    """54 years and 11 months without hazardous work: Điều 8 no, Điều 10 khoản 1 yes."""
    assert not leaves("nam", "20/07/1963", "01/07/2018").eligible
    found = leaves("nam", "20/07/1963", "01/07/2018", "thoi_viec")
    assert (found.eligible, found.amount) == (True, 15_000_000 + 187_500_000)
    assert found.article.startswith("khoản 1 Điều 10 NĐ 108/2014/NĐ-CP")


def test_trap_13_who_may_retire_does_not_leave_with_severance() -> None:
    found = leaves("nam", "20/06/1961", "01/07/2018", "thoi_viec")
    assert (found.eligible, found.amount) == (False, 0)
    assert "đã đủ điều kiện nghỉ hưu trước tuổi theo khoản 2 Điều 8" in found.reason
    assert leaves("nam", "20/06/1961", "01/07/2018", "thoi_viec", insured=(19, 11)).eligible


@pytest.mark.parametrize(("on", "eligible"), [("30/06/2018", True), ("01/07/2018", False), ("02/07/2018", False)])
def test_trap_13_severance_ends_the_day_before_58(on: str, eligible: bool) -> None:
    assert leaves("nam", "20/06/1960", on, "thoi_viec", insured=(10, 0)).eligible is eligible


# 14: when an age is reached


@pytest.mark.parametrize(("on", "eligible"), [("01/06/2018", False), ("30/06/2018", False), ("01/07/2018", True)])
def test_trap_14_an_age_is_reached_on_the_first_of_the_next_month(on: str, eligible: bool) -> None:
    """Born 20/06/1963, 55 on 01/07/2018, not on 20/06/2018."""
    assert leaves("nam", "20/06/1963", on).eligible is eligible


def test_trap_14_the_day_of_birth_makes_no_difference_within_its_month() -> None:
    first, last, month = (leaves("nam", born, "01/07/2018") for born in ("01/06/1963", "30/06/1963", "06/1963"))
    assert first == last == month
    assert first.eligible


# 15, 17: amounts


def test_trap_15_three_parts_of_early_retirement() -> None:
    found = leaves("nam", "06/1961", "01/07/2018", insured=(25, 4), current=None)
    assert (found.instrument, found.eligible, found.early_years, found.counted_years) == (
        "nd_108_2014",
        True,
        3,
        Fraction("25.5"),
    )
    assert [t.amount for t in found.terms] == [45_000_000, 25_000_000, 13_750_000]
    assert found.amount == 83_750_000
    assert "3 × 5.000.000 × 3 = 45.000.000" in found.breakdown
    assert "0,5 × 5.000.000 × 5,5 = 13.750.000" in found.breakdown
    assert found.breakdown.endswith("; cộng 83.750.000 đồng")


def test_trap_17_severance_has_two_bases() -> None:
    """Three months of the present pay, and one and a half of the average for each year."""
    found = leaves("nu", "05/1972", "01/01/2019", "thoi_viec", insured=(18, 8), current=4_800_000, average=4_200_000)
    assert (found.counted_years, found.amount) == (19, 134_100_000)
    assert [t.amount for t in found.terms] == [14_400_000, 119_700_000]


def test_retraining_leaves_the_course_out_of_the_sum() -> None:
    found = leaves("nam", "20/07/1974", "01/07/2019", "hoc_nghe", insured=(10, 0), current=4_000_000, average=3_000_000)
    assert (found.eligible, found.amount) == (True, 12_000_000 + 15_000_000)
    assert "học phí không quá 6 tháng lương" in found.reason
    assert "chưa tính ở đây" in found.reason
    assert not leaves("nam", "20/06/1974", "01/07/2019", "hoc_nghe").eligible


# 16, 18: rounding, and what is not rounded


@pytest.mark.parametrize(("months", "years"), [(0, "22"), (2, "22"), (3, "22.5"), (6, "22.5"), (7, "23"), (11, "23")])
def test_trap_16_odd_months_of_service(months: int, years: str) -> None:
    """NĐ 113/2018: under three months nothing, three to six half a year, more than six a year."""
    assert leaves("nam", "06/1962", "01/07/2019", insured=(22, months)).counted_years == Fraction(years)


def test_trap_16_the_later_table_begins_at_one_month() -> None:
    found = leaves("nam", "06/1966", "01/07/2025", insured=(22, 1))
    assert (found.instrument, found.counted_years) == ("nd_154_2025", Fraction("22.5"))
    assert "Cách làm tròn thời gian đóng bảo hiểm chưa đối chiếu văn bản gốc." in found.doubts


def test_trap_16_rounding_the_years_early_is_told_as_a_guess() -> None:
    odd, even = (leaves("nam", f"{month}/1962", "01/07/2019") for month in ("10", "06"))
    assert (odd.early_years, even.early_years) == (Fraction("3.5"), 3)
    text = "Cách làm tròn thời gian nghỉ sớm là suy luận, chưa thấy quy định."
    assert text in odd.doubts
    assert text in odd.reason
    assert text not in even.doubts


@pytest.mark.parametrize(("on", "years"), [("30/11/2019", "3"), ("01/12/2019", "3"), ("02/12/2019", "2.5")])
def test_only_full_months_are_early(on: str, years: str) -> None:
    """Sixty on 01/07/2022: on 01/12/2019 two years and seven months are left, a day later only six full months."""
    assert leaves("nam", "06/1962", on).early_years == Fraction(years)


def test_trap_18_nineteen_years_and_ten_months_are_not_twenty() -> None:
    """They are paid like twenty, but do not open Điều 8."""
    found = leaves("nu", "06/1968", "01/07/2019", insured=(19, 10))
    assert (found.eligible, found.amount, found.counted_years) == (False, 0, 20)
    assert "19 năm 10 tháng, cần từ đủ 20 năm" in found.reason
    assert leaves("nu", "06/1968", "01/07/2019", insured=(20, 0)).eligible


@pytest.mark.parametrize(
    ("gender", "on", "eligible"),
    [("nu", "19/07/2023", False), ("nu", "20/07/2023", True), ("nu", "21/07/2023", True), ("nam", "20/07/2023", False)],
)
def test_trap_18_from_20_july_2023_fifteen_years_do_for_a_woman(gender: str, on: str, eligible: bool) -> None:
    """NĐ 29/2023: women among the officials of communes, two to five years early."""
    born = "06/1970" if gender == "nu" else "06/1965"
    found = leaves(gender, born, on, insured=(17, 0))
    assert found.eligible is eligible
    if eligible:
        assert [t.amount for t in found.terms[1:]] == [25_000_000, 0]


# 20: what is pay


def test_trap_20_pay_is_the_coefficient_the_position_and_nothing_for_the_region() -> None:
    steps = [PayStep(date(2016, 1, 1), Decimal("3.06"), Decimal("0.25"))]
    assert current_salary(law(), steps, date(2019, 1, 1)) == 4_600_900


def test_trap_20_over_frame_seniority_and_what_is_reserved() -> None:
    """Over-frame is a share of the coefficient; seniority of coefficient, position and over-frame."""
    steps = [PayStep(date(2016, 1, 1), Decimal(4), Decimal("0.2"), Decimal(5), Decimal(10), Decimal("0.1"))]
    assert (
        current_salary(law(), steps, date(2019, 1, 1)) == (Decimal("4.4") + Decimal("0.44") + Decimal("0.1")) * 1390000
    )


def test_the_average_follows_the_base_salary_of_each_month() -> None:
    """Leaving on 01/01/2019: 28 months of 2014 and 2015 up to 04/2016, 14, 12 and 6 at the steps after."""
    steps = [PayStep(date(2010, 1, 1), Decimal(3))]
    total = 28 * 1_150_000 + 14 * 1_210_000 + 12 * 1_300_000 + 6 * 1_390_000
    assert average_salary(law(), steps, date(2019, 1, 1), 240) == Fraction(3 * total, 60)


# 31: a birth known by its year


def test_trap_31_of_a_birth_known_by_its_year_the_first_of_january_counts() -> None:
    """His age counts from that day itself, as that of somebody born in December of the year before."""
    found = leaves("nam", "1963", "01/07/2018")
    assert found.amount == leaves("nam", "12/1962", "01/07/2018").amount
    assert "Không rõ ngày, tháng sinh: tuổi tính từ ngày 01/01/1963; các nguồn chưa thống nhất." in found.doubts
    assert "tuổi tính từ ngày 01/01/1963" in found.reason
    assert "tuổi tính từ" not in leaves("nam", "01/1963", "01/07/2018").reason


# 32: which retirement age


@pytest.mark.parametrize(
    ("born", "eligible", "paid"),
    [
        ("11/1963", True, False),
        ("12/1963", True, True),
        ("12/1966", True, True),
        ("01/1967", False, False),
    ],
)
def test_trap_32_by_the_decree_of_2020_the_age_of_the_year_of_leaving(born: str, eligible: bool, paid: bool) -> None:
    """2022: 60 years 6 months for men, so cash from 55 years 6 months to 58 years 6 months; here on 01/07/2022.

    Who is older leaves less than two years early, with a pension and no cash.
    """
    found = leaves("nam", born, "01/07/2022")
    assert (found.eligible, found.amount > 0) == (eligible, paid)


def test_trap_32_a_woman_in_2021() -> None:
    """50 years 5 months in 05/2021, retirement at 55 years 4 months: 4 years 11 months early."""
    found = leaves("nu", "11/1970", "01/05/2021")
    assert (found.instrument, found.eligible, found.early_years) == ("nd_143_2020", True, 5)
    assert not leaves("nu", "01/1971", "01/05/2021").eligible


@pytest.mark.parametrize(("on", "eligible"), [("30/11/2024", False), ("01/12/2024", True), ("02/12/2024", True)])
def test_trap_32_by_the_decree_of_2023_the_age_of_the_person(on: str, eligible: bool) -> None:
    """Born 06/11/1967 he retires at 62, so he may leave from 57 on; by the age of 2024 it would be from 56."""
    found = leaves("nam", "06/11/1967", on)
    assert (found.instrument, found.eligible) == ("nd_29_2023", eligible)


# Which decree


@pytest.mark.parametrize(
    ("on", "instrument"),
    [
        ("09/01/2015", ""),
        ("10/01/2015", "nd_108_2014"),
        ("14/10/2018", "nd_108_2014"),
        ("15/10/2018", "nd_113_2018"),
        ("09/12/2020", "nd_113_2018"),
        ("10/12/2020", "nd_143_2020"),
        ("19/07/2023", "nd_143_2020"),
        ("20/07/2023", "nd_29_2023"),
        ("15/06/2025", "nd_29_2023"),
        ("16/06/2025", "nd_154_2025"),
    ],
)
def test_the_decree_in_force_on_the_day_of_leaving(on: str, instrument: str) -> None:
    found = leaves("nam", "20/07/1985", on, "thoi_viec")
    assert (found.instrument, found.eligible) == (instrument, bool(instrument))
    assert ("chưa có chính sách này" in found.reason) is (not instrument)


def test_an_article_is_cited_with_the_decree_that_amends_it() -> None:
    assert leaves("nam", "06/1962", "01/07/2018").article == "khoản 2 Điều 8 NĐ 108/2014/NĐ-CP"
    assert (
        leaves("nam", "06/1962", "01/07/2019").article
        == "khoản 2 Điều 8 NĐ 108/2014/NĐ-CP (sửa đổi bởi NĐ 113/2018/NĐ-CP)"
    )
    assert leaves("nam", "06/1966", "01/07/2024").article == "Điều 5 NĐ 29/2023/NĐ-CP"


def test_the_decree_of_2025_pays_the_present_salary() -> None:
    """Five months of the present pay for each year early; the average is not asked for."""
    found = leaves("nam", "06/1966", "01/07/2025", current=6_000_000, average=None)
    assert (found.early_years, found.amount) == (3, 90_000_000 + 30_000_000 + 15_000_000)
    found = leaves("nam", "20/07/1985", "01/07/2025", "thoi_viec", current=6_000_000, average=None)
    assert found.amount == 18_000_000 + 225_000_000


def test_the_worked_example_of_a_woman_of_51() -> None:
    """51 years, 28 years of insurance: four years early, eight years beyond twenty."""
    found = leaves("nu", "06/1966", "01/07/2017", insured=(28, 0))
    assert found.amount == 3 * 4 * 5_000_000 + 25_000_000 + 8 * 2_500_000


# The second reading of the law


@pytest.mark.parametrize(("on", "eligible"), [("31/08/2024", True), ("01/09/2024", True), ("02/09/2024", False)])
def test_by_the_decree_of_2023_severance_ends_two_full_years_before_the_pension(on: str, eligible: bool) -> None:
    """NĐ 29/2023 Điều 7. Born 02/1965 he retires at 61 years 6 months, on 01/09/2026; he has no twenty years."""
    assert leaves("nam", "02/1965", on, "thoi_viec", insured=(10, 0)).eligible is eligible


@pytest.mark.parametrize(
    ("born", "on", "insured"),
    [
        # By the decree before it she may leave at once: fifteen years are nothing yet.
        ("06/1970", "20/07/2023", (15, 0)),
        ("06/1970", "20/07/2023", (20, 0)),
        ("06/1971", "15/06/2025", (17, 0)),
    ],
)
def test_who_may_retire_with_a_sum_does_not_leave_with_severance_in_2023_either(
    born: str, on: str, insured: tuple[int, int]
) -> None:
    """NĐ 29/2023 Điều 5 khoản 1, 2, 5: among them a woman of fifteen years, three years before her pension."""
    found = leaves("nu", born, on, "thoi_viec", insured=insured)
    assert not found.eligible
    assert "đã đủ điều kiện nghỉ hưu trước tuổi theo Điều 5" in found.reason
    assert leaves("nu", "06/1970", "19/07/2023", "thoi_viec", insured=(15, 0)).eligible


@pytest.mark.parametrize(
    ("on", "insured", "eligible"),
    [
        ("30/11/2023", (20, 0), True),
        ("01/12/2023", (20, 0), False),
        ("02/12/2023", (20, 0), False),
        ("01/12/2023", (19, 11), True),
    ],
)
def test_by_the_decree_of_2023_three_years_before_the_reduced_age_nobody_moves(
    on: str, insured: tuple[int, int], eligible: bool
) -> None:
    """NĐ 29/2023 Điều 6. Born 05/1970 the reduced age is 56 years 6 months, reached on 01/12/2026."""
    found = leaves("nam", "05/1970", on, "chuyen", insured=insured)
    assert found.eligible is eligible
    assert ("thuộc diện Điều 6 loại trừ" in found.reason) is not eligible


@pytest.mark.parametrize(
    ("on", "hazard", "eligible"),
    [
        # Born 06/1966 he retires at 62, on 01/07/2028.
        ("30/06/2025", 0, True),
        ("01/07/2025", 0, False),
        ("02/07/2025", 0, False),
    ],
)
def test_by_the_decree_of_2025_nobody_moves_three_years_before_the_pension(
    on: str, hazard: int, eligible: bool
) -> None:
    """NĐ 154/2025 Điều 7: by Phụ lục I, or by Phụ lục II with fifteen years of hazardous work."""
    assert leaves("nam", "06/1966", on, "chuyen", hazard=(hazard, 0)).eligible is eligible


@pytest.mark.parametrize(("hazard", "eligible"), [((14, 11), True), ((15, 0), False)])
def test_by_the_decree_of_2025_hazardous_work_moves_that_line_five_years(
    hazard: tuple[int, int], eligible: bool
) -> None:
    """Born 06/1971: by Phụ lục II he retires at 57, on 01/07/2028."""
    assert leaves("nam", "06/1971", "01/07/2025", "chuyen", hazard=hazard).eligible is eligible


@pytest.mark.parametrize("gender", ["nam", "nu"])
@pytest.mark.parametrize(
    ("on", "insured", "eligible"),
    [
        ("30/06/2025", (15, 0), False),
        ("01/07/2025", (14, 11), False),
        ("01/07/2025", (15, 0), True),
        ("02/07/2025", (19, 11), True),
    ],
)
def test_from_july_2025_fifteen_years_make_a_pension_and_a_lump_of_five_months(
    gender: str, on: str, insured: tuple[int, int], eligible: bool
) -> None:
    """NĐ 154/2025 Điều 6, of whatever sex: three years early, five months for each and five months once."""
    born = "06/1966" if gender == "nam" else "10/1970"
    found = leaves(gender, born, on, insured=insured)
    assert found.eligible is eligible
    if eligible:
        assert [t.amount for t in found.terms][1:] == [25_000_000]
        assert "Đóng bảo hiểm từ đủ 15 đến dưới 20 năm: 5 × 5.000.000 = 25.000.000" in found.breakdown


@pytest.mark.parametrize(("hazard", "eligible"), [((14, 11), False), ((15, 0), True)])
def test_the_lump_is_for_hazardous_work_as_well(hazard: tuple[int, int], eligible: bool) -> None:
    """Born 06/1971, three years before the reduced age of 57."""
    found = leaves("nam", "06/1971", "01/07/2025", insured=(17, 0), hazard=hazard)
    assert found.eligible is eligible
    assert found.amount == (75_000_000 + 25_000_000 if eligible else 0)


MERGED = ("sap_xep_don_vi",)


@pytest.mark.parametrize(
    ("on", "grounds", "eligible", "paid"),
    [
        # Born 05/1972 he retires at 62, on 01/06/2034: ten years before it is 01/06/2024.
        ("31/05/2024", MERGED, False, 0),
        ("01/06/2024", MERGED, True, 75_000_000 + 25_000_000 + 12_500_000),
        ("02/06/2024", MERGED, True, 75_000_000 + 25_000_000 + 12_500_000),
        ("01/06/2024", ("sap_xep_bo_may",), False, 0),
        ("01/06/2024", (), False, 0),
        # The last day of the decree, and the day after it.
        ("15/06/2025", MERGED, True, 67_500_000 + 25_000_000 + 12_500_000),
        ("16/06/2025", MERGED, False, 0),
    ],
)
def test_by_the_decree_of_2023_a_merger_opens_five_to_ten_years(
    on: str, grounds: tuple[str, ...], eligible: bool, paid: int
) -> None:
    """NĐ 29/2023 Điều 8: a month and a half for each year early."""
    found = leaves("nam", "05/1972", on, grounds=grounds)
    assert (found.eligible, found.amount) == (eligible, paid)
    if eligible:
        assert found.article == "Điều 8 NĐ 29/2023/NĐ-CP"
        assert "trợ cấp thêm theo Điều 9; mức chưa đọc được nên chưa tính" in found.reason


@pytest.mark.parametrize(
    ("on", "article"), [("31/05/2024", "Điều 8"), ("01/06/2024", "Điều 5"), ("02/06/2024", "Điều 5")]
)
def test_exactly_five_years_early_are_those_of_the_ordinary_article(on: str, article: str) -> None:
    """Born 05/1967 he retires at 62, on 01/06/2029."""
    assert leaves("nam", "05/1967", on, grounds=MERGED).article == f"{article} NĐ 29/2023/NĐ-CP"


@pytest.mark.parametrize(("gender", "eligible"), [("nu", True), ("nam", False)])
def test_a_merger_opens_it_to_a_woman_of_fifteen_years(gender: str, eligible: bool) -> None:
    born = "06/1973" if gender == "nu" else "06/1970"
    assert leaves(gender, born, "01/08/2024", insured=(17, 0), grounds=MERGED).eligible is eligible


@pytest.mark.parametrize(("on", "eligible"), [("30/12/2030", True), ("31/12/2030", True), ("01/01/2031", False)])
def test_the_decree_of_2025_ends_with_the_year_2030(on: str, eligible: bool) -> None:
    found = leaves("nam", "20/07/1995", on, "thoi_viec")
    assert found.eligible is eligible
    assert ("Sau ngày 31/12/2030 chưa có chính sách này" in found.reason) is not eligible


@pytest.mark.parametrize(
    ("on", "base"),
    [
        ("30/06/2026", 2_340_000),
        ("01/07/2026", 2_340_000),
        ("31/07/2026", 2_340_000),
        # The pay of the month before: July has the new base.
        ("01/08/2026", 2_530_000),
    ],
)
def test_the_base_salary_of_july_2026(on: str, base: int) -> None:
    leaving = parse_date(on)
    assert leaving is not None
    pay = current_salary(law(), [PayStep(date(2020, 1, 1), Decimal(3))], leaving.on)
    assert pay == 3 * base
    found = leaves("nam", "20/07/1985", on, "thoi_viec", current=int(pay), average=None)
    assert found.amount == 3 * pay + Fraction(3, 2) * 25 * pay


@pytest.mark.parametrize("on", ["01/07/2015", "01/07/2019", "01/07/2022"])
def test_what_clause_9_excludes_is_marked_as_unread_before_2023(on: str) -> None:
    """The same pattern as later: three years before the reduced age, with twenty years of insurance."""
    found = leaves("nam", {"2015": "06/1963", "2019": "06/1967", "2022": "06/1969"}[on[-4:]], on, "chuyen")
    assert not found.eligible
    assert "Chưa đọc được khoản 2 Điều 9" in found.reason


# Grounds


def test_a_ground_is_named_or_asked_for() -> None:
    known = leaves("nam", "06/1962", "01/07/2019", grounds=("co_cau_vi_tri",))
    assert "Căn cứ: điểm b khoản 1 Điều 6 NĐ 108/2014/NĐ-CP (sửa đổi bởi NĐ 113/2018/NĐ-CP)." in known.reason
    unknown = leaves("nam", "06/1962", "01/07/2019")
    assert (known.eligible, unknown.eligible, known.amount) == (True, True, unknown.amount)
    assert "Căn cứ: chưa rõ, phải thuộc một điểm của khoản 1 Điều 6 NĐ 108/2014/NĐ-CP" in unknown.reason


@pytest.mark.parametrize(("on", "eligible"), [("14/10/2018", False), ("15/10/2018", True), ("16/10/2018", True)])
def test_a_ground_that_the_decree_does_not_have_opens_nothing(on: str, eligible: bool) -> None:
    """Who gives up a leading post volunteers by NĐ 113/2018, not before."""
    found = leaves("nam", "06/1961", on, grounds=("thoi_chuc_vu",))
    assert found.eligible is eligible
    assert ("căn cứ đã nêu không có trong NĐ 108/2014/NĐ-CP" in found.reason) is not eligible
