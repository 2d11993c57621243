"""Whatever is tried with casework of any kind, in any order: only its table moves it, and no words are lost."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from levelhead.casework.arrangement import Signed
from levelhead.casework.boundary import BOUNDARY, BoundaryMove, BoundaryState, Rung, Seen, begun
from levelhead.casework.complaint import COMPLAINT, Complaint, ComplaintMove, ComplaintState
from levelhead.casework.handover import HANDOVER, Called, HandoverMove, HandoverState
from levelhead.casework.item import Change, Evidence, Kind, Reason
from levelhead.casework.machine import Machine
from levelhead.casework.promise import PROMISE, Promised, PromiseMove, PromiseState
from levelhead.casework.remedy import REMEDY, Remedied, RemedyMove, RemedyState
from levelhead.casework.remedy_options import Facts
from levelhead.casework.restriction import RESTRICTION, Restriction, RestrictionMove, RestrictionState, Way
from levelhead.conversation import Abuse
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from tests.storage.customers import keep_said, planted

TALK = "the-late-refund"
NOON = datetime(2025, 3, 6, 12, tzinfo=UTC)
SAID = Evidence(TALK, 2, "I will find you")
RESTRICTED = Restriction(
    way=Way.IN_WRITING,
    meaning="Please write to us.",
    reason="Threats on two calls.",
    adjustments="None is needed.",
    still="Write to PO Box 7.",
    appeal_to="Head of service.",
    evidence=(SAID,),
    proposed=Signed(UUID(int=1), "Amira", NOON),
    expires_at=NOON + timedelta(days=90),
    review_at=NOON + timedelta(days=60),
)


class Going(NamedTuple):
    """How casework of a kind moves, and a body of it: what bodies say is the matter of their own tests."""

    body: object
    machine: Machine[Any, Any]
    states: type[StrEnum]
    moves: type[StrEnum]


WAYS = {
    Kind.PROMISE: Going(Promised("call Mr Doyle", "by five", 1), PROMISE, PromiseState, PromiseMove),
    Kind.BOUNDARY: Going(
        begun(Seen(2, Abuse.THREAT, SAID.words), Rung.FINAL_WARNING), BOUNDARY, BoundaryState, BoundaryMove
    ),
    Kind.HANDOVER: Going(Called("Refund of 80"), HANDOVER, HandoverState, HandoverMove),
    Kind.COMPLAINT: Going(Complaint(SAID, NOON), COMPLAINT, ComplaintState, ComplaintMove),
    Kind.RESTRICTION: Going(RESTRICTED, RESTRICTION, RestrictionState, RestrictionMove),
    Kind.REMEDY: Going(
        Remedied("not_arrived", "a pack", Facts(amount=24_900), (SAID,)), REMEDY, RemedyState, RemedyMove
    ),
}


class Kept(RuleBasedStateMachine):
    """One piece of casework in real books, and what has to be true of all that was ever done to it."""

    cases: Cases
    kind: Kind
    opened = 0

    @initialize(choice=st.integers(0, 5))
    def begins(self, choice: int) -> None:
        type(self).opened += 1
        self.way, self.turns = WAYS[self.kind], 0
        move = sorted(self.way.machine.begins)[choice % len(self.way.machine.begins)]
        key, reason = f"{TALK}:{self.kind}:{self.opened}", self._words()
        opening = self.cases.opening(
            self.kind, key, self.way.body, machine=self.way.machine, move=move, conversation=TALK, reason=reason
        )
        self.item: UUID = self.cases.open(self.kind, key, opening).id
        self.state: Any = self.way.machine.begin(move)
        self.told = [(move.value, None, self.state.value, reason)]

    @rule(choice=st.integers(0, 60))
    def somebody_tries(self, choice: int) -> None:
        move = sorted(self.way.moves)[choice % len(self.way.moves)]
        reason, was = self._words(), self.state
        moving = self.cases.moving(self.item, self.way.machine, self.way.states, move, reason=reason)
        if (was, move) not in self.way.machine.table:
            with pytest.raises(NotNow):
                self.cases.write(moving)
            return
        self.cases.write(moving)
        self.state = self.way.machine.table[was, move]
        self.told.append((move.value, was.value, self.state.value, reason))

    @invariant()
    def it_stands_where_its_table_led_and_every_word_is_there(self) -> None:
        item, changes = self.cases.get(self.item), self.cases.changes(self.item)
        assert (item.state, item.body) == (self.state.value, self.way.body)
        assert [_as_told(change) for change in changes] == self.told
        assert all(change.who for change in changes)

    def _words(self) -> Reason:
        self.turns += 1
        return Reason(f"reason {self.turns}", (Evidence(TALK, self.turns, f"words {self.turns}"),))


def _as_told(change: Change) -> tuple[str, str | None, str, Reason]:
    return change.move, change.was, change.now, change.reason


@pytest.mark.parametrize("kind", sorted(WAYS))
def test_it_moves_by_its_table_alone_and_no_evidence_is_lost(books: Books, kind: Kind) -> None:
    keep_said(books, *planted(TALK))
    here = type(f"Kept{kind.title()}", (Kept,), {"cases": Cases(books), "kind": kind})
    run_state_machine_as_test(here, settings=settings(max_examples=6, stateful_step_count=12, deadline=None))
