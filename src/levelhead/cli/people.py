"""`levelhead person`, `levelhead team`, `levelhead tenant`: who may come in, and where they belong."""

# ruff: noqa: PLC0415 - as in app.py
from typing import Annotated

import typer

from levelhead.cli.opened import Database, DataDir, OfTenant, Opened, put_out, told
from levelhead.people.person import Person, Role, sign_in_name
from levelhead.people.team import Rollout

person = typer.Typer(help="People: who may come in, and for what.", no_args_is_help=True)
team = typer.Typer(help="Teams, and how far Levelhead has come in each.", no_args_is_help=True)
tenant = typer.Typer(help="Tenants: organisations that see nothing of each other.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What they sign in with.")]
TeamName = Annotated[str, typer.Argument(help="Name of the team.")]


@person.command("add")
def add_person(
    name: Name,
    role: Annotated[Role, typer.Option(help="What they are here for.")],
    shown_as: Annotated[str | None, typer.Option(help="How others read them; the name without it.")] = None,
    team: Annotated[list[str] | None, typer.Option(help="Name of a team; may be given several times.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Let somebody in: prints a link that lets them choose a password."""

    def run(opened: Opened) -> str:
        from levelhead.storage.accounts import People, new_person
        from levelhead.storage.teams import Teams

        called, teams = sign_in_name(name), Teams(opened.shelf)
        new = new_person(
            opened.tenant.id, called, shown_as or called, role, [teams.named(one).id for one in team or []]
        )
        People(opened.shelf).add(new)
        return _with_link(opened, new)

    told(run, tenant, database, data_dir)


@person.command("list")
def list_people(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Everybody: name, shown as, role, teams, active or disabled; tabs between."""

    def run(opened: Opened) -> str:
        from levelhead.storage.accounts import People
        from levelhead.storage.teams import Teams

        people, names = People(opened.shelf).all(), {one.id: one.name for one in Teams(opened.shelf).all()}
        put_out(
            (
                one.name,
                one.shown_as,
                one.role.value,
                ", ".join(sorted(names[team] for team in one.teams)),
                "active" if one.active else "disabled",
            )
            for one in people
        )
        return f"{opened.tenant.name}: {len(people)} in all."

    told(run, tenant, database, data_dir)


@person.command("disable")
def disable_person(name: Name, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Let somebody in no more, and sign them out everywhere."""

    def run(opened: Opened) -> str:
        from levelhead.storage.accounts import People

        people = People(opened.shelf)
        people.disable(people.named(sign_in_name(name)).id)
        return f"{name} is signed out everywhere and is let in no more."

    told(run, tenant, database, data_dir)


@person.command("enable")
def enable_person(name: Name, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Let somebody in again who was disabled."""

    def run(opened: Opened) -> str:
        from levelhead.storage.accounts import People

        people = People(opened.shelf)
        people.enable(people.named(sign_in_name(name)).id)
        return f"{name} is let in again."

    told(run, tenant, database, data_dir)


@person.command("reset")
def reset_person(name: Name, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Have somebody choose a new password: the old one stops, and a link for the new one is printed."""

    def run(opened: Opened) -> str:
        from levelhead.storage.accounts import People

        return _with_link(opened, People(opened.shelf).named(sign_in_name(name)))

    told(run, tenant, database, data_dir)


@team.command("add")
def add_team(
    name: TeamName,
    rollout: Annotated[Rollout, typer.Option(help="How far Levelhead has come in it.")] = Rollout.SHADOW,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Add a team; it begins in shadow: read and measured, and nothing shown."""

    def run(opened: Opened) -> str:
        from levelhead.storage.teams import Teams

        return f"{Teams(opened.shelf).add(name, rollout).name} is there, {rollout.value}."

    told(run, tenant, database, data_dir)


@team.command("list")
def list_teams(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """The teams and how far Levelhead has come in each; tabs between."""

    def run(opened: Opened) -> str:
        from levelhead.storage.teams import Teams

        teams = Teams(opened.shelf).all()
        put_out((one.name, one.rollout.value) for one in teams)
        return f"{opened.tenant.name}: {len(teams)} in all."

    told(run, tenant, database, data_dir)


@team.command("rollout")
def roll_out(
    name: TeamName,
    rollout: Annotated[Rollout, typer.Argument(help="off, shadow or on.")],
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Say how far Levelhead has come in a team: off, shadow (reads, shows nothing), on."""

    def run(opened: Opened) -> str:
        from levelhead.storage.teams import Teams

        teams = Teams(opened.shelf)
        teams.roll_out(teams.named(name).id, rollout)
        return f"{name} is {rollout.value} now."

    told(run, tenant, database, data_dir)


@tenant.command("add")
def add_tenant(
    name: Annotated[str, typer.Argument(help="Name of the organisation.")],
    slug: Annotated[str, typer.Argument(help="What it is called in addresses and commands.")],
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Add an organisation, with a first team of the same name."""

    def run(opened: Opened) -> str:
        opened.library.add_tenant(name, slug)
        return f"{name} is there. Its first admin: levelhead person add NAME --role admin --tenant {slug}"

    told(run, None, database, data_dir)


@tenant.command("list")
def list_tenants(database: Database = None, data_dir: DataDir = None) -> None:
    """The organisations: slug and name; tabs between."""

    def run(opened: Opened) -> str:
        tenants = opened.library.tenants()
        put_out((one.slug, one.name) for one in tenants)
        return f"{len(tenants)} in all."

    told(run, None, database, data_dir)


def _with_link(opened: Opened, who: Person) -> str:
    """A sentence for whoever runs the command; the link itself is the output."""
    from levelhead.live.entrance import Entrance
    from levelhead.live.welcome import link_for

    path = link_for(Entrance(opened.library), who)
    settings = opened.settings
    put_out([[f"{settings.public_url or f'http://{settings.host}:{settings.port}'}{path}"]])
    told = f"{who.shown_as} chooses a password with this link. It works once, for 24 hours."
    if settings.public_url:
        return told
    return f"{told} Where people reach Levelhead at another address, put that in the place of the first part."
