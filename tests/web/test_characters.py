"""NUL and half a character, wherever they may come in: refused with the name of the field, on either database."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.gate import guarded_routes
from tests.web.signing import BASE, browser_of, nobody, place_of, sign_in, somebody

HERE = "/api/v1/conversations/the-kettle"
HELLO = {"n": 0, "speaker": "customer", "text": "Where is the kettle?", "channel": "chat"}
HALF = r"\ud83d"
UNFIT = ["\\u0000", HALF, r"\udc00"]


@pytest.fixture
def client(database_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """Amira's browser, at an application over either database."""
    known = Settings(data_dir=tmp_path / "data", database=database_url, demo=False)
    with TestClient(create_app(known), base_url=BASE, follow_redirects=False) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        yield asking


def sent(client: TestClient, path: str, body: str) -> tuple[int, object]:
    """What is answered to this body: the status and the field that is named."""
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    return answer.status_code, answer.json()["field"]


@pytest.mark.parametrize("unfit", UNFIT)
def test_no_field_of_a_turn_takes_one(client: TestClient, unfit: str) -> None:
    rest = '"n": 0, "speaker": "customer"'
    for field in ("text", "source_id", "person", "customer_ref", "locale", "channel", "zone", "started_at", "team"):
        said = "" if field == "text" else ', "text": "Hello"'
        channel = "" if field == "channel" else ', "channel": "chat"'
        assert sent(client, f"{HERE}/turns", f'{{{rest}{said}{channel}, "{field}": "a{unfit}b"}}') == (422, field)
    assert sent(client, f"{HERE}/turns", f'{{{rest}, "text": "a", "channel": "chat", "conversation": "{unfit}"}}') == (
        422,
        "conversation",
    )
    assert client.get(HERE).status_code == 404, "nothing was kept"


@pytest.mark.parametrize("unfit", UNFIT)
def test_no_field_of_another_body_takes_one_and_none_of_its_names(client: TestClient, unfit: str) -> None:
    assert client.post(f"{HERE}/turns", json=HELLO).status_code == 200
    assert sent(client, f"{HERE}/draft", f'{{"text": "a{unfit}"}}') == (422, "text")
    assert sent(client, f"{HERE}/draft", f'{{"text": "a", "te{unfit}am": "a"}}')[0] == 422
    assert sent(client, f"{HERE}/cards/x", f'{{"answer": "{unfit}"}}') == (422, "answer")
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    assert sent(admin, "/api/v1/destinations", f'{{"url": "https://example.com/{unfit}"}}') == (422, "url")
    assert sent(admin, "/api/v1/destinations", f'{{"url": "https://example.com/", "kinds": ["{unfit}"]}}') == (
        422,
        "kinds[0]",
    )


def test_no_address_takes_one(client: TestClient) -> None:
    assert client.post(f"{HERE}/turns", json=HELLO).status_code == 200
    refused = client.post("/api/v1/conversations/a%00b/turns", json=HELLO)
    assert (refused.status_code, refused.json()["field"]) == (422, "conversation")
    assert client.get("/api/v1/conversations/a%00b").json()["field"] == "conversation"
    assert client.post(f"{HERE}/cards/a%00b", json={"answer": "used"}).json()["field"] == "card"
    assert client.get("/api/v1/conversations?limit=1%00").json()["field"] == "limit"
    page = client.get("/conversations/a%00b")
    assert (page.status_code, "There is a character in it that cannot be kept" in page.text) == (422, True)
    assert client.get("/static/a%00b.css").status_code == 404
    assert client.get("/nowhere/a%00b").status_code == 404


@pytest.mark.parametrize("field", ["name", "shown_as", "team"])
def test_no_form_takes_one(client: TestClient, field: str) -> None:
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    before = admin.get("/people").text
    refused = admin.post("/people", data={"name": "bea", "shown_as": "Bea", "role": "agent"} | {field: "a\0b"})
    assert (refused.status_code, f"{field}: There is a character" in refused.text) == (422, True)
    assert admin.get("/people").text == before


def test_signing_in_with_one_leads_nowhere(client: TestClient) -> None:
    browser = nobody(client)
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
    assert token
    form = {"csrf": token[1], "name": "amira", "password": "x", "next": "/\0/evil.example"}
    refused = browser.post("/sign-in", data=form)
    assert (refused.status_code, "location" in refused.headers) == (422, False)
    assert "next: There is a character" in refused.text


def test_bytes_that_are_no_text_are_no_form(client: TestClient) -> None:
    head = {"content-type": "application/x-www-form-urlencoded"}
    for body in (b"text=%ED%A0%BD", b"text=%FF", b"text=\xff"):
        assert client.post("/try", content=body, headers=head).status_code == 422


def test_no_route_at_all_breaks_on_one(client: TestClient) -> None:
    """Every address with NUL in each of its places, asked by an admin and by nobody: a refusal, never a fault."""
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    for route in guarded_routes(client.app):  # type: ignore[arg-type]
        for method in sorted((route.methods or set()) - {"HEAD"}):
            path = route.path.replace("{", "a%00b{")
            named = "".join(part.partition("}")[2] if "}" in part else part for part in path.split("{"))
            answer = admin.request(method, f"{named}?next=%00", data={"text": "\0"} if method == "POST" else None)
            assert answer.status_code < 500, (method, named)
