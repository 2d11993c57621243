"""Phrasing: which of the pack's sentences a card speaks; never the same one twice in a conversation."""

import hashlib
from dataclasses import dataclass

from levelhead.advising.pack import Pack, Phrase, Rule, Slot
from levelhead.advising.situation import Situation
from levelhead.advising.slots import fillings
from levelhead.conversation import Speaker, Timeline, Turn


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase with its slots filled."""

    phrase: str
    title: str
    say: str


def wording_for(rule: Rule, situation: Situation, pack: Pack) -> Wording | None:
    """The sentence for this moment, the same whenever it is asked for; None when every fitting one has been used."""
    used = {heard.advice.card.phrase for heard in situation.so_far if heard.advice.card is not None}
    filled = fillings(situation, rule, pack)
    cause = cause_of(situation.so_far, situation.turn, pack)
    fitting = [
        phrase
        for phrase in pack.phrases
        if phrase.kind is rule.kind
        and rule.name in phrase.rules
        and phrase.name not in used
        and _fits(phrase, situation, cause)
        and all(slot in filled for slot in phrase.slots)
    ]
    if not fitting:
        return None
    closest = max(map(_closeness, fitting))
    # One step less close still fits the moment, and keeps the variety.
    # But never a sentence for anybody beside one for this moment.
    near = [phrase for phrase in fitting if _closeness(phrase) >= max(closest - 1, min(closest, 1))]
    phrase = near[_draw(situation.turn.conversation, situation.turn.n) % len(near)]
    words = {str(slot): filled[slot] for slot in phrase.slots}
    return Wording(phrase.name, _capital(phrase.title.format(**words)), _capital(phrase.say.format(**words)))


def cause_of(so_far: Timeline, turn: Turn, pack: Pack) -> str | None:
    """What the customer's words say this is about; None when nothing stands out."""
    said = [heard.turn.text for heard in so_far if heard.turn.speaker is Speaker.CUSTOMER]
    if turn.speaker is Speaker.CUSTOMER:
        said.append(turn.text)
    text = "\n".join(said)
    counts = {cause: len(pattern.findall(text)) for cause, pattern in pack.listening.causes.items()}
    best = max(counts.values(), default=0)
    leaders = [cause for cause, count in counts.items() if count == best]
    return leaders[0] if best and len(leaders) == 1 else None


def _fits(phrase: Phrase, situation: Situation, cause: str | None) -> bool:
    if phrase.causes and cause not in phrase.causes:
        return False
    if phrase.emotions and situation.emotion not in phrase.emotions:
        return False
    if any(name in situation.holds for name in phrase.unless):
        return False
    if not all(name in situation.holds for name in phrase.needs):
        return False
    return not phrase.channels or situation.turn.channel in phrase.channels


def _closeness(phrase: Phrase) -> int:
    # Where a helpline is known it is given: no variety is worth leaving it out.
    helpline = 3 if Slot.HELPLINE in phrase.slots else 0
    slots = sum(1 for slot in phrase.slots if slot in {Slot.THING, Slot.WORDS, Slot.FACT, Slot.DUE})
    return (
        bool(phrase.causes) + bool(phrase.emotions) + bool(phrase.channels) + 3 * bool(phrase.needs) + slots + helpline
    )


def _draw(conversation: str, n: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{conversation}:{n}".encode()).digest()[:4], "big")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
