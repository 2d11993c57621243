"""The clocks of what is asked afterwards: follow-ups that need not be asked any more, and surveys on their way."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from levelhead.casework.follow_up import FollowUpState, WhyNot
from levelhead.casework.item import NO_REASON, Item, Kind
from levelhead.casework.survey import OPEN, SurveyState
from levelhead.live.case_clock import CaseClock, DueMove, all_due
from levelhead.live.desk import Desk
from levelhead.live.not_asking import called_off, why_not
from levelhead.live.surveying import Surveys
from levelhead.storage.books import Books, utc_now
from levelhead.storage.cases import Cases
from levelhead.storage.library import Library


class FollowUpClock(CaseClock):
    """Calls off what is due and must not be asked: somebody died, does not want it, or is restricted meanwhile."""

    every_s: ClassVar[float] = 60.0
    """Nothing waits for it: whoever sends is told at once, and a list shows only what is due."""

    def due(self, books: Books, now: datetime) -> Iterator[DueMove]:
        """The follow-ups of one tenant that are due and of somebody who is asked nothing."""
        cases = Cases(books, self._clock)
        for item in all_due(cases, Kind.FOLLOW_UP, (FollowUpState.TO_DO, FollowUpState.ASKED), now):
            why = why_not(cases, item.customer)
            if why is not None:
                yield DueMove(item.conversation, partial(_call_off, cases, item, why))


def _call_off(cases: Cases, item: Item[Any], why: WhyNot) -> None:
    cases.write(*called_off(cases, item, why, NO_REASON))


class SurveyClock(CaseClock):
    """Asks, reminds and ends; without `sends` (a mail server, and an address that links begin with) it asks nobody."""

    every_s: ClassVar[float] = 60.0

    def __init__(
        self,
        library: Library,
        desk_of: Callable[[UUID], Desk],
        clock: Callable[[], datetime] = utc_now,
        *,
        sends: bool,
    ) -> None:
        super().__init__(library, desk_of, clock)
        self._sends = sends

    def due(self, books: Books, now: datetime) -> Iterator[DueMove]:
        """The surveys of one tenant whose next step is due."""
        cases = Cases(books, self._clock)
        surveys = Surveys(books, cases, sends=self._sends)
        steps: dict[str, Any] = {
            SurveyState.PLANNED: surveys.ask,
            SurveyState.ASKED: surveys.remind,
            SurveyState.REMINDED: surveys.end,
        }
        for item in all_due(cases, Kind.SURVEY, (SurveyState.PLANNED, *OPEN), now):
            yield DueMove(item.conversation, partial(steps[item.state], item))
