"""The editions of packs that a tenant has made: added to, put into force one after the other, and never changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from levelhead.casework.edition import BUILT_IN, EDITING, Edition, EditionMove, EditionState, draft
from levelhead.casework.machine import NotPossible
from levelhead.packs import Standing
from levelhead.people.audit import Deed
from levelhead.people.audit_actor import who_acts
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf, in_turn
from levelhead.storage.refusals import Refused

_ROW = tables.pack_edition.c
_TOLD = [column for column in _ROW if column.name != "body"]
"""Everything but the text, which is long."""
_IN_FORCE = select(_ROW.pack, _ROW.id, _ROW.number, _ROW.back_to).where(_ROW.state == EditionState.IN_FORCE.value)


class UnknownEdition(Refused):
    """The pack has no edition of this number."""


class Overtaken(Refused):
    """Somebody else has edited the pack since whoever writes looked at it."""


class Editions:
    """The editions of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def standing(self) -> Mapping[str, Standing]:
        """The edition in force of each pack that has one; not where somebody went back to the built-in pack."""
        return self._shelf.once("editions", self._standing)

    def _standing(self) -> Mapping[str, Standing]:
        with self._shelf.reading() as connection:
            rows = connection.execute(_IN_FORCE).all()
        return {row.pack: Standing(row.id, row.number) for row in rows if row.back_to != BUILT_IN}

    def text_of(self, edition: UUID) -> str:
        """The text of an edition. Raises UnknownEdition."""
        with self._shelf.reading() as connection:
            text = connection.scalar(select(_ROW.body).where(_ROW.id == edition))
        if text is None:
            raise UnknownEdition("There is no such edition.")
        return str(text)

    def of(self, pack: str) -> tuple[Edition, ...]:
        """Every edition of a pack, the newest first."""
        with self._shelf.reading() as connection:
            return _of(connection, pack)

    def everything(self) -> tuple[Edition, ...]:
        """Every edition of every pack, the newest first."""
        with self._shelf.reading() as connection:
            return tuple(map(_edition, connection.execute(select(*_TOLD).order_by(_ROW.at.desc(), _ROW.number.desc()))))

    def numbered(self, pack: str, number: int) -> Edition:
        """The edition of this number. Raises UnknownEdition."""
        return _numbered(self.of(pack), number)

    def write(self, pack: str, text: str, why: str, after: int) -> Edition:
        """A new draft, in the place of the one that waited. `after` is the newest number its writer has seen.

        Raises Overtaken.
        """
        with self._shelf.writing() as connection:
            known = self._known(connection, pack, after)
            waiting = draft(known)
            if waiting is not None:
                self._move(connection, waiting, EditionMove.SET_ASIDE)
            return self._add(connection, pack, EditionMove.WRITE, text, why, after + 1)

    def set_aside(self, pack: str, number: int) -> Edition:
        """Give a draft up. Raises UnknownEdition, or Overtaken where it is no draft any more."""
        with self._shelf.writing() as connection:
            in_turn(connection, f"pack {pack}")
            gone = self._move(connection, _numbered(_of(connection, pack), number), EditionMove.SET_ASIDE)
            note(connection, Deed.PACK_SET_ASIDE, f"{pack}:{number}", at=gone.ended_at)
            return gone

    def put_in_force(self, pack: str, number: int) -> Edition:
        """Have a draft count from the next turn on. Raises UnknownEdition, or Overtaken where it is a draft no more."""
        with self._shelf.writing() as connection:
            in_turn(connection, f"pack {pack}")
            known = _of(connection, pack)
            chosen = _numbered(known, number)
            self._replace(connection, known)
            settled = self._move(connection, chosen, EditionMove.PUT_IN_FORCE)
            note(connection, Deed.PACK_SETTLED, f"{pack}:{number}", at=settled.settled_at)
            return settled

    def go_back(self, pack: str, to: int, text: str, why: str, after: int) -> Edition:
        """A new edition with the text of an older one, in force at once; `after` as in `write`. Raises Overtaken."""
        with self._shelf.writing() as connection:
            self._replace(connection, self._known(connection, pack, after))
            made = self._add(connection, pack, EditionMove.GO_BACK, text, why, after + 1, back_to=to)
            note(connection, Deed.PACK_SETTLED, f"{pack}:{made.number}", at=made.settled_at)
            return made

    def _known(self, connection: Connection, pack: str, after: int) -> tuple[Edition, ...]:
        in_turn(connection, f"pack {pack}")
        known = _of(connection, pack)
        if after != (known[0].number if known else BUILT_IN):
            raise Overtaken("Somebody has edited this pack in the meantime. Look at their edition first.")
        return known

    def _add(
        self, connection: Connection, pack: str, move: EditionMove, text: str, why: str, number: int,
        back_to: int | None = None,
    ) -> Edition:  # fmt: skip
        now, who, state = self._clock(), who_acts(), EDITING.begin(move)
        made = Edition(new_id(), pack, number, state, why, who, now, back_to)
        if state is EditionState.IN_FORCE:
            made = replace(made, settled_by=who, settled_at=now)
        row = {"id": made.id, "pack": pack, "number": number, "state": state.value, "body": text, "why": why}
        row |= {"written_by": who, "at": now, "back_to": back_to}
        row |= {"settled_by": made.settled_by, "settled_at": made.settled_at}
        connection.execute(insert(tables.pack_edition), row)
        if state is EditionState.DRAFT:
            note(connection, Deed.PACK_DRAFTED, f"{pack}:{number}", at=now)
        return made

    def _replace(self, connection: Connection, known: tuple[Edition, ...]) -> None:
        for one in known:
            if one.state is EditionState.IN_FORCE:
                self._move(connection, one, EditionMove.REPLACE)

    def _move(self, connection: Connection, was: Edition, move: EditionMove) -> Edition:
        now = self._clock()
        try:
            state = EDITING.after(was.state, move)
        except NotPossible:
            raise Overtaken(f"Edition {was.number} is no draft any more. Look at where the pack stands now.") from None
        if state is EditionState.IN_FORCE:
            moved = replace(was, state=state, settled_by=who_acts(), settled_at=now)
        else:
            moved = replace(was, state=state, ended_at=now)
        told = {"state": state.value, "settled_by": moved.settled_by, "settled_at": moved.settled_at}
        told |= {"ended_at": moved.ended_at}
        connection.execute(update(tables.pack_edition).where(_ROW.id == was.id).values(told))
        return moved


def _of(connection: Connection, pack: str) -> tuple[Edition, ...]:
    query = select(*_TOLD).where(_ROW.pack == pack).order_by(_ROW.number.desc())
    return tuple(map(_edition, connection.execute(query)))


def _numbered(known: tuple[Edition, ...], number: int) -> Edition:
    found = next((one for one in known if one.number == number), None)
    if found is None:
        raise UnknownEdition(f"This pack has no edition {number}.")
    return found


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        row.id, row.pack, row.number, EditionState(row.state), row.why, row.written_by, row.at, row.back_to,
        row.settled_by, row.settled_at, row.ended_at,
    )  # fmt: skip
