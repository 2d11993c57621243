"""A fact that points to a case that lasts: many contacts within some weeks about one issue, and no solution yet.

It is counted from what was said, and says nothing of a person. What it is for comes first: solving the issue. It
proposes nothing by itself; a plan is something that a person proposes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from levelhead.conversation import Cue, Speaker, Timeline


@dataclass(frozen=True, slots=True)
class Many:
    """From how many contacts on, within how many days, it is pointed out."""

    contacts: int
    days: int


@dataclass(frozen=True, slots=True)
class Persisting:
    """So many contacts within so many days about this issue, none of which solved it."""

    issue: str
    contacts: int
    days: int


def persisting(past: Iterable[tuple[datetime, Timeline]], now: datetime, many: Many) -> Persisting | None:
    """The issue with the most contacts since it was last said to be solved; None where there are not as many.

    `past` are the contacts of one customer, each with the moment of its last turn.
    """
    counted: dict[str, int] = {}
    for at, timeline in sorted(past, key=lambda one: one[0]):
        issue = _issue(timeline)
        if issue and now - at <= timedelta(days=many.days):
            counted[issue] = 0 if _is_solved(timeline) else counted.get(issue, 0) + 1
    most = max(counted, key=lambda issue: counted[issue], default="")
    return Persisting(most, counted[most], many.days) if most and counted[most] >= many.contacts else None


def _issue(timeline: Timeline) -> str:
    return next((heard.reading.issue.name for heard in reversed(timeline) if heard.reading.issue), "")


def _is_solved(timeline: Timeline) -> bool:
    """Whether the customer said so, and nothing to the contrary after that."""
    said = [heard.reading for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER]
    solved = [place for place, one in enumerate(said) if one.shows(Cue.CONFIRMS_RESOLVED)]
    return bool(solved) and not any(one.shows(Cue.STILL_UNRESOLVED) for one in said[solved[-1] + 1 :])
