"""The page *Complaints*: what is at risk, nearest limit first; one of them with its limits, letters and history."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.complaint import COMPLAINT, STANDING, Complaint, ComplaintState, LetterKind
from levelhead.casework.complaint_clock import may_write
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.item import Item, Kind
from levelhead.live.bus import EVERYTHING
from levelhead.live.complaint_ledger import Complaints, NotWhole
from levelhead.people.permission import Action, may, reach_of
from levelhead.people.sight import Sight, sight_of
from levelhead.storage.cases import NotNow
from levelhead.web import times
from levelhead.web.complained import changed, complaints_for, in_talk, the_complaint
from levelhead.web.complaint_lines import ComplaintLine, day_of, due_lines, line_of, lines_of, over_weeks
from levelhead.web.forms import BadForm, Form, form_of
from levelhead.web.gate import Guarded, asks, whose_of
from levelhead.web.promised import cases_of
from levelhead.web.regions import Regions
from levelhead.web.rendering import Page, here_of
from levelhead.web.streams import stream
from levelhead.web.things import conversation as the_conversation
from levelhead.web.things import own
from levelhead.web.ways import COMPLAINTS

MOST_WORDS = 4_000
COUNTED_FOR = timedelta(days=28)
"""Answers to the question are counted for so long, never by who answered."""
SETTLED = 20
"""Closed ones that the list still shows, for whoever takes one up again."""

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="complaint")]
Change = Callable[[Complaints], Item[Complaint]]
keeps = asks(Action.KEEP_COMPLAINTS, the_complaint)


class Do(StrEnum):
    """What a person does about a complaint, beside its letters."""

    YES = "yes"
    NO = "no"
    UNDO = "undo"
    RULES = "rules"
    ASSESS = "assess"
    INVESTIGATE = "investigate"
    PAUSE = "pause"
    RESUME = "resume"
    DEADLOCK = "deadlock"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


@router.get(COMPLAINTS)
@asks(Action.SEE_COMPLAINTS, own)
async def complaints_page(page: Asked) -> HTMLResponse:
    """Every complaint that one has to see to, or one's team."""
    shown = await to_thread.run_sync(_listed, page)
    return page.answer("complaints.html", page="complaints", title=page.words("complaint.title"), **shown)


@router.get(f"{COMPLAINTS}/stream")
@asks(Action.SEE_COMPLAINTS, own)
async def complaints_stream(request: Request) -> Response:
    """The live updates of the list."""

    async def regions() -> Regions:
        page = Page.asked_by(request)
        shown = await to_thread.run_sync(_listed, page)
        names = {"count": "complaints_count", "list": "complaints_list", "trouble": "trouble"}
        return Regions({name: page.render(f"regions/{file}.html", **shown) for name, file in names.items()})

    return stream(request, Page.asked_by(request).desk.bus, EVERYTHING, regions)


@router.get(COMPLAINTS + "/{complaint}")
@asks(Action.SEE_COMPLAINTS, the_complaint)
async def one(named: Named, page: Asked) -> HTMLResponse:
    """One complaint."""
    return await _one(page, named)


@router.post(COMPLAINTS + "/{complaint}")
@keeps
async def do(named: Named, request: Request, page: Asked) -> Response:
    """Take a step; what is missing is said beside the form, and what was typed stays."""
    form = await form_of(request)
    if form("do") not in set(Do):
        raise BadForm
    try:
        await changed(request, named, change_of(Do(form("do")), named, form, page.person.id))
    except (NotWhole, NotNow) as refused:
        if "hx-request" in request.headers:
            raise
        return await _one(page, named, page.words.told(refused), form, 422)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    to_list = form("back") == "list"
    return RedirectResponse(COMPLAINTS if to_list else f"{COMPLAINTS}/{named}", status_code=303)


@router.post("/conversations/{conversation:path}/complaint")
@asks(Action.KEEP_COMPLAINTS, the_conversation)
async def answer(conversation: str, request: Request, page: Asked) -> Response:
    """Answer the one question beside a conversation: yes, no, taken back; or say that the customer complains."""
    form = await form_of(request)
    if form("do") not in (Do.YES, Do.NO, Do.UNDO):
        raise BadForm
    complaints, whose = Complaints(cases_of(request)), whose_of(request)
    known = await to_thread.run_sync(complaints.of, conversation)
    if known is not None:
        await changed(request, known.id, change_of(Do(form("do")), known.id, form, page.person.id))
    elif form("do") == Do.YES:
        opening = partial(complaints.heard_in, page.desk.books, conversation, whose.team, page.person.id)
        await in_talk(request, conversation, opening)
    if "hx-request" in request.headers:
        return Response(status_code=204)
    return RedirectResponse(here_of(conversation), status_code=303)


def change_of(do: Do, named: UUID, form: Form, by: UUID) -> Change:
    """What this form does to a complaint; `by` is who sends it."""

    def said(name: str) -> str:
        return form(name).strip()[:MOST_WORDS]

    changes: dict[Do, Change] = {
        Do.YES: lambda known: known.confirm(named, by),
        Do.NO: lambda known: known.dismiss(named),
        Do.UNDO: lambda known: known.take_back(named),
        Do.RULES: lambda known: known.fall_under(named, said("rules")),
        Do.ASSESS: lambda known: known.assess(named, said("why")),
        Do.INVESTIGATE: lambda known: known.investigate(named, said("findings"), said("done")),
        Do.PAUSE: lambda known: known.pause(named, said("why")),
        Do.RESUME: lambda known: known.resume(named),
        Do.DEADLOCK: lambda known: known.deadlock(named, said("why")),
        Do.CLOSE: lambda known: known.close(named, said("cause")),
        Do.WITHDRAW: lambda known: known.withdraw(named, said("why"), said("cause")),
        Do.REOPEN: lambda known: known.reopen(named),
    }
    return changes[do]


def _listed(page: Page) -> dict[str, object]:
    cases = cases_of(page.request)
    see = partial(complaints_for, page.person, cases)
    asked = lines_of(page, see((ComplaintState.PROPOSED,)))
    lines = lines_of(page, see(STANDING))
    ended = sorted(see((ComplaintState.CLOSED,)), key=lambda item: item.changed_at, reverse=True)[:SETTLED]
    since = page.now - COUNTED_FOR
    said_no = len(
        cases.standing(
            Kind.COMPLAINT, (ComplaintState.NOT_ONE,), sight=sight_of(page.person) or Sight(), changed_after=since
        )
    )
    said_yes = sum(item.opened_at > since for item in see((*STANDING, ComplaintState.CLOSED)))
    keeps_any = reach_of(page.person, Action.KEEP_COMPLAINTS) is not None
    return {
        "asked": asked,
        "lines": lines,
        "ended": lines_of(page, ended),
        "weeks": over_weeks(lines),
        "at_limit": sum(line.at_limit for line in lines),
        "answers": (said_yes, said_no),
        "keeps": keeps_any,
    }


async def _one(page: Page, named: UUID, refused: str = "", form: Form | None = None, status: int = 200) -> HTMLResponse:
    shown = await to_thread.run_sync(_shown, page, named)
    typed = {name: values[-1] for name, values in form.fields.items()} if form else {}
    return page.answer("complaint.html", status, page="complaints", refused=refused, typed=typed, **shown)


def _shown(page: Page, named: UUID) -> dict[str, object]:
    cases = cases_of(page.request)
    known = Complaints(cases)
    item, hours = known.get(named), known.hours()
    line, rules, state = line_of(page, item), known.rules_of(item.body), ComplaintState(item.state)
    standing = state in STANDING
    letters = [kind for kind in LetterKind if standing and may_write(kind, item.body, rules, hours, page.now)]
    return {
        "title": line.who,
        "item": item,
        "body": item.body,
        "line": line,
        "state": state,
        "rules": rules,
        "choice": known.chosen() if not item.body.letters else (),
        "dues": due_lines(page, item) if standing else (),
        "letters": letters,
        "next_letter": _next_letter(state, item.body, letters, line),
        "moves": COMPLAINT.moves(state),
        "keeps": may(page.person, Action.KEEP_COMPLAINTS, whose_of(page.request)),
        "sent": [(n, letter, day_of(page, letter.at, hours)) for n, letter in enumerate(item.body.letters)],
        "history": [
            (change, times.when(change.at.astimezone(hours.tz), page.now, page.words))
            for change in cases.changes(named)
        ],
        "is_old": rules.is_old(page.now),
    }


def _next_letter(
    state: ComplaintState, body: Complaint, letters: list[LetterKind], line: ComplaintLine
) -> LetterKind | None:
    """The letter that is the one thing to do now, where it is a letter."""
    if line.at_limit and line.next and line.next.duty is Duty.ADR_LETTER:
        wanted = LetterKind.ADR
    elif state in (ComplaintState.OPEN, ComplaintState.REOPENED) and not body.letters:
        wanted = LetterKind.ACKNOWLEDGEMENT
    elif state is ComplaintState.DEADLOCK and not body.sent(LetterKind.ADR):
        wanted = LetterKind.ADR
    elif state is ComplaintState.INVESTIGATED:
        wanted = LetterKind.FINAL_RESPONSE
    else:
        return None
    return wanted if wanted in letters else None
