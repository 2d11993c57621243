"""A tenant is an organisation whose conversations nobody else sees; a team is a part of it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Rollout(StrEnum):
    """How far Levelhead has come in a team: not at all, reading and measuring without a word, or showing cards."""

    OFF = "off"
    SHADOW = "shadow"
    ON = "on"

    @property
    def reads(self) -> bool:
        """Whether turns of this team are read and measured; where not, they are kept as they were said."""
        return self is not Rollout.OFF

    @property
    def shows(self) -> bool:
        """Whether the team's agents see what was read: signals, steps, outlook, card, draft check.

        Where not, they see the words alone, and no page differs by whether anything was read.
        """
        return self is Rollout.ON


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organisation; `slug` names it in addresses and on the command line."""

    id: UUID
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Team:
    """The people who hold conversations together, and what Levelhead does for them."""

    id: UUID
    name: str
    rollout: Rollout
