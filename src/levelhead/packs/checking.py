"""Whether a text can be a pack: read by the very parser that the desk uses, and held to what no edition may give up."""

import re
import tomllib
from collections.abc import Mapping
from typing import Final

from levelhead import packs
from levelhead.advising.draft_pack import DraftWordingBroken
from levelhead.advising.overlay import is_adjustable
from levelhead.advising.pack import Pack
from levelhead.advising.table import PackError
from levelhead.packs.kinds import PARSERS, PackKind, kind_of
from levelhead.packs.lines import line_of
from levelhead.packs.sentences import WORDS_ONLY, slots_in, structure

LONGEST: Final = 400_000
"""Characters of a text; the longest pack that comes with Levelhead has a third of it."""
_PLACE: Final = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_SAME: Final = ("name", "locale", "extends")
_VERSION: Final = re.compile(r"[\w.-]{1,40}")


class NotUsable(Exception):
    """A text that cannot be this pack: where, what is wrong, and how to mend it. `line` counts from 1."""

    def __init__(self, where: str, wrong: str, mend: str, line: int | None = None) -> None:
        self.where, self.wrong, self.mend, self.line = where, wrong, mend, line
        numbered = f"line {line}" if line else ""
        super().__init__(f"{', '.join(filter(None, (numbered, where)))}: {wrong}; {mend}")


def check(name: str, text: str) -> object:
    """What the desk would make of this text in the place of that pack. Raises NotUsable."""
    if len(text) > LONGEST:
        raise NotUsable("the text", f"has more than {LONGEST:,} characters", "make it shorter")
    values = _toml(text)
    kind = kind_of(name)
    built_in = tomllib.loads(packs.text_of(name))
    try:
        _keeps_its_name(values, built_in)
        if kind in WORDS_ONLY:
            _changes_words_only(kind, values, built_in)
        parsed = PARSERS[kind](text)
        if isinstance(parsed, Pack):
            _keeps_its_care(parsed, packs.load(parsed.locale))
    except PackError as error:
        raise NotUsable(error.where, error.wrong, error.mend, line_of(text, error.where)) from error
    except (ValueError, DraftWordingBroken) as error:
        raise NotUsable("the text", str(error), "compare it with the edition in force") from error
    return parsed


def _toml(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        place = _PLACE.search(told)
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        wrong = _PLACE.sub("", told).strip()
        mend = 'mend that line: key = "text" on a line of its own, quotes closed, each key once'
        raise NotUsable("", f"this is not TOML ({wrong[:1].lower()}{wrong[1:]})", mend, line) from error


def _keeps_its_name(values: Mapping[str, object], built_in: Mapping[str, object]) -> None:
    for key in _SAME:
        if key in built_in and values.get(key) != built_in[key]:
            raise PackError(key, f"{values.get(key)!r} would be another pack", f"write {built_in[key]!r}")
    if not _VERSION.fullmatch(str(values.get("version", ""))):
        raise PackError("version", "advices name it, so it is one word", 'write it like "2026.1"')


def _changes_words_only(kind: PackKind, values: Mapping[str, object], built_in: Mapping[str, object]) -> None:
    """Patterns run on every keystroke: one that never ends would stop every team, so they come with Levelhead alone."""
    mine, theirs = structure(kind, values), structure(kind, built_in)
    for path in sorted(mine.keys() | theirs.keys()):
        where = ".".join(path)
        if path not in theirs:
            raise PackError(where, "this is not known here", "take it out: only the words of this pack can be changed")
        if path not in mine:
            raise PackError(where, "this is missing", "put it back: only the words of this pack can be changed")
        if theirs[path].fixed is not None and mine[path].fixed != theirs[path].fixed:
            raise PackError(where, "this comes with Levelhead", f"put back {theirs[path].fixed}")
        if theirs[path].fixed is None and slots_in(mine[path].text) != slots_in(theirs[path].text):
            wanted = ", ".join(f"{{{slot}}}" for slot in slots_in(theirs[path].text)) or "no brackets"
            raise PackError(where, "its placeholders have changed", f"name each of these: {wanted}")


def _keeps_its_care(pack: Pack, built_in: Pack) -> None:
    """No edition has less care for a person, or less of a boundary, than what comes with Levelhead."""
    for rule in built_in.rules:
        if not is_adjustable(rule) and pack.rule(rule.name) != rule:
            told = "is about safety, a boundary or care for a person, and stays as it is"
            raise PackError(f"rules.{rule.name}", told, "put it back as it was; its phrases can be reworded")
    for limit in ("clear_danger", "clear_harm"):
        most = getattr(built_in.thresholds, limit)
        if getattr(pack.thresholds, limit) > most:
            raise PackError(f"thresholds.{limit}", "danger would be seen later", f"write {most:g} or less")
