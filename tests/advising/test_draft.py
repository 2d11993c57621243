import pytest

from levelhead.conversation import AgentReading, Channel, FactKind, Fault, Move, Reading, Signal, Span
from tests.advising.drafting import check, faults, finding, said

LATE = "My parcel hasn't arrived and I've been home all day."


def test_i_cant_do_that_becomes_what_i_can_do_with_a_gap_for_the_remedy() -> None:
    result = check("I can't do that")
    assert [found.fault for found in result.findings] == ["negative_language"]
    assert result.findings[0].words == "I can't do that"
    assert result.rewrite == "Here's what I can do: [what you can offer]"


def test_a_refusal_with_an_alternative_is_left_alone() -> None:
    assert not check("I can't refund the £30 here, but I can send a new one today.").findings


def test_a_refusal_without_an_alternative_keeps_its_fact_and_asks_for_one() -> None:
    rewrite = check("Unfortunately I can't refund orders marked delivered.").rewrite
    assert rewrite == "I can't refund orders marked delivered. Here's what I can do: [what you can offer]."


def test_a_negation_that_carries_a_fact_stays() -> None:
    rewrite = check("Unfortunately, the refund of £42.50 is not in your account yet.").rewrite
    assert rewrite == "The refund of £42.50 is not in your account yet."


def test_a_good_reply_has_no_findings_and_no_rewrite() -> None:
    result = check("Hi Maya, the driver left your parcel in Leeds. Anna brings it tomorrow before 11.", said(LATE))
    assert result.findings == ()
    assert result.rewrite is None


@pytest.mark.parametrize("empty", ["", "  \n "])
def test_an_empty_draft_has_nothing_to_find(empty: str) -> None:
    assert check(empty).findings == ()


def test_every_span_holds_the_words_of_its_finding() -> None:
    draft = "Unfortunately you have to call us ASAP. Please calm down, someone will be in touch soon."
    for found in check(draft).findings:
        assert found.span is not None
        assert draft[found.span.start : found.span.end] == found.words


def test_the_lines_of_a_letter_stay_where_they_are() -> None:
    draft = "Dear Maya,\n\nUnfortunately, your order is late. We value your business.\n\nKind regards,\nAmira"
    assert check(draft).rewrite == "Dear Maya,\n\nYour order is late.\n\nKind regards,\nAmira"


def test_curly_quotes_stay_curly() -> None:
    assert check("I can’t do that.").rewrite == "Here’s what I can do: [what you can offer]."


def test_an_empty_apology_names_what_the_customer_said_went_wrong() -> None:
    rewrite = check("Sorry for any inconvenience. I've called the depot.", said(LATE)).rewrite
    assert rewrite == "I'm sorry that your parcel didn't arrive. I've called the depot."


def test_an_empty_apology_leaves_a_gap_where_nothing_is_known() -> None:
    rewrite = check("Sorry for any inconvenience. I've called the depot.").rewrite
    assert rewrite == "I'm sorry about [what went wrong]. I've called the depot."


def test_the_third_apology_of_a_conversation_is_one_too_many() -> None:
    so_far = said("Sorry about that. Sorry you had to wait.", "Still nothing here.")
    result = check("Sorry again for the delay. The depot opens at 8 am.", so_far)
    assert result.findings[0].fault == "over_apology"
    assert "3" in result.findings[0].reason
    assert result.rewrite == "The depot opens at 8 am."


def test_the_first_apology_is_welcome() -> None:
    assert "over_apology" not in faults("Sorry for the wait. The depot opens at 8 am.", said(LATE))


def test_one_named_apology_is_never_one_too_many() -> None:
    so_far = said("Sorry about that. Sorry you had to wait.", "He blamed my dog.")
    assert "over_apology" not in faults("I'm sorry he said that about your dog. I've told him so.", so_far)


def test_asking_for_the_order_number_twice_hands_it_back_instead() -> None:
    so_far = said("Order 48213 is late.", facts={"48213": FactKind.ORDER_NUMBER})
    result = check("Could I have your order number please?", so_far)
    assert result.findings[0].fault == "repeat_request"
    assert "48213" in result.findings[0].reason
    assert result.rewrite == "I have your order number, 48213."


def test_asking_for_a_postcode_twice_is_found_in_the_customers_own_words() -> None:
    assert "repeat_request" in faults("Can you confirm your postcode?", said("It's for LS6 2AB."))


def test_asking_for_something_new_is_fine() -> None:
    assert "repeat_request" not in faults("Could I have your order number please?", said(LATE))


def test_a_greeting_to_somebody_else_gets_the_name_as_given() -> None:
    result = check("Hi Karen, your parcel is in Leeds, Anna brings it at 5 pm.", said(LATE))
    assert result.findings[0].fault == "wrong_name"
    assert result.rewrite == "Hi Maya Osei, your parcel is in Leeds, Anna brings it at 5 pm."


def test_a_misspelt_name_is_spelt_as_the_customer_does() -> None:
    assert finding("wrong_name", "Hi Maja, it's in Leeds.", said(LATE)).instead == "Maya"


@pytest.mark.parametrize("greeting", ["Hi Maya,", "Dear Ms Osei,", "Hello there,", "Hi May,"])
def test_right_names_and_no_names_are_fine(greeting: str) -> None:
    so_far = said("May here. " + LATE)
    assert "wrong_name" not in faults(f"{greeting} it's in Leeds.", so_far)


def test_accents_make_no_other_person() -> None:
    assert "wrong_name" not in faults("Hi Grainne, it's in Leeds.", said(LATE, name="Gráinne Walsh"))


def test_dear_sir_becomes_the_name_where_it_is_known() -> None:
    assert check("Dear Sir,\nIt is in Leeds.", said(LATE)).rewrite == "Dear Maya Osei,\nIt is in Leeds."


def test_a_question_left_unanswered_is_named() -> None:
    so_far = said("When will it come?", channel=Channel.EMAIL)
    found = finding("unanswered_question", "Your parcel is blue.", so_far)
    assert found.words == "When will it come?"
    assert found.span is None
    assert check("Your parcel is blue.", so_far).rewrite == "Your parcel is blue. [your answer to “When will it come?”]"


def test_an_answer_to_an_upset_customer_without_a_next_step_asks_for_one() -> None:
    so_far = said(LATE, channel=Channel.EMAIL, upset=True)
    draft = "Hello Maya,\n\nThe driver could not find the house because of the roadworks in the street.\n\nAmira"
    assert "no_next_step" in faults(draft, so_far)
    rewrite = check(draft, so_far).rewrite
    assert rewrite is not None
    assert rewrite.endswith("in the street. Next, I'll [what you'll do] by [day and time].\n\nAmira")


def test_a_reply_with_a_next_step_does_not_need_another() -> None:
    so_far = said(LATE, channel=Channel.EMAIL, upset=True)
    assert "no_next_step" not in faults("The driver lost his way near the mill. I'll ring you when he is back.", so_far)


def test_an_inside_word_becomes_a_plain_one_with_its_article() -> None:
    assert check("We'll open an RMA for order 48213.").rewrite == "We'll open a return for order 48213."


def test_a_word_that_the_customer_uses_is_no_jargon() -> None:
    assert "jargon" not in faults("The ETA is 5 pm.", said("What's the ETA?"))


def test_an_unknown_acronym_is_found_and_left_for_the_agent() -> None:
    found = finding("jargon", "It went to PMS folio B.")
    assert found.words == "PMS"
    assert found.instead is None


def test_capitals_are_said_quietly() -> None:
    assert check("PLEASE READ THIS. It opens at 9 am.").rewrite == "Please read this. It opens at 9 am."


def test_brightness_goes_when_the_customer_is_upset() -> None:
    assert check("It's in Leeds, Anna has it 😊", said(LATE, upset=True)).rewrite == "It's in Leeds, Anna has it"
    assert "register" not in faults("It's in Leeds, Anna has it 😊", said(LATE))


def test_nothing_but_empty_words_has_no_rewrite() -> None:
    result = check("We value your business.")
    assert result.findings
    assert result.rewrite is None


def test_what_only_the_reader_hears_is_reported_without_a_rewrite() -> None:
    draft = "Well, that is how these plans are built, you see."
    reading = Reading(
        language="en",
        readable=True,
        of_agent=AgentReading(dict.fromkeys(Move, 0.0), dict.fromkeys(Fault, 0.0)),
        fired=("dismissive", "explain"),
        signals=(Signal("dismissive", 0.9, (Span(0, 4),)), Signal("explain", 0.9, (Span(0, 4),))),
    )
    result = check(draft, reading=reading)
    assert [(found.fault, found.instead) for found in result.findings] == [("dismissive", None)]
    assert result.rewrite is None


def test_what_the_reader_doubts_is_not_reported() -> None:
    reading = Reading(language="en", readable=True, signals=(Signal("dismissive", 0.4, (Span(0, 4),)),))
    assert check("Well, that is how it is built.", reading=reading).findings == ()


def test_a_chat_may_ask_back_before_it_answers() -> None:
    so_far = said("When will it come?")
    assert "unanswered_question" in faults("Your parcel is blue.", so_far)
    assert "unanswered_question" not in faults("Is it the blue one?", so_far)


def test_asking_what_it_is_about_after_it_was_told_is_a_repeat() -> None:
    so_far = said("My washing machine leaks all over the kitchen since your man repaired it on Monday.")
    assert "repeat_request" in faults("How may I help you today?", so_far)
    assert "repeat_request" not in faults("How may I help you today?", said("Hello"))
