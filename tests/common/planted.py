"""People about whom nothing is wrong, and the faults that a check of the data is to find when they are planted."""

from datetime import date
from typing import Any

from common.district import HUONG_PHU, KHE_TRE
from core.store import Store
from law.case import Level, Person, Term, person

DAY = date(2018, 12, 31)
REPORTED = "2018-12-31"


def level(criterion: str, name: str, obtained: str | None, field: str | None = None) -> Level:
    return Level(criterion, name, obtained, field, reported=REPORTED)


LEVELS = {
    "hoc_van": level("hoc_van", "thpt", "1998-06-01"),
    "chuyen_mon": level("chuyen_mon", "trung_cap", "2002-07-01", "Kế toán"),
    "llct": level("llct", "trung_cap", "2010-05-01"),
    "tin_hoc": level("tin_hoc", "a", "2003-01-15"),
}


def whole(
    terms: list[Term] | None = None,
    born: str | None = "1980-06-20",
    gender: str | None = "nam",
    **levels: Level | None,
) -> Person:
    """Somebody whose data are complete and agree with each other, but for what is said."""
    held = [at for at in (LEVELS | levels).values() if at]
    return person(
        terms or [Term("tc_kt", "2014-01-01", first_held="2014-01-01", unit=KHE_TRE)],
        born=born,
        gender=gender,
        also=held,
    )


def seat(post: str, since: str | None = "2014-01-01", *, unit: str = KHE_TRE, **term: Any) -> list[Term]:
    return [Term(post, since, first_held=term.pop("first_held", since), unit=unit, **term)]


CLEAN = {
    "Hồ Thị Sạch": whole(gender="nu"),
    "Lê Văn Sạch": whole(seat("bi_thu"), born="1979-01-01"),
    "Trần Văn Sạch": whole(seat("bi_thu", unit=HUONG_PHU), born="1978-02-02"),
    # Two officials of one title are no contradiction where there may be two.
    "Hồ Văn Sạch": whole(seat("pct_ubnd"), born="1977-03-03"),
    "Đỗ Văn Sạch": whole(seat("pct_ubnd"), born="1976-04-04"),
}

# Both are proposed for downsizing because their training is below the standard, and then the first is known to meet it.
PROPOSED = """
insert into downsizing_case by name
select
    p.given_name as case_id, p.person_id, o.unit_id, o.post, 'nd_108_2014' as instrument, 'c' as point,
    'nghi_huu' as policy, date '2019-01-01' as leaving_on, true as reduces, o.batch_id
from person as p
inner join posting as o on p.person_id = o.person_id
where p.given_name in ('Đủ', 'Kém');
insert into case_step (case_id, status, on_date, batch_id)
select case_id, 'de_xuat', date '2018-09-10', batch_id from downsizing_case
"""
# What is entered beside the clean ones, what is then done to the store, and who is found with which words.
FAULTS: dict[str, tuple[dict[str, Person], str, dict[str, str]]] = {
    "two_communes": (
        {
            "A Lăng Hai": whole(
                [*seat("tp_ht"), *seat("tp_ht", unit=HUONG_PHU)],
                chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Luật"),
            )
        },
        "",
        {"A Lăng Hai": "Cùng lúc giữ chức vụ ở"},
    ),
    "two_in_one_seat": (
        {"A Lăng Hai": whole(seat("bi_thu"))},
        "",
        {"A Lăng Hai": "Cùng giữ với Lê Văn Sạch.", "Lê Văn Sạch": "Cùng giữ với A Lăng Hai."},
    ),
    "first_held_after_start": (
        {"A Lăng Sau": whole(seat("ct_nd", first_held="2015-03-01"))},
        "",
        {"A Lăng Sau": "Giữ chức lần đầu ngày 01/03/2015 nhưng đã giữ từ ngày 01/01/2014."},
    ),
    "too_young": (
        {
            "A Lăng Non": whole(
                seat("ct_nd"),
                born="1996-01-02",
                hoc_van=level("hoc_van", "thpt", "2013-06"),
                chuyen_mon=level("chuyen_mon", "trung_cap", "2014-06"),
                llct=level("llct", "so_cap", "2014-07"),
                tin_hoc=level("tin_hoc", "a", "2014-08"),
            )
        },
        "",
        {"A Lăng Non": "Sinh ngày 02/01/1996, nhận chức vụ 01/01/2014."},
    ),
    "ends_before_start": (
        {"A Lăng Ngược": whole([*seat("ct_nd"), *seat("ct_ccb", "2012-05-01", first_held="2012-05-01")])},
        "update posting set to_on = date '2012-04-01' where post = 'ct_ccb'",
        {"A Lăng Ngược": "Bắt đầu 01/05/2012, thôi giữ 01/04/2012."},
    ),
    "same_identifier": (
        {"A Lăng Trùng": whole(seat("ct_nd"), born="1981-01-01")},
        "update person set identifier = '046080000001' where given_name = 'Trùng' or full_name = 'Hồ Thị Sạch'",
        {"A Lăng Trùng": "cũng là số của Hồ Thị Sạch (Khe Tre)", "Hồ Thị Sạch": "Số tận cùng 0001 cũng là số của A"},
    ),
    "same_person": (
        {
            "A Lăng Một": whole(seat("ct_nd"), born="1981-01-01"),
            "A Lăng Hai": whole(seat("ct_nd", unit=HUONG_PHU), born="1981-01-01"),
        },
        "update person set full_name = 'A Lăng Một' where given_name = 'Hai'",
        {"A Lăng Một": "Cùng họ tên và sinh 01/01/1981 với một hồ sơ khác ở"},
    ),
    "level_too_early": (
        {"A Lăng Sớm": whole(seat("ct_nd"), llct=level("llct", "so_cap", "1995-06-19"))},
        "",
        {"A Lăng Sớm": "Lý luận chính trị: Sơ cấp ngày 19/06/1995; sinh ngày 20/06/1980."},
    ),
    "level_after_report": (
        {"A Lăng Muộn": whole(seat("ct_nd"), llct=Level("llct", "so_cap", "2016-06", reported="2015-12-31"))},
        "",
        {"A Lăng Muộn": "Lý luận chính trị: Sơ cấp cấp tháng 06/2016, báo đã có ngày 31/12/2015."},
    ),
    "below_without_birth": (
        {"A Lăng Thiếu": whole(seat("pho_bi_thu"), born="1980", llct=level("llct", "so_cap", "2010-05-01"))},
        "",
        {"A Lăng Thiếu": "Ngày sinh chỉ biết năm 1980."},
    ),
    "undecided": (
        {"A Lăng Chưa": whole(tin_hoc=None)},
        "",
        {"A Lăng Chưa": "Chưa có dữ liệu về tin học."},
    ),
    "unsupported_ground": (
        # One has all that the post asks for, the other has not been to a school of any trade.
        {
            "A Lăng Đủ": whole(seat("ct_nd")),
            "A Lăng Kém": whole(seat("ct_nd", unit=HUONG_PHU), chuyen_mon=level("chuyen_mon", "chua", "2002")),
        },
        PROPOSED,
        {
            "A Lăng Đủ": "Hồ sơ Đủ nêu điểm c khoản 1 Điều 6 NĐ 108/2014/NĐ-CP, nhưng ngày đề xuất 10/09/2018 không có "
            "kết luận chưa đạt về trình độ đào tạo."
        },
    ),
    "unmapped_majors": (
        {"A Lăng Lạ": whole(chuyen_mon=level("chuyen_mon", "trung_cap", "2002", "Thiên văn học"))},
        "",
        {"A Lăng Lạ": "Chuyên ngành: Thiên văn học."},
    ),
}


def lists(store: Store, *sent: tuple[str, str], undone: bool = False) -> None:
    """Lists of communes, each (unit, day), as if they had been dropped on the page."""
    with store.write() as cursor:
        for n, (unit, day) in enumerate(sent, start=100 + 50 * undone):
            cursor.execute(
                "insert into batch values ($n, 'list', 'Danh sách', $day, now()::timestamp, 'thử', [], $undone, null)",
                {"n": n, "day": day, "undone": "2019-01-01" if undone else None},
            )
            cursor.execute("insert into batch_unit values ($n, $unit, $day, 1)", {"n": n, "unit": unit, "day": day})
