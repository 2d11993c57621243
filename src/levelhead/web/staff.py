"""The page *People*: who works here, in which teams, and how far Levelhead has come in each of them."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.live.welcome import link_for
from levelhead.people.permission import Action, may, reach_of
from levelhead.people.person import Person, Relation, Role, Whose, sign_in_name
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.refusals import Refused
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams
from levelhead.web.addresses import link_to
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, NotHere, asks
from levelhead.web.languages import chosen, offered
from levelhead.web.rendering import Page
from levelhead.web.things import named_in, own, somebody, team, whole_tenant
from levelhead.web.ways import PEOPLE

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
MOST_NAME = 200
MOST_HELD_OUT = 50
"""Percent: beyond half, those who are not helped would outnumber those who are, and nothing is learnt from it."""
_DIGITS = 3


@router.get(PEOPLE)
@asks(Action.SEE_PEOPLE, own)
async def people(page: Asked) -> HTMLResponse:
    """Everybody whom one may see: those of one's teams, or all."""
    return await _people_page(page)


@router.post(PEOPLE)
@asks(Action.MANAGE_PEOPLE, whole_tenant)
async def add_person(request: Request, page: Asked) -> HTMLResponse:
    """Add somebody, and show the link with which they choose a password; it is shown this once."""
    form = await form_of(request)
    name = form("name").strip()
    if not name:
        return await _people_page(page, refused=page.words("people.name_missing"))
    teams, shown_as = await _teams(page, form), form("shown_as").strip()[:MOST_NAME]
    new = new_person(page.person.tenant, sign_in_name(name), shown_as or name, _role(form), teams)
    try:
        person = await to_thread.run_sync(_all(page).add, new)
    except Refused as refused:
        return await _people_page(page, refused=page.words.told(refused))
    return await _with_link(page, person)


@router.post("/people/{person}/role")
@asks(Action.MANAGE_PEOPLE, somebody)
async def give_role(request: Request, page: Asked) -> Response:
    """Give somebody another role; they sign in again and have it."""
    return await _changed(page, _all(page).give_role, (await _one(page)).id, _role(await form_of(request)))


@router.post("/people/{person}/teams")
@asks(Action.MANAGE_PEOPLE, somebody)
async def put_in_teams(request: Request, page: Asked) -> Response:
    """Put somebody in these teams, and in no other."""
    teams = await _teams(page, await form_of(request))
    return await _changed(page, _all(page).put_in_teams, (await _one(page)).id, teams)


@router.post("/people/{person}/disable")
@asks(Action.MANAGE_PEOPLE, somebody)
async def disable(page: Asked) -> Response:
    """Let somebody in no longer; whatever they have open ends."""
    return await _changed(page, _all(page).disable, (await _one(page)).id)


@router.post("/people/{person}/enable")
@asks(Action.MANAGE_PEOPLE, somebody)
async def enable(page: Asked) -> Response:
    """Let somebody in again."""
    return await _changed(page, _all(page).enable, (await _one(page)).id)


@router.post("/people/{person}/sign-out")
@asks(Action.MANAGE_SESSIONS, somebody)
async def sign_out_everywhere(page: Asked) -> Response:
    """End every session of somebody's."""
    return await _changed(page, page.place.entrance.end_all, await _one(page))


@router.post("/people/{person}/link")
@asks(Action.MANAGE_PEOPLE, somebody)
async def new_link(page: Asked) -> HTMLResponse:
    """A link with which somebody chooses a new password; it is shown this once."""
    return await _with_link(page, await _one(page))


@router.post("/teams")
@asks(Action.MANAGE_TEAMS, whole_tenant)
async def add_team(request: Request, page: Asked) -> Response:
    """Add a team; nothing of it is read before somebody says so."""
    name = (await form_of(request))("name").strip()
    if not name:
        return await _people_page(page, refused=page.words("people.name_missing"))
    if any(known.name == name for known in await to_thread.run_sync(_their_teams(page).all)):
        return await _people_page(page, refused=page.words("people.team_taken"))
    return await _changed(page, _their_teams(page).add, name[:MOST_NAME], Rollout.OFF)


@router.post("/teams/{team}/rollout")
@asks(Action.MANAGE_TEAMS, team)
async def roll_out(request: Request, page: Asked) -> Response:
    """Say how far Levelhead has come in a team: off, in shadow, or on."""
    chosen = (await form_of(request))("rollout")
    if chosen not in set(Rollout):
        raise BadForm
    return await _changed(page, _their_teams(page).roll_out, named_in(request, "team"), Rollout(chosen))


@router.post("/teams/{team}/held-out")
@asks(Action.MANAGE_TEAMS, team)
async def hold_out(request: Request, page: Asked) -> Response:
    """Say which share of a team's cards is not shown, so that what cards do can be measured."""
    typed, known = (await form_of(request))("share").strip(), named_in(request, "team")
    if not typed.isascii() or not typed.isdigit() or len(typed) > _DIGITS or int(typed) > MOST_HELD_OUT:
        return await _people_page(page, refused=page.words("teaching.share_wrong"))
    return await _changed(page, Teaching(page.shelf, page.place.clock).hold_out, known, int(typed))


async def _changed(page: Page, change: Callable[..., object], *of: object) -> Response:
    """Do it, and show the page as it is then; where it is refused, why."""
    try:
        await to_thread.run_sync(change, *of)
    except Refused as refused:
        return await _people_page(page, refused=page.words.told(refused))
    return RedirectResponse(PEOPLE, status_code=303)


async def _with_link(page: Page, person: Person) -> HTMLResponse:
    path = await to_thread.run_sync(link_for, page.place.entrance, person)
    return await _people_page(page, invited=person, link=link_to(page.request, path))


async def _people_page(page: Page, *, refused: str = "", invited: Person | None = None, link: str = "") -> HTMLResponse:
    everybody = await to_thread.run_sync(_all(page).all)
    teams = await to_thread.run_sync(_their_teams(page).all)
    sees_all = reach_of(page.person, Action.SEE_PEOPLE) is Relation.TENANT
    return page.answer(
        "people.html",
        422 if refused else 200,
        page="people",
        title=page.words("people.title"),
        everybody=[one for one in everybody if sees_all or one.teams & page.person.teams],
        teams=[one for one in teams if sees_all or one.id in page.person.teams],
        manages=may(page.person, Action.MANAGE_PEOPLE, Whose(page.person.tenant)),
        roles=tuple(Role),
        rollouts=tuple(Rollout),
        shares=await to_thread.run_sync(Teaching(page.shelf, page.place.clock).held_out),
        most_held_out=MOST_HELD_OUT,
        languages=offered(),
        chosen=await to_thread.run_sync(chosen, page),
        refused=refused,
        invited=invited,
        link=link,
    )


async def _one(page: Page) -> Person:
    named = named_in(page.request, "person")
    if named is None:
        raise NotHere
    return await to_thread.run_sync(_all(page).one, named)


async def _teams(page: Page, form: Form) -> frozenset[UUID]:
    teams = await to_thread.run_sync(_their_teams(page).all)
    return frozenset(team.id for team in teams if str(team.id) in form.all("team"))


def _role(form: Form) -> Role:
    if form("role") not in set(Role):
        raise BadForm
    return Role(form("role"))


def _all(page: Page) -> People:
    return People(page.shelf)


def _their_teams(page: Page) -> Teams:
    return Teams(page.shelf)
