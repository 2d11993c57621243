"""A rewrite is there at once, and in other words a moment later where a language model is settled and says the same."""

import json
import re
import sys
from collections.abc import Iterator
from time import perf_counter

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from levelhead.channels.language_model import WITHIN_S
from levelhead.people.person import Role
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.settings import Settings
from levelhead.settings_language_model import Wording
from levelhead.storage.consents import Consents
from levelhead.web.app import create_app
from tests.web.signing import BASE, place_of, sign_in, somebody
from tests.wording import Model, wording

DRAFT = "Sorry for the inconvenience. I'll ring you by 5 pm on Monday about parcel 4471. I can't do more."
ANGRY = "I have waited three weeks. My number is 07700 900123."
FURIOUS = "This is the third time I have had to ask for my money back, and I am furious. Nobody has rung me."
SLACK_S = 1.5


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with wording() as found:
        yield found


@pytest.fixture
def browser(settings: Settings, model: Model) -> Iterator[TestClient]:
    """Amira's browser where a language model is settled."""
    model.behave("honest")
    with_model = settings.model_copy(
        update={
            "language_model_url": model.url,
            "language_model_key": SecretStr("hunter2"),
            "language_model_for": tuple(Wording),
        }
    )
    with TestClient(create_app(with_model), base_url=BASE, follow_redirects=False) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        yield asking


def begun(browser: TestClient) -> str:
    return str(browser.post("/try", data={"text": f"Customer: {ANGRY}", "channel": "chat"}).headers["location"])


def test_the_rewrite_is_there_at_once_and_other_words_come_after(browser: TestClient, model: Model) -> None:
    here, before = begun(browser), len(model.asked())
    checked = browser.post(f"{here}/draft", data={"text": DRAFT}).text
    assert "Say it like this" in checked
    assert f'hx-post="{here}/draft/reworded"' in checked
    assert len(model.asked()) == before
    later = browser.post(f"{here}/draft/reworded", data={"text": DRAFT}).text
    assert "Or in other words" in later
    assert "I will ring you by 5 pm on Monday about parcel 4471." in later
    assert "900123" not in str(model.asked())


@pytest.mark.parametrize("manner", ["adds", "garbage", "closes", "refuses", "slow", "endless"])
def test_whatever_the_model_does_the_page_stays_as_it_is(browser: TestClient, model: Model, manner: str) -> None:
    here = begun(browser)
    model.behave(manner)
    began = perf_counter()
    later = browser.post(f"{here}/draft/reworded", data={"text": DRAFT})
    assert (later.status_code, later.text) == (200, "")
    assert perf_counter() - began < WITHIN_S + SLACK_S
    assert "Say it like this" in browser.post(f"{here}/draft", data={"text": DRAFT}).text
    assert browser.get(here).status_code == 200


def test_a_draft_that_needs_no_mending_asks_nobody(browser: TestClient, model: Model) -> None:
    here, before = begun(browser), len(model.asked())
    for draft in ("", "x" * 5000):
        assert browser.post(f"{here}/draft/reworded", data={"text": draft}).text == ""
    assert len(model.asked()) == before


def test_of_a_customer_who_did_not_agree_to_being_read_nothing_goes_out(browser: TestClient, model: Model) -> None:
    here, before = begun(browser), len(model.asked())
    shelf = place_of(browser).desks.library.shelf(place_of(browser).tenant.id)
    Consents(shelf).note(here.rpartition("/")[2], Purpose.ANALYSIS, ConsentAnswer.REFUSED, "Amira")
    assert browser.post(f"{here}/draft/reworded", data={"text": DRAFT}).text == ""
    assert len(model.asked()) == before


def test_a_card_a_line_of_a_note_and_a_follow_up_go_the_same_way(browser: TestClient, model: Model) -> None:
    said = {"text": f"Customer: {FURIOUS}", "channel": "chat"}
    here = str(browser.post("/try", data=said).headers["location"])
    (card,) = set(re.findall(r'name="card" value="([^"]+)"', browser.get(here).text))
    browser.post(f"{here}/card/reworded", data={"card": card})
    assert material(model)["kind"] == "card"
    before = len(model.asked())
    assert browser.post(f"{here}/card/reworded", data={"card": "another"}).text == ""
    line = {"key": "ours:1:0", "line:ours:1:0": "I'll call on Monday about parcel 4471."}
    later = browser.post(f"{here}/note/reworded", data=line).text
    assert "I will call on Monday about parcel 4471." in later
    assert 'data-use-in="line-ours-1-0"' in later
    assert material(model)["kind"] == "note"
    quoted = {"key": "ours:1:0", "line:ours:1:0": "“I'll call on Monday.”"}
    assert browser.post(f"{here}/note/reworded", data=quoted).text == ""
    browser.post(f"{here}/follow-up", data={"way": "call"})
    (follow_up,) = set(re.findall(r"/follow-ups/[0-9a-f-]{36}", browser.get(here).text))
    later = browser.post(f"{follow_up}/reworded", data={"text": "I'll ring you on Monday at 5 pm."}).text
    assert "I will ring you on Monday at 5 pm." in later
    model.behave("adds")
    assert browser.post(f"{follow_up}/reworded", data={"text": "I'll ring you on Monday at 5 pm."}).text == ""
    assert len(model.asked()) == before + 3


def material(model: Model) -> dict[str, str]:
    found: dict[str, str] = json.loads(model.asked()[-1]["messages"][-1]["content"])
    return found


def test_what_came_of_it_is_counted(browser: TestClient, model: Model) -> None:
    here = begun(browser)
    browser.post(f"{here}/draft/reworded", data={"text": DRAFT})
    model.behave("adds")
    browser.post(f"{here}/draft/reworded", data={"text": DRAFT})
    counted = place_of(browser).watched.meters.registry
    for outcome in ("reworded", "refused"):
        assert counted.get_sample_value("levelhead_language_model_total", {"outcome": outcome}) == 1


def test_out_of_the_box_nothing_changes_and_nothing_is_connected_to(client: TestClient) -> None:
    here = begun(client)
    connected: list[object] = []
    listening = True

    def hook(event: str, args: tuple[object, ...]) -> None:
        if listening and event in {"socket.connect", "socket.getaddrinfo"}:
            connected.append(args)

    sys.addaudithook(hook)
    try:
        assert "reworded" not in client.post(f"{here}/draft", data={"text": DRAFT}).text
        assert client.post(f"{here}/draft/reworded", data={"text": DRAFT}).text == ""
    finally:
        listening = False
    assert connected == []
    assert place_of(client).language_model is None
