"""The letters of a complaint: written, looked at as they would go out, and kept once somebody has sent them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from levelhead.casework.complaint import Complaint, LetterKind
from levelhead.casework.complaint_letter import Written, typed_in
from levelhead.casework.complaint_rules import Decision, RuleSet
from levelhead.casework.item import Item
from levelhead.casework.opening_hours import OpeningHours
from levelhead.conversation.dates import written
from levelhead.live.complaint_facts import facts_of, proposed
from levelhead.live.complaint_ledger import Complaints, NotWhole
from levelhead.live.speaking import written_in
from levelhead.people.permission import Action
from levelhead.storage.cases import NotNow, UnknownItem
from levelhead.storage.complaint_rules import ComplaintRules, Settled
from levelhead.web.complained import changed, the_complaint
from levelhead.web.complaint_lines import day_of
from levelhead.web.complaints_page import MOST_WORDS
from levelhead.web.forms import Form, form_of
from levelhead.web.gate import Guarded, asks
from levelhead.web.promised import cases_of
from levelhead.web.rendering import Page
from levelhead.web.ways import COMPLAINTS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, route_class=Guarded)
Asked = Annotated[Page, Depends(Page.asked_by)]
Named = Annotated[UUID, Path(alias="complaint")]


@router.get(COMPLAINTS + "/{complaint}/letters/{kind}")
@asks(Action.KEEP_COMPLAINTS, the_complaint)
async def write(named: Named, kind: LetterKind, page: Asked) -> HTMLResponse:
    """The form of a letter: only what its writer knows is asked for."""
    item = await _item(page, named, kind)
    rules = (await to_thread.run_sync(_told_in, page, item)).rules_of(item.body)
    timeline = await to_thread.run_sync(page.desk.books.timeline, item.conversation or "")
    return await _form(page, item, kind, proposed(kind, item, rules, timeline))


@router.post(COMPLAINTS + "/{complaint}/letters/{kind}")
@asks(Action.KEEP_COMPLAINTS, the_complaint)
async def look_or_send(named: Named, kind: LetterKind, request: Request, page: Asked) -> Response:
    """Show the letter as it would go out, or keep it as sent; what is missing is said, and what was typed stays."""
    form, item = await form_of(request), await _item(page, named, kind)
    typed = {name: form(name)[:MOST_WORDS] for name in form.fields}
    try:
        letter = await to_thread.run_sync(_letter, page, item, kind, form)
        if form("do") == "sent":
            await changed(request, named, lambda known: known.sent(item, letter, page.person.id, page.person.shown_as))
            return RedirectResponse(f"{COMPLAINTS}/{named}", status_code=303)
    except (NotWhole, NotNow) as refused:
        return await _form(page, item, kind, typed, refused=refused)
    return await _form(page, item, kind, typed, letter=letter, enclosed=form.all("enclosed"))


@router.get(COMPLAINTS + "/{complaint}/sent/{number}")
@asks(Action.SEE_COMPLAINTS, the_complaint)
async def sent(named: Named, number: Annotated[int, Path(ge=0)], page: Asked) -> HTMLResponse:
    """A letter as it went out."""
    complaints = Complaints(cases_of(page.request))
    item = await to_thread.run_sync(complaints.get, named)
    if number >= len(item.body.letters):
        raise UnknownItem("There is no such letter.")
    letter = item.body.letters[number]
    hours = await to_thread.run_sync(complaints.hours)
    dated = day_of(page, letter.at, hours)
    return page.answer(
        "complaint_letter.html",
        page="complaints",
        title=letter.title,
        item=item,
        letter=letter,
        note=page.words("complaint.sent_by", name=letter.name, day=dated),
        organisation=(await _settled(page)).company,
        dated=_dated(complaints.rules_of(item.body), letter.at, hours),
    )


def _dated(rules: RuleSet, at: datetime, hours: OpeningHours) -> str:
    return written(at.astimezone(hours.tz), rules.date_form, rules.locale)


def _letter(page: Page, item: Item[Complaint], kind: LetterKind, form: Form) -> Written:
    complaints = _told_in(page, item)
    typed = {name: form(name)[:MOST_WORDS] for name in form.fields}
    facts = facts_of(complaints, item, page.desk.books, typed, by=page.person.shown_as, now=page.now)
    return complaints.letter(item, kind, facts, form.all("enclosed"))


async def _form(
    page: Page,
    item: Item[Complaint],
    kind: LetterKind,
    typed: dict[str, str],
    *,
    letter: Written | None = None,
    refused: NotWhole | NotNow | None = None,
    enclosed: tuple[str, ...] = (),
) -> HTMLResponse:
    complaints = await to_thread.run_sync(_told_in, page, item)
    rules, hours = complaints.rules_of(item.body), await to_thread.run_sync(complaints.hours)
    return page.answer(
        "complaint_write.html",
        422 if refused else 200,
        page="complaints",
        title=page.words(f"complaint_letter.{kind}"),
        item=item,
        body=item.body,
        kind=kind,
        rules=rules,
        form=rules.letters[kind],
        asks=typed_in(rules.letters[kind]),
        typed=typed,
        decisions=tuple((decision, rules.decisions[decision]) for decision in Decision),
        letter=letter,
        enclosed=enclosed,
        missing=refused.fields if isinstance(refused, NotWhole) else (),
        refused=page.words.told(refused) if refused else "",
        organisation=(await _settled(page)).company,
        dated=_dated(rules, page.now, hours),
    )


def _told_in(page: Page, item: Item[Complaint]) -> Complaints:
    """The complaints with letters in the language that the customer of this one is written to in."""
    books = page.desk.books
    return Complaints(cases_of(page.request), written_in(books, books.timeline(item.conversation or "")))


async def _item(page: Page, named: UUID, kind: LetterKind) -> Item[Complaint]:
    complaints = Complaints(cases_of(page.request))
    item = await to_thread.run_sync(complaints.get, named)
    if kind not in complaints.rules_of(item.body).letters:
        raise UnknownItem("The rules that this complaint falls under have no such letter.")
    return item


async def _settled(page: Page) -> Settled:
    return await to_thread.run_sync(ComplaintRules(page.shelf).settled)
