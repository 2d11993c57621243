"""What the forms about plans say, and what of it cannot be taken."""

from collections.abc import Iterable, Iterator
from datetime import time, tzinfo

from levelhead.casework.plan_times import Window
from levelhead.conversation import Channel
from levelhead.live.arranging import NotComplete
from levelhead.live.planning import PlanAsked
from levelhead.people.person import Person
from levelhead.web.days import day_in
from levelhead.web.forms import BadForm, Form

LONGEST = 2_000
MOST_TIMES = 3
"""Agreed times that the form has room for."""
_TEXTS = ("reason", "adjustments", "object_to")


def plan_in(form: Form, colleagues: Iterable[Person], zone: tzinfo) -> PlanAsked:
    """The proposal of this form. Raises NotComplete naming the field, BadForm for what no page of ours sends."""
    texts = {name: form(name).strip() for name in _TEXTS}
    if form("channel") not in set(Channel) or any(len(text) > LONGEST for text in texts.values()):
        raise BadForm
    contact = _contact(form("contact"), colleagues)
    return PlanAsked(
        contact=contact.id,
        contact_name=contact.shown_as,
        channel=Channel(form("channel")),
        times=tuple(_times(form)),
        **texts,
        expires_at=day_in(form, "expires_at", zone),
        review_at=day_in(form, "review_at", zone),
    )


def contact_in(form: Form, colleagues: Iterable[Person]) -> Person:
    """Who looks after them from now on. Raises NotComplete."""
    return _contact(form("contact"), colleagues)


def window_of(day: int, opens: str, closes: str) -> Window:
    """An agreed time as it is written. Raises NotComplete."""
    try:
        return Window(day, time.fromisoformat(opens), time.fromisoformat(closes))
    except ValueError:
        raise NotComplete("times", "A time has a day, and begins before it ends: 10:00 to 12:00.") from None


def words_in(form: Form) -> tuple[str, ...]:
    """The paragraphs of what the customer is told, with a line left free between them."""
    return tuple(one.strip() for one in form("words")[: 4 * LONGEST].split("\n\n") if one.strip())


def _contact(chosen: str, colleagues: Iterable[Person]) -> Person:
    found = {str(one.id): one for one in colleagues}
    if chosen not in found:
        raise NotComplete("contact", "Choose who looks after them.")
    return found[chosen]


def _times(form: Form) -> Iterator[Window]:
    rows = zip(form.all("day"), form.all("opens"), form.all("closes"), strict=False)
    for day, opens, closes in list(rows)[:MOST_TIMES]:
        if day in {str(number) for number in range(7)}:
            yield window_of(int(day), opens, closes)
