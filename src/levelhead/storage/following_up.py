"""What a tenant has settled about asking afterwards: whether tasks are planned, and whether surveys go out."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection

from levelhead.people.audit import Deed
from levelhead.storage.audit_notes import note
from levelhead.storage.database import Shelf
from levelhead.storage.rules import rules_under, settle

_PREFIX = "follow_up."


@dataclass(frozen=True, slots=True)
class FollowUpRules:
    """`tasks`: somebody asks whether it worked; `checks`: and again weeks after something was put right; `surveys`:
    customers are asked three questions by mail, which is for each house to decide.
    """

    tasks: bool = True
    checks: bool = True
    surveys: bool = False


class FollowUpSettings:
    """The rules of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def rules(self) -> FollowUpRules:
        """What is settled, and what holds where nothing is."""
        with self._shelf.reading() as connection:
            return _rules(connection)

    def settle(self, rules: FollowUpRules) -> None:
        """Settle them; what is planned already stays planned."""
        with self._shelf.writing() as connection:
            for name, value in asdict(rules).items():
                settle(connection, f"{_PREFIX}{name}", "on" if value else "off")
            note(connection, Deed.FOLLOW_UPS_SETTLED)


def _rules(connection: Connection) -> FollowUpRules:
    kept = rules_under(connection, _PREFIX)
    told = {one.name: kept.get(f"{_PREFIX}{one.name}") for one in fields(FollowUpRules)}
    return FollowUpRules(**{name: value == "on" for name, value in told.items() if value is not None})
