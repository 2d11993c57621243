"""Remedies as they are offered, asked for and granted: each deed in one transaction, and told to the outside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from levelhead.casework import remedy as rules
from levelhead.casework.arrangement import Signed
from levelhead.casework.follow_up import Occasion
from levelhead.casework.item import Item, Kind, Reason
from levelhead.casework.machine import NotPossible
from levelhead.casework.remedy import (
    CHOOSING,
    REMEDY,
    STANDING,
    Chosen,
    Purse,
    Remedied,
    RemedyMove,
    RemedyState,
    Request,
    Turned,
    chosen_from,
)
from levelhead.casework.remedy_options import Case, Facts, Option, options_for
from levelhead.casework.remedy_pack import FactNeeded, Limits, Remedies, register_of
from levelhead.casework.wrong import Recognised, evidence_of, facts_of, recognised
from levelhead.conversation import Timeline
from levelhead.live import events
from levelhead.live.follow_up_planning import After, follow_ups_after
from levelhead.people.person import Person, Role
from levelhead.privacy.redact import redact
from levelhead.storage.books import Books, Write
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.columns import new_id
from levelhead.storage.granting import Granting

LONGEST = 280
"""Characters of a reason: it is read between two sentences."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Look:
    """Remedies of a conversation at one moment. `item` is the one that stands, None before anybody has acted.

    `wrong` is the key in the pack, None where it has to be asked; `options` are there while one can be chosen.
    """

    item: Item[Remedied] | None
    before: tuple[Item[Remedied], ...]
    found: Recognised
    wrong: str | None
    facts: Facts
    missing: tuple[FactNeeded, ...]
    options: tuple[Option, ...]

    @property
    def state(self) -> RemedyState:
        """Where it stands; proposed before anybody has acted."""
        return RemedyState(self.item.state) if self.item else RemedyState.PROPOSED


class Proposing:
    """What can be offered in one conversation by somebody of this role."""

    def __init__(self, books: Books, cases: Cases, pack: Remedies, timeline: Timeline, role: Role) -> None:
        self._cases = cases
        self._granting = Granting(books)
        self._pack = pack
        self._timeline = timeline
        self._role = role
        self._conversation = timeline[0].turn.conversation
        self._channel = timeline[-1].turn.channel

    def look(self, team: UUID | None) -> Look:
        """What can be said and done now."""
        known: tuple[Item[Remedied], ...] = self._cases.of_conversation(self._conversation, Kind.REMEDY)
        item = standing_remedy(known)
        found = recognised(self._pack, self._timeline)
        wrong = item.body.wrong if item else found.wrong
        facts = item.body.facts if item else facts_of(self._timeline, self._pack.currency)
        entry = self._pack.wrongs.get(wrong) if wrong else None
        return Look(
            item,
            tuple(one for one in known if one is not item),
            found,
            wrong,
            facts,
            facts.missing(entry.needs) if entry else (),
            self._options(entry.key, facts, team, item) if entry else (),
        )

    def _options(self, wrong: str, facts: Facts, team: UUID | None, item: Item[Remedied] | None) -> tuple[Option, ...]:
        if item is not None and item.state not in CHOOSING:
            return ()
        now = self._cases.now()
        case = Case(
            wrong,
            facts,
            now.date(),
            self._spent(),
            self._granting.precedents(team, wrong, now - self._pack.month),
            item.body.refused if item else frozenset(),
            frozenset(item.body.declined) if item else frozenset(),
        )
        return options_for(self._pack, case, self._role, register_of(self._channel))

    def _spent(self) -> int:
        since = self._cases.now() - self._pack.month
        return self._granting.given(self._conversation, self._pack.currency.code, since)


class Remedying(Proposing):
    """The remedies of one conversation, for one person. Every deed raises NotNow where it is not possible."""

    def __init__(self, books: Books, cases: Cases, pack: Remedies, timeline: Timeline, person: Person) -> None:
        super().__init__(books, cases, pack, timeline, person.role)
        self._person = person

    def settle(self, wrong: str, facts: Facts, team: UUID | None) -> None:
        """Say what went wrong and what is known of it. Raises NotNow where the pack knows no such wrong."""
        if wrong not in self._pack.wrongs:
            raise NotNow("The pack knows no such wrong.")
        look = self.look(team)
        known = replace(facts, order=facts_of(self._timeline, self._pack.currency).order)
        evidence = evidence_of(self._pack, wrong, self._timeline)
        if look.item is None:
            self._cases.write(self._opening(wrong, known, team))
        else:
            self._turn(look.item, lambda state, body: rules.settled(state, body, wrong, known, evidence))

    def offer(self, key: str, team: UUID | None) -> None:
        """Say that the sentence was said; of what was approved, just that."""
        look = self.look(team)
        approved = look.item.body.request if look.item and look.state is RemedyState.APPROVED else None
        if approved is not None and approved.chosen.key == key:
            chosen = approved.chosen
        else:
            chosen = chosen_from(self._option(look, key))
        item, purse = self._opened(look, team), self._purse()
        self._turn(item, lambda state, body: rules.offered(state, body, chosen, self._signed(), purse))

    def accept(self) -> None:
        """Say that the customer has said yes."""
        self._turn(self._standing(), rules.accepted)

    def decline(self) -> None:
        """Say that the customer has said no."""
        self._turn(self._standing(), rules.declined)

    def take_back(self) -> None:
        """Take back a slip."""
        item = self._standing()
        self._turn(item, rules.taken_back, owner=self._person.id)

    def request(self, key: str, reason: str, to: Person, team: UUID | None) -> None:
        """Ask somebody for what is above one's authority."""
        look = self.look(team)
        option, waits = self._option(look, key), self._pack.waits[self._channel]
        by = self._signed()
        asked = Request(chosen_from(option), clean(reason), by, to.id, to.shown_as, by.at)
        self._turn(
            self._opened(look, team),
            lambda state, body: rules.requested(state, body, option, asked, waits),
            asked.reason,
            owner=to.id,
        )

    def grant(self) -> None:
        """Record that this person has granted what was accepted."""
        item = self._standing()
        turned = said_plainly(lambda: rules.granted(RemedyState(item.state), item.body, self._signed(), self._purse()))

        def check(given: int) -> None:
            purse = Purse(self._limits(), given)
            said_plainly(lambda: rules.granted(RemedyState(item.state), item.body, self._signed(), purse))

        since = self._cases.now() - self._pack.month
        checked = self._granting.checked(item.customer, self._pack.currency.code, since, check)
        then = After(self._conversation, Occasion.REMEDY, item.id, locale=self._pack.locale)
        follow = follow_ups_after(self._cases, then)
        self._cases.write(checked, *turning(self._cases, item, turned), *follow)

    def _option(self, look: Look, key: str) -> Option:
        found = next((option for option in look.options if option.key == key), None)
        if found is None:
            raise NotNow("This is not among what can be offered now; look again.")
        return found

    def _opened(self, look: Look, team: UUID | None) -> Item[Remedied]:
        if look.item is not None:
            return look.item
        if look.wrong is None:
            raise NotNow("Say first what went wrong.")
        self._cases.write(self._opening(look.wrong, look.facts, team))
        return self._standing()

    def _opening(self, wrong: str, facts: Facts, team: UUID | None) -> Write:
        evidence = evidence_of(self._pack, wrong, self._timeline)
        return self._cases.opening(
            Kind.REMEDY,
            f"{self._conversation}:{new_id()}",
            Remedied(wrong, self._pack.label, facts, evidence),
            machine=REMEDY,
            move=RemedyMove.PROPOSE,
            conversation=self._conversation,
            team=team,
            owner=self._person.id,
            reason=Reason(evidence=evidence),
        )

    def _standing(self) -> Item[Remedied]:
        item = standing_remedy(self._cases.of_conversation(self._conversation, Kind.REMEDY))
        if item is None:
            raise NotNow("Nothing is offered here yet.")
        return item

    def _turn(
        self,
        item: Item[Remedied],
        step: Callable[[RemedyState, Remedied], Turned],
        why: str = "",
        owner: UUID | None = None,
    ) -> None:
        turned = said_plainly(lambda: step(RemedyState(item.state), item.body))
        self._cases.write(*turning(self._cases, item, turned, why, owner))

    def _purse(self) -> Purse:
        return Purse(self._limits(), self._spent())

    def _limits(self) -> Limits:
        limits = self._pack.limits.get(self._person.role)
        if limits is None:
            raise NotNow("Your role grants nothing.")
        return limits

    def _signed(self) -> Signed:
        return Signed(self._person.id, self._person.shown_as, self._cases.now())


def standing_remedy(known: tuple[Item[Remedied], ...]) -> Item[Remedied] | None:
    """The one of a conversation's from which something can still come."""
    return next((one for one in reversed(known) if one.state in STANDING), None)


def turning(
    cases: Cases, item: Item[Remedied], turned: Turned, why: str = "", owner: UUID | None = None
) -> Iterator[Write]:
    """Writes a move of a remedy, and tells the outside. Raises NotNow where somebody else was quicker."""

    def body(was: Remedied) -> Remedied:
        if was != item.body:
            raise NotNow("Somebody else was quicker; look again.")
        return turned.body

    yield cases.moving(
        item.id,
        REMEDY,
        RemedyState,
        turned.move,
        reason=Reason(why, turned.body.evidence),
        body=body,
        owner=owner or item.owner,
        due_at=turned.due_at,
    )
    if item.conversation is not None:
        yield events.written([_told(item.conversation, item.id, turned.state, turned.body)], cases.now())


def clean(words: str) -> str:
    """What somebody typed, without what is never kept, and short."""
    return redact(" ".join(words.split())[:LONGEST]).text


def said_plainly(make: Callable[[], Made]) -> Made:
    """What is made, or NotNow with the reason."""
    try:
        return make()
    except NotPossible as why:
        raise NotNow(str(why)) from None


def _told(conversation: str, item: UUID, state: RemedyState, body: Remedied) -> events.RemedyChanged:
    chosen: Chosen | None = body.chosen
    return events.RemedyChanged(
        conversation=conversation,
        remedy=str(item),
        state=state,
        wrong=body.wrong,
        option=chosen.key if chosen else None,
        remedy_kind=chosen.kind if chosen else None,
        amount=chosen.cost.minor if chosen and chosen.cost else None,
        currency=chosen.cost.currency if chosen and chosen.cost else None,
        law=(chosen.law or None) if chosen else None,
        pack=body.pack,
    )
