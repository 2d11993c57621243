"""When-words: what a sentence says about time, before anyone asks which moment that is."""

from dataclasses import dataclass, replace
from enum import StrEnum, auto

from levelhead.conversation import Span


class DayKind(StrEnum):
    """How a day is named; `Day.first` and `Day.second` hold what the kind needs."""

    AHEAD = auto()  # first = days from today
    WEEKDAY = auto()  # first = 0 for Monday, second = weeks further on
    NEXT_WEEKDAY = auto()  # first = 0 for Monday: that day of next week
    THIS_WEEKDAY = auto()  # first = 0 for Monday: today counts
    DATE = auto()  # first = month, second = day, year where given
    DAY_OF_MONTH = auto()  # first = day
    WEEK_END = auto()  # first = weeks on: its last working day
    WEEKEND = auto()  # first = weeks on: its Sunday
    WEEK_OF = auto()  # the last working day of the week of a date that follows
    MONTH_END = auto()  # first = months on
    END_OF = auto()  # first = month
    SAME = auto()  # the day that was last spoken of; first = days after it
    FOLLOWING_WEEKDAY = auto()  # first = 0 for Monday: the one after the day that was last spoken of
    QUARTER_END = auto()  # of the calendar year
    EASTER = auto()  # first = days after Easter Sunday
    NTH_OF_MONTH = auto()  # second = which day (-1 the last), month = 0 for next month
    WORKING_DAY_OF_MONTH = auto()  # as NTH_OF_MONTH, working days only
    SAME_WEEK = auto()  # the last working day of the week of the day last spoken of; first = weeks after it
    SLASHED = auto()  # first and second as written: the locale says which is the month
    WEEKDAY_OF_MONTH = auto()  # first = 0 for Monday, second = which one (-1 the last), month = 0 for next month


class Part(StrEnum):
    """A part of the day, and what stands for one."""

    FIRST_THING = auto()
    MORNING = auto()
    BEFORE_LUNCH = auto()
    LUNCH = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    CLOSE = auto()
    SAME_TIME = auto()  # the clock time of this turn


class Unit(StrEnum):
    """What a length of time is counted in; minutes and hours are real time, the others end with a working day."""

    MINUTE = auto()
    HOUR = auto()
    DAY = auto()
    WORKING_DAY = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was named; what `first` and `second` mean is the kind's."""

    kind: DayKind
    first: int = 0
    second: int = 0
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time; `hour` None is the coming one, `exact` says that morning or afternoon is beyond doubt.

    For a window this is its end, and `opens` its first hour as spoken.
    """

    hour: int | None
    minute: int = 0
    exact: bool = False
    opens: int | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """So much time from now (or from a day named with it)."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class When:
    """One mention of time in a text. `lead` is the word before it (by, before, at ...), '' for none.

    `weak` marks a bare number that is a clock time only in good company. `event` marks a time counted from something
    without a date ("once it lands", "within five days of receipt"), `vague` words that bind to nothing ("soon"),
    `back` a length counted back from another time in the same breath ("an hour before").
    """

    span: Span
    lead: str = ""
    day: Day | None = None
    part: Part | None = None
    clock: Clock | None = None
    length: Length | None = None
    zone: str | None = None
    weak: bool = False
    event: bool = False
    vague: bool = False
    back: bool = False

    @property
    def bare(self) -> bool:
        """Whether it names neither a day, a part of one, a clock time nor a length."""
        return self.day is None and self.part is None and self.clock is None and self.length is None

    def joined(self, other: "When") -> "When | None":
        """Both said in one breath ("thursday" + "at two") as one mention; None where they contradict each other."""
        day = _one_day(self.day, other.day)
        if day is _CLASH or self.vague or other.vague or self.event:
            return None
        parts = (self.part, other.part)
        if (
            (self.part and other.part and parts not in _ONE_PART)
            or (self.clock and other.clock)
            or (self.zone and other.zone)
        ):
            return None
        if other.length or (self.length and not (other.day and other.lead in ("after", "from"))):
            return None
        return replace(
            self,
            span=Span(self.span.start, other.span.end),
            day=day,
            part=_ONE_PART.get(parts, self.part or other.part),
            clock=self.clock or other.clock,
            zone=self.zone or other.zone,
            weak=False,
        )


# "First thing in the morning", "last thing tonight".
_ONE_PART: dict[tuple[Part | None, Part | None], Part] = {
    (Part.FIRST_THING, Part.MORNING): Part.FIRST_THING,
    (Part.CLOSE, Part.NIGHT): Part.NIGHT,
}
_CLASH = Day(DayKind.SAME, -1)


def _one_day(one: Day | None, other: Day | None) -> Day | None:
    if one is None or other is None:
        return one or other
    if one.kind is DayKind.WEEK_OF:
        return replace(other, kind=DayKind.WEEK_OF) if other.kind is DayKind.DATE else _CLASH
    pair = {one.kind, other.kind}
    weekdays = {DayKind.WEEKDAY, DayKind.THIS_WEEKDAY, DayKind.NEXT_WEEKDAY}
    for precise in (DayKind.DATE, DayKind.SLASHED, DayKind.DAY_OF_MONTH):
        if precise in pair and pair & weekdays:
            return one if one.kind is precise else other
    return _CLASH
