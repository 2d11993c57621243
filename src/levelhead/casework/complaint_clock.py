"""By when a complaint asks for what: counted from the first words, by the rules that held on their day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from levelhead.casework.complaint import Complaint, ComplaintMove, LetterKind
from levelhead.casework.complaint_rules import Duty, From, Limit, RuleSet, Unit
from levelhead.casework.opening_hours import OFFICE, OpeningHours
from levelhead.listening.calendar import on_the_clock

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A limit of a complaint: the last moment for it (UTC), whether it was done, whether its clock stands still."""

    limit: Limit
    at: datetime
    met: bool = False
    paused: bool = False

    @property
    def is_awaited(self) -> bool:
        """Whether something still has to be done by then."""
        return not self.met and not self.paused


def began_on(body: Complaint, hours: OpeningHours) -> date:
    """The day of the first words where the tenant is."""
    return body.said_at.astimezone(hours.tz).date()


def dues(body: Complaint, rules: RuleSet, hours: OpeningHours) -> tuple[Due, ...]:
    """Every limit that holds for it, the nearest first; of one that counts from a deadlock, once there is one."""
    return tuple(sorted(_dues(body, rules, hours), key=lambda due: (due.at, due.limit.name)))


def next_due(body: Complaint, rules: RuleSet, hours: OpeningHours, now: datetime) -> Due | None:
    """What to look at: the nearest limit that binds and that nobody has met; of those that are over, an answer first.

    An acknowledgement that is late weighs less than the answer that is late as well.
    """
    awaited = [due for due in dues(body, rules, hours) if due.is_awaited and due.limit.binds]
    answers = (due for due in awaited if now > due.at and due.limit.duty is not Duty.ACKNOWLEDGE)
    return next(answers, awaited[0] if awaited else None)


def clock_at(body: Complaint, rules: RuleSet, hours: OpeningHours) -> datetime | None:
    """When time has something to do to it next; None where it has nothing left to do."""
    return next((due.at for due in dues(body, rules, hours) if due.is_awaited and _untold(body, due)), None)


def moved_by_time(
    body: Complaint, rules: RuleSet, hours: OpeningHours, now: datetime
) -> tuple[ComplaintMove, Due] | None:
    """What has to happen to a complaint by now, and for which limit; None where nothing has."""
    for due in dues(body, rules, hours):
        if not due.is_awaited or not _untold(body, due):
            continue
        if now > due.at:
            return ComplaintMove.REACH, due
        if due.limit.name not in body.warned and now >= _warns_at(body, due) and due.limit.binds:
            return ComplaintMove.REMIND, due
    return None


def may_write(kind: LetterKind, body: Complaint, rules: RuleSet, hours: OpeningHours, now: datetime) -> bool:
    """Whether this letter is possible under the rules now: a summary only while its day is not over."""
    if kind not in rules.letters:
        return False
    if kind is not LetterKind.SUMMARY:
        return True
    return any(due.limit.duty is Duty.SUMMARY and now <= due.at for due in dues(body, rules, hours))


def _dues(body: Complaint, rules: RuleSet, hours: OpeningHours) -> Iterator[Due]:
    for limit in rules.holding(began_on(body, hours)):
        start = body.said_at if limit.counts is From.WORDS else body.deadlock_at
        if start is None:
            continue
        last = _last_day(limit, start, body, rules, hours)
        stands = limit.pauses and body.is_paused
        yield Due(limit, _moment(last, limit, start, hours), bool(body.sent(*limit.met_by)), stands)


def _last_day(limit: Limit, start: datetime, body: Complaint, rules: RuleSet, hours: OpeningHours) -> date:
    day, calendar = start.astimezone(hours.tz).date(), _business(rules, hours)
    holds = bool(limit.extends_to) and bool(body.sent(LetterKind.HOLDING))
    within = limit.extends_to if holds and limit.extends_to else limit.within
    waited = _waited(limit, body, hours, calendar)
    if limit.unit is Unit.BUSINESS_DAYS:
        return calendar.days_after(day, within + waited)
    return day + timedelta(days=(7 if limit.unit is Unit.WEEKS else 1) * within + waited)


def _waited(limit: Limit, body: Complaint, hours: OpeningHours, calendar: OpeningHours) -> int:
    """Whole days in which the clock stood still, of the kind that is counted; the day that a pause begins on counts."""
    days = 0
    for pause in body.pauses if limit.pauses else ():
        if pause.until is None:
            continue
        day, until = (moment.astimezone(hours.tz).date() for moment in (pause.since, pause.until))
        while day < until:
            day += _DAY
            days += limit.unit is not Unit.BUSINESS_DAYS or calendar.on(day) is not None
    return days


def _business(rules: RuleSet, hours: OpeningHours) -> OpeningHours:
    """Monday to Friday less holidays: a law's business day is no longer where somebody opens on fewer days."""
    country, region = (rules.country, rules.region) if rules.country else (hours.country, hours.region)
    return OpeningHours(hours.zone, OFFICE.week, country, region)


def _moment(last: date, limit: Limit, start: datetime, hours: OpeningHours) -> datetime:
    """The last second of the day, so that the day that somebody reads is the last one; of a business day its close."""
    ends = on_the_clock(last + _DAY, time(), hours.tz).astimezone(UTC) - timedelta(seconds=1)
    if limit.unit is not Unit.BUSINESS_DAYS:
        return ends
    closes = hours.last_open(ends)
    # Who is closed for all that time has no close of business within it.
    return closes if closes > start else ends


def _warns_at(body: Complaint, due: Due) -> datetime:
    """Some days ahead, and of a short time never in its first half."""
    start = body.deadlock_at if due.limit.counts is From.DEADLOCK and body.deadlock_at else body.said_at
    return max(due.at - timedelta(days=due.limit.warn_days), start + (due.at - start) / 2)


def _untold(body: Complaint, due: Due) -> bool:
    return due.limit.name not in body.reached
