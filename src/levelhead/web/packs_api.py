"""Packs over the API: programs read them and bring in drafts; people try a draft, put it into force and go back."""

from datetime import datetime
from functools import partial
from typing import Annotated

from anyio import to_thread
from fastapi import Path, Request
from pydantic import BaseModel, ConfigDict, Field

from levelhead.casework.edition import BUILT_IN, Edition, EditionState
from levelhead.live.editing import MOST_WHY, Editing, Standing
from levelhead.live.trying_out import Tried, speaks
from levelhead.live.what_if import Otherwise, Words
from levelhead.packs.checking import LONGEST, NotUsable
from levelhead.packs.kinds import PackKind, kind_of, names
from levelhead.people.permission import Action
from levelhead.web.documented import api_router
from levelhead.web.gate import asks, who_of
from levelhead.web.packs_page import ONE_AT_A_TIME, readable_among, the_pack, tried_on
from levelhead.web.refusals import Refusal
from levelhead.web.rendering import Page
from levelhead.web.things import shelf_of, whole_tenant
from levelhead.web.workplace import workplace_of

calls, of_people = api_router(), api_router(for_people=True)
Name = Annotated[str, Path(description="As `GET /api/v1/packs` names it, such as `remedies.en-GB`.")]
Number = Annotated[int, Field(ge=0, description="The number of an edition; 0 is the pack that comes with Levelhead.")]
After = Annotated[int, Field(ge=0, description="The newest edition that you have seen; another one since is a 409.")]
Why = Annotated[str, Field(max_length=MOST_WHY, description="Why, in a few words.")]


class PackOut(BaseModel):
    """A pack and where it stands."""

    pack: str
    kind: PackKind
    in_force: int = Field(description="The edition in force; 0 is the pack that comes with Levelhead.")
    draft: int | None
    newest: int


class EditionOut(BaseModel):
    """An edition without its text."""

    number: int
    state: EditionState
    why: str
    written_by: str = Field(description="As the audit names them.")
    at: datetime
    back_to: int | None = Field(description="The edition whose text it has, where somebody went back.")
    settled_by: str | None
    settled_at: datetime | None


class PackWhole(PackOut):
    """A pack with its editions, the newest first, and the text that is in force."""

    editions: list[EditionOut]
    text: str


class EditionWhole(BaseModel):
    """The text of an edition."""

    number: int
    text: str


class DraftIn(BaseModel):
    """A draft: the whole text, in TOML."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=LONGEST)]
    after: After
    why: Why = ""


class Chosen(BaseModel):
    """The draft that is meant."""

    model_config = ConfigDict(extra="forbid")
    number: Number


class BackIn(Chosen):
    """The edition whose text is to be in force again."""

    after: After
    why: Why = ""


class WordsOut(BaseModel):
    """What a pack says after a turn, in its own words: their brackets are not filled."""

    title: str
    says: list[str]


class OtherwiseOut(BaseModel):
    """A turn after which something else would have been said; null: nothing."""

    n: int
    before: WordsOut | None
    after: WordsOut | None


class DiffersOut(BaseModel):
    """A past conversation that would have gone otherwise; null is one that the caller may not open."""

    conversation: str | None
    turns: list[OtherwiseOut]


class TriedOut(BaseModel):
    """What a draft would have changed, tried on up to 50 of the latest conversations."""

    conversations: int
    all_of_them: bool = Field(description="False where time was over before the last of them.")
    turns: int
    differing: list[DiffersOut]


@calls.get("/packs")
@asks(Action.SEE_PACKS, whole_tenant, programs=True)
async def listed(request: Request) -> list[PackOut]:
    """Every pack and where it stands."""
    editing = _editing(request)

    def stand() -> list[PackOut]:
        known: dict[str, list[Edition]] = {}
        for one in editing.editions.everything():
            known.setdefault(one.pack, []).append(one)
        in_order = {name: sorted(known.get(name, []), key=lambda one: -one.number) for name in names()}
        return [PackOut(**_out(Standing(name, tuple(editions)))) for name, editions in in_order.items()]

    return await to_thread.run_sync(stand)


@calls.get("/packs/{pack}")
@asks(Action.SEE_PACKS, the_pack, programs=True)
async def one(pack: Name, request: Request) -> PackWhole:
    """A pack, its editions, and the text in force."""
    editing = _editing(request)
    standing = await to_thread.run_sync(editing.standing, pack)
    text = await to_thread.run_sync(editing.text, pack, standing.number)
    return PackWhole(**_out(standing), editions=[_edition(one) for one in standing.editions], text=text)


@calls.get("/packs/{pack}/editions/{number}")
@asks(Action.SEE_PACKS, the_pack, programs=True)
async def text_of(pack: Name, number: Annotated[int, Path(ge=0, le=2**31 - 1)], request: Request) -> EditionWhole:
    """The text of an edition."""
    return EditionWhole(number=number, text=await to_thread.run_sync(_editing(request).text, pack, number))


@calls.put("/packs/{pack}/draft")
@asks(Action.DRAFT_PACK, the_pack, programs=True)
async def bring_in(pack: Name, sent: DraftIn, request: Request) -> EditionOut:
    """Keep a draft, in the place of the one that waits. A text that the desk cannot read is refused with its line."""
    writing = partial(_editing(request).write, pack, sent.text, sent.why, sent.after)
    try:
        return _edition(await to_thread.run_sync(writing))
    except NotUsable as slip:
        raise Refusal(422, str(slip), field="text") from slip


@of_people.post("/packs/{pack}/draft/preview")
@asks(Action.DRAFT_PACK, the_pack)
async def preview(pack: Name, chosen: Chosen, request: Request) -> TriedOut:
    """What the draft would have changed in past conversations that the caller sees, in the pack's own words alone."""
    if not speaks(pack):
        raise Refusal(409, "This pack speaks in letters, lists and limits, not turn by turn: compare the texts.")
    page = Page.asked_by(request)
    try:
        tried = await to_thread.run_sync(tried_on, page, pack, chosen.number, limiter=ONE_AT_A_TIME)
        readable = await to_thread.run_sync(readable_among, page, tried)
    except NotUsable as slip:
        raise Refusal(409, str(slip)) from slip
    return _tried(tried, readable)


@of_people.post("/packs/{pack}/in-force")
@asks(Action.SETTLE_PACK, the_pack)
async def put_in_force(pack: Name, chosen: Chosen, request: Request) -> EditionOut:
    """Have a draft count from the next turn on, for every team."""
    try:
        return _edition(await to_thread.run_sync(_editing(request).put_in_force, pack, chosen.number))
    except NotUsable as slip:
        raise Refusal(409, str(slip)) from slip


@of_people.post("/packs/{pack}/back")
@asks(Action.SETTLE_PACK, the_pack)
async def go_back(pack: Name, back: BackIn, request: Request) -> EditionOut:
    """A new edition with the text of an older one, in force at once."""
    going = partial(_editing(request).go_back, pack, back.number, back.why, back.after)
    try:
        return _edition(await to_thread.run_sync(going))
    except NotUsable as slip:
        raise Refusal(409, str(slip)) from slip


@calls.delete("/packs/{pack}/draft", status_code=204)
@asks(Action.DRAFT_PACK, the_pack, programs=True)
async def set_aside(pack: Name, request: Request) -> None:
    """Set the draft that waits aside; without one nothing happens."""
    editing = _editing(request)
    waiting = (await to_thread.run_sync(editing.standing, pack)).draft
    if waiting is not None:
        await to_thread.run_sync(editing.set_aside, pack, waiting.number)


def _editing(request: Request) -> Editing:
    return Editing(shelf_of(request, who_of(request)), workplace_of(request).clock)


def _out(standing: Standing) -> dict[str, object]:
    draft = standing.draft.number if standing.draft else None
    number = standing.number or BUILT_IN
    return {
        "pack": standing.pack,
        "kind": kind_of(standing.pack),
        "in_force": number,
        "draft": draft,
        "newest": standing.newest,
    }


def _edition(one: Edition) -> EditionOut:
    return EditionOut(
        number=one.number,
        state=one.state,
        why=one.why,
        written_by=one.by,
        at=one.at,
        back_to=one.back_to,
        settled_by=one.settled_by,
        settled_at=one.settled_at,
    )


def _tried(tried: Tried, readable: frozenset[str]) -> TriedOut:
    return TriedOut(
        conversations=tried.conversations,
        all_of_them=tried.all_of_them,
        turns=tried.turns,
        differing=[
            DiffersOut(
                conversation=one.conversation if one.conversation in readable else None,
                turns=[_turn(turn) for turn in one.turns],
            )
            for one in tried.differing
        ],
    )


def _turn(turn: Otherwise) -> OtherwiseOut:
    return OtherwiseOut(n=turn.n, before=_words(turn.before), after=_words(turn.after))


def _words(words: Words | None) -> WordsOut | None:
    return None if words is None else WordsOut(title=words.title, says=list(words.says))
