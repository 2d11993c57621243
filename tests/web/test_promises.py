"""Promises over HTTP: who sees which, and what they do to one, on the page and in the API."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from levelhead.casework.item import Kind
from levelhead.casework.promise import PROMISE, Promised, PromiseMove
from levelhead.casework.standing_in import Absence
from levelhead.people.person import Person, Role
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People
from levelhead.storage.cases import Cases
from levelhead.storage.opening_hours import Absences
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import bearer, heard

CALLS, PAGE, TALK = "/api/v1/promises", "/promises", "the-kettle"
SOON = timedelta(days=2)


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    """The browser of a supervisor of the team."""
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


@pytest.fixture
def bea(client: TestClient) -> Person:
    return somebody(place_of(client), Role.AGENT, "bea")


@pytest.fixture
def amira(client: TestClient) -> Person:
    """The agent of `client`, who holds the conversation."""
    heard(client)
    client.post(f"/conversations/{TALK}/take")
    shelf = place_of(client).desk.books.shelf
    return next(one for one in People(shelf).all() if one.name == "amira")


def made(client: TestClient, owner: Person | None = None, key: str = "a", **known: Any) -> str:
    cases = Cases(place_of(client).desk.books)
    told: dict[str, Any] = {"due_at": datetime.now(UTC) + SOON, "owner": owner.id if owner else None} | known
    body = told.pop("body", Promised("call you back about your refund", "by five", 0))
    write = cases.opening(Kind.PROMISE, key, body, machine=PROMISE, move=PromiseMove.MAKE, conversation=TALK, **told)
    return str(cases.open(Kind.PROMISE, key, write).id)


def state(client: TestClient, promise: str) -> str:
    found: str = client.get(f"{CALLS}/{promise}").json()["state"]
    return found


def test_a_promise_goes_from_the_list_to_kept_and_back(client: TestClient, amira: Person) -> None:
    promise = made(client, amira)
    (listed,) = client.get(CALLS).json()
    assert (listed["id"], listed["state"], listed["confirmed"]) == (promise, "made", False)
    assert client.post(f"{CALLS}/{promise}/confirm", json={}).json()["confirmed"] is True
    kept = client.post(f"{CALLS}/{promise}/keep", json={"why": "Rang at noon."}).json()
    assert (kept["state"], kept["kept_at"] is not None) == ("kept", True)
    assert client.get(CALLS).json() == []
    assert [one["id"] for one in client.get(CALLS, params={"state": "kept"}).json()] == [promise]
    assert client.post(f"{CALLS}/{promise}/reopen").json()["state"] == "made"
    changes = client.get(f"{CALLS}/{promise}").json()["changes"]
    assert [change["move"] for change in changes] == ["make", "confirm", "keep", "reopen"]
    assert changes[2]["why"] == "Rang at noon."
    assert changes[2]["who"] == f"person:{amira.id}"


def test_another_time_makes_another_promise(client: TestClient, amira: Person) -> None:
    promise = made(client, amira)
    due = (datetime.now(UTC) + 2 * SOON).isoformat()
    answer = client.post(f"{CALLS}/{promise}/supersede", json={"due_at": due})
    assert answer.status_code == 201
    assert (answer.json()["instead_of"], state(client, promise)) == (promise, "superseded")
    assert client.post(f"{CALLS}/{promise}/withdraw", json={}).status_code == 409
    assert client.post(f"{CALLS}/{promise}/reopen").json()["state"] == "made"
    assert state(client, answer.json()["id"]) == "withdrawn"


@pytest.mark.parametrize(
    ("call", "sent"),
    [
        ("confirm", {"due_at": "2020-01-01T00:00:00Z"}),
        ("supersede", {"due_at": "2020-01-01T00:00:00Z"}),
        ("keep", {"at": "2099-01-01T00:00:00Z"}),
        ("supersede", {}),
        ("supersede", {"due_at": "2026-01-01T00:00:00"}),
        ("keep", {"at": "9999-12-31T23:59:59-12:00"}),
        ("withdraw", {"why": "x" * 501}),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_nothing_is_changed(
    client: TestClient, amira: Person, call: str, sent: dict[str, str]
) -> None:
    promise = made(client, amira)
    assert client.post(f"{CALLS}/{promise}/{call}", json=sent).status_code == 422
    assert state(client, promise) == "made"


def test_what_is_due_by_a_time_can_be_asked_for(client: TestClient, amira: Person) -> None:
    soon, later = made(client, amira), made(client, amira, "b", due_at=datetime.now(UTC) + 5 * SOON)
    until = (datetime.now(UTC) + 2 * SOON).isoformat()
    assert [one["id"] for one in client.get(CALLS, params={"due_before": until}).json()] == [soon]
    assert [one["id"] for one in client.get(CALLS).json()] == [soon, later]
    assert client.get(CALLS, params={"due_before": "9999-12-31T23:59:59-12:00"}).status_code == 422


def test_agents_see_theirs_and_supervisors_their_teams(
    client: TestClient, amira: Person, bea: Person, sam: TestClient
) -> None:
    promise = made(client, amira)
    other = browser_of(client, bea)
    assert other.get(CALLS).json() == []
    assert other.get(f"{CALLS}/{promise}").status_code == 404
    assert other.post(f"{CALLS}/{promise}/keep", json={}).status_code == 404
    assert other.post(f"{PAGE}/{promise}/keep").status_code == 404
    assert [one["id"] for one in sam.get(CALLS).json()] == [promise]
    assert sam.get(CALLS, params={"mine": True}).json() == []
    assert [one["id"] for one in client.get(CALLS, params={"mine": True}).json()] == [promise]


def test_whoever_stands_in_has_the_promise_and_where_nobody_does_the_team(
    client: TestClient, amira: Person, bea: Person
) -> None:
    promise, other = made(client, amira), browser_of(client, bea)
    absences = Absences(place_of(client).desk.books.shelf)
    absences.begin(Absence(amira.id, datetime.now(UTC) + SOON, bea.id))
    assert [one["id"] for one in other.get(CALLS, params={"mine": True}).json()] == [promise]
    absences.begin(Absence(amira.id, datetime.now(UTC) + SOON))
    assert [one["id"] for one in other.get(CALLS).json()] == [promise]
    assert other.post(f"{CALLS}/{promise}/keep", json={}).json()["state"] == "kept"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_nobody_else_sees_promises(client: TestClient, amira: Person, role: Role) -> None:
    promise = made(client, amira)
    other = browser_of(client, somebody(place_of(client), role, "other"))
    assert other.get(CALLS).status_code == other.get(PAGE).status_code == 403
    assert other.get(f"{CALLS}/{promise}").status_code in (403, 404)
    assert PAGE not in other.get("/account").text.split("</header>")[0]


def test_nobody_is_shown_promises_of_a_team_that_is_shown_nothing(
    client: TestClient, amira: Person, sam: TestClient
) -> None:
    promise = made(client, amira)
    shelf = place_of(client).desk.books.shelf
    for team in Teams(shelf).all():
        Teams(shelf).roll_out(team.id, Rollout.SHADOW)
    assert client.get(CALLS).json() == sam.get(CALLS).json() == []
    assert client.get(f"{CALLS}/{promise}").status_code == 404


def test_what_there_is_not_is_not_there(client: TestClient) -> None:
    assert client.get(f"{CALLS}/{uuid4()}").status_code == 404
    assert client.post(f"{CALLS}/{uuid4()}/keep", json={}).status_code == 404
    assert client.get(f"{PAGE}/nonsense/change").status_code == 404


def test_a_program_with_the_scope_keeps_promises(client: TestClient, amira: Person) -> None:
    promise, program = made(client, amira), nobody(client)
    headers = bearer(client)
    assert [one["id"] for one in program.get(CALLS, headers=headers).json()] == [promise]
    assert program.post(f"{CALLS}/{promise}/keep", json={}, headers=headers).json()["state"] == "kept"
    assert program.get(CALLS).status_code == 401


def test_the_page_says_what_is_to_be_done_for_whom_and_offers_one_thing(client: TestClient, amira: Person) -> None:
    promise = made(client, amira)
    page = client.get(PAGE).text
    assert "Call the customer back about their refund" in page
    assert f'href="/conversations/{TALK}#turn-0"' in page
    assert page.count("data-yes") == 1
    assert client.post(f"{PAGE}/{promise}/confirm").headers["location"] == PAGE
    assert client.post(f"{PAGE}/{promise}/keep", headers={"hx-request": "true"}).status_code == 204
    settled = client.get(PAGE).text
    assert f"/promises/{promise}/undo" in settled
    client.post(f"{PAGE}/{promise}/undo")
    assert state(client, promise) == "made"


def test_a_time_is_given_on_the_page_in_the_zone_of_the_organisation(client: TestClient, amira: Person) -> None:
    vague = made(client, amira, body=Promised("be in touch", "", 0, needs_time=True))
    day = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    form = client.get(f"{PAGE}/{vague}/change", params={"back": f"/conversations/{TALK}"}).text
    assert 'type="datetime-local"' in form
    assert f'name="back" value="/conversations/{TALK}"' in form
    sent = client.post(f"{PAGE}/{vague}/time", data={"due": f"{day}T15:30", "back": f"/conversations/{TALK}"})
    assert sent.headers["location"] == f"/conversations/{TALK}"
    found = client.get(f"{CALLS}/{vague}").json()
    assert (found["due_at"], found["needs_time"], found["confirmed"]) == (f"{day}T15:30:00Z", False, True)


@pytest.mark.parametrize("due", ["", "tomorrow", "2020-01-01T00:00", "9999-12-31T23:59"])
def test_a_time_that_cannot_be_is_said_beside_the_field(client: TestClient, amira: Person, due: str) -> None:
    promise = made(client, amira)
    answer = client.post(f"{PAGE}/{promise}/time", data={"due": due, "back": "https://elsewhere.example"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "elsewhere" not in answer.text


def test_the_share_that_is_kept_is_for_supervisors_and_analysts_and_names_nobody(
    client: TestClient, amira: Person, sam: TestClient
) -> None:
    owners = [somebody(place_of(client), Role.AGENT, f"agent-{n}") for n in range(3)]
    keys = [f"kept-{n}" for n in range(6)]
    for n, key in enumerate(keys):
        body = Promised("call you back", "by five", 0, confirmed=True, cause="delivery")
        promise = made(client, owners[n % 3], key, body=body)
        sam.post(f"{CALLS}/{promise}/keep", json={})
    (rate,) = sam.get(f"{CALLS}/rates").json()
    assert (rate["cause"], rate["kept"], rate["promises"]) == ("delivery", 6, 6)
    assert 0 < rate["low"] < rate["high"] == 1
    assert "6 of 6" in sam.get(PAGE).text
    assert "6 of 6" not in client.get(PAGE).text
    assert client.get(f"{CALLS}/rates").status_code == 403


def test_what_was_over_when_it_came_in_is_told_by_the_clock_of_its_conversation(
    client: TestClient, amira: Person
) -> None:
    said = {"speaker": "agent", "text": "I'll call you back by five today.", "channel": "chat", "n": 0}
    said |= {"started_at": "2025-03-06T10:00:00", "zone": "Europe/London", "team": "Our team"}
    answer = nobody(client).post("/api/v1/conversations/long-ago/turns", json=said, headers=bearer(client))
    assert answer.status_code == 200, answer.text
    client.post("/conversations/long-ago/take")
    assert "today 17:00, in 7 h" in client.get("/conversations/long-ago").text
    assert "Call the customer back" not in client.get(PAGE).text
