"""Keys are made once, kept apart from the database, and gone when they are destroyed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from levelhead.privacy import keys
from levelhead.storage.columns import new_id
from levelhead.storage.keyring import RING, KeyDoesNotFit, KeyGone
from levelhead.storage.vault import KEY_FILE, KeyMissing, Vault, open_vault, rotate

KETTLES, DOYLE, SMITH = new_id(), new_id(), new_id()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def vault(folder: Path) -> Vault:
    return open_vault(folder)


def test_only_the_account_that_runs_it_can_read_the_keys(vault: Vault, folder: Path) -> None:
    vault.words_of(KETTLES, DOYLE).keep("Hello?", "turn")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (folder, *folder.iterdir())}
    assert modes == {"keys": "0o700", KEY_FILE: "0o600", RING: "0o600"}


def test_words_open_again_after_a_restart_and_by_nobody_elses_key(vault: Vault, folder: Path) -> None:
    kept = vault.words_of(KETTLES, DOYLE).keep("Hello?", "turn", 3)
    again = open_vault(folder)
    assert again.words_of(KETTLES, DOYLE).give(kept, "turn", 3) == "Hello?"
    for words in (again.words_of(KETTLES, SMITH), again.words_of(new_id(), DOYLE), Vault().words_of(KETTLES, DOYLE)):
        with pytest.raises(KeyGone):
            words.give(kept, "turn", 3)


def test_a_destroyed_key_never_comes_back(vault: Vault, folder: Path) -> None:
    words = vault.words_of(KETTLES, DOYLE)
    kept = words.keep("Hello?", "turn")
    before = (folder / RING).read_bytes()
    vault.destroy(KETTLES, DOYLE)
    for again in (vault, open_vault(folder)):
        with pytest.raises(KeyGone, match="destroyed"):
            again.words_of(KETTLES, DOYLE).give(kept, "turn")
        with pytest.raises(KeyGone, match="destroyed"):
            again.words_of(KETTLES, DOYLE).keep("Hello again?", "turn")
    wrapped = _wrapped(before, folder)
    assert wrapped in before
    assert wrapped not in (folder / RING).read_bytes()


def _wrapped(ring: bytes, folder: Path) -> bytes:
    """The wrapped key as the copy of the ring had it."""
    copy = folder.parent / "copy"
    copy.write_bytes(ring)
    with closing(sqlite3.connect(copy)) as opened:
        (wrapped,) = opened.execute("SELECT wrapped FROM data_key").fetchone()
    return bytes(wrapped)


def test_rotating_the_tenants_key_keeps_every_word_and_ends_the_old_key(vault: Vault, folder: Path) -> None:
    kept = vault.words_of(KETTLES, DOYLE).keep("Hello?", "turn")
    found_by, old = vault.token(KETTLES, "48213"), (folder / KEY_FILE).read_text()
    assert vault.ring is not None
    assert rotate(folder, vault.ring) == 2
    again = open_vault(folder)
    assert again.words_of(KETTLES, DOYLE).give(kept, "turn") == "Hello?"
    assert again.token(KETTLES, "48213") == found_by
    (folder / KEY_FILE).write_text(old)
    with pytest.raises(KeyDoesNotFit):
        open_vault(folder)


def test_a_rotation_that_was_cut_off_leaves_a_key_that_fits(vault: Vault, folder: Path) -> None:
    kept = vault.words_of(KETTLES, DOYLE).keep("Hello?", "turn")
    (old,) = keys.parse_keys((folder / KEY_FILE).read_text())
    (folder / KEY_FILE).write_text(keys.written((keys.new_key(), old)))
    again = open_vault(folder)
    assert again.words_of(KETTLES, DOYLE).give(kept, "turn") == "Hello?"


def test_a_key_that_is_set_is_used_instead_of_a_file(folder: Path) -> None:
    key = keys.written((keys.new_key(),))
    kept = open_vault(folder, key).words_of(KETTLES, DOYLE).keep("Hello?", "turn")
    assert not (folder / KEY_FILE).exists()
    assert open_vault(folder, key).words_of(KETTLES, DOYLE).give(kept, "turn") == "Hello?"
    with pytest.raises(KeyMissing, match=KEY_FILE):
        open_vault(folder)
    with pytest.raises(KeyMissing, match="LEVELHEAD_KEY holds no key"):
        open_vault(folder, "c2hvcnQ=")


def test_with_encryption_off_words_are_kept_as_they_are_and_older_ones_still_open(vault: Vault, folder: Path) -> None:
    sealed = vault.words_of(KETTLES, DOYLE).keep("Hello?", "turn")
    off = open_vault(folder, encrypts=False)
    assert off.words_of(KETTLES, DOYLE).keep("Hello?", "turn") == "Hello?"
    assert off.words_of(KETTLES, DOYLE).give(sealed, "turn") == "Hello?"
    assert off.token(KETTLES, "48213") == vault.token(KETTLES, "48213")
