"""Which words speak of which promise: said again, given more time, or as if it were kept. Pure, and never the last
word: more time makes a new promise that a person can take back, and what sounds like keeping is only proposed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from levelhead.casework.item import Item
from levelhead.casework.promise import Promised
from levelhead.conversation import Cue, Heard, Move, Promise, Speaker


class Meets(StrEnum):
    """How a promise that is heard stands to one that is open."""

    SAYS_AGAIN = "says_again"
    GIVES_TIME = "gives_time"
    RESTARTS = "restarts"


@dataclass(frozen=True, slots=True)
class Met:
    """The open promise that a new one is about, and what it does to it."""

    item: Item[Promised]
    how: Meets


def met(promise: Promise, text: str, standing: Iterable[Item[Promised]]) -> Met | None:
    """What a promise heard in these words does to those that are open in its conversation; None where it is a new one.

    "I need until Friday" is about the one that is open where there is only one, whatever words it takes.
    """
    those = tuple(standing)
    same = [item for item in those if same_thing(item.body.action, promise.action)]
    if not same and asks_for_more_time(text) and len(those) == 1:
        same = list(those)
    if not same:
        return None
    item = same[-1]
    if promise.due is None or (promise.due == item.due_at and not item.body.needs_time):
        return Met(item, Meets.SAYS_AGAIN)
    return Met(item, Meets.GIVES_TIME if item.body.needs_time else Meets.RESTARTS)


def asks_for_more_time(text: str) -> bool:
    """Whether the words put something off: "I need until Friday", "it's taking longer"."""
    return _MORE_TIME.search(text) is not None


_MORE_TIME = re.compile(
    r"\b(?:need|needs|have to have|give (?:me|us)|want)\b[^.?!]{0,25}\b(?:until|till|more time|longer|another)\b"
    r"|\btak(?:e|es|ing)\b[^.?!]{0,25}\blonger\b|\bmore time\b|\bstill (?:working|looking|waiting|checking|chasing)\b"
    r"|\brunning (?:late|behind)\b|\b(?:push|move|put)\b[^.?!]{0,15}\b(?:back|off)\b|\bdelay(?:ed)?\b"
    r"|\b(?:won't|will not|can't|cannot)\b[^.?!]{0,40}\b(?:today|by|in time|before)\b|\binstead of\b|\brather than\b",
    re.IGNORECASE,
)


def same_thing(one: str, other: str) -> bool:
    """Whether two phrases speak of the same thing to do: most of the content words of the shorter are in the longer."""
    first, second = about(one), about(other)
    return bool(first and second) and len(first & second) > min(len(first), len(second)) / 2


def about(words: str) -> frozenset[str]:
    """The content words, each in one form: "I'll ring you back" and "thanks for calling" are both about a call."""
    return frozenset(_stem(word) for word in _WORD.findall(words.lower()) if word not in _SMALL)


_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[0-9]{3,}")
_SMALL: Final = frozenset(
    re.findall(
        r"\S+",
        """
    a about after again all also am an and any are as at back be been before but by can come could day did do does
    doing done down for from get give go going got had has have having he her here him his how i i'd i'll i'm i've if
    in is it it's its itself just keep let look make me more morning my myself need no not now of off ok on one or our
    out over please right she so some soon sort still straight sure take thank thanks that that's the their them then
    there these they they've this those time to today tomorrow tonight too until up us very want was way we we'll
    we've week well were what when which while who will with within would yes yet you you'll your you're yourself
    issue issued process processed processing raise raised release released releasing arrive arrived through
    afternoon evening hour hours minute minutes monday tuesday wednesday thursday friday saturday sunday
    """,
    )
)
_SAME: Final = {
    **dict.fromkeys(
        ("ring", "rang", "rung", "phone", "telephone", "bell", "touch", "contact", "hear", "heard"), "call"
    ),
    **dict.fromkeys(("sent", "post", "dispatch", "ship"), "send"),
    **dict.fromkeys(("mail", "e-mail", "write", "wrote", "written"), "email"),
    **dict.fromkeys(("money", "credit", "reimburse", "paid", "pay", "payment"), "refund"),
    **dict.fromkeys(("arrange", "booking", "appointment"), "book"),
    **dict.fromkeys(("technician", "repairman", "fitter"), "engineer"),
    **dict.fromkeys(("exchange", "swap"), "replace"),
    "replacement": "replace",
    "found": "find",
    "told": "tell",
    "spoke": "speak",
    "spoken": "speak",
}
_ENDINGS = ("'s", "’s", "ing", "ed", "es", "s", "e")


def _stem(word: str) -> str:
    for known in (word, *_endless(word)):
        if known in _SAME:
            return _SAME[known]
    return min(_endless(word), key=len, default=word)


def _endless(word: str) -> tuple[str, ...]:
    """The word without an ending that it may have; never shorter than three letters."""
    bare = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    found = tuple(one for one in bare if len(one) >= _SHORTEST)
    return found + tuple(
        one[:-1] for one in found if one[-1] == one[-2] and one[-1] in _DOUBLED and len(one) > _SHORTEST
    )


_SHORTEST = 3
_DOUBLED = "bdgmnprt"  # "Shipping" comes from "ship", and "calling" from "call".


def sign_of_keeping(heard: Heard, promise: Item[Promised]) -> str | None:
    """The words of a later turn that sound as if this promise were kept: an agent says it is done, or the customer
    that it has come; None where none do. It proves nothing: a person decides.
    """
    speaks = _of_customer if heard.turn.speaker is Speaker.CUSTOMER else _of_agent
    return next((said for said in speaks(heard) if same_thing(promise.body.action, said)), None)


def may_be_sign(heard: Heard) -> bool:
    """Whether any of these words could be a sign of keeping: without looking at any promise."""
    speaks = _of_customer if heard.turn.speaker is Speaker.CUSTOMER else _of_agent
    return any(True for _ in speaks(heard))


def _of_agent(heard: Heard) -> Iterator[str]:
    deed = heard.reading.words_of(Move.ACT, heard.turn.text)
    for said in _sentences(heard.turn.text):
        if not _TO_COME.search(said) and (_DONE.search(said) or (deed and deed in said and _PAST.search(said))):
            yield said


def _of_customer(heard: Heard) -> Iterator[str]:
    if heard.reading.shows(Cue.SARCASM) or heard.reading.shows(Cue.STILL_UNRESOLVED):
        return
    for said in _sentences(heard.turn.text):
        if _CAME.search(said) and not _DENIED.search(said):
            yield said


_TO_COME = re.compile(r"\b(?:i|we|he|she|they|it|you)(?:'ll|’ll| will)\b|\bgoing to\b|\?$", re.IGNORECASE)
_PAST = re.compile(r"\b(?:have|has|had|'ve|’ve|did|done|sent|was|were|just|now)\b|\w{2,}ed\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:i|we)(?:'ve|’ve| have)(?: just| now| already| also)?\s+\w+|\b(?:has|have) (?:now |just |already )?been\b"
    r"|\b(?:is|are|that's|it's) (?:now |all )?(?:done|sorted|sent|booked|arranged|on (?:its|the) way)\b|\bas promised\b"
    r"|\b(?:i|we) (?:just |have )?(?:sent|called|rang|phoned|emailed|refunded|booked|posted|spoke|released|raised)\b"
    r"|\b(?:calling|ringing|phoning|writing)\b[^.?!]{0,20}\b(?:back|about|as|with|to let)\b",
    re.IGNORECASE,
)
_CAME = re.compile(
    r"\bthank|\barrived\b|\bcame\b|\breceived\b|\bgot\b|\bhas come\b|\bhere now\b"
    r"|\bis (?:here|in my|there|back|working)\b"
    r"|\b(?:you|they|he|she|someone|somebody|your \w+|the \w+) (?:did |has |have |just )*"
    r"(?:called|rang|phoned|sent|emailed|refunded|rung|turned up|fixed|replaced)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"n't\b|n’t\b|\b(?:not|never|no one|nobody|nothing|still|without|no|until|if|when|once|should)\b", re.IGNORECASE
)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(said for match in _SENTENCE.finditer(text) if (said := match.group().strip()))


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]+)*[.!?]*")


def as_a_task(action: str, who: str) -> str:
    """What is to be done, said to a colleague: "call you back" becomes "Call Mr Doyle back".

    What is no order to begin with ("it will be with you", "you'll have a call") is quoted as it was said.
    """
    said = " ".join(action.split())
    if _WHOLE.match(said):
        return f"“{said}”"
    named = False

    def other(match: re.Match[str]) -> str:
        nonlocal named
        word = match.group().lower()
        if word == "you" and not named:
            named = True
            return who
        return _OTHERS[word]

    task = _YOU.sub(other, said)
    return task[:1].upper() + task[1:]


_OTHERS = {"you": "them", "your": "their", "yours": "theirs", "yourself": "themselves"}
_WHOLE = re.compile(
    r"(?:i|we|you|he|she|it|they|there|that|this|these|those|the|an?|my|our|your|his|her|its|their|some(?:one|body)"
    r"|every(?:one|thing|body)|no(?:body|thing)|who|what|all|\d\S*)(?:['’]\w+)?\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b(?!['’])", re.IGNORECASE)


def by_then(item: Item[Promised], now: datetime) -> bool:
    """Whether a promise that is kept now, or was at `kept_at`, was kept in its time."""
    return item.due_at is None or (item.body.kept_at or now) <= item.due_at
