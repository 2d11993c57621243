"""Handing a conversation over to whoever looks after its customer: warm, with all that was said, promised and tried."""

from uuid import UUID

from fastapi import Request

from levelhead.casework.handover import Handing, Why
from levelhead.live.helping import Helping
from levelhead.people.person import Person
from levelhead.storage.cases import Cases, NotNow
from levelhead.web.gate import NotHere, whose_of
from levelhead.web.help_talk import talk_of
from levelhead.web.plan_panel import shown_of
from levelhead.web.plans_here import person_of, plans_of
from levelhead.web.rendering import Page


async def hand_over(request: Request, conversation: str) -> UUID:
    """Have the contact, or who stands in, have it from here on; who that is. Raises NotNow where there is nobody."""
    page, person = Page.asked_by(request), person_of(request)
    return await page.desk.change(conversation, lambda: _hand_over(page, person, conversation))


def _hand_over(page: Page, person: Person, conversation: str) -> UUID:
    books, whose = page.desk.books, whose_of(page.request)
    timeline, item = books.timeline(conversation), plans_of(page.request).holding(conversation)
    if not timeline:
        raise NotHere
    shown = shown_of(page, item, timeline, whose) if item else None
    if shown is None or shown.to is None or not shown.acts:
        raise NotNow("Only whoever answers hands over, and somebody has to be there who looks after this customer.")
    helping = Helping(Cases(books, page.place.clock), talk_of(conversation, timeline, whose, page.desk.packs))
    helping.pass_on(person.id, Handing(shown.to, Why.KNOWS, shown.say))
    return shown.to
