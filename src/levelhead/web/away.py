"""Somebody says on their own page that they are away, and who stands in for them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.standing_in import Absence
from levelhead.listening.calendar import on_the_clock
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person
from levelhead.storage.accounts import People
from levelhead.storage.opening_hours import Absences, Opening
from levelhead.web import times
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.rendering import Page
from levelhead.web.things import own
from levelhead.web.ways import ACCOUNT

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Away:
    """Until when somebody is away, '' where they are not; who stands in, '' for the team; and who could."""

    until: str
    stand_in: str
    colleagues: tuple[Person, ...]


@router.post("/account/away")
@asks(Action.SAY_AWAY, own)
async def go(request: Request, page: Asked) -> Response:
    """Be away until that day begins."""
    form = await form_of(request)
    until = await to_thread.run_sync(_moment, page, form("until"))
    colleagues = {str(one.id): one.id for one in await to_thread.run_sync(_colleagues, page)}
    chosen = form("stand_in")
    if until is None or (chosen and chosen not in colleagues):
        raise BadForm
    absence = Absence(page.person.id, until, colleagues.get(chosen))
    await to_thread.run_sync(Absences(page.shelf, page.place.clock).begin, absence)
    return RedirectResponse(ACCOUNT, status_code=303)


@router.post("/account/back")
@asks(Action.SAY_AWAY, own)
async def come_back(page: Asked) -> Response:
    """Be there again."""
    await to_thread.run_sync(Absences(page.shelf, page.place.clock).end, page.person.id)
    return RedirectResponse(ACCOUNT, status_code=303)


def away_of(page: Page) -> Away | None:
    """How it stands with the person who looks; None for whom nothing could be promised by."""
    if reach_of(page.person, Action.KEEP_PROMISES) is None:
        return None
    absence = Absences(page.shelf, page.place.clock).now().get(page.person.id)
    colleagues = _colleagues(page)
    if absence is None:
        return Away("", "", colleagues)
    until = absence.until.astimezone(Opening(page.shelf).hours().tz)
    return Away(times.when(until, page.now, page.words), _name(absence.stand_in, colleagues), colleagues)


def _colleagues(page: Page) -> tuple[Person, ...]:
    """Who could see to their promises: of their teams, and with the right to."""
    found = (
        one
        for one in People(page.shelf).all()
        if one.id != page.person.id and one.teams & page.person.teams and reach_of(one, Action.KEEP_PROMISES)
    )
    return tuple(sorted(found, key=lambda one: one.shown_as.casefold()))


def _name(person: UUID | None, colleagues: tuple[Person, ...]) -> str:
    return next((one.shown_as for one in colleagues if one.id == person), "")


def _moment(page: Page, typed: str) -> datetime | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    now = page.now
    if not now.date() < day <= (now + LONGEST).date():
        return None
    return on_the_clock(day, time(), Opening(page.shelf).hours().tz)
