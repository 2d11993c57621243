"""Whom nobody asks anything: who died, who does not want it, and whose contact was ended for abuse or is restricted."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from levelhead.casework.boundary import BoundaryState
from levelhead.casework.follow_up import FOLLOW_UP, OPEN, FollowUpMove, FollowUpState, WhyNot
from levelhead.casework.item import Item, Kind, Reason
from levelhead.casework.restriction import IN_FORCE
from levelhead.casework.survey import OPEN as ASKED
from levelhead.casework.survey import SURVEY, SurveyMove, SurveyState
from levelhead.live import events
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases

FOR_GOOD: Final = (WhyNot.DIED, WhyNot.DOES_NOT_WANT)
"""What somebody has said of a customer, and holds until it is taken back where it was said."""


def why_not(cases: Cases, customer: UUID) -> WhyNot | None:
    """Why this person is asked nothing, under whatever identity; None where they may be."""
    known = cases.of_customer(customer, Kind.FOLLOW_UP, Kind.BOUNDARY, Kind.RESTRICTION)
    return next((why for why in WhyNot if any(_says(item, why, cases) for item in known)), None)


def calling_off(
    cases: Cases, customer: UUID, why: WhyNot, reason: Reason, but: tuple[UUID, ...] = ()
) -> Iterator[Write]:
    """Writes that nothing more is asked of this person: open follow-ups are called off, surveys are withheld."""
    for item in cases.of_customer(customer, Kind.FOLLOW_UP, Kind.SURVEY):
        if item.id in but:
            continue
        if item.kind is Kind.FOLLOW_UP and item.state in OPEN:
            yield from called_off(cases, item, why, reason)
        elif item.kind is Kind.SURVEY and item.state in (SurveyState.PLANNED, *ASKED):
            body = replace(item.body, why_not=why)
            yield cases.moving(item.id, SURVEY, SurveyState, SurveyMove.WITHHOLD, body=body, due_at=None, reason=reason)


def called_off(cases: Cases, item: Item[Any], why: WhyNot, reason: Reason) -> Iterator[Write]:
    """Writes that one follow-up is called off, and tells the outside."""
    yield cases.moving(
        item.id,
        FOLLOW_UP,
        FollowUpState,
        FollowUpMove.CALL_OFF,
        body=lambda was: replace(was, why_not=why),
        due_at=None,
        reason=reason,
    )
    yield told(cases, item, FollowUpState.CALLED_OFF)


def told(cases: Cases, item: Item[Any], state: FollowUpState) -> Write:
    """Tells the outside where a follow-up stands now."""
    changed = events.FollowUpChanged(item.conversation or "", str(item.id), state, item.body.way)
    return events.written([changed] if item.conversation else [], cases.now())


def _says(item: Item[Any], why: WhyNot, cases: Cases) -> bool:
    if why in FOR_GOOD:
        return item.kind is Kind.FOLLOW_UP and item.state == FollowUpState.CALLED_OFF and item.body.why_not is why
    if why is WhyNot.ENDED_FOR_ABUSE:
        return item.kind is Kind.BOUNDARY and item.state == BoundaryState.ENDED
    if why is WhyNot.RESTRICTED:
        in_force = item.kind is Kind.RESTRICTION and item.state in IN_FORCE
        return in_force and cases.now() < item.body.expires_at
    return False
