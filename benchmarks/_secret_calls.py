"""Transcripts with secrets in them: cards asked for and not, whole and in pieces, growing, corrected, read back."""

import random
from collections.abc import Callable, Iterator, Sequence

from benchmarks import _secret_phrases as phrases
from benchmarks._secret_cards import card, security_code
from benchmarks._secret_speech import CORRECTIONS, SPOKEN, TEENS, WRITTEN_BETWEEN, Group, given, joined
from benchmarks._secret_words import Kind, Planted, Said, Transcript, Word, agent, customer

Telling = Callable[[random.Random], Iterator[Said]]


def transcripts(count: int, seed: int) -> Iterator[Transcript]:
    """`count` conversations; the same seed gives the same ones."""
    return (transcript(n, seed) for n in range(count))


def transcript(n: int, seed: int) -> Transcript:
    """The conversation of that number."""
    draw = random.Random(f"{seed}:{n}")
    name, way = draw.choices(tuple(WAYS.items()), WEIGHTS)[0]
    return Transcript(name, (*_small_talk(phrases.AROUND, draw), *way(draw), *_small_talk(phrases.AFTER, draw)))


def _small_talk(pairs: Sequence[tuple[str, str]], draw: random.Random) -> Iterator[Said]:
    if draw.random() < 0.5:
        asked, told = draw.choice(pairs)
        yield agent(asked)
        yield customer(told)


def _whole(draw: random.Random) -> Iterator[Said]:
    """The number in one turn, with or without what goes with it."""
    number, asked = card(draw), draw.random() < 0.5
    if asked:
        yield agent(draw.choice(phrases.ASK_CARD))
    groups, between = _told(number, draw)
    lead = draw.choice(phrases.ASKED if asked else phrases.UNASKED)
    if draw.random() < 0.3:
        yield customer(lead, joined(groups, draw, between), ", ", _expiry(draw), ", ", _code_words(number, draw))
        return
    yield customer(lead, joined(groups, draw, between), draw.choice(phrases.TAILS))
    yield from _rest(number, draw)


def _pieces(draw: random.Random) -> Iterator[Said]:
    """The number over several turns."""
    number, asked = card(draw), draw.random() < 0.5
    if asked:
        yield agent(draw.choice(phrases.ASK_CARD))
    elif draw.random() < 0.5:
        yield agent(draw.choice(("How would you like to pay?", "How can I help?", "Sure, go ahead.", "Okay.")))
    typed = draw.random() < 0.3
    groups = given(number, draw, typed=typed)
    read_back = draw.random() < 0.15
    for place, piece in enumerate(_cut(groups, draw)):
        lead = draw.choice(phrases.NEXT) if place else draw.choice(phrases.ASKED if asked else phrases.UNASKED)
        said = joined(piece, draw, " " if typed else None)
        tail = "" if draw.random() < 0.8 else draw.choice((".", ",", "...", " yeah", " okay", "?"))
        yield customer(lead, said, tail)
        if read_back and draw.random() < 0.6:
            yield agent(*_filled(draw.choice(phrases.READ_BACK), joined(piece, draw, " ")))
        elif draw.random() < 0.75:
            yield agent(draw.choice(phrases.NODS))
        if draw.random() < 0.06:
            yield customer(draw.choice(phrases.PAUSES))
    yield from _rest(number, draw)


def _one_by_one(draw: random.Random) -> Iterator[Said]:
    """A turn for every digit or two, as some recognisers cut them."""
    number = card(draw)
    if draw.random() < 0.5:
        yield agent(draw.choice(phrases.ASK_CARD))
    way = draw.choice(SPOKEN[:3])
    size = draw.randint(1, 3)
    places = [range(at, min(at + size, len(number.value))) for at in range(0, len(number.value), size)]
    for piece in way(number, places, draw):
        yield customer(piece, draw.choice(("", "", ".", ",")))
        if draw.random() < 0.3:
            yield agent(draw.choice(phrases.NODS))
    yield from _rest(number, draw)


def _growing(draw: random.Random) -> Iterator[Said]:
    """Interim transcripts: every turn begins again and says a little more."""
    number, asked = card(draw), draw.random() < 0.5
    if asked:
        yield agent(draw.choice(phrases.ASK_CARD))
    groups = given(number, draw)
    words = joined(groups, draw, " ")
    lead = draw.choice(phrases.ASKED if asked else phrases.UNASKED)
    heard = 0
    while heard < len(words):
        heard = min(len(words), heard + draw.randint(1, 7))
        while heard < len(words) and not words[heard - 1].secret:
            heard += 1
        yield customer(lead, words[:heard])
    yield from _rest(number, draw)


def _begun_again(draw: random.Random) -> Iterator[Said]:
    """Half of it, "no sorry, I'll start again", and all of it; or it is asked for twice."""
    number, asked = card(draw), draw.random() < 0.5
    if asked:
        yield agent(draw.choice(phrases.ASK_CARD))
    groups, between = _told(number, draw)
    half = groups[: max(1, len(groups) // 2)]
    lead = draw.choice(phrases.ASKED if asked else phrases.UNASKED)
    if draw.random() < 0.5:
        again = draw.choice(
            (*CORRECTIONS, "sorry, let me start again,", "I'll start from the top,", "no that's wrong, it's")
        )
        yield customer(lead, joined(half, draw, between), f" {again} ", joined(groups, draw, between))
    else:
        yield customer(lead, joined(half, draw, between))
        yield agent(draw.choice(phrases.REPEAT))
        whole, between = _told(number, draw)
        yield customer(draw.choice(("", "yeah ", "sure, ", "I said ")), joined(whole, draw, between))
    yield from _rest(number, draw)


def _code_alone(draw: random.Random) -> Iterator[Said]:
    """A security code when the card is already on file."""
    code = security_code(draw)
    if draw.random() < 0.6:
        yield agent(draw.choice(phrases.ASK_CODE))
        if draw.random() < 0.2:
            yield customer(draw.choice(phrases.PAUSES))
            yield agent(draw.choice(("no rush", "take your time", "okay", "sure")))
        yield customer(*_filled(draw.choice(phrases.CODE_ANSWERS), _secret(code, draw)))
        if draw.random() < 0.2:
            yield agent(*_filled(draw.choice(phrases.READ_BACK), _secret(code, draw)))
    else:
        named = [one for one in phrases.CODE_NAMED if any(word in one for word in ("secur", "cv", "cs", "CVC", "back"))]
        yield customer(*_filled(draw.choice(named), _secret(code, draw)))


def _other(draw: random.Random) -> Iterator[Said]:
    """A password, a PIN or a one-time code."""
    kind = draw.choice((Kind.PASSWORD, Kind.PIN, Kind.ONE_TIME_CODE))
    ask, told = {
        Kind.PASSWORD: (phrases.PASSWORD_ASK, phrases.PASSWORD_TOLD),
        Kind.PIN: (phrases.PIN_ASK, phrases.PIN_TOLD),
        Kind.ONE_TIME_CODE: (phrases.OTP_ASK, phrases.OTP_TOLD),
    }[kind]
    if kind is Kind.PASSWORD:
        value = "".join(draw.choice(("ka", "lo", "mi", "ru", "sep", "tor", "vin")) for _ in range(3)).title()
        secret = Planted(kind, f"{value}{draw.randint(1, 999)}{draw.choice('!#_ ').strip()}")
        words: Sequence[Word] = (Word(secret.value, secret, tuple(range(len(secret.value)))),)
    else:
        length = 4 if kind is Kind.PIN else draw.choice((4, 6, 6, 8))
        secret = Planted(kind, "".join(draw.choice("0123456789") for _ in range(length)))
        words = _secret(secret, draw)
    if draw.random() < 0.5:
        yield agent(draw.choice(ask))
        yield customer(*_filled(draw.choice(("{}", "{}", "it's {}", "yeah {}", "um {}", "{} thanks")), words))
    else:
        yield customer(*_filled(draw.choice(told), words))


def note(draw: random.Random) -> Said:
    """What an agent types into a note, or a careless line into a log: a card and its code in one text."""
    number = card(draw)
    code = security_code(draw, number)
    groups, between = _written(number, draw)
    holes = {"card": joined(groups, draw, between), "code": _digits(code), "expiry": (Word(_expiry(draw, typed=True)),)}
    words: list[Word] = []
    for piece in draw.choice(phrases.NOTES).replace("{", "\0").replace("}", "\0").split("\0"):
        words += holes.get(piece, (Word(piece),))
    return agent(words)


WAYS: dict[str, Telling] = {
    "whole": _whole,
    "in pieces": _pieces,
    "one by one": _one_by_one,
    "growing": _growing,
    "begun again": _begun_again,
    "code alone": _code_alone,
    "other secrets": _other,
}
WEIGHTS = (25, 35, 6, 10, 10, 8, 6)


def _rest(number: Planted, draw: random.Random) -> Iterator[Said]:
    """The expiry and the security code after the number, asked for or not, if they come at all."""
    if draw.random() < 0.5:
        return
    code = security_code(draw, number)
    asked = draw.random() < 0.6
    if draw.random() < 0.7:
        yield agent(draw.choice(phrases.ASK_EXPIRY if asked else phrases.NODS))
        yield customer(draw.choice(("", "", "it's ", "that's ", "yeah ")), _expiry(draw))
    if asked:
        yield agent(draw.choice(phrases.ASK_CODE))
        yield customer(*_filled(draw.choice(phrases.CODE_ANSWERS), _secret(code, draw)))
    else:
        yield agent(draw.choice(phrases.NODS))
        yield customer(*_filled(draw.choice(phrases.CODE_NAMED), _secret(code, draw)))
    if draw.random() < 0.15:
        yield agent(*_filled(draw.choice(phrases.READ_BACK), _secret(code, draw)))


def _told(number: Planted, draw: random.Random) -> tuple[list[Group], str | None]:
    return _written(number, draw) if draw.random() < 0.3 else (given(number, draw, typed=False), None)


def _written(number: Planted, draw: random.Random) -> tuple[list[Group], str | None]:
    groups = given(number, draw, typed=True)
    return groups, "" if draw.random() < 0.3 else draw.choice(WRITTEN_BETWEEN)


def _cut(groups: Sequence[Group], draw: random.Random) -> Iterator[Sequence[Group]]:
    """The groups in two turns or more."""
    turns = draw.randint(2, max(2, len(groups)))
    ends = sorted(draw.sample(range(1, len(groups)), min(turns, len(groups)) - 1))
    for first, last in zip([0, *ends], [*ends, len(groups)], strict=True):
        yield groups[first:last]


def _code_words(number: Planted, draw: random.Random) -> list[Word]:
    return _filled(draw.choice(phrases.CODE_NAMED), _secret(security_code(draw, number), draw))


def _secret(code: Planted, draw: random.Random) -> Sequence[Word]:
    """A short code: typed, or said one way or another."""
    return _digits(code) if draw.random() < 0.4 else joined(given(code, draw, typed=False), draw, " ")


def _digits(code: Planted) -> tuple[Word, ...]:
    return tuple(Word(digit, code, (place,)) for place, digit in enumerate(code.value))


def _filled(frame: str, words: Sequence[Word]) -> list[Word]:
    before, after = frame.split("{}")
    return [Word(before), *words, Word(after)]


MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def _expiry(draw: random.Random, *, typed: bool = False) -> str:
    month, year = draw.randint(1, 12), draw.randint(26, 31)
    frame = draw.choice(phrases.EXPIRIES[:3] if typed else phrases.EXPIRIES)
    spoken = ("twenty-six", "twenty seven", "twenty eight", "twenty twenty-nine", "thirty", "thirty one")[year - 26]
    digit = (*["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], *TEENS[:3])[month - 1]
    return frame.format(m=month, y=year, month=MONTHS[month - 1], spoken=spoken, digit=digit)
