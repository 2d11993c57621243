"""A token that a program calls the API with."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a program may do, and until when (UTC); its secret is shown once and kept only as a digest.

    `scopes` are names of actions (`permission.SCOPES`); with a `team`, only things of that team are reached.
    """

    id: UUID
    tenant: UUID
    name: str
    scopes: AbstractSet[str]
    expires_at: datetime
    made_at: datetime
    team: UUID | None = None
    made_by: UUID | None = None
    last_used_at: datetime | None = None
    ended_at: datetime | None = None
