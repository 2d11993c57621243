"""What a customer said that matters, and what they said last: the sentences that a note quotes, with no label to each.

Pure. Their problem in their words, what they asked for, tried and set store by, and what they said to what we said.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from levelhead.casework.quoting import Quote, held, spans_of, without_handle
from levelhead.conversation import Abuse, Cue, Emotion, FactKind, Heard, Span, Speaker, Timeline
from levelhead.listening.clauses import clauses_of
from levelhead.listening.questions import open_questions

MOST_THEIRS: Final = 170
"""Characters of one quotation of theirs: what is longer is cut where a clause ends."""
_ENOUGH = 70
_MOST_TURNS = 5
_MOST, _MOST_PROBLEM, _MOST_WORDS = 5, 2, 55
_MORE_THAN_THANKS = 4


def theirs(timeline: Timeline, elsewhere: Iterable[Quote] = (), answering: Iterable[int] = ()) -> tuple[Quote, ...]:
    """What they said that matters, in order and once each; `answering`: turns of ours with a reply."""
    known, found = list(elsewhere), list[Quote]()
    for quote in (*_problem(timeline), *_replies(timeline, answering), *_beside(timeline)):
        size = len(quote.words.split())
        fits = len(found) < _MOST and size + sum(len(one.words.split()) for one in found) <= _MOST_WORDS
        if (fits or not found) and size >= _FEWEST and not _is_in(quote, [*known, *found]):
            found.append(quote)
    place = {heard.turn.n: heard.turn.text for heard in timeline}
    return tuple(sorted(found, key=lambda quote: (quote.n, place[quote.n].find(quote.words.removesuffix(" …")))))


_FEWEST = 2


def _problem(timeline: Timeline) -> Iterator[Quote]:
    """The sentences of their first turns that tell most, and what follows on them."""
    size = given = 0
    first = _theirs(timeline)[:_MOST_TURNS]
    weights = {heard.turn.n: max(_weight(heard, span) for span in spans_of(heard.turn.text)) for heard in first}
    for heard in first:
        quote = _telling(heard)
        if quote is None or weights[heard.turn.n] < _SHARE * max(weights.values()):
            continue
        yield quote
        size, given = size + len(quote.words), given + 1
        if given >= _MOST_PROBLEM or size >= _ENOUGH:
            return


_SHARE = 0.5


def _telling(heard: Heard) -> Quote | None:
    text = heard.turn.text
    spans = [span for span in spans_of(text) if not _is_small(_after_hello(text[span.start : span.end]))]
    if not spans:
        return None
    best = max(range(len(spans)), key=lambda at: (_weight(heard, spans[at]), -at))
    first = last = best
    while last + 1 < len(spans) and spans[last + 1].end - spans[first].start <= MOST_THEIRS:
        last += 1
    while first and spans[last].end - spans[first - 1].start <= MOST_THEIRS:
        first -= 1
    words = held(_after_hello(text[spans[first].start : spans[last].end]), MOST_THEIRS)
    return Quote(heard.turn.n, words) if len(words.split()) >= _MORE_THAN_THANKS else None


def _weight(heard: Heard, span: Span) -> float:
    words = heard.turn.text[span.start : span.end]
    told = sum(
        signal.p
        for signal in heard.reading.signals
        if (signal.kind in set(Emotion) or signal.kind in _TELLING)
        and any(one.start < span.end and span.start < one.end for one in signal.spans)
    )
    facts = sum(1 for fact in heard.reading.facts if fact.kind in _FACTS and span.start <= fact.span.start < span.end)
    return told + facts / 2 + min(len(words.split()), _LONG) / _LONG


_LONG = 12  # Words.
_TELLING: Final = frozenset(
    {Cue.REPEAT_CONTACT, Cue.DEADLINE, Cue.VULNERABLE, Cue.STILL_UNRESOLVED, Cue.GIVES_DETAILS, Cue.ASKS_QUESTION}
)
_FACTS: Final = frozenset(FactKind) - {FactKind.NAME, FactKind.PLACE}


def _is_small(words: str) -> bool:
    """Greetings, who they are, how long they waited, thanks."""
    return len(words.split()) < _FEWEST_TELLING or _SMALL.search(words) is not None


_FEWEST_TELLING = 3
_SMALL = re.compile(
    r"\A\W*(?:(?:my|the) (?:full )?name(?:'s| is)\b|i'm (?:mr|mrs|ms|miss)\b|it's (?:mr|mrs|ms|miss)\b"
    r"|how are you\b|thanks?\b|thank you\b"
    r"|sorry to (?:bother|trouble)\b|i've been on (?:hold|since)\b|you can hear me\b|can you hear me\b"
    r"|(?:kind |best )?regards\b)",
    re.IGNORECASE,
)


def _replies(timeline: Timeline, answering: Iterable[int]) -> Iterator[Quote]:
    """What they said next to these turns of ours, where it is more than thanks."""
    for n in answering:
        heard = next((one for one in _theirs(timeline) if one.turn.n > n), None)
        if heard is None or _is_goodbye(heard.turn.text):
            continue
        if len(_after_hello(heard.turn.text).split()) >= _MORE_THAN_THANKS:
            yield said_in(heard)


def _beside(timeline: Timeline) -> Iterator[Quote]:
    """What they asked for last, what they tried, set store by, took or refused, and asked without an answer."""
    yield from _asked_for(timeline)
    yield from _result(timeline)
    yield from _took(timeline)
    yield from _tried(timeline)
    yield from _matters(timeline)
    reach = _reached_by(timeline)
    if reach:
        yield reach
    for n, question in tuple(open_questions(timeline))[-1:]:
        yield Quote(n, held(question.text, MOST_THEIRS))


def _asked_for(timeline: Timeline) -> Iterator[Quote]:
    found = [quote for heard in reversed(_theirs(timeline)) for quote in _asked_in(heard)]
    yield from found[:_MOST_ASKED]


_MOST_ASKED = 1


def _took(timeline: Timeline) -> Iterator[Quote]:
    for heard in reversed(_theirs(timeline)):
        for cue in (Cue.REJECTS_OFFER, Cue.ACCEPTS_OFFER):
            if heard.reading.shows(cue):
                yield said_in(heard)
                return


def _result(timeline: Timeline) -> Iterator[Quote]:
    for heard in reversed(_theirs(timeline)):
        if heard.reading.shows(Cue.CONFIRMS_RESOLVED) or heard.reading.shows(Cue.STILL_UNRESOLVED):
            yield said_in(heard)
            return


def _tried(timeline: Timeline) -> Iterator[Quote]:
    for heard in _theirs(timeline):
        for fact in heard.reading.facts:
            if fact.kind is FactKind.TRIED:
                yield _sentence_at(heard, fact.span)
                return


def _matters(timeline: Timeline) -> Iterator[Quote]:
    """What it has to be ready for, and who depends on it."""
    for cue in (Cue.DEADLINE, Cue.VULNERABLE):
        for heard in _theirs(timeline):
            if heard.reading.shows(cue):
                yield _trimmed(_whole(heard, cue))
                break


def _reached_by(timeline: Timeline) -> Quote | None:
    """How they want to be reached, as they said it last; a number or an address is a placeholder."""
    for heard in reversed(_theirs(timeline)):
        match = _REACH.search(heard.turn.text)
        if match:
            return _sentence_at(heard, Span(match.start(), match.end()))
    return None


def said_in(heard: Heard) -> Quote:
    """A turn of theirs, as much of it as a quotation holds."""
    return Quote(heard.turn.n, held(without_handle(heard.turn.text), MOST_THEIRS))


def last_words(timeline: Timeline) -> Quote | None:
    """What they said last that is more than a goodbye; nothing from the middle, and not what they came with."""
    for heard in reversed(_theirs(timeline)[1:][-_AT_THE_END:]):
        words = said_in(heard).words
        if len(words.split()) >= _FEWEST and not _is_goodbye(words):
            return Quote(heard.turn.n, words)
    return None


_AT_THE_END = 2


def _is_goodbye(text: str) -> bool:
    return not _BYE.sub(" ", text).split()


_BYE = re.compile(
    r"\b(?:thank(?:s| you)?|you|cheers|ta|bye|goodbye|very|so|much|again|ok(?:ay)?|all|right|alright|then|have|a|good"
    r"|nice|great|lovely|day|evening|weekend|night|too|and|for|your|help|that's|it|take|care|see|ya|now|yes|no|yeah"
    r"|well|oh|great|perfect|brilliant|cool|fine|bless|love|mate|sir|madam|the|same|to|i'll|wait|hold|on|done|sure"
    r"|one|moment|sec)\b|[^\w\s]|_",
    re.IGNORECASE,
)


def _whole(heard: Heard, label: str) -> Quote:
    spans = [span for signal in heard.reading.signals if signal.kind == label for span in signal.spans]
    longest = max(spans, key=lambda span: span.end - span.start, default=None)
    return _sentence_at(heard, longest) if longest else said_in(heard)


def _sentence_at(heard: Heard, at: Span) -> Quote:
    """The sentence with this place in it; a long one begins with the clause that has it."""
    text = heard.turn.text
    span = max(spans_of(text), key=lambda one: min(one.end, at.end) - max(one.start, at.start))
    words = text[span.start : span.end]
    if len(words.strip()) > MOST_THEIRS:
        starts = [c.span.start for c in clauses_of(words) if c.span.start <= max(0, at.start - span.start)]
        words = words[starts[-1] if starts else 0 :]
    return Quote(heard.turn.n, held(_after_hello(words) or words, MOST_THEIRS))


def cut_at_clause(words: str, most: int = MOST_THEIRS) -> str:
    """The words, or as many whole clauses of them as a quotation holds; "…" says that more was said."""
    return held(words, most)


def _theirs(timeline: Timeline) -> Timeline:
    """Their turns without abuse, which has its own place, with its evidence: a note keeps to the case."""
    return tuple(heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER and not _is_abuse(heard))


def _is_abuse(heard: Heard) -> bool:
    shown = heard.reading.of_customer
    return shown is not None and shown.abuse not in (Abuse.NONE, Abuse.PROFANITY)


def _after_hello(text: str) -> str:
    """The text from where it says something: greetings, waiting and thanks come off at its beginning only."""
    rest = text.strip()
    while match := _HELLO.match(rest):
        rest = rest[match.end() :]
    return rest


_HELLO = re.compile(
    r"(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|dear)\b(?:[ ,]+(?:there|sir or madam"
    r"|sir/madam|sir|madam|love|team"
    r"|(?:mr|mrs|ms|miss|dr)\.? \w+|(?-i:[A-Z]\w+(?: [A-Z]\w+)?)))?|to whom it may concern|g'day|@\w+|yeah|yes"
    r"|um+|uh+|er|right|ok(?:ay)?|so"
    r"|well|oh|ah|\[(?:sigh|pause|laughs|crying|long pause)\])(?=[\s,.!:-]|$)[\s,.!:–—-]*"
    r"|(?:thanks?(?: you)?(?: (?:so|very) much)?|lovely|great|no)\s*[,.!]+\s*"
    r"|i(?:'ve| have) been (?:on hold|on|waiting|holding)(?: here| on here)? (?:since|for) [^.,]{1,60}[.,]\s+",
    re.IGNORECASE,
)


def _asked_in(heard: Heard) -> Iterator[Quote]:
    if heard.reading.shows(Cue.ASKS_SUPERVISOR):
        yield _trimmed(_whole(heard, Cue.ASKS_SUPERVISOR))
        return
    for span in spans_of(heard.turn.text):
        sentence = heard.turn.text[span.start : span.end]
        match = _WANTS.search(sentence)
        if match and len(sentence.split()) >= _MORE_THAN_THANKS and not _WANTS_NOTHING.search(sentence):
            yield _sentence_at(heard, Span(span.start + match.start(), span.start + match.end()))
            return


_WANTS = re.compile(
    r"\bi(?:'d| would| will)? (?:just )?(?:want|like you|like to|like it|like my|like the|need (?!to (?:go|say"
    r"|tell|know if))|expect"
    r"|am asking|'m asking)\b|\bi(?:'ll| will) cancel\b|\b(?:can|could|would"
    r"|will) you (?:please )?(?:just )?(?!hear|see|believe|tell me"
    r"|imagine|hold)\w+|\bplease (?!hold|wait|don't|do)\w+|\b(?:send|give|refund|call|ring|pay|get) me\b",
    re.IGNORECASE,
)
_WANTS_NOTHING = re.compile(r"\bdon't (?:want|need)\b|\bno need\b|\bhold on\b|\bthank you\b", re.IGNORECASE)
_REACH = re.compile(
    r"\b(?:call|ring|phone|text|e-?mail|message|write to) me (?:back |on |at |after |before |in |by |any)"
    r"|\bprefer (?:that you|you|to be|an? )[^.]{0,30}\b(?:writ|call|phone|email|text|letter)\w*"
    r"|\b(?:don't|do not|please no|no) (?:call|ring|phone)\w*\b|\bbest (?:number|time)\b"
    r"|\[(?:phone number|e-?mail address)\]",
    re.IGNORECASE,
)


def _trimmed(quote: Quote) -> Quote:
    return Quote(quote.n, _after_hello(quote.words) or quote.words)


def _is_in(quote: Quote, others: Iterable[Quote]) -> bool:
    bare = quote.words.removesuffix(" …")
    return any(
        other.n == quote.n and (bare in other.words or other.words.removesuffix(" …") in bare) for other in others
    )
