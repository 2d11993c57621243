"""A draft in lines: quotations in the words of the pack, each with the turns that it comes from."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final

from levelhead.casework.note import Drafted, Mood
from levelhead.casework.note_pack import FACTS_NAMED, NotePack
from levelhead.casework.note_pledges import Pledge
from levelhead.casework.noted import NoteLine, Part
from levelhead.casework.promise import PromiseState
from levelhead.casework.quoting import Quote
from levelhead.casework.retold import Passage
from levelhead.conversation.dates import written


def lines_of(note: Drafted, pack: NotePack, zone: tzinfo | None = None) -> tuple[NoteLine, ...]:
    """The lines of a draft, in the order of their parts; times as the clock of `zone` shows them."""
    return (
        *_by(note.by, pack),
        *_outcome(note, pack),
        *_promised(note.promises, pack, zone),
        *_said(note.passages, pack),
        *_facts(note, pack),
        *_named(note, pack),
        *_course(note.course, pack),
    )


def _by(names: tuple[Quote, ...], pack: NotePack) -> Iterator[NoteLine]:
    if names:
        said = "; ".join(pack.say("quote", words=plain(name.words)) for name in names)
        yield NoteLine(str(Part.BY), Part.BY, said, tuple(name.n for name in names))


def _named(note: Drafted, pack: NotePack) -> Iterator[NoteLine]:
    """What is named and not quoted."""
    for kind, turns in (("threat", note.threats), ("lewd", note.lewd)):
        for n in turns:
            yield NoteLine(f"{Part.NAMED}:{n}:{kind}", Part.NAMED, pack.say(kind, turn=str(n)), (n,))


def _said(passages: tuple[Passage, ...], pack: NotePack) -> Iterator[NoteLine]:
    """What was said in a turn, in one line or in as many as are read at ease; their keys name the turn, so that they
    stay while turns come.
    """
    for one in passages:
        part = Part.THEIRS if one.theirs else Part.OURS
        quoted = [pack.say("quote", words=plain(quote.words)) for quote in one.quotes]
        for place, words in enumerate(_in_lines(quoted)):
            yield NoteLine(f"{part}:{one.n}:{place}", part, words, (one.n,))


def _in_lines(quoted: list[str]) -> Iterator[str]:
    line = ""
    for words in quoted:
        if line and len(line) + len(words) > _LINE:
            yield line
            line = ""
        line = f"{line} … {words}" if line else words
    yield line


_LINE = 440  # Characters.


def _facts(note: Drafted, pack: NotePack) -> Iterator[NoteLine]:
    named = [
        f"{pack.facts[kind]} {', '.join(values)}"
        for kind in FACTS_NAMED
        if (values := [fact.value for fact in note.facts if fact.kind is kind])
    ]
    if named:
        yield NoteLine(str(Part.FACTS), Part.FACTS, "; ".join(named))


def _promised(pledges: tuple[Pledge, ...], pack: NotePack, zone: tzinfo | None) -> Iterator[NoteLine]:
    """What a person took as a promise, with its time; then what was only heard as one, as it was said and no more.

    A line keeps its key when somebody confirms what was heard.
    """
    heard = list[NoteLine]()
    for place, n, words, those in _in_words(pledges):
        key, turns = f"{Part.PROMISED}:{n}:{place}", () if n is None else (n,)
        if taken := [one for one in those if one.confirmed]:
            yield NoteLine(key, Part.PROMISED, _pledge(words, taken, pack, zone), turns)
        else:
            heard.append(NoteLine(key, Part.AHEAD, pack.say("quote", words=plain(words)), turns))
    yield from heard


def _in_words(pledges: Sequence[Pledge]) -> Iterator[tuple[int, int | None, str, list[Pledge]]]:
    """Once for everything that was promised in the same words: which of its turn, the turn, the words, the promises."""
    said: dict[tuple[int | None, str], list[Pledge]] = {}
    for pledge in sorted(pledges, key=lambda one: -len(_words(one))):
        within = next((key for key in said if key[0] == pledge.n and _words(pledge) in key[1]), None)
        said.setdefault(within or (pledge.n, _words(pledge)), []).append(pledge)
    order = [(pledge.n, _words(pledge)) for pledge in pledges]
    seen: dict[int | None, int] = {}
    for n, words in dict.fromkeys(one for one in order if one in said):
        place = seen.get(n, 0)
        seen[n] = place + 1
        yield place, n, words, said[n, words]


def _words(pledge: Pledge) -> str:
    return pledge.words.words if pledge.words else pledge.action


def _pledge(words: str, those: list[Pledge], pack: NotePack, zone: tzinfo | None) -> str:
    quoted, dues = pack.say("quote", words=plain(words)), {pledge.due for pledge in those}
    if all(pledge.state == PromiseState.KEPT for pledge in those):
        return pack.say("kept", words=quoted)
    due = next(iter(dues))
    if due is None or len(dues) > 1:
        # No time, or several: they are in the words themselves.
        return quoted
    late = any(pledge.state in _MISSED for pledge in those)
    return pack.say("broken" if late else "due", words=quoted, due=_time(due, pack, zone, clock=those[0].clock))


_MISSED: Final = frozenset({PromiseState.BROKEN, PromiseState.LATE})


def _time(moment: datetime, pack: NotePack, zone: tzinfo | None, *, clock: bool) -> str:
    return written(moment.astimezone(zone) if zone else moment, pack.time if clock else pack.day, pack.locale)


def _outcome(note: Drafted, pack: NotePack) -> Iterator[NoteLine]:
    if note.outcome_words is not None and note.outcome in pack.outcomes:
        quoted = pack.say("quote", words=plain(note.outcome_words.words))
        yield NoteLine(
            str(Part.OUTCOME), Part.OUTCOME, f"{pack.outcomes[note.outcome]} {quoted}", (note.outcome_words.n,)
        )


def _course(course: tuple[Mood, ...], pack: NotePack) -> Iterator[NoteLine]:
    """How it went from first to last, in words."""
    if course:
        first, last = pack.feelings[course[0].emotion], pack.feelings[course[-1].emotion]
        words = pack.say("course", first=first, last=last)
        yield NoteLine(str(Part.COURSE), Part.COURSE, words[:1].upper() + words[1:], tuple(mood.n for mood in course))


def plain(words: str) -> str:
    """The words on one line."""
    return " ".join(words.split())
