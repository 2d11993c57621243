"""Secrets that only the turns before give away: "and the security code?" – "four one two"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.conversation import Span, Speaker, Turn
from levelhead.privacy.begun import is_called_otherwise
from levelhead.privacy.codes import code_in, is_counted
from levelhead.privacy.digits import DigitRun, digit_runs
from levelhead.privacy.masks import OPAQUE, Secret, SecretKind
from levelhead.privacy.passwords import is_plain_word, looks_strong
from levelhead.privacy.pieces import Underway, is_dictation, next_pieces


def answered_secrets(turn: Turn, before: Sequence[Turn], so_far: Underway) -> list[Secret]:
    """The secrets in this turn's answer to what the other side asked for, or in its reading back of one."""
    runs = digit_runs(turn.text, dictated=True)
    if turn.speaker is not Speaker.CUSTOMER:
        found = list(_read_back(turn, before, runs))
    else:
        found = [Secret(ask.kind, span) for ask in _asked(before) for span in _answers(ask, turn.text, runs)]
    if not found:
        found = [Secret(SecretKind.CARD_NUMBER, span) for span in next_pieces(turn.text, so_far)]
    return found


@dataclass(frozen=True, slots=True)
class _Ask:
    """How a secret is asked for, how many digits answer it, and whether words may."""

    kind: SecretKind
    wording: re.Pattern[str]
    fewest: int
    most: int
    worded: bool = False


def _asked(before: Sequence[Turn]) -> tuple[_Ask, ...]:
    """What the agent's side last asked for, if it was a secret and nothing else was asked for since."""
    recent = before[-_TURNS_BACK:]
    for turn in reversed(recent):
        if turn.speaker is Speaker.CUSTOMER:
            continue
        said = turn.text[-_MOST_LOOKED_AT:]
        asks = tuple(ask for ask in _ASKS if ask.wording.search(said))
        if asks and not _NOT_ASKED.search(said):
            return asks
        if asks or _ASKS_ELSE.search(said):
            return ()
    return ()


_TURNS_BACK = 6
_MOST_LOOKED_AT = 2000  # Characters: what is asked for stands at the end of a turn.
_REQUEST = (
    r"(?:(?:what(?:'s|’s| is| was| are)|(?:can|could|may|might) (?:i|we|you)|would you|let me have"
    r"|(?:i|we)(?:'ll| will)? (?:just )?need|(?:give|tell|send) (?:me|us)|read (?:me|out|it)|provide|enter|confirm|type"
    r"|key in|have you got|do you have|please)\b\W{1,4}(?:[\w'’-]+\W{1,4}){0,9}?"
    r"|(?:^|[.,?!]|\b(?:and|so|right|now|then|ok|okay|finally|lastly))\W{0,4}(?:(?:and|then|now|just|also)\W{1,4})?"
    r"(?:your|the|what)\W{1,4}(?:[\w'’-]+\W{1,4}){0,1}?)"
)


def _wording(names: str) -> re.Pattern[str]:
    return re.compile(rf"{_REQUEST}(?:{names})", re.IGNORECASE)


_ASKS = (
    _Ask(
        SecretKind.SECURITY_CODE,
        re.compile(
            r"\bsecurity (?:code|number|digits?)\b|\bcvv2?\b|\bcvc2?\b|\bcv2\b|\bcsc\b|\bsignature strip\b"
            r"|\b(?:on|from|at) the (?:back|reverse|signature)\b"
            r"|\b(?:three|four|3|4)[ -](?:digits?|numbers?)(?: (?:code|number))?(?: (?:that are|that's"
            r"|which are))? (?:on|from) the front",
            re.IGNORECASE,
        ),
        fewest=2,
        most=4,
    ),
    _Ask(
        SecretKind.ONE_TIME_CODE,
        re.compile(
            rf"{_REQUEST}(?:one[ -]?time (?:code|pass ?word|pass ?code|pin)|otp|verification (?:code|number)"
            r"|(?:four|six|eight|4|6|8)[ -]digit (?:code|pin|number)|authenticat\w+ code"
            r"|code (?:that |which )?(?:i|we)(?:'ve|’ve| have)? (?:just )?(?:sent|texted|emailed)"
            r"|code (?:from|in) (?:the|your) (?:text|sms|app|email|message))"
            r"|\b(?:sent|texted|sending|texting|emailed)\b[^.?!]{0,30}\bcode\b"
            r"|\b(?:one[ -]?time|verification|authenticat\w+) (?:code|pass ?word|pass ?code|pin|number)\b",
            re.IGNORECASE,
        ),
        fewest=3,
        most=8,
    ),
    _Ask(
        SecretKind.PASSWORD,
        _wording(
            r"(?:pass ?words?|pass ?phrase|pass ?code|memorable (?:word|name|answer|phrase)|secret (?:word|answer)"
            r"|security (?:word|answer|phrase))(?!\w)(?! (?:reset|link|page|field|screen))"
        ),
        fewest=4,
        most=8,
        worded=True,
    ),
    _Ask(SecretKind.PASSWORD, _wording(r"(?<!gps )(?<!map )(?<!geo )(?<!driver's )pins?(?!\w)"), fewest=3, most=6),
)
_NOT_ASKED = re.compile(
    r"\b(?:never|don't|don’t|do not|nobody|no one|reset|resetting|change|changed|changing|forgot|forgotten|letters?"
    r"|characters?|last (?:four|4)|ending|gift card)\b",
    re.IGNORECASE,
)
_ASKS_ELSE = re.compile(
    r"\b(?:order|reference|account|policy|phone|mobile|tracking|booking|claim|case|meter|house|flight|sort code|serial)"
    r"(?: (?:number|no|id|code))|\b(?:your|full|last|first) name\b|post ?code|zip ?code|date of birth"
    r"|birthday|\baddress\b|\bexpir|\bhow (?:much|many|long)|\bwhen\b|\bwhat (?:time|day|year|date)\b"
    r"|\blast (?:four|4)\b",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\b(?:order|ref|reference|account|acct|policy|phone|mobile|number is|tracking|booking|claim|house|flat"
    r"|post ?code|zip|expiry|expires|exp|ending|ends|in|since|room|flight|last four|born|year|at"
    r"|about|for|around|step|after|before)"
    r"\W{0,3}(?:number|no|is|in|it's)?\W{0,3}$",
    re.IGNORECASE,
)


def _answers(ask: _Ask, text: str, runs: Sequence[DigitRun]) -> Iterator[Span]:
    bare = [run for run in runs if _is_bare(text, run) and ask.fewest <= len(run.digits)]
    spans = [span for run in bare if (span := code_in(text, run, ask.fewest, ask.most))]
    spans = [span for span in spans if not _is_year(text, span)]
    yield from spans[:1] if ask.kind is SecretKind.SECURITY_CODE else spans
    if not spans and (ask.worded or ask.kind is SecretKind.ONE_TIME_CODE):
        yield from _worded_answer(text, only_mixed=not ask.worded)


def _is_year(text: str, span: Span) -> bool:
    """ "2023 was your servers": in a sentence, a number like this year's is a year."""
    return _YEAR.fullmatch(text, *span) is not None and len(text.split()) > _FEW_WORDS


def _is_bare(text: str, run: DigitRun) -> bool:
    return not _OTHER_LABEL.search(text[max(0, run.start - 30) : run.start])


_LEAD = re.compile(
    r"\W*(?:(?:it's|it’s|its|it|is|was|that's|that’s|thats|yes|yeah|yep|ok|okay|sure|right|so|um+|uh+|er+m*|ah|oh|i"
    r"|think"
    r"|should|be|would|the|my|password|passphrase|passcode|pin|word|answer|code|memorable|maybe|try|here|you|go|well)\b"
    r"[\s,.:=-]*)*",
    re.IGNORECASE,
)
_ANSWER_WORD = re.compile(rf"[^\s{OPAQUE}]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW_WORDS = 4
_SHORTEST_PIECE = 2  # digits
_MOST_ANSWER_WORDS = 5
_TALKING = frozenset(
    """
    no nope not why what who how when where which don't dont can't cant won't wont didn't didnt never haven't know
    remember forgot forgotten wait hang hold sec second moment minute please sorry hello hi thanks thank can could do
    does did are have has had but because and if or isn't this that there they we he she me you your need want get got
    going one look check find see let done sent yes yeah yep ok okay sure right lol bye hey supervisor manager god
    ridiculous idea just
    """.split()  # noqa: SIM905 - words read better as words
)


def _worded_answer(text: str, *, only_mixed: bool) -> Iterator[Span]:
    """A password said in a few words, or one strong word anywhere in the answer."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    words = list(_ANSWER_WORD.finditer(text, start))
    strong = [word for word in words if looks_strong(word[0]) and "@" not in word[0][:1] and "<" not in word[0]]
    if strong:
        yield from (Span(word.start(), word.start() + len(word[0].rstrip(".,;:?)"))) for word in strong[:2])
    elif not only_mixed and words and len(words) <= _MOST_ANSWER_WORDS and "?" not in text and OPAQUE not in text:
        said = [word[0].strip(".,;:!?)(\"'’“”…-").lower() for word in words]
        plain = any(word in _TALKING or (is_plain_word(word) and not word.isdigit()) for word in said)
        if not plain and any(len(word) > 2 for word in said):  # noqa: PLR2004 - "t", "oh": a letter, a sigh
            yield Span(words[0].start(), words[0].start() + len(text[words[0].start() :].rstrip(" .,;:!\n")))


def _read_back(turn: Turn, before: Sequence[Turn], runs: Sequence[DigitRun]) -> Iterator[Secret]:
    """ "So that's four one two": the agent repeats what was masked in the customer's turn just before."""
    given = next(
        (earlier for earlier in reversed(before[-_READ_BACK_AFTER:]) if earlier.speaker is Speaker.CUSTOMER), None
    )
    if given is None:
        return
    for kind in SecretKind:
        if kind.placeholder not in given.text:
            continue
        spans = (Span(run.start, run.end) for run in runs if _is_repeated(turn.text, run, runs))
        yield from (Secret(kind, span) for span in spans)


def _is_repeated(text: str, run: DigitRun, runs: Sequence[DigitRun]) -> bool:
    if is_counted(text, run) or is_called_otherwise(text, run):
        return False
    if len(run.digits) < _SHORTEST_PIECE and not _NOTHING_MORE.match(text, run.end):
        return False
    led = _REPEATS.search(text[max(0, run.start - _LED_BY) : run.start])
    return bool(led) or (is_dictation(text, runs) and "£" not in text)


_READ_BACK_AFTER = 3  # turns
_LED_BY = 80  # characters
_NOTHING_MORE = re.compile(r"\W*(?:$|(?:yes|yep|yeah|okay|ok|got|thanks?|right)\b)", re.IGNORECASE)
_REPEATS = re.compile(
    r"(?:^|[.!?]\s)\W*(?:(?:so|ok|okay|great|lovely|thanks|thank you|perfect|right|that's|that’s|that is|i have"
    r"|i've got|got|it's|was that|is it|just to confirm|confirm|code|the|and|um|uh|for the)\b\W*)*$",
    re.IGNORECASE,
)
