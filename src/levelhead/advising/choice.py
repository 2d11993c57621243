"""Choice: whether a card may come now, which one, and if none, why it is quiet."""

from dataclasses import dataclass

from levelhead.advising.candidates import Candidate, called_for
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.pack import Pack, Rule, Way
from levelhead.advising.situation import Situation
from levelhead.conversation import Card, Heard


@dataclass(frozen=True, slots=True)
class Quiet:
    """No card, and the plain reason."""

    because: str


def quiet_before_choosing(situation: Situation, pack: Pack) -> Quiet | None:
    """Why nothing may be said at all, whatever the rules find."""
    if not situation.reading.readable:
        model = situation.reading.model or any(heard.reading.model for heard in situation.so_far)
        return Quiet(pack.quiet["other_language" if model else "unread"])
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
    if candidate.rule.way is Way.SAFETY:
        return None
    return _too_soon(situation, pack) or _still_stands(candidate, showing, pack)


def quiet_reason(situation: Situation, pack: Pack) -> Quiet:
    """Why the rules found nothing: what was just done about it, or that all is well."""
    if Circumstance.ENDED in situation.holds:
        return Quiet(pack.quiet["ended"])
    done = [_done_about(rule, situation, pack) for rule in pack.rules if called_for(rule, situation)]
    reason = next((text for text in done if text), None)
    if reason is None and Circumstance.AGENT_SPOKE in situation.holds:
        reason = next((text for name in _JUST if name in situation.holds and (text := pack.quiet.get(name))), None)
    if reason is None:
        reason = pack.quiet["calm" if Circumstance.CALM in situation.holds else "nothing"]
    return Quiet(reason)


_JUST = tuple(name for name in Circumstance if name.startswith("just_"))


def _raised_by(heard: Heard, rule: str) -> bool:
    return heard.advice.card is not None and heard.advice.card.rule == rule


def _done_about(rule: Rule, situation: Situation, pack: Pack) -> str | None:
    return next((pack.quiet[name] for name in rule.unless if name in situation.holds and name in pack.quiet), None)


def _too_soon(situation: Situation, pack: Pack) -> Quiet | None:
    last = next((heard for heard in reversed(situation.so_far) if heard.advice.card is not None), None)
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


def _one_a_customer_turn(last: Heard, situation: Situation, pack: Pack) -> Quiet | None:
    since = [heard for heard in situation.so_far if heard.turn.n > last.turn.n]
    fresh = situation.reading.of_customer is not None or any(heard.reading.of_customer for heard in since)
    return None if fresh else Quiet(pack.quiet["shown_this_turn"])


def _still_stands(candidate: Candidate, showing: Card | None, pack: Pack) -> Quiet | None:
    """Hysteresis: what is in front of the agent stays, unless something clearly weightier comes."""
    if showing is None:
        return None
    rule = pack.rule(showing.rule)
    if rule is None or candidate.rule.way < rule.way:
        return None
    weighty = candidate.score >= pack.weights.worth_replacing and candidate.rule.kind is not showing.kind
    if weighty and not showing.safety:
        return None
    return Quiet(pack.quiet["still_stands"])
