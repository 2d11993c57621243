"""The API keeps its contract: a row for each turn, 409 for a number taken, 422 with field and reason."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from levelhead.channels.lines import row_of
from levelhead.conversation import Turn
from levelhead.web.wire import HeardOut, TurnOut
from tests.people import the_late_refund

TURNS = "/api/v1/conversations/the-late-refund/turns"
KEYS = list(TurnOut.model_fields)


def row(turn: Turn) -> dict[str, Any]:
    """The flat row of a turn."""
    return {
        "conversation": turn.conversation,
        "n": turn.n,
        "speaker": turn.speaker.value,
        "text": turn.text,
        "at": turn.at,
        "channel": turn.channel.value,
        "locale": turn.locale,
        "started_at": "2025-03-06T10:42:00",
        "zone": "Europe/London",
    }


REFUND = [row(turn) for turn in the_late_refund()]


def test_one_row_or_a_list_gives_a_row_for_each_turn(client: TestClient) -> None:
    one = client.post(TURNS, json=REFUND[0])
    assert [list(answer) for answer in one.json()] == [KEYS]
    rest = client.post(TURNS, json=REFUND[1:])
    assert [answer["n"] for answer in rest.json()] == list(range(1, len(REFUND)))


def test_the_rows_are_those_of_the_command_line(client: TestClient) -> None:
    answers = client.post(TURNS, json=REFUND).json()
    books = client.app.state.workplace.desk.books  # type: ignore[attr-defined]
    raised = [row_of(heard) for heard in books.timeline("the-late-refund")]
    assert answers == raised


def test_the_documented_shape_holds(client: TestClient) -> None:
    for answer in client.post(TURNS, json=REFUND).json():
        TurnOut.model_validate(answer)
    for turn in client.get("/api/v1/conversations/the-late-refund").json()["turns"]:
        HeardOut.model_validate(turn)


def test_sending_again_changes_nothing(client: TestClient) -> None:
    first = client.post(TURNS, json=REFUND).json()
    assert client.post(TURNS, json=REFUND).json() == first
    assert client.get("/api/v1/conversations").json()[0]["turns"] == len(REFUND)


def test_what_was_said_once_need_not_be_said_again(client: TestClient) -> None:
    client.post(TURNS, json=REFUND[:2])
    later = client.post(TURNS, json={"n": 2, "speaker": "customer", "text": "Well?"})
    assert later.status_code == 200


def test_a_number_that_is_taken_is_a_conflict(client: TestClient) -> None:
    client.post(TURNS, json=REFUND[:2])
    taken = client.post(TURNS, json=REFUND[1] | {"text": "Something else."})
    assert taken.status_code == 409
    assert "already there" in taken.json()["reason"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"speaker": "robot"}, "speaker"),
        ({"text": None}, "text"),
        ({"n": -1}, "n"),
        ({"channel": "pigeon"}, "channel"),
        ({"conversation": "another-one"}, "conversation"),
        ({"zone": "Europe/Atlantis"}, "zone"),
    ],
)
def test_bad_input_names_the_field_and_the_reason(client: TestClient, change: dict[str, Any], field: str) -> None:
    refused = client.post(TURNS, json=REFUND[0] | change)
    assert refused.status_code == 422
    assert refused.json()["field"] == field
    assert "expected" in refused.json()["reason"]


def test_in_a_list_the_place_is_named_and_nothing_of_it_is_heard(client: TestClient) -> None:
    refused = client.post(TURNS, json=[REFUND[0], REFUND[1] | {"speaker": "robot"}])
    assert (refused.status_code, refused.json()["field"]) == (422, "[1].speaker")
    assert client.get("/api/v1/conversations/the-late-refund").status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"nonsense", b"[NaN]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_a_400(client: TestClient, body: bytes) -> None:
    refused = client.post(TURNS, content=body)
    assert refused.status_code == 400
    assert refused.json() == {"field": None, "reason": "This is not JSON."}


def test_too_much_at_once_is_a_413(client: TestClient) -> None:
    assert client.post(TURNS, json=[REFUND[0]] * 1001).status_code == 413
    assert client.post(TURNS, content=b" " * (8 * 2**20 + 1)).status_code == 413


def test_a_draft_is_checked_and_nothing_kept(client: TestClient) -> None:
    client.post(TURNS, json=REFUND[:3])
    answer = client.post("/api/v1/conversations/the-late-refund/draft", json={"text": "I can't do that."}).json()
    assert answer["findings"][0]["fault"] == "negative_language"
    assert answer["findings"][0]["words"]
    assert answer["rewrite"]
    assert client.get("/api/v1/conversations").json()[0]["turns"] == 3


def test_a_card_is_answered_over_the_api(client: TestClient) -> None:
    client.post(TURNS, json=[line | {"channel": "email"} for line in REFUND[:3]])
    timeline = client.get("/api/v1/conversations/the-late-refund").json()
    card = timeline["showing"]
    assert card in [turn["card_id"] for turn in timeline["turns"]]
    path = f"/api/v1/conversations/the-late-refund/cards/{card}"
    assert client.post(path, json={"answer": "wrong"}).status_code == 204
    assert client.get("/api/v1/conversations/the-late-refund").json()["showing"] is None
    assert client.post(path, json={"answer": "maybe"}).status_code == 422
    assert client.post(path + "0", json={"answer": "used"}).status_code == 404


def test_a_conversation_that_is_not_there_is_a_404(client: TestClient) -> None:
    missing = client.get("/api/v1/conversations/nobody")
    assert (missing.status_code, missing.json()["field"]) == (404, None)


def test_the_document_names_every_way_to_be_refused(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for operation in methods.values():
            assert {"400", "409", "422", "503"} <= set(operation["responses"]), path
