"""What an admin does on the page *API tokens*: make one, see it once, end it; and nobody else gets there."""

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from levelhead.people.api_token import ApiToken
from levelhead.people.permission import SCOPES, Action
from levelhead.people.person import Role
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from levelhead.web.gate import guarded_routes
from tests.web.signing import browser_of, nobody, place_of, sign_in, somebody
from tests.web.test_gate import HELLO, bearer

WANTED = {"name": "telephony", "scope": "hear_turn", "days": "30", "team": ""}


@pytest.fixture
def admin(client: TestClient) -> TestClient:
    """The browser of an admin."""
    sign_in(client, somebody(place_of(client), Role.ADMIN, "ada"))
    return client


def tokens_of(client: TestClient) -> Tokens:
    return Tokens(place_of(client).desks.library.shelf(place_of(client).tenant.id))


def only(client: TestClient) -> ApiToken:
    (token,) = tokens_of(client).all()
    return token


def secret_in(page: str) -> str:
    found = re.search(r'<code id="secret">(lht_[^<]+)</code>', page)
    assert found
    return found[1]


def test_a_token_is_made_shown_once_and_lets_its_program_in(admin: TestClient) -> None:
    made = admin.post("/tokens", data=WANTED | {"scope": ["hear_turn", "check_draft"]})
    assert made.status_code == 200
    secret, token = secret_in(made.text), only(admin)
    assert (token.name, token.scopes, token.team) == ("telephony", {Action.HEAR_TURN, Action.CHECK_DRAFT}, None)
    assert token.expires_at - token.made_at == timedelta(days=30)
    headers = {"authorization": f"Bearer {secret}"}
    said = nobody(admin).post("/api/v1/conversations/the-kettle/turns", json=HELLO, headers=headers)
    assert said.status_code == 200
    again = admin.get("/tokens").text
    assert secret not in again
    assert all(words in again for words in ("telephony", "made by Ada", "last used just now", "Have drafts checked"))


def test_a_token_of_one_team_says_so(admin: TestClient) -> None:
    team = Teams(place_of(admin).desks.library.shelf(place_of(admin).tenant.id)).all()[0]
    admin.post("/tokens", data=WANTED | {"team": str(team.id)})
    assert only(admin).team == team.id
    assert "Our team · made by Ada · never used" in admin.get("/tokens").text


def test_a_token_is_ended_for_good(admin: TestClient) -> None:
    headers = {"authorization": f"Bearer {secret_in(admin.post('/tokens', data=WANTED).text)}"}
    end = f"/tokens/{only(admin).id}/end"
    assert admin.post(end).headers["location"] == "/tokens"
    refused = nobody(admin).post("/api/v1/conversations/the-kettle/turns", json=HELLO, headers=headers)
    assert refused.status_code == 401
    page = admin.get("/tokens").text
    assert "1 token that opens nothing any more" in page
    assert f'action="{end}"' not in page
    assert admin.post(end).status_code == 422, "it has ended already"
    assert admin.post("/tokens", data=WANTED).status_code == 200, "its name is free again"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"name": " "}, "What it is for is missing"),
        ({"scope": []}, "Choose at least one thing"),
        ({"days": "0"}, "Days: a whole number from 1 to 366."),
        ({"days": "367"}, "Days: a whole number"),
        ({"days": "ten"}, "Days: a whole number"),
        ({"days": "9" * 5000}, "Days: a whole number"),
        ({"days": "٣"}, "Days: a whole number"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin: TestClient, wrong: dict[str, object], why: str) -> None:
    refused = admin.post("/tokens", data=WANTED | {"name": "chat <b>"} | wrong)
    assert (refused.status_code, why in refused.text) == (422, True)
    assert "chat &lt;b&gt;" in refused.text or "name" in wrong
    assert tokens_of(admin).all() == ()


def test_a_name_that_is_taken_is_said(admin: TestClient) -> None:
    admin.post("/tokens", data=WANTED)
    taken = admin.post("/tokens", data=WANTED)
    assert (taken.status_code, "there is a token called telephony" in taken.text) == (422, True)


@pytest.mark.parametrize("wrong", [{"scope": "manage_tokens"}, {"scope": "see_sealed"}, {"team": "x"}])
def test_what_the_page_does_not_offer_is_refused(admin: TestClient, wrong: dict[str, str]) -> None:
    assert admin.post("/tokens", data=WANTED | wrong).status_code == 422
    assert tokens_of(admin).all() == ()


def test_another_organisations_token_is_not_there(admin: TestClient) -> None:
    library = place_of(admin).desks.library
    theirs = Tokens(library.shelf(library.add_tenant("Kettles Ltd", "kettles").id))
    token = theirs.add("chat", [Action.HEAR_TURN], timedelta(days=1)).token
    assert admin.post(f"/tokens/{token.id}/end").status_code == 404
    assert theirs.all()[0].ended_at is None
    assert "kettles" not in admin.get("/tokens").text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_admin_sees_the_page_or_a_way_to_it(client: TestClient, role: Role) -> None:
    browser = browser_of(client, somebody(place_of(client), role, "bea"))
    assert browser.get("/tokens").status_code == 403
    assert browser.post("/tokens", data=WANTED).status_code == 403
    assert 'href="/tokens"' not in browser.get("/account").text


def test_no_token_makes_tokens(client: TestClient) -> None:
    program = nobody(client)
    everything = bearer(client, *SCOPES)
    before = [token.id for token in tokens_of(client).all()]
    assert program.get("/tokens", headers=everything).status_code == 303
    assert program.post("/tokens", data=WANTED, headers=everything).status_code in (401, 403)
    assert [token.id for token in tokens_of(client).all()] == before
    for route in guarded_routes(client.app):  # type: ignore[arg-type]
        assert not (route.ask.action is Action.MANAGE_TOKENS and route.ask.programs), route.path
