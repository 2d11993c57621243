"""What our side said that matters, as whole sentences in order, with no label that could be wrong. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from levelhead.casework.deed_words import ASKS, COURTESY, HOLDS, LEADS, WILL_DO
from levelhead.casework.deeds import MOST_SAID, Deed, DeedKind, deeds_in
from levelhead.casework.quoting import Quote, held, spans_of
from levelhead.conversation import FactKind, Heard, Move, Span, Speaker, Timeline

_MOST, _MOST_WORDS = 5, 60
_LAST = 2


@dataclass(frozen=True, slots=True)
class _Said:
    """Sentences of one turn that follow on each other, with how much speaks for quoting them."""

    quote: Quote
    weight: float
    numbers: int
    must: bool


def ours(timeline: Timeline, elsewhere: Iterable[Quote] = ()) -> tuple[Quote, ...]:
    """Our statements that matter: always the last two and the one with most facts; not those that stand `elsewhere`."""
    known = list(elsewhere)
    found = [said for heard in timeline for said in _said_in(heard, known)]
    last = _last_turns(timeline, found)
    numbered = max(found, key=lambda said: said.numbers, default=None)
    must = [
        said
        for said in found
        if (said.must and len(said.quote.words.split()) >= _SOME) or (said.quote.n in last and _is_best(said, found))
    ]
    if numbered is not None and numbered.numbers and numbered not in must:
        must.append(numbered)
    best = max(found, key=lambda said: said.weight, default=None)
    if best is not None and best.weight >= _WORTH and best not in must:
        must.append(best)
    words = sum(len(said.quote.words.split()) for said in must)
    for said in sorted((one for one in found if one.weight >= _WORTH), key=lambda one: -one.weight):
        size = len(said.quote.words.split())
        if size >= _SOME and said not in must and len(must) < _MOST and words + size <= _MOST_WORDS:
            must.append(said)
            words += size
    return tuple(said.quote for said in found if said in must)


_WORTH = 0.7


def _last_turns(timeline: Timeline, found: list[_Said]) -> set[int]:
    """The last turns of ours that say something; those that stand elsewhere already count as well."""
    every, telling = ({one.quote.n for one in found if one.weight >= least} for least in (0.0, _TELLS))
    last = [heard.turn.n for heard in timeline if heard.turn.n in every]
    turns = [heard.turn.n for heard in timeline if heard.turn.n in telling or heard.reading.promises]
    return {*turns[-_LAST:], *last[-1:]}


_TELLS = 0.4


def _is_best(said: _Said, found: list[_Said]) -> bool:
    """Whether it is what its turn says: not "Not later, now." beside what was done."""
    tells = said.weight > 0 and len(said.quote.words.split()) >= _SOME
    return tells or not any(one.weight > said.weight for one in found if one.quote.n == said.quote.n)


_SOME = 5  # Words.


def introduced(timeline: Timeline) -> tuple[Quote, ...]:
    """How those who answered gave their names, in their words."""
    found: dict[str, Quote] = {}
    for heard in timeline:
        if heard.turn.speaker is Speaker.CUSTOMER:
            continue
        greets = heard.reading.shows(Move.GREET) and _GREETING.search(heard.turn.text)
        match = greets or _NAMED.search(heard.turn.text)
        if match:
            found.setdefault(match.group().casefold(), Quote(heard.turn.n, match.group()))
    return tuple(found.values())[:2]


_NO_NAME = (
    r"(?!(?:the|an?|not|it|all|what|how|about|your|our|my|for|to|going|because|so|in|on|at|just|really|very|sorry"
    r"|here|happy|glad|calling|looking|reading|afraid|sure|with|of|no|one|that|this|and|customer|support|now)\b)"
)
_NAMED = re.compile(
    rf"\b(?i:my name is|my name's) {_NO_NAME}\w+|\b(?i:this is) {_NO_NAME}[A-Z][a-z]+(?=[\s,.!]|$)"
    r"|\b[A-Z][a-z]+ speaking\b"
)
_GREETING = re.compile(
    rf"\b(?:my name is|my name's|this is|you're (?:speaking|talking) (?:to|with)) {_NO_NAME}\w+"
    r"|\b\w+ speaking\b(?! to| with)"
    rf"|(?-i:\bI'm {_NO_NAME}[A-Z][a-z]+\b|\b[A-Z][a-z]+ here\b)",
    re.IGNORECASE,
)


def _said_in(heard: Heard, elsewhere: list[Quote]) -> Iterator[_Said]:
    if heard.turn.speaker is Speaker.CUSTOMER:
        return
    text, deeds = heard.turn.text, deeds_in(heard)
    run: list[Span] = []
    for span in spans_of(text):
        words = text[span.start : span.end]
        bare = words.strip().lstrip(",;:-–— ")
        there = any(_same(bare, one.words) for one in elsewhere if one.n == heard.turn.n)
        if there or _is_question(heard, span) or not _says(heard, span, deeds):
            yield from _quoted(heard, run, deeds)
            run = []
            continue
        if run and span.end - run[0].start > MOST_SAID:
            yield from _quoted(heard, run, deeds)
            run = []
        run.append(span)
    yield from _quoted(heard, run, deeds)


def _same(words: str, quoted: str) -> bool:
    return words in quoted or quoted.removesuffix(" …") in words


def _quoted(heard: Heard, run: list[Span], deeds: tuple[Deed, ...]) -> Iterator[_Said]:
    if not run:
        return
    text = heard.turn.text
    if run[-1].end - run[0].start > _SHORT:
        telling = [at for at, span in enumerate(run) if _weight(heard, span, deeds) > 0] or [0, len(run) - 1]
        run = run[telling[0] : telling[-1] + 1]
    whole = Span(run[0].start, run[-1].end)
    words = _HELLO.sub("", text[whole.start : whole.end])
    if len(words.split()) < _FEWEST:
        return
    weight = sum(_weight(heard, span, deeds) for span in run)
    quote = Quote(heard.turn.n, held(words.strip(), MOST_SAID))
    shown = heard.reading.of_agent
    will = shown is not None and shown.moves.get(Move.PROMISE, 0.0) >= _MAYBE and WILL_DO.search(words) is not None
    must = will or _ASSURES.search(words) is not None or any(_comes(heard, deed, whole) for deed in deeds)
    yield _Said(quote, weight, _numbers(heard, whole), must)


_FEWEST = 3
_MAYBE = 0.1  # A promise that is missing is worse than a line too many.
_SHORT = 160  # Characters.
_HELLO = re.compile(
    r"\A\s*(?:@[\w.]+\s*|(?:dear|hi|hello|hey)(?: (?:(?:mr|mrs|ms|miss|dr)\.? )?[\w'’-]+)?\s*[,!]\s*)+", re.IGNORECASE
)
_ASSURES = re.compile(
    r"\b(?:no|without(?: any)?|free of) (?:extra |additional )?(?:charge|cost|fee)\b|\b(?:won't|not) (?:be )?charge"
    r"|\bwon't cost\b|\bfor free\b|\bon us\b",
    re.IGNORECASE,
)


def _comes(heard: Heard, deed: Deed, span: Span) -> bool:
    """What was said to come, where the reading takes it for a promise or a time that was given."""
    sure = heard.reading.shows(Move.PROMISE) or bool(heard.reading.promises)
    return sure and deed.kind is DeedKind.TO_COME and deed.span.start < span.end and span.start < deed.span.end


def _says(heard: Heard, span: Span, deeds: tuple[Deed, ...]) -> bool:
    words = heard.turn.text[span.start : span.end]
    if _weight(heard, span, deeds) > 0:
        return True
    return not (COURTESY.search(words) or _holds(words) or _SMALL.search(words))


def _holds(words: str) -> bool:
    """Whether it only asks for patience."""
    return HOLDS.search(words) is not None and len(words.split()) <= _PATIENCE


_PATIENCE = 14  # Words.
_SMALL = re.compile(
    r"\b(?:how (?:can|may) (?:i|we)|you're through|thank(?:s| you)|welcome to|speaking|understand|frustrating"
    r"|take your time|good (?:morning|afternoon|evening|day)|see ya|bye|let you (?:go|get)|you too"
    r"|stay (?:warm|safe)|enjoy (?:the|your)|have an? (?:good|great|nice|lovely|brilliant)"
    r"|wonderful news|safe travels|rest assured|no problem"
    r"|you're (?:right|welcome)|any ?time|fair enough|cheers|all the best|sincerely"
    r"|regards)\b",
    re.IGNORECASE,
)


def _weight(heard: Heard, span: Span, deeds: tuple[Deed, ...]) -> float:
    words = heard.turn.text[span.start : span.end]
    if (_holds(words) and not _numbers(heard, span)) or _LETS_GO.search(words):
        return 0.0
    by_deed = sum(1.0 for deed in deeds if deed.span.start < span.end and span.start < deed.span.end)
    by_move = sum(
        signal.p
        for signal in heard.reading.signals
        if signal.kind in _TELLING and any(one.start < span.end and span.start < one.end for one in signal.spans)
    )
    explains = Move.EXPLAIN in heard.reading.fired and (_numbers(heard, span) > 0 or _FOUND.search(words) is not None)
    weight = by_deed + by_move + (_FINDING if explains else 0.0) + _NUMBER * _numbers(heard, span)
    return weight / 2 if COURTESY.search(words) and not (by_deed or explains) else weight


_LETS_GO = re.compile(r"\blet you (?:go|get)\b|\bspeak (?:soon|then)\b|\bwill miss you\b", re.IGNORECASE)
_NUMBER, _FINDING = 0.3, 1.5
_TELLING: Final = frozenset(
    {
        Move.ACT,
        Move.OFFER_SOLUTION,
        Move.OFFER_CHOICE,
        Move.SET_EXPECTATION,
        Move.PROMISE,
        Move.DECLINE,
        Move.TRANSFER,
        Move.ESCALATE_OFFER,
        Move.FINAL_WARNING,
        Move.END_CONTACT,
        Move.SIGNPOST_SUPPORT,
    }
)
_FOUND = re.compile(
    r"\b(?:because|what(?:'s| has)? happened|turns out|found|shows?|can see|it looks|the (?:problem|reason|fault)"
    r"|caused?|means?|it was|were|confirmed)\b",
    re.IGNORECASE,
)


def _numbers(heard: Heard, span: Span) -> int:
    facts = [fact for fact in heard.reading.facts if fact.kind in _COUNTED]
    return sum(1 for fact in facts if span.start <= fact.span.start < span.end)


_COUNTED: Final = frozenset({FactKind.AMOUNT, FactKind.ORDER_NUMBER, FactKind.REFERENCE, FactKind.DATE, FactKind.TIME})


def _is_question(heard: Heard, span: Span) -> bool:
    """Whether it only asks: "Friday at nine or Monday at one, which suits?" says what can be had."""
    words = heard.turn.text[span.start : span.end].strip().rstrip("\"'”’)")
    if words.endswith("?"):
        return not (heard.reading.shows(Move.OFFER_CHOICE) and _numbers(heard, span))
    asked = any(heard.reading.shows(move) for move in _ASKING)
    return asked and not words.endswith((".", "!")) and ASKS.match(LEADS.sub("", words)) is not None


_ASKING: Final = (Move.ASK_OPEN, Move.ASK_CLOSED, Move.CONFIRM_DETAILS, Move.CHECK_RESOLVED, Move.OFFER_MORE_HELP)
