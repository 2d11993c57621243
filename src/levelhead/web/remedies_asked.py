"""What waits for a supervisor's yes or no: the list of requests, and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.item import Evidence, Item
from levelhead.casework.remedy import Remedied
from levelhead.casework.remedy import Request as Asking
from levelhead.people.permission import Action, may
from levelhead.people.person import Person, Whose
from levelhead.people.sight import Sight, sight_of
from levelhead.storage.holding import Holding
from levelhead.web.gate import NotHere, who_of
from levelhead.web.remedies_here import approving_at
from levelhead.web.remedies_panel import time_left
from levelhead.web.rendering import Page
from levelhead.web.seeing import rollouts
from levelhead.web.workplace import workplace_of


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request as a line: of whom for whom, what for how much and why, the words it rests on, and the time left."""

    id: UUID
    conversation: str
    customer: str
    wrong: str
    what: str
    cost: str
    law: str
    reason: str
    by: str
    to: str
    mine: bool
    left: str
    evidence: tuple[Evidence, ...]


def asked_lines(page: Page) -> tuple[AskedLine, ...]:
    """What waits in the teams of whoever looks: what is over soonest first, and what they asked for themselves not."""
    waiting = waiting_for(page.request, page.person)
    return tuple(_line(item, asked, page) for item, asked in waiting)


def waiting_for(request: Request, person: Person) -> tuple[tuple[Item[Remedied], Asking], ...]:
    """The requests that this person may answer, what is over soonest first."""
    approving = approving_at(request, person)
    found = approving.waiting(sight_of(person) or Sight())
    whose = Holding(approving.shelf).whose_of([item.conversation for item in found if item.conversation])
    shows = {team: rollout.shows for team, rollout in rollouts(approving.shelf).items()}
    return tuple(
        (item, asked)
        for item in found
        if (asked := item.body.request) and asked.by.person != person.id and _may(person, item, whose, shows)
    )


async def answer_request(request: Request, named: UUID, *, approved: bool, words: str) -> None:
    """Say yes or no; whoever asked sees it at once. Raises NotNow and UnknownItem."""
    person, place = who_of(request), workplace_of(request)
    if not isinstance(person, Person):
        raise NotHere
    approving = approving_at(request, person)
    item = await to_thread.run_sync(approving.one, named)
    answer = partial(approving.answer, named, person, approved=approved, words=words)
    await place.desks.of(person.tenant).change(item.conversation or "", answer)


def _may(person: Person, item: Item[Remedied], whose: Mapping[str, Whose], shows: Mapping[UUID | None, bool]) -> bool:
    of = whose.get(item.conversation or "")
    return of is not None and shows.get(of.team, False) and may(person, Action.APPROVE_REMEDY, of)


def _line(item: Item[Remedied], asked: Asking, page: Page) -> AskedLine:
    pack, chosen = page.desk.packs.remedies(item.body.locale), asked.chosen
    timeline = page.desk.books.timeline(item.conversation) if item.conversation else ()
    wrong, law = pack.wrongs.get(item.body.wrong), pack.laws.get(chosen.law)
    return AskedLine(
        id=item.id,
        conversation=item.conversation or "",
        customer=next((heard.turn.customer for heard in reversed(timeline) if heard.turn.customer), None) or "",
        wrong=wrong.name if wrong else item.body.wrong,
        what=chosen.name,
        cost=pack.currency.written(chosen.minor) if chosen.cost else "",
        law=law.says if law else "",
        reason=asked.reason,
        by=asked.by.name,
        to=asked.to_name,
        mine=asked.to == page.person.id,
        left=time_left(asked.until, page.now, page.words),
        evidence=item.body.evidence,
    )
