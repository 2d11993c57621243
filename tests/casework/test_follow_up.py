"""A follow-up goes only where its table leads, never ends by silence, and says nothing that is not on record."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.arrangement import Signed
from levelhead.casework.follow_up import ENDED, FOLLOW_UP, OPEN, FollowUpMove, FollowUpState, Occasion, Way
from levelhead.casework.follow_up_draft import Done, Draft, Grounds, drafted, grounds_of
from levelhead.casework.follow_up_pack import FollowUpPack, parse_follow_up_pack
from levelhead.casework.item import Item, Kind
from levelhead.casework.mail import MAIL, Address, Attempt, Came, Mail, MailMove, MailState, Of, after
from levelhead.casework.money import Money
from levelhead.casework.noted import Noted, NoteLine, Part
from levelhead.casework.promise import Promised
from levelhead.casework.remedy import Chosen, Grant, Remedied
from levelhead.casework.remedy_options import Facts
from levelhead.casework.remedy_pack import RemedyKind
from levelhead.conversation import Cause

NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
BRITISH = packs.follow_up("en-GB")
NUMBER = re.compile(r"\d+")


class Asking(RuleBasedStateMachine):
    """Whatever people, the post and the clock try."""

    @initialize()
    def planned(self) -> None:
        self.state = FOLLOW_UP.begin(FollowUpMove.PLAN)
        self.sent, self.did_not_work, self.went_on = 0, False, False

    @rule(move=st.sampled_from(FollowUpMove))
    def tried(self, move: FollowUpMove) -> None:
        if move not in FOLLOW_UP.moves(self.state):
            return
        if self.state is FollowUpState.NOT_WORKED:
            assert move in (FollowUpMove.GO_ON, FollowUpMove.CALL_OFF, FollowUpMove.REOPEN)
        self.state = FOLLOW_UP.after(self.state, move)

    @invariant()
    def nothing_ends_that_can_be_put_right_but_what_went_on(self) -> None:
        assert self.state in {*OPEN, *ENDED}
        assert FOLLOW_UP.is_over(self.state) == (self.state is FollowUpState.PASSED_ON)


TestAsking = Asking.TestCase


class Posting(RuleBasedStateMachine):
    """A mail, whatever becomes of its attempts."""

    @initialize()
    def laid_out(self) -> None:
        self.state = MAIL.begin(MailMove.LAY_OUT)
        self.mail = Mail(Of.FOLLOW_UP, uuid4(), Address("c", 0, 0), "s", "t")
        self.now, self.arrived, self.by_people = NOON, 0, 0

    @rule(came=st.sampled_from(Came), hours=st.integers(0, 30))
    def attempted(self, came: Came, hours: int) -> None:
        if self.state is not MailState.WAITING:
            return
        self.state = MAIL.after(self.state, MailMove.TAKE)
        self.now += timedelta(hours=hours)
        move, self.mail = after(self.mail, NOON, Attempt(came, "why"), self.now)
        self.state = MAIL.after(self.state, move)
        self.arrived += came in (Came.SENT, Came.UNKNOWN)

    @rule()
    def asked_for_again(self) -> None:
        if MailMove.SEND_AGAIN in MAIL.moves(self.state):
            self.state = MAIL.after(self.state, MailMove.SEND_AGAIN)
            self.by_people += 1

    @invariant()
    def it_leaves_once_unless_a_person_says_again(self) -> None:
        assert self.arrived <= 1 + self.by_people
        assert (self.state is MailState.SENT) <= (self.mail.sent_at is not None)


TestPosting = Posting.TestCase


def item(kind: Kind, state: str, body: Any) -> Item[Any]:
    return Item(uuid4(), kind, "k", state, uuid4(), "c", None, None, None, NOON, NOON + timedelta(days=1), body)


def settled() -> tuple[Item[Any], ...]:
    lines = (NoteLine("ours:1:0", Part.OURS, "“I've sent you a new one.”"), NoteLine("t", Part.THEIRS, "“Furious.”"))
    chosen = Chosen("money", RemedyKind.REFUND, "Refund in full", Money(6499, "GBP"), "We refund it.")
    by = Signed(uuid4(), "Amira", NOON)
    remedied = Remedied("late", "remedies en-GB 1", Facts(), (), chosen, granted=Grant(chosen, by, "p"))
    kept = Promised("call you back", "by five", 1, kept_at=NOON + timedelta(days=1))
    return (
        item(Kind.NOTE, "sealed", Noted(lines=lines)),
        item(Kind.PROMISE, "kept", kept),
        item(Kind.PROMISE, "late", Promised("send a form", "soon")),
        item(Kind.REMEDY, "granted", remedied),
        item(Kind.REMEDY, "declined", replace(remedied, granted=None)),
    )


def draft(grounds: Grounds, pack: FollowUpPack = BRITISH, way: Way = Way.MAIL, **known: Any) -> Draft:
    told: dict[str, Any] = {"occasion": Occasion.NOTE, "days": 0, "name": "Mr Doyle", "agent": "Amira"} | known
    return drafted(grounds, pack, way, **told)


def test_what_is_settled_is_said_and_nothing_else() -> None:
    said = draft(grounds_of(NOON, "delivery", settled(), packs.remedies("en-GB")))
    assert said.subject == "Is it all right now? About your delivery"
    assert said.text.split("\n\n") == [
        "Hello Mr Doyle,",
        "You were in touch with us on 6 March about your delivery.",
        "We told you: “I've sent you a new one.”\n"
        "We promised: “call you back”. We have that as done on 7 March.\n"
        "We agreed on this for you: Refund in full (£64.99).",
        "Did that put it right? A short reply is enough. If it did not, please say what is still wrong.",
        "Thank you for telling us about your delivery.",
        "Kind regards,\nAmira",
    ]
    assert "form" not in said.text
    assert "Furious" not in said.text


def test_a_look_back_says_how_long_ago() -> None:
    said = draft(Grounds(NOON), occasion=Occasion.RELATIONSHIP, days=30, name="")
    assert "about 30 days ago" in said.text
    assert "Is it still all right?" in said.text
    assert said.text.startswith("Hello,")


@given(
    st.builds(
        Grounds,
        on=st.just(NOON),
        cause=st.sampled_from(["", *Cause]),
        said=st.lists(st.text(max_size=30), max_size=2).map(tuple),
        kept=st.lists(st.builds(Done, st.text(max_size=20), st.just(NOON)), max_size=2).map(tuple),
        agreed=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    ),
    st.sampled_from(["en-GB", "en-US", "de", "es"]),
    st.sampled_from(Way),
)
def test_no_number_stands_in_a_draft_that_is_not_in_its_grounds(grounds: Grounds, locale: str, way: Way) -> None:
    said = draft(grounds, packs.follow_up(locale), way)
    given_ = " ".join((*grounds.said, *(done.words for done in grounds.kept), *grounds.agreed, "6"))
    assert set(NUMBER.findall(said.text + said.subject)) <= set(NUMBER.findall(given_))


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("\n{link}\n", "", r"survey\.\w+: it has not one link"),
        ("Hello {name},", "Hello {nobody},", "mail.hello: it names"),
        ('delivery = "your', 'parcels = "your', "about: 'parcels' is not a known key"),
        ("note = 2", "note = 99", "after.note: 99 does not fit"),
    ],
)
def test_a_slip_in_the_pack_is_named(was: str, now: str, why: str) -> None:
    text = packs.text_of("follow_up.en-GB")
    assert was in text
    with pytest.raises(PackError, match=why):
        parse_follow_up_pack(text.replace(was, now, 1))
