"""What is stored comes back equal, to the last bit of a float and the zone of a moment."""

import json
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import (
    Abuse,
    Advice,
    Because,
    Card,
    CardKind,
    Channel,
    Cue,
    CustomerReading,
    DueKind,
    Emotion,
    Fact,
    FactKind,
    Likely,
    Outlook,
    Promise,
    Reading,
    Signal,
    Span,
    Speaker,
    Step,
    StepState,
    Turn,
    VoiceTiming,
)
from levelhead.storage.stored import from_stored, to_stored

chances = st.floats(0, 1, allow_nan=False)
words = st.text(max_size=30)
spans = st.builds(Span, st.integers(0, 50), st.integers(0, 50))
zones = st.sampled_from([ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), timezone(timedelta(hours=5.5))])
moments = st.datetimes(timezones=zones)
turns = st.builds(
    Turn,
    words,
    st.integers(0, 10**6),
    st.sampled_from(Speaker),
    words,
    st.sampled_from(Channel),
    at=st.none() | st.floats(0, 1e7),
    source_id=st.none() | words,
    started_at=st.none() | moments,
    customer=st.none() | words,
    timing=st.none() | st.builds(VoiceTiming, chances, chances),
)
promises = st.builds(Promise, words, words, words, st.none() | moments, st.sampled_from(DueKind), spans)
of_customer = st.builds(
    CustomerReading,
    st.sampled_from(Emotion),
    st.dictionaries(st.sampled_from(Emotion), chances),
    st.integers(0, 3),
    st.dictionaries(st.sampled_from(Cue), chances),
    st.sampled_from(Abuse),
    st.dictionaries(st.sampled_from(Abuse), chances),
)
signals = st.builds(Signal, words, chances, st.tuples(spans), st.none() | words)
readings = st.builds(
    Reading,
    words,
    st.booleans(),
    of_customer=st.none() | of_customer,
    fired=st.tuples(words, words),
    signals=st.tuples(signals),
    facts=st.tuples(st.builds(Fact, st.sampled_from(FactKind), words, spans)),
    promises=st.tuples(promises),
    outlook=st.none() | st.builds(Outlook, chances, st.none(), st.floats(1, 5), st.tuples(words)),
    vector=st.binary(max_size=64),
    issue=st.none() | st.builds(Likely, words, chances),
)
cards = st.builds(
    Card,
    words,
    st.sampled_from(CardKind),
    words,
    words,
    st.tuples(st.builds(Because, st.integers(0, 99), words, words)),
    words,
    words,
)
advice = st.builds(
    Advice, st.dictionaries(st.sampled_from(Step), st.sampled_from(StepState)), card=st.none() | cards, showing=cards
)


@given(turns)
def test_a_turn_comes_back_as_it_was(turn: Turn) -> None:
    again = from_stored(Turn, to_stored(turn))
    assert again == turn
    assert repr(again.started_at) == repr(turn.started_at)


@given(readings)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    again = from_stored(Reading, to_stored(reading))
    assert again == reading
    assert to_stored(again) == to_stored(reading)


def test_a_reading_kept_before_there_were_issues_is_still_understood() -> None:
    older = json.loads(to_stored(Reading("en", readable=True)))
    del older["cause"], older["issue"]
    assert from_stored(Reading, json.dumps(older)) == Reading("en", readable=True)


@given(advice)
def test_an_advice_comes_back_as_it_was(given_advice: Advice) -> None:
    assert from_stored(Advice, to_stored(given_advice)) == given_advice


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_the_clocks_repeat_stays_the_one_it_was(fold: int) -> None:
    twice = datetime(2025, 10, 26, 1, 30, fold=fold, tzinfo=ZoneInfo("Europe/London"))
    turn = Turn("night", 0, Speaker.CUSTOMER, "It is half past one.", Channel.CHAT, started_at=twice)
    again = from_stored(Turn, to_stored(turn))
    assert again.started_at is not None
    assert (again.started_at.fold, again.said_at) == (fold, turn.said_at)


def test_what_has_no_stored_form_is_refused_and_not_guessed() -> None:
    nowhere = Turn("naive", 0, Speaker.CUSTOMER, "", Channel.CHAT, started_at=datetime(2025, 3, 6))  # noqa: DTZ001 - the mistake
    with pytest.raises(TypeError, match="without a zone"):
        to_stored(nowhere)
    odd = Turn("odd", 0, Speaker.CUSTOMER, object(), Channel.CHAT)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="object has no stored form"):
        to_stored(odd)
