"""Those who watch a server are told how it is, plainly and without a word of anybody."""

from datetime import timedelta

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from levelhead.live.condition import Condition, Part
from levelhead.live.events import Kind
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.tokens import Tokens
from levelhead.web.health import readiness
from tests.web.signing import browser_of, nobody, place_of, somebody

HELLO = {"n": 0, "speaker": "customer", "text": "Where is my kettle?", "channel": "chat", "person": "Mr Doyle"}


def metrics_of(client: TestClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    place = place_of(client)
    shelf = place.desks.library.shelf(place.tenant.id)
    tokens = Tokens(shelf)
    secret = tokens.add(f"prometheus-{len(tokens.all())}", [Action.SEE_OPERATION], timedelta(days=1)).secret
    answer = nobody(client).get("/metrics", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert not any(word in answer.text for word in ("kettle", "Doyle", "call-1"))
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_anyone_may_ask_whether_it_answers_and_whether_it_is_ready(client: TestClient) -> None:
    assert nobody(client).get("/healthz").text == "ok\n"
    ready = nobody(client).get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["ready"] is True
    assert set(ready.json()["parts"]) == {part.value for part in Part}


def test_it_is_not_ready_while_nothing_can_be_kept(client: TestClient) -> None:
    place_of(client).watched.condition.cannot_keep = "The disk is full."
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["parts"]["database"] == {"ok": False, "needed": True, "trouble": "The disk is full."}
    assert client.get("/healthz").status_code == 200


def test_without_the_model_it_is_ready_and_says_what_is_missing() -> None:
    told = readiness(Condition(cannot_read="The model is missing."))
    assert told["ready"] is True
    assert "The model is missing." in str(told["parts"])


def test_metrics_are_for_those_who_may_see_the_operation(client: TestClient) -> None:
    assert nobody(client).get("/metrics").status_code in (303, 401)
    assert client.get("/metrics").status_code in (403, 404)
    admin = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    assert admin.get("/metrics").status_code == 200


def test_turns_cards_and_their_time_are_counted(client: TestClient) -> None:
    for n in (0, 0):  # The second time it is known already, which is kept just as well.
        assert client.post("/api/v1/conversations/call-1/turns", json=HELLO | {"n": n}).status_code == 200
    assert client.post("/api/v1/conversations/call-1/turns", json=HELLO | {"text": "Else"}).status_code == 409
    told = metrics_of(client)
    assert told["levelhead_turns_total", "kept", "customer"] == 2
    assert told["levelhead_turns_total", "refused", "customer"] == 1
    assert told["levelhead_turn_seconds_count",] == 3


def test_what_is_degraded_and_what_waits_is_told(client: TestClient) -> None:
    place = place_of(client)
    shelf = place.desks.library.shelf(place.tenant.id)
    there = Destinations(shelf, place.desks.library.vault)
    there.add("https://nowhere.invalid/", [Kind.TURN_HEARD], "whsec_AAAA", place.clock())
    client.post("/api/v1/conversations/call-1/turns", json=HELLO)
    place.watched.condition.disk_low_mb = 12
    told = metrics_of(client)
    assert told["levelhead_degraded", "disk"] == 1
    assert told["levelhead_degraded", "database"] == 0
    assert told["levelhead_outbox_events", "waiting"] == 1
    assert told["levelhead_outbox_lag_seconds",] >= 0
