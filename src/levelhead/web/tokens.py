"""The page *API tokens*: what programs may do here, until when, and who made that so. For people; no token opens it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.people.api_token import ApiToken
from levelhead.people.permission import SCOPES, Action
from levelhead.people.team import Team
from levelhead.storage.accounts import People
from levelhead.storage.refusals import Refused
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import LONGEST, MadeToken, Tokens
from levelhead.web import times
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.rendering import Page
from levelhead.web.things import api_token, named_in, whole_tenant
from levelhead.web.ways import TOKENS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
MOST_NAME: Final = 200
USUAL_DAYS: Final = 90
CHOICE: Final = tuple(action for action in Action if action in SCOPES)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for, as it was typed, so that it can be shown again."""

    name: str = ""
    scopes: tuple[Action, ...] = ()
    team: str = ""
    days: str = str(USUAL_DAYS)

    @classmethod
    def of(cls, form: Form) -> "Wanted":
        """What the form asks for; raises BadForm for a scope that the page does not offer."""
        scopes = form.all("scope")
        if not set(scopes) <= set(CHOICE):
            raise BadForm
        name = form("name").strip()[:MOST_NAME]
        return cls(name, tuple(Action(scope) for scope in scopes), form("team"), form("days").strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One token as the page shows it."""

    id: UUID
    name: str
    scopes: tuple[Action, ...]
    team: str | None
    made_by: str | None
    used: str | None
    until: str
    exactly: str
    ended: bool
    is_over: bool


@router.get(TOKENS)
@asks(Action.MANAGE_TOKENS, whole_tenant)
async def tokens(page: Asked) -> HTMLResponse:
    """Every token: those that open something, and below them those that do no longer."""
    return await _tokens_page(page)


@router.post(TOKENS)
@asks(Action.MANAGE_TOKENS, whole_tenant)
async def make_token(request: Request, page: Asked) -> HTMLResponse:
    """Make a token and show its secret, this once."""
    wanted = Wanted.of(await form_of(request))
    refused = _refused(page, wanted)
    if refused:
        return await _tokens_page(page, wanted, refused=refused)
    team = await _team(page, wanted.team)
    try:
        made = await to_thread.run_sync(_make, page, wanted, team)
    except Refused as refusal:
        return await _tokens_page(page, wanted, refused=page.words.told(refusal))
    return await _tokens_page(page, made=made)


@router.post("/tokens/{token}/end")
@asks(Action.MANAGE_TOKENS, api_token)
async def end_token(request: Request, page: Asked) -> Response:
    """Have a token open nothing any more."""
    token = named_in(request, "token")
    assert token is not None  # noqa: S101 - the gate has found it
    try:
        await to_thread.run_sync(_all(page).end, token)
    except Refused as refusal:
        return await _tokens_page(page, refused=page.words.told(refusal))
    return RedirectResponse(TOKENS, status_code=303)


def _refused(page: Page, wanted: Wanted) -> str:
    if not wanted.name:
        return page.words("tokens.name_missing")
    if not wanted.scopes:
        return page.words("tokens.scopes_missing")
    is_number = wanted.days.isascii() and wanted.days.isdigit() and len(wanted.days) < len("10000")
    if not is_number or not 1 <= int(wanted.days) <= LONGEST.days:
        return page.words("tokens.days_wrong", most=LONGEST.days)
    return ""


async def _team(page: Page, chosen: str) -> UUID | None:
    """The team that was chosen, None for the whole organisation; raises BadForm for one that is not there."""
    if not chosen:
        return None
    teams = await to_thread.run_sync(Teams(page.shelf).all)
    found = next((team.id for team in teams if str(team.id) == chosen), None)
    if found is None:
        raise BadForm
    return found


def _make(page: Page, wanted: Wanted, team: UUID | None) -> MadeToken:
    lasts = timedelta(days=int(wanted.days))
    return _all(page).add(wanted.name, wanted.scopes, lasts, team=team, made_by=page.person.id)


async def _tokens_page(
    page: Page, wanted: Wanted | None = None, *, refused: str = "", made: MadeToken | None = None
) -> HTMLResponse:
    rows, teams = await to_thread.run_sync(_rows, page)
    return page.answer(
        "tokens.html",
        422 if refused else 200,
        page="tokens",
        title=page.words("tokens.title"),
        open=[row for row in rows if not row.is_over],
        over=[row for row in rows if row.is_over],
        teams=teams,
        choice=CHOICE,
        wanted=wanted or Wanted(),
        most_days=LONGEST.days,
        refused=refused,
        made=made,
    )


def _rows(page: Page) -> tuple[tuple[Row, ...], tuple[Team, ...]]:
    """The tokens, the newest first, and the teams."""
    teams = Teams(page.shelf).all()
    people = {person.id: person.shown_as for person in People(page.shelf).all()}
    named = {team.id: team.name for team in teams}
    return tuple(_row(page, token, named, people) for token in reversed(_all(page).all())), teams


def _row(page: Page, token: ApiToken, teams: dict[UUID, str], people: dict[UUID, str]) -> Row:
    until = token.ended_at or token.expires_at
    return Row(
        id=token.id,
        name=token.name,
        scopes=tuple(scope for scope in CHOICE if scope in token.scopes),
        team=teams[token.team] if token.team else None,
        made_by=people[token.made_by] if token.made_by else None,
        used=times.ago(token.last_used_at, page.now, page.words) if token.last_used_at else None,
        until=page.words.date("time.day_month_year", until),
        exactly=f"{times.exact(until, page.words)} UTC",
        ended=token.ended_at is not None,
        is_over=token.ended_at is not None or token.expires_at <= page.now,
    )


def _all(page: Page) -> Tokens:
    return Tokens(page.shelf, page.place.clock)
