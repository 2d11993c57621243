"""Choice: whether a card may come now, which one, and if none, why it is quiet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from levelhead.advising.candidates import Candidate, applies, called_for
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.pack import Pack, Rule, Way
from levelhead.advising.situation import Situation
from levelhead.conversation import Card, CardKind, Fault, Heard

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Quiet:
    """No card, and the plain reason."""

    because: str


def quiet_before_choosing(situation: Situation, pack: Pack) -> Quiet | None:
    """Why nothing may be said at all, whatever the rules find."""
    if not situation.reading.readable:
        model = situation.reading.model or any(heard.reading.model for heard in situation.so_far)
        foreign = situation.reading.language not in ("", _ENGLISH)  # The very first turn tells of no model either.
        return Quiet(pack.quiet["other_language" if model or foreign else "unread"])
    if Circumstance.ENDED in situation.holds and Circumstance.SELF_HARM_KNOWN not in situation.holds:
        return Quiet(pack.quiet["ended"])
    return None


def held_back(candidate: Candidate, showing: Card | None, situation: Situation, pack: Pack) -> Quiet | None:
    """Why this candidate has to wait, None when it may come."""
    spoken = sum(1 for heard in situation.so_far if _raised_by(heard, candidate.rule.name))
    if spoken >= candidate.rule.times:
        return Quiet(pack.quiet["said_before"])
    if showing is not None and showing.rule == candidate.rule.name:
        return Quiet(pack.quiet["still_stands"])
    if candidate.rule.way is Way.SAFETY or _presses(candidate, situation, pack):
        return None
    return _too_soon(situation, pack) or _still_stands(candidate, showing, pack)


def as_was_seen(situation: Situation) -> Situation:
    """The situation as far as anybody could see it: without the cards that were held out."""
    if not any(heard.advice.held_out for heard in situation.so_far):
        return situation
    seen = (
        replace(heard, advice=replace(heard.advice, held_out=None)) if heard.advice.held_out else heard
        for heard in situation.so_far
    )
    return replace(situation, so_far=tuple(seen))


def quiet_reason(situation: Situation, showing: Card | None, pack: Pack) -> Quiet:
    """Why the rules found nothing: a card still there, what was just done about it, calm, or too little to go by."""
    holds, quiet = situation.holds, pack.quiet
    if Circumstance.ENDED in holds:
        return Quiet(quiet["ended"])
    if showing is not None:
        return Quiet(quiet["still_stands"])
    fitting = [rule for rule in pack.rules if called_for(rule, situation)]
    suggested = {heard.advice.card.kind for heard in situation.so_far if heard.advice.card is not None}
    if any(rule.kind in suggested and applies(rule, situation) for rule in fitting):
        return Quiet(quiet["suggested_before"])
    return Quiet(_what_was_done(fitting, situation, pack) or quiet[_how_it_stands(situation)])


def _what_was_done(fitting: Sequence[Rule], situation: Situation, pack: Pack) -> str | None:
    # After a turn that hurt or missed the point, "the agent has just asked" would be true and beside it.
    if any(name in situation.holds for name in _MISSED):
        return None
    done = [_done_about(rule, situation, pack) for rule in fitting]
    if Circumstance.AGENT_SPOKE in situation.holds:
        done += [pack.quiet.get(name) for name in _JUST if name in situation.holds]
    return next((text for text in done if text), None)


def _how_it_stands(situation: Situation) -> str:
    readings = [heard.reading for heard in situation.so_far] + [situation.reading]
    if not any(reading.of_customer for reading in readings):
        return "not_spoken"
    slipped = any(situation.reading.shows(fault) for fault in Fault)
    return "calm" if Circumstance.CALM in situation.holds and not slipped else "unsure"


_MISSED = (Circumstance.HARMFUL, Circumstance.LETTER_AMISS, Circumstance.QUESTION_PASSED, *Fault)
_JUST = tuple(name for name in Circumstance if name.startswith("just_"))


def _raised_by(heard: Heard, rule: str) -> bool:
    return heard.advice.raised is not None and heard.advice.raised.rule == rule


def _done_about(rule: Rule, situation: Situation, pack: Pack) -> str | None:
    return next((pack.quiet[name] for name in rule.unless if name in situation.holds and name in pack.quiet), None)


def _too_soon(situation: Situation, pack: Pack) -> Quiet | None:
    last = next((heard for heard in reversed(situation.so_far) if heard.advice.raised is not None), None)
    if last is None:
        return None
    if situation.written:
        return _one_a_customer_turn(last, situation, pack)
    if situation.turn.at is None or last.turn.at is None:
        turns = situation.turn.n - last.turn.n
        if turns >= pack.limits.gap_turns:
            return None
        return Quiet(pack.quiet["shown_one_turn_ago" if turns <= 1 else "shown_turns_ago"].format(turns=turns))
    # Timestamps can run backwards by a little; a card from the future is a card just now.
    seconds = max(0.0, situation.turn.at - last.turn.at)
    if seconds >= pack.limits.gap_seconds:
        return None
    return Quiet(pack.quiet["shown_seconds_ago"].format(seconds=round(seconds)))


def _presses(candidate: Candidate, situation: Situation, pack: Pack) -> bool:
    """Whether this takes the place of the last card: what that one said has become beside it, or worse."""
    last = next((heard.advice.raised for heard in reversed(situation.so_far) if heard.advice.raised is not None), None)
    if not candidate.rule.presses or last is None:
        return False
    rule = pack.rule(last.rule)
    lighter = rule is None or (candidate.rule.way <= rule.way and not rule.presses)
    return lighter and not last.safety and last.kind is not CardKind.SUPPORT


def _one_a_customer_turn(last: Heard, situation: Situation, pack: Pack) -> Quiet | None:
    since = [heard for heard in situation.so_far if heard.turn.n > last.turn.n]
    # A reply that misses the point is a new matter: the one card for the message before did not cover it.
    amiss = Circumstance.LETTER_AMISS in situation.holds or Circumstance.PROMISE_VAGUE in situation.holds
    fresh = situation.reading.of_customer is not None or amiss or any(heard.reading.of_customer for heard in since)
    return None if fresh else Quiet(pack.quiet["shown_this_turn"])


def _still_stands(candidate: Candidate, showing: Card | None, pack: Pack) -> Quiet | None:
    """Hysteresis: what is in front of the agent stays, unless something clearly weightier comes."""
    if showing is None:
        return None
    # Care for the person is not pushed out by a hint about wording.
    if showing.kind is CardKind.SUPPORT and candidate.rule.way > Way.BOUNDARY:
        return Quiet(pack.quiet["still_stands"])
    rule = pack.rule(showing.rule)
    if rule is None or candidate.rule.way < rule.way:
        return None
    # Mending what went wrong comes before the next step; only care for the person does not wait for it.
    if (
        showing.kind is CardKind.REPAIR
        and candidate.rule.way > rule.way
        and candidate.rule.kind is not CardKind.SUPPORT
    ):
        return Quiet(pack.quiet["still_stands"])
    weighty = candidate.score >= pack.weights.worth_replacing and candidate.rule.kind is not showing.kind
    if weighty and not showing.safety:
        return None
    return Quiet(pack.quiet["still_stands"])
