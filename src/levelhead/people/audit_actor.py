"""Who acts: known at the edge, where somebody was let in, and written beside every deed that the audit notes.

It lasts as long as the task that serves a request, threads included, so that nobody has to hand it on and nobody can
forget to.
"""

from contextvars import ContextVar
from typing import Final

from levelhead.people.api_token import ApiToken
from levelhead.people.person import Person

HOUSE: Final = "levelhead"
"""Levelhead itself: retention, the demo."""
COMMAND: Final = "command line"
"""Whoever may run commands on the machine."""
NOBODY: Final = "nobody"
"""Somebody who has not said who they are."""

_acting: ContextVar[str] = ContextVar("acting", default=HOUSE)


def actor_of(who: Person | ApiToken) -> str:
    """What the audit calls them: what they are, and their id."""
    return f"{'person' if isinstance(who, Person) else 'token'}:{who.id}"


def act_as(who: Person | ApiToken | str) -> None:
    """From here on, in this task and in what it starts, this one acts."""
    _acting.set(who if isinstance(who, str) else actor_of(who))


def who_acts() -> str:
    """Who does what is being done."""
    return _acting.get()
