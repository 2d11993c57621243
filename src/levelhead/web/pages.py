"""The pages *Now*, *Conversation* and *Try it*, and what a person does on them."""

from functools import partial
from typing import Annotated
from uuid import uuid4

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.conversation import Channel, DraftCheck, Speaker, Timeline, Turn
from levelhead.live.bus import EVERYTHING
from levelhead.people.permission import Action
from levelhead.settings_language_model import Wording
from levelhead.storage.holding import Holding
from levelhead.storage.records import CardAnswer
from levelhead.web.allowed import allowed_on
from levelhead.web.conversation_shown import Drawing, sheet_on, shown_on
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, NotHere, asks, whose_of
from levelhead.web.glance import rows_of
from levelhead.web.help_here import give_sign
from levelhead.web.help_lines import help_lines
from levelhead.web.paste import MOST_CHARACTERS, MOST_TURNS, Pasted, locale_of, pasted
from levelhead.web.regions import Regions
from levelhead.web.rendering import Page, here_of
from levelhead.web.seeing import sees_readings
from levelhead.web.streams import stream
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import new_conversation, own

OWN = "try-"
"""Conversations that a person types in here have ids that begin like this."""
MOST_DRAFT = 4_000

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


@router.get("/")
@asks(Action.READ_CONVERSATION, own)
async def now(page: Asked) -> HTMLResponse:
    """Every conversation in a line."""
    shown = await to_thread.run_sync(_now, page)
    return page.answer("now.html", 200, page="now", title=page.words("now.title"), **shown)


@router.get("/now/stream")
@asks(Action.READ_CONVERSATION, own)
async def now_stream(request: Request) -> Response:
    """The live updates of *Now*."""

    async def regions() -> Regions:
        page = Page.asked_by(request)
        give_sign(page)
        return await to_thread.run_sync(_now_regions, page)

    return stream(request, Page.asked_by(request).desk.bus, EVERYTHING, regions)


@router.get("/try")
@asks(Action.HEAR_TURN, new_conversation)
async def try_it(page: Asked) -> HTMLResponse:
    """Where a conversation of one's own begins."""
    return _try_page(page)


@router.post("/try")
@asks(Action.HEAR_TURN, new_conversation)
async def read_it(request: Request, page: Asked) -> Response:
    """Read what was typed or pasted, and show it as a conversation."""
    form = await form_of(request)
    text, chosen = form("text"), form("channel")
    found = pasted(text[:MOST_CHARACTERS])
    refused = _refused(page, text, found)
    if refused:
        return _try_page(page, text=text[:MOST_CHARACTERS], chosen=chosen, refused=refused, status=422)
    conversation = f"{OWN}{uuid4().hex[:12]}"
    channel = Channel(chosen) if chosen in set(Channel) else found.channel
    locale = locale_of(found, page.words.locale)
    for n, (speaker, said) in enumerate(found.turns):
        await page.desk.hear(
            Turn(
                conversation=conversation,
                n=n,
                speaker=speaker,
                text=said,
                channel=channel,
                locale=locale,
                started_at=page.now.astimezone(),
                customer=found.customer,
            ),
            whose_of(request),
        )
    return RedirectResponse(here_of(conversation), status_code=303)


@router.get("/conversations/{conversation:path}/stream")
@asks(Action.READ_CONVERSATION, the_conversation)
async def conversation_stream(conversation: str, request: Request) -> Response:
    """The live updates of one conversation."""

    drawing = Drawing(conversation)

    async def regions() -> Regions:
        page = Page.asked_by(request)
        give_sign(page, conversation)
        # Empty for a moment when a demo conversation begins again.
        return await to_thread.run_sync(drawing.regions, page)

    page = Page.asked_by(request)
    await _timeline(page, conversation)
    return stream(request, page.desk.bus, conversation, regions)


@router.post("/conversations/{conversation:path}/draft")
@asks(Action.CHECK_DRAFT, the_conversation)
async def check_draft(conversation: str, request: Request, page: Asked) -> HTMLResponse:
    """What the draft had better say otherwise; nothing is kept."""
    form = await form_of(request)
    draft = form("text")
    if len(draft) > MOST_DRAFT:
        return HTMLResponse(page.words("draft.too_long", most=MOST_DRAFT))
    check: DraftCheck | None = None
    if draft.strip() and await sees_readings(request) and form("speaker") in {"", Speaker.AGENT}:
        check = await page.desk.check(conversation, draft)
    model = page.place.language_model
    # A name of its own each time: a morph keeps an element of the same name, which would not ask again.
    again = uuid4().hex if model and model.may(Wording.DRAFT) else ""
    return page.answer("regions/draft.html", check=check, here=here_of(conversation), again=again)


@router.post("/conversations/{conversation:path}/card")
@asks(Action.ANSWER_CARD, the_conversation)
async def answer_card(conversation: str, request: Request, page: Asked) -> Response:
    """Take the agent's answer to a card, and show it taken."""
    form = await form_of(request)
    if form("answer") not in set(CardAnswer):
        raise BadForm
    await page.desk.answer(conversation, form("card"), CardAnswer(form("answer")))
    if "hx-request" not in request.headers:
        return RedirectResponse(here_of(conversation), status_code=303)
    sheet = await to_thread.run_sync(sheet_on, page, conversation, await _timeline(page, conversation))
    card = page.render("regions/card.html", sheet=sheet, here=here_of(conversation), may=await allowed_on(page))
    return HTMLResponse(Regions({"card": card}).since(None))


@router.post("/conversations/{conversation:path}/turns")
@asks(Action.HEAR_TURN, the_conversation)
async def add_turn(conversation: str, request: Request, page: Asked) -> Response:
    """Add a turn to a conversation of one's own."""
    form = await form_of(request)
    timeline = await _timeline(page, conversation)
    said = form("text").strip()
    if not conversation.startswith(OWN) or form("speaker") not in set(Speaker) or not said:
        raise BadForm
    last = timeline[-1].turn
    turn = Turn(
        conversation=conversation,
        n=last.n + 1,
        speaker=Speaker(form("speaker")),
        text=said[:MOST_DRAFT],
        channel=last.channel,
        locale=last.locale,
        started_at=last.started_at,
        customer=last.customer,
    )
    await page.desk.hear(turn, whose_of(request))
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


@router.post("/conversations/{conversation:path}/take")
@asks(Action.TAKE_CONVERSATION, the_conversation)
async def take(conversation: str, page: Asked) -> Response:
    """Be the one who answers in this conversation, unless somebody is already."""
    await page.desk.change(conversation, partial(Holding(page.shelf).take, conversation, page.person.id))
    return RedirectResponse(here_of(conversation), status_code=303)


@router.get("/conversations/{conversation:path}")
@asks(Action.READ_CONVERSATION, the_conversation)
async def show_conversation(conversation: str, page: Asked) -> HTMLResponse:
    """One conversation with all that was made of it."""
    timeline = await _timeline(page, conversation)
    give_sign(page, conversation)
    seen = await to_thread.run_sync(shown_on, page, conversation)
    return page.answer(
        "conversation.html",
        200,
        page="conversation",
        title=seen.sheet.who or page.words("now.unnamed"),
        **seen.by_name,
        own=conversation.startswith(OWN),
        next_speaker="agent" if timeline[-1].turn.speaker is Speaker.CUSTOMER else "customer",
    )


def _now(page: Page) -> dict[str, object]:
    """What *Now* shows, all of it of one moment."""
    with page.shelf.at_one_moment():
        rows, helping = rows_of(page.desk.books, page.person, page.now, page.words), help_lines(page)
    live = [row for row in rows if row.is_live]
    cards = sum(row.card is not None for row in live)
    return {"rows": rows, "live": len(live), "cards": cards, "helping": helping}


def _now_regions(page: Page) -> Regions:
    shown = _now(page)
    names = {"count": "now_count", "list": "now_list", "trouble": "trouble"}
    names |= {"helping": "now_help"} if shown["helping"] else {}
    return Regions({name: page.render(f"regions/{file}.html", **shown) for name, file in names.items()})


async def _timeline(page: Page, conversation: str) -> Timeline:
    timeline = await to_thread.run_sync(page.desk.books.timeline, conversation)
    if not timeline:
        raise NotHere
    return timeline


def _try_page(page: Page, *, text: str = "", chosen: str = "", refused: str = "", status: int = 200) -> HTMLResponse:
    return page.answer(
        "try.html",
        status,
        page="try",
        title=page.words("try.title"),
        channels=tuple(Channel),
        text=text,
        chosen=chosen,
        refused=refused,
    )


def _refused(page: Page, text: str, found: Pasted) -> str:
    if len(text) > MOST_CHARACTERS:
        return page.words("try.too_long", most=MOST_CHARACTERS)
    if not found.turns:
        return page.words("try.empty_text")
    if len(found.turns) > MOST_TURNS:
        return page.words("try.too_many", count=len(found.turns), most=MOST_TURNS)
    return ""
