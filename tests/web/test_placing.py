"""Which team a conversation goes to that comes over the API, and what is refused because nobody could know."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient

from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from tests.web.signing import browser_of, lasting, nobody, place_of, somebody

HERE = "/api/v1/conversations/the-kettle"
HELLO = {"n": 0, "speaker": "customer", "text": "Where is the kettle?", "channel": "chat"}


def teams(client: TestClient) -> Teams:
    return Teams(place_of(client).desks.library.shelf(place_of(client).tenant.id))


def team_of(client: TestClient) -> UUID | None:
    """The team of the conversation."""
    whose = Holding(place_of(client).desks.library.shelf(place_of(client).tenant.id)).whose("the-kettle")
    assert whose is not None
    return whose.team


def program(client: TestClient, team: UUID | None = None) -> TestClient:
    """A program with a token of that team, or of the whole organisation."""
    tokens = Tokens(place_of(client).desks.library.shelf(place_of(client).tenant.id))
    secret = tokens.add("telephony", [Action.HEAR_TURN, Action.CHECK_DRAFT], lasting(), team=team).secret
    asking = nobody(client)
    asking.headers["authorization"] = f"Bearer {secret}"
    return asking


def test_with_one_team_nothing_needs_to_be_said(client: TestClient) -> None:
    assert program(client).post(f"{HERE}/turns", json=HELLO).status_code == 200
    assert team_of(client) == teams(client).all()[0].id


def test_with_several_teams_a_token_of_the_organisation_is_asked_which(client: TestClient) -> None:
    teams(client).add("Night", Rollout.ON)
    asking = program(client)
    refused = asking.post(f"{HERE}/turns", json=HELLO)
    assert refused.status_code == 422
    assert refused.json() == {
        "field": "team",
        "reason": "expected the team of this new conversation (Our team, Night), found nothing",
    }
    assert asking.post(f"{HERE}/draft", json={"text": "Hello."}).json()["field"] == "team"
    assert asking.post(f"{HERE}/draft", json={"text": "Hello.", "team": "Night"}).status_code == 200


@pytest.mark.parametrize("called", ["Night", "night", "its id"])
def test_the_first_turn_names_the_team_by_name_or_id(client: TestClient, called: str) -> None:
    night = teams(client).add("Night", Rollout.OFF)
    asking = program(client)
    named = str(night.id) if called == "its id" else called
    answered = asking.post(f"{HERE}/turns", json=[HELLO | {"team": named}, HELLO | {"n": 1}])
    assert (answered.status_code, team_of(client)) == (200, night.id)
    assert answered.json()[0]["readable"] is False, "in this team nothing is read"
    assert asking.post(f"{HERE}/turns", json=HELLO | {"n": 2}).status_code == 200, "later turns need not say it"


def test_a_team_that_is_not_there_is_refused_with_those_that_are(client: TestClient) -> None:
    teams(client).add("Night", Rollout.ON)
    refused = program(client).post(f"{HERE}/turns", json=[HELLO, HELLO | {"n": 1, "team": "Nihgt"}])
    assert (refused.status_code, refused.json()["field"]) == (422, "[1].team")
    assert refused.json()["reason"].endswith("(Our team, Night), found 'Nihgt'")


@pytest.mark.parametrize("team", [5, " ", ["Night"], "x" * 201])
def test_what_is_no_name_is_refused(client: TestClient, team: object) -> None:
    refused = program(client).post(f"{HERE}/turns", json=HELLO | {"team": team})
    assert (refused.status_code, refused.json()["field"]) == (422, "team")


def test_a_known_conversation_keeps_its_team(client: TestClient) -> None:
    teams(client).add("Night", Rollout.ON)
    asking = program(client)
    assert asking.post(f"{HERE}/turns", json=HELLO | {"team": "Our team"}).status_code == 200
    assert asking.post(f"{HERE}/turns", json=HELLO | {"n": 1, "team": "Our team"}).status_code == 200
    moved = asking.post(f"{HERE}/turns", json=HELLO | {"n": 2, "team": "Night"})
    assert (moved.status_code, moved.json()["reason"]) == (422, "expected Our team, whose it is, found 'Night'")


def test_rows_that_name_two_teams_are_refused(client: TestClient) -> None:
    teams(client).add("Night", Rollout.ON)
    rows = [HELLO | {"team": "Night"}, HELLO | {"n": 1, "team": "Our team"}]
    assert program(client).post(f"{HERE}/turns", json=rows).json()["field"] == "[1].team"


def test_a_token_of_a_team_stays_in_it(client: TestClient) -> None:
    night = teams(client).add("Night", Rollout.ON)
    asking = program(client, night.id)
    refused = asking.post(f"{HERE}/turns", json=HELLO | {"team": "Our team"})
    assert (refused.status_code, "(Night)" in refused.json()["reason"]) == (422, True)
    assert asking.post(f"{HERE}/turns", json=HELLO).status_code == 200
    assert team_of(client) == night.id


def test_a_person_begins_one_in_a_team_of_theirs_alone(client: TestClient) -> None:
    night = teams(client).add("Night", Rollout.ON)
    browser = browser_of(client, somebody(place_of(client), Role.AGENT, "bea", teams=[teams(client).all()[0].id]))
    assert browser.post(f"{HERE}/turns", json=HELLO | {"team": "Night"}).status_code == 422
    assert browser.post(f"{HERE}/turns", json=HELLO).status_code == 200
    assert team_of(client) != night.id
