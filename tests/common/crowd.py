"""Seventy invented people of few names, so that nearly everything a list is sorted by is the same."""

from random import Random

from common.district import HUONG_HOA, HUONG_PHU, KHE_TRE, THUONG_LO
from law.case import Level, Person, Term, person


def a_crowd(random: Random) -> dict[str, Person]:
    """They serve in five communes, since one day or another, with what schooling chance gives them."""
    names = ["Hồ Văn Ánh", "Hồ Thị Anh", "Hồ Văn Anh", "Lê Thị Đào", "A Lăng Dao"]
    posts = ["bi_thu", "ct_hdnd", "ct_nd", "bt_doan", "tc_kt", "tp_ht", "vh_xh", "cht_quan_su", "kct_thu_quy"]
    communes = [KHE_TRE, HUONG_PHU, HUONG_HOA, THUONG_LO, "20179@2018"]
    fields = ["Luật", "Kế toán", "Thiên văn học", "Chiêm tinh", "Quân sự cơ sở", None]
    people: dict[str, Person] = {}
    for n in range(70):
        commune = random.choice(communes)
        started = f"{random.randint(2003, 2023)}-{random.randint(1, 12):02}-01"
        first = random.choice([started, started, None])
        terms = [
            Term(post, started, first_held=first, unit=commune)
            for post in random.sample(posts, random.choice([1, 1, 2]))
        ]
        levels = {
            "hoc_van": random.choice(["thcs", "thpt", "thpt"]),
            "llct": random.choice([None, "so_cap", "trung_cap"]),
            "tin_hoc": random.choice([None, "a", "co_ban"]),
        }
        also = [
            Level(
                "chuyen_mon",
                random.choice(["so_cap", "trung_cap", "dai_hoc"]),
                obtained=f"{random.randint(2004, 2022)}",
                field=random.choice(fields),
            )
            for _ in range(random.choice([0, 1, 1, 2]))
        ]
        # The spaces keep the names apart in this dictionary only: a name is cleaned when it is entered.
        people[names[n % len(names)] + " " * n] = person(
            terms,
            born=f"{1960 + n % 30}-0{1 + n // 30}-{1 + n % 28:02}",
            gender=random.choice(["nam", "nu"]),
            also=also,
            **{c: level for c, level in levels.items() if level},
        )
    return people
