"""What the queries of queries/standards give for the district, row by row."""

from common.golden.texts import TT06

ROWS: dict[str, list[tuple[object, ...]]] = {
    # Nobody's standards had ended without others in their place.
    "standards_ended": [],
    "laws_that_judge": [
        ("Cán bộ cấp xã", 5, "QĐ 04/2004/QĐ-BNV"),
        ("Công chức cấp xã", 5, "Luật Hộ tịch 2014, TT 06/2012/TT-BNV"),
    ],
    "laws_to_try": [
        ("QD04", "QĐ 04/2004/QĐ-BNV", "2004-02-27", None),
        ("TT06", "TT 06/2012/TT-BNV", "2012-12-14", None),
        ("TT13", "TT 13/2019/TT-BNV", "2019-12-25", None),
        ("ND33", "NĐ 33/2023/NĐ-CP", "2023-08-01", None),
    ],
    "draft_base": [
        ("ct_nd", "hoc_van", "thcs"),
        ("ct_nd", "chuyen_mon", "so_cap"),
        ("ct_nd", "llct", "so_cap"),
        ("ct_nd", "tin_hoc", None),
        # As if the province had lowered by one level.
        ("tc_kt", "hoc_van", "thcs"),
        ("tc_kt", "chuyen_mon", "so_cap"),
        ("tc_kt", "llct", None),
        ("tc_kt", "tin_hoc", "a"),
    ],
    "decision_effect": [
        (11, "Hồ Văn Lâm", "Thượng Lộ", "dia_chinh", "chuyen_mon", "below", "so_cap", "trung_cap", "so_cap", TT06),
    ],
    "decisions": [],
    "guidance_in_force": [],
    "new_titles": [],
    "judged_days": [("2004-02-27", "2025-06-30")],
    "unmapped_fields": [("vh_xh", "Thiên văn học", 1)],
}

# Of longer lists these columns.
COLUMNS: dict[str, tuple[list[str], list[tuple[object, ...]]]] = {
    # The last rule was replaced: what replaced it is named.
    "training_rules": (
        ["legal_ref", "posts", "training", "from_on", "last_on", "in_force", "ended_by"],
        [
            (
                "Điều 5 QĐ 04/2004/QĐ-BNV",
                "BT Đảng ủy, PBT Đảng ủy, Thường trực ĐU",
                "Quản lý nhà nước",
                "2004-02-27",
                "2023-07-31",
                True,
                None,
            ),
            (
                "Điều 7 QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)",
                "CT HĐND, PCT HĐND",
                "Quản lý nhà nước",
                "2004-02-27",
                "2023-07-31",
                True,
                None,
            ),
            (
                "Điều 8 QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)",
                "CT UBND, PCT UBND",
                "Quản lý nhà nước",
                "2004-02-27",
                "2023-07-31",
                True,
                None,
            ),
            (
                "Điều 2 TT 06/2012/TT-BNV",
                "TC - KT, TP - HT, VH - XH, VP - TK, Địa chính - XD",
                "Lý luận chính trị, Quản lý nhà nước",
                "2012-12-14",
                "2019-12-24",
                True,
                None,
            ),
            (
                "QĐ 04/2004/QĐ-BNV (chưa đối chiếu văn bản gốc)",
                "TC - KT, TP - HT, VH - XH, VP - TK, Địa chính - XD",
                "Lý luận chính trị, Quản lý nhà nước",
                "2004-02-27",
                "2012-12-13",
                False,
                "Điều 2 TT 06/2012/TT-BNV",
            ),
        ],
    ),
    "rules_in_force": (
        ["position", "criterion", "kind", "required", "required_first", "at_level", "province_floor", "effective_from"],
        [
            ("ct_hdnd", "hoc_van", "level", "thpt", None, None, None, "2004-02-27"),
            ("ct_hdnd", "chuyen_mon", "level", "so_cap", "trung_cap", None, None, "2004-02-27"),
            ("ct_hdnd", "llct", "level", "so_cap", None, None, None, "2004-02-27"),
            ("ct_hdnd", "qlnn", "training", "hoan_thanh_lop", None, None, None, "2004-02-27"),
            ("ct_hdnd", "tuoi_lan_dau", "province_sets", None, "tinh_quy_dinh", None, None, "2004-02-27"),
            ("tc_kt", "hoc_van", "level", "thpt", None, None, "thcs", "2012-12-14"),
            ("tc_kt", "chuyen_mon", "level", "trung_cap", None, None, "so_cap", "2012-12-14"),
            ("tc_kt", "nganh", "field", "phu_hop", None, "trung_cap", None, "2012-12-14"),
            ("tc_kt", "llct", "training", "hoan_thanh_lop", None, None, None, "2012-12-14"),
            ("tc_kt", "qlnn", "training", "hoan_thanh_lop", None, None, None, "2012-12-14"),
            ("tc_kt", "tin_hoc", "level", "a", None, None, None, "2012-12-14"),
            ("tc_kt", "tieng_dtts", "province_sets", "tinh_quy_dinh", None, None, None, "2012-12-14"),
        ],
    ),
    "rule_history": (
        ["criterion", "from_on", "last_on", "kind", "required", "required_first"],
        [
            ("hoc_van", "2004-02-27", "2023-07-31", "level", "thcs", None),
            ("chuyen_mon", "2004-02-27", "2023-07-31", "level", "so_cap", None),
            ("llct", "2004-02-27", "2023-07-31", "level", "so_cap", None),
            ("tuoi_lan_dau", "2004-02-27", "2023-07-31", "age", None, "toi_da_65"),
        ],
    ),
    "documents": (
        ["document", "in_force"],
        [
            ("QD04", True),
            ("PLCA08", True),
            ("DQTV09", True),
            ("ND112", True),
            ("TT06", True),
            ("HOTICH", True),
            ("TTLT17", True),
            ("TT13", False),
            ("DQTV19", False),
            ("ND135", False),
            ("TT04", False),
            ("ND33", False),
            ("CV11", False),
            ("L80", False),
            ("CV193", True),
        ],
    ),
    "decrees": (
        ["document", "in_force"],
        [("ND108", True), ("ND113", True), ("ND143", False), ("ND29", False), ("ND154", False)],
    ),
    "decidable": (
        ["document", "criterion", "province_floor"],
        [
            ("ND33", "chuyen_mon", "so_cap"),
            ("ND33", "chuyen_mon", "trung_cap"),
            ("TT13", "chuyen_mon", "trung_cap"),
            ("TT06", "hoc_van", "thcs"),
            ("TT06", "chuyen_mon", "so_cap"),
            ("TT06", "tieng_dtts", None),
            ("QD04", "tuoi_lan_dau", None),
        ],
    ),
    "field_fits": (
        ["position", "field_label", "fits"],
        [
            ("tc_kt", "Chính trị, xây dựng Đảng, công tác đoàn thể", False),
            ("tc_kt", "Công an, an ninh", False),
            ("tc_kt", "Công nghệ thông tin", False),
            ("tc_kt", "Công tác xã hội, lao động, dân tộc học", False),
            ("tc_kt", "Địa chính, quản lý đất đai", False),
            ("tc_kt", "Hành chính, quản lý nhà nước", False),
            ("tc_kt", "Kế toán, tài chính", True),
            ("tc_kt", "Luật", False),
            ("tc_kt", "Môi trường", False),
            ("tc_kt", "Nông nghiệp, lâm nghiệp, phát triển nông thôn", False),
            ("tc_kt", "Quân sự cơ sở", False),
            ("tc_kt", "Sư phạm", False),
            ("tc_kt", "Văn hóa, du lịch, thể thao", False),
            ("tc_kt", "Xây dựng, giao thông, thủy lợi", False),
            ("tc_kt", "Y tế", False),
        ],
    ),
}
