"""The API under /api/v1: hear turns, read conversations, check drafts, answer cards."""

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Path, Query, Request
from fastapi.responses import JSONResponse

from levelhead import __version__
from levelhead.channels.lines import Malformed, row_of, turn_of_row
from levelhead.conversation import Card, DraftCheck, Heard, Timeline, Turn
from levelhead.people.permission import Action
from levelhead.privacy.objections import Mark
from levelhead.storage.objections import Objections
from levelhead.storage.records import ConversationSummary
from levelhead.web import wire
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, open_to_all, who_of
from levelhead.web.placing import Named, placed, team_in
from levelhead.web.refusals import Refusal
from levelhead.web.seeing import Marks, readings_are_shown, seen_by, sees_readings, shown, shown_to
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import conversation_or_new, own
from levelhead.web.workplace import WatchedDesk, Workplace, workplace_of

calls = partial(asks, programs=True)
"""What a route of the API asks; programs may call it with a token, and our own pages with a session."""
MOST_BYTES = 8 * 2**20
_NOT_READ = "The reading model is missing: turns are kept but not read."

hearing, router, open_router = api_router(), api_router(), api_router(needs_token=False)
"""Hearing turns, by far the most frequent call; what else needs a token; what does not."""


def desk_of(request: Request) -> WatchedDesk:
    """The desk of the caller's tenant."""
    return workplace_of(request).desks.of(who_of(request).tenant)


async def _their_desk(request: Request) -> WatchedDesk:
    """As `desk_of`. What FastAPI depends on is asynchronous even where it waits for nothing: else it takes a thread."""
    return desk_of(request)


async def _place(request: Request) -> Workplace:
    return workplace_of(request)


Place = Annotated[Workplace, Depends(_place)]
TheirDesk = Annotated[WatchedDesk, Depends(_their_desk)]
Conversation = Annotated[str, Path(min_length=1, max_length=200, description="The conversation's id.")]


@hearing.post(
    "/conversations/{conversation:path}/turns",
    response_model=list[wire.TurnOut],
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": wire.turns_in()}}}},
)
@calls(Action.HEAR_TURN, conversation_or_new)
async def hear_turns(conversation: Conversation, request: Request, desk: TheirDesk) -> JSONResponse:
    """Hear one turn or several, in order; a row comes back for each. A turn that was heard before is not heard again.

    All rows are looked at before the first is heard. What is answered with 200 is on disk.
    """
    value = await _json(request)
    turns = await _turns(conversation, value, desk)
    whose = await placed(request, _team(value))
    heard = tuple([await desk.hear(turn, whose) for turn in turns])
    return JSONResponse([row_of(one) for one in await shown_to(request, heard)])


@router.get("/conversations", response_model=list[wire.ConversationOut])
@calls(Action.READ_CONVERSATION, own)
async def conversations(
    request: Request, desk: TheirDesk, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> list[wire.ConversationOut]:
    """The conversations that may be read, at a glance, the one heard last first."""
    found = await to_thread.run_sync(seen_by, desk.books, who_of(request), limit)
    return [_glance(glance.summary) for glance in found]


@router.get("/conversations/{conversation:path}", response_model=wire.TimelineOut)
@calls(Action.READ_CONVERSATION, the_conversation)
async def timeline(conversation: Conversation, request: Request, desk: TheirDesk) -> JSONResponse:
    """A conversation with all its turns and what was made of them."""
    heard, marks = await to_thread.run_sync(_marked, request, desk, conversation)
    if not heard:
        raise Refusal(404, "There is no conversation of this id.")
    showing = heard[-1].advice.showing
    rows = [_with_words(one, marks.get(one.turn.n, ())) for one in heard]
    return JSONResponse({"conversation": conversation, "turns": rows, "showing": showing.id if showing else None})


@router.post("/conversations/{conversation:path}/draft", response_model=wire.DraftOut)
@calls(Action.CHECK_DRAFT, conversation_or_new)
async def check_draft(
    conversation: Conversation, draft: wire.DraftIn, request: Request, desk: TheirDesk
) -> JSONResponse:
    """What an unsent reply had better say otherwise; nothing is kept. A conversation not known yet is taken as new."""
    await placed(request, Named(draft.team))
    checks = await sees_readings(request)
    return JSONResponse(asdict(await desk.check(conversation, draft.text) if checks else DraftCheck((), None)))


@router.post("/conversations/{conversation:path}/cards/{card:path}", status_code=204)
@calls(Action.ANSWER_CARD, the_conversation)
async def answer_card(
    conversation: Conversation, card: Annotated[str, Path(max_length=400)], answer: wire.AnswerIn, desk: TheirDesk
) -> None:
    """Say what became of a card: used, not now, or wrong. After the last two it shows no longer."""
    await desk.answer(conversation, card, answer.answer)


@open_router.get("/health", response_model=wire.Health)
@open_to_all
async def health(place: Place) -> wire.Health:
    """Whether turns are kept and read. Always 200 while the process answers; `status` says the rest."""
    keeps, reads = place.desk.cannot_keep is None, place.desk.reader is not None
    return wire.Health(
        status="ok" if keeps and reads else "impaired",
        version=__version__,
        reads=reads,
        keeps=keeps,
        trouble=place.desk.cannot_keep or (None if reads else _NOT_READ),
    )


def _marked(request: Request, desk: WatchedDesk, conversation: str) -> tuple[Timeline, Marks]:
    """The conversation as the caller may see it, with what was said about its labels."""
    shelf = desk.books.shelf
    with shelf.at_one_moment():
        heard = shown(request, desk.books.timeline(conversation))
        return heard, Objections(shelf).of(conversation) if readings_are_shown(request) else {}


async def _json(request: Request) -> object:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Refusal(413, f"At most {MOST_BYTES} bytes can be taken at once.")
    try:
        value: object = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as wrong:
        raise Refusal(400, "This is not JSON.") from wrong
    return value


def _no_constant(constant: str) -> object:
    """NaN and Infinity are not JSON, though Python reads them."""
    raise ValueError(constant)


async def _turns(conversation: str, value: object, desk: WatchedDesk) -> list[Turn]:
    """Every row as a turn, each leaning on the one before for what it does not say itself."""
    rows = value if isinstance(value, list) else [value]
    if len(rows) > wire.MOST_ROWS:
        raise Refusal(413, f"At most {wire.MOST_ROWS} turns can be taken at once.")
    known = desk.books.at_hand(conversation)
    if known is None:
        known = await to_thread.run_sync(desk.books.timeline, conversation)
    earlier = known[-1].turn if known else None
    turns: list[Turn] = []
    for index, row in enumerate(rows):
        try:
            earlier = turn_of_row(row, conversation=conversation, earlier=earlier)
        except Malformed as bad:
            field = f"[{index}].{bad.field}" if isinstance(value, list) else bad.field
            raise Refusal(422, bad.reason, field=field) from bad
        turns.append(earlier)
    return turns


def _team(value: object) -> Named:
    try:
        return team_in(value)
    except Malformed as bad:
        raise Refusal(422, bad.reason, field=bad.field) from bad


def _glance(summary: ConversationSummary) -> wire.ConversationOut:
    return wire.ConversationOut(
        conversation=summary.id,
        channel=summary.channel,
        locale=summary.locale,
        person=summary.customer,
        turns=summary.turns,
        last_heard_at=summary.last_heard_at,
        emotion=summary.emotion,
        intensity=summary.intensity,
        card=_card(summary.showing) if summary.showing else None,
        ended=summary.ended,
    )


def _card(card: Card) -> wire.CardOut:
    because = [wire.BecauseOut(turn=why.turn, words=why.words, rule=why.rule) for why in card.because]
    return wire.CardOut(kind=card.kind, title=card.title, say=card.say, because=because)


def _with_words(heard: Heard, marks: tuple[Mark, ...]) -> dict[str, object]:
    turn, card = heard.turn, heard.advice.card
    said = {"text": turn.text, "at": turn.at, "channel": turn.channel.value, "card_id": card.id if card else None}
    objections = [
        {"label": mark.label, "instead": mark.instead, "noted_by": mark.noted_by, "at": mark.at.isoformat()}
        for mark in marks
    ]
    return {**row_of(heard), **said, "objections": objections}
