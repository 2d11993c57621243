"""Who could help and is here, and who reads along: what pages that are open say of themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from levelhead.live.bus import ConversationChanged
from levelhead.live.presence import Presence
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Whose
from levelhead.storage.accounts import People
from levelhead.storage.database import Shelf
from levelhead.web.gate import whose_of
from levelhead.web.rendering import Page


@dataclass(frozen=True, slots=True)
class AtHand:
    """A supervisor of the team who is here; `free` and `contact` are what they say of themselves."""

    person: Person
    free: bool
    contact: str


def give_sign(page: Page, conversation: str | None = None) -> None:
    """The page that is open says so; where somebody begins to read along, its holder's page says it at once."""
    person, presence, now = page.person, page.place.presence, page.now
    if reach_of(person, Action.GIVE_HELP):
        presence.beat(person.id, now)
    if conversation is None or whose_of(page.request).owner in (None, person.id):
        return
    if presence.reads(person.tenant, conversation, person.id, now):
        page.desk.bus.publish(ConversationChanged(conversation))


def helpers_here(shelf: Shelf, presence: Presence, whose: Whose, now: datetime) -> tuple[AtHand, ...]:
    """The supervisors of its team who are here, those who are free first."""
    could = {one.id: one for one in People(shelf).all() if _could_help(one, whose)}
    here = [could[one] for one in presence.here(could, now)]
    found = [AtHand(one, presence.room(one.id).free, presence.room(one.id).contact) for one in here]
    return tuple(sorted(found, key=lambda one: (not one.free, one.person.shown_as.casefold())))


def names_of(shelf: Shelf) -> dict[UUID, str]:
    """What everybody of the tenant is called."""
    return {one.id: one.shown_as for one in People(shelf).all()}


def readers_of(page: Page, conversation: str, whose: Whose) -> tuple[UUID, ...]:
    """Who reads along beside the one who answers."""
    found = page.place.presence.readers(page.person.tenant, conversation, page.now)
    return tuple(one for one in found if one != whose.owner)


def _could_help(person: Person, whose: Whose) -> bool:
    return person.active and reach_of(person, Action.GIVE_HELP) is not None and whose.team in person.teams
