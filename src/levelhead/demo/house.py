"""The house in which the demo's past happens: its desk by a clock of its own, its people, and what they do at it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

import structlog

from levelhead.demo.agenda import Agenda
from levelhead.demo.past import Past
from levelhead.live.desk import Desk
from levelhead.people.audit_actor import HOUSE, act_as
from levelhead.people.person import Person, Whose
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.holding import Holding
from levelhead.storage.refusals import Refused

log = structlog.get_logger(__name__)
Done = TypeVar("Done")


class Looks(Protocol):
    """Whatever does by itself what is due: a clock of casework, the post."""

    async def look(self) -> int:
        """Do what is due now; how much there was."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the demo, by first name in small letters."""

    people: Mapping[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def agents(self) -> tuple[Person, ...]:
        """Those who answer customers, in a fixed order."""
        return tuple(self.people[name] for name in ("amira", "mateo", "hana"))

    @property
    def supervisor(self) -> Person:
        """Who helps and decides."""
        return self.people["sam"]


@dataclass(frozen=True, slots=True)
class Held:
    """A past conversation, who held it from the start, and when it began."""

    past: Past
    agent: Person
    began: datetime

    @property
    def id(self) -> str:
        """Of the conversation."""
        return self.past.id

    @property
    def over(self) -> datetime:
        """When its last turn was said."""
        return self.began + self.past.lasts


@dataclass(frozen=True, slots=True)
class House:
    """Everything a deed of the past needs."""

    desk: Desk
    staff: Staff
    agenda: Agenda
    whose: Whose
    clocks: tuple[Looks, ...] = ()

    @property
    def books(self) -> Books:
        """What is kept."""
        return self.desk.books

    @property
    def cases(self) -> Cases:
        """The casework, by the clock of the past."""
        return self.desk.cases

    def later(self, at: datetime, who: Person, conversation: str, deed: Callable[[], object]) -> None:
        """Have this person do something about a conversation then, between its turns, as on the desk."""

        async def do() -> None:
            act_as(who)
            try:
                await self.desk.change(conversation, deed)
            except Refused as refused:
                log.warning("The demo's past goes on without a deed", why=str(refused), conversation=conversation)

        self.agenda.add(at, do)

    def look_at(self, at: datetime, *kinds: type[Looks]) -> None:
        """Have the clocks of casework look then: those of these kinds, or all of them."""

        async def look() -> None:
            act_as(HOUSE)
            for clock in self.clocks:
                if not kinds or isinstance(clock, kinds):
                    await clock.look()

        self.agenda.add(at, look)

    def holder(self, conversation: str) -> Person | None:
        """Who holds a conversation now."""
        whose = Holding(self.books.shelf).whose(conversation)
        return next((one for one in self.staff.people.values() if whose and one.id == whose.owner), None)
