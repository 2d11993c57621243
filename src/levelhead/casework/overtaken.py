"""Whether a promise that was heard sounds kept, put off, turned down or called off by what was said since. Pure."""

import re
from collections.abc import Sequence

from levelhead.casework.deed_words import DID
from levelhead.casework.item import Item
from levelhead.casework.promise import Promised
from levelhead.casework.promise_words import asks_for_more_time, same_thing, sign_of_keeping
from levelhead.casework.quoting import Quote, sentences
from levelhead.casework.worth import CAME_OUT
from levelhead.conversation import Cue, Heard, Speaker, Timeline


def is_overtaken(item: Item[Promised], said: Quote, timeline: Timeline) -> bool:
    """Whether it sounds kept or put off in a later turn, or the customer turned something down since."""
    after = [heard for heard in timeline if heard.turn.n > said.n]
    if any(_says_it_came(heard) for heard in after) or _went_otherwise(after) or _is_off(after):
        return True
    ours = [heard for heard in after if heard.turn.speaker is not Speaker.CUSTOMER]
    put_off = any(
        asks_for_more_time(words) and same_thing(item.body.action, words)
        for heard in ours
        for words in sentences(heard.turn.text)
    )
    return put_off or any(sign_of_keeping(heard, item) is not None for heard in after)


def _went_otherwise(after: Sequence[Heard]) -> bool:
    """Whether the customer turned something down, and we then did something."""
    turned = next((at for at, heard in enumerate(after) if heard.reading.shows(Cue.REJECTS_OFFER)), len(after))
    return any(heard.turn.speaker is not Speaker.CUSTOMER and DID.search(heard.turn.text) for heard in after[turned:])


def _is_off(after: Sequence[Heard]) -> bool:
    """Whether we called something off since, or the customer would not have it as soon as they heard it."""
    theirs = next((heard for heard in after if heard.turn.speaker is Speaker.CUSTOMER), None)
    if theirs is not None and _NOT_SO.search(theirs.turn.text):
        return True
    return any(heard.turn.speaker is not Speaker.CUSTOMER and _CALLED_OFF.search(heard.turn.text) for heard in after)


_NOT_SO = re.compile(
    r"\b(?:no good|no,? thanks?(?: you)?|not good enough|don't bother|forget it|i don't want (?:it|that|one))\b",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(r"\b(?:cancell?ed|stood down|called (?:it|that|them) off)\b", re.IGNORECASE)


def _says_it_came(heard: Heard) -> bool:
    """Whether the customer says that it is there or does what it should."""
    if heard.turn.speaker is not Speaker.CUSTOMER:
        return False
    if heard.reading.shows(Cue.CONFIRMS_RESOLVED) and CAME_OUT.search(heard.turn.text):
        return True
    if _RUNS.search(heard.turn.text) is None:
        return False  # Nearly always, and a whole turn is quicker looked through than taken apart.
    return any(_runs(words) for words in sentences(heard.turn.text))


def _runs(words: str) -> bool:
    """Whether a sentence says so for itself: not that it may, nor that somebody else says it."""
    told = (words[max(0, found.start() - _JUST_BEFORE) : found.start()] for found in _RUNS.finditer(words))
    return "?" not in words and any(_NOT_YET.search(before) is None for before in told)


_JUST_BEFORE = 15  # Characters.
_RUNS = re.compile(
    r"\b(?:it's|it’s|it is) (?:back )?"
    r"(?:running|working|fixed|sorted|on(?! (?:hold|my|the|your|its|their|order|time)\b))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:not|never|if|when|once|until|till|whether|says?|said|hardly|no|sure|think)\b|n't\b|n’t\b", re.IGNORECASE
)
