from dataclasses import replace
from datetime import timedelta

import pytest

from levelhead.conversation import Advice, Card, CardKind, Channel, Move, Reading, Speaker, Timeline
from levelhead.packs import load
from tests.advising.talking import Talk, agent_reads, promised
from tests.people import A_THURSDAY, amira, mr_doyle, turn


def card_of(advice: Advice) -> Card:
    assert advice.card is not None
    return advice.card


def an_angry_start(seconds: float | None = 30.0, locale: str = "en-GB") -> tuple[Talk, Advice]:
    talk = Talk(pack=load(locale), seconds=seconds)
    return talk, talk.customer("You people are a disgrace, where is my money?", "angry", 2, "asks_question")


def test_an_angry_customer_raises_a_card_that_says_why() -> None:
    _, advice = an_angry_start()
    card = card_of(advice)
    assert card.kind is CardKind.ACKNOWLEDGE
    assert advice.showing is card
    assert advice.quiet_because is None
    assert card.because[0].turn == 0
    assert card.because[0].words in "You people are a disgrace, where is my money?"
    assert card.because[0].rule == card.rule
    assert card.id == "the-late-refund:0"


def test_a_calm_customer_in_good_hands_gets_silence_and_its_reason() -> None:
    talk = Talk()
    talk.agent("How can I help?", "greet ask_open")
    talk.customer("I'd like to change my address, it's 12 Weir Lane now.", cues="gives_details")
    advice = talk.agent("12 Weir Lane. Anything else?", "confirm_details act")
    assert [heard.advice.card for heard in talk.timeline] == [None, None, None]
    assert advice.quiet_because == "The agent is already doing something about it"


def test_what_was_just_done_is_not_suggested() -> None:
    talk, _ = an_angry_start(seconds=90)
    talk.agent("Three weeks: no wonder you're angry.", "acknowledge_feeling")
    advice = talk.customer("Exactly, so where is it?", "angry", 2)
    assert advice.card is None or advice.card.kind is not CardKind.ACKNOWLEDGE


def test_a_second_card_waits_for_a_minute_and_says_so() -> None:
    talk, _ = an_angry_start(seconds=10)
    advice = talk.agent("Calm down, Sir.", "dismissive")
    assert advice.card is None
    assert advice.quiet_because == "A card was shown 10 s ago"


def test_after_a_minute_the_next_card_may_come() -> None:
    talk, _ = an_angry_start(seconds=61)
    assert card_of(talk.agent("Calm down, Sir.", "dismissive")).kind is CardKind.REPAIR


@pytest.mark.parametrize(("n", "shown"), [(1, False), (2, False), (3, True)])
def test_without_a_clock_a_card_comes_once_in_three_turns(n: int, shown: bool) -> None:
    talk, _ = an_angry_start(seconds=None)
    for _ in range(n - 1):
        talk.customer("hm")
    talk.known["channel"] = Channel.CHAT
    advice = talk.hear(amira("Calm down.", n), agent_reads("Calm down.", "dismissive culturally_insensitive"))
    assert (advice.card is not None) is shown


def test_safety_comes_at_any_time() -> None:
    talk, _ = an_angry_start(seconds=5)
    advice = talk.customer("I don't see the point of being here any more.", "disappointed", 3, "self_harm")
    assert card_of(advice).kind is CardKind.SUPPORT
    assert card_of(advice).safety
    assert advice.closed == "replaced"


def test_a_question_about_the_payment_plan_does_not_answer_a_sign_of_self_harm() -> None:
    talk = Talk(seconds=70)
    talk.customer("Everyone would manage better without me.", "disappointed", 3, "self_harm")
    passed_over = talk.agent("Shall I set up ten pounds a week?", "ask_closed offer_solution")
    assert passed_over.showing is not None
    assert passed_over.showing.safety
    asked = talk.agent("I went past that. Are you thinking of ending your life?", "ask_closed")
    assert asked.closed == "done"


def test_after_the_question_the_helpline_of_the_country_is_given() -> None:
    talk = Talk(seconds=70)
    talk.customer("Everyone would manage better without me.", "disappointed", 3, "self_harm")
    talk.agent("Are you thinking of ending your life?", "ask_closed")
    assert "116 123" in card_of(talk.customer("Some nights.", "disappointed", 3, "self_harm")).say


def test_where_no_helpline_is_known_none_is_made_up() -> None:
    talk = Talk(seconds=70, known={"locale": "en-KE"})
    talk.customer("Everyone would manage better without me.", "disappointed", 3, "self_harm")
    talk.agent("Are you thinking of ending your life?", "ask_closed")
    card = card_of(talk.customer("Some nights.", "disappointed", 3, "self_harm"))
    assert card.kind is CardKind.SUPPORT
    assert not any(letter.isdigit() for letter in card.say + card.title)


def test_nothing_pushes_a_safety_card_aside() -> None:
    talk = Talk(seconds=70)
    first = card_of(talk.customer("Everyone would manage better without me.", "disappointed", 3, "self_harm"))
    talk.agent("Your balance is 186 pounds.", "explain dismissive")
    advice = talk.customer("Get me your manager.", "angry", 3, "asks_supervisor")
    assert first.safety
    assert advice.showing is not None
    assert advice.showing.safety
    assert advice.showing.kind is CardKind.SUPPORT


def test_a_card_closes_when_its_aim_is_done() -> None:
    talk, _ = an_angry_start()
    after = talk.agent("No wonder you're angry.", "acknowledge_feeling")
    assert after.closed == "done"
    assert after.showing is None


def test_a_card_leaves_when_its_moment_has_passed() -> None:
    talk, advice = an_angry_start(seconds=10)
    assert talk.agent("One moment.", "hold_notice").showing == advice.card
    assert talk.agent("Still looking.", "hold_notice").closed == "moment_passed"


def test_a_card_about_a_feeling_leaves_when_the_customer_is_calm_again() -> None:
    talk, _ = an_angry_start(seconds=10)
    talk.agent("One moment.", "hold_notice")
    assert talk.customer("OK, no rush.").closed == "moment_passed"


def test_a_letter_that_answers_raises_no_second_card() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    assert talk.customer("My refund is three weeks late.", "angry", 2, "gives_details").card is not None
    assert talk.agent("I've paid it back today, it took us too long.", "act apologise_specific").card is None


def test_a_letter_that_plainly_misses_the_point_asks_for_another_one() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    talk.customer("My refund is three weeks late.", "angry", 2, "gives_details")
    card = card_of(talk.agent("You should have checked the terms.", "blame_customer dismissive"))
    assert card.rule == "repair_letter"
    assert card.kind is CardKind.REPAIR


def test_weak_evidence_of_a_fault_raises_no_repair() -> None:
    talk, _ = an_angry_start(seconds=90)
    assert talk.agent("That's how it is.", "dismissive", p=0.55).card is None


def test_several_doubtful_faults_in_one_turn_add_up_to_a_repair() -> None:
    talk, _ = an_angry_start(seconds=90)
    card = card_of(talk.agent("You've misread it, people do.", "dismissive blame_customer defensive", p=0.55))
    assert card.kind is CardKind.REPAIR
    assert card.rule == "repair_hurt"


def test_telling_an_angry_customer_to_calm_down_raises_a_repair_by_its_words() -> None:
    talk, _ = an_angry_start(seconds=90)
    assert card_of(talk.agent("I'm just saying, calm down.", "explain")).kind is CardKind.REPAIR


def test_a_turn_that_hurts_has_acknowledged_nothing() -> None:
    talk, first = an_angry_start(seconds=10)
    advice = talk.agent("I hear you, but calm down.", "acknowledge_feeling dismissive")
    assert advice.closed is None
    assert advice.showing == first.card


def test_a_customer_who_says_they_were_not_heard_is_heard_next() -> None:
    talk, _ = an_angry_start(seconds=90)
    talk.agent("When did you buy it?", "ask_closed")
    card = card_of(talk.customer("I just told you, the eleventh. Are you listening to me?", "angry", 2))
    assert card.rule == "repair_not_heard"


def test_no_offer_comes_before_the_agent_knows_what_the_case_is() -> None:
    talk = Talk(seconds=90)
    talk.customer("You people are hopeless.", "frustrated", 2)
    talk.agent("I can hear you're annoyed.", "acknowledge_feeling")
    card = talk.customer("So do something.", "frustrated", 2, "still_unresolved").card
    assert card is None or card.kind is not CardKind.OFFER


def test_a_greeting_heals_nothing_that_comes_after_it() -> None:
    talk = Talk(seconds=90)
    talk.agent("I understand, how can I help?", "acknowledge_feeling ask_open")
    advice = talk.customer("You people are a disgrace, where is my money?", "angry", 2)
    assert card_of(advice).kind is CardKind.ACKNOWLEDGE


def test_silence_beside_an_angry_customer_never_claims_that_all_is_well() -> None:
    talk, _ = an_angry_start(seconds=90)
    for _ in range(4):
        talk.agent("Right.", "")
        said = talk.customer("This is hopeless.", "angry", 2)
        assert "needs saying" not in (said.quiet_because or "")


def test_before_the_customer_has_spoken_the_silence_says_so() -> None:
    assert Talk().agent("Amira here.", "").quiet_because == "The customer has not said anything yet"


def test_a_contact_ended_on_a_guess_goes_on() -> None:
    talk, _ = an_angry_start(seconds=90)
    unsure = agent_reads("I'm not going to be shouted at.", "end_contact")
    assert unsure.of_agent is not None
    guess = replace(unsure, of_agent=replace(unsure.of_agent, moves={Move.END_CONTACT: 0.4}))
    assert talk.hear(amira("I'm not going to be shouted at.", 1), guess).quiet_because != "The contact has been ended"


def test_a_bots_slip_is_nothing_for_the_agent_to_take_back() -> None:
    talk, _ = an_angry_start(seconds=90)
    said = turn("Please rephrase your question.", 1, Speaker.BOT)
    assert talk.hear(said, agent_reads(said.text, "scripted dismissive")).card is None


def test_after_the_first_apology_comes_no_second() -> None:
    talk = Talk(seconds=90)
    first = talk.customer("I've rung three times about this.", "angry", 2, "repeat_contact")
    assert card_of(first).kind is CardKind.APOLOGISE
    talk.agent("I'm sorry you had to ring three times.", "apologise_specific")
    kinds = [
        card.kind
        for words in ("And nobody answered.", "Every time the same.", "I'm sick of it.")
        if (card := talk.customer(words, "angry", 3, "repeat_contact").card)
    ]
    assert CardKind.APOLOGISE not in kinds


def test_a_vague_promise_to_an_upset_customer_is_given_a_time() -> None:
    talk, _ = an_angry_start(seconds=90)
    advice = talk.agent("Someone will ring you soon.", "promise vague", promises=[promised("soon", "vague")])
    assert card_of(advice).kind is CardKind.PROMISE


def test_a_promise_whose_time_has_passed_is_spoken_of_first() -> None:
    talk = Talk(seconds=36_000)
    talk.customer("My refund is late.", "frustrated", 1, "gives_details")
    due = A_THURSDAY + timedelta(hours=6)
    talk.agent("It will be there by five.", "promise", promises=[promised("by five", "absolute", due)])
    card = card_of(talk.customer("It's not there.", "angry", 2, "still_unresolved"))
    assert card.rule == "promise_overdue"


def test_a_request_for_a_supervisor_is_taken_seriously() -> None:
    card = card_of(Talk().customer("Get me your manager.", "angry", 2, "asks_supervisor"))
    assert card.kind is CardKind.ESCALATE


def test_an_unread_language_is_said_plainly() -> None:
    advice = Talk().hear(mr_doyle("¿Dónde está?"), Reading(language="es", readable=False, model="m"))
    assert advice.card is None
    assert advice.quiet_because == "This is not in a language Levelhead reads"


def test_without_a_reader_it_says_so() -> None:
    advice = Talk().hear(mr_doyle("Where is it?"), Reading(language="en", readable=False))
    assert advice.quiet_because == "No reader is installed, so nothing is read"


def test_after_the_contact_was_ended_there_is_nothing_to_say() -> None:
    talk, _ = an_angry_start(seconds=90)
    assert talk.agent("I'm ending this call now.", "end_contact").quiet_because == "The contact has been ended"


def test_the_same_conversation_gives_the_same_advice_to_the_letter() -> None:
    def told() -> Timeline:
        talk, _ = an_angry_start(seconds=61)
        talk.agent("Calm down.", "dismissive")
        talk.customer("I want a manager.", "angry", 3, "asks_supervisor")
        return talk.timeline

    assert told() == told()


def test_no_sentence_is_said_twice_in_a_long_bad_conversation() -> None:
    talk = Talk(seconds=61)
    for _ in range(12):
        talk.customer("This is a disgrace.", "angry", 3, "repeat_contact asks_question")
        talk.agent("Calm down, it's our policy.", "dismissive negative_language jargon excuse scripted")
    said = [heard.advice.card.say for heard in talk.timeline if heard.advice.card]
    assert len(said) > 5
    assert len(said) == len(set(said))


def test_the_advice_names_its_pack() -> None:
    _, advice = an_angry_start(locale="en-US")
    assert advice.pack == f"en-US {load('en-US').version}"
