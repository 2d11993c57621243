"""`levelhead customer finish`: what an erasure leaves in the files of PostgreSQL goes, too."""

# ruff: noqa: PLC0415 - as in app.py
from typing import Annotated

import typer

from levelhead.cli.opened import FAILED
from levelhead.cli.output import say

Owner = Annotated[str, typer.Option(help="PostgreSQL: URL of the role that owns the database; best a superuser.")]
NOBODY_KNOWS = (
    "The tables are written anew. This role may not turn over the write-ahead log, which holds removed rows for as "
    "long as PostgreSQL keeps its files: run this with a superuser."
)


def finish_erasure(owner: Owner) -> None:
    """Rid PostgreSQL's tables, statistics and write-ahead log of what was erased or removed. Levelhead may run.

    Wants room for the largest table a second time. Exits 1 where something may be left.
    """
    from levelhead.storage.finishing import finish
    from levelhead.storage.refusals import Refused

    try:
        finished = finish(owner)
    except Refused as refused:
        say(str(refused))
        raise typer.Exit(FAILED) from None
    if finished.left == 0:
        say("Nothing that was removed is left in the tables, in their statistics or in the write-ahead log.")
        return
    if finished.left is None:
        say(NOBODY_KNOWS)
    else:
        by = ", ".join(finished.held_by) or "the server"
        say(f"The tables are written anew. {finished.left} older files of the write-ahead log are held by {by}.")
        say("Run this again when they are let go of.")
    raise typer.Exit(FAILED)
