"""Characters that no database keeps, found before anything is looked up by them: NUL, and half a character.

NUL ends a text in PostgreSQL, and a lone surrogate (half of a UTF-16 pair, as JSON may write it) is no Unicode text.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from fastapi import Request

_UNFIT: Final = re.compile("[\0\ud800-\udfff]")
# Only with one of these can JSON say such a character; so most bodies need not be looked through.
_WRITTEN: Final = re.compile(rb"\\u(0000|[dD][89a-fA-F])")


class NotText(Exception):
    """A field holds a character that cannot be kept; `field` is where it stands."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def is_text(value: str) -> bool:
    """Whether every character of it can be kept."""
    return _UNFIT.search(value) is None


def check_address(request: Request) -> None:
    """Raises NotText for such a character in the path or the query of a request."""
    for name, value in (*request.path_params.items(), *request.query_params.multi_items()):
        if not is_text(name):
            raise NotText("query")
        if not is_text(str(value)):
            raise NotText(name)


async def check_json(request: Request) -> None:
    """Raises NotText for such a character in a body of JSON; what is no JSON is somebody else's to refuse."""
    body = await request.body()
    if not _WRITTEN.search(body):
        return
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return
    for field, text in _texts(value, ""):
        if not is_text(text):
            raise NotText(field)


def _texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    """Every text in it, names of fields too, with where it stands."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield field, name
            yield from _texts(inner, f"{field}.{name}".removeprefix("."))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, f"{field}[{place}]")
