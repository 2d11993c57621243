"""Situation: everything that holds of a conversation after a turn, each with the turn and words it stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from levelhead.advising import boundary, history
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.clear import clear_abuse, clear_cue
from levelhead.advising.dead_end import dead_ends_in
from levelhead.advising.history import Evidence, Line
from levelhead.advising.loss import death_told
from levelhead.advising.pack import Pack, Rung
from levelhead.advising.peril import peril_in
from levelhead.advising.reply import left_amiss, slips_in
from levelhead.advising.steps import ANGER, NEGATIVE, WRITTEN, Steps
from levelhead.advising.told import told_in
from levelhead.conversation import (
    Abuse,
    Cue,
    CustomerReading,
    DueKind,
    Emotion,
    FactKind,
    Fault,
    Move,
    Reading,
    StepState,
    Timeline,
    Turn,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """What holds now. `emotion` and `intensity` are those of the customer's latest readable turn."""

    turn: Turn
    reading: Reading
    so_far: Timeline
    holds: Mapping[str, Evidence]
    emotion: Emotion
    intensity: int
    steps: Steps

    @property
    def written(self) -> bool:
        """Whether a turn here is a letter or a post: one reply holds several steps, and can't be taken back."""
        return self.turn.channel in WRITTEN


def situation_after(turn: Turn, reading: Reading, so_far: Timeline, steps: Steps, pack: Pack) -> Situation:
    """What holds after this turn."""
    lines = history.lines_of(so_far, turn, reading)
    mood = next((line.reading.of_customer for line in reversed(lines) if line.reading.of_customer), None)
    holds: dict[str, Evidence] = {}
    for name, evidence in _all(lines, so_far, mood, steps, pack):
        holds.setdefault(name, evidence)
    return Situation(
        turn=turn,
        reading=reading,
        so_far=so_far,
        holds=MappingProxyType(holds),
        emotion=mood.emotion if mood else Emotion.NEUTRAL,
        intensity=mood.intensity if mood else 0,
        steps=steps,
    )


_RUNGS: Mapping[Rung, Circumstance] = {
    Rung.NAMING: Circumstance.NAMING_DUE,
    Rung.WARNING: Circumstance.WARNING_DUE,
    Rung.FINAL_WARNING: Circumstance.FINAL_WARNING_DUE,
    Rung.ENDING: Circumstance.ENDING_DUE,
}

Found = Iterator[tuple[str, Evidence]]


def _all(lines: tuple[Line, ...], so_far: Timeline, mood: CustomerReading | None, steps: Steps, pack: Pack) -> Found:
    now = lines[-1]
    yield from _mood(lines, mood, pack)
    if now.reading.of_customer is not None:
        yield Circumstance.CUSTOMER_SPOKE, Evidence(now)
        if any(line.reading.of_customer for line in lines[:-1]):
            yield Circumstance.UNDER_WAY, Evidence(now)
        yield from _heard(now, pack)
        yield from _climbing(lines, now, so_far, pack)
        yield from _pressed(lines, now)
    else:
        yield Circumstance.AGENT_SPOKE, Evidence(now)
    yield from slips_in(lines, pack)
    yield from left_amiss(lines, so_far, pack)
    yield from _known(lines, pack)
    yield from _done(lines, pack)
    yield from _promises(lines, now, pack)
    for step, state in steps.items():
        if state in (StepState.DUE, StepState.MISSED):
            yield f"{step}_due", Evidence(_latest_of_customer(lines) or now)


def _mood(lines: tuple[Line, ...], mood: CustomerReading | None, pack: Pack) -> Found:
    said = _latest_of_customer(lines) or lines[-1]
    if mood is None:
        yield Circumstance.CALM, Evidence(said)
        return
    here = Evidence(said, mood.emotion)
    level, thresholds = mood.intensity, pack.thresholds
    troubled = mood.emotion in NEGATIVE or mood.emotion is Emotion.CONFUSED
    if mood.emotion is not Emotion.NEUTRAL and mood.emotion_p.get(mood.emotion, 0.0) >= thresholds.clear_emotion:
        yield mood.emotion, here
    yield (Circumstance.UNEASY if troubled and level >= thresholds.uneasy_from else Circumstance.CALM), here
    if mood.emotion in NEGATIVE and level >= thresholds.upset_from:
        yield Circumstance.UPSET, here
        anger = sum(mood.emotion_p.get(emotion, 0.0) for emotion in ANGER)
        if mood.emotion in ANGER and anger >= thresholds.clear_emotion:
            yield Circumstance.HEATED, here
        if level >= thresholds.strong_from:
            yield Circumstance.STRONG, here
    if mood.emotion is Emotion.CONFUSED and level >= thresholds.upset_from:
        yield Circumstance.STRONG_CONFUSION, here
    earlier = [line.reading.of_customer for line in lines if line is not said and line.reading.of_customer]
    if earlier and troubled and level > earlier[-1].intensity:
        yield Circumstance.RISING, here
    if any(past.emotion is Emotion.CONFUSED for past in earlier):
        yield Circumstance.CONFUSED_BEFORE, here
    if any(past.emotion in NEGATIVE and past.intensity >= thresholds.upset_from for past in earlier):
        yield Circumstance.UPSET_BEFORE, here
    if any(past.emotion in NEGATIVE and past.intensity >= thresholds.strong_from for past in earlier):
        yield Circumstance.STRONG_BEFORE, here
    if any(past.abuse not in {Abuse.NONE, Abuse.PROFANITY} for past in earlier):
        yield Circumstance.ABUSED_BEFORE, here


def _heard(now: Line, pack: Pack) -> Found:
    for cue in Cue:
        if clear_cue(now, cue, pack):
            yield cue, Evidence(now, cue)
    if (abuse := clear_abuse(now, pack)) is not None:
        yield abuse, Evidence(now, abuse)
    # Whoever takes an offer, even grumbling, is settling: for this it is enough that it fired.
    if now.reading.shows(Cue.ACCEPTS_OFFER):
        yield Circumstance.AGREED, Evidence(now, Cue.ACCEPTS_OFFER)
    text, thresholds = now.turn.text, pack.thresholds
    written = now.turn.channel in WRITTEN
    enough = thresholds.long_account_words_written if written else thresholds.long_account_words
    if len(text.split()) >= enough:
        yield Circumstance.LONG_ACCOUNT, Evidence(now, Cue.GIVES_DETAILS)
    if len({fact.kind for fact in now.reading.facts}) >= thresholds.facts_to_confirm:
        yield Circumstance.FACTS_GIVEN, Evidence(now, Cue.GIVES_DETAILS)
    yield from told_in(now, pack)


def _climbing(lines: tuple[Line, ...], now: Line, so_far: Timeline, pack: Pack) -> Found:
    abuse = clear_abuse(now, pack)
    if abuse is None:
        return
    threat = next((line for line in lines[:-1] if clear_abuse(line, pack) is Abuse.THREAT), None)
    if threat is not None:
        yield Circumstance.THREATENED_BEFORE, Evidence(threat, Abuse.THREAT)
    rung = boundary.rung_due(abuse, lines[:-1], so_far, pack)
    if rung is not None:
        names = (
            Circumstance.NAMING_DUE,
            Circumstance.WARNING_DUE,
            Circumstance.FINAL_WARNING_DUE,
            Circumstance.ENDING_DUE,
        )
        yield names[rung], Evidence(now, abuse)


def _pressed(lines: tuple[Line, ...], now: Line) -> Found:
    """The customer asks again what the agent's last turn left unanswered."""
    earlier = [line for line in lines[:-1] if line.reading.of_customer]
    between = history.latest_agent(lines[:-1])
    if not earlier or between is None or between.turn.n < earlier[-1].turn.n:
        return
    asked_twice = now.reading.shows(Cue.ASKS_QUESTION) and earlier[-1].reading.shows(Cue.ASKS_QUESTION)
    went_past = between.does(history.GOES_PAST) or between.reading.shows(Fault.SCRIPTED)
    if asked_twice and went_past and not between.does(history.ANSWERS):
        yield Circumstance.ASKED_AGAIN, Evidence(now, Cue.ASKS_QUESTION)


def _known(lines: tuple[Line, ...], pack: Pack) -> Found:
    """What the customer has told at any time and the agent can still use."""
    for line in reversed(lines):
        if line.reading.of_customer is None:
            continue
        if clear_cue(line, Cue.REPEAT_CONTACT, pack):
            yield Circumstance.TOLD_BEFORE, Evidence(line, Cue.REPEAT_CONTACT)
        if clear_cue(line, Cue.DEADLINE, pack):
            yield Circumstance.DEADLINE_KNOWN, Evidence(line, Cue.DEADLINE)
        if line.reading.facts:
            yield Circumstance.FACTS_KNOWN, Evidence(line, Cue.GIVES_DETAILS)
        if (endangered := pack.listening.account_danger.search(line.turn.text)) is not None:
            yield Circumstance.ACCOUNT_DANGER, Evidence(line, "", endangered.span())
        if death_told(line, pack) is not None:
            yield Circumstance.BEREAVED, Evidence(line, Cue.VULNERABLE)
    yield from _case_told(lines, pack)
    yield from _waiting(lines, Cue.VULNERABLE, history.MEETS_VULNERABLE, Circumstance.VULNERABLE_UNMET, pack)
    yield from _waiting(lines, Cue.ASKS_SUPERVISOR, history.MEETS_SUPERVISOR, Circumstance.SUPERVISOR_WANTED, pack)
    yield from peril_in(lines, pack)
    yield from dead_ends_in(lines, pack)


def _case_told(lines: tuple[Line, ...], pack: Pack) -> Found:
    """What the case is about was told before the agent's latest turn: there is something to make an offer on."""
    latest = history.latest_agent(lines)
    for line in lines:
        if latest is None or line.turn.n > latest.turn.n or line.reading.of_customer is None:
            continue
        facts = any(fact.kind is not FactKind.NAME for fact in line.reading.facts)
        if facts or any(cause.search(line.turn.text) for cause in pack.listening.causes.values()):
            yield Circumstance.CASE_TOLD, Evidence(line, Cue.GIVES_DETAILS)


def _waiting(lines: tuple[Line, ...], cue: Cue, met_by: frozenset[Move], name: Circumstance, pack: Pack) -> Found:
    latest = next((line for line in reversed(lines) if clear_cue(line, cue, pack)), None)
    if latest is not None and not any(line.does(met_by) for line in lines if line.turn.n > latest.turn.n):
        yield name, Evidence(latest, cue)


def _done(lines: tuple[Line, ...], pack: Pack) -> Found:
    latest = history.latest_agent(lines)
    if latest is None:
        return
    if history.ends(latest.reading, pack.thresholds):
        yield Circumstance.ENDED, Evidence(latest)
    heard_out = [line for line in history.since_a_feeling(lines) if not history.harmful(line, pack)]
    for name, moves in history.JUST.items():
        if latest.does(moves) and (latest in heard_out or name not in history.SPOILT_BY_HARM):
            yield name, Evidence(latest)
    helped = next((line for line in reversed(lines) if history.names_support(line, pack)), None)
    if helped is not None:
        yield Circumstance.SIGNPOSTED, Evidence(helped)
    if pack.listening.boundary_set.search(latest.turn.text):
        yield Circumstance.JUST_SET_BOUNDARY, Evidence(latest)
    for name, moves in history.EVER.items():
        among = heard_out if name in history.SPOILT_BY_HARM else lines
        past = next((line for line in reversed(among) if line.does(moves)), None)
        if past is not None:
            yield name, Evidence(past)


def _promises(lines: tuple[Line, ...], now: Line, pack: Pack) -> Found:
    said_at = now.turn.said_at
    latest = history.latest_agent(lines)
    for line in reversed(lines):
        if line.reading.of_agent is None:
            continue
        made = line.reading.promises
        loose = [promise for promise in made if promise.due_kind in (DueKind.VAGUE, DueKind.NONE)]
        if line is latest and (line.reading.shows(Move.PROMISE) or made) and line.reading.shows(Fault.VAGUE):
            yield Circumstance.PROMISE_VAGUE, Evidence(line, Fault.VAGUE)
        elif line is latest and loose and len(loose) == len(made):
            yield Circumstance.PROMISE_VAGUE, Evidence(line, Move.PROMISE)
        firm = any(promise.due is not None for promise in made)
        if line is latest and not firm and (words := pack.listening.vague_reply.search(line.turn.text)):
            yield Circumstance.PROMISE_VAGUE, Evidence(line, "", words.span())
        if made or line.reading.shows(Move.PROMISE):
            yield Circumstance.PROMISE_KNOWN, Evidence(line, Move.PROMISE)
        # Only when the agent's side has been silent since: a reply in between may well have kept it.
        late = said_at is not None and any(promise.due is not None and promise.due < said_at for promise in made)
        if late and line is latest and line is not now:
            yield Circumstance.PROMISE_OVERDUE, Evidence(line, Move.PROMISE)


def _latest_of_customer(lines: tuple[Line, ...]) -> Line | None:
    return next((line for line in reversed(lines) if line.reading.of_customer is not None), None)
