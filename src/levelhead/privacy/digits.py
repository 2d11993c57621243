"""Runs of digits in a text, written or spoken: "4111-1111", "four one double five", "sixteen forty-two"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Atom:
    """One group of digits as it stands in the text: "4111", "double five", "forty-two"."""

    start: int
    end: int
    digits: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Neighbouring atoms with nothing but separators or hesitation between them."""

    atoms: tuple[Atom, ...]

    @property
    def start(self) -> int:
        """Where the first atom begins."""
        return self.atoms[0].start

    @property
    def end(self) -> int:
        """Where the last atom ends."""
        return self.atoms[-1].end

    @property
    def digits(self) -> str:
        """All digits of the run, as plain ASCII."""
        return "".join(atom.digits for atom in self.atoms)


def digit_runs(text: str, *, paired: bool = True) -> tuple[DigitRun, ...]:
    """Every run of digits in the text, in order.

    `paired` reads "forty two" as 42; without it as 40 and 2. "Forty-two" is 42 always.
    """
    runs: list[DigitRun] = []
    open_run: list[Atom] = []
    for atom in _atoms(text, paired):
        if open_run and not _joined(text, open_run[-1], atom):
            runs.extend(_closed(text, open_run))
            open_run = []
        open_run.append(atom)
    runs.extend(_closed(text, open_run))
    return tuple(runs)


def has_number(text: str) -> bool:
    """Whether any digit or number word stands in the text: a quick look before the careful one."""
    return _ATOM.search(text) is not None


_ONES = {
    word: value
    for value, words in enumerate(
        ("zero nought naught nil oh o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine niner")
    )
    for word in words.split()
}
_TEENS = {
    word: value
    for value, word in enumerate(
        ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        start=10,
    )
}
_TENS = {
    word: 10 * value
    for value, words in enumerate(
        ("twenty", "thirty", "forty fourty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
    for word in words.split()
}
_TIMES = {"double": 2, "dubble": 2, "triple": 3, "treble": 3, "quadruple": 4}
_VALUES = _ONES | _TEENS | _TENS


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# One pass, longest reading first. The look-ahead lets most words fail on their first letter.
_ATOM = re.compile(
    rf"""(?P<written>\d+)
    | \b(?=[defnoqstz])(?:
        (?P<times>{_any_of(_TIMES)})[\s\-,]{{1,2}}(?P<of>{_any_of(_ONES)}|\d)s?
      | (?P<tens>{_any_of(_TENS)})(?:[\s\-‐-―]{{1,2}}(?P<unit>one|two|three|four|five|six|seven|eight|nine))?
      | (?P<word>{_any_of(_TEENS)}|{_any_of(_ONES)})
      )(?!\w|['’]\w)(?:\s(?P<hundred>hundred)\b(?!\sand\b))?""",
    re.IGNORECASE | re.VERBOSE,
)
_GAP = re.compile(
    r"(?:[^\w\[\]{}£$€¥₹%+@#=<>]|_"
    r"|\b(?:u+m+|u+h+|er+m*|ah|and|then|dash|hyphen|space|dot|comma|slash|stroke|so|like|next|yeah|okay|ok)\b){0,24}"
)
_GAP_MOST = 24
_SEPARATORS_MOST = 6
_FAINT = ("o", "oh", "nil")


def _atoms(text: str, paired: bool) -> Iterator[Atom]:
    for match in _ATOM.finditer(text):
        written = match["written"]
        if written:
            digits = written if written.isascii() else "".join(str(int(char)) for char in written)
            yield Atom(match.start(), match.end(), digits, spoken=False)
        elif match["unit"] and not paired and text[match.end("tens")].isspace():
            yield Atom(match.start(), match.end("tens"), str(_VALUES[match["tens"].lower()]), spoken=True)
            yield Atom(match.start("unit"), match.end(), str(_VALUES[match["unit"].lower()]), spoken=True)
        else:
            yield Atom(match.start(), match.end(), _spoken_digits(match), spoken=True)


def _spoken_digits(match: re.Match[str]) -> str:
    if match["times"]:
        of = match["of"].lower()
        return (of if of.isdigit() else str(_VALUES[of])) * _TIMES[match["times"].lower()]
    if match["tens"]:
        value = _VALUES[match["tens"].lower()] + (_VALUES[match["unit"].lower()] if match["unit"] else 0)
    else:
        value = _VALUES[match["word"].lower()]
    return str(value) + ("00" if match["hundred"] else "")


def _joined(text: str, left: Atom, right: Atom) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > _GAP_MOST or not _GAP.fullmatch(gap):
        return False
    return sum(not char.isalpha() for char in gap) <= _SEPARATORS_MOST


def _closed(text: str, atoms: list[Atom]) -> Iterator[DigitRun]:
    """The run without an "oh" that was a sigh ("oh, four of them") and not a nought."""
    while atoms and _is_sigh(text, atoms[0], atoms[1] if len(atoms) > 1 else None):
        atoms = atoms[1:]
    while atoms and _is_sigh(text, atoms[-1], atoms[-2] if len(atoms) > 1 else None):
        atoms = atoms[:-1]
    if atoms:
        yield DigitRun(tuple(atoms))


def _is_sigh(text: str, atom: Atom, neighbour: Atom | None) -> bool:
    if text[atom.start : atom.end].lower() not in _FAINT:
        return False
    if neighbour is None:
        return True
    between = text[min(atom.end, neighbour.end) : max(atom.start, neighbour.start)]
    return any(char in ",.;:!?…" for char in between)
