from levelhead.conversation import Advice, Channel, Fact, FactKind, Reading, Span, Step, StepState
from tests.advising.talking import Talk, customer_reads, with_facts
from tests.people import mr_doyle


def state(advice: Advice, step: Step) -> StepState:
    return advice.steps[step]


def test_nothing_is_due_before_anybody_has_said_anything_weighty() -> None:
    advice = Talk().agent("Hello, you're through to Amira.", "greet")
    assert set(advice.steps.values()) == {StepState.IDLE}


def test_anger_makes_the_acknowledgement_due_before_any_question() -> None:
    advice = Talk().customer("Where is my money?", "angry", 2, "asks_question")
    assert state(advice, Step.ACKNOWLEDGE) is StepState.DUE
    assert state(advice, Step.QUESTION) is StepState.IDLE
    assert state(advice, Step.PROVIDE) is StepState.IDLE


def test_mild_annoyance_makes_no_acknowledgement_due() -> None:
    advice = Talk().customer("It's a bit late.", "frustrated", 1, "gives_details")
    assert state(advice, Step.ACKNOWLEDGE) is StepState.IDLE


def test_an_acknowledgement_is_done_by_naming_the_feeling() -> None:
    talk = Talk()
    talk.customer("Where is my money?", "angry", 2, "asks_question")
    advice = talk.agent("Three weeks without it, no wonder you're angry.", "acknowledge_feeling")
    assert state(advice, Step.ACKNOWLEDGE) is StepState.DONE


def test_an_acknowledgement_passed_over_by_a_question_is_missed_and_can_still_be_made_good() -> None:
    talk = Talk()
    talk.customer("Where is my money?", "angry", 2, "asks_question")
    assert state(talk.agent("What's the order number?", "ask_closed"), Step.ACKNOWLEDGE) is StepState.MISSED
    assert state(talk.agent("I'm sorry the refund is late.", "apologise_specific"), Step.ACKNOWLEDGE) is StepState.DONE


def test_a_repeated_request_breaks_the_listening_even_when_it_is_a_question() -> None:
    talk = Talk()
    talk.customer("It's order 48213.", "frustrated", 2, "gives_details")
    assert state(talk.agent("And your order number?", "ask_closed repeat_request"), Step.LISTEN) is StepState.MISSED


def test_facts_from_a_customer_make_the_confirmation_due() -> None:
    text = "It's order 48213."
    reading = with_facts(customer_reads(text, cues="gives_details"), Fact(FactKind.ORDER_NUMBER, "48213", Span(11, 16)))
    assert state(Talk().hear(mr_doyle(text), reading), Step.CONFIRM) is StepState.DUE


def test_something_provided_makes_the_check_due_and_the_customers_word_closes_it() -> None:
    talk = Talk()
    talk.customer("When do I get it?", cues="asks_question")
    assert state(talk.agent("I've released it now.", "act"), Step.CHECK) is StepState.DUE
    assert (
        state(talk.customer("It's here, thanks.", "satisfied", 1, "confirms_resolved thanks"), Step.CHECK)
        is StepState.DONE
    )


def test_a_fix_that_did_not_help_makes_providing_due_again() -> None:
    talk = Talk()
    talk.customer("No heating.", "frustrated", 1, "gives_details")
    talk.agent("I've reset it.", "act")
    advice = talk.customer("Still cold.", "frustrated", 1, "still_unresolved")
    assert state(advice, Step.PROVIDE) is StepState.DUE
    assert state(advice, Step.CHECK) is StepState.IDLE


def test_one_letter_may_do_several_steps_and_what_it_leaves_out_is_missed() -> None:
    talk = Talk(known={"channel": Channel.EMAIL}, seconds=36_000)
    due = talk.customer("My refund is three weeks late, order 48213.", "angry", 2, "gives_details asks_question")
    assert state(due, Step.ACKNOWLEDGE) is StepState.DUE
    assert state(due, Step.PROVIDE) is StepState.DUE
    sent = talk.agent("I have released it; you will see it by Friday.", "act set_expectation")
    assert state(sent, Step.PROVIDE) is StepState.DONE
    assert state(sent, Step.ACKNOWLEDGE) is StepState.MISSED


def test_once_acknowledged_it_is_not_due_again_unless_it_gets_clearly_worse() -> None:
    talk = Talk()
    talk.customer("Where is it?", "angry", 2, "asks_question")
    talk.agent("No wonder you're angry.", "acknowledge_feeling")
    assert state(talk.customer("Well?", "angry", 2, "asks_question"), Step.ACKNOWLEDGE) is StepState.DONE
    assert state(talk.customer("This is a disgrace.", "angry", 3), Step.ACKNOWLEDGE) is StepState.DUE


def test_a_turn_that_could_not_be_read_leaves_the_steps_as_they_were() -> None:
    talk = Talk()
    before = talk.customer("Where is my money?", "angry", 2, "asks_question")
    after = talk.hear(mr_doyle("¿Dónde está mi dinero?", 1), Reading(language="es", readable=False))
    assert after.steps == before.steps
