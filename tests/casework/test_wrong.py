"""What went wrong is proposed with the customer's words for it; where it is not clear, it is asked and not guessed."""

import pytest

from levelhead import packs
from levelhead.casework.wrong import evidence_of, facts_of, recognised
from levelhead.conversation import (
    Abuse,
    Advice,
    Cause,
    Cue,
    CustomerReading,
    Emotion,
    Fact,
    FactKind,
    Heard,
    Likely,
    Reading,
    Signal,
    Span,
    Timeline,
)
from tests.casework.remedying import LOCALES, british
from tests.people import amira, mr_doyle


def heard(
    text: str,
    n: int = 0,
    *,
    issue: str = "",
    cause: Cause | None = None,
    cue: Cue | None = None,
    facts: tuple[Fact, ...] = (),
) -> Heard:
    felt = CustomerReading(Emotion.NEUTRAL, {}, 0, {}, Abuse.NONE, {})
    reading = Reading(
        "en",
        True,
        of_customer=felt,
        fired=(cue.value,) if cue else (),
        signals=(Signal(cue.value, 0.9, (Span(0, 5),)),) if cue else (),
        facts=facts,
        issue=Likely(issue, 0.9) if issue else None,
        cause=Likely(cause, 0.9) if cause else None,
    )
    return Heard(mr_doyle(text, n), reading, Advice(steps={}))


def agents(text: str, n: int) -> Heard:
    return Heard(amira(text, n), Reading("en", True), Advice(steps={}))


def wrong_in(*timeline: Heard) -> str | None:
    return recognised(british(), timeline).wrong


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("My parcel never arrived.", "not_arrived"),
        ("The vase arrived broken.", "damaged"),
        ("You sent me the wrong size.", "wrong_item"),
        ("It has the same fault as last time.", "repeat_fault"),
        ("I took the day off and nobody came.", "missed_visit"),
        ("I've been charged twice this month.", "overcharge"),
        ("I still haven’t had my refund.", "refund_missing"),
        ("We've had no internet since Monday.", "outage"),
        ("My order is three weeks late.", "delay"),
        ("You have spelt my name wrong on every letter.", "data_mistake"),
    ],
)
def test_what_the_customer_says_in_so_many_words_is_recognised_with_those_words(
    locale: str, said: str, wrong: str
) -> None:
    found = recognised(packs.remedies(locale), (heard(said),))
    assert found.wrong == wrong
    assert found.evidence
    assert all(words in said for one in found.evidence for words in one.words.split(" … "))


def test_an_issue_alone_has_no_words_and_so_is_asked() -> None:
    found = recognised(british(), (heard("It's all wrong.", issue="missed visit", cause=Cause.SERVICE_FAILURE),))
    assert found.wrong is None
    assert found.among[0] == "missed_visit"


def test_two_that_are_as_likely_are_asked_between_and_an_issue_decides() -> None:
    said = "It arrived broken, and it's the wrong size."
    found = recognised(british(), (heard(said),))
    assert (found.wrong, set(found.among)) == (None, {"damaged", "wrong_item"})
    assert wrong_in(heard(said, issue="wrong or fake item")) == "wrong_item"
    assert wrong_in(heard(said, cause=Cause.DELIVERY)) is None


def test_words_weigh_more_than_what_is_read_without_any() -> None:
    said = heard("My order never arrived.", issue="refund not received", cause=Cause.BILLING)
    assert wrong_in(said) == "not_arrived"


def test_where_nothing_points_anywhere_every_wrong_can_be_chosen() -> None:
    found = recognised(british(), (heard("Hello."),))
    assert (found.wrong, found.among) == (None, tuple(british().wrongs))


def test_words_of_the_agent_prove_nothing() -> None:
    assert wrong_in(heard("Hello."), agents("So your parcel never arrived?", 1)) is None


def test_a_cue_stands_beside_words_and_never_alone() -> None:
    assert wrong_in(heard("Third time I ring.", cue=Cue.REPEAT_CONTACT)) is None
    found = recognised(british(), (heard("Third time: it broke again.", cue=Cue.REPEAT_CONTACT),))
    assert found.wrong == "repeat_fault"
    assert found.evidence[0].words == "broke again … Third"


def test_what_somebody_names_keeps_the_customers_words_and_else_their_first() -> None:
    timeline: Timeline = (agents("Hello.", 0), heard("I'm fed up.", 1), heard("Nobody came.", 2))
    (first,) = evidence_of(british(), "outage", timeline)
    assert (first.n, first.words) == (1, "I'm fed up.")
    (named,) = evidence_of(british(), "missed_visit", timeline)
    assert (named.n, named.words) == (2, "Nobody came")


def test_the_amount_counts_where_there_is_one_alone_and_the_order_last_given() -> None:
    def amount(value: str) -> Fact:
        return Fact(FactKind.AMOUNT, value, Span(0, 1))

    pounds = british().currency
    order = Fact(FactKind.ORDER_NUMBER, "48213", Span(0, 1))
    known = facts_of((heard("…", facts=(amount("£64.99"), amount("£64.99"), order)),), pounds)
    assert (known.amount, known.order, known.delivered, known.days_late) == (6499, "48213", None, None)
    assert facts_of((heard("…", facts=(amount("£64.99"), amount("£10"))),), pounds).amount is None
    assert facts_of((heard("…", facts=(amount("$64.99"),)),), pounds).amount is None
