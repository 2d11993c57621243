"""What a team's agents say to suggestions, what that speaks for, and what the team has settled: page and API.

A supervisor of the team decides; nothing changes by itself, and no answer is ever looked at by person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from levelhead.advising.overlay import How
from levelhead.casework.teaching import Counted, Proposal, Settled, SettledState, proposed
from levelhead.live.packs_in_force import packs_of
from levelhead.people.permission import Action, may
from levelhead.people.person import Whose
from levelhead.people.team import Team
from levelhead.storage.accounts import People
from levelhead.storage.opening_hours import Opening
from levelhead.storage.refusals import Refused
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams
from levelhead.web import times
from levelhead.web.documented import api_router
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, NotHere, asks, who_of
from levelhead.web.rendering import Page
from levelhead.web.things import named_in, own, shelf_of
from levelhead.web.things import team as the_team
from levelhead.web.ways import TEACHING
from levelhead.web.workplace import workplace_of

calls = api_router()
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
MOST_WHY = 200


class CountedOut(BaseModel):
    """What a team's agents said to the suggestions of one rule in the last 28 days."""

    rule: str
    kind: str
    used: int
    not_now: int
    wrong: int


class AdjustmentOut(BaseModel):
    """A change to the team's suggestions; advices that were given under it name it as `+number` beside their pack.

    `level` is an intensity (1-3) for `from_intensity`, a share in percent for `hold_out`.
    """

    number: int
    how: How
    rule: str
    level: int
    state: SettledState
    why: str
    settled_by: str = Field(description="As the audit names them.")
    at: datetime
    until: datetime | None


class TeachingOut(BaseModel):
    """Where a team stands."""

    counted: list[CountedOut]
    settled: list[AdjustmentOut]


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A decision as the page says it."""

    id: UUID
    number: int
    what: str
    by: str
    when: str
    until: str
    why: str
    rests_on: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as the page asks it."""

    key: str
    what: str
    says: str
    lasts: str


@dataclass(frozen=True, slots=True)
class TeamShown:
    """A team on the page."""

    team: Team
    settles: bool
    share: int
    proposals: tuple[ProposalLine, ...]
    in_force: tuple[SettledLine, ...]
    earlier: tuple[SettledLine, ...]
    counted: tuple[tuple[str, Counted], ...]


@calls.get("/teams/{team}/teaching")
@asks(Action.SEE_TEACHING, the_team, programs=True)
async def teaching_of(team: UUID, request: Request) -> TeachingOut:
    """What a team's agents said to suggestions, by rule and never by person, and what the team has settled."""
    kept = Teaching(shelf_of(request, who_of(request)), workplace_of(request).clock)
    return await to_thread.run_sync(_told, kept, team)


@pages.get(TEACHING)
@asks(Action.SEE_TEACHING, own)
async def teaching(page: Asked) -> HTMLResponse:
    """Every team that one is of, with what there is to decide."""
    return await _page(page)


@pages.post("/teams/{team}/teaching")
@asks(Action.SETTLE_CARDS, the_team)
async def settle(request: Request, page: Asked) -> Response:
    """Approve or decline what is proposed, as it stands now."""
    form, team = await form_of(request), named_in(request, "team")
    if team is None or form("answer") not in {"approve", "decline"}:
        raise BadForm
    kept, why = _kept(page), form("why").strip()[:MOST_WHY]
    found = await to_thread.run_sync(_proposed, kept, team, page.words.locale)
    proposal = next((one for one in found if _key(one) == form("proposal")), None)
    if proposal is None:
        return await _page(page, refused=page.words("teaching.no_longer"))
    if form("answer") == "approve":
        return await _done(page, partial(kept.approve, team, proposal, why))
    figures = await to_thread.run_sync(packs_of(kept.shelf).proposing)
    until = kept.now() + figures.declined_for
    return await _done(page, partial(kept.decline, team, proposal, until, why))


@pages.post("/teams/{team}/teaching/{settled}/end")
@asks(Action.SETTLE_CARDS, the_team)
async def take_back(request: Request, page: Asked) -> Response:
    """Take back what was decided; cards are advised without it from now on."""
    team, settled, kept = named_in(request, "team"), named_in(request, "settled"), _kept(page)
    known = await to_thread.run_sync(kept.settled, team) if team else ()
    if settled is None or settled not in {one.id for one in known if one.adjustment.how is not How.HOLD_OUT}:
        raise NotHere
    return await _done(page, partial(kept.end, settled))


async def _done(page: Page, change: Callable[[], object]) -> Response:
    try:
        await to_thread.run_sync(change)
    except Refused as refused:
        return await _page(page, refused=page.words.told(refused))
    return RedirectResponse(TEACHING, status_code=303)


async def _page(page: Page, refused: str = "") -> HTMLResponse:
    shown = await to_thread.run_sync(_teams, page)
    return page.answer(
        "teaching.html",
        409 if refused else 200,
        page="teaching",
        title=page.words("teaching.title"),
        shown=shown,
        refused=refused,
    )


def _teams(page: Page) -> tuple[TeamShown, ...]:
    teams = Teams(page.shelf).all()
    theirs = [one for one in teams if may(page.person, Action.SEE_TEACHING, Whose(page.person.tenant, one.id))]
    names = {f"person:{one.id}": one.shown_as for one in People(page.shelf).all()}
    return tuple(_team(page, one, names) for one in theirs)


def _team(page: Page, team: Team, names: dict[str, str]) -> TeamShown:
    kept, words = _kept(page), page.words
    now, settles = kept.now(), may(page.person, Action.SETTLE_CARDS, Whose(page.person.tenant, team.id))
    settled = kept.settled(team.id)
    lines = [
        (one, _line(page, one, names, settles=settles)) for one in settled if one.adjustment.how is not How.HOLD_OUT
    ]
    return TeamShown(
        team=team,
        settles=settles,
        share=kept.held_out().get(team.id, 0),
        proposals=tuple(_asked(page, one) for one in _proposed(kept, team.id, words.locale)),
        in_force=tuple(line for one, line in lines if one.is_in_force(now)),
        earlier=tuple(line for one, line in lines if not one.is_in_force(now)),
        counted=tuple((rule_named(page, one.rule), one) for one in _counted(kept, team.id)),
    )


def _line(page: Page, one: Settled, names: dict[str, str], *, settles: bool) -> SettledLine:
    words, now, zone = page.words, page.now, Opening(page.shelf).hours().tz
    what = _what(page, one.adjustment.how, one.adjustment.rule, one.adjustment.level)
    if one.state is not SettledState.IN_FORCE:
        what = words(f"teaching_says.{one.state}", what=what)
    return SettledLine(
        id=one.id,
        number=one.adjustment.number,
        what=what,
        by=names.get(one.by, words("teaching.somebody")),
        when=times.when(one.at.astimezone(zone), now, words),
        until=times.when(one.until.astimezone(zone), now, words) if one.until else "",
        why=one.why,
        rests_on=words("teaching.rests_on", against=one.against, answers=one.answers),
        may_end=settles and one.stands(now),
    )


def _asked(page: Page, one: Proposal) -> ProposalLine:
    words, counted = page.words, one.counted
    return ProposalLine(
        key=_key(one),
        what=_what(page, one.how, one.rule, one.level),
        says=words("teaching.says", wrong=counted.wrong, not_now=counted.not_now, used=counted.used),
        lasts=words("teaching.for_days", days=one.lasts.days) if one.lasts else words("teaching.until_taken_back"),
    )


def rule_named(page: Page, rule: str) -> str:
    """What people call a rule: the headline that its suggestions come with most plainly."""
    pack = page.desk.packs.load(page.words.locale)
    return next((phrase.title for phrase in pack.phrases if rule in phrase.rules), rule.replace("_", " "))


def _what(page: Page, how: How, rule: str, level: int) -> str:
    strength = page.words(f"teaching_says.level_{level}")
    return page.words(f"teaching_says.{how}", rule=rule_named(page, rule), level=strength)


def _key(one: Proposal) -> str:
    return f"{one.how}:{one.rule}:{one.level}"


def _proposed(kept: Teaching, team: UUID, locale: str) -> tuple[Proposal, ...]:
    counted, figures = _counted(kept, team), packs_of(kept.shelf).proposing()
    return proposed(counted, kept.settled(team), packs_of(kept.shelf).load(locale), figures, kept.now())


def _counted(kept: Teaching, team: UUID) -> tuple[Counted, ...]:
    return kept.counted(team, kept.now() - packs_of(kept.shelf).proposing().window)


def _kept(page: Page) -> Teaching:
    return Teaching(page.shelf, page.place.clock)


def _told(kept: Teaching, team: UUID) -> TeachingOut:
    return TeachingOut(
        counted=[
            CountedOut(rule=one.rule, kind=one.kind, used=one.used, not_now=one.not_now, wrong=one.wrong)
            for one in _counted(kept, team)
        ],
        settled=[
            AdjustmentOut(
                number=one.adjustment.number,
                how=one.adjustment.how,
                rule=one.adjustment.rule,
                level=one.adjustment.level,
                state=one.state,
                why=one.why,
                settled_by=one.by,
                at=one.at,
                until=one.until,
            )
            for one in kept.settled(team)
        ],
    )
