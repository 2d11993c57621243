"""Consent: what a customer has agreed to in one conversation, and what may be done while nobody has asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from levelhead.conversation import Turn

NOT_KEPT = "[not kept]"
"""Stands for the words of a turn that were said and not kept."""


class Purpose(StrEnum):
    """What consent is asked for, each apart from the others."""

    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    ANALYSIS = "analysis"
    SURVEY = "survey"


class ConsentAnswer(StrEnum):
    """What the customer said. Nothing said is not a yes: the tenant settles what holds then."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ConsentRules:
    """What a tenant has settled: the purposes that go on while nobody has asked, and whether unread words are kept."""

    unasked: frozenset[Purpose] = frozenset(Purpose)
    keeps_unread: bool = True


@dataclass(frozen=True, slots=True)
class Consent:
    """What was said in one conversation; a purpose that is not there was not asked about."""

    answers: Mapping[Purpose, ConsentAnswer] = field(default_factory=dict)

    def to(self, purpose: Purpose) -> ConsentAnswer:
        """What was said about this purpose last."""
        return self.answers.get(purpose, ConsentAnswer.UNKNOWN)

    def allows(self, purpose: Purpose, rules: ConsentRules) -> bool:
        """Whether it may go on."""
        said = self.to(purpose)
        return said is ConsentAnswer.GIVEN or (said is ConsentAnswer.UNKNOWN and purpose in rules.unasked)


@dataclass(frozen=True, slots=True)
class Gate:
    """What may be done with the next turn."""

    records: bool
    keeps_words: bool
    reads: bool


def gate(consent: Consent, rules: ConsentRules) -> Gate:
    """Sound is kept by consent to recording, words by consent to transcription; reading needs the words and a yes."""
    transcribes = consent.allows(Purpose.TRANSCRIPTION, rules)
    reads = transcribes and consent.allows(Purpose.ANALYSIS, rules)
    return Gate(
        records=consent.allows(Purpose.RECORDING, rules),
        keeps_words=transcribes and (reads or rules.keeps_unread),
        reads=reads,
    )


def without_words(turn: Turn) -> Turn:
    """The turn as it is counted where its words may not be kept: who spoke and when, and nothing of what was said."""
    return replace(turn, text=NOT_KEPT, customer=None)
