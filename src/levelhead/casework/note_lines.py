"""A draft in lines: quotations in the words of the pack, each with the turns that it comes from."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Final

from levelhead.casework.note import Drafted, Mood, Outcome, Pledge
from levelhead.casework.note_pack import FACTS_NAMED, NotePack
from levelhead.casework.noted import NoteLine, Part
from levelhead.casework.promise import PromiseState
from levelhead.casework.quoting import Quote


def lines_of(note: Drafted, pack: NotePack, zone: tzinfo | None = None) -> tuple[NoteLine, ...]:
    """The lines of a draft, in the order of their parts; times as the clock of `zone` shows them."""
    return (
        *_quoted(Part.WANTED, note.wanted, pack),
        *_quoted(Part.ASKED, note.asked, pack),
        *_quoted(Part.MATTERS, note.matters, pack),
        *_facts(note, pack),
        *_quoted(Part.TRIED, note.tried, pack),
        *_quoted(Part.DONE, note.done, pack),
        *_quoted(Part.OFFERED, note.offered, pack),
        *_quoted(Part.REFUSED, note.refused, pack),
        *_promised(note.promises, pack, zone),
        *_quoted(Part.TO_COME, note.to_come, pack),
        *_quoted(Part.OPEN, note.questions, pack),
        *_quoted(Part.REACH, (note.reach,) if note.reach else (), pack),
        *_outcome(note, pack),
        *_course(note.course, pack),
    )


def _quoted(part: Part, quotes: tuple[Quote, ...], pack: NotePack) -> Iterator[NoteLine]:
    """One line a quotation; its key counts those of its turn, so that it stays while turns come."""
    for n, those in groupby(quotes, key=lambda quote: quote.n):
        for place, quote in enumerate(those):
            yield NoteLine(f"{part}:{n}:{place}", part, pack.say("quote", words=plain(quote.words)), (n,))


def _facts(note: Drafted, pack: NotePack) -> Iterator[NoteLine]:
    named = [
        f"{pack.facts[kind]} {', '.join(values)}"
        for kind in FACTS_NAMED
        if (values := [fact.value for fact in note.facts if fact.kind is kind])
    ]
    if named:
        yield NoteLine(str(Part.FACTS), Part.FACTS, "; ".join(named))


def _promised(pledges: tuple[Pledge, ...], pack: NotePack, zone: tzinfo | None) -> Iterator[NoteLine]:
    """One line for everything that was promised in the same words."""
    said: dict[tuple[int | None, str], list[Pledge]] = {}
    for pledge in pledges:
        said.setdefault((pledge.n, pledge.words.words if pledge.words else pledge.action), []).append(pledge)
    seen: dict[int | None, int] = {}
    for (n, words), those in said.items():
        turns, place = () if n is None else (n,), seen.get(n, 0)
        seen[n] = place + 1
        yield NoteLine(f"{Part.PROMISED}:{n}:{place}", Part.PROMISED, _pledge(words, those, pack, zone), turns)


def _pledge(words: str, those: list[Pledge], pack: NotePack, zone: tzinfo | None) -> str:
    dues = sorted({pledge.due for pledge in those if pledge.due})
    quoted, due = pack.say("quote", words=plain(words)), ", ".join(_time(one, pack, zone) for one in dues)
    if all(pledge.state == PromiseState.KEPT for pledge in those):
        return pack.say("kept", words=quoted)
    if not due:
        # A time that no clock could be set by is in the words themselves.
        return quoted if any(pledge.due_text for pledge in those) else pack.say("no_time", words=quoted)
    late = any(pledge.state in _MISSED for pledge in those)
    return pack.say("broken" if late else "due", words=quoted, due=due)


_MISSED: Final = frozenset({PromiseState.BROKEN, PromiseState.LATE})


def _time(moment: datetime, pack: NotePack, zone: tzinfo | None) -> str:
    return moment.astimezone(zone).strftime(pack.time) if zone else moment.strftime(pack.time)


def _outcome(note: Drafted, pack: NotePack) -> Iterator[NoteLine]:
    if note.outcome is Outcome.UNSAID and note.outcome_words is None:
        return
    for_now = note.outcome is Outcome.SOLVED and note.has_open_promises
    said = pack.settled_for_now if for_now else pack.outcomes[note.outcome]
    words, turns = "", tuple[int, ...]()
    if note.outcome_words is not None:
        words, turns = pack.say("quote", words=plain(note.outcome_words.words)), (note.outcome_words.n,)
    yield NoteLine(str(Part.OUTCOME), Part.OUTCOME, f"{said} {words}".strip(), turns)


def _course(course: tuple[Mood, ...], pack: NotePack) -> Iterator[NoteLine]:
    """How it went over time, in words; nothing where they were calm all along."""
    felt = [pack.feelings[mood.emotion] for mood in course]
    turns = tuple(mood.n for mood in course)
    if not felt or all(mood.intensity == 0 for mood in course):
        return
    if len(felt) == 1:
        words = pack.say("throughout", first=felt[0])
    elif len(felt) == _BOTH_ENDS:
        words = pack.say("two", first=felt[0], last=felt[1])
    else:
        words = pack.say("three", first=felt[0], strongest=felt[1], last=felt[2])
    yield NoteLine(str(Part.COURSE), Part.COURSE, words[:1].upper() + words[1:], turns)


_BOTH_ENDS = 2


def plain(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())
