"""The ways of saying when: one small pattern for each."""

import re

from levelhead.listening.numbers import NUMBER, ORDINAL, ORDINAL_WORDS, WORDS
from levelhead.listening.when import DayKind, Part, Unit
from levelhead.listening.when_meaning import (
    Build,
    bare_clock,
    beforehand,
    clock,
    coming_hour,
    couple,
    dated,
    day_named,
    day_of_month,
    day_weeks_on,
    end_of_month,
    event,
    half_past,
    hours_and_a_half,
    iso_dated,
    length,
    length_on,
    lone_day_of_month,
    named_clock,
    neighbour,
    on_the_hour,
    part_named,
    past,
    plain_clock,
    slashed,
    so_many,
    vague,
    weekday,
    weekday_of_month,
    weekday_of_next_week,
    weekday_weeks_on,
    window,
    zone,
)
from levelhead.listening.when_zones import ZONE

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Short names are words too ("she sat", "the sun"), so they have to be written as names.
_WEEKDAY = rf"(?:(?:{'|'.join(_DAYS)})|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b)"
_MINUTES = (
    r"(?:\d{2}|oh five|five|ten|fifteen|twenty(?:[ -]five)?|thirty(?:[ -]five)?"
    r"|forty(?:[ -]five)?|fifty(?:[ -]five)?)"
)
_HALF_DAY = r"(?P<half>[ap]\.?\s?m\b\.?)"
_HOUR = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WEEKS = r"(?:(?:a|one|two|three|four|\d) weeks?|a fortnight)"
# "The night before six" names a clock time.
_NO_CLOCK = rf"(?! (?:\d|{_HOUR}\b|half\b|quarter\b|noon|midnight))"
_UNIT = r"(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)"


def _compiled(*rules: tuple[str, Build]) -> tuple[tuple[re.Pattern[str], Build], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), build) for pattern, build in rules)


PATTERNS = _compiled(
    # Days
    (r"\b(?:later )?today(?:'s)?\b", day_named(DayKind.AHEAD)),
    (r"\b(?:later )?(?:tonight(?:'s)?|tonite)\b", day_named(DayKind.AHEAD, part=Part.NIGHT)),
    (r"\bthe night(?= (?:by|before|at|between)\b)", day_named(DayKind.AHEAD, part=Part.NIGHT)),
    (r"\b(?:later )?this morning\b", day_named(DayKind.AHEAD, part=Part.MORNING)),
    (r"\b(?:later )?this (?:afternoon|arvo)\b", day_named(DayKind.AHEAD, part=Part.AFTERNOON)),
    (r"\b(?:later )?this evening\b", day_named(DayKind.AHEAD, part=Part.EVENING)),
    (r"\b(?:tomorrow|tmrw|tmr)(?:'s)?\b", day_named(DayKind.AHEAD, 1)),
    (r"\b(?:the )?day after tomorrow\b", day_named(DayKind.AHEAD, 2)),
    (r"\btoday week\b", day_named(DayKind.AHEAD, 7)),
    (r"\btomorrow week\b", day_named(DayKind.AHEAD, 8)),
    (r"\bchristmas eve\b", day_named(DayKind.DATE, 12, 24)),
    (r"(?:(?<=before )|(?<=by )|(?<=on ))christmas(?: day)?\b(?! eve)", day_named(DayKind.DATE, 12, 25)),
    (r"\bboxing day\b", day_named(DayKind.DATE, 12, 26)),
    (r"\bnew year's eve\b", day_named(DayKind.DATE, 12, 31)),
    (rf"\b(?:(?P<which>this|next|coming)(?: coming)? )?(?P<day>{_WEEKDAY})(?:'s\b|s\b)?(?P<week> week\b)?", weekday),
    (
        rf"\b(?:the )?(?P<day>{ORDINAL}|\d{{1,2}})(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>20\d\d)\b)?",
        dated,
    ),
    (
        rf"\b(?P<month>{_MONTH})\.? (?:the )?(?P<day>{ORDINAL}|\d{{1,2}}\b(?![:.]\d)"
        rf"|{WORDS})(?:,? (?P<year>20\d\d)\b)?",
        dated,
    ),
    (r"\b(20\d\d)-(\d\d)-(\d\d)\b", iso_dated),
    (rf"\bthe (?P<day>{ORDINAL})\b(?! (?:one|time|thing|line|week|month|bill|class|post)\b)", day_of_month),
    (r"\b(?<!the )(?P<day>\d{1,2}(?:st|nd|rd|th))\b", lone_day_of_month),
    (rf"\b(?P<day>{_WEEKDAY})(?: of)? next week\b", weekday_of_next_week),
    (rf"\b(?P<weeks>{_WEEKS}) (?:on |from |this )?(?P<day>{_WEEKDAY})\b", weekday_weeks_on),
    (rf"\b(?P<weeks>{_WEEKS}) (?:from )?(?P<day>today|now|tomorrow)\b", day_weeks_on),
    (
        rf"\b(?:the )?(?P<nth>{ORDINAL_WORDS}|\d(?:st|nd|rd|th)|last) (?P<day>{_WEEKDAY}) (?:of|in) "
        rf"(?:(?:(?P<next>next)|the|this) month|(?P<month>{_MONTH}))",
        weekday_of_month,
    ),
    (r"(?<![\d/.-])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?(?![\d/-])", slashed),
    (rf"(?<=\bby )(?P<day>{ORDINAL})\b(?! (?:class|thing|post|one))", day_of_month),
    (
        r"\b(?:the )?end of (?:the|this) week\b|\bthis week\b"
        r"|(?:(?<=before )|(?<=by ))the weekend\b",
        day_named(DayKind.WEEK_END),
    ),
    (r"\b(?:the )?end of next week\b|\bnext week\b", day_named(DayKind.WEEK_END, 1)),
    (r"\b(?:the|this) weekend\b", day_named(DayKind.WEEKEND)),
    (r"\b(?:the )?week (?:of|commencing|beginning)\b", day_named(DayKind.WEEK_OF)),
    (r"\b(?:the )?(?:end|last day) of (?:the|this) month\b|\bmonth[- ]end\b", day_named(DayKind.MONTH_END)),
    (r"\b(?:the )?end of next month\b", day_named(DayKind.MONTH_END, 1)),
    (rf"\b(?:the )?end of (?P<month>{_MONTH})(?!\w)", end_of_month),
    (rf"\b(?:the |your )?(?P<month>{_MONTH}) (?:bill|statement|invoice|payslip)\b", end_of_month),
    (r"\b(?:that(?: same)?|the same) day\b", day_named(DayKind.SAME)),
    (r"\b(?:that(?: same)?|the same) morning\b", day_named(DayKind.SAME, part=Part.MORNING)),
    (r"\b(?:that(?: same)?|the same) afternoon\b", day_named(DayKind.SAME, part=Part.AFTERNOON)),
    (r"\b(?:that(?: same)?|the same) (?:evening|night)\b", day_named(DayKind.SAME, part=Part.NIGHT)),
    (r"(?<=\bby )then\b", day_named(DayKind.SAME)),
    (rf"\bthe day (?P<way>before|after)\b{_NO_CLOCK}", neighbour()),
    (rf"\bthe morning (?P<way>before|after)\b{_NO_CLOCK}", neighbour(Part.MORNING)),
    (rf"\bthe afternoon (?P<way>before|after)\b{_NO_CLOCK}", neighbour(Part.AFTERNOON)),
    (rf"\bthe (?:evening|night) (?P<way>before|after)\b{_NO_CLOCK}", neighbour(Part.NIGHT)),
    # The clock time of this turn on another day
    (r"\b(?:this|(?:the )?same) time next week\b", day_named(DayKind.AHEAD, 7, part=Part.SAME_TIME)),
    (r"(?:(?<=tomorrow )|(?<=day ))at the same time\b", part_named(Part.SAME_TIME)),
    (
        r"\b(?:this|(?:the )?same) time(?= (?:tomorrow|on|next|mon|tues|wednes|thurs|fri|satur|sun))",
        part_named(Part.SAME_TIME),
    ),
    # Parts of the day
    (r"\b(?:first thing|opening time)\b", part_named(Part.FIRST_THING)),
    (r"(?<=before )lunch(?:time)?\b", part_named(Part.BEFORE_LUNCH)),
    (r"\blunch(?:time)?\b(?<!after lunch)(?<!at lunch)", part_named(Part.LUNCH)),
    (r"\bmorning\b(?<!good morning)", part_named(Part.MORNING)),
    (r"\b(?:afternoon|arvo)\b(?<!good afternoon)", part_named(Part.AFTERNOON)),
    (r"\bevening\b(?<!good evening)", part_named(Part.EVENING)),
    (r"\bnight\b(?<!good night)", part_named(Part.NIGHT)),
    (
        r"\b(?:the )?(?:close of (?:business|play)|end of (?:the )?(?:business |working )?(?:day|play"
        r"|business)|last thing)\b"
        r"|\b(?:eod|cob)\b|\bclose\b(?<=by close)",
        part_named(Part.CLOSE),
    ),
    (r"\b(?:the )?end of (?=today\b|tomorrow\b)", part_named(Part.CLOSE)),
    # Clock times
    (rf"\b(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:\s?{_HALF_DAY}|\b(?![.:]?\d))", plain_clock),
    (rf"(?<![\d.:£$€])\b(?P<hour>{_HOUR})(?: (?P<minute>{_MINUTES}))?\s?{_HALF_DAY}", clock),
    (rf"\b(?P<hour>{_HOUR})\s?o'?\s?clock\b", clock),
    (rf"\b(?P<hour>{_HOUR})ish\b", clock),
    (r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) (?:hours|hrs)\b", clock),
    (r"\b(?:(?:12|twelve) )?(?:noon|midday|midnight)\b", named_clock),
    # "8 to 12" is a window, "ten to six" a clock time unless it is "from ten to six".
    (
        r"\b(?P<minute>half|quarter|five|ten|twenty(?:[ -]five)?|\d{1,2})(?: minutes?)? (?P<way>past) "
        rf"(?P<hour>{_HOUR}|midnight|noon)\b(?! minutes| hours| days| working| business| pm| am|%)",
        past,
    ),
    (rf"\b(?P<minute>quarter) (?P<way>of|til|till) (?P<hour>{_HOUR})\b", past),
    (r"\b(?:(?:the )?top of the|on the) hour\b", on_the_hour),
    (
        r"(?<!from )(?<!between )\b(?P<minute>quarter|five|ten|twenty(?:[ -]five)?|\d{1,2}(?= min))"
        rf"(?: minutes?)? (?P<way>to) (?P<hour>{_HOUR})\b(?! minutes| hours| days| working| business| pm| am|%)",
        past,
    ),
    (
        r"(?:(?<=at )|(?<=by )|(?<=till )|(?<=until ))(?P<minute>half|quarter|five|ten|twenty) (?P<way>past"
        r"|to)(?=\s*(?:$|[.,;!?]|(?:and|so|with|if|then|to get)\b))",
        coming_hour,
    ),
    (rf"\bhalf (?P<hour>{_HOUR})\b", half_past),
    (
        rf"\bbetween (?P<opens>{_HOUR})(?:[:.]\d\d| (?:fifteen|thirty"
        rf"|forty five))?\s?(?:[ap]\.?m\.?)? and (?P<hour>{_HOUR})"
        rf"(?:[:.](?P<minute>\d\d))?(?:\s?{_HALF_DAY}|\b)(?!\s*(?:working|business|minutes|hours|days|weeks"
        rf"|pounds|percent))",
        clock,
    ),
    (
        rf"(?<![\d.:£$€])\b(?P<opens>{_HOUR})(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:to|till|until|-"
        rf"|–)\s?(?P<hour>{_HOUR})"
        rf"(?:[:.](?P<minute>\d\d))?(?:\s?{_HALF_DAY}|\b)(?!\s?(?:working|business|minutes|mins|hours|hrs"
        rf"|days|weeks|months|pounds|[%:\d-]|\.\d))",
        window,
    ),
    (
        rf"\bthe (?P<opens>{_HOUR})(?: |-)(?:to|till|until)(?: |-)(?P<hour>{_HOUR})(?P<minute>)(?P<half>)"
        r"(?= (?:window|slot)\b)",
        clock,
    ),
    (
        rf"\b(?:between )?(?P<opens>{_HOUR}) (?:and|to|till|until) (?P<hour>noon|midday)\b",
        named_clock,
    ),
    (rf"(?<![\d.:£$€,])\b(?P<hour>{_HOUR})(?:[ :](?P<minute>{_MINUTES}))?\b(?![%:\d-]|[.,]\d)", bare_clock),
    # Lengths
    (
        rf"\b(?P<count>{NUMBER}|an?|half an)[\s-](?P<unit>(?:min(?:ute)?s?|hours?|hrs?))"
        r" (?:before(?:hand)?|ahead|prior|out)\b",
        beforehand,
    ),
    (
        rf"\b(?:(?:the )?next )?(?P<count>{NUMBER}|an?|half an)(?:\s?(?:-|–|to|and|or)\s?(?P<last>{NUMBER}|so))?"
        rf"[\s-](?:(?P<working>working|business|banking|bank)\s)?(?:calendar )?(?P<unit>{_UNIT})\b"
        rf"(?P<event> (?:of|after|from|once|before|since)\b(?! (?:today|now|tomorrow|{_WEEKDAY})))?(?: of today\b)?",
        length,
    ),
    (rf"\b(?P<count>{NUMBER}|an?)[\s-](?:(?P<working>working|business)\s)?(?P<unit>{_UNIT}) after that\b", length_on),
    (
        r"\b(?:(?:the )?next |a )couple (?:of )?(?P<working>working |business )?(?P<unit>hours|minutes"
        r"|mins|days|weeks)\b",
        couple,
    ),
    (r"\b(?:the )?(?:next )?hour or two\b", so_many(2, Unit.HOUR)),
    (r"\b(?:the )?(?:next )?day or two\b", so_many(2, Unit.DAY)),
    (r"(?:(?<=within )|(?<=inside )|(?<=in ))(?:the|an) hour (?:of|after|from)\b(?! (?:now|today))", event),
    (r"(?:(?<=within )|(?<=inside )|(?<=in ))(?:the|this) (?:next )?hour\b", so_many(1, Unit.HOUR)),
    (r"\b(?:the )?next hour\b", so_many(1, Unit.HOUR)),
    (r"\b(?:the )?next minute\b", so_many(1, Unit.MINUTE)),
    (r"\ba fortnight\b", so_many(14, Unit.DAY)),
    (r"\b(?:the next )?three quarters of an hour\b", so_many(45, Unit.MINUTE)),
    (r"\b(?:an|one) hour and a half\b", so_many(90, Unit.MINUTE)),
    (r"\b(?:the )?(?:next )?half(?: an)? hour\b", so_many(30, Unit.MINUTE)),
    (rf"\b(?P<count>{NUMBER}) and a half hours?\b", hours_and_a_half),
    (r"\b(?:the )?next (?:working|business) day\b", so_many(1, Unit.WORKING_DAY)),
    (ZONE, zone),
    # Bound to something without a date, or to nothing
    (r"\b(?:on|with|by|in) (?:the|your) next (?:bill|invoice|statement|payslip|run)\b", event),
    (
        r"\b(?:as soon as|the (?:minute|moment|same day)|the day) (?=(?:i|you|he|she|it|they|we|the|your"
        r"|that)(?:'s|'re|'ve)?\b)",
        event,
    ),
    (
        r"\b(?:as soon as (?:possible|i (?:can|have|hear|know)|(?:he|she|they|we|it)(?:'s|'re| is| are"
        r"| can)(?: available)?)|asap|a\.s\.a\.p"
        r"|(?:very |really )?soon(?:est)?|(?:very )?shortly(?! (?:after|before)\b)|in due course|as early as possible"
        r"|at some point|in no time"
        r"|at (?:their|his|her|our|the) earliest convenience|in (?:the next|a) (?:little while|bit)"
        r"|straight after|when(?:ever)? available"
        r"|(?:when|once) (?:there's|there is) (?:an update|news|any news)|whenever (?:he|she|they) gets? a chance"
        r"|(?:once|when) i(?:'ve)? (?:hear|know|heard)|in the (?:next few|coming) (?:days|weeks|hours)"
        r"|(?:in )?a few (?:days|weeks|hours|minutes)|early next week)\b",
        vague,
    ),
)
