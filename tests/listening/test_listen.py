"""A turn becomes a reading: the model and the rules side by side, and silence where nothing can be read."""

from itertools import pairwise

import pytest

from levelhead import models
from levelhead.conversation import Abuse, Advice, Channel, Cue, DueKind, Emotion, Heard, Reading, Timeline, Turn
from levelhead.listening.listen import listen
from tests.people import amira, mr_doyle, the_late_refund


def read_all(turns: tuple[Turn, ...]) -> Timeline:
    so_far: Timeline = ()
    for turn in turns:
        so_far = (*so_far, Heard(turn, listen(turn, so_far, reader=models.load()), Advice({})))
    return so_far


@pytest.fixture(scope="module")
def refund() -> Timeline:
    return read_all(the_late_refund())


def test_the_refund_that_is_late_is_read_as_a_person_would(refund: Timeline) -> None:
    complaint, answer, relief = (refund[n].reading for n in (2, 3, 9))
    assert complaint.of_customer is not None
    assert complaint.of_customer.emotion in {Emotion.ANGRY, Emotion.FRUSTRATED}
    assert complaint.of_customer.intensity >= 2
    assert refund[1].reading.shows("repeat_contact")
    assert answer.shows("acknowledge_feeling")
    assert answer.shows("apologise_specific")
    assert relief.shows("thanks")


def test_every_signal_names_its_words(refund: Timeline) -> None:
    for heard in refund:
        for signal in heard.reading.signals:
            assert signal.spans, signal
            assert all(0 <= span.start < span.end <= len(heard.turn.text) for span in signal.spans)
            assert all(one.end <= other.start for one, other in pairwise(sorted(signal.spans)))
        assert heard.reading.fired == tuple(signal.kind for signal in heard.reading.signals)


def test_customers_and_agents_are_read_for_different_things(refund: Timeline) -> None:
    for heard in refund:
        customer = heard.turn.speaker == "customer"
        assert (heard.reading.of_customer is not None) == customer
        assert (heard.reading.of_agent is not None) == (not customer)
        assert (heard.reading.outlook is not None) <= customer


def test_a_promise_is_heard_with_the_moment_it_binds_to(refund: Timeline) -> None:
    due = {promise.due.isoformat() for promise in refund[8].reading.promises if promise.due}
    assert "2025-03-06T17:00:00+00:00" in due
    assert all(promise.due_kind is not DueKind.NONE for promise in refund[8].reading.promises if promise.due)


def test_facts_are_heard_from_the_customer(refund: Timeline) -> None:
    assert {fact.value for fact in refund[5].reading.facts} >= {"48213", "£64.99"}


def test_a_language_that_cannot_be_read_is_said_and_left_alone() -> None:
    reading = listen(
        mr_doyle("Ich warte seit drei Wochen auf mein Geld und niemand ruft zurück."), (), reader=models.load()
    )
    assert reading.language == "de"
    assert not reading.readable
    assert reading.of_customer is None
    assert not reading.signals


def test_without_weights_the_rules_still_hear() -> None:
    reading = listen(amira("I'll call you by five today about order 48213."), (), reader=None)
    assert not reading.readable
    assert reading.promises
    assert reading.facts
    assert reading.of_agent is None


def test_words_of_self_harm_are_heard_by_rule_with_the_rule_named() -> None:
    reading = listen(mr_doyle("honestly I don't want to be here any more"), (), reader=models.load())
    [signal] = [one for one in reading.signals if one.kind == Cue.SELF_HARM]
    assert signal.rule == "self_harm.no_more"
    assert reading.of_customer is not None
    assert reading.of_customer.cues[Cue.SELF_HARM] >= 0.9


def test_swearing_at_the_fault_is_not_an_insult() -> None:
    fault = listen(mr_doyle("this bloody router has died again"), (), reader=models.load()).of_customer
    person = listen(mr_doyle("you are a useless idiot, do you know that"), (), reader=models.load()).of_customer
    assert fault is not None
    assert person is not None
    assert fault.abuse is Abuse.PROFANITY
    assert person.abuse is Abuse.INSULT


def test_neutral_has_no_intensity_and_any_other_emotion_has_some(refund: Timeline) -> None:
    for heard in refund:
        customer = heard.reading.of_customer
        if customer:
            assert (customer.intensity == 0) == (customer.emotion is Emotion.NEUTRAL)


def test_listening_twice_gives_the_same_reading() -> None:
    turn = mr_doyle("Right. So nobody rang. Again.", channel=Channel.EMAIL)
    assert listen(turn, (), reader=models.load()) == listen(turn, (), reader=models.load())


def test_there_is_no_reading_for_how_an_agent_feels() -> None:
    fields = set(Reading.__dataclass_fields__)
    reading = listen(amira("I am so angry with this system, I could cry."), (), reader=models.load())
    assert reading.of_customer is None
    assert set(reading.fired) <= {*(move for move in reading.of_agent.moves), *reading.of_agent.faults}  # type: ignore[union-attr]
    assert not {name for name in fields if "emotion" in name}
