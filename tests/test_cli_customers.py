"""What customers may ask for, asked for at the command line."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from levelhead import settings
from levelhead.cli.app import app
from levelhead.live.unlocking import vault_of
from levelhead.storage.books import Books
from levelhead.storage.keyring import KeyDoesNotFit
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.vault import KEY_FILE
from tests.storage.customers import keep_said, planted


@pytest.fixture
def kept(data_dir: Path) -> Path:
    """A folder with a database in which Mr Quillfeather said something a hundred days ago."""
    known = settings.load(data_dir=data_dir)
    library = Library.open(known.database_url, vault=vault_of(known))
    ago = datetime.now(UTC) - timedelta(days=100)
    keep_said(Books(library.shelf(library.first.id), lambda: ago, library.vault), *planted())
    library.close()
    return data_dir


def levelhead(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)])


def found(folder: Path, value: str) -> list[str]:
    return levelhead(folder, "customer", "find", value).stdout.split()


def test_a_customer_is_found_exported_and_erased(kept: Path) -> None:
    customer, conversation = found(kept, "07700 900123")
    assert conversation == "the-late-refund"
    told = json.loads(levelhead(kept, "customer", "export", customer).stdout)
    assert told["customer"]["name"] == "Mr Quillfeather"
    erased = levelhead(kept, "customer", "erase", customer)
    assert (erased.exit_code, "with 1 conversations" in erased.stderr) == (0, True)
    assert found(kept, "07700 900123") == []
    again = levelhead(kept, "customer", "export", customer)
    assert (again.exit_code, "was erased" in again.stderr) == (1, True)


def test_a_held_customer_is_not_erased_before_the_hold_is_lifted(kept: Path) -> None:
    customer = found(kept, "crm-918273645")[0]
    held = levelhead(kept, "customer", "hold", customer, "--reason", "a claim in court", "--by", "Ms Adeyemi")
    refused = levelhead(kept, "customer", "erase", customer)
    assert (refused.exit_code, "legal hold" in refused.stderr) == (1, True)
    levelhead(kept, "customer", "lift", held.stdout.strip(), "--by", "Ms Adeyemi")
    assert levelhead(kept, "customer", "erase", customer).exit_code == 0


def test_retention_is_settled_tried_and_run(kept: Path) -> None:
    assert "labels\t365 days" in levelhead(kept, "retention", "list").stdout
    assert levelhead(kept, "retention", "keep", "turns", "90").exit_code == 0
    dry = levelhead(kept, "retention", "run", "--dry-run")
    assert "turns\t1 conversations\t0 held" in dry.stdout
    assert found(kept, "07700 900123") != []
    assert levelhead(kept, "retention", "run").stdout == dry.stdout
    assert found(kept, "07700 900123") == []


def test_a_rotated_key_opens_everything_and_the_old_one_nothing(kept: Path) -> None:
    key_file = kept / "keys" / KEY_FILE
    old = key_file.read_text()
    rotated = levelhead(kept, "keys", "rotate")
    assert "2 keys are wrapped by the new one" in rotated.stderr
    assert len(found(kept, "07700 900123")) == 2
    key_file.write_text(old)
    refused = levelhead(kept, "customer", "find", "07700 900123")
    assert (refused.exit_code, "The key does not fit" in refused.stderr) == (1, True)


def test_a_rotated_key_opens_the_secrets_of_destinations_and_the_old_one_does_not(kept: Path) -> None:
    destination, secret = levelhead(kept, "outbox", "add", "https://helpdesk.example.com/hooks").stdout.split()
    key_file = kept / "keys" / KEY_FILE
    old = key_file.read_text()
    assert "3 keys are wrapped by the new one" in levelhead(kept, "keys", "rotate").stderr
    assert secret_of(kept, destination) == secret
    assert secret.encode() not in (kept / "levelhead.db").read_bytes()
    key_file.write_text(old)
    with pytest.raises(KeyDoesNotFit):
        secret_of(kept, destination)


def secret_of(folder: Path, destination: str) -> str:
    known = settings.load(data_dir=folder)
    with closing(Library.open(known.database_url, vault=vault_of(known))) as library:
        return Destinations(library.shelf(library.first.id), library.vault).secret_of(UUID(destination))
