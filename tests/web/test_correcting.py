"""What a customer says about a label, over HTTP: it is shown instead of what was read, everywhere, and counts on."""

from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead import packs
from levelhead.live.replay import replay
from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage import tables
from levelhead.storage.objections import Objections
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import HELLO, bearer, with_role

ANGRY = "I am furious. This is the third time I ask, and you people are useless."
HERE, API = "/conversations/the-kettle", "/api/v1/conversations/the-kettle"
OBJECT = f"{API}/turns/0/objections"


def hears(client: TestClient, text: str, n: int = 0, conversation: str = "the-kettle") -> dict[str, Any]:
    answer = nobody(client).post(
        f"/api/v1/conversations/{conversation}/turns", json=HELLO | {"n": n, "text": text}, headers=bearer(client)
    )
    row: dict[str, Any] = answer.json()[0]
    return row


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    """The browser of Sam, a supervisor, and a customer who was read as angry."""
    assert hears(client, ANGRY)["emotion"] == "angry"
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def first(browser: TestClient) -> dict[str, Any]:
    row: dict[str, Any] = browser.get(API).json()["turns"][0]
    return row


def listed(browser: TestClient) -> tuple[str, int]:
    row = browser.get("/api/v1/conversations").json()[0]
    return row["emotion"], row["intensity"]


def test_a_corrected_feeling_is_shown_everywhere_instead(sam: TestClient) -> None:
    said = sam.post(OBJECT, json={"label": "angry", "instead": "anxious"})
    assert said.status_code == 201
    assert (said.json()["instead"], said.json()["noted_by"]) == ("anxious", "Sam")
    row = first(sam)
    assert (row["emotion"], row["intensity"], row["emotion_p"]["anxious"]) == ("anxious", 0, 1.0)
    assert "angry" not in row["fired"]
    assert [(one["label"], one["instead"]) for one in row["objections"]] == [("angry", "anxious")]
    assert listed(sam) == ("anxious", 0)
    page, now = sam.get(HERE).text, sam.get("/").text
    assert "worried" in page
    assert "as the customer says" in page
    assert "worried" in now
    assert "angry" not in page + now


def test_a_disputed_feeling_is_no_claim_of_another(sam: TestClient) -> None:
    assert sam.post(OBJECT, json={"label": "angry"}).status_code == 201
    assert (first(sam)["emotion"], listed(sam)) == ("neutral", ("neutral", 0))
    page, now = sam.get(HERE).text, sam.get("/").text
    assert "the customer says otherwise" in page
    assert 'class="feeling"' not in page + now, "nobody said that they are calm"


def test_the_next_turn_does_not_lean_on_it_and_replay_knows(client: TestClient, sam: TestClient) -> None:
    hears(client, ANGRY, conversation="another")
    sam.post(OBJECT, json={"label": "angry", "instead": "neutral"})
    sam.post(OBJECT, json={"label": "insult"})
    after, unmarked = (hears(client, "Where is it?", 1, name) for name in ("the-kettle", "another"))
    assert after["outlook"]["csat"] > unmarked["outlook"]["csat"]
    sam.post(f"{API}/turns/1/objections", json={"label": after["emotion"]})
    desk = place_of(client).desk
    again = list(replay(desk.books, desk.reader, packs.load))
    assert len(again) == 4
    assert [one.differences for one in again if one.differences] == []


def test_an_objection_can_be_changed_and_taken_back_and_nothing_is_lost(client: TestClient, sam: TestClient) -> None:
    before = first(sam)
    for label, instead in (("angry", "anxious"), ("anxious", "disappointed"), ("disappointed", "angry")):
        assert sam.post(OBJECT, json={"label": label, "instead": instead}).status_code == 201
    after = first(sam)
    assert len(after.pop("objections")) == 3
    assert before.pop("objections") == []
    assert after == before
    shelf = place_of(client).desk.books.shelf
    assert [mark.instead for mark in Objections(shelf).of("the-kettle")[0]] == ["anxious", "disappointed", "angry"]
    with shelf.reading() as connection:
        noted = select(tables.audit.c.subject).where(tables.audit.c.deed == Deed.LABEL_MARKED.value)
        assert list(connection.scalars(noted)) == ["0"] * 3


def test_the_form_says_how_it_was_read_and_takes_what_is_right(sam: TestClient) -> None:
    form = sam.get(f"{HERE}/turns/0/objection")
    assert "Read as “angry”" in form.text
    assert "<html" in form.text
    assert "<html" not in sam.get(f"{HERE}/turns/0/objection", headers={"hx-request": "true"}).text
    answered = sam.post(f"{HERE}/turns/0/objection", data={"angry": "anxious"})
    assert (answered.status_code, answered.headers["location"]) == (303, f"{HERE}#turn-0")
    assert first(sam)["emotion"] == "anxious"
    again = sam.get(f"{HERE}/turns/0/objection").text
    assert '<option value="anxious" selected>worried</option>' in again
    assert "rather “worried”. Noted by Sam" in again
    back = sam.post(f"{HERE}/turns/0/objection", data={"angry": "as_read"}, headers={"hx-request": "true"})
    assert (back.status_code, first(sam)["emotion"]) == (204, "angry")
    assert sam.post(f"{HERE}/turns/0/objection", data={"angry": "very cross"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "body", "status", "field"),
    [
        ("turns/0", {"label": "anxious"}, 422, "label"),
        ("turns/0", {"label": "angry", "instead": "insult"}, 422, "instead"),
        ("turns/0", {"label": "angry", "instead": "cross"}, 422, "instead"),
        ("turns/0", {}, 422, "label"),
        ("turns/7", {"label": "angry"}, 404, None),
        ("turns/-1", {"label": "angry"}, 422, "n"),
        ("turns/99999999999", {"label": "angry"}, 422, "n"),
    ],
)
def test_what_was_not_read_cannot_be_disputed(
    sam: TestClient, path: str, body: dict[str, str], status: int, field: str | None
) -> None:
    answer = sam.post(f"{API}/{path}/objections", json=body)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert first(sam)["objections"] == []


def test_our_own_turns_have_no_labels_to_dispute(client: TestClient, sam: TestClient) -> None:
    nobody(client).post(f"{API}/turns", json=HELLO | {"n": 1, "speaker": "agent"}, headers=bearer(client))
    assert sam.post(f"{API}/turns/1/objections", json={"label": "neutral"}).status_code == 422
    assert sam.get(f"{HERE}/turns/1/objection").status_code == 404
    assert f'href="{HERE}/turns/1/objection"' not in sam.get(HERE).text


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_who_does_not_talk_with_customers_writes_nothing_down(client: TestClient, sam: TestClient, role: Role) -> None:
    browser = with_role(client, role)
    assert browser.post(OBJECT, json={"label": "angry"}).status_code == 403
    assert browser.get(f"{HERE}/turns/0/objection").status_code == 403
    assert browser.post(f"{HERE}/turns/0/objection", data={"angry": "anxious"}).status_code == 403
    assert "/objection" not in browser.get(HERE).text
    assert first(sam)["objections"] == []


def test_an_agent_does_it_where_they_answer_and_a_program_with_the_scope(client: TestClient, sam: TestClient) -> None:
    agent = with_role(client, Role.AGENT)
    assert agent.post(OBJECT, json={"label": "angry"}).status_code == 404
    agent.post(f"{HERE}/take")
    assert agent.post(OBJECT, json={"label": "angry"}).status_code == 201
    program = nobody(client)
    assert program.post(OBJECT, json={"label": "angry"}, headers=bearer(client)).status_code == 201
    reads = bearer(client, Action.READ_CONVERSATION)
    assert program.post(OBJECT, json={"label": "angry"}, headers=reads).status_code == 403
    assert first(sam)["objections"][0]["noted_by"] == "Bea"


def test_another_tenant_finds_nothing(client: TestClient, sam: TestClient) -> None:
    toasters = place_of(client).desks.library.add_tenant("Toasters", "toasters")
    theirs = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "bea", tenant=toasters.id))
    assert theirs.post(OBJECT, json={"label": "angry"}).status_code == 404
    assert theirs.get(f"{HERE}/turns/0/objection").status_code == 404
    assert first(sam)["objections"] == []


def test_where_nothing_is_shown_nothing_can_be_told_from_the_answer(client: TestClient, sam: TestClient) -> None:
    agent = with_role(client, Role.AGENT)
    agent.post(f"{HERE}/take")
    teams = Teams(place_of(client).desk.books.shelf)
    teams.roll_out(teams.all()[0].id, Rollout.SHADOW)
    assert agent.post(OBJECT, json={"label": "angry"}).status_code == 422
    assert agent.get(f"{HERE}/turns/0/objection").status_code == 404
    assert first(sam)["objections"] == []
