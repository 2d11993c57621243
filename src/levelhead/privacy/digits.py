"""Runs of digits in a text, written or spoken: "4111-1111", "four one double five", "sixteen forty-two"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


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


def digit_runs(text: str, *, paired: bool = True, dictated: bool = False) -> tuple[DigitRun, ...]:
    """Every run of digits in the text, in order.

    `paired` reads "forty two" as 42; without it as 40 and 2. "Forty-two" is 42 always. `dictated` reads a text as that
    of someone who reads a number out: a run goes on over "no sorry" and "let me see", and "for", "to", "won" and "ate"
    between two digits are digits.
    """
    runs: list[DigitRun] = []
    open_run: list[Atom] = []
    joined = _joined_when_dictated if dictated else _joined
    for atom in _with_sounds_alike(text) if dictated else _atoms(text, paired):
        if open_run and not joined(text, open_run[-1], atom):
            runs.extend(_closed(text, open_run, dictated=dictated))
            open_run = []
        open_run.append(atom)
    runs.extend(_closed(text, open_run, dictated=dictated))
    return tuple(runs)


def is_faint(text: str, atom: Atom) -> bool:
    """Whether a digit may as well be a word: "oh", "that one"."""
    return text[atom.start : atom.end].lower() in _FAINT or bool(
        _MAYBE_ONE.search(text, max(0, atom.start - 6), atom.end)
    )


def has_number(text: str) -> bool:
    """Whether any digit or number word stands in the text: a quick look before the careful one."""
    return _ATOM.search(text) is not None


_ONES = {
    word: value
    for value, words in enumerate(
        (
            "zero nought naught nil oh o",
            "one",
            "two",
            "three",
            "four fower",
            "five",
            "six",
            "seven",
            "eight",
            "nine niner",
        )
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


_ALIKE = {"for": "4", "fore": "4", "to": "2", "too": "2", "won": "1", "ate": "8"}
_SOUNDS_ALIKE = re.compile(rf"\b(?:{'|'.join(_ALIKE)})\b(?!['’])", re.IGNORECASE)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉①-⑨⓪❶-❾⓿"  # One alone is a footnote, or a square metre's.
# One pass, longest reading first. The look-ahead lets most words fail on their first letter.
_ATOM = re.compile(
    rf"""(?P<written>\d+|[{_RAISED}]{{2,}})
    | \b(?=[defnoqstz])(?:
        (?P<times>{_any_of(_TIMES)})[\s\-,]{{1,2}}(?P<of>{_any_of(_ONES)}|\d)s?
      | (?P<tens>{_any_of(_TENS)})(?:[\s\-‐-―]{{1,2}}(?P<unit>one|two|three|four|five|six|seven|eight|nine))?
      | (?P<word>{_any_of(_TEENS)}|{_any_of(_ONES)})
      )(?!\w|['’]\w)(?:\s(?P<hundred>hundred)\b(?!\sand\b))?""",
    re.IGNORECASE | re.VERBOSE,
)
_MARK_UP = r"</?[a-z]{1,6}>|&(?:nbsp|thinsp|ensp|#160);"
_GAP = re.compile(
    r"(?:[^\w\[\]{}£$€¥₹%+@#=<>]|_"
    r"|\b(?:u+m+|u+h+|er+m*|ah|and|then|dash|hyphen|space|dot|comma|slash|stroke|so|like|next|yeah|okay|ok)\b"
    rf"|{_MARK_UP}){{0,24}}"
)
_GAP_MOST = 24
_SEPARATORS_MOST = 6
WORDS_BETWEEN = (
    r"u+m+|u+h+|er+m*|ah+|oh|h?m+|and|then|dash|hyphen|space|dot|comma|slash|stroke|so|like|next|after|followed|by|finally|lastly"
    r"|yeah|yes|yep"
    r"|okay|ok|right|well|no|nope|not|sorry|wait|hang|hold|on|a|sec|second|moment|minute|let|me|see|i|mean|make|that"
    r"|thats"
    r"|that['’]s|it|it['’]s|its|is|was|what|what['’]s|where|actually|correction|scratch|oops|again|start|from|top"
    r"|i['’]ll|i['’]d"
    r"|said|say|wrong|now|there|the|my|bit|worn|rather|just|pardon|excuse|number|group|digits?|rest|repeat"
)
_DICTATED_GAP = re.compile(
    rf"(?:[^\w\[\]{{}}£$€¥₹%+@#=<>]|_|\b(?:{WORDS_BETWEEN})\b|{_MARK_UP}){{0,40}}", re.IGNORECASE
)
_DICTATED_GAP_MOST = 48
_DICTATED_SEPARATORS_MOST = 14
_FAINT = ("o", "oh", "nil")


def _atoms(text: str, paired: bool) -> Iterator[Atom]:
    for match in _ATOM.finditer(text):
        written = match["written"]
        if written:
            digits = written if written.isascii() else "".join(str(unicodedata.digit(char)) for char in written)
            yield Atom(match.start(), match.end(), digits, spoken=False)
        elif match["unit"] and not paired and text[match.end("tens")].isspace():
            yield Atom(match.start(), match.end("tens"), str(_VALUES[match["tens"].lower()]), spoken=True)
            yield Atom(match.start("unit"), match.end(), str(_VALUES[match["unit"].lower()]), spoken=True)
        else:
            yield Atom(match.start(), match.end(), _spoken_digits(match), spoken=True)


def _with_sounds_alike(text: str) -> Iterator[Atom]:
    """The atoms, with the words that sound like digits and stand right between two of them."""
    none = {match.end() for match in _NO_DIGIT.finditer(text)}
    atoms = [atom for atom in _atoms(text, paired=True) if atom.end not in none]
    if len(atoms) > 1:
        alike = [Atom(*match.span(), _ALIKE[match[0].lower()], spoken=True) for match in _SOUNDS_ALIKE.finditer(text)]
        atoms = sorted((*atoms, *alike), key=lambda atom: atom.start) if alike else atoms
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        if _is_alike(text, atom) and not _is_between(text, atoms, place):
            del atoms[place]
            continue
        place += 1
        yield atom


def _is_between(text: str, atoms: list[Atom], place: int) -> bool:
    after = next((atom for atom in atoms[place + 1 :] if not _is_alike(text, atom)), None)
    if after is None:
        return _is_last(text, atoms, place)
    if place == 0:
        return False
    stretch = [*atoms[place - 1 : place + 1], *atoms[place + 1 : atoms.index(after) + 1]]
    near = all(_NEAR.fullmatch(text, one.end, other.start) for one, other in pairwise(stretch))
    return near and len(stretch[0].digits) < _LONG and len(after.digits) < _LONG


def _is_last(text: str, atoms: list[Atom], place: int) -> bool:
    """ "Six four nine seven two for too": where the turn ends among digits, they go on to its end."""
    near = all(_NEAR.fullmatch(text, one.end, other.start) for one, other in pairwise(atoms[max(0, place - 1) :]))
    return place >= _SURELY_DIGITS and near and not any(char.isalpha() for char in text[atoms[-1].end :])


_SURELY_DIGITS = 3
# "This one", "the next four?", "the last three are", "cvv2": digits that are none, up to the end of each match.
_NO_DIGIT = re.compile(
    r"\b(?:other|another|which|any|new|old|long|same) one\b"
    r"|(?<!make )(?<!after )(?<!what['’]s )\b(?:this|that) one\b(?=\W*[:.?!])"
    r"|(?<!make )(?<!after )(?<!what['’]s )\b(?:this|that|the|my|your|no) one\b"
    r"(?!\W{0,3}(?:one|two|three|four|five|six|seven|eight|nine|oh|o|zero|nought|naught"
    r"|ten|eleven|twelve|\w+teen|\w+ty|double|triple|treble|\d+)\b)"
    r"|\bthe (?:next|last|first|final|other|remaining) (?:two|three|four|five|six|eight|[234568])\b(?=\W*$)"
    r"|\bnext (?:two|three|four|five|six|eight|[234568])\b(?=\s*\?|\W+(?:ones?|digits?)\b)"
    r"|\b(?:last|first|final|other|remaining) (?:two|three|four|five|six|eight|[234568])\b"
    r"(?=\s*\?|\W+(?:is|are|ones?|digits?|of)\b)|\b(?:last|final|other) (?:three|four|[34])\b(?=\W+on\b)"
    r"|\bc[vs][vc]?2\b"
    r"|\b(?:two|three|four|six|eight|sixteen|[23468]|16)(?=[ -](?:digits?|numbers?)\b)",
    re.IGNORECASE,
)
_MAYBE_ONE = re.compile(r"\b(?:this|that|the|my|your|no) one$", re.IGNORECASE)
_NEAR = re.compile(r"[\s,-]{1,3}")
_LONG = 3  # digits: "1500 to 2000" is a range


def _is_alike(text: str, atom: Atom) -> bool:
    return atom.spoken and text[atom.start : atom.end].lower() in _ALIKE


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


def _joined_when_dictated(text: str, left: Atom, right: Atom) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > _DICTATED_GAP_MOST or not _DICTATED_GAP.fullmatch(gap):
        return False
    return sum(not char.isalpha() for char in gap) <= _DICTATED_SEPARATORS_MOST


def _closed(text: str, atoms: list[Atom], *, dictated: bool) -> Iterator[DigitRun]:
    """The run without an "oh" that was a sigh ("oh, four of them"); beside dictated digits it is a nought."""
    if dictated and len(atoms) > 1:
        yield DigitRun(tuple(atoms))
        return
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
