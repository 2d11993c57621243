"""The note of the conversation that a request is about: what of it may be drafted from, and how it is told as text."""

from anyio import to_thread
from fastapi import Request

from levelhead.casework.note_text import Heading
from levelhead.conversation import Timeline
from levelhead.live.noting import About, Notes, Standing
from levelhead.people.person import Person
from levelhead.storage.accounts import People
from levelhead.storage.cases import Cases
from levelhead.web import times
from levelhead.web.gate import NotHere, who_of, whose_of
from levelhead.web.rendering import Page
from levelhead.web.seeing import sees_readings, shown_to
from levelhead.web.sheet import who_of as customer_of
from levelhead.web.workplace import workplace_of


def notes_at(request: Request) -> Notes:
    """The notes of the caller's tenant, by the clock of the house."""
    place = workplace_of(request)
    return Notes(Cases(place.desks.of(who_of(request).tenant).books, place.clock))


async def about(request: Request, conversation: str) -> tuple[About, Timeline]:
    """What a note of this conversation is drafted from, and its turns. Raises NotHere where there are none.

    Where readings are not shown to the caller, nothing is drafted; what a person writes is kept all the same.
    """
    books = workplace_of(request).desks.of(who_of(request).tenant).books
    timeline = await to_thread.run_sync(books.timeline, conversation)
    if not timeline:
        raise NotHere
    shown = await shown_to(request, timeline) if await sees_readings(request) else ()
    return About(conversation, shown, whose_of(request).team, timeline[-1].turn.locale), timeline


def heading_of(page: Page, stands: Standing, timeline: Timeline) -> Heading:
    """What stands above the note on paper and in text, in the words of whoever looks."""
    words, names = page.words, {one.id: one.shown_as for one in People(page.shelf).all()}
    who = customer_of(timeline) or words("now.unnamed")
    last = timeline[-1].turn
    zone = last.started_at.tzinfo if last.started_at else None
    under = [words("note.of", channel=words(f"channel.{last.channel}"))]
    if last.started_at:
        under = [
            words("note.of_day", channel=words(f"channel.{last.channel}"), day=times.exact(last.started_at, words))
        ]
    if stands.disposition:
        under.append(words("note.filed", name=stands.pack.named(stands.disposition)))
    body = stands.item.body if stands.item else None
    if body and body.sealed_at and body.sealed_by:
        by = names.get(body.sealed_by, words("note.somebody"))
        under.append(words("note.sealed_by", name=by, when=times.exact(body.sealed_at.astimezone(zone), words)))
    added = tuple(
        words(
            "note.added_by",
            name=names.get(one.by, words("note.somebody")),
            when=times.exact(one.at.astimezone(zone), words),
            said=one.words,
        )
        for one in (body.addenda if body else ())
    )
    return Heading(words("note.title_of", who=who), tuple(under), added)


def sealer(request: Request) -> Person:
    """The person who confirms or adds by name. Raises NotHere for a program: people decide."""
    who = who_of(request)
    if not isinstance(who, Person):
        raise NotHere
    return who
