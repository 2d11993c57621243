"""Every route asks at the one gate; what is not there and what is not theirs are answered alike."""

from uuid import uuid4

import pytest
from fastapi import APIRouter, FastAPI
from starlette.testclient import TestClient

from levelhead.people.permission import SCOPES, Action
from levelhead.people.person import Person, Role
from levelhead.people.team import Rollout
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from levelhead.web.gate import Guarded, Undeclared, check_declared, guarded_routes
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.signing import lasting as a_day

HELLO = {"n": 0, "speaker": "customer", "text": "Where is the kettle? This is the third time I ask.", "channel": "chat"}


def bearer(client: TestClient, *scopes: Action, team: object = None) -> dict[str, str]:
    """What a program sends that has a token for these."""
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    token = Tokens(shelf).add(f"tests {uuid4()}", scopes or SCOPES, a_day(), team=team)  # type: ignore[arg-type]
    return {"authorization": f"Bearer {token.secret}"}


def heard(client: TestClient, conversation: str = "the-kettle", team: object = None) -> str:
    """A conversation that nobody holds, of the first team or of another one; the address of its page."""
    headers = bearer(client, team=team)
    turn = HELLO if team else HELLO | {"team": "Our team"}
    answer = nobody(client).post(f"/api/v1/conversations/{conversation}/turns", json=turn, headers=headers)
    assert answer.status_code == 200, answer.text
    return f"/conversations/{conversation}"


def with_role(client: TestClient, role: Role, name: str = "bea") -> TestClient:
    return browser_of(client, somebody(place_of(client), role, name))


def secrets() -> str:
    return "everything"


def test_a_route_that_does_not_say_what_it_does_cannot_be_made() -> None:
    with pytest.raises(Undeclared, match="/secrets"):
        APIRouter(route_class=Guarded).get("/secrets")(secrets)


def test_a_route_beside_the_gate_keeps_the_application_from_starting() -> None:
    app, router = FastAPI(openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None), APIRouter()
    router.get("/secrets")(secrets)
    app.include_router(router)
    with pytest.raises(Undeclared, match="/secrets"):
        check_declared(app)


def test_nobody_is_let_through_to_a_route_that_asks_for_somebody(client: TestClient) -> None:
    let_through = []
    for route in guarded_routes(client.app):  # type: ignore[arg-type]
        path = route.path.replace(":path", "")
        for name in ("conversation", "card", "person", "team", "session", "secret", "delivery", "destination"):
            path = path.replace(f"{{{name}}}", "x")
        for method in (route.methods or set()) - {"HEAD"}:
            status = nobody(client).request(method, path, json={}).status_code
            if route.ask.action is not None and status not in {401, 303}:
                let_through.append((method, path, status))
    assert let_through == []


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.AGENT, 200),
        (Role.SUPERVISOR, 200),
        (Role.REVIEWER, 200),
        (Role.TRAINER, 200),
        (Role.ANALYST, 200),
        (Role.ADMIN, 403),
    ],
)
def test_a_conversation_opens_for_whom_the_table_says(client: TestClient, role: Role, opens: int) -> None:
    here = heard(client)
    browser = with_role(client, role)
    assert browser.get(here).status_code == opens
    assert browser.get(f"/api/v1{here}").status_code == opens
    if role is not Role.ADMIN:
        assert here in browser.get("/").text


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.REVIEWER, Role.TRAINER])
def test_another_teams_conversation_is_not_there(client: TestClient, role: Role) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    browser = with_role(client, role)  # Before there is another team.
    here = heard(client, team=Teams(shelf).add("Night", Rollout.ON).id)
    theirs, missing = browser.get(here), browser.get("/conversations/nobody-knows")
    assert (theirs.status_code, theirs.text) == (404, missing.text)
    api, none = browser.get(f"/api/v1{here}"), browser.get("/api/v1/conversations/nobody-knows")
    assert (api.status_code, api.json()) == (404, none.json())
    assert here not in browser.get("/").text
    assert browser.post(f"/api/v1{here}/cards/x", json={"answer": "used"}).status_code in {403, 404}


def test_an_agent_takes_a_conversation_that_nobody_holds_and_then_replies(client: TestClient) -> None:
    here = heard(client)
    first, second = with_role(client, Role.AGENT, "bea"), with_role(client, Role.AGENT, "cid")
    assert "Take this conversation" in first.get(here).text
    assert first.post(f"{here}/draft", data={"text": "I can't do that."}).status_code == 404
    assert first.post(f"{here}/take").headers["location"] == here
    assert 'id="draft"' in first.get(here).text
    assert first.post(f"{here}/draft", data={"text": "I can't do that."}).status_code == 200
    assert second.get(here).status_code == 404, "what is held is the holder's"
    assert second.post(f"{here}/take").status_code == 303, "the team's things can be asked for"
    assert first.get(here).status_code == 200, "but nobody loses what they hold"


def test_a_token_does_what_its_scopes_say_and_no_more(client: TestClient) -> None:
    here = heard(client)
    program, reads = nobody(client), bearer(client, Action.READ_CONVERSATION)
    assert program.get(f"/api/v1{here}", headers=reads).status_code == 200
    assert program.post(f"/api/v1{here}/turns", json=HELLO | {"n": 1}, headers=reads).status_code == 403
    assert program.get(here, headers=reads).status_code == 303, "pages are for people"
    assert program.get("/people", headers=bearer(client)).status_code == 303


def test_a_token_of_a_team_reaches_that_team_only(client: TestClient) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    night = Teams(shelf).add("Night", Rollout.ON)
    ours, theirs = heard(client, "ours"), heard(client, "theirs", team=night.id)
    headers = bearer(client, team=night.id)
    program = nobody(client)
    assert program.get(f"/api/v1{theirs}", headers=headers).status_code == 200
    assert program.get(f"/api/v1{ours}", headers=headers).status_code == 404
    listed = program.get("/api/v1/conversations", headers=headers).json()
    assert [row["conversation"] for row in listed] == ["theirs"]


def test_the_tenant_of_the_session_chooses_the_desk(client: TestClient) -> None:
    library = place_of(client).desks.library
    toasters = library.add_tenant("Toasters", "toasters")
    here = heard(client)
    theirs = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "bea", tenant=toasters.id))
    assert theirs.get(here).status_code == 404
    added = theirs.post(f"/api/v1{here}/turns", json=HELLO | {"text": "Where is my toaster?"})
    assert added.status_code == 200
    assert "toaster" in theirs.get(here).text
    assert "Where is the kettle?" not in theirs.get(here).text
    assert Holding(library.shelf(toasters.id)).whose("the-kettle") is not None
    ours = with_role(client, Role.SUPERVISOR, "cid")
    assert "toaster" not in ours.get(here).text


@pytest.mark.parametrize("rollout", [Rollout.OFF, Rollout.SHADOW])
def test_agents_see_the_words_alone_until_levelhead_is_switched_on(client: TestClient, rollout: Rollout) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    Teams(shelf).roll_out(Teams(shelf).all()[0].id, rollout)
    here = heard(client)
    agent, analyst = with_role(client, Role.AGENT), with_role(client, Role.ANALYST, "cid")
    page = agent.get(here).text
    assert "Where is the kettle?" in page
    for shown in ('id="card"', 'id="steps"', 'id="outlook"', 'id="curve"', "evidence"):
        assert shown not in page
    row = agent.get(f"/api/v1{here}").json()["turns"][0]
    assert row["readable"] is False
    assert (row["emotion_p"]["neutral"], row["fired"], row["outlook"], row["card"]) == (1.0, [], None, None)
    assert 'class="feeling"' not in agent.get("/").text
    agent.post(f"{here}/take")
    assert agent.post(f"{here}/draft", data={"text": "I can't do that."}).text.strip() == ""
    seen = analyst.get(f"/api/v1{here}").json()["turns"][0]
    assert seen["readable"] == (rollout is Rollout.SHADOW), "in shadow it is read, when off it is not"


def test_a_reviewer_reads_what_was_said_and_not_what_was_forecast(client: TestClient) -> None:
    here = heard(client)
    forecasts = [
        with_role(client, role, role.value).get(f"/api/v1{here}").json()["turns"][0]["outlook"]
        for role in (Role.REVIEWER, Role.SUPERVISOR)
    ]
    assert forecasts[0] is None
    assert forecasts[1] is not None


def shown_people(browser: TestClient, people: list[Person]) -> list[str]:
    page = browser.get("/people").text
    return [person.name for person in people if person.shown_as in page]


def test_a_supervisor_sees_the_people_of_the_team_and_changes_none(client: TestClient) -> None:
    place = place_of(client)
    here, there = somebody(place, Role.AGENT, "bea"), somebody(place, Role.AGENT, "zoe", teams=[])
    browser = with_role(client, Role.SUPERVISOR, "cid")
    assert shown_people(browser, [here, there]) == ["bea"]
    assert 'action="/people' not in browser.get("/people").text
    for path in (f"/people/{here.id}/role", f"/people/{there.id}/disable", "/people", "/teams"):
        assert browser.post(path, data={"role": "admin", "name": "x"}).status_code == 403
