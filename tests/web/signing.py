"""People of the tests who are signed in, each in a browser of their own."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from starlette.applications import Starlette
from starlette.testclient import TestClient

from levelhead.live.entrance import Entered, Entrance
from levelhead.people.person import Person, Role
from levelhead.people.session import Came
from levelhead.storage.accounts import People, new_person
from levelhead.storage.teams import Teams
from levelhead.web.forms import HEADER
from levelhead.web.workplace import Workplace

BASE = "http://levelhead.test"
CAME = Came("192.0.2.7", "A test")


def place_of(client: TestClient) -> Workplace:
    """What the application behind this browser works with."""
    app = client.app
    assert isinstance(app, Starlette)
    place: Workplace = app.state.workplace
    return place


def somebody(
    place: Workplace, role: Role, name: str, teams: Iterable[UUID] | None = None, tenant: UUID | None = None
) -> Person:
    """A new person of this role; of the first tenant and all its teams, unless something else is said."""
    shelf = place.desks.library.shelf(tenant or place.tenant.id)
    theirs = {team.id for team in Teams(shelf).all()} if teams is None else teams
    return People(shelf).add(new_person(shelf.tenant, name, name.capitalize(), role, theirs))


def sign_in(client: TestClient, person: Person) -> Entered:
    """Sign them in, in this browser; whatever it sends has the token of the session with it."""
    entrance: Entrance = place_of(client).entrance
    entered = entrance.enter(person, CAME)
    client.cookies.clear()
    client.cookies.set("levelhead", entered.cookie, domain="levelhead.test")
    client.headers[HEADER] = entered.visit.csrf
    return entered


def browser_of(client: TestClient, person: Person) -> TestClient:
    """Another browser at the same application, with this person signed in."""
    other = TestClient(client.app, base_url=BASE, follow_redirects=False)
    sign_in(other, person)
    return other


def nobody(client: TestClient) -> TestClient:
    """Another browser at the same application, in which nobody is signed in."""
    return TestClient(client.app, base_url=BASE, follow_redirects=False)


def lasting() -> timedelta:
    """For how long the tokens of tests are good."""
    return timedelta(days=1)
