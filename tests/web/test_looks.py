"""Looks at conversations through pages and API: whoever does not hold one is noted before they are answered."""

import pytest
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage.audit import Audit
from levelhead.storage.holding import Holding
from levelhead.storage.tokens import Tokens
from tests.web.signing import browser_of, lasting, nobody, place_of, somebody

HELLO = {"n": 0, "speaker": "customer", "text": "Where is the kettle? This is the third time I ask.", "channel": "chat"}
PAGE = "/conversations/the-kettle"


@pytest.fixture
def audit(client: TestClient) -> Audit:
    """Of the tenant in which Amira holds one conversation."""
    place = place_of(client)
    assert client.post(f"/api/v1{PAGE}/turns", json=HELLO).status_code == 200
    return Audit(place.desks.library.shelf(place.tenant.id))


def looks(audit: Audit) -> list[tuple[str | None, str]]:
    seen = (Deed.CONVERSATION_SEEN, Deed.LIST_SEEN)
    return [(row.who, row.deed) for row in reversed(audit.latest(50)) if row.deed in seen]


@pytest.mark.parametrize("address", [PAGE, f"/api/v1{PAGE}"])
def test_the_holders_look_is_not_noted_and_a_supervisors_is(client: TestClient, audit: Audit, address: str) -> None:
    noor = somebody(place_of(client), Role.SUPERVISOR, "noor")
    assert client.get(address).status_code == 200
    assert looks(audit) == []
    assert browser_of(client, noor).get(address).status_code == 200
    assert looks(audit) == [(f"person:{noor.id}", Deed.CONVERSATION_SEEN)]
    assert audit.latest(1)[0].conversation == "the-kettle"


def test_a_programs_look_is_noted(client: TestClient, audit: Audit) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    token = Tokens(shelf).add("telephony", [Action.READ_CONVERSATION], lasting())
    headers = {"authorization": f"Bearer {token.secret}"}
    assert nobody(client).get(f"/api/v1{PAGE}", headers=headers).status_code == 200
    assert looks(audit) == [(f"token:{token.token.id}", Deed.CONVERSATION_SEEN)]


def test_a_list_is_noted_for_whoever_sees_in_it_what_others_hold(client: TestClient, audit: Audit) -> None:
    noor = somebody(place_of(client), Role.SUPERVISOR, "noor")
    assert client.get("/").status_code == 200
    assert browser_of(client, noor).get("/").status_code == 200
    assert looks(audit) == [(f"person:{noor.id}", Deed.LIST_SEEN)]


def test_a_look_that_was_refused_is_none(client: TestClient, audit: Audit) -> None:
    admin = somebody(place_of(client), Role.ADMIN, "ada")
    assert browser_of(client, admin).get(PAGE).status_code in {403, 404}
    assert looks(audit) == []


def test_who_did_a_thing_is_known_by_their_session(client: TestClient, audit: Audit) -> None:
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    holder = Holding(shelf).whose("the-kettle")
    assert holder is not None
    who = {noted.deed: noted.who for noted in audit.latest(10, "the-kettle")}
    assert who[Deed.TURN_HEARD] == f"person:{holder.owner}"


def test_what_was_done_is_sealed_while_levelhead_runs_and_is_whole(client: TestClient, audit: Audit) -> None:
    place = place_of(client)
    while audit.seal():
        pass
    checked = audit.check()
    assert (checked.findings, checked.waiting) == ((), 0)
    assert (place.settings.data_dir / "audit.key").exists()
