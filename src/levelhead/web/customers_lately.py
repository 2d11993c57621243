"""Whose conversations were heard last, among those that somebody may open: a way to a customer beside finding them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from levelhead.conversation import Channel
from levelhead.people.permission import Action, may
from levelhead.storage.customers import Customers
from levelhead.web import times
from levelhead.web.customers_here import whose_customer
from levelhead.web.rendering import Page
from levelhead.web.seeing import seen_by

_MOST: Final = 10
_LOOKED_THROUGH: Final = 30
"""Conversations: more would make the page slow, and who came earlier is found by what they gave."""


@dataclass(frozen=True, slots=True)
class Lately:
    """A customer who was here: how their last conversation came, and when."""

    customer: UUID
    name: str | None
    channel: Channel
    heard_at: datetime
    ago: str


def here_lately(page: Page) -> tuple[Lately, ...]:
    """The customers of the latest conversations in sight whom this person may look at, the latest first."""
    books, found = page.desk.books, dict[UUID, Lately]()
    customers = Customers(books.shelf, books.vault)
    for summary, _ in seen_by(books, page.person, _LOOKED_THROUGH):
        customer = customers.of(summary.id)
        if customer is None or customer in found or len(found) >= _MOST:
            continue
        whose = whose_customer(books, customer, page.person)
        if whose is not None and may(page.person, Action.SEE_CUSTOMER, whose):
            at = summary.last_heard_at
            ago = times.ago(at, page.now, page.words)
            found[customer] = Lately(customer, summary.customer, summary.channel, at, ago)
    return tuple(found.values())
