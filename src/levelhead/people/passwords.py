"""Which passwords may be chosen: long ones, that nobody would guess first.

The rules are those of NIST SP 800-63B-4, section 3.1.1.2: length, a list of common ones, the person's own name; no rule
about digits or capitals and no yearly change, which only make people write them down.
"""

import unicodedata
from functools import cache
from importlib import resources

SHORTEST, LONGEST = 12, 256
"""Characters. The upper bound keeps one request from being a day's work for the hash."""
_LEAST_DIFFERENT = 5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
_SHORTEST_NAME = 4  # A shorter name is in many good passwords by chance.


class WeakPassword(Exception):
    """This password may not be chosen; `str()` says why, in a sentence for the person."""


def check_password(password: str, *names: str) -> None:
    """Raises WeakPassword unless the password may be chosen by the person of these names."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Use at least {SHORTEST} characters; a few words that only you would put together do well.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters.")
    plain = normal(password).casefold()
    if len(set(plain)) < _LEAST_DIFFERENT:
        raise WeakPassword("These are too few different characters. Use a few words instead.")
    if any(_within(row, plain) for row in _ROWS):
        raise WeakPassword("This is a row of the keyboard or the alphabet. Use a few words instead.")
    if any(_is_mostly(name.casefold(), plain) for name in names):
        raise WeakPassword("This is mostly your own name. Use something that others do not know of you.")
    if _is_common(plain):
        raise WeakPassword("Many people use this password, so it is tried first. Use a few words instead.")


def normal(password: str) -> str:
    """The same characters, however the keyboard composed them (NFKC), so that a password works on every device."""
    return unicodedata.normalize("NFKC", password)


def _within(row: str, plain: str) -> bool:
    forth = row * 8
    return plain in forth or plain in forth[::-1]


def _is_mostly(name: str, plain: str) -> bool:
    return len(name) >= _SHORTEST_NAME and name in plain and len(plain) - len(name) < SHORTEST // 2


def _is_common(plain: str) -> bool:
    """Whether it is a common password as it stands, with digits and signs around it, or said over and over."""
    bare = plain.strip("0123456789 .,;:!?-_*#+@$%&/()=")
    return any(one in _common() for form in (plain, bare) for one in (form, _unit(form)))


def _unit(text: str) -> str:
    """What `text` repeats: "dragon" for "dragondragon", itself where it repeats nothing."""
    # A text that repeats is found within itself doubled before its own end.
    again = (text + text).find(text, 1)
    return text[:again] if 0 < again < len(text) else text


@cache
def _common() -> frozenset[str]:
    # From zxcvbn (MIT): its 10,000 most common passwords, and the longer ones of the 20,000 after them.
    listed = resources.files("levelhead.people").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())
