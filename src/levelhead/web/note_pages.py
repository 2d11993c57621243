"""What people do with a note on its panel, and the note as a document."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.noted import LONGEST, MOST_LINES
from levelhead.live.noting import About, Notes
from levelhead.people.permission import Action
from levelhead.storage.cases import NotNow
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, NotHere, asks, who_of
from levelhead.web.note_here import about, heading_of, notes_at, sealer
from levelhead.web.note_panel import groups_of
from levelhead.web.rendering import Page, here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.workplace import workplace_of

LINE = "line:"
"""What the name of a field begins with that holds a line; the line's key follows."""
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


class Do(StrEnum):
    """What a person does with a note."""

    BEGIN = "begin"
    SAVE = "save"
    STRIKE = "strike"
    PUT_BACK = "put_back"
    WRITE = "write"
    CHOOSE = "choose"
    SEAL = "seal"
    ADD = "add"


@router.post("/conversations/{conversation:path}/note")
@asks(Action.WRITE_NOTE, the_conversation)
async def write_note(conversation: str, request: Request, page: Asked) -> Response:
    """Change a line, strike one, write one, choose a disposition, seal the note, or add to a sealed one."""
    form = await form_of(request)
    do = _do(form)
    of, _ = await about(request, conversation)
    deed = partial(_deeds(notes_at(request), of, form, request)[do])
    desk = workplace_of(request).desks.of(who_of(request).tenant)
    try:
        await desk.change(conversation, deed)
    except NotNow:
        # A field that is left as the note is sealed has nothing more to say.
        if do not in (Do.SAVE, Do.CHOOSE):
            raise
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


@router.get("/conversations/{conversation:path}/note")
@asks(Action.READ_NOTE, the_conversation)
async def show_note(conversation: str, request: Request, page: Asked) -> HTMLResponse:
    """The sealed note as a document, ready to be printed."""
    of, timeline = await about(request, conversation)
    stands = await to_thread.run_sync(notes_at(request).standing, of)
    if not stands.is_sealed:
        raise NotHere
    heading = await to_thread.run_sync(heading_of, page, stands, timeline)
    return page.answer(
        "note.html",
        page="note-paper",
        title=heading.title,
        heading=heading,
        groups=groups_of(stands),
        back=here_of(conversation),
        pack=stands.item.body.pack if stands.item else "",
    )


def _do(form: Form) -> Do:
    if form("strike"):
        return Do.STRIKE
    if form("do") not in set(Do):
        raise BadForm
    return Do(form("do"))


def _deeds(notes: Notes, of: About, form: Form, request: Request) -> Mapping[Do, Callable[[], object]]:
    words = form("words")[: 2 * LONGEST]
    return {
        Do.BEGIN: lambda: notes.begin(of),
        Do.SAVE: lambda: notes.change(of, form("key"), form(LINE + form("key"))),
        Do.STRIKE: lambda: notes.change(of, form("strike"), ""),
        Do.PUT_BACK: lambda: notes.put_back(of),
        Do.WRITE: lambda: notes.write(of, words),
        Do.CHOOSE: lambda: notes.choose(of, form("disposition")),
        Do.SEAL: lambda: notes.seal(of, sealer(request).id, _shown(form), form("disposition")),
        Do.ADD: lambda: notes.add(of, sealer(request).id, words),
    }


def _shown(form: Form) -> tuple[tuple[str, str], ...]:
    """The lines as they stood on the page."""
    named = [name for name in form.fields if name.startswith(LINE)][:MOST_LINES]
    return tuple((name.removeprefix(LINE), form(name)) for name in named)
