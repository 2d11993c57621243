"""Cards are muted in one conversation, over HTTP: nothing of them is shown anywhere, but for somebody's safety."""

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage import tables
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_correcting import ANGRY, API, HERE, hears
from tests.web.test_gate import bearer, with_role

SELF_HARM = "I can't go on. I want to kill myself tonight."
MUTED = f"{API}/muted"


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    """The browser of Sam, a supervisor, and a conversation with a card."""
    assert hears(client, ANGRY)["card"]
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def mute(browser: TestClient, said: str = "yes") -> None:
    assert browser.post(f"{HERE}/mute", data={"muted": said}).status_code == 303


def test_a_muted_card_stands_nowhere_and_comes_back_with_the_advice_as_it_was(sam: TestClient) -> None:
    before = sam.get(API).json()
    assert before["showing"]
    title = before["turns"][0]["card"]["title"]
    mute(sam)
    page, after = sam.get(HERE).text, sam.get(API).json()
    assert "Suggestions are muted here." in page
    assert title not in page + sam.get("/").text
    assert (after["showing"], after["turns"][0]["card"]) == (None, None)
    assert sam.get("/api/v1/conversations").json()[0]["card"] is None
    mute(sam, "no")
    assert sam.get(API).json() == before
    assert title in sam.get(HERE).text


def test_a_program_that_answers_cards_mutes_them_and_is_given_none(client: TestClient, sam: TestClient) -> None:
    program = nobody(client)
    headers = bearer(client)
    assert program.get(MUTED, headers=headers).json() == {"muted": False}
    assert program.put(MUTED, json={"muted": True}, headers=headers).json() == {"muted": True}
    assert program.get(MUTED, headers=headers).json() == {"muted": True}
    assert hears(client, ANGRY, 1)["card"] is None
    assert hears(client, ANGRY, conversation="another")["card"]


def test_what_is_about_somebodys_safety_comes_all_the_same(client: TestClient, sam: TestClient) -> None:
    mute(sam)
    card = hears(client, SELF_HARM, 1)["card"]
    assert card
    assert card["title"] in sam.get(HERE).text


def test_the_advice_that_is_kept_stays_what_it_was_and_the_mute_is_audited(sam: TestClient) -> None:
    mute(sam)
    books = place_of(sam).desk.books
    assert books.timeline("the-kettle")[0].advice.showing is not None
    with books.shelf.reading() as connection:
        deeds = connection.scalars(select(tables.audit.c.deed).where(tables.audit.c.conversation == "the-kettle"))
        assert Deed.CARDS_MUTED in set(deeds)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ANALYST, Role.ADMIN])
def test_who_answers_no_cards_mutes_none(client: TestClient, sam: TestClient, role: Role) -> None:
    other = with_role(client, role)
    assert other.put(MUTED, json={"muted": True}).status_code in {403, 404}
    assert other.post(f"{HERE}/mute", data={"muted": "yes"}).status_code in {403, 404}


def test_a_token_without_the_right_mutes_none(client: TestClient, sam: TestClient) -> None:
    headers = bearer(client, Action.READ_CONVERSATION)
    assert nobody(client).put(MUTED, json={"muted": True}, headers=headers).status_code == 403
    assert nobody(client).put(MUTED, json={"muted": 1.5}, headers=bearer(client)).status_code == 422
