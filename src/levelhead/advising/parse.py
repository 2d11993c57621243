"""Parse: TOML text to a Pack, strictly: an unknown or missing key or a bad label is an error that names its mend."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from itertools import combinations
from types import MappingProxyType

from levelhead.advising.circumstance import VOCABULARY
from levelhead.advising.draft_pack import DraftWording
from levelhead.advising.likeness import likeness
from levelhead.advising.pack import (
    Limits,
    Listening,
    Pack,
    Phrase,
    Rule,
    Rung,
    Slot,
    Thresholds,
    Way,
    Weights,
)
from levelhead.advising.table import PackError, Table
from levelhead.conversation import Abuse, CardKind, Channel, Emotion, Move

MOVES = frozenset(str(move) for move in Move)
CAUSES = frozenset(
    {
        "product_fault",
        "service_failure",
        "delivery",
        "billing",
        "policy",
        "miscommunication",
        "unanswered",
        "agent_conduct",
        "account_access",
        "personal_stress",
        "other",
    }
)
_SLOT = re.compile(r"\{(\w*)\}")
_MIDWAY_STOP = re.compile(r"[.?!]\s")
# An apology for nothing in particular is never suggested: it names no event, so it sounds like none was heard.
_GENERIC_APOLOGY = re.compile(
    r"\b(sorry|apologi[sz]e|apologies) (for|about) (any|the|this|that|your|all)\s?"
    r"(inconvenience|trouble|experience|frustration|issues?|this|that|it)?\b\W*$"
    r"|\b(sorry|apologi[sz]\w+) for (any|the) inconvenience|\bsorry you feel|\bsorry to hear (this|that)\b\W*$",
    re.IGNORECASE,
)


def parse_pack(text: str, *, draft: DraftWording, base: str | None = None) -> Pack:
    """The pack in this TOML text, laid over `base` when it says `extends`; raises PackError, never guesses.

    `draft` is the wording of the draft check, which stands in a text of its own.
    """
    top = Table(laid_over(_toml(text), base), "")
    limits = _limits(top.table("limits"))
    rules = tuple(_rule(name, table) for name, table in top.table("rules").tables())
    pack = Pack(
        name=top.text("name"),
        version=top.text("version"),
        locale=top.text("locale"),
        limits=limits,
        thresholds=_thresholds(top.table("thresholds")),
        weights=_weights(top.table("weights")),
        ladder_starts=_ladder_starts(top.table("ladder_starts")),
        rules=rules,
        phrases=_phrases(top.table("phrases"), frozenset(rule.name for rule in rules), limits),
        listening=_listening(top.table("listening")),
        helplines=top.table("helplines").mapping(),
        emergency=top.table("emergency").mapping(),
        quiet=top.table("quiet").mapping(),
        draft=draft,
    )
    top.done(("name", "version", "locale", "extends", "respell", "limits", "thresholds", "weights", "ladder_starts"))
    _every_rule_can_speak(pack)
    _no_two_alike(pack)
    return pack


def _toml(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error


def laid_over(values: dict[str, object], base: str | None) -> dict[str, object]:
    """What a pack says as a whole: its own values, over those of `base` when it says `extends`. Raises PackError."""
    if "extends" not in values:
        return values
    over = Table(values, "")
    name = over.text("extends")
    below = _toml(base) if base is not None else {}
    if below.get("name") != name:
        raise PackError("extends", f"the pack {name!r} was not given", "give its text as the base")
    spelling = over.table("respell").mapping() if "respell" in values else {}
    rest = {key: value for key, value in values.items() if key not in ("extends", "respell")}
    return _merged(_respelt(below, spelling), rest)


def _respelt(values: dict[str, object], spelling: Mapping[str, str]) -> dict[str, object]:
    """The base's phrases in this locale's spelling; nothing else of it has words that a person sees."""
    phrases = values.get("phrases")
    if not spelling or not isinstance(phrases, dict):
        return values
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, spelling)) + r")\b")
    return values | {"phrases": _replaced(phrases, pattern, spelling)}


def _replaced(value: object, pattern: re.Pattern[str], spelling: Mapping[str, str]) -> object:
    if isinstance(value, dict):
        return {
            key: inner
            if key in ("for", "cause", "emotion", "channel", "needs", "unless")
            else _replaced(inner, pattern, spelling)
            for key, inner in value.items()
        }
    return pattern.sub(lambda found: spelling[found[0]], value) if isinstance(value, str) else value


def _merged(below: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    merged = dict(below)
    for key, value in over.items():
        under = merged.get(key)
        # A phrase or a rule is replaced whole: half of one and half of another would be nobody's sentence.
        whole = isinstance(value, dict) and ("say" in value or "way" in value)
        both = isinstance(value, dict) and isinstance(under, dict) and not whole
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _limits(table: Table) -> Limits:
    limits = Limits(
        gap_seconds=table.number("gap_seconds", 0, 3600),
        gap_turns=table.whole("gap_turns", 1, 50),
        patience_turns=table.whole("patience_turns", 1, 20),
        patience_written=table.whole("patience_written", 1, 20),
        title_words=table.whole("title_words", 1, 12),
        because_words=table.whole("because_words", 1, 60),
        same_kind_turns=table.whole("same_kind_turns", 0, 50),
        alike=table.number("alike", 0, 1),
    )
    table.done(Limits.__slots__)
    return limits


def _thresholds(table: Table) -> Thresholds:
    thresholds = Thresholds(
        uneasy_from=table.whole("uneasy_from", 1, 3),
        upset_from=table.whole("upset_from", 1, 3),
        strong_from=table.whole("strong_from", 1, 3),
        clear_emotion=table.number("clear_emotion", 0, 1),
        clear_cue=table.number("clear_cue", 0, 1),
        clear_danger=table.number("clear_danger", 0, 1),
        clear_abuse=table.number("clear_abuse", 0, 1),
        clear_move=table.number("clear_move", 0, 1),
        clear_fault=table.number("clear_fault", 0, 1),
        clear_harm=table.number("clear_harm", 0, 1),
        long_account_words=table.whole("long_account_words", 1, 1000),
        long_account_words_written=table.whole("long_account_words_written", 1, 1000),
        facts_to_confirm=table.whole("facts_to_confirm", 1, 20),
    )
    table.done(Thresholds.__slots__)
    return thresholds


def _weights(table: Table) -> Weights:
    weights = Weights(*(table.number(key, 0, 2) for key in Weights.__slots__))
    table.done(Weights.__slots__)
    return weights


def _ladder_starts(table: Table) -> Mapping[Abuse, Rung]:
    # Profanity at the fault never climbs, whatever a pack says: `profanity` is refused here as an unknown key.
    climbing = [abuse for abuse in Abuse if abuse not in {Abuse.NONE, Abuse.PROFANITY}]
    starts: dict[Abuse, Rung] = {abuse: table.one_of(abuse, Rung) for abuse in climbing}
    table.done(climbing)
    return MappingProxyType(starts)


def _rule(name: str, table: Table) -> Rule:
    rule = Rule(
        name=name,
        way=table.one_of("way", Way),
        kind=table.one_of("kind", CardKind),
        aim=table.labels("aim", MOVES, needed=True),
        urgency=table.number("urgency", 0, 1),
        effect=table.number("effect", 0, 1),
        when=table.labels("when", VOCABULARY, needed=True),
        any_of=table.labels("any", VOCABULARY),
        unless=table.labels("unless", VOCABULARY),
        channels=table.some_of("channel", Channel),
        times=table.whole("times", 1, 10, default=1),
        plain=table.yes("plain", default=True),
        presses=table.yes("presses", default=False),
    )
    table.done(
        ("way", "kind", "aim", "urgency", "effect", "when", "any", "unless", "channel", "times", "plain", "presses")
    )
    return rule


def _phrases(table: Table, rules: frozenset[str], limits: Limits) -> tuple[Phrase, ...]:
    phrases = []
    for kind in CardKind:
        phrases += [_phrase(name, kind, inner, rules, limits) for name, inner in table.table(kind).tables()]
    table.done(CardKind)
    return tuple(phrases)


def _phrase(name: str, kind: CardKind, table: Table, rules: frozenset[str], limits: Limits) -> Phrase:
    title, say, where = table.text("title"), table.text("say"), table.where
    phrase = Phrase(
        name=f"{kind}.{name}",
        kind=kind,
        title=title,
        say=say,
        rules=table.labels("for", rules, needed=True),
        causes=table.labels("cause", CAUSES),
        emotions=table.some_of("emotion", Emotion),
        channels=table.some_of("channel", Channel),
        needs=table.labels("needs", VOCABULARY),
        unless=table.labels("unless", VOCABULARY),
        slots=tuple(dict.fromkeys(_slot(text, where) for text in _SLOT.findall(f"{title} {say}"))),
    )
    table.done(("title", "say", "for", "cause", "emotion", "channel", "needs", "unless"))
    _reads_well(phrase, where, limits)
    return phrase


def _slot(text: str, where: str) -> Slot:
    if text not in set(Slot):
        raise PackError(where, f"{{{text}}} is not a slot", f"use one of: {', '.join(Slot)}")
    return Slot(text)


def _reads_well(phrase: Phrase, where: str, limits: Limits) -> None:
    if len(phrase.title.split()) > limits.title_words:
        raise PackError(where, "the title is too long", f"keep it to {limits.title_words} words")
    if _MIDWAY_STOP.search(phrase.say) or phrase.say[-1] not in ".?":
        raise PackError(where, f"{phrase.say!r} is not one sentence", "say one thing, and end it with . or ?")
    if "!" in phrase.title + phrase.say:
        raise PackError(where, "it has an exclamation mark", "take it out")
    if _GENERIC_APOLOGY.search(phrase.say):
        raise PackError(where, f"{phrase.say!r} is a generic apology", "name what went wrong")


def _listening(table: Table) -> Listening:
    named = table.table("lists")
    names = named.keys()
    lists = {name: named.texts(name, needed=True) for name in names}
    causes, titles = table.table("causes"), table.texts("titles_of_address", needed=True)
    patterns = {
        field.name: table.words(field.name, lists)
        for field in fields(Listening)
        if field.name not in ("causes", "titles_of_address")
    }
    found = MappingProxyType({cause: causes.words(cause) for cause in sorted(CAUSES & set(causes.keys()))})
    causes.done(CAUSES)
    table.done((*Listening.__slots__, "lists"))
    return Listening(causes=found, titles_of_address=titles, **patterns)


def _every_rule_can_speak(pack: Pack) -> None:
    for rule in pack.rules:
        fitting = [phrase for phrase in pack.phrases if phrase.kind is rule.kind and rule.name in phrase.rules]
        if not (any(_fits_always(phrase) for phrase in fitting) or (fitting and not rule.plain)):
            mend = f"add one under phrases.{rule.kind}"
            raise PackError(f"rules.{rule.name}", "no phrase without slots fits it", mend)
    kinds = {rule.name: rule.kind for rule in pack.rules}
    for phrase in pack.phrases:
        for name in phrase.rules:
            if kinds[name] is not phrase.kind:
                wrong = f"the rule {name!r} raises cards of the kind {kinds[name]!r}"
                raise PackError(f"phrases.{phrase.name}", wrong, "move the phrase there")


def _fits_always(phrase: Phrase) -> bool:
    return not (phrase.slots or phrase.emotions or phrase.causes or phrase.needs or phrase.unless)


def _no_two_alike(pack: Pack) -> None:
    for one, other in combinations(pack.phrases, 2):
        if one.kind is other.kind and likeness(one.say, other.say) > pack.limits.alike:
            raise PackError(f"phrases.{one.name}", f"says nearly the same as {other.name}", "reword one of them")
