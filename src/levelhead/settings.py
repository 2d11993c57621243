"""What can be set: by environment (`LEVELHEAD_…`), or in one TOML file that `LEVELHEAD_CONFIG` names."""

import os
import tomllib
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from levelhead.settings_language_model import LanguageModelSettings
from levelhead.settings_mail import ENV_ONLY, MailSettings
from levelhead.settings_people import PeopleSettings
from levelhead.settings_privacy import PrivacySettings

PREFIX = "LEVELHEAD_"


class WrongSetting(Exception):
    """A setting that cannot be used; `str()` names it and says what was expected."""


class Settings(LanguageModelSettings, MailSettings, PeopleSettings, PrivacySettings):
    """The settings in force. What is given in code wins over the environment, and that over the TOML file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(default=Path("data"), description="Folder of the database; made when it is not there.")
    database: str | None = Field(
        default=None, description="PostgreSQL URL or path of a SQLite file, instead of a file in the data folder."
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; 0.0.0.0 for every one.")
    port: int = Field(default=8080, ge=0, le=65535, description="Port to listen on; 0 for any free one.")
    demo: bool = Field(default=True, description="Whether to play the demo conversations.")
    demo_pace: float = Field(default=1.0, gt=0, le=1000, description="How fast they play; 2 is twice speaking pace.")
    demo_history: bool = Field(default=True, description="Whether the demo has three weeks of past conversations.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least to be logged.")
    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(), description="Private networks that events may be sent to, separated by commas."
    )
    outbox_days: int = Field(default=7, ge=1, le=3650, description="Days for which events that arrived are listed.")
    stop_within_s: int = Field(default=10, ge=1, le=600, description="Seconds for what is in hand when it stops.")
    disk_low_mb: int = Field(default=200, ge=0, description="Free space below which the disk counts as nearly full.")
    audit_key: str | None = Field(
        default=None, description="Key (32 bytes, base64) that signs the audit's heads, instead of a file."
    )
    articles: Path | None = Field(
        default=None, description="Folder of Markdown articles, one below it for each tenant's slug; else in data_dir."
    )
    traces: str | None = Field(default=None, description="Address of an OTLP collector; none: no traces are made.")

    @field_validator("webhook_networks", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        if not isinstance(value, list | tuple):
            raise ValueError("networks are written as 10.0.0.0/8, several of them with commas between")
        return [_network(part) for part in value]

    @field_validator("traces")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("an address begins with http:// or https://")
        return value

    @property
    def database_url(self) -> str:
        """Where the database in force is."""
        return self.database or f"sqlite:///{self.data_dir / 'levelhead.db'}"

    @property
    def articles_dir(self) -> Path:
        """Where the articles of all tenants are, each tenant's in a folder of its slug."""
        return self.articles or self.data_dir / "articles"

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *sources: PydanticBaseSettingsSource, **named: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given in code, then the environment, then the TOML file."""
        return (named["init_settings"], named["env_settings"], _TomlFile(settings_cls))


def load(**given: object) -> Settings:
    """The settings in force; `given` leaves out what is None. Raises WrongSetting naming the setting."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        why = first["msg"].removeprefix("Value error, ")
        raise WrongSetting(f"{first['loc'][0]}: {why} (found {first['input']!r})") from error


def _network(part: object) -> IPv4Network | IPv6Network:
    try:
        return part if isinstance(part, IPv4Network | IPv6Network) else ip_network(str(part))
    except ValueError as error:
        raise ValueError(f"{error}; write a network such as 10.0.0.0/8 or fd00::/8") from error


class _TomlFile(PydanticBaseSettingsSource):
    """The settings of the TOML file that LEVELHEAD_CONFIG names; a key that is no setting is refused."""

    def __call__(self) -> dict[str, Any]:
        path = os.environ.get(f"{PREFIX}CONFIG")
        if not path:
            return {}
        try:
            found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise WrongSetting(f"{path}: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{path}: not TOML: {error}") from error
        for key in found:
            self._check_known(key, path)
        return found

    def get_field_value(self, *_: object) -> tuple[Any, str, bool]:
        """Nothing: the file is taken as a whole."""
        return None, "", False

    def _check_known(self, key: str, path: str) -> None:
        known = self.settings_cls.model_fields
        if key in ENV_ONLY:
            raise WrongSetting(f"{path}: {key} is taken from the environment alone ({PREFIX}{key.upper()})")
        if key not in known:
            nearest = get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise WrongSetting(f"{path}: there is no setting {key!r}; the nearest is {nearest!r}")
