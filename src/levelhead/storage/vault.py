"""The vault: words are kept under the key of the customer they are about, so that one key destroyed takes them all."""

import os
from pathlib import Path
from uuid import UUID

from levelhead.privacy import keys
from levelhead.storage.keyring import RING, SEARCH, SECRETS, KeyGone, KeyRing
from levelhead.storage.refusals import CannotKeep, Refused

KEY_FILE = "tenants.key"
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class KeyMissing(Refused):
    """The key that wraps the key ring is not there, or is no key."""


class Vault:
    """Seals and opens words. With encryption off it hands them back as they are, and opens what was sealed before."""

    def __init__(self, ring: KeyRing | None = None, *, encrypts: bool = True) -> None:
        self.ring = ring
        self.encrypts = encrypts and ring is not None

    def words_of(self, tenant: UUID, customer: UUID | None) -> "Words":
        """The words about one customer; None where nobody knows yet whose they are: those are kept as they are."""
        return Words(self, tenant, str(customer) if customer else None, customer)

    def secrets_of(self, tenant: UUID) -> "Words":
        """The secrets of the tenant itself, such as those that sign its events."""
        return Words(self, tenant, SECRETS)

    def token(self, tenant: UUID, words: str) -> str:
        """What to search for by; of one tenant only. Without a key ring, what every other one would have too."""
        return keys.token(self.ring.key(tenant, SEARCH) if self.ring else b"no key", words)

    def destroy(self, tenant: UUID, customer: UUID) -> None:
        """Make everything unreadable that was ever kept of this customer, wherever a copy of it is."""
        if self.ring is not None:
            self.ring.destroy(tenant, str(customer))


class Words:
    """Seals and opens words under the key of one holder: those about one customer, or the tenant's own secrets."""

    def __init__(self, vault: Vault, tenant: UUID, holder: str | None, customer: UUID | None = None) -> None:
        self._vault = vault
        self._tenant = tenant
        self._holder = holder
        self.customer = customer

    def keep(self, words: str, *of: object) -> str:
        """The form to be kept; `of` says what it is and goes into the seal. Raises KeyGone or CannotKeep."""
        ring = self._vault.ring if self._vault.encrypts else None
        if ring is None or self._holder is None:
            return words
        return keys.seal_words(ring.key(self._tenant, self._holder), words, _of(of))

    def give(self, kept: str, *of: object) -> str:
        """The words again. Raises KeyGone where the customer was erased, or where no key that opens them is at hand."""
        if not keys.is_sealed(kept):
            return kept
        if self._vault.ring is None or self._holder is None:
            raise KeyGone("This was kept sealed, and there is no key to open it with.")
        try:
            return keys.open_words(self._vault.ring.key(self._tenant, self._holder), kept, _of(of))
        except keys.DoesNotOpen:
            raise KeyGone("This was kept sealed, and the key does not open it.") from None


def _of(parts: tuple[object, ...]) -> str:
    return ":".join(map(str, parts))


OPEN = Vault()
"""For whoever has no keys: keeps words as they are."""


def open_vault(folder: Path, key: str | None = None, *, encrypts: bool = True) -> Vault:
    """The vault of this folder; key and key ring are made at the first start, readable by this account only.

    `key` is used instead of the key file. Raises KeyMissing, KeyDoesNotFit or CannotKeep.
    """
    return Vault(KeyRing(made(folder), tenants_keys(folder, key)), encrypts=encrypts)


def tenants_keys(folder: Path, key: str | None = None) -> tuple[bytes, ...]:
    """The key in use and those before it that still open what they wrapped."""
    if key:
        return _parsed(key, "LEVELHEAD_KEY")
    path = folder / KEY_FILE
    if path.exists():
        return _parsed(path.read_text(encoding="ascii"), str(path))
    if (folder / RING).exists():
        raise KeyMissing(f"{path} is missing, and without it nothing in {folder / RING} opens. Put it back.")
    first = (keys.new_key(),)
    write_keys(folder, first)
    return first


def _parsed(text: str, where: str) -> tuple[bytes, ...]:
    try:
        return keys.parse_keys(text)
    except keys.WrongKey as wrong:
        raise KeyMissing(f"{where} holds no key that can be used: {wrong}.") from None


def write_keys(folder: Path, tenants: tuple[bytes, ...]) -> None:
    """Write the key file, whole or not at all."""
    new = folder / f"{KEY_FILE}.new"
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(keys.written(tenants))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / KEY_FILE)


def rotate(folder: Path, ring: KeyRing) -> int:
    """Give the tenants a new key and wrap all data keys by it; how many. The old one opens nothing afterwards."""
    old = tenants_keys(folder)
    new = keys.new_key()
    write_keys(folder, (new, *old))  # Whatever happens in between, one of them fits.
    rewrapped = ring.rotate((new, *old))
    write_keys(folder, (new,))
    return rewrapped


def made(folder: Path) -> Path:
    """The folder, there for this account only."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotKeep(f"The folder {folder} cannot be written: {error.strerror}") from error
    return folder
