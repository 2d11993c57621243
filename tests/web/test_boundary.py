"""The boundary panel and its buttons over HTTP: what is shown, who may decide, and what is refused."""

from datetime import UTC, datetime, timedelta

from starlette.testclient import TestClient

from levelhead import packs
from levelhead.casework.boundary import BoundaryState, Rung
from levelhead.casework.handover import HandoverState
from levelhead.live.climbing import boundary_of
from levelhead.live.helping import standing
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.settings import Settings
from levelhead.storage.teams import Teams
from levelhead.web.app import create_app
from tests.web.signing import BASE, browser_of, place_of, sign_in, somebody

HERE, API = "/conversations/the-kettle", "/api/v1/conversations/the-kettle"
INSULT, THREAT = "You are a useless idiot.", "I will come to your office and hurt you."
DANGER = "I want to kill myself."


def hear(client: TestClient, *said: str, first: int = 0, **known: str) -> None:
    rows = [
        {"n": n, "speaker": "customer", "text": text, "channel": "chat", "person": "Mr Doyle"} | known
        for n, text in enumerate(said, first)
    ]
    assert client.post(f"{API}/turns", json=rows).status_code == 200


def panel(client: TestClient) -> str:
    page = client.get(HERE).text
    return page.split('id="panel-boundary">')[1].split('<details class="panel"')[0].split('<section id="outlook"')[0]


def press(client: TestClient, do: str, **known: str) -> int:
    return client.post(f"{HERE}/boundary", data={"do": do} | known).status_code


def state(client: TestClient) -> str:
    found = boundary_of(place_of(client).desk.cases, "the-kettle")
    assert found is not None
    return found.state


def test_where_nothing_happened_the_panel_is_empty(client: TestClient) -> None:
    hear(client, "Where is my kettle?", "This f***ing kettle is broken.")
    assert 'id="panel-boundary"></div>' in client.get(HERE).text
    assert client.get(f"{API}/boundary").status_code == 404


def test_an_insult_shows_what_to_say_on_this_channel_and_one_press_keeps_that_it_was_said(client: TestClient) -> None:
    hear(client, INSULT)
    words = "Please leave the names out, and let&#39;s carry on with it."
    assert words in client.get(HERE).text
    assert words not in panel(client), "the card says it, and it is not said twice"
    assert "useless idiot" in panel(client)
    assert "End the contact" not in panel(client)
    assert press(client, "said", rung="naming") == 303
    assert state(client) == BoundaryState.NAMED
    assert "It was named." in panel(client)
    assert client.get(f"{API}/boundary").json()["said"] == [{"rung": "naming", "n": 0}]


def test_the_sentence_is_that_of_the_channel_and_the_locale(client: TestClient) -> None:
    hear(client, INSULT, channel="voice", locale="en-US")
    assert client.get(f"{API}/boundary").json()["say"].startswith("I do want to work this out")
    assert client.get(f"{API}/boundary").json()["policy"] == "boundary en-US 2026.1"


def test_nothing_is_skipped(client: TestClient) -> None:
    hear(client, INSULT)
    assert press(client, "end") == 409
    refused = client.post(f"{API}/boundary", json={"do": "said", "rung": "final_warning"})
    assert (refused.status_code, "not due" in refused.json()["reason"]) == (409, True)
    assert client.post(f"{API}/boundary", json={"do": "said"}).json()["field"] == "rung"
    assert press(client, "shout") == 422
    assert state(client) == BoundaryState.NOTICED


def test_a_second_threat_may_be_ended_and_that_can_be_taken_back(client: TestClient) -> None:
    hear(client, THREAT)
    assert "End the contact" not in panel(client)
    assert "999" in panel(client)
    hear(client, THREAT, first=1)
    assert "End the contact" in panel(client)
    assert press(client, "end") == 303
    assert "Propose a restriction" in panel(client)
    call = standing(place_of(client).desk.cases, "the-kettle")
    assert call is not None
    assert call.body.line == "The contact was ended for abuse"
    assert press(client, "reopen") == 303
    assert state(client) == BoundaryState.END_OFFERED


def test_distress_is_asked_about_first(client: TestClient) -> None:
    hear(client, f"My husband died last week and I can't cope. {INSULT}", THREAT)
    assert "Ask this first" in panel(client)
    assert press(client, "said", rung="final_warning") == 409
    assert press(client, "asked") == 303
    assert "That reads as a threat" in client.get(HERE).text
    assert press(client, "said", rung="final_warning") == 303


def test_a_supervisor_who_is_told_finds_it_among_the_calls_for_help(client: TestClient) -> None:
    hear(client, INSULT)
    assert press(client, "tell") == 303
    call = standing(place_of(client).desk.cases, "the-kettle")
    assert call is not None
    assert call.state == HandoverState.RAISED
    assert "A supervisor was told." in panel(client)


def test_danger_shows_the_help_line_at_once_and_no_ladder(client: TestClient) -> None:
    hear(client, DANGER, INSULT)
    shown = panel(client)
    assert "116 123" in shown
    assert "data-opens" in shown
    assert "Ask a supervisor to join" in shown
    assert "<q>" not in shown
    assert 'name="panels"' in client.get(HERE).text
    assert press(client, "join") == 303
    assert "A supervisor was asked to join." in panel(client)
    assert boundary_of(place_of(client).desk.cases, "the-kettle") is None


def test_a_line_that_nobody_has_checked_says_so(client: TestClient) -> None:
    hear(client, DANGER, locale="en-PH")
    assert "Nobody has checked this number yet" in panel(client)


def test_where_no_line_is_known_the_agent_is_told_what_to_do(client: TestClient) -> None:
    hear(client, DANGER, locale="en-JM")
    assert "There is no help line listed" in panel(client)


def test_a_year_later_the_line_and_the_policy_ask_to_be_looked_at(settings: Settings) -> None:
    later = datetime.now(UTC) + timedelta(days=600)
    with TestClient(create_app(settings, lambda: later), base_url=BASE, follow_redirects=False) as client:
        sign_in(client, somebody(place_of(client), Role.AGENT, "amira"))
        hear(client, INSULT)
        assert "Nobody has looked at the boundary policy" in panel(client)
        hear(client, DANGER, first=1)
        assert "Nobody has checked this number since" in panel(client)


def test_only_who_answers_and_supervisors_of_the_team_decide(client: TestClient) -> None:
    hear(client, INSULT)
    place = place_of(client)
    for role in (Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN):
        other = browser_of(client, somebody(place, role, role.value))
        assert press(other, "calm") in {403, 404}
        assert other.get(f"{API}/boundary").status_code in {403, 404}
    assert press(browser_of(client, somebody(place, Role.AGENT, "bea")), "calm") == 404
    assert press(browser_of(client, somebody(place, Role.SUPERVISOR, "sam")), "calm") == 303


def test_of_a_team_in_shadow_nothing_is_shown_or_decided(client: TestClient) -> None:
    hear(client, INSULT)
    teams = Teams(place_of(client).desk.books.shelf)
    teams.roll_out(teams.all()[0].id, Rollout.SHADOW)
    assert client.get(f"{API}/boundary").status_code == 404
    assert press(client, "said", rung=Rung.NAMING) == 404


def test_what_the_customer_disputes_is_marked_and_counts_no_more(client: TestClient) -> None:
    hear(client, INSULT)
    assert client.post(f"{API}/turns/0/objections", json={"label": "insult"}).status_code == 201
    assert "the customer says otherwise" in panel(client)
    assert "I said it" not in panel(client)


def test_what_nobody_has_looked_at_is_counted_in_the_metrics(settings: Settings) -> None:
    later = datetime.now(UTC) + timedelta(days=600)
    with TestClient(create_app(settings, lambda: later), base_url=BASE, follow_redirects=False) as client:
        sign_in(client, somebody(place_of(client), Role.ADMIN, "ada"))
        metrics = client.get("/metrics").text
        assert f'levelhead_unchecked{{what="boundary_policies"}} {len(packs.LOCALES)}.0' in metrics
        assert f'levelhead_unchecked{{what="plan_packs"}} {len(packs.LOCALES)}.0' in metrics
        assert f'levelhead_unchecked{{what="help_lines"}} {len(packs.helplines().lines)}.0' in metrics
