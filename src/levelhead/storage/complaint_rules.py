"""What a tenant has settled about complaints: which rule sets hold for it, and what its letters say of itself."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Final

from levelhead.people.audit import Deed
from levelhead.storage.audit_notes import note
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused
from levelhead.storage.rules import rules_under, settle

_PREFIX: Final = "complaints."
LONGEST: Final = 500


class WrongRules(Refused):
    """A choice of rules that cannot be; the text says why."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`sets` are names of rule sets, the first of them is proposed; empty where none was chosen.

    `company`, `contact` and `scheme` are what letters say: the tenant's name, where it is reached, and which
    independent scheme it belongs to, with how to reach that.
    """

    sets: tuple[str, ...] = ()
    company: str = ""
    contact: str = ""
    scheme: str = ""


class ComplaintRules:
    """What the tenant whose shelf this is has settled about complaints."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def settled(self) -> Settled:
        """What holds now."""
        with self._shelf.reading() as connection:
            kept = rules_under(connection, _PREFIX)
        told = {name.removeprefix(_PREFIX): value for name, value in kept.items()}
        return Settled(
            tuple(told.get("sets", "").split()),
            **{name: told.get(name, "") for name in ("company", "contact", "scheme")},
        )

    def settle(self, settled: Settled, known: Collection[str]) -> None:
        """Settle it; complaints that stand keep the rules that they fall under. Raises WrongRules."""
        for name in settled.sets:
            if name not in known:
                raise WrongRules(f"There are no rules called {name!r}. Choose from: {', '.join(known)}.")
        told = {field.name: getattr(settled, field.name) for field in fields(settled)}
        told["sets"] = " ".join(dict.fromkeys(settled.sets))
        with self._shelf.writing() as connection:
            for name, value in told.items():
                settle(connection, f"{_PREFIX}{name}", " ".join(value.split())[:LONGEST] or None)
            note(connection, Deed.COMPLAINTS_SETTLED, "complaints")
