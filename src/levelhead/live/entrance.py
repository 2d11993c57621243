"""The entrance: who is at the door, and whether they come in. Everything here waits on disk or on Argon2: use a thread.

Whatever is wrong with a sign-in, the answer and the work are the same, so that nobody learns which names exist.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple
from uuid import UUID

from levelhead.people.api_token import ApiToken
from levelhead.people.hashing import Verdict, verify
from levelhead.people.known_browser import mark_in, proof_of
from levelhead.people.lockout import Counted, network_of
from levelhead.people.person import Person, Visit, sign_in_name
from levelhead.people.secrets import Opens, Secret
from levelhead.people.session import USUAL, Came, Session, SessionRules
from levelhead.storage.accounts import person_of
from levelhead.storage.accounts_credentials import Account, account_named, keep_digest
from levelhead.storage.accounts_failures import FailureBook
from levelhead.storage.books import utc_now
from levelhead.storage.database import Shelf
from levelhead.storage.languages import language_of
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep, Refused
from levelhead.storage.sessions import Sessions, leave
from levelhead.storage.tokens import Tokens


class NotLetIn(Refused):
    """They do not come in; the sentence does not say why."""


class Locked(Refused):
    """Too many tries: the next one is looked at after `seconds`."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = ceil(wait.total_seconds())
        minutes = ceil(self.seconds / 60)
        super().__init__(f"Too many tries. Please wait {minutes} minute{'' if minutes == 1 else 's'}, then try again.")


class Entered(NamedTuple):
    """Somebody who is in: the cookie that their browser has to keep, and the visit that it stands for.

    `known`, after a password: what the browser shows next time, so that other people's failures hold nobody up in it.
    """

    cookie: str
    visit: Visit
    known: str | None = None


WRONG = "The name or the password is not right. Check both, or ask an admin for a new link."
NOT_HERE = "You have no access here. Ask an admin of your team to let you in."


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way in to every tenant. People of the demo come in only while it runs (`demo`)."""

    library: Library
    rules: SessionRules = USUAL
    demo: bool = False
    clock: Callable[[], datetime] = utc_now

    def sign_in(
        self,
        tenant: UUID | None,
        name: str,
        password: str,
        came: Came,
        leaving: str | None = None,
        known: str | None = None,
    ) -> Entered:
        """Let somebody of this tenant in by name and password; None stands for a tenant that there is not.

        Always a new session; the one of the cookie `leaving` ends. `known` is what this browser was given when
        somebody signed in with it before. Raises NotLetIn, Locked or CannotKeep.
        """
        shelf, typed, now = self.library.shelf(tenant or self.library.first.id), sign_in_name(name), self.clock()
        with shelf.reading() as connection:
            account = account_named(connection, shelf.tenant, typed) if tenant else None
        mark = mark_in(known, account.digest if account else None, typed)
        tried = {Counted.BROWSER: f"{typed} {mark}"} if mark else self.tried(typed, came)
        self.count(shelf, tried)
        verdict = verify(account.digest if account else None, password)
        if account is None or not verdict.right or not self.lets_in(account.person):
            raise NotLetIn(WRONG)
        FailureBook(shelf).take_back(tried, now)
        digest = self._renewed(shelf, account, verdict)
        return self.enter(account.person, came, leaving)._replace(known=proof_of(digest, typed))

    def enter(self, person: Person, came: Came, leaving: str | None = None) -> Entered:
        """Let in somebody who has proved otherwise who they are. Raises NotLetIn for who is disabled, CannotKeep."""
        if not self.lets_in(person):
            raise NotLetIn(NOT_HERE)
        shelf = self.library.shelf(person.tenant)
        with shelf.writing() as connection:
            begun = Sessions(shelf, self.rules).begin(connection, person.id, came, self.clock(), leaving)
        return Entered(begun.secret.written, _visit(begun.session, person, begun.secret))

    def visit(self, cookie: str | None) -> Visit | None:
        """Who has this cookie, as they are now; it counts as activity. None for who is not signed in."""
        return self._visit(cookie, noted=True)

    def still(self, cookie: str | None) -> Visit | None:
        """The same without counting as activity: for a page that is only left open."""
        return self._visit(cookie, noted=False)

    def rotate(self, cookie: str, came: Came) -> Entered | None:
        """The same person in a new session; the old cookie opens nothing any more."""
        visit = self.still(cookie)
        return self.enter(visit.person, came, leaving=cookie) if visit else None

    def leave(self, cookie: str | None) -> None:
        """End the session of this cookie."""
        secret = Secret.read(cookie, Opens.SESSION)
        if secret is not None:
            with self.library.shelf(secret.tenant).writing() as connection:
                leave(connection, secret)

    def sessions(self, person: Person) -> tuple[Session, ...]:
        """Where this person is signed in, the newest first."""
        return self._sessions(person.tenant).of(person.id, self.clock())

    def end_session(self, person: Person, session: UUID) -> bool:
        """End one session of this person; False where they have none of this id."""
        return self._sessions(person.tenant).end(person.id, session)

    def end_all(self, person: Person, but: UUID | None = None) -> None:
        """Sign this person out everywhere, except in the session `but`."""
        self._sessions(person.tenant).end_all(person.id, () if but is None else (but,))

    def token(self, bearer: str | None) -> ApiToken | None:
        """The API token that was sent; None where it is none, has expired or was ended."""
        secret = Secret.read(bearer, Opens.TOKEN)
        return None if secret is None else Tokens(self.library.shelf(secret.tenant), self.clock).found(secret)

    def lets_in(self, person: Person) -> bool:
        """Whether this person may come in at all."""
        return person.active and (self.demo or not person.is_demo)

    def tried(self, name: str, came: Came) -> dict[Counted, str]:
        """What a try with this name from there is counted for."""
        return {Counted.NAME: name, Counted.ADDRESS: network_of(came.address)}

    def count(self, shelf: Shelf, tried: dict[Counted, str]) -> None:
        """Count a try as failed until it is known to be right. Raises Locked."""
        wait = FailureBook(shelf).count(tried, self.clock())
        if wait:
            raise Locked(wait)

    def _visit(self, cookie: str | None, *, noted: bool) -> Visit | None:
        secret = Secret.read(cookie, Opens.SESSION)
        if secret is None:
            return None
        shelf, now = self.library.shelf(secret.tenant), self.clock()
        sessions = Sessions(shelf, self.rules)
        with shelf.reading() as connection:
            session = sessions.found(connection, secret, now)
            person = person_of(connection, secret.tenant, session.person) if session else None
            person = person and replace(person, language=language_of(connection, person))
        if session is None or person is None or not self.lets_in(person):
            return None
        if noted:
            # A full disk must not sign people out before their hour is over.
            with suppress(CannotKeep):
                sessions.note(session, now)
        return _visit(session, person, secret)

    def _renewed(self, shelf: Shelf, account: Account, verdict: Verdict) -> str:
        """The digest that is kept from now on."""
        if verdict.renewed is not None:
            with shelf.writing() as connection:
                keep_digest(connection, account.person.id, verdict.renewed, self.clock())
        return verdict.renewed or account.digest or ""

    def _sessions(self, tenant: UUID) -> Sessions:
        return Sessions(self.library.shelf(tenant), self.rules)


def _visit(session: Session, person: Person, secret: Secret) -> Visit:
    return Visit(session.id, person, secret.csrf, session.ends_at)
