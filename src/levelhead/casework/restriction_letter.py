"""The letter that tells a restriction: made whole or not at all."""

from datetime import datetime

from levelhead.casework.arrangement import Incomplete, Letter
from levelhead.casework.boundary_policy import Part, Policy
from levelhead.casework.letter_words import paragraphs, sentence
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
        "reason": sentence(restriction.reason),
        "from": _day(now, policy),
        "ends": _day(restriction.expires_at, policy),
        "meaning": sentence(restriction.meaning),
        "still": sentence(restriction.still),
        "adjustments": sentence(restriction.adjustments),
        "review": _day(restriction.review_at, policy),
        "appeal_to": restriction.appeal_to.rstrip(" ."),
        "appeal_days": str(policy.appeal_days),
        "approver": restriction.approved.name,
        "decided": _day(restriction.approved.at, policy),
    }
    if now >= restriction.expires_at:
        raise Incomplete("expires_at", "The letter cannot go out: the restriction would be over by now.")
    return Letter(paragraphs((policy.letter[part] for part in Part), told), policy.label)


def _day(moment: datetime, policy: Policy) -> str:
    return moment.strftime(policy.date_form)
