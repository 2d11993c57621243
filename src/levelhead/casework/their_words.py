"""What a customer came with, asked for, set store by, and said last: the sentences that a note quotes. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from levelhead.casework.quoting import Quote, said_about, sentences
from levelhead.conversation import Abuse, Cue, Heard, Speaker, Timeline
from levelhead.listening.clauses import clauses_of

MOST_THEIRS: Final = 200
"""Characters of one quotation of theirs: what is longer is cut where a clause ends."""
_ENOUGH = 90
_MOST_TURNS = 5
_MOST_CAME, _MOST_ASKED, _MOST_MATTERS = 2, 2, 2
_MORE_THAN_THANKS = 4


def came_with(timeline: Timeline) -> tuple[Quote, ...]:
    """What they said first, without greetings and how long they had waited: one or two turns of it."""
    found: list[Quote] = []
    for heard in [heard for heard in _theirs(timeline) if not _is_abuse(heard)][:_MOST_TURNS]:
        words = cut_at_clause(_after_hello(heard.turn.text))
        if len(words.split()) > _MORE_THAN_THANKS:
            found.append(Quote(heard.turn.n, words))
        if len(found) >= _MOST_CAME or sum(len(quote.words) for quote in found) >= _ENOUGH:
            break
    return tuple(found)


def asked_for(timeline: Timeline, said: Iterable[Quote] = ()) -> tuple[Quote, ...]:
    """What they asked of us, the latest of it, and nothing that is in `said` already."""
    known, found = list(said), list[Quote]()
    for heard in reversed(_theirs(timeline)):
        for quote in _asked_in(heard):
            if not _is_in(quote, [*known, *found]):
                found.append(quote)
    return tuple(sorted(found[:_MOST_ASKED], key=lambda quote: quote.n))


def matters(timeline: Timeline, said: Iterable[Quote] = ()) -> tuple[Quote, ...]:
    """What it has to be ready for, and who depends on it; once each."""
    found: list[Quote] = []
    for cue in (Cue.DEADLINE, Cue.VULNERABLE):
        for heard in _theirs(timeline):
            if heard.reading.shows(cue):
                quote = _trimmed(said_about(heard, cue))
                if not _is_in(quote, [*said, *found]):
                    found.append(quote)
                    break
    return tuple(found[:_MOST_MATTERS])


def reached_by(timeline: Timeline) -> Quote | None:
    """How they want to be reached, as they said it last; a number or an address is a placeholder."""
    for heard in reversed(_theirs(timeline)):
        for sentence in reversed(sentences(heard.turn.text)):
            if _REACH.search(sentence):
                return Quote(heard.turn.n, cut_at_clause(_from_match(sentence, _REACH)))
    return None


def said_in(heard: Heard) -> Quote:
    """A turn of theirs, as much of it as a quotation holds."""
    return Quote(heard.turn.n, cut_at_clause(_after_hello(heard.turn.text) or heard.turn.text))


def last_words(timeline: Timeline) -> Quote | None:
    """The last thing they said that is more than a goodbye."""
    for heard in reversed(_theirs(timeline)):
        if _is_abuse(heard):
            continue
        words = cut_at_clause(_after_hello(heard.turn.text))
        if len(words.split()) >= _MORE_THAN_THANKS:
            return Quote(heard.turn.n, words)
    return None


def cut_at_clause(words: str, most: int = MOST_THEIRS) -> str:
    """The words, or as many whole clauses of them as a quotation holds; "…" says that more was said."""
    words = words.strip()
    if len(words) <= most:
        return words
    end = 0
    for clause in clauses_of(words):
        if clause.span.end > most:
            break
        end = clause.span.end
    if end < most // 3:  # A clause without end: its first words.
        end = words.rfind(" ", 0, most)
    return words[:end].rstrip(" ,;:-–—\n") + " …"


def _theirs(timeline: Timeline) -> Timeline:
    return tuple(heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER)


def _is_abuse(heard: Heard) -> bool:
    """Abuse has its own place, with its evidence; a note keeps to the case."""
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
    for cue in (Cue.ASKS_SUPERVISOR, Cue.THREATENS_EXPOSURE, Cue.THREATENS_TO_LEAVE):
        if heard.reading.shows(cue):
            yield _trimmed(said_about(heard, cue))
            return
    for sentence in sentences(heard.turn.text):
        if _WANTS.search(sentence) and not _WANTS_NOTHING.search(sentence):
            yield Quote(heard.turn.n, cut_at_clause(_from_match(sentence, _WANTS)))
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


def _from_match(sentence: str, pattern: re.Pattern[str]) -> str:
    """A long sentence begins with the clause in which the match stands."""
    if len(sentence) <= MOST_THEIRS:
        return _after_hello(sentence)
    match = pattern.search(sentence)
    at = match.start() if match else 0
    starts = [clause.span.start for clause in clauses_of(sentence) if clause.span.start <= at]
    return sentence[starts[-1] if starts else 0 :]


def _trimmed(quote: Quote) -> Quote:
    return Quote(quote.n, _after_hello(quote.words) or quote.words)


def _is_in(quote: Quote, others: Iterable[Quote]) -> bool:
    bare = quote.words.removesuffix(" …")
    return any(
        other.n == quote.n and (bare in other.words or other.words.removesuffix(" …") in bare) for other in others
    )
