"""The words of lists: posts, levels, fields and communes in every spelling that has been seen, and never guessed."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from common.lists import COMMUNES, HEADING, LEVELS, VOCABULARY, WORDS, held, person, read, sheet_csv, workbook
from common.readers import all_of
from common.reference_tables import never_at_once, reference
from core import office
from core.store import Store
from core.vietnamese import Partial, key
from intake.session import vocabulary
from intake.vocabulary import IGNORED, Held, Unclear, Vocabulary

# --- the words ---------------------------------------------------------------------------------------------


def test_a_word_means_one_thing_in_its_domain() -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for word in WORDS:
        meanings.setdefault((word.domain, key(word.word)), set()).add(word.code)
    several = {place: codes for place, codes in meanings.items() if len(codes) > 1}
    assert {place: codes for place, codes in several.items() if not (place[0] == "post" and never_at_once(codes))} == {}
    assert len(WORDS) == len(set(WORDS))


def test_levels_stand_in_the_vocabulary_from_the_lowest_up() -> None:
    ranks = {(row["criterion"], row["level"]): row["rank"] for row in reference("level")}
    for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts"):
        found = [ranks[criterion, code] for code in VOCABULARY.codes(criterion) if code != IGNORED]
        assert found == sorted(found), criterion


def test_the_names_the_product_prints_are_understood_when_they_come_back() -> None:
    for row in reference("post"):
        for text in (row["post"], row["label"], row["short_label"], row["label"].upper() + " xã Hương Hòa"):
            assert VOCABULARY.posts(text) == (row["post"],), text
    for row in reference("level"):
        if row["kind"] == "level":
            for text in (row["level"], row["label"]):
                assert VOCABULARY.levels(row["criterion"], text) == (held(row["criterion"], row["level"]),), text


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Bí thư Đảng ủy", ("bi_thu",)),
        ("PCT UBND", ("pct_ubnd",)),
        ("Bí thư Đảng ủy kiêm Chủ tịch HĐND", ("bi_thu", "ct_hdnd")),
        ("BT ĐU, CT HĐND xã", ("bi_thu", "ct_hdnd")),
        ("Phó Bí thư Đảng ủy\nChủ tịch UBND xã Hương Hòa", ("pho_bi_thu", "ct_ubnd")),
        ("Phó Bí thư Thường trực Đảng ủy", ("pho_bi_thu",)),
        ("UVBTV Đảng ủy - Trưởng Công an xã", ("truong_ca",)),
        ("Công chức Địa chính - NN - XD&MT", ("dia_chinh",)),
        ("VH-XH (phụ trách LĐTBXH)", ("vh_xh",)),
        ("Cán bộ phụ trách giảm nghèo", ("kct_giam_ngheo",)),
        ("Phó Chủ tịch Hội Nông dân", ("kct_pct_nd",)),
        ("Phó Bí thư Đoàn TNCS Hồ Chí Minh", ("kct_pbt_doan",)),
        ("Chủ tịch UBND nhiệm kỳ 2016-2021", ("ct_ubnd",)),
        ("CHỈ HUY TRƯỞNG BCH QUÂN SỰ THỊ TRẤN KHE TRE", ("cht_quan_su",)),
        ("bi_thu;ct_hdnd", ("bi_thu", "ct_hdnd")),
    ],
)
def test_posts(text: str, posts: tuple[str, ...]) -> None:
    assert VOCABULARY.posts(text) == posts


@pytest.mark.parametrize(
    "text", ["Chủ tịch", "Bí thư chi bộ thôn 3", "Chủ tịch HĐND, phó ban", "Đảng ủy viên", "", "x" * 5000]
)
def test_a_post_is_never_guessed_from_a_part_of_its_words(text: str) -> None:
    with pytest.raises(Unclear, match="không có trong danh mục chức vụ, chức danh cấp xã"):
        VOCABULARY.posts(text)


def test_a_misspelt_post_comes_with_what_it_may_be() -> None:
    with pytest.raises(Unclear, match=r"gần giống “Chủ tịch Hội Nông dân”$"):
        VOCABULARY.posts("Chủ tich Hôi Nông đânn")


@pytest.mark.parametrize(
    ("criterion", "text", "level"),
    [
        # legal.md, trap 27: 10/10 finishes the old ten-year school, 10/12 and 11/12 finish nothing.
        ("hoc_van", "12/12", "thpt"),
        ("hoc_van", "10/10", "thpt"),
        ("hoc_van", "BT 12/12", "thpt"),
        ("hoc_van", "12/12 (BTVH)", "thpt"),
        ("hoc_van", "THPT", "thpt"),
        ("hoc_van", "11/12", "thcs"),
        ("hoc_van", "10/12", "thcs"),
        ("hoc_van", "9/12", "thcs"),
        ("hoc_van", "Lớp 9/12", "thcs"),
        ("hoc_van", "7/10", "thcs"),
        ("hoc_van", "9/10", "thcs"),
        ("hoc_van", "8/12", "tieu_hoc"),
        ("hoc_van", "6/10", "tieu_hoc"),
        # Excel turns a typed 12/12 or 9/12 into a day.
        ("hoc_van", date(2018, 12, 12), "thpt"),
        ("hoc_van", date(2018, 12, 9), "thcs"),
        ("hoc_van", date(2018, 9, 12), "thcs"),
        ("hoc_van", "12/12/2018", "thpt"),
        ("hoc_van", "2018-12-09", "thcs"),
        # legal.md, trap 28.
        ("llct", "SC", "so_cap"),
        ("llct", "TC", "trung_cap"),
        ("llct", "CC", "cao_cap"),
        ("llct", "CN", "cu_nhan"),
        ("llct", "Trung cấp LLCT-HC", "trung_cap"),
        ("llct", "Không", "chua"),
        ("chuyen_mon", "chưa qua đào tạo", "chua"),
        ("chuyen_mon", "Th.S", "thac_si"),
        ("chuyen_mon", "Cử nhân", "dai_hoc"),
        ("chuyen_mon", "Kỹ sư", "dai_hoc"),
        ("qlnn", "Chuyên viên", "chuyen_vien"),
        ("qlnn", "CVC", "chuyen_vien_chinh"),
        ("tin_hoc", "B", "b"),
        ("tin_hoc", "Chứng chỉ A", "a"),
        ("tin_hoc", "UDCNTTCB", "co_ban"),
        ("tin_hoc", "UDCNTT cơ bản", "co_ban"),
        ("tin_hoc", "chưa", "chua"),
        ("tieng_dtts", "Tiếng Cơ Tu", "biet"),
        ("tieng_dtts", "Thành thạo", "thanh_thao"),
        ("tieng_dtts", "+", "biet"),
        ("qlnn", "✓", "boi_duong"),
        ("hoc_van", "TN THPT", "thpt"),
        ("hoc_van", "Tốt nghiệp 12/12", "thpt"),
        ("hoc_van", "12/12 (bổ túc)", "thpt"),
        ("qlnn", "Bồi dưỡng QLNN", "boi_duong"),
        ("qlnn", "QLNN chương trình chuyên viên", "chuyen_vien"),
        ("llct", "Cao cấp LLCT - HC", "cao_cap"),
        ("qlnn", "Chứng chỉ bồi dưỡng ngạch chuyên viên", "chuyen_vien"),
        ("tin_hoc", "Chứng chỉ", "a"),
        ("tin_hoc", "Chứng chỉ UDCNTT CB", "co_ban"),
        ("tin_hoc", "Trung cấp", "trung_cap_tro_len"),
    ],
)
def test_levels(criterion: str, text: object, level: str) -> None:
    assert VOCABULARY.levels(criterion, text) == (held(criterion, level),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐH Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("Trung cấp Kế toán", [held("chuyen_mon", "trung_cap", "Kế toán")]),
        ("Đại học (tại chức) Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("Trung cấp chuyên ngành Nông nghiệp - PTNT", [held("chuyen_mon", "trung_cap", "Nông nghiệp - PTNT")]),
        ("Kế toán (Trung cấp)", [held("chuyen_mon", "trung_cap", "Kế toán")]),
        ("Th.S Quản lý công", [held("chuyen_mon", "thac_si", "Quản lý công")]),
        ("ĐH Luật, Kinh tế", [held("chuyen_mon", "dai_hoc", "Luật, Kinh tế")]),
        ("ĐH Luật; TC Kế toán", [held("chuyen_mon", "dai_hoc", "Luật"), held("chuyen_mon", "trung_cap", "Kế toán")]),
        (
            "Trung cấp Văn thư 2010",
            [held("chuyen_mon", "trung_cap", "Văn thư", obtained=Partial(date(2010, 1, 1), "nam"))],
        ),
        ("đang học ĐH Luật", [held("chuyen_mon", "dai_hoc", "Luật", status="dang_hoc")]),
        (
            "TC Luật (đang học ĐH)",
            [held("chuyen_mon", "trung_cap", "Luật"), held("chuyen_mon", "dai_hoc", status="dang_hoc")],
        ),
    ],
)
def test_a_level_and_its_field_in_one_cell(text: str, expected: list[Held]) -> None:
    assert VOCABULARY.levels("chuyen_mon", text) == tuple(expected)


@pytest.mark.parametrize(
    "between",
    [", ", "; ", "/", " / ", " - ", "-", " – ", " -> ", " → ", "=>", "\n", " ", " và ", " lên ", " + ", " & "],
)
def test_levels_in_one_cell_are_all_held_whatever_stands_between_them(between: str) -> None:
    both = [held("chuyen_mon", "trung_cap"), held("chuyen_mon", "dai_hoc")]
    assert VOCABULARY.levels("chuyen_mon", f"Trung cấp{between}Đại học") == tuple(both)
    assert VOCABULARY.levels("chuyen_mon", f"ĐH{between}TC") == tuple(both[::-1])
    assert VOCABULARY.levels("llct", f"SC{between}Trung cấp") == (held("llct", "so_cap"), held("llct", "trung_cap"))
    assert VOCABULARY.levels("hoc_van", f"9/12{between}12/12") == (held("hoc_van", "thcs"), held("hoc_van", "thpt"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ĐH/CĐ", [held("chuyen_mon", "dai_hoc"), held("chuyen_mon", "cao_dang")]),
        ("Cao đẳng Đại học", [held("chuyen_mon", "cao_dang"), held("chuyen_mon", "dai_hoc")]),
        ("Trung cấp liên thông lên Đại học", [held("chuyen_mon", "trung_cap"), held("chuyen_mon", "dai_hoc")]),
        ("Đại học (trước đây: Trung cấp)", [held("chuyen_mon", "dai_hoc"), held("chuyen_mon", "trung_cap")]),
        ("TC Kế toán -> ĐH Luật", [held("chuyen_mon", "trung_cap", "Kế toán"), held("chuyen_mon", "dai_hoc", "Luật")]),
        (
            "Kế toán (Trung cấp), Luật (Đại học)",
            [held("chuyen_mon", "trung_cap", "Kế toán"), held("chuyen_mon", "dai_hoc", "Luật")],
        ),
        (
            "TC 2005 - ĐH Luật 2012",
            [
                held("chuyen_mon", "trung_cap", obtained=Partial(date(2005, 1, 1), "nam")),
                held("chuyen_mon", "dai_hoc", "Luật", obtained=Partial(date(2012, 1, 1), "nam")),
            ],
        ),
        (
            "Trung cấp - đang học Đại học",
            [held("chuyen_mon", "trung_cap"), held("chuyen_mon", "dai_hoc", status="dang_hoc")],
        ),
        # One level said twice is one, with what is said of it; a degree is no second level.
        ("Đại học, Cử nhân Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("Cử nhân cao đẳng", [held("chuyen_mon", "cao_dang")]),
        # TC is also tài chính.
        ("ĐH TC-KT", [held("chuyen_mon", "dai_hoc", "TC-KT")]),
        ("CĐ TC Kế toán", [held("chuyen_mon", "cao_dang", "TC Kế toán")]),
        ("Chưa qua ĐT", [held("chuyen_mon", "chua")]),
    ],
)
def test_a_level_is_no_field_of_study(text: str, expected: list[Held]) -> None:
    assert VOCABULARY.levels("chuyen_mon", text) == tuple(expected)


@pytest.mark.parametrize(
    ("criterion", "text"),
    [("chuyen_mon", "TC TS"), ("chuyen_mon", "Trung cấp - chưa có ĐH"), ("llct", "Chưa có CC")],
)
def test_levels_of_which_one_may_not_be_held_are_asked_about(criterion: str, text: str) -> None:
    with pytest.raises(Unclear, match="nêu nhiều trình độ mà chưa rõ mức đã có"):
        VOCABULARY.levels(criterion, text)


def test_studying_is_not_holding() -> None:
    assert VOCABULARY.levels("llct", "đang học trung cấp") == (held("llct", "trung_cap", status="dang_hoc"),)
    assert VOCABULARY.levels("llct", "Sơ cấp, đang học Trung cấp") == (
        held("llct", "so_cap"),
        held("llct", "trung_cap", status="dang_hoc"),
    )


@pytest.mark.parametrize("text", ["", "-", "?", "…", "chưa rõ", None])
def test_nothing_known_is_no_fact(text: object) -> None:
    for criterion in ("hoc_van", "chuyen_mon", "llct", "qlnn", "tin_hoc", "tieng_dtts"):
        assert VOCABULARY.levels(criterion, text) == ()


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        ("hoc_van", "3/12"),
        ("hoc_van", "13/12"),
        ("hoc_van", "Không"),
        ("chuyen_mon", "Luật"),
        ("chuyen_mon", "chưa tốt nghiệp ĐH"),
        ("llct", "đang học"),
        ("llct", "✓"),
        ("tin_hoc", "THVP"),
        ("tin_hoc", 5.5),
        ("chuyen_mon", "ĐH - " * 5000),
    ],
)
def test_unknown_levels_are_refused_with_what_could_be_written(criterion: str, text: object) -> None:
    with pytest.raises(Unclear, match=f"cần một trong: {VOCABULARY.labels(criterion)}"):
        VOCABULARY.levels(criterion, text)


@pytest.mark.parametrize(
    ("level", "field", "expected"),
    [
        ("ĐH", "Luật", held("chuyen_mon", "dai_hoc", "Luật")),
        ("ĐH Luật", "", held("chuyen_mon", "dai_hoc", "Luật")),
        ("", "TC Kế toán", held("chuyen_mon", "trung_cap", "Kế toán")),
        ("", "Kế toán", held("chuyen_mon", None, "Kế toán")),
        ("ĐH", "TC-KT", held("chuyen_mon", "dai_hoc", "TC-KT")),
        ("ĐH", "ĐH Luật", held("chuyen_mon", "dai_hoc", "Luật")),
        ("ĐH", "Giáo dục đại học", held("chuyen_mon", "dai_hoc", "Giáo dục đại học")),
        ("Chưa qua đào tạo", "Không", held("chuyen_mon", "chua")),
    ],
)
def test_level_and_field_in_two_columns_are_one_fact(level: str, field: str, expected: Held) -> None:
    assert VOCABULARY.professional(level, field) == (expected,)


def test_beside_several_levels_one_field_is_that_of_the_highest() -> None:
    assert VOCABULARY.professional("Trung cấp/Đại học", "Luật") == (
        held("chuyen_mon", "trung_cap"),
        held("chuyen_mon", "dai_hoc", "Luật"),
    )


def test_two_cells_that_name_two_levels_are_asked_about() -> None:
    with pytest.raises(Unclear, match="“Trung cấp; Đại học Luật” nêu nhiều trình độ"):
        VOCABULARY.professional("Trung cấp", "Đại học Luật")


@pytest.mark.parametrize(
    ("criterion", "level", "cell", "expected"),
    [
        *[("llct", "trung_cap", mark, [held("llct", "trung_cap")]) for mark in ("x", "X", "×", "+", 1, 1.0, "✓", True)],
        *[("llct", "trung_cap", blank, []) for blank in ("", None, "-", "0", 0, "không", "chưa", False)],
        ("llct", "trung_cap", 2016.0, [held("llct", "trung_cap", obtained=Partial(date(2016, 1, 1), "nam"))]),
        ("llct", "trung_cap", "07/2016", [held("llct", "trung_cap", obtained=Partial(date(2016, 7, 1), "thang"))]),
        ("llct", "trung_cap", "đang học", [held("llct", "trung_cap", status="dang_hoc")]),
        ("llct", "trung_cap", "TC", [held("llct", "trung_cap")]),
        ("tin_hoc", "a", "B", [held("tin_hoc", "b")]),
        ("chuyen_mon", "dai_hoc", "Luật", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("chuyen_mon", "dai_hoc", "Luật (tại chức)", [held("chuyen_mon", "dai_hoc", "Luật")]),
        ("chuyen_mon", "dai_hoc", "đang học Luật", [held("chuyen_mon", "dai_hoc", "Luật", status="dang_hoc")]),
    ],
)
def test_a_cell_under_the_heading_of_a_level(criterion: str, level: str, cell: object, expected: list[Held]) -> None:
    assert VOCABULARY.marked(criterion, level, cell) == tuple(expected)


@pytest.mark.parametrize(("criterion", "level"), [("llct", "trung_cap"), ("chuyen_mon", "chua")])
def test_a_cell_under_the_heading_of_a_level_is_not_guessed(criterion: str, level: str) -> None:
    with pytest.raises(Unclear, match="cần dấu x hoặc để trống"):
        VOCABULARY.marked(criterion, level, "Luật")


# --- the communes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Hương Hòa", "Hương Hòa"),
        ("xã Hương Hoà", "Hương Hòa"),
        ("X. HƯƠNG HÒA", "Hương Hòa"),
        ("UBND xã Thượng Lộ", "Thượng Lộ"),
        ("Thượng Long", "Thượng Long"),
        ("TT. Khe Tre", "Khe Tre"),
        ("Thị trấn Khe Tre", "Khe Tre"),
        ("20170", "Hương Lộc"),
        ("Thượng Lo", "Thượng Lộ"),
        ("Thượng", None),
        ("Thượng Lon", None),
        ("Thượng Lộc", None),
        ("huyện Nam Đông", None),
        ("", None),
    ],
)
def test_a_commune_is_its_whole_name(text: str, commune: str | None) -> None:
    assert VOCABULARY.commune(text) == commune


def test_communes_that_differ_by_accents_only_are_told_apart() -> None:
    vocabulary = Vocabulary(WORDS, {"Hương Hòa": "1", "Hương Hóa": "2", "Khe Tre": "3"})
    assert vocabulary.commune("xã Hương Hoá") == "Hương Hóa"
    assert vocabulary.commune_in(["UBND XÃ HƯƠNG HOÀ"]) == "Hương Hòa"
    assert vocabulary.commune("Huong Hoa") is None


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ THƯỢNG LONG NĂM 2018", "Thượng Long"),
        ("Hương Hòa, ngày 31 tháng 12 năm 2018", "Hương Hòa"),
        ("DS_CBCC_Thuong_Lo_2018", "Thượng Lộ"),
        ("HuongGiang", "Hương Giang"),
        ("TTKheTre", "Khe Tre"),
        ("Hợp nhất xã Hương Giang và xã Hương Hòa", None),
        ("huyện Hương Hòa", None),
        ("thị xã Hương Hòa", None),
        ("Thượng Lộc", None),
    ],
)
def test_a_commune_in_running_text(text: str, commune: str | None) -> None:
    assert VOCABULARY.commune_in([text]) == commune


def test_a_post_is_the_one_of_its_day_where_two_had_one_name(own: Store) -> None:
    """The deputy commander served part-time until 30/06/2025 and is a civil servant since."""
    said = "Phó Chỉ huy trưởng BCH Quân sự"
    told = [vocabulary(all_of(own), date(2025, *day)).posts(said) for day in ((6, 30), (7, 1))]
    assert told == [("kct_pcht_qs",), ("pcht_cong_chuc",)]
    of_today = vocabulary(all_of(own), date(2026, 11, 30))
    started = [of_today.post_on("pcht_cong_chuc", date(2025, *day)) for day in ((6, 30), (7, 1))]
    assert started == ["kct_pcht_qs", "pcht_cong_chuc"]
    assert of_today.post_on("bi_thu", date(2004, 1, 1)) == "bi_thu"


# --- what is not sure --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("Đại học?", "Đại học (?)", "? ĐH", "Đại học đại cương", "ĐH đại cương Luật", "Đại học năm thứ 3"),
        *("Đại học, chưa rõ", "Đại học chưa rõ", "Đại học (chưa tốt nghiệp)", "ĐH Luật bỏ dở", "Chưa tốt nghiệp ĐH"),
        *("Đại học (đang học dở)", "Đại học (đang học năm 3)", "Dai hoc, chua tot nghiep", "ĐH Luật, đang chờ bằng"),
    ],
)
def test_a_level_that_a_cell_is_not_sure_of_is_asked_about(text: str) -> None:
    with pytest.raises(Unclear, match="cần một trong: "):
        VOCABULARY.levels("chuyen_mon", text)
    with pytest.raises(Unclear, match="cần một trong: "):
        VOCABULARY.professional("", text)


@pytest.mark.parametrize("field", ["đại cương", "Luật?", "chưa tốt nghiệp", "đang học"])
def test_the_field_beside_a_level_may_say_that_it_is_not_held(field: str) -> None:
    with pytest.raises(Unclear, match="chưa rõ mức đã có"):
        VOCABULARY.professional("Đại học", field)


@pytest.mark.parametrize("cell", ["x?", "đại cương", "chưa tốt nghiệp", "Luật (?)"])
def test_a_mark_that_is_not_sure_is_none(cell: str) -> None:
    with pytest.raises(Unclear, match="chưa rõ mức đã có"):
        VOCABULARY.marked("chuyen_mon", "dai_hoc", cell)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại học (đang học)", held("chuyen_mon", "dai_hoc", status="dang_hoc")),
        ("ĐH Xây dựng Đảng", held("chuyen_mon", "dai_hoc", "Xây dựng Đảng")),
        ("ĐH Đo đạc", held("chuyen_mon", "dai_hoc", "Đo đạc")),
        ("DH Do dac", held("chuyen_mon", "dai_hoc", "Do dac")),
        ("Chưa qua đào tạo", held("chuyen_mon", "chua")),
    ],
)
def test_what_only_looks_unsure_is_read(text: str, expected: Held) -> None:
    assert VOCABULARY.levels("chuyen_mon", text) == (expected,)
    assert VOCABULARY.professional("Trung cấp", "Sửa chữa ô tô") == (held("chuyen_mon", "trung_cap", "Sửa chữa ô tô"),)


def test_a_post_with_a_question_mark_is_none() -> None:
    with pytest.raises(Unclear, match="“Chủ tịch UBND \\?” có dấu hỏi nên chưa rõ chức vụ"):
        VOCABULARY.posts("Chủ tịch UBND ?")


# --- learned words -----------------------------------------------------------------------------------------


def test_learned_words_that_differ_in_their_accents_are_two() -> None:
    learned = [("llct", "so_cap", "Trống"), ("llct", "trung_cap", "Trọng"), ("post", "ct_ccb", "Tổ trưởng XYZ")]
    taught = Vocabulary(WORDS, COMMUNES, learned=learned)
    assert taught.levels("llct", "TRỐNG") == (held("llct", "so_cap"),)
    assert taught.levels("llct", "trọng.") == (held("llct", "trung_cap"),)
    assert taught.levels("llct", "Trống; Trọng") == (held("llct", "so_cap"), held("llct", "trung_cap"))
    for unclear in ("Trong", "Trông"):
        with pytest.raises(Unclear) as error:
            taught.levels("llct", unclear)
        assert error.value.words == (unclear,)
    assert taught.posts("To truong xyz; Bí thư") == ("ct_ccb", "bi_thu")
    with pytest.raises(Unclear):
        taught.posts("Tơ trương XYZ")


def test_teaching_a_word_leaves_the_one_of_other_accents(own: Store) -> None:
    for code, word in (("so_cap", "Trống"), ("trung_cap", "Trọng"), ("cao_cap", "TRỌNG")):
        office.learn_word(own, "llct", code, word)
    read = vocabulary(all_of(own), date(2018, 12, 31))
    assert [read.code("llct", word) for word in ("Trống", "Trọng", "Trong")] == ["so_cap", "cao_cap", None]
    office.forget_word(own, "llct", "Trọng")
    assert vocabulary(all_of(own), date(2018, 12, 31)).code("llct", "Trống") == "so_cap"


def test_communes_are_called_as_on_the_day(own: Store) -> None:
    called = [vocabulary(all_of(own), date(2025, *day)).kinds for day in ((6, 30), (7, 1))]
    assert called == ["xã, thị trấn", "xã, phường"]


# --- levels that are not held ------------------------------------------------------------------------------

NOT_HELD = """
Cao đẳng (cử đi học ĐH)
Đại học năm 3
TC (thi ĐH)
Trung cấp (đi học ĐH)
Trung cấp, học ĐH
TC (vừa học ĐH)
TC; hiện học ĐH tại Huế
TC, được cử đi học đại học năm 2017
TC (cử đi đào tạo ĐH)
TC (trúng tuyển ĐH)
TC (xét tuyển ĐH)
TC (ĐH năm 2)
ĐH (năm 2)
TC (đ/học ĐH)
TC (nguyện vọng học ĐH)
TC (quy hoạch ĐH)
TC (yêu cầu ĐH)
TC (cần học ĐH)
TC (thiếu ĐH)
TC (rớt ĐH)
TC (hỏng ĐH)
TC - ôn thi ĐH
ĐH (gián đoạn)
ĐH (hoãn)
ĐH dự bị
ĐH (hết khóa)
ĐH; bằng giả
Đại học (bị thu hồi bằng)
TC (sau này ĐH)
TC, mai mốt ĐH
TC (mơ ước ĐH)
TC học ĐH
TC (ĐH đi học)
ĐH (tạm dừng)
TC quy hoạch ĐH
Trung cấp Luật trường Đại học Luật
""".strip().splitlines()


def without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in letters if not unicodedata.combining(c))


@pytest.mark.parametrize("text", NOT_HELD)
def test_a_level_behind_words_that_nobody_knows_is_asked_about(text: str) -> None:
    for written in (text, text.upper(), without_accents(text)):
        with pytest.raises(Unclear, match="chưa rõ mức đã có"):
            VOCABULARY.levels("chuyen_mon", written)
        with pytest.raises(Unclear, match="chưa rõ mức đã có"):
            VOCABULARY.professional("", written)


def test_a_level_that_is_only_being_learnt_is_asked_about_in_every_criterion() -> None:
    for text in ("Sơ cấp, học TC", "SC (thi TC)", "Sơ cấp; cử đi học Trung cấp", "SC, năm 2 TC"):
        with pytest.raises(Unclear, match="chưa rõ mức đã có"):
            VOCABULARY.levels("llct", text)


@pytest.mark.parametrize("word", sorted({row["word"] for row in reference("field_word")} - {"trung cấp an ninh"}))
def test_every_known_field_is_read_after_a_level(word: str) -> None:
    for written in (word, word.capitalize(), without_accents(word)):
        assert VOCABULARY.levels("chuyen_mon", f"ĐH {written}") == (held("chuyen_mon", "dai_hoc", written),)
        assert VOCABULARY.professional("ĐH", written) == (held("chuyen_mon", "dai_hoc", written),)


@pytest.mark.parametrize(
    "field",
    [
        *(
            "Luật",
            "Nông lâm Huế",
            "Cần Thơ",
            "Nam Định",
            "Khoa học Huế",
            "Y Dược Huế",
            "Học viện Hành chính",
            "Văn học",
        ),
        *("Thi hành án", "Thi công", "Xét nghiệm", "Thiết bị trường học", "Quản lý đô thị", "Quy hoạch", "Hóa học"),
        *("Thanh thiếu niên", "sư phạm Toán", "Thẩm định giá", "cử tuyển", "Tin học", "Nông vận"),
    ],
)
def test_other_fields_are_read_as_they_are_written(field: str) -> None:
    for written in (field, without_accents(field)):
        assert VOCABULARY.levels("chuyen_mon", f"ĐH {written}") == (held("chuyen_mon", "dai_hoc", written),)
        both = (held("chuyen_mon", "trung_cap"), held("chuyen_mon", "dai_hoc", written))
        assert VOCABULARY.levels("chuyen_mon", f"TC; ĐH {written}") == both


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Trung cấp, đã tốt nghiệp ĐH",
            "TC liên thông ĐH",
            "TC (nay là ĐH)",
            "TC, hiện nay ĐH",
            "TC; mới tốt nghiệp ĐH",
        ),
        *("TC (đã có bằng ĐH)", "TC vừa làm vừa học ĐH", "TC tại chức, ĐH", "Trung cấp sau đó Đại học"),
    ],
)
def test_words_that_say_no_more_stand_between_levels(text: str) -> None:
    assert [h.level for h in VOCABULARY.levels("chuyen_mon", text)] == ["trung_cap", "dai_hoc"]
    assert {h.status for h in VOCABULARY.levels("chuyen_mon", text)} == {"da_co"}


def test_a_field_that_is_known_stands_between_two_levels() -> None:
    both = (held("chuyen_mon", "trung_cap", "Kế toán"), held("chuyen_mon", "dai_hoc", "Luật"))
    assert VOCABULARY.levels("chuyen_mon", "TC Kế toán ĐH Luật") == both
    with pytest.raises(Unclear, match="nêu nhiều trình độ"):
        VOCABULARY.levels("chuyen_mon", "TC mơ ước ĐH Luật")


@pytest.mark.parametrize(
    "text", ["đang theo học ĐH Luật", "ĐH Luật (đang học)", "Đang học ĐH Luật", "dang theo hoc DH Luat"]
)
def test_who_is_studying_is_read_as_studying(text: str) -> None:
    field = "Luat" if text.isascii() else "Luật"
    assert VOCABULARY.levels("chuyen_mon", text) == (held("chuyen_mon", "dai_hoc", field, status="dang_hoc"),)
    both = VOCABULARY.levels("chuyen_mon", f"TC; {text}")
    assert both == (held("chuyen_mon", "trung_cap"), held("chuyen_mon", "dai_hoc", field, status="dang_hoc"))


def test_of_the_years_of_a_course_the_last_counts() -> None:
    of_2016 = held("chuyen_mon", "dai_hoc", obtained=Partial(date(2016, 1, 1), "nam"))
    for text in ("Đại học 2012-2016", "Đại học (2012 – 2016)", "ĐH khóa 2012-2016"):
        assert VOCABULARY.levels("chuyen_mon", text) == (of_2016,)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_in_a_list_such_a_level_is_not_held_and_told(tmp_path: Path, suffix: str) -> None:
    rows = [HEADING + LEVELS]
    for n, text in enumerate(
        ("TC (thi ĐH)", "ĐH (gián đoạn)", "Đại học 2016-2020", "Đại học 2012-2016", "TC; ĐH 2016-2020")
    ):
        name = f"Hồ Văn {['Tâm', 'An', 'Bình', 'Bé', 'Lan'][n]}"
        rows.append(person(**{"STT": n + 1, "Họ và tên": name, "Chuyên môn": text, "Chuyên ngành": "", "Tin học": ""}))
    write = workbook if suffix == ".xlsx" else sheet_csv
    found = read(write(tmp_path / f"ds{suffix}", rows), as_of=date(2018, 12, 31))
    levels = [[h for h in one.levels if h.criterion == "chuyen_mon"] for one in found.people]
    of_2016 = held("chuyen_mon", "dai_hoc", obtained=Partial(date(2016, 1, 1), "nam"))
    assert levels == [[], [], [], [of_2016], [held("chuyen_mon", "trung_cap")]]
    told = [(issue.row, issue.column) for issue in found.issues]
    assert told == [(row, "Chuyên môn") for row in (2, 3, 4, 6)]
    assert found.issues[2].message == (
        "Dòng 4, cột Chuyên môn: “Đại học 2016-2020” có khóa học đến năm 2020, sau ngày của danh sách (31/12/2018), "
        "nên chưa tính là đã có Đại học. Dòng vẫn được nhận mà không có mức ấy; nếu đã có bằng thì sửa trong tệp rồi "
        "nạp lại."
    )
