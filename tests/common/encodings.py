"""Vietnamese written the way it was before Unicode, or misread since."""

import subprocess
import unicodedata

TONES = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
# On a vowel with a circumflex or a breve, VNI draws both marks as one.
CIRCUMFLEX = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
DOTTED = {"ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def in_vni(text: str) -> str:
    return "".join(in_vni_letter(c.lower()).upper() if c.isupper() else in_vni_letter(c) for c in text)


def in_vni_letter(letter: str) -> str:
    if letter in DOTTED:
        return DOTTED[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in TONES), "")
    if "\u0302" in marks:
        return base + CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + BREVE[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + TONES.get(tone, "")


# Code -> letter as glibc knows it: TCVN 5712 gives capitals with tone marks the codes that ABC fonts leave unused.
ABC_CODES = [*range(0xA1, 0xAF), 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBB, 0xBC, 0xBD, 0xBE, *range(0xC6, 0xFF)]
UNUSED = {0xCD, 0xD9, 0xDA, 0xDB, 0xE0, 0xF0}


def by_iconv(code: int) -> str:
    done = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=bytes([code]), capture_output=True)
    done.check_returncode()
    return done.stdout.decode()


ABC = {by_iconv(code): chr(code) for code in ABC_CODES if code not in UNUSED}


def in_tcvn3(text: str) -> str:
    return "".join(ABC.get(c) or ABC.get(c.lower(), c) for c in text)


def misread(text: str) -> str:
    """UTF-8 bytes shown as Windows-1252, with control characters where it has nothing."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def in_windows_1258(text: str) -> bytes:
    """As Windows writes it: letters that have a code, tone marks on their own behind the others."""
    done = b""
    for letter in text:
        try:
            done += letter.encode("cp1258")
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", letter)
            if base[1:] == ["\u0323"]:  # NFD puts the dot below before the circumflex or breve
                base, tone = [base[0], tone], base[1]
            done += unicodedata.normalize("NFC", "".join(base)).encode("cp1258") + tone.encode("cp1258")
    return done
