from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levelhead.listening.evidence import MOST_SPANS, spans_of


def words_of(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


def test_the_words_that_carry_the_label_are_underlined_as_one_phrase() -> None:
    text = "Hello there. I am absolutely furious about this. Bye."
    shares = np.array([0, 0, 0.1, 0.1, 0.9, 1.0, 0.2, 0.1, 0], dtype=np.float32)
    [span] = spans_of(shares, words_of(text), text)
    assert text[span.start : span.end] == "absolutely furious"


def test_two_pieces_apart_are_both_shown_and_marks_around_them_are_not() -> None:
    text = "Useless! The parcel came on the third day to my neighbour. Truly useless."
    shares = np.array([1.0, *[0.0] * 10, 0.2, 1.0], dtype=np.float32)
    spans = spans_of(shares, words_of(text), text)
    assert [text[s.start : s.end] for s in spans] == ["Useless", "Truly useless"]


def test_even_where_no_word_speaks_for_it_one_is_named() -> None:
    spans = spans_of(np.array([-1.0, -0.2, -2.0], dtype=np.float32), words_of("one two three"), "one two three")
    assert len(spans) == 1


def test_no_words_no_evidence() -> None:
    assert spans_of(np.zeros(0, dtype=np.float32), (), "") == ()


SAID = st.tuples(st.sampled_from(["no", "why.", "£20", "don’t", "?"]), st.floats(-3, 3))


@given(st.lists(SAID, min_size=1, max_size=60))
def test_spans_lie_in_the_text_in_order_and_do_not_overlap(said: list[tuple[str, float]]) -> None:
    text = " ".join(word for word, _ in said)
    spans = spans_of(np.array([share for _, share in said], dtype=np.float32), words_of(text), text)
    assert 1 <= len(spans) <= MOST_SPANS
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
