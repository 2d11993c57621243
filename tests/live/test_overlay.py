"""The desk advises under what a team has settled, names it, and replay follows; a mute changes what is told alone."""

from uuid import UUID

import anyio
import pytest

from levelhead import models, packs
from levelhead.advising.overlay import How, numbers_in
from levelhead.casework.teaching import Counted, Proposal
from levelhead.conversation import CardKind, Heard
from levelhead.live.bus import Bus
from levelhead.live.desk import CardAnswer, Desk, UnknownCard
from levelhead.live.events import Kind
from levelhead.live.replay import replay
from levelhead.people.person import Whose
from levelhead.people.team import Rollout
from levelhead.storage.books import Books
from levelhead.storage.library import Library
from levelhead.storage.muting import Muting
from levelhead.storage.outbox import Outbox
from levelhead.storage.outbox_destinations import Destinations
from levelhead.storage.teaching import Teaching
from levelhead.storage.teams import Teams
from tests.clocks import NOON
from tests.people import mr_doyle

ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."


@pytest.fixture
def team(books: Books) -> UUID:
    return Teams(books.shelf).add("returns", Rollout.ON).id


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(models.FOLDER), packs.load)


def hear(desk: Desk, team: UUID, text: str = ANGRY, n: int = 0, conversation: str = "the-kettle") -> Heard:
    whose = Whose(desk.books.tenant, team)
    return anyio.run(desk.hear, mr_doyle(text, n, conversation=conversation), whose)


def differing(desk: Desk) -> list[object]:
    return [again for again in replay(desk.books, desk.reader, packs.load) if again.differences]


def rule_of(heard: Heard) -> str:
    assert heard.advice.card is not None
    return heard.advice.card.rule


def silence(rule: str) -> Proposal:
    return Proposal(How.SILENT, rule, 0, Counted(rule, CardKind.ACKNOWLEDGE, 0, 0, 9, 9), None)


def test_what_a_team_approves_counts_from_the_next_turn_and_replay_knows_which_counted_when(
    desk: Desk, team: UUID
) -> None:
    before = hear(desk, team)
    rule = rule_of(before)
    made = Teaching(desk.books.shelf).approve(team, silence(rule))
    under = hear(desk, team, conversation="another")
    assert under.advice.card is None or under.advice.card.rule != rule
    assert numbers_in(under.advice.pack) == (made.adjustment.number,)
    elsewhere = hear(desk, Teams(desk.books.shelf).add("billing", Rollout.ON).id, conversation="a-third")
    assert rule_of(elsewhere) == rule
    Teaching(desk.books.shelf).end(made.id)
    assert rule_of(hear(desk, team, conversation="a-fourth")) == rule
    assert differing(desk) == []


def test_a_held_out_card_is_kept_with_its_turn_and_neither_shown_told_nor_answered(
    desk: Desk, team: UUID, library: Library
) -> None:
    Destinations(desk.books.shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOON)
    Teaching(desk.books.shelf).hold_out(team, 100)
    advice = hear(desk, team).advice
    assert advice.held_out is not None
    assert (advice.card, advice.showing) == (None, None)
    assert Kind.CARD_SHOWN not in told(desk)
    with pytest.raises(UnknownCard):
        anyio.run(desk.answer, "the-kettle", advice.held_out.id, CardAnswer.WRONG)
    desk.books.forget(["the-kettle"])
    assert desk.books.timeline("the-kettle")[0].advice == advice
    assert differing(desk) == []


def test_a_muted_card_is_advised_all_the_same_and_nobody_is_told_of_it(
    desk: Desk, team: UUID, library: Library
) -> None:
    hear(desk, team, "Hello?", conversation="the-kettle")
    Destinations(desk.books.shelf, library.vault).add("https://helpdesk.example.com/hooks", [], "whsec_AAAA", NOON)
    Muting(desk.books.shelf).mute("the-kettle", muted=True)
    assert hear(desk, team, n=1).advice.card is not None
    assert Kind.CARD_SHOWN not in told(desk)
    hear(desk, team, conversation="another")
    assert Kind.CARD_SHOWN in told(desk)
    assert differing(desk) == []


def test_an_answer_counts_for_the_rule_of_its_card(desk: Desk, team: UUID) -> None:
    heard = hear(desk, team)
    assert heard.advice.card is not None
    anyio.run(desk.answer, "the-kettle", heard.advice.card.id, CardAnswer.WRONG)
    (counted,) = Teaching(desk.books.shelf).counted(team, NOON.replace(year=2020))
    assert (counted.rule, counted.kind, counted.wrong) == (rule_of(heard), heard.advice.card.kind, 1)


def told(desk: Desk) -> list[str]:
    return [lying.event.kind for lying in Outbox(desk.books.shelf).listed()]
