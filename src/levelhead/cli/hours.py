"""The commands for opening hours, which due times, reminders and clocks go by."""

# ruff: noqa: PLC0415 - as in app.py
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from levelhead.cli.opened import Database, DataDir, OfTenant, Opened, told

if TYPE_CHECKING:
    from levelhead.casework.opening_hours import OpeningHours

hours = typer.Typer(help="When the organisation is open: hours, time zone, public holidays.", no_args_is_help=True)
_DAY = "Such as 09:00-17:30, or closed."


@hours.command("show")
def show(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Say when it is open."""

    def run(opened: Opened) -> str:
        from levelhead.storage.opening_hours import Opening

        return _said(Opening(opened.shelf).hours())

    told(run, tenant, database, data_dir)


@hours.command("set")
def set_hours(
    zone: Annotated[str | None, typer.Option(help="Time zone, such as Europe/London.")] = None,
    country: Annotated[
        str | None, typer.Option(help="Whose public holidays are kept, such as GB; '' for none.")
    ] = None,
    region: Annotated[str | None, typer.Option(help="The part of the country, such as ENG; '' for none.")] = None,
    weekdays: Annotated[str | None, typer.Option(help=f"Monday to Friday. {_DAY}")] = None,
    monday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    tuesday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    wednesday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    thursday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    friday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    saturday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    sunday: Annotated[str | None, typer.Option(help=_DAY)] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Settle when it is open; what is left out stays. A running Levelhead goes by it within seconds."""
    named = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)

    def run(opened: Opened) -> str:
        from levelhead.casework.opening_hours import DAYS
        from levelhead.storage.opening_hours import Opening, opening_hours, written

        opening = Opening(opened.shelf)
        was = opening.hours()
        week = {day: written(one) for day, one in zip(DAYS, was.week, strict=True)}
        week |= dict.fromkeys(DAYS[:5], weekdays) if weekdays is not None else {}
        week |= {day: one for day, one in zip(DAYS, named, strict=True) if one is not None}
        place = was.country if country is None else country
        part = (was.region if place == was.country else "") if region is None else region
        new = opening_hours(was.zone if zone is None else zone, week, place, part)
        opening.settle(new)
        return _said(new)

    told(run, tenant, database, data_dir)


def _said(hours: OpeningHours) -> str:
    from levelhead.casework.opening_hours import DAYS
    from levelhead.storage.opening_hours import written

    days = ", ".join(f"{day} {written(one) or 'closed'}" for day, one in zip(DAYS, hours.week, strict=True))
    where = f"{hours.country}-{hours.region}" if hours.region else hours.country
    return f"Open {days} ({hours.zone}); public holidays: {where or 'none'}."
