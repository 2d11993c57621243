"""The demo's past comes about as it would have in use: by the desk, its people and its clocks, and not by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import anyio
import pytest
from structlog.testing import capture_logs

from levelhead import models, packs
from levelhead.casework.boundary import BoundaryState
from levelhead.casework.item import Item, Kind
from levelhead.casework.noted import NoteState
from levelhead.casework.plan import OPEN, PlanState
from levelhead.casework.promise import PromiseState
from levelhead.casework.survey import Survey, SurveyState
from levelhead.conversation import Channel
from levelhead.demo.furnishing import HOURS
from levelhead.demo.history import FRESH, History, Progress
from levelhead.demo.past import PREFIX, Past, load_past
from levelhead.live.bus import Bus
from levelhead.live.demo_people import demo_people, demo_staff, demo_tenant
from levelhead.live.desk import Desk
from levelhead.live.editing import Editing
from levelhead.live.planning import Plans
from levelhead.people.person import Role
from levelhead.storage.articles import Articles
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases
from levelhead.storage.complaint_rules import ComplaintRules
from levelhead.storage.history import contacts_with
from levelhead.storage.library import Library
from levelhead.storage.opening_hours import Opening
from levelhead.storage.tokens import Tokens

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
SEVERAL = frozenset({"short-047", "short-001", "telecom-gb-008", "short-056", "plain-020", "write2-027", "short-002"})
ENDED = frozenset({"ride-us-002"})
"""This contact is ended for abuse."""


class Written(NamedTuple):
    """A past that was written, and what was logged meanwhile."""

    library: Library
    books: Books
    desk: Desk
    talks: tuple[Past, ...]
    logged: list[str]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """A few conversations of the past, read by the model as they are in the demo."""
    library = Library.open(f"sqlite:///{tmp_path_factory.mktemp('past') / 'levelhead.db'}")
    tenant = demo_tenant(library)
    books = library.of(tenant.id)
    desk = Desk(books, Bus(), models.load(), packs.load)
    talks = tuple(one for one in load_past() if one.id.removeprefix(PREFIX) in SEVERAL | ENDED)
    with capture_logs() as lines:
        anyio.run(History(desk, library, Progress(), lambda: NOW, pause_s=0).write, talks)
    yield Written(library, books, desk, talks, [str(line) for line in lines])
    library.close()


def test_no_deed_of_it_was_refused(written: Written) -> None:
    assert written.logged == []


def test_every_conversation_is_there_whole_and_was_heard_when_it_was_said(written: Written) -> None:
    assert set(written.books.conversation_ids()) == {one.id for one in written.talks}
    for one in written.talks:
        timeline = written.books.timeline(one.id)
        assert [heard.turn.n for heard in timeline] == list(range(len(one.said)))
        assert any(heard.reading.of_customer for heard in timeline)
    for glance in written.books.conversations():
        said_at = glance.last_turn.said_at
        assert said_at is not None
        assert glance.last_heard_at == said_at
        assert glance.last_heard_at < NOW


def test_what_was_done_was_done_in_the_past_and_in_its_order(written: Written) -> None:
    cases = Cases(written.books)
    items = [item for one in written.talks for item in cases.of_conversation(one.id)]
    assert items
    for item in items:
        moments = [change.at for change in cases.changes(item.id)]
        assert moments == sorted(moments)
        assert moments[-1] <= NOW


def test_notes_are_sealed_by_who_held_the_conversation(written: Written) -> None:
    cases, agents = Cases(written.books), {person.id for person in demo_staff(written.library).values()}
    notes = [item for one in written.talks for item in cases.of_conversation(one.id, Kind.NOTE)]
    assert notes
    assert all(item.state == NoteState.SEALED and item.body.sealed_by in agents for item in notes)


def test_customers_answer_their_surveys_by_the_link_in_their_mail(written: Written) -> None:
    answered = [item for item in _surveys(written) if item.state == SurveyState.ANSWERED]
    assert answered
    for item in answered:
        assert item.body.links
        assert item.body.answers is not None
        assert item.body.asked_at is not None
        assert item.body.asked_at < item.body.answers.at <= NOW


def test_nobody_whose_contact_was_ended_for_abuse_is_asked(written: Written) -> None:
    cases = Cases(written.books)
    for name in ENDED:
        (boundary,) = cases.of_conversation(PREFIX + name, Kind.BOUNDARY)
        assert boundary.state == BoundaryState.ENDED
        assert boundary.customer not in {item.customer for item in _surveys(written)}


def test_promises_were_looked_at_by_somebody(written: Written) -> None:
    cases = Cases(written.books)
    promises = [item for one in written.talks for item in cases.of_conversation(one.id, Kind.PROMISE)]
    assert promises
    assert all(item.body.confirmed or item.state == PromiseState.WITHDRAWN for item in promises)


def test_the_team_is_one_of_eight_and_one_of_each_role_can_be_looked_at(written: Written) -> None:
    assert len(demo_staff(written.library)) == 8
    assert [person.role for person in demo_people(written.library)] == list(Role)
    agents = [person for person in demo_staff(written.library).values() if person.role is Role.AGENT]
    assert len(agents) == 3


def test_the_team_has_hours_rules_for_complaints_and_articles(written: Written) -> None:
    shelf = written.books.shelf
    assert Opening(shelf).hours() == HOURS
    assert ComplaintRules(shelf).settled().company
    assert len(Articles(shelf).all()) >= 8


def test_a_pack_is_edited_and_a_draft_of_another_waits(written: Written) -> None:
    editing = Editing(written.books.shelf)
    assert editing.standing("remedies.en-GB").in_force is not None
    assert editing.standing("en-GB").draft is not None


def _surveys(written: Written) -> list[Item[Survey]]:
    cases = Cases(written.books)
    return [item for one in written.talks for item in cases.of_conversation(one.id, Kind.SURVEY)]


def test_programs_of_the_house_have_tokens_one_of_which_has_ended(written: Written) -> None:
    tokens = Tokens(written.books.shelf).all()
    assert [token.ended_at is None for token in tokens] == [True, True, False]
    assert all(token.made_by == demo_staff(written.library)["alex"].id for token in tokens)


def test_nothing_of_it_reaches_another_tenant(written: Written) -> None:
    assert written.library.of(written.library.first.id).conversation_ids() == ()


def test_a_fresh_past_is_left_alone_and_one_that_stopped_or_is_old_is_written_anew(tmp_path: Path) -> None:
    library = Library.open(f"sqlite:///{tmp_path / 'levelhead.db'}")
    desk = Desk(library.of(demo_tenant(library).id), Bus(), None, packs.load)
    one, other = [one for one in load_past() if one.channel is Channel.SOCIAL and one.week == 0][:2]
    progress = Progress()

    def write(past: Past, now: datetime) -> tuple[str, ...]:
        anyio.run(History(desk, library, progress, lambda: now, pause_s=0).write, (past,))
        return desk.books.conversation_ids()

    try:
        anyio.run(desk.hear, next(other.turns(other.began(NOW))))
        assert write(one, NOW) == (one.id,)
        assert write(other, NOW + FRESH / 2) == (one.id,)
        assert write(other, NOW + FRESH + timedelta(hours=1)) == (other.id,)
        assert progress.share == 1.0
    finally:
        library.close()


@pytest.mark.parametrize("now", [NOW, NOW - timedelta(days=2, hours=-4), NOW + timedelta(days=3)])
def test_there_is_a_plan_at_every_stage(tmp_path: Path, now: datetime) -> None:
    library = Library.open(f"sqlite:///{tmp_path / 'levelhead.db'}")
    desk = Desk(library.of(demo_tenant(library).id), Bus(), None, packs.load)
    talks = load_past()
    contacts = Counter(one.customer for one in talks)
    back = tuple(one for one in talks if contacts[one.customer] > 1)
    try:
        with capture_logs() as logged:
            anyio.run(History(desk, library, Progress(), lambda: now, pause_s=0).write, back)
        assert logged == []
        plans = Plans(desk.books, lambda: now)
        found = (*plans.open(), *plans.over())
        assert {PlanState(item.state) for item in found} == {*OPEN, PlanState.REFUSED, PlanState.ENDED}
        assert any(item.body.former and item.body.letter for item in found)
        assert all(item.body.adjustments and item.body.reason for item in found)
    finally:
        library.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_it_is_written_on_postgresql_too(library: Library) -> None:
    desk = Desk(library.of(demo_tenant(library).id), Bus(), None, packs.load)
    back = [one for one in load_past() if one.customer == "Rav Chana"]
    anyio.run(History(desk, library, Progress(), lambda: NOW, pause_s=0).write, tuple(back))
    assert set(desk.books.conversation_ids()) == {one.id for one in back}
    customer = next(iter(Cases(desk.books).of_conversation(back[0].id))).customer
    assert len(contacts_with(desk.books.shelf, customer)) == len(back)
