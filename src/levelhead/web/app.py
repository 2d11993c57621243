"""The web application: pages, live updates and API over one desk."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from levelhead import __version__
from levelhead.settings import Settings
from levelhead.web import (
    account,
    api,
    articles_api,
    assigning,
    away,
    boundary,
    brief_page,
    complaint_letters,
    complaint_rules_page,
    complaints_api,
    complaints_page,
    consenting,
    correcting,
    customers_api,
    customers_page,
    deliveries,
    entering,
    follow_ups_api,
    follow_ups_page,
    health,
    help_api,
    help_forms,
    languages,
    mails_api,
    note_api,
    note_pages,
    openid,
    packs_api,
    packs_forms,
    packs_page,
    pages,
    plans_api,
    plans_page,
    promises_api,
    promises_page,
    quieting,
    remedies_api,
    remedies_forms,
    restricting,
    restrictions_api,
    rewording,
    staff,
    survey_page,
    surveys_api,
    teaching,
    tokens,
    unsealing,
)
from levelhead.web.addresses import hosts_of
from levelhead.web.gate import check_declared
from levelhead.web.refusals import say_refusals
from levelhead.web.rendering import STATIC, compile_templates
from levelhead.web.security import SameOrigin, StrictHeaders
from levelhead.web.workplace import open_workplace

ROUTERS = (
    api.hearing,  # First, since routes are tried in this order, and nothing else is asked for nearly as often.
    # Before the conversation itself, whose address takes in everything below it.
    consenting.calls,
    quieting.calls,
    unsealing.calls,
    unsealing.of_people,
    correcting.calls,
    assigning.calls,
    boundary.calls,
    boundary.pages,
    restrictions_api.calls,
    restricting.pages,
    plans_api.of_talk,
    plans_api.of_people_in_talk,
    plans_page.of_talk,
    brief_page.router,
    customers_api.of_talk,
    consenting.pages,
    quieting.pages,
    correcting.pages,
    assigning.pages,
    remedies_api.calls,
    remedies_api.of_people,
    remedies_forms.router,
    complaint_rules_page.router,
    complaint_letters.router,
    complaints_page.router,
    complaints_api.of_talk,
    complaints_api.calls,
    help_api.calls,
    help_api.of_people,
    help_forms.router,
    note_api.calls,
    note_api.of_people,
    note_pages.router,
    follow_ups_api.of_people,
    follow_ups_api.calls,
    surveys_api.calls,
    mails_api.calls,
    api.router,
    api.open_router,
    promises_api.calls,
    promises_page.router,
    follow_ups_page.router,
    survey_page.router,
    deliveries.router,
    health.router,
    entering.router,
    openid.router,
    articles_api.calls,
    customers_api.calls,
    customers_api.of_people,
    plans_api.calls,
    plans_api.of_people,
    plans_page.router,
    customers_page.router,
    account.router,
    away.router,
    languages.router,
    staff.router,
    teaching.calls,
    teaching.pages,
    packs_api.calls,
    packs_api.of_people,
    packs_forms.router,
    packs_page.pages,
    tokens.router,
    rewording.router,
    pages.router,
)


def create_app(settings: Settings, clock: Callable[[], datetime] | None = None) -> FastAPI:
    """The application; starting it opens the books and begins the demo, stopping it ends every stream."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        compile_templates()
        async with open_workplace(settings, clock) as place:
            app.state.workplace = place
            yield

    app = FastAPI(
        title="Levelhead",
        version=__version__,
        summary="A live conversation is read, foretold and guided.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # Swagger's page loads scripts from elsewhere, which our content policy forbids.
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(StrictHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts_of(settings.public_url), www_redirect=False),
            Middleware(SameOrigin),
        ],
    )
    say_refusals(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    check_declared(app)
    return app
