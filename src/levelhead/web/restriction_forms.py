"""What the forms about restrictions say, and what of it cannot be taken."""

from datetime import UTC, date, datetime, time, timedelta

from levelhead.casework.boundary_policy import Policy
from levelhead.casework.restriction import Way
from levelhead.live.arranging import NotComplete
from levelhead.live.restricting import Asked
from levelhead.web.forms import BadForm, Form

LONGEST = 2_000
TEXTS = ("meaning", "reason", "adjustments", "still", "appeal_to")


def asked_in(form: Form) -> Asked:
    """The proposal of this form. Raises NotComplete for a day that is none, BadForm for what no page of ours sends."""
    way, texts = form("way"), {name: form(name).strip() for name in TEXTS}
    if way not in set(Way) or any(len(text) > LONGEST for text in texts.values()):
        raise BadForm
    return Asked(Way(way), **texts, expires_at=day_in(form, "expires_at"), review_at=day_in(form, "review_at"))


def day_in(form: Form, field: str) -> datetime:
    """The beginning of a day, UTC. Raises NotComplete."""
    try:
        return begins(date.fromisoformat(form(field)))
    except ValueError:
        raise NotComplete(field, f"Choose a day; {form(field)[:20]!r} is none.") from None


def begins(day: date) -> datetime:
    """The moment at which a day begins, UTC: what ends on a day ends with its first moment."""
    return datetime.combine(day, time(), UTC)


def proposed_days(now: datetime, policy: Policy) -> dict[str, str]:
    """The days that the empty form offers: half of what is possible, looked at after half of that."""
    today = now.astimezone(UTC).date()
    ends = today + timedelta(days=policy.limits.longest_days // 2)
    looked_at = today + timedelta(days=policy.limits.longest_days // 4)
    return {"expires_at": ends.isoformat(), "review_at": looked_at.isoformat()}
