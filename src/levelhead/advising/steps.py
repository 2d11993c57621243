"""Steps: where the six steps of a difficult conversation stand after a turn, by the table in the design."""

from collections.abc import Mapping
from types import MappingProxyType

from levelhead.advising import history
from levelhead.advising.pack import Thresholds
from levelhead.conversation import (
    Channel,
    Cue,
    Emotion,
    Fault,
    Move,
    Reading,
    Step,
    StepState,
    Timeline,
    Turn,
)

Steps = Mapping[Step, StepState]

AT_THE_START: Steps = MappingProxyType(dict.fromkeys(Step, StepState.IDLE))
WRITTEN = frozenset({Channel.EMAIL, Channel.SOCIAL})
NEGATIVE = frozenset({Emotion.ANXIOUS, Emotion.DISAPPOINTED, Emotion.FRUSTRATED, Emotion.ANGRY})
ANGER = frozenset({Emotion.FRUSTRATED, Emotion.ANGRY})

_FILLED_BY: Mapping[Step, frozenset[Move]] = {
    # An answer that uses what was said is listening too.
    Step.LISTEN: frozenset(
        {Move.REFLECT, Move.ASK_OPEN, Move.CONFIRM_DETAILS, Move.OFFER_SOLUTION, Move.OFFER_CHOICE, Move.ACT}
    ),
    Step.ACKNOWLEDGE: frozenset({Move.ACKNOWLEDGE_FEELING, Move.APOLOGISE_SPECIFIC, Move.TAKE_OWNERSHIP}),
    Step.QUESTION: frozenset({Move.ASK_OPEN, Move.ASK_CLOSED}),
    Step.CONFIRM: frozenset({Move.CONFIRM_DETAILS, Move.REFLECT}),
    Step.PROVIDE: frozenset({Move.OFFER_SOLUTION, Move.OFFER_CHOICE, Move.ACT, Move.SET_EXPECTATION}),
    Step.CHECK: frozenset({Move.CHECK_RESOLVED}),
}
_LISTENING_BROKEN_BY = frozenset({Fault.REPEAT_REQUEST, Fault.DISMISSIVE, Fault.SCRIPTED})
_TELLS = (Cue.GIVES_DETAILS, Cue.ASKS_QUESTION, Cue.STILL_UNRESOLVED, Cue.REPEAT_CONTACT, Cue.REJECTS_OFFER)
_ORDER = tuple(Step)


def steps_after(turn: Turn, reading: Reading, so_far: Timeline, thresholds: Thresholds) -> Steps:
    """The six steps after this turn; a turn that could not be read leaves them as they were."""
    if reading.of_customer is not None:
        return MappingProxyType(_called_for(turn, reading, so_far, thresholds))
    if reading.of_agent is not None:
        return MappingProxyType(_filled(turn, reading, so_far, thresholds))
    return _before(so_far)


def fills(step: Step, reading: Reading) -> bool:
    """Whether an agent turn did what this step asks for."""
    if step is Step.LISTEN and any(reading.shows(fault) for fault in _LISTENING_BROKEN_BY):
        return False
    return any(reading.shows(move) for move in _FILLED_BY[step])


def _called_for(turn: Turn, reading: Reading, so_far: Timeline, thresholds: Thresholds) -> dict[Step, StepState]:
    """A customer turn makes steps due, and with its answer closes the check."""
    before = _before(so_far)
    heard, steps = reading.of_customer, dict(before)
    if heard is None:
        return steps
    negative = heard.emotion in NEGATIVE and heard.intensity >= thresholds.upset_from
    tells = negative or any(reading.shows(cue) for cue in _TELLS)
    if tells and (before[Step.LISTEN] is not StepState.DONE or reading.shows(Cue.REPEAT_CONTACT)):
        steps[Step.LISTEN] = StepState.DUE
    # Once acknowledged it is time to act, unless it gets clearly worse.
    worse = heard.intensity >= thresholds.strong_from and heard.intensity > _intensity_before(so_far)
    if negative and (before[Step.ACKNOWLEDGE] is not StepState.DONE or worse):
        steps[Step.ACKNOWLEDGE] = StepState.DUE
    # Facts fall flat on someone who was not heard yet; a letter has to hold all of it at once.
    feelings_first = heard.emotion in ANGER and steps[Step.ACKNOWLEDGE] is StepState.DUE and turn.channel not in WRITTEN
    _question_and_confirm(reading, steps, tells=tells and not feelings_first)
    wants = any(reading.shows(cue) for cue in (*_TELLS, Cue.ACCEPTS_OFFER))
    if wants and not feelings_first and _unprovided(reading, steps):
        steps[Step.PROVIDE] = StepState.DUE
    _check(reading, steps)
    return steps


def _question_and_confirm(reading: Reading, steps: dict[Step, StepState], *, tells: bool) -> None:
    given = reading.shows(Cue.GIVES_DETAILS)
    if given and steps[Step.QUESTION] is StepState.DUE:
        steps[Step.QUESTION] = StepState.IDLE
    elif tells and not given and steps[Step.QUESTION] is StepState.IDLE:
        steps[Step.QUESTION] = StepState.DUE
    if given and reading.facts and tells and steps[Step.CONFIRM] is StepState.IDLE:
        steps[Step.CONFIRM] = StepState.DUE


def _unprovided(reading: Reading, steps: Steps) -> bool:
    if reading.shows(Cue.STILL_UNRESOLVED) or reading.shows(Cue.REJECTS_OFFER):
        return True
    return steps[Step.QUESTION] is not StepState.DUE and steps[Step.PROVIDE] is not StepState.DONE


def _check(reading: Reading, steps: dict[Step, StepState]) -> None:
    if reading.shows(Cue.CONFIRMS_RESOLVED):
        steps[Step.CHECK] = StepState.DONE
        # What was due for a matter now settled is due no more.
        steps.update({step: StepState.IDLE for step in _ORDER if steps[step] is StepState.DUE})
    elif reading.shows(Cue.STILL_UNRESOLVED):
        steps[Step.CHECK] = StepState.IDLE


def _filled(turn: Turn, reading: Reading, so_far: Timeline, thresholds: Thresholds) -> dict[Step, StepState]:
    """An agent turn fills steps; a due step that a later one passed over is missed, and in a letter every one left."""
    before = _before(so_far)
    steps = {step: StepState.DONE if fills(step, reading) else state for step, state in before.items()}
    # What hurts acknowledges nothing, nor does a kind word before there was a feeling to hear.
    if history.faults_add_up(reading, thresholds) or not history.since_a_feeling(
        history.lines_of(so_far, turn, reading)
    ):
        steps[Step.ACKNOWLEDGE] = before[Step.ACKNOWLEDGE]
    if any(reading.shows(fault) for fault in _LISTENING_BROKEN_BY) and before[Step.LISTEN] is not StepState.IDLE:
        steps[Step.LISTEN] = StepState.MISSED
    last = max((_ORDER.index(step) for step in _ORDER if fills(step, reading)), default=-1)
    for place, step in enumerate(_ORDER):
        passed = place < last or turn.channel in WRITTEN
        if steps[step] is StepState.DUE and passed:
            steps[step] = StepState.MISSED
    if fills(Step.PROVIDE, reading) and not fills(Step.CHECK, reading):
        steps[Step.CHECK] = StepState.DUE
    return steps


def _before(so_far: Timeline) -> Steps:
    return so_far[-1].advice.steps or AT_THE_START if so_far else AT_THE_START


def _intensity_before(so_far: Timeline) -> int:
    for heard in reversed(so_far):
        if heard.reading.of_customer is not None:
            return heard.reading.of_customer.intensity
    return 0
