"""Replay: hear every kept turn again and see whether the same comes out, bit for bit."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from levelhead.advising.overlay import numbers_in, overlaid
from levelhead.advising.pack import Pack
from levelhead.conversation import Advice, Heard, Reading, Timeline
from levelhead.listening.reader import Reader
from levelhead.live.hearing import make_of, was_set_down
from levelhead.live.packs_in_force import PacksThen
from levelhead.privacy.objections import Mark
from levelhead.storage.books import Books, in_order, without_cards
from levelhead.storage.objections import Objections, as_put_right
from levelhead.storage.records import Answered, Kept
from levelhead.storage.stored import to_stored
from levelhead.storage.teaching import Teaching


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that came out otherwise, such as `reading.of_customer.emotion_p.angry`; values in their stored form."""

    field: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """One turn heard again; no differences means that reading and advice are the same to the last bit."""

    conversation: str
    n: int
    differences: tuple[Difference, ...]


def replay(
    books: Books, reader: Reader | None, pack_for: Callable[[str], Pack], conversation: str | None = None
) -> Iterator[ReplayResult]:
    """Hear the turns of one conversation, or of all, again in the order they came, each against what was kept before.

    Turns stand as they were kept, so a difference is always of its own turn and never handed on to the next.
    """
    settled, editions = Teaching(books.shelf).numbered(), PacksThen(books.shelf, pack_for)

    def pack_of(kept: Kept) -> Pack:
        """The edition and the team's overlay under which this turn was heard."""
        then = (settled[number] for number in numbers_in(kept.heard.advice.pack) if number in settled)
        return overlaid(editions.named(kept.heard.advice.pack, kept.heard.turn.locale), then)

    for name in books.conversation_ids() if conversation is None else (conversation,):
        answers, marks = books.card_answers(name), Objections(books.shelf).by_arrival(name)
        kept_so_far: tuple[Kept, ...] = ()
        for kept in books.arrivals(name):
            again = _heard_again(kept, _as_it_stood(kept, kept_so_far, answers, marks), reader, pack_of)
            yield ReplayResult(name, kept.heard.turn.n, _differences(kept.heard, again))
            kept_so_far = (*kept_so_far, kept)


def _heard_again(kept: Kept, before: Timeline, reader: Reader | None, pack_of: Callable[[Kept], Pack]) -> Heard:
    if was_set_down(kept.heard):
        return kept.heard
    return make_of(kept.heard.turn, before, reader=reader, pack=pack_of(kept))


def _as_it_stood(
    kept: Kept, before: tuple[Kept, ...], answers: tuple[Answered, ...], marks: tuple[tuple[int, Mark], ...]
) -> Timeline:
    """The conversation as it was when this turn came: without cards put away by then, with labels put right by then."""
    away = {given.card for given in answers if given.answer.takes_away and given.after < kept.arrival}
    timeline = tuple(turn.heard for turn in in_order(without_cards(before, away)))
    right: dict[int, tuple[Mark, ...]] = {}
    for after, mark in marks:
        if after < kept.arrival:
            right[mark.n] = (*right.get(mark.n, ()), mark)
    return as_put_right(timeline, right)


def _differences(kept: Heard, now: Heard) -> tuple[Difference, ...]:
    return (*_between("reading", kept.reading, now.reading), *_between("advice", kept.advice, now.advice))


def _between(name: str, kept: Reading | Advice, now: Reading | Advice) -> tuple[Difference, ...]:
    stored, fresh = to_stored(kept), to_stored(now)
    if stored == fresh:
        return ()
    found = tuple(_walk(name, json.loads(stored), json.loads(fresh)))
    return found or (Difference(name, "the same values", "in another order"),)


def _walk(field: str, kept: object, now: object) -> Iterator[Difference]:
    if isinstance(kept, dict) and isinstance(now, dict):
        for key in kept | now:
            yield from _walk(f"{field}.{key}", kept.get(key), now.get(key))
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for place, (one, other) in enumerate(zip(kept, now, strict=True)):
            yield from _walk(f"{field}[{place}]", one, other)
    elif kept != now:
        yield Difference(field, _shown(kept), _shown(now))


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
