"""A plan over HTTP: proposed by who answers, agreed by a supervisor, told, on the desk, handed over, objected to."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from levelhead.casework.plan_times import Window
from levelhead.people.audit import Deed
from levelhead.people.person import Person, Role
from levelhead.storage.audit import Audit
from levelhead.storage.customers import Customers
from tests.web.signing import browser_of, place_of, somebody

TALK, API = "/conversations/the-refund", "/api/v1/conversations/the-refund"
DAYS = {"expires_at": 90, "review_at": 40}


def day(count: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=count)).isoformat()


def hear(client: TestClient, *said: str, conversation: str = "the-refund", first: int = 0) -> None:
    rows = [
        {"n": n, "speaker": "customer", "text": text, "channel": "chat", "person": "Mr Doyle", "customer_ref": "crm-1"}
        for n, text in enumerate(said, first)
    ]
    assert client.post(f"/api/v1/conversations/{conversation}/turns", json=rows).status_code == 200


@pytest.fixture
def customer(client: TestClient) -> UUID:
    hear(client, "Where is my refund? It has been three weeks.")
    books = place_of(client).desk.books
    found = Customers(books.shelf, books.vault).of("the-refund")
    assert found is not None
    return found


@pytest.fixture
def hana(client: TestClient) -> Person:
    return somebody(place_of(client), Role.AGENT, "hana")


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def form(hana: Person, **known: str) -> dict[str, str | list[str]]:
    typed: dict[str, str | list[str]] = {
        "contact": str(hana.id),
        "channel": "voice",
        "day": ["1", "", ""],
        "opens": ["10:00", "", ""],
        "closes": ["12:00", "", ""],
        "reason": "You have rung us seven times since January about one refund.",
        "adjustments": "You told us that you would rather speak than write.",
        "object_to": "Tell any of us, or write to PO Box 7",
        "expires_at": day(90),
        "review_at": day(40),
    }
    return {**typed, **known}


def proposed(client: TestClient, customer: UUID, hana: Person) -> str:
    made = client.post(f"/customers/{customer}/plan", data=form(hana))
    assert made.status_code == 303, made.text
    return str(made.headers["location"])


def in_force(client: TestClient, sam: TestClient, customer: UUID, hana: Person) -> str:
    plan = proposed(client, customer, hana)
    assert [sam.post(plan, data={"do": do}).status_code for do in ("agree", "tell")] == [303, 303]
    return plan


def panel(client: TestClient) -> str:
    return client.get(TALK).text.split('id="panel-plan">')[1].split("</details>")[0]


def test_who_answers_proposes_and_a_supervisor_agrees_to_what_they_have_read(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    assert f"/customers/{customer}/plan" in client.get(f"/customers/{customer}").text
    plan = proposed(client, customer, hana)
    assert "Dear Mr Doyle" in client.get(plan).text
    assert client.post(plan, data={"do": "agree"}).status_code == 403
    assert client.get("/plans").status_code == 403
    assert "Waiting for somebody" in sam.get("/plans").text
    sam.post(plan, data={"do": "agree"})
    assert "has not been told" in sam.get(plan).text
    assert "This was agreed by Sam." in sam.get(f"{plan}/letter").text
    sam.post(plan, data={"do": "tell"})
    assert "One contact: Hana, calls, Tuesdays 10:00 to 12:00 until" in client.get(f"/customers/{customer}").text
    noted = Audit(place_of(client).desk.books.shelf).latest(200)
    deeds = [row.subject.split(":") for row in noted if row.deed == Deed.CASE_CHANGED]
    assert [state for kind, _, state in deeds if kind == "plan"] == ["in_force", "agreed", "proposed"]


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("adjustments", " ", "nothing is agreed before that"),
        ("reason", "He is a difficult customer.", "Say what happened instead"),
        ("closes", "09:00", "begins before it ends"),
        ("expires_at", day(400), "at most 180 days from now"),
        ("contact", "nobody", "Choose who looks after them"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: TestClient, customer: UUID, hana: Person, field: str, typed: str, says: str
) -> None:
    answered = client.post(f"/customers/{customer}/plan", data=form(hana, **{field: typed}))
    assert answered.status_code == 422
    assert says in answered.text
    assert "write to PO Box 7" in answered.text


def test_the_desk_of_another_agent_says_who_what_to_say_and_hands_over_with_everything(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    assert 'id="panel-plan"></div>' in client.get(TALK).text
    in_force(client, sam, customer, hana)
    assert "Hana knows your case" in panel(client)
    assert "A plan turns nobody away." in panel(client)
    assert "One contact: Hana" in client.get(f"{TALK}/before").text
    assert client.get(TALK).text.count("One contact: Hana") >= 2
    client.post(f"{TALK}/take")
    assert "Hand over to Hana" in panel(client)
    assert client.post(f"{TALK}/plan").status_code == 303
    theirs = browser_of(client, hana)
    assert "This customer is with you." in panel(theirs)
    assert 'id="panel-help"' in theirs.get(TALK).text
    assert theirs.post(f"{TALK}/plan").status_code == 409


def test_while_the_contact_is_away_who_stands_in_has_it_and_where_nobody_does_it_stays(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    in_force(client, sam, customer, hana)
    client.post(f"{TALK}/take")
    ben, theirs = somebody(place_of(client), Role.AGENT, "ben"), browser_of(client, hana)
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    theirs.post("/account/away", data={"until": tomorrow, "stand_in": ""})
    assert "Tell me what you need" in panel(client)
    assert client.post(f"{TALK}/plan").status_code == 409
    theirs.post("/account/away", data={"until": tomorrow, "stand_in": str(ben.id)})
    assert "Ben looks after things meanwhile" in panel(client)
    assert client.post(f"{TALK}/plan").status_code == 303
    assert browser_of(client, ben).get(TALK).status_code == 200


def test_a_supervisor_gives_the_customer_another_contact_and_the_desk_shows_it_at_once(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    plan, ben = in_force(client, sam, customer, hana), somebody(place_of(client), Role.AGENT, "ben")
    change = {"contact": str(ben.id), "why": "Hana works elsewhere from Monday."}
    assert "Somebody else looks after them" not in client.get(plan).text
    assert client.post(f"{plan}/contact", data=change).status_code == 403
    assert sam.post(f"{plan}/contact", data=change | {"why": " "}).status_code == 409
    assert sam.post(f"{plan}/contact", data=change | {"contact": "nobody"}).status_code == 409
    assert sam.post(f"{plan}/contact", data=change).status_code == 303
    assert "Ben knows your case" in panel(client)
    page = sam.get(plan).text
    assert "Ben looks after them from now on" in page
    assert "Hana, who looked after you until now" in page
    assert "Hana works elsewhere from Monday." in page
    assert "Hana, until" in page
    assert "Waiting for somebody" in sam.get("/plans").text
    assert sam.post(plan, data={"do": "tell"}).status_code == 303
    assert "Waiting for somebody" not in sam.get("/plans").text
    client.post(f"{TALK}/take")
    assert client.post(f"{TALK}/plan").status_code == 303
    assert "This customer is with you." in panel(browser_of(client, ben))


def test_over_the_api_the_contact_is_changed_with_a_reason(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    plan, ben = f"/api/v1{in_force(client, sam, customer, hana)}", somebody(place_of(client), Role.AGENT, "ben")
    assert client.put(f"{plan}/contact", json={"contact": str(ben.id), "why": "She leaves."}).status_code == 403
    nobody = sam.put(f"{plan}/contact", json={"contact": str(customer), "why": "She leaves."})
    assert (nobody.status_code, nobody.json()["field"]) == (422, "contact")
    without = sam.put(f"{plan}/contact", json={"contact": str(ben.id), "why": ""})
    assert (without.status_code, without.json()["field"]) == (422, "why")
    changed = sam.put(f"{plan}/contact", json={"contact": str(ben.id), "why": "She leaves."}).json()
    assert (changed["contact_name"], changed["holds"], changed["told_at"]) == ("Ben", True, None)
    assert [(one["contact_name"], one["changed_by"]) for one in changed["former"]] == [("Hana", "Sam")]
    assert sam.put(f"{plan}/contact", json={"contact": str(ben.id), "why": "Again."}).status_code == 409
    assert sam.post(plan, json={"do": "tell"}).json()["told_at"]


def test_an_agent_notes_an_objection_and_somebody_else_answers(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    plan = in_force(client, sam, customer, hana)
    assert client.post(f"{plan}/objection", data={"why": "I'd rather write."}).status_code == 303
    assert sam.post(plan, data={"do": "end", "why": "You are right."}).status_code == 409
    jo = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "jo"))
    assert "I&#39;d rather write." in jo.get(plan).text
    assert jo.post(plan, data={"do": "end", "why": "You are right: write to us."}).status_code == 303
    assert 'id="panel-plan"></div>' in client.get(TALK).text


def test_many_contacts_about_one_issue_are_pointed_out_and_nothing_is_proposed(client: TestClient) -> None:
    for number in range(5):
        hear(client, "My refund has not come. Where is my refund for order 48213?", conversation=f"refund-{number}")
    books = place_of(client).desk.books
    customer = Customers(books.shelf, books.vault).of("refund-0")
    page = client.get(f"/customers/{customer}").text
    assert "5 contacts in 30 days" in page
    assert "Solve that first" in page
    assert client.get(f"/api/v1/customers/{customer}/plan").status_code == 404


def test_over_the_api_it_goes_the_same_way(client: TestClient, sam: TestClient, customer: UUID, hana: Person) -> None:
    body: dict[str, object] = {
        "contact": str(hana.id),
        "channel": "email",
        "times": [{"day": 4, "opens": "14:00", "closes": "15:00"}],
        "reason": "Seven mails since January about one refund.",
        "adjustments": "You asked for large print.",
        "object_to": "Tell any of us",
        "ends": day(90),
        "review": day(40),
    }
    address = f"/api/v1/customers/{customer}/plan"
    refused = client.post(address, json=body | {"review": day(80)})
    assert (refused.status_code, refused.json()["field"]) == (422, "review")
    made = client.post(address, json=body)
    assert (made.status_code, made.json()["state"]) == (201, "proposed")
    assert client.post(address, json=body).status_code == 409
    plan = f"/api/v1/plans/{made.json()['id']}"
    left_out = client.put(f"{plan}/words", json={"words": ["Hello."]})
    assert (left_out.status_code, left_out.json()["field"]) == (422, "words")
    assert sam.post(plan, json={"do": "agree"}).json()["agreed_by"] == "Sam"
    told = sam.post(plan, json={"do": "tell"}).json()
    assert (told["holds"], told["times"][0]["day"]) == (True, 4)
    assert client.get(f"{API}/plan").json()["line"].startswith("One contact: Hana, e-mail, Fridays 14:00 to 15:00")
    assert [one["id"] for one in sam.get("/api/v1/plans").json()] == [told["id"]]
    assert client.post(f"{plan}/objection", json={"words": "No."}).json()["state"] == "objected"


def test_whoever_has_nothing_to_do_with_the_customer_does_not_see_it(
    client: TestClient, sam: TestClient, customer: UUID, hana: Person
) -> None:
    plan = in_force(client, sam, customer, hana)
    client.post(f"{TALK}/take")
    for role, name in ((Role.REVIEWER, "rae"), (Role.AGENT, "noor")):
        other = browser_of(client, somebody(place_of(client), role, name))
        assert other.get(plan).status_code in (403, 404)
    assert browser_of(client, hana).get(plan).status_code == 200


def test_a_time_ends_after_it_begins() -> None:
    for opens, closes in ((time(12), time(10)), (time(10, tzinfo=UTC), time(12))):
        with pytest.raises(ValueError, match="begins before it ends"):
            Window(1, opens, closes)
