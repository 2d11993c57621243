"""Holidays as names of days: those with a date of their own, and those that go with Easter."""

from levelhead.listening.when import DayKind
from levelhead.listening.when_meaning_days import day_named
from levelhead.listening.when_pieces import Rule

HOLIDAYS: tuple[Rule, ...] = (
    (r"\bchristmas eve\b", day_named(DayKind.DATE, 12, 24)),
    (r"(?:(?<=before )|(?<=by )|(?<=on ))christmas\b(?! eve)|\bchristmas day\b", day_named(DayKind.DATE, 12, 25)),
    (r"\b(?:boxing|st\.? stephen'?s) day\b", day_named(DayKind.DATE, 12, 26)),
    (r"\bnew years?'?s? eve\b|\bhogmanay\b", day_named(DayKind.DATE, 12, 31)),
    (r"\bnew years?'?s? day\b|(?<=before )(?:the )?new year\b(?!')", day_named(DayKind.DATE, 1, 1)),
    (r"\baustralia day\b", day_named(DayKind.DATE, 1, 26)),
    (r"\bvalentine'?s day\b", day_named(DayKind.DATE, 2, 14)),
    (r"\b(?:st\.? (?:patrick|paddy)|paddy)'?s day\b", day_named(DayKind.DATE, 3, 17)),
    (r"\banzac day\b", day_named(DayKind.DATE, 4, 25)),
    (r"\bmay day\b", day_named(DayKind.DATE, 5, 1)),
    (r"\bcanada day\b", day_named(DayKind.DATE, 7, 1)),
    (r"\bindependence day\b", day_named(DayKind.DATE, 7, 4)),
    (r"(?:(?<=before )|(?<=by )|(?<=on ))hallowe'?en\b", day_named(DayKind.DATE, 10, 31)),
    (r"\b(?:bonfire|guy fawkes) night\b", day_named(DayKind.DATE, 11, 5)),
    (r"\b(?:veterans|remembrance) day\b", day_named(DayKind.DATE, 11, 11)),
    (r"\bgood friday\b", day_named(DayKind.EASTER, -2)),
    (r"(?:(?<=before )|(?<=by )|(?<=on ))easter\b(?! monday)|\beaster sunday\b", day_named(DayKind.EASTER)),
    (r"\beaster monday\b", day_named(DayKind.EASTER, 1)),
)
