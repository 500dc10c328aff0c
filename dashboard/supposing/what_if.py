"""What the page Thử tiêu chuẩn khác, its Excel files and the command line all say of another standard."""

from collections.abc import Mapping

import pandas as pd

from core.vietnamese import date_short, number
from documents.listing import Supposition
from supposing.supposition import SupposedLaw

TITLES: Mapping[str, str] = {
    "what_if": "Ai đổi kết luận",
    "what_if_people": "Ai chưa đạt, thiếu dữ liệu, trong lộ trình",
    "what_if_total": "Tổng số",
    "what_if_by_commune": "Theo xã, thị trấn",
    "what_if_by_criterion": "Theo tiêu chí",
    "what_if_by_group": "Theo nhóm",
    "what_if_basis": "Căn cứ",
}


def supposed(name: str, law: SupposedLaw) -> str:
    """'nếu xét theo NĐ 33/2023/NĐ-CP, chưa tính thời hạn chuyển tiếp': goes into every title."""
    said = f"nếu xét theo {name}"
    if law.province != "entered":
        said += f", coi như tỉnh {'đã' if law.province == 'lowered' else 'không'} giảm mức cho miền núi"
    return said if law.grace else f"{said}, chưa tính thời hạn chuyển tiếp"


def supposition(frames: Mapping[str, pd.DataFrame], name: str, law: SupposedLaw) -> Supposition:
    """What an Excel file of a supposition says besides its rows, so that it is never taken for the real verdicts.

    `frames` are the rows of the queries of `TITLES`.
    """
    what, total = supposed(name, law), frames["what_if_total"]
    unknown = int(total.unknown.sum())
    said = [f"Đây là giả định, không phải kết luận: {what}, quy định như vào ngày {date_short(law.law_on)}."]
    if unknown:
        said.append(f"{number(unknown)} người chưa đủ dữ liệu để kết luận theo giả định này, không tính là chưa đạt.")
    return Supposition(tuple(said), tuple(frames["what_if_basis"].legal_ref))
