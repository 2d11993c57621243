from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import Move
from levelhead.listening.evidence import MOST_SPANS, spans_of


def words_of(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


def shown(text: str, strong: dict[str, float], kind: str = "") -> list[str]:
    words = words_of(text)
    shares = np.array([strong.get(text[start:end].strip(".,!?"), 0.0) for start, end in words], dtype=np.float32)
    return [text[span.start : span.end] for span in spans_of(shares, words, text, kind)]


def test_the_clause_that_carries_the_label_is_shown_without_the_marks_around_it() -> None:
    text = "Hello there. I am absolutely furious about this. Bye."
    assert shown(text, {"furious": 1.0, "absolutely": 0.5}) == ["I am absolutely furious about this"]


def test_a_long_sentence_is_cut_where_a_thought_begins_also_without_marks() -> None:
    text = "right so i rang on monday and waited an hour and then the line went dead when i gave my number"
    assert shown(text, {"dead": 1.0, "line": 0.4}) == ["and then the line went dead"]


def test_a_comma_does_not_cut_a_short_sentence() -> None:
    assert shown("Well, that was rude.", {"rude": 1.0}) == ["Well, that was rude"]


def test_a_second_clause_is_shown_only_where_it_weighs_nearly_as_much() -> None:
    text = "Useless from the start! The parcel came on the third day. Truly hopeless people."
    assert shown(text, {"Useless": 1.0, "hopeless": 0.9}) == ["Useless from the start", "Truly hopeless people"]
    assert shown(text, {"Useless": 1.0, "hopeless": 0.2}) == ["Useless from the start"]


def test_a_name_or_a_swear_word_is_marked_by_itself() -> None:
    text = "I am sorry to hear that, Dean."
    assert shown(text, {"Dean": 1.0}, Move.USE_NAME) == ["Dean"]
    assert shown(text, {"Dean": 1.0}, Move.ACKNOWLEDGE_FEELING) == ["I am sorry to hear that, Dean"]


def test_handles_and_links_are_not_part_of_what_was_said() -> None:
    assert shown("@northline you never answer <url>", {"never": 1.0}) == ["you never answer"]


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
