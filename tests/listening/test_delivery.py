"""Delivery is arithmetic on timestamps, and silent without them."""

from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import Advice, Channel, Heard, Reading, Speaker, Timeline, Turn, VoiceTiming
from levelhead.listening.delivery import LONG_SILENCE, delivery_of


def said(n: int, text: str, timing: tuple[float, float] | None, speaker: Speaker = Speaker.CUSTOMER) -> Turn:
    return Turn("t", n, speaker, text, Channel.VOICE, timing=VoiceTiming(*timing) if timing else None)


def after(*turns: Turn) -> Timeline:
    return tuple(Heard(turn, Reading("en", readable=True), Advice({})) for turn in turns)


def test_without_timing_there_is_no_delivery() -> None:
    assert delivery_of(said(0, "hello", None), ()) is None


def test_words_a_minute_count_from_the_length_of_the_turn() -> None:
    delivery = delivery_of(said(0, "one two three four five", (10.0, 12.0)), ())
    assert delivery is not None
    assert delivery.words_per_minute == 150.0
    assert delivery.overlap is None
    assert delivery.silence_before is None


def test_talking_over_the_turn_before_is_overlap_in_seconds() -> None:
    delivery = delivery_of(said(1, "no wait", (4.0, 6.0)), after(said(0, "I can offer you", (1.0, 5.5), Speaker.AGENT)))
    assert delivery is not None
    assert (delivery.overlap, delivery.silence_before) == (1.5, 0.0)


def test_a_pause_is_told_as_its_length_and_long_from_three_seconds() -> None:
    delivery = delivery_of(said(1, "well", (9.0, 9.5)), after(said(0, "still there", (1.0, 5.0), Speaker.AGENT)))
    assert delivery is not None
    assert delivery.silence_before == 4.0
    assert delivery.silence_before > LONG_SILENCE == 3.0
    assert delivery.overlap == 0.0


def test_a_turn_before_without_timing_leaves_only_the_rate() -> None:
    delivery = delivery_of(said(1, "yes please", (2.0, 3.0)), after(said(0, "shall I", None)))
    assert delivery is not None
    assert (delivery.overlap, delivery.silence_before, delivery.words_per_minute) == (None, None, 120.0)


def test_a_turn_of_no_length_has_no_rate() -> None:
    delivery = delivery_of(said(0, "yes", (2.0, 2.0)), ())
    assert delivery is not None
    assert delivery.words_per_minute is None


moments = st.floats(min_value=0, max_value=3600, allow_nan=False)


@given(moments, moments, moments, moments)
def test_overlap_and_silence_are_never_negative_and_never_both(a: float, b: float, c: float, d: float) -> None:
    before, now = sorted((a, b)), sorted((c, d))
    delivery = delivery_of(said(1, "yes", (now[0], now[1])), after(said(0, "so", (before[0], before[1]))))
    assert delivery is not None
    assert delivery.overlap is not None
    assert delivery.silence_before is not None
    assert delivery.overlap >= 0 <= delivery.silence_before
    assert not (delivery.overlap and delivery.silence_before)
