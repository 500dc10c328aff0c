"""Words of the interface: column headings, and the names that stand for codes. Names of things come from the store."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from core.store import Filters, Store
from core.vietnamese import date_short

HEADINGS: Mapping[str, str] = {
    "person_id": "Mã người",
    "full_name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "ethnicity": "Dân tộc",
    "commune": "Xã, thị trấn",
    "unit_code": "Mã đơn vị",
    "unit_code_now": "Mã đơn vị ngày đang xem",
    "commune_now": "Xã, thị trấn ngày đang xem",
    "merged": "Sáp nhập",
    "unit_id": "Mã phiên bản đơn vị",
    "district": "Huyện",
    "province_code": "Mã tỉnh",
    "province": "Tỉnh",
    "kind": "Loại",
    "area": "Địa bàn",
    "position": "Chức vụ, chức danh",
    "group": "Nhóm",
    "hoc_van": "Văn hóa",
    "chuyen_mon": "Chuyên môn",
    "nganh": "Chuyên ngành",
    "llct": "Lý luận chính trị",
    "qlnn": "Quản lý nhà nước",
    "tin_hoc": "Tin học",
    "first_held_on": "Giữ chức lần đầu",
    "criterion": "Tiêu chí",
    "criterion_label": "Tên tiêu chí",
    "verdict": "Kết luận",
    "held": "Hiện có",
    "required": "Yêu cầu",
    "required_first": "Yêu cầu khi giữ chức lần đầu",
    "at_level": "Ngành xét ở mức",
    "legal_ref": "Căn cứ",
    "since": "Từ ngày",
    "deadline": "Thời hạn",
    "reason": "Lý do và cách khắc phục",
    "total": "Tổng số",
    "below": "Chưa đạt",
    "unknown": "Thiếu dữ liệu",
    "transitional": "Trong lộ trình",
    "meets": "Đạt",
    "share_below": "Tỷ lệ chưa đạt",
    "could_be_lowered": "Sẽ đạt nếu tỉnh giảm mức",
    "province_floor": "Mức tỉnh được giảm đến",
    "tile_col": "Cột trên bản đồ ô",
    "tile_row": "Hàng trên bản đồ ô",
    "effective_from": "Áp dụng từ",
    "from_on": "Từ ngày",
    # The first day on which it is no longer so, as everywhere in the store.
    "to_on": "Đến trước ngày",
    "last_on": "Đến hết ngày",
    "from_precision": "Cách biết ngày bắt đầu",
    "end_reason": "Lý do thôi",
    "opened_by": "Việc mở đầu",
    "source": "Nguồn",
    "field": "Chuyên ngành",
    "field_group": "Mã nhóm ngành",
    "field_label": "Nhóm ngành",
    "fits": "Phù hợp",
    "status": "Tình trạng",
    "obtained_on": "Ngày cấp",
    "reported_on": "Ngày báo cáo",
    "evidence": "Minh chứng",
    "people": "Số người",
    "confidence": "Mức độ đối chiếu",
    "checked_by": "Người đối chiếu",
    "checked_on": "Ngày đối chiếu",
    "unchecked": "Chưa đối chiếu văn bản gốc",
    "note": "Ghi chú",
    "document": "Mã văn bản",
    "title": "Tên văn bản",
    "issued_on": "Ngày ban hành",
    "effective_on": "Ngày có hiệu lực",
    "ended_on": "Ngày hết áp dụng",
    "in_force": "Đang áp dụng",
    "decision": "Mã quyết định",
    "number": "Số, ký hiệu",
    "posts": "Chức vụ, chức danh",
    "level": "Mức",
    "units": "Xã, thị trấn",
    "origin": "Nguồn nhập",
    "in_post": "Đang giữ",
    "data_as_of": "Số liệu đến ngày",
    "data_from": "Số liệu từ ngày",
    "sample": "Dữ liệu minh hoạ",
    "office_parent": "Cơ quan cấp trên",
    "office_name": "Cơ quan",
    "office_place": "Địa danh",
    "map": "Bản đồ riêng",
    "domain": "Danh mục",
    "code": "Mã",
    "label": "Tên gọi",
    "short_label": "Tên ngắn",
    "sort": "Thứ tự",
    "row": "Dòng",
    "batch_id": "Đợt",
    "made_at": "Ghi lúc",
    "made_by": "Người ghi",
    "undone_at": "Hoàn tác lúc",
    "undone_by": "Người hoàn tác",
    "rejected": "Dòng bị trả lại",
    "data_field": "Mục dữ liệu",
    "complete": "Đã có",
    "share_complete": "Tỷ lệ đã có",
    "to_supply": "Cần bổ sung",
    "missing": "Còn thiếu",
    "problem": "Điều cần xem lại",
    "problem_kind": "Mâu thuẫn hay còn thiếu",
    "year": "Năm",
    "round": "Đợt",
    "target": "Chỉ tiêu",
    "done": "Đã giảm",
    "approved_waiting": "Đã duyệt, chờ nghỉ",
    "in_process": "Đang xử lý",
    "fallen": "Không thành",
    "natural_leavers": "Rời đi tự nhiên",
    "cumulative_target": "Chỉ tiêu cộng dồn",
    "cumulative_done": "Đã giảm cộng dồn",
    "assigned": "Biên chế giao năm gốc",
    "ten_percent": "Ít nhất phải giảm",
    "base_year": "Năm gốc",
    "first_year": "Năm đầu",
    "last_year": "Năm cuối",
    "share_owed": "Tỷ lệ phải giảm",
    "case_id": "Số hồ sơ",
    "case_status": "Trạng thái",
    "status_on": "Ngày xử lý",
    "fall_reason": "Lý do không thành",
    "point": "Điểm",
    "ground": "Lý do tinh giản",
    "policy": "Chính sách",
    "leaving_on": "Ngày nghỉ",
    "reduces": "Giảm biên chế",
    "decision_number": "Quyết định",
    "benefit_paid": "Đã chi trả (đồng)",
    "on_date": "Ngày rời đi",
    "has_left": "Đã rời đi",
    "cases": "Số hồ sơ đề nghị",
    "xuat_sac": "Xuất sắc",
    "tot": "Tốt",
    "hoan_thanh": "Hoàn thành",
    "han_che": "Còn hạn chế",
    "khong_hoan_thanh": "Không hoàn thành",
    "chua_danh_gia": "Chưa đánh giá",
    "share_unevaluated": "Tỷ lệ chưa đánh giá",
    "why_not": "Lý do chưa đánh giá",
    "as_of": "Ngày",
    "cause": "Nguyên nhân",
    "change": "Tăng, giảm",
    "change_cause": "Nguyên nhân",
    "mark": "Mốc",
    "verdict_now": "Kết luận hiện nay",
    "required_now": "Mức phải có hiện nay",
    "below_now": "Chưa đạt hiện nay",
    "newly_below": "Thành chưa đạt",
    "no_longer_below": "Thôi chưa đạt",
    "unknown_now": "Thiếu dữ liệu hiện nay",
    "transitional_now": "Trong lộ trình hiện nay",
    "judged_now": "Đang được xét",
    "judged": "Được xét theo giả định",
    "newly_transitional": "Vào lộ trình",
    "newly_unknown": "Thành thiếu dữ liệu",
    "settled": "Thành đạt hoặc không xét",
    "total_low": "Tổng số, ít nhất",
    "total_high": "Tổng số, nhiều nhất",
    "below_low": "Chưa đạt, ít nhất",
    "below_high": "Chưa đạt, nhiều nhất",
    "unknown_low": "Thiếu dữ liệu, ít nhất",
    "unknown_high": "Thiếu dữ liệu, nhiều nhất",
    "transitional_low": "Trong lộ trình, ít nhất",
    "transitional_high": "Trong lộ trình, nhiều nhất",
    "earliest": "Sớm nhất",
    "latest": "Muộn nhất",
    "lacking": "Tiêu chí còn thiếu",
    "courses": "Lớp cần học",
    "courses_low": "Lượt học cần có, ít nhất",
    "courses_high": "Lượt học cần có, nhiều nhất",
    "beyond_courses": "Người không lớp nào giúp được",
    "may_be_gone": "Có thể không còn",
    "turned_on": "Ngày thay đổi",
    "facts": "Dữ kiện",
    "to_confirm": "Phải xác nhận",
    "barred": "Điều có thể cản",
    "retires_on": "Nghỉ hưu đúng tuổi",
    "candidate_decision": "Đã quyết",
    "decision_reason": "Lý do quyết",
    "months_left": "Còn (tháng)",
    "course_months": "Học mất (tháng)",
    "in_time": "Kịp học",
    "ways_out": "Lối ra",
    "due_on": "Trình trước ngày",
    "days_left": "Còn (ngày)",
    "list_on": "Danh sách mới nhất",
    "days_old": "Số ngày đã qua",
    "dimension": "Cơ cấu theo",
    "category": "Phân loại",
    "share": "Tỷ lệ",
    "hidden": "Không nêu số",
    "tuoi": "Độ tuổi",
    "flow": "Đến, rời đi",
    "from_commune": "Từ xã, thị trấn",
    "from_position": "Từ chức vụ",
    "to_commune": "Đến xã, thị trấn",
    "to_position": "Sang chức vụ",
    "population": "Số liệu của",
    "levels": "Mã các mức gộp lại",
}

FILTER_TITLES: Mapping[str, str] = {
    "communes": "Xã, thị trấn",
    "groups": "Nhóm",
    "posts": "Chức vụ, chức danh",
    "criteria": "Tiêu chí",
    "verdicts": "Kết luận",
    "search": "Họ tên",
}

# Columns of codes and the vocabulary that names them; `held` and `required` follow the criterion of their row.
_DOMAINS: Mapping[str, str] = {
    "position": "post",
    "group": "group",
    "criterion": "criterion",
    "verdict": "verdict",
    "verdict_now": "verdict",
    "gender": "gender",
    "area": "area",
    "kind": "kind",
    "confidence": "confidence",
    "opened_by": "cause",
    "end_reason": "end_reason",
    "from_precision": "precision",
    "at_level": "chuyen_mon",
    "hoc_van": "hoc_van",
    "chuyen_mon": "chuyen_mon",
    "llct": "llct",
    "qlnn": "qlnn",
    "tin_hoc": "tin_hoc",
    "data_field": "data_field",
    "problem_kind": "problem_kind",
    "case_status": "case_status",
    "fall_reason": "fall_reason",
    "policy": "policy",
    "why_not": "why_not_evaluated",
    "candidate_decision": "candidate_decision",
    "cause": "change_cause",
    "mark": "mark",
    "change_cause": "change_cause",
    "dimension": "dimension",
    "tuoi": "tuoi",
    "flow": "flow",
    "from_position": "post",
    "to_position": "post",
}
_BY_CRITERION = ("held", "required", "required_now", "required_first", "province_floor", "level")
_PARTIAL_DATES = ("birth_date", "first_held_on", "obtained_on")
SHARES = frozenset(HEADINGS[c] for c in ("share_below", "share_complete", "share_unevaluated", "share_owed", "share"))
# Whole numbers that are names: no thousands are set apart.
_NAMED_BY_NUMBER = ("year", "round", "base_year", "first_year", "last_year")
# What is foreseen at one end of what is uncertain only.
_PERHAPS = "có thể không xảy ra"
_STATUS = {"da_co": "Đã có", "dang_hoc": "Đang học"}


@dataclass(frozen=True)
class Words:
    """What every code of the store is called."""

    rows: pd.DataFrame

    @classmethod
    def of(cls, store: Store) -> "Words":
        """The vocabulary of a store."""
        return cls(store.query("words", Filters(date.min)))

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        return {(d, c): text for d, c, text in zip(self.rows.domain, self.rows.code, self.rows.label, strict=True)}

    @cached_property
    def _short(self) -> dict[tuple[str, str], str]:
        return {
            (d, c): text for d, c, text in zip(self.rows.domain, self.rows.code, self.rows.short_label, strict=True)
        }

    def label(self, domain: str, code: str) -> str:
        """The name of a code; a text that is no code of the domain stands for itself."""
        return self._labels.get((domain, code)) or self._labels.get(("*", code), code)

    def short(self, domain: str, code: str) -> str:
        """The name of a code where there is little room."""
        return self._short.get((domain, code), code)

    def options(self, domain: str) -> list[str]:
        """The codes of a vocabulary in their order."""
        return list(self.rows.loc[self.rows.domain == domain, "code"])

    def present(
        self,
        frame: pd.DataFrame,
        *,
        hide: tuple[str, ...] = ("person_id", "unit_code", "tile_col", "tile_row", "hidden", "levels", "unchecked"),
    ) -> pd.DataFrame:
        """The frame as people read it: names for codes, Vietnamese headings, real dates where the day is known.

        A date known only to the month or year stays a text ('06/1975', '1975'). Rows and their order are kept.
        """
        shown = frame.drop(columns=[c for c in hide if c in frame]).astype(object)
        for column in shown:
            name = str(column)
            values: list[Any] = [None if pd.isna(v) else v for v in shown[column]]
            if name in _DOMAINS:
                values = [v and self.label(_DOMAINS[name], v) for v in values]
            elif name in _BY_CRITERION and "criterion" in frame:
                asked = frame.get("required", frame[column])
                values = [self.level(c, v, r) for c, v, r in zip(frame.criterion, values, asked, strict=True)]
            elif name == "category":
                values = [self.label(d, v) for d, v in zip(frame.dimension, values, strict=True)]
            elif name == "people" and "hidden" in frame:
                # A number that is not told has a word in its place, on screen and in the file.
                untold = [None if pd.isna(h) else self.label("hidden", h) for h in frame.hidden]
                values = [u or v for u, v in zip(untold, values, strict=True)]
            elif name in _NAMED_BY_NUMBER:
                values = [None if v is None else str(int(v)) for v in values]
            elif name in _PARTIAL_DATES:
                values = [partial(v) for v in values]
            elif name == "status":
                values = [_STATUS[v] for v in values]
            elif any(isinstance(v, bool) for v in values):
                values = [{True: "Có", False: "Không", None: None}[v] for v in values]
            elif pd.api.types.is_datetime64_any_dtype(frame[column]):
                values = [v and v.date() for v in values]
            if name in ("earliest", "latest"):
                values = [_PERHAPS if v is None else v for v in values]
            # A list of texts would become a column that turns None into nan.
            shown[column] = pd.Series(values, shown.index, dtype=object)
        return shown.rename(columns=HEADINGS)

    def level(self, criterion: str, code: object, required: object = None) -> str | None:
        """What a person holds or must hold in a criterion: 'Trung cấp', '46 tuổi', 'Luật kinh tế'."""
        if code is None or pd.isna(code):  # type: ignore[call-overload]
            return None
        text = str(code)
        if criterion == "tuoi_lan_dau" and re.fullmatch(r"-?\d+", text):
            return f"{text} tháng" if required == "con_60_thang" else f"{text} tuổi"
        return self.label(criterion, text)

    def certainty(self, confidence: str, checked_on: Any) -> str:
        """How sure we are of a text or rule of law: when it was checked against its text, else how it is known."""
        if checked_on is not None and not pd.isna(checked_on):
            return f"Đã đối chiếu {date_short(checked_on)}"
        return self.label("confidence", confidence)

    def describe(self, filters: Filters, communes: Mapping[str, str]) -> list[tuple[str, str]]:
        """The filters in words, as chips and Excel files show them; `communes` names the unit codes."""
        named = {
            "communes": [communes.get(c, c) for c in filters.communes],
            "groups": [self.short("group", c) for c in filters.groups],
            "posts": [self.label("post", c) for c in filters.posts],
            "criteria": [self.short("criterion", c) for c in filters.criteria],
            "verdicts": [self.label("verdict", c) for c in filters.verdicts],
            "search": [filters.search] if filters.search else [],
        }
        return [(FILTER_TITLES[name], ", ".join(values)) for name, values in named.items() if values]


def partial(text: object) -> date | str | None:
    """An ISO date, month or year ('1975-06-20', '1975-06', '1975') as a date, '06/1975' or '1975'; nothing as None.

    In a column of texts pandas writes what is missing as a number that is none (nan), not as None.
    """
    if not isinstance(text, str) or not text:
        return None
    parts = text.split("-")
    return date.fromisoformat(text) if len(parts) == 3 else "/".join(reversed(parts))


def as_text(value: object) -> str:
    """A cell as text, dates in the day/month/year of this country, nothing as '—'."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "—"
    return date_short(value) if isinstance(value, date) else str(value)
