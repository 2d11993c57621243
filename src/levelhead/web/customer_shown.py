"""A customer as a page shows them: who, what they told us, the brief, the history, and under what they are known."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from levelhead.casework.brief import LineKind
from levelhead.casework.profile import Profile
from levelhead.live.briefing import brief_for
from levelhead.storage.customers import Customers
from levelhead.storage.history import Contact, contacts_with
from levelhead.storage.merging import Merging
from levelhead.storage.profiles import Profiles
from levelhead.web import times
from levelhead.web.brief_lines import BriefShown, brief_lines
from levelhead.web.customers_here import readable
from levelhead.web.days import zone_of
from levelhead.web.rendering import Page, here_of


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact: `href` is empty where its words are not for who looks."""

    channel: str
    when: str
    exact: str
    iso: str
    ended: str
    href: str


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """One identity of the person; `since` is empty for the first."""

    id: UUID
    name: str
    reference: str
    since: str


@dataclass(frozen=True, slots=True)
class CustomerShown:
    """The page at one moment."""

    id: UUID
    who: str
    profile: Profile
    brief: BriefShown
    contacts: tuple[ContactLine, ...]
    identities: tuple[IdentityLine, ...]


_ELSEWHERE = frozenset({LineKind.ADDRESS, LineKind.ADJUSTMENT, LineKind.LANGUAGE, LineKind.PLAN})
"""Lines of the brief that the profile below says anyway."""


def shown_of(page: Page, named: UUID) -> CustomerShown:
    """The customer, for whoever looks; waits on the database, so use a thread."""
    books, customers = page.desk.books, Customers(page.desk.books.shelf, page.desk.books.vault)
    contacts = contacts_with(books.shelf, named)
    seen = readable(books.shelf, contacts, page.person)
    brief = brief_for(books, named, seen, page.now)
    brief = replace(brief, lines=tuple(line for line in brief.lines if line.kind not in _ELSEWHERE))
    profile = Profiles(books).of(named)
    identities = tuple(_identity(page, customers, one.id, one.same_since) for one in Merging(books.shelf).of(named))
    name = next((one.name for one in identities if one.name), "")
    return CustomerShown(
        id=named,
        who=profile.preferred_name or name,
        profile=profile,
        brief=brief_lines(page, brief, settles=False),
        contacts=tuple(_contact(page, one, readable=one.conversation in seen) for one in contacts),
        identities=identities,
    )


def _contact(page: Page, contact: Contact, *, readable: bool) -> ContactLine:
    at = contact.at.astimezone(zone_of(page.shelf))
    return ContactLine(
        channel=page.words(f"channel.{contact.channel}"),
        when=times.when(at, page.now, page.words),
        exact=times.exact(at, page.words),
        iso=at.isoformat(),
        ended=page.words(f"customer_ended.{contact.ended}"),
        href=here_of(contact.conversation) if readable else "",
    )


def _identity(page: Page, customers: Customers, one: UUID, since: datetime | None) -> IdentityLine:
    known = customers.get(one)
    said = times.when(since.astimezone(zone_of(page.shelf)), page.now, page.words) if since else ""
    return IdentityLine(one, known.name or "", known.reference or "", said)
