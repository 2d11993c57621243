"""What customers may ask for, and how long things stay: `levelhead customer`, `retention` and `keys`."""

# ruff: noqa: PLC0415 - as in app.py
from typing import Annotated
from uuid import UUID

import typer

from levelhead.cli.finishing import finish_erasure
from levelhead.cli.importing import import_customers
from levelhead.cli.opened import Database, DataDir, OfTenant, Opened, put_out, told
from levelhead.privacy.retention import Kept

customer = typer.Typer(help="What is kept of one customer: find, export, erase, hold.", no_args_is_help=True)
retention = typer.Typer(help="How long each kind of what is kept stays.", no_args_is_help=True)
keys = typer.Typer(help="The key that every customer's key is wrapped by.", no_args_is_help=True)

Customer = Annotated[UUID, typer.Argument(help="The customer's id, as `levelhead customer find` prints it.")]
By = Annotated[str, typer.Option(help="Who asks for it, for the record.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")]

NOT_YET = (
    "What was removed may still be in files of the database. PostgreSQL: run `levelhead customer finish --owner …`. "
    "SQLite: something else was reading; run this again."
)
customer.command("finish")(finish_erasure)
customer.command("import")(import_customers)


@customer.command("find")
def find_customer(
    value: Annotated[
        str, typer.Argument(help="A phone number, e-mail address, account, your reference, or a conversation.")
    ],
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Who gave this very value, or is called so: id and conversations, tabs between."""

    def run(opened: Opened) -> str:
        from levelhead.storage.finding import customers_with

        found = customers_with(opened.library.of(opened.tenant.id), value)
        put_out((str(one), *names) for one, names in found.items())
        return f"{opened.tenant.name}: {len(found)} found."

    told(run, tenant, database, data_dir)


@customer.command("export")
def export_customer(
    who: Customer, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None
) -> None:
    """Print everything kept of a customer as JSON: turns, what was read and advised, sealed values, consent."""

    def run(opened: Opened) -> str:
        from levelhead.storage.erasure import Erasure

        put_out([[Erasure(opened.library.of(opened.tenant.id)).export(who)]])
        return "That is everything. It is as private as what it is about."

    told(run, tenant, database, data_dir)


@customer.command("erase")
def erase_customer(who: Customer, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """Remove everything kept of a customer and destroy their key, for good, with Levelhead stopped."""

    def run(opened: Opened) -> str:
        from levelhead.storage.erasure import Erasure

        erased = Erasure(opened.library.of(opened.tenant.id)).erase(who)
        rest = "" if erased.scrubbed else f" {NOT_YET}"
        return f"Erased, with {len(erased.conversations)} conversations.{rest}"

    told(run, tenant, database, data_dir, alone=True)


@customer.command("hold")
def hold_customer(
    who: Customer,
    reason: Annotated[str, typer.Option(help="Why it has to be kept.")],
    by: By,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Keep a customer's data from retention and erasure until the hold is lifted. Prints the hold's id."""

    def run(opened: Opened) -> str:
        from levelhead.storage.holds import Holds

        put_out([[str(Holds(opened.shelf, opened.library.vault).place(reason, by, customer=who).id)]])
        return "Held."

    told(run, tenant, database, data_dir)


@customer.command("lift")
def lift_hold(
    hold: Annotated[UUID, typer.Argument(help="The hold's id.")],
    by: By,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Lift a legal hold."""

    def run(opened: Opened) -> str:
        from levelhead.storage.holds import Holds

        Holds(opened.shelf, opened.library.vault).lift(hold, by)
        return "Lifted."

    told(run, tenant, database, data_dir)


@retention.command("run")
def run_retention(
    dry_run: Dry = False, tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None
) -> None:
    """Remove what is older than settled, with Levelhead stopped.

    Prints a line for each kind: how much went, and how much a legal hold keeps. A dry run may be beside Levelhead.
    """

    def run(opened: Opened) -> str:
        from levelhead.storage.retention import Retention
        from levelhead.storage.scrubbing import scrub

        kept = Retention(opened.library.of(opened.tenant.id))
        found = kept.due() if dry_run else kept.run()
        put_out((one.kind, f"{len(one.conversations)} conversations", f"{len(one.held)} held") for one in found)
        if dry_run:
            return "Nothing was removed; this is what would be."
        if any(one.conversations for one in found):
            return "Done." if scrub(opened.library.database) else f"Done. {NOT_YET}"
        return "Done."

    told(run, tenant, database, data_dir, alone=not dry_run)


@retention.command("keep")
def keep_for(
    kind: Annotated[Kept, typer.Argument(help="What is kept.")],
    days: Annotated[int | None, typer.Argument(min=1, help="For how many days; without it, for good.")] = None,
    tenant: OfTenant = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Settle for how many days after a conversation's last turn a kind is kept."""

    def run(opened: Opened) -> str:
        from levelhead.storage.retention import Retention

        Retention(opened.library.of(opened.tenant.id)).keep_for(kind, days)
        return f"{kind}: {days} days." if days else f"{kind}: for as long as the conversation is there."

    told(run, tenant, database, data_dir)


@retention.command("list")
def list_retention(tenant: OfTenant = None, database: Database = None, data_dir: DataDir = None) -> None:
    """For how many days each kind is kept."""

    def run(opened: Opened) -> str:
        from levelhead.storage.retention import Retention

        days = Retention(opened.library.of(opened.tenant.id)).days()
        put_out((kind, f"{count} days" if count else "for good") for kind, count in days.items())
        return f"{opened.tenant.name}: counted from a conversation's last turn."

    told(run, tenant, database, data_dir)


@keys.command("rotate")
def rotate_keys(database: Database = None, data_dir: DataDir = None) -> None:
    """Make a new tenants' key and wrap every customer's key by it, with Levelhead stopped.

    With LEVELHEAD_KEY: put the new key in front of the old one, rotate, then take the old one away.
    """

    def run(opened: Opened) -> str:
        from levelhead.live.unlocking import rotate_keys_of
        from levelhead.people.audit import Deed
        from levelhead.storage.audit_notes import note

        rotated = rotate_keys_of(opened.settings, opened.library.vault)
        for tenant in opened.library.tenants():
            with opened.library.shelf(tenant.id).writing() as connection:
                note(connection, Deed.KEYS_ROTATED)
        return f"{rotated} keys are wrapped by the new one."

    told(run, None, database, data_dir, alone=True)
