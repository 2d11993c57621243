"""Everything the *Conversation* page shows, ready for its templates: no template computes anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from levelhead.conversation import (
    Card,
    Channel,
    CustomerReading,
    Emotion,
    Fault,
    Heard,
    Move,
    Reading,
    Speaker,
    Step,
    StepState,
    Timeline,
)
from levelhead.conversation.dates import tenths
from levelhead.privacy.objections import standing
from levelhead.storage.records import Answered, CardAnswer
from levelhead.web import times
from levelhead.web.beside import NOTHING, Beside
from levelhead.web.brief import Brief, brief_of
from levelhead.web.card_words import in_language, told
from levelhead.web.chance import chance
from levelhead.web.curve import Curve, curve_of
from levelhead.web.evidence import NO_HINTS, Piece, pieces_of
from levelhead.web.words import Words

# Said by nearly every turn; in words below each turn they would be noise.
_UNSAID = frozenset({"gives_details", "asks_question", "explain"})
_MOST_SAID = 4
# Less than this is a pause that anybody makes.
_LONG_SILENCE = 3.0
_PAST_AFTER = timedelta(days=2)  # A mail is answered within that.


@dataclass(frozen=True, slots=True)
class Line:
    """One turn as the page shows it. `marked` says that the customer has disputed what was read, or put it right."""

    n: int
    speaker: Speaker
    who: str
    time: str
    pieces: tuple[Piece, ...]
    feeling: CustomerReading | None
    shows: tuple[str, ...]
    faults: tuple[str, ...]
    silence: int | None
    overlaps: bool
    readable: bool
    marked: str | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """One forecast in words; `was` is the first one of this conversation where it has moved."""

    key: str
    now: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is likely, and why."""

    forecasts: tuple[Forecast, ...]
    csat: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The *Conversation* page at one moment. `closed` is why the last card left, where nothing stands in its place.

    `muted`: no card is shown but for somebody's safety. `when` is the day and the time of the last turn, `is_past`
    says that it is too long ago for anybody to wait for an answer.
    """

    id: str
    who: str | None
    channel: Channel | None
    lines: tuple[Line, ...]
    curve: Curve | None
    brief: Brief
    steps: tuple[tuple[Step, StepState], ...]
    ahead: Ahead | None
    card: Card | None
    answered: CardAnswer | None
    quiet_because: str | None
    closed: str | None
    about: str | None
    muted: bool = False
    when: str = ""
    is_past: bool = False

    @property
    def feeling(self) -> CustomerReading | None:
        """How the customer sounded last."""
        return next((line.feeling for line in reversed(self.lines) if line.feeling), None)


def sheet_of(
    conversation: str,
    timeline: Timeline,
    *,
    now: datetime,
    words: Words,
    answered: CardAnswer | None = None,
    beside: Beside = NOTHING,
) -> Sheet:
    """The sheet of a conversation; `answered` is what the agent said to its latest card (`noted`)."""
    timeline = beside.without_disputed(timeline)
    last = timeline[-1] if timeline else None
    showing = last.advice.showing if last else None
    said_at = last.turn.said_at if last else None
    return Sheet(
        id=conversation,
        who=who_of(timeline),
        channel=last.turn.channel if last else None,
        lines=tuple(_line(heard, words, beside) for heard in timeline),
        curve=curve_of(timeline),
        brief=brief_of(timeline, now, words),
        steps=tuple((step, _state(step, last)) for step in Step),
        ahead=_ahead(timeline, words),
        card=in_language(showing, words),
        answered=answered,
        quiet_because=told(last.advice.quiet_because or "", words) or None if last and not showing else None,
        closed=last.advice.closed if last and not showing else None,
        about=_about(timeline, words),
        muted=beside.muted,
        when=times.when(said_at, now, words) if said_at else "",
        is_past=said_at is not None and now - said_at > _PAST_AFTER,
    )


def noted(timeline: Timeline, answers: tuple[Answered, ...]) -> CardAnswer | None:
    """What the agent said to the card in front of them, or to the one they put away since the customer last spoke."""
    if not answers or not timeline:
        return None
    last, showing = answers[-1], timeline[-1].advice.showing
    if showing is not None:
        return last.answer if last.card == showing.id else None
    raised = next((heard.turn.n for heard in timeline if heard.advice.card and heard.advice.card.id == last.card), None)
    spoke = max((heard.turn.n for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER), default=-1)
    return last.answer if last.answer.takes_away and raised is not None and raised >= spoke else None


def who_of(timeline: Timeline) -> str | None:
    """The customer's name as they last gave it."""
    return next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), None)


def feeling_key(feeling: CustomerReading) -> str:
    """Where the catalogue keeps the words for a feeling of this strength."""
    return f"emotion.{feeling.emotion}.{feeling.intensity}"


def _line(heard: Heard, words: Words, beside: Beside) -> Line:
    turn, reading = heard.turn, heard.reading
    named = turn.customer if turn.speaker is Speaker.CUSTOMER else None
    delivery = reading.delivery
    silence = delivery.silence_before if delivery else None
    return Line(
        n=turn.n,
        speaker=turn.speaker,
        who=named or words(f"speaker.{turn.speaker}"),
        time=times.said_at(turn.at, turn.said_at, words),
        pieces=pieces_of(turn, reading, beside.hints.get(turn.n, NO_HINTS)),
        feeling=reading.of_customer,
        shows=_said(reading.fired),
        faults=_faults(reading),
        silence=round(silence) if silence and silence >= _LONG_SILENCE else None,
        overlaps=bool(delivery and delivery.overlap),
        readable=reading.readable,
        marked=_marked(heard, beside, words),
    )


def _marked(heard: Heard, beside: Beside, words: Words) -> str | None:
    marks = standing(beside.marks.get(heard.turn.n, ())).values() if heard.reading.readable else ()
    if not marks:
        return None
    return words("objection.put_right" if any(mark.instead for mark in marks) else "objection.disputed")


def _said(fired: tuple[str, ...]) -> tuple[str, ...]:
    """What is said in words below a turn: cues, abuse and moves; feelings and faults have their own place."""
    apart = set(Emotion) | set(Fault) | _UNSAID
    said = [label for label in fired if label not in apart]
    return tuple(sorted(said, key=lambda label: label in {Move.GREET, Move.USE_NAME, Move.THANK})[:_MOST_SAID])


def _faults(reading: Reading) -> tuple[str, ...]:
    """The surest fault alone: this is help in the moment, not a list of marks. The others stand with their words."""
    sure = {signal.kind: signal.p for signal in reading.signals}
    faults = [label for label in reading.fired if label in set(Fault)]
    return tuple(sorted(faults, key=lambda label: -sure.get(label, 0.0))[:1])


def _about(timeline: Timeline, words: Words) -> str | None:
    """What it is about, in one line. What was clear once stands until something else is: a "thanks" unsays nothing."""
    issue = next((words.issue(one.reading.issue.name) for one in reversed(timeline) if one.reading.issue), None)
    cause = next((words(f"cause.{one.reading.cause.name}") for one in reversed(timeline) if one.reading.cause), None)
    if issue and cause:
        return words("about.both", issue=issue, cause=cause)
    return words("about.only", what=issue or cause) if issue or cause else None


def _state(step: Step, last: Heard | None) -> StepState:
    return last.advice.steps.get(step, StepState.IDLE) if last else StepState.IDLE


def _ahead(timeline: Timeline, words: Words) -> Ahead | None:
    outlooks = [heard.reading.outlook for heard in timeline if heard.reading.outlook]
    if not outlooks:
        return None
    latest = outlooks[-1]
    shown = (
        _forecast("supervisor", [outlook.asks_supervisor for outlook in outlooks], words),
        _forecast("dissatisfied", [outlook.ends_dissatisfied for outlook in outlooks], words),
    )
    forecasts = tuple(forecast for forecast in shown if forecast)
    csat = None if latest.csat is None else tenths(latest.csat, words.locale)
    reasons = tuple(words.weighs(reason) for reason in latest.reasons)
    return Ahead(forecasts, csat, reasons) if forecasts or csat else None


def _forecast(key: str, over_time: list[float | None], words: Words) -> Forecast | None:
    if over_time[-1] is None:
        return None
    said = [chance(p, words) for p in over_time if p is not None]
    return Forecast(key, said[-1], said[0] if said[0] != said[-1] else None)
