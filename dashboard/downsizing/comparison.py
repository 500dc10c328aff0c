"""Every policy for one person: what the ledger has decided, which ground is known, and what each policy would give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from core.store import Filters, Reader
from core.vietnamese import date_short, inside, number
from core.words import Words
from documents.excel import Export, Letterhead, workbook
from downsizing.benefits import Benefit
from downsizing.cases import Bases
from downsizing.law import Law

# How a policy stands: open, open once a ground is confirmed, open if there were a ground, closed, not to be worked out.
OPEN, IF_CONFIRMED, WITHOUT_GROUND, CLOSED, UNKNOWN = "duoc", "can_xac_nhan", "chua_co_can_cu", "khong", "thieu"


@dataclass(frozen=True)
class Standing:
    """What is known of somebody's right to leave: sentences, the ledger's first; kinds of ground; how a policy stands
    whose age and insurance fit."""

    said: tuple[str, ...]
    grounds: tuple[str, ...]
    fitting: str


@dataclass(frozen=True)
class Comparison:
    """Somebody's policies side by side, on a day of leaving."""

    standing: Standing
    benefits: Mapping[str, Benefit | None]

    @property
    def fitting(self) -> list[Benefit]:
        """The policies whose conditions are met, whatever is known of a ground."""
        return [b for b in self.benefits.values() if b and b.eligible]

    def outcome(self, policy: str) -> str:
        """How a policy stands."""
        benefit = self.benefits[policy]
        return UNKNOWN if benefit is None else self.standing.fitting if benefit.eligible else CLOSED

    def headline(self) -> str:
        """The answer in a sentence: what is open, or what it would be if there were a ground."""
        fits, all_of_them = len(self.fitting), len(self.benefits)
        best = max(self.fitting, key=lambda b: b.amount, default=None)
        most = f", cao nhất {number(best.amount)} đồng" if best and best.amount else ""
        if best and best.topped_up:
            most += f", chưa kể hỗ trợ thêm {number(best.topped_up)} đồng"
        if self.standing.fitting == OPEN or not fits:
            return f"Được {fits} trong {all_of_them} chính sách{most}."
        lacks, then = {
            IF_CONFIRMED: ("căn cứ còn phải xác nhận", "được xác nhận"),
            WITHOUT_GROUND: ("chưa có căn cứ", "có căn cứ"),
        }[self.standing.fitting]
        return f"Chưa được chính sách nào: {lacks}. Nếu {then} thì được {fits} trong {all_of_them} chính sách{most}."

    def rows(self) -> pd.DataFrame:
        """A row a policy, with the columns of a list."""
        return pd.DataFrame(
            [
                {
                    "policy": policy,
                    "policy_outcome": self.outcome(policy),
                    "legal_ref": benefit and benefit.article,
                    "benefit": benefit.amount if benefit and benefit.eligible else None,
                    "top_up": benefit.topped_up if benefit and benefit.top_ups else None,
                    "worked_out": benefit and "; ".join(filter(None, (benefit.breakdown, added(benefit)))),
                    "why": benefit and benefit.reason,
                }
                for policy, benefit in self.benefits.items()
            ]
        )


def added(benefit: Benefit) -> str:
    """What others add to the sum of the decree, written out."""
    terms = "; ".join(f"{t.label}: {t.text}" for t in benefit.top_ups)
    return f"Hỗ trợ thêm theo {terms}, cộng {number(benefit.topped_up)} đồng" if terms else ""


def compared(law: Law, policies: Sequence[str], known: Bases, standing: Standing) -> Comparison:
    """Each policy for somebody as the ledger knows them, or as it was corrected on screen."""
    return Comparison(standing, {policy: known.benefit(law, policy, standing.grounds) for policy in policies})


def standing(
    reader: Reader, words: Words, law: Law, as_of: date, leaving_on: date, person_id: int, case_id: str | None
) -> Standing:
    """What the ledger says of a case by a day, else what the facts say of a ground by the decree of `leaving_on`."""
    cases = reader.query("downsizing_cases", Filters(as_of))
    case = cases[cases.case_id == case_id]
    told: list[str] = []
    if len(case):
        row = case.iloc[0]
        told.append(_case_told(words, row))
        if row.stage != "fallen":
            fact = reader.query("facts_of_case", Filters(as_of), case_id=case_id).iloc[0]
            kinds = [g.kind for g in law.grounds.get(fact.instrument, ()) if g.point == fact.point]
            return Standing(tuple(told), tuple(kinds), OPEN)
    found = reader.query("grounds_of_person", Filters(as_of), person_id=person_id, leaving_on=leaving_on)
    for ref, facts, asked, barred in zip(found.legal_ref, found.facts, found.to_confirm, found.barred, strict=True):
        confirm = f"; phải xác nhận: {asked}" if asked else ""
        told.append(f"Dữ kiện ứng với {ref}: {facts}{confirm}. Điều cản: {barred}.")
    if len(found):
        return Standing(tuple(told), tuple(found.kind), IF_CONFIRMED)
    decree = law.on(leaving_on)
    if decree and (points := law.grounds.get(decree.code)):
        listed = "; ".join(f"{g.article.split(' ', 2)[1]}) {inside(g.summary)}" for g in points)
        place = decree.cited(points[0].article.split(" ", 2)[-1])
        told.append(f"Kho chưa có dữ kiện nào là căn cứ theo {place}. Phải xác nhận một trong: {listed}.")
    return Standing(tuple(told), (), WITHOUT_GROUND)


def _case_told(words: Words, case: pd.Series) -> str:
    """Where a case of the ledger stands and why, in a sentence."""
    status = inside(words.label("case_status", case.case_status))
    why = inside(words.label("fall_reason", case.fall_reason)) if pd.notna(case.fall_reason) else ""
    told = f"Hồ sơ {case.case_id}: {status} ngày {date_short(case.status_on)}"
    if case.stage == "fallen":
        return f"{told}{f', lý do: {why}' if why else ''}. Muốn nghỉ phải đề xuất lại."
    return f"{told}, căn cứ {case.legal_ref}."


def excel(reader: Reader, words: Words, who: str, as_of: date, found: Comparison, known: Bases) -> bytes:
    """The comparison as an official file: the rows on screen, what they rest on, and what was said above them."""
    about = reader.query("about", Filters(as_of)).iloc[0]
    rests_on = {
        "Người": who,
        "Nghỉ từ ngày": date_short(known.leaving_on) if known.leaving_on else "",
        "Số tháng đóng BHXH": number(known.insurance_months or 0),
        "Tháng nặng nhọc, khu vực": number(known.hazard_months),
        "Lương hiện hưởng": number(round(known.current_salary)) if known.current_salary else "chưa có",
        "Lương bình quân": number(round(known.average_salary)) if known.average_salary else "chưa có",
    }
    return workbook(
        Export(
            title="So sánh các chính sách tinh giản biên chế",
            as_of=as_of,
            rows=words.present(found.rows()),
            by_commune=pd.DataFrame(),
            filters=list(rests_on.items()),
            formula=found.headline(),
            legal_basis=sorted({b.article for b in found.benefits.values() if b and b.article}),
            caveats=[*found.standing.said, "Số ước tính, theo quy định có hiệu lực vào ngày nghỉ."],
            letterhead=Letterhead.of(about),
            made_at=datetime.now(),  # noqa: DTZ005 - the clock on the office wall
            made_by=reader.who,
            sample=bool(about["sample"]),
        )
    )
