"""The events are documented as they are: the page and the schema are made from the code and kept beside it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from levelhead.casework.boundary import BoundaryMove, BoundaryState
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.follow_up import FollowUpState, Way
from levelhead.casework.handover import HandoverMove, HandoverState
from levelhead.casework.plan import PlanState
from levelhead.casework.remedy import RemedyState
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.casework.restriction import RestrictionState
from levelhead.casework.standing_in import Whom
from levelhead.channels.webhook_envelope import body_of
from levelhead.channels.webhook_schema import KINDS, PAGE, SCHEMA, page, schema
from levelhead.conversation import Abuse, CardKind, Channel, DueKind, Emotion, Speaker
from levelhead.live import events
from levelhead.live.outbox import Parcel
from levelhead.people.team import Tenant
from levelhead.storage.outbox import Delivery, State
from levelhead.storage.records import CardAnswer

DOCS = Path(__file__).resolve().parents[2] / "docs"
A_MOMENT = datetime(2025, 3, 6, 10, 42, tzinfo=UTC)
ONE_OF_EACH: tuple[events.Event, ...] = (
    events.ConversationStarted("c/1", Channel.CHAT, "en-GB"),
    events.TurnHeard("c/1", 0, Speaker.AGENT, False, "en", True, None, None, None, ("greet",), None, None),
    events.CardShown("c/1", "c/1:1", 1, CardKind.ASK, "ask-first", "pack-1", False, (1,)),
    events.CardAnswered("c/1", "c/1:1", CardAnswer.USED),
    events.PromiseHeard("c/1", 2, 0, Speaker.AGENT, "2025-03-07T12:00:00+00:00", DueKind.RELATIVE),
    events.PromiseDueSoon("c/1", "0198", "2025-03-07T12:00:00+00:00", Whom.STAND_IN, "0197"),
    events.PromiseLate("c/1", "0198", "2025-03-07T12:00:00+00:00", Whom.TEAM, None),
    events.PromiseBroken("c/1", "0198", "2025-03-07T12:00:00+00:00"),
    events.PromiseKept("c/1", "0198", True),
    events.SupervisorAsked("c/1", 3, 0.93),
    events.SupervisorNeeded("c/1", events.Needed.SAFETY),
    events.BoundaryChanged("c/1", BoundaryMove.NAME, BoundaryState.NAMED, Abuse.INSULT),
    events.RestrictionChanged("c/1", "0198", RestrictionState.IN_FORCE, "2025-06-06T00:00:00+00:00"),
    events.PlanChanged("c/1", "0198", PlanState.IN_FORCE, "0196", "2025-06-06T00:00:00+01:00"),
    events.ComplaintOpened("c/1", "0198", "uk-telecoms"),
    events.ComplaintDueSoon("c/1", "0198", Duty.ADR_LETTER, "2026-12-14T23:59:59+00:00"),
    events.ComplaintLimitReached("c/1", "0198", Duty.ADR_LETTER, "2026-12-14T23:59:59+00:00"),
    events.ComplaintClosed("c/1", "0198", in_time=True),
    events.RemedyChanged(
        "c/1", "0198", RemedyState.GRANTED, "delay", "postage", RemedyKind.REFUND, 499, "GBP", None, "remedies en-GB 1"
    ),
    events.HelpChanged("c/1", HandoverMove.SEE, HandoverState.SEEN, "0197"),
    events.NoteSealed("c/1", "0198"),
    events.FollowUpChanged("c/1", "0199", FollowUpState.ASKED, Way.MAIL),
    events.ConversationRemoved("c/1"),
)


def sent(event: events.Event) -> dict[str, Any]:
    told = events.told(event, A_MOMENT)
    delivery = Delivery(uuid4(), 7, told, State.WAITING, 0, A_MOMENT, None, None)
    envelope: dict[str, Any] = json.loads(body_of(Parcel(Tenant(uuid4(), "Acme", "acme"), "", "", delivery)))
    return envelope


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: type(event).__name__)
def test_what_is_sent_is_as_the_schema_says(event: events.Event) -> None:
    jsonschema.Draft202012Validator(schema()).validate(sent(event))


def test_the_schema_refuses_a_label_that_is_none_and_a_field_that_is_missing() -> None:
    right = sent(ONE_OF_EACH[0])
    for wrong in ({"channel": "carrier pigeon"}, {"channel": None}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(right | {"data": right["data"] | wrong}, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({name: value for name, value in right.items() if name != "sequence"}, schema())


def test_an_envelope_is_a_cloud_event_of_its_tenant_and_conversation() -> None:
    envelope = sent(ONE_OF_EACH[0])
    del envelope["id"]
    assert envelope == {
        "specversion": "1.0",
        "source": "/tenants/acme",
        "type": "levelhead.conversation.started.v1",
        "subject": "conversations/c%2F1",
        "time": "2025-03-06T10:42:00Z",
        "datacontenttype": "application/json",
        "sequence": "000000000007",
        "data": {"conversation": "c/1", "channel": "chat", "locale": "en-GB"},
    }


def test_every_kind_is_in_the_schema_and_on_the_page() -> None:
    assert {type(event) for event in ONE_OF_EACH} == set(KINDS)
    assert {one["title"] for one in schema()["oneOf"]} == set(events.Kind)
    assert [kind for kind in events.Kind if f"## `{kind}`" not in page()] == []


def test_the_kept_schema_and_page_are_those_of_the_code() -> None:
    how = "type: python -m levelhead.channels.webhook_schema docs, and add a changelog fragment"
    assert json.loads((DOCS / SCHEMA).read_text(encoding="utf-8")) == schema(), how
    assert (DOCS / PAGE).read_text(encoding="utf-8") == page() + "\n", how


def test_no_field_of_an_event_could_hold_what_somebody_said() -> None:
    told = [one["properties"]["data"]["properties"] for one in schema()["oneOf"]]
    assert all(one["person"]["description"].startswith("The id of") for one in told if "person" in one)
    fields = {name for one in told for name in one} - {"person"}
    assert (
        fields & {"text", "words", "say", "title", "action", "due_text", "customer", "person", "name", "value"} == set()
    )


def test_labels_are_told_by_their_names() -> None:
    event = events.TurnHeard("c", 0, Speaker.CUSTOMER, True, "en", True, Emotion.ANGRY, 3, None, (), None, None)
    data = sent(event)["data"]
    assert (data["emotion"], data["intensity"], data["speaker"], data["late"]) == ("angry", 3, "customer", True)
