"""Plans for customers whose case lasts, proposed, decided, told and ended by people, and the one that holds."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from levelhead.casework import plan as rules
from levelhead.casework.arrangement import Appeal, Letter, Signed
from levelhead.casework.item import Item, Kind, Reason
from levelhead.casework.persisting import Persisting, persisting
from levelhead.casework.plan import OPEN, PLAN, Plan, PlanMove, PlanState
from levelhead.casework.plan_pack import PlanPack
from levelhead.casework.plan_times import Window
from levelhead.casework.plan_words import draft_of, letter_of
from levelhead.conversation import Channel
from levelhead.live import events
from levelhead.live.arranging import Arrangements, NotComplete, said_plainly
from levelhead.live.briefing import MOST_READ, past_of
from levelhead.live.packs_in_force import packs_of
from levelhead.people.person import Person
from levelhead.privacy.redact import redact
from levelhead.storage.books import Books, Write, utc_now
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.customers import Customers
from levelhead.storage.history import contacts_with
from levelhead.storage.profiles import Profiles


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """What a proposal says: who looks after the customer, how and when, on which facts, and how they can object."""

    contact: UUID
    contact_name: str
    channel: Channel
    times: tuple[Window, ...]
    reason: str
    adjustments: str
    object_to: str
    expires_at: datetime
    review_at: datetime


class Plans(Arrangements[PlanState, PlanMove, Plan]):
    """The plans of one tenant. Raises NotNow before its time, NotComplete where something is missing."""

    kind = Kind.PLAN
    open_in = OPEN

    def __init__(self, books: Books, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(books, PLAN, PlanState, clock)
        self._packs = packs_of(books.shelf)

    def pack(self, locale: str) -> PlanPack:
        """The pack in force for this locale."""
        return self._packs.plans(locale)

    def propose(
        self, customer: UUID, asked: PlanAsked, by: Person, team: UUID | None, facts: Persisting | None = None
    ) -> Item[Plan]:
        """Propose one for this customer; nothing holds yet. Raises NotNow where they have one."""
        known = self._cases.of_customer(customer, self.kind)
        if any(item.state in OPEN for item in known):
            raise NotNow("There is a plan for this customer already. End it, or take it back, before another one.")
        pack = self.pack(self._locale(customer))
        made = _made(asked, by=self._signed(by), locale=pack.locale, facts=facts)
        body = said_plainly(lambda: rules.proposed(made, pack.limits, pack.judges))
        # Two who propose at the same moment propose the same one.
        key = f"{customer}:{len(known)}"
        opening = self._cases.opening(
            self.kind,
            key,
            body,
            machine=PLAN,
            move=PlanMove.PROPOSE,
            conversation=None,
            customer=customer,
            team=team,
            owner=by.id,
            due_at=body.expires_at,
            reason=Reason(body.reason),
        )
        return self._cases.open(self.kind, key, opening)

    def word(self, item: UUID, words: tuple[str, ...]) -> None:
        """Put otherwise what the customer is told; () takes the words of the pack again."""
        kept = tuple(redact(one).text.strip() for one in words if one.strip())
        known = self.one(item)
        changed = replace(known.body, words=kept)
        said_plainly(lambda: draft_of(changed, self.pack(changed.locale), self.called(known)))
        self._turn(item, lambda state, body: rules.worded(state, body, kept, known.due_at))

    def agree(self, item: UUID, by: Person) -> None:
        """Put a supervisor's name to it, who is not the one who proposed it."""
        self._turn(item, lambda state, body: rules.agreed(state, body, self._signed(by)))

    def refuse(self, item: UUID, why: str) -> None:
        """Leave it as it is."""
        self._turn(item, rules.refused, why)

    def take_back(self, item: UUID) -> None:
        """Take it back before the customer is told."""
        self._turn(item, rules.taken_back)

    def draft(self, item: UUID) -> tuple[str, ...]:
        """What the customer was told, or would be told now but for who agreed. Raises NotComplete."""
        known = self.one(item)
        if known.body.letter:
            return known.body.letter.paragraphs
        return said_plainly(lambda: draft_of(known.body, self.pack(known.body.locale), self.called(known)))

    def letter(self, item: UUID) -> Letter:
        """The letter as it went out, or as it would go out now. Raises NotComplete with what is missing."""
        known = self.one(item)
        return known.body.letter or said_plainly(lambda: self._letter(known))

    def tell(self, item: UUID, by: Person) -> None:
        """Say that the customer was told; from now on it holds, and the contact sees to what is theirs.

        Of one that holds: that they were told who looks after them now.
        """
        known = self.one(item)
        letter = said_plainly(lambda: self._letter(known))
        self._turn(item, lambda state, body: rules.told(state, body, letter, self._signed(by), known.due_at))

    def give_to(self, item: UUID, contact: Person, by: Person, why: str) -> None:
        """Have somebody else look after the customer from now on. Raises NotComplete without a reason.

        Agents see it at once; the customer is told in words that are drafted anew.
        """
        if not why.strip():
            raise NotComplete("why", "Say why somebody else looks after them from now on.")
        known, signed = self.one(item), self._signed(by)
        self._turn(
            item,
            lambda state, body: rules.given_to(state, body, contact.id, contact.shown_as, signed, known.due_at),
            redact(why).text,
        )

    def keep(self, item: UUID, by: Person, until: datetime, why: str) -> None:
        """Say that it still helps, and when somebody looks again."""
        limits = self.pack(self.one(item).body.locale).limits
        self._turn(item, lambda state, body: rules.kept(state, body, self._signed(by), until, limits), why)

    def object(self, item: UUID, words: str) -> None:
        """Write down what the customer says against it."""
        days = self.pack(self.one(item).body.locale).answer_days
        appeal = Appeal(redact(words.strip()).text, self._clock())
        self._turn(item, lambda state, body: rules.objected(state, body, appeal, timedelta(days=days)))

    def uphold(self, item: UUID, by: Person, answer: str) -> None:
        """Answer an objection: it goes on, and why."""
        self._turn(item, lambda state, body: rules.upheld(state, body, self._signed(by), answer), answer)

    def end(self, item: UUID, by: Person, why: str) -> None:
        """End it before its time; in answer to an objection, `why` is what the customer is told."""
        self._turn(item, lambda state, body: rules.ended(state, body, self._signed(by), why), why)

    def by_time(self, item: UUID, move: PlanMove) -> None:
        """What the clock does."""
        self._turn(item, lambda state, body: rules.by_time(state, body, move))

    def of(self, customer: UUID) -> tuple[Item[Plan], ...]:
        """The plans of this customer under whatever identity, the latest first."""
        return tuple(reversed(self._cases.of_customer(customer, self.kind)))

    def holding(self, conversation: str) -> Item[Plan] | None:
        """The one that holds at this moment for the customer of this conversation."""
        return holding(self._cases, conversation)

    def holds(self, item: Item[Plan]) -> bool:
        """Whether it holds at this moment."""
        return rules.holds(PlanState(item.state), item.body, self._clock())

    def facts(self, customer: UUID, readable: Collection[str], locale: str) -> Persisting | None:
        """How many contacts there were about one issue without a solution, where these are many."""
        many, now = self.pack(locale).many, self._clock()
        lately = [
            one
            for one in contacts_with(self._books.shelf, customer)
            if one.conversation in readable and now - one.at <= timedelta(days=many.days)
        ]
        found = [past for one in lately[:MOST_READ] if (past := past_of(self._books, one))]
        return persisting(((past.at, past.timeline) for past in found), now, many)

    def called(self, item: Item[Plan]) -> str:
        """What the customer is called, as they asked or as their name is known; '' where nobody knows."""
        books = self._books
        name = Customers(books.shelf, books.vault).get(item.customer).name or ""
        return Profiles(books).of(item.customer).preferred_name or name

    def _letter(self, known: Item[Plan]) -> Letter:
        return letter_of(known.body, self.pack(known.body.locale), self.called(known), self._clock())

    def _locale(self, customer: UUID) -> str:
        """The language that they asked for, else the one in which they were spoken with last."""
        told = Profiles(self._books).of(customer).language
        if told:
            return told
        contacts = contacts_with(self._books.shelf, customer)
        timeline = self._books.timeline(contacts[0].conversation) if contacts else ()
        return timeline[-1].turn.locale if timeline else ""

    def _told(self, known: Item[Plan], turned: rules.Turn) -> Iterator[Write]:
        contacts = contacts_with(self._books.shelf, known.customer)
        if contacts and turned.move is not PlanMove.WORD:
            body = turned.body
            told = events.PlanChanged(
                contacts[0].conversation,
                str(known.id),
                turned.state,
                str(body.contact),
                body.expires_at.isoformat(),
            )
            yield events.written([told], self._clock())


def holding(cases: Cases, conversation: str, reference: str | None = None) -> Item[Plan] | None:
    """The plan that holds at this moment for the customer of this conversation, the latest where there are two.

    Of one that is being begun nobody is known yet but by the `reference` of another system.
    """
    found = cases.of_same_customer(conversation, Kind.PLAN)
    if not found and reference:
        known = Customers(cases.books.shelf, cases.books.vault).referred(reference)
        found = cases.of_customer(known, Kind.PLAN) if known else ()
    now = cases.now()
    return next((one for one in reversed(found) if rules.holds(PlanState(one.state), one.body, now)), None)


def _made(asked: PlanAsked, *, by: Signed, locale: str, facts: Persisting | None) -> Plan:
    return Plan(
        contact=asked.contact,
        contact_name=asked.contact_name,
        channel=asked.channel,
        times=asked.times,
        reason=redact(asked.reason.strip()).text,
        adjustments=redact(asked.adjustments.strip()).text,
        appeal_to=redact(asked.object_to.strip()).text,
        proposed=by,
        expires_at=asked.expires_at,
        review_at=asked.review_at,
        locale=locale,
        facts=facts,
    )
