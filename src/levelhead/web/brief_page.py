"""The page *Before*: what to know before a conversation, read in ten seconds; and the same, folded, on the desk."""

from dataclasses import dataclass, replace
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from levelhead.casework.articles import Found, found_in
from levelhead.casework.brief import Brief
from levelhead.casework.remedy_options import Authority, Option
from levelhead.casework.similar import Alike
from levelhead.conversation import Speaker, Timeline
from levelhead.live.briefing import brief_for
from levelhead.live.remedying import Proposing
from levelhead.people.permission import Action, may
from levelhead.people.person import Whose
from levelhead.storage.articles import Articles, articles_in
from levelhead.storage.cases import Cases
from levelhead.storage.customers import Customers
from levelhead.storage.history import contacts_with
from levelhead.web.brief_lines import BriefShown, brief_lines
from levelhead.web.customers_here import readable
from levelhead.web.gate import Guarded, NotHere, asks, whose_of
from levelhead.web.help_here import helpers_here
from levelhead.web.remedies_here import pack_of, put_right
from levelhead.web.rendering import Page, here_of
from levelhead.web.things import conversation as the_conversation

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
sees = asks(Action.SEE_BRIEF, the_conversation)


@dataclass(frozen=True, slots=True)
class Before:
    """Everything that the page says; `who` is None where nobody has given a name."""

    who: str | None
    customer: UUID | None
    brief: BriefShown
    remedies: tuple[str, ...]
    free: tuple[str, ...]
    similar: tuple[Alike, ...]
    articles: tuple[Found, ...]


@router.get("/conversations/{conversation:path}/before/lines")
@sees
async def lines(conversation: str, page: Asked) -> HTMLResponse:
    """The lines alone, for the desk."""
    before = await to_thread.run_sync(before_of, page, conversation)
    return page.answer("regions/before.html", before=before, here=here_of(conversation))


@router.get("/conversations/{conversation:path}/before")
@sees
async def show(conversation: str, page: Asked) -> HTMLResponse:
    """The whole page, with a moment to settle where there is a reason to."""
    before = await to_thread.run_sync(before_of, page, conversation)
    name = before.who or page.words("now.unnamed")
    title = page.words("before.title", name=name)
    return page.answer("before.html", page="before", title=title, before=before, here=here_of(conversation))


def before_of(page: Page, conversation: str) -> Before:
    """What is known before this conversation; waits on the database, so use a thread. Raises NotHere."""
    books, whose = page.desk.books, whose_of(page.request)
    timeline = put_right(books, conversation)
    if not timeline:
        raise NotHere
    customer = Customers(books.shelf, books.vault).of(conversation)
    contacts = contacts_with(books.shelf, customer) if customer else ()
    brief: Brief = brief_for(books, customer, readable(books.shelf, contacts, page.person), page.now, conversation)
    return Before(
        who=next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), None),
        customer=customer,
        brief=brief_lines(page, brief, settles=whose.owner in {None, page.person.id}),
        # What nobody holds is looked at by who may take it: what they could offer then.
        remedies=_within_authority(page, timeline, replace(whose, owner=whose.owner or page.person.id)),
        free=_free(page, whose),
        similar=page.place.similar.like(books, whose.team, timeline),
        articles=_articles(page, timeline),
    )


def _free(page: Page, whose: Whose) -> tuple[str, ...]:
    """Who is here and could take over, besides whoever looks."""
    here = helpers_here(page.shelf, page.place.presence, whose, page.now)
    return tuple(one.person.shown_as for one in here if one.free and one.person.id != page.person.id)


def _articles(page: Page, timeline: Timeline) -> tuple[Found, ...]:
    """Passages of the organisation's own articles for what the customer says."""
    place, slug = (
        page.place,
        next(one.slug for one in page.place.desks.library.tenants() if one.id == page.person.tenant),
    )
    sent = (article for _, article in Articles(page.shelf).all())
    said = " ".join(heard.turn.text for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER)
    return found_in((*articles_in(place.settings.articles_dir / slug), *sent), said)


def _within_authority(page: Page, timeline: Timeline, whose: Whose) -> tuple[str, ...]:
    """What whoever looks may offer at once, where it is clear what went wrong."""
    if not may(page.person, Action.GRANT_REMEDY, whose):
        return ()
    books, pack = page.desk.books, pack_of(page.desk, timeline)
    look = Proposing(books, Cases(books, page.place.clock), pack, timeline, page.person.role).look(whose.team)

    def said(option: Option) -> str:
        return f"{option.name} ({pack.currency.written(option.cost.minor)})" if option.cost else option.name

    return tuple(said(one) for one in look.options if one.authority is Authority.GRANT)
