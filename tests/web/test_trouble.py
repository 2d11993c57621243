"""A missing model and a full disk are said on the pages, plainly; turns are kept or the sender knows that they are not."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from levelhead.live import opening
from levelhead.models import ModelMissing
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.workplace import Workplace

HELLO = {"n": 0, "speaker": "customer", "text": "Where is my refund?", "channel": "chat"}


@pytest.fixture
def without_model(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    def missing() -> None:
        raise ModelMissing("reader.onnx is not there")

    monkeypatch.setattr(opening.models, "load", missing)
    with TestClient(create_app(settings)) as asking:
        yield asking


def fill_the_disk(client: TestClient) -> None:
    """From now on the database may not grow by a page, as on a full disk."""
    place: Workplace = client.app.state.workplace  # type: ignore[attr-defined]
    database = place.desk.books._database  # noqa: SLF001
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")


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
