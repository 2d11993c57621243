"""What the agent's side asks for, as far as it matters for what is never kept."""

import re
from enum import Enum, auto


class Question(Enum):
    """What a turn asks for.

    OTHER is another number than a card's; ELSE is anything else, or the end of the matter; NONE only says "go on".
    """

    CARD = auto()
    EXPIRY = auto()
    OTHER = auto()
    ELSE = auto()
    NONE = auto()


def question_in(said: str) -> Question:
    """What is asked for at the end of a turn of the agent's side; a card before anything else."""
    said = said[-_MOST_LOOKED_AT:]
    if _CARD.search(said) and not _NOT_A_CARD.search(said):
        return Question.CARD
    if _EXPIRY.search(said):
        return Question.EXPIRY
    if _OTHER.search(said):
        return Question.OTHER
    return Question.ELSE if _ELSE.search(said) else Question.NONE


_MOST_LOOKED_AT = 2000  # Characters: what is asked for stands at the end of a turn.
_CARD = re.compile(
    r"\bcard (?:number|details)|\blong (?:card )?number|\b(?:sixteen|16)[ -]digits?\b|\b(?:number"
    r"|digits)\b[^.?!]{0,40}\b(?:your|the) card"
    r"|\bnumber (?:on|across|off|from) the front|\b(?:which|what) card\b|\bpay(?:ing)? (?:by|with"
    r"|on)\b[^.?!]{0,20}\bcard"
    r"|\b(?:your|the) card(?:,)? (?:please|then)\b",
    re.IGNORECASE,
)
_NOT_A_CARD = re.compile(
    r"\b(?:never|don't|don’t|do not|last (?:four|4)|ending|ends in|gift card"
    r"|(?:loyalty|rail|travel|library|id|sim|member(?:ship)?|bus|student|health|medical)[ -]?cards?|expir\w*|security"
    r"|(?:has|have) been)\b",
    re.IGNORECASE,
)
_EXPIRY = re.compile(r"\bexpir|\bexp\b|\bvalid (?:until|thru|to)\b|\brun out\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:orders?|reference|ref|account|policy|phone|mobile|telephone|contact|tracking|booking|claim|case|invoice"
    r"|ticket|meter|serial"
    r"|house|flight|sort code|member\w*|nhs|social security|national insurance|passport|imei|customer|parcel"
    r"|reservation|extension|build|version|model|batch|complaint|landline|token|error|fault)"
    r"(?: (?:number|no|id|code|reading))*\b[^.]{0,40}(?:\?|$|please)|\bnumber (?:to (?:reach|call|ring|get)|can (?:i"
    r"|we) (?:reach|call|ring))"
    r"|\b(?!(?:card|long|security|pin|digit|three|four|sixteen|the|this|that|whole|full|right|next|last|first"
    r"|other|same|your|what|which|my|a)\b)"
    r"\w+ numbers?\b|\butr\b"
    r"|post ?code|zip ?code|date of birth|birthday|\baddress\b|\bhow (?:much|many|long)\b|\bwhen\b"
    r"|\bwhat (?:time|day|year|date|size|amount)\b|\bwhich (?:date|day|flight|extension)\b|\b(?:amount|reading"
    r"|extension)\b"
    r"|\bwhat does the meter\b",
    re.IGNORECASE,
)
_ELSE = re.compile(
    r"\b(?:your|full|last|first) name\b|\banything else\b|\bgone through\b|\ball (?:done|set|sorted)\b"
    r"|\bpayment (?:is|has)\b",
    re.IGNORECASE,
)
