"""The wording of the draft check: patterns, reasons and what to say instead, frozen once parsed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """What a rule's `instead` replaces: the matched words, a clause that becomes a sentence of its own, the whole
    sentence, or nothing (it is added after the sentence).
    """

    WORDS = "words"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    AFTER = "after"


class When(StrEnum):
    """What must be known of the customer for a rule to apply."""

    CUSTOMER_UPSET = "customer_upset"
    CUSTOMER_NAMED = "customer_named"
    CUSTOMER_EXPLAINED = "customer_explained"
    NO_SPOUSE_NAMED = "no_spouse_named"


class DraftExample(NamedTuple):
    """A draft and the rewrite that its rule promises; tests hold every one of them to it."""

    draft: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class DraftRule:
    """One way of saying something badly, why, and what to say instead (None: the agent has to find the words)."""

    id: str
    fault: str
    hints: tuple[str, ...]
    find: re.Pattern[str]
    reason: str
    instead: str | None
    scope: Scope = Scope.WORDS
    unless: re.Pattern[str] | None = None
    unless_draft: re.Pattern[str] | None = None
    if_draft: re.Pattern[str] | None = None
    when: When | None = None
    examples: tuple[DraftExample, ...] = ()
    caught: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apologies:
    """When one more apology is one too many, and which of them can go."""

    too_many: int
    find: re.Pattern[str]
    unless: re.Pattern[str]
    bare: re.Pattern[str]
    opening: re.Pattern[str]
    reason: str


@dataclass(frozen=True, slots=True)
class AskedThing:
    """Something that agents ask for, and how to see that the customer gave it: kinds of fact, or how it looks."""

    name: str
    ask: re.Pattern[str]
    facts: tuple[str, ...]
    said: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Requests:
    """How an agent asks for things; `ask` is a sentence that asks for one thing only."""

    reason: str
    instead: str
    ask: re.Pattern[str]
    mention: re.Pattern[str]
    things: tuple[AskedThing, ...]


@dataclass(frozen=True, slots=True)
class Greetings:
    """How a reply greets, and what to say when it greets the wrong name."""

    greeting: re.Pattern[str]
    not_names: frozenset[str]
    wrong: str
    misspelt: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What a reply lacks: why that matters, and the sentence to add."""

    reason: str
    instead: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What says what comes next, and the words a reply must have before it needs to."""

    missing: Missing
    find: re.Pattern[str]
    chat_words: int
    email_words: int


@dataclass(frozen=True, slots=True)
class Jargon:
    """Inside words with their plain ones, and the capitals that everybody knows."""

    reason: str
    unknown: str
    known: frozenset[str]
    plain: Mapping[str, str]
    find_plain: re.Pattern[str]


class Trouble(NamedTuple):
    """How customers say that something went wrong, and how to name it back to them."""

    find: re.Pattern[str]
    say: str


@dataclass(frozen=True, slots=True)
class DraftWording:
    """All wording of the draft check for one locale."""

    version: str
    locale: str
    rules: tuple[DraftRule, ...]
    apologies: Apologies
    requests: Requests
    greetings: Greetings
    question: Missing
    next_step: NextStep
    shouting: str
    shouting_keep: frozenset[str]
    jargon: Jargon
    reasons: Mapping[str, str]
    troubles: tuple[Trouble, ...]
    trouble_gap: str
