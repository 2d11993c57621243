"""Coming in and going, as a browser without any script does it: name and password, links, sessions, signing out."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from levelhead.live.welcome import first_link, link_for
from levelhead.people.person import Person, Role
from levelhead.settings import Settings
from levelhead.web.app import create_app
from tests.web.signing import BASE, CAME, browser_of, nobody, place_of, sign_in, somebody

PASSWORD = "four kettles in the rain"


@pytest.fixture
def door(settings: Settings) -> Iterator[TestClient]:
    """A browser in front of a Levelhead where nobody has ever been."""
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as asking:
        yield asking


def token_in(page: str) -> str:
    """The token of the form on this page."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, page
    return found[1]


def fill(client: TestClient, path: str, to: str | None = None, /, **form: str) -> str:
    """Open a page, fill in its form as it stands, send it; where that leads, or '' where it stays."""
    form["csrf"] = token_in(client.get(path).text)
    answer = client.post(to or path, data=form)
    return str(answer.headers.get("location", ""))


def with_password(client: TestClient, role: Role = Role.AGENT, name: str = "amira") -> Person:
    """Somebody who has followed their link and chosen PASSWORD."""
    person = somebody(place_of(client), role, name)
    link = link_for(place_of(client).entrance, person)
    assert fill(nobody(client), link, password=PASSWORD, again=PASSWORD)
    return person


def test_the_sign_in_page_says_how_to_begin_until_somebody_has_an_account(door: TestClient) -> None:
    printed, forgotten = "Follow the link that Levelhead printed", "Forgotten your password?"
    nobody_yet = door.get("/sign-in").text
    assert printed in nobody_yet
    assert forgotten not in nobody_yet
    with_password(door)
    later = door.get("/sign-in").text
    assert printed not in later
    assert forgotten in later


def test_a_page_that_is_not_here_leads_to_the_first_page_of_ones_own(client: TestClient) -> None:
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "alex"))
    assert 'href="/people">Go to People<' in admin.get("/nowhere").text
    assert 'href="/">Sign in<' in nobody(client).get("/nowhere").text


def test_the_first_one_here_becomes_admin_by_the_link_that_was_printed(door: TestClient) -> None:
    link = first_link(place_of(door).entrance)
    assert link
    assert "you become the admin" in door.get(link).text
    assert door.get(link).status_code == 200, "looking at a link does not use it up"
    led = fill(door, link, name="Ada.Admin", shown_as="Ada", password=PASSWORD, again=PASSWORD)
    assert led == "/people"
    assert "ada.admin" in door.get("/people").text
    assert nobody(door).get(link).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [("zebra", "zebra", "at least 12"), (PASSWORD, "something else", "not the same"), ("password1234", None, "")],
)
def test_a_password_that_cannot_be_taken_is_said_and_the_link_stays_good(
    door: TestClient, password: str, again: str | None, says: str
) -> None:
    link = link_for(place_of(door).entrance, somebody(place_of(door), Role.AGENT, "amira"))
    form = {"csrf": token_in(door.get(link).text), "password": password, "again": again or password}
    refused = door.post(link, data=form)
    assert refused.status_code == 422
    assert says in refused.text
    assert password not in refused.text
    assert fill(door, link, password=PASSWORD, again=PASSWORD) == "/"


def test_who_signs_in_gets_to_the_page_they_wanted(door: TestClient) -> None:
    with_password(door)
    there = door.get("/try")
    assert there.status_code == 303
    way = there.headers["location"]
    assert way == "/sign-in?next=/try"
    assert fill(door, way, "/sign-in", name="Amira", password=PASSWORD, next="/try") == "/try"
    assert door.get("/try").status_code == 200


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(door: TestClient) -> None:
    with_password(door)
    token = token_in(door.get("/sign-in").text)
    answers = [
        door.post("/sign-in", data={"csrf": token, "name": name, "password": "not the right words"})
        for name in ("amira", "nobody.here")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    texts = [answer.text.replace("nobody.here", "amira") for answer in answers]
    assert texts[0] == texts[1]
    assert "not the right words" not in texts[0]


def test_the_form_works_with_password_managers(door: TestClient) -> None:
    page = door.get("/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    link = link_for(place_of(door).entrance, somebody(place_of(door), Role.AGENT, "amira"))
    assert door.get(link).text.count('autocomplete="new-password"') == 2


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(door: TestClient) -> None:
    with_password(door)
    secure = TestClient(door.app, base_url="https://levelhead.test", follow_redirects=False)
    form = {"csrf": token_in(secure.get("/sign-in").text), "name": "amira", "password": PASSWORD}
    set_cookie = secure.post("/sign-in", data=form).headers.get_list("set-cookie")
    session = next(cookie for cookie in set_cookie if cookie.startswith("__Host-levelhead="))
    parts = {part.strip().lower() for part in session.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)
    assert secure.get("/").status_code == 200


def test_over_https_a_cookie_without_the_prefix_opens_nothing(door: TestClient) -> None:
    person = with_password(door)
    entered = place_of(door).entrance.enter(person, CAME)
    secure = TestClient(door.app, base_url="https://levelhead.test", follow_redirects=False)
    secure.cookies.set("levelhead", entered.cookie)
    assert secure.get("/").status_code == 303
    secure.cookies.set("__Host-levelhead", entered.cookie)
    assert secure.get("/").status_code == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie(client: TestClient) -> None:
    stolen = dict(client.cookies)
    assert client.post("/sign-out").headers["location"] == "/sign-in"
    thief = nobody(client)
    thief.cookies.update(stolen)
    assert thief.get("/").status_code == 303


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(client: TestClient) -> None:
    entrance, person = place_of(client).entrance, somebody(place_of(client), Role.AGENT, "bea")
    sign_in(client, person)
    other = nobody(client)
    there = sign_in(other, person)
    page = client.get("/account").text
    assert "Here, now" in page
    ends = re.findall(r'action="(/account/sessions/[^"]+/end)"', page)
    assert [str(there.visit.session) in way for way in ends] == [True]
    assert client.post(ends[0]).headers["location"] == "/account"
    assert entrance.still(there.cookie) is None
    assert client.get("/account").status_code == 200


def test_one_signs_out_everywhere_at_once(client: TestClient) -> None:
    person = somebody(place_of(client), Role.AGENT, "bea")
    browsers = [nobody(client) for _ in range(3)]
    for browser in browsers:
        sign_in(browser, person)
    assert browsers[0].post("/account/sessions/end").status_code == 303
    assert [browser.get("/").status_code for browser in browsers] == [303, 303, 303]


def test_a_new_password_ends_every_other_session(door: TestClient) -> None:
    person = with_password(door)
    other = nobody(door)
    sign_in(other, person)
    sign_in(door, person)
    before = door.cookies["levelhead"]
    new = "quiet rivers under bridges"
    led = fill(door, "/account", "/account/password", old=PASSWORD, password=new, again=new)
    assert led == "/account?changed=1"
    assert door.cookies["levelhead"] != before
    assert door.get(led).status_code == 200
    assert other.get("/").status_code == 303
    assert fill(nobody(door), "/sign-in", name="amira", password=new) == "/"


@pytest.mark.parametrize("role", list(Role))
def test_everyone_begins_on_a_page_that_is_of_use_to_them(client: TestClient, role: Role) -> None:
    sign_in(client, somebody(place_of(client), role, "bea"))
    first = client.get("/")
    assert first.status_code == (303 if role is Role.ADMIN else 200)
    if role is Role.ADMIN:
        assert first.headers["location"] == "/people"
