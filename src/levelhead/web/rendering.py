"""Templates to text. Autoescape is on everywhere and a name that is missing is an error, never an empty place."""

from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from levelhead.web.chance import chance
from levelhead.web.sheet import feeling_key
from levelhead.web.words import AMERICAN, BRITISH, Words, words_for
from levelhead.web.workplace import Workplace, workplace_of

STATIC = Path(str(resources.files("levelhead.web") / "static"))


class Page:
    """One person's view: their words, the moment, and how to render for them."""

    def __init__(self, place: Workplace, words: Words) -> None:
        self.place = place
        self.words = words
        self.now = place.clock()

    @classmethod
    def asked_by(cls, request: Request) -> "Page":
        """In the English that the person's browser asks for first: American, or British for any other."""
        return cls(workplace_of(request), words_for(_locale(request.headers.get("accept-language", ""))))

    @property
    def trouble(self) -> str | None:
        """What is wrong with this Levelhead right now, in one sentence."""
        desk = self.place.desk
        if desk.cannot_keep:
            return desk.cannot_keep
        if desk.reader is None:
            return self.words("trouble.model_missing")
        low = self.place.watched.condition.disk_low_mb
        return None if low is None else self.words("trouble.disk_low", left=low)

    def render(self, template: str, **shown: object) -> str:
        """The template with what it shows, every value escaped."""
        words = self.words
        return (
            _templates()
            .get_template(template)
            .render(words=words, chance=lambda p, _=None: chance(p, words), trouble=self.trouble, **shown)
        )

    def answer(self, template: str, status: int = 200, /, **shown: object) -> HTMLResponse:
        """The template as an answer."""
        return HTMLResponse(self.render(template, **shown), status_code=status)


def here_of(conversation: str) -> str:
    """The address of a conversation's page; any id is safe in it."""
    return f"/conversations/{quote(conversation, safe='')}"


@cache
def static(path: str) -> str:
    """The address of a static file; it changes with the file, so that no browser keeps an old one."""
    return f"/static/{path}?{sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("levelhead.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"static": static, "feeling_key": feeling_key, "here_of": here_of}
    return templates


def _locale(accepted: str) -> str:
    """The first English that is accepted."""
    for wanted in accepted.split(","):
        tag = wanted.split(";")[0].strip().lower()
        if tag.startswith("en"):
            return AMERICAN if tag == AMERICAN.lower() else BRITISH
    return BRITISH
