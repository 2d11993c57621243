"""Customers over the API: profile, history, brief, one person of two, and what was before."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage.holds import Holds
from tests.web.signing import browser_of, place_of, somebody
from tests.web.test_before import TALK, broken, heard
from tests.web.test_customers_page import referred
from tests.web.test_gate import bearer

CALLS = "/api/v1/customers"
ADA = {"preferred_name": "Ada", "form_of_address": "", "language": "en-GB", "needs": []}
NEED = {"adjustment": "Speak slowly", "told_by": "customer", "agreed_on": "2026-03-06", "need": ""}
ROW: dict[str, Any] = {
    "conversation": "old-1",
    "n": 0,
    "speaker": "customer",
    "text": "Where is it?",
    "channel": "email",
}
ROW |= {"started_at": "2026-03-06T10:00:00", "zone": "Europe/London", "customer_ref": "crm-2", "outcome": "solved"}


@pytest.fixture
def okafor(client: TestClient) -> UUID:
    """A customer with a conversation that Amira holds."""
    heard(client, "before-it", "My zebra kettle has not come.")
    heard(client, TALK, "It is me again about the kettle, it is still not here.")
    client.post(f"/conversations/{TALK}/take")
    return referred(client, "crm-2")


@pytest.fixture
def ada(client: TestClient) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))


def test_a_profile_is_kept_and_told_with_the_history(client: TestClient, okafor: UUID) -> None:
    told = ADA | {"needs": [NEED]}
    assert client.put(f"{CALLS}/{okafor}/profile", json=told).json() == told
    found = client.get(f"{CALLS}/{okafor}").json()
    assert (found["profile"], found["reference"]) == (told, "crm-2")
    assert [one["conversation"] for one in found["contacts"]] == [TALK, "before-it"]
    assert client.put(f"{CALLS}/{okafor}/profile", json={"needs": [NEED | {"agreed_on": None}]}).status_code == 422
    assert client.get(f"{CALLS}/{uuid4()}").status_code == 404


def test_the_brief_has_a_source_for_each_line(client: TestClient, okafor: UUID) -> None:
    broken(client)
    client.put(f"{CALLS}/{okafor}/profile", json=ADA)
    found = client.get(f"/api/v1/conversations/{TALK}/brief").json()
    assert found["settle"] == ["broken_promise"]
    assert [line["kind"] for line in found["lines"]][:3] == ["address", "now", "not_kept"]
    assert all(line["conversation"] or line["item"] for line in found["lines"][1:3])
    assert client.get("/api/v1/conversations/nowhere/brief").status_code == 404


def test_a_program_needs_the_scope_and_is_told_of_no_moment(client: TestClient, okafor: UUID) -> None:
    broken(client)
    path = f"/api/v1/conversations/{TALK}/brief"
    assert client.get(path, headers=bearer(client, Action.SEE_READINGS)).status_code == 403
    found = client.get(path, headers=bearer(client, Action.SEE_BRIEF))
    assert (found.status_code, found.json()["settle"]) == (200, [])
    assert client.get(f"{CALLS}/{okafor}", headers=bearer(client, Action.SEE_CUSTOMER)).status_code == 200


def test_supervisors_make_one_of_two_and_part_them(client: TestClient, okafor: UUID) -> None:
    heard(client, "by-mail", "Where is it?", ref="mail-7")
    other = referred(client, "mail-7")
    sam = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))
    path = f"{CALLS}/{okafor}/merge"
    assert client.post(path, json={"other": str(other)}).status_code == 403
    merged = sam.post(path, json={"other": str(other)})
    assert (merged.status_code, len(merged.json()["identities"]), len(merged.json()["contacts"])) == (200, 2, 3)
    assert sam.post(path, json={"other": str(other)}).status_code == 409
    assert sam.post(path, json={"other": str(uuid4())}).status_code == 422
    books = place_of(client).desk.books
    hold = Holds(books.shelf, books.vault).place("a claim", "Ms Adeyemi", customer=okafor)
    assert sam.post(f"{CALLS}/{other}/split").status_code == 409
    Holds(books.shelf, books.vault).lift(hold.id, "Ms Adeyemi")
    assert len(sam.post(f"{CALLS}/{other}/split").json()["identities"]) == 1


def test_customers_and_history_are_brought_in_once(client: TestClient, ada: TestClient) -> None:
    rows = [{"reference": "crm-2", "preferred_name": "Ada"}, {"reference": "crm-3"}]
    assert ada.post(f"{CALLS}/import?dry_run=true", json=rows).json() == {"sent": 2, "new": 2}
    assert ada.post(f"{CALLS}/import", json=rows).json() == {"sent": 2, "new": 2}
    assert ada.post(f"{CALLS}/import", json=rows).json() == {"sent": 2, "new": 0}
    path = "/api/v1/history/import"
    assert ada.post(f"{path}?dry_run=true", json=[ROW]).json() == {"sent": 1, "new": 1}
    assert ada.post(path, json=[ROW]).json() == {"sent": 1, "new": 1}
    assert ada.post(path, json=[ROW]).json() == {"sent": 1, "new": 0}
    assert ada.post(path, json=[ROW | {"text": "Something else."}]).status_code == 409
    found = client.get(f"{CALLS}/{referred(client, 'crm-2')}", headers=bearer(client, Action.SEE_CUSTOMER)).json()
    assert found["contacts"][0]["outcome"] == "solved"
    assert client.post(path, json=[ROW]).status_code == 403


@pytest.mark.parametrize(
    ("path", "rows", "field"),
    [
        (f"{CALLS}/import", [{"reference": "crm-3"}, {"reference": "crm-4", "language": "English"}], "[1].language"),
        ("/api/v1/history/import", [ROW | {"started_at": None}], "started_at"),
        ("/api/v1/history/import", [ROW | {"outcome": "well"}], "outcome"),
    ],
)
def test_what_is_not_as_agreed_is_named(ada: TestClient, path: str, rows: list[dict[str, Any]], field: str) -> None:
    refused = ada.post(path, json=rows)
    assert (refused.status_code, refused.json()["field"]) == (422, field)
