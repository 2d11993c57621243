"""The promises of a note: those of the ledger whose words surely promise, with their time where one was named. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from levelhead.casework.deed_words import HOLDS, PAST, WILL_DO
from levelhead.casework.item import Item
from levelhead.casework.may_promise import comes, is_soon
from levelhead.casework.overtaken import is_overtaken
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.quoting import Quote
from levelhead.casework.retold import trimmed
from levelhead.casework.sentences import parts_of
from levelhead.conversation import DueKind, Heard, Move, Promise, Speaker, Timeline
from levelhead.listening.calendar import OFFICE_HOURS
from levelhead.listening.due import due_in


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as the note names it; `due` is None where no time was surely given. `words` is how it was said.

    Where no `clock` was named ("by Wednesday"), only its day is. `confirmed` says that a person took it as a promise.
    """

    n: int | None
    action: str
    due: datetime | None
    due_text: str
    state: str
    words: Quote | None = None
    clock: bool = True
    confirmed: bool = True


def pledges(timeline: Timeline, promises: tuple[Item[Promised], ...]) -> Iterator[Pledge]:
    """The promises of the ledger that a note names; the others stand in what was said."""
    ends = [heard.turn.n for heard in timeline if heard.turn.speaker is not Speaker.CUSTOMER][-_LAST:]
    for item in promises:
        if item.state in _GONE:
            continue
        body, heard, promise = item.body, *_heard_in(item, timeline)
        said = _said(heard, promise) if heard is not None and promise is not None else None
        if heard is not None and said is not None and not (body.confirmed or _is_promised(heard, said, body)):
            continue  # It stands in what was said.
        if said is not None and not body.confirmed and is_soon(said.words) and said.n not in ends:
            continue  # "I'll have it in two minutes": that was then.
        if heard is not None and said is not None and not body.confirmed and is_overtaken(item, said, timeline):
            continue  # Done or turned down since: it is no longer open.
        if not body.confirmed and _is_past(item, timeline):
            continue  # What became of it was said where it was told of again.
        sure = promise is None or _is_sure(promise, said)
        due = item.due_at if sure and not body.needs_time else None
        clock = promise is None or _CLOCK.search(promise.due_text) is not None
        yield Pledge(body.n, body.action, due, body.due_text, item.state, said, clock, body.confirmed)


_LAST = 2  # Turns of ours.


def _is_past(item: Item[Promised], timeline: Timeline) -> bool:
    """Whether its time came while they were still talking, so that it is not ahead of anybody."""
    end = timeline[-1].turn.said_at
    return item.due_at is not None and not item.body.needs_time and end is not None and item.due_at < end


def _is_promised(heard: Heard, said: Quote, body: Promised) -> bool:
    """Whether the words promise: no look that is taken now, nothing to choose from, no report of what was."""
    shown = heard.reading.of_agent
    if shown is not None and all(shown.moves.get(move, 0.0) < least for move, least in _PROMISES):
        return False
    if _GENERAL.search(said.words) or _is_taken_back(heard, said):
        return False
    if _is_choice(heard, said) or (HOLDS.search(said.words) is not None and not body.due_text):
        return False
    return comes(said.words) or not PAST.search(said.words)


def _is_taken_back(heard: Heard, said: Quote) -> bool:
    """Whether its next words are that it can't be promised."""
    after = heard.turn.text.partition(said.words.removesuffix(" …"))[2]
    return _NO_PROMISE.match(after) is not None


_NO_PROMISE = re.compile(
    r"\W*(?:but |and |though |only )*(?:i|we) (?:can(?:'t|’t|not)|won't|won’t|don't want to|wouldn't) "
    r"(?:swear|promise|guarantee|be sure|say for sure)\b",
    re.IGNORECASE,
)


_GENERAL = re.compile(
    r"\b(?:is|are) (?:currently )?being \w+ed\b|\bas (?:soon|early) as (?:possible|we can)\b|\bin due course\b"
    r"|\bmost (?:of (?:these|those|them)|people|customers|cases)\b"
    r"|\busually\b|\bnormally\b|\bit's by\b|\byou've got (?:\w+ ){1,2}(?:days|weeks|hours)\b",
    re.IGNORECASE,
)
"""What is said of everybody, and promises nothing to one."""


_CLOCK = re.compile(
    r"\d\s?(?:[ap]\.?m\b|[:.]\d\d)"
    r"|\b(?:noon|midday|midnight|o'clock|minutes?|mins?|hours?|hrs?|half|quarter|[ap]m)\b"
    r"|\b(?:at|by|before) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b"
    r"(?! (?:\w+ )?day| (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)


def _is_choice(heard: Heard, said: Quote) -> bool:
    """Whether it was one of several things to choose from."""
    offers = heard.reading.shows(Move.OFFER_CHOICE) or heard.turn.text.rstrip().endswith("?")
    return offers and _CHOOSE.search(said.words) is not None


_CHOOSE = re.compile(
    r"\bif you(?:'d| would) (?:rather|like|prefer)\b|\bor if you\b|\b(?:i|we)(?:'ll| will)\b[^.?!]*\bor\b"
    r"|\bor (?:i|we|you)\b|\b(?:i|we) (?:can|could)\b|\brather\b",
    re.IGNORECASE,
)


_GONE: Final = frozenset({PromiseState.SUPERSEDED, PromiseState.WITHDRAWN})


def _heard_in(item: Item[Promised], timeline: Timeline) -> tuple[Heard | None, Promise | None]:
    """The turn in which it was promised, and the promise as it was read there."""
    heard = next((heard for heard in timeline if heard.turn.n == item.body.n), None)
    place = item.key.rsplit(":", 1)[-1]
    if heard is None or not place.isdigit() or int(place) >= len(heard.reading.promises):
        return heard, None
    return heard, heard.reading.promises[int(place)]


def _is_sure(promise: Promise, said: Quote | None) -> bool:
    """Whether its words name one moment: "between seven and nine" is told in its words alone, "tomorrow's lab" too."""
    if promise.due_kind not in (DueKind.ABSOLUTE, DueKind.RELATIVE):
        return False
    words = promise.due_text.casefold()
    text = said.words.casefold() if said is not None else words
    if len(WILL_DO.findall(text)) > 1:
        return False  # "I'll watch at eight and I'll write to you": of which of the two is it the time?
    before, found, after = text.partition(words)
    words = f"{' '.join(before.split()[-1:])} {words}"
    alone = _DAY.search(words) is not None and (said is None or len(due_in(said.words, None, OFFICE_HOURS)) == 1)
    joined = any(f" {join} " in f" {words} " for join in _BETWEEN) or any(c in words for c in "-–/")
    return bool(found) and alone and not joined and not after.startswith(("'s", "’s"))


_PROMISES: Final = ((Move.PROMISE, 0.12), (Move.SET_EXPECTATION, 0.3))
_DAY = re.compile(
    r"\d|\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)s?|noon"
    r"|midday|midnight|hours?|minutes?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|tmrw?)\b",
    re.IGNORECASE,
)
_BETWEEN = ("between", "to", "or", "and", "from", "till", "until", "ish", "about", "around", "for", "of")


def _said(heard: Heard, promise: Promise) -> Quote:
    """The sentences in which it was promised, with its time; a short one with what was said next to it."""
    text, at = heard.turn.text, promise.span
    every = tuple(parts_of(text))
    those = [place for place, span in enumerate(every) if span.start < at.end and at.start < span.end]
    first, last = (those[0], those[-1]) if those else (0, len(every) - 1)
    while _is_bare(text[every[first].start : every[last].end]) and last - first + 1 < len(every):
        first, last = (first - 1, last) if first else (first, last + 1)
    while last + 1 < len(every) and _HANGS.search(text[: every[last].end]):
        last += 1
    return Quote(heard.turn.n, trimmed(text[every[first].start : every[last].end]))


_HANGS = re.compile(
    r"\b(?:if (?:you|it|they|we|i) \w+(?:n't)?|if|unless|and|or|because|until|so that|that says?|as|either)\s*\Z",
    re.IGNORECASE,
)


def _is_bare(words: str) -> bool:
    """Whether a time stands there almost by itself, which promises nothing."""
    return len(words.split()) < _SOME and not comes(words)


_SOME = 7  # Words.
