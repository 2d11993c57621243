"""Abuse proposes and people decide: what turns do to the boundary of their conversation."""

from dataclasses import replace
from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.boundary import Boundary, BoundaryState, Rung
from levelhead.casework.item import Item
from levelhead.conversation import Abuse, Turn
from levelhead.live.bounds import Bounds
from levelhead.live.bus import Bus
from levelhead.live.climbing import boundaries, boundary_of
from levelhead.live.desk import Desk
from levelhead.live.happened import Happened
from levelhead.people.person import Whose
from levelhead.people.team import Rollout
from levelhead.storage.books import Books
from levelhead.storage.cases import NotNow
from levelhead.storage.columns import new_id
from levelhead.storage.outbox import Outbox
from levelhead.storage.teams import Teams
from tests.people import amira, mr_doyle

REFUND = "the-late-refund"
INSULT, MORE, THREAT = "You are a useless idiot.", "You stupid moron.", "I will come to your office and hurt you."


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


@pytest.fixture
def bounds(desk: Desk) -> Bounds:
    return Bounds(desk.books, desk.cases)


def heard(desk: Desk, *turns: Turn, whose: Whose | None = None) -> None:
    for turn in turns:
        anyio.run(partial(desk.hear, turn, whose))


def boundary(desk: Desk) -> Item[Boundary]:
    found = boundary_of(desk.cases, REFUND)
    assert found is not None
    return found


def test_an_insult_proposes_to_name_it_and_decides_nothing(desk: Desk) -> None:
    heard(desk, amira("Hello.", 0), mr_doyle(INSULT, 1))
    found = boundary(desk)
    assert (found.state, found.body.due) == (BoundaryState.NOTICED, Rung.NAMING)
    (seen,) = found.body.seen
    assert (seen.n, seen.abuse) == (1, Abuse.INSULT)
    assert seen.words in INSULT
    (change,) = desk.cases.changes(found.id)
    assert change.reason.evidence[0].words == seen.words


@pytest.mark.parametrize("said", ["This f***ing kettle is broken.", "I'm furious about this.", "Where is my refund?"])
def test_anger_and_swearing_at_the_fault_open_nothing(desk: Desk, said: str) -> None:
    heard(desk, mr_doyle(said, 0), mr_doyle(said, 1))
    assert boundary_of(desk.cases, REFUND) is None


def test_a_threat_begins_with_the_final_warning_and_a_second_one_may_be_ended(desk: Desk) -> None:
    heard(desk, mr_doyle(THREAT, 0))
    assert boundary(desk).body.due is Rung.FINAL_WARNING
    heard(desk, mr_doyle(THREAT, 1))
    assert boundary(desk).body.due is Rung.ENDING


def test_where_a_life_is_at_stake_nobody_is_told_off(desk: Desk) -> None:
    heard(desk, mr_doyle("I want to kill myself.", 0), mr_doyle(INSULT, 1))
    assert boundary_of(desk.cases, REFUND) is None


def test_what_the_agent_says_counts_and_the_next_rung_is_proposed_after_more_abuse(desk: Desk, bounds: Bounds) -> None:
    heard(desk, mr_doyle(INSULT, 0))
    bounds.said(REFUND, Rung.NAMING)
    assert (boundary(desk).state, boundary(desk).body.due) == (BoundaryState.NAMED, None)
    heard(desk, mr_doyle(MORE, 1))
    assert boundary(desk).body.due is Rung.WARNING
    assert [seen.n for seen in boundary(desk).body.seen] == [0, 1]


def test_what_nothing_calls_for_is_refused(desk: Desk, bounds: Bounds) -> None:
    heard(desk, mr_doyle(INSULT, 0))
    with pytest.raises(NotNow, match="not due"):
        bounds.said(REFUND, Rung.FINAL_WARNING)
    with pytest.raises(NotNow, match="final warning"):
        bounds.end(REFUND)
    assert boundary(desk).state == BoundaryState.NOTICED


def test_an_apology_calms_it_and_the_next_insult_begins_at_the_bottom(desk: Desk, bounds: Bounds) -> None:
    heard(desk, mr_doyle(INSULT, 0))
    bounds.said(REFUND, Rung.NAMING)
    heard(desk, mr_doyle("Sorry I shouted at you, I was rude.", 1))
    assert boundary(desk).state == BoundaryState.CALMED
    heard(desk, mr_doyle(MORE, 2))
    assert (boundary(desk).state, boundary(desk).body.due) == (BoundaryState.NOTICED, Rung.NAMING)
    assert len(boundary(desk).body.seen) == 2


def test_some_turns_without_abuse_calm_it_too(desk: Desk) -> None:
    calm = ("Right. The order number is 48213.", "It was sent on Monday.", "Fine. Go on then.")
    heard(desk, mr_doyle(INSULT, 0), *(mr_doyle(said, n) for n, said in enumerate(calm[:2], 1)))
    assert boundary(desk).state == BoundaryState.NOTICED
    heard(desk, mr_doyle(calm[2], 3))
    assert boundary(desk).state == BoundaryState.CALMED


def test_distress_waits_to_be_asked_about_and_the_agents_words_are_the_evidence(desk: Desk, bounds: Bounds) -> None:
    heard(desk, mr_doyle(f"My husband died last week and I can't cope. {INSULT}", 0))
    heard(desk, mr_doyle(THREAT, 1))
    assert boundary(desk).body.distress == 0
    with pytest.raises(NotNow, match="Ask first"):
        bounds.said(REFUND, Rung.FINAL_WARNING)
    asked = "I'm so sorry about your husband. What would help you most right now?"
    heard(desk, amira(asked, 2))
    assert (boundary(desk).body.distress, boundary(desk).body.asked) == (None, (2,))
    assert desk.cases.changes(boundary(desk).id)[-1].reason.evidence[0].words == asked
    bounds.said(REFUND, Rung.FINAL_WARNING)


def test_an_ended_contact_is_told_to_the_outside_and_stays_ended(desk: Desk, bounds: Bounds, books: Books) -> None:
    heard(desk, mr_doyle(THREAT, 0), mr_doyle(THREAT, 1))
    bounds.end(REFUND)
    heard(desk, mr_doyle(THREAT, 2))
    assert boundary(desk).state == BoundaryState.ENDED
    assert boundary(desk).body.told
    assert len(boundary(desk).body.seen) == 2


def test_a_turn_is_not_refused_because_somebody_has_just_decided(desk: Desk, bounds: Bounds) -> None:
    heard(desk, mr_doyle(THREAT, 0), mr_doyle(THREAT, 1))
    *before, last = desk.books.timeline(REFUND)
    turn = replace(last, turn=replace(last.turn, n=2))
    writes = tuple(boundaries(Happened(turn, (*before, last), None, None, desk.pack_for("en-GB")), desk.cases))
    bounds.end(REFUND)
    desk.cases.write(*writes)
    assert (boundary(desk).state, len(boundary(desk).body.seen)) == (BoundaryState.ENDED, 2)


def test_a_late_turn_proposes_nothing(desk: Desk) -> None:
    heard(desk, mr_doyle("Hello.", 5), mr_doyle(INSULT, 2))
    assert boundary_of(desk.cases, REFUND) is None


def test_of_a_team_in_shadow_nothing_is_proposed(desk: Desk, books: Books) -> None:
    team = Teams(books.shelf).add("Returns", Rollout.SHADOW)
    heard(desk, mr_doyle(INSULT, 0), whose=Whose(books.tenant, team.id, new_id()))
    assert boundary_of(desk.cases, REFUND) is None


def test_the_supervisor_is_told_once(desk: Desk, bounds: Bounds, books: Books) -> None:
    heard(desk, mr_doyle(INSULT, 0))
    bounds.tell_supervisor(REFUND)
    bounds.tell_supervisor(REFUND)
    assert boundary(desk).body.told
    assert [change.move for change in desk.cases.changes(boundary(desk).id)] == ["notice", "tell"]
    assert Outbox(books.shelf).standing().dead == 0
