"""Vietnamese written before Unicode, or read with the wrong code page: recognised, and made Unicode again."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

TCVN3 = "TCVN3 (ABC)"
VNI = "VNI-Windows"
WINDOWS_1258 = "Windows-1258"
UTF_16 = "UTF-16"
DOUBLE_UTF_8 = "UTF-8 (mã hóa hai lần)"

# So many different words must be nonsense as they stand and Vietnamese once converted.
_ENOUGH = 3

# ABC fonts draw these letters for the characters from each code on. Capitals with a tone mark have no codes of
# their own: capital fonts (.VnTimeH) draw them for the small ones.
_ABC = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_ABC_LETTERS = {code + i: letter for code, letters in _ABC.items() for i, letter in enumerate(letters)}
_LETTERS = frozenset(ascii_lowercase).union(_ABC_LETTERS.values())

# 'A' for what is a capital, 'a' for what is small; letters with a tone mark are neither.
_CASE = {ord(c): "a" for c in ascii_lowercase} | {ord(c): "A" for c in ascii_uppercase}
_CASE |= dict.fromkeys(range(0xA1, 0xA8), "A") | dict.fromkeys(range(0xA8, 0xAF), "a")

# VNI fonts draw most letters as two characters, the vowel and what stands above or below it.
_VNI_PAIRS = {
    "aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë": "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ",
    "eù eø eû eõ eï eâ eá eà eå eã eä": "é è ẻ ẽ ẹ ê ế ề ể ễ ệ",
    "où oø oû oõ oï oâ oá oà oå oã oä ôù ôø ôû ôõ ôï": "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ",
    "uù uø uû uõ uï öù öø öû öõ öï": "ú ù ủ ũ ụ ứ ừ ử ữ ự",
    "yù yø yû yõ yï": "ý ỳ ỷ ỹ ỵ",
    "í ì æ ó ò ô ö î ñ": "í ì ỉ ĩ ị ơ ư ỵ đ",
}
_VNI_LETTERS = {
    written: letter
    for codes, letters in _VNI_PAIRS.items()
    for code, small in zip(codes.split(), letters.split(), strict=True)
    for written, letter in ((code, small), (code.upper(), small.upper()), (code.capitalize(), small.upper()))
}
_VNI_LETTER = re.compile("|".join(sorted(_VNI_LETTERS, key=len, reverse=True)))

# What Windows-1252 shows for the codes that Latin-1 leaves to control characters; the five it leaves open stay.
_WINDOWS_1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_LATIN_1 = {ord(shown): code for code, shown in _WINDOWS_1252.items()}

# Only Unicode has these: no cell with one of them is touched.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300-\u0303\u0306\u0309\u031b\u0323]")
# Letters, and the signs that legacy fonts draw as letters (the soft hyphen is their ư). Not ° ² ³ ´ ±.
_WORD = re.compile("[A-Za-z\xa1-\xae\xb5-\xb9\xbb-\xbe\xc0-\xff]+")
_SIGNS = tuple("§©«®¶·»¼½¾×÷")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")

_ONSET = "b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
_RHYME = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu y yêm yên yêng yêt yêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc "
    "oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut "
    "uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_RHYME.replace(' ', '|')})")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = "\u0301\u0323"


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file, and what it was converted from; None for UTF-8, and for TCVN3 and VNI, still to do.

    UTF-8 and UTF-16 with or without a byte order mark, Windows-1258, and TCVN3 or VNI as Windows-1252 shows them.
    Raises ValueError when it is none of them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _without_nul(data.decode("utf-16")), UTF_16
    if b"\0" in data:
        return _without_nul(data.decode(_byte_order(data))), UTF_16
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    shown = data.decode("latin-1").translate(_WINDOWS_1252)
    if _CONTROL.search(shown):
        raise ValueError("binary")
    if detect(shown.splitlines()) in (TCVN3, VNI):
        return shown, None
    text = unicodedata.normalize("NFC", data.decode("cp1258"))
    words = {word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()}
    if 2 * sum(map(_is_syllable, words)) < len(words):
        raise ValueError("no Vietnamese")
    return text, WINDOWS_1258 if words else None


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("binary")
    return text


def _byte_order(data: bytes) -> str:
    # Every plain letter, digit, separator and line end has its zero on the same side.
    first, second = data[::2].count(0), data[1::2].count(0)
    if first + second < len(data) / 8 or min(first, second) > max(first, second) / 20:
        raise ValueError("binary")
    return "utf-16-le" if second > first else "utf-16-be"


def detect(texts: Iterable[str]) -> str | None:
    """The legacy encoding (TCVN3, VNI or DOUBLE_UTF_8) that some of the texts of one sheet are in, or None.

    Evidence is a word that is no Vietnamese syllable as it stands and is one once converted. It takes several
    different ones, and most of the strange words must be of that kind, so that French and symbols do not count.
    """
    suspects = {text for text in texts if not text.isascii() and not _UNICODE.search(text)}
    words = {word for text in suspects for word in _strange_words(text)}
    repaired = {word for text in suspects for word in re.findall(r"[^\W\d_]+", _from_utf_8(text) or "")}
    evidence = {encoding: sum(_is_evidence(word, encoding) for word in words) for encoding in (TCVN3, VNI)}
    evidence[DOUBLE_UTF_8] = sum(not word.isascii() and _is_syllable(word) for word in repaired)
    best = max(evidence, key=lambda encoding: evidence[encoding])
    if evidence[best] < _ENOUGH:
        return None
    foreign = sum(not _is_syllable(word) and not _is_evidence(word, best) for word in words)
    return best if best == DOUBLE_UTF_8 or evidence[best] >= 2 * foreign else None


def repair(texts: Iterable[str]) -> tuple[str | None, dict[str, str]]:
    """The legacy encoding of one sheet, and the texts that change, each with what it is in Unicode.

    Where some texts are in Unicode, a text changes only if one of its words is wrong as it stands; where none is,
    also a text that could be either, such as 'Phã' for 'Phó'.
    """
    found = {text for text in texts if not text.isascii()}
    encoding = detect(found)
    if encoding is None:
        return None, {}
    suspects = {text for text in found if not _UNICODE.search(text)}
    changed = {}
    for text in suspects:
        if _is_legacy(text, encoding, alone=len(suspects) == len(found)):
            converted = to_unicode(text, encoding)
            if converted != text:
                changed[text] = converted
    return encoding, changed


def to_unicode(text: str, encoding: str) -> str:
    """Legacy text in Unicode (NFC); what is no letter of the encoding stays as it is."""
    if encoding == TCVN3:
        return _from_tcvn3(text)
    if encoding == VNI:
        return _VNI_LETTER.sub(lambda found: _VNI_LETTERS[found[0]], text)
    return _from_utf_8(text) or text


def _from_tcvn3(text: str) -> str:
    # Capitals with a tone mark are written like the small letter, so the letters around them tell: 'HOµ' is HOÀ,
    # 'Hoµ' is Hoà, and in 'NguyÔn ThÞ ¸nh', where every other word begins with a capital, the last is Ánh.
    cases = [word.translate(_CASE) for word in _WORD.findall(text) if not _is_sign(word)]
    shouted = any(case.count("A") > 1 for case in cases) and not any("a" in case for case in cases)
    firsts = {case[0] for case in cases}
    titled = "A" in firsts and "a" not in firsts

    def convert(found: re.Match[str]) -> str:
        word = found[0]
        if _is_sign(word):
            return word
        case = word.translate(_CASE)
        letters = word.translate(_ABC_LETTERS)
        if "a" not in case and (shouted or "A" in case[1:]):
            return letters.upper()
        # 'Đảng ủy' is the one everyday heading that looks like a name.
        if titled and letters != "ủy":
            return letters[0].upper() + letters[1:]
        return letters

    return _WORD.sub(convert, text)


def _is_sign(word: str) -> bool:
    # On its own each of these is what it looks like.
    return word in _SIGNS


def _from_utf_8(text: str) -> str | None:
    """What the text was before its UTF-8 bytes were read as Windows-1252 or Latin-1; None if it was not."""
    try:
        before = text.translate(_LATIN_1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    return before if before != text and all(c in _LETTERS for c in before.lower() if c.isalpha()) else None


def _strange_words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii() and not _is_sign(word)]


def _is_legacy(text: str, encoding: str, alone: bool) -> bool:
    if encoding == DOUBLE_UTF_8:
        return _from_utf_8(text) is not None
    words = _strange_words(text)
    return all(_is_covered(word, encoding) for word in words) and (
        alone or any(_is_evidence(word, encoding) for word in words)
    )


def _is_covered(word: str, encoding: str) -> bool:
    if encoding == VNI:
        return _VNI_LETTER.sub("", word).isascii()
    return all(letter.isascii() or ord(letter) in _ABC_LETTERS for letter in word)


@lru_cache(maxsize=2**16)
def _is_evidence(word: str, encoding: str) -> bool:
    return (
        len(word) > 1
        and not _is_syllable(word.replace("\xad", ""))
        and _is_covered(word, encoding)
        and _is_syllable(to_unicode(word, encoding))
    )


@lru_cache(maxsize=2**16)
def _is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows the word, wherever its tone mark was placed."""
    if not _LETTERS.issuperset(word.lower()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in _TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(_STOPS) or (bool(tones) and tones[0] in _STOP_TONES)
