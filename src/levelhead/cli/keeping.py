"""The commands that look after the database: bring it up to date, copy it, put a copy back."""

# ruff: noqa: PLC0415 - as in app.py
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from levelhead.cli.output import say

commands = typer.Typer()
FAILED, UNUSABLE = 1, 2

Database = Annotated[str | None, typer.Option(help="PostgreSQL URL, or path of a SQLite file.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the SQLite file.")]
Owner = Annotated[str | None, typer.Option(help="PostgreSQL: URL of the role that owns the tables.")]


@commands.command()
def migrate(database: Database = None, data_dir: DataDir = None, owner: Owner = None) -> None:
    """Bring the tables to this version. PostgreSQL: as their owner, letting in the role that the database names."""

    def run(application: str) -> str:
        from levelhead.storage.database import Access
        from levelhead.storage.library import Library
        from levelhead.storage.owning import prepare

        if owner is None:
            Library.open(application, Access.ALONE).close()
        else:
            prepare(owner, application)
        return "The database is up to date."

    _told(run, database, data_dir)


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to be written; it must not be there yet.")],
    database: Database = None,
    data_dir: DataDir = None,
    owner: Owner = None,
) -> None:
    """Copy the whole database to a file, while Levelhead runs or not, and read the copy again."""

    def run(application: str) -> str:
        from levelhead.storage.backup import back_up

        return f"{file} holds {_counted(back_up(owner or application, file))}; read again, nothing is missing."

    _told(run, database, data_dir)


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `levelhead backup` wrote.")],
    database: Database = None,
    data_dir: DataDir = None,
    owner: Owner = None,
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the database holds now.")] = False,
) -> None:
    """Put a backup in the place of the database, with Levelhead stopped, and read it again."""

    def run(application: str) -> str:
        from levelhead.storage.backup import restore as put_back

        rows = put_back(file, owner or application, application, replace=replace)
        return f"The database holds {_counted(rows)} from {file}; read again, nothing is missing."

    _told(run, database, data_dir)


def _told(run: Callable[[str], str], database: str | None, data_dir: Path | None) -> None:
    """Do it to the database in force, and say in one sentence how it went; the status is 1 or 2 where it did not."""
    from levelhead import settings
    from levelhead.storage.refusals import Refused

    try:
        say(run(settings.load(database=database, data_dir=data_dir).database_url))
    except settings.WrongSetting as wrong:
        say(str(wrong))
        raise typer.Exit(UNUSABLE) from None
    except Refused as refused:
        say(str(refused))
        raise typer.Exit(FAILED) from None


def _counted(rows: Mapping[str, int]) -> str:
    return f"{sum(rows.values())} rows in {len(rows)} tables"
