"""The communes since 01/07/2025, and who got which post when ten of them became three and the district ended.

The titles of the rooms are those of the government of two tiers; how many of each there are is invented.
"""

from collections.abc import Iterator
from datetime import date

from officials import OFFICES, Commune, Person
from training import held, lacks

BEGINS = date(2025, 7, 1)
# The first day on which nobody is used in a part-time post of a commune any more.
PART_TIME_ENDED = date(2026, 5, 31)
COMMUNES = {
    Commune("20161@2025b", "Khe Tre", 0.25, ()): ("Khe Tre", "Hương Phú", "Hương Lộc", "Thượng Lộ"),
    Commune("20179@2025b", "Nam Đông", 0.5, ()): ("Hương Xuân", "Hương Sơn", "Thượng Nhật"),
    Commune("20182@2025b", "Long Quảng", 0.9, ()): ("Thượng Quảng", "Thượng Long", "Hương Hữu"),
}
# How many of a post that the old communes had the new one keeps; who held it beyond that goes to a room.
KEPT = {
    "bi_thu": 1,
    "pho_bi_thu": 2,
    "ct_hdnd": 1,
    "pct_hdnd": 2,
    "ct_ubnd": 1,
    "pct_ubnd": 2,
    "ct_mttq": 1,
    "ct_nd": 1,
    "ct_lhpn": 1,
    "ct_ccb": 1,
    "bt_doan": 1,
    "cht_quan_su": 1,
    "tp_ht": 2,
}
HEADS = ("chanh_vp", "tp_kinh_te", "tp_van_hoa", "gd_hanh_chinh_cong")
DEPUTIES = ("pho_chanh_vp", "pho_tp_kinh_te", "pho_tp_van_hoa", "pho_tp_kinh_te")
ROOM_OF = {
    "vp_tk": "cv_van_phong",
    "tp_ht": "cv_van_phong",
    "dia_chinh": "cv_kinh_te",
    "tc_kt": "cv_kinh_te",
    "vh_xh": "cv_van_hoa",
}


def placed(seats: list[tuple[tuple[str, ...], Person]]) -> Iterator[tuple[str, ...]]:
    """The posts that each holder of posts of the old communes gets in the new one, none or some, in the order given.

    Of leaders the better schooled stay what they are; the others lead the rooms while there are any to lead. Part-time
    posts go on, but for the deputy commander, who became a civil servant.
    """
    left = dict(KEPT)
    rooms = [*HEADS, *DEPUTIES]
    # Of the commanders one becomes the deputy, of the deputies, who became civil servants, another.
    deputies = {"cht_quan_su": 1, "kct_pcht_qs": 1}
    given: dict[int, tuple[str, ...]] = {}
    order = sorted(range(len(seats)), key=lambda n: (_rank(seats[n][0]), len(lacks(seats[n][1], seats[n][0], BEGINS))))
    for n in order:
        posts, person = seats[n]
        if posts[0] in ("cht_quan_su", "kct_pcht_qs") and not left.get(posts[0]):
            other: tuple[str, ...] = ("cv_van_phong",) if posts[0] == "cht_quan_su" else ()
            given[n] = ("pcht_cong_chuc",) if deputies[posts[0]] else other
            deputies[posts[0]] = 0
            continue
        if posts[0].startswith("kct_"):
            given[n] = posts
            continue
        kept = tuple(p for p in posts if left.get(p, 0) > 0)
        for post in kept:
            left[post] -= 1
        room = ROOM_OF.get(posts[0], "cv_dang")
        if not kept and posts[0] not in ROOM_OF and rooms and held(person, "chuyen_mon", BEGINS) == "dai_hoc":
            room = rooms.pop(0)
        given[n] = kept or (room,)
    return (given[n] for n in range(len(seats)))


def _rank(posts: tuple[str, ...]) -> int:
    return list(OFFICES).index(posts[0]) if posts[0] in OFFICES else len(OFFICES)
