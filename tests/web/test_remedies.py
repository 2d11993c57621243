"""Remedies over HTTP: the agent offers and asks, the supervisor answers, and nobody does what is not theirs."""

from datetime import datetime, timedelta
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient

from levelhead.live.remedy_clock import RemedyClock
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role
from levelhead.people.team import Rollout
from levelhead.storage.holding import Holding
from levelhead.storage.teams import Teams
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import bearer, with_role

LATE = "My order 48213 never arrived. It was £249.00 and I want it sorted."
HERE = "/conversations/the-kettle"
API = f"/api/v1{HERE}/remedies"
ASKED = {"option": "refund", "reason": "Nine days late."}
KNOWN = {"wrong": "not_arrived", "delivered": False, "days_late": 9, "amount": 24_900}


class Floor:
    """Ali who holds a conversation about a parcel, and Sam who supervises."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        place = place_of(client)
        self.ali_is: Person = somebody(place, Role.AGENT, "ali")
        self.sam_is: Person = somebody(place, Role.SUPERVISOR, "sam")
        self.ali, self.sam = browser_of(client, self.ali_is), browser_of(client, self.sam_is)
        self.hears(LATE)
        Holding(place.desks.library.shelf(place.tenant.id)).hold("the-kettle", self.ali_is.id)

    def hears(self, text: str, n: int = 0) -> None:
        turn = {"n": n, "speaker": "customer", "text": text, "channel": "chat", "team": "Our team"}
        headers = bearer(self.client)
        answer = nobody(self.client).post("/api/v1/conversations/the-kettle/turns", json=turn, headers=headers)
        assert answer.status_code == 200, answer.text

    def does(self, step: str, **fields: str) -> int:
        return self.ali.post(f"{HERE}/remedies", data={"do": step} | fields).status_code

    def calls(self, step: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
        answer = self.ali.post(f"{API}/{step}", json=body or {})
        assert answer.status_code == status, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def settles(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ali.put(f"{API}/wrong", json=KNOWN).json()
        return found

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ali.get(API).json()
        return found

    @property
    def page(self) -> str:
        return self.ali.get(HERE).text


@pytest.fixture
def floor(client: TestClient) -> Floor:
    return Floor(client)


def test_the_panel_names_the_wrong_with_the_customers_words_and_offers_a_sentence(floor: Floor) -> None:
    page = floor.page
    assert "Not arrived" in page
    assert "<q>never arrived</q>" in page
    assert "Is this the best way to reach you?" in page
    assert 'aria-keyshortcuts="r"' in page


def test_what_is_not_clear_is_asked_in_one_question(client: TestClient) -> None:
    floor = Floor(client)
    floor.hears("I'm not happy, and it is also damaged, it came broken.", 1)
    assert floor.told["wrong"] is None or floor.told["wrong"] in {"not_arrived", "damaged"}
    assert floor.does("settle", wrong="damaged", amount="£249") == 303
    told = floor.told
    assert (told["wrong"], told["facts"]["amount"]) == ("damaged", 24_900)


def test_a_remedy_within_authority_is_offered_accepted_and_granted_on_the_page(floor: Floor) -> None:
    assert floor.does("offer", option="trace") == 303
    assert "Offered: Trace it now and report back today." in floor.page
    assert floor.does("accept") == 303
    assert "Levelhead pays nothing itself." in floor.page
    assert floor.does("grant") == 303
    assert "Granted: Trace it now and report back today, by Ali" in floor.page
    (remedy,) = floor.told["remedies"]
    assert (remedy["state"], remedy["granted_by"], remedy["cost"]) == ("granted", str(floor.ali_is.id), None)


def test_the_refund_above_authority_is_asked_approved_said_and_granted(floor: Floor) -> None:
    told = floor.settles()
    refund = next(one for one in told["options"] if one["option"] == "refund")
    assert (refund["authority"], refund["cost"]) == ("ask", {"minor": 24_900, "currency": "GBP"})
    assert refund["law"] == "delivery"
    floor.calls("offer", {"option": "refund"}, 409)
    assert "Ask Sam" in floor.page
    assert floor.does("request", option="refund", reason="Nine days late.", to=str(floor.sam_is.id)) == 303
    (waiting,) = floor.sam.get("/api/v1/requests").json()
    assert (waiting["reason"], waiting["to"]) == ("Nine days late.", str(floor.sam_is.id))
    page = floor.sam.get("/requests").text
    assert "£249" in page
    assert "Nine days late." in page
    assert "never arrived" in page
    answered = floor.sam.post(f"/requests/{waiting['remedy']}", data={"answer": "approve", "words": "Of course."})
    assert answered.status_code == 303
    assert "Sam said yes: Full refund." in floor.page
    for step in ("offer", "accept", "grant"):
        floor.calls(step, {"option": "refund"} if step == "offer" else None)
    (remedy,) = floor.told["remedies"]
    assert (remedy["state"], remedy["approved_by"]) == ("granted", str(floor.sam_is.id))
    assert floor.sam.get("/api/v1/requests").json() == []


def test_a_no_comes_back_with_what_to_say_instead(floor: Floor) -> None:
    floor.settles()
    floor.calls("request", ASKED)
    (waiting,) = floor.sam.get("/api/v1/requests").json()
    answer = {"approved": False, "words": "It comes today."}
    assert floor.sam.post(f"/api/v1/requests/{waiting['remedy']}", json=answer).json() == []
    page = floor.page
    assert "I&#39;ve asked about full refund" in page or "I've asked about full refund" in page
    assert "It comes today." in page
    assert "refund" not in [one["option"] for one in floor.told["options"]]


def test_without_an_answer_in_time_it_comes_back_by_itself(floor: Floor) -> None:
    floor.settles()
    until = datetime.fromisoformat(floor.calls("request", ASKED)["remedies"][0]["until"])
    place = place_of(floor.client)
    clock = RemedyClock(place.desks.library, place.desks.of, lambda: until + timedelta(seconds=1))
    assert anyio.run(clock.look) == 1
    assert floor.told["remedies"][0]["state"] == "lapsed"
    assert "No answer in time: Full refund." in floor.page


def test_an_agent_approves_nothing_and_a_token_grants_nothing(floor: Floor) -> None:
    floor.settles()
    floor.calls("request", ASKED)
    (waiting,) = floor.sam.get("/api/v1/requests").json()
    assert floor.ali.get("/requests").status_code == 403
    assert floor.ali.post(f"/api/v1/requests/{waiting['remedy']}", json={"approved": True}).status_code == 403
    program, headers = nobody(floor.client), bearer(floor.client)
    assert program.get(API, headers=headers).status_code == 200
    assert program.get(API, headers=bearer(floor.client, Action.HEAR_TURN)).status_code == 403
    assert program.post(f"{API}/accept", json={}, headers=headers).status_code == 401
    assert (
        program.post(f"/api/v1/requests/{waiting['remedy']}", json={"approved": True}, headers=headers).status_code
        == 401
    )


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_whoever_does_not_talk_with_customers_neither_sees_nor_grants(floor: Floor, role: Role) -> None:
    other = with_role(floor.client, role)
    assert other.get(API).status_code == 403
    assert other.post(f"{HERE}/remedies", data={"do": "accept"}).status_code == 403
    assert other.get("/requests").status_code == 403


def test_of_another_team_or_organisation_nothing_is_seen_or_answered(floor: Floor) -> None:
    floor.settles()
    floor.calls("request", ASKED)
    (waiting,) = floor.sam.get("/api/v1/requests").json()
    place = place_of(floor.client)
    far = Teams(place.desks.library.shelf(place.tenant.id)).add("Far", Rollout.ON).id
    toasters = place.desks.library.add_tenant("Toasters", "toasters").id
    people = (
        somebody(place, Role.SUPERVISOR, "fay", {far}),
        somebody(place, Role.SUPERVISOR, "tom", tenant=toasters),
    )
    for person in people:
        other = browser_of(floor.client, person)
        assert other.get("/api/v1/requests").json() == []
        assert other.post(f"/api/v1/requests/{waiting['remedy']}", json={"approved": True}).status_code == 404
        assert other.get(API).status_code == 404
    wrong = floor.ali.post(f"{API}/request", json=ASKED | {"to": str(people[0].id)})
    assert wrong.status_code in {409, 422}


def test_of_a_team_that_is_shown_nothing_no_remedy_is_shown(floor: Floor) -> None:
    place = place_of(floor.client)
    teams = Teams(place.desks.library.shelf(place.tenant.id))
    teams.roll_out(teams.all()[0].id, Rollout.SHADOW)
    assert floor.ali.get(API).status_code == 404
    assert "panel-remedies" not in floor.page


@pytest.mark.parametrize(
    ("step", "fields"),
    [("pay", {}), ("request", {"option": "refund", "reason": "x", "to": "nobody"})],
)
def test_what_no_page_of_ours_sends_is_refused(floor: Floor, step: str, fields: dict[str, str]) -> None:
    assert floor.does(step, **fields) == 422
    assert floor.told["remedies"] == []


def test_what_is_not_possible_now_is_said_to_be_so(floor: Floor) -> None:
    floor.calls("grant", status=409)
    floor.calls("offer", {"option": "nothing"}, 409)
    assert floor.ali.put(f"{API}/wrong", json=KNOWN | {"wrong": "weather"}).status_code == 409
    assert floor.ali.put(f"{API}/wrong", json=KNOWN | {"amount": 4.5}).status_code == 422
    assert floor.ali.put(f"{API}/wrong", json=KNOWN | {"amount": -1}).status_code == 422


def test_no_other_site_can_have_something_granted(floor: Floor) -> None:
    floor.does("offer", option="trace")
    del floor.ali.headers[HEADER]
    assert floor.does("accept") == 403
    assert floor.ali.post(f"{API}/accept", json={}).status_code in {403, 422}
