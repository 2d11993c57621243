"""Signing in elsewhere, against a real provider: whom it vouches for is let in, with the role of the mapping."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from levelhead.people.claims import Unknown
from levelhead.people.person import Person, Role
from levelhead.settings import Settings
from levelhead.storage.accounts import People
from levelhead.web.app import create_app
from tests.web.provider import Provider, provider
from tests.web.signing import BASE, nobody, place_of

LEADS = {"roles": ["staff", "leads"], "groups": ["desk-1"], "name": "Amira Haddad"}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def door(elsewhere: Provider, data_dir: Path) -> Iterator[TestClient]:
    """A browser at a Levelhead that knows the provider."""
    settings = Settings(
        data_dir=data_dir,
        demo=False,
        oidc_issuer=elsewhere.url,
        oidc_client_id="levelhead",
        oidc_client_secret=SecretStr("a secret of the two"),
        oidc_roles={"leads": Role.SUPERVISOR, "staff": Role.AGENT},
        oidc_teams={"desk-1": "Our team"},
        oidc_unknown=Unknown.CREATE,
    )
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as asking:
        yield asking


def start(client: TestClient, on: str = "") -> str:
    """Begin at our sign-in page; the address at the provider to which the browser is sent."""
    return str(client.get(f"/sign-in/elsewhere{on}").headers["location"])


def arrive(client: TestClient, elsewhere: Provider, subject: str, on: str = "") -> str:
    """Sign in by the provider; where that leads."""
    answer = client.get(elsewhere.agrees(start(client, on), subject))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def person(client: TestClient) -> Person:
    """Who is signed in."""
    visit = place_of(client).entrance.still(client.cookies.get("levelhead"))
    assert visit
    return visit.person


def test_who_the_provider_vouches_for_is_let_in_with_role_and_teams(door: TestClient, elsewhere: Provider) -> None:
    elsewhere.knows("amira", LEADS)
    assert "Sign in with your organisation" in door.get("/sign-in").text
    assert arrive(door, elsewhere, "amira", "?next=/account") == "/account"
    assert (person(door).role, person(door).shown_as, len(person(door).teams)) == (Role.SUPERVISOR, "Amira Haddad", 1)


def test_a_role_that_was_taken_away_there_is_gone_at_the_next_sign_in(door: TestClient, elsewhere: Provider) -> None:
    elsewhere.knows("bea", LEADS)
    arrive(door, elsewhere, "bea")
    elsewhere.knows("bea", {"roles": ["staff"]})
    arrive(door, elsewhere, "bea")
    assert (person(door).role, person(door).teams) == (Role.AGENT, frozenset())


def test_who_gets_no_role_from_the_mapping_is_refused(door: TestClient, elsewhere: Provider) -> None:
    elsewhere.knows("visitor", {"roles": ["admin", "everything"]})
    refused = door.get(elsewhere.agrees(start(door), "visitor"))
    assert refused.status_code == 403
    assert "levelhead" not in door.cookies
    assert People(place_of(door).desks.library.shelf(place_of(door).tenant.id)).all() == ()


def test_every_way_out_carries_state_nonce_and_a_challenge_of_its_own(door: TestClient) -> None:
    asked = [parse_qs(urlsplit(start(door)).query) for _ in range(2)]
    for query in asked:
        assert query["code_challenge_method"] == ["S256"]
        assert query["response_type"] == ["code"]
        assert "openid" in query["scope"][0]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def another_state(back: str) -> str:
    return back.replace("state=", "state=x")


def another_code(back: str) -> str:
    return back.replace("code=", "code=x")


def no_state(back: str) -> str:
    parts = urlsplit(back)
    kept = "&".join(part for part in parts.query.split("&") if not part.startswith("state="))
    return urlunsplit(parts._replace(query=kept))


@pytest.mark.parametrize("change", [another_state, another_code, no_state])
def test_a_way_back_that_was_changed_lets_nobody_in(
    door: TestClient, elsewhere: Provider, change: Callable[[str], str]
) -> None:
    elsewhere.knows("amira", LEADS)
    refused = door.get(change(elsewhere.agrees(start(door), "amira")))
    assert refused.status_code == 401
    assert "levelhead" not in door.cookies


def test_a_way_back_lets_only_the_browser_in_that_began_it(door: TestClient, elsewhere: Provider) -> None:
    elsewhere.knows("amira", LEADS)
    back = elsewhere.agrees(start(door), "amira")
    victim = nobody(door)
    assert victim.get(back).status_code == 401
    start(victim)
    assert victim.get(back).status_code == 401, "nor one that began another"
    assert door.get(back).status_code == 303
    assert door.get(back).status_code == 401, "and only once"


def test_a_way_back_is_worth_nothing_a_second_time_even_with_everything_that_the_browser_kept(
    door: TestClient, elsewhere: Provider
) -> None:
    elsewhere.knows("amira", LEADS)
    back = elsewhere.agrees(start(door), "amira")
    replayed = nobody(door)
    replayed.cookies.update(door.cookies)
    assert door.get(back).status_code == 303
    assert replayed.get(back).status_code == 401
    assert "levelhead" not in replayed.cookies


def remembered(client: TestClient) -> dict[str, dict[str, dict[str, str]]]:
    """What the browser keeps of the sign-in that is under way."""
    found: dict[str, dict[str, dict[str, str]]] = json.loads(urlsafe_b64decode(client.cookies["levelhead-elsewhere"]))
    return found


def remember(client: TestClient, changed: object) -> None:
    client.cookies.clear()
    packed = urlsafe_b64encode(json.dumps(changed).encode()).decode()
    client.cookies.set("levelhead-elsewhere", packed, domain="levelhead.test")


def under_way(kept: dict[str, dict[str, dict[str, str]]]) -> dict[str, str]:
    (begun,) = (value["data"] for name, value in kept.items() if name.startswith("_state_"))
    return begun


@pytest.mark.parametrize(("changed", "answer"), [({}, 303), ({"nonce": "of another sign-in"}, 401)])
def test_a_proof_for_another_sign_in_is_not_taken_for_this_one(
    door: TestClient, elsewhere: Provider, changed: dict[str, str], answer: int
) -> None:
    elsewhere.knows("amira", LEADS)
    back = elsewhere.agrees(start(door), "amira")
    kept = remembered(door)
    under_way(kept).update(changed)
    remember(door, kept)
    assert door.get(back).status_code == answer
    assert ("levelhead" in door.cookies) is (answer == 303)


def test_only_who_began_knows_what_the_challenge_was_made_of(door: TestClient) -> None:
    asked = parse_qs(urlsplit(start(door)).query)
    verifier = under_way(remembered(door))["code_verifier"]
    made = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert asked["code_challenge"] == [made]
    assert verifier not in str(asked)


def test_a_code_of_another_sign_in_is_not_taken(door: TestClient, elsewhere: Provider) -> None:
    for subject in ("amira", "mallory"):
        elsewhere.knows(subject, LEADS)
    theirs = nobody(door)
    stolen = parse_qs(urlsplit(elsewhere.agrees(start(theirs), "amira")).query)["code"][0]
    mine = urlsplit(elsewhere.agrees(start(door), "mallory"))
    state = parse_qs(mine.query)["state"][0]
    assert door.get(f"{mine.path}?code={stolen}&state={state}").status_code == 401


def test_who_says_no_there_is_told_kindly(door: TestClient, elsewhere: Provider) -> None:
    refused = door.get(elsewhere.declines(start(door)))
    assert refused.status_code == 401
    assert "Start again from the sign-in page" in refused.text


@pytest.mark.parametrize("on", ["https://evil.example", "//evil.example"])
def test_a_sign_in_elsewhere_never_leads_away_from_here(door: TestClient, elsewhere: Provider, on: str) -> None:
    elsewhere.knows("amira", LEADS)
    assert arrive(door, elsewhere, "amira", f"?next={on}") == "/"


def test_a_provider_that_is_away_is_said_plainly(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, demo=False, oidc_issuer="http://localhost:9", oidc_client_id="levelhead")
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as door:
        refused = door.get("/sign-in/elsewhere")
    assert refused.status_code == 503
    assert "cannot be reached" in refused.text


def test_without_a_provider_there_is_no_such_way(client: TestClient) -> None:
    assert "organisation's account" not in nobody(client).get("/sign-in").text
    assert nobody(client).get("/sign-in/elsewhere").status_code == 404
