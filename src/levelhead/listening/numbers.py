"""Small numbers as people say them: "five", "twenty-five", "25", "twenty fifth", "25th"."""

import re

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FIRSTS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
           "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
           "twentieth")  # fmt: skip

_VALUES = (
    {word: value for value, word in enumerate(_ONES, start=1)}
    | {word: value * 10 for value, word in enumerate(_TENS, start=2)}
    | {word: value for value, word in enumerate(_FIRSTS, start=1)}
    | {"thirtieth": 30, "a": 1, "an": 1, "couple": 2}
)

_ONE_TO_NINE = "|".join(_ONES[:9])
_TEENS = "|".join(sorted(_ONES, key=len, reverse=True))
WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE_TO_NINE}))?|{_TEENS})"
"""A pattern for a number from 1 to 99 in words."""

NUMBER = rf"(?:\d{{1,3}}|{WORDS})"
"""A pattern for a whole number, in digits (up to 999) or words (up to 99)."""

_FIRST_TO_TWENTIETH = "|".join(sorted(_FIRSTS, key=len, reverse=True))
ORDINAL_WORDS = rf"(?:(?:twenty|thirty)[ -](?:{'|'.join(_FIRSTS[:9])})|{_FIRST_TO_TWENTIETH}|thirtieth)"
"""A pattern for a day of a month in words."""

ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})"
"""A pattern for a day of a month, in digits or words."""

_DIGITS = re.compile(r"\d+")


def value_of(words: str) -> int:
    """The number that these words say; raises KeyError for words that are no number."""
    digits = _DIGITS.match(words)
    if digits:
        return int(digits.group())
    return sum(_VALUES[word] for word in re.split(r"[ -]+", words.lower()) if word)
