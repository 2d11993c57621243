"""Planted secrets for tests: texts with one secret each, and the very words that must not survive."""

import random
from collections.abc import Callable

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_PREFIXES = (
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2223", 16),
    ("34", 15),
    ("37", 15),
    ("36", 14),
    ("6011", 16),
    ("3530", 16),
)


def planted_secrets(n: int, seed: int) -> list[tuple[str, str]]:
    """`n` texts with a secret each: (text, secret as it stands in the text). The same seed gives the same texts."""
    rng = random.Random(seed)
    return [rng.choice(_KINDS)(rng) for _ in range(n)]


def card_digits(rng: random.Random) -> str:
    """A number that payment cards could have, with its right check digit."""
    prefix, length = rng.choice(_PREFIXES)
    body = prefix + "".join(rng.choice("0123456789") for _ in range(length - len(prefix) - 1))
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The Luhn check digit, worked out the schoolbook way so that it shares no code with what it tests."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def written_ways(digits: str, rng: random.Random) -> str:
    """The digits as someone types or says them."""
    return rng.choice(_WAYS)(digits, rng)


def _solid(digits: str, _rng: random.Random) -> str:
    return digits


def _grouped(digits: str, rng: random.Random) -> str:
    sizes = {15: (4, 6, 5), 14: (4, 6, 4)}.get(len(digits), (4, 4, 4, 4))
    separator, parts, start = rng.choice((" ", "-", ".", "\u00a0", "–", " - ", "  ", "/")), [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return separator.join(parts)


def _mixed(digits: str, rng: random.Random) -> str:
    text = digits[0]
    for char in digits[1:]:
        text += rng.choice(("", "", "", " ", "-", ".", "\u2011", "\u2009", "_")) + char
    return text


def _wide(digits: str, rng: random.Random) -> str:
    zero = rng.choice((0xFF10, 0x0660, 0x0966))
    return _grouped("".join(chr(zero + int(char)) for char in digits), rng)


def _said(digits: str, rng: random.Random) -> str:
    """ "four one double five", "triple seven", "oh", and a hesitation now and then."""
    words, place = [], 0
    while place < len(digits):
        same = 1
        while same < 3 and digits[place : place + same + 1] == digits[place] * (same + 1):
            same += 1
        same = rng.randint(1, same)
        word = rng.choice(("oh", "zero")) if digits[place] == "0" else _WORDS[int(digits[place])]
        words.append({1: word, 2: f"double {word}", 3: f"triple {word}"}[same])
        place += same
        if place < len(digits) and rng.random() < 0.08:
            words.append(rng.choice(("um", "uh", "and", "then")))
    return " ".join(words)


def _said_in_pairs(digits: str, _rng: random.Random) -> str:
    """ "sixteen forty-two": pairs where a pair has a name, single digits elsewhere."""
    words, place = [], 0
    while place < len(digits):
        pair = digits[place : place + 2]
        if len(pair) == 2 and pair[0] != "0":
            tens, unit = int(pair[0]), int(pair[1])
            words.append(_TEENS[unit] if tens == 1 else _TENS[tens] + (f"-{_WORDS[unit]}" if unit else ""))
            place += 2
        else:
            words.append(_WORDS[int(pair[0])])
            place += 1
    return " ".join(words)


_WAYS: tuple[Callable[[str, random.Random], str], ...] = (_solid, _grouped, _mixed, _wide, _said, _said_in_pairs)
_CARD_FRAMES = (
    "{}",
    "My card number is {} thanks",
    "sure it's {}, name on it is Doyle",
    "yeah {} that's the long one",
    "Order 44821, paid with {}. When will it come?",
    "use this one instead: {}",
)
_CODE_FRAMES = (
    "the security code is {}",
    "cvv {}",
    "CVC: {} ok?",
    "three digits on the back is {}",
    "{} is the security code",
)
_ONE_TIME_FRAMES = (
    "the code you sent is {}",
    "OTP {}",
    "my verification code is {}",
    "They just sent me the code: {}.",
    "one-time passcode is {} I think",
    "I got the code by text, it's {}",
)
_PIN_FRAMES = ("my PIN is {}", "PIN {}", "pin number's {} if that helps", "try pin: {}")
_PASSWORD_FRAMES = (
    "my password is {}",
    "pw: {}",
    "Password: {} and it still says no",
    "user doyle password {}",
    "the passcode is {}",
)
_SYLLABLES = ["ba", "do", "ki", "lu", "me", "no", "ra", "so", "ti", "vu", "za"]


def _card(rng: random.Random) -> tuple[str, str]:
    secret = written_ways(card_digits(rng), rng)
    return rng.choice(_CARD_FRAMES).format(secret), secret


def _code(rng: random.Random, frames: tuple[str, ...], lengths: tuple[int, ...]) -> tuple[str, str]:
    digits = "".join(rng.choice("123456789") for _ in range(rng.choice(lengths)))
    secret = rng.choice((_solid, _solid, _said))(digits, rng)
    return rng.choice(frames).format(secret), secret


def _security_code(rng: random.Random) -> tuple[str, str]:
    return _code(rng, _CODE_FRAMES, (3, 4))


def _one_time(rng: random.Random) -> tuple[str, str]:
    return _code(rng, _ONE_TIME_FRAMES, (4, 6, 8))


def _pin(rng: random.Random) -> tuple[str, str]:
    return _code(rng, _PIN_FRAMES, (4, 6))


def _password(rng: random.Random) -> tuple[str, str]:
    word = "".join(rng.choice(_SYLLABLES) for _ in range(3))
    secret = word.title() + str(rng.randint(10, 9999)) + rng.choice(("", "!", "#", "_x"))
    return rng.choice(_PASSWORD_FRAMES).format(secret), secret


_KINDS: tuple[Callable[[random.Random], tuple[str, str]], ...] = (
    _card,
    _card,
    _security_code,
    _one_time,
    _pin,
    _password,
)
