"""Takes out of a text what is kept sealed, and leaves a placeholder that says what stood there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from levelhead.conversation import Turn
from levelhead.privacy.addresses import addresses_in
from levelhead.privacy.banking import accounts_in
from levelhead.privacy.digits import digit_runs
from levelhead.privacy.emails import emails_in
from levelhead.privacy.kinds import Found, SealedKind, placeholders_in
from levelhead.privacy.national import national_ids_in
from levelhead.privacy.phones import phones_in


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that was taken out; `place` is that of its placeholder in the text (`kinds.placeholders_in`)."""

    place: int
    kind: SealedKind
    value: str


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as everyone may see it, and apart from it what was taken out."""

    turn: Turn
    sealed: tuple[Sealed, ...] = ()


def seal_turn(turn: Turn) -> Said:
    """Take phone numbers, addresses, bank accounts and national ids out of a turn whose secrets are masked already.

    Sealing the result again changes nothing. In the customer's name too a placeholder takes the place of an address
    or a number, and what stood there is not kept: a name is asked for, not a way to reach someone.
    """
    text, sealed = seal(turn.text, turn.locale)
    customer = seal(turn.customer, turn.locale)[0] if turn.customer else turn.customer
    if text == turn.text and customer == turn.customer:
        return Said(turn)
    return Said(replace(turn, text=text, customer=customer), sealed)


def seal(text: str, locale: str = "en-GB") -> tuple[str, tuple[Sealed, ...]]:
    """The text with placeholders, and the values that stood there, in order."""
    if not _WORTH_A_LOOK.search(text):
        return text, ()
    values: dict[int, Found] = {}
    while found := _apart(_found_in(_opaque(text), locale)):  # Each round leaves less to look at, so it ends.
        text, values = _replaced(text, found, values)
    return text, tuple(_placed(text, values))


def for_search(kind: SealedKind, value: str) -> str:
    """What two ways of writing the same value have in common; a keyed token of it is what can be searched for."""
    if kind is SealedKind.EMAIL:
        return f"{kind}:{value.casefold()}"
    return f"{kind}:{re.sub(r'[^a-z0-9+]', '', value.casefold())}"


_WORTH_A_LOOK = re.compile(
    r"\d|@|\b(?:at|dot|oh|zero|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|\w+teen|\w+ty|ten|eleven"
    r"|twelve)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"\[[a-z][a-z -]{2,20}\]")
_OPAQUE = "ˑ"


def _opaque(text: str) -> str:
    return _PLACEHOLDER.sub(lambda match: _OPAQUE * len(match[0]), text)


def _found_in(text: str, locale: str) -> Iterator[Found]:
    """The surest kinds first: what an account or an id takes cannot be a phone number too."""
    runs = digit_runs(text)
    yield from accounts_in(text, runs)
    yield from national_ids_in(text, runs)
    yield from emails_in(text)
    yield from phones_in(text, runs, locale)
    yield from addresses_in(text)


def _apart(found: Iterable[Found]) -> list[Found]:
    """In order of the text, none within another; where two overlap the first found wins."""
    kept: list[Found] = []
    for one in found:
        if all(one.span.end <= other.span.start or other.span.end <= one.span.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _replaced(text: str, found: list[Found], values: dict[int, Found]) -> tuple[str, dict[int, Found]]:
    """The text with placeholders; `values` are by where their placeholder starts."""
    pieces, done, length = list[str](), 0, 0
    moved = dict[int, Found]()
    for one in found:
        before = text[done : one.span.start]
        moved |= {start - done + length: value for start, value in values.items() if done <= start < one.span.start}
        length += len(before)
        moved[length] = one
        pieces += [before, one.kind.placeholder]
        length += len(one.kind.placeholder)
        done = one.span.end
    moved |= {start - done + length: value for start, value in values.items() if start >= done}
    return "".join((*pieces, text[done:])), moved


def _placed(clean: str, values: dict[int, Found]) -> Iterator[Sealed]:
    """A placeholder that had been in the text before has no value, but it counts."""
    for placeholder in placeholders_in(clean):
        one = values.get(placeholder.span.start)
        if one:
            yield Sealed(placeholder.place, one.kind, one.value)
