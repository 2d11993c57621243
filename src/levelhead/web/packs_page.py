"""The pages of packs: the list, one pack's wording, text, draft and history, and what differs between two editions."""

import time
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.live.editing import Editing
from levelhead.live.trying_out import Tried, speaks, try_out
from levelhead.packs.checking import NotUsable, check
from levelhead.packs.kinds import is_pack
from levelhead.packs.sentences import changes, has_words
from levelhead.people.audit import Deed
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Whose
from levelhead.people.sight import EVERYTHING, Sight, sight_of
from levelhead.storage.audit_notes import note
from levelhead.storage.holding import Holding
from levelhead.web.gate import Guarded, NotHere, Who, asks
from levelhead.web.packs_diff import Beside, beside
from levelhead.web.packs_lines import Lines, Shown, Typed, kinds_of, shown_of, wording_of
from levelhead.web.packs_slips import told_whole
from levelhead.web.rendering import Page
from levelhead.web.things import whole_tenant
from levelhead.web.ways import PACKS

pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
LATEST = 20
ONE_AT_A_TIME = CapacityLimiter(1)
"""Trying a draft keeps a core busy for seconds: whoever comes second waits, and the desk has the other core."""


async def the_pack(request: Request, who: Who) -> Whose | None:
    """Of a pack that there is; packs are the whole organisation's."""
    return Whose(who.tenant) if is_pack(request.path_params["pack"]) else None


sees, drafts = asks(Action.SEE_PACKS, the_pack), asks(Action.DRAFT_PACK, the_pack)


@pages.get(PACKS)
@asks(Action.SEE_PACKS, whole_tenant)
async def overview(page: Asked) -> HTMLResponse:
    """Every pack, with what was edited lately."""

    def gathered() -> dict[str, object]:
        latest = Editing(page.shelf).editions.everything()[:LATEST]
        return {"kinds": kinds_of(page), "latest": Lines(page).latest(latest)}

    return page.answer(
        "packs.html", page="packs", title=page.words("packs.title"), **await to_thread.run_sync(gathered)
    )


@pages.get(f"{PACKS}/{{pack}}")
@sees
async def wording(pack: str, page: Asked) -> Response:
    """The sentences of a pack; its text where it has none."""
    asked = page.request.query_params
    if not has_words(pack):
        return RedirectResponse(f"{PACKS}/{pack}/text", status_code=303)
    return await wording_page(page, pack, asked.get("part", ""), asked.get("find", "").strip())


@pages.get(f"{PACKS}/{{pack}}/text")
@sees
async def text(pack: str, page: Asked) -> HTMLResponse:
    """The pack as text."""
    return await text_page(page, pack)


@pages.get(f"{PACKS}/{{pack}}/draft")
@sees
async def draft(pack: str, page: Asked) -> HTMLResponse:
    """The draft that waits, and what it changes."""
    return await draft_page(page, pack)


@pages.get(f"{PACKS}/{{pack}}/history")
@sees
async def history(pack: str, page: Asked) -> HTMLResponse:
    """Every edition."""
    shown = await to_thread.run_sync(shown_of, page, pack)
    lines = await to_thread.run_sync(lambda: Lines(page).history(shown.standing))
    return _answer(page, "packs_history.html", shown, "history", lines=lines)


@pages.get(f"{PACKS}/{{pack}}/editions/{{number}}")
@sees
async def edition(pack: str, number: int, page: Asked) -> HTMLResponse:
    """What an edition has otherwise than the one before it."""
    shown = await to_thread.run_sync(shown_of, page, pack)
    lines = await to_thread.run_sync(lambda: Lines(page).history(shown.standing))
    line = next((one for one in lines if one.number == number), None)
    if line is None:
        raise NotHere
    before = max(number - 1, 0)
    differs = await to_thread.run_sync(_between, page, pack, before, number)
    return _answer(page, "packs_edition.html", shown, "history", line=line, differs=differs, before=before)


async def wording_page(
    page: Page, pack: str, part: str, find: str = "", typed: Typed | None = None, refused: str = ""
) -> HTMLResponse:
    """The form of a pack's sentences, with what was typed."""
    shown = await to_thread.run_sync(shown_of, page, pack)
    kept = await to_thread.run_sync(Editing(page.shelf).text, pack, shown.standing.edited)
    typed = typed or Typed()
    found = await to_thread.run_sync(wording_of, page, pack, kept, part, find, typed)
    return _answer(page, "packs_wording.html", shown, "wording", refused, wording=found, slip=typed.slip, why="")


async def text_page(
    page: Page, pack: str, typed: str | None = None, slip: NotUsable | None = None, refused: str = "", why: str = ""
) -> HTMLResponse:
    """The form of a pack's text, with what was typed."""
    shown = await to_thread.run_sync(shown_of, page, pack)
    kept = typed if typed is not None else await to_thread.run_sync(_text, page, pack, shown.standing.edited)
    return _answer(page, "packs_text.html", shown, "text", refused, text=kept, slip=slip, why=why)


async def draft_page(page: Page, pack: str, tried: Tried | None = None, refused: str = "") -> HTMLResponse:
    """The draft with what it changes, and what came of trying it."""
    shown = await to_thread.run_sync(shown_of, page, pack)
    waiting = shown.standing.draft
    differs: tuple[Beside, ...] = ()
    slip: NotUsable | None = None
    if waiting is not None:
        differs = await to_thread.run_sync(_between, page, pack, shown.standing.number, waiting.number)
        slip = await to_thread.run_sync(_slip, page, pack, waiting.number)
    readable = await to_thread.run_sync(readable_among, page, tried) if tried else frozenset()
    when = (await to_thread.run_sync(Lines, page)).when
    known = {
        "differs": differs,
        "tried": tried,
        "readable": readable,
        "slip": slip and told_whole(page.words, slip),
        "speaks": speaks(pack),
    }
    return _answer(page, "packs_draft.html", shown, "draft", refused, when=when, **known)


def tried_on(page: Page, pack: str, number: int) -> Tried:
    """What the edition would have changed, and a note that it was tried. Raises NotUsable and UnknownEdition."""
    editing = Editing(page.shelf)
    before, after = (editing.text(pack, one) for one in (editing.standing(pack).number, number))
    found = try_out(page.desk.books, pack, before, after, sight_for(page.person), page.now, time.monotonic)
    with page.shelf.writing() as connection:
        note(connection, Deed.PACK_TRIED, f"{pack}:{number}", at=page.now)
    return found


def sight_for(person: Person) -> Sight:
    """The conversations that somebody tries a pack on: those they see; all, without a word of them, for an admin."""
    return sight_of(person) or EVERYTHING


def _answer(page: Page, template: str, shown: Shown, tab: str, refused: str = "", **known: object) -> HTMLResponse:
    said = page.request.query_params.get("done", "")
    done = page.words(f"packs.done_{said}") if f"packs.done_{said}" in page.words else ""
    status = 409 if refused else 422 if known.get("slip") and tab != "draft" else 200
    return page.answer(
        template, status, page="packs", title=shown.label, shown=shown, tab=tab, refused=refused, done=done, **known
    )


def _text(page: Page, pack: str, number: int) -> str:
    return Editing(page.shelf).text(pack, number)


def _between(page: Page, pack: str, before: int, after: int) -> tuple[Beside, ...]:
    return beside(changes(pack, _text(page, pack, before), _text(page, pack, after)))


def _slip(page: Page, pack: str, number: int) -> NotUsable | None:
    """Why a draft that was taken once cannot be read any more, after Levelhead itself was renewed."""
    try:
        check(pack, _text(page, pack, number))
    except NotUsable as slip:
        return slip
    return None


def readable_among(page: Page, tried: Tried) -> frozenset[str]:
    """The conversations that whoever looks may open."""
    whose = Holding(page.shelf).whose_of([one.conversation for one in tried.differing])
    return frozenset(name for name, of in whose.items() if may(page.person, Action.READ_CONVERSATION, of))
