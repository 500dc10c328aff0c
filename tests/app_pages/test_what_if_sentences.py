"""What is said of a supposition: each part of the sentence, the findings, the caption, and names a draft may bear."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from app_pages.what_if.sentences import (
    bad_name,
    by_commune,
    by_criterion,
    caption,
    coverage,
    differences,
    how_to_read,
    metrics,
    sentence,
)
from common.readers import all_of
from core.store import Store
from core.words import Words
from supposing.supposition import SupposedLaw
from supposing.what_if import supposed

DAY, ND33 = date(2018, 12, 31), date(2023, 8, 1)
NAME = "NĐ 33/2023/NĐ-CP"


@pytest.fixture(scope="module")
def words() -> Iterator[Words]:
    store = Store(":memory:", create=True)
    yield Words.of(all_of(store))
    store.close()


def total(**counts: int) -> pd.Series:
    none = dict.fromkeys(
        (
            "below_now",
            "below",
            "newly_below",
            "no_longer_below",
            "unknown_now",
            "unknown",
            "transitional_now",
            "transitional",
        ),
        0,
    )
    return pd.Series({"total": 227, "judged_now": 227, "judged": 227} | none | counts)


def criteria(*rows: tuple[str, int, int, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["criterion", "newly_below", "newly_transitional", "newly_unknown", "settled"])
    return frame.assign(people=frame.drop(columns="criterion").sum(axis=1), no_longer_below=0)


MANY = criteria(("chuyen_mon", 4, 91, 0, 0), ("llct", 0, 60, 0, 3))
FLIPPED = {"below_now": 10, "below": 12, "newly_below": 4, "no_longer_below": 2, "transitional": 143}


def test_the_sentence_says_how_many_and_mostly_why(words: Words) -> None:
    assert sentence(total(**FLIPPED), MANY, NAME, SupposedLaw(ND33), DAY, words) == (
        "Nếu xét theo NĐ 33/2023/NĐ-CP vào 31/12/2018: 12 người chưa đạt thay vì 10 (thêm 4, bớt 2); 143 người vào "
        "diện còn lộ trình; chủ yếu vì trình độ chuyên môn (95 người)."
    )


@pytest.mark.parametrize(
    ("counts", "rows", "said"),
    [
        (
            {"below_now": 10, "below": 10, "newly_below": 2, "no_longer_below": 2},
            [("llct", 2, 0, 0, 2)],
            "vẫn 10 người chưa đạt (thêm 2, bớt 2); vì trình độ lý luận chính trị (2 người).",
        ),
        ({"below_now": 10, "no_longer_below": 10}, [("llct", 0, 0, 0, 10)], "không còn ai chưa đạt, nay 10 người."),
        (
            {"transitional_now": 143, "transitional": 98},
            [("llct", 0, 0, 0, 45)],
            "không có ai chưa đạt; 98 người còn lộ trình thay vì 143.",
        ),
        (
            {"transitional_now": 143, "below": 1250, "newly_below": 1250},
            [("llct", 1250, 0, 0, 0)],
            "1.250 người chưa đạt thay vì 0 (thêm 1.250); không còn ai còn lộ trình, nay 143 người; vì trình độ lý "
            "luận chính trị (1.250 người).",
        ),
        (
            {"unknown_now": 8, "unknown": 16},
            [("nganh", 0, 0, 8, 0)],
            "không có ai chưa đạt; 16 người thiếu dữ liệu thay vì 8; vì ngành đào tạo phù hợp chức danh (8 người).",
        ),
        (
            {"unknown": 3},
            [("nganh", 0, 0, 3, 0)],
            "không có ai chưa đạt; 3 người thiếu dữ liệu; vì ngành đào tạo phù hợp chức danh (3 người).",
        ),
    ],
)
def test_each_part_of_the_sentence(
    words: Words, counts: dict[str, int], rows: list[tuple[str, int, int, int, int]], said: str
) -> None:
    told = sentence(total(**counts), criteria(*rows), NAME, SupposedLaw(ND33), DAY, words)
    assert told == f"Nếu xét theo {NAME} vào 31/12/2018: {said}"


def test_nothing_that_flips_is_said_gladly(words: Words) -> None:
    told = sentence(total(below_now=10, below=10), MANY.head(0), NAME, SupposedLaw(ND33), DAY, words)
    assert told == (
        "Không ai bị ảnh hưởng: xét theo NĐ 33/2023/NĐ-CP vào 31/12/2018 thì không kết luận nào thay đổi, vẫn 10 người "
        "chưa đạt."
    )
    assert sentence(total(), MANY.head(0), NAME, SupposedLaw(ND33), DAY, words).endswith(
        "thay đổi, không có ai chưa đạt."
    )


def test_where_nobody_is_judged_today_nothing_is_compared(words: Words) -> None:
    counts = FLIPPED | {"judged_now": 0, "below_now": 0, "below": 12, "newly_below": 12}
    told = sentence(total(**counts), MANY, NAME, SupposedLaw(ND33), date(2026, 12, 31), words)
    assert told.startswith(
        "Ngày 31/12/2026 không có tiêu chuẩn nào áp dụng cho những người đang xem. Nếu xét theo NĐ 33/2023/NĐ-CP vào "
        "ngày ấy: 12 người chưa đạt; 143 người vào diện còn lộ trình;"
    )
    assert [(m.value, m.about) for m in metrics(total(**counts), 95)][:2] == [
        ("12", "hiện nay không xét"),
        ("143", "hiện nay không xét"),
    ]


def test_the_figures_say_now_and_then() -> None:
    assert [(m.title, m.value, m.about, m.shows) for m in metrics(total(**FLIPPED, unknown_now=3), 166)] == [
        ("Chưa đạt", "10 → 12", "thêm 4, bớt 2", "below"),
        ("Trong lộ trình", "0 → 143", "tăng 143", "transitional"),
        ("Thiếu dữ liệu", "3 → 0", "giảm 3", "unknown"),
        ("Đổi kết luận", "166 người", "ở ít nhất một tiêu chí", "flips"),
    ]
    assert metrics(total(), 0)[0].about == "không đổi"


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (SupposedLaw(ND33), f"nếu xét theo {NAME}"),
        (SupposedLaw(ND33, grace=False), f"nếu xét theo {NAME}, chưa tính thời hạn chuyển tiếp"),
        (SupposedLaw(ND33, "lowered"), f"nếu xét theo {NAME}, coi như tỉnh đã giảm mức cho miền núi"),
        (
            SupposedLaw(ND33, "none", grace=False),
            f"nếu xét theo {NAME}, coi như tỉnh không giảm mức cho miền núi, chưa tính thời hạn chuyển tiếp",
        ),
    ],
)
def test_what_is_supposed_goes_into_titles(law: SupposedLaw, said: str) -> None:
    assert supposed(NAME, law) == said


def communes(**last: int) -> pd.DataFrame:
    row: dict[str, Any] = dict.fromkeys(total().index, 0)
    rows = [row | {"unit_code": "20161", "commune": "Khe Tre"}, row | {"unit_code": "20188", "commune": "Thượng Long"}]
    return pd.DataFrame([rows[0], rows[1] | last])


def test_the_findings(words: Words) -> None:
    moved = communes(below_now=4, below=7, newly_below=3, transitional=2)
    assert by_commune(moved, judged_now=True) == (
        "Thượng Long thay đổi nhiều nhất: chưa đạt từ 4 thành 7, trong lộ trình từ 0 thành 2"
    )
    assert by_commune(moved.tail(1), judged_now=True).startswith("Thượng Long: chưa đạt từ 4 thành 7")
    assert by_commune(moved, judged_now=False) == "Thượng Long nhiều nhất: 7 chưa đạt, 2 trong lộ trình"
    assert by_commune(communes(), judged_now=True) == "Số người ở mỗi kết luận không đổi"
    swapped = communes(below_now=4, below=4, newly_below=1, no_longer_below=1)
    assert by_commune(swapped, judged_now=True).endswith("1 người thành chưa đạt, cũng ngần ấy người thôi chưa đạt")
    assert by_criterion(MANY, words) == "Đổi kết luận nhiều nhất về trình độ chuyên môn: 95 người"
    assert by_criterion(MANY.head(1), words) == "Đổi kết luận về trình độ chuyên môn: 95 người"
    assert "Vẽ 15 xã, thị trấn thay đổi nhiều nhất; 11.147 xã, thị trấn khác" in how_to_read(11_147)
    assert "Vẽ 15 xã, phường thay đổi nhiều nhất; 20 xã, phường khác" in how_to_read(20, "xã, phường")
    assert "Vẽ" not in how_to_read(0)


def test_who_is_judged_by_one_law_only_is_said() -> None:
    assert coverage(total(total=308, judged_now=227, judged=297)) == (
        "81 người hiện nay không có tiêu chuẩn nào sẽ được xét; 11 người đang được xét sẽ không còn tiêu chuẩn nào."
    )
    assert coverage(total()) == ""
    # Where nobody is judged today the sentence says so.
    assert coverage(total(judged_now=0)) == ""


def test_a_draft_is_called_one() -> None:
    told = caption("dự thảo “Nâng chuẩn”", SupposedLaw(ND33), DAY, total(), drafted=True)
    assert "Ô đã sửa là của dự thảo “Nâng chuẩn”, chưa phải luật, và không có thời hạn chuyển tiếp." in told
    assert told.startswith("Giả định, không phải kết luận: quy định như vào ngày 01/08/2023")
    assert "Ô đã sửa" not in caption(NAME, SupposedLaw(ND33), DAY, total(), drafted=False)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Chưa có tên dự thảo."),
        ("  ", "Chưa có tên dự thảo."),
        ("--", "Chưa có tên dự thảo."),
        ("x" * 61, "dài quá 60 ký tự"),
        ("nd33", "là tên của một văn bản có thật"),
        ("NĐ 33/2023/NĐ-CP", "là tên của một văn bản có thật"),
        ("nâng CHUẨN", "Đã có dự thảo “nâng CHUẨN”"),
        ("Nâng *chuẩn*", "chỉ gồm chữ, số"),
        ("_Nâng_", "chỉ gồm chữ, số"),
        ("Nâng $x$", "chỉ gồm chữ, số"),
    ],
)
def test_a_name_that_will_not_do_is_one_sentence(name: str, said: str) -> None:
    told = bad_name(name, ["ND33", "NĐ 33/2023/NĐ-CP"], ["Nâng chuẩn"], "Khác")
    assert told is not None
    assert said in told
    assert "\n" not in told


@pytest.mark.parametrize("name", ["Nâng chuẩn", "Nâng chuẩn 2027 (lần 2)", "x" * 60])
def test_a_plain_name_will_do_and_the_draft_that_is_changed_keeps_its_own(name: str) -> None:
    assert bad_name(name, ["ND33"], ["Nâng chuẩn"], "Nâng chuẩn") is None


def test_the_cells_that_differ_are_told_in_words(words: Words) -> None:
    told = differences(
        {("tc_kt", "llct"): "cao_cap", ("bi_thu", "hoc_van"): None}, {("bi_thu", "hoc_van"): "thpt"}, words
    )
    assert told == (
        "Tài chính - kế toán, Lý luận chính trị: Không quy định → Cao cấp; "
        "Bí thư Đảng ủy, Văn hóa: THPT → Không quy định"
    )
