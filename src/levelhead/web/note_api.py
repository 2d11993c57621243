"""The API for notes: the draft, its lines, the seal, and the note as JSON, text or Markdown.

Programs may read and write; a person seals, and adds by name.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import Query, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.note_text import as_markdown, as_text
from levelhead.casework.noted import LONGEST, MOST_LINES, NoteLine, NoteState, Origin, Part
from levelhead.live.noting import About, Notes, Standing
from levelhead.people.permission import Action
from levelhead.web.consenting import Name
from levelhead.web.documented import api_router
from levelhead.web.gate import NotHere, asks, who_of
from levelhead.web.note_here import about, heading_of, notes_at, sealer
from levelhead.web.rendering import Page
from levelhead.web.things import conversation as the_conversation
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
MOST_KEY = 80
Words = Annotated[str, Field(max_length=LONGEST)]


class Form(StrEnum):
    """How a note is told."""

    JSON = "json"
    TEXT = "text"
    MARKDOWN = "markdown"


class LineOut(BaseModel):
    """A line, the turns that it rests on, and who put it into words."""

    key: str
    part: Part
    label: str
    words: str
    turns: list[int]
    origin: Origin


class AddendumOut(BaseModel):
    """What a person added after the note was sealed."""

    by: UUID
    at: datetime
    words: str


class DispositionOut(BaseModel):
    """A code of the pack."""

    code: str
    name: str


class NoteOut(BaseModel):
    """A note as it stands. While `state` is `drafted`, it is drafted afresh at every look, with what people changed.

    `id` is null while nobody has touched it; `left_out` counts drafted lines that somebody struck; `chosen` says
    whether a person chose the disposition.
    """

    conversation: str
    id: UUID | None
    state: NoteState
    lines: list[LineOut]
    left_out: int
    disposition: DispositionOut
    chosen: bool
    choices: list[DispositionOut]
    pack: str
    sealed_by: UUID | None
    sealed_at: datetime | None
    through: int | None
    addenda: list[AddendumOut]


class LineIn(BaseModel):
    """A line in other words, by its key; empty words strike it. Without a key it is a new one."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=MOST_KEY)] = ""
    words: Words = ""


class LinesIn(BaseModel):
    """What is to be changed; lines that are not named stay as they are."""

    model_config = ConfigDict(extra="forbid")
    lines: Annotated[list[LineIn], Field(max_length=MOST_LINES)] = []
    disposition: Annotated[str, Field(max_length=MOST_KEY)] = ""
    put_back: Annotated[bool, Field(description="Have every line that was struck stand again, before the rest.")] = (
        False
    )


class AddIn(BaseModel):
    """What to add to a sealed note."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"\S")]


@calls.get("/conversations/{conversation:path}/note/draft")
@asks(Action.READ_NOTE, the_conversation, programs=True)
async def draft(conversation: Name, request: Request) -> NoteOut:
    """The note as it stands, drafted or sealed."""
    of, _ = await about(request, conversation)
    return await to_thread.run_sync(_out, notes_at(request), of)


@calls.put("/conversations/{conversation:path}/note/lines")
@asks(Action.WRITE_NOTE, the_conversation, programs=True)
async def put_lines(conversation: Name, said: LinesIn, request: Request) -> NoteOut:
    """Change, strike or write lines, and choose the disposition; 409 once the note is sealed."""
    of, _ = await about(request, conversation)
    notes, desk = notes_at(request), workplace_of(request).desks.of(who_of(request).tenant)
    await desk.change(conversation, lambda: _put(notes, of, said))
    return await to_thread.run_sync(_out, notes, of)


@of_people.post("/conversations/{conversation:path}/note/seal")
@asks(Action.WRITE_NOTE, the_conversation)
async def seal(conversation: Name, request: Request) -> NoteOut:
    """Confirm the note as it stands, by name; 409 where somebody has already."""
    of, _ = await about(request, conversation)
    notes, desk = notes_at(request), workplace_of(request).desks.of(who_of(request).tenant)
    by = sealer(request).id
    await desk.change(conversation, lambda: notes.seal(of, by))
    return await to_thread.run_sync(_out, notes, of)


@of_people.post("/conversations/{conversation:path}/note/addenda", status_code=201)
@asks(Action.WRITE_NOTE, the_conversation)
async def add(conversation: Name, said: AddIn, request: Request) -> NoteOut:
    """Add to a sealed note, by name; 409 where there is none."""
    of, _ = await about(request, conversation)
    notes, desk = notes_at(request), workplace_of(request).desks.of(who_of(request).tenant)
    by = sealer(request).id
    await desk.change(conversation, lambda: notes.add(of, by, said.words))
    return await to_thread.run_sync(_out, notes, of)


@calls.get(
    "/conversations/{conversation:path}/note",
    response_model=NoteOut,
    responses={200: {"content": {"text/plain": {}, "text/markdown": {}}}},
)
@asks(Action.READ_NOTE, the_conversation, programs=True)
async def note(
    conversation: Name,
    request: Request,
    form: Annotated[Form, Query(description="`text` and `markdown` are ready for a helpdesk.")] = Form.JSON,
) -> NoteOut | Response:
    """The sealed note; 404 while there is none."""
    of, timeline = await about(request, conversation)
    notes = notes_at(request)
    stands = await to_thread.run_sync(notes.standing, of)
    if not stands.is_sealed:
        raise NotHere
    if form is Form.JSON:
        return _told(notes, of, stands)
    heading = await to_thread.run_sync(heading_of, Page.asked_by(request), stands, timeline)
    if form is Form.TEXT:
        return PlainTextResponse(as_text(stands.lines, stands.pack, heading))
    return PlainTextResponse(as_markdown(stands.lines, stands.pack, heading), media_type="text/markdown")


def _put(notes: Notes, of: About, said: LinesIn) -> None:
    if said.put_back:
        notes.put_back(of)
    for line in said.lines:
        if line.key:
            notes.change(of, line.key, line.words)
        else:
            notes.write(of, line.words)
    if said.disposition:
        notes.choose(of, said.disposition)


def _out(notes: Notes, of: About) -> NoteOut:
    return _told(notes, of, notes.standing(of))


def _told(notes: Notes, of: About, stands: Standing) -> NoteOut:
    body = stands.item.body if stands.item else None
    return NoteOut(
        conversation=of.conversation,
        id=stands.item.id if stands.item else None,
        state=NoteState.SEALED if stands.is_sealed else NoteState.DRAFTED,
        lines=[_line(line, stands) for line in stands.lines],
        left_out=stands.left_out,
        disposition=DispositionOut(code=stands.disposition, name=stands.pack.named(stands.disposition)),
        chosen=stands.chosen,
        choices=[] if stands.is_sealed else [DispositionOut(code=one.code, name=one.name) for one in notes.choices(of)],
        pack=body.pack if body and body.pack else stands.pack.name,
        sealed_by=body.sealed_by if body else None,
        sealed_at=body.sealed_at if body else None,
        through=body.through if body else None,
        addenda=[AddendumOut(by=one.by, at=one.at, words=one.words) for one in (body.addenda if body else ())],
    )


def _line(line: NoteLine, stands: Standing) -> LineOut:
    return LineOut(
        key=line.key,
        part=line.part,
        label=stands.pack.labels[line.part],
        words=line.words,
        turns=list(line.turns),
        origin=line.origin,
    )
