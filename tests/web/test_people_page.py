"""What an admin does on the page *People*, and how the demo lets a newcomer in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Person, Role
from levelhead.settings import Settings
from levelhead.storage.accounts import People
from levelhead.storage.teams import Teams
from levelhead.web.app import create_app
from tests.web.signing import BASE, browser_of, nobody, place_of, sign_in, somebody
from tests.web.test_signing_in import PASSWORD, fill, token_in


@pytest.fixture
def admin(client: TestClient) -> TestClient:
    """The browser of an admin."""
    sign_in(client, somebody(place_of(client), Role.ADMIN, "ada"))
    return client


def people_of(client: TestClient) -> People:
    return People(place_of(client).desks.library.shelf(place_of(client).tenant.id))


def teams_of(client: TestClient) -> Teams:
    return Teams(place_of(client).desks.library.shelf(place_of(client).tenant.id))


def one(client: TestClient, name: str) -> Person:
    return people_of(client).named(name)


def test_somebody_who_is_added_gets_a_link_and_comes_in_with_it(admin: TestClient) -> None:
    team = teams_of(admin).all()[0]
    form = {"name": "bea.moss", "shown_as": "Bea Moss", "role": "supervisor", "team": str(team.id)}
    page = admin.post("/people", data=form).text
    link = re.search(r"<code>http://levelhead\.test(/welcome/[^<]+)</code>", page)
    assert link
    assert (one(admin, "bea.moss").role, one(admin, "bea.moss").teams) == (Role.SUPERVISOR, frozenset({team.id}))
    assert fill(nobody(admin), link[1], password=PASSWORD, again=PASSWORD) == "/"


@pytest.mark.parametrize("name", ["amira", "", "two words", "<b>x</b>"])
def test_a_name_that_cannot_be_taken_is_said(admin: TestClient, name: str) -> None:
    before = people_of(admin).all()
    refused = admin.post("/people", data={"name": name, "role": "agent"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert people_of(admin).all() == before


def test_role_teams_and_whether_somebody_comes_in_are_changed(admin: TestClient) -> None:
    bea = somebody(place_of(admin), Role.AGENT, "bea")
    theirs = browser_of(admin, bea)
    assert admin.post(f"/people/{bea.id}/role", data={"role": "trainer"}).status_code == 303
    assert one(admin, "bea").role is Role.TRAINER
    assert theirs.get("/account").status_code == 303
    assert admin.post(f"/people/{bea.id}/teams", data={}).status_code == 303
    assert one(admin, "bea").teams == frozenset()
    assert admin.post(f"/people/{bea.id}/disable").status_code == 303
    assert not one(admin, "bea").active
    assert admin.post(f"/people/{bea.id}/enable").status_code == 303
    assert one(admin, "bea").active


def test_an_admin_signs_somebody_out_everywhere(admin: TestClient) -> None:
    bea = somebody(place_of(admin), Role.AGENT, "bea")
    theirs = browser_of(admin, bea)
    assert admin.post(f"/people/{bea.id}/sign-out").status_code == 303
    assert theirs.get("/account").status_code == 303


def test_the_last_admin_stays_one_and_is_told_why(admin: TestClient) -> None:
    ada = one(admin, "ada")
    for path, form in ((f"/people/{ada.id}/disable", {}), (f"/people/{ada.id}/role", {"role": "agent"})):
        refused = admin.post(path, data=form)
        assert refused.status_code == 422
        assert "only admin" in refused.text


def test_a_team_is_added_switched_off_and_then_rolled_out(admin: TestClient) -> None:
    assert admin.post("/teams", data={"name": "Night"}).status_code == 303
    night = teams_of(admin).all()[-1]
    assert (night.name, night.rollout.value) == ("Night", "off")
    for rollout in ("shadow", "on", "off"):
        assert admin.post(f"/teams/{night.id}/rollout", data={"rollout": rollout}).status_code == 303
        assert teams_of(admin).rollout(night.id).value == rollout
    assert admin.post(f"/teams/{night.id}/rollout", data={"rollout": "everything"}).status_code == 422
    assert admin.post("/teams", data={"name": "Night"}).status_code == 422


@pytest.mark.parametrize("path", ["/people/{}/role", "/people/{}/link", "/teams/{}/rollout"])
def test_another_tenants_people_and_teams_are_not_there(admin: TestClient, path: str) -> None:
    library = place_of(admin).desks.library
    other = library.add_tenant("Toasters", "toasters")
    theirs = somebody(place_of(admin), Role.AGENT, "bea", tenant=other.id)
    thing = Teams(library.shelf(other.id)).all()[0].id if "teams" in path else theirs.id
    assert admin.post(path.format(thing), data={"role": "admin", "rollout": "off"}).status_code == 404
    assert People(library.shelf(other.id)).one(theirs.id) == theirs
    assert Teams(library.shelf(other.id)).all()[0].rollout.value == "on"


@pytest.fixture
def demo(data_dir: Path) -> Iterator[TestClient]:
    """A newcomer's browser in front of the demo."""
    settings = Settings(data_dir=data_dir, demo=True, demo_history=False)
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=True) as asking:
        yield asking


def test_a_newcomer_is_in_the_demo_at_once_and_told_so(demo: TestClient) -> None:
    page = demo.get("/")
    assert page.status_code == 200
    assert "This is the demo" in page.text
    assert "You are Amira Haddad (Agent)" in page.text
    assert "Be somebody else" in page.text


@pytest.mark.parametrize("role", list(Role))
def test_one_click_makes_one_somebody_else(demo: TestClient, role: Role) -> None:
    page = demo.get("/demo").text
    ways = re.findall(r'action="(/demo/[^"]+)"', page)
    page = demo.post(ways[list(Role).index(role)], data={"csrf": token_in(page)}).text
    assert f"({role.value.capitalize()})" in page


@pytest.mark.parametrize("path", ["/", "/try", "/account", "/sign-in", "/nowhere"])
def test_every_page_says_that_a_demo_runs(demo: TestClient, path: str) -> None:
    demo.get("/")
    assert 'class="demo"' in demo.get(path).text


def test_where_people_work_nobody_is_let_in_unasked(demo: TestClient) -> None:
    somebody(place_of(demo), Role.AGENT, "bea")
    page = demo.get("/")
    assert page.url.path == "/sign-in"
    assert "Look at the demo" in page.text


def test_another_site_that_embeds_the_demo_signs_nobody_in(demo: TestClient) -> None:
    embedded = demo.get("/", headers={"sec-fetch-dest": "image"}, follow_redirects=False)
    assert "set-cookie" not in embedded.headers


def test_without_the_demo_there_are_none_of_its_people(client: TestClient) -> None:
    assert nobody(client).get("/demo").status_code == 404
