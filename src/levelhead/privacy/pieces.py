"""A card number given over several turns: its next piece, seen from what was kept of the turns before.

Once a card is being given, every piece is masked as it comes: after a masked one, after a question for a card, and
where this piece and the ones before it make more digits than may be kept of a number that may be a card's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.conversation import Span, Speaker, Turn
from levelhead.privacy.begun import (
    MOST_KEPT,
    is_called_card,
    is_called_otherwise,
    is_list,
    readings,
    spaced_pairs,
    stretches,
    unpaired,
    without_sure_shapes,
)
from levelhead.privacy.cards import LONGEST, SHORTEST, is_issued, may_begin, passes_luhn
from levelhead.privacy.digits import Atom, DigitRun, digit_runs, has_number
from levelhead.privacy.masks import OPAQUE, SecretKind
from levelhead.privacy.questions import Question, question_in


@dataclass(frozen=True, slots=True)
class Underway:
    """What the turns before say of the digits in this one.

    `surely` a card is being given; or `pieces` are the digits of the turns before that this one may go on with, oldest
    first; `believed` where they answer a question for some other number; `expiry` where that was asked for last;
    `named` where the speaker called them a card's; `unsure` is how many digits more they may be ("fifty eight" as 50
    and 8).
    """

    surely: bool = False
    pieces: tuple[str, ...] = ()
    believed: bool = False
    expiry: bool = False
    named: bool = False
    unsure: int = 0

    @property
    def trusted(self) -> bool:
        """Whether digits now would answer the question for another number: it was asked, and not answered yet."""
        return self.believed and not any(len(piece) >= _ANSWERED for piece in self.pieces)


def underway(turn: Turn, before: Sequence[Turn]) -> Underway:
    """What is underway when this turn comes; `before` as it was kept."""
    walk = _Walk(turn.speaker)
    for earlier in reversed(before[-_TURNS_BACK:]):
        if walk.ends_at(earlier):
            break
    return Underway(walk.surely, tuple(reversed(walk.pieces)), walk.believed, walk.expiry, walk.named, walk.unsure)


def next_pieces(text: str, so_far: Underway) -> Iterator[Span]:
    """Where digits of the card stand in a turn's text; placeholders in it are opaque."""
    text = without_sure_shapes(text)
    runs = _runs(text)
    if not runs:
        return
    if so_far.surely:
        yield from _of_a_card(text, runs, so_far)
    elif (
        so_far.pieces
        and is_dictation(text, runs)
        and _goes_on(text, runs, so_far)
        and not is_called_otherwise(text, runs[0])
        and not is_list(text, runs[0])
    ):
        yield from (Span(run.start, run.end) for run in runs)


def is_dictation(text: str, runs: Sequence[DigitRun]) -> bool:
    """Whether a text is digits and little else: three other words than those that people put between digits.

    Beside a digit or two it is none at all, since "turn 5 of call 3" is no dictation.
    """
    others = _OTHER_WORDS if max((len(run.digits) for run in runs), default=0) > _LONE else 0
    rest, done = [], 0
    for run in runs:
        rest.append(text[done : run.start])
        done = run.end
    rest.append(text[done:])
    words = [word for word in _WORD.findall(" ".join(rest)) if word.lower().replace("’", "'") not in _FILLERS]
    return len(words) <= others


_TURNS_BACK = 64
_FEW_TURNS = 8
_SHORT = 8  # words
_FAR_BACK = 40  # characters
_ANSWERED = 5  # digits
_BELIEVED_MOST = 10  # digits: an order number, a telephone number
_LONE = 2  # digits
_OTHER_WORDS = 3
_BARE = 4  # digits
_WORD = re.compile(rf"[^\W\d_{OPAQUE}][\w'’-]*")
_FILLERS = frozenset(
    """
    i've code code's security cvv cvc csc back um umm uh uhh er erm ah oh hm hmm mm mhm and then so like next after
    that that's thats followed by yeah yes yep ok okay right well no nope not sorry wait hang hold on a sec
    second moment minute let me see i mean make it it's its is was what what's where actually correction scratch
    oops again start from the top i'll i'd said say wrong now there my bit worn just pardon number numbers group
    digit digits rest repeat to for of last final first begins starting starts ends with sure here we are you go
    got this card long please thanks thank great other did get lot in ready believe think looks says would be
    expiry expires expire exp valid until till thru runs out date end january february march april may june july
    august september october november december
    """.split()  # noqa: SIM905 - words read better as words
)


class _Walk:
    """The way back through a conversation, until it is clear what the digits of this turn are."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.surely = self.believed = self.expiry = self.named = False
        self.pieces: list[str] = []
        self.others = self.unsure = 0
        self.asked_last = False

    def ends_at(self, turn: Turn) -> bool:
        """Take one more turn into account; whether it settles the matter."""
        if (turn.speaker is Speaker.CUSTOMER) is (self.speaker is Speaker.CUSTOMER):
            return self._goes_on_with(turn.text)
        return self._is_asked(turn.text)

    def _is_asked(self, said: str) -> bool:
        question = question_in(said)
        first, self.asked_last = not self.asked_last, True
        if question is Question.CARD:
            self.surely = True
        elif question is Question.EXPIRY and first and not self.pieces:
            self.expiry = True
        elif question is Question.OTHER:
            self.believed = sum(map(len, self.pieces)) <= _BELIEVED_MOST
        return question in (Question.CARD, Question.OTHER, Question.ELSE)

    def _goes_on_with(self, text: str) -> bool:
        if (at := max(text.rfind(kind.placeholder) for kind in _OF_CARDS)) >= 0:
            self.surely = len(text) - at <= _FAR_BACK + len(SecretKind.SECURITY_CODE.placeholder)
            return True
        text = without_sure_shapes(text)
        runs = _runs(text, loose=True) if has_number(text) else ()
        if not runs:
            self.others += 1
            return len(text.split()) > _SHORT or self.others > _FEW_TURNS
        dictated = is_dictation(text, runs)
        at_the_end = is_dictation(text[runs[-1].end :], ())
        if dictated or (at_the_end and not is_called_otherwise(text, runs[-1])):
            for run in reversed(runs if dictated else runs[-1:]):
                self.pieces += (unpaired(text, part) for part in reversed(stretches(text, run)))
                self.unsure += spaced_pairs(text, run)
                self.named = self.named or is_called_card(text, run)
            return not dictated
        return True


def _runs(text: str, *, loose: bool = False) -> Sequence[DigitRun]:
    """The runs of digits; an "oh" that is all there is counts as nought here, where `loose` also in "yeah oh okay"."""
    alone = (_ALMOST_ALONE if loose else _ALONE).fullmatch(text)
    return (DigitRun((Atom(*alone.span("oh"), "0", spoken=True),)),) if alone else digit_runs(text, dictated=True)


_LEADS = (
    r"\W*(?:(?:um|uh|er|erm|and|then|okay|ok|yeah|yes|right|so|next|followed|by|after|that|is|it['’]s|where|was|i)\W+){0,4}"
    r"(?P<oh>oh|o)\W*"
)
_ALONE = re.compile(_LEADS, re.IGNORECASE)
_ALMOST_ALONE = re.compile(rf"{_LEADS}(?:(?:okay|ok|yeah|yes|right|um|uh)\W*)?", re.IGNORECASE)
_OF_CARDS = (SecretKind.CARD_NUMBER, SecretKind.SECURITY_CODE)


def _goes_on(text: str, runs: Sequence[DigitRun], so_far: Underway) -> bool:
    """Whether the digits so far and these are more than may be kept of a card, or make one whole."""
    parts = [part.digits for run in runs for part in stretches(text, run)]
    for first in range(len(so_far.pieces)):
        believed = so_far.believed and (not first or so_far.trusted)
        for digits in readings((*so_far.pieces[first:], *parts)):
            if believed and len(digits) <= _BELIEVED_MOST:
                continue
            if len(digits) + so_far.unsure > MOST_KEPT and (so_far.named or may_begin(digits)):
                return True
        if _makes_a_card("".join(so_far.pieces[first:]), runs[0]):
            return True
    return False


def _makes_a_card(begun: str, run: DigitRun) -> bool:
    digits = begun
    for atom in run.atoms:
        digits += atom.digits
        if SHORTEST <= len(digits) <= LONGEST and is_issued(digits) and passes_luhn(digits):
            return True
    return False


def _of_a_card(text: str, runs: Sequence[DigitRun], so_far: Underway) -> Iterator[Span]:
    dictated = is_dictation(text, runs)
    for place, run in enumerate(runs):
        if _is_expiry(text, run, asked=so_far.expiry and not place) or _is_counted(text, run):
            continue
        if len(run.digits) <= _BARE and not dictated and _ENDING.search(text[: run.start]):
            continue
        if len(run.digits) == 1 and _WORD_ONE.search(text[: run.end]):
            continue
        if dictated or (len(run.digits) >= _BARE and not is_called_otherwise(text, run)):
            yield Span(run.start, run.end)


def _is_counted(text: str, run: DigitRun) -> bool:
    second_group = text[run.end :].lower().startswith(" second ") and len(run.digits) >= _BARE
    return len(run.digits) < MOST_KEPT and not second_group and _COUNTED.match(text, run.end) is not None


_WORD_ONE = re.compile(r"\b(?:this|that|the|other|another|which|long|first|last|new|right|wrong)\s+one$", re.IGNORECASE)
_ENDING = re.compile(r"\b(?:ending|ends|last (?:four|4)(?: digits)?)(?: (?:in|with|is|are))?\W{0,2}$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\s*(?:%|sec(?:ond)?s?|mo(?:ment)?|min(?:ute)?s?|hours?|days?|weeks?|pounds?|quid|euros?|dollars?|p|of (?:my"
    r"|them|the)|credits?|in credit|usd|inr|gbp|eur|units?|people|persons?|passengers?|square|[ap]\.?m)\b",
    re.IGNORECASE,
)
_EXPIRY = re.compile(r"(?:0?[1-9]|1[0-2])\s?(?P<slash>/)?\s?(?:20)?[2-4]\d")
_EXPIRY_WORD = re.compile(r"\b(?:exp\w*|valid|until|thru|runs? out|end of|ends)\b[^.?!\d]{0,20}$", re.IGNORECASE)


def _is_expiry(text: str, run: DigitRun, *, asked: bool) -> bool:
    if asked or _EXPIRY_WORD.search(text[max(0, run.start - _FAR_BACK) : run.start]):
        return len(run.digits) <= MOST_KEPT
    written = _EXPIRY.fullmatch(text, run.start, run.end)
    return bool(written and written["slash"])
