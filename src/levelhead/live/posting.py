"""Mails laid out: in the transaction that decides them, and what becomes of each with whatever it belongs to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from levelhead.casework.follow_up import ANSWER_WITHIN, FOLLOW_UP, FollowUp, FollowUpMove, FollowUpState, Told
from levelhead.casework.item import Item, Kind
from levelhead.casework.mail import DEAD, LEASE, MAIL, Attempt, Came, Mail, MailMove, MailState, Of, after
from levelhead.live.not_asking import told
from levelhead.live.outbox_schedule import pause
from levelhead.people.audit import Deed
from levelhead.storage.audit_notes import noted
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases, UnknownItem, where_possible
from levelhead.storage.opening_hours import Opening

UNSEEN = "the mail may have arrived: nobody heard what the mail server said"


def laid_out(cases: Cases, key: str, mail: Mail, of: Item[Any]) -> Write:
    """Lays a mail out, in the transaction of what decides it."""
    return cases.opening(
        Kind.MAIL,
        key,
        mail,
        machine=MAIL,
        move=MailMove.LAY_OUT,
        conversation=of.conversation,
        customer=of.customer,
        team=of.team,
        due_at=cases.now(),
    )


def taken(cases: Cases, item: Item[Mail]) -> Iterator[Write]:
    """Writes that a mail is in hand, before its address is opened; that look is in the audit."""
    until = cases.now() + LEASE
    yield cases.moving(item.id, MAIL, MailState, MailMove.TAKE, due_at=until)
    yield noted(Deed.SEALED_SEEN, f"mail:{item.id}", conversation=item.body.to.conversation)


def settled(cases: Cases, item: Item[Mail], attempt: Attempt, chance: float) -> Iterator[Write]:
    """Writes what came of an attempt, with what it means for what the mail belongs to; `chance` is in [0, 1)."""
    now = cases.now()
    move, body = after(item.body, item.opened_at, attempt, now)
    due = now + pause(body.attempts, chance) if move is MailMove.PUT_BACK else None
    yield cases.moving(item.id, MAIL, MailState, move, body=body, due_at=due)
    if body.of is Of.FOLLOW_UP and move is not MailMove.PUT_BACK:
        yield where_possible(tuple(_follow_up(cases, body, move)))


def lost(cases: Cases, item: Item[Mail]) -> Iterator[Write]:
    """Writes that nobody knows what became of a mail that was in hand too long: its process was ended."""
    return settled(cases, item, Attempt(Came.UNKNOWN, UNSEEN), 0.0)


def called_off(cases: Cases, item: Item[Mail]) -> Write:
    """Writes that a mail is needed no longer."""
    return cases.moving(item.id, MAIL, MailState, MailMove.CALL_OFF, due_at=None)


def send_again(cases: Cases, mail: UUID) -> None:
    """Have the post try a dead mail again; a person has decided that. Raises NotNow or UnknownItem."""
    item = cases.get(mail)
    if item.kind is not Kind.MAIL:
        raise UnknownItem("There is no such mail.")
    body = replace(item.body, attempts=0, trouble="")
    cases.write(cases.moving(mail, MAIL, MailState, MailMove.SEND_AGAIN, body=body, due_at=cases.now()))


def dead(cases: Cases) -> tuple[Item[Mail], ...]:
    """The mails of surveys that wait for a person; a follow-up's trouble stands in the follow-up."""
    return tuple(item for item in cases.standing(Kind.MAIL, DEAD) if item.body.of is Of.SURVEY)


def _follow_up(cases: Cases, mail: Mail, move: MailMove) -> Iterator[Write]:
    now, item = cases.now(), cases.get(mail.item)
    arrived = move is MailMove.ARRIVE
    done = FollowUpMove.ARRIVE if arrived else FollowUpMove.FAIL

    def body(was: FollowUp) -> FollowUp:
        if arrived:
            return replace(was, told=Told(now, None, by_us=True), trouble="")
        return replace(was, trouble=mail.trouble)

    due: datetime = Opening(cases.shelf).hours().opens_after(now + ANSWER_WITHIN) if arrived else now
    yield cases.moving(item.id, FOLLOW_UP, FollowUpState, done, body=body, due_at=due)
    if item.state == FollowUpState.LEAVING:
        yield told(cases, item, FOLLOW_UP.after(FollowUpState.LEAVING, done))
