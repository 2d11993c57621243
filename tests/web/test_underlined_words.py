"""Evidence is underlined where it stands; every character of a turn is shown exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import Reading, Signal, Span, Turn
from levelhead.web.evidence import Piece, Reason, pieces_of
from tests.people import amira, mr_doyle

KINDS = ("angry", "repeat_contact", "threatens_to_leave", "gives_details")


def read(*signals: Signal) -> Reading:
    return Reading("en", readable=True, signals=signals)


def underlined(turn: Turn, *spans: Span) -> list[str]:
    return [piece.text for piece in pieces_of(turn, read(Signal("angry", 0.8, spans))) if piece.reasons]


def test_words_that_show_something_are_set_apart_with_their_reason() -> None:
    turn = mr_doyle("This is the third time.")
    pieces = pieces_of(turn, read(Signal("repeat_contact", 0.9, (Span(12, 22),))))
    assert pieces == (Piece("This is the "), Piece("third time", (Reason("repeat_contact", 0.9),)), Piece("."))


def test_evidence_that_touches_is_one_stretch_with_every_reason() -> None:
    turn = mr_doyle("third time, furious")
    pieces = pieces_of(turn, read(Signal("repeat_contact", 0.9, (Span(0, 10),)), Signal("angry", 0.8, (Span(12, 19),))))
    assert [piece.text for piece in pieces] == ["third time, furious"]
    assert [reason.label for reason in pieces[0].reasons] == ["repeat_contact", "angry"]


def test_spaces_at_the_edge_and_scraps_are_not_underlined() -> None:
    turn = mr_doyle("so furious I am")
    assert underlined(turn, Span(2, 11), Span(11, 12)) == ["furious I"]
    assert underlined(turn, Span(2, 11)) == ["furious"]
    assert underlined(turn, Span(11, 12)) == []


def test_what_an_agent_did_well_is_said_in_words_and_not_underlined() -> None:
    turn = amira("I'm sorry the refund is late.")
    assert pieces_of(turn, read(Signal("apologise_specific", 0.9, (Span(0, 9),)))) == (Piece(turn.text),)
    assert pieces_of(turn, read(Signal("vague", 0.9, (Span(0, 9),))))[0].reasons


def test_a_rule_has_no_probability_to_show() -> None:
    pieces = pieces_of(mr_doyle("third time"), read(Signal("repeat_contact", 1.0, (Span(0, 10),), rule="third_time")))
    assert pieces[0].reasons == (Reason("repeat_contact", None),)


signals = st.builds(
    lambda kind, start, length: Signal(kind, 0.9, (Span(start, start + length),)),
    st.sampled_from(KINDS),
    st.integers(0, 60),
    st.integers(0, 30),
)


@given(st.text(max_size=50), st.lists(signals, max_size=5))
def test_every_character_is_shown_once_whatever_the_spans(text: str, found: list[Signal]) -> None:
    pieces = pieces_of(mr_doyle(text), read(*found))
    assert "".join(piece.text for piece in pieces) == text
