"""A pasted mail or transcript becomes the turns that a person would see in it."""

from levelhead.conversation import Channel, Speaker
from levelhead.web.paste import pasted

MAIL = """Dear Sir or Madam,

This is the third time I am writing about order 88412.

Patrick Doyle"""


def test_a_transcript_is_read_turn_by_turn() -> None:
    found = pasted(
        "Customer: Where is it?\nAgent: Let me look.\nIt is on its way.\n[10:02] customer (Mr Doyle): Finally."
    )
    assert found.turns == (
        (Speaker.CUSTOMER, "Where is it?"),
        (Speaker.AGENT, "Let me look.\nIt is on its way."),
        (Speaker.CUSTOMER, "Finally."),
    )
    assert found.channel is Channel.CHAT


def test_a_mail_is_one_turn_of_whoever_signed_it() -> None:
    found = pasted(MAIL)
    assert found.turns == ((Speaker.CUSTOMER, MAIL),)
    assert found.channel is Channel.EMAIL
    assert found.customer == "Patrick Doyle"


def test_a_last_line_that_is_no_name_is_not_taken_for_one() -> None:
    assert pasted("Where is my refund?\n\nI want it by Friday").customer is None


def test_words_before_the_first_name_are_the_customers() -> None:
    assert pasted("I want my money back\nAgent: Of course.").turns[0] == (Speaker.CUSTOMER, "I want my money back")


def test_one_message_is_a_chat() -> None:
    assert pasted("where is it").channel is Channel.CHAT


def test_a_colon_alone_makes_no_turn() -> None:
    assert pasted("Order number: 48213").turns == ((Speaker.CUSTOMER, "Order number: 48213"),)


def test_nothing_gives_nothing() -> None:
    assert pasted(" \n\n ").turns == ()
    assert pasted("Customer:\nAgent:").turns == ()
