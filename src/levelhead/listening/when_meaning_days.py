"""What each way of naming a day means: a match of its pattern -> a When (None where it names none after all)."""

import re

from levelhead.listening.numbers import value_of
from levelhead.listening.when import Day, DayKind, Part, When
from levelhead.listening.when_pieces import NOWHERE, Build

_SHORT_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# "The second" is a date only where no noun follows it ("the second letter").
_DAY_COMPANY = re.compile(
    r"\s*(?:$|[.,;:!?)–—-]|(?:at|by|on|in|and|or|but|so|to|till|until|with|if|between|before|after|for|from"
    r"|which|when|as|that|is"
    r"|i|we|you|he|she|they|it|i'll|i'm|we'll|you'll|he'll|she'll|they'll|it'll|it's|either|just|then|first"
    r"|morning|afternoon"
    r"|evening|has|have|was|wasn't|nobody|somebody|someone|your|my|will|won't|can|can't|does|doesn't|do|don't|isn't|are"
    r"|aren't|goes|comes|gets|should|would|shall|he's|she's|they're|they'll|we're|we've|you're|you've|i've|there's|that's"
    r"|not|no|yes|yeah|aye|next|latest|instead|about|because|once|after|until|now|okay|ok|please|his|her|our|their|this)\b)",
    re.IGNORECASE,
)
_LAST_COUNTING_WORD = 10
_MOST_WEEKDAYS = 5  # of one name in a month
_LONGEST_MONTH = 31


def day_named(kind: DayKind, first: int = 0, second: int = 0, part: Part | None = None) -> Build:
    """A day that is always said in the same words."""
    when = When(NOWHERE, day=Day(kind, first, second), part=part)
    return lambda _: when


def part_named(part: Part) -> Build:
    """A part of the day that is always said in the same words."""
    return lambda _: When(NOWHERE, part=part)


def weekday(match: re.Match[str]) -> When:
    """A weekday: the coming one, this week's, next week's, or the one a week further on."""
    day = _SHORT_DAYS.index(match["day"][:3].lower())
    which = (match["which"] or "").lower()
    if match["week"]:
        return When(NOWHERE, day=Day(DayKind.WEEKDAY, day, 1))
    kind = {"this": DayKind.THIS_WEEKDAY, "next": DayKind.NEXT_WEEKDAY}.get(which, DayKind.WEEKDAY)
    return When(NOWHERE, day=Day(kind, day))


def weekday_of_next_week(match: re.Match[str]) -> When:
    """Tuesday next week."""
    return When(NOWHERE, day=Day(DayKind.NEXT_WEEKDAY, _SHORT_DAYS.index(match["day"][:3].lower())))


def following(match: re.Match[str]) -> When:
    """The following Tuesday: the one after the day spoken of."""
    day = _SHORT_DAYS.index((match["day"] or match["following"])[:3].lower())
    return When(NOWHERE, day=Day(DayKind.FOLLOWING_WEEKDAY, day))


def _weeks(words: str) -> int:
    if "fortnight" in words.lower():
        return 2
    return 1 if words.lower() == "week" else value_of(words.split(maxsplit=1)[0])


def weekday_weeks_on(match: re.Match[str]) -> When:
    """A week on Tuesday, Friday fortnight, the Monday after next."""
    day = _SHORT_DAYS.index(match["day"][:3].lower())
    return When(NOWHERE, day=Day(DayKind.WEEKDAY, day, _weeks(match["weeks"]) if match["weeks"] else 1))


def day_weeks_on(match: re.Match[str]) -> When:
    """A week today, two weeks from tomorrow."""
    return When(NOWHERE, day=Day(DayKind.AHEAD, 7 * _weeks(match["weeks"]) + _days_ahead(match["day"])))


def day_week(match: re.Match[str]) -> When:
    """Today week, tomorrow fortnight, this day week."""
    days = 14 if match["weeks"].lower() == "fortnight" else 7
    return When(NOWHERE, day=Day(DayKind.AHEAD, days + _days_ahead(match["day"])))


def _days_ahead(day: str) -> int:
    return 0 if day.lower() in ("today", "now", "this day") else 1


def weekday_of_month(match: re.Match[str]) -> When | None:
    """The last Friday of the month, the second Tuesday in June."""
    which = _nth(match["nth"])
    if which > _MOST_WEEKDAYS:
        return None
    month = _which_month(match)
    return When(
        NOWHERE, day=Day(DayKind.WEEKDAY_OF_MONTH, _SHORT_DAYS.index(match["day"][:3].lower()), which, month=month)
    )


def nth_day_of_month(match: re.Match[str]) -> When:
    """The first working day of December, the last day of next month."""
    kind = DayKind.WORKING_DAY_OF_MONTH if match["working"] else DayKind.NTH_OF_MONTH
    return When(NOWHERE, day=Day(kind, second=_nth(match["nth"]), month=_which_month(match)))


def _nth(words: str) -> int:
    return -1 if words.lower() == "last" else value_of(words)


def _which_month(match: re.Match[str]) -> int | None:
    return _month(match["month"]) if match["month"] else (0 if match["next"] else None)


def neighbour(part: Part | None = None) -> Build:
    """The day before or after the one spoken of, or a part of it."""

    def build(match: re.Match[str]) -> When:
        step = -1 if match["way"].lower() == "before" else 1
        return When(NOWHERE, day=Day(DayKind.SAME, step), part=part)

    return build


def slashed(match: re.Match[str]) -> When | None:
    """14/03 or 3/14: a date in good company; "24/7" and "1/2" alone are none."""
    first, second = int(match["first"]), int(match["second"])
    high, low = max(first, second), min(first, second)
    if not (1 <= low <= len(_MONTHS) and high <= _LONGEST_MONTH) or match.group() == "24/7":
        return None
    year = int(match["year"]) % 100 + 2000 if match["year"] else None
    return When(NOWHERE, day=Day(DayKind.SLASHED, first, second, year), weak=year is None)


def dated(match: re.Match[str]) -> When | None:
    """A day and a month, with a year or without."""
    day = value_of(match["day"])
    year = int(match["year"]) if match["year"] else None
    if not 1 <= day <= _LONGEST_MONTH:
        return None
    return When(NOWHERE, day=Day(DayKind.DATE, _month(match["month"]), day, year))


def iso_dated(match: re.Match[str]) -> When | None:
    """2025-03-14."""
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= len(_MONTHS) and 1 <= day <= _LONGEST_MONTH):
        return None
    return When(NOWHERE, day=Day(DayKind.DATE, month, day, year))


def day_of_month(match: re.Match[str]) -> When | None:
    """A day of the coming month, or of next month; a low number only where no noun follows it."""
    day = value_of(match["day"])
    if match.groupdict().get("next"):
        return When(NOWHERE, day=Day(DayKind.NTH_OF_MONTH, second=day, month=0)) if 1 <= day <= _LONGEST_MONTH else None
    if match.group().endswith("month"):
        return When(NOWHERE, day=Day(DayKind.DAY_OF_MONTH, day)) if 1 <= day <= _LONGEST_MONTH else None
    if day <= _LAST_COUNTING_WORD and not _DAY_COMPANY.match(match.string, match.end()):
        return None
    return When(NOWHERE, day=Day(DayKind.DAY_OF_MONTH, day)) if 1 <= day <= _LONGEST_MONTH else None


def lone_day_of_month(match: re.Match[str]) -> When | None:
    """14th without "the", where no noun follows it ("5th floor")."""
    return day_of_month(match) if _DAY_COMPANY.match(match.string, match.end()) else None


def end_of_month(match: re.Match[str]) -> When:
    """The end of a named month."""
    return When(NOWHERE, day=Day(DayKind.END_OF, _month(match["month"])))


def _month(words: str) -> int:
    return _MONTHS.index(words[:3].lower()) + 1
