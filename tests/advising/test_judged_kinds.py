"""Kinds of card that a person judged harmful or missing, each kept from coming back."""

from dataclasses import replace

import pytest

from levelhead.conversation import Abuse, CardKind, Channel, Cue, Signal, Span
from tests.advising.talking import Talk, customer_reads
from tests.people import mr_doyle


def with_abuse(text: str, abuse: Abuse, p: float, rule: str | None = None) -> Talk:
    talk = Talk(seconds=90)
    reading = customer_reads(text, "angry", 2, abuse=abuse)
    assert reading.of_customer is not None
    heard = replace(reading.of_customer, abuse_p={abuse: p})
    talk.hear(
        mr_doyle(text, 0),
        replace(reading, of_customer=heard, signals=(Signal(abuse, p, (Span(0, len(text)),), rule),)),
    )
    return talk


def kind_after(talk: Talk) -> CardKind | None:
    card = talk.timeline[-1].advice.card
    return card.kind if card else None


@pytest.mark.parametrize(("p", "rule", "drawn"), [(0.67, None, False), (0.9, None, True), (0.1, "insult.word", True)])
def test_a_line_is_drawn_on_a_clear_insult_only(p: float, rule: str | None, drawn: bool) -> None:
    talk = with_abuse("You hid the date on purpose, all of you.", Abuse.INSULT, p, rule)
    assert (kind_after(talk) is CardKind.BOUNDARY) is drawn


def test_no_line_is_drawn_when_the_customer_takes_the_offer() -> None:
    talk = with_abuse("You clown, but ok refund it.", Abuse.INSULT, 0.95)
    assert kind_after(talk) is not CardKind.BOUNDARY


def test_whoever_hears_they_are_called_a_liar_is_believed_and_not_told_off() -> None:
    talk = with_abuse("Are you calling me a liar?", Abuse.INSULT, 0.95)
    card = talk.timeline[-1].advice.card
    assert card is not None
    assert card.rule == "repair_disbelieved"


def test_a_taunt_right_after_the_boundary_gets_no_soft_word() -> None:
    talk = with_abuse("You brainless clown.", Abuse.INSULT, 0.95)
    closed = talk.agent("Glad to help, but please leave the names out of it.")
    assert closed.closed == "done"
    advice = talk.customer("Aww, did I hurt your feelings?", "angry", 2)
    assert advice.card is None
    assert advice.quiet_because == "The agent has just named the boundary"


def test_a_second_threat_means_the_agent_may_stop_at_once() -> None:
    talk = Talk(seconds=10)
    talk.customer("I'll come down there.", "angry", 3, abuse="threat")
    advice = talk.customer("Watch your car tonight.", "angry", 2, abuse="threat")
    assert advice.card is not None
    assert advice.card.rule == "threat_again"
    assert advice.card.safety


@pytest.mark.parametrize(("p", "rule", "asked"), [(0.4, None, False), (0.5, None, True), (0.1, "self_harm.end", True)])
def test_a_question_about_safety_needs_even_odds_or_a_rule(p: float, rule: str | None, asked: bool) -> None:
    talk, text = Talk(), "I don't care about the grades."
    reading = customer_reads(text, "disappointed", 2, "self_harm")
    assert reading.of_customer is not None
    heard = replace(reading.of_customer, cues={Cue.SELF_HARM: p})
    signal = Signal(Cue.SELF_HARM, p, (Span(0, len(text)),), rule)
    talk.hear(mr_doyle(text, 0), replace(reading, of_customer=heard, signals=(signal,)))
    assert (kind_after(talk) is CardKind.SUPPORT) is asked


def test_what_was_passed_over_comes_back_at_the_next_word() -> None:
    talk = Talk(seconds=30)
    talk.customer("Everyone would manage better without me.", "disappointed", 2, "self_harm")
    talk.agent("Shall I set that plan up?", "ask_closed offer_solution")
    advice = talk.customer("Yeah whatever.", "frustrated", 2)
    assert advice.card is not None
    assert advice.card.rule == "self_harm_passed"
    assert advice.card.safety


def test_somebody_whom_nobody_can_reach_comes_before_the_case() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    advice = talk.customer("I haven't heard from my daughter in two weeks.", "anxious", 2, "asks_supervisor")
    assert advice.card is not None
    assert advice.card.rule == "someone_missing"
    assert talk.agent("I've asked for a welfare check today.", "act").closed == "done"


def test_who_cannot_pay_is_told_of_help_and_never_agreed_with() -> None:
    advice = Talk().customer("I'm two months behind since they cut my hours.", "frustrated", 2, "gives_details")
    assert advice.card is not None
    assert advice.card.kind is CardKind.SUPPORT


def test_a_letter_that_asks_who_and_when_is_answered_first() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    advice = talk.customer("Who is someone, and when is possible?", "angry", 2, "asks_question")
    assert advice.card is not None
    assert advice.card.kind is CardKind.EXPECT


def test_someone_as_soon_as_possible_wants_a_name_and_a_date() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    talk.customer("No refund on Friday, none today.", "angry", 2)
    advice = talk.agent("So sorry. Someone should get to it as soon as possible.", "apologise_generic")
    assert advice.card is not None
    assert advice.card.kind is CardKind.PROMISE


def test_whoever_asks_for_it_slower_gets_it_slower() -> None:
    advice = Talk().customer("You're a bit quick for me, I've got hearing aids in.", "frustrated", 2)
    assert advice.card is not None
    assert advice.card.rule == "rephrase_slower"


def test_jargon_again_does_not_count_as_plain_words() -> None:
    talk = Talk(seconds=20)
    shown = talk.customer("Sorry, I don't understand this letter.", "confused", 2).card
    advice = talk.agent("The liability defaulted to you, hence the order.", "explain jargon")
    assert advice.closed is None
    assert advice.showing == shown


def test_scraps_of_words_are_quoted_with_their_sentence() -> None:
    talk, text = Talk(), "Hello there. The date was hidden from all of us, idk why. Bye."
    reading = customer_reads(text, "angry", 2)
    start = text.index("idk")
    talk.hear(mr_doyle(text, 0), replace(reading, signals=(Signal("angry", 0.9, (Span(start, start + 3),)),)))
    card = talk.timeline[-1].advice.card
    assert card is not None
    assert card.because[0].words == "The date was hidden from all of us, idk why."
