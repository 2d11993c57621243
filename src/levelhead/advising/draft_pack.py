"""Parses the wording of the draft check from a pack's TOML; what can't be used is refused with its name."""

import re
import tomllib
from collections.abc import Mapping

from levelhead.advising.draft_wording import (
    Apologies,
    AskedThing,
    DraftExample,
    DraftRule,
    DraftWording,
    Greetings,
    Jargon,
    Missing,
    NextStep,
    Requests,
    Scope,
    Trouble,
    When,
)

__all__ = ["DraftWording", "DraftWordingBroken", "parse_draft_wording"]

Table = Mapping[str, object]
_IGNORE = re.IGNORECASE


class DraftWordingBroken(Exception):
    """The wording can't be used; the message names the rule and what is wrong with it."""


def parse_draft_wording(toml_text: str) -> DraftWording:
    """Reads the wording; a rule that can't be used raises DraftWordingBroken with its name."""
    try:
        table: Table = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise DraftWordingBroken(f"The wording is not TOML: {error}") from error
    parts = _parts(_table(table, "parts"))
    shouting, trouble = _table(table, "shouting"), _table(table, "trouble")
    return DraftWording(
        version=_text(table, "version"),
        locale=_text(table, "locale"),
        rules=tuple(_rule(row, parts) for row in _rows(table, "rule")),
        apologies=_apologies(_table(table, "apology")),
        requests=_requests(_table(table, "request")),
        greetings=_greetings(_table(table, "name")),
        question=_missing(_table(table, "question")),
        next_step=_next_step(_table(table, "next_step")),
        shouting=_text(shouting, "reason"),
        shouting_keep=frozenset(_texts(shouting, "keep")),
        jargon=_jargon(_table(table, "jargon")),
        reasons={fault: str(reason) for fault, reason in _table(table, "reasons").items()},
        troubles=tuple(Trouble(_pattern(row, "find"), _text(row, "say")) for row in _rows(trouble, "is")),
        trouble_gap=_text(trouble, "gap"),
    )


def _parts(table: Table) -> dict[str, str]:
    parts: dict[str, str] = {}
    for name, value in table.items():
        parts[name] = _filled(str(value), parts)
    return parts


def _rule(row: Table, parts: Mapping[str, str]) -> DraftRule:
    scope, when = row.get("scope", Scope.WORDS), row.get("when")
    try:
        return DraftRule(
            id=_text(row, "id"),
            fault=_text(row, "fault"),
            hints=_texts(row, "hints"),
            find=_pattern(row, "find", parts),
            reason=_text(row, "reason"),
            instead=_text(row, "instead") if "instead" in row else None,
            scope=Scope(str(scope)),
            unless=_optional(row, "unless", parts),
            unless_draft=_optional(row, "unless_draft", parts),
            if_draft=_optional(row, "if_draft", parts),
            when=None if when is None else When(str(when)),
            examples=tuple(_example(pair) for pair in _list(row, "examples")),
            caught=_texts(row, "caught"),
        )
    except ValueError as error:
        raise DraftWordingBroken(f"Rule {row.get('id', '?')!r}: {error}") from error


def _example(pair: object) -> DraftExample:
    match pair:
        case [str() as draft, str() as rewrite]:
            return DraftExample(draft, rewrite)
        case _:
            raise ValueError(f"an example is a draft and its rewrite, not {pair!r}")


def _apologies(row: Table) -> Apologies:
    return Apologies(
        too_many=_number(row, "too_many"),
        find=_pattern(row, "find"),
        unless=_pattern(row, "unless"),
        bare=_pattern(row, "bare"),
        opening=_pattern(row, "opening"),
        reason=_text(row, "reason"),
    )


def _requests(row: Table) -> Requests:
    rows = _rows(row, "thing")
    anything = {"thing": "|".join(_text(thing, "ask") for thing in rows)}
    return Requests(
        reason=_text(row, "reason"),
        instead=_text(row, "instead"),
        ask=_pattern(row, "ask", anything),
        mention=_pattern(row, "mention", anything),
        things=tuple(
            AskedThing(
                name=_text(thing, "name"),
                ask=_pattern(thing, "ask"),
                facts=_texts(thing, "facts"),
                said=_optional(thing, "said", {}),
            )
            for thing in rows
        ),
    )


def _greetings(row: Table) -> Greetings:
    # A name begins with a capital, so case counts here; greetings come in any case.
    greeting = _text(row, "greeting").replace("(?:dear", "(?i:dear")
    return Greetings(
        re.compile(greeting), frozenset(_texts(row, "not_names")), _text(row, "wrong"), _text(row, "misspelt")
    )


def _missing(row: Table) -> Missing:
    return Missing(_text(row, "reason"), _text(row, "instead"))


def _next_step(row: Table) -> NextStep:
    return NextStep(_missing(row), _pattern(row, "find"), _number(row, "chat_words"), _number(row, "email_words"))


def _jargon(row: Table) -> Jargon:
    plain = {word.lower(): str(say) for word, say in _table(row, "plain").items()}
    longest_first = sorted(plain, key=len, reverse=True)
    return Jargon(
        reason=_text(row, "reason"),
        unknown=_text(row, "unknown"),
        known=frozenset(_texts(row, "known")),
        plain=plain,
        find_plain=re.compile(
            r"(?<![\w-])(?:(?P<article>an?)\s+)?(?P<word>" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])",
            _IGNORE,
        ),
    )


def _pattern(row: Table, key: str, parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    try:
        return re.compile(_filled(_text(row, key), parts or {}), _IGNORE)
    except re.error as error:
        raise DraftWordingBroken(f"{row.get('id', key)!r}: `{key}` is not a regular expression: {error}") from error


def _optional(row: Table, key: str, parts: Mapping[str, str]) -> re.Pattern[str] | None:
    return _pattern(row, key, parts) if row.get(key) else None


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"%{name}%", part)
    return pattern


def _text(row: Table, key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise DraftWordingBroken(f"{row.get('id', 'The wording')!r}: `{key}` has to be a text, not {value!r}")
    return value


def _number(row: Table, key: str) -> int:
    value = row.get(key)
    if not isinstance(value, int):
        raise DraftWordingBroken(f"`{key}` has to be a whole number, not {value!r}")
    return value


def _texts(row: Table, key: str) -> tuple[str, ...]:
    return tuple(str(value) for value in _list(row, key))


def _rows(row: Table, key: str) -> tuple[Table, ...]:
    return tuple(value for value in _list(row, key) if isinstance(value, dict))


def _list(row: Table, key: str) -> list[object]:
    value = row.get(key, [])
    return value if isinstance(value, list) else []


def _table(row: Table, key: str) -> Table:
    value = row.get(key)
    if not isinstance(value, dict):
        raise DraftWordingBroken(f"The table [{key}] is missing")
    return value
