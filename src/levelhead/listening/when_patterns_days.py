"""The ways of naming a day: one small pattern for each."""

from levelhead.listening.numbers import ORDINAL, ORDINAL_WORDS, WORDS
from levelhead.listening.when import DayKind, Part
from levelhead.listening.when_holidays import HOLIDAYS
from levelhead.listening.when_meaning_days import (
    dated,
    day_named,
    day_of_month,
    day_week,
    day_weeks_on,
    end_of_month,
    following,
    iso_dated,
    lone_day_of_month,
    neighbour,
    nth_day_of_month,
    slashed,
    weekday,
    weekday_of_month,
    weekday_of_next_week,
    weekday_weeks_on,
)
from levelhead.listening.when_pieces import MONTH, NO_CLOCK, TOMORROW, WEEKDAY, WEEKS, Rule

DAYS: tuple[Rule, ...] = (
    (r"\b(?:later )?(?:today(?:'s)?|2day)\b|(?:(?<=within )|(?<=inside ))the day\b", day_named(DayKind.AHEAD)),
    (r"\b(?:later )?(?:tonight(?:'s)?|tonite|2nite)\b", day_named(DayKind.AHEAD, part=Part.NIGHT)),
    (r"\bthe night(?= (?:by|before|at|between)\b)", day_named(DayKind.AHEAD, part=Part.NIGHT)),
    (r"\b(?:later )?this morning\b", day_named(DayKind.AHEAD, part=Part.MORNING)),
    (r"\b(?:later )?this (?:afternoon|arvo)\b", day_named(DayKind.AHEAD, part=Part.AFTERNOON)),
    (r"\b(?:later )?this evening\b", day_named(DayKind.AHEAD, part=Part.EVENING)),
    (rf"\b(?:{TOMORROW}|the morra|the morn(?: morning)?)(?:'s)?\b", day_named(DayKind.AHEAD, 1)),
    (rf"\b(?:the )?day after {TOMORROW}\b", day_named(DayKind.AHEAD, 2)),
    (rf"\b(?P<day>today|this day|{TOMORROW}) (?P<weeks>week|fortnight)\b", day_week),
    (r"\b(?:this|the same) day next week\b", day_named(DayKind.AHEAD, 7)),
    (rf"\b{TOMORROW} morning\b", day_named(DayKind.AHEAD, 1, part=Part.MORNING)),
    (rf"\b{TOMORROW} (?:afternoon|arvo)\b", day_named(DayKind.AHEAD, 1, part=Part.AFTERNOON)),
    (rf"\b{TOMORROW} evening\b", day_named(DayKind.AHEAD, 1, part=Part.EVENING)),
    (rf"\b{TOMORROW} night\b", day_named(DayKind.AHEAD, 1, part=Part.NIGHT)),
    *HOLIDAYS,
    (rf"\b(?:(?P<which>this|next|coming)(?: coming)? )?(?P<day>{WEEKDAY})(?:'s\b|s\b)?(?P<week> week\b)?", weekday),
    (
        rf"\b(?P<day>{WEEKDAY}) (?:(?P<weeks>fortnight|(?:two|three|four|[234]) weeks)\b(?! (?:ago|before|earlier))"
        r"|(?P<after>after next)\b)",
        weekday_weeks_on,
    ),
    (rf"\bthe following (?P<day>{WEEKDAY})\b|\bthe (?P<following>{WEEKDAY}) (?:after that|following)\b", following),
    (r"\bthe following day\b|\bthe day following\b", day_named(DayKind.SAME, 1)),
    (r"\bthe (?:following|next) morning\b", day_named(DayKind.SAME, 1, part=Part.MORNING)),
    (r"\bthe (?:following|next) afternoon\b", day_named(DayKind.SAME, 1, part=Part.AFTERNOON)),
    (r"\bthe (?:following|next) (?:evening|night)\b", day_named(DayKind.SAME, 1, part=Part.NIGHT)),
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
    (
        rf"\bthe (?P<day>{ORDINAL}) (?:of )?(?:(?P<next>next)|the|this) month\b(?!'s)",
        day_of_month,
    ),
    (rf"\b(?P<day>{WEEKDAY})(?: of)? next week\b", weekday_of_next_week),
    (rf"\bnext week,? (?:on )?(?:the )?(?P<day>{WEEKDAY})\b", weekday_of_next_week),
    (rf"\bthis week,? (?:on )?(?P<which>)(?P<day>{WEEKDAY})(?P<week>)\b", weekday),
    (
        r"(?<!every )(?<!each )(?<!this )(?<!next )(?<!last )(?<!per )(?<!same )(?<!the )(?<!that )(?<!a )(?<!all )"
        rf"\b(?P<weeks>week) (?:on )(?P<day>{WEEKDAY})\b",
        weekday_weeks_on,
    ),
    (rf"\b(?P<weeks>{WEEKS}) (?:on |from |this )?(?P<day>{WEEKDAY})\b", weekday_weeks_on),
    (rf"\b(?P<weeks>{WEEKS}) (?:from )?(?P<day>today|now|tomorrow)\b", day_weeks_on),
    (
        rf"\b(?:the )?(?P<nth>{ORDINAL_WORDS}|\d(?:st|nd|rd|th)|last) (?P<day>{WEEKDAY}) (?:of|in) "
        rf"(?:(?:(?P<next>next)|the|this) month|(?P<month>{MONTH}))",
        weekday_of_month,
    ),
    (
        rf"\b(?:the )?(?P<nth>{ORDINAL_WORDS}|\d(?:st|nd|rd|th)|last) (?P<working>(?:working|business|banking) )?"
        rf"day (?:of|in) (?:(?:(?P<next>next)|the|this) month|(?P<month>{MONTH}))",
        nth_day_of_month,
    ),
    (
        r"(?<![\d/.-])(?P<first>\d{1,2})(?P<parted>[.-])(?P<second>\d{1,2})(?P=parted)(?P<year>20\d\d|2\d)(?![\d.-]\d)",
        slashed,
    ),
    (r"(?<![\d/.-])(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>(?:20)?\d\d))?(?![\d/-])", slashed),
    (rf"(?:(?<=\bby )|(?<=\bbefore ))(?P<day>{ORDINAL})\b(?! (?:class|thing|post|one))", day_of_month),
    (
        r"\b(?:the |this )?(?:end of (?:(?:the|this) )?week(?! \d)|week'?s end|working week)\b"
        r"|\b(?:the )?end of (?:the|this) working week\b|\b(?:later )?this (?:week|wk)\b|\beow\b"
        r"|(?:(?<=before )|(?<=by ))(?:the|this) (?:weekend|wkend|wknd)\b"
        r"|\bbefore the week(?:'s| is) (?:out|over|done)\b",
        day_named(DayKind.WEEK_END),
    ),
    (r"\b(?:the )?end of next week\b|\b(?:later )?(?:next|nxt) (?:week|wk)\b", day_named(DayKind.WEEK_END, 1)),
    (r"\b(?:the )?(?:end of )?(?:that(?: same)?|the same) week\b(?!end)", day_named(DayKind.SAME_WEEK)),
    (r"\b(?:the )?(?:end of )?the (?:following week|week after(?: that)?)\b(?! next)", day_named(DayKind.SAME_WEEK, 1)),
    (r"\b(?:the )?week after next\b", day_named(DayKind.WEEK_END, 2)),
    (r"\b(?:the|this) (?:weekend|wkend|wknd)\b", day_named(DayKind.WEEKEND)),
    (r"\bnext (?:weekend|wkend|wknd)\b", day_named(DayKind.WEEKEND, 1)),
    (r"\b(?:the )?week (?:of|commencing|beginning)\b", day_named(DayKind.WEEK_OF)),
    (
        r"\b(?:the )?(?:end|last day) of (?:(?:the|this) )?month\b|\b(?:the |this )?month(?:[- ]|'?s[- ])end\b|\beom\b"
        r"|\bbefore the month(?:'s| is) (?:out|over|done)\b|\b(?:later|some ?time) this month\b",
        day_named(DayKind.MONTH_END),
    ),
    (
        r"\b(?:the )?(?:end|last day) of next month\b|\bnext month(?:'?s|-)? end\b|\b(?:later|some ?time) next month\b",
        day_named(DayKind.MONTH_END, 1),
    ),
    (rf"\b(?:the )?(?:end|last day) of (?P<month>{MONTH})(?!\w)", end_of_month),
    (rf"\b(?P<month>{MONTH})'?s end\b", end_of_month),
    (r"\b(?:the )?end of (?:(?:the|this) )?year\b|\byear(?:[- ]|'?s[- ])end\b", day_named(DayKind.DATE, 12, 31)),
    (r"\b(?:the )?end of (?:(?:the|this) )?quarter\b|\bquarter(?:[- ]|'?s[- ])end\b", day_named(DayKind.QUARTER_END)),
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
