"""What a province or the office adds to the money of a decree, entered under the document that says so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.store import Reader
from core.vietnamese import clean
from downsizing.ledger import Ledger, record_ledger
from intake.commit import NotAccepted


@dataclass(frozen=True)
class Entry:
    """A sum for who leaves by some policies from a day on: `months` of a `pay` ('HH', 'BQ') or `amount` đồng, once or
    for each year ('lan', 'nam_cong_tac', 'nam_som')."""

    number: str
    policies: tuple[str, ...]
    months: Decimal | None
    pay: str | None
    amount: int | None
    per: str
    effective_from: date | None
    ended_on: date | None
    note: str = ""


def add_top_up(reader: Reader, entry: Entry, made_by: str) -> int | None:
    """Enter it as a batch of its own and return the number of that batch, by which it can be taken back.

    Raises NotAccepted, with one sentence, when something is missing, the document already has such a sum or the reader
    does not see everyone whom it binds.
    """
    if wrong := _wrong(entry):
        raise NotAccepted(wrong)
    rows = [
        {
            "number": clean(entry.number),
            "policy": policy,
            "months": entry.months,
            "pay": entry.pay if entry.months is not None else None,
            "amount": entry.amount,
            "per": entry.per,
            "effective_from": entry.effective_from,
            "ended_on": entry.ended_on,
            "note": clean(entry.note) or None,
        }
        for policy in entry.policies
    ]

    def check() -> None:
        known = reader.store.fetch(
            "select batch_id from live_top_up() where number = $number and list_contains($policies, policy) "
            "and per = $per and (amount is null) = ($amount::bigint is null) "
            "and (ended_on is null or ended_on > $first) and ($last::date is null or effective_from < $last)",
            {
                "number": clean(entry.number),
                "policies": list(entry.policies),
                "per": entry.per,
                "amount": entry.amount,
                "first": entry.effective_from,
                "last": entry.ended_on,
            },
        )
        if len(known):
            raise NotAccepted(
                f"{clean(entry.number)} đã có khoản này ở đợt {known.batch_id[0]}. Bỏ khoản cũ trước khi nhập lại."
            )

    return record_ledger(reader, Ledger({"top_up": rows}), file=clean(entry.number), made_by=made_by, check=check)


def _wrong(entry: Entry) -> str | None:
    if not clean(entry.number):
        return "Chưa có số, ký hiệu của văn bản. Nhập như 12/2024/NQ-HĐND."
    if not entry.policies:
        return "Chưa chọn chính sách được hỗ trợ thêm. Chọn ít nhất một chính sách."
    if (entry.months is None) == (entry.amount is None):
        return "Ghi số tháng lương hoặc số tiền, một trong hai."
    if entry.months is not None and not 0 < entry.months < 1000:
        return "Số tháng lương phải lớn hơn 0 và nhỏ hơn 1.000."
    if entry.amount is not None and entry.amount <= 0:
        return "Số tiền phải lớn hơn 0."
    if entry.months is not None and entry.pay is None:
        return "Chưa chọn tiền lương để tính số tháng: hiện hưởng hoặc bình quân."
    if entry.per == "nam_som" and entry.policies != ("nghi_huu",):
        return "Chỉ nghỉ hưu trước tuổi mới có năm nghỉ trước tuổi. Chọn cách tính khác hoặc bỏ các chính sách khác."
    if entry.effective_from is None:
        return "Chưa có ngày áp dụng. Chọn ngày ghi trong văn bản."
    if entry.ended_on and entry.ended_on <= entry.effective_from:
        return "Ngày hết áp dụng phải sau ngày áp dụng. Sửa lại một trong hai ngày."
    return None
