"""Plans over the API: read by programs that lead contacts to people; proposed and decided by people signed in."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Final, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Path, Request

from levelhead.casework.item import Item
from levelhead.casework.plan import OPEN, Plan
from levelhead.live.arranging import NotComplete
from levelhead.live.planning import Plans
from levelhead.people.permission import Action
from levelhead.people.sight import sight_of
from levelhead.web.customers_here import customer, note_seen
from levelhead.web.days import begins, zone_of
from levelhead.web.documented import api_router
from levelhead.web.gate import NotHere, asks, who_of, whose_of
from levelhead.web.plan_handing import hand_over
from levelhead.web.plan_wire import (
    ContactIn,
    DecisionIn,
    HandedOut,
    ObjectionIn,
    PlanIn,
    PlanOut,
    WordsIn,
    asked_in,
    contact_of,
    plan_out,
)
from levelhead.web.plans_here import changed, could_look_after, facts_for, person_of, plans_of, the_plan
from levelhead.web.plans_page import Do
from levelhead.web.refusals import Refusal
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own, shelf_of
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
of_talk, of_people_in_talk = api_router(), api_router(for_people=True)
Named = Annotated[UUID, Path(alias="plan")]
OfCustomer = Annotated[UUID, Path(alias="customer")]
Done = TypeVar("Done")
_FIELDS: Final = {"expires_at": "ends", "review_at": "review", "answer": "why", "appeal_to": "object_to"}


@of_talk.get("/conversations/{conversation:path}/plan")
@asks(Action.SEE_PLANS, the_conversation, programs=True)
async def plan_here(conversation: str, request: Request) -> PlanOut:
    """The plan that holds for the customer of this conversation; 404 where none does."""
    plans = plans_of(request)
    item = await to_thread.run_sync(plans.holding, conversation)
    if item is None:
        raise NotHere
    return await to_thread.run_sync(plan_out, item, plans)


@of_people_in_talk.post("/conversations/{conversation:path}/plan/hand-over")
@asks(Action.ASK_FOR_HELP, the_conversation)
async def pass_on(conversation: str, request: Request) -> HandedOut:
    """Hand the conversation over to whoever looks after its customer, or stands in. 409 where nobody is there."""
    return HandedOut(to=await hand_over(request, conversation))


@calls.get("/customers/{customer}/plan")
@asks(Action.SEE_PLANS, customer, programs=True)
async def plan_of_customer(named: OfCustomer, request: Request) -> PlanOut:
    """The plan that stands for this customer, under whatever identity; 404 where none does."""
    plans, who = plans_of(request), who_of(request)
    await to_thread.run_sync(note_seen, shelf_of(request, who), named, whose_of(request), who)
    standing = [item for item in await to_thread.run_sync(plans.of, named) if item.state in OPEN]
    if not standing:
        raise NotHere
    return await to_thread.run_sync(plan_out, standing[0], plans)


@of_people.post("/customers/{customer}/plan", status_code=201)
@asks(Action.PROPOSE_PLAN, customer)
async def propose_plan(named: OfCustomer, said: PlanIn, request: Request) -> PlanOut:
    """Propose a plan. Nothing holds before a supervisor agrees and the customer was told; 409 where there is one."""
    plans, team = plans_of(request), whose_of(request).team
    shelf, by = shelf_of(request, who_of(request)), person_of(request)

    def propose() -> Item[Plan]:
        asked = asked_in(said, could_look_after(shelf, team), zone_of(shelf))
        return plans.propose(named, asked, by, team, facts_for(request, named))

    made = await _changed(request, named, propose)
    return await to_thread.run_sync(plan_out, made, plans)


@of_people.get("/plans")
@asks(Action.DECIDE_PLAN, own)
async def list_plans(request: Request, *, over: bool = False) -> list[PlanOut]:
    """Those that wait for somebody or hold, what is due first at the top; with `over`, those that hold no more."""
    plans, sight = plans_of(request), sight_of(who_of(request))
    if sight is None:
        raise NotHere
    found = await to_thread.run_sync(plans.over if over else plans.open, sight)
    return await to_thread.run_sync(lambda: [plan_out(item, plans) for item in found])


@calls.get("/plans/{plan}")
@asks(Action.SEE_PLANS, the_plan, programs=True)
async def one_plan(named: Named, request: Request) -> PlanOut:
    """One plan."""
    plans = plans_of(request)
    return await to_thread.run_sync(lambda: plan_out(plans.one(named), plans))


@of_people.put("/plans/{plan}/words")
@asks(Action.PROPOSE_PLAN, the_plan)
async def word_plan(named: Named, said: WordsIn, request: Request) -> PlanOut:
    """Put otherwise what the customer is told. 422 where it leaves out the contact, the end or how to object."""
    return await _done(request, named, lambda plans: plans.word(named, tuple(said.words)))


@of_people.post("/plans/{plan}/take-back")
@asks(Action.PROPOSE_PLAN, the_plan)
async def take_back_plan(named: Named, request: Request) -> PlanOut:
    """Take a plan back before the customer is told."""
    return await _done(request, named, lambda plans: plans.take_back(named))


@of_people.put("/plans/{plan}/contact")
@asks(Action.DECIDE_PLAN, the_plan)
async def change_contact(named: Named, said: ContactIn, request: Request) -> PlanOut:
    """Have somebody else look after the customer. It holds at once; `tell` says that the customer knows, too."""
    shelf, team, by = shelf_of(request, who_of(request)), whose_of(request).team, person_of(request)

    def give(plans: Plans) -> None:
        plans.give_to(named, contact_of(said.contact, could_look_after(shelf, team)), by, said.why)

    return await _done(request, named, give)


@of_people.post("/plans/{plan}/objection")
@asks(Action.PROPOSE_PLAN, the_plan)
async def object_to_plan(named: Named, said: ObjectionIn, request: Request) -> PlanOut:
    """Write down what the customer says against it; somebody who had no part in it answers."""
    return await _done(request, named, lambda plans: plans.object(named, said.words))


@of_people.post("/plans/{plan}")
@asks(Action.DECIDE_PLAN, the_plan)
async def decide_plan(named: Named, said: DecisionIn, request: Request) -> PlanOut:
    """Agree, refuse, tell, keep, end, or answer an objection; 409 where that is not possible, and why."""
    by = person_of(request)
    if said.do is Do.KEEP and said.review is None:
        raise Refusal(422, "Say on which day somebody looks again.", field="review")
    zone = await to_thread.run_sync(zone_of, shelf_of(request, by))
    day = begins(said.review, zone) if said.review else workplace_of(request).clock()

    def decide(plans: Plans) -> None:
        deeds: dict[Do, Callable[[], None]] = {
            Do.AGREE: partial(plans.agree, named, by),
            Do.REFUSE: partial(plans.refuse, named, said.why),
            Do.TELL: partial(plans.tell, named, by),
            Do.KEEP: partial(plans.keep, named, by, day, said.why),
            Do.UPHOLD: partial(plans.uphold, named, by, said.why),
            Do.END: partial(plans.end, named, by, said.why),
        }
        deeds[said.do]()

    return await _done(request, named, decide)


async def _done(request: Request, named: UUID, deed: Callable[[Plans], None]) -> PlanOut:
    plans = plans_of(request)
    item = await to_thread.run_sync(plans.one, named)
    await _changed(request, item.customer, partial(deed, plans))
    return await to_thread.run_sync(lambda: plan_out(plans.one(named), plans))


async def _changed(request: Request, customer: UUID, change: Callable[[], Done]) -> Done:
    try:
        return await changed(request, customer, change)
    except NotComplete as missing:
        raise Refusal(422, str(missing), field=_FIELDS.get(missing.field, missing.field)) from missing
