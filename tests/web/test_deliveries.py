"""Administrators say who is told what, and send again what did not arrive."""

from uuid import uuid4

import pytest
from standardwebhooks import Webhook
from starlette.testclient import TestClient

from levelhead.people.person import Role
from tests.web.signing import browser_of, place_of, somebody

ELSEWHERE = {"url": "https://helpdesk.example.com/hooks", "kinds": ["levelhead.turn.heard.v1"]}
HELLO = {"n": 0, "speaker": "customer", "text": "Where is my refund?", "channel": "chat"}


@pytest.fixture
def admin(client: TestClient) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))


def test_a_destination_is_made_listed_switched_and_removed(admin: TestClient) -> None:
    made = admin.post("/api/v1/destinations", json=ELSEWHERE)
    assert made.status_code == 201
    Webhook(made.json()["secret"])  # It signs; another shape would be refused here.
    here = f"/api/v1/destinations/{made.json()['id']}"
    (listed,) = admin.get("/api/v1/destinations").json()
    assert (listed["url"], listed["kinds"], listed["active"], listed["secret"]) == (*ELSEWHERE.values(), True, None)
    assert admin.put(here, json={"active": False}).json()["active"] is False
    assert admin.delete(here).status_code == 204
    assert admin.get("/api/v1/destinations").json() == []
    assert admin.delete(here).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://169.254.169.254/latest"},
        {"url": "https://127.0.0.1/"},
        {"url": "ftp://example.com/"},
        {"kinds": ["levelhead.everything"]},
        {"colour": "red"},
    ],
)
def test_what_could_never_be_told_anything_is_refused(admin: TestClient, wrong: dict[str, object]) -> None:
    refused = admin.post("/api/v1/destinations", json=ELSEWHERE | wrong)
    assert refused.status_code == 422
    assert refused.json()["reason"]


def test_agents_have_no_say_in_it(client: TestClient) -> None:
    assert client.get("/api/v1/destinations").status_code in (403, 404)
    assert client.post("/api/v1/destinations", json=ELSEWHERE).status_code in (403, 404)
    assert client.get("/api/v1/outbox").status_code in (403, 404)


def test_what_lies_in_the_outbox_is_seen_without_a_word_of_it(client: TestClient, admin: TestClient) -> None:
    destination = admin.post("/api/v1/destinations", json=ELSEWHERE).json()["id"]
    assert client.post("/api/v1/conversations/call-1/turns", json=HELLO).status_code == 200
    answer = admin.get("/api/v1/outbox")
    (lying,) = answer.json()
    assert (lying["destination"], lying["kind"]) == (destination, "levelhead.turn.heard.v1")
    assert "refund" not in answer.text
    assert admin.get("/api/v1/outbox", params={"state": "dead"}).json() == []


def test_sending_again_says_how_many_wait(admin: TestClient) -> None:
    assert admin.post("/api/v1/outbox/resend", json={"event": str(uuid4())}).json() == {"waiting": 0}


def test_the_secret_that_is_told_once_is_in_no_file(admin: TestClient, client: TestClient) -> None:
    secret = admin.post("/api/v1/destinations", json=ELSEWHERE).json()["secret"]
    files = [path for path in place_of(client).settings.data_dir.rglob("*") if path.is_file()]
    assert {"levelhead.db", "levelhead.db-wal"} <= {path.name for path in files}
    assert [path.name for path in files if secret.encode() in path.read_bytes()] == []
