"""Consent, written down as the customer gives or takes it: by a form on the conversation's page, and by the API."""

from collections.abc import Mapping
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict

from levelhead.people.permission import Action
from levelhead.people.person import Person, Whose
from levelhead.privacy.consent import ConsentAnswer, Purpose, gate
from levelhead.storage.consents import Consents
from levelhead.web.documented import api_router
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, Who, asks, who_of
from levelhead.web.rendering import Page, here_of
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import conversation_or_new, new_conversation, shelf_of
from levelhead.web.workplace import workplace_of

calls = api_router()
pages = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Name = Annotated[str, Path(min_length=1, max_length=200, description="The conversation's id.")]
Asked = Annotated[Page, Depends(Page.asked_by)]


class ConsentIn(BaseModel):
    """What the customer said; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    recording: ConsentAnswer | None = None
    transcription: ConsentAnswer | None = None
    analysis: ConsentAnswer | None = None
    survey: ConsentAnswer | None = None


class ConsentOut(BaseModel):
    """What stands, and what it means for the next turn: may sound be kept, are words kept, is anything read."""

    recording: ConsentAnswer
    transcription: ConsentAnswer
    analysis: ConsentAnswer
    survey: ConsentAnswer
    may_record: bool
    keeps_words: bool
    reads: bool


async def asked_about(request: Request, who: Who) -> Whose | None:
    """Of the conversation that the address names; before its first turn, of one where somebody was asked already."""
    consents = Consents(shelf_of(request, who))
    known = await the_conversation(request, who)
    if known or not await to_thread.run_sync(consents.history, request.path_params["conversation"]):
        return known
    return await new_conversation(request, who)


@calls.get("/conversations/{conversation:path}/consent")
@asks(Action.RECORD_CONSENT, asked_about, programs=True)
async def consent(conversation: Name, request: Request) -> ConsentOut:
    """What the customer has agreed to, purpose by purpose; `unknown`: nobody asked."""
    return await to_thread.run_sync(_standing, Consents(shelf_of(request, who_of(request))), conversation)


@calls.put("/conversations/{conversation:path}/consent")
@asks(Action.RECORD_CONSENT, conversation_or_new, programs=True)
async def record_consent(conversation: Name, said: ConsentIn, request: Request) -> ConsentOut:
    """Write down what the customer said; it holds from the next turn on, and may come before the first one.

    Nothing is overwritten: what was said before stays on record, with who wrote it down and when.
    """
    answers = {purpose: answer for purpose in Purpose if (answer := getattr(said, purpose.value)) is not None}
    consents = await _note(request, conversation, answers)
    return await to_thread.run_sync(_standing, consents, conversation)


@pages.post("/conversations/{conversation:path}/consent")
@asks(Action.RECORD_CONSENT, the_conversation)
async def note_answers(conversation: str, request: Request, page: Asked) -> Response:
    """Write down what was changed in the form; the page shows it by itself a moment later."""
    form = await form_of(request)
    await _note(request, conversation, _changed(form))
    if "hx-request" in page.request.headers:
        return Response(status_code=204)
    return RedirectResponse(f"{here_of(conversation)}#consent", status_code=303)


def name_of(who: Who) -> str:
    """How it is written down who noted something."""
    return who.shown_as if isinstance(who, Person) else who.name


def _changed(form: Form) -> Mapping[Purpose, ConsentAnswer]:
    """Only what differs from what the page showed: a page that is behind takes back nobody else's note."""
    return {
        purpose: _answer(form(purpose.value)) for purpose in Purpose if form(purpose.value) != form(f"was-{purpose}")
    }


def _answer(given: str) -> ConsentAnswer:
    if given not in set(ConsentAnswer):
        raise BadForm
    return ConsentAnswer(given)


async def _note(request: Request, conversation: str, answers: Mapping[Purpose, ConsentAnswer]) -> Consents:
    who, place = who_of(request), workplace_of(request)
    consents = Consents(shelf_of(request, who), place.clock)

    def note() -> None:
        standing = consents.of(conversation)
        for purpose, answer in answers.items():
            if answer is not standing.to(purpose):
                consents.note(conversation, purpose, answer, name_of(who))

    await place.desks.of(who.tenant).change(conversation, note)
    return consents


def _standing(consents: Consents, conversation: str) -> ConsentOut:
    said = consents.of(conversation)
    allowed = gate(said, consents.rules())
    return ConsentOut(
        **{purpose.value: said.to(purpose) for purpose in Purpose},
        may_record=allowed.records,
        keeps_words=allowed.keeps_words,
        reads=allowed.reads,
    )
