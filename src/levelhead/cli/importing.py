"""Brings in customers, or past conversations with them, from a file of another system."""

# ruff: noqa: PLC0415 - as in app.py
from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from levelhead.cli.opened import UNUSABLE, Database, DataDir, OfTenant, Opened, told
from levelhead.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO
    from uuid import UUID

    from levelhead.channels.customer_rows import CustomerRow
    from levelhead.channels.history import PastConversation
    from levelhead.channels.malformed import Malformed
    from levelhead.listening.reader import Reader

MOST_SAID = 20
"""Complaints that are printed; a file with more has one cause for most of them."""


def import_customers(
    file: Annotated[Path, typer.Argument(help="JSON lines, or CSV with a header; - for standard input.")],
    history: Annotated[bool, typer.Option("--history", help="Past conversations, a turn a row.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be new.")] = False,
    team: Annotated[str | None, typer.Option(help="The team of past conversations, where there are several.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Bring in customers, or with --history what was said before. Doing it again changes nothing.

    While any line is not as agreed, nothing is brought in, and each such line is named with its field.
    """

    def run(opened: Opened) -> str:
        if history:
            return _history(opened, file, team, dry_run=dry_run)
        return _customers(opened, file, dry_run=dry_run)

    told(run, tenant, database, data_dir)


def _customers(opened: Opened, file: Path, *, dry_run: bool) -> str:
    from levelhead.channels.customer_rows import customers_from
    from levelhead.storage.profiles import Profiles

    bad: list[Malformed] = []
    with _opened(file) as stream:
        rows: list[CustomerRow] = list(customers_from(stream, str(file), on_bad=bad.append))
    _check(bad)
    profiles = Profiles(opened.library.of(opened.tenant.id))
    if dry_run:
        new = sum(not profiles.known(row.reference, row.name, row.profile) for row in rows)
        return f"Nothing was brought in. Of {len(rows)} customers {new} would be new or changed."
    new = sum(profiles.imported(row.reference, row.name, row.profile) for row in rows)
    return f"Of {len(rows)} customers {new} are new or changed."


def _history(opened: Opened, file: Path, team: str | None, *, dry_run: bool) -> str:
    from levelhead.channels.history import history_from
    from levelhead.live.importing import Found, Importing
    from levelhead.live.packs_in_force import packs_of

    bad: list[Malformed] = []
    with _opened(file) as stream:
        talks: list[PastConversation] = list(history_from(stream, str(file), on_bad=bad.append))
    _check(bad)
    team_id = _team(opened, team)
    importing = Importing(opened.library.of(opened.tenant.id), _reader(), packs_of(opened.shelf).load)
    # All are looked at before the first is kept, so that what cannot be is said while nothing has been done.
    new = sum(importing.look(talk.turns) is Found.NEW for talk in talks)
    if dry_run:
        return f"Nothing was brought in. Of {len(talks)} conversations {new} would be new."
    for talk in talks:
        importing.keep(talk.turns, talk.ended, team_id)
    return f"Of {len(talks)} conversations {new} are new."


def _team(opened: Opened, name: str | None) -> UUID:
    from levelhead.storage.teams import Teams, UnknownTeam

    teams = Teams(opened.shelf)
    if name is not None:
        return teams.named(name).id
    known = teams.all()
    if len(known) != 1:
        raise UnknownTeam(f"Say which team with --team: {', '.join(one.name for one in known)}.")
    return known[0].id


def _reader() -> Reader | None:
    from levelhead import models

    try:
        return models.load()
    except models.ModelMissing as missing:
        say(str(missing))
        return None


def _check(bad: list[Malformed]) -> None:
    for one in bad[:MOST_SAID]:
        say(str(one))
    if bad:
        rest = f" ({len(bad) - MOST_SAID} more are not shown)" if len(bad) > MOST_SAID else ""
        say(f"Nothing was brought in: {len(bad)} lines are not as agreed{rest}. Mend them and do it again.")
        raise typer.Exit(UNUSABLE)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    import sys

    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = file.open("rb")
    except OSError as error:
        say(f"{file} cannot be read: {error.strerror}.")
        raise typer.Exit(UNUSABLE) from None
    with stream:
        yield stream
