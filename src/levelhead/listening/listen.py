"""listen: a turn becomes a Reading. Pure: the weights, the clock and the calendar are arguments."""

from collections.abc import Mapping
from dataclasses import replace

from levelhead.conversation import (
    Abuse,
    AgentReading,
    Cue,
    CustomerReading,
    Emotion,
    Fault,
    Move,
    Reading,
    Signal,
    Speaker,
    Timeline,
    Turn,
)
from levelhead.listening.calendar import OFFICE_HOURS, WorkingHours
from levelhead.listening.delivery import delivery_of
from levelhead.listening.evidence import spans_of
from levelhead.listening.facts import facts_in
from levelhead.listening.heads import Head, agent_reading, customer_reading
from levelhead.listening.issue import About
from levelhead.listening.language import language_of
from levelhead.listening.outlook import moment, outlook_of
from levelhead.listening.patterns import Ruled, rules_in
from levelhead.listening.promises import promises_in
from levelhead.listening.questions import questions_in
from levelhead.listening.reader import Reader, Sight


def listen(turn: Turn, so_far: Timeline, *, reader: Reader | None, hours: WorkingHours = OFFICE_HOURS) -> Reading:
    """Read one redacted turn after the turns before it.

    Without a reader (weights missing) the rules still hear facts, questions and promises, and `readable` is False.
    In a language that can't be read nothing is said at all. Deterministic, no I/O.
    """
    language = language_of(turn.text, so_far)
    if not language.readable:
        return Reading(language=language.code, readable=False, delivery=delivery_of(turn, so_far))
    customer = turn.speaker is Speaker.CUSTOMER
    heard = Reading(
        language=language.code,
        readable=reader is not None,
        facts=facts_in(turn.text, turn.speaker, turn.locale),
        questions=questions_in(turn.text) if customer else (),
        delivery=delivery_of(turn, so_far),
    )
    if reader is None:
        return replace(heard, promises=promises_in(turn, so_far, hours))
    reading = _with_sight(heard, turn, so_far, reader, reader.read(turn, so_far))
    p_promise = reading.of_agent.moves[Move.PROMISE] if reading.of_agent else None
    return replace(reading, promises=promises_in(turn, so_far, hours, p_promise=p_promise))


def _with_sight(heard: Reading, turn: Turn, so_far: Timeline, reader: Reader, sight: Sight) -> Reading:
    of_customer: CustomerReading | None = None
    of_agent: AgentReading | None = None
    if turn.speaker is Speaker.CUSTOMER:
        ruled = rules_in(turn.text)
        of_customer = customer_reading(reader.heads, sight.p, ruled)
        signals = _customer_signals(reader, sight, of_customer, ruled, turn.text)
    else:
        of_agent = agent_reading(reader.heads, sight.p)
        signals = _agent_signals(reader, sight, of_agent, turn.text)
    reading = replace(
        heard,
        of_customer=of_customer,
        of_agent=of_agent,
        fired=tuple(signal.kind for signal in signals),
        signals=signals,
        vector=sight.vector,
        model=reader.name,
    )
    if of_customer is None:
        return reading
    moments = [moment(one.reading) for one in so_far if one.reading.readable] + [moment(reading)]
    about = reader.issues.about(turn, sight.vector, so_far) if reader.issues else About(None, None)
    return replace(reading, outlook=outlook_of(moments, reader.outlook), cause=about.cause, issue=about.issue)


def _customer_signals(reader: Reader, sight: Sight, of: CustomerReading, ruled: Ruled, text: str) -> tuple[Signal, ...]:
    signals = []
    if ruled.feeling:
        signals.append(Signal(of.emotion, of.emotion_p[of.emotion], (ruled.feeling.span,), rule=ruled.feeling.rule))
    elif of.emotion is not Emotion.NEUTRAL:
        signals.append(_signal(reader, sight, "emotion", of.emotion, of.emotion_p[of.emotion], text))
    by_cue = {match.label: match for match in reversed(ruled.cues)}
    for cue, threshold in zip(Cue, _thresholds(reader.heads["cues"], Cue), strict=True):
        if cue in by_cue:
            signals.append(Signal(cue, of.cues[cue], (by_cue[cue].span,), rule=by_cue[cue].rule))
        elif of.cues[cue] >= threshold:
            signals.append(_signal(reader, sight, "cues", cue, of.cues[cue], text))
    if ruled.threat and of.abuse is Abuse.THREAT:
        signals.append(Signal(of.abuse, of.abuse_p[of.abuse], (ruled.threat.span,), rule=ruled.threat.rule))
    elif of.abuse is not Abuse.NONE:
        signals.append(_signal(reader, sight, "abuse", of.abuse, of.abuse_p[of.abuse], text))
    return tuple(signals)


def _agent_signals(reader: Reader, sight: Sight, of: AgentReading, text: str) -> tuple[Signal, ...]:
    moves = _fired(reader, "moves", of.moves)
    faults = _fired(reader, "faults", of.faults)
    return tuple(_signal(reader, sight, head, kind, p, text) for head, kind, p in (*moves, *faults))


def _fired(
    reader: Reader, head: str, p_of: Mapping[Move, float] | Mapping[Fault, float]
) -> list[tuple[str, str, float]]:
    kinds = Move if head == "moves" else Fault
    thresholds = _thresholds(reader.heads[head], kinds)
    return [(head, kind, p) for (kind, p), limit in zip(p_of.items(), thresholds, strict=True) if p >= limit]


def _thresholds(head: Head, kinds: type[Cue] | type[Move] | type[Fault]) -> list[float]:
    """The head's thresholds in the order of the label set."""
    by_label = dict(zip(head.labels, head.thresholds, strict=True))
    return [by_label[kind] for kind in kinds]


def _signal(reader: Reader, sight: Sight, head: str, kind: str, p: float, text: str) -> Signal:
    row = reader.rows(head)[reader.heads[head].labels.index(kind)]
    return Signal(str(kind), p, spans_of(sight.evidence[row], sight.words, text, str(kind)))
