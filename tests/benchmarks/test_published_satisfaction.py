import pytest

from benchmarks._published import Row
from benchmarks._published_satisfaction import Rated, label_of, labelled, rated_talks, row_of, sharing, without
from levelhead.conversation import Speaker
from levelhead.listening.context import Said

REFUND = """
USER\tWhere is my refund?\task\t2,3,2
SYSTEM\tI am looking.\t\t
USER\tStill there?\task\t3,3,3
SYSTEM\tYes.\t\t
USER\tAnd now?\task\t3,3,3
SYSTEM\tIt was sent on Monday.\t\t
USER\tLovely, thank you.\tthanks\t4,4,5
SYSTEM\tA good day to you.\t\t
USER\tOVERALL\t\t3,3,4
"""
TRAIN = """
USER\tA train to Leeds, please.\task\t3,3,3
SYSTEM\tAt nine?\t\t
"""


def _talks(*texts: str) -> list[tuple[Rated, ...]]:
    return rated_talks("".join(texts).splitlines(keepends=True))


def _said(*texts: str) -> tuple[Said, ...]:
    sides = (Speaker.CUSTOMER, Speaker.BOT)
    return tuple(Said(sides[i % 2], text) for i, text in enumerate(texts))


def test_an_empty_line_ends_a_talk_and_a_last_one_needs_none() -> None:
    assert [len(talk) for talk in _talks(REFUND, TRAIN)] == [9, 2]


def test_a_user_turn_carries_the_mean_of_its_raters_and_a_system_turn_none() -> None:
    first, second, *_ = _talks(REFUND)[0]
    assert first.mean == pytest.approx(7 / 3)
    assert second.mean is None


@pytest.mark.parametrize(("mean", "label"), [(2.9, "0"), (3.0, "1"), (3.1, "2")])
def test_the_label_is_on_which_side_of_three_the_raters_stand(mean: float, label: str) -> None:
    assert label_of(mean) == label


def test_rows_begin_at_the_fourth_user_turn_and_end_with_the_whole_talk() -> None:
    turn, whole = labelled(_talks(REFUND)[0])
    assert (turn.said.text, turn.label, turn.closing) == ("Lovely, thank you.", "2", False)
    assert (whole.said.text, whole.label, whole.closing) == ("Lovely, thank you.", "2", True)
    assert all(said.text != "OVERALL" for said in turn.talk)


def test_a_talk_of_fewer_than_four_user_turns_has_no_rows() -> None:
    assert list(labelled(_talks(TRAIN)[0])) == []


def test_a_line_of_asap_is_judged_at_its_last_user_turn() -> None:
    row = row_of("['Where is it?|||On its way.', 'Still?|||']\t[1, 2]\t0\n")
    assert [said.speaker for said in row.talk] == [Speaker.CUSTOMER, Speaker.BOT, Speaker.CUSTOMER]
    assert (row.said.text, row.label, row.closing) == ("Still?", "0", False)


def test_an_overall_line_is_judged_at_the_last_user_turn_as_a_whole() -> None:
    row = row_of("['Where is it?|||On its way.', 'OVERALL|||']\t[1, 0]\t2\n")
    assert (row.said.text, row.closing, len(row.talk)) == ("Where is it?", True, 2)


def test_rows_cut_from_one_talk_share_its_longest_cut_and_keep_their_place() -> None:
    short, long = _said("one", "two", "three"), _said("one", "two", "three", "four", "five")
    other = _said("another")
    rows = (Row(short, 2, "0"), Row(long, 4, "1"), Row(other, 0, "2"))
    shared = sharing(rows)
    assert [row.talk for row in shared] == [long, long, other]
    assert [(row.said, row.label) for row in shared] == [(row.said, row.label) for row in rows]


def test_a_talk_that_a_test_row_was_cut_from_is_left_out_of_training() -> None:
    test = Row(_said("Where is my refund?", "I am looking.", "Still there?"), 2, "0")
    assert without(_talks(REFUND, TRAIN), [test]) == _talks(TRAIN)


def test_turns_that_were_joined_with_dots_still_give_their_talk_away() -> None:
    test = Row(_said("still there? ... And now?"), 0, "0")
    assert without(_talks(REFUND, TRAIN), [test]) == _talks(TRAIN)


def test_talks_that_share_nothing_with_the_test_stay() -> None:
    assert without(_talks(REFUND, TRAIN), [Row(_said("Something else."), 0, "0")]) == _talks(REFUND, TRAIN)
