"""The commands that prove what was done."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from levelhead.cli.app import app
from levelhead.live.sealing import Sealer
from levelhead.people.audit import Deed
from levelhead.people.audit_head import public_text
from levelhead.settings import Settings
from levelhead.storage.audit import Audit
from levelhead.storage.audit_key import HEAD_FILE, signing_key
from levelhead.storage.audit_notes import note
from levelhead.storage.library import Library
from tests.storage.test_audit import Tamper, tamper

__all__ = ["tamper"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["audit", *arguments])


@pytest.fixture
def database_url(settings: Settings) -> str:
    """A file: the chain itself is tried on both databases where it is kept."""
    return settings.database_url


@pytest.fixture
def here(settings: Settings) -> tuple[str, str]:
    return ("--data-dir", str(settings.data_dir))


@pytest.fixture
def sealer(library: Library, settings: Settings) -> Sealer:
    shelf = library.shelf(library.first.id)
    with shelf.writing() as connection:
        for n in range(1, 6):
            note(connection, Deed.TURN_HEARD, n, conversation="the-late-refund")
    return Sealer(library, settings.data_dir / HEAD_FILE, signing_key(settings.data_dir))


def rows_of(library: Library) -> int:
    return Audit(library.shelf(library.first.id)).check().sealed


def test_a_whole_audit_is_said_to_be_so_while_levelhead_runs(
    sealer: Sealer, library: Library, here: tuple[str, str]
) -> None:
    sealer.seal()
    checked = run("verify", *here)
    assert (checked.exit_code, checked.stderr) == (0, f"default: {rows_of(library)} rows, as it was sealed.\n")


def test_what_waits_is_told(sealer: Sealer, here: tuple[str, str]) -> None:
    assert sealer
    checked = run("verify", *here)
    assert checked.exit_code == 0
    assert "5 more wait for their seal" in checked.stderr


def test_a_changed_row_is_named(sealer: Sealer, here: tuple[str, str], tamper: Tamper) -> None:
    sealer.seal()
    tamper("UPDATE audit SET who = 'somebody' WHERE subject = '3'")
    checked = run("verify", *here)
    assert checked.exit_code == 1
    assert ": changed\n" in checked.stderr
    assert "default: row " in checked.stderr


@pytest.mark.parametrize("written_by", ["the sealer", "the command"])
def test_a_cut_end_shows_by_a_head_that_was_kept_elsewhere(
    sealer: Sealer, settings: Settings, here: tuple[str, str], tamper: Tamper, tmp_path: Path, written_by: str
) -> None:
    sealer.seal()
    kept = tmp_path / "kept.json"
    if written_by == "the sealer":
        kept.write_text((settings.data_dir / HEAD_FILE).read_text())
    else:
        assert run("head", str(kept), *here).exit_code == 0
    assert run("verify", "--head", str(kept), *here).exit_code == 0
    last = "SELECT id FROM audit WHERE deed = 'turn heard' AND subject > '3'"
    tamper(f"DELETE FROM audit_seal WHERE audit IN ({last}); DELETE FROM audit WHERE id IN ({last})")
    assert run("verify", *here).exit_code == 0
    checked = run("verify", "--head", str(kept), *here)
    assert checked.exit_code == 1
    assert "missing" in checked.stderr


def test_an_auditor_needs_only_the_public_key(
    sealer: Sealer, settings: Settings, here: tuple[str, str], tmp_path: Path
) -> None:
    sealer.seal()
    kept = tmp_path / "kept.json"
    told = run("head", str(kept), *here).stderr
    public = public_text(signing_key(settings.data_dir).public_key())
    assert public in told
    (settings.data_dir / "audit.key").unlink()
    assert run("verify", "--head", str(kept), "--public-key", public, *here).exit_code == 0
    refused = run("verify", "--head", str(kept), *here)
    assert (refused.exit_code, "another key" in refused.stderr) == (2, True)


def test_a_tenant_that_is_gone_is_missed(
    sealer: Sealer, library: Library, here: tuple[str, str], tamper: Tamper, tmp_path: Path
) -> None:
    kettles = library.add_tenant("Kettles Ltd", "kettles")
    with library.shelf(kettles.id).writing() as connection:
        note(connection, Deed.TENANT_ADDED, kettles.id)
    sealer.seal()
    kept = str(tmp_path / "kept.json")
    run("head", kept, *here)
    tamper("".join(f"DELETE FROM {name} WHERE tenant = '{kettles.id}';" for name in ("audit", "audit_seal", "team")))
    tamper(f"DELETE FROM tenant WHERE id = '{kettles.id}'")
    checked = run("verify", "--head", kept, *here)
    assert (checked.exit_code, f"The tenant {kettles.id} is in the head" in checked.stderr) == (1, True)


@pytest.mark.usefixtures("sealer")
@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--head", "missing.json"], "missing.json: No such file or directory."),
        (["--head", __file__], "no file of signed heads"),
        (["--head", __file__, "--public-key", "a key"], "32 bytes in base64"),
    ],
)
def test_a_head_that_cannot_be_used_is_refused_plainly(given: list[str], why: str, here: tuple[str, str]) -> None:
    refused = run("verify", *given, *here)
    assert (refused.exit_code, why in refused.stderr) == (2, True)


def test_the_key_is_for_this_account_only(settings: Settings) -> None:
    signing_key(settings.data_dir)
    assert oct((settings.data_dir / "audit.key").stat().st_mode & 0o777) == "0o600"
