"""What a stolen cookie or link is still worth, and what an address or a name of a host can be bent to."""

from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from levelhead.live.welcome import link_for
from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.gate import guarded_routes
from levelhead.web.security import HEADERS
from levelhead.web.ways import within
from tests.clocks import Clock
from tests.web.signing import BASE, browser_of, nobody, place_of, sign_in, somebody
from tests.web.test_attacks import people_of
from tests.web.test_signing_in import PASSWORD, fill, token_in, with_password

HOST = urlsplit(BASE).netloc


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(settings: Settings, clock: Clock) -> Iterator[TestClient]:
    """A browser in front of a Levelhead whose clock the test sets."""
    with TestClient(create_app(settings, clock), base_url=BASE, follow_redirects=False) as asking:
        yield asking


def thief_of(client: TestClient) -> TestClient:
    """Another browser with the same cookies."""
    thief = nobody(client)
    thief.cookies.update(client.cookies)
    return thief


def test_a_stolen_cookie_is_dead_after_an_hour_in_which_nobody_used_it(door: TestClient, clock: Clock) -> None:
    sign_in(door, somebody(place_of(door), Role.AGENT, "bea"))
    clock.forward(minutes=59)
    assert thief_of(door).get("/account").status_code == 200
    clock.forward(minutes=61)
    assert thief_of(door).get("/account").status_code == 303
    assert thief_of(door).get("/api/v1/conversations").status_code == 401


def test_a_stolen_cookie_cannot_be_kept_alive_for_more_than_twelve_hours(door: TestClient, clock: Clock) -> None:
    sign_in(door, somebody(place_of(door), Role.AGENT, "bea"))
    for _ in range(23):
        clock.forward(minutes=30)
        assert thief_of(door).get("/account").status_code == 200
    clock.forward(minutes=30)
    assert thief_of(door).get("/account").status_code == 303


def test_what_a_thief_left_open_ends_with_everything_when_the_owner_signs_out_everywhere(client: TestClient) -> None:
    person = somebody(place_of(client), Role.AGENT, "bea")
    first, second = browser_of(client, person), browser_of(client, person)
    thieves = [thief_of(first), thief_of(second)]
    first.post("/account/sessions/end")
    for thief in thieves:
        for path in ("/", "/account", "/try"):
            assert thief.get(path).status_code == 303
        assert thief.get("/now/stream", headers={"accept": "text/event-stream"}).status_code == 401


def test_a_new_password_is_worth_nothing_to_who_has_the_old_cookie_or_the_old_link(client: TestClient) -> None:
    person = with_password(client, name="bea")
    stolen = browser_of(client, person)
    links = [link_for(place_of(client).entrance, person) for _ in range(2)]
    assert stolen.get("/account").status_code == 303, "a reset signs everybody out"
    assert nobody(client).get(links[0]).status_code == 404, "the first link ends with the second"
    used, again = nobody(client), nobody(client)
    form = {"csrf": token_in(again.get(links[1]).text), "password": PASSWORD, "again": PASSWORD}
    assert fill(used, links[1], password=PASSWORD, again=PASSWORD) == "/"
    assert again.post(links[1], data=form).status_code == 404, "a page that was opened before it was used is over, too"
    assert again.get("/account").status_code == 303


def test_a_link_is_over_after_a_day_on_its_page_too(door: TestClient, clock: Clock) -> None:
    link = link_for(place_of(door).entrance, somebody(place_of(door), Role.AGENT, "bea"))
    form = {"csrf": token_in(door.get(link).text), "password": PASSWORD, "again": PASSWORD}
    clock.forward(hours=24)
    assert door.get(link).status_code == 404
    assert door.post(link, data=form).status_code == 404
    assert "levelhead" not in door.cookies


def test_who_is_disabled_while_a_link_lies_around_gets_in_by_no_link(client: TestClient) -> None:
    person = somebody(place_of(client), Role.AGENT, "bea")
    link = link_for(place_of(client).entrance, person)
    form = {"password": PASSWORD, "again": PASSWORD}
    fresh = nobody(client)
    form["csrf"] = token_in(fresh.get(link).text)
    people_of(client).disable(person.id)
    assert fresh.post(link, data=form).status_code in {404, 422}
    assert fresh.get("/account").status_code == 303


def test_a_colleague_who_is_being_guessed_at_gets_in_by_the_browser_they_use(client: TestClient) -> None:
    with_password(client, name="bea")
    own = nobody(client)
    assert fill(own, "/sign-in", name="bea", password=PASSWORD) == "/"
    own.post("/sign-out", data={"csrf": token_in(own.get("/account").text)})
    guesser = nobody(client)
    guess = {"csrf": token_in(guesser.get("/sign-in").text), "name": "bea", "password": "not the right words"}
    while guesser.post("/sign-in", data=guess).status_code != 429:
        pass
    assert fill(nobody(client), "/sign-in", name="bea", password=PASSWORD) == ""
    assert fill(own, "/sign-in", name="bea", password=PASSWORD) == "/"


@pytest.mark.parametrize(
    "bent",
    [
        "/%2f%2fevil.example",
        "/%5cevil.example",
        "/%09/evil.example",
        "/..//evil.example",
        "/@evil.example",
        "/.evil.example",
        "////evil.example",
        "\x01//evil.example",
        " //evil.example",
        "/\u2028/evil.example",
        "／／evil.example",
        "//evil.example@levelhead.test",
        "http://levelhead.test.evil.example",
        "data:text/html,evil",
    ],
)
def test_no_address_leads_away_from_here_after_signing_in(client: TestClient, bent: str) -> None:
    with_password(client, name="bea")
    led = fill(nobody(client), "/sign-in", name="bea", password=PASSWORD, next=bent)
    assert led.startswith("/")
    assert host_of(led) == HOST
    there = nobody(client).get(f"{BASE}/{quote(bent, safe='/%@:.')}")
    assert host_of(there.headers.get("location", "/")) == HOST


PIECES = ("/", "\\", ".", ":", "@", "%2f", "%5c", "?", "#", "\t", "\r", "\n", "\0", " ", "evil.example", "https:")


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text())
def test_whatever_an_address_says_a_browser_stays_here(address: str) -> None:
    led = within(address)
    if led is not None:
        assert host_of(led) == HOST


def host_of(location: str) -> str:
    """Where a browser goes from our pages: it drops signs and takes backslashes for slashes (WHATWG URL, 4.4)."""
    stripped = location.strip("".join(map(chr, range(0x21))))
    plain = "".join(letter for letter in stripped if letter not in "\t\r\n").replace("\\", "/")
    return urlsplit(urljoin(BASE, plain)).netloc


@pytest.mark.parametrize("name", ["host", "x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded"])
def test_the_name_of_another_host_gets_into_no_answer(client: TestClient, name: str) -> None:
    with_password(client, name="bea")
    fresh = nobody(client)
    bent = {name: "host=evil.example" if name == "forwarded" else "evil.example"}
    for path in ("/", "/account", "/sign-in", "/nowhere", "/demo"):
        for browser in (client, fresh):
            answer = browser.get(path, headers=bent)
            assert "evil.example" not in answer.text + str(answer.headers)
    form = {"csrf": token_in(fresh.get("/sign-in").text), "name": "bea", "password": PASSWORD}
    entered = fresh.post("/sign-in", data=form, headers=bent)
    assert entered.headers.get("location", "/") == "/"
    assert "domain" not in str(entered.headers.get_list("set-cookie")).lower()


def test_where_the_address_is_settled_no_other_host_is_answered_nor_handed_on(settings: Settings) -> None:
    known = settings.model_copy(update={"public_url": "https://levelhead.test"})
    with TestClient(create_app(known), base_url="http://127.0.0.1:8080", follow_redirects=False) as here:
        assert here.get("/sign-in", headers={"host": "evil.example"}).status_code == 400
        assert here.get("/healthz").status_code == 200  # This machine's own probes.
        admin = browser_of(here, somebody(place_of(here), Role.ADMIN, "bea"))
        form = {"csrf": token_in(admin.get("/people").text), "name": "kim", "shown_as": "Kim", "role": "agent"}
        shown = admin.post("/people", data=form, headers={"host": "localhost"}).text
        assert "https://levelhead.test/" in shown
        assert "localhost" not in shown


@pytest.mark.parametrize("host", ["", "a b", "[", "x:y", "évil", "localhost:99999999"])
def test_a_host_that_is_none_breaks_nothing(client: TestClient, host: str) -> None:
    for path in ("/", "/sign-in", "/people"):
        assert nobody(client).get(path, headers={b"host": host.encode()}).status_code < 500


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMIN, None])
def test_nothing_that_anybody_is_answered_is_kept_framed_or_guessed_at(client: TestClient, role: Role | None) -> None:
    asking = browser_of(client, somebody(place_of(client), role, "bea")) if role else nobody(client)
    for route in guarded_routes(client.app):  # type: ignore[arg-type]
        for method in sorted(route.methods or ()):
            if route.path.endswith("/stream"):
                continue  # It goes on for minutes; test_streams looks at it.
            headers = asking.request(method, route.path.replace("{", "").replace("}", "")).headers
            assert headers["cache-control"] == "no-store", route.path
            assert {name: headers.get(name) for name in HEADERS} == HEADERS, route.path


def test_over_https_a_browser_is_told_to_stay_with_it(client: TestClient) -> None:
    secure = TestClient(client.app, base_url="https://levelhead.test", follow_redirects=False)
    assert secure.get("/sign-in").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in client.get("/sign-in").headers
