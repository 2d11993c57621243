"""Opens the vault that the settings speak of."""

from levelhead.privacy.keys import parse_keys
from levelhead.settings import Settings
from levelhead.settings_privacy import folder_beside
from levelhead.storage.vault import Vault, open_vault, rotate


def vault_of(settings: Settings) -> Vault:
    """The vault in force; keys are made at the first start. Raises KeyMissing, KeyDoesNotFit or CannotKeep."""
    folder = settings.key_dir or folder_beside(settings.database, settings.data_dir)
    key = settings.key.get_secret_value() if settings.key else None
    return open_vault(folder, key, encrypts=settings.encryption)


def rotate_keys_of(settings: Settings, vault: Vault) -> int:
    """Wrap all data keys by a new tenants' key, or by the first of the ones that are set; how many there are."""
    if vault.ring is None:
        return 0
    if settings.key:
        return vault.ring.rotate(parse_keys(settings.key.get_secret_value()))
    return rotate(vault.ring.path.parent, vault.ring)
