"""The ways in which people give a number, and in which a speech recogniser writes it down.

Every way gives the number as groups of words; a card can be broken between groups and go on in another turn.
"""

import random
from collections.abc import Callable, Iterator, Sequence

from benchmarks._secret_words import Planted, Word

Group = tuple[Word, ...]
Way = Callable[[Planted, Sequence[Sequence[int]], random.Random], list[Group]]

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NOUGHTS = ("oh", "oh", "zero", "zero", "nought", "o")
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", *["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]]
SOUNDS_LIKE = {"4": ("for",), "2": ("to", "too"), "1": ("won",), "8": ("ate",)}
HESITATIONS = (
    "um", "uh", "er", "erm", "uhh", "ah", "and", "then", "and then", "so", "let me see", "hang on", "yeah", "okay", "like",
    "wait", "sorry", "where was I", "what's that", "it's a bit worn", "is that a", "mm", "right", "next",
)  # fmt: skip
CORRECTIONS = (
    "no sorry", "no, sorry,", "sorry no", "no wait", "no, wait,", "I mean", "sorry, I mean", "actually no", "correction",
    "scratch that", "oh no", "no no", "not that,", "oops", "make that", "sorry, that's", "no hang on", "no it's",
)  # fmt: skip
WRITTEN_BETWEEN = (" ", " ", "-", ".", " - ", "\u00a0", "–", "/", "  ", ", ")


def given(secret: Planted, draw: random.Random, *, typed: bool | None = None) -> list[Group]:
    """The secret in one way or another; typed or spoken where that is asked for."""
    ways = WAYS if typed is None else TYPED if typed else SPOKEN
    return draw.choice(ways)(secret, _sizes(secret, draw), draw)


def joined(groups: Sequence[Group], draw: random.Random, between: str | None = None) -> tuple[Word, ...]:
    """The groups one after the other, as in one turn."""
    sep = between or draw.choice((" ", " ", " ", ", ", "... ", ". "))
    words: list[Word] = []
    for place, group in enumerate(groups):
        words += (Word(sep), *group) if place else group
    return tuple(words)


def _sizes(secret: Planted, draw: random.Random) -> list[list[int]]:
    """The places of the digits in groups: as on the card, or as somebody happens to breathe."""
    whole = list(range(len(secret.value)))
    embossed = {15: (4, 6, 5), 14: (4, 6, 4)}.get(len(whole), (4,) * 5)
    sizes = embossed if draw.random() < 0.6 else [draw.randint(1, 6) for _ in whole]
    groups = []
    for size in sizes:
        if whole:
            groups.append(whole[:size])
            whole = whole[size:]
    return groups


def _solid(secret: Planted, groups: Sequence[Sequence[int]], _draw: random.Random) -> list[Group]:
    return [tuple(Word(secret.value[place], secret, (place,)) for place in group) for group in groups]


def _spaced(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """ "4 5 3 2": as recognisers write single digits."""
    between = draw.choice((" ", " ", ", ", "-"))
    return [_with([Word(secret.value[place], secret, (place,)) for place in group], between) for group in groups]


def _foreign(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    zero = draw.choice((0xFF10, 0x0660, 0x06F0, 0x0966))
    return [tuple(Word(chr(zero + int(secret.value[place])), secret, (place,)) for place in group) for group in groups]


def _spoken(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """ "four double five oh"."""
    between = draw.choice((" ", " ", " ", ", ", "-"))
    return [_with(list(_singles(secret, group, draw)), between) for group in groups]


def _in_pairs(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """ "forty-five thirty two"; what has no such name is said digit by digit."""
    hyphen = draw.choice(("-", "-", " "))
    return [_with(list(_pairs(secret, group, hyphen, draw)), " ") for group in groups]


def _recognised(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """Words and figures by turns, and inside the number words that sound like digits."""
    last = len(secret.value) - 1
    told = []
    for group in groups:
        words = []
        for place in group:
            digit = secret.value[place]
            alike = SOUNDS_LIKE.get(digit, ())
            inside = place not in (0, last, group[0], group[-1])
            if alike and inside and draw.random() < 0.5:
                text = draw.choice(alike)
            else:
                text = digit if draw.random() < 0.4 else _name(digit, draw)
            words.append(Word(text, secret, (place,)))
        told.append(_with(words, " "))
    return told


def _hesitant(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """With an "um" or "let me see" now and then."""
    way = draw.choice((_spoken, _spoken, _in_pairs, _spaced))
    return [tuple(_halting(group, HESITATIONS, draw, 0.12)) for group in way(secret, groups, draw)]


def _corrected(secret: Planted, groups: Sequence[Sequence[int]], draw: random.Random) -> list[Group]:
    """ "seven eight, no sorry, seven seven": digits that are wrong, and then the right ones."""
    way = draw.choice((_spoken, _spoken, _spaced, _in_pairs))
    told = way(secret, groups, draw)
    slip = draw.randrange(len(told))
    wrong: list[Word] = []
    for _ in range(draw.randint(1, 3)):
        wrong += (Word(_like(told[slip][0].text, draw)), Word(" "))
    told[slip] = (*wrong, Word(f"{draw.choice(CORRECTIONS)} "), *told[slip])
    return told


def _like(word: str, draw: random.Random) -> str:
    digit = draw.choice("123456789")
    return digit if word.isdigit() else NAMES[int(digit)]


def _halting(group: Group, fillers: Sequence[str], draw: random.Random, share: float) -> Iterator[Word]:
    for word in group:
        yield word
        if not word.secret and word.text.strip() in ("", ",") and draw.random() < share:
            yield Word(f"{draw.choice(fillers)} ")


def _singles(secret: Planted, group: Sequence[int], draw: random.Random) -> Iterator[Word]:
    place = 0
    while place < len(group):
        digit = secret.value[group[place]]
        same = 1
        while same < 4 and place + same < len(group) and secret.value[group[place + same]] == digit:
            same += 1
        same = draw.randint(1, same)
        times = ("", "", "double ", draw.choice(("triple ", "treble ")), draw.choice(("quadruple ", "double double ")))
        text = times[same] + _name(digit, draw)
        if text.startswith("double double"):
            yield Word(text.removeprefix("double "), secret, tuple(group[place : place + 2]))
            yield Word(" ")
            yield Word(text.removeprefix("double "), secret, tuple(group[place + 2 : place + 4]))
        else:
            yield Word(text, secret, tuple(group[place : place + same]))
        place += same


def _pairs(secret: Planted, group: Sequence[int], hyphen: str, draw: random.Random) -> Iterator[Word]:
    place = 0
    while place < len(group):
        pair = "".join(secret.value[at] for at in group[place : place + 2])
        rest = "".join(secret.value[at] for at in group[place + 2 : place + 4])
        taken = 2
        if len(pair) == 1 or pair[0] == "0":
            taken = 1
            text = _name(pair[0], draw)
        elif rest == "00" and pair[1] != "0" and draw.random() < 0.5:
            taken = 4
            text = f"{_two(pair, hyphen)} hundred"
        else:
            text = _two(pair, hyphen)
        yield Word(text, secret, tuple(group[place : place + taken]))
        place += taken


def _two(pair: str, hyphen: str) -> str:
    tens, ones = int(pair[0]), int(pair[1])
    if tens == 1:
        return TEENS[ones]
    return TENS[tens] + (hyphen + NAMES[ones] if ones else "")


def _name(digit: str, draw: random.Random) -> str:
    return draw.choice(NOUGHTS) if digit == "0" else NAMES[int(digit)]


def _with(words: Sequence[Word], between: str) -> Group:
    """Words with a separator between them; those that bring their own keep it."""
    out: list[Word] = []
    for place, word in enumerate(words):
        if place and word.text.strip() and out[-1].text.strip():
            out.append(Word(between))
        out.append(word)
    return tuple(out)


TYPED: tuple[Way, ...] = (_solid, _solid, _solid, _spaced, _foreign)
SPOKEN: tuple[Way, ...] = (_spoken, _spoken, _spoken, _in_pairs, _recognised, _hesitant, _corrected, _spaced)
WAYS: tuple[Way, ...] = (*TYPED, *SPOKEN)
