"""Two texts beside each other: what differs is marked, side by side as one stretch, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.packs.sentences import Change
from levelhead.web.packs_diff import GAP, beside, pieces

Stretches = list[tuple[str, bool]]


def told(before: str, after: str) -> tuple[Stretches, Stretches]:
    was, now = pieces(before, after)
    return [(one.text, one.differs) for one in was], [(one.text, one.differs) for one in now]


def test_words_that_differ_are_one_stretch() -> None:
    was, now = told("I will call you back by Friday.", "I will send you word by Friday.")
    assert was == [("I will ", False), ("call", True), (" you ", False), ("back", True), (" by Friday.", False)]
    assert now == [("I will ", False), ("send", True), (" you ", False), ("word", True), (" by Friday.", False)]
    assert told("It is so late now, I know.", "It is far too soon now, I know.")[1][1] == ("far too soon", True)


def test_texts_with_hardly_a_word_in_common_differ_as_a_whole() -> None:
    assert told("That would make anyone angry.", "Something shorter, once.") == (
        [("That would make anyone angry.", True)],
        [("Something shorter, once.", True)],
    )


def test_a_long_stretch_that_is_alike_is_shortened() -> None:
    same = " ".join(f"word{n}" for n in range(100))
    (first, _), (second, _) = told(f"{same} old", f"{same} new")[0]
    assert GAP in first
    assert second == "old"


@given(st.text("ab c.", max_size=40), st.text("ab c.", max_size=40))
def test_nothing_is_lost_and_nothing_is_added(before: str, after: str) -> None:
    was, now = pieces(before, after)
    assert "".join(one.text for one in was) == before
    assert "".join(one.text for one in now) == after


@pytest.mark.parametrize(("before", "after"), [(None, "new"), ("old", None)])
def test_what_a_text_has_not_is_empty(before: str | None, after: str | None) -> None:
    (one,) = beside([Change(("phrases", "close", "got_there", "say"), before, after)])
    assert one.where == "phrases · close · got there · say"
    assert bool(one.before) is bool(before)
    assert bool(one.after) is bool(after)
