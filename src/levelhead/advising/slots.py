"""Slots: what a phrase may be filled with, each behind a guard; in doubt there is no filling, and another phrase."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from levelhead.advising.candidates import because
from levelhead.advising.pack import Pack, Rule, Slot
from levelhead.advising.situation import Situation
from levelhead.conversation import Abuse, FactKind, Speaker, Turn

_NAME_PART = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:['’-][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*")
_FULL_NAME_PARTS = 2
_QUOTABLE_WORDS = range(2, 6)
_STARTS_A_NOUN_PHRASE = re.compile(
    r"(?:an?|the|my|our|th(?:is|at|ese|ose)|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|no)\b"
)
# With one of these inside, the words are a clause or address somebody: they don't stand in quotes as a thing.
_NO_NOUN_PHRASE = re.compile(
    r"\b(?:i|you|your|we|they|he|she|it|is|are|was|were|be|been|am|have|has|had|do|does|did|can|could|will|would|not|never"
    r"|and|but|or|because|if|so|what|who|when|why|how|get|got|go|going|want|need|said|told|keeps?|please|just)\b"
    r"|n't\b|n’t\b|['’](?:s|re|ve|ll|m|d)\b"
)
_OWN = re.compile(r"\b(my|our)\s+(?:own\s+)?(?=\w)", re.IGNORECASE)


def fillings(situation: Situation, rule: Rule, pack: Pack) -> Mapping[Slot, str]:
    """What is safe to fill in at this moment; a slot that is missing here must not be used."""
    found = {
        Slot.NAME: _name(situation, pack),
        Slot.THING: _thing(situation, pack),
        Slot.WORDS: _words(situation, rule, pack),
        Slot.FACT: _fact(situation),
        Slot.DUE: _due(situation),
        Slot.HELPLINE: pack.helplines.get(situation.turn.locale, ""),
        Slot.EMERGENCY: pack.emergency.get(situation.turn.locale, ""),
    }
    return MappingProxyType({slot: text for slot, text in found.items() if text})


def _turns(situation: Situation) -> tuple[Turn, ...]:
    return (*(heard.turn for heard in situation.so_far), situation.turn)


def _name(situation: Situation, pack: Pack) -> str:
    """The name as the customer gave it, never a guess: their title and surname, or a first name used here."""
    given = (situation.turn.customer or "").strip()
    parts = given.split()
    if not parts or not all(_NAME_PART.fullmatch(part) or part.rstrip(".") in _titles(pack) for part in parts):
        return ""
    if parts[0].rstrip(".") in _titles(pack):
        return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else ""
    if len(parts) > _FULL_NAME_PARTS:
        return ""
    # The first name alone has been used by either side, so it is neither over-familiar nor the surname.
    alone = re.compile(rf"\b{re.escape(parts[0])}\b(?!\s+{re.escape(parts[-1])}\b)", re.IGNORECASE)
    signed = len(parts) == 1
    return parts[0] if signed or any(alone.search(turn.text) for turn in _turns(situation)) else ""


def _titles(pack: Pack) -> tuple[str, ...]:
    return pack.listening.titles_of_address


def _thing(situation: Situation, pack: Pack) -> str:
    """What the customer calls theirs ("my refund" is "your refund"), the one they last spoke of."""
    for turn in reversed(_turns(situation)):
        if turn.speaker is not Speaker.CUSTOMER:
            continue
        for own in reversed(tuple(_OWN.finditer(turn.text))):
            thing = pack.listening.things.match(turn.text, own.end())
            if thing is not None:
                return f"your {thing[0].lower()}"
    return ""


def _words(situation: Situation, rule: Rule, pack: Pack) -> str:
    """The customer's own words, when they are a short noun phrase that can stand in quotes."""
    turns = {turn.n: turn for turn in _turns(situation)}
    for reason in because(rule, situation, pack):
        said = turns[reason.turn]
        words = reason.words.strip(" .,;:!?…\"'").lower()
        if said.speaker is Speaker.CUSTOMER and _quotable(words, pack) and not _abused(situation, reason.turn):
            return words
    return ""


def _quotable(text: str, pack: Pack) -> bool:
    if len(text.split()) not in _QUOTABLE_WORDS or not _STARTS_A_NOUN_PHRASE.match(text):
        return False
    if re.search(r"[^\w\s'’-]", text) or pack.listening.unspeakable.search(text):
        return False
    return not _NO_NOUN_PHRASE.search(text)


def _abused(situation: Situation, n: int) -> bool:
    readings = [heard.reading for heard in situation.so_far if heard.turn.n == n]
    if situation.turn.n == n:
        readings.append(situation.reading)
    return any(reading.of_customer is not None and reading.of_customer.abuse is not Abuse.NONE for reading in readings)


def _fact(situation: Situation) -> str:
    """The order or reference the customer gave last, as they wrote it."""
    readings = (situation.reading, *(heard.reading for heard in reversed(situation.so_far)))
    for reading in readings:
        if reading.of_customer is None:
            continue
        for fact in reversed(reading.facts):
            if fact.kind in (FactKind.ORDER_NUMBER, FactKind.REFERENCE) and " " not in fact.value:
                return fact.value
    return ""


def _due(situation: Situation) -> str:
    """When the latest promise of the agent's side was due, in the words it was made with."""
    for heard in reversed(situation.so_far):
        for promise in reversed(heard.reading.promises if heard.reading.of_agent is not None else ()):
            if promise.due is not None and promise.due_text:
                return promise.due_text.strip().rstrip(".")
    return ""
