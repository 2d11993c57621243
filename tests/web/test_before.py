"""The brief over HTTP: who is shown it, that it quotes nothing they may not read, and the moment of one's own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from levelhead.casework.item import Kind
from levelhead.casework.opening_hours import OFFICE
from levelhead.casework.profile import Need, Profile, Teller
from levelhead.casework.promise import PROMISE, Promised, PromiseMove, PromiseState
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.people.audit import Deed
from levelhead.people.person import Role, Whose
from levelhead.people.team import Rollout
from levelhead.storage.audit import Audit
from levelhead.storage.cases import Cases
from levelhead.storage.customers import Customers
from levelhead.storage.opening_hours import Opening
from levelhead.storage.profiles import Profiles
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, nobody, place_of, somebody

TALK, BEFORE = "the-kettle", "/conversations/the-kettle/before"
SETTLES = "data-settle "


def heard(client: TestClient, conversation: str, text: str, *, team: UUID | None = None, ref: str = "crm-2") -> None:
    books = place_of(client).desk.books
    turn = Turn(conversation, 0, Speaker.CUSTOMER, text, Channel.CHAT, customer="Mrs Okafor", customer_ref=ref)
    team = team or Teams(books.shelf).all()[0].id
    assert client.portal
    client.portal.call(place_of(client).desk.hear, turn, Whose(books.tenant, team))


@pytest.fixture
def okafor(client: TestClient) -> UUID:
    """A customer with a conversation that Amira holds, and one before it."""
    heard(client, "before-it", "My zebra kettle has not come, and nobody has rung me back.")
    heard(client, TALK, "It is me again about the kettle, it is still not here.")
    client.post(f"/conversations/{TALK}/take")
    books = place_of(client).desk.books
    found = Customers(books.shelf, books.vault).referred("crm-2")
    assert found is not None
    return found


def broken(client: TestClient) -> None:
    cases, now = Cases(place_of(client).desk.books), datetime.now(UTC)
    body = Promised("ring you about the zebra kettle", "by Friday", 0, confirmed=True)
    opening = cases.opening(
        Kind.PROMISE,
        "a",
        body,
        machine=PROMISE,
        move=PromiseMove.MAKE,
        conversation="before-it",
        due_at=now - timedelta(1),
    )
    item = cases.open(Kind.PROMISE, "a", opening)
    for move in (PromiseMove.MISS, PromiseMove.BREAK):
        cases.write(cases.moving(item.id, PROMISE, PromiseState, move))


def test_a_promise_is_due_by_the_clocks_of_the_organisation(client: TestClient, okafor: UUID) -> None:
    Opening(place_of(client).desk.books.shelf).settle(replace(OFFICE, zone="Asia/Kathmandu"))
    before = datetime.now(UTC)
    broken(client)
    clock = f"{(before - timedelta(1)).astimezone(ZoneInfo('Asia/Kathmandu')):%H:}"
    for path in (BEFORE, f"/customers/{okafor}"):
        assert f" {clock}" in client.get(path).text, path


def test_the_brief_says_what_was_not_kept_and_leads_to_where_it_was_said(client: TestClient, okafor: UUID) -> None:
    broken(client)
    need = Need("Speak slowly", Teller.CUSTOMER, datetime.now(UTC).date(), agreed=True)
    Profiles(place_of(client).desk.books).keep(okafor, Profile("Ada", needs=(need,)))
    page = client.get(BEFORE).text
    for words in ("Ada", "Speak slowly", "ring you about the zebra kettle", "It is me again about the kettle"):
        assert words in page
    assert f'href="/conversations/{TALK}#turn-0"' in page
    assert page.index("Ada") < page.index("It is me again") < page.index("ring you about")
    lines = client.get(f"{BEFORE}/lines").text
    assert "Speak slowly" in lines
    assert SETTLES not in lines


def test_a_moment_is_offered_to_the_one_who_answers_and_to_nobody_else(client: TestClient, okafor: UUID) -> None:
    assert SETTLES not in client.get(BEFORE).text
    broken(client)
    page = client.get(BEFORE).text
    assert SETTLES in page
    assert "A promise to them was not kept." in page
    sam = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))
    seen = sam.get(BEFORE)
    assert (seen.status_code, "ring you about the zebra kettle" in seen.text, SETTLES in seen.text) == (
        200,
        True,
        False,
    )


@pytest.mark.usefixtures("okafor")
def test_who_holds_none_of_it_and_who_reviews_is_not_shown_it(client: TestClient) -> None:
    bea = browser_of(client, somebody(place_of(client), Role.AGENT, "bea"))
    assert bea.get(BEFORE).status_code == 404
    for role in (Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN):
        assert browser_of(client, somebody(place_of(client), role, role.value)).get(BEFORE).status_code == 403
    assert nobody(client).get(BEFORE).status_code == 303
    assert client.get("/conversations/unknown/before").status_code == 404


def test_whoever_may_take_a_conversation_that_nobody_holds_can_prepare_for_it(client: TestClient) -> None:
    heard(client, TALK, "My kettle has not come.")
    bea = browser_of(client, somebody(place_of(client), Role.AGENT, "bea"))
    assert "My kettle has not come." in bea.get(BEFORE).text


@pytest.mark.parametrize("rollout", [Rollout.ON, Rollout.OFF])
def test_of_another_team_only_the_contact_is_told(client: TestClient, okafor: UUID, rollout: Rollout) -> None:
    other = Teams(place_of(client).desk.books.shelf).add("Billing", rollout)
    heard(client, "elsewhere", "An xylophone bill that is wrong.", team=other.id)
    for path in (BEFORE, f"/customers/{okafor}"):
        assert "xylophone" not in client.get(path).text
    assert "in another team" in client.get(f"/customers/{okafor}").text


def test_the_brief_of_what_nobody_holds_is_for_who_may_take_it_and_the_look_is_noted(client: TestClient) -> None:
    heard(client, TALK, "It is me again about the kettle.")
    audit = Audit(place_of(client).desk.books.shelf)
    assert client.get(BEFORE).status_code == 200
    assert [row.deed for row in audit.latest(9, TALK)].count(Deed.CONVERSATION_SEEN) == 1
    rosa = browser_of(client, somebody(place_of(client), Role.REVIEWER, "rosa"))
    assert rosa.get(BEFORE).status_code in {403, 404}
