"""The commands for packs: whether a file can be one, and the text of those that come with Levelhead."""

# ruff: noqa: PLC0415 - as in app.py
from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

packs = typer.Typer(help="Packs: what Levelhead says, and by which rules.", no_args_is_help=True)
_Name = Annotated[
    str | None, typer.Option("--as", help="The pack that it is meant for; the name of the file otherwise.")
]
UNUSABLE = 2


@packs.command("check")
def check(file: Annotated[Path, typer.Argument(help="A pack, in TOML.", metavar="FILE")], name: _Name = None) -> None:
    """Read a file as the desk would; a slip is named with its line and its mend. Exits 2 where there is one."""
    from levelhead.cli.output import say
    from levelhead.packs.checking import NotUsable
    from levelhead.packs.checking import check as read
    from levelhead.packs.kinds import is_pack, names

    pack = name or file.name.removesuffix(".toml")
    if not is_pack(pack):
        say(f"There is no pack {pack!r}; say which it is meant for with --as: {', '.join(names())}.")
        raise typer.Exit(UNUSABLE)
    try:
        read(pack, file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        say(f"{file} cannot be read: {error}.")
        raise typer.Exit(UNUSABLE) from None
    except NotUsable as slip:
        say(f"{file}: {slip}.")
        raise typer.Exit(UNUSABLE) from None
    sys.stdout.write(f"{file} can be {pack}.\n")


@packs.command("show")
def show(name: Annotated[str, typer.Argument(help="Such as remedies.en-GB.", metavar="PACK")]) -> None:
    """Print a pack that comes with Levelhead, to begin from."""
    from levelhead.cli.output import say
    from levelhead.packs import text_of
    from levelhead.packs.kinds import is_pack, names

    if not is_pack(name):
        say(f"There is no pack {name!r}. There are: {', '.join(names())}.")
        raise typer.Exit(UNUSABLE)
    sys.stdout.write(text_of(name))
