"""What somebody with bad intentions would try at the door, and what it gets them."""

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People
from levelhead.storage.teams import Teams
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, sign_in, somebody
from tests.web.test_signing_in import PASSWORD, fill, token_in, with_password

TRIES = 30


def people_of(client: TestClient) -> People:
    return People(place_of(client).desks.library.shelf(place_of(client).tenant.id))


def test_guessing_a_password_is_stopped_and_the_right_one_waits_too(client: TestClient) -> None:
    with_password(client, name="bea")
    guesser = nobody(client)
    token = token_in(guesser.get("/sign-in").text)
    statuses = []
    for number in range(TRIES):
        guess = {"csrf": token, "name": "bea", "password": f"guess number {number}"}
        answer = guesser.post("/sign-in", data=guess)
        statuses.append(answer.status_code)
        if answer.status_code == 429:
            break
    assert set(statuses[:-1]) == {401}
    assert statuses[-1] == 429, "nobody stopped it"
    assert int(answer.headers["retry-after"]) > 0
    right = guesser.post("/sign-in", data={"csrf": token, "name": "bea", "password": PASSWORD})
    assert right.status_code == 429
    assert "levelhead" not in guesser.cookies


def test_a_session_that_somebody_planted_is_not_the_one_that_is_signed_in(client: TestClient) -> None:
    with_password(client, name="bea")
    attacker = browser_of(client, somebody(place_of(client), Role.AGENT, "mallory"))
    planted = attacker.cookies["levelhead"]
    victim = nobody(client)
    victim.cookies.set("levelhead", planted, domain="levelhead.test")
    form = {"csrf": attacker.headers[HEADER], "name": "bea", "password": PASSWORD}
    assert victim.post("/sign-in", data=form).status_code == 303
    assert victim.cookies["levelhead"] != planted
    assert "Bea" in victim.get("/account").text
    assert attacker.get("/account").status_code == 303, "the planted session has ended"


@pytest.mark.parametrize("path", ["/sign-out", "/account/sessions/end", "/try", "/conversations/x/card", "/people"])
def test_a_form_of_another_page_changes_nothing(client: TestClient, path: str) -> None:
    sign_in(client, somebody(place_of(client), Role.ADMIN if path == "/people" else Role.AGENT, "bea"))
    del client.headers[HEADER]
    others = browser_of(client, somebody(place_of(client), Role.AGENT, "mallory")).headers[HEADER]
    for token in ({}, {"csrf": ""}, {"csrf": "guessed"}, {"csrf": others}):
        refused = client.post(path, data={"text": "Customer: hello", "name": "mallory.two", "role": "admin"} | token)
        assert refused.status_code == 403
        assert "nothing was changed" in refused.text
    assert client.get("/account").status_code == 200
    assert [person.name for person in people_of(client).all()] == ["amira", "bea", "mallory"]


def test_a_script_of_another_page_cannot_use_the_api_with_a_session(client: TestClient) -> None:
    del client.headers[HEADER]
    row = {"n": 0, "speaker": "customer", "text": "Hello?", "channel": "chat"}
    refused = client.post("/api/v1/conversations/x/turns", json=row)
    assert refused.status_code == 403
    assert client.get("/api/v1/conversations").json() == []


@pytest.mark.parametrize("path", ["/sign-in", "/demo/somebody"])
def test_nobody_is_signed_in_by_a_form_of_another_site(client: TestClient, path: str) -> None:
    with_password(client, name="bea")
    fresh = nobody(client)
    form = {"name": "bea", "password": PASSWORD, "csrf": "chosen by the other site"}
    assert fresh.post(path, data=form).status_code == 403
    from_elsewhere = form | {"csrf": token_in(fresh.get("/sign-in").text)}
    assert fresh.post(path, data=from_elsewhere, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "/ok\r\nlocation: https://evil.example",
        "evil.example",
        "http:evil.example",
        "/%0d%0aset-cookie: a=b\n",
    ],
)
def test_signing_in_never_leads_away_from_here(client: TestClient, elsewhere: str) -> None:
    with_password(client, name="bea")
    fresh = nobody(client)
    page = fresh.get("/sign-in", params={"next": elsewhere}).text
    assert "evil" not in page
    led = fill(fresh, "/sign-in", name="bea", password=PASSWORD, next=elsewhere)
    assert led == "/"


def test_a_stolen_cookie_is_dead_once_its_session_has_ended(client: TestClient) -> None:
    person = somebody(place_of(client), Role.AGENT, "bea")
    sign_in(client, person)
    thief = nobody(client)
    thief.cookies.update(client.cookies)
    thief.headers[HEADER] = client.headers[HEADER]
    assert thief.get("/account").status_code == 200
    client.post("/account/sessions/end")
    assert thief.get("/account").status_code == 303
    assert thief.post("/try", data={"text": "Customer: hello"}).status_code == 401
    assert thief.get("/api/v1/conversations").status_code == 401
    assert thief.get("/now/stream").status_code == 401 or thief.get("/now/stream").status_code == 303


def test_a_change_of_role_or_team_ends_every_session_at_once(client: TestClient) -> None:
    person = somebody(place_of(client), Role.SUPERVISOR, "bea")
    sign_in(client, person)
    assert client.get("/people").status_code == 200
    people_of(client).give_role(person.id, Role.AGENT)
    assert client.get("/people").status_code == 303
    sign_in(client, people_of(client).one(person.id))
    assert client.get("/people").status_code == 403
    shelf = place_of(client).desks.library.shelf(place_of(client).tenant.id)
    team = Teams(shelf).add("Night", Rollout.ON)
    people_of(client).put_in_teams(person.id, [team.id])
    assert client.get("/account").status_code == 303


def test_who_is_disabled_is_out_at_once_and_stays_out(client: TestClient) -> None:
    person = with_password(client, name="bea")
    sign_in(client, person)
    people_of(client).disable(person.id)
    assert client.get("/account").status_code == 303
    fresh = nobody(client)
    token = token_in(fresh.get("/sign-in").text)
    assert fresh.post("/sign-in", data={"csrf": token, "name": "bea", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize("secret", ["", "x", "lhs.nonsense", "a" * 5_000, "../../etc/passwd", "%00"])
def test_a_made_up_cookie_token_or_link_opens_nothing(client: TestClient, secret: str) -> None:
    made_up = nobody(client)
    made_up.cookies.set("levelhead", secret)
    assert made_up.get("/account").status_code == 303
    bearer = nobody(client).get("/api/v1/conversations", headers={"authorization": f"Bearer {secret}"})
    assert bearer.status_code == 401
    assert bearer.headers["www-authenticate"] == "Bearer"
    # A NUL is refused as what no address of ours holds, before anybody looks for a link.
    assert nobody(client).get(f"/welcome/{secret or 'x'}").status_code == (422 if secret == "%00" else 404)


def test_a_wrong_token_is_not_saved_by_a_good_cookie(client: TestClient) -> None:
    assert client.get("/api/v1/conversations").status_code == 200
    assert client.get("/api/v1/conversations", headers={"authorization": "Bearer wrong"}).status_code == 401
