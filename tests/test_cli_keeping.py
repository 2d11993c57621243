"""The commands that look after the database say in one sentence what they did, or why they did not."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from levelhead.cli.app import app
from levelhead.settings import Settings
from levelhead.storage.library import Library
from tests.postgresql import PostgreSQL


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def tenants(url: str) -> list[str]:
    library = Library.open(url)
    found = [tenant.slug for tenant in library.tenants()]
    library.close()
    return found


def test_a_file_is_brought_up_copied_and_put_back(settings: Settings, tmp_path: Path) -> None:
    here = ("--data-dir", str(settings.data_dir))
    assert run("migrate", *here).stderr == "The database is up to date.\n"
    copy = str(tmp_path / "copy.db")
    copied = run("backup", copy, *here)
    assert copied.exit_code == 0
    assert copied.stderr.startswith(f"{copy} holds 3 rows in ")
    assert copied.stderr.endswith("read again, nothing is missing.\n")
    library = Library.open(settings.database_url)
    library.add_tenant("Kettles Ltd", "kettles")
    library.close()
    refused = run("restore", copy, *here)
    assert (refused.exit_code, "Give --replace" in refused.stderr) == (1, True)
    assert tenants(settings.database_url) == ["default", "kettles"]
    assert run("restore", copy, "--replace", *here).exit_code == 0
    assert tenants(settings.database_url) == ["default"]


def test_a_server_is_brought_up_copied_and_put_back(
    postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgresql.bin), prepend=":")
    name = postgresql.empty()
    here = ("--database", postgresql.application(name), "--owner", postgresql.owner(name))
    assert run("migrate", "--database", postgresql.application(name)).exit_code == 1
    assert run("migrate", *here).stderr == "The database is up to date.\n"
    assert run("backup", str(tmp_path / "copy"), *here).exit_code == 0
    library = Library.open(postgresql.application(name))
    library.add_tenant("Kettles Ltd", "kettles")
    library.close()
    assert run("restore", str(tmp_path / "copy"), "--replace", *here).exit_code == 0
    assert tenants(postgresql.application(name)) == ["default"]
    postgresql.drop(name)


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVELHEAD_PORT", "no port")
    result = run("migrate")
    assert (result.exit_code, result.stderr.startswith("port: ")) == (2, True)


def test_a_database_of_an_unknown_kind_is_refused() -> None:
    result = run("backup", "copy", "--database", "mysql://here/levelhead")
    assert (result.exit_code, "SQLite and PostgreSQL" in result.stderr) == (1, True)
