"""What the forms about restrictions say, and what of it cannot be taken."""

from datetime import tzinfo

from levelhead.casework.restriction import Way
from levelhead.live.restricting import Asked
from levelhead.web.days import day_in
from levelhead.web.forms import BadForm, Form

LONGEST = 2_000
TEXTS = ("meaning", "reason", "adjustments", "still", "appeal_to")


def asked_in(form: Form, zone: tzinfo) -> Asked:
    """The proposal of this form, its days in the zone of the house.

    Raises NotComplete for a day that is none, BadForm for what no page of ours sends.
    """
    way, texts = form("way"), {name: form(name).strip() for name in TEXTS}
    if way not in set(Way) or any(len(text) > LONGEST for text in texts.values()):
        raise BadForm
    return Asked(
        Way(way), **texts, expires_at=day_in(form, "expires_at", zone), review_at=day_in(form, "review_at", zone)
    )
