"""Sealed values over HTTP: hints for who reads, one value at a time for whom it is for, each look audited."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.person import Role
from levelhead.storage import tables
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import HELLO, bearer, with_role

WORDS = "Ring me on 07700 900123 or write to q.doyle@zanzibar.example."
VALUES = ("7700900123", "07700 900123", "q.doyle@")


def heard(client: TestClient, team: object = None) -> str:
    headers = bearer(client, team=team)
    row = HELLO | {"text": WORDS}
    assert nobody(client).post("/api/v1/conversations/the-kettle/turns", json=row, headers=headers).status_code == 200
    return "/conversations/the-kettle"


def looks(client: TestClient) -> list[tuple[str | None, str]]:
    """Who saw a sealed value, and which."""
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    audit = tables.audit.c
    with shelf.reading() as connection:
        seen = select(audit.who, audit.subject).where(audit.deed == Deed.SEALED_SEEN.value).order_by(audit.id)
        return [tuple(row) for row in connection.execute(seen)]


def test_a_placeholder_shows_its_hint_and_the_page_never_the_value(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    page = browser.get(here).text
    assert f'data-sealed="/api/v1{here}/sealed/0/0"' in page
    assert "[phone number] …123" in page
    assert "[email address] …@zanzibar.example" in page
    told = browser.get(f"/api/v1{here}/sealed")
    assert told.json() == [
        {"n": 0, "place": 0, "kind": "phone number", "hint": "…123"},
        {"n": 0, "place": 1, "kind": "email address", "hint": "…@zanzibar.example"},
    ]
    for text in (page, told.text, browser.get(f"/api/v1{here}").text):
        assert [value for value in VALUES if value in text] == []
    assert looks(client) == []


def test_one_value_is_shown_when_asked_for_kept_by_no_cache_and_audited(client: TestClient) -> None:
    here, sam = heard(client), somebody(place_of(client), Role.SUPERVISOR, "sam")
    answer = browser_of(client, sam).post(f"/api/v1{here}/sealed/0/0")
    assert answer.json() == {"kind": "phone number", "value": "+447700900123"}
    assert answer.headers["cache-control"] == "no-store"
    assert looks(client) == [(f"person:{sam.id}", "0:0")]


def test_the_agent_who_holds_it_sees_it_and_no_other(client: TestClient) -> None:
    here, agent = heard(client), with_role(client, Role.AGENT)
    assert agent.post(f"/api/v1{here}/sealed/0/0").status_code == 404, "not before they have taken it"
    assert "data-sealed" not in agent.get(here).text
    assert "[phone number] …123" in agent.get(here).text
    agent.post(f"{here}/take")
    assert agent.post(f"/api/v1{here}/sealed/0/1").json()["value"] == "q.doyle@zanzibar.example"
    assert with_role(client, Role.AGENT, "cid").post(f"/api/v1{here}/sealed/0/0").status_code == 404


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_for_others_it_stays_sealed(client: TestClient, role: Role) -> None:
    here, browser = heard(client), with_role(client, role)
    assert browser.post(f"/api/v1{here}/sealed/0/0").status_code == 403
    assert "data-sealed" not in browser.get(here).text
    assert looks(client) == []


def test_no_token_ever_sees_a_value(client: TestClient) -> None:
    here = heard(client)
    program, headers = nobody(client), bearer(client)
    assert program.post(f"/api/v1{here}/sealed/0/0", headers=headers).status_code == 401
    assert program.get(f"/api/v1{here}/sealed", headers=headers).status_code == 200
    assert looks(client) == []


def test_another_tenant_finds_nothing(client: TestClient) -> None:
    here, library = heard(client), place_of(client).desks.library
    toasters = library.add_tenant("Toasters", "toasters")
    theirs = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "bea", tenant=toasters.id))
    assert theirs.post(f"/api/v1{here}/sealed/0/0").status_code == 404
    assert theirs.get(f"/api/v1{here}/sealed").status_code == 404
    assert looks(client) == []


@pytest.mark.parametrize("where", ["0/2", "1/0", "9999999999/0", "0/-1", "0/x", f"{'9' * 300}/0"])
def test_where_nothing_is_sealed_nothing_is_shown(client: TestClient, where: str) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    answer = browser.post(f"/api/v1{here}/sealed/{where}")
    assert answer.status_code in {404, 422}
    assert answer.json()["reason"]


def test_a_value_is_not_shown_to_a_form_that_is_not_ours(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    del browser.headers[HEADER]
    assert browser.post(f"/api/v1{here}/sealed/0/0").status_code == 403
    assert looks(client) == []
