"""`levelhead outbox`: who is told what happens, what has not arrived, and sending it again."""

# ruff: noqa: PLC0415 - as in app.py
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from levelhead.cli.opened import FAILED, UNUSABLE, Database, DataDir, OfTenant, Opened, put_out, told
from levelhead.cli.output import say

outbox = typer.Typer(help="Events: where they go, what has not arrived.", no_args_is_help=True)

Which = Annotated[UUID, typer.Argument(help="The destination's id, as `levelhead outbox destinations` says it.")]


@outbox.command("list")
def list_outbox(
    state: Annotated[str | None, typer.Option(help="Only these: waiting, sent or dead.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """What lies in the outbox, the oldest first: event, kind, time, destination, state, attempts, trouble."""

    def run(opened: Opened) -> str:
        from levelhead.storage.outbox import Outbox, State

        found = Outbox(opened.shelf).listed(State(state) if state else None, limit=10_000)
        put_out(
            (
                str(one.event.id),
                one.event.kind,
                f"{one.event.at:%Y-%m-%d %H:%M:%S}",
                str(one.destination),
                one.state.value,
                str(one.attempts),
                one.trouble or "",
            )
            for one in found
        )
        return f"{opened.tenant.name}: {len(found)} in all."

    if state not in (None, "waiting", "sent", "dead"):
        say(f"--state: waiting, sent or dead, not {state!r}.")
        raise typer.Exit(UNUSABLE)
    _looked(run, tenant, database, data_dir)


@outbox.command("resend")
def resend(
    event: Annotated[UUID | None, typer.Option(help="Only this event.")] = None,
    destination: Annotated[UUID | None, typer.Option(help="Only what is for this destination.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Have dead events sent again, with the ids that they had; a Levelhead that runs takes them up within a second."""

    def run(opened: Opened) -> str:
        from levelhead.storage.outbox import Outbox

        waiting = Outbox(opened.shelf).resend(datetime.now(UTC), event, destination)
        return f"{waiting} will be sent again, within a second where Levelhead runs."

    told(run, tenant, database, data_dir)


@outbox.command("destinations")
def destinations(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Where events go: id, address, kinds, on or off."""

    def run(opened: Opened) -> str:
        from levelhead.storage.outbox_destinations import Destinations

        found = Destinations(opened.shelf, opened.library.vault).all()
        put_out((str(one.id), one.url, " ".join(one.kinds) or "all", "on" if one.active else "off") for one in found)
        return f"{opened.tenant.name}: {len(found)} in all."

    _looked(run, tenant, database, data_dir)


@outbox.command("add")
def add(
    url: Annotated[str, typer.Argument(help="An https:// address.")],
    kind: Annotated[list[str] | None, typer.Option(help="What to tell of; may be given several times.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Have events sent there, and print the secret that signs them. It is shown this once."""

    def run(opened: Opened) -> str:
        from levelhead.channels.webhook import check_address
        from levelhead.channels.webhook_envelope import new_secret
        from levelhead.storage.outbox_destinations import Destinations

        check_address(url, opened.settings.webhook_networks)
        secret = new_secret()
        made = Destinations(opened.shelf, opened.library.vault).add(url, _known(kind or []), secret, datetime.now(UTC))
        put_out([[str(made.id), secret]])
        return f"{url} is told of {' '.join(made.kinds) or 'everything'} from now on."

    told(run, tenant, database, data_dir)


@outbox.command("switch")
def switch(
    destination: Which,
    on: Annotated[bool, typer.Option("--on/--off", help="Whether to tell it of what happens from now on.")],
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Turn a destination on or off. What waits for it stays."""

    def run(opened: Opened) -> str:
        from levelhead.storage.outbox_destinations import Destinations

        Destinations(opened.shelf, opened.library.vault).switch(destination, active=on)
        return f"{destination} is {'on' if on else 'off'}."

    told(run, tenant, database, data_dir)


@outbox.command("remove")
def remove(destination: Which, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Take a destination out, with all that waits for it."""

    def run(opened: Opened) -> str:
        from levelhead.storage.outbox_destinations import Destinations

        Destinations(opened.shelf, opened.library.vault).remove(destination)
        return f"{destination} is no destination any more."

    told(run, tenant, database, data_dir)


def _known(kinds: list[str]) -> list[str]:
    from levelhead.live.events import Kind
    from levelhead.storage.refusals import Refused

    unknown = [kind for kind in kinds if kind not in set(Kind)]
    if unknown:
        raise Refused(f"--kind: there is no event {unknown[0]!r}; there are {', '.join(Kind)}.")
    return kinds


def _looked(run: Callable[[Opened], str], tenant: str | None, database: str | None, data_dir: Path | None) -> None:
    """Look without writing, which a Levelhead that runs on the same database does not mind."""
    from levelhead.settings import WrongSetting, load
    from levelhead.storage.library import Library
    from levelhead.storage.refusals import Refused

    try:
        settings = load(database=database, data_dir=data_dir)
        with closing(Library.open(settings.database_url, read_only=True)) as library:
            say(run(Opened(settings, library, library.tenant(tenant) if tenant else library.first)))
    except WrongSetting as wrong:
        say(str(wrong))
        raise typer.Exit(UNUSABLE) from None
    except Refused as refused:
        say(str(refused))
        raise typer.Exit(FAILED) from None
