"""Which language pages are in: chosen by each person on their account, for a team and for all on the page *People*."""

from typing import Annotated, NamedTuple
from uuid import UUID

from anyio import to_thread
from babel import Locale, UnknownLocaleError
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.conversation.languages import LANGUAGES
from levelhead.people.permission import Action
from levelhead.storage.languages import Languages, WrongLanguage
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.rendering import Page
from levelhead.web.things import named_in, own, team, whole_tenant
from levelhead.web.ways import ACCOUNT, PEOPLE

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


class Offered(NamedTuple):
    """A language to choose, called as those call it who speak it."""

    tag: str
    name: str


@router.post("/account/language")
@asks(Action.CHOOSE_LANGUAGE, own)
async def choose(request: Request, page: Asked) -> Response:
    """Have pages be in this language for oneself."""
    return await _chosen(request, page, page.person.id, f"{ACCOUNT}#language-title")


@router.post("/teams/{team}/language")
@asks(Action.MANAGE_TEAMS, team)
async def choose_for_team(request: Request, page: Asked) -> Response:
    """Have pages be in this language for whoever of a team has chosen none."""
    return await _chosen(request, page, named_in(request, "team"), PEOPLE)


@router.post("/people/language")
@asks(Action.MANAGE_TEAMS, whole_tenant)
async def choose_for_all(request: Request, page: Asked) -> Response:
    """Have pages be in this language for whoever has no other."""
    return await _chosen(request, page, None, PEOPLE)


def chosen(page: Page) -> dict[UUID | None, str]:
    """What was chosen, by person and team, and for all under None; waits on the database."""
    return dict(Languages(page.shelf).chosen())


def offered() -> tuple[Offered, ...]:
    """The languages there are, each under its own name, with its country where there are two of one."""
    return tuple(Offered(tag, named(tag, tag)) for tag in LANGUAGES)


def named(tag: str, shown_in: str) -> str:
    """What a language is called in another: "German", "Deutsch"; the tag itself where nobody knows it."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(Locale.parse(shown_in, sep="-"))
    except (ValueError, UnknownLocaleError):
        return tag
    return name[:1].upper() + name[1:] if name and tag == shown_in else name or tag


async def _chosen(request: Request, page: Page, whose: UUID | None, back: str) -> Response:
    try:
        await to_thread.run_sync(Languages(page.shelf).choose, whose, (await form_of(request))("language"))
    except WrongLanguage:
        raise BadForm from None
    return RedirectResponse(back, status_code=303)
