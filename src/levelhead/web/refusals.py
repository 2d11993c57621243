"""What is refused, said plainly: a page to a person, a line to a live page, a `Problem` to a tool."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from levelhead.live.desk import NotATurn, TurnTaken, UnknownCard
from levelhead.storage.refusals import CannotKeep, Refused
from levelhead.web.rendering import Page
from levelhead.web.security import HEADERS

_STATUS: dict[type[Refused], int] = {TurnTaken: 409, NotATurn: 422, UnknownCard: 404, CannotKeep: 503}
_NOT_JSON = "json_invalid"
_NOT_FOUND = 404


class Refusal(Exception):
    """An answer to a tool: a status, the sentence that says why, and the field where it was one."""

    def __init__(self, status: int, reason: str, *, field: str | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.field = field


class NoConversation(Exception):
    """A person asked for a conversation that is not here."""


class BadForm(Exception):
    """What a page's own form would never send."""


def say_refusals(app: FastAPI) -> None:
    """Have every refusal answered in the form that who asked can use."""

    @app.exception_handler(Refusal)
    async def _(_request: Request, refusal: Refusal) -> Response:
        return _problem(refusal.status, str(refusal), refusal.field)

    @app.exception_handler(Refused)
    async def _(request: Request, refused: Refused) -> Response:
        return _answer(request, _STATUS.get(type(refused), 422), str(refused))

    @app.exception_handler(NoConversation)
    async def _(request: Request, _refused: NoConversation) -> Response:
        return _answer(request, 404, Page.asked_by(request).words("trouble.conversation_not_found"))

    @app.exception_handler(BadForm)
    async def _(request: Request, _refused: BadForm) -> Response:
        return _answer(request, 422, Page.asked_by(request).words("trouble.not_understood"))

    @app.exception_handler(HTTPException)
    async def _(request: Request, refused: HTTPException) -> Response:
        is_lost = refused.status_code == _NOT_FOUND and not _is_tool(request)
        reason = Page.asked_by(request).words("trouble.page_not_found") if is_lost else f"{refused.detail}."
        answer = _answer(request, refused.status_code, reason)
        answer.headers.update(refused.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def _(request: Request, _wrong: Exception) -> Response:
        # The server logs it with its trace. Its answer passes outside the middleware, hence the headers here.
        answer = _answer(request, 500, Page.asked_by(request).words("trouble.broken"))
        answer.headers.update(HEADERS)
        return answer

    @app.exception_handler(RequestValidationError)
    async def _(_request: Request, wrong: RequestValidationError) -> Response:
        return _not_as_agreed(wrong)


def _not_as_agreed(wrong: RequestValidationError) -> Response:
    first = wrong.errors()[0]
    if first["type"] == _NOT_JSON:
        return _problem(400, "This is not JSON.", None)
    field = ".".join(str(part) for part in first["loc"][1:])
    return _problem(422, f"{first['msg']}.", field or None)


def _answer(request: Request, status: int, reason: str) -> Response:
    if _is_tool(request):
        return _problem(status, reason, None)
    if "hx-request" in request.headers:
        return PlainTextResponse(reason, status_code=status)
    page = Page.asked_by(request)
    title = page.words("trouble.not_found_title") if status == _NOT_FOUND else page.words("trouble.refused_title")
    return page.answer("refusal.html", status, page="refusal", title=title, sentence=reason)


def _problem(status: int, reason: str, field: str | None) -> JSONResponse:
    return JSONResponse({"field": field, "reason": reason}, status_code=status)


def _is_tool(request: Request) -> bool:
    return request.url.path.startswith("/api/")
