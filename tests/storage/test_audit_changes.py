"""Whatever changes something that people answer for is noted by the storage itself; no caller can forget it."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import levelhead
from levelhead.people.api_token import ApiToken
from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role
from levelhead.people.session import USUAL, Came
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.accounts_credentials import invite
from levelhead.storage.audit import Audit
from levelhead.storage.books import Books
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.sessions import Sessions
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from levelhead.storage.vault import OPEN
from tests.people import mr_doyle
from tests.storage.test_books import heard, keep

NOW = datetime(2025, 3, 6, 10, 42, tzinfo=UTC)
SOURCE = Path(levelhead.__file__).parent

NOTED_BY = {"note", "noted", "add_person", "set_rights", "invite", "leave"}
"""What notes a deed when it is called."""
NO_DEED = {
    "cases.Cases.open": "each item that `opening` writes is noted there",
    "cases.Cases.write": "each item that `opening` or `moving` writes is noted there",
    "profiles.Profiles.imported": "what it changes is noted as it is written",
    "profiles.Profiles.keep": "what it changes is noted as it is written",
    "editions.Editions.write": "what is drafted or set aside is noted as it is written",
    "teaching.Teaching._decide": "what is decided is noted as it is written",
    "teaching.Teaching.end": "that it ended is noted as it is written",
    "teaching.Teaching.hold_out": "what ended and what begins is noted as it is written",
    "audit.Audit.seal": "gives rows their places",
    "books.Books.turn_of": "its turns are noted one by one as they are written",
    "library.Library.furnish": "what is there before anybody has done anything",
    "sessions.Sessions.note": "that somebody is still there",
    "tokens.Tokens._note": "that a token was used",
    "pulse.check_takes": "a try whether anything can be written",
    "outbox.Outbox.claim": "how the outbox is worked through",
    "outbox.Outbox.release": "how the outbox is worked through",
    "outbox.Outbox.release_all": "how the outbox is worked through",
    "outbox.Outbox.note": "how the outbox is worked through",
    "outbox.Outbox.forget": "what arrived long ago",
    "accounts_failures.FailureBook.count": "a wrong password, which changes nothing",
    "accounts_failures.FailureBook.take_back": "a right one",
}
"""What writes and is nobody's deed, and why."""


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return library.shelf(library.first.id)


def deeds(shelf: Shelf) -> list[tuple[str, str]]:
    return [(row.deed, row.subject) for row in reversed(Audit(shelf).latest(50))]


def somebody(shelf: Shelf, role: Role = Role.AGENT) -> Person:
    return new_person(shelf.tenant, "amira", "Amira", role)


def test_what_is_done_to_people_is_noted(shelf: Shelf) -> None:
    people, amira = People(shelf), somebody(shelf)
    team = Teams(shelf).all()[0].id
    people.add(amira)
    people.give_role(amira.id, Role.SUPERVISOR)
    people.put_in_teams(amira.id, [team])
    people.put_in_teams(amira.id, [team])
    people.disable(amira.id)
    people.enable(amira.id)
    with shelf.writing() as connection:
        invite(connection, shelf.tenant, amira.id, NOW)
    assert deeds(shelf) == [
        (Deed.PERSON_ADDED, f"{amira.id}:agent"),
        (Deed.ROLE_GIVEN, f"{amira.id}:supervisor"),
        (Deed.TEAMS_GIVEN, str(amira.id)),
        (Deed.PERSON_DISABLED, str(amira.id)),
        (Deed.PERSON_ENABLED, str(amira.id)),
        (Deed.LINK_MADE, str(amira.id)),
    ]


def test_who_comes_and_goes_is_noted(shelf: Shelf) -> None:
    amira, sessions = People(shelf).add(somebody(shelf)), Sessions(shelf, USUAL)
    with shelf.writing() as connection:
        begun = sessions.begin(connection, amira.id, Came("192.0.2.1", "a browser"), NOW, None)
    assert sessions.end(amira.id, begun.session.id)
    assert not sessions.end(amira.id, begun.session.id)
    assert deeds(shelf)[1:] == [(Deed.SIGNED_IN, str(begun.session.id)), (Deed.SIGNED_OUT, str(begun.session.id))]
    assert Audit(shelf).latest(2)[1].who == f"person:{amira.id}"


def test_what_is_done_to_teams_and_tokens_is_noted(shelf: Shelf) -> None:
    team = Teams(shelf).add("Returns", Rollout.OFF)
    Teams(shelf).roll_out(team.id, Rollout.SHADOW)
    tokens = Tokens(shelf)
    token: ApiToken = tokens.add("telephony", [Action.HEAR_TURN], timedelta(days=1)).token
    tokens.end(token.id)
    assert deeds(shelf) == [
        (Deed.TEAM_ADDED, str(team.id)),
        (Deed.ROLLOUT_CHANGED, f"{team.id}:shadow"),
        (Deed.TOKEN_MADE, str(token.id)),
        (Deed.TOKEN_ENDED, str(token.id)),
    ]


def test_a_conversation_that_is_taken_is_noted_once(shelf: Shelf, books: Books) -> None:
    amira = somebody(shelf)
    keep(books, heard(mr_doyle("Hello?")))
    assert Holding(shelf).take("the-late-refund", amira.id)
    assert not Holding(shelf).take("the-late-refund", new_person(shelf.tenant, "noor", "Noor", Role.AGENT).id)
    assert deeds(shelf) == [(Deed.TURN_HEARD, "0"), (Deed.CONVERSATION_TAKEN, str(amira.id))]


def test_where_events_go_is_noted(shelf: Shelf) -> None:
    there = Destinations(shelf, OPEN)
    helpdesk = there.add("https://helpdesk.example.com/hooks", [], "a secret", NOW).id
    there.switch(helpdesk, active=False)
    there.remove(helpdesk)
    assert deeds(shelf) == [
        (Deed.DESTINATION_ADDED, str(helpdesk)),
        (Deed.DESTINATION_CHANGED, f"{helpdesk}:off"),
        (Deed.DESTINATION_REMOVED, str(helpdesk)),
    ]


def test_a_new_tenant_is_noted_with_it(library: Library) -> None:
    kettles = library.add_tenant("Kettles Ltd", "kettles")
    assert deeds(library.shelf(kettles.id)) == [(Deed.TENANT_ADDED, str(kettles.id))]


def test_whatever_writes_notes_a_deed_or_says_why_it_is_none() -> None:
    silent = {name for name, noting in _writing() if not noting}
    assert silent == set(NO_DEED)


def _writing() -> Iterator[tuple[str, bool]]:
    """Everything in storage that opens a transaction to write, and whether it notes what it does."""
    for path in sorted((SOURCE / "storage").glob("*.py")):
        for name, function in _functions(ast.parse(path.read_text(encoding="utf-8")), path.stem):
            called = {_called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
            if "writing" in called and path.stem != "database":
                yield name, bool(called & NOTED_BY)


def _functions(tree: ast.AST, within: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}.{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{within}.{node.name}")


def _called(call: ast.Call) -> str:
    named = call.func
    return named.attr if isinstance(named, ast.Attribute) else named.id if isinstance(named, ast.Name) else ""
