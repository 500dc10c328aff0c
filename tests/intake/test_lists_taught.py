"""What the officer teaches the reader of lists: words nobody knows, and which column is which."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from common.lists import COMMUNES, VOCABULARY, WORDS, held, person, plain, read, sheet_csv, workbook
from intake.lists import read_lists
from intake.reading import Layout, StrangeWord
from intake.recognise import Column
from intake.vocabulary import IGNORED, Unclear, Vocabulary, Word, field_names


def taught(*words: tuple[str, str, str]) -> Vocabulary:
    return Vocabulary([*WORDS, *words], COMMUNES)


def test_a_word_nobody_knows_is_told_once_and_then_understood(tmp_path: Path) -> None:
    path = plain(
        tmp_path / "ds.csv",
        person(**{"Tin học": "MOS Word"}),
        person(STT=2, **{"Họ và tên": "Hồ Mai", "Tin học": "mos  word 2015", "Xã": "H.Hòa", "Giới tính": "Name"}),
        person(STT=3, **{"Họ và tên": "Hồ Lan", "Chức vụ": "Bí thư Đảng ủy, Trưởng ban ATGT", "LLCT": "SC; lớp Đảng"}),
    )
    reading = read(path)
    assert reading.strange == [
        StrangeWord("tin_hoc", "MOS Word", 2, "ds.csv, dòng 2, cột Tin học"),
        StrangeWord("gender", "Name", 1, "ds.csv, dòng 3, cột Giới tính"),
        StrangeWord("commune", "H.Hòa", 1, "ds.csv, dòng 3, cột Xã"),
        StrangeWord("post", "Trưởng ban ATGT", 1, "ds.csv, dòng 4, cột Chức vụ"),
        StrangeWord("llct", "lớp Đảng", 1, "ds.csv, dòng 4, cột LLCT"),
    ]
    codes = {
        "tin_hoc": "co_ban",
        "gender": "nam",
        "commune": "Hương Hòa",
        "post": IGNORED,
        "llct": IGNORED,
    }
    again = read_lists([path], taught(*((s.domain, codes[s.domain], s.word) for s in reading.strange)))
    assert again.issues == again.strange == again.rejected == []
    first, second, third = again.people
    assert held("tin_hoc", "co_ban") in first.levels
    assert (second.commune, second.gender) == ("Hương Hòa", "nam")
    assert (third.posts, held("llct", "so_cap") in third.levels) == (("bi_thu",), True)


POST_PARTS = ["Bí thư", "Phó Bí thư", "Thường trực XYZ", "kiêm", ",", ";", "Trưởng ban", "Đảng ủy viên", "Tổ phó", "-"]
POST_PARTS += ["(phụ trách thôn 2)", "xã Hương Hòa", "nhiệm kỳ 2015-2020", "&"]


@given(st.lists(st.sampled_from(POST_PARTS), min_size=1, max_size=6).map(" ".join))
def test_every_strange_post_can_be_taught(text: str) -> None:
    try:
        VOCABULARY.posts(text)
    except Unclear as error:
        if error.words:
            found = taught(*(("post", "ct_ccb", word) for word in error.words)).posts(text)
            assert "ct_ccb" in found


@given(st.sampled_from(["llct", "chuyen_mon", "tin_hoc"]), st.text("abcđ ;,+()TCĐH2015 .-", min_size=1, max_size=30))
def test_every_strange_level_can_be_taught(criterion: str, text: str) -> None:
    try:
        VOCABULARY.levels(criterion, text)
    except Unclear as error:
        if error.words:
            taught(*((criterion, "so_cap", word) for word in error.words)).levels(criterion, text)


def test_a_commune_by_another_name_is_only_known_while_it_exists() -> None:
    words = [*WORDS, Word("commune", "20179", "H. Giang"), Word("commune", "Hương Hòa", "HH")]
    assert Vocabulary(words, COMMUNES).commune("xã H Giang") is None
    assert Vocabulary(words, COMMUNES).commune("h.giang") == "Hương Giang"
    assert Vocabulary(words, COMMUNES).commune("hh") == "Hương Hòa"
    assert Vocabulary(words, {"Khe Tre": "20161"}).commune("HH") is None


ODD: list[list[object]] = [
    ["TT", "Họ và tên", "Công việc", "Chức vụ, chức danhh", "Chính trị", "Sở trường", "Quê quán"],
    [1, "Hồ Văn Tâm", "Kế toán", "Bí thư", "Trung cấp", "Hát", "Huế"],
]


def test_the_columns_are_shown_and_what_they_were_taken_for(tmp_path: Path) -> None:
    path = sheet_csv(tmp_path / "Khe Tre.csv", [["Danh sách"], *ODD])
    (layout,) = read(path).layouts
    assert layout == Layout(
        "Khe Tre.csv",
        "",
        2,
        layout.key,
        (
            Column(0, "TT", "order", "known"),
            Column(1, "Họ và tên", "full_name", "known"),
            Column(2, "Công việc", None, "unknown"),
            Column(3, "Chức vụ, chức danhh", "post", "near"),
            Column(4, "Chính trị", "llct", "known"),
            Column(5, "Sở trường", None, "unknown"),
            Column(6, "Quê quán", IGNORED, "ignored"),
        ),
        1,
    )
    shouted = [[str(cell).upper() for cell in ODD[0]], *ODD[1:]]
    assert read(workbook(tmp_path / "khac.xlsx", shouted)).layouts[0].key == layout.key
    assert read(plain(tmp_path / "ds.csv", person())).layouts[0].key != layout.key
    assert {c.field for c in layout.columns if c.field} < field_names(VOCABULARY).keys()


def test_a_column_that_the_officer_put_right_is_remembered(tmp_path: Path) -> None:
    path = sheet_csv(tmp_path / "Khe Tre.csv", ODD)
    (layout,) = read(path).layouts
    corrected = {
        (layout.key, "Công việc"): "post",
        (layout.key, "Chức vụ, chức danhh"): IGNORED,
        (layout.key, "Chính trị"): "llct.cao_cap",
        (layout.key, "Quê quán"): "no_such_field",
        ("another", "Họ và tên"): IGNORED,
    }
    reading = read(path, remembered=corrected)
    assert [(p.posts, p.levels) for p in reading.people] == [(("tc_kt",), (held("llct", "trung_cap"),))]
    assert reading.issues == []
    assert [c.how for c in reading.layouts[0].columns] == [
        "known",
        "known",
        "remembered",
        "remembered",
        "remembered",
        "unknown",
        "ignored",
    ]
    assert reading.layouts[0].key == layout.key


def test_a_list_without_a_column_of_posts_can_be_put_right(tmp_path: Path) -> None:
    rows: list[list[object]] = [["TT", "Họ và tên", "Năm sinh", "Công việc"], [1, "Hồ Văn Tâm", 1970, "Kế toán"]]
    path = sheet_csv(tmp_path / "Khe Tre.csv", rows)
    assert "cột Chức vụ" in read(path).unreadable[0].message
    (layout,) = read(path).layouts
    assert ([c.field for c in layout.columns], layout.people) == (["order", "full_name", "birth_date", None], 0)
    reading = read(path, remembered={(layout.key, "Công việc"): "post"})
    assert ([p.posts for p in reading.people], reading.unreadable) == ([("tc_kt",)], [])
    reading = read(path, remembered={(layout.key, "Công việc"): "note"})
    assert (reading.people, len(reading.unreadable)) == ([], 1)


def test_the_fields_of_a_column_have_a_name_each() -> None:
    names = field_names(VOCABULARY)
    assert (names["full_name"], names["llct.trung_cap"]) == ("Họ và tên", "Lý luận chính trị: Trung cấp")
    assert len(set(names.values())) == len(names)
