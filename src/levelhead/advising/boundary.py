"""Boundary: which rung of the ladder is due after abuse. The agent decides; the ladder never ends anything."""

from levelhead.advising import history
from levelhead.advising.clear import clear_abuse
from levelhead.advising.history import Line
from levelhead.advising.pack import Pack, Rung
from levelhead.conversation import Abuse, Move, Timeline


def rung_due(abuse: Abuse, before: tuple[Line, ...], so_far: Timeline, pack: Pack) -> Rung | None:
    """The rung due for this abuse: one above what the agent has said so far, never below where its kind starts.

    None where the kind does not climb (none, profanity). A rung that was shown but not spoken is due again.
    """
    start = pack.ladder_starts.get(abuse)
    if start is None:
        return None
    if abuse is Abuse.THREAT and any(clear_abuse(line, pack) is Abuse.THREAT for line in before):
        # Nobody has to hear a third threat: after the second one the agent may stop at once.
        return Rung.ENDING
    spoken = _highest_spoken(before, so_far, pack)
    if spoken is None:
        return start
    return max(start, Rung(min(spoken + 1, Rung.ENDING)))


def _highest_spoken(before: tuple[Line, ...], so_far: Timeline, pack: Pack) -> Rung | None:
    """The highest rung the agent has spoken; a bare boundary counts for the rung that was suggested, else one more."""
    suggested = {heard.turn.n: _rung_of(heard.advice.card.rule, pack) for heard in so_far if heard.advice.card}
    spoken: Rung | None = None
    open_rung: Rung | None = None
    for line in before:
        if line.reading.of_agent is not None:
            spoken = _after_turn(line, spoken, open_rung, pack)
        open_rung = suggested.get(line.turn.n) or open_rung
    return spoken


def _after_turn(line: Line, spoken: Rung | None, open_rung: Rung | None, pack: Pack) -> Rung | None:
    if history.ends(line.reading, pack.thresholds):
        return Rung.ENDING
    final = line.reading.of_agent.moves.get(Move.FINAL_WARNING, 0.0) if line.reading.of_agent else 0.0
    if line.reading.shows(Move.FINAL_WARNING) and final >= pack.thresholds.clear_move:
        return Rung.FINAL_WARNING
    if pack.listening.ending_said.search(line.turn.text):
        # "If it goes on I'll end this" has said the last thing, whatever words stood around it.
        return Rung.FINAL_WARNING
    moved = line.reading.shows(Move.SET_BOUNDARY) or line.reading.shows(Move.FINAL_WARNING)
    if not moved and not pack.listening.boundary_set.search(line.turn.text):
        return spoken
    one_more = Rung.NAMING if spoken is None else Rung(min(spoken + 1, Rung.WARNING))
    return max(spoken or Rung.NAMING, one_more, min(open_rung or Rung.NAMING, Rung.WARNING))


def _rung_of(rule_name: str, pack: Pack) -> Rung | None:
    rule = pack.rule(rule_name)
    for rung, circumstance in zip(Rung, ("naming_due", "warning_due", "final_warning_due", "ending_due"), strict=True):
        if rule is not None and circumstance in rule.when:
            return rung
    return None
