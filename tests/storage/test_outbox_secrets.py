"""What signs the events of a tenant is on the disk under a key only, from whichever version it came."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from levelhead.channels.webhook_envelope import new_secret
from levelhead.storage import tables
from levelhead.storage.books import utc_now
from levelhead.storage.keyring import KeyGone
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.vault import OPEN, Vault, open_vault

HOOKS = "https://helpdesk.example.com/hooks"
SECRET = new_secret()
OTHER = new_secret()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault(tmp_path / "keys")


def there(library: Library) -> Destinations:
    return Destinations(library.shelf(library.first.id), library.vault)


def kept(library: Library) -> list[str]:
    with library.shelf(library.first.id).reading() as connection:
        rows = connection.scalars(select(tables.destination.c.sealed_secret).order_by(tables.destination.c.id))
        return [row.decode() for row in rows]


def made(url: str, vault: Vault, *secrets: str) -> list[UUID]:
    """Destinations of these secrets, made by a Levelhead with this vault, which has stopped since."""
    library = Library.open(url, vault=vault)
    ids = [there(library).add(HOOKS, [], secret, utc_now()).id for secret in secrets]
    library.close()
    return ids


def test_a_secret_is_sealed_and_opens_again(database_url: str, vault: Vault) -> None:
    (destination,) = made(database_url, vault, SECRET)
    library = Library.open(database_url, vault=vault)
    (row,) = kept(library)
    assert row.startswith("sealed:1:")
    assert there(library).secret_of(destination) == SECRET
    library.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_secret_is_in_no_file(database_url: str, vault: Vault, tmp_path: Path) -> None:
    library = Library.open(database_url, vault=vault)
    there(library).add(HOOKS, [], SECRET, utc_now())
    files = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(HOOKS.encode() in content for name, content in files.items() if name.endswith("-wal"))
    assert [name for name, content in files.items() if SECRET.encode() in content] == []
    library.close()


def test_what_was_kept_in_the_clear_is_sealed_at_the_next_start(database_url: str, vault: Vault) -> None:
    old, older = made(database_url, OPEN, SECRET, OTHER)
    library = Library.open(database_url, vault=vault)
    sealed = kept(library)
    assert [row.startswith("sealed:1:") for row in sealed] == [True, True]
    assert (there(library).secret_of(old), there(library).secret_of(older)) == (SECRET, OTHER)
    library.close()
    library = Library.open(database_url, vault=vault)
    assert kept(library) == sealed
    library.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_kept_in_the_clear_is_in_no_file_afterwards(database_url: str, vault: Vault, tmp_path: Path) -> None:
    made(database_url, OPEN, SECRET)
    assert SECRET.encode() in (tmp_path / "levelhead.db").read_bytes()
    library = Library.open(database_url, vault=vault)
    found = [path.name for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert found == []
    library.close()


def test_with_encryption_off_it_is_kept_as_it_is_and_one_that_was_sealed_still_opens(
    database_url: str, vault: Vault
) -> None:
    (sealed,) = made(database_url, vault, SECRET)
    library = Library.open(database_url, vault=Vault(vault.ring, encrypts=False))
    there(library).add(HOOKS, [], OTHER, utc_now())
    assert kept(library)[1] == OTHER
    assert there(library).secret_of(sealed) == SECRET
    library.close()


def test_a_sealed_secret_opens_at_its_own_destination_only(database_url: str, vault: Vault) -> None:
    mine, theirs = made(database_url, vault, SECRET, OTHER)
    library = Library.open(database_url, vault=vault)
    row = tables.destination
    with library.shelf(library.first.id).writing() as connection:
        first, _ = connection.scalars(select(row.c.sealed_secret).order_by(row.c.id)).all()
        connection.execute(update(row).where(row.c.id == theirs).values(sealed_secret=first))
    assert there(library).secret_of(mine) == SECRET
    with pytest.raises(KeyGone):
        there(library).secret_of(theirs)
    library.close()
