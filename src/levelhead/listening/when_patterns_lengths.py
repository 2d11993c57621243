"""The ways of saying a length of time: one small pattern for each."""

from levelhead.listening.numbers import NUMBER
from levelhead.listening.when import Unit
from levelhead.listening.when_meaning import beforehand, couple, event, hours_and_a_half, length, length_on, so_many
from levelhead.listening.when_pieces import UNIT, WEEKDAY, Rule

LENGTHS: tuple[Rule, ...] = (
    (
        rf"\b(?P<count>{NUMBER}|an?|half an)[\s-](?P<unit>(?:min(?:ute)?s?|hours?|hrs?))"
        r" (?:before(?:hand)?|ahead|prior|out)\b",
        beforehand,
    ),
    (
        rf"\b(?:(?:the )?next )?(?P<count>{NUMBER}|an?|half an)(?:\s?(?:-|–|to|and|or)\s?(?P<last>{NUMBER}|so))?"
        rf"[\s-](?:(?P<working>working|business|banking|bank)\s)?(?:calendar )?(?P<unit>{UNIT})\b"
        rf"(?P<event> (?:of|after|from|once|before|since)\b(?! (?:today|now|tomorrow|{WEEKDAY})))?(?: of today\b)?",
        length,
    ),
    (rf"\b(?P<count>{NUMBER}|an?)[\s-](?:(?P<working>working|business)\s)?(?P<unit>{UNIT}) after that\b", length_on),
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
)
