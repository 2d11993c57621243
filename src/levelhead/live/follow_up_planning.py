"""What begins a follow-up: a note is sealed, a promise is kept, a remedy is granted, and nothing of ours is open.

It is laid out in the transaction of what it follows. Nobody is asked "did it work?" while something is still to come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from levelhead.casework.complaint import ComplaintState
from levelhead.casework.follow_up import FOLLOW_UP, FollowUp, FollowUpMove, Occasion, Way
from levelhead.casework.follow_up import OPEN as NOT_OVER
from levelhead.casework.follow_up_pack import FollowUpPack
from levelhead.casework.item import Item, Kind
from levelhead.casework.opening_hours import OpeningHours
from levelhead.casework.promise import OPEN as PROMISED
from levelhead.casework.survey import SURVEY, Survey, SurveyMove
from levelhead.live.not_asking import why_not
from levelhead.live.packs_in_force import packs_of
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases
from levelhead.storage.customers import customer_of
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from levelhead.storage.holding import Holding
from levelhead.storage.opening_hours import Opening

SURVEY_AFTER: Final = timedelta(days=1)
_NO_COMPLAINT: Final = (ComplaintState.PROPOSED, ComplaintState.NOT_ONE)


@dataclass(frozen=True, slots=True)
class After:
    """What has just been done in a conversation: `item` is the promise or the remedy, None for a note.

    `cause` is what the conversation was about, `disposition` the code of the note, both '' where not known.
    """

    conversation: str
    occasion: Occasion
    item: UUID | None = None
    cause: str = ""
    disposition: str = ""
    locale: str = "en-GB"


def follow_ups_after(cases: Cases, after: After) -> Iterator[Write]:
    """What is planned after this: a task, looks back weeks later, a survey; each once."""
    with cases.shelf.reading() as connection:
        customer = customer_of(connection, after.conversation)
    if customer is None or why_not(cases, customer) is not None:
        return
    plan = _Plan(cases, after, customer)
    if not plan.waits_for_something:
        yield from plan.task()
        yield from plan.checks()
    yield from plan.survey()


class _Plan:
    def __init__(self, cases: Cases, after: After, customer: UUID) -> None:
        self._cases = cases
        self._after = after
        self._customer = customer
        self._rules: FollowUpRules = FollowUpSettings(cases.shelf).rules()
        self._pack: FollowUpPack = packs_of(cases.shelf).follow_up(after.locale)
        self._hours: OpeningHours = Opening(cases.shelf).hours()
        self._items: Sequence[Item[Any]] = cases.of_conversation(after.conversation)
        self._whose = Holding(cases.shelf).whose(after.conversation)

    @property
    def waits_for_something(self) -> bool:
        """Whether something of ours is still to come: then it is planned once that was kept."""
        return any(
            item.kind is Kind.PROMISE and item.state in PROMISED and item.id != self._after.item for item in self._items
        )

    def task(self) -> Iterator[Write]:
        after = self._after
        if not self._rules.tasks or any(item.kind is Kind.FOLLOW_UP and item.state in NOT_OVER for item in self._items):
            return
        key = f"{after.conversation}:{after.item or 'note'}"
        # Somebody has been asked about just this already.
        if all(item.key != key for item in self._items if item.kind is Kind.FOLLOW_UP):
            yield from self._planned(key, FollowUp(Way.MAIL, after.occasion), self._in_days(after.occasion))

    def checks(self) -> Iterator[Write]:
        if not self._rules.checks or not self._is_put_right or self._grieves:
            return
        known = self._cases.of_customer(self._customer, Kind.FOLLOW_UP)
        if any(item.body.occasion is Occasion.RELATIONSHIP and item.state in NOT_OVER for item in known):
            return
        now = self._cases.now()
        for days in self._pack.back:
            key = f"{self._after.conversation}:{self._after.item}:{days}"
            due = self._hours.opens_after(now + timedelta(days=days))
            body = FollowUp(Way.CALL, Occasion.RELATIONSHIP, days)
            yield from self._planned(key, body, due, to_team=True)

    def survey(self) -> Iterator[Write]:
        after = self._after
        if not self._rules.surveys or after.occasion is not Occasion.NOTE or self._grieves:
            return
        yield self._cases.opening(
            Kind.SURVEY,
            after.conversation,
            Survey(after.locale, after.cause),
            machine=SURVEY,
            move=SurveyMove.PLAN,
            conversation=after.conversation,
            customer=self._customer,
            team=self._whose.team if self._whose else None,
            due_at=self._hours.opens_after(self._cases.now() + SURVEY_AFTER),
        )

    @property
    def _is_put_right(self) -> bool:
        """Whether this was a failure that is repaired now: something was granted, or kept after a complaint."""
        if self._after.occasion is Occasion.REMEDY:
            return True
        complaints = (item for item in self._items if item.kind is Kind.COMPLAINT and item.state not in _NO_COMPLAINT)
        return self._after.occasion is Occasion.PROMISE and any(complaints)

    @property
    def _grieves(self) -> bool:
        notes = [item.body.disposition for item in self._items if item.kind is Kind.NOTE]
        return bool(self._pack.grief & {self._after.disposition, *notes})

    def _in_days(self, occasion: Occasion) -> datetime:
        now, days = self._cases.now(), self._pack.after[occasion]
        day = self._hours.days_after(now.astimezone(self._hours.tz).date(), days)
        return self._hours.opens_after(max(now, self._hours.opening(day)))

    def _planned(self, key: str, body: FollowUp, due: datetime, *, to_team: bool = False) -> Iterator[Write]:
        whose = self._whose
        yield self._cases.opening(
            Kind.FOLLOW_UP,
            key,
            body,
            machine=FOLLOW_UP,
            move=FollowUpMove.PLAN,
            conversation=self._after.conversation,
            customer=self._customer,
            team=whose.team if whose else None,
            owner=whose.owner if whose and not to_team else None,
            due_at=due,
        )
