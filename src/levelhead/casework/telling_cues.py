"""Words by which a sentence tells much or little to whoever has a conversation next: features of `telling`. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from levelhead.casework.deed_words import ASKS, COURTESY, DID, HOLDS, REFUSES, WILL_DO


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


FINDS = _any(
    r"\b(?:because|cause|cos|turns? out|found|shows?|showing|can see|i see|it looks|looks like|the (?:problem"
    r"|reason|fault|issue|trouble)|caused?|means?|it was|there was|there's (?:an?|no|two|three)|went to|never"
    r" (?:\w+ed|sent|went|got|made)|by mistake|mistake|wrong|instead|that's why|what happened|it says|according)\b"
)
THANKS = _any(r"\b(?:thanks?|thank you|cheers|welcome|bye|goodbye|take care|regards|sincerely|dear|hello|hi|hey)\b")
CUES: Final[Mapping[str, re.Pattern[str]]] = {
    "asks": _any(r"\?"),
    "asks_first": ASKS,
    "did": DID,
    "will": WILL_DO,
    "refuses": REFUSES,
    "courtesy": COURTESY,
    "holds": HOLDS,
    "found": FINDS,
    "ours_wrong": _any(
        r"\b(?:our (?:fault|mistake|error|side|end)|we (?:should|got|made|failed|missed|never|didn't)|on us)\b"
    ),
    "thanks": THANKS,
    "wants": _any(
        r"\b(?:i(?:'d| would| will)? (?:just )?(?:want|like|need|expect)|i'm after|can (?:you|i)|could (?:you|i)|please"
        r"|how do i|instead|rather|prefer)\b"
    ),
    "mine": _any(r"\b(?:my|our|we|i)\b"),
    "me": _any(r"\b(?:i|i'm|i've|i'll|i'd|me)\b"),
    "you": _any(r"\b(?:you|your|you're|you've|you'll)\b"),
    "no": _any(r"\b(?:no|not|never|nothing|nobody|can't|cannot|\w+n't|without)\b"),
    "past": _any(r"\b(?:was|were|had|did|didn't|said|told|went|came|got|took|rang|called|paid|sent|ordered|\w+ed)\b"),
    "again": _any(r"\b(?:again|still|already|twice|third|second|times|since|weeks?|months?|days?|yesterday|last)\b"),
    "if": _any(r"\b(?:if|unless|until|once|when|till)\b"),
    "must": _any(r"\b(?:must|have to|has to|need to|needs to|should|make sure|keep|don't|only)\b"),
    "yes": _any(r"\A\W*(?:yes|yeah|yep|ok|okay|right|sure|fine|great|good|perfect|lovely|done|no|ah|oh)\b"),
    "money": _any(r"[£$€₹]|\b(?:pounds?|quid|euros?|dollars?|bucks|rupees|refund\w*|credit\w*|charge\w*|fees?|free)\b"),
    "time": _any(
        r"\b(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|noon|hours?"
        r"|minutes?|january|february|march|april|june|july|august|september|october|november|december)\b"
    ),
    "small": _any(
        r"\b(?:sorry|apolog\w+|understand|frustrat\w+|imagine|hear you|feel|glad|happy|hope|pleasure|weather|love"
        r"|honest|fair enough|sounds|thought|lovely|wonderful|enjoy)\b"
    ),
}
