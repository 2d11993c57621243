"""Advise: a turn and its reading become the state of the steps and at most one card."""

from typing import NamedTuple

from levelhead.advising.candidates import Candidate, because, candidates_in
from levelhead.advising.choice import as_was_seen, held_back, quiet_before_choosing, quiet_reason
from levelhead.advising.closing import REPLACED, fate_of
from levelhead.advising.overlay import is_held_out
from levelhead.advising.pack import Pack, Way
from levelhead.advising.phrasing import wording_for
from levelhead.advising.situation import Situation, situation_after
from levelhead.advising.steps import steps_after
from levelhead.conversation import Advice, Card, Reading, Timeline, Turn


def advise(turn: Turn, reading: Reading, so_far: Timeline, pack: Pack) -> Advice:
    """The advice after `turn`, the same for the same arguments. `so_far` ends before `turn`, in order of n."""
    steps = steps_after(turn, reading, so_far, pack.thresholds)
    situation = situation_after(turn, reading, so_far, steps, pack)
    before = so_far[-1].advice.showing if so_far else None
    closed = fate_of(before, situation, pack) if before is not None else None
    showing = before if closed is None else None
    chosen = _chosen(situation, showing, pack)
    if chosen.card is not None and showing is not None:
        closed = REPLACED
    return Advice(
        steps=steps,
        card=chosen.card,
        showing=chosen.card or showing,
        closed=closed,
        quiet_because=chosen.quiet,
        pack=pack.label,
        held_out=chosen.held_out,
    )


class _Chosen(NamedTuple):
    card: Card | None = None
    held_out: Card | None = None
    quiet: str | None = None


def _chosen(situation: Situation, showing: Card | None, pack: Pack) -> _Chosen:
    silence = quiet_before_choosing(situation, pack)
    if silence is not None:
        return _Chosen(quiet=silence.because)
    held, seen = None, as_was_seen(situation)
    for candidate in candidates_in(situation, pack):
        waits = held_back(candidate, showing, situation, pack)
        card = _card(candidate, situation, pack) if waits is None else None
        if card is not None and is_held_out(card, candidate.rule, pack):
            # What follows is as if it had been shown, except that nobody has seen it or is told of it.
            return _Chosen(held_out=card, quiet=quiet_reason(seen, showing, pack).because)
        if card is not None:
            return _Chosen(card)
        held = held or (waits and held_back(candidate, showing, seen, pack))
    return _Chosen(quiet=(held or quiet_reason(seen, showing, pack)).because)


def _card(candidate: Candidate, situation: Situation, pack: Pack) -> Card | None:
    rule, turn = candidate.rule, situation.turn
    wording = wording_for(rule, situation, pack)
    if wording is None:
        return None
    return Card(
        id=f"{turn.conversation}:{turn.n}",
        kind=rule.kind,
        title=wording.title,
        say=wording.say,
        because=because(rule, situation, pack),
        rule=rule.name,
        phrase=wording.phrase,
        aim=rule.aim,
        safety=rule.way is Way.SAFETY,
    )
