"""The first page is there at once: the past is written in beside it, and the page says how far it is."""

import pytest
from starlette.testclient import TestClient

from levelhead.settings import Settings
from levelhead.web.app import create_app

FILLED_IN = "Its last three weeks are being filled in"


@pytest.mark.parametrize("has_past", [True, False])
def test_pages_are_there_while_the_past_is_written_and_say_so(settings: Settings, has_past: bool) -> None:
    demo = settings.model_copy(update={"demo": True, "demo_history": has_past})
    # Leaving ends it in the middle of its first conversations.
    with TestClient(create_app(demo), base_url="http://localhost") as client:
        page = client.get("/")
        assert page.status_code == 200
        assert (FILLED_IN in page.text) is has_past
