"""The commands for what is asked afterwards: tasks, looks back, surveys."""

# ruff: noqa: PLC0415 - as in app.py
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from levelhead.cli.opened import Database, DataDir, OfTenant, Opened, told

if TYPE_CHECKING:
    from levelhead.settings import Settings
    from levelhead.storage.following_up import FollowUpRules

follow_ups = typer.Typer(help="What is asked afterwards: follow-ups, looks back, surveys.", no_args_is_help=True)


@follow_ups.command("show")
def show(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Say what is asked."""

    def run(opened: Opened) -> str:
        from levelhead.storage.following_up import FollowUpSettings

        return _said(FollowUpSettings(opened.shelf).rules(), opened.settings)

    told(run, tenant, database, data_dir)


@follow_ups.command("set")
def set_rules(
    tasks: Annotated[bool | None, typer.Option("--tasks/--no-tasks", help="Somebody asks whether it worked.")] = None,
    checks: Annotated[
        bool | None, typer.Option("--checks/--no-checks", help="And looks back weeks after something was put right.")
    ] = None,
    surveys: Annotated[
        bool | None, typer.Option("--surveys/--no-surveys", help="Customers are asked three questions by mail.")
    ] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Settle what is asked; what is left out stays, and so does what is planned already."""

    def run(opened: Opened) -> str:
        from levelhead.storage.following_up import FollowUpRules, FollowUpSettings

        settled = FollowUpSettings(opened.shelf)
        was = settled.rules()
        new = FollowUpRules(
            was.tasks if tasks is None else tasks,
            was.checks if checks is None else checks,
            was.surveys if surveys is None else surveys,
        )
        settled.settle(new)
        return _said(new, opened.settings)

    told(run, tenant, database, data_dir)


def _said(rules: FollowUpRules, settings: Settings) -> str:
    words = {True: "on", False: "off"}
    said = f"Follow-ups: {words[rules.tasks]}; looks back: {words[rules.checks]}; surveys: {words[rules.surveys]}."
    if rules.surveys and not (settings.sends_mail and settings.public_url):
        said += " Surveys wait for a mail server and an address: set LEVELHEAD_SMTP_HOST and LEVELHEAD_PUBLIC_URL."
    return said
