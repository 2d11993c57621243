"""Pages and their forms, sent what no form of ours would send: for `benchmarks.api`."""

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from benchmarks._api_calls import ANSWERED_WITHIN_S, BROKEN, UNAVAILABLE, Tally
from benchmarks._api_world import Caller, World
from levelhead.settings import Settings
from levelhead.web.app import create_app
from levelhead.web.forms import FIELD, HEADER
from levelhead.web.gate import guarded_routes
from levelhead.web.rendering import STATIC

_NAMED = re.compile(r"{(\w+)(?::\w+)?}")
_FIELD = re.compile(r'\bname="(\w+)"')
_NASTY = (
    "",
    "\0",
    "../..",
    "//evil.example",
    "%00",
    "-1",
    "99999999999999999999",
    "NaN",
    "on",
    "admin",
    "a" * 5_000,
    "\r\nx: y",
)
_TEXT = st.sampled_from(_NASTY) | st.text(max_size=60)


@dataclass(frozen=True, slots=True)
class Page:
    """A way to ask for a page, or to send a form of one."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_stream(self) -> bool:
        """Whether the answer goes on for minutes."""
        return self.path.endswith("/stream")


def pages() -> tuple[Page, ...]:
    """Every route that the OpenAPI document does not list."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), demo=False))
    routes = (route for route in guarded_routes(app) if not route.include_in_schema)
    return tuple(Page(method, route.path) for route in routes for method in sorted(route.methods or ()))


def send_again_and_again(
    url: str, page: Page, caller: Caller, world: World, tally: Tally, *, number: int, calls: int
) -> None:
    """So many requests for this page by this caller; wrong is what breaks the server, or gets no answer."""

    @seed(number)
    @settings(
        max_examples=calls,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(path=_path(page, world), form=_form(), way=st.sampled_from(caller.visitors))
    def made_up(path: str, form: dict[str, list[str]], way: dict[str, str]) -> None:
        sent: dict[str, Any] = {"params" if page.method == "GET" else "data": form}
        try:
            with requests.request(
                page.method,
                f"{url}{path}",
                headers=way,
                allow_redirects=False,
                stream=page.is_stream,
                timeout=ANSWERED_WITHIN_S,
                **sent,
            ) as answer:
                tally.answered(str(page), caller, answer.status_code)
        except requests.RequestException as gone:
            tally.failed("no answer", str(page), f"{path} {form}: {gone}")
            return
        if answer.status_code >= BROKEN and answer.status_code != UNAVAILABLE:
            tally.failed("server error", str(page), f"{caller.name}: {answer.status_code} {path} {form}")

    made_up()


def _path(page: Page, world: World) -> st.SearchStrategy[str]:
    """The address with something in the place of each name: often a thing that is there."""
    names = _NAMED.findall(page.path)
    drawn = {name: st.sampled_from(world.things.get(name, ("x",))) | _TEXT.filter(bool) for name in names}
    return st.fixed_dictionaries(drawn).map(
        lambda named: _NAMED.sub(lambda match: quote(named[match[1]], safe=""), page.path)
    )


def _form() -> st.SearchStrategy[dict[str, list[str]]]:
    """Some fields of some forms. The token of the session is in the header, and in a form now and then another."""
    return st.dictionaries(st.sampled_from(_fields()), st.lists(_TEXT, max_size=3), max_size=6)


def _fields() -> list[str]:
    templates = STATIC.parent / "templates"
    found = {name for file in templates.rglob("*.html") for name in _FIELD.findall(file.read_text(encoding="utf-8"))}
    return sorted(found | {FIELD, "next", "text", HEADER})
