"""What can be set of how customers' words are kept."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

KEYS = "keys"
_SQLITE = "sqlite:///"


class PrivacySettings(BaseSettings):
    """Where the keys are, and whether words are kept under them."""

    encryption: bool = Field(default=True, description="Whether words are kept under each customer's own key.")
    key: SecretStr | None = Field(
        default=None, description="The tenants' key in base64 (32 bytes), instead of a key file; older ones after it."
    )
    key_dir: Path | None = Field(
        default=None, description="Folder of key file and key ring; `keys` beside the database, or in the data folder."
    )


def folder_beside(database: str | None, data_dir: Path) -> Path:
    """Where keys are when nobody says: beside a SQLite file, else in the data folder."""
    path = (database or "").removeprefix(_SQLITE)
    return (Path(path).parent if path and "://" not in path else data_dir) / KEYS
