"""What teams have settled about their cards, and what their agents said to them, counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from levelhead.advising.overlay import Adjustment, How
from levelhead.casework.machine import NotPossible
from levelhead.casework.teaching import SETTLING, Counted, Proposal, Settled, SettledMove, SettledState
from levelhead.conversation import CardKind
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import who_acts
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.records import CardAnswer
from levelhead.storage.refusals import Refused


class UnknownSettled(Refused):
    """Nothing of this id has been settled."""


class AlreadySettled(Refused):
    """Somebody was quicker."""


_ROW = tables.card_settled.c
_OF_TEAM = (_ROW.team == bindparam("of_team")) & (_ROW.state == SettledState.IN_FORCE.value)
_IN_FORCE = select(tables.card_settled).where(_OF_TEAM).order_by(_ROW.number)


class Teaching:
    """The overlays of one tenant's teams. Nothing is overwritten but that and when something ended."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    @property
    def shelf(self) -> Shelf:
        """The tenant's rows."""
        return self._shelf

    def now(self) -> datetime:
        """The moment that counts."""
        return self._clock()

    def in_force(self, team: UUID | None) -> tuple[Adjustment, ...]:
        """What is laid over the pack for this team's cards now."""
        if team is None:
            return ()
        now = self._clock()
        with self._shelf.reading() as connection:
            rows = connection.execute(_IN_FORCE, {"of_team": team}).all()
        return tuple(one.adjustment for one in map(_settled, rows) if one.is_in_force(now))

    def numbered(self) -> Mapping[int, Adjustment]:
        """Everything that was ever in force, by its number: what replay needs."""
        with self._shelf.reading() as connection:
            rows = connection.execute(select(tables.card_settled))
            return {row.number: _adjustment(row) for row in rows}

    def settled(self, team: UUID) -> tuple[Settled, ...]:
        """What this team has decided, the newest first."""
        row = tables.card_settled.c
        query = select(tables.card_settled).where(row.team == team).order_by(row.number.desc())
        with self._shelf.reading() as connection:
            return tuple(_settled(one) for one in connection.execute(query))

    def one(self, settled: UUID) -> Settled:
        """The decision of this id. Raises UnknownSettled."""
        with self._shelf.reading() as connection:
            return _one(connection, settled)

    def approve(self, team: UUID, proposal: Proposal, why: str = "") -> Settled:
        """From now on the team's cards are advised so, for as long as was proposed. Raises AlreadySettled."""
        return self._decide(team, proposal, SettledMove.APPROVE, self._until(proposal.lasts), why)

    def decline(self, team: UUID, proposal: Proposal, until: datetime, why: str = "") -> Settled:
        """Leave everything as it is, and ask again after `until` at the earliest. Raises AlreadySettled."""
        return self._decide(team, proposal, SettledMove.DECLINE, until, why)

    def hold_out(self, team: UUID, share: int) -> Settled | None:
        """Hold out this share (percent) of the team's cards from now on; 0 holds out none. What is settled now."""
        now, who = self._clock(), who_acts()
        with self._shelf.writing() as connection:
            for one in self._holding_out(connection, team):
                self._end(connection, one, who, now)
            if not share:
                return None
            new = Settled(new_id(), team, Adjustment(0, How.HOLD_OUT, "", share), SettledState.IN_FORCE, who, now)
            return _insert(connection, new, self._next(connection))

    def held_out(self) -> Mapping[UUID, int]:
        """The share (percent) of cards that is held out, of each team that holds out any."""
        row = tables.card_settled.c
        standing = (row.how == How.HOLD_OUT.value) & (row.state == SettledState.IN_FORCE.value)
        with self._shelf.reading() as connection:
            rows = connection.execute(select(row.team, row.level).where(standing).order_by(row.number))
            return {one.team: one.level for one in rows}

    def end(self, settled: UUID) -> Settled:
        """Take a decision back: from now on it is as if it had not been made. Raises UnknownSettled, AlreadySettled."""
        with self._shelf.writing() as connection:
            return self._end(connection, _one(connection, settled), who_acts(), self._clock())

    def counted(self, team: UUID, since: datetime) -> tuple[Counted, ...]:
        """What the team's agents said to the cards of each rule since then; the last answer to a card counts."""
        answer, talk = tables.card_answer.c, tables.conversation.c
        theirs = (talk.team == team) & answer.rule.is_not(None) & (answer.answered_at >= since)
        query = select(tables.card_answer).join(tables.conversation).where(theirs)
        with self._shelf.reading() as connection:
            rows = connection.execute(query.order_by(answer.id)).all()
        return tuple(_counted({(row.conversation, row.card): row for row in rows}.values()))

    def _until(self, lasts: Any) -> datetime | None:  # noqa: ANN401 - a timedelta or None
        return None if lasts is None else self._clock() + lasts

    def _decide(self, team: UUID, proposal: Proposal, move: SettledMove, until: datetime | None, why: str) -> Settled:
        now, who = self._clock(), who_acts()
        change = Adjustment(0, proposal.how, proposal.rule, proposal.level)
        new = Settled(
            new_id(), team, change, SETTLING.begin(move), who, now, why, until,
            proposal.counted.answers, proposal.against,
        )  # fmt: skip
        with self._shelf.writing() as connection:
            number = self._next(connection)
            rows = connection.execute(select(tables.card_settled).where(tables.card_settled.c.team == team))
            if any(one.stands(now) and one.adjustment.rule == proposal.rule for one in map(_settled, rows)):
                raise AlreadySettled("This has been decided in the meantime.")
            return _insert(connection, new, number)

    def _next(self, connection: Connection) -> int:
        # The tenant's row keeps two who decide at once apart; SQLite has one writer anyway.
        connection.execute(select(tables.tenant.c.id).where(tables.tenant.c.id == self._shelf.tenant).with_for_update())
        return 1 + (connection.scalar(select(func.max(tables.card_settled.c.number))) or 0)

    def _holding_out(self, connection: Connection, team: UUID) -> Iterable[Settled]:
        row = tables.card_settled.c
        standing = (row.how == How.HOLD_OUT.value) & (row.state == SettledState.IN_FORCE.value) & (row.team == team)
        return [_settled(one) for one in connection.execute(select(tables.card_settled).where(standing))]

    def _end(self, connection: Connection, was: Settled, who: str, now: datetime) -> Settled:
        try:
            state = SETTLING.after(was.state, SettledMove.END)
        except NotPossible:
            raise AlreadySettled("This has been taken back already.") from None
        mine = (tables.card_settled.c.id == was.id) & (tables.card_settled.c.state == was.state.value)
        told = {"state": state.value, "ended_by": who, "ended_at": now}
        if connection.execute(update(tables.card_settled).where(mine).values(told)).rowcount != 1:
            raise AlreadySettled("This has been taken back already.")
        note(connection, Deed.CARDS_UNSETTLED, f"{was.team}:+{was.adjustment.number}", who=who, at=now)
        return replace(was, state=state, ended_by=who, ended_at=now)


def _insert(connection: Connection, new: Settled, number: int) -> Settled:
    made = replace(new, adjustment=replace(new.adjustment, number=number))
    row = {"id": made.id, "team": made.team, "number": number, "how": made.adjustment.how.value}
    row |= {"rule": made.adjustment.rule, "level": made.adjustment.level, "state": made.state.value, "why": made.why}
    row |= {"answers": made.answers, "against": made.against, "settled_by": made.by, "at": made.at}
    connection.execute(insert(tables.card_settled), row | {"until": made.until})
    note(connection, Deed.CARDS_SETTLED, f"{made.team}:+{number}:{made.state}", who=made.by, at=made.at)
    return made


def _one(connection: Connection, settled: UUID) -> Settled:
    row = connection.execute(select(tables.card_settled).where(tables.card_settled.c.id == settled)).one_or_none()
    if row is None:
        raise UnknownSettled("There is no such decision.")
    return _settled(row)


def _adjustment(row: Row[Any]) -> Adjustment:
    return Adjustment(row.number, How(row.how), row.rule, row.level)


def _settled(row: Row[Any]) -> Settled:
    return Settled(
        row.id, row.team, _adjustment(row), SettledState(row.state), row.settled_by, row.at, row.why, row.until,
        row.answers, row.against, row.ended_by, row.ended_at,
    )  # fmt: skip


def _counted(answers: Iterable[Row[Any]]) -> Iterator[Counted]:
    for (rule, kind), of_rule in groupby(sorted(answers, key=_what), key=_what):
        rows = list(of_rule)
        said = [row.answer for row in rows]
        yield Counted(
            rule,
            CardKind(kind),
            used=said.count(CardAnswer.USED),
            not_now=said.count(CardAnswer.NOT_NOW),
            wrong=said.count(CardAnswer.WRONG),
            conversations=len({row.conversation for row in rows}),
        )


def _what(row: Row[Any]) -> tuple[str, str]:
    return row.rule, row.kind
