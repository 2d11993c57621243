"""Help in a conversation, as it is asked for and given: each deed in one transaction, and told to the outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from levelhead.casework.handover import (
    HANDOVER,
    STANDING,
    Called,
    Handing,
    HandoverMove,
    HandoverState,
    clocked,
)
from levelhead.casework.item import NO_REASON, Item, Kind, Reason
from levelhead.casework.whisper import LONGEST, WHISPER, Whispered, WhisperMove
from levelhead.live import events
from levelhead.privacy.redact import redact
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.columns import new_id
from levelhead.storage.holding import giving

_ANSWERABLE = (HandoverState.RAISED, HandoverState.SEEN, HandoverState.OFFERED)


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation that help is about: its team, its last turn, and how long a call waits on its channel."""

    conversation: str
    team: UUID | None
    n: int | None
    limit: timedelta


class Helping:
    """Help in one conversation. Every deed raises NotNow where the call that stands does not allow it."""

    def __init__(self, cases: Cases, talk: Talk) -> None:
        self._cases = cases
        self._talk = talk

    def raise_hand(self, by: UUID | None, line: str = "") -> None:
        """Ask for somebody. A hand that is up stays up."""
        call = standing(self._cases, self._talk.conversation)
        if call is not None and call.state in _ANSWERABLE:
            return
        self._do(call, HandoverMove.RAISE, lambda was: replace(was, line=clean(line) or was.line, asked_by=by))

    def prepare(self, by: UUID | None, handing: Handing) -> None:
        """Choose to whom the conversation is to go; nothing happens yet."""
        call = standing(self._cases, self._talk.conversation)
        kept = replace(handing, contact=clean(handing.contact), sentence=redact(handing.sentence).text)
        self._do(call, HandoverMove.PREPARE, lambda was: replace(was, asked_by=by, handing=kept))

    def offer(self) -> None:
        """Hand it over: whoever it goes to has it once they take it, and until then it stays where it is."""
        self._do(self._standing(), HandoverMove.OFFER, lambda was: replace(was, helper=None))

    def withdraw(self) -> None:
        """Help is not needed any more, or has done."""
        self._do(self._standing(), HandoverMove.WITHDRAW, _same)

    def see(self, helper: UUID) -> None:
        """Say that somebody has seen it and sees to it."""
        self._do(self._standing(), HandoverMove.SEE, lambda was: replace(was, helper=helper), owner=helper)

    def whisper(self, helper: UUID, words: str) -> None:
        """Say something to the one who answers and to nobody else; a call that stands is answered by it."""
        call = standing(self._cases, self._talk.conversation)
        writes: tuple[Write, ...] = (self._whispered(Whispered(clean(words), helper, self._talk.n)),)
        if call is not None and call.state in _ANSWERABLE:
            writes += tuple(self._moved(call, HandoverMove.ANSWER, lambda was: replace(was, helper=helper), helper))
        self._cases.write(*writes)

    def join(self, helper: UUID) -> None:
        """Come into the conversation, called or not; it stays with the one who answers."""
        call = standing(self._cases, self._talk.conversation)
        self._do(call, HandoverMove.JOIN, lambda was: replace(was, helper=helper), owner=helper)

    def leave(self) -> None:
        """Go out of it again."""
        self._do(self._standing(), HandoverMove.LEAVE, _same)

    def take_over(self, helper: UUID) -> None:
        """Have the conversation from here on."""
        self._over(helper, lambda was: was)

    def pass_on(self, by: UUID, handing: Handing) -> None:
        """Have somebody have it from here on who looks after this customer, with everything that was said."""
        kept = replace(handing, sentence=redact(handing.sentence).text)
        self._over(handing.to, lambda was: replace(was, asked_by=by, handing=kept))

    def _over(self, helper: UUID, change: Callable[[Called], Called]) -> None:
        call, n = standing(self._cases, self._talk.conversation), self._talk.n
        taken = giving(self._talk.conversation, helper)
        whole: Callable[[Called], Called] = lambda was: replace(change(was), helper=helper, over_after=n)  # noqa: E731
        self._do(call, HandoverMove.TAKE_OVER, whole, owner=helper, also=(taken,))

    def _standing(self) -> Item[Called]:
        call = standing(self._cases, self._talk.conversation)
        if call is None:
            raise NotNow("Nobody has asked for help here, or it is over.")
        return call

    def _do(
        self,
        call: Item[Called] | None,
        move: HandoverMove,
        body: Callable[[Called], Called],
        owner: UUID | None = None,
        also: tuple[Write, ...] = (),
    ) -> None:
        writes = self._moved(call, move, body, owner) if call else self._begun(move, body, owner)
        self._cases.write(*writes, *also)

    def _moved(
        self, call: Item[Called], move: HandoverMove, body: Callable[[Called], Called], owner: UUID | None
    ) -> Iterator[Write]:
        yield from moved(self._cases, call, move, self._talk.limit, body, owner)

    def _begun(self, move: HandoverMove, body: Callable[[Called], Called], owner: UUID | None) -> Iterator[Write]:
        talk, state = self._talk, HANDOVER.begin(move)
        before = self._cases.of_conversation(talk.conversation, Kind.HANDOVER)
        called = body(Called(n=talk.n))
        yield self._cases.opening(
            Kind.HANDOVER,
            # Two who begin one at the same moment begin the same one.
            f"{talk.conversation}:{len(before)}",
            called,
            machine=HANDOVER,
            move=move,
            conversation=talk.conversation,
            team=talk.team,
            owner=owner,
            due_at=clocked(state, self._cases.now(), talk.limit).due,
            reason=_reason(called, move),
        )
        yield told(self._cases, talk.conversation, move, state, called)

    def _whispered(self, whisper: Whispered) -> Write:
        talk = self._talk
        return self._cases.opening(
            Kind.WHISPER,
            f"{talk.conversation}:{new_id()}",
            whisper,
            machine=WHISPER,
            move=WhisperMove.SAY,
            conversation=talk.conversation,
            team=talk.team,
        )


def standing(cases: Cases, conversation: str) -> Item[Called] | None:
    """The call for help that stands in a conversation; None where there is none."""
    call = latest(cases, conversation)
    return call if call and call.state in STANDING else None


def latest(cases: Cases, conversation: str) -> Item[Called] | None:
    """The last call for help of a conversation, over or not."""
    return next(reversed(cases.of_conversation(conversation, Kind.HANDOVER)), None)


def moved(
    cases: Cases,
    call: Item[Called],
    move: HandoverMove,
    limit: timedelta,
    body: Callable[[Called], Called],
    owner: UUID | None = None,
) -> Iterator[Write]:
    """Writes a move of a call, and tells the outside of it. Raises NotNow when it is written and cannot be."""
    called = body(call.body)
    if move in HANDOVER.moves(HandoverState(call.state)):
        state = HANDOVER.after(HandoverState(call.state), move)
        due = clocked(state, cases.now(), limit).due
        yield told(cases, call.conversation or "", move, state, called)
    else:
        due = None
    yield cases.moving(
        call.id,
        HANDOVER,
        HandoverState,
        move,
        body=called,
        owner=owner or call.owner,
        due_at=due,
        reason=_reason(called, move),
    )


def told(cases: Cases, conversation: str, move: HandoverMove, state: HandoverState, called: Called) -> Write:
    """Tells the outside what was done, in ids."""
    person = called.handing.to if called.handing and state is HandoverState.OFFERED else called.helper
    changed = events.HelpChanged(conversation, move, state, str(person) if person else None)
    return events.written([changed], cases.now())


def clean(words: str) -> str:
    """What somebody typed, as it is kept: without secrets, in one line, and no longer than is read in a moment."""
    return redact(" ".join(words.split())).text[:LONGEST]


def _same(was: Called) -> Called:
    return was


def _reason(called: Called, move: HandoverMove) -> Reason:
    return Reason(called.line) if move is HandoverMove.RAISE and called.line else NO_REASON
