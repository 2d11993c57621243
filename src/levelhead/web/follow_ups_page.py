"""The page *Follow-ups*: whom to ask, and the page of one, where it is worded, sent, and answered."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Annotated, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.follow_up import ENDED, OPEN, FollowUp, FollowUpState, Way, WhyNot
from levelhead.casework.item import Item, Kind
from levelhead.casework.mail import Address
from levelhead.channels.language_model import Asked as AskedOf
from levelhead.channels.language_model import Talk
from levelhead.channels.mail import message_of
from levelhead.live.bus import EVERYTHING
from levelhead.live.follow_ups import FollowUps
from levelhead.live.letters import Letter
from levelhead.people.permission import Action, reach_of
from levelhead.settings_language_model import Wording
from levelhead.storage.consents import Consents
from levelhead.storage.refusals import Refused
from levelhead.web.follow_up_here import Asking, asking, changed, colleagues, follow_up
from levelhead.web.follow_up_lines import lines_of
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.promised import Wanted, cases_of, tasks_for
from levelhead.web.regions import Regions
from levelhead.web.rendering import Page
from levelhead.web.streams import stream
from levelhead.web.surveys_api import tallies_for
from levelhead.web.things import own
from levelhead.web.ways import FOLLOW_UPS

AHEAD: Final = timedelta(days=7)
"""What is due later is not shown yet: a look back in ninety days is nobody's work today."""
UNDO_FOR: Final = timedelta(minutes=10)
COLLEAGUE: Final = "to-"
"""What a value begins with that names a colleague; their id follows."""
router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="follow_up")]
sees, keeps = asks(Action.SEE_FOLLOW_UPS, follow_up), asks(Action.KEEP_FOLLOW_UPS, follow_up)
_ORDER = (FollowUpState.NOT_WORKED, FollowUpState.TO_DO, FollowUpState.LEAVING, FollowUpState.ASKED)


class Do(StrEnum):
    """What a person does with a follow-up."""

    BY_MAIL = "by_mail"
    BY_CALL = "by_call"
    SAVE = "save"
    DRAFT_AGAIN = "draft_again"
    SEND = "send"
    TOLD = "told"
    WORKED = "worked"
    NOT_WORKED = "not_worked"
    NO_ANSWER = "no_answer"
    GO_ON = "go_on"
    CALL_OFF = "call_off"
    UNDO = "undo"


@router.get(FOLLOW_UPS)
@asks(Action.SEE_FOLLOW_UPS, own)
async def follow_ups(page: Asked) -> HTMLResponse:
    """Everybody whom one has to ask, or one's team; and for who may, what customers said of the service."""
    shown = await to_thread.run_sync(_listed, page)
    said = await to_thread.run_sync(_said, page)
    return page.answer("follow_ups.html", page="follow_ups", title=page.words("follow_up.title"), said=said, **shown)


@router.get(f"{FOLLOW_UPS}/stream")
@asks(Action.SEE_FOLLOW_UPS, own)
async def follow_ups_stream(request: Request) -> Response:
    """The live updates of the list."""

    async def regions() -> Regions:
        page = Page.asked_by(request)
        shown = await to_thread.run_sync(_listed, page)
        names = {"count": "follow_ups_count", "list": "follow_ups_list", "trouble": "trouble"}
        return Regions({name: page.render(f"regions/{file}.html", **shown) for name, file in names.items()})

    return stream(request, Page.asked_by(request).desk.bus, EVERYTHING, regions)


@router.get(FOLLOW_UPS + "/{follow_up}")
@sees
async def show(named: Named, page: Asked) -> HTMLResponse:
    """One follow-up: what to say, and what was answered."""
    return await _page_of(page, named)


@router.get(FOLLOW_UPS + "/{follow_up}/mail.eml")
@keeps
async def as_mail(named: Named, page: Asked) -> Response:
    """The mail as a file for one's own mail program, without the customer's address, which is kept sealed."""
    _, told = await to_thread.run_sync(_stands, page, named)
    letter = Letter(str(named), "", told.draft.subject, told.draft.text)
    message = message_of(letter, page.place.settings)
    message["X-Unsent"] = "1"  # Mail programs open it as a draft.
    return Response(
        message.as_bytes(),
        media_type="message/rfc822",
        headers={"content-disposition": 'attachment; filename="follow-up.eml"'},
    )


@router.post(FOLLOW_UPS + "/{follow_up}/reworded")
@keeps
async def reword(named: Named, request: Request, page: Asked) -> HTMLResponse:
    """These words in others that say the same; empty where there are none. Nothing is kept."""
    text, model = (await form_of(request))("text"), page.place.language_model
    item, told = await to_thread.run_sync(_stands, page, named)
    if model is None or not text.strip() or not await to_thread.run_sync(_may_read, page, item):
        return HTMLResponse("")
    asked = AskedOf(Wording.FOLLOW_UP, text, facts=tuple(told.name.split()), locale=told.locale)
    words = await model.reworded(Talk(page.person.tenant, item.conversation or str(named)), asked)
    return page.answer("regions/reworded.html", reworded=words) if words else HTMLResponse("")


@router.post(FOLLOW_UPS + "/{follow_up}")
@keeps
async def act(named: Named, request: Request, page: Asked) -> Response:
    """Do one thing with it; what is refused is said where it was typed."""
    form = await form_of(request)
    if form("do") not in set(Do):
        raise BadForm
    deed = _deeds(form, named, page)[Do(form("do"))]
    try:
        await changed(request, named, deed)
    except Refused as refused:
        return await _page_of(page, named, page.words.told(refused), form)
    stays = Do(form("do")) in (Do.BY_MAIL, Do.BY_CALL, Do.SAVE, Do.DRAFT_AGAIN, Do.NOT_WORKED, Do.UNDO)
    return RedirectResponse(f"{FOLLOW_UPS}/{named}" if stays else FOLLOW_UPS, status_code=303)


def _may_read(page: Page, item: Item[FollowUp]) -> bool:
    return item.conversation is None or Consents(page.shelf).gate(item.conversation).reads


def _deeds(form: Form, named: UUID, page: Page) -> Mapping[Do, Callable[[FollowUps], object]]:
    me, subject, text = page.person.id, form("subject"), form("text")
    way = Way(form("way")) if form("way") in set(Way) else Way.MAIL
    return {
        Do.BY_MAIL: lambda all_: all_.word(named, Way.MAIL, "", ""),
        Do.BY_CALL: lambda all_: all_.word(named, Way.CALL, "", ""),
        Do.SAVE: lambda all_: all_.word(named, way, subject, text),
        Do.DRAFT_AGAIN: lambda all_: all_.word(named, way, "", ""),
        Do.SEND: lambda all_: all_.send(named, _address(form("to"), page, named), subject, text),
        Do.TOLD: lambda all_: all_.tell(named, me, subject, text),
        Do.WORKED: lambda all_: all_.answer(named, me, worked=True, words=form("words")),
        Do.NOT_WORKED: lambda all_: all_.answer(named, me, worked=False, words=form("words")),
        Do.NO_ANSWER: lambda all_: all_.give_up(named),
        Do.GO_ON: lambda all_: all_.go_on(named, _owner(form("who"), page, named), way),
        Do.CALL_OFF: lambda all_: all_.call_off(named, _why(form("why"))),
        Do.UNDO: lambda all_: all_.reopen(named),
    }


def _address(given: str, page: Page, named: UUID) -> Address:
    """One of those that the page offered, by its place among them."""
    _, told = _stands(page, named)
    if not given.isdecimal() or int(given) >= len(told.reaches):
        raise NoAddress(page.words("follow_up.no_address"))
    return told.reaches[int(given)].address


def _owner(given: str, page: Page, named: UUID) -> UUID | None:
    if given == "team":
        return None
    cases = cases_of(page.request)
    known = {str(one.id): one.id for one in colleagues(cases, FollowUps(cases).get(named), page.person.id)}
    return known.get(given.removeprefix(COLLEAGUE), page.person.id)


def _why(given: str) -> WhyNot:
    if given not in set(WhyNot):
        raise BadForm
    return WhyNot(given)


class NoAddress(Refused):
    """There is no address that a mail could go to."""


def _stands(page: Page, named: UUID) -> tuple[Item[FollowUp], Asking]:
    cases = cases_of(page.request)
    item = FollowUps(cases).get(named)
    return item, asking(page.desk, cases, item, page.person.shown_as)


async def _page_of(page: Page, named: UUID, refused: str = "", typed: Form | None = None) -> HTMLResponse:
    item, told = await to_thread.run_sync(_stands, page, named)
    (line,) = await to_thread.run_sync(lines_of, page, (item,))
    model = page.place.language_model
    return page.answer(
        "follow_up.html",
        422 if refused else 200,
        page="follow_ups",
        title=line.task,
        line=line,
        body=item.body,
        subject=typed("subject") if typed and typed("subject") else told.draft.subject,
        text=typed("text") if typed and typed("text") else told.draft.text,
        locale=told.locale,
        reaches=told.reaches,
        sends=page.place.settings.sends_mail,
        rewords=bool(model and model.may(Wording.FOLLOW_UP)),
        colleagues=await to_thread.run_sync(colleagues, cases_of(page.request), item, page.person.id),
        whys=(WhyNot.NOT_NEEDED, WhyNot.DOES_NOT_WANT, WhyNot.DIED),
        back=FOLLOW_UPS,
        refused=refused,
    )


def _listed(page: Page) -> dict[str, object]:
    cases, now = cases_of(page.request), page.now
    see = partial(tasks_for, page.person, cases, Kind.FOLLOW_UP, Action.SEE_FOLLOW_UPS)
    soon = [item for item in see(Wanted(OPEN, history=True)) if _is_shown(item, now)]
    soon.sort(key=lambda item: _ORDER.index(FollowUpState(item.state)))
    mine = [item for item in soon if item.state in _ORDER[:2] or (item.due_at is not None and item.due_at <= now)]
    settled = see(Wanted(ENDED, changed_after=now - UNDO_FOR, history=True))
    return {
        "lines": lines_of(page, mine),
        "waiting": lines_of(page, [item for item in soon if item not in mine]),
        "settled": lines_of(page, sorted(settled, key=lambda item: item.changed_at, reverse=True)),
    }


def _is_shown(item: Item[FollowUp], now: datetime) -> bool:
    """What is to be asked soon, and everything that was asked: over a week-end or holidays its answer has longer."""
    return item.state != FollowUpState.TO_DO or item.due_at is None or item.due_at <= now + AHEAD


def _said(page: Page) -> object:
    if reach_of(page.person, Action.SEE_SURVEYS) is None:
        return None
    return tallies_for(page.person, cases_of(page.request), page.desk.books)
