"""What a page's own form sends, and the token in it that no other site can know."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request

from levelhead.web.characters import NotText, is_text

FIELD, HEADER = "csrf", "x-csrf-token"
"""Where the token stands: in a form, or beside whatever a script sends."""
MOST_BYTES = 2**20


class BadForm(Exception):
    """What a page's own form would never send."""


class NotOurForm(Exception):
    """A change without the token of the session that it would happen in."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, as text with plain line ends."""

    fields: Mapping[str, tuple[str, ...]]

    def __call__(self, name: str) -> str:
        """The field of this name; '' where there is none."""
        return self.all(name)[-1] if self.all(name) else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may stand there several times."""
        return self.fields.get(name, ())


async def form_of(request: Request) -> Form:
    """The form that this request sends, read once. Raises BadForm where it is none or too large, and NotText."""
    if not hasattr(request.state, "form"):
        try:
            body = (await _body(request)).decode()
            fields = parse_qs(body, keep_blank_values=True, strict_parsing=bool(body), errors="strict")
        except ValueError as wrong:
            raise BadForm from wrong
        for name, values in fields.items():
            if not all(is_text(text) for text in (name, *values)):
                raise NotText(name.replace("\0", ""))
        request.state.form = Form({name: tuple(map(_plain, values)) for name, values in fields.items()})
    form: Form = request.state.form
    return form


async def check_form(request: Request, *tokens: str | None) -> None:
    """Raises NotOurForm unless one of these tokens stands in a header of the request, or in its form."""
    given = request.headers.get(HEADER) or (await form_of(request))(FIELD)
    if not any(token and hmac.compare_digest(given.encode(), token.encode()) for token in tokens):
        raise NotOurForm


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BadForm
    return bytes(body)


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n")
