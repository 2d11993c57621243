"""The real application over an empty database, asked in process."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.words import Words, words_for
from tests.people import A_THURSDAY
from tests.web.signing import BASE, place_of, sign_in, somebody


@pytest.fixture
def now() -> datetime:
    """Ten minutes into the late refund."""
    return A_THURSDAY + timedelta(minutes=10)


@pytest.fixture
def british() -> Words:
    return words_for("en-GB")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The browser of Amira, an agent who is signed in, with the application started for it."""
    with TestClient(create_app(settings), base_url=BASE, follow_redirects=False) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        yield asking
