"""Where in the text of a pack something stands that is named by its keys, such as `say.naming.voice`."""

import re
from collections.abc import Iterator
from typing import Final

_KEY: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_PATH: Final = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER: Final = re.compile(rf"^\s*\[{{1,2}}\s*({_PATH})\s*\]")
_GIVEN: Final = re.compile(rf"^\s*({_PATH})\s*=(.*)")
_ONE: Final = re.compile(_KEY)
_FENCES: Final = ('"""', "'''")


def line_of(text: str, where: str) -> int | None:
    """The line (from 1) of what these keys name, or of the nearest thing around it; None where nothing is near.

    A key that is missing is shown where it would have to stand: at the heading of its table.
    """
    wanted, found, depth = where.split("."), None, 0
    for number, path in _paths(text):
        if len(path) > depth and wanted[: len(path)] == path:
            found, depth = number, len(path)
    return found


def paths_of(text: str) -> tuple[str, ...]:
    """For each line the keys that it stands under, as a person reads them; a table's own where no key is."""
    told: list[str] = [""] * (text.count("\n") + 1)
    known = dict(_paths(text))
    under: list[str] = []
    for number in range(1, len(told) + 1):
        under = known.get(number, under)
        told[number - 1] = ".".join(under)
    return tuple(told)


def _paths(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that begins a table or gives a key, with the keys that lead there."""
    table: list[str] = []
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if fence:
            fence = "" if fence in line else fence
        elif header := _HEADER.match(line):
            table = _keys(header[1])
            yield number, table
        elif given := _GIVEN.match(line):
            yield number, [*table, *_keys(given[1])]
            fence = next((mark for mark in _FENCES if given[2].count(mark) == 1), "")


def _keys(path: str) -> list[str]:
    return [key.strip("\"'") for key in _ONE.findall(path)]
