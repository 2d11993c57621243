"""Help over HTTP: asked for by who answers, given by supervisors of the team, and shown to nobody else."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role
from levelhead.people.team import Rollout
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_assigning import audited
from tests.web.test_gate import bearer, heard, with_role

HERE = "/conversations/the-kettle"
HELP = f"/api/v1{HERE}/help"
ASKS = "I want to speak to your manager."


@pytest.fixture
def sam(client: TestClient) -> Person:
    """A supervisor of the team of a conversation."""
    heard(client)
    return somebody(place_of(client), Role.SUPERVISOR, "sam")


@pytest.fixture
def boss(client: TestClient, sam: Person) -> TestClient:
    """Sam's browser, with a page open."""
    browser = browser_of(client, sam)
    place_of(client).presence.beat(sam.id, place_of(client).clock())
    return browser


@pytest.fixture
def bea(client: TestClient, boss: TestClient) -> TestClient:
    """The browser of an agent who holds the conversation."""
    browser = with_role(client, Role.AGENT)
    browser.post(f"{HERE}/take")
    return browser


def said(browser: TestClient, n: int, text: str, speaker: str = "customer") -> None:
    turn = {"n": n, "speaker": speaker, "text": text, "channel": "chat"}
    assert browser.post(f"/api/v1{HERE}/turns", json=turn).status_code == 200


def helping(browser: TestClient) -> dict[str, Any]:
    answer: dict[str, Any] = browser.get(HELP).json()
    return answer


def test_a_hand_goes_up_is_seen_and_stands_in_the_list_until_then(bea: TestClient, boss: TestClient) -> None:
    raised = bea.post(HELP, json={"line": "A refund above mine"})
    assert (raised.status_code, raised.json()["state"]) == (200, "raised")
    (line,) = boss.get("/api/v1/help").json()["now"]
    assert line["conversation"] == "the-kettle"
    assert ("hand", "A refund above mine") in [(one["kind"], one["words"]) for one in line["grounds"]]
    assert "Bea has a hand up" in boss.get("/").text
    assert boss.post(f"{HELP}/acknowledge").json()["state"] == "seen"
    assert boss.post(f"{HELP}/acknowledge").status_code == 409
    assert "Sam has seen it and sees to it" in bea.get(HERE).text
    assert bea.delete(HELP).json()["state"] == "withdrawn"
    assert bea.delete(HELP).status_code == 409


def test_the_forms_of_the_panel_do_the_same(bea: TestClient, boss: TestClient) -> None:
    page = bea.get(HERE).text
    assert 'id="raise-hand"' in page
    assert bea.post(f"{HERE}/hand", data={"do": "raise", "line": "Help"}).headers["location"] == HERE
    assert helping(bea)["line"] == "Help"
    assert boss.post(f"{HERE}/helping", data={"do": "see"}, headers={"hx-request": "true"}).status_code == 204
    assert boss.post(f"{HERE}/helping", data={"do": "answer", "words": "You may refund 80."}).status_code == 303
    assert "You may refund 80." in bea.get(HERE).text
    assert [one["words"] for one in helping(bea)["whispers"]] == ["You may refund 80."]
    assert helping(bea)["state"] == "answered"
    for wrong in ({"do": "drop"}, {"do": "see"}, {"do": "prepare"}, {"do": "prepare", "to": "x"}, {}):
        assert bea.post(f"{HERE}/hand", data=wrong).status_code == 422
    for wrong in ({"do": "raise"}, {"do": "answer", "words": " "}, {}):
        assert boss.post(f"{HERE}/helping", data=wrong).status_code == 422


def test_a_whisper_is_no_turn_and_keeps_no_secret(bea: TestClient, boss: TestClient) -> None:
    assert boss.post(f"/api/v1{HERE}/whispers", json={"words": "Not 4111 1111 1111 1111 aloud"}).status_code == 200
    (whisper,) = helping(bea)["whispers"]
    assert "4111" not in whisper["words"]
    assert len(bea.get(f"/api/v1{HERE}").json()["turns"]) == 1
    assert boss.post(f"/api/v1{HERE}/whispers", json={"words": "  "}).status_code == 422


def test_a_warm_hand_over_stays_with_the_agent_until_it_is_taken(
    client: TestClient, bea: TestClient, boss: TestClient, sam: Person
) -> None:
    said(bea, 1, "I'm sorry. I've sent you a new one.", "agent")
    said(bea, 2, ASKS)
    boss.put("/api/v1/help/room", json={"contact": "020 7946 0000"})
    chosen = {"do": "prepare", "to": str(sam.id), "why": "asked_for", "contact": ""}
    assert bea.post(f"{HERE}/hand", data=chosen).status_code == 303
    page = bea.get(HERE).text
    assert "I&#39;m bringing in Sam, as you asked to speak to a supervisor." in page
    assert "020 7946 0000" in page
    assert "Nothing has happened yet." in page
    assert bea.post(f"{HERE}/hand", data={"do": "offer"}).status_code == 303
    assert owner(client) != sam.id
    assert "hands this over to you" in boss.get("/").text
    taken = boss.post(f"{HERE}/helping", data={"do": "take_over"})
    assert taken.headers["location"] == HERE
    assert owner(client) == sam.id
    mine = boss.get(HERE).text
    assert "You took this over after turn 3." in mine
    assert ASKS in mine.split('id="panel-help"')[1]
    assert bea.get(HERE).status_code == 404


def owner(client: TestClient) -> object:
    whose = Holding(place_of(client).desk.books.shelf).whose("the-kettle")
    assert whose
    return whose.owner


def test_it_goes_to_who_is_here_and_free_alone(
    client: TestClient, bea: TestClient, boss: TestClient, sam: Person
) -> None:
    una = somebody(place_of(client), Role.SUPERVISOR, "una")
    to = {"why": "decides", "contact": ""}
    assert bea.post(f"{HELP}/hand-over", json=to | {"to": str(una.id)}).status_code == 422, "not here"
    assert boss.put("/api/v1/help/room", json={"free": False}).json() == {"free": False, "capacity": 3, "contact": ""}
    assert bea.post(f"{HELP}/hand-over", json=to | {"to": str(sam.id)}).status_code == 422, "not free"
    assert "Sam is here and busy." in bea.get(HERE).text
    boss.post("/now/room", data={"free": "yes", "capacity": "2", "contact": ""})
    offered = bea.post(f"{HELP}/hand-over", json=to | {"to": str(sam.id)})
    assert (offered.json()["state"], offered.json()["to"]) == ("offered", str(sam.id))
    for capacity in ("0", "10", "many", ""):
        assert boss.post("/now/room", data={"free": "yes", "capacity": capacity}).status_code == 422


def test_the_packet_says_what_was_said_and_counts_what_is_asked_again(bea: TestClient, boss: TestClient) -> None:
    said(bea, 1, "It was order 48213. I have descaled it twice.")
    said(bea, 2, "I'll call you tomorrow at noon.", "agent")
    packet = bea.get(f"/api/v1{HERE}/packet").json()
    assert "48213" in [fact["value"] for fact in packet["facts"]]
    assert [promise["n"] for promise in packet["promises"]] == [2]
    assert boss.post(f"{HELP}/take-over").json()["over_after"] == 2
    said(boss, 3, "What is your order number?", "agent")
    said(boss, 4, "It is order 48213, as I said.")
    again = boss.get(f"/api/v1{HERE}/packet?until=2").json()["asked_again"]
    assert [(one["value"], one["given"], one["again"]) for one in again] == [("48213", 1, 4)]
    assert boss.get("/api/v1/help").json()["asked_again"] == 1
    assert "Customers had to say 1 fact again." in boss.get("/").text


def test_a_supervisor_joins_and_speaks_as_one_and_leaves(client: TestClient, bea: TestClient, boss: TestClient) -> None:
    assert boss.post(f"{HELP}/join").json()["state"] == "joined"
    said(boss, 1, "I'm Sam, I can decide this.", "supervisor")
    assert bea.get(f"/api/v1{HERE}").json()["turns"][1]["speaker"] == "supervisor"
    assert "Sam has joined you." in bea.get(HERE).text
    assert boss.post(f"{HELP}/leave").json()["state"] == "left"


def test_what_a_supervisor_disagrees_with_is_counted_by_kind_and_can_be_taken_back(
    client: TestClient, bea: TestClient, boss: TestClient
) -> None:
    said(bea, 1, ASKS)
    una = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "una"))
    (line,) = boss.get("/api/v1/help").json()["now"]
    kinds = [one["kind"] for one in line["grounds"]]
    assert "asked" in kinds
    grounds = f"/api/v1{HERE}/grounds"
    assert boss.post(grounds, json={"answer": "disagree", "grounds": kinds}).status_code == 204
    for browser in (boss, una):
        listed = browser.get("/api/v1/help").json()
        assert (listed["now"], listed["disagreed"]["asked"]) == ([], 1)
        assert "you or a colleague disagreed" in browser.get("/").text
    assert "asked for a supervisor (1)" in una.get("/").text
    form = {"answer": "take_back", "grounds": " ".join(kinds)}
    assert una.post(f"{HERE}/grounds", data=form).headers["location"] == "/"
    assert boss.get("/api/v1/help").json()["disagreed"] == {}
    assert len(boss.get("/api/v1/help").json()["now"]) == 1
    assert boss.post(f"{HERE}/grounds", data=form | {"answer": "seen"}).status_code == 422
    assert boss.post(f"{HERE}/grounds", data=form | {"grounds": "loud"}).status_code == 422


def test_a_reader_is_shown_to_who_answers_and_in_the_audit(
    client: TestClient, bea: TestClient, boss: TestClient, sam: Person
) -> None:
    assert "is reading along" not in bea.get(HERE).text
    assert boss.get(HERE).status_code == 200
    assert "Sam is reading along." in bea.get(HERE).text
    assert helping(bea)["reading_along"] == 1
    seen = [who for who, _ in audited(client, Deed.CONVERSATION_SEEN)]
    assert f"person:{sam.id}" in seen


def test_every_deed_is_in_the_audit(client: TestClient, bea: TestClient, boss: TestClient, sam: Person) -> None:
    bea.post(HELP, json={})
    boss.post(f"{HELP}/take-over")
    states = [
        subject.rsplit(":", 1)[1]
        for _, subject in audited(client, Deed.CASE_CHANGED)
        if subject.startswith("handover:")
    ]
    assert states == ["raised", "taken_over"]
    assert (f"person:{sam.id}", str(sam.id)) in audited(client, Deed.CONVERSATION_GIVEN)


@pytest.mark.parametrize("role", [Role.AGENT, Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_others_neither_ask_nor_help(client: TestClient, bea: TestClient, role: Role) -> None:
    other = with_role(client, role, "cid")
    asked = [other.get(HELP), other.post(HELP, json={}), other.delete(HELP), other.get(f"/api/v1{HERE}/packet")]
    given = [other.post(f"{HELP}/{deed}") for deed in ("acknowledge", "join", "leave", "take-over")]
    given += [other.post(f"/api/v1{HERE}/whispers", json={"words": "Psst"}), other.get("/api/v1/help")]
    given += [other.post(f"{HERE}/helping", data={"do": "join"}), other.put("/api/v1/help/room", json={})]
    assert {answer.status_code for answer in (*asked, *given)} <= {403, 404}
    assert 'id="helping"' not in other.get("/").text
    assert helping(bea)["state"] is None


def test_an_agent_does_not_help_themselves(bea: TestClient) -> None:
    for deed in ("acknowledge", "join", "take-over"):
        assert bea.post(f"{HELP}/{deed}").status_code == 403
    assert bea.post(f"/api/v1{HERE}/whispers", json={"words": "Psst"}).status_code == 403


def test_a_supervisor_of_another_team_finds_nothing(client: TestClient, bea: TestClient) -> None:
    night = Teams(place_of(client).desk.books.shelf).add("Night", Rollout.ON)
    una = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "una", teams=[night.id]))
    bea.post(HELP, json={})
    assert una.get(HELP).status_code == 404
    assert una.post(f"{HELP}/take-over").status_code == 404
    assert una.get("/api/v1/help").json()["now"] == []


def test_a_program_asks_for_who_answers_and_gives_no_help(client: TestClient, bea: TestClient) -> None:
    program, headers = nobody(client), bearer(client, Action.ASK_FOR_HELP)
    assert program.post(HELP, json={"line": "From the softphone"}, headers=headers).json()["state"] == "raised"
    assert program.post(f"{HELP}/take-over", headers=headers).status_code == 401
    assert program.get(HELP, headers=bearer(client, Action.HEAR_TURN)).status_code == 403
    del bea.headers[HEADER]
    assert bea.post(f"{HERE}/hand", data={"do": "withdraw"}).status_code == 403


def test_a_program_that_may_not_see_readings_gets_a_packet_without_them(client: TestClient, bea: TestClient) -> None:
    said(bea, 1, "It was order 48213.")
    packet = nobody(client).get(f"/api/v1{HERE}/packet", headers=bearer(client, Action.ASK_FOR_HELP)).json()
    assert (packet["facts"], packet["course"]) == ([], [])


def test_a_hand_stands_in_the_list_however_many_conversations_came_since(
    client: TestClient, bea: TestClient, boss: TestClient
) -> None:
    bea.post(HELP, json={})
    for n in range(61):
        heard(client, f"later-{n}")
    listed = boss.get("/api/v1/help").json()["now"]
    assert listed[0]["conversation"] == "the-kettle"
    assert "Bea has a hand up" in boss.get("/").text
