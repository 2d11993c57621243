"""How much of a conversation somebody is shown: the words alone, what was read in them, or the forecasts as well."""

from dataclasses import replace

from levelhead.conversation import Advice, Heard, Reading, Timeline
from levelhead.people.api_token import ApiToken
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Role, Whose
from levelhead.people.team import Rollout


def is_shown(who: Person | ApiToken, rollout: Rollout) -> bool:
    """Whether what was read is shown to them. In shadow it is measured, and nobody who answers customers sees it.

    A program counts as one who answers: what it is given stands on an agent's screen a moment later.
    """
    answers_customers = isinstance(who, ApiToken) or who.role is Role.AGENT
    return rollout.shows or (rollout.reads and not answers_customers)


def as_shown(timeline: Timeline, who: Person | ApiToken, whose: Whose, rollout: Rollout) -> Timeline:
    """The conversation as they may see it."""
    if not is_shown(who, rollout):
        return tuple(words_alone(heard) for heard in timeline)
    if may(who, Action.SEE_FORECASTS, whose):
        return timeline
    return tuple(replace(heard, reading=replace(heard.reading, outlook=None)) for heard in timeline)


def words_alone(heard: Heard) -> Heard:
    """The turn as it would be kept if nobody had read it."""
    return Heard(heard.turn, Reading(language="", readable=False), Advice(steps={}))
