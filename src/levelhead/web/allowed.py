"""What the person who looks may do on the page of a conversation."""

from dataclasses import dataclass

from anyio import to_thread

from levelhead.people.permission import Action, may, may_see_readings
from levelhead.web.gate import whose_of
from levelhead.web.rendering import Page
from levelhead.web.seeing import readings_are_shown


@dataclass(frozen=True, slots=True)
class Allowed:
    """One yes or no for each thing that the page offers; `be_helped` is whether live help is for them at all."""

    see_readings: bool
    be_helped: bool
    answer: bool
    reply: bool
    take: bool
    see_sealed: bool
    record_consent: bool
    correct: bool
    give: bool
    let_go: bool
    see_customer: bool


async def allowed_on(page: Page) -> Allowed:
    """What they may do with the conversation that the request is about."""
    return await to_thread.run_sync(allowed, page)


def allowed(page: Page) -> Allowed:
    """As `allowed_on`; waits on the database, so use a thread."""
    whose, person = whose_of(page.request), page.person
    replies, shown = may(person, Action.CHECK_DRAFT, whose), readings_are_shown(page.request)
    return Allowed(
        see_readings=shown,
        be_helped=may_see_readings(person, whose),
        answer=may(person, Action.ANSWER_CARD, whose),
        reply=replies,
        take=not replies and whose.owner is None and may(person, Action.TAKE_CONVERSATION, whose),
        see_sealed=may(person, Action.SEE_SEALED, whose),
        record_consent=may(person, Action.RECORD_CONSENT, whose),
        correct=shown and may(person, Action.CORRECT_LABEL, whose),
        give=may(person, Action.ASSIGN_CONVERSATION, whose),
        let_go=whose.owner == person.id,
        see_customer=may(person, Action.SEE_CUSTOMER, whose),
    )
