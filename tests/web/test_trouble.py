"""A missing model and a full disk are said on the pages, plainly; who sends a turn knows whether it was kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from levelhead.models import ModelMissing
from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.workplace import WatchedDesk, Workplace
from tests.web.signing import BASE, place_of, sign_in, somebody

HELLO = {"n": 0, "speaker": "customer", "text": "Where is my refund?", "channel": "chat"}


@pytest.fixture
def without_model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def missing(*_: object) -> None:
        raise ModelMissing("reader.onnx is not there")

    monkeypatch.setattr("levelhead.live.opening.models.load", missing)
    with TestClient(create_app(settings), base_url=BASE) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        yield asking


def desk_of(client: TestClient) -> WatchedDesk:
    place: Workplace = client.app.state.workplace  # type: ignore[attr-defined]
    return place.desk


@contextmanager
def full_disk(client: TestClient) -> Iterator[None]:
    """For a while the database may not grow by a page, as on a full disk."""
    engine = desk_of(client).books.shelf.database.engine

    def may_not_grow(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    def may_grow(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(engine, "checkout", may_not_grow)
    yield
    event.remove(engine, "checkout", may_not_grow)
    event.listen(engine, "checkout", may_grow)


def test_a_missing_model_is_said_on_every_page_and_turns_are_kept(without_model: TestClient) -> None:
    assert without_model.post("/api/v1/conversations/x/turns", json=HELLO).status_code == 200
    for path in ("/", "/try", "/conversations/x"):
        assert "The reader is not installed" in without_model.get(path).text
    assert "Where is my refund?" in without_model.get("/conversations/x").text


def test_a_missing_model_is_said_to_tools(without_model: TestClient) -> None:
    health = without_model.get("/api/v1/health").json()
    assert (health["status"], health["reads"], health["keeps"]) == ("impaired", False, True)
    assert "missing" in health["trouble"]


def test_health_is_ok_when_turns_are_kept_and_read(client: TestClient) -> None:
    health = client.get("/api/v1/health").json()
    assert (health["status"], health["trouble"]) == ("ok", None)


LONG = "Where is my refund? " * 4_000


def test_a_full_disk_is_said_to_tools_on_every_page_and_until_it_is_over(client: TestClient) -> None:
    with full_disk(client):
        refused = client.post("/api/v1/conversations/x/turns", json=HELLO | {"text": LONG})
        assert refused.status_code == 503
        assert "disk is full" in refused.json()["reason"]
        for path in ("/", "/try"):
            assert "The disk is full" in client.get(path).text
        assert client.get("/api/v1/health").json()["keeps"] is False
    assert client.post("/api/v1/conversations/x/turns", json=HELLO).status_code == 200
    assert "The disk is full" not in client.get("/").text


def test_a_full_disk_is_said_to_the_person_who_tries_something(client: TestClient) -> None:
    with full_disk(client):
        refused = client.post("/try", data={"text": LONG[:30_000]})
    assert refused.status_code == 503
    assert "The disk is full" in refused.text


def test_something_broken_is_said_plainly_and_nothing_of_it_leaks(settings: Settings) -> None:
    app = create_app(settings)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        app.state.workplace.desk.books.conversations = None
        answer = asking.get("/api/v1/conversations")
    assert answer.status_code == 500
    assert answer.json()["reason"].startswith("Something went wrong inside Levelhead")
    assert answer.headers["x-content-type-options"] == "nosniff"
