"""Vietnamese in the encodings that came before Unicode."""

import csv
import unicodedata
from itertools import product
from pathlib import Path

import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st

from common.encodings import ABC, in_tcvn3, in_vni, in_windows_1258, misread
from intake import legacy
from intake.legacy import DOUBLE_UTF_8, TCVN3, UTF_16, VNI, WINDOWS_1258

ROOT = Path(__file__).parents[2]
SMALL = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
VOWELS = "aăâeêioôơuưy"


ENCODERS = {TCVN3: in_tcvn3, VNI: in_vni, DOUBLE_UTF_8: misread}


def reference_texts() -> list[str]:
    texts = []
    for path in sorted((ROOT / "queries" / "reference").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            # 'điểm đ' of an article: the letter alone is left alone, see NO_NAMES.
            texts += [cell for row in csv.reader(file) for cell in row if "đ" not in cell.split()]
    return texts


def sheets() -> dict[str, list[str]]:
    """The texts of every real list and table that we have, in Unicode."""
    found = {"reference": reference_texts()}
    eth = str.maketrans("Ðð", "Đđ")  # one of the sample lists has them on purpose
    for path in sorted((ROOT / "sample_data" / "lists").glob("*.xlsx")):
        book = calamine.CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            found[f"{path.name}/{name}"] = [
                unicodedata.normalize("NFC", cell.translate(eth))
                for row in rows
                for cell in row
                if isinstance(cell, str)
            ]
    return {name: texts for name, texts in found.items() if any(not text.isascii() for text in texts)}


SHEETS = sheets()


def test_the_tcvn3_table_is_that_of_glibc() -> None:
    for letter, code in ABC.items():
        before = "X" if letter.isupper() else "x"
        assert legacy.to_unicode(before + code, TCVN3) == before + letter
    assert set(ABC) == {c for c in SMALL if not c.isascii()} | set("ĂÂÊÔƠƯĐ")


def test_the_vni_table_follows_the_rule() -> None:
    letters = [*SMALL, *SMALL.upper()]
    for letter in letters:
        assert legacy.to_unicode(in_vni(letter), VNI) == letter
    for first, second in product(letters, repeat=2):
        assert legacy.to_unicode(in_vni(first + second), VNI) == first + second


@pytest.mark.parametrize(
    ("written", "encoding", "meant"),
    [
        ("H\xad¬ng Hoµ", TCVN3, "Hương Hoà"),
        ("NguyÔn V¨n", TCVN3, "Nguyễn Văn"),
        ("NGUYÔN V¡N ¸NH", TCVN3, "NGUYỄN VĂN ÁNH"),
        ("NguyÔn ThÞ ¸nh", TCVN3, "Nguyễn Thị Ánh"),
        ("UBND x· H\xad¬ng Hoµ", TCVN3, "UBND xã Hương Hoà"),
        ("HOµ Mü", TCVN3, "HOÀ MỸ"),
        ("§¶ng ñy", TCVN3, "Đảng ủy"),
        ("m² · § 3 “Huyện”", TCVN3, "m² · § 3 “Huyện”"),
        ("Nguyeãn Vaên", VNI, "Nguyễn Văn"),
        ("Höông Hoøa", VNI, "Hương Hòa"),
        ("ÑAËNG THÒ HUYEÀN", VNI, "ĐẶNG THỊ HUYỀN"),
        ("Uûy ban nhaân daân xaõ", VNI, "Ủy ban nhân dân xã"),
        ("NguyÃªn VÄƒn", DOUBLE_UTF_8, "Nguyên Văn"),
        ("Äáº£ng á»§y “xÃ£â€\x9d", DOUBLE_UTF_8, "Äáº£ng á»§y “xÃ£â€\x9d"),
    ],
)
def test_text_as_it_is_seen_in_old_files(written: str, encoding: str, meant: str) -> None:
    assert legacy.to_unicode(written, encoding) == meant


FAMILY = st.sampled_from(["Nguyễn", "Lê", "Trần", "Đặng", "Hồ", "Phạm", "Ra Pát", "A Lăng", "Võ"])
# Alone, these letters look like '§ © « ® ¶ · » ¼ ½ ¾ × ÷' in TCVN3 and are left alone.
NO_NAMES = {"Đ", "Â", "Ô", "Ả", "Ã", "Ằ", "Ẳ", "Ẵ", "Ắ", "Ì", "Ữ", "Ủy"}
WORD = st.text(SMALL, min_size=1, max_size=6).map(str.capitalize).filter(lambda word: word not in NO_NAMES)
NAME = st.builds(lambda family, words: " ".join([family, *words]), FAMILY, st.lists(WORD, max_size=4))


@given(NAME)
def test_a_name_in_tcvn3_comes_back(name: str) -> None:
    assert legacy.to_unicode(in_tcvn3(name), TCVN3) == name
    shouted = f"NGUYỄN {name.upper()}"
    assert legacy.to_unicode(in_tcvn3(shouted), TCVN3) == shouted


@given(NAME, st.sampled_from([VNI, DOUBLE_UTF_8]))
def test_a_name_in_vni_or_read_twice_comes_back(name: str, encoding: str) -> None:
    for written in (name, name.upper(), name.lower()):
        assert legacy.to_unicode(ENCODERS[encoding](written), encoding) == written


# --- which sheets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHEETS)
def test_unicode_is_never_touched(name: str) -> None:
    assert legacy.repair(SHEETS[name]) == (None, {})
    # Names such as 'Lê Hoàng' have only letters that Latin-1 has too.
    latin = [word for text in SHEETS[name] for word in text.split() if max(word) <= "\xff"]
    assert legacy.detect(latin) is None
    assert legacy.detect(unicodedata.normalize("NFD", text) for text in SHEETS[name]) is None


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("name", SHEETS)
def test_a_legacy_sheet_is_known_and_read_as_if_it_had_been_unicode(name: str, encoding: str) -> None:
    written = {text: ENCODERS[encoding](text) for text in SHEETS[name]}
    found, changed = legacy.repair(written.values())
    assert found == encoding
    for meant, text in written.items():
        assert changed.get(text, text).lower() == meant.lower()


def test_words_of_other_languages_and_single_signs_are_no_evidence() -> None:
    french = (
        "Où est l'élève Loïc de Hué ? En Thaïlande cet été, très gêné : crème brûlée, goût naïf, août, maïs, Noël. "
        "« Señor Müller » mange à São Paulo ; fiancé, hôtel, forêt, façade, thé."
    )
    assert legacy.detect(french.split()) is None
    assert legacy.detect([french]) is None
    signs = ["20 m²", "37°C", "5 µm", "© 2018", "®", "§ 5", "½", "3 × 4", "« Luật »", "±2", "a·b", "Số nº 1", "£5", "¥"]
    assert legacy.detect(signs) is None
    assert legacy.repair([*signs, "Hồ Văn Tâm"]) == (None, {})
    assert legacy.detect(["Hµ"]) is None


@given(st.lists(st.text(st.characters(max_codepoint=127))))
def test_plain_letters_are_never_touched(texts: list[str]) -> None:
    assert legacy.repair(texts) == (None, {})


@given(st.lists(NAME, max_size=8))
def test_unicode_names_are_never_touched(names: list[str]) -> None:
    real = [name for name in names if name.split()[0] in ("Nguyễn", "Trần", "Đặng", "Hồ", "Phạm")]
    assert legacy.repair(real) == (None, {})


@given(st.lists(st.text(max_size=30)), st.sampled_from([TCVN3, VNI, DOUBLE_UTF_8]))
def test_any_text_can_be_asked_about(texts: list[str], encoding: str) -> None:
    legacy.repair(texts)
    for text in texts:
        legacy.to_unicode(text, encoding)


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_sheet_of_both_changes_only_what_is_wrong_as_it_stands(encoding: str) -> None:
    encode = ENCODERS[encoding]
    unicode = ["Họ và tên", "Chức vụ", "Phã", "Lê Hoàng", "Tô Bá", "Phan Đình Lộc", "20 m²", "Bình"]
    pasted = ["Nguyễn Văn Tấn", "Hồ Thị Liễu", "Phó Chủ tịch", "Hương Lộc"]
    found, changed = legacy.repair([*unicode, *map(encode, pasted)])
    assert found == encoding
    assert changed == {encode(text): text for text in pasted}


def test_what_could_be_either_is_read_like_the_rest_of_its_sheet() -> None:
    _, changed = legacy.repair([in_tcvn3(text) for text in ("Họ và tên", "Chức vụ", "Giỏi", "Phó", "Khá")])
    assert {changed[in_tcvn3(text)] for text in ("Giỏi", "Phó")} == {"Giỏi", "Phó"}


# --- bytes -------------------------------------------------------------------------------------------------

TEXT = "Họ và tên;Chức vụ\r\nNguyễn Thị Ánh Tuyết;Phó Chủ tịch HĐND\r\nĐặng Văn Lữ;Bí thư Đảng ủy – xã\r\n"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), UTF_16),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), UTF_16),
        (TEXT.encode("utf-16-le"), UTF_16),
        (TEXT.encode("utf-16-be"), UTF_16),
        (in_windows_1258(TEXT), WINDOWS_1258),
    ],
)
def test_text_files(data: bytes, named: str | None) -> None:
    assert legacy.decode(data) == (TEXT, named)


@pytest.mark.parametrize("encoding", [TCVN3, VNI])
def test_legacy_text_files(encoding: str) -> None:
    text, named = legacy.decode(ENCODERS[encoding](TEXT).encode("cp1252"))
    assert named is None
    assert legacy.detect(text.splitlines()) == encoding
    assert legacy.to_unicode(text, encoding).lower() == TEXT.lower()


@pytest.mark.parametrize("name", SHEETS)
def test_windows_1258_is_told_from_the_others(name: str) -> None:
    text = "\n".join(SHEETS[name])
    assert legacy.decode(in_windows_1258(text)) == (text, WINDOWS_1258)


@pytest.mark.parametrize(
    "data",
    [
        "Élève fiancé, crème brûlée, très gêné, forêt".encode("latin-1"),
        "氏名、役職".encode("shift-jis"),
        "氏名、役職".encode("utf-16")[:-1],
        b"%PDF-1.4\n\x00\x01\x02\xff\xfe",
        b"\xff\xfe\x00\x00",
        bytes(range(256)),
    ],
)
def test_what_is_no_vietnamese_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever stopped it
        legacy.decode(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text, _ = legacy.decode(data)
    except ValueError:
        return
    assert "\0" not in text
