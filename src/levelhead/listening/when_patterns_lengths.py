"""The ways of saying a length of time: one small pattern for each."""

from levelhead.listening.numbers import NUMBER
from levelhead.listening.when import Unit
from levelhead.listening.when_meaning import (
    beforehand,
    couple,
    days_before,
    event,
    hours_and_a_half,
    hours_and_minutes,
    length,
    length_on,
    minutes,
    so_many,
)
from levelhead.listening.when_pieces import UNIT, UNIT_OF_CLOCK, WEEKDAY, Rule

# Counted from these is counted from now.
_THIS_MESSAGE = (
    r"(?:(?:the )?(?:date|receipt) of )?(?:this|our|my) (?:message|e-?mail|letter|text|note|call|chat|reply|notice"
    r"|conversation|date)"
)
LENGTHS: tuple[Rule, ...] = (
    (
        rf"\b(?P<count>{NUMBER}|an?|half an)[\s-]?(?P<unit>{UNIT_OF_CLOCK}) (?:before(?:hand)?|b4|ahead|prior|out)\b",
        beforehand,
    ),
    (
        rf"\b(?:(?:the )?next )?(?P<count>{NUMBER}|an?|half an)(?:\s?(?:-|–|/|to|and|or)\s?(?P<last>{NUMBER}|so))?"
        rf"[\s-]?(?:(?:clear|full|more)\s)?(?:(?P<working>working|business|banking|bank)\s)?"
        rf"(?:calendar )?(?P<unit>{UNIT})\b"
        rf"(?P<event> (?:of|after|from|once|before|since)\b(?! (?:today|now|tomorrow|{WEEKDAY}|{_THIS_MESSAGE})))?"
        r"(?: of today\b)?",
        length,
    ),
    (
        rf"\b(?P<count>{NUMBER}|an?)[\s-](?:(?P<working>working|business)\s)?(?P<unit>{UNIT})"
        r" (?:after|of|from|following) that\b",
        length_on,
    ),
    (rf"\b(?P<count>{NUMBER}|an?) (?P<unit>days?|weeks?|months?) (?:beforehand|before that|in advance)\b", days_before),
    (
        r"\b(?:(?:the )?next |a )couple (?:of )?(?P<working>working |business )?(?P<unit>hours|hrs|minutes"
        r"|mins|days|weeks|months)\b",
        couple,
    ),
    (
        rf"\b(?:half an hour|an hour|{NUMBER} {UNIT_OF_CLOCK}) (?:to|or) (?P<count>half an|an|{NUMBER})"
        rf" (?P<unit>{UNIT_OF_CLOCK})\b",
        length,
    ),
    (
        rf"\b(?:(?:the )?next )?(?P<count>{NUMBER}|an)\s?(?:hours?|hrs?|h)(?: and)?\s?(?P<minutes>{NUMBER})"
        r"\s?(?:min(?:ute)?s?|m)\b",
        hours_and_minutes,
    ),
    (
        r"\b(?:(?:the )?next )?(?P<count>an|one) hour (?:and )?"
        r"(?P<minutes>ten|fifteen|twenty|thirty|forty(?:[ -]five)?)"
        r"(?=\s*(?:$|[.,;!?](?!\d)|(?:and|so|to|for|with|from|or)\b))",
        hours_and_minutes,
    ),
    (
        r"(?:(?<=\bin )(?<!one in )(?<!1 in )|(?<=\bgive me )|(?<=\bgimme ))(?:about )?"
        r"(?P<count>five|ten|fifteen|twenty|thirty|5|10|15|20|30)"
        r"(?=\s*(?:$|[.!?;,](?!\d)|(?:and|with|so|to (?!\d)|once|if|about|ok|okay|i'll|we'll|you'll)\b))",
        minutes,
    ),
    (r"\b(?:an? |the )?(?:next )?hour or two\b", so_many(2, Unit.HOUR)),
    (r"\b(?:an? |the )?(?:next )?day or two\b", so_many(2, Unit.DAY)),
    (r"\b(?:an? |the )?(?:next )?minute or two\b", so_many(2, Unit.MINUTE)),
    (r"\b(?:an? |the )?(?:next )?week or two\b", so_many(2, Unit.WEEK)),
    (r"(?:(?<=within )|(?<=inside )|(?<=in ))(?:the|an) hour (?:of|after|from)\b(?! (?:now|today))", event),
    (r"(?:(?<=within )|(?<=inside )|(?<=in ))(?:the|this) (?:next )?hour\b", so_many(1, Unit.HOUR)),
    (r"\b(?:the )?next hour\b", so_many(1, Unit.HOUR)),
    (r"\b(?:the )?next minute\b", so_many(1, Unit.MINUTE)),
    (r"\b(?:a|one|the next|the|next) fortnight\b", so_many(14, Unit.DAY)),
    (r"\b(?:the next )?three[ -]quarters of an hour\b", so_many(45, Unit.MINUTE)),
    (r"\b(?:(?:the |a )?next |an? |the )?quarter(?: of an)?[ -]hour\b", so_many(15, Unit.MINUTE)),
    (r"\b(?:(?:the )?next )?(?:an |one )?hour and a half\b", so_many(90, Unit.MINUTE)),
    (r"\b(?:(?:the )?next )?(?:an |one )?hour and a quarter\b", so_many(75, Unit.MINUTE)),
    (r"\b(?:(?:the )?next )?(?:an |one )?hour and three[ -]quarters\b", so_many(105, Unit.MINUTE)),
    (r"\b(?:the )?(?:next )?half(?: an)? hour\b", so_many(30, Unit.MINUTE)),
    (rf"\b(?P<count>{NUMBER}) and a half hours?\b", hours_and_a_half),
    (r"\b(?:the )?(?:next|following) (?:working|business|banking) day\b", so_many(1, Unit.WORKING_DAY)),
)
