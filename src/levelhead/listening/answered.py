"""Whether a reply answers a question: by what kind of thing was asked for, and by the words both share."""

import re
from collections.abc import Callable

from levelhead.listening.fact_moments import dates_in, times_in


def is_answered(question: str, reply: str) -> bool:
    """Whether the reply answers the question or owns up that it can't; a question back is no answer."""
    if _LOST.search(reply):
        return False
    said = _ASKED_BACK.sub(" ", reply)
    if not said.strip():
        return False
    if _OWNS_UP.search(said):
        return True
    low = question.lower()
    for asked_for, answers in _KINDS:
        if asked_for.search(low):
            return answers(said, low)
    return _says_yes_or_no(said, low)


def answered_late(question: str, reply: str) -> bool:
    """Whether the reply answers a question that an earlier one passed over: a time for a when, else its own words."""
    if _LOST.search(reply) or not is_answered(question, reply):
        return False
    said = _EMPTY.sub(" ", _ASKED_BACK.sub(" ", reply))
    if _ASKS_WHEN.search(question.lower()):
        return _names_moment(said)
    if _ASKS_HOW_MUCH.search(question.lower()):
        return _COUNT.search(said) is not None
    return not content_words(question) or bool(content_words(said) & content_words(question))


def is_reply(said: str) -> bool:
    """Whether words of our side are more than a question back or a plea for patience."""
    return len(_ASKED_BACK.sub(" ", said).split()) >= _SOLID_REPLY and not _HOLDS.search(said)


def same_question(one: str, other: str) -> bool:
    """Whether two questions ask the same thing in nearly the same words."""
    left, right = content_words(one), content_words(other)
    return bool(left and right) and len(left & right) * 2 > len(left | right)


def content_words(text: str) -> frozenset[str]:
    """The words that carry the matter, without endings."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(_ENDING.sub("", word) for word in words if word not in _FUNCTION_WORDS)


_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?:ing|ed|es|s|ment|ation|e|y|ies)$")
_FUNCTION_WORDS = frozenset(
    """
    the and for you your are can will would could should when where what why how who which there this that with have has
    had not but was were been did does just any get got out our his her its they them then than now please about from
    into tell know let need want like some all one yes much many long time still even also only more here going again
    back thank thanks sorry hello really very too
    """.split()  # noqa: SIM905 - words read better as words
)
_ASKED_BACK = re.compile(
    r"[^.!?\n]*\?|[^.!?\n]*"
    r"\b(?:let (?:us|me) know|tell (?:us|me)|may (?:we|i) (?:know|have)|could you (?:share|confirm))\b[^.!?\n]*",
    re.IGNORECASE,
)
# Whoever has not understood a question has not answered it.
_LOST = re.compile(
    r"\b(?:don['’]t|didn['’]t|do not|did not|not sure i) (?:quite |really |fully )?(?:understand|catch|follow|get)"
    r" (?:what|that|you|your question)|\bonly able to (?:help|tell|assist)\b",
    re.IGNORECASE,
)
_OWNS_UP = re.compile(
    r"\b(?:(?:i|we) (?:don['’]t|do not|can['’]t|cannot|couldn['’]t) (?:yet |actually |honestly )?"
    r"(?:know|have (?:a|an|the|that) (?:date|time|answer|figure|reason)|say|tell you|give you (?:a|an) (?:date|time))"
    r"|(?:no|not got a) (?:date|time|answer) yet|not (?:yet )?known"
    r"|(?:have|got) no (?:info|information|news|updates?|details)"
    r"|(?:un|not )able to (?:say|share|tell|confirm|discuss))\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:let me (?:check|look|see|pull|get|have a look|find)|bear with"
    r"|i['’]?ll (?:check|look into|have a look|find out)|one (?:moment|minute|sec)|two minutes|hold on|checking)\b",
    re.IGNORECASE,
)
_SPAN_OF_TIME = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|few|couple of"
    r"|half an)"
    r"[ -](?:to[ -]\w+[ -])?(?:\w+ )?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b|\b24/7\b",
    re.IGNORECASE,
)
_SOME_MOMENT = re.compile(
    r"\b(?:tonight|this (?:morning|afternoon|evening|week)|straight away|right away|right now|immediately|already"
    r"|by (?:lunch"
    r"|lunchtime|then)|end of (?:the )?(?:day|week|month)|first thing|overnight|(?:has|have"
    r"|had)(?: just)? (?:arrived|gone"
    r"|left|been)|(?:at|by|before|until|till|after|around|from) (?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven"
    r"|twelve|\d{1,2})\b)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\d|\b(?:free|nothing|no (?:charge|fee|cost)|none|one|two|three|four|five|six|seven|eight|nine|ten|hundred"
    r"|thousand"
    r"|half|once|twice)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"\b(?:because|due to|reason|caused?|since|that['’]?s why|down to|so that|in order to|as the|mistake|error|fault"
    r"|went wrong|our side|by us|failed|was(?:n['’]t)?|were(?:n['’]t)?|never|didn['’]t|hadn['’]t|held|needs? to)\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:you can|you['’]ll (?:need|find|see|get)|go to|tap|click|press|open|choose|select|send|call|ring|text"
    r"|email|reply"
    r"|type|enter|hold|unplug|turn|switch|sign|log|download|scan|follow|visit|check|steps?|link|advise|recommend"
    r"|suggest|by \w+ing|i['’]ll|i['’]ve|i can|we['’]ll|we['’]ve|here['’]s)\b",
    re.IGNORECASE,
)
_SOMEWHERE = re.compile(
    r"\b(?:in|at|on|to|from|near|with|under|inside|outside|behind|by) (?:the |your |our |my |a )?\w{3,}", re.IGNORECASE
)
_IS_SOMETHING = re.compile(
    r"\b(?:it['’]?s|it is|that['’]?s|that is|this is|these are|they['’]re|means?|stands for|called|is an?|are"
    r"|i['’]ll|i['’]ve"
    r"|i can|i['’]m|we['’]ve|we['’]ll|you can|the \w+(?: \w+)? (?:is|was|says|shows)|here['’]s)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"\b(?:yes|yep|yeah|aye|no|nope|not|sure|of course|certainly|absolutely|definitely|correct|exactly|right|indeed"
    r"|done"
    r"|i can|i can['’]t|i cannot|i['’]ll|i will|i won['’]t|i['’]ve|i have|i['’]m (?:afraid|doing|sending|putting"
    r"|going)|we can"
    r"|we['’]ll|we will|we['’]ve|we do|we don['’]t|you can|you['’]re|you are|you do|you don['’]t|you['’]ll|it is"
    r"|it isn['’]t|it['’]s|it does|it doesn['’]t|it will|it['’]ll|it won['’]t|there is|there isn['’]t|there['’]s"
    r"|happy to|unfortunately|afraid|that['’]s|they"
    r"|here['’]s|here is|this is|my name|let me|consider it|go ahead|please do|fine|(?:he|she|they) (?:does|do|will"
    r"|has|have|is|are|did))\b",
    re.IGNORECASE,
)
# Sentences that are said to anyone and answer no one.
_EMPTY = re.compile(
    r"[^.!?,\n]*\b(?:i (?:completely |totally |fully |do |can )?understand (?:your|how|that)|sorry|apologi[sz]e"
    r"|apologies"
    r"|thank you for|thanks for|appreciate|bear with|one moment|hold on|i hear you|your patience|inconvenience"
    r"|i can (?:imagine|see (?:why|how|that you)))\b[^.!?\n,]*",
    re.IGNORECASE,
)


def _says_when(said: str, _question: str) -> bool:
    return _names_moment(said) or _SOME_MOMENT.search(said) is not None


def _names_moment(said: str) -> bool:
    moment = next(times_in(said, numbered=True), None) or next(dates_in(said, greeting=True), None)
    return moment is not None or _SPAN_OF_TIME.search(said) is not None


def _says_how_much(said: str, _question: str) -> bool:
    return _COUNT.search(_EMPTY.sub(" ", said)) is not None


def _says_why(said: str, question: str) -> bool:
    solid = _EMPTY.sub(" ", said)
    return _BECAUSE.search(solid) is not None or _shares_words(said, question)


def _says_how(said: str, question: str) -> bool:
    return _INSTRUCTION.search(_EMPTY.sub(" ", said)) is not None or _shares_words(said, question)


def _says_where(said: str, question: str) -> bool:
    return _SOMEWHERE.search(_EMPTY.sub(" ", said)) is not None or _shares_words(said, question)


def _says_who(said: str, question: str) -> bool:
    return _says_what(said, question) or _says_how(said, question)


def _says_what(said: str, question: str) -> bool:
    return _IS_SOMETHING.search(_EMPTY.sub(" ", said)) is not None or _shares_words(said, question)


def _says_yes_or_no(said: str, question: str) -> bool:
    solid = _EMPTY.sub(" ", said)
    if _YES_OR_NO.search(solid) or _INSTRUCTION.search(solid) or _shares_words(said, question):
        return True
    # "It's been charged twice?" only wants the matter taken up.
    return not _INVERTED.search(question) and len(solid.split()) >= _SOLID_REPLY


_INVERTED = re.compile(
    r"\b(?:can|could|will|would|do|does|did|is|are|was|were|has|have|should|may) (?:you|i|we|it|they|he|she|there"
    r"|this|the)\b"
)
_SOLID_REPLY = 5
_ASKS_WHEN = re.compile(
    r"\bhow (?:long|soon)\b|\bhow many (?:days|hours|weeks|minutes|months)\b|\bwhens?\b"
    r"|\b(?:what|which) (?:time|date|day)\b|\beta\b"
)
_ASKS_HOW_MUCH = re.compile(r"\bhow (?:much|many)\b")


def _shares_words(said: str, question: str) -> bool:
    return bool(content_words(_EMPTY.sub(" ", said)) & content_words(question))


# The first that fits; what is left is a yes or no.
_KINDS: tuple[tuple[re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (re.compile(r"\bhow (?:long|soon)\b|\bhow many (?:days|hours|weeks|minutes|months)\b"), _says_when),
    (
        re.compile(
            r"\bhow (?:much|many)\b|\bwhat['’]?s? (?:is |are |does |will )?(?:it |the |this )?(?:cost|price|fee)"
        ),
        _says_how_much,
    ),
    (re.compile(r"\bwhens?\b|\b(?:what|which) (?:time|date|day)\b|\beta\b"), _says_when),
    (re.compile(r"\bwheres?\b"), _says_where),
    (re.compile(r"\bwhys?\b|\bhow come\b|\bwhat (?:happened|went wrong)"), _says_why),
    (re.compile(r"\bhows?\b|\bwhat (?:do|should|can|must) i\b"), _says_how),
    (re.compile(r"\bwho\b"), _says_who),
    (re.compile(r"\bwhat|\bwhich\b|\bany (?:update|news|word|progress)|\bstatus\b"), _says_what),
)
