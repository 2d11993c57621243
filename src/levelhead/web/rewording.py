"""Other words for a rewrite, a card's sentence or a line of a note, asked of a language model once those are on screen.

All of them go one way: nothing of a conversation whose customer does not want to be read, checked by
`advising/reworded.py`, empty where there are no other words, and nothing kept.
"""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from levelhead.advising.draft_customer import customer_so_far
from levelhead.casework.noted import LONGEST
from levelhead.channels.language_model import Asked, Talk
from levelhead.conversation import Speaker
from levelhead.people.permission import Action
from levelhead.settings_language_model import Wording
from levelhead.storage.consents import Consents
from levelhead.web.conversation_shown import sheet_on
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.pages import MOST_DRAFT
from levelhead.web.pages import Asked as AskedBy
from levelhead.web.rendering import Page
from levelhead.web.seeing import sees_readings
from levelhead.web.things import conversation as the_conversation

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
_NOTHING = ""
_QUOTES = '“”„«»"'


@router.post("/conversations/{conversation:path}/draft/reworded")
@asks(Action.CHECK_DRAFT, the_conversation)
async def reword_draft(conversation: str, request: Request, page: AskedBy) -> HTMLResponse:
    """The rewrite of this draft in other words that say the same; empty where there are none. Nothing is kept."""
    draft = (await form_of(request))("text")
    model = page.place.language_model
    if model is None or not draft.strip() or len(draft) > MOST_DRAFT or not await sees_readings(request):
        return HTMLResponse(_NOTHING)
    rewrite = (await page.desk.check(conversation, draft)).rewrite
    words = await _reworded(page, conversation, Wording.DRAFT, rewrite or "")
    return page.answer("regions/reworded.html", reworded=words) if words else HTMLResponse(_NOTHING)


@router.post("/conversations/{conversation:path}/card/reworded")
@asks(Action.ANSWER_CARD, the_conversation)
async def reword_card(conversation: str, request: Request, page: AskedBy) -> HTMLResponse:
    """The sentence of the card that is shown, in other words; never of one about somebody's safety."""
    named = (await form_of(request))("card")
    if page.place.language_model is None or not await sees_readings(request):
        return HTMLResponse(_NOTHING)
    timeline = await to_thread.run_sync(page.desk.books.timeline, conversation)
    card = (await to_thread.run_sync(sheet_on, page, conversation, timeline)).card
    says = card.say if card and card.id == named and not card.safety else ""
    words = await _reworded(page, conversation, Wording.CARD, says)
    return page.answer("regions/reworded_card.html", reworded=words) if words else HTMLResponse(_NOTHING)


@router.post("/conversations/{conversation:path}/note/reworded")
@asks(Action.WRITE_NOTE, the_conversation)
async def reword_note(conversation: str, request: Request, page: AskedBy) -> HTMLResponse:
    """A line that somebody wrote in other words. What stands in quotation marks was said, and stays as it was said."""
    form = await form_of(request)
    key = form("key")
    line = form(f"line:{key}")
    if page.place.language_model is None or len(line) > LONGEST or any(sign in line for sign in _QUOTES):
        return HTMLResponse(_NOTHING)
    words = await _reworded(page, conversation, Wording.NOTE, line)
    shown = {"reworded": words, "into": f"line-{key.replace(':', '-')}"}
    return page.answer("regions/reworded.html", **shown) if words else HTMLResponse(_NOTHING)


async def _reworded(page: Page, conversation: str, wording: Wording, text: str) -> str | None:
    model = page.place.language_model
    if model is None or not model.may(wording) or not text.strip():
        return None
    asked = await to_thread.run_sync(_asked, page, conversation, wording, text)
    return await model.reworded(Talk(page.person.tenant, conversation), asked) if asked else None


def _asked(page: Page, conversation: str, wording: Wording, text: str) -> Asked | None:
    """The question, or None where the customer has not agreed that what they say is read."""
    if not Consents(page.shelf).gate(conversation).reads:
        return None
    timeline = page.desk.books.timeline(conversation)
    said = [heard.turn for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER]
    locale = said[-1].locale if said else page.words.locale
    names = customer_so_far(timeline, page.desk.pack_for(locale).draft).names
    return Asked(wording, text, said[-1].text if said else "", tuple(names), locale)
