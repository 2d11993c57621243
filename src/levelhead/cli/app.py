"""The commands and their options. What a command needs is imported when it runs, so that each one starts at once."""

# ruff: noqa: PLC0415
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from levelhead.cli import auditing, customers, follow_ups, hours, keeping, outbox, packs, people, tokens

app = typer.Typer(
    name="levelhead",
    help="Levelhead sits beside the person who handles a difficult customer conversation.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(keeping.commands)
app.add_typer(auditing.commands, name="audit")
app.add_typer(follow_ups.follow_ups, name="follow-ups")
app.add_typer(hours.hours, name="hours")
app.add_typer(outbox.outbox, name="outbox")
app.add_typer(packs.packs, name="packs")
app.add_typer(people.person, name="person")
app.add_typer(people.team, name="team")
app.add_typer(people.tenant, name="tenant")
app.add_typer(tokens.token, name="token")
app.add_typer(customers.customer, name="customer")
app.add_typer(customers.retention, name="retention")
app.add_typer(customers.keys, name="keys")

UNUSABLE = 2
"""Exit status for input or settings that cannot be used."""


class Format(StrEnum):
    """Whom the output is for."""

    TEXT = "text"
    JSON = "json"


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the database.")] = None,
    database: Annotated[str | None, typer.Option(help="PostgreSQL URL, or path of a SQLite file.")] = None,
    demo: Annotated[bool | None, typer.Option("--demo/--no-demo", help="Play the demo conversations.")] = None,
) -> None:
    """Serve the pages and the API. What is not given here comes from the settings."""
    from levelhead.cli.serving import serve as run

    raise typer.Exit(run(host=host, port=port, data_dir=data_dir, database=database, demo=demo))


@app.command()
def read(
    files: Annotated[list[str], typer.Argument(help="JSON lines or CSV; - for standard input.", metavar="FILE…")],
    form: Annotated[Format, typer.Option("--format", help="For people (text) or for programs (json).")] = Format.TEXT,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Pass over malformed lines and count them.")] = False,
    why: Annotated[bool, typer.Option("--why", help="In text: say also why there is no card.")] = False,
) -> None:
    """Read conversations from files, turn by turn: what each turn shows, where the steps stand, the card."""
    from levelhead.cli.files import read_files
    from levelhead.cli.output import JsonOutput

    if form is Format.JSON:
        raise typer.Exit(read_files(files, JsonOutput(), skip_bad=skip_bad))
    from levelhead.cli.terminal import TerminalOutput

    raise typer.Exit(read_files(files, TerminalOutput(why=why), skip_bad=skip_bad))


@app.command()
def replay(
    conversation: Annotated[str | None, typer.Argument(help="One conversation; all of them without it.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the database.")] = None,
    database: Annotated[str | None, typer.Option(help="PostgreSQL URL, or path of a SQLite file.")] = None,
) -> None:
    """Hear every kept turn again and compare with what was kept, bit for bit. Exits 1 where anything differs."""
    from levelhead.cli.replaying import replay as run

    raise typer.Exit(run(conversation, data_dir, database))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def bench(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Which benchmark; without it they are listed.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Folder that holds corpus/ and data/.")] = None,
    form: Annotated[Format, typer.Option("--format", help="For people (text) or for programs (json).")] = Format.TEXT,
) -> None:
    """Measure: run one of the benchmarks that come with the source code. Exits 1 where a bound is missed."""
    from levelhead.cli.benching import bench as run

    raise typer.Exit(run(name, data, form.value, context.args))


@app.command()
def version() -> None:
    """Print the version, and the name of the weights that read."""
    from levelhead.cli.output import version as run

    run()
