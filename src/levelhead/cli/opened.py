"""Does something to one tenant of the database in force, and says how it went."""

# ruff: noqa: PLC0415 - as in app.py
from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from levelhead.cli.output import say

if TYPE_CHECKING:
    from levelhead.people.team import Tenant
    from levelhead.settings import Settings
    from levelhead.storage.database import Shelf
    from levelhead.storage.library import Library

FAILED, UNUSABLE = 1, 2

Database = Annotated[str | None, typer.Option(help="PostgreSQL URL, or path of a SQLite file.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the SQLite file.")]
OfTenant = Annotated[str | None, typer.Option("--tenant", help="Slug of the tenant; the first one without it.")]


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database, and the tenant that a command is about."""

    settings: Settings
    library: Library
    tenant: Tenant

    @property
    def shelf(self) -> Shelf:
        """The tenant's rows."""
        return self.library.shelf(self.tenant.id)


def told(
    run: Callable[[Opened], str],
    tenant: str | None,
    database: str | None,
    data_dir: Path | None,
    *,
    alone: bool = False,
) -> None:
    """Do it, and say in one sentence how it went; the status is 1 or 2 where it did not.

    Levelhead may be running on the same database meanwhile. `alone`: it may not, since it would go on with what it
    remembers (timelines, keys); then nothing is done, and that is said.
    """
    from levelhead.live.unlocking import vault_of
    from levelhead.settings import WrongSetting, load
    from levelhead.storage.database import Access
    from levelhead.storage.library import Library
    from levelhead.storage.refusals import Refused

    try:
        settings = load(database=database, data_dir=data_dir)
        access = Access.ALONE if alone else Access.BESIDE
        with closing(Library.open(settings.database_url, access, vault=vault_of(settings))) as library:
            say(run(Opened(settings, library, library.tenant(tenant) if tenant else library.first)))
    except WrongSetting as wrong:
        say(str(wrong))
        raise typer.Exit(UNUSABLE) from None
    except Refused as refused:
        say(str(refused))
        raise typer.Exit(FAILED) from None
    except UnicodeEncodeError:
        say("What was typed holds bytes that are no UTF-8 text. Type it again in a terminal that speaks UTF-8.")
        raise typer.Exit(UNUSABLE) from None


def put_out(rows: Iterable[Iterable[str]]) -> None:
    """Rows for people and programs alike: a line each, with tabs between."""
    for row in rows:
        sys.stdout.write("\t".join(row) + "\n")
