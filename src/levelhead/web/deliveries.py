"""The API for who is told what: destinations, what lies in the outbox, sending dead events again."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

from anyio import to_thread
from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.channels.webhook import check_address
from levelhead.channels.webhook_envelope import new_secret
from levelhead.live.events import Kind
from levelhead.people.permission import Action
from levelhead.storage.outbox import Delivery, Outbox, State
from levelhead.storage.outbox_destinations import Destination, Destinations
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of
from levelhead.web.things import shelf_of, whole_tenant
from levelhead.web.workplace import workplace_of

Answer = TypeVar("Answer")
router = api_router()
guard = asks(Action.MANAGE_DELIVERIES, of=whole_tenant, programs=True)


class DestinationIn(BaseModel):
    """Where events are to go."""

    model_config = ConfigDict(extra="forbid")
    url: Annotated[str, Field(min_length=1, max_length=2_000, description="An https:// address.")]
    kinds: Annotated[list[Kind], Field(max_length=100, description="What to tell of; empty: everything.")] = []


class DestinationOut(BaseModel):
    """A destination as it stands; `secret` is told once, to whoever made it."""

    id: UUID
    url: str
    kinds: list[str]
    active: bool
    made_at: datetime
    secret: str | None = None


class SwitchIn(BaseModel):
    """Whether it is told of what happens from now on."""

    model_config = ConfigDict(extra="forbid")
    active: bool


class DeliveryOut(BaseModel):
    """An event on its way to one destination."""

    event: UUID
    kind: str
    at: datetime
    destination: UUID
    state: State
    attempts: int
    due_at: datetime
    trouble: str | None


class ResendIn(BaseModel):
    """Which dead events to send again: all, or those of one event or one destination."""

    model_config = ConfigDict(extra="forbid")
    event: UUID | None = None
    destination: UUID | None = None


class ResentOut(BaseModel):
    """How many wait again."""

    waiting: int


@router.get("/destinations")
@guard
async def destinations(request: Request) -> list[DestinationOut]:
    """Where events go."""
    found = await _asked(_destinations(request).all)
    return [_out(destination) for destination in found]


@router.post("/destinations", status_code=201)
@guard
async def add_destination(request: Request, wanted: DestinationIn) -> DestinationOut:
    """Have events sent there from now on. The secret in the answer is told only now; receivers check events with it."""
    place = workplace_of(request)
    check_address(wanted.url, place.settings.webhook_networks)
    kinds, secret = [kind.value for kind in wanted.kinds], new_secret()
    shelf = _destinations(request)
    made = await _asked(lambda: shelf.add(wanted.url, kinds, secret, place.clock()))
    return _out(made, secret)


@router.put("/destinations/{destination}")
@guard
async def switch_destination(request: Request, destination: UUID, wanted: SwitchIn) -> DestinationOut:
    """Turn it on or off; what waits for it stays."""
    shelf = _destinations(request)
    await _asked(lambda: shelf.switch(destination, active=wanted.active))
    return _out(await _asked(lambda: shelf.one(destination)))


@router.delete("/destinations/{destination}", status_code=204)
@guard
async def remove_destination(request: Request, destination: UUID) -> None:
    """Take it out with all that waits for it."""
    shelf = _destinations(request)
    await _asked(lambda: shelf.remove(destination))


@router.get("/outbox")
@guard
async def outbox(
    request: Request, state: State | None = None, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> list[DeliveryOut]:
    """What lies in the outbox, the oldest first."""
    shelf = Outbox(shelf_of(request, who_of(request)))
    found = await _asked(lambda: shelf.listed(state, limit))
    return [_delivery(delivery) for delivery in found]


@router.post("/outbox/resend")
@guard
async def resend(request: Request, wanted: ResendIn) -> ResentOut:
    """Have dead events sent again, with the ids that they had."""
    shelf, now = Outbox(shelf_of(request, who_of(request))), workplace_of(request).clock()
    waiting = await _asked(lambda: shelf.resend(now, wanted.event, wanted.destination))
    return ResentOut(waiting=waiting)


async def _asked(work: Callable[[], Answer]) -> Answer:
    return await to_thread.run_sync(work)


def _destinations(request: Request) -> Destinations:
    return Destinations(shelf_of(request, who_of(request)), workplace_of(request).desks.library.vault)


def _out(destination: Destination, secret: str | None = None) -> DestinationOut:
    return DestinationOut(
        id=destination.id,
        url=destination.url,
        kinds=list(destination.kinds),
        active=destination.active,
        made_at=destination.made_at,
        secret=secret,
    )


def _delivery(delivery: Delivery) -> DeliveryOut:
    return DeliveryOut(
        event=delivery.event.id,
        kind=delivery.event.kind,
        at=delivery.event.at,
        destination=delivery.destination,
        state=delivery.state,
        attempts=delivery.attempts,
        due_at=delivery.due_at,
        trouble=delivery.trouble,
    )
