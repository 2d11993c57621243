"""Editions: what a tenant has made of a pack. None is ever changed: whoever edits makes a new one, also to go back.

Edition 0 is the pack that comes with Levelhead. There is one draft of a pack at most, so that nobody works for nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine

BUILT_IN: Final = 0
"""The number of the pack that comes with Levelhead."""


class EditionState(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    SET_ASIDE = "set_aside"


class EditionMove(StrEnum):
    """What people do with an edition; one is replaced by the next one that comes into force."""

    WRITE = "write"
    GO_BACK = "go_back"
    PUT_IN_FORCE = "put_in_force"
    REPLACE = "replace"
    SET_ASIDE = "set_aside"


EDITING: Final[Machine[EditionState, EditionMove]] = Machine(
    begins={EditionMove.WRITE: EditionState.DRAFT, EditionMove.GO_BACK: EditionState.IN_FORCE},
    table={
        (EditionState.DRAFT, EditionMove.PUT_IN_FORCE): EditionState.IN_FORCE,
        (EditionState.DRAFT, EditionMove.SET_ASIDE): EditionState.SET_ASIDE,
        (EditionState.IN_FORCE, EditionMove.REPLACE): EditionState.REPLACED,
    },
)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition without its text: which pack, its number, who wrote it when and why, and where it stands.

    `back_to` is the number of the one whose text it has, where somebody went back. Who put it into force, and when, is
    None while nobody has; `ended_at` is when it ceased to be what it was. Times are UTC, people as in the audit.
    """

    id: UUID
    pack: str
    number: int
    state: EditionState
    why: str
    by: str
    at: datetime
    back_to: int | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    ended_at: datetime | None = None


def in_force(editions: Iterable[Edition]) -> Edition | None:
    """The one in force; None where the pack that comes with Levelhead is, which counts as edition 0."""
    found = next((one for one in editions if one.state is EditionState.IN_FORCE), None)
    return None if found is None or found.back_to == BUILT_IN else found


def draft(editions: Iterable[Edition]) -> Edition | None:
    """The draft that waits, if there is one."""
    return next((one for one in editions if one.state is EditionState.DRAFT), None)
