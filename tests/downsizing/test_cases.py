"""From the ledger to money: pay from its history, bases, and the sums that the law gives."""

from datetime import date

from common.ledger import who
from common.readers import all_of
from core.store import Filters, Store
from downsizing.cases import bases, pay_steps
from downsizing.law import Law
from downsizing.ledger import Ledger, record_ledger

DAY = Filters(date(2018, 12, 31))


def test_what_the_ledger_says_was_paid_is_what_the_law_gives(sample: Store) -> None:
    """The sample works its sums out by itself; the product must come to the same đồng."""
    law = Law.of(sample)
    paid = all_of(sample).query("downsizing_cases", DAY)
    paid = paid[paid.benefit_paid.notna()]
    assert len(paid) == 4
    for case in paid.itertuples():
        found = bases(all_of(sample), law, case.person_id, case.case_id).benefit(law, case.policy)
        assert found is not None
        assert (found.eligible, found.amount) == (True, case.benefit_paid), case.case_id


def test_pay_is_worked_out_from_its_history_as_the_ledger_has_it(own: Store) -> None:
    law = Law.of(own)
    given = {c: bases(all_of(own), law, who(own, c), c) for c in ("01/2019", "02/2019", "06/2019")}
    cases = own.fetch("select * exclude (batch_id) from downsizing_case").to_dict("records")
    for case in cases:
        day = case["leaving_on"].date()
        case |= {"current_salary": None, "average_salary": None, "leaving_on": day, "decided_on": None}
        case |= {"benefit_paid": None, "decision": None}
    record_ledger(all_of(own), Ledger({"downsizing_case": cases}), file="x", made_by="x")
    for number, expected in given.items():
        found = bases(all_of(own), law, who(own, number), number)
        assert round(found.current_salary or 0) == expected.current_salary
        assert round(found.average_salary or 0) == expected.average_salary


def test_another_day_is_another_pay_and_another_time_of_insurance(sample: Store) -> None:
    law, person = Law.of(sample), who(sample, "01/2019")
    known = bases(all_of(sample), law, person, "01/2019")
    later = bases(all_of(sample), law, person, "01/2019", date(2019, 8, 1))
    assert (known.insurance_months, later.insurance_months) == (287, 294)
    assert known.current_salary is not None
    assert later.current_salary is not None
    assert later.current_salary > known.current_salary


def test_who_is_in_no_ledger_lacks_everything_but_a_birth(sample: Store) -> None:
    law = Law.of(sample)
    stranger = sample.fetch(
        "select min(person_id) as p from person where person_id not in (select person_id from pay_step)"
    )
    found = bases(all_of(sample), law, int(stranger.p[0]), None)
    assert pay_steps(all_of(sample), int(stranger.p[0])) == []
    assert found.lacks == ["ngày nghỉ", "số tháng đóng BHXH", "lương hiện hưởng", "lương bình quân"]
    assert found.benefit(law, "nghi_huu") is None
