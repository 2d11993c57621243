"""What somebody typed about a customer, as a profile: needs are kept with the customer's word for it, or not at all."""

import re
from dataclasses import dataclass, replace
from datetime import date

from levelhead.casework.profile import LONGEST, MOST_NEEDS, Need, Profile, Teller
from levelhead.privacy.redact import redact
from levelhead.web.forms import Form

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class NotSo(Exception):
    """What cannot be kept: `key` is the sentence of the catalogue, `field` the name of a field in it."""

    key: str
    field: str = ""
    most: int = LONGEST


def profile_in(form: Form, known: Profile, today: date) -> Profile:
    """The profile after this form. Of the needs that are known, those that `keep` names stay. Raises NotSo."""
    language = form("language").strip()
    if language and not _LANGUAGE.fullmatch(language):
        raise NotSo("customer.language_wrong")
    kept = {int(place) for place in form.all("keep") if place.isdecimal()}
    needs = tuple(need for place, need in enumerate(known.needs) if place in kept)
    new = _need(form, today)
    if new and len(needs) >= MOST_NEEDS:
        raise NotSo("customer.too_many", most=MOST_NEEDS)
    return replace(
        known,
        preferred_name=_short(form, "preferred_name"),
        form_of_address=_short(form, "form_of_address"),
        language=language,
        needs=(*needs, *filter(None, (new,))),
    )


def _need(form: Form, today: date) -> Need | None:
    adjustment, need = _short(form, "adjustment"), _short(form, "need")
    if not adjustment and not need:
        return None
    if not adjustment:
        raise NotSo("customer.adjustment_missing")
    if form("agreed") != "yes":
        raise NotSo("customer.agree_missing")
    told = form("told_by")
    teller = Teller(told) if told in set(Teller) else Teller.CUSTOMER
    return Need(adjustment, teller, today, agreed=True, need=need)


def _short(form: Form, name: str) -> str:
    """Masked like everything that is kept."""
    typed = " ".join(form(name).split())
    if len(typed) > LONGEST:
        raise NotSo("customer.too_long", field=name)
    return redact(typed).text
