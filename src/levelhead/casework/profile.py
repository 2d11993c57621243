"""What a customer has told us for the next time: what to call them, their language, what makes it easier for them.

Nothing is read into anybody: each line was said by somebody, who is named, and what a person needs is kept only where
they agreed that it is.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Final

LONGEST: Final = 200
"""Characters of a name, a form of address, a need or an adjustment."""
MOST_NEEDS: Final = 12


class Teller(StrEnum):
    """Who said it."""

    CUSTOMER = "customer"
    SPEAKS_FOR_THEM = "speaks_for_them"
    OTHER_SYSTEM = "other_system"


@dataclass(frozen=True, slots=True)
class Need:
    """What makes it easier for them: `adjustment` is what to do, `need` why, '' where nobody has to know.

    `agreed` says that they agreed to its being kept, `on` when that was noted.
    """

    adjustment: str
    teller: Teller
    on: date
    agreed: bool
    need: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known; '' and () where nothing is. `language` is a tag such as `en-GB`."""

    preferred_name: str = ""
    form_of_address: str = ""
    language: str = ""
    needs: tuple[Need, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self == EMPTY


EMPTY: Final = Profile()


def together(first: Profile, *others: Profile) -> Profile:
    """What is known of one person under several identities: the first that says something is right, needs add up."""
    found = first
    for other in others:
        said = {
            one.name: getattr(other, one.name)
            for one in fields(Profile)
            if one.name != "needs" and not getattr(found, one.name)
        }
        known = {need.adjustment.casefold() for need in found.needs}
        more = tuple(need for need in other.needs if need.adjustment.casefold() not in known)
        found = replace(found, **said, needs=(*found.needs, *more))
    return found
