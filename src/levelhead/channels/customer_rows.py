"""Rows of another system to customers: who they are there, and what they have told it for the next time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from levelhead.casework.profile import LONGEST, MOST_NEEDS, Need, Profile, Teller
from levelhead.channels.fields import Fields
from levelhead.channels.lines import objects_from
from levelhead.channels.malformed import NOWHERE, Malformed, Place
from levelhead.privacy.redact import redact

NEEDED: Final = ("reference",)
_FIELDS: Final = frozenset(
    {"reference", "name", "preferred_name", "form_of_address", "language", "needs"}
    | {"adjustment", "need", "told_by", "agreed_on"}
)
_OF_NEED: Final = frozenset({"adjustment", "need", "told_by", "agreed_on"})


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as another system has them; `place` is where it stood."""

    reference: str
    name: str | None
    profile: Profile
    place: Place = NOWHERE


def customers_from(stream: BinaryIO, name: str, *, on_bad: Callable[[Malformed], None]) -> Iterator[CustomerRow]:
    """Every customer of a file (JSON lines or CSV). A line that is not as agreed is handed over and passed by."""
    known: set[str] = set()
    for found in objects_from(stream, name, NEEDED):
        try:
            if isinstance(found, Malformed):
                raise found
            place, value = found
            row = customer_of_row(value, place)
            if row.reference in known:
                found_again = f"{row.reference!r} again"
                raise Malformed(
                    place=place, field="reference", expected="one that no earlier line has", found=found_again
                )
        except Malformed as bad:
            on_bad(bad)
        else:
            known.add(row.reference)
            yield row


def customer_of_row(value: object, place: Place = NOWHERE, path: str = "") -> CustomerRow:
    """The customer in one row, or Malformed naming the field. What may never be kept is masked in every text."""
    fields = Fields(value, place, path)
    _check_fields(fields, _FIELDS)
    name = fields.name_or_none("name")
    profile = Profile(
        preferred_name=_short(fields, "preferred_name"),
        form_of_address=_short(fields, "form_of_address"),
        language=fields.locale("language") if fields.get("language") else "",
        needs=_needs(fields),
    )
    return CustomerRow(fields.name("reference"), name and redact(name).text, profile, place)


def _needs(fields: Fields) -> tuple[Need, ...]:
    """A list of objects, or one need in columns of its own."""
    listed = fields.get("needs")
    if listed is None:
        return (_need(fields),) if any(fields.get(name) for name in _OF_NEED) else ()
    if not isinstance(listed, list) or len(listed) > MOST_NEEDS:
        raise fields.bad("needs", f"a list of at most {MOST_NEEDS}")
    found = []
    for index, value in enumerate(listed):
        one = Fields(value, fields.place, f"{fields.path}needs[{index}].")
        _check_fields(one, _OF_NEED)
        found.append(_need(one))
    return tuple(found)


def _need(fields: Fields) -> Need:
    adjustment = _short(fields, "adjustment")
    if not adjustment:
        raise fields.bad("adjustment", "what to do, such as “speak slowly”")
    return Need(
        adjustment=adjustment,
        teller=fields.label("told_by", Teller),
        on=_day(fields, "agreed_on"),
        agreed=True,
        need=_short(fields, "need"),
    )


def _day(fields: Fields, name: str) -> date:
    """Without a day on which they agreed, a need is not kept."""
    value = fields.get(name)
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None:
        raise fields.bad(name, "the day on which they agreed that this is kept, such as 2026-03-06")
    return day


def _short(fields: Fields, name: str) -> str:
    value = fields.name_or_none(name)
    if value is not None and len(value) > LONGEST:
        raise fields.bad(name, f"at most {LONGEST} characters", f"{len(value)}")
    return redact(value.strip()).text if value else ""


def _check_fields(fields: Fields, known: frozenset[str]) -> None:
    for name in fields.values:
        if name not in known:
            raise fields.bad(str(name), f"no such field; there are {', '.join(sorted(known))}")
