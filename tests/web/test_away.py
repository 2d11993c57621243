"""Somebody who is away says so on their own page, and who stands in."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Person, Role
from levelhead.storage.opening_hours import Absences
from levelhead.storage.teams import Teams
from tests.web.signing import browser_of, place_of, somebody

AWAY, BACK, ACCOUNT = "/account/away", "/account/back", "/account"


@pytest.fixture
def bea(client: TestClient) -> Person:
    return somebody(place_of(client), Role.AGENT, "bea")


def day(after: int) -> str:
    return (datetime.now(UTC) + timedelta(days=after)).date().isoformat()


def absences(client: TestClient) -> list[object]:
    return [one.stand_in for one in Absences(place_of(client).desk.books.shelf).now().values()]


def test_who_is_away_names_who_stands_in_and_comes_back(client: TestClient, bea: Person) -> None:
    assert client.post(AWAY, data={"until": day(5), "stand_in": str(bea.id)}).headers["location"] == ACCOUNT
    assert absences(client) == [bea.id]
    assert "Bea stands in for you." in client.get(ACCOUNT).text
    client.post(BACK)
    assert absences(client) == []
    assert "I am away from now on" in client.get(ACCOUNT).text


def test_without_a_name_it_is_the_team(client: TestClient) -> None:
    client.post(AWAY, data={"until": day(5), "stand_in": ""})
    assert absences(client) == [None]
    assert "Your team is reminded." in client.get(ACCOUNT).text


@pytest.mark.parametrize("until", ["", "soon", day(0), day(-3), day(400)])
def test_a_day_that_cannot_be_is_refused(client: TestClient, until: str) -> None:
    assert client.post(AWAY, data={"until": until, "stand_in": ""}).status_code == 422
    assert absences(client) == []


def test_nobody_stands_in_who_could_not_see_it(client: TestClient) -> None:
    place = place_of(client)
    evenings = Teams(place.desk.books.shelf).add("Evenings", Teams(place.desk.books.shelf).all()[0].rollout)
    strangers = [somebody(place, Role.AGENT, "cid", [evenings.id]), somebody(place, Role.REVIEWER, "rae")]
    for stranger in strangers:
        assert client.post(AWAY, data={"until": day(5), "stand_in": str(stranger.id)}).status_code == 422
        assert stranger.shown_as not in client.get(ACCOUNT).text
    assert absences(client) == []


def test_whom_nothing_could_be_promised_by_is_not_asked(client: TestClient) -> None:
    reviewer = browser_of(client, somebody(place_of(client), Role.REVIEWER, "rae"))
    assert AWAY not in reviewer.get(ACCOUNT).text
