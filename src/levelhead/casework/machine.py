"""Which move leads from which state to which: every kind of casework has one such table, and nothing moves past it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)


class NotPossible(Exception):
    """A move that the state does not allow; the text says which it does allow."""


@dataclass(frozen=True, slots=True)
class Machine(Generic[State, Move]):
    """Where each move leads: `begins` from nothing, `table` from a state. A state that no move leaves is an end."""

    begins: Mapping[Move, State]
    table: Mapping[tuple[State, Move], State]

    def begin(self, move: Move) -> State:
        """The state that this move begins in. Raises NotPossible."""
        if move not in self.begins:
            raise NotPossible(f"Nothing begins with “{_said(move)}”; possible: {_listed(self.begins)}.")
        return self.begins[move]

    def after(self, state: State, move: Move) -> State:
        """The state after this move. Raises NotPossible."""
        if (state, move) not in self.table:
            raise NotPossible(
                f"What is {_said(state)} cannot be {_said(move)}; possible: {_listed(self.moves(state))}."
            )
        return self.table[state, move]

    def moves(self, state: State) -> tuple[Move, ...]:
        """The moves that this state allows, in the order of the table."""
        return tuple(move for (before, move) in self.table if before is state)

    def is_over(self, state: State) -> bool:
        """Whether no move leads on."""
        return not self.moves(state)


def _said(value: StrEnum) -> str:
    return value.value.replace("_", " ")


def _listed(values: Mapping[Move, object] | tuple[Move, ...]) -> str:
    return ", ".join(_said(value) for value in values) or "nothing more"
