"""What an agent decides on the boundary ladder, kept with the words that it rests on, and told to the outside."""

from collections.abc import Callable
from datetime import datetime

from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import Boundary, BoundaryState, Climb, Rung
from levelhead.casework.item import Evidence, Item, Reason
from levelhead.casework.machine import NotPossible
from levelhead.conversation import Speaker
from levelhead.live import events
from levelhead.live.climbing import boundary_of, climbing
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import Cases, NotNow, UnknownItem


class Bounds:
    """The boundaries of one tenant's conversations. To be used between two turns (`Desk.change`)."""

    def __init__(self, books: Books, cases: Cases, clock: Callable[[], datetime] = utc_now) -> None:
        self._books = books
        self._cases = cases
        self._clock = clock

    def said(self, conversation: str, rung: Rung) -> None:
        """The agent has said this rung. Raises NotNow, with what has to come first."""
        n = self._last(conversation)
        self._climb(conversation, lambda state, body: ladder.spoke(state, body, rung, n))

    def not_needed(self, conversation: str) -> None:
        """The agent finds that nothing has to be said. Raises NotNow where nothing is proposed."""
        self._climb(conversation, ladder.passed_over)

    def asked(self, conversation: str) -> None:
        """The agent has asked what the customer is going through."""
        n = self._last(conversation)
        self._climb(conversation, lambda state, body: ladder.asked_after(state, body, n))

    def calm(self, conversation: str) -> None:
        """The customer has calmed, says the agent."""
        n = self._last(conversation)
        self._climb(conversation, lambda state, body: ladder.calmed(state, body, n))

    def end(self, conversation: str) -> None:
        """The agent has ended the contact; a supervisor is told. Raises NotNow where the ladder does not allow it."""
        self._climb(conversation, ladder.ended, self._needed(conversation, events.Needed.BOUNDARY))

    def reopen(self, conversation: str) -> None:
        """The contact was ended by mistake."""
        self._climb(conversation, ladder.reopened)

    def tell_supervisor(self, conversation: str) -> None:
        """A supervisor is told of what happens here; once is enough."""
        if not self._known(conversation).body.told:
            self._climb(conversation, ladder.supervisor_told, self._needed(conversation, events.Needed.BOUNDARY))

    def call_for_safety(self, conversation: str) -> None:
        """Somebody may be in danger: the outside is told that a supervisor is needed, ladder or none."""
        self._cases.write(self._needed(conversation, events.Needed.SAFETY))

    def _climb(self, conversation: str, step: Callable[[BoundaryState, Boundary], Climb], *also: Write) -> None:
        known = self._known(conversation)
        try:
            climb = step(BoundaryState(known.state), known.body)
        except NotPossible as why:
            raise NotNow(str(why)) from None
        reason = Reason(evidence=self._evidence(conversation, known))
        self._cases.write(*climbing(self._cases, known, climb, reason), *also)

    def _evidence(self, conversation: str, known: Item[Boundary]) -> tuple[Evidence, ...]:
        """The words that led here, and the agent's own last ones: what was said in answer."""
        spoken = [heard.turn for heard in self._books.timeline(conversation) if heard.turn.speaker is Speaker.AGENT]
        answered = tuple(Evidence(conversation, turn.n, turn.text) for turn in spoken[-1:])
        return (*ladder.evidence(conversation, known.body), *answered)

    def _known(self, conversation: str) -> Item[Boundary]:
        known = boundary_of(self._cases, conversation)
        if known is None:
            raise UnknownItem("Nothing was noticed in this conversation, so there is nothing to decide.")
        return known

    def _last(self, conversation: str) -> int:
        timeline = self._books.timeline(conversation)
        return timeline[-1].turn.n if timeline else 0

    def _needed(self, conversation: str, why: events.Needed) -> Write:
        return events.written([events.SupervisorNeeded(conversation, why)], self._clock())
