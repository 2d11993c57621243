"""Due: which moment when-words bind to, in the conversation's own zone.

Where the words leave it open: a day ends with the working day, a morning at noon, an evening at 23:59 (an appointment's
at 21:00), lunch at 12:00 ("before lunch") or 13:00, a window at its end; hours and minutes are real elapsed time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from levelhead.conversation import DueKind, Span
from levelhead.listening.calendar import WorkingHours, later, months_after, on_the_clock
from levelhead.listening.when import Day, DayKind, Length, Unit, When
from levelhead.listening.when_clocks import coming_hour, next_time, on_day
from levelhead.listening.when_corrections import corrects
from levelhead.listening.when_days import Said, date_of
from levelhead.listening.when_words import when_words
from levelhead.listening.when_zones import zone_named


@dataclass(frozen=True, slots=True)
class Due:
    """One mention of a time: its words, the moment they bind to (None for no moment, or an unknown clock) and how."""

    when: When
    words: str
    moment: datetime | None
    kind: DueKind

    @property
    def span(self) -> Span:
        """Where the words stand in the text."""
        return self.when.span


def due_in(text: str, said_at: datetime | None, hours: WorkingHours, *, month_first: bool = False) -> tuple[Due, ...]:
    """Every time to come that the text mentions, in order, one that is put right at once as one with its correction.

    `said_at` is aware, in the zone the words are meant in.
    `month_first`: 3/4 is the fourth of March, as in the United States.
    """
    dues: list[Due] = []
    spoken_of: Due | None = None
    for when in when_words(text):
        near = spoken_of is not None and _near(text[spoken_of.span.end : when.span.start])
        # Midnight ends the day that it was named with.
        day = (spoken_of.moment - _A_MINUTE).date() if near and spoken_of and spoken_of.moment else None
        moment = None
        if said_at:
            meant = _in_one_breath(when, text, spoken_of)
            said = Said(said_at, hours, day, month_first)
            moment = _on_the_face(when, dues, text) or _moment(meant, said, text)
        dues.append(Due(when, text[when.span.start : when.span.end], moment, _kind(when)))
        names_a_day = when.day or _IN_THE_MORNING.search(dues[-1].words)
        if moment and names_a_day and not _POSSESSIVE.search(dues[-1].words):
            spoken_of = dues[-1]
    counted = (_from_the_clock(dues, i) for i in range(len(dues)))
    return _put_right(text, counted)


def _put_right(text: str, dues: Iterable[Due]) -> tuple[Due, ...]:
    """ "By ten, no, sorry, by half nine" is one time with all these words: the last one's."""
    kept: list[Due] = []
    for due in dues:
        if kept and corrects(text[kept[-1].span.end : due.span.start]):
            span = Span(kept.pop().span.start, due.span.end)
            kept.append(replace(due, when=replace(due.when, span=span), words=text[span.start : span.end]))
        else:
            kept.append(due)
    return tuple(kept)


_A_MINUTE = timedelta(minutes=1)
_IN_THE_MORNING = re.compile(r"\bin the morning\b|\bfirst thing\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\w's$")  # "Tomorrow's sale" says nothing of the next clock time.
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def _near(between: str) -> bool:
    """A day lends itself to a clock time in its own sentence and the next ("Saturday at ten. He'll phone at 9:30")."""
    return len(_SENTENCE_END.findall(between)) <= 1


_SAME_DAY = Day(DayKind.SAME)
_ALONE = re.compile(r"[.!?]\s|\n|\b(?:i|we|i'll|we'll|i'm|we're)\b", re.IGNORECASE)


def _in_one_breath(when: When, text: str, spoken_of: Due | None) -> When:
    """ "He comes on Friday at ten and it's done by close": a part of the day spoken of, while nobody begins anew."""
    if spoken_of is None or when.part is None or when.day or when.clock:
        return when
    if _ALONE.search(text[spoken_of.span.end : when.span.start]):
        return when
    return replace(when, day=_SAME_DAY)


def _on_the_face(when: When, before: Sequence[Due], text: str) -> datetime | None:
    """ "At half past" after a clock time in the same sentence: counted from that one."""
    if not before or when.clock is None or when.clock.hour is not None:
        return None
    last = before[-1]
    if last.moment is None or last.when.clock is None or _SENTENCE_END.search(text[last.span.end : when.span.start]):
        return None
    return coming_hour(when.clock.minute, last.moment)


def _from_the_clock(dues: Sequence[Due], i: int) -> Due:
    """ "An hour before" the clock time said last, else the one said next; "an hour after that"."""
    when = dues[i].when
    if when.length is None or when.length.unit not in _REAL_TIME or not (when.back or when.day == _SAME_DAY):
        return dues[i]
    said = (*dues[:i][::-1], *dues[i + 1 :]) if when.back else dues[:i][::-1]
    at = next((one.moment for one in said if one.when.clock and one.moment), None)
    if at is None:
        return dues[i]
    by = _REAL_TIME[when.length.unit] * when.length.count
    return replace(dues[i], moment=later(at, -by if when.back else by))


def _kind(when: When) -> DueKind:
    if when.vague:
        return DueKind.VAGUE
    return DueKind.RELATIVE if when.length or when.event else DueKind.ABSOLUTE


def _moment(when: When, said: Said, text: str) -> datetime | None:
    if when.vague or when.event:
        return None
    zone = zone_named(when.zone, text[: when.span.start]) if when.zone else None
    if zone is not None:
        moment = _local_moment(when, replace(said, at=said.at.astimezone(zone)))
        return moment.astimezone(said.at.tzinfo) if moment else None
    return _local_moment(when, said)


def _local_moment(when: When, said: Said) -> datetime | None:
    try:
        if when.length:
            return _after(when, when.length, said)
        if when.day:
            day = date_of(when.day, said)
        else:
            day = said.spoken_of if when.clock and said.spoken_of and said.spoken_of > said.at.date() else None
        if day is None:
            return None if when.day else next_time(when, said)
        names_a_day = when.day is not None and when.day.kind not in _ENDS
        if when.lead == "before" and names_a_day and not (when.clock or when.part) and day > said.at.date():
            return on_the_clock(day - timedelta(days=1), said.hours.closes, said.at.tzinfo)
        return on_day(day, when, said)
    except OverflowError:  # After the year 9999 no promise is at risk.
        return None


_ENDS = (DayKind.WEEK_END, DayKind.MONTH_END, DayKind.QUARTER_END, DayKind.END_OF)
"""Days on which something ends: "before the end of the month" is that day itself."""

_REAL_TIME = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}


def _after(when: When, length: Length, said: Said) -> datetime | None:
    start = said.at.date()
    if when.day:
        anchor = date_of(when.day, said)
        if anchor is None:
            return None
        start = anchor
    elif length.unit in _REAL_TIME:
        return later(said.at, _REAL_TIME[length.unit] * length.count)
    count = -length.count if when.back else length.count
    match length.unit:
        case Unit.WORKING_DAY:
            start = said.hours.days_after(start, count)
        case Unit.WEEK:
            start += timedelta(weeks=count)
        case Unit.MONTH:
            start = months_after(start, count)
        case Unit.DAY:
            start += timedelta(days=count)
    return on_the_clock(start, said.hours.closes, said.at.tzinfo)
