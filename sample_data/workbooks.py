"""How communes write their lists and the district its registers: the same facts in many hands.

Every commune has its habits (`Style`): file and sheet names, which columns, long or short words, dates as text, as real
dates or as both, and what its keyboard leaves in the text.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from officials import RANK, REPORT, Certificate, Commune, Moment, Person, Service, group_of

# Pinned, so that the same people give the same bytes.
MADE_ON = datetime(2019, 1, 10, 8, 0)  # noqa: DTZ001

HEADINGS = {
    "order": "STT",
    "full_name": "Họ và tên",
    "born_nam": "Nam",
    "born_nu": "Nữ",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "home": "Quê quán",
    "post": "Chức vụ/chức danh",
    "since": "Thời điểm bầu/tuyển dụng/bổ nhiệm",
    "first_held": "Giữ chức vụ lần đầu",
    "party": "Ngày vào Đảng",
    "hoc_van": "Văn hóa",
    "chuyen_mon": "Chuyên môn",
    "major": "Chuyên ngành",
    "form": "Hệ đào tạo",
    "llct": "LLCT",
    "qlnn": "QLNN",
    "tin_hoc": "Tin học",
    "language": "Ngoại ngữ, tiếng DTTS",
    "pay": "Hệ số lương",
    "insurance": "Năm bắt đầu BHXH",
    "note": "Ghi chú",
}
STUDIES = ("hoc_van", "chuyen_mon", "major", "form", "llct", "qlnn", "tin_hoc", "language")
WIDTHS = {"order": 5, "full_name": 24, "home": 20, "post": 34, "major": 30, "chuyen_mon": 16, "llct": 16, "note": 34}
GROUPS = {"born_nam": "Ngày tháng năm sinh", "born_nu": "Ngày tháng năm sinh"} | dict.fromkeys(STUDIES, "Trình độ")
FULL = tuple(name for name in HEADINGS if name != "first_held")

# Each post in long and in short words.
POSTS = {
    "bi_thu": ("Bí thư Đảng ủy", "BT Đảng ủy"),
    "pho_bi_thu": ("Phó Bí thư Thường trực Đảng ủy", "PBT Đảng ủy"),
    "ct_hdnd": ("Chủ tịch HĐND", "CT HĐND"),
    "pct_hdnd": ("Phó Chủ tịch HĐND", "PCT HĐND"),
    "ct_ubnd": ("Chủ tịch UBND", "CT UBND"),
    "pct_ubnd": ("Phó Chủ tịch UBND", "PCT UBND"),
    "ct_mttq": ("Chủ tịch UBMTTQ Việt Nam", "CT UBMTTQ"),
    "bt_doan": ("Bí thư Đoàn TNCS Hồ Chí Minh", "BT Đoàn"),
    "ct_lhpn": ("Chủ tịch Hội LHPN", "CT Hội LHPN"),
    "ct_nd": ("Chủ tịch Hội Nông dân", "CT Hội ND"),
    "ct_ccb": ("Chủ tịch Hội Cựu chiến binh", "CT Hội CCB"),
    "truong_ca": ("Trưởng Công an", "Trưởng CA"),
    "cht_quan_su": ("Chỉ huy trưởng BCH Quân sự", "CHT Quân sự"),
    "vp_tk": ("Văn phòng - Thống kê", "VP-TK"),
    "dia_chinh": ("Địa chính - Nông nghiệp - Xây dựng và Môi trường", "ĐC-NN-XD&MT"),
    "tc_kt": ("Tài chính - Kế toán", "TC-KT"),
    "tp_ht": ("Tư pháp - Hộ tịch", "TP-HT"),
    "vh_xh": ("Văn hóa - Xã hội", "VH-XH"),
    "chanh_vp": ("Chánh Văn phòng HĐND và UBND", "Chánh VP"),
    "tp_kinh_te": ("Trưởng phòng Kinh tế", "TP Kinh tế"),
    "tp_van_hoa": ("Trưởng phòng Văn hóa - Xã hội", "TP VH-XH"),
    "gd_hanh_chinh_cong": ("Giám đốc Trung tâm Phục vụ hành chính công", "GĐ TT PVHCC"),
    "pho_chanh_vp": ("Phó Chánh Văn phòng HĐND và UBND", "Phó Chánh VP"),
    "pho_tp_kinh_te": ("Phó Trưởng phòng Kinh tế", "PTP Kinh tế"),
    "pho_tp_van_hoa": ("Phó Trưởng phòng Văn hóa - Xã hội", "PTP VH-XH"),
    "pcht_cong_chuc": ("Phó Chỉ huy trưởng BCH Quân sự", "PCHT Quân sự"),
    "cv_dang": ("Chuyên viên cơ quan Đảng ủy", "CV Đảng ủy"),
    "cv_van_phong": ("Chuyên viên Văn phòng HĐND và UBND", "CV Văn phòng"),
    "cv_kinh_te": ("Chuyên viên phòng Kinh tế", "CV Kinh tế"),
    "cv_van_hoa": ("Chuyên viên phòng Văn hóa - Xã hội", "CV VH-XH"),
    "kct_vp_du": ("Văn phòng Đảng ủy", "VP Đảng ủy"),
    "kct_tuyen_giao": ("Trưởng Ban Tuyên giáo", "Tuyên giáo"),
    "kct_to_chuc": ("Trưởng Ban Tổ chức Đảng ủy", "Tổ chức Đảng ủy"),
    "kct_pct_mttq": ("Phó Chủ tịch UBMTTQ Việt Nam", "PCT UBMTTQ"),
    "kct_pbt_doan": ("Phó Bí thư Đoàn TNCS Hồ Chí Minh", "PBT Đoàn"),
    "kct_pct_lhpn": ("Phó Chủ tịch Hội LHPN", "PCT Hội LHPN"),
    "kct_pct_nd": ("Phó Chủ tịch Hội Nông dân", "PCT Hội ND"),
    "kct_pct_ccb": ("Phó Chủ tịch Hội Cựu chiến binh", "PCT Hội CCB"),
    "kct_pcht_qs": ("Phó Chỉ huy trưởng BCH Quân sự", "PCHT Quân sự"),
    "kct_pho_ca": ("Phó Trưởng Công an", "Phó CA"),
    "kct_thu_quy": ("Thủ quỹ - Văn thư - Lưu trữ", "Thủ quỹ"),
    "kct_truyen_thanh": ("Phụ trách đài truyền thanh", "Truyền thanh"),
    "kct_khuyen_nong": ("Khuyến nông - Khuyến lâm", "Khuyến nông"),
    "kct_giam_ngheo": ("Phụ trách công tác giảm nghèo", "Giảm nghèo"),
    "kct_ct_nct": ("Chủ tịch Hội Người cao tuổi", "CT Hội NCT"),
    "kct_ct_ctd": ("Chủ tịch Hội Chữ thập đỏ", "CT Hội CTĐ"),
}
# Whose office stands above that of a commune, until a day.
SUPERIORS = (
    (date(2025, 1, 1), "UBND HUYỆN NAM ĐÔNG"),
    (date(2025, 7, 1), "UBND HUYỆN PHÚ LỘC"),
    (date.max, "UBND THÀNH PHỐ HUẾ"),
)
TOWN_LAND = ("Địa chính - Xây dựng - Đô thị và Môi trường", "ĐC-XD-ĐT&MT")

LEVELS = {
    ("hoc_van", "thpt"): ("THPT", "12/12"),
    ("hoc_van", "thcs"): ("THCS", "9/12"),
    ("hoc_van", "tieu_hoc"): ("Tiểu học", "5/12"),
    ("chuyen_mon", "chua"): ("Chưa qua đào tạo", "Chưa ĐT"),
    ("chuyen_mon", "so_cap"): ("Sơ cấp", "SC"),
    ("chuyen_mon", "trung_cap"): ("Trung cấp", "TC"),
    ("chuyen_mon", "cao_dang"): ("Cao đẳng", "CĐ"),
    ("chuyen_mon", "dai_hoc"): ("Đại học", "ĐH"),
    ("chuyen_mon", "thac_si"): ("Thạc sĩ", "ThS"),
    ("llct", "chua"): ("Chưa qua đào tạo", "Chưa"),
    ("llct", "so_cap"): ("Sơ cấp", "SC"),
    ("llct", "trung_cap"): ("Trung cấp", "TC"),
    ("llct", "cao_cap"): ("Cao cấp", "CC"),
    ("qlnn", "chua"): ("Chưa bồi dưỡng", "Chưa"),
    ("qlnn", "boi_duong"): ("Đã bồi dưỡng", "x"),
    ("qlnn", "can_su"): ("Cán sự", "CS"),
    ("qlnn", "chuyen_vien"): ("Chuyên viên", "CV"),
    ("tin_hoc", "chua"): ("Chưa có chứng chỉ", "Không"),
    ("tin_hoc", "a"): ("Chứng chỉ A", "A"),
    ("tin_hoc", "b"): ("Chứng chỉ B", "B"),
    ("tin_hoc", "c"): ("Chứng chỉ C", "C"),
    ("tin_hoc", "co_ban"): ("Ứng dụng CNTT cơ bản", "UDCNTTCB"),
}
CRITERIA = {
    "hoc_van": "Văn hóa",
    "chuyen_mon": "Chuyên môn",
    "llct": "Lý luận chính trị",
    "qlnn": "Quản lý nhà nước",
    "tin_hoc": "Tin học",
}
REASONS = {
    "nghi_huu": "Nghỉ hưu",
    "chuyen_cong_tac": "Chuyển công tác",
    "thoi_viec": "Thôi việc",
    "het_nhiem_ky": "Hết nhiệm kỳ",
    "tinh_gian": "Tinh giản biên chế",
    "tu_tran": "Từ trần",
    "khac": "Chuyển sang công an chính quy",
}
GENDERS = {"nam": "Nam", "nu": "Nữ"}
SECTIONS = {
    "can_bo": "CÁN BỘ",
    "cong_chuc": "CÔNG CHỨC",
    "khong_chuyen_trach": "NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH",
}


@dataclass(frozen=True)
class Style:
    """The habits of whoever keeps the list of one commune.

    `short` writes TC, 12/12, BT Đảng ủy; `dates` is 'text', 'real' or 'both'; `headings` replaces usual headings;
    `keyboard` is what happens to every text that is typed.
    """

    commune: str
    file: str
    sheet: str
    columns: Sequence[str] = FULL
    short: bool = True
    dates: str = "text"
    headings: tuple[tuple[str, str], ...] = ()
    numbered_columns: bool = False
    one_study_cell: bool = False
    prefix: str = ""
    spare_sheets: tuple[str, ...] = ()
    keyboard: Callable[[str], str] = str


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _icelandic(text: str) -> str:
    return text.replace("Đ", "\u00d0")


def _hard_spaces(text: str) -> str:
    return text.replace(" ", "\u00a0", 1)


def _without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in FULL if name not in names)


def with_first_held(*names: str) -> tuple[str, ...]:
    """All columns but these, with one for the day a post was first held."""
    return tuple(name for name in HEADINGS if name not in names)


STYLES = (
    Style("Khe Tre", "khe-tre.xlsx", "Sheet1", short=False, dates="real", spare_sheets=("Sheet2", "Sheet3")),
    Style(
        "Hương Phú",
        "DS CBCC xa Huong Phu 31-12-2018.xlsx",
        "TRÍCH NGANG",
        numbered_columns=True,
        headings=(("born_nam", "Ngày, tháng, năm sinh"), ("since", "Ngày bầu, tuyển dụng, bổ nhiệm")),
    ),
    Style(
        "Hương Sơn",
        "Huong Son - trich ngang (sua lan 2).xlsx",
        "Danh sach",
        _without("religion", "insurance"),
        dates="both",
        headings=(("post", "Chức danh"),),
    ),
    Style(
        "Hương Lộc",
        "huong_loc_ban_cuoi.xlsx",
        "DS 2018",
        _without("form", "pay"),
        short=False,
        headings=(("language", "Ngoại ngữ"),),
        keyboard=_hard_spaces,
    ),
    Style(
        "Thượng Quảng",
        "Thuong Quang.xlsx",
        "CBCC+KCT",
        _without("home"),
        dates="both",
        numbered_columns=True,
        prefix="Công chức ",
    ),
    Style(
        "Hương Hòa",
        "HUONG HOA T12.xlsx",
        "Hương Hoà",
        with_first_held("pay", "insurance"),
        dates="real",
        headings=(("since", "Thời điểm giữ chức vụ hiện nay"),),
    ),
    Style(
        "Hương Giang",
        "ds-huong-giang-2018.xlsx",
        "Sheet1",
        _without("major", "form", "religion"),
        one_study_cell=True,
        headings=(("full_name", "Họ tên"), ("order", "TT")),
        spare_sheets=("Sheet2",),
    ),
    Style(
        "Hương Hữu",
        "Huong Huu CBCC, KCT.xlsx",
        "31.12.2018",
        short=False,
        dates="text",
        keyboard=_decomposed,
        headings=(("language", "Tiếng dân tộc"),),
    ),
    Style(
        "Thượng Lộ",
        "thuonglo2018.xlsx",
        "Sheet1",
        _without("party", "pay", "insurance"),
        dates="both",
        headings=(("major", "Chuyên nghành"),),
    ),
    Style(
        "Thượng Long",
        "Thuong Long nop phong NV.xlsx",
        "Trich ngang",
        dates="text",
        keyboard=_icelandic,
        headings=(("llct", "Chính trị"), ("qlnn", "Quản lý nhà nước")),
    ),
    Style(
        "Thượng Nhật",
        "xa Thuong Nhat (mail).xlsx",
        "TN",
        with_first_held("religion", "form"),
        dates="text",
        numbered_columns=True,
    ),
)


def write_list(folder: Path, style: Style, commune: Commune, people: Iterable[Person], day: date = REPORT) -> Path:
    """The list of a commune as its office would send it for a day; `people` are as they were on it.

    What is drawn for the list of 2018 as a whole is drawn person by person for later ones, and so stays from one list
    to the next, like what is copied from the list of the year before.
    """
    path = folder / style.file
    in_post = [person for person in people if person.in_post]
    with _open(path) as book:
        sheet = book.add_worksheet(style.sheet)
        for name in style.spare_sheets:
            book.add_worksheet(name)
        _List(book, sheet, style, commune, Random(f"viết/{commune.name}"), day).write(in_post)
    return path


def _open(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": MADE_ON})
    return book


class _List:
    def __init__(
        self, book: xlsxwriter.Workbook, sheet: Any, style: Style, commune: Commune, rng: Random, day: date
    ) -> None:
        self.sheet, self.style, self.commune, self.rng, self.on = sheet, style, commune, rng, day
        self.town = commune.unit_id == "20161@2018"
        self.last = len(style.columns) - 1
        self.title = book.add_format({"bold": True, "align": "center"})
        self.head = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.section = book.add_format({"bold": True, "border": 1})
        self.cell = book.add_format({"border": 1})
        self.day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
        self.short_day = book.add_format({"border": 1, "num_format": "d/m"})

    def write(self, people: Sequence[Person]) -> None:
        kind = "thị trấn" if self.town else "xã"
        where = f"{kind} {self.commune.name}"
        middle = self.last // 2
        self._merge(0, 0, 4, next(name for until, name in SUPERIORS if self.on < until))
        self._merge(1, 0, 4, f"UBND {where.upper()}")
        self._merge(0, middle, self.last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self._merge(1, middle, self.last, "Độc lập - Tự do - Hạnh phúc")
        title = "DANH SÁCH TRÍCH NGANG CÁN BỘ, CÔNG CHỨC, NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH"
        self._merge(3, 0, self.last, f"{title} {where.upper()}")
        self._merge(4, 0, self.last, f"(Tính đến ngày {self.on:%d/%m/%Y})")
        self._header(6)
        row = 8
        if self.style.numbered_columns:
            for column in range(self.last + 1):
                self.sheet.write(row, column, f"({column + 1})", self.head)
            row += 1
        groups = groupby(people, lambda person: group_of(person.in_post[0].post))
        for numeral, (group, members) in zip(("I", "II", "III"), groups, strict=False):
            self.sheet.merge_range(row, 0, row, self.last, self._typed(f"{numeral}. {SECTIONS[group]}"), self.section)
            row += 1
            order = 0
            for order, person in enumerate(members, 1):
                self._person(row, order, person)
                row += 1
            for seat in self.commune.seats:
                post, vacant, _ = seat.partition("<")
                if vacant and group == group_of(post):
                    self._vacancy(row, order + 1, post)
                    row += 1
        self.sheet.write(row, 1, self._typed(f"Tổng cộng: {len(people)} người"), self.section)
        signed = self.on + timedelta(8)
        self._merge(row + 2, middle, self.last, f"{self.commune.name}, ngày {signed:%d tháng %m năm %Y}")
        self._merge(row + 3, 0, 4, "NGƯỜI LẬP BIỂU")
        self._merge(row + 3, middle, self.last, f"TM. ỦY BAN NHÂN DÂN {kind.upper()}")
        self._merge(row + 4, middle, self.last, "CHỦ TỊCH")
        chairs = [p.full_name for p in people if any(s.post == "ct_ubnd" for s in p.in_post)]
        # Where nobody is in the chair nobody has signed yet.
        self._merge(row + 8, middle, self.last, chairs[0] if chairs else "")
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        for column, name in enumerate(self.style.columns):
            self.sheet.set_column(column, column, WIDTHS.get(name, 12))

    def _merge(self, row: int, first: int, last: int, text: str) -> None:
        self.sheet.merge_range(row, first, row, last, self._typed(text), self.title)

    def _typed(self, text: str) -> str:
        return self.style.keyboard(text)

    def _header(self, top: int) -> None:
        """Two rows: what stands under a common heading has its own in the second, the others reach over both."""
        own = dict(self.style.headings)
        columns = [(name, GROUPS.get(name)) for name in self.style.columns]
        column = 0
        for group, members in groupby(columns, lambda pair: pair[1]):
            names = [name for name, _ in members]
            if group is None:
                for name in names:
                    heading = self._typed(own.get(name, HEADINGS[name]))
                    self.sheet.merge_range(top, column, top + 1, column, heading, self.head)
                    column += 1
                continue
            if names[0] == "born_nam":
                group = own.get("born_nam", group)
            self.sheet.merge_range(top, column, top, column + len(names) - 1, self._typed(group), self.head)
            for name in names:
                heading = HEADINGS[name] if name == "born_nam" else own.get(name, HEADINGS[name])
                self.sheet.write(top + 1, column, self._typed(heading), self.head)
                column += 1

    def _person(self, row: int, order: int, person: Person) -> None:
        if self.on > REPORT:
            self.rng = Random(f"viết/{person.full_name}/{person.birth.on}")
        for column, name in enumerate(self.style.columns):
            value = order if name == "order" else self._value(name, person)
            if isinstance(value, date):
                known = self.short_day if name == "hoc_van" else self.day
                self.sheet.write_datetime(row, column, value, known)
            else:
                self.sheet.write(row, column, self._typed(value) if isinstance(value, str) else value, self.cell)

    def _vacancy(self, row: int, order: int, post: str) -> None:
        empty = {"order": order, "full_name": "Khuyết", "post": self._post(post)}
        for column, name in enumerate(self.style.columns):
            value = empty.get(name, "")
            self.sheet.write(row, column, self._typed(value) if isinstance(value, str) else value, self.cell)

    def _value(self, name: str, person: Person) -> object:
        service = person.in_post[0]
        match name:
            case "full_name":
                return person.full_name
            case "born_nam" | "born_nu":
                return self._date(person.birth) if name.endswith(person.gender) else ""
            case "ethnicity":
                return person.ethnicity
            case "religion":
                return "Không"
            case "home":
                return f"{person.home}, Nam Đông" if person.home == self.commune.name else person.home
            case "post":
                return self._posts(person.in_post)
            case "since":
                return self._date(service.since)
            case "first_held":
                return self._date(service.first_held)
            case "party":
                return self._joined_party(person)
            case "major":
                best = self._best(person, "chuyen_mon")
                return best.major or "" if best else ""
            case "form":
                best = self._best(person, "chuyen_mon")
                return self.rng.choice(("CQ", "TC", "VLVH", "TX")) if best and best.level != "chua" else ""
            case "language":
                return self._language(person)
            case "pay" if group_of(service.post) == "khong_chuyen_trach":
                return ""
            case "pay":
                return round(1.86 + 0.33 * ((self.on - service.since.on).days // 900), 2)
            case "insurance":
                return min(s.since.on.year for s in person.services)
            case "note":
                return person.case.note or "" if person.case else ""
        return self._level(person, name)

    def _posts(self, held: list[Service]) -> str:
        joint = ", " if self.style.short else " kiêm "
        return joint.join(self._post(service.post) for service in held)

    def _post(self, post: str) -> str:
        words = TOWN_LAND if post == "dia_chinh" and self.town else POSTS[post]
        text = words[self.style.short]
        return self.style.prefix + text if group_of(post) == "cong_chuc" else text

    def _date(self, moment: Moment | None) -> object:
        """A date as this office types it; what is known by month or year only is written so."""
        if moment is None:
            return ""
        if moment.precision == "nam":
            return moment.on.year
        if moment.precision == "thang":
            return f"{moment.on:%m/%Y}"
        as_date = self.style.dates == "real" or (self.style.dates == "both" and self.rng.random() < 0.4)
        return moment.on if as_date else f"{moment.on:%d/%m/%Y}"

    def _joined_party(self, person: Person) -> object:
        service = min(person.services, key=lambda s: s.since.on)
        if group_of(service.post) == "khong_chuyen_trach" and self.rng.random() < 0.5:
            return ""
        year = max(person.birth.on.year + 21, service.since.on.year - 1)
        return f"{self.rng.randrange(1, 29):02}/{self.rng.randrange(1, 13):02}/{year}"

    def _language(self, person: Person) -> str:
        if person.ethnicity != "Kinh" and self.rng.random() < 0.6:
            return person.ethnicity
        foreign = dict(self.style.headings).get("language") != "Tiếng dân tộc"
        return self.rng.choice(("Anh A", "Anh B", "", "")) if foreign else ""

    def _level(self, person: Person, criterion: str) -> object:
        best = self._best(person, criterion)
        if best is None:
            return ""
        text = LEVELS[criterion, best.level][self.style.short]
        if best.status == "dang_hoc":
            return f"Đang học {text}"
        if text == "12/12" and self.style.dates == "both" and self.rng.random() < 0.3:
            # What a spreadsheet makes of 12/12 when nobody looks.
            return date(self.on.year, 12, 12)
        if criterion == "chuyen_mon" and self.style.one_study_cell and best.major:
            return f"{text} {best.major}"
        return text

    @staticmethod
    def _best(person: Person, criterion: str) -> Certificate | None:
        return max(
            (c for c in person.certificates if c.criterion == criterion), key=lambda c: RANK[c.level], default=None
        )


def write_registers(
    folder: Path, people: Sequence[tuple[Commune, Person]], names: Mapping[str, str], *, part_time: bool = False
) -> list[Path]:
    """The district's own two registers: posts held from when to when, and certificates with their dates.

    `names` gives the communes by unit id. People paid an allowance are in neither, unless `part_time`.
    """
    staff = [
        (c, p) for c, p in people if part_time or any(group_of(s.post) != "khong_chuyen_trach" for s in p.services)
    ]
    careers: list[list[object]] = [
        [
            p.full_name,
            _plain(p.birth),
            GENDERS[p.gender],
            names[s.unit_id],
            POSTS[s.post][0],
            _plain(s.since),
            s.to_on,
            REASONS[s.reason] if s.reason else None,
            _plain(s.first_held),
        ]
        for _, p in staff
        for s in sorted(p.services, key=lambda s: s.since.on)
    ]
    rng = Random("số hiệu")
    papers: list[list[object]] = [
        [
            p.full_name,
            _plain(p.birth),
            c.name,
            CRITERIA[held.criterion],
            LEVELS[held.criterion, held.level][0],
            held.major,
            _plain(held.obtained),
            _number(rng, held),
        ]
        for c, p in staff
        for held in p.certificates
        if held.obtained
    ]
    registers = (
        (
            "qua-trinh-cong-tac.xlsx",
            "SỔ THEO DÕI QUÁ TRÌNH CÔNG TÁC CÁN BỘ, CÔNG CHỨC CẤP XÃ",
            (
                "Họ và tên",
                "Ngày sinh",
                "Giới tính",
                "Đơn vị",
                "Chức danh",
                "Từ ngày",
                "Ngày thôi giữ",
                "Lý do thôi",
                "Ngày giữ chức vụ lần đầu",
            ),
            careers,
        ),
        (
            "van-bang.xlsx",
            "SỔ THEO DÕI VĂN BẰNG, CHỨNG CHỈ CÁN BỘ, CÔNG CHỨC CẤP XÃ",
            (
                "Họ và tên",
                "Ngày sinh",
                "Đơn vị",
                "Tiêu chí",
                "Trình độ",
                "Chuyên ngành",
                "Ngày cấp",
                "Số hiệu văn bằng",
            ),
            papers,
        ),
    )
    # Between two days near each other there may be nothing to tell.
    return [_register(folder / name, title, headings, rows) for name, title, headings, rows in registers if rows]


def write_ledger(folder: Path, sheets: Mapping[str, tuple[Sequence[str], Sequence[list[object]]]]) -> Path:
    """The ledger of downsizing: a sheet a table, under one row of headings."""
    path = folder / "tinh-gian-bien-che.xlsx"
    with _open(path) as book:
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings, bold)
            _write_rows(sheet, 1, rows, day)
            sheet.set_column(0, len(headings) - 1, 16)
    return path


def _number(rng: Random, held: Certificate) -> str:
    if held.level == "chua":
        return "Tổng điều tra cán bộ, công chức 30/6/2014"
    return f"{held.criterion[0].upper()}{rng.randrange(10**5, 10**6)}"


def _plain(moment: Moment | None) -> object:
    if moment is None or moment.precision == "ngay":
        return moment and moment.on
    return moment.on.year if moment.precision == "nam" else f"{moment.on:%m/%Y}"


def _register(path: Path, title: str, headings: Sequence[str], rows: Iterable[list[object]]) -> Path:
    with _open(path) as book:
        sheet = book.add_worksheet("Sổ theo dõi")
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write(0, 0, "PHÒNG NỘI VỤ HUYỆN NAM ĐÔNG")
        sheet.write(1, 0, title)
        sheet.write_row(3, 0, headings, bold)
        _write_rows(sheet, 4, rows, day)
        sheet.set_column(0, len(headings), 18)
        sheet.freeze_panes(4, 1)
    return path


def _write_rows(sheet: Any, first: int, rows: Iterable[list[object]], day: Any) -> None:
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
