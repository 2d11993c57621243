"""A restriction over HTTP, from the ended contact to the appeal: two people, a whole letter, named fields."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from levelhead.casework.opening_hours import OFFICE, OpeningHours
from levelhead.people.audit import Deed
from levelhead.people.person import Role
from levelhead.storage.audit import Audit
from levelhead.storage.opening_hours import Opening
from tests.web.signing import browser_of, place_of, somebody
from tests.web.test_boundary import API, HERE, INSULT, THREAT, hear, press

FORM = f"{HERE}/restriction"


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def said(**known: str) -> dict[str, str]:
    texts = {
        "way": "in_writing",
        "meaning": "Please write to us instead of ringing.",
        "reason": "Two threats against a member of our staff.",
        "adjustments": "We asked whether a text relay would help; it was not wanted.",
        "still": "Write to PO Box 7, and we answer within three days.",
        "appeal_to": "Head of service, PO Box 7",
        "expires_at": day(90),
        "review_at": day(60),
    }
    return texts | known


@pytest.fixture
def ended(client: TestClient) -> None:
    hear(client, THREAT, THREAT)
    assert press(client, "end") == 303


@pytest.fixture
def sam(client: TestClient, ended: None) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


@pytest.fixture
def jo(client: TestClient, ended: None) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "jo"))


def proposed(client: TestClient) -> str:
    answered = client.post(FORM, data=said())
    assert answered.status_code == 303
    return str(answered.headers["location"])


def state(client: TestClient, there: str) -> str:
    return str(client.get(f"/api/v1{there}").json()["state"])


def test_it_can_be_proposed_only_once_the_contact_was_ended(client: TestClient) -> None:
    hear(client, INSULT)
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, data=said()).status_code == 409


def test_the_form_offers_days_and_quotes_what_was_said(client: TestClient, ended: None) -> None:
    form = client.get(FORM).text
    assert f'value="{day(90)}"' in form
    assert "hurt you" in form
    assert "Please write to us, by letter or e-mail" in form


@pytest.mark.parametrize("field", ["meaning", "reason", "adjustments", "still", "appeal_to"])
def test_what_is_missing_is_said_and_what_was_typed_stays(client: TestClient, ended: None, field: str) -> None:
    answered = client.post(FORM, data=said(**{field: " "}))
    assert answered.status_code == 422
    assert "Without that no restriction can be proposed." in answered.text
    assert said()["reason" if field != "reason" else "meaning"] in answered.text


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"expires_at": day(400)}, "at most 180 days"),
        ({"review_at": day(100)}, "at most 90 days"),
        ({"expires_at": "soon"}, "Choose a day"),
        ({"way": "prison"}, "nothing was changed"),
    ],
)
def test_days_that_do_not_hold_are_refused(client: TestClient, ended: None, known: dict[str, str], why: str) -> None:
    answered = client.post(FORM, data=said(**known))
    assert answered.status_code == 422
    assert why in answered.text


def test_another_supervisor_approves_it_the_letter_goes_out_and_then_it_holds(
    client: TestClient, sam: TestClient
) -> None:
    there = proposed(client)
    assert "cannot go out yet" in client.get(f"{there}/letter").text
    assert sam.post(there, data={"do": "tell"}).status_code == 409
    assert client.post(there, data={"do": "approve"}).status_code == 403
    assert sam.post(there, data={"do": "approve"}).status_code == 303
    letter = sam.get(f"{there}/letter").text
    for words in ("Dear Mr Doyle", "hurt you", "PO Box 7", "decided by Sam", "within 10 days"):
        assert words in letter
    assert sam.post(there, data={"do": "tell"}).status_code == 303
    told = sam.get(f"/api/v1{there}").json()
    assert (told["state"], told["holds"], told["approved_by"]) == ("in_force", True, "Sam")
    assert "Please write to us instead of ringing." in client.get(HERE).text


def test_a_supervisor_does_not_approve_their_own(client: TestClient, sam: TestClient, jo: TestClient) -> None:
    there = proposed(sam)
    assert "another supervisor has to approve it" in sam.get(there).text
    refused = sam.post(there, data={"do": "approve"})
    assert refused.status_code == 409
    assert state(jo, there) == "proposed"
    assert jo.post(there, data={"do": "refuse", "why": "One bad evening."}).status_code == 303
    assert state(jo, there) == "refused"


def test_an_appeal_is_answered_by_whoever_had_no_part(client: TestClient, sam: TestClient, jo: TestClient) -> None:
    there = proposed(client)
    sam.post(there, data={"do": "approve"})
    sam.post(there, data={"do": "tell"})
    assert sam.post(there, data={"do": "appeal", "why": "That was not me."}).status_code == 303
    assert "neither proposed nor approved" in sam.get(there).text
    assert sam.post(there, data={"do": "uphold", "why": "It stays."}).status_code == 409
    assert jo.post(there, data={"do": "lift", "why": "It was somebody else."}).status_code == 303
    told = jo.get(f"/api/v1{there}").json()
    assert (told["state"], told["holds"], told["appeal_answer"]) == ("lifted", False, "It was somebody else.")


def test_the_list_shows_what_waits_what_holds_and_what_is_over(client: TestClient, sam: TestClient) -> None:
    assert "Nothing is restricted" in sam.get("/restrictions").text
    there = proposed(client)
    assert "Waiting for somebody" in sam.get("/restrictions").text
    assert client.post(f"{there}/take-back").status_code == 303
    assert "Taken back" in sam.get("/restrictions").text
    assert client.get("/restrictions").status_code == 403
    audit = Audit(place_of(client).desk.books.shelf)
    assert any(row.deed == Deed.LIST_SEEN for row in audit.latest(20))


def test_the_api_proposes_decides_and_names_the_field_that_is_missing(client: TestClient, sam: TestClient) -> None:
    body: dict[str, Any] = {key: value for key, value in said().items() if not key.endswith("_at")}
    body |= {"ends": day(90), "review": day(60)}
    refused = client.post(f"{API}/restriction", json=body | {"ends": day(400)})
    assert (refused.status_code, refused.json()["field"]) == (422, "ends")
    made = client.post(f"{API}/restriction", json=body)
    assert made.status_code == 201
    there = f"/api/v1/restrictions/{made.json()['id']}"
    assert sam.post(there, json={"do": "approve"}).json()["approved_by"] == "Sam"
    assert sam.post(there, json={"do": "tell"}).json()["holds"] is True
    assert sam.post(there, json={"do": "review"}).json()["field"] == "review"
    again = sam.post(there, json={"do": "review", "review": day(80), "why": "Another threat."}).json()
    assert again["review"].startswith(day(80))
    assert sam.post(there, json={"do": "approve"}).status_code == 409
    assert [one["id"] for one in sam.get("/api/v1/restrictions").json()] == [made.json()["id"]]
    assert sam.get("/api/v1/restrictions?over=true").json() == []


def test_its_days_begin_and_end_at_midnight_where_the_house_is(client: TestClient, sam: TestClient) -> None:
    Opening(place_of(client).desk.books.shelf).settle(OpeningHours("Pacific/Auckland", OFFICE.week))
    there = proposed(client)
    known = sam.get(f"/api/v1{there}").json()
    ends, review = (datetime.fromisoformat(known[name]) for name in ("ends", "review"))
    assert [(one.date().isoformat(), one.hour) for one in (ends, review)] == [(day(90), 0), (day(60), 0)]
    assert ends.utcoffset() in (timedelta(hours=12), timedelta(hours=13))
    sam.post(there, data={"do": "approve"})
    assert f"until {ends:%-d %B %Y}" in sam.get(f"{there}/letter").text
    assert f"{ends:%-d %B %Y}" in sam.get(there).text


def test_who_is_of_another_team_or_role_sees_none_of_it(client: TestClient, sam: TestClient) -> None:
    there = proposed(client)
    place = place_of(client)
    stranger = browser_of(client, somebody(place, Role.SUPERVISOR, "kit", teams=()))
    bea = browser_of(client, somebody(place, Role.AGENT, "bea"))
    for address in (there, f"{there}/letter", f"/api/v1{there}"):
        assert stranger.get(address).status_code == 404
        assert bea.get(address).status_code == 404
    assert "Doyle" not in stranger.get("/restrictions").text
    assert client.get("/restrictions/not-an-id").status_code == 404
