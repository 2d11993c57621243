"""However turns arrive, late, twice or from several senders, every one is kept once and read against what was there."""

from dataclasses import replace
from uuid import UUID

import anyio
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from levelhead import packs
from levelhead.conversation import Heard, Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk, TurnTaken
from levelhead.live.hearing import make_of
from levelhead.live.replay import replay
from levelhead.storage.columns import new_id
from levelhead.storage.library import Library
from tests.people import the_late_refund

TURNS = the_late_refund()
REFUND = TURNS[0].conversation


class Arrivals(RuleBasedStateMachine):
    """The late refund, its turns in any order, with and without source ids, with restarts in between."""

    def __init__(self, database_url: str) -> None:
        super().__init__()
        self.database_url = database_url
        self.tenant: UUID | None = None  # Every run is another tenant's, so that one database serves them all.
        self.acknowledged: dict[int, Heard] = {}

    @initialize()
    def open(self) -> None:
        self.library = Library.open(self.database_url)
        self.tenant = self.tenant or self.library.add_tenant("Another run", str(new_id())).id
        self.books = self.library.of(self.tenant)
        self.desk = Desk(self.books, Bus(), None, packs.load)

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.open()

    @rule(turn=st.sampled_from(TURNS), named=st.booleans())
    def arrives(self, turn: Turn, named: bool) -> None:
        sent = replace(turn, source_id=f"msg-{turn.n}") if named else turn
        heard = anyio.run(self.desk.hear, sent)
        if turn.n in self.acknowledged:
            assert heard == self.acknowledged[turn.n]
        else:
            before = tuple(self.acknowledged[n] for n in sorted(self.acknowledged))
            assert heard == make_of(sent, before, reader=None, pack=packs.load("en-GB"))
        self.acknowledged.setdefault(turn.n, heard)

    @rule(turn=st.sampled_from(TURNS), text=st.sampled_from(["No.", "Yes."]))
    def another_turn_claims_the_number(self, turn: Turn, text: str) -> None:
        if turn.n not in self.acknowledged:
            return
        try:
            anyio.run(self.desk.hear, replace(turn, text=text))
        except TurnTaken:
            return
        raise AssertionError("a taken number was given away")

    @invariant()
    def everything_acknowledged_is_there_once(self) -> None:
        if self.acknowledged:
            assert self.books.timeline(REFUND) == tuple(self.acknowledged[n] for n in sorted(self.acknowledged))
            assert [kept.heard for kept in self.books.arrivals(REFUND)] == list(self.acknowledged.values())

    def teardown(self) -> None:
        assert not [again for again in replay(self.books, None, packs.load) if again.differences]
        self.library.close()


def test_however_turns_arrive_every_one_is_kept_once(database_url: str) -> None:
    steps = settings(max_examples=25, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(lambda: Arrivals(database_url), settings=steps)  # type: ignore[arg-type]
