"""What is refused, said plainly: a page to a person, a line to a live page, a `Problem` to a tool."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from levelhead.live.desk import NotATurn, TurnTaken, UnknownCard
from levelhead.live.editing import NothingChanged
from levelhead.live.importing import HereAlready
from levelhead.storage.articles import UnknownArticle
from levelhead.storage.cases import NotNow, UnknownItem
from levelhead.storage.customers import UnknownCustomer
from levelhead.storage.editions import Overtaken, UnknownEdition
from levelhead.storage.holds import UnderHold
from levelhead.storage.merging import CannotMerge
from levelhead.storage.outbox_destinations import UnknownDestination
from levelhead.storage.refusals import CannotKeep, Refused, Unfit
from levelhead.web.characters import NotText
from levelhead.web.entering import enter_as, first_of_the_demo
from levelhead.web.forms import BadForm, NotOurForm
from levelhead.web.gate import NotAllowed, NotHere, NotSignedIn, caller_of, recognise
from levelhead.web.rendering import Page
from levelhead.web.security import HEADERS
from levelhead.web.ways import home_of, sign_in_for
from levelhead.web.words import BRITISH, Words, words_for

_STATUS: dict[type[Refused], int] = {
    TurnTaken: 409,
    NotATurn: 422,
    UnknownCard: 404,
    UnknownDestination: 404,
    UnknownItem: 404,
    UnknownArticle: 404,
    UnknownCustomer: 404,
    UnderHold: 409,
    CannotMerge: 409,
    HereAlready: 409,
    NotNow: 409,
    UnknownEdition: 404,
    Overtaken: 409,
    NothingChanged: 409,
    CannotKeep: 503,
    Unfit: 422,
}
_NOT_JSON = "json_invalid"
_NOT_FOUND = 404


class Refusal(Exception):
    """An answer to a tool: a status, the sentence that says why, and the field where it was one."""

    def __init__(self, status: int, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.field = field


def say_refusals(app: FastAPI) -> None:
    """Have every refusal answered in the form that who asked can use."""
    _say_what_is_not_as_agreed(app)

    @app.exception_handler(Refusal)
    async def _(request: Request, refusal: Refusal) -> Response:
        if _is_tool(request):
            return _problem(refusal.status, str(refusal), refusal.field)
        return _answer(request, refusal.status, _words(request).told(refusal))

    @app.exception_handler(Refused)
    async def _(request: Request, refused: Refused) -> Response:
        return _answer(request, _STATUS.get(type(refused), 422), _words(request).told(refused))

    @app.exception_handler(NotSignedIn)
    async def _(request: Request, _refused: NotSignedIn) -> Response:
        return await _to_the_door(request)

    @app.exception_handler(NotAllowed)
    async def _(request: Request, _refused: NotAllowed) -> Response:
        caller = caller_of(request)
        if request.url.path == "/" and caller and caller.visit and home_of(caller.visit.person) != "/":
            return RedirectResponse(home_of(caller.visit.person), status_code=303)
        return _answer(request, 403, _words(request)("trouble.not_allowed"))

    @app.exception_handler(NotOurForm)
    async def _(request: Request, _refused: NotOurForm) -> Response:
        return _answer(request, 403, _words(request)("trouble.form_too_old"))

    @app.exception_handler(NotHere)
    async def _(request: Request, _refused: NotHere) -> Response:
        is_conversation = "conversation" in request.path_params
        key = "trouble.conversation_not_found" if is_conversation else "trouble.page_not_found"
        return _answer(request, 404, _words(request)(key))

    @app.exception_handler(HTTPException)
    async def _(request: Request, refused: HTTPException) -> Response:
        await recognise(request)
        is_lost = refused.status_code == _NOT_FOUND and not _is_tool(request)
        said = _words(request)
        reason = said("trouble.page_not_found") if is_lost else said.told(f"{refused.detail}.")
        answer = _answer(request, refused.status_code, reason)
        answer.headers.update(refused.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def _(request: Request, _wrong: Exception) -> Response:
        # The server logs it with its trace. Its answer passes outside the middleware, hence the headers here.
        answer = _answer(request, 500, _words(request)("trouble.broken"))
        answer.headers.update(HEADERS)
        return answer


def _say_what_is_not_as_agreed(app: FastAPI) -> None:
    @app.exception_handler(BadForm)
    async def _(request: Request, _refused: BadForm) -> Response:
        return _answer(request, 422, _words(request)("trouble.not_understood"))

    @app.exception_handler(NotText)
    async def _(request: Request, refused: NotText) -> Response:
        field = _written(refused.field) or None
        reason = _words(request)("trouble.not_text")
        return _problem(422, reason, field) if _is_tool(request) else _answer(request, 422, f"{field}: {reason}")

    @app.exception_handler(RequestValidationError)
    async def _(request: Request, wrong: RequestValidationError) -> Response:
        if _is_tool(request):
            return _not_as_agreed(wrong)
        key = "trouble.page_not_found" if request.method == "GET" else "trouble.not_understood"
        return _answer(request, _NOT_FOUND if request.method == "GET" else 422, _words(request)(key))


def _not_as_agreed(wrong: RequestValidationError) -> Response:
    first = wrong.errors()[0]
    if first["type"] == _NOT_JSON:
        return _problem(400, "This is not JSON.", None)
    field = ".".join(str(part) for part in first["loc"][1:])
    return _problem(422, f"{first['msg']}.", field or None)


async def _to_the_door(request: Request) -> Response:
    """Where somebody who is not signed in gets on: to the page they asked for, by the sign-in page or in the demo."""
    page = Page.asked_by(request)
    if _is_tool(request):
        return _problem(401, _words(request)("trouble.needs_sign_in"), None, {"www-authenticate": "Bearer"})
    is_page = request.method == "GET" and "text/event-stream" not in request.headers.get("accept", "")
    if not is_page or "hx-request" in request.headers:
        return _answer(request, 401, page.words("trouble.not_signed_in"))
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    # Only a page that somebody opens: what another site embeds here signs nobody in.
    newcomer = None
    if request.headers.get("sec-fetch-dest", "document") == "document" and page.place.settings.demo:
        newcomer = await first_of_the_demo(page)
    return await enter_as(request, page, newcomer, there) if newcomer else RedirectResponse(sign_in_for(there), 303)


def _words(request: Request) -> Words:
    """Those of the page; tools are told in English, whoever is behind them."""
    return words_for(BRITISH) if _is_tool(request) else Page.asked_by(request).words


def _answer(request: Request, status: int, reason: str) -> Response:
    if _is_tool(request):
        return _problem(status, reason, None)
    if "hx-request" in request.headers:
        return PlainTextResponse(reason, status_code=status)
    page = Page.asked_by(request)
    title = page.words("trouble.not_found_title") if status == _NOT_FOUND else page.words("trouble.refused_title")
    return page.answer("refusal.html", status, page="refusal", title=title, sentence=reason)


def _problem(status: int, reason: str, field: str | None, headers: Mapping[str, str] | None = None) -> JSONResponse:
    said = {"field": field and _written(field), "reason": _written(reason)}
    return JSONResponse(said, status_code=status, headers=headers)


def _written(text: str) -> str:
    """The text as it can be sent: what repeats half a character names its number."""
    return text.encode(errors="backslashreplace").decode()


def _is_tool(request: Request) -> bool:
    return request.url.path.startswith("/api/")
