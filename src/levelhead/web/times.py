"""Times as people say them: "today 17:00, in 2 h"."""

from datetime import datetime, timedelta

from levelhead.conversation import Timeline
from levelhead.web.words import Words

_HOUR = 3600
_DAY = 24 * _HOUR
_WEEK_DAYS = 7
# A conversation whose last turn is further from now than this was read from a file: "in 2 h" then means its own clock.
_LIVE_WITHIN = timedelta(hours=36)


def clock_of(timeline: Timeline, now: datetime) -> datetime:
    """The moment that "in 2 h" counts from: now in a live conversation, else the conversation's last turn."""
    moments = [said for heard in timeline if (said := heard.turn.said_at)]
    if not moments:
        return now
    last = max(moments)
    return now.astimezone(last.tzinfo) if abs(now - last) < _LIVE_WITHIN else last


def when(moment: datetime, now: datetime, words: Words) -> str:
    """Day and time in the zone of `moment`, without "in" or "ago"."""
    here = now.astimezone(moment.tzinfo)
    clock = words.date("time.clock", moment)
    days = (moment.date() - here.date()).days
    near = {0: "time.today", 1: "time.tomorrow", -1: "time.yesterday"}.get(days)
    if near:
        return words(near, clock=clock)
    if 0 < days < _WEEK_DAYS:
        return words("time.weekday", day=words(f"time.weekday_{moment.weekday()}"), clock=clock)
    form = "time.day_month" if moment.year == here.year else "time.day_month_year"
    return words("time.date", date=words.date(form, moment), clock=clock)


def due(moment: datetime, now: datetime, words: Words) -> str:
    """When something is due, with how far away that is while it is within a day."""
    said = when(moment, now, words)
    seconds = (moment - now).total_seconds()
    if abs(seconds) >= _DAY:
        return said
    return words("time.soon" if seconds >= 0 else "time.past", when=said, span=span(abs(seconds), words))


def ago(moment: datetime, now: datetime, words: Words) -> str:
    """How long ago something was."""
    seconds = (now - moment).total_seconds()
    return words("time.just_now") if seconds < _HOUR / 60 else words("time.ago", span=span(seconds, words))


def span(seconds: float, words: Words) -> str:
    """A length of time in its one largest unit, rounded."""
    if seconds < _HOUR:
        return words("time.minutes", count=max(1, round(seconds / 60)))
    if seconds < _DAY:
        return words("time.hours", count=round(seconds / _HOUR))
    return words("time.days", count=round(seconds / _DAY))


def exact(moment: datetime, words: Words) -> str:
    """The full date and time, for who wants to know exactly."""
    return words.date("time.exact", moment)


def said_at(at: float | None, moment: datetime | None, words: Words) -> str:
    """When a turn was said: the clock where it is known, else minutes and seconds since the start, else nothing."""
    if at is None:
        return ""
    if moment is not None:
        return words.date("time.clock", moment)
    return f"{int(at) // 60}:{int(at) % 60:02d}"
