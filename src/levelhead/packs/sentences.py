"""The words in a pack that people see or say: found one by one, and put in other words without touching the rest."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import tomlkit
from tomlkit.items import InlineTable, String, StringType, Table, Trivia

from levelhead import packs
from levelhead.advising.parse import laid_over
from levelhead.packs.kinds import PackKind, kind_of

Path = tuple[str, ...]
_WORDS: Final[Mapping[PackKind, tuple[str, ...]]] = MappingProxyType(
    {
        PackKind.CARDS: ("phrases.*.*.title", "phrases.*.*.say", "quiet.*", "helplines.*", "emergency.*"),
        PackKind.DRAFT: (
            "rule.*.reason", "rule.*.instead", "reasons.*", "apology.reason", "request.reason", "request.instead",
            "name.wrong", "name.misspelt", "question.reason", "question.instead", "next_step.reason",
            "next_step.instead", "shouting.reason", "jargon.reason", "jargon.unknown", "jargon.plain.*", "trouble.gap",
        ),
        PackKind.BOUNDARY: ("say.*.*", "ways.*", "letter.*"),
        PackKind.PLANS: (
            "line.says", "line.hours", "line.channels.*", "days.*", "say.*", "say.*.*", "letter.*", "letter.by.*",
        ),
        PackKind.REMEDIES: (
            "wrongs.*.name", "wrongs.*.protocol.*", "wrongs.*.options.*.name", "wrongs.*.options.*.spoken",
            "wrongs.*.options.*.written", "back.*",
        ),
        PackKind.NOTE: ("label.*", "phrase.*", "outcome.*", "feeling.*", "fact.*", "disposition.*.name"),
        PackKind.FOLLOW_UP: ("subject", "subject_plain", "about.*", "mail.*", "call.*", "survey.*"),
        PackKind.HELP: ("say.*.*", "why.*"),
        PackKind.COMPLAINTS: (
            "title", "about", "nameless", "code.says", "decisions.*", "letters.*.title", "letters.*.parts.*.text",
        ),
        PackKind.HELPLINES: ("lines.*.name", "lines.*.reach", "lines.*.emergency", "lines.*.source", "lines.*.checked"),
        PackKind.NOTICES: ("told.*", "asked.*", "rights"),
        PackKind.HEARD: (),
        PackKind.TEACHING: (),
    }
)  # fmt: skip
"""The keys whose texts people see or say."""
WORDS_ONLY: Final = frozenset({PackKind.DRAFT, PackKind.NOTICES})
"""Kinds of which nothing but those words can be changed."""
_ABOUT: Final = (
    "for", "cause", "emotion", "channel", "needs", "unless", "fault", "kind", "free", "fixed", "share", "per_day",
    "since", "until", "source",
)  # fmt: skip
"""Neighbours of a text that tell when it is said; shown beside it."""
_IN_TWO: Final = frozenset({"phrases", "wrongs", "letters", "rule"})
_SLOT: Final = re.compile(r"\{(\w+)\}")


class Leaf(NamedTuple):
    """A value in a pack: words that may be changed (`fixed` is None), or anything else, as it is written."""

    text: str
    fixed: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words in a pack, the keys that lead there, and what tells when they are said."""

    path: Path
    text: str
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def section(self) -> str:
        """The part of the pack that it stands in."""
        head = self.path[0] if len(self.path) > 1 else ""
        if head == "rule":
            return f"rule.{self.about.get('fault', '')}"
        return ".".join(self.path[:2]) if head in _IN_TWO else head

    @property
    def entry(self) -> str:
        """What it stands together with: the words of one card, one rung, one option."""
        return ".".join(self.path[:-1])

    @property
    def slots(self) -> tuple[str, ...]:
        """The placeholders in it."""
        return slots_in(self.text)


def sentences(name: str, text: str) -> tuple[Sentence, ...]:
    """Every sentence of a text that can be this pack, in its order; with those of the pack that it is laid over."""
    kind = kind_of(name)
    values = _whole(name, text)
    return tuple(
        Sentence(path, leaf.text, _about(values, path[:-1]))
        for path, leaf in structure(kind, values).items()
        if leaf.fixed is None
    )


def has_words(name: str) -> bool:
    """Whether packs of this kind hold words that people see or say, and not only rules."""
    return bool(_WORDS[kind_of(name)])


def reworded(name: str, text: str, words: Mapping[Path, str]) -> str:
    """The text with these sentences in other words; every other line, its comments too, stays as it is."""
    document, values = tomlkit.parse(text), _whole(name, text)
    for path, said in words.items():
        place: Any = document
        for depth, key in enumerate(path[:-1]):
            inner = _inner(place, key)
            if inner is None:
                inner = _brought(place, key, values, path[: depth + 1])
            place = inner
        place[int(path[-1]) if isinstance(place, list) else path[-1]] = _written(said)
    return tomlkit.dumps(document)


def structure(kind: PackKind, values: Mapping[str, object]) -> Mapping[Path, Leaf]:
    """Every value of a pack by the keys that lead there."""
    patterns = _WORDS[kind]
    return {path: _leaf(value, said=_is_word(path, patterns)) for path, value in _leaves(values, ())}


@dataclass(frozen=True, slots=True)
class Change:
    """A value that two texts of a pack have otherwise; None where one of them has it not at all."""

    path: Path
    before: str | None
    after: str | None


def changes(name: str, before: str, after: str) -> tuple[Change, ...]:
    """What differs between two texts that can be this pack, in the order of the later one; what is gone comes last."""
    kind = kind_of(name)
    was, now = (structure(kind, _whole(name, text)) for text in (before, after))
    return tuple(
        Change(path, _value(was.get(path)), _value(now.get(path)))
        for path in dict.fromkeys((*now, *was))
        if was.get(path) != now.get(path)
    )


def _value(leaf: Leaf | None) -> str | None:
    return None if leaf is None else leaf.text if leaf.fixed is None else leaf.fixed


def slots_in(text: str) -> tuple[str, ...]:
    """The placeholders in a text, by name."""
    return tuple(sorted(set(_SLOT.findall(text))))


def _written(said: str) -> str:
    """Several lines stay several lines, the first of them on a line of its own."""
    if "\n" not in said:
        return said
    several = tomlkit.string(said, multiline=True)
    return String(StringType.MLB, said, f"\n{several.as_string()[3:-3]}", Trivia())


def _whole(name: str, text: str) -> dict[str, object]:
    values = tomllib.loads(text)
    return laid_over(values, packs.text_of(str(values["extends"]))) if "extends" in values else values


def _leaf(value: object, *, said: bool) -> Leaf:
    return Leaf(value, None) if said and isinstance(value, str) and value else Leaf("", repr(value))


def _is_word(path: Path, patterns: tuple[str, ...]) -> bool:
    told = [pattern.split(".") for pattern in patterns]
    return any(
        (len(pattern) == len(path) and all(map(fnmatchcase, path, pattern)))
        or (pattern == ["back", "*"] and path[0] == "back")
        for pattern in told
    )


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and value and (isinstance(value[0], Mapping) or path[-1] == "protocol"):
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*path, _called(inner, place)))
    else:
        yield path, value


def _called(row: object, place: int) -> str:
    return str(row["id"]) if isinstance(row, Mapping) and "id" in row else str(place)


def _about(values: object, path: Path) -> Mapping[str, str]:
    for key in path:
        values = _inner(values, key)
    if not isinstance(values, Mapping):
        return {}
    return {key: _told(values[key]) for key in _ABOUT if key in values}


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _inner(place: Any, key: str) -> Any:  # noqa: ANN401 - a table, a row, or a list of either
    if isinstance(place, list):
        return next((row for number, row in enumerate(place) if _called(row, number) == key), None)
    return place.get(key) if isinstance(place, Mapping) else None


def _brought(place: Any, key: str, values: Mapping[str, object], path: Path) -> Any:  # noqa: ANN401
    """What stands in the pack underneath, brought up where it can be changed: a phrase is replaced as a whole."""
    below: Any = values
    for step in path:
        below = _inner(below, step)
    is_phrase = "say" in below
    made: Table | InlineTable = tomlkit.inline_table() if is_phrase else tomlkit.table()
    if is_phrase:
        made.update(below)
    place[key] = made
    return place[key]
