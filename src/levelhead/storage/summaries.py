"""Conversations at a glance: one query for the whole list, so that no conversation is read through for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Subquery, and_, case, func, select

from levelhead.conversation import Advice, Channel, Heard, Move, Reading, Timeline, Turn
from levelhead.people.sight import Sight
from levelhead.privacy.objections import Mark, as_marked
from levelhead.storage import tables
from levelhead.storage.holding import in_sight
from levelhead.storage.keyring import KeyGone
from levelhead.storage.marks import marks_of
from levelhead.storage.records import CardAnswer, ConversationSummary
from levelhead.storage.stored import from_stored
from levelhead.storage.vault import Words

_GOODBYES = (Move.CLOSE, Move.END_CONTACT)
_TAKES_AWAY = [answer.value for answer in CardAnswer if answer.takes_away]


AtHand = Callable[[str], Timeline | None]
"""What memory holds of a conversation; None where it does not."""


def latest(
    connection: Connection, limit: int, words_of: Callable[[UUID | None], Words], sight: Sight, at_hand: AtHand
) -> tuple[ConversationSummary, ...]:
    """The `limit` conversations in sight heard last, newest first; one whose key was destroyed is not among them.

    What is `at_hand` is not opened again.
    """
    rows = connection.execute(_glances(limit, sight)).all()
    names = [row.id for row in rows]
    away, marks = _taken_away(connection, names), marks_of(connection, names)
    return tuple(_summaries(rows, away, marks, words_of, at_hand))


def _summaries(
    rows: Iterable[Row[Any]],
    away: set[str],
    marks: Mapping[str, Mapping[int, tuple[Mark, ...]]],
    words_of: Callable[[UUID | None], Words],
    at_hand: AtHand,
) -> Iterator[ConversationSummary]:
    for row in rows:
        known = {heard.turn.n: heard for heard in at_hand(row.id) or ()}
        with suppress(KeyGone):
            yield _summary(row, away, marks.get(row.id, {}).get(row.felt_n, ()), words_of(row.held_by), known)


def _glances(limit: int, sight: Sight) -> Select[Any]:
    """Each recent conversation with its last turn, and with the last customer turn that could be read."""
    known = select(tables.conversation).where(in_sight(tables.conversation, sight))
    recent = known.order_by(tables.conversation.c.heard_at.desc()).limit(limit).subquery("recent")
    counted = _counted(recent)
    last, last_read = tables.turn.alias("last"), tables.reading.alias("last_read")
    felt_read = tables.reading.alias("felt_read")
    return (
        select(
            recent,
            counted.c.turns,
            counted.c.last_n,
            counted.c.felt_n,
            last.c.turn,
            last_read.c.reading,
            tables.advice.c.advice,
        )
        .add_columns(felt_read.c.reading.label("felt"))
        .add_columns(tables.customer_of.c.customer.label("held_by"))
        .select_from(recent)
        .join(counted, counted.c.conversation == recent.c.id)
        .join(last, and_(last.c.conversation == recent.c.id, last.c.n == counted.c.last_n))
        .join(last_read, _of_turn(last_read, last))
        .join(tables.advice, _of_turn(tables.advice, last))
        .outerjoin(tables.customer_of, tables.customer_of.c.conversation == recent.c.id)
        .outerjoin(felt_read, and_(felt_read.c.conversation == recent.c.id, felt_read.c.n == counted.c.felt_n))
        .order_by(recent.c.heard_at.desc())
    )


def _of_turn(made: FromClause, turn: FromClause) -> ColumnElement[bool]:
    return and_(made.c.conversation == turn.c.conversation, made.c.n == turn.c.n)


def _counted(recent: Subquery) -> Subquery:
    read = tables.reading.c
    felt_n = func.max(case((read.emotion.is_not(None), read.n)))
    columns = (func.count().label("turns"), func.max(read.n).label("last_n"), felt_n.label("felt_n"))
    counted = select(read.conversation, *columns).where(read.conversation.in_(select(recent.c.id)))
    return counted.group_by(read.conversation).subquery("counted")


def _taken_away(connection: Connection, conversations: list[str]) -> set[str]:
    answers = tables.card_answer.c
    taken = answers.conversation.in_(conversations) & answers.answer.in_(_TAKES_AWAY)
    return set(connection.scalars(select(answers.card).where(taken)))


def _summary(
    row: Row[Any], away: set[str], marks: tuple[Mark, ...], words: Words, known: Mapping[int, Heard]
) -> ConversationSummary:
    last = known.get(row.last_n) or _opened(row, words)
    showing = last.advice.showing
    felt = as_marked(_felt(row, words, known), marks) if row.felt else None
    shown = felt.of_customer if felt else None
    return ConversationSummary(
        id=row.id,
        channel=Channel(row.channel),
        locale=row.locale,
        customer=row.customer and words.give(row.customer, "name", row.id),
        last_heard_at=row.heard_at,
        turns=row.turns,
        last_turn=last.turn,
        emotion=shown.emotion if shown else None,
        intensity=shown.intensity if shown else None,
        outlook=felt.outlook if felt else None,
        showing=None if showing is None or showing.id in away else showing,
        ended=any(last.reading.shows(goodbye) for goodbye in _GOODBYES),
    )


def _opened(row: Row[Any], words: Words) -> Heard:
    """The last turn."""
    turn, reading, advice = (
        words.give(kept, name, row.id, row.last_n)
        for name, kept in (("turn", row.turn), ("reading", row.reading), ("advice", row.advice))
    )
    return Heard(from_stored(Turn, turn), from_stored(Reading, reading), from_stored(Advice, advice))


def _felt(row: Row[Any], words: Words, known: Mapping[int, Heard]) -> Reading:
    """What was read in the last customer turn that could be read."""
    if row.felt_n in known:
        return known[row.felt_n].reading
    return from_stored(Reading, words.give(row.felt, "reading", row.id, row.felt_n))
