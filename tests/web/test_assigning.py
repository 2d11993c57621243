"""Who answers: a supervisor gives a conversation to an agent of its team, and whoever held it opens it no longer."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.person import Person, Role
from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.accounts import People
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import bearer, heard, with_role

HERE, HOLDER = "/conversations/the-kettle", "/api/v1/conversations/the-kettle/holder"


@pytest.fixture
def sam(client: TestClient) -> Person:
    """A supervisor of the team of a conversation that nobody holds."""
    heard(client)
    return somebody(place_of(client), Role.SUPERVISOR, "sam")


@pytest.fixture
def bea(client: TestClient) -> Person:
    return somebody(place_of(client), Role.AGENT, "bea")


def holder(client: TestClient) -> object:
    whose = Holding(place_of(client).desk.books.shelf).whose("the-kettle")
    assert whose
    return whose.owner


def audited(client: TestClient, deed: Deed) -> list[tuple[str | None, str]]:
    audit = tables.audit.c
    with place_of(client).desk.books.shelf.reading() as connection:
        rows = connection.execute(select(audit.who, audit.subject).where(audit.deed == deed.value).order_by(audit.id))
        return [tuple(row) for row in rows]


def test_a_supervisor_gives_it_to_an_agent_who_then_answers(client: TestClient, sam: Person, bea: Person) -> None:
    supervisor, agent = browser_of(client, sam), browser_of(client, bea)
    page = supervisor.get(HERE).text
    assert f'<option value="{bea.id}">Bea</option>' in page
    answered = supervisor.post(f"{HERE}/give", data={"person": str(bea.id)})
    assert (answered.status_code, answered.headers["location"]) == (303, f"{HERE}#answering")
    assert holder(client) == bea.id
    assert 'id="draft"' in agent.get(HERE).text
    assert HERE in agent.get("/").text
    assert audited(client, Deed.CONVERSATION_GIVEN) == [(f"person:{sam.id}", str(bea.id))]


def test_who_held_it_opens_it_no_longer(client: TestClient, sam: Person, bea: Person) -> None:
    cid = somebody(place_of(client), Role.AGENT, "cid")
    first, second = browser_of(client, bea), browser_of(client, cid)
    first.post(f"{HERE}/take")
    given = browser_of(client, sam).put(HOLDER, json={"person": str(cid.id)})
    assert given.json()["holder"] == {"id": str(cid.id), "shown_as": "Cid"}
    assert [agent["shown_as"] for agent in given.json()["agents"]] == ["Amira", "Bea", "Cid"]
    assert first.get(HERE).status_code == 404
    assert first.get(f"/api/v1{HERE}").status_code == 404
    assert first.get(f"{HERE}/stream").status_code == 404
    assert first.put(f"/api/v1{HERE}/consent", json={}).status_code == 404
    assert first.post(f"{HERE}/card", data={"card": "x", "answer": "used"}).status_code == 404
    assert HERE not in first.get("/").text
    assert second.get(HERE).status_code == 200


def test_it_can_wait_for_whoever_takes_it(client: TestClient, sam: Person, bea: Person) -> None:
    agent, supervisor = browser_of(client, bea), browser_of(client, sam)
    agent.post(f"{HERE}/take")
    assert supervisor.put(HOLDER, json={"person": None}).json()["holder"] is None
    assert "Take this conversation" in agent.get(HERE).text
    assert supervisor.post(f"{HERE}/give", data={"person": "nobody"}, headers={"hx-request": "true"}).status_code == 204


def test_it_is_given_to_active_agents_of_its_team_alone(client: TestClient, sam: Person, bea: Person) -> None:
    place, supervisor = place_of(client), browser_of(client, sam)
    shelf = place.desk.books.shelf
    night = Teams(shelf).add("Night", Rollout.ON)
    others = [
        somebody(place, Role.AGENT, "zoe", teams=[night.id]).id,
        somebody(place, Role.REVIEWER, "rosa").id,
        sam.id,
        uuid4(),
    ]
    People(shelf).disable(bea.id)
    for person in (*others, bea.id):
        refused = supervisor.put(HOLDER, json={"person": str(person)})
        assert (refused.status_code, refused.json()["field"]) == (422, "person")
        assert supervisor.post(f"{HERE}/give", data={"person": str(person)}).status_code == 422
        assert str(person) not in supervisor.get(HERE).text
    assert supervisor.post(f"{HERE}/give", data={"person": "somebody"}).status_code == 422
    assert supervisor.put(HOLDER, json={}).status_code == 422
    assert holder(client) is None


def test_a_holder_lets_go_of_their_own_and_of_nobody_elses(client: TestClient, sam: Person, bea: Person) -> None:
    first, second = browser_of(client, bea), with_role(client, Role.AGENT, "cid")
    first.post(f"{HERE}/take")
    assert f'action="{HERE}/let-go"' in first.get(HERE).text
    second.post(f"{HERE}/let-go")
    assert holder(client) == bea.id
    assert first.post(f"{HERE}/let-go").headers["location"] == "/"
    assert holder(client) is None
    assert audited(client, Deed.CONVERSATION_LET_GO) == [(f"person:{bea.id}", str(bea.id))]
    assert "Take this conversation" in second.get(HERE).text


@pytest.mark.parametrize("role", [Role.AGENT, Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_others_give_nothing(client: TestClient, sam: Person, bea: Person, role: Role) -> None:
    browser = with_role(client, role, "cid")
    assert browser.get(HOLDER).status_code == 403
    assert browser.put(HOLDER, json={"person": str(bea.id)}).status_code == 403
    assert browser.post(f"{HERE}/give", data={"person": str(bea.id)}).status_code == 403
    assert f'action="{HERE}/give"' not in browser.get(HERE).text
    assert holder(client) is None


def test_another_team_and_another_tenant_find_nothing(client: TestClient, sam: Person, bea: Person) -> None:
    place = place_of(client)
    night = Teams(place.desk.books.shelf).add("Night", Rollout.ON)
    toasters = place.desks.library.add_tenant("Toasters", "toasters")
    for known in ({"teams": [night.id]}, {"tenant": toasters.id}):
        theirs = browser_of(client, somebody(place, Role.SUPERVISOR, "una", **known))
        assert theirs.get(HOLDER).status_code == 404
        assert theirs.put(HOLDER, json={"person": str(bea.id)}).status_code == 404
        assert theirs.post(f"{HERE}/give", data={"person": str(bea.id)}).status_code == 404
        assert theirs.post(f"{HERE}/let-go").status_code == 404
    assert holder(client) is None


def test_it_takes_a_person_and_a_form_of_ours(client: TestClient, sam: Person, bea: Person) -> None:
    assert nobody(client).put(HOLDER, json={"person": str(bea.id)}, headers=bearer(client)).status_code == 401
    supervisor = browser_of(client, sam)
    del supervisor.headers[HEADER]
    assert supervisor.post(f"{HERE}/give", data={"person": str(bea.id)}).status_code == 403
    assert supervisor.put(HOLDER, json={"person": str(bea.id)}).status_code in {403, 422}
    assert holder(client) is None
