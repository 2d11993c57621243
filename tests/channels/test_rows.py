import json
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from levelhead.channels.rows import row_of
from levelhead.conversation import (
    Abuse,
    Advice,
    AgentReading,
    Because,
    Card,
    CardKind,
    Cue,
    CustomerReading,
    DueKind,
    Emotion,
    Fact,
    FactKind,
    Fault,
    Heard,
    Likely,
    Move,
    Outlook,
    Promise,
    Reading,
    Signal,
    Span,
    Step,
    StepState,
)
from tests.people import amira, mr_doyle

KEYS = (
    *("conversation", "n", "speaker", "language", "readable", "emotion", "emotion_p", "intensity", "cues", "abuse"),
    *(
        "abuse_p",
        "moves",
        "faults",
        "fired",
        "outlook",
        "steps",
        "card",
        "quiet_because",
        "promises",
        "facts",
        "signals",
        "cause",
        "issue",
    ),
)
STEPS = dict.fromkeys(Step, StepState.IDLE) | {Step.ACKNOWLEDGE: StepState.DUE}
ANGRY = Heard(
    mr_doyle("I'm furious. Order 48213.", 1),
    Reading(
        language="en",
        readable=True,
        of_customer=CustomerReading(
            emotion=Emotion.ANGRY,
            emotion_p=dict.fromkeys(Emotion, 1 / 7),
            intensity=3,
            cues=dict.fromkeys(Cue, 0.123456),
            abuse=Abuse.NONE,
            abuse_p=dict.fromkeys(Abuse, 1 / 6),
        ),
        fired=("angry",),
        signals=(Signal("angry", 0.98765, (Span(0, 11),)),),
        facts=(Fact(FactKind.ORDER_NUMBER, "48213", Span(19, 24)),),
        outlook=Outlook(asks_supervisor=0.33333, ends_dissatisfied=None, csat=2.456),
        vector=b"\0" * 8,
        cause=Likely("billing", 0.87654),
    ),
    Advice(
        steps=STEPS,
        card=Card(
            id="the-late-refund:1",
            kind=CardKind.ACKNOWLEDGE,
            title="Name the feeling first",
            say="You have every reason to be angry.",
            because=(Because(1, "I'm furious", "anger_first"),),
            rule="anger_first",
            phrase="anger_1",
        ),
    ),
)
PROMISED = Heard(
    amira("I'll ring you by five today.", 2),
    Reading(
        language="en",
        readable=True,
        of_agent=AgentReading(moves=dict.fromkeys(Move, 0.25), faults=dict.fromkeys(Fault, 0.0)),
        promises=(
            Promise(
                who="agent",
                action="ring you",
                due_text="by five today",
                due=datetime(2025, 3, 6, 17, tzinfo=ZoneInfo("Europe/London")),
                due_kind=DueKind.ABSOLUTE,
                span=Span(0, 27),
            ),
        ),
        outlook=Outlook(0.5, 0.5, 3.0),
    ),
    Advice(steps={}, quiet_because="Nothing is due."),
)


def test_a_row_has_every_key_of_the_contract_in_its_order() -> None:
    assert tuple(row_of(ANGRY)) == KEYS
    assert tuple(row_of(PROMISED)) == KEYS


def test_a_customers_row_says_what_the_words_express() -> None:
    row = row_of(ANGRY)
    assert row["emotion_p"] == {emotion.value: 0.1429 for emotion in Emotion}
    assert row["cues"] == {cue.value: 0.1235 for cue in Cue}
    assert (row["emotion"], row["intensity"], row["abuse"]) == ("angry", 3, "none")
    assert (row["moves"], row["faults"]) == (None, None)
    assert row["signals"] == [{"kind": "angry", "p": 0.9877, "spans": [[0, 11]]}]
    assert row["facts"] == [{"kind": "order_number", "value": "48213", "span": [19, 24]}]


def test_a_forecast_that_is_not_shown_is_null_and_so_is_an_outlook_without_any() -> None:
    assert row_of(ANGRY)["outlook"] == {"asks_supervisor": 0.3333, "ends_dissatisfied": None, "csat": 2.46}
    hidden = replace(ANGRY, reading=replace(ANGRY.reading, outlook=Outlook(None, None, None)))
    assert row_of(hidden)["outlook"] is None


def test_what_it_is_about_is_said_where_it_is_clear() -> None:
    row = row_of(ANGRY)
    assert (row["cause"], row["issue"]) == ({"name": "billing", "p": 0.8765}, None)


def test_a_card_is_written_with_its_reasons_and_without_our_own_names() -> None:
    assert row_of(ANGRY)["card"] == {
        "kind": "acknowledge",
        "title": "Name the feeling first",
        "say": "You have every reason to be angry.",
        "because": [{"turn": 1, "words": "I'm furious", "rule": "anger_first"}],
    }


def test_an_agents_row_says_what_was_done_and_nothing_of_a_feeling() -> None:
    row = row_of(PROMISED)
    assert row["moves"] == {move.value: 0.25 for move in Move}
    assert all(row[key] is None for key in ("emotion", "emotion_p", "intensity", "cues", "abuse", "abuse_p", "outlook"))
    assert row["quiet_because"] == "Nothing is due."


def test_a_promise_prints_local_time_without_offset() -> None:
    assert row_of(PROMISED)["promises"] == [
        {
            "who": "agent",
            "action": "ring you",
            "due_text": "by five today",
            "due": "2025-03-06T17:00:00",
            "due_kind": "absolute",
        }
    ]


def test_every_step_is_named_also_before_anything_was_said() -> None:
    assert row_of(PROMISED)["steps"] == {step.value: "idle" for step in Step}


def test_a_turn_that_was_not_read_says_nothing_about_itself() -> None:
    silent = Heard(mr_doyle("¿Dónde está?"), Reading(language="es", readable=False), Advice(steps={}))
    row = row_of(silent)
    assert (row["language"], row["readable"], row["emotion"], row["fired"]) == ("es", False, "neutral", [])


def test_a_row_is_ready_for_json() -> None:
    for heard in (ANGRY, PROMISED):
        assert json.loads(json.dumps(row_of(heard))) == row_of(heard)
