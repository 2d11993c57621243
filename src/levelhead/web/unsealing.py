"""What is kept sealed: hints for whoever may read the conversation, and one value at a time for whom it is for."""

from typing import Annotated

from anyio import to_thread
from fastapi import Path, Request
from pydantic import BaseModel, Field

from levelhead.live.desk import LAST_NUMBER
from levelhead.people.permission import Action
from levelhead.privacy.kinds import SealedKind
from levelhead.storage.books import Books
from levelhead.storage.keyring import KeyGone
from levelhead.storage.sealed import NothingSealed, SealedFacts
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of
from levelhead.web.refusals import Refusal
from levelhead.web.things import conversation as the_conversation
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
Name = Annotated[str, Path(min_length=1, max_length=200, description="The conversation's id.")]
Number = Annotated[int, Path(ge=0, le=LAST_NUMBER)]


class SealedOut(BaseModel):
    """A value without the value."""

    n: int = Field(description="The turn.")
    place: int = Field(description="Which placeholder of the turn it stands behind, from 0.")
    kind: SealedKind
    hint: str = Field(description="As much as tells one from another, such as …123.")


class ValueOut(BaseModel):
    """One value; nothing may keep it."""

    kind: SealedKind
    value: str


@calls.get("/conversations/{conversation:path}/sealed")
@asks(Action.READ_CONVERSATION, the_conversation, programs=True)
async def sealed(conversation: Name, request: Request) -> list[SealedOut]:
    """What is sealed in a conversation, by the placeholders that stand for it, with hints and without values."""
    facts = await to_thread.run_sync(SealedFacts(_books(request)).of, conversation)
    return [SealedOut(n=one.n, place=one.place, kind=one.kind, hint=one.hint) for one in facts]


@of_people.post("/conversations/{conversation:path}/sealed/{n}/{place}")
@asks(Action.SEE_SEALED, the_conversation)
async def reveal(conversation: Name, n: Number, place: Number, request: Request) -> ValueOut:
    """The value behind one placeholder, for a person who is signed in and never for a token; each look is audited."""
    facts = SealedFacts(_books(request))

    def look() -> ValueOut:
        kinds = {(one.n, one.place): one.kind for one in facts.of(conversation)}
        value = facts.reveal(conversation, n, place)
        return ValueOut(kind=kinds[n, place], value=value)

    try:
        return await to_thread.run_sync(look)
    except (NothingSealed, KeyGone) as gone:
        raise Refusal(404, "Nothing is sealed there, or it was removed since.") from gone


def _books(request: Request) -> Books:
    return workplace_of(request).desks.of(who_of(request).tenant).books
