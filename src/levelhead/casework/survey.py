"""A survey: three questions about the service, asked once by a one-time link, reminded of once, answered or let be.

An answer is about how a matter was handled, never about who handled it: it names nobody, is counted by team and cause
only, and small counts are not shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from levelhead.casework.follow_up import WhyNot
from levelhead.casework.item import Item
from levelhead.casework.machine import Machine

BEST_CSAT, BEST_EFFORT = 5, 7
"""Customer satisfaction from 1 to 5; effort ("was it easy?", CES 2.0) from 1 to 7. More is better in both."""
SATISFIED: Final = 4
"""From here on an answer counts as satisfied, as is usual for CSAT."""
LONGEST: Final = 1_000
"""Characters of a free text."""
REMIND_AFTER: Final = timedelta(days=4)
OVER_AFTER: Final = timedelta(days=14)
ONCE_IN: Final = timedelta(days=30)
"""Nobody is asked more often."""
FEWEST: Final = 5
"""Below this a count could be of one person, and is not shown."""


class SurveyState(StrEnum):
    """Where a survey stands."""

    PLANNED = "planned"
    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    OVER = "over"
    WITHHELD = "withheld"


class SurveyMove(StrEnum):
    """What can happen to one. The customer answers or declines; all else comes with time."""

    PLAN = "plan"
    ASK = "ask"
    REMIND = "remind"
    LINK = "link"
    ANSWER = "answer"
    DECLINE = "decline"
    END = "end"
    WITHHOLD = "withhold"


_S, _M = SurveyState, SurveyMove
OPEN: Final = (_S.ASKED, _S.REMINDED)
"""States in which a link opens it."""
SURVEY: Final[Machine[SurveyState, SurveyMove]] = Machine(
    begins={_M.PLAN: _S.PLANNED},
    table={
        (_S.PLANNED, _M.ASK): _S.ASKED,
        **{(state, _M.WITHHOLD): _S.WITHHELD for state in (_S.PLANNED, *OPEN)},
        (_S.ASKED, _M.REMIND): _S.REMINDED,
        **{(state, _M.LINK): state for state in OPEN},
        **{(state, _M.ANSWER): _S.ANSWERED for state in OPEN},
        **{(state, _M.DECLINE): _S.WITHHELD for state in OPEN},
        **{(state, _M.END): _S.OVER for state in OPEN},
    },
)


class Held(StrEnum):
    """Why a survey is not sent, beside what holds for everything that is asked (`follow_up.WhyNot`)."""

    OFF = "off"
    NO_CONSENT = "no_consent"
    NO_ADDRESS = "no_address"
    ASKED_LATELY = "asked_lately"
    GRIEF = "grief"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the customer answered; None and '' where they left a question out."""

    at: datetime
    csat: int | None = None
    effort: int | None = None
    words: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether every question was left out."""
        return self.csat is None and self.effort is None and not self.words


@dataclass(frozen=True, slots=True)
class Survey:
    """What a survey says of itself: `cause` is what the conversation was about, '' while not clear.

    `links` are digests of the secrets in the mails, which open it until `until`; the secrets are kept nowhere.
    """

    locale: str
    cause: str = ""
    links: tuple[str, ...] = ()
    asked_at: datetime | None = None
    reminded_at: datetime | None = None
    until: datetime | None = None
    answers: Answers | None = None
    why_not: WhyNot | Held | None = None


def opens(item: Item[Survey], digest: str, now: datetime) -> bool:
    """Whether the link with this digest opens it now."""
    until = item.body.until
    return item.state in OPEN and digest in item.body.links and until is not None and now < until


def asked(body: Survey, now: datetime) -> Survey:
    """After it was asked for the first time."""
    return replace(body, asked_at=now, until=now + OVER_AFTER)


@dataclass(frozen=True, slots=True)
class Tally:
    """What customers of one team said of one cause. The shares and means are None where too few answered that."""

    team: UUID | None
    cause: str
    answers: int
    satisfied: float | None
    csat: float | None
    effort: float | None
    words: tuple[str, ...]


def tallied(items: Iterable[Item[Survey]]) -> tuple[Tally, ...]:
    """The answers by team and cause; a group of fewer than FEWEST is not there at all, nor are its words.

    Where one question of a group was answered by too few, that figure is left out. Words come in an order of their own,
    so that none can be told by when it came.
    """
    groups: defaultdict[tuple[UUID | None, str], list[Answers]] = defaultdict(list)
    for item in items:
        if item.state == SurveyState.ANSWERED and item.body.answers is not None:
            groups[item.team, item.body.cause].append(item.body.answers)
    told = ((key, those) for key, those in groups.items() if len(those) >= FEWEST)
    return tuple(
        _tally(team, cause, those)
        for (team, cause), those in sorted(told, key=lambda one: (str(one[0][0]), -len(one[1]), one[0][1]))
    )


def _tally(team: UUID | None, cause: str, those: list[Answers]) -> Tally:
    csat = [one.csat for one in those if one.csat is not None]
    effort = [one.effort for one in those if one.effort is not None]
    words = sorted({one.words for one in those if one.words}, key=str.casefold)
    return Tally(
        team,
        cause,
        len(those),
        _mean([value >= SATISFIED for value in csat]),
        _mean(csat),
        _mean(effort),
        tuple(words) if len(words) >= FEWEST else (),
    )


def _mean(values: list[int] | list[bool]) -> float | None:
    return sum(values) / len(values) if len(values) >= FEWEST else None
