"""What the queries of queries/store give for the district, row by row."""

ROWS: dict[str, list[tuple[object, ...]]] = {
    "about": [("2018-12-31", "2010-07-01", False, "UBND HUYỆN NAM ĐÔNG", "PHÒNG NỘI VỤ", "Nam Đông", None)],
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
