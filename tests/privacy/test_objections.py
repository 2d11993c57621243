"""What a customer puts right is shown instead of what was read."""

from datetime import UTC, datetime

import pytest

from levelhead.conversation import Abuse, AgentReading, Cue, CustomerReading, Emotion, Reading, Signal, Span
from levelhead.privacy.objections import CORRECTED, Mark, NotALabel, as_marked, check_label, label_read

WORDS = (Span(0, 4),)
READING = Reading(
    "en",
    True,
    CustomerReading(
        Emotion.ANGRY, {Emotion.ANGRY: 0.9}, 3, {Cue.SARCASM: 0.8, Cue.DEADLINE: 0.7}, Abuse.INSULT, {Abuse.INSULT: 0.6}
    ),
    fired=("angry", "sarcasm", "deadline", "insult"),
    signals=tuple(Signal(kind, 0.9, WORDS) for kind in ("angry", "sarcasm", "deadline", "insult")),
)


def said(label: str, instead: str | None = None) -> Mark:
    return Mark(3, label, instead, "Amira", datetime(2025, 3, 6, tzinfo=UTC))


def test_a_disputed_feeling_is_shown_as_none() -> None:
    shown = as_marked(READING, [said("angry")])
    assert shown.of_customer is not None
    assert (shown.of_customer.emotion, shown.of_customer.intensity) == (Emotion.NEUTRAL, 0)
    assert shown.fired == ("sarcasm", "deadline", "insult")


def test_a_corrected_feeling_is_shown_as_the_customer_said() -> None:
    shown = as_marked(READING, [said("angry"), said("angry", "anxious")])
    assert shown.of_customer is not None
    assert set(shown.of_customer.emotion_p) == set(Emotion), "later turns look every label up"
    assert [emotion for emotion, p in shown.of_customer.emotion_p.items() if p] == [Emotion.ANXIOUS]
    assert shown.signals[0] == Signal("anxious", 1.0, WORDS, rule=CORRECTED)


def test_a_disputed_cue_and_insult_are_gone_and_the_rest_stays() -> None:
    shown = as_marked(READING, [said("sarcasm"), said("insult", "none")])
    assert shown.of_customer is not None
    assert (shown.of_customer.cues, shown.of_customer.abuse) == ({Cue.SARCASM: 0.0, Cue.DEADLINE: 0.7}, Abuse.NONE)
    assert shown.fired == ("angry", "deadline")


def test_what_nobody_disputes_is_the_same_reading() -> None:
    assert as_marked(READING, []) is READING
    of_agent = Reading("en", True, of_agent=AgentReading({}, {}))
    assert as_marked(of_agent, [said("angry")]) is of_agent


def test_only_labels_of_customers_can_be_disputed() -> None:
    assert check_label("angry") == "angry"
    with pytest.raises(NotALabel, match="vague"):
        check_label("vague")


def test_an_objection_that_was_taken_back_changes_nothing() -> None:
    assert as_marked(READING, [said("angry", "anxious"), said("angry", "angry")]) is READING


def test_an_objection_to_what_was_put_right_is_about_what_was_read() -> None:
    assert label_read("anxious", [said("angry", "anxious")]) == "angry"
    assert label_read("sarcasm", [said("angry", "anxious")]) == "sarcasm"
