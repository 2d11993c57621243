"""What a supervisor of processes, a load balancer and Prometheus ask. No answer holds a word or an id of anybody."""

from datetime import datetime

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from levelhead import packs
from levelhead.live.condition import Condition, Part
from levelhead.people.permission import Action
from levelhead.storage.outbox import Outbox, Standing
from levelhead.storage.refusals import CannotKeep
from levelhead.web.gate import Guarded, asks, open_to_all
from levelhead.web.things import whole_tenant
from levelhead.web.workplace import Workplace, workplace_of

router = APIRouter(route_class=Guarded, include_in_schema=False)
NOT_READY = 503


@router.get("/healthz")
@open_to_all
async def healthz() -> PlainTextResponse:
    """Whether the process answers at all: where this fails, start it again."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
@open_to_all
async def readyz(request: Request) -> JSONResponse:
    """Whether turns can be kept: where this says 503, send them elsewhere or later. Looked at every few seconds."""
    condition = workplace_of(request).watched.condition
    return JSONResponse(readiness(condition), status_code=200 if condition.is_ready else NOT_READY)


@router.get("/metrics")
@asks(Action.SEE_OPERATION, of=whole_tenant, programs=True)
async def metrics(request: Request) -> Response:
    """Everything that is counted, in Prometheus' text form."""
    place = workplace_of(request)
    outboxes = await to_thread.run_sync(outboxes_of, place)
    place.watched.meters.stand(place.watched.condition, outboxes, _seconds(place.clock()))
    watched = place.watched.meters
    policies, plans = map(packs.boundary, packs.LOCALES), map(packs.plans, packs.LOCALES)
    watched.look_at_dates(policies, plans, packs.helplines(), place.clock())
    return Response(generate_latest(place.watched.meters.registry), media_type=CONTENT_TYPE_LATEST)


def readiness(condition: Condition) -> dict[str, object]:
    """Each part with what is wrong with it; a low disk and a missing model leave it ready."""
    needed = {Part.DATABASE, Part.MIGRATIONS}
    parts = {
        part.value: {"ok": trouble is None, "needed": part in needed, "trouble": trouble}
        for part, trouble in condition.troubles.items()
    }
    return {"ready": condition.is_ready, "parts": parts}


def outboxes_of(place: Workplace) -> list[Standing]:
    """How every tenant's outbox stands; nothing while the database is away, which is told by itself."""
    library = place.desks.library
    try:
        return [Outbox(library.shelf(tenant.id)).standing() for tenant in library.tenants()]
    except CannotKeep:
        return []


def _seconds(moment: datetime) -> float:
    return moment.timestamp()
