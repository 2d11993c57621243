"""Gathers what a brief is made of: the profile, the conversations that somebody may read, the casework."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from functools import cache
from uuid import UUID

from levelhead.advising.history import Line
from levelhead.advising.loss import death_told
from levelhead.casework.brief import LOOKS_BACK, Brief, Loss, Past, Source, brief_of
from levelhead.casework.profile import EMPTY, Profile
from levelhead.casework.quoting import cut, spans_of
from levelhead.conversation import Span
from levelhead.live.packs_in_force import packs_of
from levelhead.storage.accounts import People
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.history import Contact, contacts_with
from levelhead.storage.holding import Holding
from levelhead.storage.keyring import KeyGone
from levelhead.storage.objections import Objections
from levelhead.storage.profiles import Profiles

MOST_READ = 12
"""Conversations that are read for a brief: it is made while somebody waits for a page."""


def brief_for(
    books: Books, customer: UUID | None, readable: Collection[str], now: datetime, conversation: str | None = None
) -> Brief:
    """The brief for the next contact with this customer, or for the one that `conversation` is.

    Only of the conversations in `readable` anything is quoted, and only their casework is told; waits on the database.
    """
    contacts = contacts_with(books.shelf, customer) if customer else ()
    lately = [one for one in contacts if now - one.at <= LOOKS_BACK and one.conversation in readable]
    past = [found for one in lately[:MOST_READ] if (found := past_of(books, one))]
    items = Cases(books).of_customer(customer) if customer else ()
    seen = [item for item in items if item.conversation is None or item.conversation in readable]
    current = next((one for one in past if one.id == conversation), None)
    return brief_of(_profile(books, customer), past, seen, now, current, _loss_told(books, past, conversation))


def _profile(books: Books, customer: UUID | None) -> Profile:
    return Profiles(books).of(customer) if customer else EMPTY


def past_of(books: Books, contact: Contact) -> Past | None:
    """The conversation with what its customer put right; None where its words can be read no more."""
    with suppress(KeyGone):
        timeline = Objections(books.shelf).shown(contact.conversation, books.timeline(contact.conversation))
        return Past(contact.conversation, contact.channel, contact.at, timeline) if timeline else None
    return None


def _loss_told(books: Books, past: Iterable[Past], current: str | None) -> Loss | None:
    """Where they told of a death first, and who answered them then if that is over."""
    pack_for = cache(packs_of(books.shelf).load)
    for talk in sorted(past, key=lambda one: one.at):
        for line in (Line(heard.turn, heard.reading) for heard in talk.timeline):
            told = death_told(line, pack_for(line.turn.locale))
            if told is not None:
                whom = "" if talk.id == current else _answered_by(books, talk.id)
                return Loss(_sentence_at(told, line.turn.text), Source(talk.id, line.turn.n), talk.at, whom)
    return None


def _sentence_at(told: Span, text: str) -> str:
    return next(cut(text[one.start : one.end].strip()) for one in spans_of(text) if told.start < one.end)


def _answered_by(books: Books, conversation: str) -> str:
    whose = Holding(books.shelf).whose(conversation)
    return People(books.shelf).one(whose.owner).shown_as if whose and whose.owner else ""
