"""What can be set of how people sign in."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode

from levelhead.people.claims import ClaimRules, Unknown
from levelhead.people.person import Role
from levelhead.people.session import SessionRules

_OF_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class PeopleSettings(BaseSettings):
    """Where people reach it, how long they stay signed in, and the OpenID provider that vouches for them."""

    public_url: str | None = Field(
        default=None, description="Where people reach it (https://desk.example.org); no other host is answered then."
    )
    session_idle_minutes: int = Field(
        default=60, ge=5, le=1440, description="Minutes without activity after which somebody is signed out."
    )
    session_hours: int = Field(default=12, ge=1, le=168, description="Hours after which somebody has to sign in again.")
    oidc_issuer: str | None = Field(default=None, description="Address of an OpenID provider; none: passwords only.")
    oidc_client_id: str = Field(default="", description="What Levelhead is called at the provider.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="The secret that the provider gave to it.")
    oidc_tenant: str = Field(default="default", description="Slug of the tenant whose people the provider knows.")
    oidc_role_claim: str = Field(default="roles", description="The claim that says what somebody is here for.")
    oidc_roles: Annotated[Mapping[str, Role], NoDecode] = Field(
        default_factory=dict, description="Its values and our roles, the first that fits: leads=supervisor, …"
    )
    oidc_default_role: Role | None = Field(default=None, description="The role where no value fits; none: not let in.")
    oidc_team_claim: str = Field(default="groups", description="The claim that says which teams somebody is in.")
    oidc_teams: Annotated[Mapping[str, str], NoDecode] = Field(
        default_factory=dict, description="Its values and names of our teams: returns=Returns desk, …"
    )
    oidc_unknown: Unknown = Field(
        default=Unknown.REFUSE, description="Whether somebody new is let in (create) or not (refuse)."
    )

    @field_validator("oidc_roles", "oidc_teams", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        if not all(theirs.strip() and equals and ours.strip() for theirs, equals, ours in pairs):
            raise ValueError("pairs are written as theirs=ours, several of them with commas between")
        return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}

    @field_validator("public_url")
    @classmethod
    def _is_a_whole_site(cls, value: str | None) -> str | None:
        found = urlsplit(value or "https://none")
        if found.scheme not in {"http", "https"} or not found.hostname or found.path.strip("/") or found.query:
            raise ValueError("write it as https://desk.example.org, without a path")
        return value and value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_safe(cls, value: str | None) -> str | None:
        found = urlsplit(value or "https://none")
        if found.scheme == "https" or (found.scheme == "http" and found.hostname in _OF_THIS_MACHINE):
            return value
        raise ValueError("the address of a provider begins with https://")

    @property
    def session_rules(self) -> SessionRules:
        """How long people stay signed in."""
        return SessionRules(timedelta(minutes=self.session_idle_minutes), timedelta(hours=self.session_hours))

    @property
    def claim_rules(self) -> ClaimRules:
        """What the provider's claims give."""
        return ClaimRules(
            role_claim=self.oidc_role_claim,
            roles=self.oidc_roles,
            default_role=self.oidc_default_role,
            team_claim=self.oidc_team_claim,
            teams=self.oidc_teams,
            unknown=self.oidc_unknown,
        )
