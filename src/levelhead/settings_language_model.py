"""What can be set of a language model that may find other words; without an address there is none."""

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode


class Wording(StrEnum):
    """What a language model may be asked to word otherwise."""

    CARD = "card"
    DRAFT = "draft"
    NOTE = "note"
    FOLLOW_UP = "follow_up"


class LanguageModelSettings(BaseSettings):
    """Where the model is, what it is called there, and what it may be asked for."""

    language_model_url: str | None = Field(
        default=None, description="Where an OpenAI-compatible API begins (http://127.0.0.1:11434/v1); none: no model."
    )
    language_model_name: str = Field(default="", description="What the model is called there.")
    language_model_key: SecretStr | None = Field(default=None, description="The key of that API, where it wants one.")
    language_model_for: Annotated[tuple[Wording, ...], NoDecode] = Field(
        default=(Wording.DRAFT,), description="What it may word otherwise: card, draft, note, follow_up."
    )

    @field_validator("language_model_url")
    @classmethod
    def _begins_an_api(cls, value: str | None) -> str | None:
        if not value:
            return None
        found = urlsplit(value)
        if found.scheme not in {"http", "https"} or not found.hostname:
            raise ValueError("an address begins with http:// or https:// and names a host")
        if found.username or found.password or found.query or found.fragment:
            raise ValueError("leave out name, password, ?query and #fragment; the key has a setting of its own")
        return value.rstrip("/")

    @field_validator("language_model_for", mode="before")
    @classmethod
    def _wordings(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
