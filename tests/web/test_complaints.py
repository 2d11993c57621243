"""Complaints over HTTP: one quiet question, limits that are seen, letters that are whole or refused, who may what."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from levelhead import packs
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage.cases import Cases, items_of
from levelhead.storage.complaint_rules import ComplaintRules, Settled
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import bearer

CALLS, PAGE, TALK = "/api/v1/complaints", "/complaints", "the-kettle"
WORDS = "I want to make a complaint about this."
SCHEME = "Communications Ombudsman, www.commsombudsman.org"
FOUND = {"findings": "The refund went to another account.", "done": "Sent it today.", "reasons": "It was our mistake."}


def settle(client: TestClient, *sets: str) -> None:
    shelf = place_of(client).desk.books.shelf
    settled = Settled(sets, "Kettles and More", "0800 123 4567", SCHEME)
    ComplaintRules(shelf).settle(settled, packs.complaints())


def complains(client: TestClient, weeks_ago: int = 0) -> str:
    """A customer who complains in the conversation of the agent of `client`; the id of what is proposed."""
    began = (datetime.now(UTC) - timedelta(weeks=weeks_ago)).replace(tzinfo=None)
    turn: dict[str, object] = {
        "n": 0,
        "speaker": "customer",
        "channel": "chat",
        "text": WORDS,
        "at": 0,
        "person": "Mr Doyle",
    }
    turn |= {"started_at": began.isoformat(), "zone": "UTC", "team": "Our team"}
    answer = nobody(client).post(f"/api/v1/conversations/{TALK}/turns", json=turn, headers=bearer(client))
    assert answer.status_code == 200, answer.text
    client.post(f"/conversations/{TALK}/take")
    (found,) = client.get(CALLS, params={"state": "proposed"}).json()
    return str(found["id"])


@pytest.fixture
def complaint(client: TestClient) -> str:
    settle(client, "uk-telecoms")
    return complains(client)


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def call(client: TestClient, complaint: str, deed: str, **said: object) -> dict[str, object]:
    answer = client.post(f"{CALLS}/{complaint}/{deed}", json=said)
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_the_desk_asks_one_question_and_a_no_ends_it(client: TestClient, complaint: str) -> None:
    page = client.get(f"/conversations/{TALK}").text
    assert "Is this a complaint?" in page
    assert client.post(f"/conversations/{TALK}/complaint", data={"do": "no"}).status_code == 303
    page = client.get(f"/conversations/{TALK}").text
    assert "Is this a complaint?" not in page
    assert "Everybody may complain" in page
    assert client.get(f"{CALLS}/{complaint}").json()["state"] == "not_one"
    client.post(f"/conversations/{TALK}/complaint", data={"do": "undo"})
    assert client.get(f"{CALLS}/{complaint}").json()["state"] == "proposed"


def test_a_yes_gives_the_code_to_tell_and_the_day_by_which(client: TestClient, complaint: str) -> None:
    client.post(f"/conversations/{TALK}/complaint", data={"do": "yes"})
    code = client.get(f"{CALLS}/{complaint}").json()["code"]
    page = client.get(f"/conversations/{TALK}").text
    assert code in page
    assert "acknowledgement by" in page
    assert [one["id"] for one in client.get(CALLS, params={"code": code.lower()}).json()] == [complaint]


def test_a_letter_is_refused_with_all_that_is_missing_and_kept_word_for_word_once_sent(
    client: TestClient, complaint: str
) -> None:
    call(client, complaint, "confirm")
    letters = f"{PAGE}/{complaint}/letters/final_response"
    refused = client.post(letters, data={"do": "look", "findings": "Booked twice.", "done": " "})
    assert refused.status_code == 422
    assert "Still missing" in refused.text
    assert "Booked twice." in refused.text, "what was typed stays"
    for missing in ("The answer", "Why", "What was done"):
        assert f"<li>{missing}</li>" in refused.text
    shown = client.post(letters, data={"do": "look", "decision": "upheld"} | FOUND)
    assert shown.status_code == 200
    assert SCHEME in shown.text
    assert client.get(f"{CALLS}/{complaint}").json()["letters"] == []
    assert client.post(letters, data={"do": "sent", "decision": "upheld"} | FOUND).status_code == 303
    (letter,) = client.get(f"{CALLS}/{complaint}").json()["letters"]
    assert letter["by"] == "Amira"
    paper = client.get(f"{PAGE}/{complaint}/sent/0").text
    for paragraph in letter["paragraphs"]:
        assert paragraph.split("“")[0] in paper
    assert client.get(f"{PAGE}/{complaint}/sent/1").status_code == 404


def test_what_the_tenant_has_not_settled_is_missing_too(client: TestClient) -> None:
    complaint = complains(client)
    call(client, complaint, "confirm")
    refused = client.post(f"{PAGE}/{complaint}/letters/acknowledgement", data={"do": "sent"})
    assert refused.status_code == 422
    assert "an admin settles this" in refused.text
    answer = client.post(f"{CALLS}/{complaint}/letters/acknowledgement", json={"sent": True})
    assert (answer.status_code, answer.json()["field"]) == (422, "contact")


def test_it_is_closed_only_with_its_cause(client: TestClient, complaint: str) -> None:
    call(client, complaint, "confirm")
    call(client, complaint, "letters/final_response", decision="upheld", sent=True, **FOUND)
    page = client.post(f"{PAGE}/{complaint}", data={"do": "close", "cause": " "})
    assert page.status_code == 422
    assert "Say what the complaint came from" in page.text
    assert client.post(f"{CALLS}/{complaint}/close", json={"cause": ""}).json()["field"] == "cause"
    assert call(client, complaint, "close", cause="Two systems.")["state"] == "closed"
    assert call(client, complaint, "reopen")["state"] == "reopened"


def test_the_list_says_what_is_at_risk_nearest_first(client: TestClient, sam: TestClient) -> None:
    settle(client, "uk-telecoms")
    complaint = complains(client, weeks_ago=7)
    assert "Is this a complaint?" in sam.get(PAGE).text
    call(client, complaint, "confirm")
    page = sam.get(PAGE).text
    assert "past a limit" in page
    assert "over 6 weeks" in page
    assert "over</b>" in page


def test_only_the_rules_that_hold_may_stand_still(client: TestClient, complaint: str) -> None:
    call(client, complaint, "confirm")
    answer = client.post(f"{CALLS}/{complaint}/pause", json={"why": "Photographs."})
    assert (answer.status_code, answer.json()["reason"]) == (
        409,
        "These rules let no clock stand still; it goes on while you wait for the customer.",
    )


def test_agents_see_theirs_supervisors_their_teams_and_others_none(
    client: TestClient, complaint: str, sam: TestClient
) -> None:
    bea = browser_of(client, somebody(place_of(client), Role.AGENT, "bea"))
    assert bea.get(CALLS, params={"state": "proposed"}).json() == []
    assert bea.get(f"{PAGE}/{complaint}").status_code == 404
    assert bea.post(f"{CALLS}/{complaint}/confirm").status_code == 404
    assert [one["id"] for one in sam.get(CALLS, params={"state": "proposed"}).json()] == [complaint]
    for role in (Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN):
        other = browser_of(client, somebody(place_of(client), role, role.value))
        assert other.get(f"{CALLS}/{complaint}").status_code == 403
        assert other.get(PAGE).status_code == 403


def test_what_was_only_read_is_not_shown_where_a_team_is_not_shown_it(
    client: TestClient, complaint: str, sam: TestClient
) -> None:
    teams = Teams(place_of(client).desk.books.shelf)
    for team in teams.all():
        teams.roll_out(team.id, Rollout.SHADOW)
    assert sam.get(CALLS, params={"state": "proposed"}).json() == []
    assert client.get(f"{CALLS}/{complaint}").status_code == 404


def test_who_hears_a_complaint_opens_it_by_hand(client: TestClient) -> None:
    turn = {"n": 0, "speaker": "customer", "channel": "chat", "text": "Where is my kettle?", "team": "Our team"}
    nobody(client).post(f"/api/v1/conversations/{TALK}/turns", json=turn, headers=bearer(client))
    client.post(f"/conversations/{TALK}/take")
    answer = client.post(f"/api/v1/conversations/{TALK}/complaint")
    assert (answer.status_code, answer.json()["state"], answer.json()["rules"]) == (201, "open", "iso-10002")
    assert client.post(f"/api/v1/conversations/{TALK}/complaint").json()["id"] == answer.json()["id"]


def test_an_admin_settles_the_rules_and_is_told_which_are_old(client: TestClient) -> None:
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    rules = f"{PAGE}/rules"
    assert "Nobody has compared these rules" in admin.get(rules).text
    sent = {"sets": ["uk-telecoms", "fca"], "first": "fca", "company": "Kettles", "contact": "0800", "scheme": "CISAS"}
    assert admin.post(rules, data=sent).status_code == 303
    settled = ComplaintRules(place_of(client).desk.books.shelf).settled()
    assert settled == Settled(("fca", "uk-telecoms"), "Kettles", "0800", "CISAS")
    assert client.get(rules).status_code in (403, 404)


def test_an_export_holds_the_complaint_and_its_letters(client: TestClient, complaint: str) -> None:
    call(client, complaint, "confirm")
    call(client, complaint, "letters/acknowledgement", sent=True)
    books = place_of(client).desk.books
    item = Cases(books).get(UUID(complaint))
    with books.shelf.reading() as connection:
        (kept,) = [one for one in items_of(connection, books, item.customer) if one["kind"] == "complaint"]
    assert kept["body"]["letters"][0]["kind"] == "acknowledgement"
