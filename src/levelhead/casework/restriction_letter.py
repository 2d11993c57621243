"""The letter that tells a restriction: made whole or not at all."""

from datetime import datetime

from levelhead.casework.arrangement import Incomplete, Letter
from levelhead.casework.boundary_policy import Part, Policy
from levelhead.casework.letter_words import paragraphs, sentence
from levelhead.casework.restriction import Restriction
from levelhead.conversation.dates import written
from levelhead.conversation.languages import quoted


def letter_of(restriction: Restriction, policy: Policy, *, customer: str, said_on: datetime, now: datetime) -> Letter:
    """The letter as it goes out now; `said_on` is the day of the contact. Days are those of the zone that it ends in.

    Raises Incomplete naming what is missing.
    """
    if restriction.approved is None:
        raise Incomplete("approver", "Nobody has approved it yet, so there is nothing to write.")
    zone = restriction.expires_at.tzinfo

    def day(moment: datetime) -> str:
        return written(moment.astimezone(zone), policy.date_form, policy.locale)

    quotes = dict.fromkeys(
        quoted(one.words.strip(), policy.locale) for one in restriction.evidence if one.words.strip()
    )
    told = {
        "customer": customer,
        "said_on": day(said_on),
        "quotes": ", ".join(quotes),
        "reason": sentence(restriction.reason),
        "from": day(now),
        "ends": day(restriction.expires_at),
        "meaning": sentence(restriction.meaning),
        "still": sentence(restriction.still),
        "adjustments": sentence(restriction.adjustments),
        "review": day(restriction.review_at),
        "appeal_to": restriction.appeal_to.rstrip(" ."),
        "appeal_days": str(policy.appeal_days),
        "approver": restriction.approved.name,
        "decided": day(restriction.approved.at),
    }
    if now >= restriction.expires_at:
        raise Incomplete("expires_at", "The letter cannot go out: the restriction would be over by now.")
    return Letter(paragraphs((policy.letter[part] for part in Part), told), policy.label)
