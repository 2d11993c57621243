"""How much of a conversation somebody is shown: the words alone, what was read in them, or the forecasts as well."""

from dataclasses import replace

from levelhead.conversation import Advice, Card, Heard, Reading, Timeline
from levelhead.people.api_token import ApiToken
from levelhead.people.permission import Action, may, may_see_readings
from levelhead.people.person import Person, Role, Whose
from levelhead.people.team import Rollout


def is_shown(who: Person | ApiToken, whose: Whose, rollout: Rollout) -> bool:
    """Whether they are shown what live help made of a conversation. In shadow, nobody who answers customers is.

    A program counts as one who answers: what it is given stands on an agent's screen a moment later.
    """
    if not may_see_readings(who, whose):
        return False
    answers_customers = isinstance(who, ApiToken) or who.role is Role.AGENT
    return rollout.shows or (rollout.reads and not answers_customers)


def as_shown(timeline: Timeline, who: Person | ApiToken, whose: Whose, rollout: Rollout) -> Timeline:
    """The conversation as they may see it: every page, stream and answer of the API shows this and nothing beyond."""
    if not is_shown(who, whose, rollout):
        return tuple(words_alone(heard) for heard in timeline)
    if may(who, Action.SEE_FORECASTS, whose):
        return timeline
    return tuple(replace(heard, reading=replace(heard.reading, outlook=None)) for heard in timeline)


def without_muted(timeline: Timeline) -> Timeline:
    """The conversation while its cards are muted: only those about somebody's safety stand in it."""
    return tuple(replace(heard, advice=_without_muted(heard.advice)) for heard in timeline)


def is_muted_away(card: Card | None) -> bool:
    """Whether this card is not shown while cards are muted."""
    return card is not None and not card.safety


def _without_muted(advice: Advice) -> Advice:
    card = None if is_muted_away(advice.card) else advice.card
    return replace(advice, card=card, showing=None if is_muted_away(advice.showing) else advice.showing)


def words_alone(heard: Heard) -> Heard:
    """The turn as it would be kept if nobody had read it."""
    return Heard(heard.turn, Reading(language="", readable=False), Advice(steps={}))
