"""Voice delivery around a turn, from timestamps alone: a property of the talk, never of a person."""

from levelhead.conversation import Delivery, Timeline, Turn

LONG_SILENCE = 3.0
"""Seconds without a word from which a silence is worth saying: shorter ones belong to ordinary talk."""


def delivery_of(turn: Turn, so_far: Timeline) -> Delivery | None:
    """Overlap with the turn before, silence before this one and words a minute; None without timing.

    Overlap is 0 where there is none, as is the silence; both are None when the turn before has no timing. Whether a
    silence is long is the reader's judgement: compare it with `LONG_SILENCE`.
    """
    timing = turn.timing
    if timing is None:
        return None
    length = timing.ended - timing.began
    words = len(turn.text.split())
    rate = round(words * 60 / length, 1) if length > 0 and words else None
    before = so_far[-1].turn.timing if so_far else None
    if before is None:
        return Delivery(words_per_minute=rate)
    overlap = min(before.ended, timing.ended) - max(before.began, timing.began)
    return Delivery(
        overlap=round(max(0.0, overlap), 3),
        silence_before=round(max(0.0, timing.began - before.ended), 3),
        words_per_minute=rate,
    )
