"""Templates to text. Autoescape is on everywhere and a name that is missing is an error, never an empty place."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from levelhead.conversation.languages import first_accepted
from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person, Visit
from levelhead.people.purpose import ASSIST, READS, WORK
from levelhead.settings_language_model import Wording
from levelhead.storage.database import Shelf
from levelhead.web.chance import chance
from levelhead.web.cookies import Cookie, keep, kept_in
from levelhead.web.gate import NotSignedIn, caller_of
from levelhead.web.sheet import feeling_key
from levelhead.web.ways import (
    COMPLAINTS,
    CUSTOMERS,
    FOLLOW_UPS,
    PACKS,
    PEOPLE,
    PLANS,
    PROMISES,
    REQUESTS,
    RESTRICTIONS,
    TOKENS,
)
from levelhead.web.words import BRITISH, words_for
from levelhead.web.workplace import WatchedDesk, workplace_of

STATIC = Path(str(resources.files("levelhead.web") / "static"))


class Page:
    """One person's view: who they are, their words, the moment, and how to render for them."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.place = workplace_of(request)
        self.now = self.place.clock()
        self.caller = caller_of(request)
        self.words = words_for(self._language())
        self._new_token: str | None = None

    @classmethod
    def asked_by(cls, request: Request) -> "Page":
        """In the language of the person, else in one that their browser asks for, else in British English."""
        return cls(request)

    def _language(self) -> str:
        own = self.caller.visit.person.language if self.caller and self.caller.visit else ""
        return own or first_accepted(self.request.headers.get("accept-language", "")) or BRITISH

    @property
    def visit(self) -> Visit:
        """The session of the person who looks; raises NotSignedIn."""
        if self.caller is None or self.caller.visit is None:
            raise NotSignedIn
        return self.caller.visit

    @property
    def person(self) -> Person:
        """Who looks; raises NotSignedIn."""
        return self.visit.person

    @property
    def desk(self) -> WatchedDesk:
        """The desk of their tenant."""
        return self.place.desks.of(self.person.tenant)

    @property
    def shelf(self) -> Shelf:
        """What is kept for their tenant, and nothing else."""
        return self.place.desks.library.shelf(self.person.tenant)

    @property
    def csrf(self) -> str:
        """What stands in every form: the token of the session, or before there is one, that of this browser."""
        if self.caller and self.caller.visit:
            return self.caller.visit.csrf
        known = kept_in(self.request, Cookie.FORM) or self._new_token
        if known is None:
            known = self._new_token = token_urlsafe()
        return known

    @property
    def trouble(self) -> str | None:
        """What is wrong with this Levelhead right now, in one sentence."""
        desk = self.desk if self.caller and self.caller.visit else self.place.desk
        if desk.cannot_keep:
            return self.words.told(desk.cannot_keep)
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
            .render(
                words=words, chance=lambda p, _=None: chance(p, words), trouble=self.trouble, me=_Me.of(self), **shown
            )
        )

    def answer(self, template: str, status: int = 200, /, **shown: object) -> HTMLResponse:
        """The template as an answer."""
        answer = HTMLResponse(self.render(template, **shown), status_code=status)
        if self._new_token:
            keep(self.request, answer, Cookie.FORM, self._new_token)
        return answer


@dataclass(frozen=True, slots=True)
class _Me:
    """What every page needs to know of who looks at it; a template asks for `csrf` only where it has a form."""

    page: Page
    person: Person | None
    plays_demo: bool

    @classmethod
    def of(cls, page: Page) -> "_Me":
        person = page.caller.visit.person if page.caller and page.caller.visit else None
        return cls(page, person, page.place.settings.demo)

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """The pages that are of use to who looks."""
        return menu_of(self.person) if self.person else ()

    @property
    def csrf(self) -> str:
        return self.page.csrf

    def rewords(self, what: str) -> bool:
        """Whether a language model is there to find other words for this."""
        model = self.page.place.language_model
        return model is not None and model.may(Wording(what))

    @property
    def sees_teaching(self) -> bool:
        """Whether what teams have settled about suggestions is for them."""
        return self.person is not None and reach_of(self.person, Action.SEE_TEACHING) is not None

    @property
    def sees_packs(self) -> bool:
        """Whether what Levelhead says, and by which rules, is for them."""
        return self.person is not None and reach_of(self.person, Action.SEE_PACKS) is not None

    @property
    def is_helped(self) -> bool:
        """Whether live help in the conversations of others serves what this person is here for."""
        return self.person is not None and ASSIST in READS[WORK[self.person.role]]

    @property
    def sees_customers(self) -> bool:
        """Whether a brief of some conversation is for them."""
        return self.person is not None and reach_of(self.person, Action.SEE_CUSTOMER) is not None


def menu_of(person: Person) -> tuple[tuple[str, str], ...]:
    """The pages that are of use to this person, each with its address."""
    sees_conversations = reach_of(person, Action.READ_CONVERSATION) is not None
    places = (
        ("now", "/", sees_conversations),
        ("customers", CUSTOMERS, reach_of(person, Action.SEE_CUSTOMER) is not None),
        ("promises", PROMISES, reach_of(person, Action.SEE_PROMISES) is not None),
        ("follow_ups", FOLLOW_UPS, reach_of(person, Action.SEE_FOLLOW_UPS) is not None),
        ("complaints", COMPLAINTS, reach_of(person, Action.SEE_COMPLAINTS) is not None),
        ("requests", REQUESTS, reach_of(person, Action.APPROVE_REMEDY) is not None),
        ("plans", PLANS, reach_of(person, Action.DECIDE_PLAN) is not None),
        ("restrictions", RESTRICTIONS, reach_of(person, Action.DECIDE_RESTRICTION) is not None),
        ("people", PEOPLE, reach_of(person, Action.SEE_PEOPLE) is not None),
        ("packs", PACKS, reach_of(person, Action.SETTLE_PACK) is not None),
        ("complaint_rules", f"{COMPLAINTS}/rules", reach_of(person, Action.SETTLE_COMPLAINTS) is not None),
        ("tokens", TOKENS, reach_of(person, Action.MANAGE_TOKENS) is not None),
        ("try", "/try", reach_of(person, Action.HEAR_TURN) is not None),
    )
    return tuple((name, address) for name, address, is_of_use in places if is_of_use)


def here_of(conversation: str) -> str:
    """The address of a conversation's page; any id is safe in it."""
    return f"/conversations/{quote(conversation, safe='')}"


@cache
def static(path: str) -> str:
    """The address of a static file; it changes with the file, so that no browser keeps an old one."""
    return f"/static/{path}?{sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


def compile_templates() -> None:
    """Compile every template now, so that the first pages of the day, which come all at once, wait for none."""
    for name in _templates().list_templates():
        _templates().get_template(name)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("levelhead.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # Asking the disk each time costs everybody; who edits one starts Levelhead again.
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"static": static, "feeling_key": feeling_key, "here_of": here_of}
    return templates
