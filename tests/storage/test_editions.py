"""Editions of packs: added to, put in force one after the other, gone back to, and never changed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from levelhead.casework.edition import BUILT_IN, EditionState, draft, in_force
from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit import Audit
from levelhead.storage.books import Books
from levelhead.storage.editions import Editions, Overtaken, UnknownEdition
from levelhead.storage.library import Library

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HELP = "help.en-GB"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def editions(books: Books) -> Editions:
    return Editions(books.shelf, Clock())


def states(editions: Editions) -> list[tuple[int, EditionState]]:
    return [(one.number, one.state) for one in editions.of(HELP)]


def test_an_edition_is_drafted_put_in_force_and_replaced_by_the_next(editions: Editions, books: Books) -> None:
    assert (editions.of(HELP), editions.standing()) == ((), {})
    first = editions.write(HELP, "one", "Shorter.", after=BUILT_IN)
    assert (first.number, first.state, first.why, first.at) == (
        1,
        EditionState.DRAFT,
        "Shorter.",
        NOW + timedelta(minutes=1),
    )
    assert editions.standing() == {}, "a draft counts for nothing"
    settled = editions.put_in_force(HELP, 1)
    assert (settled.settled_by, settled.settled_at) == (first.by, NOW + timedelta(minutes=2))
    assert editions.standing()[HELP].number == 1
    second = editions.write(HELP, "two", "", after=1)
    editions.put_in_force(HELP, 2)
    assert states(editions) == [(2, EditionState.IN_FORCE), (1, EditionState.REPLACED)]
    assert editions.text_of(editions.standing()[HELP].edition) == "two"
    assert editions.text_of(first.id) == "one", "an older text stays as it was"
    told = [(row.deed, row.subject) for row in reversed(Audit(books.shelf).latest(10))]
    assert told == [
        (Deed.PACK_DRAFTED, f"{HELP}:1"),
        (Deed.PACK_SETTLED, f"{HELP}:1"),
        (Deed.PACK_DRAFTED, f"{HELP}:2"),
        (Deed.PACK_SETTLED, f"{HELP}:2"),
    ]
    assert editions.everything()[0] == in_force(editions.of(HELP))
    assert second.id == editions.of(HELP)[0].id


def test_a_new_draft_takes_the_place_of_the_one_that_waited_and_nothing_is_lost(editions: Editions) -> None:
    first = editions.write(HELP, "one", "", after=0)
    editions.write(HELP, "two", "", after=1)
    assert states(editions) == [(2, EditionState.DRAFT), (1, EditionState.SET_ASIDE)]
    assert editions.text_of(first.id) == "one"
    waiting = draft(editions.of(HELP))
    assert waiting is not None
    assert waiting.number == 2
    assert editions.set_aside(HELP, 2).ended_at is not None
    assert draft(editions.of(HELP)) is None
    with pytest.raises(Overtaken):
        editions.put_in_force(HELP, 2)


def test_who_has_not_seen_the_newest_edition_is_told_so(editions: Editions) -> None:
    editions.write(HELP, "one", "", after=0)
    with pytest.raises(Overtaken, match="in the meantime"):
        editions.write(HELP, "mine", "", after=0)
    with pytest.raises(Overtaken):
        editions.go_back(HELP, 0, "built in", "", after=0)
    with pytest.raises(UnknownEdition):
        editions.put_in_force(HELP, 9)


def test_going_back_is_a_new_edition_with_the_old_text(editions: Editions) -> None:
    for number in (1, 2):
        editions.write(HELP, f"text {number}", "", after=number - 1)
        editions.put_in_force(HELP, number)
    back = editions.go_back(HELP, 1, "text 1", "It confused people.", after=2)
    assert (back.number, back.back_to, back.state) == (3, 1, EditionState.IN_FORCE)
    assert editions.text_of(editions.standing()[HELP].edition) == "text 1"
    assert states(editions)[1] == (2, EditionState.REPLACED)
    editions.go_back(HELP, BUILT_IN, "built in", "", after=3)
    assert editions.standing() == {}, "the pack that comes with Levelhead counts again, also that of a later version"
    assert in_force(editions.of(HELP)) is None


def test_no_tenant_sees_the_editions_of_another(editions: Editions, library: Library) -> None:
    made = editions.write(HELP, "one", "", after=0)
    editions.put_in_force(HELP, 1)
    other = library.add_tenant("Other", "other")
    theirs = Editions(library.shelf(other.id))
    assert (theirs.standing(), theirs.of(HELP)) == ({}, ())
    with pytest.raises(UnknownEdition):
        theirs.text_of(made.id)
    with library.shelf(other.id).reading() as connection:
        assert connection.execute(select(tables.pack_edition)).all() == []
