"""Advise: a turn and its reading become the state of the steps and at most one card."""

from levelhead.advising.candidates import Candidate, because, candidates_in
from levelhead.advising.choice import Quiet, held_back, quiet_before_choosing, quiet_reason
from levelhead.advising.closing import REPLACED, fate_of
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
    card, quiet = _card_or_quiet(situation, showing, pack)
    if card is not None and showing is not None:
        closed = REPLACED
    return Advice(
        steps=steps,
        card=card,
        showing=card or showing,
        closed=closed,
        quiet_because=quiet,
        pack=pack.label,
    )


def _card_or_quiet(situation: Situation, showing: Card | None, pack: Pack) -> tuple[Card | None, str | None]:
    silence = quiet_before_choosing(situation, pack)
    if silence is not None:
        return None, silence.because
    held: Quiet | None = None
    for candidate in candidates_in(situation, pack):
        waits = held_back(candidate, showing, situation, pack)
        card = _card(candidate, situation, pack) if waits is None else None
        if card is not None:
            return card, None
        held = held or waits
    return None, (held or quiet_reason(situation, showing, pack)).because


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
