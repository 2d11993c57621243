"""What can be set: by environment (`LEVELHEAD_…`), or in one TOML file that `LEVELHEAD_CONFIG` names."""

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "LEVELHEAD_"


class WrongSetting(Exception):
    """A setting that cannot be used; `str()` names it and says what was expected."""


class Settings(BaseSettings):
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
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least to be logged.")

    @property
    def database_url(self) -> str:
        """Where the database in force is."""
        return self.database or f"sqlite:///{self.data_dir / 'levelhead.db'}"

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
        name = ".".join(str(part) for part in first["loc"])
        raise WrongSetting(f"{name}: {first['msg']} (found {first['input']!r})") from error


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
        if key not in known:
            nearest = get_close_matches(key, known, n=1, cutoff=0.0)[0]
            raise WrongSetting(f"{path}: there is no setting {key!r}; the nearest is {nearest!r}")
