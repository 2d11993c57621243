"""The ways of naming a day: one small pattern for each."""

from levelhead.listening.numbers import ORDINAL, ORDINAL_WORDS, WORDS
from levelhead.listening.when import DayKind, Part
from levelhead.listening.when_meaning_days import (
    dated,
    day_named,
    day_of_month,
    day_weeks_on,
    end_of_month,
    iso_dated,
    lone_day_of_month,
    neighbour,
    slashed,
    weekday,
    weekday_of_month,
    weekday_of_next_week,
    weekday_weeks_on,
)
from levelhead.listening.when_pieces import MONTH, NO_CLOCK, WEEKDAY, WEEKS, Rule

DAYS: tuple[Rule, ...] = (
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
    (rf"\b(?:(?P<which>this|next|coming)(?: coming)? )?(?P<day>{WEEKDAY})(?:'s\b|s\b)?(?P<week> week\b)?", weekday),
    (
        rf"\b(?:the )?(?P<day>{ORDINAL}|\d{{1,2}})(?: of)? (?P<month>{MONTH})(?:,? (?P<year>20\d\d)\b)?",
        dated,
    ),
    (
        rf"\b(?P<month>{MONTH})\.? (?:the )?(?P<day>{ORDINAL}|\d{{1,2}}\b(?![:.]\d)"
        rf"|{WORDS})(?:,? (?P<year>20\d\d)\b)?",
        dated,
    ),
    (r"\b(20\d\d)-(\d\d)-(\d\d)\b", iso_dated),
    (rf"\bthe (?P<day>{ORDINAL})\b(?! (?:one|time|thing|line|week|month|bill|class|post)\b)", day_of_month),
    (r"\b(?<!the )(?P<day>\d{1,2}(?:st|nd|rd|th))\b", lone_day_of_month),
    (rf"\b(?P<day>{WEEKDAY})(?: of)? next week\b", weekday_of_next_week),
    (rf"\b(?P<weeks>{WEEKS}) (?:on |from |this )?(?P<day>{WEEKDAY})\b", weekday_weeks_on),
    (rf"\b(?P<weeks>{WEEKS}) (?:from )?(?P<day>today|now|tomorrow)\b", day_weeks_on),
    (
        rf"\b(?:the )?(?P<nth>{ORDINAL_WORDS}|\d(?:st|nd|rd|th)|last) (?P<day>{WEEKDAY}) (?:of|in) "
        rf"(?:(?:(?P<next>next)|the|this) month|(?P<month>{MONTH}))",
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
    (rf"\b(?:the )?end of (?P<month>{MONTH})(?!\w)", end_of_month),
    (rf"\b(?:the |your )?(?P<month>{MONTH}) (?:bill|statement|invoice|payslip)\b", end_of_month),
    (r"\b(?:that(?: same)?|the same) day\b", day_named(DayKind.SAME)),
    (r"\b(?:that(?: same)?|the same) morning\b", day_named(DayKind.SAME, part=Part.MORNING)),
    (r"\b(?:that(?: same)?|the same) afternoon\b", day_named(DayKind.SAME, part=Part.AFTERNOON)),
    (r"\b(?:that(?: same)?|the same) (?:evening|night)\b", day_named(DayKind.SAME, part=Part.NIGHT)),
    (r"(?<=\bby )then\b", day_named(DayKind.SAME)),
    (rf"\bthe day (?P<way>before|after)\b{NO_CLOCK}", neighbour()),
    (rf"\bthe morning (?P<way>before|after)\b{NO_CLOCK}", neighbour(Part.MORNING)),
    (rf"\bthe afternoon (?P<way>before|after)\b{NO_CLOCK}", neighbour(Part.AFTERNOON)),
    (rf"\bthe (?:evening|night) (?P<way>before|after)\b{NO_CLOCK}", neighbour(Part.NIGHT)),
)
