"""`levelhead token`: what programs call the API with."""

# ruff: noqa: PLC0415 - as in app.py
from datetime import timedelta
from typing import Annotated

import typer

from levelhead.cli.opened import Database, DataDir, OfTenant, Opened, put_out, told
from levelhead.people.permission import Action

token = typer.Typer(help="API tokens: what programs may do, and until when.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the token is for, such as telephony.")]


@token.command("add")
def add_token(
    name: Name,
    scope: Annotated[list[Action], typer.Option(help="An action that it allows; may be given several times.")],
    days: Annotated[int, typer.Option(help="Days until it expires, 366 at most.")] = 90,
    team: Annotated[str | None, typer.Option(help="Only things of this team; of the whole tenant without it.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Make a token and print it. It is shown this once."""

    def run(opened: Opened) -> str:
        from levelhead.storage.teams import Teams
        from levelhead.storage.tokens import Tokens

        of_team = Teams(opened.shelf).named(team).id if team else None
        made = Tokens(opened.shelf).add(name, scope, timedelta(days=days), team=of_team)
        put_out([[made.secret]])
        return f"{name} may {', '.join(sorted(made.token.scopes))} until {made.token.expires_at:%Y-%m-%d %H:%M} UTC."

    told(run, tenant, database, data_dir)


@token.command("list")
def list_tokens(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Every token: name, actions, expiry, last use, ended; tabs between, times in UTC."""

    def run(opened: Opened) -> str:
        from levelhead.storage.tokens import Tokens

        tokens = Tokens(opened.shelf).all()
        put_out(
            (
                one.name,
                " ".join(sorted(one.scopes)),
                f"until {one.expires_at:%Y-%m-%d %H:%M}",
                f"used {one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never used",
                f"ended {one.ended_at:%Y-%m-%d %H:%M}" if one.ended_at else "",
            )
            for one in tokens
        )
        return f"{opened.tenant.name}: {len(tokens)} in all."

    told(run, tenant, database, data_dir)


@token.command("end")
def end_token(name: Name, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Have a token open nothing any more."""

    def run(opened: Opened) -> str:
        from levelhead.storage.tokens import Tokens

        tokens = Tokens(opened.shelf)
        tokens.end(tokens.named(name).id)
        return f"{name} opens nothing any more."

    told(run, tenant, database, data_dir)
