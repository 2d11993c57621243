"""Secrets that only the turns before give away: "and the security code?" – "four one two"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from levelhead.conversation import Span, Speaker, Turn
from levelhead.privacy.begun import is_called_otherwise, without_sure_shapes
from levelhead.privacy.codes import ADDRESS, code_in, is_counted
from levelhead.privacy.digits import DigitRun, digit_runs
from levelhead.privacy.masks import OPAQUE, Secret, SecretKind
from levelhead.privacy.passwords import is_plain_word, looks_strong
from levelhead.privacy.pieces import Underway, is_dictation, next_pieces


def answered_secrets(turn: Turn, before: Sequence[Turn], so_far: Underway) -> list[Secret]:
    """The secrets in this turn's answer to what the other side asked for, or in its reading back of one."""
    text = without_sure_shapes(turn.text)
    runs = digit_runs(text, dictated=True)
    if turn.speaker is not Speaker.CUSTOMER:
        found = list(_read_back(turn, before, runs))
    else:
        found = [Secret(ask.kind, span) for ask in _asked(before) for span in _answers(ask, text, runs)]
    if not found:
        found = [Secret(SecretKind.CARD_NUMBER, span) for span in next_pieces(turn.text, so_far)]
    return found


@dataclass(frozen=True, slots=True)
class _Ask:
    """How a secret is asked for, unless of what; how many digits answer it, `alone` or among words, or words."""

    kind: SecretKind
    wording: re.Pattern[str]
    fewest: int
    most: int
    worded: bool = False
    unless: re.Pattern[str] | None = None
    alone: bool = False


def _asked(before: Sequence[Turn]) -> tuple[_Ask, ...]:
    """What the agent's side last asked for, if it was a secret and nothing else was asked for since."""
    recent = before[-_TURNS_BACK:]
    for turn in reversed(recent):
        if turn.speaker is Speaker.CUSTOMER:
            continue
        said = turn.text[-_MOST_LOOKED_AT:]
        asks = tuple(ask for ask in _ASKS if ask.wording.search(said) and not (ask.unless and ask.unless.search(said)))
        if asks and not _NOT_ASKED.search(said):
            return asks
        if asks or _ASKS_ELSE.search(said):
            return ()
    return ()


_TURNS_BACK = 6
_MOST_LOOKED_AT = 2000  # Characters: what is asked for stands at the end of a turn.
_REQUEST = (
    r"(?:(?:what(?:'s|’s| is| was| are)|(?:can|could|may|might) (?:i|we|you)|would you|let me have"
    r"|(?:i|we)(?:'ll| will)? (?:just )?need|(?:give|tell|send) (?:me|us)|read (?:me|out|it)|spell(?: out)?|provide"
    r"|enter|confirm|type|key in|have you got|do you have|please)\b\W{1,4}(?:[\w'’-]+\W{1,4}){0,9}?"
    r"|(?:^|[.,?!]|\b(?:and|so|right|now|then|ok|okay|finally|lastly))\W{0,4}(?:(?:and|then|now|just|also)\W{1,4})?"
    r"(?:your|the|what)\W{1,4}(?:[\w'’-]+\W{1,4}){0,1}?)"
)


_TERSE = r"(?:^|[.,?!]\W|\b(?:and|so|right|now|then|ok|okay)\W{1,2})"


def _wording(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_REQUEST}(?:{names})|{_TERSE}(?:{names})(?: (?:on|for|of) the account)?\W*(?:please|\?)", re.IGNORECASE
    )


_OF_A_THING = re.compile(
    r"\b(?:back|reverse|bottom) of (?:the|your) (?:box|packet|set|tv|television|router|hub|machine|meter|letter|bill"
    r"|unit|chair|fridge|oven|printer|phone|laptop|door|house|shop|queue|roller|room)\b"
    r"|\b(?:model|serial|part|product|imei|long|barcode) (?:number|no|code) (?:on|from|off|at)\b",
    re.IGNORECASE,
)
_PIN = _wording(r"(?<!gps )(?<!map )(?<!geo )(?<!driver's )pins?(?!\w)")
_ASKS = (
    _Ask(
        SecretKind.SECURITY_CODE,
        re.compile(
            r"\bsecurity (?:code|number|digits?)\b|\bcvv2?\b|\bcvc2?\b|\bcv2\b|\bcsc\b|\bsignature strip\b"
            r"|\b(?:last (?:three|3)|(?:three|3)[ -](?:digit|number)s?)\b"
            r"(?!(?: digits| numbers)? (?:of|in) (?:the|your) (?!card))"
            r"|\b(?:digits?|numbers?|code|card|three|3)\b[^.?!]{0,40}\b(?:on|from|off|at|of) the"
            r" (?:back|reverse|signature)\b"
            r"|\b(?:three|four|3|4)[ -](?:digits?|numbers?)(?: (?:code|number))?"
            r"(?: (?:that are|that's|which are))? (?:on|from) the front",
            re.IGNORECASE,
        ),
        fewest=1,
        most=4,
        unless=_OF_A_THING,
    ),
    _Ask(
        SecretKind.SECURITY_CODE,
        re.compile(r"\b(?:on|from|off|at) the (?:back|reverse|signature)\b", re.IGNORECASE),
        fewest=2,
        most=4,
        unless=re.compile(
            rf"{_OF_A_THING.pattern}|\b(?:model|serial|product|label|sticker|barcode|imei|receipt|roller"
            r"|balance line|tray|lever|lid|gift)\b",
            re.IGNORECASE,
        ),
        alone=True,
    ),
    _Ask(
        SecretKind.ONE_TIME_CODE,
        re.compile(
            rf"{_REQUEST}(?:one[ -]?time (?:code|pass ?word|pass ?code|pin)|otp|verification (?:code|number)"
            r"|(?:four|six|eight|4|6|8)[ -]digit (?:code|pin|number)|authenticat\w+ code"
            r"|code (?:that |which )?(?:i|we)(?:'ve|’ve| have)? (?:just )?(?:sent|texted|emailed)"
            r"|code (?:from|in) (?:the|your) (?:text|sms|app|email|message))"
            r"|\b(?:send|sent|text|texted|sending|texting|emailed|email)\b[^.?!]{0,30}\bcode\b"
            r"|\bcode (?:from|in|on) (?:the|your) (?:\w+ )?(?:text|sms|app|e-?mail|message|phone)\b"
            r"|\bpass ?code (?:from|in|on) (?:the|your)\b|\bdid (?:the|your) (?:pin|code) (?:come|arrive|get)\b"
            r"|\b(?:one[ -]?time|verification|2fa|mfa|two[ -]factor|authenticat\w+)"
            r" (?:code|pass ?word|pass ?code|pin|number)\b",
            re.IGNORECASE,
        ),
        fewest=3,
        most=8,
    ),
    _Ask(
        SecretKind.PASSWORD,
        _wording(
            r"(?:pass ?words?|pass ?phrase|pass ?code|memorable (?:word|name|answer|phrase)|secret (?:word|answer)"
            r"|safe ?word|security (?:word|answer|phrase))(?!\w)(?! (?:reset|link|page|field|screen))"
        ),
        fewest=4,
        most=8,
        worded=True,
    ),
    _Ask(SecretKind.PASSWORD, _PIN, fewest=3, most=6, unless=ADDRESS),
    # "Your address and PIN": six digits are a postal code, three a house.
    _Ask(SecretKind.PASSWORD, _PIN, fewest=4, most=5),
)
_NOT_ASKED = re.compile(
    r"\b(?:never|don't|don’t|do not|nobody|no one|reset|resetting|change|changed|changing|forgot|forgotten|letters?"
    r"|characters?|last (?:four|4)|ending|gift card)\b",
    re.IGNORECASE,
)
_ASKS_ELSE = re.compile(
    r"\b(?:order|reference|account|policy|phone|mobile|tracking|booking|claim|case|meter|house|flight|sort code|serial)"
    r"(?: (?:number|no|id|code))|\b(?:your|full|last|first) name\b|post ?code|zip ?code|date of birth"
    r"|birthday|\baddress\b|\bexpir(?!ed)|\bhow (?:much|many|long)|\bwhen\b|\bwhat (?:time|day|year|date)\b"
    r"|\blast (?:four|4)\b",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\b(?:order|ref|reference|account|acct|policy|phone|mobile|number is|tracking|booking|claim|house|flat"
    r"|post ?code|zip|expiry(?: date)?|expires|exp|ending|ends|in|since|room|flight|last four|born|year|at"
    r"|about|for|around|step|after|before)"
    r"\W{0,3}(?:number|no|is|in|it's)?\W{0,3}$",
    re.IGNORECASE,
)


def _answers(ask: _Ask, text: str, runs: Sequence[DigitRun]) -> Iterator[Span]:
    bare = [run for run in runs if _is_bare(text, run) and _is_long_enough(ask, text, run)]
    spans = [span for run in bare if (span := code_in(text, run, min(ask.fewest, len(run.digits)), ask.most))]
    spans = [span for span in spans if not _is_year(text, span) and not _DECIMAL.fullmatch(text, *span)]
    yield from spans[:1] if ask.kind is SecretKind.SECURITY_CODE else spans
    if not spans and (ask.worded or ask.kind is SecretKind.ONE_TIME_CODE):
        yield from _worded_answer(text, only_mixed=not ask.worded)


def _is_long_enough(ask: _Ask, text: str, run: DigitRun) -> bool:
    """One digit answers only where it is all that is said: "four" (mm-hm) "one" (mm-hm) "nine"."""
    if ask.alone and not is_dictation(text, (run,)):
        return False
    return len(run.digits) >= (_PAIR if ask.fewest < _PAIR and not is_dictation(text, (run,)) else ask.fewest)


def _is_year(text: str, span: Span) -> bool:
    """ "2023 was your servers": in a sentence, a number like this year's is a year."""
    return _YEAR.fullmatch(text, *span) is not None and len(text.split()) > _FEW_WORDS


def _is_bare(text: str, run: DigitRun) -> bool:
    glued = text[max(0, run.start - 1) : run.start] + text[run.end : run.end + 1]
    return not any(char.isalpha() and char != OPAQUE for char in glued) and not _OTHER_LABEL.search(
        text[max(0, run.start - 30) : run.start]
    )


_LEAD = re.compile(
    r"\W*(?:(?:it's|it’s|its|it|is|was|that's|that’s|thats|yes|yeah|yep|ok|okay|sure|right|so|um+|uh+|er+m*|ah|oh|i"
    r"|think"
    r"|should|be|would|the|my|password|passphrase|passcode|pin|word|answer|code|memorable|maybe|try|here|you|go|well)\b"
    r"[\s,.:=-]*)*",
    re.IGNORECASE,
)
# "Capital m, a, r, i", "m for mother, a for apple": to the end of the turn.
_SPELLED = re.compile(
    r"(?:\b(?:capital|upper ?case|big|lower ?case|small)\W+)?(?:\b[a-z]\b(?:\W+(?:for|as in) \w+)?\W+){2,}[a-z]\b",
    re.IGNORECASE,
)
_ANSWER_WORD = re.compile(rf"[^\s{OPAQUE}]+")
_PAIR = 2  # digits
_DECIMAL = re.compile(r"\d+\.\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW_WORDS = 4
_SHORTEST_PIECE = 2  # digits
_MOST_ANSWER_WORDS = 5
_PHRASE = 4  # words
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
    if not only_mixed and (spelled := _SPELLED.search(text, start)):
        yield Span(spelled.start(), len(text.rstrip(" .,;:!?\n")))
    elif strong:
        yield from (Span(word.start(), word.start() + len(word[0].rstrip(".,;:?)"))) for word in strong[:2])
    elif not only_mixed and words and len(words) <= _MOST_ANSWER_WORDS and "?" not in text and OPAQUE not in text:
        said = [word[0].strip(".,;:!?)(\"'’“”…-").lower() for word in words]
        talk = sum(is_plain_word(word) and not word.isdigit() for word in said)
        phrase = len(words) >= _PHRASE and talk == 1  # "Correct horse battery staple".
        plain = any(word in _TALKING for word in said) or (talk > 0 and not phrase)
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
