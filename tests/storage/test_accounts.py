"""People, sessions, tokens and holders as they are kept, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, select

from levelhead.people.permission import Action, may_open
from levelhead.people.person import Person, Role, Whose
from levelhead.people.secrets import Opens, Secret
from levelhead.people.session import SEEN_EVERY, Came, SessionRules
from levelhead.people.sight import EVERYTHING, sight_of
from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.accounts import LastAdmin, NameTaken, NotAName, People, UnknownPerson, new_person
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.holding import Holding
from levelhead.storage.library import Library
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.sessions import Begun, Sessions
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import NotAToken, Tokens, UnknownToken
from tests.clocks import NOON, Clock
from tests.people import mr_doyle
from tests.storage.test_books import heard

RULES = SessionRules(idle=timedelta(hours=1), longest=timedelta(hours=12))
AT_HOME = Came("192.0.2.7", "Firefox")


@pytest.fixture
def shelf(library: Library) -> Shelf:
    return library.shelf(library.first.id)


@pytest.fixture
def amira(shelf: Shelf) -> Person:
    team = Teams(shelf).all()[0].id
    return People(shelf).add(new_person(shelf.tenant, "amira", "Amira Haddad", Role.AGENT, [team]))


def signed_in(shelf: Shelf, person: Person, leaving: str | None = None) -> Begun:
    with shelf.writing() as connection:
        return Sessions(shelf, RULES).begin(connection, person.id, AT_HOME, NOON, leaving)


def is_in(shelf: Shelf, begun: Begun, **passed: float) -> bool:
    with shelf.reading() as connection:
        return Sessions(shelf, RULES).found(connection, begun.secret, NOON + timedelta(**passed)) is not None


def test_somebody_is_found_as_they_were_added(shelf: Shelf, amira: Person) -> None:
    assert People(shelf).one(amira.id) == People(shelf).named("amira") == amira
    assert People(shelf).all() == (amira,)


def test_a_name_is_taken_once_in_a_tenant_and_free_in_the_next(library: Library, shelf: Shelf, amira: Person) -> None:
    with pytest.raises(NameTaken):
        People(shelf).add(new_person(shelf.tenant, "amira", "Another Amira", Role.AGENT))
    other = library.shelf(library.add_tenant("Kettles Ltd", "kettles").id)
    People(other).add(new_person(other.tenant, "amira", "Amira of kettles", Role.ADMIN))
    assert [person.role for person in People(shelf).all()] == [Role.AGENT]
    with pytest.raises(UnknownPerson):
        People(other).one(amira.id)


def test_a_name_that_is_none_is_refused(shelf: Shelf) -> None:
    with pytest.raises(NotAName, match="name: "):
        People(shelf).add(new_person(shelf.tenant, "Amira Haddad", "Amira", Role.AGENT))


def test_nobody_can_be_put_in_another_tenants_team(library: Library, shelf: Shelf, amira: Person) -> None:
    theirs = Teams(library.shelf(library.add_tenant("Kettles Ltd", "kettles").id)).all()[0].id
    with pytest.raises(CannotKeep):
        People(shelf).put_in_teams(amira.id, [theirs])
    assert People(shelf).one(amira.id) == amira


def test_a_change_of_rights_signs_the_person_out_and_nobody_else(shelf: Shelf, amira: Person) -> None:
    sam = People(shelf).add(new_person(shelf.tenant, "sam", "Sam", Role.SUPERVISOR))
    of_sam, team = signed_in(shelf, sam), Teams(shelf).add("Returns", Rollout.ON).id
    changes: tuple[Callable[[], None], ...] = (
        lambda: People(shelf).give_role(amira.id, Role.SUPERVISOR),
        lambda: People(shelf).put_in_teams(amira.id, [team]),
        lambda: People(shelf).disable(amira.id),
    )
    for change in changes:
        of_amira = signed_in(shelf, amira)
        change()
        assert not is_in(shelf, of_amira)
    assert is_in(shelf, of_sam)
    changed = People(shelf).one(amira.id)
    assert (changed.role, changed.teams, changed.active) == (Role.SUPERVISOR, frozenset({team}), False)


def test_the_same_rights_again_sign_nobody_out(shelf: Shelf, amira: Person) -> None:
    begun = signed_in(shelf, amira)
    People(shelf).give_role(amira.id, amira.role)
    People(shelf).put_in_teams(amira.id, amira.teams)
    assert is_in(shelf, begun)


def test_the_last_admin_stays_one(shelf: Shelf, amira: Person) -> None:
    people = People(shelf)
    alex = people.add(new_person(shelf.tenant, "alex", "Alex", Role.ADMIN))
    people.add(replace(new_person(shelf.tenant, "demo", "Demo", Role.ADMIN), is_demo=True))
    changes: tuple[Callable[[], None], ...] = (
        lambda: people.disable(alex.id),
        lambda: people.give_role(alex.id, Role.AGENT),
    )
    for change in changes:
        with pytest.raises(LastAdmin):
            change()
    people.give_role(amira.id, Role.ADMIN)
    people.disable(alex.id)
    assert people.has_admin()
    people.enable(alex.id)
    assert people.one(alex.id).active


def test_what_is_written_with_a_change_is_undone_with_it(shelf: Shelf, amira: Person) -> None:
    def fail(_: Connection) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        People(shelf).disable(amira.id, also=[fail])
    assert People(shelf).one(amira.id).active


@pytest.mark.parametrize(("passed", "still_in"), [(59, True), (60, False)])
def test_a_session_ends_after_an_hour_of_nothing(shelf: Shelf, amira: Person, passed: int, still_in: bool) -> None:
    assert is_in(shelf, signed_in(shelf, amira), minutes=passed) is still_in


def test_a_session_ends_after_twelve_hours_whatever_is_done(shelf: Shelf, amira: Person) -> None:
    begun = signed_in(shelf, amira)
    session = begun.session
    for minute in range(30, 720, 30):
        Sessions(shelf, RULES).note(session, NOON + timedelta(minutes=minute))
        assert is_in(shelf, begun, minutes=minute)
    assert not is_in(shelf, begun, hours=12)


def test_activity_is_not_written_more_often_than_it_has_to(shelf: Shelf, amira: Person) -> None:
    begun = signed_in(shelf, amira)
    Sessions(shelf, RULES).note(begun.session, NOON + SEEN_EVERY / 2)
    assert Sessions(shelf, RULES).of(amira.id, NOON)[0].seen_at == NOON
    Sessions(shelf, RULES).note(begun.session, NOON + SEEN_EVERY)
    assert Sessions(shelf, RULES).of(amira.id, NOON)[0].seen_at == NOON + SEEN_EVERY


def test_signing_in_ends_the_session_that_the_browser_had_and_leaves_the_others(shelf: Shelf, amira: Person) -> None:
    phone, before = signed_in(shelf, amira), signed_in(shelf, amira)
    now = signed_in(shelf, amira, leaving=before.secret.written)
    assert [is_in(shelf, begun) for begun in (phone, before, now)] == [True, False, True]


def test_a_person_ends_one_of_their_sessions_or_all_others_and_nobody_elses(shelf: Shelf, amira: Person) -> None:
    sam = People(shelf).add(new_person(shelf.tenant, "sam", "Sam", Role.SUPERVISOR))
    sessions, of_sam = Sessions(shelf, RULES), signed_in(shelf, sam)
    first, second, third = (signed_in(shelf, amira) for _ in range(3))
    assert not sessions.end(amira.id, of_sam.session.id)
    assert sessions.end(amira.id, first.session.id)
    sessions.end_all(amira.id, but=[third.session.id])
    assert [is_in(shelf, begun) for begun in (first, second, third, of_sam)] == [False, False, True, True]
    assert [session.id for session in sessions.of(amira.id, NOON)] == [third.session.id]


def test_no_secret_is_in_the_database(shelf: Shelf, amira: Person) -> None:
    begun = signed_in(shelf, amira)
    made = Tokens(shelf).add("telephony", [Action.HEAR_TURN], timedelta(days=1))
    with shelf.reading() as connection:
        for table in (tables.session, tables.api_token):
            rows = str(connection.execute(select(table)).all())
            assert begun.secret.random not in rows
            assert made.secret.split("_", 2)[2] not in rows


def test_a_session_of_one_tenant_opens_nothing_at_another(library: Library, shelf: Shelf, amira: Person) -> None:
    other = library.shelf(library.add_tenant("Kettles Ltd", "kettles").id)
    moved = replace(signed_in(shelf, amira).secret, tenant=other.tenant)
    with other.reading() as connection:
        assert Sessions(other, RULES).found(connection, moved, NOON) is None


def test_a_token_is_found_by_its_secret_until_it_expires_or_ends(shelf: Shelf) -> None:
    clock = Clock()
    tokens = Tokens(shelf, clock)
    team = Teams(shelf).all()[0].id
    made = tokens.add("telephony", [Action.HEAR_TURN, Action.CHECK_DRAFT], timedelta(days=30), team=team)
    secret = Secret.read(made.secret, Opens.TOKEN)
    assert secret is not None
    assert tokens.found(secret) == made.token
    assert tokens.all() == (replace(made.token, last_used_at=NOON),)
    clock.forward(days=30)
    assert tokens.found(secret) is None
    clock.forward(days=-1)
    assert tokens.found(secret) is not None
    tokens.end(tokens.named("telephony").id)
    assert tokens.found(secret) is None
    for again in (lambda: tokens.end(made.token.id), lambda: tokens.named("telephony")):
        with pytest.raises(UnknownToken):
            again()
    tokens.add("telephony", [Action.HEAR_TURN], timedelta(days=30))


@pytest.mark.parametrize(
    ("name", "scopes", "days", "why"),
    [
        (" ", [Action.HEAR_TURN], 1, "name: "),
        ("telephony", [], 1, "scopes: "),
        ("telephony", [Action.MANAGE_PEOPLE], 1, "scopes: "),
        ("telephony", [Action.HEAR_TURN], 0, "days: "),
        ("telephony", [Action.HEAR_TURN], 400, "days: "),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_token_that_may_not_be_is_refused_by_the_name_of_the_field(
    shelf: Shelf, name: str, scopes: list[Action], days: int, why: str
) -> None:
    with pytest.raises(NotAToken, match=f"^{why}"):
        Tokens(shelf).add(name, scopes, timedelta(days=days))


def hear(shelf: Shelf, library: Library, conversation: str, team: UUID | None, holder: UUID | None) -> None:
    with library.of(shelf.tenant).turn_of(conversation, team, holder) as book:
        book.keep(heard(mr_doyle("Hello?", conversation=conversation)))


def test_a_conversation_is_held_by_one_person_at_a_time(library: Library, shelf: Shelf, amira: Person) -> None:
    team, holding = Teams(shelf).all()[0].id, Holding(shelf)
    hear(shelf, library, "free", team, None)
    assert holding.whose("free") == Whose(shelf.tenant, team, None)
    assert holding.take("free", amira.id)
    assert holding.take("free", amira.id)
    assert not holding.take("free", new_id())
    assert holding.whose("free") == Whose(shelf.tenant, team, amira.id)
    holding.hold("free", None)
    assert holding.whose("free") == Whose(shelf.tenant, team, None)
    assert holding.whose("nothing") is None


@pytest.mark.parametrize("role", Role)
def test_a_list_shows_exactly_what_may_be_opened(library: Library, shelf: Shelf, role: Role) -> None:
    mine, theirs = Teams(shelf).all()[0].id, Teams(shelf).add("Returns", Rollout.ON).id
    person = People(shelf).add(new_person(shelf.tenant, "amira", "Amira", role, [mine]))
    for place, team in enumerate((mine, theirs, None)):
        for kind, holder in (("mine", person.id), ("other", uuid4()), ("free", None)):
            hear(shelf, library, f"{place}-{kind}", team, holder)
    books, whose = library.of(shelf.tenant), Holding(shelf).whose
    sight = sight_of(person)
    listed = {one.id for one in books.conversations(sight=sight)} if sight else set()
    assert listed == {name for name in books.conversation_ids() if (of := whose(name)) and may_open(person, of)}
    assert len(books.conversations(sight=EVERYTHING)) == 9
