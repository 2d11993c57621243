"""A note is drafted afresh until a person seals it; sealing is told once, in ids, and erasure and export reach it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import anyio
import pytest
from sqlalchemy import select

from levelhead import models, packs
from levelhead.casework.item import Kind
from levelhead.casework.noted import MOST_LINES, Origin, Part
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.noting import About, NotADisposition, Notes, TooMuch, clean, seems_over
from levelhead.storage import tables
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow, items_of
from levelhead.storage.library import Library
from levelhead.storage.outbox_destinations import Destinations
from tests.people import amira, mr_doyle

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SPOKEN = (
    mr_doyle("My kettle leaks and I am furious. It was order 48213.", 0),
    amira("I'm sorry that the kettle leaks. I've sent you a new one. I'll call you by five today.", 1),
    mr_doyle("All right then. Will it come in red?", 2),
)
AMIRA = uuid4()


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


@pytest.fixture
def notes(desk: Desk) -> Notes:
    for turn in SPOKEN:
        anyio.run(partial(desk.hear, turn))
    return Notes(Cases(desk.books, lambda: NOW))


def about(desk: Desk) -> About:
    conversation = SPOKEN[0].conversation
    return About(conversation, desk.books.timeline(conversation), None)


def told(books: Books, kind: str) -> list[dict[str, str]]:
    with books.shelf.reading() as connection:
        rows = connection.execute(select(tables.event.c.told).where(tables.event.c.kind == kind)).all()
    return [json.loads(row.told) for row in rows]


def test_looking_at_a_draft_keeps_nothing(desk: Desk, notes: Notes) -> None:
    stands = notes.standing(about(desk))
    assert stands.item is None
    assert {Part.THEIRS, Part.OURS, Part.AHEAD} <= {line.part for line in stands.lines}
    assert desk.cases.of_conversation(SPOKEN[0].conversation, Kind.NOTE) == ()


def test_it_is_sealed_as_it_stands_and_stays_so(desk: Desk, notes: Notes) -> None:
    before = notes.standing(about(desk)).lines
    item = notes.seal(about(desk), AMIRA)
    assert (item.state, item.body.lines, item.body.sealed_by) == ("sealed", before, AMIRA)
    assert (item.body.sealed_at, item.body.through) == (NOW, 2)
    anyio.run(partial(desk.hear, amira("Yes, and I have booked a courier for you.", 3)))
    assert notes.standing(about(desk)).lines == before
    changes: tuple[Callable[[], object], ...] = (
        lambda: notes.change(about(desk), before[0].key, "other words"),
        lambda: notes.write(about(desk), "more"),
        lambda: notes.choose(about(desk), "OTHER"),
        lambda: notes.seal(about(desk), AMIRA),
    )
    for change in changes:
        with pytest.raises(NotNow):
            change()
    assert notes.standing(about(desk)).lines == before


def test_sealing_is_told_once_and_in_ids(desk: Desk, notes: Notes, library: Library) -> None:
    Destinations(desk.books.shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOW)
    item = notes.seal(about(desk), AMIRA)
    with pytest.raises(NotNow):
        notes.seal(about(desk), AMIRA)
    seen = told(desk.books, "levelhead.note.sealed.v1")
    assert seen == [{"conversation": item.conversation, "note": str(item.id)}]


def test_what_a_person_changed_is_marked_and_what_they_struck_is_not_sealed(desk: Desk, notes: Notes) -> None:
    first, done = (
        next(line for line in notes.standing(about(desk)).lines if line.part is part)
        for part in (Part.THEIRS, Part.OURS)
    )
    notes.change(about(desk), first.key, "Kettle leaks, order 48213")
    notes.change(about(desk), done.key, "")
    notes.write(about(desk), "Neighbour takes parcels")
    lines = notes.seal(about(desk), AMIRA).body.lines
    edited = next(line for line in lines if line.key == first.key)
    assert (edited.words, edited.origin) == ("Kettle leaks, order 48213", Origin.EDITED)
    assert (lines[-1].words, lines[-1].origin, lines[-1].part) == (
        "Neighbour takes parcels",
        Origin.WRITTEN,
        Part.ADDED,
    )
    assert done.key not in [line.key for line in lines]


def test_only_what_was_shown_is_sealed(desk: Desk, notes: Notes) -> None:
    shown = tuple((line.key, line.words) for line in notes.standing(about(desk)).lines)
    anyio.run(partial(desk.hear, amira("I've also sent you a voucher of £20 and you'll get a letter tomorrow.", 3)))
    assert len(notes.standing(about(desk)).lines) > len(shown)
    assert {line.key: line.words for line in notes.seal(about(desk), AMIRA, shown).body.lines} == dict(shown)


def test_edits_survive_the_turns_that_come_after_them(desk: Desk, notes: Notes) -> None:
    key = notes.standing(about(desk)).lines[0].key
    notes.change(about(desk), key, "The kettle leaks")
    anyio.run(partial(desk.hear, amira("I've also sent you a voucher of £20.", 3)))
    lines = notes.standing(about(desk)).lines
    assert lines[0].words == "The kettle leaks"
    assert any("voucher" in line.words for line in lines)


def test_what_the_agent_writes_is_redacted(desk: Desk, notes: Notes) -> None:
    notes.write(about(desk), "Paid with 4111 1111 1111 1111")
    notes.write(about(desk), "Ring 07911 123456\n tomorrow")
    words = [line.words for line in notes.standing(about(desk)).lines[-2:]]
    assert words == ["Paid with [card number]", "Ring [phone number] tomorrow"]
    sealed = notes.seal(about(desk), AMIRA)
    added = notes.add(about(desk), AMIRA, "PIN is 4821, he said")
    assert "4821" not in added.body.addenda[-1].words
    assert added.body.lines == sealed.body.lines
    assert clean("x" * 2000) == "x" * 600


def test_an_addendum_has_a_name_and_needs_a_sealed_note(desk: Desk, notes: Notes) -> None:
    with pytest.raises(NotNow):
        notes.add(about(desk), AMIRA, "Rang again")
    notes.begin(about(desk))
    with pytest.raises(NotNow):
        notes.add(about(desk), AMIRA, "Rang again")
    notes.seal(about(desk), AMIRA)
    added = notes.add(about(desk), AMIRA, "Rang again").body.addenda
    assert [(one.by, one.words, one.at) for one in added] == [(AMIRA, "Rang again", NOW)]


def test_a_disposition_is_proposed_and_one_that_is_not_in_the_pack_is_refused(desk: Desk, notes: Notes) -> None:
    assert notes.standing(about(desk)).disposition in {one.code for one in notes.choices(about(desk))}
    assert not notes.standing(about(desk)).chosen
    with pytest.raises(NotADisposition):
        notes.choose(about(desk), "NO_SUCH_CODE")
    notes.choose(about(desk), "FAULT")
    assert notes.seal(about(desk), AMIRA).body.disposition == "FAULT"


def test_a_note_holds_so_many_lines_and_no_more(desk: Desk, notes: Notes) -> None:
    for number in range(MOST_LINES - len(notes.standing(about(desk)).lines)):
        notes.write(about(desk), f"line {number}")
    with pytest.raises(TooMuch):
        notes.write(about(desk), "one too many")


def test_where_nothing_is_shown_nothing_is_drafted_and_a_person_can_write(desk: Desk, notes: Notes) -> None:
    bare = replace(about(desk), timeline=())
    notes.write(bare, "Kettle replaced")
    sealed = notes.seal(bare, AMIRA)
    assert [line.words for line in sealed.body.lines] == ["Kettle replaced"]


def test_an_export_has_it_and_with_the_conversation_it_goes(desk: Desk, notes: Notes) -> None:
    item = notes.seal(about(desk), AMIRA)
    with desk.books.shelf.reading() as connection:
        told_of = [one for one in items_of(connection, desk.books, item.customer) if one["kind"] == "note"]
    assert told_of[0]["body"]["lines"][0]["words"] == item.body.lines[0].words
    desk.books.remove((item.conversation or "",))
    assert notes.item(item.conversation or "") is None


def test_it_is_offered_when_somebody_says_goodbye_and_not_before(desk: Desk, notes: Notes) -> None:
    assert not seems_over(about(desk).timeline)
    anyio.run(partial(desk.hear, mr_doyle("That's all, thanks, bye bye now.", 3)))
    assert seems_over(about(desk).timeline)


def test_of_who_sealed_it_nothing_is_kept_but_who(desk: Desk, notes: Notes) -> None:
    body = notes.seal(about(desk), AMIRA).body
    assert isinstance(body.sealed_by, UUID)
    assert not [
        name for name in body.__slots__ if any(word in name for word in ("score", "fault", "rating", "emotion"))
    ]
