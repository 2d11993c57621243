"""What each role is shown of a conversation: those who review or train, what was said and nothing of live help."""

import re
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from levelhead import models, packs
from levelhead.conversation import Advice, Heard, Reading, Timeline
from levelhead.live.entrance import Entrance
from levelhead.live.hearing import make_of
from levelhead.people.api_token import ApiToken
from levelhead.people.permission import PERMISSIONS, Action, may_open
from levelhead.people.person import Person, Relation, Role, Whose
from levelhead.people.purpose import ASSIST, READS, USES, WORK, Tells
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.database import Access
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams
from levelhead.web.gate import guarded_routes
from levelhead.web.veil import as_shown, words_alone
from tests.browser.server import Server
from tests.people import the_late_refund
from tests.people.anybody import people, things, tokens
from tests.web.signing import CAME, browser_of, place_of, somebody


def the_refund_as_it_was_read() -> Timeline:
    """A conversation with all that live help makes of it."""
    reader, pack = models.load(models.FOLDER), packs.load("en-GB")
    timeline: Timeline = ()
    for turn in the_late_refund():
        timeline = (*timeline, make_of(turn, timeline, reader=reader, pack=pack))
    return timeline


TIMELINE = the_refund_as_it_was_read()
rollouts = st.sampled_from(Rollout)


def is_words_alone(one: Heard) -> bool:
    """Whether nothing is left but what was said."""
    return one == words_alone(one)


@given(people, things, rollouts)
def test_who_works_for_quality_or_coaching_is_shown_the_words_of_others_alone(
    person: Person, of: Whose, rollout: Rollout
) -> None:
    if ASSIST not in READS[WORK[person.role]] and of.owner != person.id:
        assert all(is_words_alone(one) for one in as_shown(TIMELINE, person, of, rollout))


@given(people, things)
def test_a_reviewer_is_shown_the_words_alone_whoever_holds_the_conversation(person: Person, of: Whose) -> None:
    if person.role is Role.REVIEWER:
        assert all(is_words_alone(one) for one in as_shown(TIMELINE, person, of, Rollout.ON))


@given(people | tokens, things, rollouts)
def test_what_was_said_is_never_taken_away_or_changed(who: Person | ApiToken, of: Whose, rollout: Rollout) -> None:
    assert [one.turn for one in as_shown(TIMELINE, who, of, rollout)] == [one.turn for one in TIMELINE]


@given(tokens, things)
def test_a_program_that_only_reads_is_shown_live_help_where_its_token_says_so(token: ApiToken, of: Whose) -> None:
    helped = {Action.SEE_READINGS, Action.HEAR_TURN, Action.CHECK_DRAFT, Action.ANSWER_CARD}
    shown = as_shown(TIMELINE, token, of, Rollout.ON)
    if helped.isdisjoint(token.scopes):
        assert all(is_words_alone(one) for one in shown)
    elif may_open(token, of):
        assert not all(is_words_alone(one) for one in shown)


def test_nothing_of_a_reading_or_an_advice_is_left_where_the_words_alone_are_shown() -> None:
    bare = words_alone(TIMELINE[0])
    assert {known.name: getattr(bare.reading, known.name) for known in fields(Reading)} == {
        known.name: getattr(Reading(language="", readable=False), known.name) for known in fields(Reading)
    }
    assert bare.advice == Advice(steps={})


@pytest.mark.parametrize("role", [role for role in Role if ASSIST not in READS[WORK[role]]])
def test_no_such_role_may_do_with_live_help_more_than_with_its_own(role: Role) -> None:
    of_live_help = {action for action, use in USES.items() if use.purpose is ASSIST and use.tells is Tells.CONVERSATION}
    reaches = {action: PERMISSIONS[role, Action(action)] for action in of_live_help - {Action.READ_CONVERSATION}}
    assert {action: reach for action, reach in reaches.items() if reach not in (None, Relation.OWN)} == {}


HERE = "/conversations/the-kettle"
ANGRY = {"n": 0, "speaker": "customer", "text": "I am furious. I want to speak to your manager now.", "channel": "chat"}
OF_LIVE_HELP = ('id="card"', 'id="steps"', 'id="outlook"', 'id="curve"', 'class="feeling"', "evidence")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER])
def test_on_every_page_and_in_every_answer_they_read_the_words_and_nothing_of_live_help(
    client: TestClient, role: Role
) -> None:
    made = client.post(f"/api/v1{HERE}/turns", json=ANGRY).json()[0]
    assert made["card"] is not None
    browser = browser_of(client, somebody(place_of(client), role, "bea"))
    page, now = browser.get(HERE).text, browser.get("/").text
    assert str(ANGRY["text"]) in page
    assert "Reviews and coaching rest on what was said" in page
    assert [word for word in (*OF_LIVE_HELP, made["card"]["title"]) if word in page or word in now] == []
    row = browser.get(f"/api/v1{HERE}").json()
    assert (row["showing"], row["turns"][0]["card"], row["turns"][0]["card_id"]) == (None, None, None)
    assert (row["turns"][0]["readable"], row["turns"][0]["fired"], row["turns"][0]["outlook"]) == (False, [], None)
    listed = browser.get("/api/v1/conversations").json()[0]
    assert (listed["emotion"], listed["intensity"], listed["card"]) == (None, None, None)
    assert browser.post(f"{HERE}/card", data={"card": "the-kettle:0", "answer": "used"}).status_code in (403, 404)
    assert browser.post(f"{HERE}/draft", data={"text": "I can't do that."}).status_code in (403, 404)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER])
def test_no_address_of_the_conversation_gives_them_more(client: TestClient, role: Role) -> None:
    """Every page and call that can be looked at: it may tell an agent of live help, and it may not tell them."""
    made = client.post(f"/api/v1{HERE}/turns", json=ANGRY).json()[0]
    of_live_help = (made["card"]["title"], made["card"]["say"], *OF_LIVE_HELP)
    browser, told = browser_of(client, somebody(place_of(client), role, "bea")), set[str]()
    for path in addresses(client):
        told |= {path for word in of_live_help if word in client.get(path).text}
        answer = browser.get(path)
        assert [word for word in of_live_help if word in answer.text] == [], path
        if answer.headers["content-type"] == "application/json":
            assert '"readable":true' not in answer.text, path
    assert {HERE, f"/api/v1{HERE}"} <= told


def addresses(client: TestClient) -> list[str]:
    """What can be looked at and ends by itself, each about the kettle and its first turn where it is about anything."""
    paths = [
        route.path
        for route in guarded_routes(client.app)  # type: ignore[arg-type]
        if "GET" in (route.methods or ()) and not route.path.endswith("/stream")
    ]
    known = {"conversation:path": "the-kettle", "n": "0", "place": "0"}
    return [re.sub(r"{([^}]+)}", lambda named: known.get(named[1], "x"), path) for path in paths]


def test_the_live_page_of_a_reviewer_is_sent_the_words_and_nothing_of_live_help(tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.hear("the-kettle", ("customer", str(ANGRY["text"])))
        shown = {role: first_event(server, cookie) for role, cookie in cookies(tmp_path).items()}
    assert all(word in shown[Role.SUPERVISOR] for word in ('hx-target="#card"', 'class="evidence"'))
    for role in (Role.REVIEWER, Role.TRAINER):
        assert str(ANGRY["text"]) in shown[role]
        assert [
            word for word in ('hx-target="#card"', 'hx-target="#steps"', *OF_LIVE_HELP) if word in shown[role]
        ] == []


def cookies(folder: Path) -> dict[Role, str]:
    """The sessions of people who come in while the server runs."""
    with closing(Library.open(f"sqlite:///{folder / 'levelhead.db'}", Access.BESIDE)) as library:
        shelf, entrance = library.shelf(library.first.id), Entrance(library)
        teams = [team.id for team in Teams(shelf).all()]
        roles = (Role.SUPERVISOR, Role.REVIEWER, Role.TRAINER)
        people = {role: new_person(shelf.tenant, f"new.{role}", role, role, teams) for role in roles}
        return {role: entrance.enter(People(shelf).add(one), CAME).cookie for role, one in people.items()}


def first_event(server: Server, cookie: str) -> str:
    """What a live page is sent as it opens."""
    headers, lines = {"cookie": f"levelhead={cookie}"}, list[str]()
    with httpx.stream("GET", f"{server.url}{HERE}/stream", headers=headers, timeout=60) as answer:
        for line in answer.iter_lines():
            if not line and lines:
                break
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.SUPERVISOR])
def test_who_answered_is_named_only_to_whom_people_are_shown(client: TestClient, role: Role) -> None:
    place = place_of(client)
    heard = browser_of(client, somebody(place, Role.AGENT, "amaryllis"))
    assert heard.post(f"/api/v1{HERE}/turns", json=ANGRY).is_success
    browser = browser_of(client, somebody(place, role, "bea"))
    assert ("amaryllis" in browser.get(HERE).text.lower()) is (role is Role.SUPERVISOR)
