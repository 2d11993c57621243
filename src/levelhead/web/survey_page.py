"""The page of a survey: opened by its link alone, in the customer's language, answered once.

Looking uses nothing up: programs that check mail follow every link. Whoever tries links that are none has to wait.
"""

from functools import partial
from typing import Annotated, Final, NamedTuple

from anyio import to_thread
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from levelhead.casework.item import Item
from levelhead.casework.survey import BEST_CSAT, BEST_EFFORT, LONGEST, Survey, SurveyState
from levelhead.live.entrance import Locked
from levelhead.live.survey_links import PATH
from levelhead.live.surveying import Surveys
from levelhead.people.lockout import Counted, network_of
from levelhead.people.secrets import Opens, Secret
from levelhead.storage.accounts import People
from levelhead.storage.accounts_failures import FailureBook
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.keyring import KeyGone
from levelhead.storage.refusals import UnknownTenant
from levelhead.web.entering import came_from, too_many
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, open_to_all
from levelhead.web.rendering import Page
from levelhead.web.words import words_for

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
NO_THANKS: Final = "no_thanks"


class Opened(NamedTuple):
    """A survey whose link somebody has; `is_open`: it can still be answered."""

    surveys: Surveys
    item: Item[Survey]
    is_open: bool


@router.get(PATH + "{secret}")
@open_to_all
async def survey(secret: str, page: Asked) -> HTMLResponse:
    """Three questions, or that the link is over."""
    try:
        opened = await to_thread.run_sync(_opened, page, secret)
    except Locked as locked:
        return too_many(_over(page, None), locked)
    return _questions(page, opened) if opened and opened.is_open else _over(page, opened)


@router.post(PATH + "{secret}")
@open_to_all
async def answer(secret: str, request: Request, page: Asked) -> Response:
    """Take the answers, once; or that they would rather not be asked."""
    form = await form_of(request)
    try:
        opened = await to_thread.run_sync(_opened, page, secret)
    except Locked as locked:
        return too_many(_over(page, None), locked)
    if opened is None or not opened.is_open:
        return _over(page, opened)
    declines = form("do") == NO_THANKS
    csat, effort, words = _scale(form, "csat", BEST_CSAT), _scale(form, "effort", BEST_EFFORT), form("words")[:LONGEST]
    if not declines and csat is None and effort is None and not words.strip():
        return _questions(page, opened, nothing=True)
    keep = partial(opened.surveys.decline, opened.item) if declines else partial(_keep, opened, csat, effort, words)
    try:
        await to_thread.run_sync(keep)
    except NotNow:  # In another window, a moment ago.
        return _over(page, opened)
    return _thanks(page, opened, declines=declines)


def _keep(opened: Opened, csat: int | None, effort: int | None, words: str) -> None:
    names = [one.shown_as for one in People(opened.surveys.shelf).all()]
    opened.surveys.answer(opened.item, csat, effort, words, names)


def _opened(page: Page, written: str) -> Opened | None:
    """What this link opens. Raises Locked for an address from which many links came that are none."""
    secret = Secret.read(written, Opens.SURVEY)
    place = page.place
    first = place.desks.library.shelf(place.tenant.id)
    tried = {Counted.ADDRESS: f"survey {network_of(came_from(page.request).address)}"}
    place.entrance.count(first, tried)
    found = _found(page, secret) if secret else None
    if found is not None:
        FailureBook(first).take_back(tried, page.now)
    return found


def _found(page: Page, secret: Secret) -> Opened | None:
    if secret.tenant not in {tenant.id for tenant in page.place.desks.library.tenants()}:
        return None
    try:
        books = page.place.desks.of(secret.tenant).books
        surveys = Surveys(books, Cases(books, page.place.clock), sends=False)
        item = surveys.opened(secret)
    except (KeyGone, UnknownTenant):
        return None
    return Opened(surveys, item, surveys.is_open(item, secret)) if item else None


def _scale(form: Form, name: str, best: int) -> int | None:
    given = form(name)
    if not given:
        return None
    if not given.isdecimal() or not 1 <= int(given) <= best:
        raise BadForm
    return int(given)


def _questions(page: Page, opened: Opened, *, nothing: bool = False) -> HTMLResponse:
    words = words_for(opened.item.body.locale)
    return page.answer(
        "survey.html",
        422 if nothing else 200,
        said=words,
        nothing=nothing,
        csat=range(1, BEST_CSAT + 1),
        effort=range(1, BEST_EFFORT + 1),
        most=LONGEST,
    )


def _thanks(page: Page, opened: Opened, *, declines: bool) -> HTMLResponse:
    words = words_for(opened.item.body.locale)
    key = "survey.declined" if declines else "survey.thanks"
    return page.answer("survey_over.html", said=words, title=words(f"{key}_title"), lead=words(key))


def _over(page: Page, opened: Opened | None) -> HTMLResponse:
    words = words_for(opened.item.body.locale) if opened else page.words
    answered = opened is not None and opened.item.state == SurveyState.ANSWERED
    key = "survey.answered" if answered else "survey.over"
    status = 200 if answered else 404
    return page.answer("survey_over.html", status, said=words, title=words(f"{key}_title"), lead=words(key))
