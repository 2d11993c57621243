from collections.abc import Mapping, Sequence

import pytest

from levelhead.advising.pack import Slot
from levelhead.advising.situation import situation_after
from levelhead.advising.slots import fillings
from levelhead.advising.steps import AT_THE_START
from levelhead.conversation import Fact, FactKind, Span
from levelhead.packs import load
from tests.advising.talking import customer_reads, with_facts
from tests.people import mr_doyle

PACK = load("en-GB")
RULE = next(rule for rule in PACK.rules if rule.name == "reflect_told_again")


def filled(text: str, abuse: str = "none", facts: Sequence[Fact] = (), **known: object) -> Mapping[Slot, str]:
    cues = "repeat_contact"
    reading = with_facts(customer_reads(text, "angry", 2, cues, abuse), *facts)
    return fillings(situation_after(mr_doyle(text, 0, **known), reading, (), AT_THE_START, PACK), RULE, PACK)


@pytest.mark.parametrize(
    ("given", "said", "used"),
    [
        ("Mr Doyle", "hello", "Mr Doyle"),
        ("Dr Anjali Kulkarni", "hello", "Dr Kulkarni"),
        ("Maya Osei", "it's maya here", "Maya"),
        ("Maya Osei", "it's me again", None),
        ("Maya Osei", "Maya Osei, 12 Weir Lane", None),
        ("Lim Wei Jie", "lim here", None),
        ("@jez_in_the_kop", "hello", None),
        ("xX_pablo_rm", "hello", None),
        ("R. Venkataraman", "hello", None),
        ("Gráinne", "hello", "Gráinne"),
        (None, "hello", None),
        ("", "hello", None),
    ],
)
def test_a_name_is_used_only_as_the_customer_gave_it(given: str | None, said: str, used: str | None) -> None:
    assert filled(said, customer=given).get(Slot.NAME) == used


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("Where is my refund?", "your refund"),
        ("my own order and then my claim", "your claim"),
        ("my late husband's phone", None),
        ("the refund is late", None),
    ],
)
def test_what_is_theirs_is_called_as_they_call_it(said: str, thing: str | None) -> None:
    assert filled(said).get(Slot.THING) == thing


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("the third time", "the third time"),
        ("Four hours.", "four hours"),
        ("I have rung three times", None),
        ("the bloody router", None),
        ("three weeks and you lot never rang", None),
        ("why", None),
        ("the kettle isn't here", None),
    ],
)
def test_only_a_short_clean_noun_phrase_is_quoted(said: str, quoted: str | None) -> None:
    assert filled(said).get(Slot.WORDS) == quoted


def test_abusive_words_are_never_put_into_the_agents_mouth() -> None:
    assert Slot.WORDS not in filled("the third time", abuse="insult")


def test_an_order_number_is_read_back_as_it_was_given() -> None:
    facts = (Fact(FactKind.ORDER_NUMBER, "48213", Span(6, 11)),)
    assert filled("order 48213", facts=facts)[Slot.FACT] == "48213"


def test_the_helpline_belongs_to_the_country() -> None:
    assert "988" in filled("hello", locale="en-US")[Slot.HELPLINE]
    assert "13 11 14" in filled("hello", locale="en-AU")[Slot.HELPLINE]
    assert Slot.HELPLINE not in filled("hello", locale="en-NG")
