"""What answers teach, over HTTP: proposed to the team's supervisor, approved or not, named, and taken back."""

from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage.records import CardAnswer
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_correcting import hears
from tests.web.test_gate import bearer, with_role

PAGE = "/suggestions"
ANGRY = "My kettle never arrived. I'm furious."


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    """The browser of Sam, a supervisor of the first team."""
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


@pytest.fixture
def ada(client: TestClient) -> TestClient:
    """The browser of Ada, an admin."""
    return with_role(client, Role.ADMIN, "ada")


def team_of(client: TestClient) -> str:
    (team, *_) = Teams(place_of(client).desk.books.shelf).all()
    return str(team.id)


def answered(client: TestClient, answer: CardAnswer, times: int) -> str:
    """The rule whose cards were answered so, each in a conversation of its own."""
    rule = ""
    for _ in range(times):
        conversation = str(uuid4())
        card = hears(client, ANGRY, conversation=conversation)["card"]
        rule = card["because"][0]["rule"]
        told = nobody(client).post(
            f"/api/v1/conversations/{conversation}/cards/{conversation}:0",
            json={"answer": answer},
            headers=bearer(client),
        )
        assert told.status_code == 204
    return rule


def settle(browser: TestClient, answer: str, proposal: str, why: str = "") -> int:
    told = {"answer": answer, "proposal": proposal, "why": why}
    return browser.post(f"/teams/{team_of(browser)}/teaching", data=told).status_code


def test_too_few_answers_propose_nothing(client: TestClient, sam: TestClient) -> None:
    rule = answered(client, CardAnswer.WRONG, 3)
    assert "Nothing to decide" in sam.get(PAGE).text
    assert settle(sam, "approve", f"silent:{rule}:0") == 409


def test_what_is_mostly_wrong_is_proposed_approved_named_in_each_advice_and_taken_back(
    client: TestClient, sam: TestClient
) -> None:
    rule = answered(client, CardAnswer.WRONG, 8)
    page = sam.get(PAGE).text
    assert "Stop showing" in page
    assert "8 “wrong”" in page
    assert settle(sam, "approve", f"silent:{rule}:0", "It comes too late.") == 303
    page = sam.get(PAGE).text
    assert "8 of 8 answers spoke for it" in page
    assert "It comes too late." in page
    assert "Sam" in page
    card = hears(client, ANGRY, conversation="after")["card"]
    assert card is None or card["because"][0]["rule"] != rule
    books = place_of(client).desk.books
    assert books.timeline("after")[0].advice.pack.endswith(" +1")
    (one,) = Teaching(books.shelf).settled(Teams(books.shelf).all()[0].id)
    end = f"/teams/{team_of(sam)}/teaching/{one.id}/end"
    assert sam.post(end).status_code == 303
    assert sam.post(end).status_code == 409
    assert hears(client, ANGRY, conversation="again")["card"]["because"][0]["rule"] == rule


def test_what_mostly_comes_at_the_wrong_time_may_wait_for_stronger_feelings(
    client: TestClient, sam: TestClient
) -> None:
    rule = answered(client, CardAnswer.NOT_NOW, 8)
    assert "only when feelings are clear or strong" in sam.get(PAGE).text
    assert settle(sam, "decline", f"from_intensity:{rule}:2") == 303
    page = sam.get(PAGE).text
    assert "Nothing to decide" in page
    assert "Left as it is" in page
    assert settle(sam, "approve", f"from_intensity:{rule}:2") == 409, "it is proposed no longer"


def test_an_agent_sees_what_was_settled_and_settles_nothing(client: TestClient) -> None:
    rule = answered(client, CardAnswer.WRONG, 8)
    assert "Stop showing" in client.get(PAGE).text
    assert "Approve" not in client.get(PAGE).text
    assert settle(client, "approve", f"silent:{rule}:0") == 403


def test_a_supervisor_of_another_team_neither_sees_nor_settles_it(client: TestClient) -> None:
    rule = answered(client, CardAnswer.WRONG, 8)
    shelf = place_of(client).desk.books.shelf
    other = Teams(shelf).add("Another", Teams(shelf).all()[0].rollout)
    olga = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "olga", teams=[other.id]))
    assert "Stop showing" not in olga.get(PAGE).text
    assert settle(olga, "approve", f"silent:{rule}:0") == 404


def test_a_program_reads_what_was_said_and_settled_by_rule_and_never_by_person(
    client: TestClient, sam: TestClient
) -> None:
    rule = answered(client, CardAnswer.WRONG, 8)
    settle(sam, "approve", f"silent:{rule}:0", "It comes too late.")
    address = f"/api/v1/teams/{team_of(client)}/teaching"
    told = nobody(client).get(address, headers=bearer(client, Action.SEE_TEACHING)).json()
    (counted,) = told["counted"]
    assert counted == {"rule": rule, "kind": counted["kind"], "used": 0, "not_now": 0, "wrong": 8}
    (settled,) = told["settled"]
    assert (settled["number"], settled["how"], settled["rule"], settled["state"]) == (1, "silent", rule, "in_force")
    refused = nobody(client).get(address, headers=bearer(client, Action.READ_CONVERSATION))
    assert refused.status_code == 403


def test_an_admin_sets_a_share_that_is_held_out_and_the_team_page_says_so(client: TestClient, ada: TestClient) -> None:
    address = f"/teams/{team_of(ada)}/held-out"
    assert ada.post(address, data={"share": "10"}).status_code == 303
    assert "10 % of suggestions are not shown" in ada.get("/people").text
    assert "10 % of suggestions are not shown" in client.get(PAGE).text
    for wrong in ("51", "-1", "ten", "", "1e1"):
        assert ada.post(address, data={"share": wrong}).status_code == 422
    assert ada.post(address, data={"share": "0"}).status_code == 303
    assert "are not shown" not in ada.get("/people").text
    assert client.post(address, data={"share": "10"}).status_code == 403


def test_nothing_on_the_page_or_in_the_api_differs_from_silence_where_a_card_is_held_out(
    client: TestClient, ada: TestClient
) -> None:
    ada.post(f"/teams/{team_of(ada)}/held-out", data={"share": "50"})
    told = {}
    for _ in range(40):
        conversation = str(uuid4())
        told[conversation] = hears(client, ANGRY, conversation=conversation)
    books = place_of(client).desk.books
    held = {name for name in told if books.timeline(name)[0].advice.held_out}
    assert held
    assert held != set(told)
    for name in held:
        assert told[name]["card"] is None
        assert "held" not in str(told[name])
