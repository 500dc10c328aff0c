"""The eleven communes of huyện Nam Đông at the end of 2018 with invented people, eighteen of them designed.

Ten are below the standard, left over from the past or elected before they met it, where the district's report says that
there were such; of eight a fact is missing. Everybody else is drawn from a fixed seed.
"""

from datetime import date
from random import Random

from officials import LEADERS, STAFF, UNIONS, Case, Commune, Person, World
from people import staff

SEED = 2019
WORLD = World(date(2015, 1, 1), early=0.12, early_left=0.3, settled=True)


def _commune(code: str, name: str, minority: float, seats: str, part_time: int, *neighbours: str) -> Commune:
    return Commune(
        f"{code}@2018", name, minority, tuple(seats.split()), part_time, tuple(f"{n}@2018" for n in neighbours)
    )


COMMUNES = (
    _commune("20161", "Khe Tre", 0.05, LEADERS + UNIONS + STAFF + "tc_kt tp_ht", 8, "20164", "20170"),
    _commune(
        "20164",
        "Hương Phú",
        0.4,
        "bi_thu ct_hdnd ct_ubnd pho_bi_thu pct_hdnd pct_ubnd " + UNIONS + STAFF + "tc_kt tp_ht",
        8,
        "20161",
    ),
    _commune("20167", "Hương Sơn", 0.6, LEADERS + UNIONS + STAFF + "tc_kt", 7, "20164", "20179"),
    _commune(
        "20170",
        "Hương Lộc",
        0.08,
        "bi_thu+ct_ubnd pho_bi_thu+ct_hdnd pct_hdnd pct_ubnd pct_ubnd " + UNIONS + STAFF,
        7,
        "20161",
    ),
    _commune("20173", "Thượng Quảng", 0.88, LEADERS + UNIONS + STAFF + "vh_xh", 7, "20188", "20167"),
    _commune(
        "20176",
        "Hương Hòa",
        0.06,
        LEADERS + "ct_mttq ct_nd ct_lhpn ct_ccb bt_doan<2018-09-04 " + STAFF,
        7,
        "20179",
        "20161",
    ),
    _commune(
        "20179",
        "Hương Giang",
        0.12,
        "bi_thu+ct_hdnd ct_ubnd pho_bi_thu+ct_mttq pct_hdnd pct_ubnd ct_nd ct_lhpn ct_ccb bt_doan " + STAFF,
        7,
        "20176",
    ),
    _commune("20182", "Hương Hữu", 0.9, LEADERS + UNIONS + STAFF + "tp_ht", 8, "20188", "20179"),
    _commune(
        "20185",
        "Thượng Lộ",
        0.86,
        "bi_thu+ct_hdnd ct_ubnd pho_bi_thu pct_hdnd<2018-07-02 pct_ubnd " + UNIONS + STAFF,
        7,
        "20161",
        "20170",
    ),
    _commune("20188", "Thượng Long", 0.92, LEADERS + "pct_ubnd " + UNIONS + STAFF + "tc_kt", 8, "20182"),
    _commune("20191", "Thượng Nhật", 0.9, LEADERS + UNIONS + STAFF, 7, "20188", "20176"),
)

BELOW = (
    Case(
        "Thượng Long",
        "bi_thu",
        "nam",
        "1973-05-12",
        "2015-06-18",
        schooling=("chuyen_mon so_cap 1999-08 Khuyến nông", "llct so_cap 2006-11-20"),
    ),
    Case(
        "Thượng Long",
        "ct_ubnd",
        "nam",
        "1962-03-08",
        "2003-02-14",
        schooling=(
            "hoc_van thcs 1977",
            "chuyen_mon so_cap 1996-05 Trồng trọt",
            "llct so_cap 1998-10",
            "llct trung_cap 2005-07-15",
        ),
        note="Cán bộ lâu năm",
    ),
    Case(
        "Thượng Long",
        "pho_bi_thu",
        "nam",
        "1970-09-25",
        "2010-07-28",
        schooling=("chuyen_mon so_cap 2001-04 Thú y", "llct trung_cap 2009-06-30"),
    ),
    Case(
        "Thượng Long",
        "ct_lhpn",
        "nu",
        "1979-10-03",
        "2011-07-20",
        schooling=("chuyen_mon chua 2014-06-30", "llct so_cap 2010-09-15"),
        note="Chưa bố trí được thời gian đi học",
    ),
    Case(
        "Hương Lộc",
        "bt_doan",
        "nam",
        "1983-04-17",
        "2016-09-12",
        schooling=("chuyen_mon trung_cap 2008-08-20 Lâm nghiệp", "llct trung_cap 2015-10-30"),
        note="Bầu bổ sung tháng 9/2016",
    ),
    Case(
        "Thượng Nhật",
        "pho_bi_thu",
        "nam",
        "1981-11-02",
        "2016-11-15",
        schooling=("chuyen_mon dai_hoc 2010-07-05 Nông học", "llct *trung_cap"),
        note="Lớp trung cấp LLCT khóa 2018 - 2019",
    ),
    Case(
        "Hương Sơn",
        "bi_thu",
        "nam",
        "1972-07-30",
        "2015-06-25",
        schooling=("chuyen_mon trung_cap 2004-10-01 Chăn nuôi thú y", "llct so_cap 2008-09-10"),
    ),
    Case(
        "Thượng Quảng",
        "ct_ccb",
        "nam",
        "1957-02-10",
        "2006-11-20",
        schooling=(
            "hoc_van tieu_hoc 1971",
            "chuyen_mon so_cap 1994 Khuyến nông",
            "llct so_cap 2005-08",
        ),
    ),
    Case(
        "Hương Sơn",
        "tc_kt",
        "nu",
        "1986-12-19",
        "2012-03-01",
        schooling=("chuyen_mon dai_hoc 2010-07-15 Luật", "tin_hoc b 2011-05-20"),
    ),
    Case(
        "Thượng Lộ",
        "vh_xh",
        "nam",
        "1988-08-08",
        "2013-10-01",
        schooling=("chuyen_mon trung_cap 2011-09-30 Quản lý văn hóa", "tin_hoc chua 2014-06-30"),
    ),
)

UNKNOWN = (
    Case("Khe Tre", "vp_tk", "nu", "1990-02-27", "2015-04-01", silent=("tin_hoc",)),
    Case("Hương Phú", "pct_hdnd", "nam", "1975-06-14", "2016-06-28", silent=("llct",)),
    Case(
        "Hương Hòa",
        "ct_nd",
        "nam",
        "1974-01-22",
        "2012-11-20",
        None,
        schooling=("chuyen_mon trung_cap 2007-08-30 Khuyến nông",),
    ),
    Case(
        "Hương Giang",
        "dia_chinh",
        "nam",
        "1987-09-09",
        "2012-07-02",
        schooling=("chuyen_mon dai_hoc 2011-06-30 Khí tượng thủy văn",),
    ),
    Case("Hương Hữu", "pho_bi_thu", "nam", "1978-03-30", "2015-06-20", silent=("llct",)),
    Case("Thượng Quảng", "vh_xh", "nu", "1989-05-05", "2014-05-15", silent=("tin_hoc",)),
    Case(
        "Thượng Nhật",
        "ct_ubnd",
        "nam",
        "1969-10-18",
        "2011-06-27",
        None,
        schooling=("chuyen_mon so_cap 2002-05-10 Trồng trọt",),
    ),
    Case(
        "Hương Lộc",
        "tp_ht",
        "nu",
        "1985-07-11",
        "2010-10-01",
        schooling=("chuyen_mon trung_cap",),
        note="Xã đang bổ sung bản sao bằng",
    ),
)


def people(commune: Commune) -> list[Person]:
    """Everybody who held a post of the commune since 2015, the same at every call."""
    cases = [case for case in BELOW + UNKNOWN if case.commune == commune.name]
    return staff(Random(f"{SEED}/{commune.name}"), commune, WORLD, cases)
