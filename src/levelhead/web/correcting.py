"""What a customer says about a label of theirs: that it is not so, or what is right instead."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from levelhead.conversation import Abuse, Cue, Emotion, Heard
from levelhead.live.desk import LAST_NUMBER
from levelhead.people.permission import Action
from levelhead.privacy.objections import Mark, alternatives, label_read, standing
from levelhead.storage.objections import Objections
from levelhead.web import times, wire
from levelhead.web.consenting import Asked, Name, name_of
from levelhead.web.documented import api_router
from levelhead.web.forms import BadForm, form_of
from levelhead.web.gate import Guarded, NotHere, asks, who_of
from levelhead.web.refusals import Refusal
from levelhead.web.rendering import Page, here_of
from levelhead.web.seeing import sees_readings
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import shelf_of
from levelhead.web.veil import words_alone
from levelhead.web.words import Words
from levelhead.web.workplace import workplace_of

calls = api_router()
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
_NUMBER = re.compile("[0-9]{1,10}")
_MIDDLING = 2
# Nearly every turn shows these; in the form they would bury what matters.
_PLAIN = frozenset({Cue.GIVES_DETAILS, Cue.ASKS_QUESTION, Cue.THANKS})
AS_READ, NOT_SO = "as_read", "not_so"
"""What the form says where nothing is put right, and where a label is disputed and no other one named."""


class ObjectionIn(BaseModel):
    """A label of the turn, and what the customer says is right; null disputes it and leaves open what would be."""

    model_config = ConfigDict(extra="forbid")
    label: str = Field(max_length=40, description="As it was read, or as it is shown by now.")
    instead: str | None = Field(
        default=None, max_length=40, description="One of the same kind; the label itself takes an objection back."
    )


class ObjectionOut(wire.ObjectionOut):
    """What was written down."""

    n: int


@calls.post("/conversations/{conversation:path}/turns/{n}/objections", status_code=201)
@asks(Action.CORRECT_LABEL, the_conversation, programs=True)
async def object_to(
    conversation: Name, n: Annotated[int, Path(ge=0, le=LAST_NUMBER)], said: ObjectionIn, request: Request
) -> ObjectionOut:
    """Write down what the customer says about a label of this turn: it is shown from now on, here and everywhere."""
    heard, marks = await _turn(request, conversation, n)
    if heard is None:
        raise Refusal(404, "There is no turn of this number.")
    label = label_read(said.label, marks)
    if label not in _labels(heard):
        raise Refusal(422, f"This turn was not read as {said.label!r}.", field="label")
    if said.instead is not None and said.instead not in alternatives(label):
        raise Refusal(422, f"One of: {', '.join(alternatives(label))}.", field="instead")
    mark = await _note(request, conversation, n, label, said.instead)
    return ObjectionOut(n=n, label=mark.label, instead=mark.instead, noted_by=mark.noted_by, at=mark.at)


@pages.get("/conversations/{conversation:path}/turns/{n}/objection")
@asks(Action.CORRECT_LABEL, the_conversation)
async def ask_what_is_right(conversation: str, n: str, request: Request, page: Asked) -> HTMLResponse:
    """The form for one turn: a page of its own, or what stands in the desk's dialog."""
    heard, marks = await _turn(request, conversation, _number(n))
    rows = _rows(heard, marks, page) if heard else ()
    if heard is None or not rows:
        raise NotHere
    shown = {
        "here": here_of(conversation),
        "n": heard.turn.n,
        "said": heard.turn.text,
        "rows": rows,
        "history": [_told(mark, page) for mark in marks],
    }
    if "hx-request" in request.headers:
        return HTMLResponse(page.render("objection_form.html", in_dialog=True, **shown))
    title = page.words("objection.title")
    return page.answer("objection.html", page="correcting", title=title, in_dialog=False, **shown)


@pages.post("/conversations/{conversation:path}/turns/{n}/objection")
@asks(Action.CORRECT_LABEL, the_conversation)
async def note_what_is_right(conversation: str, n: str, request: Request, page: Asked) -> Response:
    """Write down what was changed in the form."""
    heard, marks = await _turn(request, conversation, _number(n))
    if heard is None:
        raise NotHere
    form = await form_of(request)
    for row in _rows(heard, marks, page):
        chosen = form(row.label) or row.chosen
        if chosen not in {choice for choice, _ in row.choices}:
            raise BadForm
        if chosen != row.chosen:
            instead = {AS_READ: row.label, NOT_SO: None}.get(chosen, chosen)
            await _note(request, conversation, heard.turn.n, row.label, instead)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(f"{here_of(conversation)}#turn-{heard.turn.n}", status_code=303)


@dataclass(frozen=True, slots=True)
class _Row:
    """One label in the form: how it was read, what may be said of it, and what stands."""

    label: str
    words: str
    choices: tuple[tuple[str, str], ...]
    chosen: str

    @classmethod
    def of(cls, label: str, marks: tuple[Mark, ...], words: Words) -> "_Row":
        """Of feelings another one can be named; anything else is so or it is not."""
        mark = standing(marks).get(label)
        others = [other for other in alternatives(label) if label in set(Emotion) and other != label]
        choices = [(AS_READ, words("objection.as_read")), (NOT_SO, words("objection.not_so"))]
        choices += [(other, words_of(other, words)) for other in others]
        chosen = AS_READ if mark is None else mark.instead or NOT_SO
        known = {choice for choice, _ in choices}
        return cls(label, words_of(label, words), tuple(choices), chosen if chosen in known else NOT_SO)


def words_of(label: str, words: Words) -> str:
    """How a page says a label, without how strong it was."""
    return words(f"emotion.{label}.{_MIDDLING}") if label in set(Emotion) else words(f"shows.{label}")


def _rows(heard: Heard, marks: tuple[Mark, ...], page: Page) -> tuple[_Row, ...]:
    return tuple(_Row.of(label, marks, page.words) for label in _labels(heard) if label not in _PLAIN)


def _labels(heard: Heard) -> tuple[str, ...]:
    """What was read of the customer in this turn; nothing on another's turn, or where nothing was read."""
    read = heard.reading.of_customer
    if read is None:
        return ()
    cues = tuple(label for label in heard.reading.fired if label in set(Cue))
    return (read.emotion, *cues) if read.abuse is Abuse.NONE else (read.emotion, *cues, read.abuse)


async def _turn(request: Request, conversation: str, n: int | None) -> tuple[Heard | None, tuple[Mark, ...]]:
    """The turn as it was read, for whoever is shown that, and what was said about it until now."""
    who = who_of(request)
    timeline = await to_thread.run_sync(workplace_of(request).desks.of(who.tenant).books.timeline, conversation)
    marks = await to_thread.run_sync(Objections(shelf_of(request, who)).of, conversation)
    heard = next((heard for heard in timeline if heard.turn.n == n), None)
    if heard is not None and not await sees_readings(request):
        return words_alone(heard), ()
    return heard, marks.get(heard.turn.n, ()) if heard else ()


async def _note(request: Request, conversation: str, n: int, label: str, instead: str | None) -> Mark:
    who, place = who_of(request), workplace_of(request)
    objections = Objections(shelf_of(request, who), place.clock)
    note = partial(objections.note, conversation, n, label, name_of(who), instead)
    return await place.desks.of(who.tenant).change(conversation, note)


def _told(mark: Mark, page: Page) -> str:
    """One line of what was said before."""
    known = {
        "label": words_of(mark.label, page.words),
        "name": mark.noted_by,
        "ago": times.ago(mark.at, page.now, page.words),
    }
    if mark.instead is None:
        return page.words("objection.told_not_so", **known)
    if mark.instead == mark.label:
        return page.words("objection.told_back", **known)
    return page.words("objection.told_instead", instead=words_of(mark.instead, page.words), **known)


def _number(n: str) -> int | None:
    return int(n) if _NUMBER.fullmatch(n) else None
