"""Benefits and their command: thirty cases worked out by hand, what must hold of every case, odd files."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.store import Store
from core.vietnamese import Partial
from downsizing import benefits
from downsizing.benefit_list import ANSWERED, ASKED, UnreadableList, answer, written
from downsizing.benefits import Case, MissingPay, PayStep, UnknownPay, compare, estimate
from downsizing.law import Law
from law.leaving import POLICIES
from manage import main

FIXTURES = Path(__file__).parents[1] / "fixtures" / "benefit"
CASES = FIXTURES / "ba-muoi-truong-hop.csv"
BY_HAND = FIXTURES / "ba-muoi-truong-hop.ket-qua.csv"


@cache
def law() -> Law:
    store = Store(":memory:", create=True)
    found = Law.of(store)
    store.close()
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def benefit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[dict[str, str]], str]]:
    """Runs the command on a file: exit code, rows of the answer, what it says on stderr."""

    def benefit(source: Path | bytes) -> tuple[int, list[dict[str, str]], str]:
        path = source if isinstance(source, Path) else tmp_path / "ds.csv"
        if isinstance(source, bytes):
            path.write_bytes(source)
        out = tmp_path / "kq.csv"
        out.unlink(missing_ok=True)
        code = main(["benefit", str(path), "--out", str(out)])
        said = capsys.readouterr()
        assert said.out == ""
        return code, table(out) if out.exists() else [], said.err

    return benefit


Run = Callable[..., tuple[int, list[dict[str, str]], str]]


# Thirty cases


def test_thirty_cases_come_out_as_worked_out_by_hand(benefit: Run) -> None:
    code, answers, err = benefit(CASES)
    assert (code, err) == (0, "")
    expected = table(BY_HAND)
    assert len(expected) == 30
    columns = [c for c in expected[0] if c != "hand"]
    assert [{c: row[c] for c in columns} for row in answers] == [{c: row[c] for c in columns} for row in expected]
    assert all(row["hand"] for row in expected)


def test_every_answer_says_why_and_every_sum_how(benefit: Run) -> None:
    _, answers, _ = benefit(CASES)
    for row in answers:
        assert tuple(row) == ANSWERED
        begins = "Đủ điều kiện: " if row["eligible"] == "yes" else ("Không đủ điều kiện: ", "Trước ngày ")
        assert row["reason"].startswith(begins), row
        assert bool(row["breakdown"]) is (row["amount"] != "0"), row


# What must hold of every case

# The last decree ends with the year 2030.
DAYS = st.dates(date(2014, 6, 1), date(2030, 12, 31))
SALARIES = st.integers(1_000_000, 30_000_000).map(Fraction)


@st.composite
def cases(draw: st.DrawFn, policies: tuple[str, ...] = POLICIES) -> Case:
    leaving = draw(DAYS)
    born = date(leaving.year - draw(st.integers(20, 66)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    insured = draw(st.integers(0, 540))
    return Case(
        draw(st.sampled_from(["nam", "nu"])),
        Partial(born, "ngay"),
        leaving,
        insured,
        draw(st.just(0) | st.integers(0, insured)),
        draw(st.sampled_from(policies)),
        draw(SALARIES),
        draw(SALARIES),
    )


@given(cases(), st.integers(0, 240))
@settings(max_examples=300, deadline=None)
def test_more_time_insured_is_never_paid_less(case: Case, more: int) -> None:
    now, later = estimate(law(), case), estimate(law(), replace(case, insurance_months=case.insurance_months + more))
    assume(now.eligible and later.eligible)
    assert now.amount <= later.amount


@given(cases())
@settings(max_examples=300, deadline=None)
def test_a_sum_is_that_of_its_terms_and_only_the_eligible_have_one(case: Case) -> None:
    found = estimate(law(), case)
    assert abs(sum((term.amount for term in found.terms), Fraction(0)) - found.amount) <= Fraction(1, 2)
    assert found.eligible or (found.amount, found.terms, found.breakdown) == (0, (), "")
    assert all(doubt in found.reason for doubt in found.doubts)
    assert all(term.text in found.breakdown for term in found.terms)


def reached(born: date, months: int) -> date:
    """The first of the month after the one in which somebody is that old."""
    month = born.year * 12 + born.month + months
    return date(month // 12, month % 12 + 1, 1)


def age_of_year(gender: str, year: int) -> int:
    """NĐ 135/2020: 60 and 55 years until 2020, then 3 and 4 months more each year, up to 62 and 60."""
    if year < 2021:
        return 720 if gender == "nam" else 660
    return min(720 + 3 * (year - 2020), 744) if gender == "nam" else min(660 + 4 * (year - 2020), 720)


def own_age(gender: str, born: date) -> int:
    """The age of the first year that is long enough to become so old in."""
    for year in range(2000, 2200):
        age = age_of_year(gender, year)
        if born.year * 12 + born.month - 1 + age < (year + 1) * 12:
            return age
    raise AssertionError(born)


def retires(case: Case) -> date:
    """The end of the ordinary windows: 60 or 55, the age of the year of leaving, or one's own."""
    if case.leaving_on < date(2020, 12, 10):
        age = 720 if case.gender == "nam" else 660
    elif case.leaving_on < date(2023, 7, 20):
        age = age_of_year(case.gender, case.leaving_on.year)
    else:
        age = own_age(case.gender, case.birth.on)
    return reached(case.birth.on, age)


@given(cases(("nghi_huu",)), st.sampled_from([60, 24, 0]), st.integers(-1, 1), st.booleans())
@settings(max_examples=500, deadline=None)
def test_five_years_to_two_are_paid_and_less_is_not(case: Case, early: int, shift: int, near: bool) -> None:
    """Without hazardous work and with twenty years; half of the cases leave within a day of an end of the window."""
    end = retires(case)
    if near:
        month = end.year * 12 + end.month - 1 - early
        leaving = date(month // 12, month % 12 + 1, 1) + timedelta(days=shift)
        assume(date(2015, 1, 10) <= leaving <= date(2030, 12, 31))
        case = replace(case, leaving_on=leaving)
        end = retires(case)
    case = replace(case, insurance_months=max(case.insurance_months, 240), hazard_months=0)
    assume(case.leaving_on >= date(2015, 1, 10))
    first, last = (date(end.year - years, end.month, 1) for years in (5, 2))
    found = estimate(law(), case)
    assert (found.eligible, found.amount > 0) == (first <= case.leaving_on < end, first <= case.leaving_on <= last)


@pytest.mark.parametrize("key", sorted(law().rounding))
def test_odd_months_are_rounded_everywhere_and_never_down_as_they_grow(key: tuple[str, str]) -> None:
    instrument = next(i for i in law().instruments if i.code == key[0])
    years = [benefits._rounded(law(), instrument, key[1], months)[0] for months in range(601)]
    assert years == sorted(years)
    assert all(abs(y * 12 - months) <= 5 for months, y in enumerate(years))
    steps = law().rounding[key]
    assert [m for s in steps for m in range(s.from_months, s.to_months + 1)] == list(range(12))


def test_every_decree_has_every_policy_and_both_tables() -> None:
    for instrument in law().instruments:
        assert {c.policy for c in law().clauses[instrument.code] if c.policy} == set(POLICIES)
        assert {measure for code, measure in law().rounding if code == instrument.code} == {"N", "E"}


@given(cases(), st.integers(1, 28))
@settings(max_examples=200, deadline=None)
def test_what_is_not_asked_for_makes_no_difference(case: Case, day: int) -> None:
    """The day of birth within its month, and the average salary from 2025 on."""
    other = replace(case, birth=Partial(case.birth.on.replace(day=day), "ngay"))
    assert estimate(law(), case) == estimate(law(), other)
    if case.leaving_on >= date(2025, 6, 16):
        assert estimate(law(), case) == estimate(law(), replace(case, average_salary=None))


# Side by side

RETIRING = Case("nam", Partial(date(1961, 6, 1), "thang"), date(2018, 7, 1), 304, 0, "nghi_huu", Fraction(52), None)


def test_policies_side_by_side() -> None:
    case = replace(RETIRING, current_salary=Fraction(5_200_000), average_salary=Fraction(5_000_000))
    found = compare(law(), case)
    assert [b.policy for b in found] == list(POLICIES)
    assert [(b.eligible, b.amount) for b in found] == [(True, 83_750_000), (False, 0), (False, 0), (False, 0)]
    young = compare(law(), replace(case, birth=Partial(date(1980, 6, 1), "thang"), insurance_months=120))
    assert [(b.eligible, b.amount) for b in young] == [
        (False, 0),
        (True, 40_600_000),
        (True, 90_600_000),
        (True, 40_600_000),
    ]
    assert all(b == estimate(law(), replace(case, policy=b.policy)) for b in found)


def test_a_salary_is_asked_for_only_where_it_counts() -> None:
    with pytest.raises(MissingPay, match="bình quân"):
        estimate(law(), RETIRING)
    without_cash = replace(RETIRING, leaving_on=date(2019, 8, 1), current_salary=None)
    assert estimate(law(), without_cash).eligible


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"average_salary": Fraction(5_000)}, "Tiền lương thấp hơn mức lương cơ sở 1.390.000 đồng"),
        ({"hazard_months": 305}, "dài hơn thời gian đóng bảo hiểm xã hội"),
        ({"insurance_months": 700}, "dài hơn tuổi đời"),
        ({"leaving_on": date(2019, 7, 2)}, "Nghỉ giữa tháng, vừa qua mốc tuổi"),
    ],
)
def test_what_looks_odd_is_told(change: dict[str, object], said: str) -> None:
    plain = replace(RETIRING, current_salary=Fraction(5_200_000), average_salary=Fraction(5_000_000))
    odd = replace(plain, **change)  # type: ignore[arg-type]
    assert not any(said in doubt for doubt in estimate(law(), plain).doubts)
    assert any(said in doubt for doubt in estimate(law(), odd).doubts)


def test_who_could_retire_as_well_is_told_so() -> None:
    """Fifteen years of hazardous work open khoản 1 Điều 8 at 51; Điều 10 excludes only who meets khoản 2 here."""
    case = Case(
        "nam",
        Partial(date(1967, 6, 1), "thang"),
        date(2018, 7, 1),
        300,
        180,
        "thoi_viec",
        Fraction(5_000_000),
        Fraction(5_000_000),
    )
    found = estimate(law(), case)
    assert found.eligible
    assert "cũng đủ điều kiện nghỉ hưu trước tuổi theo khoản 1 Điều 8 NĐ 108/2014/NĐ-CP." in found.reason


# Pay from its history


def test_the_month_before_leaving_decides_the_present_pay() -> None:
    steps = [PayStep(date(2016, 1, 1), Decimal("3.06")), PayStep(date(2018, 6, 15), Decimal("3.26"))]
    pay = {
        day: benefits.current_salary(law(), steps, day)
        for day in (date(2018, 7, 1), date(2018, 7, 31), date(2018, 8, 1), date(2018, 8, 2))
    }
    # June by the old step and base; July by the new ones, a step within June being paid from July.
    assert list(pay.values()) == [3_978_000, 3_978_000, 4_531_400, 4_531_400]


@given(st.integers(1, 200), st.dates(date(2015, 1, 10), date(2030, 12, 31)), st.integers(100, 800))
def test_without_change_of_pay_or_base_the_average_is_the_pay(months: int, leaving: date, coefficient: int) -> None:
    """And with a growing base it lies between the first and the last pay."""
    steps = [PayStep(date(2009, 5, 1), Decimal(coefficient) / 100)]
    average = benefits.average_salary(law(), steps, leaving, months)
    last = benefits.current_salary(law(), steps, leaving)
    assert 0 < average <= last
    if leaving >= date(2026, 8, 1) and (leaving.year - 2026) * 12 + leaving.month - 7 >= min(months, 60):
        assert average == last


def test_who_is_insured_for_less_has_the_average_of_all_months() -> None:
    """Two months at 1.300.000 and one at 1.390.000, twice."""
    steps = [PayStep(date(2018, 5, 1), Decimal(2))]
    assert benefits.average_salary(law(), steps, date(2018, 8, 1), 3) == Fraction(2 * (1_300_000 * 2 + 1_390_000), 3)


@pytest.mark.parametrize(
    ("begins", "leaving", "months", "said"),
    [
        (date(2018, 7, 1), date(2018, 8, 1), 2, "Quá trình lương chưa có tháng 06/2018."),
        (date(2000, 1, 1), date(2015, 2, 1), 0, "Không có tháng nào để tính tiền lương bình quân."),
        (date(2000, 1, 1), date(2014, 2, 1), 60, "Không có tháng nào để tính tiền lương bình quân."),
    ],
)
def test_a_history_that_does_not_reach_far_enough(begins: date, leaving: date, months: int, said: str) -> None:
    with pytest.raises(UnknownPay, match=f"^{said}$"):
        benefits.average_salary(law(), [PayStep(begins, Decimal(3))], leaving, months)


def test_a_time_whose_base_salary_nobody_entered() -> None:
    with pytest.raises(UnknownPay, match="Chưa có mức lương cơ sở của tháng 04/2009"):
        benefits.current_salary(law(), [PayStep(date(2000, 1, 1), Decimal(3))], date(2009, 5, 1))


# The command

HEADING = ",".join(ASKED)
GOOD = "Hồ Văn Một,nam,06/1961,01/07/2018,304,0,nghi_huu,5200000,5000000"


def test_a_bad_cell_costs_its_row_and_is_named_in_one_line(benefit: Run, told: Callable[[str], bool]) -> None:
    bad = {
        "gender": "Hồ Thị Hai,?,06/1961,01/07/2018,304,0,nghi_huu,1,5000000",
        "birth_date": "Hồ Thị Hai,nu,31/02/1961,01/07/2018,304,0,nghi_huu,,5000000",
        "leaving_on": "Hồ Thị Hai,nu,06/1961,2018,304,0,nghi_huu,,5000000",
        "insurance_months": "Hồ Thị Hai,nu,06/1961,01/07/2018,-4,0,nghi_huu,,5000000",
        "hazard_months": "Hồ Thị Hai,nu,06/1961,01/07/2018,304,x,nghi_huu,,5000000",
        "policy": "Hồ Thị Hai,nu,06/1961,01/07/2018,304,0,nghỉ phép,,5000000",
        "current_salary": "Hồ Thị Hai,nu,06/1980,01/07/2018,304,0,thoi_viec,,5000000",
        "average_salary": "Hồ Thị Hai,nu,06/1965,01/07/2018,304,0,nghi_huu,,năm triệu",
    }
    for column, row in bad.items():
        code, answers, err = benefit(f"{HEADING}\n{GOOD}\n{row}\n{GOOD}\n".encode())
        assert code == 0
        assert [(a["eligible"], a["amount"]) for a in answers] == [
            ("yes", "83750000"),
            ("no", "0"),
            ("yes", "83750000"),
        ]
        assert err.startswith(f"ds.csv: dòng 3, cột {column}: "), err
        assert told(err)
        assert answers[1]["full_name"] == "Hồ Thị Hai"
        assert f"cột {column}: " in answers[1]["reason"]


@pytest.mark.parametrize(
    ("ground", "eligible", "amount", "said"),
    [
        ("b", "yes", "83750000", "Căn cứ: điểm b khoản 1 Điều 6 NĐ 108/2014/NĐ-CP."),
        ("Đ", "yes", "83750000", "Căn cứ: điểm đ khoản 1 Điều 6 NĐ 108/2014/NĐ-CP."),
        ("", "no", "0", "Chưa có căn cứ. Nếu có căn cứ thì được 83.750.000 đồng."),
    ],
)
def test_a_file_that_tells_the_ground_is_answered_with_it(
    ground: str, eligible: str, amount: str, said: str, benefit: Run
) -> None:
    code, [row], err = benefit(f"{HEADING},ground\n{GOOD},{ground}\n".encode())
    assert (code, err) == (0, "")
    assert (row["eligible"], row["amount"], bool(row["breakdown"])) == (eligible, amount, eligible == "yes")
    assert said in row["reason"]


def test_a_point_that_the_decree_of_the_day_does_not_have_is_a_bad_cell(benefit: Run) -> None:
    """Point h is new by NĐ 113/2018."""
    code, _, err = benefit(f"{HEADING},ground\n{GOOD},h\n{GOOD.replace('01/07/2018', '01/07/2019')},h\n".encode())
    assert code == 0
    assert err == "ds.csv: dòng 2, cột ground: “h” không phải điểm nào về đối tượng tinh giản của NĐ 108/2014/NĐ-CP.\n"


def test_a_birth_after_leaving_is_a_bad_cell(benefit: Run) -> None:
    row = "A,nam,06/1990,01/07/1980,0,0,thoi_viec,1,1"
    assert benefit(f"{HEADING}\n{row}\n".encode())[0] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADING}\n{GOOD}\n",
        f"\ufeff{HEADING}\r\n{GOOD}\r\n",
        f"\n{HEADING.upper()}\n\n{GOOD}\n,,,,\n",
        f"{HEADING}\n{GOOD}\n".replace(",", ";"),
        f'ghi chú,{HEADING}\n"một, hai",{GOOD}\n',
        f'{HEADING}\nHồ Văn Một,Nam,1961-06-30,2018-07-01,304.0,,Nghỉ hưu,"5.200.000","5,000,000 đồng"\n',
        f'{HEADING}\nHồ Văn Một,NAM,1961-06,07/2018,304,,NGHI_HUU,,"5.000.000,00"\n',
    ],
)
def test_the_ways_in_which_a_file_may_be_written(text: str, benefit: Run) -> None:
    code, answers, err = benefit(text.encode())
    assert (code, err) == (0, "")
    assert [(a["full_name"], a["amount"]) for a in answers] == [("Hồ Văn Một", "83750000")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "thiếu cột full_name"),
        (b"\xff\xfe\x00", "không phải là tệp CSV dạng UTF-8"),
        (HEADING.replace("policy,", "").encode(), "thiếu cột policy"),
        (f"{HEADING}\n{'a' * 200_000}\n".encode(), "không đọc được thành bảng CSV"),
    ],
)
def test_a_file_that_is_no_list_of_cases(data: bytes, said: str, benefit: Run, told: Callable[[str], bool]) -> None:
    code, answers, err = benefit(data)
    assert (code, answers) == (2, [])
    assert said in err
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_or_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benefit", str(tmp_path / "không có.csv"), "--out", str(tmp_path / "kq.csv")]) == 2
    assert capsys.readouterr().err.startswith("Không mở được tệp ")
    assert main(["benefit", str(CASES), "--out", str(tmp_path / "khong" / "kq.csv")]) == 2
    assert capsys.readouterr().err.startswith("Không ghi được tệp ")


def test_a_heading_alone_leaves_an_empty_answer(benefit: Run) -> None:
    code, answers, err = benefit(f"{HEADING}\n".encode())
    assert (code, answers) == (1, [])
    assert err == "ds.csv: không có trường hợp nào để tính.\n"


JUNK = [
    "",
    " ",
    "x",
    "0",
    "-1",
    "1e9",
    "9" * 40,
    "5.000.000",
    "5,5",
    "00/0000",
    "31/12/9999",
    "1900",
    "2100",
    "ngày 5",
    "nam",
    "nữ",
    "nghi_huu",
    "thôi việc",
    "²",
    "٣",
    "\u202e",
    "=1+1",
    "NaN",
    "inf",
    "a" * 300,
    '"',
    "\t",
    "½",
]


@given(st.lists(st.lists(st.sampled_from(JUNK) | st.text(max_size=12), max_size=11), max_size=6))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_the_cells_each_row_is_answered(tmp_path: Path, lines: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([ASKED, *lines])
    try:
        data = out.getvalue().encode()
    except UnicodeEncodeError:
        assume(False)
    path = tmp_path / "ds.csv"
    path.write_bytes(data)
    found = answer(law(), path)
    assert len(found.rows) == sum(any(cell.strip() for cell in line) for line in lines)
    assert found.understood + len(found.problems) == len(found.rows)
    assert written(found).count("\n") == len(found.rows) + 1
    assume(found.rows)
    found.rows[0]["full_name"] = "@Hồ Văn Tâm"
    assert written(found).splitlines()[1].startswith("'@Hồ Văn Tâm,")


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: (HEADING + "\n" + t).encode("utf-8", "ignore")))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_file_is_it_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes(data)
    refusal, answers = None, None
    try:
        answers = answer(law(), path)
    except UnreadableList as error:
        refusal = str(error)
    if answers is None:
        assert refusal is not None
        assert re.fullmatch(r"ds\.csv: (thiếu cột|không phải là tệp CSV|không đọc được).*\.", refusal)
    else:
        assert all(set(row) == set(ANSWERED) for row in answers.rows)
