"""Passwords: which are refused, how they are kept, and first ones that nobody has to think of."""

import hmac
import re
import secrets
import threading
import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.vietnamese import key

SHORTEST, LONGEST = 12, 200
_COMMON = Path(__file__).with_name("common_passwords.txt")
_FEWEST_LETTERS = 5
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
# Each takes 64 MB: as many at once as the machine has cores are enough, whoever is knocking.
_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()
# No letter that is taken for another when it is read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def refusal(password: str, *own: str) -> str | None:
    """Why a password is not taken, as a Vietnamese sentence; None when it is. `own` are the names of whose it is."""
    if len(_plain(password)) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Dùng một câu ngắn dễ nhớ của riêng mình."
    if len(password) > LONGEST:
        return f"Mật khẩu dài nhất {LONGEST} ký tự."
    bare = key(password).replace(" ", "")
    words = [w for name in own for w in (key(name).replace(" ", ""), *key(name).split()) if len(w) >= 4]
    if any(word in bare and len(bare.replace(word, "")) < SHORTEST - 4 for word in words):
        return "Mật khẩu không được là tên của chính mình, kể cả thêm vài chữ số. Dùng một câu khác."
    if is_common(password):
        return "Mật khẩu này nằm trong số những mật khẩu bị thử trước tiên. Dùng một câu ngắn của riêng mình."
    return None


def is_common(password: str) -> bool:
    """Whether it is, apart from digits and marks at its ends, accents and repetition, one that is tried first."""
    lower = "".join(c for c in unicodedata.normalize("NFD", password.lower()) if not unicodedata.combining(c))
    lower = lower.replace("đ", "d").replace(" ", "")
    common = _common()
    middle = re.sub(r"^[^a-z]+|[^a-z]+$", "", lower)
    forms = {lower, _once(lower), middle, _once(middle), re.sub("[^a-z]", "", lower)}
    few = len(set(lower)) < _FEWEST_LETTERS
    steps = any(middle in row * 2 or middle in row[::-1] * 2 for row in _ROWS)
    return few or not middle or steps or not forms.isdisjoint(common)


def _once(text: str) -> str:
    """A text that is one part over and over, as that part."""
    for n in range(1, len(text) // 2 + 1):
        if len(text) % n == 0 and text == text[:n] * (len(text) // n):
            return text[:n]
    return text


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))


def hashed(password: str) -> str:
    """What is kept of a password: argon2id with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one kept."""
    try:
        with _AT_ONCE:
            # A longer one is nobody's, and is not worth the work of all its letters.
            return _HASHER.verify(kept, _plain(password) if len(password) <= LONGEST else "")
    except (VerificationError, InvalidHashError):
        return False


@cache
def of_nobody() -> str:
    """The hash of a password nobody knows: whether a name is an account's does not show in the time it takes."""
    return hashed(secrets.token_urlsafe())


def first() -> str:
    """A password to be told to somebody and changed at once: four groups of four, eighty bits nearly."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode(), other.encode())


def _plain(password: str) -> str:
    # Keyboards write one Vietnamese letter in two ways.
    return unicodedata.normalize("NFC", password)
