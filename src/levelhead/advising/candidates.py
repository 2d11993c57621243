"""Candidates: the rules whose circumstances hold, each with its right of way, its score and its reasons."""

from dataclasses import dataclass

from levelhead.advising.evidence import words_of
from levelhead.advising.history import Evidence
from levelhead.advising.pack import Pack, Rule, Way
from levelhead.advising.situation import Situation
from levelhead.conversation import Because, Timeline

# These say how or when, not what: a card rests on the other circumstances of its rule, these are its last resort.
_BARE = frozenset({"customer_spoke", "agent_spoke", "under_way", "uneasy", "calm", "rising", "upset_before"})
_REASONS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be raised."""

    rule: Rule
    score: float

    @property
    def rank(self) -> tuple[int, float, str]:
        """Right of way first, then score; the name breaks ties so that the choice is always the same."""
        return (self.rule.way, -self.score, self.rule.name)


def candidates_in(situation: Situation, pack: Pack) -> tuple[Candidate, ...]:
    """Every rule that applies and is worth saying, best first."""
    fitting = (rule for rule in pack.rules if applies(rule, situation))
    scored = (Candidate(rule, score(rule, situation, pack)) for rule in fitting)
    return tuple(sorted((c for c in scored if _worth(c, pack)), key=lambda candidate: candidate.rank))


def applies(rule: Rule, situation: Situation) -> bool:
    """Whether all that the rule asks for holds, and nothing that forbids it."""
    return called_for(rule, situation) and not any(name in situation.holds for name in rule.unless)


def called_for(rule: Rule, situation: Situation) -> bool:
    """Whether the rule's reasons hold, whatever may already have been done about them."""
    if rule.channels and situation.turn.channel not in rule.channels:
        return False
    if situation.intensity < rule.from_intensity:
        return False
    holds = situation.holds
    if not all(name in holds for name in rule.when):
        return False
    return not rule.any_of or any(name in holds for name in rule.any_of)


def score(rule: Rule, situation: Situation, pack: Pack) -> float:
    """Urgency x expected effect, warmer the stronger the feeling, minus nagging."""
    weights = pack.weights
    heat = (weights.heat_mild, weights.heat_mild, weights.heat_clear, weights.heat_strong)[situation.intensity]
    return rule.urgency * rule.effect * heat - _nagging(rule, situation.so_far, pack)


def because(rule: Rule, situation: Situation, pack: Pack) -> tuple[Because, ...]:
    """The turns and words the card stands on, the plainest reasons first."""
    names = [name for name in (*rule.when, *rule.any_of) if name in situation.holds]
    names.sort(key=lambda name: (name in _BARE, situation.holds[name].span is None, not situation.holds[name].label))
    reasons: list[Because] = []
    for name in names:
        evidence = situation.holds[name]
        reason = _reason(evidence, rule, pack)
        # A turn that has given its telling words need not be quoted as a whole as well.
        if not (evidence.label or evidence.span) and any(other.turn == reason.turn for other in reasons):
            continue
        if reason.words and not any(_same(reason, other) for other in reasons):
            reasons.append(reason)
    return tuple(reasons[:_REASONS_SHOWN])


def _same(one: Because, other: Because) -> bool:
    return one.turn == other.turn and (one.words.startswith(other.words) or other.words.startswith(one.words))


def _worth(candidate: Candidate, pack: Pack) -> bool:
    # Neither safety nor a boundary is dropped for having been said before: what was not heeded is still due.
    return candidate.rule.way <= Way.BOUNDARY or candidate.score >= pack.weights.worth_saying


def _nagging(rule: Rule, so_far: Timeline, pack: Pack) -> float:
    """How much this would repeat what was shown, or what the agent has been doing anyway."""
    weights, nag = pack.weights, 0.0
    for heard in so_far:
        card = heard.advice.raised
        if card is not None and card.rule == rule.name:
            nag += weights.nag_same_rule
    for heard in so_far[-pack.limits.same_kind_turns :]:
        if heard.advice.raised is not None and heard.advice.raised.kind is rule.kind:
            nag += weights.nag_same_kind
    latest = next((heard.reading for heard in reversed(so_far) if heard.reading.of_agent is not None), None)
    if latest is not None and any(latest.shows(move) for move in rule.aim):
        nag += weights.nag_aim_done
    return nag


def _reason(evidence: Evidence, rule: Rule, pack: Pack) -> Because:
    words = words_of(evidence, pack.limits.because_words)
    return Because(turn=evidence.line.turn.n, words=words, rule=rule.name)
