"""What the queries of queries/store give for the district, row by row."""

ROWS: dict[str, list[tuple[object, ...]]] = {
    "birth_readings": [
        (
            "dau_nam",
            1,
            1,
            "Điều 3 khoản 3 NĐ 135/2020/NĐ-CP",
            "Hồ sơ chỉ có năm sinh thì lấy ngày 01/01 của năm sinh. "
            "Đã đọc nguyên văn ở bản công khai, lần đọc 28/11/2026.",
            None,
        ),
        (
            "giua_nam",
            7,
            1,
            "CV 193/BTCCBCP-TCBC (chưa đối chiếu văn bản gốc)",
            "Đối với cán bộ, công chức: lấy ngày 01/07 của năm sinh. Chưa đọc nguyên văn.",
            None,
        ),
    ],
    "posts": [
        ("bi_thu", "can_bo"),
        ("pho_bi_thu", "can_bo"),
        ("thuong_truc_du", "can_bo"),
        ("ct_hdnd", "can_bo"),
        ("pct_hdnd", "can_bo"),
        ("ct_ubnd", "can_bo"),
        ("pct_ubnd", "can_bo"),
        ("ct_mttq", "can_bo"),
        ("bt_doan", "can_bo"),
        ("ct_lhpn", "can_bo"),
        ("ct_nd", "can_bo"),
        ("ct_ccb", "can_bo"),
        ("truong_ca", "cong_chuc"),
        ("cht_quan_su", "cong_chuc"),
        ("vp_tk", "cong_chuc"),
        ("dia_chinh", "cong_chuc"),
        ("tc_kt", "cong_chuc"),
        ("tp_ht", "cong_chuc"),
        ("vh_xh", "cong_chuc"),
        ("kct_vp_du", "khong_chuyen_trach"),
        ("kct_tuyen_giao", "khong_chuyen_trach"),
        ("kct_to_chuc", "khong_chuyen_trach"),
        ("kct_pct_mttq", "khong_chuyen_trach"),
        ("kct_pbt_doan", "khong_chuyen_trach"),
        ("kct_pct_lhpn", "khong_chuyen_trach"),
        ("kct_pct_nd", "khong_chuyen_trach"),
        ("kct_pct_ccb", "khong_chuyen_trach"),
        ("kct_pcht_qs", "khong_chuyen_trach"),
        ("kct_pho_ca", "khong_chuyen_trach"),
        ("kct_thu_quy", "khong_chuyen_trach"),
        ("kct_truyen_thanh", "khong_chuyen_trach"),
        ("kct_khuyen_nong", "khong_chuyen_trach"),
        ("kct_giam_ngheo", "khong_chuyen_trach"),
        ("kct_ct_nct", "khong_chuyen_trach"),
        ("kct_ct_ctd", "khong_chuyen_trach"),
    ],
    "about": [("2018-12-31", "2010-07-01", False, "UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ", "Nam Đông", None, None, None)],
    # One of them holds a post that no standard binds.
    "people_shown": [(11,)],
    "places": [("46", "tỉnh Thừa Thiên Huế", None), ("46/483", "huyện Nam Đông", "tỉnh Thừa Thiên Huế")],
    "merged_communes": [
        ("20161", "Khe Tre", "2025-01-01", "20161", "Khe Tre", False),
        ("20176", "Hương Hòa", "2020-01-01", "20179", "Hương Xuân", True),
        ("20179", "Hương Giang", "2020-01-01", "20179", "Hương Xuân", True),
    ],
}

# Of longer lists these columns.
COLUMNS: dict[str, tuple[list[str], list[tuple[object, ...]]]] = {
    "batches": (
        ["batch_id", "title", "data_as_of", "made_by", "undone_at", "rejected"],
        [(1, "Danh sách thử", "2018-12-31", "người thử", None, 0)],
    ),
    "units": (
        ["unit_code", "kind", "commune", "tile_col", "tile_row"],
        [
            ("20161", "thị trấn", "Khe Tre", 3, 1),
            ("20164", "xã", "Hương Phú", 3, 0),
            ("20167", "xã", "Hương Sơn", 1, 1),
            ("20170", "xã", "Hương Lộc", 4, 1),
            ("20173", "xã", "Thượng Quảng", 0, 2),
            ("20176", "xã", "Hương Hòa", 2, 1),
            ("20179", "xã", "Hương Giang", 2, 2),
            ("20182", "xã", "Hương Hữu", 1, 2),
            ("20185", "xã", "Thượng Lộ", 3, 2),
            ("20188", "xã", "Thượng Long", 1, 3),
            ("20191", "xã", "Thượng Nhật", 2, 3),
        ],
    ),
}
