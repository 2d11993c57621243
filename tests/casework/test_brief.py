"""The brief before a contact: facts with their source, in the order of use, and nothing about the person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.arrangement import Signed
from levelhead.casework.brief import FIRST, LOOKS_BACK, Brief, LineKind, Loss, Past, Settle, Source, brief_of
from levelhead.casework.complaint import Complaint
from levelhead.casework.item import Evidence, Item, Kind
from levelhead.casework.money import Money
from levelhead.casework.packet import Avoid
from levelhead.casework.profile import EMPTY, Need, Profile, Teller, together
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.remedy import Chosen, Grant, Remedied
from levelhead.casework.remedy_options import Facts
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.conversation import Channel, Cue, FactKind, Fault, Heard, Move
from tests.casework.saying import agent, customer

NOW = datetime(2025, 3, 20, 9, tzinfo=UTC)
AMIRA_DOYLE = Profile(
    "Mr Doyle",
    "please no first names",
    "en-GB",
    (Need("Speak slowly", Teller.CUSTOMER, date(2025, 1, 7), agreed=True),),
)
ASKED_TWICE = (
    customer(0, "My kettle has not come and nobody rings me back.", Cue.STILL_UNRESOLVED),
    agent(1, "What is your order number?", Move.ASK_CLOSED),
    customer(2, "It is 48213.", facts=((FactKind.ORDER_NUMBER, "48213"),)),
    agent(3, "Could I have the order number?", Move.ASK_CLOSED, Fault.REPEAT_REQUEST),
    customer(4, "I want to speak to your manager.", Cue.ASKS_SUPERVISOR),
)


SAID = Complaint(Evidence("the-kettle", 4, "I want to complain"), NOW)


def past(
    name: str = "the-kettle", ago: timedelta = timedelta(days=2), timeline: tuple[Heard, ...] = ASKED_TWICE
) -> Past:
    turns = tuple(replace(heard, turn=replace(heard.turn, conversation=name)) for heard in timeline)
    return Past(name, Channel.CHAT, NOW - ago, turns)


def promise(state: PromiseState, action: str = "call you back", ago: timedelta = timedelta(days=2)) -> Item[Any]:
    at = NOW - ago
    body = Promised(action, "by five", 1, confirmed=True)
    return Item(uuid4(), Kind.PROMISE, action, state, UUID(int=1), "the-kettle", None, None, at, at, at, body)


def kinds(brief: Brief) -> list[LineKind]:
    return [line.kind for line in brief.lines]


def test_a_death_is_told_once_and_stands_near_the_top_with_who_it_was_told_to() -> None:
    told = Loss("My husband died in October.", Source("the-kettle", 0), NOW - timedelta(days=2), "Amira Haddad")
    lines = brief_of(AMIRA_DOYLE, [past()], [promise(PromiseState.BROKEN)], NOW, loss=told).lines
    assert [line.kind for line in lines[:3]] == [LineKind.ADDRESS, LineKind.LOSS, LineKind.ONE_CONTACT]
    assert [line.words for line in lines[1:3]] == ["My husband died in October.", "Amira Haddad"]
    assert LineKind.ONE_CONTACT not in kinds(brief_of(EMPTY, [], [], NOW, loss=replace(told, answered_by="")))


def test_it_says_in_order_how_to_begin_what_is_owed_and_what_to_do_differently() -> None:
    brief = brief_of(AMIRA_DOYLE, [past()], [promise(PromiseState.BROKEN)], NOW)
    assert kinds(brief) == [
        LineKind.ADDRESS,
        LineKind.ADJUSTMENT,
        LineKind.NOW,
        LineKind.NOT_KEPT,
        LineKind.FAILED,
        LineKind.AVOID,
        LineKind.ASKED_FOR,
        LineKind.LANGUAGE,
    ]
    assert len(brief.first) == FIRST
    address, adjustment, now, not_kept, *_ = brief.lines
    assert (address.words, adjustment.words) == ("Mr Doyle · please no first names", "Speak slowly")
    assert (now.words, now.source.conversation, now.source.n) == (
        "My kettle has not come and nobody rings me back.",
        "the-kettle",
        0,
    )
    assert (not_kept.words, not_kept.source.item is not None) == ("call you back", True)


def test_what_to_avoid_is_what_we_did_before_with_the_words() -> None:
    brief = brief_of(EMPTY, [past(), past("again", timedelta(days=1))], [], NOW)
    (avoid,) = (line for line in brief.lines if line.kind is LineKind.AVOID)
    assert (avoid.avoid, avoid.times, avoid.words) == (Avoid.ASKING_AGAIN, 3, "Could I have the order number?")
    assert avoid.source.conversation == "again"


def test_a_number_that_had_to_be_given_in_a_second_conversation_was_asked_for_again() -> None:
    order = ((FactKind.ORDER_NUMBER, "48213"),)
    first = past(
        "first", timedelta(days=3), (agent(0, "Your order number?", Move.ASK_CLOSED), customer(1, "48213", facts=order))
    )
    asked = agent(0, "And your order number, please?", Move.ASK_CLOSED)
    second = past("second", timedelta(days=1), (asked, customer(1, "Again? 48213.", facts=order)))
    (avoid,) = (line for line in brief_of(EMPTY, [second, first], [], NOW).lines if line.avoid)
    assert (avoid.avoid, avoid.times, avoid.words) == (Avoid.ASKING_AGAIN, 1, asked.turn.text)
    unasked = past("second", timedelta(days=1), (agent(0, "Hello."), customer(1, "It is 48213 again.", facts=order)))
    assert not any(line.avoid for line in brief_of(EMPTY, [unasked, first], [], NOW).lines)


def test_a_fact_that_was_given_is_no_warning_where_nobody_asked_again() -> None:
    brief = brief_of(EMPTY, [past(timeline=ASKED_TWICE[:3])], [], NOW)
    assert LineKind.AVOID not in kinds(brief)


def test_what_nobody_agreed_to_is_not_said() -> None:
    (need,) = AMIRA_DOYLE.needs
    brief = brief_of(replace(AMIRA_DOYLE, needs=(replace(need, agreed=False),)), [], [], NOW)
    assert LineKind.ADJUSTMENT not in kinds(brief)


def test_of_nobody_nothing_is_said_and_nothing_is_there_to_settle_for() -> None:
    brief = brief_of(EMPTY, [], [], NOW)
    assert (brief.lines, brief.settle, brief.contacts) == ((), (), 1)


def test_a_broken_promise_a_third_contact_and_an_open_complaint_are_worth_a_moment() -> None:
    complaint = replace(promise(PromiseState.MADE), kind=Kind.COMPLAINT, state="acknowledged", body=SAID)
    assert brief_of(EMPTY, [], [promise(PromiseState.LATE)], NOW).settle == (Settle.BROKEN_PROMISE,)
    assert brief_of(EMPTY, [], [complaint], NOW).settle == (Settle.OPEN_COMPLAINT,)
    assert brief_of(EMPTY, [], [replace(complaint, state="proposed")], NOW).lines == (), (
        "nobody has said that it is one"
    )
    assert brief_of(EMPTY, [past("a"), past("b")], [], NOW).settle == (Settle.THIRD_CONTACT,)
    assert brief_of(EMPTY, [past("a"), past("b", timedelta(days=31))], [], NOW).settle == ()
    assert brief_of(EMPTY, [], [promise(PromiseState.KEPT), replace(complaint, state="closed")], NOW).settle == ()


def test_this_conversation_is_no_contact_before_it() -> None:
    talk = past("now", timedelta())
    assert brief_of(EMPTY, [talk, past()], [], NOW, current=talk).contacts == 2


def test_what_was_granted_before_is_told() -> None:
    chosen = Chosen("refund", RemedyKind.REFUND, "Refund of £64.99", Money(6_499, "GBP"), "I have refunded it.")
    granted = Remedied("not_arrived", "pack", Facts(), (), granted=Grant(chosen, Signed(uuid4(), "Amira", NOW), "pack"))
    item = replace(promise(PromiseState.MADE), kind=Kind.REMEDY, state="granted", body=granted)
    (line,) = brief_of(EMPTY, [], [item], NOW).lines
    assert (line.kind, line.words) == (LineKind.GRANTED, "Refund of £64.99")


def test_what_is_long_ago_is_left_to_the_history_but_for_what_still_stands_open() -> None:
    old = LOOKS_BACK + timedelta(days=1)
    items = [promise(PromiseState.BROKEN, "old", old), promise(PromiseState.MADE, "still owed", old)]
    brief = brief_of(EMPTY, [past(ago=old)], items, NOW)
    assert [(line.kind, line.words) for line in brief.lines] == [(LineKind.OPEN_PROMISE, "still owed")]


def test_profiles_of_one_person_add_up_and_the_first_is_right() -> None:
    other = Profile("Jim", "", "de", (Need("SPEAK slowly", Teller.CUSTOMER, NOW.date(), agreed=True),))
    assert together(replace(AMIRA_DOYLE, language=""), other) == replace(AMIRA_DOYLE, language="de")
    assert together(EMPTY, AMIRA_DOYLE) == AMIRA_DOYLE


_STATES = st.sampled_from(list(PromiseState))
_SHOWN = st.lists(
    st.sampled_from([Fault.REPEAT_REQUEST, Fault.SCRIPTED, Fault.EXCUSE, Move.APOLOGISE_GENERIC]), max_size=2
)


@st.composite
def _pasts(draw: st.DrawFn) -> Past:
    turns: list[Any] = []
    for n in range(draw(st.integers(1, 5))):
        turns.append(agent(2 * n, f"Sorry about that, number {n}.", *draw(_SHOWN)))
        cues = draw(
            st.lists(st.sampled_from([Cue.STILL_UNRESOLVED, Cue.REJECTS_OFFER, Cue.ASKS_SUPERVISOR]), max_size=2)
        )
        turns.append(customer(2 * n + 1, f"It is still not here after {n} weeks, you know.", *cues))
    return past(f"talk-{draw(st.integers(0, 99))}", timedelta(hours=draw(st.integers(0, 2_500))), tuple(turns))


@given(st.lists(_pasts(), max_size=4, unique_by=lambda one: one.id), st.lists(_STATES, max_size=6), st.randoms())
def test_every_line_has_a_source_that_is_there_and_no_order_of_the_input_changes_it(
    talks: list[Past], states: list[PromiseState], chance: Any
) -> None:
    items = [promise(state, f"promise {place}") for place, state in enumerate(states)]
    brief = brief_of(AMIRA_DOYLE, talks, items, NOW)
    said = {(talk.id, heard.turn.n): heard.turn.text for talk in talks for heard in talk.timeline}
    for line in brief.lines:
        if line.source.n is not None:
            assert line.words.removesuffix(" …") in said[line.source.conversation or "", line.source.n]
        elif line.source.item is not None:
            assert line.words in {item.body.action for item in items}
    assert kinds(brief) == sorted(kinds(brief), key=list(LineKind).index)
    assert (Settle.BROKEN_PROMISE in brief.settle) == (LineKind.NOT_KEPT in kinds(brief))
    chance.shuffle(talks)
    chance.shuffle(items)
    assert brief_of(AMIRA_DOYLE, talks, items, NOW) == brief
