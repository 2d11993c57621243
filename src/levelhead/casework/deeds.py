"""What our side did, refused and said would come, clause by clause: the words that a note quotes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from levelhead.casework.deed_words import (
    ASKS,
    ASKS_NOW,
    COURTESY,
    DID,
    DID_ELSE,
    DOES,
    GIVES,
    HANGING,
    HOLDS,
    LEADS,
    OFFERS,
    ON_ITS_WAY,
    PAST,
    PREFACES,
    REASON,
    REFUSES,
    TRAILS,
    WILL_DO,
)
from levelhead.casework.quoting import Quote, said_about
from levelhead.conversation import DueKind, Heard, Move, Span, Speaker
from levelhead.listening.calendar import OFFICE_HOURS
from levelhead.listening.clauses import Clause, clauses_of
from levelhead.listening.due import due_in

MOST_SAID: Final = 260
"""Characters of one quotation of ours: what is longer is cut where a clause ends."""


class DeedKind(StrEnum):
    """What a clause of ours says."""

    DONE = "done"
    OFFERED = "offered"
    TO_COME = "to_come"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Deed:
    """Words of ours with where they stand in the text of their turn."""

    kind: DeedKind
    quote: Quote
    span: Span


def deeds_in(heard: Heard) -> tuple[Deed, ...]:
    """What a turn of ours did, refused and said would come, in order; nothing of a customer's turn."""
    if heard.turn.speaker is Speaker.CUSTOMER:
        return ()
    found = tuple(deed for deed in _together(heard, tuple(_marked(heard))) if len(deed.quote.words.split()) >= _FEWEST)
    return _whole(heard, found) if found else tuple(_read(heard))


def _whole(heard: Heard, found: tuple[Deed, ...]) -> tuple[Deed, ...]:
    """A short turn that says nothing but what is to come is quoted whole: its time may stand anywhere in it."""
    text = heard.turn.text.rstrip()
    if len(text) > _SHORT or any(deed.kind is not DeedKind.TO_COME for deed in found):
        return found
    start = len(text) - len(LEADS.sub("", text))
    return (Deed(DeedKind.TO_COME, Quote(heard.turn.n, text[start:]), Span(start, len(text))),)


_SHORT = 160  # Characters.


def _read(heard: Heard) -> Iterator[Deed]:
    """Where no clause says it in words that we know: the sentence that the reading rests on."""
    for label, kind in _READ:
        if heard.reading.shows(label) and not HOLDS.search(heard.turn.text):
            quote = said_about(heard, label)
            start = max(0, heard.turn.text.find(quote.words.removesuffix(" …")))
            if len(quote.words.split()) >= _FEWEST_READ:
                yield Deed(kind, quote, Span(start, start + len(quote.words)))
            return


_READ: Final = ((Move.PROMISE, DeedKind.TO_COME), (Move.ACT, DeedKind.DONE), (Move.SET_EXPECTATION, DeedKind.TO_COME))
_FEWEST_READ = 4  # Words: "done now" says too little by itself.


_FEWEST = 2  # Words.


def _marked(heard: Heard) -> Iterator[tuple[Clause, DeedKind]]:
    text, before, hanging = heard.turn.text, None, False
    dues = due_in(text, None, OFFICE_HOURS)
    timed = [due.span for due in dues]
    loosely = [due.span for due in dues if due.kind is DueKind.VAGUE]
    promised = [promise.span for promise in heard.reading.promises]
    for clause in clauses_of(text):
        # "I'll text you | when the power's back", "you will owe for what | you've used": it belongs together.
        if before is not None and (hanging or _hangs_on(clause, before)):
            kind: DeedKind | None = before
        elif _touches(clause.span, promised) or _is_loose(clause, loosely):
            kind = DeedKind.TO_COME
        else:
            kind = _kind(heard, clause, timed=_touches(clause.span, timed))
        before, hanging = kind, HANGING.search(clause.text) is not None
        if kind is not None:
            yield clause, kind


def _hangs_on(clause: Clause, before: DeedKind) -> bool:
    if not clause.subordinate or ASKS_NOW.match(clause.text):
        return False
    return before in (DeedKind.TO_COME, DeedKind.OFFERED) or REASON.match(clause.text) is not None


def _is_loose(clause: Clause, loosely: list[Span]) -> bool:
    """ "Working hard to restore it as soon as possible": no moment, and yet something was said to come."""
    return _touches(clause.span, loosely) and not (clause.asks or clause.subordinate or PAST.search(clause.text))


def _kind(heard: Heard, clause: Clause, *, timed: bool) -> DeedKind | None:
    said = clause.text
    will = timed and WILL_DO.search(said) is not None
    if (HOLDS.search(said) or PREFACES.search(said)) and not will:
        return None
    # "It's not your fault" refuses nothing: the words have to, and the reading has to agree.
    if _share(heard, clause, Move.DECLINE) >= _MOSTLY and REFUSES.search(said):
        return DeedKind.REFUSED
    if OFFERS.search(said) and not COURTESY.search(said):
        return DeedKind.OFFERED
    if clause.asks or (ASKS.match(said) and not will):
        return None
    if _is_done(clause):
        return DeedKind.DONE
    return DeedKind.TO_COME if _comes(heard, clause, timed=timed) else _acted(heard, clause)


def _is_done(clause: Clause) -> bool:
    return not clause.subordinate and DID.search(clause.text) is not None and not DID_ELSE.search(clause.text)


def _acted(heard: Heard, clause: Clause) -> DeedKind | None:
    """What the reading takes for something done, in words that are about us."""
    if clause.subordinate or not DOES.search(clause.text):
        return None
    return DeedKind.DONE if _share(heard, clause, Move.ACT) >= _MOSTLY else None


def _comes(heard: Heard, clause: Clause, *, timed: bool) -> bool:
    said = clause.text
    if COURTESY.search(said) and not timed:
        return False
    if WILL_DO.search(said) or ON_ITS_WAY.search(said) or (timed and GIVES.search(said)):
        return True
    if timed and not PAST.search(said) and _may_say_when(heard):
        return True
    return any(_share(heard, clause, move) >= _MOSTLY for move in _SAYS_WHEN)


_SAYS_WHEN: Final = (Move.PROMISE, Move.SET_EXPECTATION, Move.OFFER_SOLUTION, Move.OFFER_CHOICE)


def _may_say_when(heard: Heard) -> bool:
    """Whether the reading leaves open that something is to come: a time left out is worse than one too many."""
    shown = heard.reading.of_agent
    return shown is not None and any(shown.moves.get(move, 0.0) >= _NOT_RULED_OUT for move in _SAYS_WHEN)


_NOT_RULED_OUT = 0.1


def _share(heard: Heard, clause: Clause, move: Move) -> float:
    """How much of the clause is evidence for the move."""
    spans = [span for signal in heard.reading.signals if signal.kind == move for span in signal.spans]
    start, end = clause.span
    length = len(clause.text.strip()) or 1
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans) / length


_MOSTLY = 0.5


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _together(heard: Heard, marked: tuple[tuple[Clause, DeedKind], ...]) -> Iterator[Deed]:
    """Clauses of one kind that follow on each other are one quotation, as far as one holds them."""
    text, begun = heard.turn.text, list[tuple[Clause, DeedKind]]()
    for clause, kind in marked:
        if begun and not _goes_on(text, begun, clause, kind):
            yield _deed(heard, begun)
            begun = []
        begun.append((clause, kind))
    if begun:
        yield _deed(heard, begun)


def _goes_on(text: str, begun: list[tuple[Clause, DeedKind]], clause: Clause, kind: DeedKind) -> bool:
    first, last = begun[0][0], begun[-1][0]
    between = text[last.span.end : clause.span.start].strip()
    return begun[-1][1] is kind and len(between) <= _GAP and clause.span.end - first.span.start <= MOST_SAID


_GAP = 40  # Characters: "and, um, as I said," between two things done.


def _deed(heard: Heard, begun: list[tuple[Clause, DeedKind]]) -> Deed:
    text, start, end = heard.turn.text, begun[0][0].span.start, begun[-1][0].span.end
    start += len(text[start:end]) - len(LEADS.sub("", text[start:end]))
    words = text[start:end].rstrip(" ,;:-–—\n")
    for join in TRAILS.finditer(words):
        words = words[: join.start()]
    return Deed(begun[0][1], Quote(heard.turn.n, words), Span(start, start + len(words)))
