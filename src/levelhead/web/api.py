"""The API under /api/v1: hear turns, read conversations, check drafts, answer cards."""

import json
from dataclasses import asdict
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse

from levelhead import __version__
from levelhead.channels.lines import Malformed, row_of, turn_of_row
from levelhead.conversation import Card, Heard, Turn
from levelhead.storage.records import ConversationSummary
from levelhead.web import wire
from levelhead.web.refusals import Refusal
from levelhead.web.workplace import Workplace, workplace_of

MOST_BYTES = 8 * 2**20
_NOT_READ = "The reading model is missing: turns are kept but not read."

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": wire.Problem, "description": "Not JSON"},
    403: {"model": wire.Problem, "description": "Sent by a browser on behalf of another site"},
    404: {"model": wire.Problem, "description": "No such conversation or card"},
    409: {"model": wire.Problem, "description": "The number of a turn is taken by other words"},
    413: {"model": wire.Problem, "description": "More than can be taken at once"},
    422: {"model": wire.Problem, "description": "Not as agreed: which field, and why"},
    503: {"model": wire.Problem, "description": "Cannot be kept right now, and nothing of it was"},
}
router = APIRouter(prefix="/api/v1", responses=_PROBLEMS, tags=["v1"])
Place = Annotated[Workplace, Depends(workplace_of)]
Conversation = Annotated[str, Path(min_length=1, max_length=200, description="The conversation's id.")]


@router.post(
    "/conversations/{conversation:path}/turns",
    response_model=list[wire.TurnOut],
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": wire.turns_in()}}}},
)
async def hear_turns(conversation: Conversation, request: Request, place: Place) -> JSONResponse:
    """Hear one turn or several, in order; a row comes back for each. A turn that was heard before is not heard again.

    All rows are looked at before the first is heard. What is answered with 200 is on disk.
    """
    turns = await _turns(conversation, await _json(request), place)
    return JSONResponse([row_of(await place.desk.hear(turn)) for turn in turns])


@router.get("/conversations", response_model=list[wire.ConversationOut])
async def conversations(place: Place, limit: Annotated[int, Query(ge=1, le=1_000)] = 200) -> list[wire.ConversationOut]:
    """Conversations at a glance, the one heard last first."""
    found = await to_thread.run_sync(place.desk.books.conversations, limit)
    return [_glance(summary) for summary in found]


@router.get("/conversations/{conversation:path}", response_model=wire.TimelineOut)
async def timeline(conversation: Conversation, place: Place) -> JSONResponse:
    """A conversation with all its turns and what was made of them."""
    heard = await to_thread.run_sync(place.desk.books.timeline, conversation)
    if not heard:
        raise Refusal(404, "There is no conversation of this id.")
    showing = heard[-1].advice.showing
    rows = [_with_words(one) for one in heard]
    return JSONResponse({"conversation": conversation, "turns": rows, "showing": showing.id if showing else None})


@router.post("/conversations/{conversation:path}/draft", response_model=wire.DraftOut)
async def check_draft(conversation: Conversation, draft: wire.DraftIn, place: Place) -> JSONResponse:
    """What an unsent reply had better say otherwise; nothing is kept. A conversation not known yet is taken as new."""
    return JSONResponse(asdict(await place.desk.check(conversation, draft.text)))


@router.post("/conversations/{conversation:path}/cards/{card:path}", status_code=204)
async def answer_card(
    conversation: Conversation, card: Annotated[str, Path(max_length=400)], answer: wire.AnswerIn, place: Place
) -> None:
    """Say what became of a card: used, not now, or wrong. After the last two it shows no longer."""
    await place.desk.answer(conversation, card, answer.answer)


@router.get("/health", response_model=wire.Health)
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


async def _turns(conversation: str, value: object, place: Workplace) -> list[Turn]:
    """Every row as a turn, each leaning on the one before for what it does not say itself."""
    rows = value if isinstance(value, list) else [value]
    if len(rows) > wire.MOST_ROWS:
        raise Refusal(413, f"At most {wire.MOST_ROWS} turns can be taken at once.")
    known = await to_thread.run_sync(place.desk.books.timeline, conversation)
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


def _with_words(heard: Heard) -> dict[str, object]:
    turn, card = heard.turn, heard.advice.card
    said = {"text": turn.text, "at": turn.at, "channel": turn.channel.value, "card_id": card.id if card else None}
    return {**row_of(heard), **said}
