"""Wording pattern: the pack's word groups as one pattern, with its own lists, names, numbers and small gaps in them."""

import re
from collections.abc import Iterable, Mapping

Lists = Mapping[str, tuple[str, ...]]

# `{Name}` has to have its capital whatever else is not: "my wife Opal died" is a death, "my phone battery died" none.
_BUILT_IN = {"Name": r"(?-i:[A-Z][\w'’-]+)", "digits": r"\d+"}
_PART = re.compile(r"\{(\w+)\}|( …)")
# A gap is up to four words that follow a blank, so never the 's of "my wife's phone"; it may cross a full stop.
_GAP = r"(?:[.,;:?!]?\s+[\w'’-]+){0,4}?[.,;:?!]?"


def pattern_of(groups: Iterable[str], lists: Lists | None = None) -> re.Pattern[str]:
    """One pattern that finds any of the word groups as whole words, case ignored.

    `{close}` stands for any word of the list of that name, `{Name}` for a word with a capital, `{digits}` for a number
    and `…` for up to four words in between. A list that is not given raises KeyError with its name.
    """
    longest_first = sorted(groups, key=lambda group: (-len(group), group))
    inner = "|".join(_group(group, lists or {}) for group in longest_first)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)


def _group(group: str, lists: Lists) -> str:
    pieces, end = [], 0
    for part in _PART.finditer(group):
        pieces += [re.escape(group[end : part.start()]), _part(part[1], lists)]
        end = part.end()
    return "".join((*pieces, re.escape(group[end:])))


def _part(name: str | None, lists: Lists) -> str:
    if name is None:
        return _GAP
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    return "(?:" + "|".join(_group(word, lists) for word in lists[name]) + ")"
