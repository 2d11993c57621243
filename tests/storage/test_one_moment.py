"""What is read at one moment, on both databases: one transaction, one view, and nothing stale after a write."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams


@contextmanager
def begun(library: Library) -> Iterator[list[Connection]]:
    found: list[Connection] = []
    note = found.append  # A bound method is another object each time, and only the same one can be taken away again.
    event.listen(library.database.engine, "begin", note)
    yield found
    event.remove(library.database.engine, "begin", note)


def test_everything_that_is_read_at_one_moment_is_read_in_one_transaction(library: Library) -> None:
    shelf = library.shelf(library.first.id)
    with begun(library) as transactions, shelf.at_one_moment():
        for _ in range(3):
            Teams(shelf).all()
            with shelf.at_one_moment():
                People(shelf).has_admin()
    assert len(transactions) == 1


def test_what_somebody_else_writes_meanwhile_is_not_seen_before_the_moment_is_over(library: Library) -> None:
    shelf = library.shelf(library.first.id)
    with library.database.at_one_moment():
        before = library.tenants()
        Teams(shelf).add("Night", Rollout.ON)
    with shelf.at_one_moment():
        people = People(shelf).all()
        with library.database.at_one_moment():  # Of no tenant: another view, which does not end the first.
            assert library.tenants() == before
        assert People(shelf).all() is people


def test_whoever_writes_at_one_moment_reads_what_was_written(library: Library) -> None:
    shelf = library.shelf(library.first.id)
    with shelf.at_one_moment():
        known = Teams(shelf).all()
        added = Teams(shelf).add("Night", Rollout.ON)
        assert Teams(shelf).all() == (*known, added)


def test_one_tenants_moment_is_not_anothers(library: Library) -> None:
    ours, theirs = library.shelf(library.first.id), library.shelf(library.add_tenant("Kettles Ltd", "kettles").id)
    kim = People(theirs).add(new_person(theirs.tenant, "kim", "Kim", Role.AGENT))
    with ours.at_one_moment():
        assert People(ours).all() == ()
        assert People(theirs).all() == (kim,)
        assert People(ours).all() == ()
