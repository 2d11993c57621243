"""What a customer had to say again after a hand-over."""

from levelhead.casework.asked_again import Again, asked_again
from levelhead.conversation import FactKind, Fault, Heard, Move
from tests.casework.saying import agent, customer

ORDER = (FactKind.ORDER_NUMBER, "48213")
BEFORE = (customer(0, "It was order 48213.", facts=(ORDER,)), agent(1, "I'll get Sam."))


def counted(*after: Heard) -> tuple[Again, ...]:
    return asked_again((*BEFORE, *after), 1)


def test_a_fact_that_is_asked_for_again_counts_once() -> None:
    asks, gives = agent(2, "What is your order number?", Move.ASK_CLOSED), customer(3, "48213, again.", facts=(ORDER,))
    assert counted(asks, gives) == (Again(*ORDER, given=0, asked=2, again=3),)
    once_more = (agent(4, "Your order number?", Fault.REPEAT_REQUEST), customer(5, "48213!", facts=(ORDER,)))
    assert len(counted(asks, gives, *once_more)) == 1


def test_what_is_said_again_unasked_does_not_count() -> None:
    assert counted(agent(2, "I have read it all."), customer(3, "So order 48213, yes.", facts=(ORDER,))) == ()


def test_who_names_the_fact_themselves_has_not_asked_for_it() -> None:
    asks = agent(2, "Is it order 48213?", Move.ASK_CLOSED)
    assert counted(asks, customer(3, "Yes, 48213.", facts=(ORDER,))) == ()


def test_a_new_fact_and_a_fact_of_ours_do_not_count() -> None:
    asks = agent(2, "When did you buy it?", Move.ASK_CLOSED)
    assert counted(asks, customer(3, "On 3 March.", facts=((FactKind.DATE, "3 March"),))) == ()
    ours = (customer(0, "Where is it?"), agent(1, "It is order 48213.", facts=(ORDER,)))
    assert asked_again((*ours, asks, customer(3, "48213.", facts=(ORDER,))), 1) == ()


def test_what_is_asked_before_the_hand_over_is_no_fault_of_it() -> None:
    asks, gives = agent(2, "Your order number?", Move.ASK_CLOSED), customer(3, "48213.", facts=(ORDER,))
    assert asked_again((*BEFORE, asks, gives), 3) == ()
