"""Lets tests in at a Levelhead that runs in a process of its own: before it starts, they write themselves in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from levelhead.live.entrance import Entrance
from levelhead.people.hashing import digest_of
from levelhead.people.permission import SCOPES
from levelhead.people.person import Role
from levelhead.people.session import Came
from levelhead.storage.accounts import People, new_person
from levelhead.storage.accounts_credentials import keep_digest
from levelhead.storage.books import utc_now
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens

PASSWORD = "four kettles in the rain"
"""Of ada, an admin, of sam.two, a supervisor, and of amira, noor and kim, agents; kim signs out everywhere."""
WITH_PASSWORDS = {
    "ada": Role.ADMIN,
    "sam.two": Role.SUPERVISOR,
    "amira": Role.AGENT,
    "noor": Role.AGENT,
    "kim": Role.AGENT,
}


class LetIn(NamedTuple):
    """What opens that Levelhead: an API token for everything, and the cookie of each person's browser.

    Beside the people with passwords there is sam, a supervisor.
    """

    token: str
    cookies: Mapping[str, str]

    @property
    def headers(self) -> dict[str, str]:
        """What a program sends with each request."""
        return {"authorization": f"Bearer {self.token}"}


def let_in(database_url: str) -> LetIn:
    """Write a token and a session of each person into the database there; a SQLite file is made where it is missing."""
    library = Library.open(database_url)
    try:
        shelf = library.shelf(library.first.id)
        token = Tokens(shelf).add("tests", SCOPES, timedelta(days=1)).secret
        teams = [team.id for team in Teams(shelf).all()]
        people = [
            People(shelf).add(new_person(shelf.tenant, name, name.capitalize(), role, teams))
            for name, role in WITH_PASSWORDS.items()
        ]
        with shelf.writing() as connection:
            for known in people:
                keep_digest(connection, known.id, digest_of(PASSWORD), utc_now())
        people.append(People(shelf).add(new_person(shelf.tenant, "sam", "Sam Okafor", Role.SUPERVISOR, teams)))
        entrance, came = Entrance(library), Came("127.0.0.1", "A test")
        return LetIn(token, {known.name: entrance.enter(known, came).cookie for known in people})
    finally:
        library.close()
