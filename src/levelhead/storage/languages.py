"""Which language pages are in: what a person has chosen, else their team, else the tenant."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from levelhead.conversation.languages import LANGUAGES
from levelhead.people.audit import Deed
from levelhead.people.person import Person
from levelhead.storage.audit_notes import note
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused
from levelhead.storage.rules import rules_under, settle

_PREFIX: Final = "language."
_TENANT: Final = "tenant"


class WrongLanguage(Refused):
    """A language that there is no catalogue in."""


class Languages:
    """The choices of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def chosen(self) -> Mapping[UUID | None, str]:
        """What was chosen, by the id of a person or a team; the tenant's under None."""
        with self._shelf.reading() as connection:
            kept = _kept(connection)
        return {None if name == _TENANT else UUID(name): language for name, language in kept.items()}

    def choose(self, whose: UUID | None, language: str) -> None:
        """Have pages be in this language for a person or a team, for the tenant under None; '' takes it back.

        Raises WrongLanguage.
        """
        if language and language not in LANGUAGES:
            raise WrongLanguage(f"There is no catalogue in {language!r}. Choose from: {', '.join(LANGUAGES)}.")
        name = str(whose or _TENANT)
        with self._shelf.writing() as connection:
            settle(connection, f"{_PREFIX}{name}", language or None)
            note(connection, Deed.LANGUAGE_CHOSEN, f"{name}:{language or '-'}")


def language_of(connection: Connection, person: Person) -> str:
    """What pages are in for this person; '' where nobody has said. Of several teams the first that has one is right."""
    kept = _kept(connection)
    asked = (str(person.id), *sorted(map(str, person.teams)), _TENANT)
    return next((kept[name] for name in asked if name in kept), "")


def _kept(connection: Connection) -> Mapping[str, str]:
    kept = rules_under(connection, _PREFIX)
    return {name.removeprefix(_PREFIX): language for name, language in kept.items()}
