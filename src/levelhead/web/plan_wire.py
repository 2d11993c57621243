"""The shapes of plans on the API."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time, tzinfo
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.item import Item
from levelhead.casework.plan import Former, Plan, PlanState
from levelhead.casework.plan_words import line_of
from levelhead.conversation import Channel
from levelhead.live.arranging import NotComplete
from levelhead.live.planning import PlanAsked, Plans
from levelhead.people.person import Person
from levelhead.web.days import begins
from levelhead.web.plan_forms import LONGEST, window_of
from levelhead.web.plans_page import Do

Text = Annotated[str, Field(max_length=LONGEST)]


class TimeShape(BaseModel):
    """An agreed time, on the clock of the opening hours; `day` counts from 0 for Monday."""

    model_config = ConfigDict(extra="forbid")
    day: Annotated[int, Field(ge=0, le=6)]
    opens: time
    closes: time


class PlanIn(BaseModel):
    """A proposal. It ends, and is looked at, with the first moment of a day in the zone of the opening hours."""

    model_config = ConfigDict(extra="forbid")
    contact: UUID = Field(description="Who looks after the customer: a person of the team.")
    channel: Channel
    times: Annotated[list[TimeShape], Field(min_length=1, max_length=10)]
    reason: Text = Field(description="Facts, in words that the customer reads; never what somebody is like.")
    adjustments: Text = Field(description="What would make it easier for them, and how you found out.")
    object_to: Text = Field(description="How they can object.")
    ends: date
    review: date


class DecisionIn(BaseModel):
    """What is decided. `why` goes with `refuse`, `keep`, `uphold` and `end`; `keep` needs a day to look again."""

    model_config = ConfigDict(extra="forbid")
    do: Do
    why: Text = ""
    review: date | None = None


class WordsIn(BaseModel):
    """What the customer is told, by paragraph; [] takes the words of the pack again."""

    model_config = ConfigDict(extra="forbid")
    words: Annotated[list[Text], Field(max_length=30)]


class ContactIn(BaseModel):
    """Who looks after the customer from now on. `why` is for colleagues; the customer does not read it."""

    model_config = ConfigDict(extra="forbid")
    contact: UUID
    why: Text


class ObjectionIn(BaseModel):
    """What the customer says against it."""

    model_config = ConfigDict(extra="forbid")
    words: Text


class FactsOut(BaseModel):
    """What was counted when it was proposed."""

    issue: str
    contacts: int
    days: int


class FormerOut(BaseModel):
    """Who looked after the customer before, until when, and who changed it."""

    contact: UUID
    contact_name: str
    until: datetime
    changed_by: str


class PlanOut(BaseModel):
    """A plan as it stands. A customer with a plan is never turned away."""

    id: UUID
    customer: UUID
    state: PlanState
    holds: bool = Field(description="Whether it holds at this moment.")
    line: str = Field(description="The plan in one line, in the customer's language.")
    contact: UUID
    contact_name: str
    channel: Channel
    times: list[TimeShape]
    reason: str
    facts: FactsOut | None
    adjustments: str
    object_to: str
    ends: datetime
    review: datetime
    due: datetime | None = Field(description="By when the next thing has to have happened.")
    proposed_by: str
    agreed_by: str | None
    told_at: datetime | None = Field(description="When they were told of this contact; null while they were not.")
    former: list[FormerOut] = Field(description="Who looked after them before, the first first.")
    told: list[str] | None = Field(description="What the customer was told, or would be told now; null while it lacks.")
    objection: str | None
    objection_answer: str | None


class HandedOut(BaseModel):
    """Who has the conversation now."""

    to: UUID


def asked_in(said: PlanIn, colleagues: Iterable[Person], zone: tzinfo) -> PlanAsked:
    """The proposal that was sent. Raises NotComplete naming the field."""
    contact = contact_of(said.contact, colleagues)
    return PlanAsked(
        contact=contact.id,
        contact_name=contact.shown_as,
        channel=said.channel,
        times=tuple(window_of(one.day, one.opens.isoformat(), one.closes.isoformat()) for one in said.times),
        reason=said.reason,
        adjustments=said.adjustments,
        object_to=said.object_to,
        expires_at=begins(said.ends, zone),
        review_at=begins(said.review, zone),
    )


def contact_of(person: UUID, colleagues: Iterable[Person]) -> Person:
    """Who is to look after the customer. Raises NotComplete where they do not answer customers there."""
    found = next((one for one in colleagues if one.id == person), None)
    if found is None:
        raise NotComplete("contact", "Nobody of this id answers customers in the customer's team.")
    return found


def plan_out(item: Item[Plan], plans: Plans) -> PlanOut:
    """A plan as the API tells of it; waits on the database, so use a thread."""
    body = item.body
    return PlanOut(
        id=item.id,
        customer=item.customer,
        state=PlanState(item.state),
        holds=plans.holds(item),
        line=line_of(body, plans.pack(body.locale), plans.now()),
        contact=body.contact,
        contact_name=body.contact_name,
        channel=body.channel,
        times=[TimeShape(day=one.day, opens=one.opens, closes=one.closes) for one in body.times],
        reason=body.reason,
        facts=_facts(body),
        adjustments=body.adjustments,
        object_to=body.appeal_to,
        ends=body.expires_at,
        review=body.review_at,
        due=item.due_at,
        proposed_by=body.proposed.name,
        agreed_by=body.approved.name if body.approved else None,
        told_at=body.told.at if body.told else None,
        former=[_former(one) for one in body.former],
        told=_told(item, plans),
        objection=body.appeal.words if body.appeal else None,
        objection_answer=body.appeal.answer or None if body.appeal else None,
    )


def _former(one: Former) -> FormerOut:
    return FormerOut(contact=one.contact, contact_name=one.name, until=one.changed.at, changed_by=one.changed.name)


def _facts(plan: Plan) -> FactsOut | None:
    found = plan.facts
    return FactsOut(issue=found.issue, contacts=found.contacts, days=found.days) if found else None


def _told(item: Item[Plan], plans: Plans) -> list[str] | None:
    with suppress(NotComplete):
        return list(plans.draft(item.id))
    return None
