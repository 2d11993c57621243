"""Other words for a rewrite, asked of a language model after the rewrite itself is on the screen."""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from levelhead.advising.draft_customer import customer_so_far
from levelhead.channels.language_model import Asked, Talk
from levelhead.conversation import Speaker
from levelhead.people.permission import Action
from levelhead.settings_language_model import Wording
from levelhead.storage.consents import Consents
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.pages import MOST_DRAFT
from levelhead.web.pages import Asked as AskedBy
from levelhead.web.rendering import Page
from levelhead.web.seeing import sees_readings
from levelhead.web.things import conversation as the_conversation

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
_NOTHING = ""


@router.post("/conversations/{conversation:path}/draft/reworded")
@asks(Action.CHECK_DRAFT, the_conversation)
async def reword_draft(conversation: str, request: Request, page: AskedBy) -> HTMLResponse:
    """The rewrite of this draft in other words that say the same; empty where there are none. Nothing is kept."""
    draft = (await form_of(request))("text")
    model = page.place.language_model
    if model is None or not draft.strip() or len(draft) > MOST_DRAFT or not await sees_readings(request):
        return HTMLResponse(_NOTHING)
    rewrite = (await page.desk.check(conversation, draft)).rewrite
    asked = await to_thread.run_sync(_asked, page, conversation, rewrite) if rewrite else None
    words = await model.reworded(Talk(page.person.tenant, conversation), asked) if asked else None
    return page.answer("regions/reworded.html", reworded=words) if words else HTMLResponse(_NOTHING)


def _asked(page: Page, conversation: str, rewrite: str) -> Asked | None:
    """The question, or None where the customer has not agreed that what they say is read."""
    if not Consents(page.shelf).gate(conversation).reads:
        return None
    timeline = page.desk.books.timeline(conversation)
    said = [heard.turn for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER]
    locale = said[-1].locale if said else page.words.locale
    names = customer_so_far(timeline, page.desk.pack_for(locale).draft).names
    return Asked(Wording.DRAFT, rewrite, said[-1].text if said else "", tuple(names), locale)
