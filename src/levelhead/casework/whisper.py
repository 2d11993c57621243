"""A whisper: a short text from somebody who reads along to the one who answers. The customer never sees it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.machine import Machine

LONGEST: Final = 280
"""Characters: it is read between two sentences."""


class WhisperState(StrEnum):
    """Whether it stands."""

    SAID = "said"
    TAKEN_BACK = "taken_back"


class WhisperMove(StrEnum):
    """What its writer can do."""

    SAY = "say"
    TAKE_BACK = "take_back"


WHISPER: Final[Machine[WhisperState, WhisperMove]] = Machine(
    begins={WhisperMove.SAY: WhisperState.SAID},
    table={(WhisperState.SAID, WhisperMove.TAKE_BACK): WhisperState.TAKEN_BACK},
)


@dataclass(frozen=True, slots=True)
class Whispered:
    """The words, redacted, who said them, and the last turn that had been heard then."""

    words: str
    by: UUID
    n: int | None = None
