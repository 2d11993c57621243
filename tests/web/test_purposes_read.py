"""What routes really read, held against what is declared of their purposes: nothing from behind a wall."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit_actor import HOUSE, act_as, actor_of
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.people.purpose_check import reachable
from levelhead.storage import tables
from levelhead.storage.audit_reads import columns_read
from levelhead.web.gate import guarded_routes
from tests.web.signing import browser_of, place_of, somebody

HELLO = {"n": 0, "speaker": "customer", "text": "Where is the kettle? This is the third time I ask.", "channel": "chat"}
ROLES = (Role.AGENT, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN)


def addresses(client: TestClient) -> dict[str, Action]:
    """Every page and call that can be looked at, with what it does."""
    found = {}
    for route in guarded_routes(client.app):  # type: ignore[arg-type]
        if "GET" in (route.methods or ()) and route.ask.action is not None and not route.path.endswith("/stream"):
            found[route.path.replace("{conversation:path}", "the-kettle")] = route.ask.action
    return {path: action for path, action in found.items() if "{" not in path}


@pytest.mark.parametrize("role", ROLES)
def test_no_route_reads_from_behind_a_wall(client: TestClient, role: Role) -> None:
    assert client.post("/api/v1/conversations/the-kettle/turns", json=HELLO).status_code == 200
    bea = somebody(place_of(client), role, "bea")
    engine, browser, answered = place_of(client).desks.library.database.engine, browser_of(client, bea), []
    for path, action in addresses(client).items():
        with columns_read(engine, actor_of(bea)) as read:
            if browser.get(path).status_code == 200:
                answered.append(path)
        assert read - reachable(action) == set(), (path, action)
    assert answered


def test_a_planted_way_from_live_help_to_a_page_about_people_is_seen(client: TestClient) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    act_as("a report")
    with columns_read(shelf.database.engine, "a report") as read, shelf.reading() as connection:
        ignored = select(tables.card_answer.c.conversation).where(tables.card_answer.c.answer == "wrong")
        connection.execute(select(tables.person.c.name).where(tables.person.c.name.in_(ignored)))
    act_as(HOUSE)
    assert read - reachable(Action.SEE_PEOPLE) == {"card_answer.answer"}
