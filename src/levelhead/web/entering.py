"""Coming in and going: the sign-in page, the one-time link, the demo's people, and signing out."""

from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.live.demo_people import SLUG as OF_THE_DEMO
from levelhead.live.demo_people import demo_people
from levelhead.live.entrance import Entered, Locked, NotLetIn
from levelhead.live.welcome import LinkOver, accept, invitation_of
from levelhead.people import known_browser
from levelhead.people.passwords import WeakPassword
from levelhead.people.permission import Action
from levelhead.people.person import Person
from levelhead.people.session import Came
from levelhead.storage.refusals import Refused, UnknownTenant
from levelhead.web.cookies import Cookie, forget, keep, kept_in
from levelhead.web.forms import form_of
from levelhead.web.gate import Guarded, NotHere, asks, open_to_all
from levelhead.web.rendering import Page
from levelhead.web.things import own
from levelhead.web.ways import DEMO, SIGN_IN, home_of, within

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]


@router.get(SIGN_IN)
@open_to_all
async def sign_in_page(request: Request, page: Asked) -> HTMLResponse:
    """Name and password; where it is set up, the way by one's organisation."""
    asked = request.query_params
    return await _sign_in_page(page, on=asked.get("next", ""), organisation=asked.get("organisation", ""))


@router.post(SIGN_IN)
@open_to_all
async def sign_in(request: Request, page: Asked) -> Response:
    """Let somebody in, in a new session, and lead on to where they wanted to be."""
    form = await form_of(request)
    on, organisation = form("next"), form("organisation")
    tenant = await to_thread.run_sync(_tenant, page, organisation)
    try:
        entered = await to_thread.run_sync(
            page.place.entrance.sign_in,
            tenant,
            form("name"),
            form("password"),
            came_from(request),
            kept_in(request, Cookie.SESSION),
            kept_in(request, Cookie.KNOWN),
        )
    except (NotLetIn, Locked) as refused:
        return await _sign_in_page(page, on=on, organisation=organisation, name=form("name"), refused=refused)
    return await entered_by(request, page, entered, on)


@router.post("/sign-out")
@asks(Action.MANAGE_SESSIONS, own)
async def sign_out(request: Request, page: Asked) -> Response:
    """End this session."""
    await _leave(request, page)
    answer = RedirectResponse(DEMO if page.person.is_demo else SIGN_IN, status_code=303)
    forget(request, answer, Cookie.SESSION)
    return answer


@router.get("/welcome/{secret}")
@open_to_all
async def welcome_page(secret: str, page: Asked) -> HTMLResponse:
    """What a one-time link opens; looking at it does not use it up."""
    return await _welcome_page(page, secret)


@router.post("/welcome/{secret}")
@open_to_all
async def welcome(secret: str, request: Request, page: Asked) -> Response:
    """Set the password that was chosen, use the link up, and let them in."""
    form = await form_of(request)
    if form("password") != form("again"):
        return await _welcome_page(page, secret, form("name"), form("shown_as"), page.words("password.not_the_same"))
    use = partial(accept, name=form("name"), shown_as=form("shown_as"))
    try:
        entered = await to_thread.run_sync(use, page.place.entrance, secret, form("password"), came_from(request))
    except LinkOver:
        return await _welcome_page(page, secret)
    except (WeakPassword, Refused) as refused:
        return await _welcome_page(page, secret, form("name"), form("shown_as"), page.words.told(refused))
    return await entered_by(request, page, entered, "")


@router.get(DEMO)
@open_to_all
async def demo_page(page: Asked) -> HTMLResponse:
    """Everyone that one can be in the demo."""
    return page.answer("demo.html", page="demo", title=page.words("demo.title"), people=await _demo_people(page))


@router.post("/demo/{person}")
@open_to_all
async def be(person: str, request: Request, page: Asked) -> Response:
    """Be one of the demo's people."""
    for known in await _demo_people(page):
        if str(known.id) == person:
            return await enter_as(request, page, known)
    raise NotHere


async def enter_as(request: Request, page: Page, person: Person, on: str = "") -> Response:
    """Let a person of the demo in."""
    entered = await to_thread.run_sync(page.place.entrance.enter, person, came_from(request))
    return await entered_by(request, page, entered, on)


async def entered_by(request: Request, page: Page, entered: Entered, on: str) -> Response:
    """Lead somebody on who has just been let in; the session that this browser had before ends."""
    await _leave(request, page)
    answer = RedirectResponse(within(on) or home_of(entered.visit.person), status_code=303)
    left = entered.visit.ends_at - page.now
    keep(request, answer, Cookie.SESSION, entered.cookie, max(int(left.total_seconds()), 0))
    if entered.known:
        keep(request, answer, Cookie.KNOWN, entered.known, known_browser.LASTS_S)
    forget(request, answer, Cookie.FORM)
    return answer


def came_from(request: Request) -> Came:
    """Where a request comes from."""
    return Came(request.client.host if request.client else "", request.headers.get("user-agent", "")).shortened()


async def first_of_the_demo(page: Page) -> Person | None:
    """Who a newcomer is at once: the demo's agent, where the demo plays and nobody works here yet."""
    people = await _demo_people(page)
    return people[0] if people and not await to_thread.run_sync(page.place.has_people) else None


async def _leave(request: Request, page: Page) -> None:
    old = kept_in(request, Cookie.SESSION)
    if old:
        await to_thread.run_sync(page.place.entrance.leave, old)


async def _sign_in_page(
    page: Page, *, on: str, organisation: str, name: str = "", refused: Refused | None = None
) -> HTMLResponse:
    answer = page.answer(
        "sign_in.html",
        401 if refused else 200,
        page="sign-in",
        title=page.words("sign_in.title"),
        on=within(on) or "",
        name=name,
        refused=page.words.told(refused or ""),
        organisation=organisation,
        asks_organisation=await to_thread.run_sync(_several_tenants, page),
        elsewhere=page.place.provider is not None,
        is_first_time=not page.place.settings.demo and not await to_thread.run_sync(page.place.has_people),
    )
    return too_many(answer, refused) if isinstance(refused, Locked) else answer


def too_many(answer: HTMLResponse, refused: Locked) -> HTMLResponse:
    """The same page, telling programs too how long to wait (RFC 9110, 10.2.3)."""
    answer.status_code = 429
    answer.headers["retry-after"] = str(refused.seconds)
    return answer


async def _welcome_page(page: Page, secret: str, name: str = "", shown_as: str = "", refused: str = "") -> HTMLResponse:
    invitation = await to_thread.run_sync(invitation_of, page.place.entrance, secret)
    if invitation is None:
        title = page.words("welcome.over_title")
        return page.answer("welcome_over.html", 404, page="refusal", title=title)
    person = invitation.person
    return page.answer(
        "welcome.html",
        422 if refused else 200,
        page="sign-in",
        title=page.words("welcome.title") if person else page.words("welcome.first_title"),
        invited=person,
        name=person.name if person else name,
        shown_as=shown_as,
        refused=refused,
    )


async def _demo_people(page: Page) -> tuple[Person, ...]:
    if not page.place.settings.demo:
        raise NotHere
    return await to_thread.run_sync(demo_people, page.place.desks.library)


def _tenant(page: Page, slug: str) -> UUID | None:
    if not _several_tenants(page):
        return page.place.tenant.id
    try:
        return page.place.desks.library.tenant(slug.strip().lower()).id
    except UnknownTenant:
        return None


def _several_tenants(page: Page) -> bool:
    return len([tenant for tenant in page.place.desks.library.tenants() if tenant.slug != OF_THE_DEMO]) > 1
