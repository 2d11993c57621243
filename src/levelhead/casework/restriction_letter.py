"""The letter that tells a restriction: made whole or not at all."""

from collections.abc import Mapping
from datetime import datetime

from levelhead.casework.arrangement import Incomplete, Letter
from levelhead.casework.boundary_policy import Part, Policy
from levelhead.casework.restriction import Restriction


def letter_of(restriction: Restriction, policy: Policy, *, customer: str, said_on: datetime, now: datetime) -> Letter:
    """The letter as it goes out now; `said_on` is the day of the contact. Raises Incomplete naming what is missing."""
    if restriction.approved is None:
        raise Incomplete("approver", "Nobody has approved it yet, so there is nothing to write.")
    quotes = dict.fromkeys(f"“{one.words.strip()}”" for one in restriction.evidence if one.words.strip())
    told = {
        "customer": customer,
        "said_on": _day(said_on, policy),
        "quotes": ", ".join(quotes),
        "reason": _ended(restriction.reason),
        "from": _day(now, policy),
        "ends": _day(restriction.expires_at, policy),
        "meaning": _ended(restriction.meaning),
        "still": _ended(restriction.still),
        "adjustments": _ended(restriction.adjustments),
        "review": _day(restriction.review_at, policy),
        "appeal_to": restriction.appeal_to.rstrip(" ."),
        "appeal_days": str(policy.appeal_days),
        "approver": restriction.approved.name,
        "decided": _day(restriction.approved.at, policy),
    }
    for field, value in told.items():
        if not value.strip():
            raise Incomplete(field, f"The letter cannot go out: “{field.replace('_', ' ')}” is empty. Fill it in.")
    if now >= restriction.expires_at:
        raise Incomplete("expires_at", "The letter cannot go out: the restriction would be over by now.")
    return Letter(tuple(_filled(policy.letter[part], told) for part in Part), policy.label)


def _filled(text: str, told: Mapping[str, str]) -> str:
    return text.format_map({name: value.strip() for name, value in told.items()})


def _ended(text: str) -> str:
    """As a sentence: what somebody typed may lack its full stop."""
    said = text.strip()
    return said if not said or said[-1] in ".!?" else f"{said}."


def _day(moment: datetime, policy: Policy) -> str:
    return moment.strftime(policy.date_form)
