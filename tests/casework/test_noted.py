"""A note is edited line by line until it is sealed; nothing that a person did to a line is lost while turns come."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from levelhead.casework.machine import NotPossible
from levelhead.casework.noted import (
    MOST_LINES,
    NOTE,
    Noted,
    NoteLine,
    NoteMove,
    NoteState,
    Origin,
    Part,
    changed,
    merged,
    put_back,
    written,
)

DRAFT = (
    NoteLine("theirs:0:0", Part.THEIRS, "“My kettle leaks.”", (0,)),
    NoteLine("ours:2:0", Part.OURS, "“I've sent a new one.”", (2,)),
)


def test_a_sealed_note_is_never_edited_and_never_unsealed() -> None:
    with pytest.raises(NotPossible):
        NOTE.after(NoteState.SEALED, NoteMove.EDIT)
    assert NOTE.moves(NoteState.SEALED) == (NoteMove.ADD,)
    assert NOTE.after(NoteState.SEALED, NoteMove.ADD) is NoteState.SEALED


def test_a_line_in_other_words_is_marked_and_in_its_own_again_is_not() -> None:
    body = changed(Noted(), DRAFT, "ours:2:0", "A new kettle is on its way")
    line = merged(DRAFT, body)[1]
    assert (line.words, line.origin, line.turns) == ("A new kettle is on its way", Origin.EDITED, (2,))
    assert merged(DRAFT, changed(body, DRAFT, "ours:2:0", DRAFT[1].words)) == DRAFT


def test_a_struck_line_comes_back_with_one_deed() -> None:
    body = changed(Noted(), DRAFT, "ours:2:0", "")
    assert merged(DRAFT, body) == DRAFT[:1]
    assert merged(DRAFT, put_back(body)) == DRAFT


def test_an_edited_line_stays_when_the_draft_drops_it_and_new_lines_come_beside_it() -> None:
    body = changed(Noted(), DRAFT, "ours:2:0", "Sent on Monday")
    fresh = (DRAFT[0], NoteLine("last:4:0", Part.LAST, "“Will it be red?”", (4,)))
    assert [line.words for line in merged(fresh, body)] == ["“My kettle leaks.”", "Sent on Monday", "“Will it be red?”"]


def test_lines_sealed_under_older_labels_stand_under_what_is_true_of_them() -> None:
    assert [Part(once) for once in ("wanted", "reach", "done", "to_come")] == [
        Part.THEIRS,
        Part.THEIRS,
        Part.OURS,
        Part.OURS,
    ]
    with pytest.raises(ValueError, match="never"):
        Part("never")


def test_a_line_that_is_not_there_is_not_changed() -> None:
    assert changed(Noted(), DRAFT, "ours:9:9", "words") == Noted()


def test_a_line_of_ones_own_can_be_changed_and_struck() -> None:
    body = changed(written(Noted(), "Ring the depot"), DRAFT, "added:0", "Ring the depot first")
    assert merged(DRAFT, body)[-1] == NoteLine("added:0", Part.ADDED, "Ring the depot first", origin=Origin.WRITTEN)
    assert merged(DRAFT, changed(body, DRAFT, "added:0", "")) == DRAFT


class Editing(RuleBasedStateMachine):
    """Any edits in any order: each line is shown as whoever touched it last left it."""

    def __init__(self) -> None:
        super().__init__()
        self.body = Noted()
        self.state = NOTE.begin(NoteMove.BEGIN)
        self.shown = {line.key: line.words for line in DRAFT}

    @precondition(lambda self: self.state is NoteState.DRAFTED and bool(self.shown))
    @rule(data=st.data(), words=st.sampled_from(["one", "two", "three"]))
    def edit(self, data: st.DataObject, words: str) -> None:
        key = data.draw(st.sampled_from(sorted(self.shown)))
        self.body, self.shown[key] = changed(self.body, DRAFT, key, words), words

    @precondition(lambda self: self.state is NoteState.DRAFTED and bool(self.shown))
    @rule(data=st.data())
    def strike(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.shown)))
        self.body = changed(self.body, DRAFT, key, "")
        del self.shown[key]

    @precondition(lambda self: self.state is NoteState.DRAFTED)
    @rule()
    def take_back_strikes(self) -> None:
        self.body = put_back(self.body)
        self.shown |= {line.key: line.words for line in DRAFT if line.key not in self.shown}

    @precondition(lambda self: self.state is NoteState.DRAFTED and len(self.shown) < MOST_LINES)
    @rule()
    def write(self) -> None:
        before = {line.key for line in merged(DRAFT, self.body)}
        self.body = written(self.body, "own words")
        new = {line.key for line in merged(DRAFT, self.body)} - before
        assert len(new) == 1
        self.shown[new.pop()] = "own words"

    @rule()
    def seal(self) -> None:
        if self.state is NoteState.DRAFTED:
            self.state = NOTE.after(self.state, NoteMove.SEAL)

    @invariant()
    def shows_what_was_left(self) -> None:
        assert {line.key: line.words for line in merged(DRAFT, self.body)} == self.shown

    @invariant()
    def says_what_nobody_touched(self) -> None:
        own = {line.key: line.words for line in DRAFT}
        for line in merged(DRAFT, self.body):
            assert (line.origin is Origin.DRAFTED) == (own.get(line.key) == line.words)


TestEditing = Editing.TestCase
