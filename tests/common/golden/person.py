"""What the queries of queries/person give for the district, row by row."""

from common.questions import CB

ROWS: dict[str, list[tuple[object, ...]]] = {
    "person": [
        (7, "Nguyễn Văn Dũng", "1971-01-10", "nam", None, "Hương Hòa", post, CB, "2015-07-01", "2020-01-01", True)
        for post in ("bi_thu", "ct_hdnd")
    ],
    "person_postings": [
        ("Hương Hòa", post, "2015-07-01", "ngay", None, None, "2015-07-01", "Danh sách thử")
        for post in ("bi_thu", "ct_hdnd")
    ],
    "person_qualifications": [
        ("hoc_van", "thpt", None, "da_co", None, "2000-01-01", None, "Danh sách thử"),
        ("chuyen_mon", "trung_cap", "Luật", "da_co", None, "2000-01-01", None, "Danh sách thử"),
        ("llct", "so_cap", None, "da_co", None, "2000-01-01", None, "Danh sách thử"),
    ],
}

# Of longer lists these columns.
COLUMNS: dict[str, tuple[list[str], list[tuple[object, ...]]]] = {
    "person_timeline": (
        ["position", "criterion", "from_on", "to_on", "verdict", "opened_by"],
        [
            (post, criterion, "2015-07-01", "2020-01-01", verdict, "took_post")
            for criterion, verdicts in [
                ("hoc_van", ["meets", "meets"]),
                ("chuyen_mon", ["meets", "meets"]),
                ("llct", ["below", "meets"]),
                ("tuoi_lan_dau", ["meets", "exempt"]),
            ]
            for post, verdict in zip(["bi_thu", "ct_hdnd"], verdicts, strict=True)
        ],
    ),
}
