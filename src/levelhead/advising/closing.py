"""Closing: a card in front of the agent leaves by itself when its aim is done or its moment has passed."""

from levelhead.advising import history
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.history import Line
from levelhead.advising.pack import Pack, Way
from levelhead.advising.situation import Situation
from levelhead.conversation import Card, CardKind, Cue, Fault, Move

DONE = "done"
MOMENT_PASSED = "moment_passed"
REPLACED = "replaced"

# What these ask for is about a feeling: once the customer is calm, saying it would open the matter again.
_OF_A_FEELING = frozenset(
    {CardKind.ACKNOWLEDGE, CardKind.APOLOGISE, CardKind.REFLECT, CardKind.REPAIR, CardKind.REPHRASE, CardKind.ASK}
)
_AFTER_THE_END = frozenset({CardKind.CLOSE, CardKind.SUPPORT})


def fate_of(card: Card, situation: Situation, pack: Pack) -> str | None:
    """Why the card leaves after this turn, None while it stays."""
    reading = situation.reading
    if card.safety and card.kind is CardKind.SUPPORT:
        if _looked_after(card, Line(situation.turn, reading), situation, pack):
            return DONE
        if _still_needed(card, situation, pack):
            # It stays until somebody asked or helped: the moment for that does not pass.
            return None
    return _fate_by_turn(card, situation, pack)


def _fate_by_turn(card: Card, situation: Situation, pack: Pack) -> str | None:
    reading = situation.reading
    if reading.of_agent is not None:
        spoilt = _spoilt(card, Line(situation.turn, reading), pack)
        if not spoilt and (any(reading.shows(move) for move in card.aim) or _drew_the_line(card, situation, pack)):
            return DONE
        return MOMENT_PASSED if _waited(card, situation) >= _patience(card, situation, pack) else None
    if reading.of_customer is None:
        return None
    if reading.shows(Cue.CONFIRMS_RESOLVED) and card.kind not in _AFTER_THE_END:
        return DONE if card.kind is CardKind.CHECK else MOMENT_PASSED
    return MOMENT_PASSED if card.kind in _OF_A_FEELING and Circumstance.CALM in situation.holds else None


def _still_needed(card: Card, situation: Situation, pack: Pack) -> bool:
    rule = pack.rule(card.rule)
    if rule is None or Circumstance.SELF_HARM_KNOWN in situation.holds:
        return True
    return all(name in situation.holds for name in rule.when)


def _looked_after(card: Card, line: Line, situation: Situation, pack: Pack) -> bool:
    """Whether somebody asked or helped; after words about dying only a plain question or a way to support does."""
    if Circumstance.SELF_HARM_KNOWN in situation.holds:
        return history.meets_self_harm(line, pack)
    settled = line.reading.shows(Cue.CONFIRMS_RESOLVED) or any(line.reading.shows(move) for move in card.aim)
    return settled or history.asks_after(line, pack)


def _spoilt(card: Card, line: Line, pack: Pack) -> bool:
    """Whether this agent turn undoes what its moves look like: a hurt acknowledges nothing, jargon is no plain word."""
    if card.kind is CardKind.REPHRASE and line.reading.shows(Fault.JARGON):
        return True
    return card.kind in _OF_A_FEELING and history.harmful(line, pack)


def _drew_the_line(card: Card, situation: Situation, pack: Pack) -> bool:
    said = Move.SET_BOUNDARY in card.aim and pack.listening.boundary_set.search(situation.turn.text)
    return bool(said)


def _waited(card: Card, situation: Situation) -> int:
    """Agent turns since the card was raised, this one with them."""
    raised = int(card.id.rpartition(":")[2])
    earlier = sum(1 for heard in situation.so_far if heard.turn.n > raised and heard.reading.of_agent is not None)
    return earlier + 1


def _patience(card: Card, situation: Situation, pack: Pack) -> int:
    rule = pack.rule(card.rule)
    if situation.written and (rule is None or rule.way is not Way.SAFETY):
        return pack.limits.patience_written
    return pack.limits.patience_turns
