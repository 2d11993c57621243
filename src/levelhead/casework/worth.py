"""Which sentences a note takes first: those that tell most, and kinds that whoever has it next asks for. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from levelhead.casework.deed_words import COURTESY, DID
from levelhead.casework.goodbye import words_beside
from levelhead.casework.telling import Weighed
from levelhead.casework.telling_cues import FINDS, THANKS
from levelhead.conversation import Cue


def by_worth(found: Iterable[Weighed]) -> list[Weighed]:
    """The sentences, those first that are worth most."""
    return sorted(found, key=lambda one: -worth(one))


def worth(one: Weighed) -> float:
    """How sure it belongs into the note, and more for what was done, found out, numbered, or came of it."""
    kinds = _OF_THEIRS if one.theirs else _OF_OURS
    more = sum(weight for pattern, weight in kinds if pattern.search(one.words))
    return one.sure + more + (_PLIGHT if tells_plight(one) else 0.0)


def tells_plight(one: Weighed) -> bool:
    """Whether a customer says why it weighs on them: who is ill, old, small, alone or gone."""
    if not one.theirs:
        return False
    return PLIGHT.search(one.words) is not None or (
        one.sentence.heard.reading.shows(Cue.VULNERABLE) and _MINE.search(one.words) is not None
    )


def decides(one: Weighed) -> bool:
    """Whether a sentence of ours may say what was decided: not covered, approved, checked, not possible."""
    return not one.theirs and DECIDES.search(one.words) is not None


def tells_result(one: Weighed) -> bool:
    """Whether a customer may say what came of it: "it's running", "got it"."""
    return one.theirs and CAME_OUT.search(one.words) is not None


def is_courtesy(one: Weighed) -> bool:
    """Whether it is thanks, a goodbye or being sorry, and nothing was done or found out in it."""
    beside = words_beside(one.words)
    if any(pattern.search(one.words) for pattern in (FINDS, DID, CAME_OUT, _DIGIT)) or beside > _SOME:
        return False
    if one.theirs or beside == 0:
        return beside == 0  # "No, done it just now, thanks": any word more of theirs may be how it stands.
    if any(one.sentence.heard.reading.shows(cue) for cue in (Cue.CONFIRMS_RESOLVED, Cue.STILL_UNRESOLVED)):
        return beside <= 1
    return COURTESY.search(one.words) is not None or THANKS.search(one.words) is not None


_DIGIT = re.compile(r"\d")
_SOME, _PLIGHT = 4, 0.4  # Words; weight.
_MINE = re.compile(r"\b(?:my|our|i'm|i am|i've|he's|she's)\b", re.IGNORECASE)
PLIGHT: Final = re.compile(
    r"\b(?:oxygen|insulin|inhaler|wheelchair|dialysis|chemo\w*|cancer|stroke|hospital|surgery|operation|pregnant"
    r"|medicine|medication|disabled|disability|deaf|blind|dementia|autis\w+|epilep\w+|funeral|died|passed away|widow\w*"
    r"|bab(?:y|ies)|newborn|carer|hearing aids?|pension(?:er)?|homeless|evict\w+|panic|suicid\w+|welfare"
    r"|(?:\d+|\w+) (?:year|month|week|day)s?[ -]old|(?:i'm|i am|she's|he's|she is|he is) (?:only )?\d{1,2}"
    r"(?! (?:min|km|mil)))\b"
    r"|\b(?:hasn't|haven't|not) (?:heard from|answered|replied|called)\b",
    re.IGNORECASE,
)
CAME_OUT: Final = re.compile(
    r"\b(?:it's|it’s|its|it is|they're|that's|that’s) (?:on|up|back|running|working|open|in|here|fixed|gone|through"
    r"|there now|done|off|off now)\b|\b(?:got|received) (?:it|them|the)\b|\bi'm in\b|\bi (?:can )?see it\b"
    r"|\bworks?(?:ed)? (?:now|fine|again)\b|\b(?:has|have) (?:come|arrived|gone)\b|\byou rang\b"
    r"|\b(?:he|she|they)(?:'s|'ve| has| have)? (?:just |already )?been\b"
    r"|\b(?:arrived|came (?:at|back|on|through|today))\b"
    r"|\b(?:accepted|went through|green (?:check|tick|light)|all (?:set|sorted|verified))\b",
    re.IGNORECASE,
)
DECIDES: Final = re.compile(
    r"\b(?:denied|declined|refused|rejected|approved|granted|verified|overturned|confirmed|said (?:yes|no)|eligible"
    r"|(?:is|are)(?:n't| not) (?:covered|allowed|eligible|valid|on)|not covered|entitled|not possible|no charge"
    r"|(?:does|do)(?:n't| not) (?:cover|count|apply)|liability order|enforcement|consumer (?:law|guarantee)|not allowed"
    r"|under (?:the )?warranty|out of (?:stock|warranty)"
    r"|(?:i|we) (?:can't|cannot|won't|am not able to|are not able to))\b",
    re.IGNORECASE,
)
ORDERS: Final = re.compile(
    r"\A\W*(?:(?:yes|ok|okay|right|then|please|so)\W+)*"
    r"(?:send|do|book|take|cancel|keep|leave|go with|put|ring|call|text|use) (?:it|that|me|the|my|both)\b",
    re.IGNORECASE,
)
"""What they tell us to do: "Send it." """
_DEMANDS = re.compile(
    r"\bi (?:just |also )?(?:want|need|would like|expect)\b|\bi'd like\b|\bcomplaint\b", re.IGNORECASE
)
_OF_OURS: Final = ((DECIDES, 0.2), (DID, 0.2), (FINDS, 0.25), (re.compile(r"\d{3}|[£$€₹]"), 0.1))
_OF_THEIRS: Final = ((CAME_OUT, 0.2), (_DEMANDS, 0.15), (ORDERS, 0.3), (re.compile(r"\d{3}"), 0.1))
