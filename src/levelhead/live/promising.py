"""What a turn does to the ledger of promises: one is made, said again, put off, or sounds as if it were kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from levelhead.casework.item import Evidence, Item, Kind, Reason
from levelhead.casework.promise import OPEN, PROMISE, Promised, PromiseMove, PromiseState
from levelhead.casework.promise_clock import proposed_due
from levelhead.casework.promise_words import Meets, Met, may_be_sign, met, sign_of_keeping
from levelhead.conversation import Heard, Promise, Timeline
from levelhead.live.happened import Happened
from levelhead.live.planning import holding
from levelhead.storage.books import Write
from levelhead.storage.cases import SAME, Cases, where_possible
from levelhead.storage.opening_hours import Opening


def promises_heard(happened: Happened, cases: Cases) -> Iterator[Write]:
    """A promise that was heard is in the ledger, for whoever holds the conversation to confirm and to keep.

    Where a plan holds for the customer, whoever looks after them keeps it.

    One that was open before and is said again is not opened again; with another time it is superseded, and the new
    one has a clock of its own.
    """
    heard, turn = happened.heard, happened.heard.turn
    if not heard.reading.promises:
        return
    standing, plan = list(_standing(heard, cases)), holding(cases, turn.conversation, turn.customer_ref)
    for place, promise in enumerate(heard.reading.promises):
        found = met(promise, turn.text, standing)
        reason = Reason(evidence=(Evidence(turn.conversation, turn.n, _words(promise, turn.text)),))
        if found:
            standing.remove(found.item)
            yield from _changed(found, promise, reason, cases)
            if found.how is not Meets.RESTARTS:
                continue
        yield cases.opening(
            Kind.PROMISE,
            f"{turn.conversation}:{turn.n}:{place}",
            _body(promise, heard, happened.before, found),
            machine=PROMISE,
            move=PromiseMove.MAKE,
            conversation=turn.conversation,
            team=happened.team,
            owner=plan.body.contact if plan else happened.holder,
            due_at=promise.due or _proposed(turn.said_at, cases),
            reason=reason,
        )


def signs_heard(happened: Happened, cases: Cases) -> Iterator[Write]:
    """Words that sound as if an open promise to this customer were kept stand beside it, for a person to decide."""
    heard, turn = happened.heard, happened.heard.turn
    if not may_be_sign(heard):
        return
    for item in cases.of_same_customer(turn.conversation, Kind.PROMISE):
        if item.state not in OPEN or item.body.sign or (_same_talk(item, heard) and not _said_before(item, heard)):
            continue
        words = sign_of_keeping(heard, item)
        if words:
            sign = Evidence(turn.conversation, turn.n, words)
            yield where_possible([_move(cases, item, PromiseMove.NOTICE, Reason(evidence=(sign,)), sign=sign)])


def _standing(heard: Heard, cases: Cases) -> Iterator[Item[Promised]]:
    for item in cases.of_conversation(heard.turn.conversation, Kind.PROMISE):
        if item.state in OPEN and _said_before(item, heard):
            yield item


def _changed(found: Met, promise: Promise, reason: Reason, cases: Cases) -> Iterator[Write]:
    if found.how is Meets.RESTARTS:
        yield where_possible([_move(cases, found.item, PromiseMove.SUPERSEDE, reason)])
    elif found.how is Meets.GIVES_TIME:
        given = {"due_text": promise.due_text, "needs_time": False}
        yield where_possible([_move(cases, found.item, PromiseMove.GIVE_TIME, reason, due_at=promise.due, **given)])


def _move(
    cases: Cases,
    item: Item[Promised],
    move: PromiseMove,
    reason: Reason,
    due_at: datetime | None = None,
    **body: Any,  # noqa: ANN401 - whatever of the body is to be another
) -> Write:
    return cases.moving(
        item.id,
        PROMISE,
        PromiseState,
        move,
        reason=reason,
        body=lambda was: replace(was, **body),
        due_at=due_at or SAME,
    )


def _body(promise: Promise, heard: Heard, before: Timeline, found: Met | None) -> Promised:
    readings = [one.reading for one in (*before, heard)]
    return Promised(
        promise.action,
        promise.due_text or "",
        heard.turn.n,
        needs_time=promise.due is None,
        instead_of=found.item.id if found else None,
        cause=next((one.cause.name for one in reversed(readings) if one.cause), ""),
        issue=next((one.issue.name for one in reversed(readings) if one.issue), ""),
    )


def _proposed(said_at: datetime | None, cases: Cases) -> datetime:
    return proposed_due(said_at or cases.now(), Opening(cases.shelf).hours())


def _words(promise: Promise, text: str) -> str:
    return text[promise.span.start : promise.span.end]


def _same_talk(item: Item[Promised], heard: Heard) -> bool:
    return item.conversation == heard.turn.conversation


def _said_before(item: Item[Promised], heard: Heard) -> bool:
    return item.body.n is None or item.body.n < heard.turn.n
