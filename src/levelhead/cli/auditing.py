"""The commands that prove what was done: the audit's chain gone along, its head signed and taken elsewhere."""

# ruff: noqa: PLC0415 - as in app.py
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from levelhead.cli.opened import FAILED, UNUSABLE, Database, DataDir
from levelhead.cli.output import say

if TYPE_CHECKING:
    from uuid import UUID

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from levelhead.people.audit_head import Head
    from levelhead.settings import Settings
    from levelhead.storage.audit import Checked
    from levelhead.storage.library import Library

commands = typer.Typer(name="audit", help="Prove what was done: check the audit's chain, take its head elsewhere.")


@commands.command()
def verify(
    head: Annotated[Path | None, typer.Option(help="What `levelhead audit head` wrote, kept elsewhere.")] = None,
    public_key: Annotated[
        str | None, typer.Option(help="The key that signed it; without it, the one of the data folder.")
    ] = None,
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Go along every tenant's audit, and name each row that was changed, removed or moved. Exits 1 where one was."""
    from levelhead.storage.audit import Audit

    with _told(database, data_dir) as (settings, library):
        heads = _heads(head, public_key, settings)
        whole = True
        for tenant in library.tenants():
            checked = Audit(library.shelf(tenant.id)).check(heads.pop(tenant.id, None))
            whole &= _say_checked(tenant.slug, checked)
        for gone in heads:
            say(f"The tenant {gone} is in the head and not in the database.")
        if heads or not whole:
            raise typer.Exit(FAILED)


@commands.command()
def head(
    file: Annotated[Path, typer.Argument(help="The file to be written; one that is there is written over.")],
    database: Database = None,
    data_dir: DataDir = None,
) -> None:
    """Write down, signed, where every tenant's audit ends. Keep it elsewhere: it shows when the end was cut off."""
    from levelhead.people.audit_head import public_text, written
    from levelhead.storage.audit import Audit
    from levelhead.storage.audit_key import signing_key, write_whole

    with _told(database, data_dir) as (settings, library):
        key = signing_key(settings.data_dir, settings.audit_key)
        found = [Audit(library.shelf(tenant.id)).head() for tenant in library.tenants()]
        heads = [one for one in found if one]
        write_whole(file, written(heads, key))
        say(f"{file} holds where {len(heads)} audit{'' if len(heads) == 1 else 's'} ended.")
        say(f"The public key that checks it is {public_text(key.public_key())}")


@contextmanager
def _told(database: str | None, data_dir: Path | None) -> "Iterator[tuple[Settings, Library]]":
    """The settings and the library in force, only to be read, so that Levelhead may run meanwhile."""
    from levelhead import settings
    from levelhead.people.audit_head import NotAHead
    from levelhead.storage.library import Library
    from levelhead.storage.refusals import Refused

    try:
        known = settings.load(database=database, data_dir=data_dir)
        with closing(Library.open(known.database_url, read_only=True)) as library:
            yield known, library
    except settings.WrongSetting as wrong:
        say(str(wrong))
        raise typer.Exit(UNUSABLE) from None
    except (Refused, NotAHead) as refused:
        say(str(refused))
        raise typer.Exit(UNUSABLE if isinstance(refused, NotAHead) else FAILED) from None


def _heads(file: Path | None, given: str | None, settings: "Settings") -> "dict[UUID, Head]":
    from levelhead.people.audit_head import NotAHead, read

    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise NotAHead(f"{file}: {error.strerror}.") from error
    return {head.tenant: head for head in read(text, _public(given, settings))}


def _public(given: str | None, settings: "Settings") -> "Ed25519PublicKey":
    from levelhead.people.audit_head import public_key
    from levelhead.storage.audit_key import signing_key

    return public_key(given) if given else signing_key(settings.data_dir, settings.audit_key).public_key()


def _say_checked(slug: str, checked: "Checked") -> bool:
    """Say how a tenant's audit stands; whether all of it is as it was sealed."""
    for finding in checked.findings:
        say(f"{slug}: {finding}")
    waiting = f", {checked.waiting} more wait for their seal" if checked.waiting else ""
    verdict = "not as it was sealed" if checked.findings else "as it was sealed"
    say(f"{slug}: {checked.sealed} rows, {verdict}{waiting}.")
    return not checked.findings
