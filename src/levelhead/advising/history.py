"""History: the conversation as lines of turn and reading, and which agent moves count as having done what."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from levelhead.advising.circumstance import Circumstance
from levelhead.advising.pack import Pack, Thresholds
from levelhead.conversation import Emotion, Fault, Move, Reading, Timeline, Turn


@dataclass(frozen=True, slots=True)
class Line:
    """One turn and what it shows."""

    turn: Turn
    reading: Reading

    def does(self, moves: frozenset[Move]) -> bool:
        """Whether this is an agent turn that did one of these."""
        return self.reading.of_agent is not None and any(self.reading.shows(move) for move in moves)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The turn that shows something.

    `label` is the guide's label whose words show it, '' for none; `span` is where words of the pack were found, None
    where the label's words or the turn as a whole are meant.
    """

    line: Line
    label: str = ""
    span: tuple[int, int] | None = None


def lines_of(so_far: Timeline, turn: Turn, reading: Reading) -> tuple[Line, ...]:
    """The conversation up to and with this turn."""
    return (*(Line(heard.turn, heard.reading) for heard in so_far), Line(turn, reading))


def latest_agent(lines: tuple[Line, ...]) -> Line | None:
    """The latest turn of the agent's side that could be read."""
    return next((line for line in reversed(lines) if line.reading.of_agent is not None), None)


_ACKNOWLEDGES = frozenset({Move.ACKNOWLEDGE_FEELING, Move.APOLOGISE_SPECIFIC, Move.TAKE_OWNERSHIP})
_APOLOGISES = frozenset({Move.APOLOGISE_SPECIFIC, Move.APOLOGISE_GENERIC})
_OFFERS = frozenset({Move.OFFER_SOLUTION, Move.OFFER_CHOICE})
_ASKS = frozenset({Move.ASK_OPEN, Move.ASK_CLOSED})
_ESCALATES = frozenset({Move.ESCALATE_OFFER, Move.TRANSFER})

# A question counts as answered by any of these; asking for what is needed to answer it counts too.
ANSWERS = frozenset(
    {Move.EXPLAIN, Move.ACT, Move.SET_EXPECTATION, Move.PROMISE, Move.DECLINE, Move.CONFIRM_DETAILS, Move.HOLD_NOTICE}
    | {Move.TRANSFER, Move.ESCALATE_OFFER, Move.SIGNPOST_SUPPORT}
    | _OFFERS
    | _ASKS
)
# What an agent turn does that goes past a question, when nothing above is in it.
GOES_PAST = frozenset(
    {Move.APOLOGISE_GENERIC, Move.THANK, Move.APPRECIATE, Move.GREET, Move.OFFER_MORE_HELP, Move.CLOSE}
)
MEETS_VULNERABLE = frozenset({Move.ACKNOWLEDGE_FEELING, Move.SIGNPOST_SUPPORT, Move.ASK_OPEN, Move.OFFER_CHOICE})
MEETS_SUPERVISOR = frozenset({*_ESCALATES, Move.TAKE_OWNERSHIP})


def meets_self_harm(line: Line, pack: Pack) -> bool:
    """Whether this agent turn gave a way to support, or asked after the person's safety in so many words.

    The words decide, not the move: "shall I set that plan up?" is a question too, and passes the person over.
    """
    if line.reading.of_agent is None:
        return False
    return names_support(line, pack) or pack.listening.safety_asked.search(line.turn.text) is not None


def names_support(line: Line, pack: Pack) -> bool:
    """Whether this agent turn gave a way to support, by what it did or by the helpline's name."""
    if line.reading.of_agent is None:
        return False
    return line.reading.shows(Move.SIGNPOST_SUPPORT) or pack.listening.support_named.search(line.turn.text) is not None


def asks_after(line: Line, pack: Pack) -> bool:
    """Whether this agent turn asked after a person who may be hurt or in danger, or named a way to help them."""
    if line.reading.of_agent is None:
        return False
    return meets_self_harm(line, pack) or pack.listening.asked_after.search(line.turn.text) is not None


JUST: Mapping[Circumstance, frozenset[Move]] = {
    Circumstance.JUST_ACKNOWLEDGED: _ACKNOWLEDGES,
    Circumstance.JUST_APOLOGISED: _APOLOGISES,
    Circumstance.JUST_ASKED: _ASKS,
    Circumstance.JUST_EXPLAINED: frozenset({Move.EXPLAIN}),
    Circumstance.JUST_OFFERED: _OFFERS,
    Circumstance.JUST_ACTED: frozenset({Move.ACT}),
    Circumstance.JUST_PROMISED: frozenset({Move.PROMISE}),
    Circumstance.JUST_EXPECTED: frozenset({Move.SET_EXPECTATION}),
    Circumstance.JUST_CONFIRMED: frozenset({Move.CONFIRM_DETAILS}),
    Circumstance.JUST_ESCALATED: _ESCALATES,
    Circumstance.JUST_REFLECTED: frozenset({Move.REFLECT}),
    Circumstance.JUST_DECLINED: frozenset({Move.DECLINE}),
    Circumstance.JUST_HELD: frozenset({Move.HOLD_NOTICE}),
    Circumstance.JUST_CHECKED: frozenset({Move.CHECK_RESOLVED}),
    Circumstance.JUST_CLOSED: frozenset({Move.CLOSE}),
    Circumstance.JUST_SUPPORTED: frozenset({Move.SIGNPOST_SUPPORT}),
    Circumstance.JUST_SET_BOUNDARY: frozenset({Move.SET_BOUNDARY, Move.FINAL_WARNING}),
}
EVER: Mapping[Circumstance, frozenset[Move]] = {
    Circumstance.ACKNOWLEDGED: _ACKNOWLEDGES,
    Circumstance.APOLOGISED: _APOLOGISES,
    Circumstance.REFLECTED: frozenset({Move.REFLECT}),
    Circumstance.OFFERED: _OFFERS,
    Circumstance.ACTED: frozenset({Move.ACT}),
    Circumstance.CHECKED: frozenset({Move.CHECK_RESOLVED}),
    Circumstance.ESCALATED: _ESCALATES,
    Circumstance.CLOSED: frozenset({Move.CLOSE}),
}
# What a harmful turn does not do, whatever its words look like: "I hear you, but you misread it" hears nobody.
SPOILT_BY_HARM = frozenset({Circumstance.JUST_ACKNOWLEDGED, Circumstance.JUST_REFLECTED, Circumstance.ACKNOWLEDGED})

_HURTS = frozenset({Fault.DISMISSIVE, Fault.DEFENSIVE, Fault.BLAME_CUSTOMER, Fault.CULTURALLY_INSENSITIVE})
_MAKES_IT_WORSE = frozenset({Fault.NEGATIVE_LANGUAGE, Fault.EXCUSE, Fault.JARGON, Fault.SCRIPTED, Fault.REPEAT_REQUEST})
_FEELINGS = frozenset({Emotion.ANXIOUS, Emotion.DISAPPOINTED, Emotion.FRUSTRATED, Emotion.ANGRY})


def harmful(line: Line, pack: Pack) -> bool:
    """Whether this agent turn clearly hurts: by its faults taken together, or by words that always do."""
    if line.reading.of_agent is None:
        return False
    return faults_add_up(line.reading, pack.thresholds) or pack.listening.hurtful.search(line.turn.text) is not None


def faults_add_up(reading: Reading, thresholds: Thresholds) -> bool:
    """Whether the faults of this agent turn are clear when taken together: several doubtful ones add up."""
    if reading.of_agent is None or not any(reading.shows(fault) for fault in _HURTS):
        return False
    counted = _HURTS | _MAKES_IT_WORSE
    shown = (p for fault, p in reading.of_agent.faults.items() if fault in counted and reading.shows(fault))
    return 1 - prod(1 - p for p in shown) >= thresholds.clear_harm


def since_a_feeling(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines after the customer first showed a feeling: before it there is nothing to acknowledge."""
    for place, line in enumerate(lines):
        heard = line.reading.of_customer
        if heard is not None and heard.emotion in _FEELINGS:
            return lines[place + 1 :]
    return ()


def ends(reading: Reading, thresholds: Thresholds) -> bool:
    """Whether this agent turn clearly ends the contact."""
    if reading.of_agent is None or not reading.shows(Move.END_CONTACT):
        return False
    return reading.of_agent.moves.get(Move.END_CONTACT, 0.0) >= thresholds.clear_move
