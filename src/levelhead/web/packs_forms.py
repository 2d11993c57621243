"""What is done to a pack on its pages: keep a draft, try it, put it into force, set it aside, go back."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.live.editing import Editing
from levelhead.packs.checking import NotUsable
from levelhead.packs.sentences import reworded, sentences
from levelhead.people.permission import Action
from levelhead.storage.refusals import Refused
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.packs_lines import Typed
from levelhead.web.packs_page import (
    ONE_AT_A_TIME,
    Asked,
    draft_page,
    drafts,
    text_page,
    the_pack,
    tried_on,
    wording_page,
)
from levelhead.web.packs_slips import slip_told, told_whole
from levelhead.web.rendering import Page
from levelhead.web.ways import PACKS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
settles = asks(Action.SETTLE_PACK, the_pack)
_NUMBER: Final = re.compile("[0-9]{1,9}")
_FIELD: Final = re.compile("w[0-9]{1,5}")


@router.post(f"{PACKS}/{{pack}}")
@drafts
async def reword(pack: str, request: Request, page: Asked) -> Response:
    """Keep a draft in which these sentences say something else."""
    form = await form_of(request)
    typed = {name: values[-1] for name, values in form.fields.items() if _FIELD.fullmatch(name)}

    def write() -> None:
        editing = Editing(page.shelf, page.place.clock)
        kept = editing.text(pack, _number(form, "of"))
        editing.write(pack, _with(pack, kept, typed), form("why"), _number(form, "after"))

    try:
        await to_thread.run_sync(write)
    except NotUsable as slip:
        return await wording_page(page, pack, form("part"), form("find"), Typed(typed, slip_told(page.words, slip)))
    except Refused as refused:
        return await wording_page(page, pack, form("part"), form("find"), Typed(typed), page.words.told(refused))
    return RedirectResponse(f"{PACKS}/{pack}/draft?done=saved", status_code=303)


@router.post(f"{PACKS}/{{pack}}/text")
@drafts
async def rewrite(pack: str, request: Request, page: Asked) -> Response:
    """Keep this text as a draft."""
    form = await form_of(request)
    writing = partial(Editing(page.shelf, page.place.clock).write, pack, form("text"), form("why"))
    try:
        await to_thread.run_sync(writing, _number(form, "after"))
    except NotUsable as slip:
        return await text_page(page, pack, form("text"), slip_told(page.words, slip), why=form("why"))
    except Refused as refused:
        return await text_page(page, pack, form("text"), refused=page.words.told(refused), why=form("why"))
    return RedirectResponse(f"{PACKS}/{pack}/draft?done=saved", status_code=303)


@router.post(f"{PACKS}/{{pack}}/try")
@drafts
async def try_it(pack: str, request: Request, page: Asked) -> Response:
    """Try the draft on past conversations; nothing is changed by it."""
    number = _number(await form_of(request), "number")
    try:
        tried = await to_thread.run_sync(tried_on, page, pack, number, limiter=ONE_AT_A_TIME)
    except (NotUsable, Refused) as refused:
        return await draft_page(page, pack, refused=told_whole(page.words, refused))
    return await draft_page(page, pack, tried)


@router.post(f"{PACKS}/{{pack}}/in-force")
@settles
async def put_in_force(pack: str, request: Request, page: Asked) -> Response:
    """Have the draft count from the next turn on."""
    form = await form_of(request)
    return await _done(page, pack, "settled", lambda editing: editing.put_in_force(pack, _number(form, "number")))


@router.post(f"{PACKS}/{{pack}}/aside")
@drafts
async def set_aside(pack: str, request: Request, page: Asked) -> Response:
    """Give the draft up; it stays in the history."""
    form = await form_of(request)
    return await _done(page, pack, "aside", lambda editing: editing.set_aside(pack, _number(form, "number")))


@router.post(f"{PACKS}/{{pack}}/back")
@settles
async def go_back(pack: str, request: Request, page: Asked) -> Response:
    """A new edition, in force at once, with the text of an older one."""
    form = await form_of(request)
    number, after = _number(form, "number"), _number(form, "after")
    return await _done(page, pack, "back", lambda editing: editing.go_back(pack, number, form("why"), after))


async def _done(page: Page, pack: str, done: str, change: Callable[[Editing], object]) -> Response:
    try:
        await to_thread.run_sync(change, Editing(page.shelf, page.place.clock))
    except (NotUsable, Refused) as refused:
        return await draft_page(page, pack, refused=told_whole(page.words, refused))
    return RedirectResponse(f"{PACKS}/{pack}/history?done={done}", status_code=303)


def _with(pack: str, text: str, typed: dict[str, str]) -> str:
    """The text with what was typed; a sentence of one line stays one."""
    known = sentences(pack, text)
    words = {}
    for name, said in typed.items():
        place = int(name[1:])
        if place >= len(known):
            raise BadForm
        was = known[place]
        plain = said if "\n" in was.text else " ".join(said.split())
        if not plain:
            raise NotUsable(".".join(was.path), "nothing stands there", "say something, or put back what stood there")
        if plain != was.text:
            words[was.path] = plain
    return reworded(pack, text, words)


def _number(form: Form, name: str) -> int:
    if not _NUMBER.fullmatch(form(name)):
        raise BadForm
    return int(form(name))
