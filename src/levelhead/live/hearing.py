"""What is made of one turn: from the turn and what came before it alone, so it is the same live and in replay."""

from levelhead.advising.advise import advise
from levelhead.advising.pack import Pack
from levelhead.conversation import Advice, Card, Heard, Reading, Step, StepState, Timeline, Turn
from levelhead.listening.listen import listen
from levelhead.listening.reader import Reader
from levelhead.privacy.expiry import EXPIRED

LATE = "This turn came late: a later one had been heard before it."
OFF = "Levelhead is switched off for this team, so turns are kept as they were said."
NOT_AGREED = "The customer has not agreed to this conversation being read, so nothing is read."
NO_MODEL = "The reading model is missing, so turns are kept but not read."


def make_of(turn: Turn, timeline: Timeline, *, reader: Reader | None, pack: Pack) -> Heard:
    """What a redacted turn shows and what there is to say after it.

    `timeline` is every other turn kept so far, in order of `n`. A late turn, one with a number below the highest kept,
    is read against the turns before it, raises no card and leaves the card in front of the agent as it is; the
    readings of the turns after it stay as they were given.
    """
    so_far = tuple(heard for heard in timeline if heard.turn.n < turn.n)
    reading = listen(turn, so_far, reader=reader)
    if reader is None:
        return Heard(turn, reading, _unread(timeline, pack))
    advice = advise(turn, reading, so_far, pack)
    if len(so_far) < len(timeline):
        silent = Advice(advice.steps, showing=_standing(timeline), quiet_because=LATE, pack=advice.pack)
        return Heard(turn, reading, silent)
    return Heard(turn, reading, advice)


def set_down(turn: Turn, because: str = OFF) -> Heard:
    """A redacted turn that is not to be read: its words, and nothing made of them."""
    return Heard(turn, Reading(language="", readable=False), Advice(steps={}, quiet_because=because))


def was_set_down(heard: Heard) -> bool:
    """Whether nothing was made of this turn on purpose."""
    return heard.advice.quiet_because in (OFF, NOT_AGREED, EXPIRED)


def _unread(timeline: Timeline, pack: Pack) -> Advice:
    steps = timeline[-1].advice.steps if timeline else dict.fromkeys(Step, StepState.IDLE)
    return Advice(steps, showing=_standing(timeline), quiet_because=NO_MODEL, pack=pack.label)


def _standing(timeline: Timeline) -> Card | None:
    return timeline[-1].advice.showing if timeline else None
