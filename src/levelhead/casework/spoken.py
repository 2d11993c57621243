"""In which language words for a customer are: what is said to them now, and what is written to them later. Pure."""

from typing import Final

from levelhead.conversation import Heard, Speaker, Timeline
from levelhead.conversation.languages import BRITISH, nearest

_ENOUGH_WORDS: Final = 4
"""Fewer are names, greetings and numbers, which tell no language from another."""


def heard_in(timeline: Timeline) -> str:
    """The language of the customer's latest turn that is long enough to tell; '' where none is."""
    told = (heard.reading.language for heard in reversed(timeline) if _tells(heard))
    return next((language for language in told if language not in ("", "und")), "")


def saying(timeline: Timeline, told: str = "") -> str:
    """The tag that words to say now are chosen by: what the customer speaks, else what they have told us, else theirs.

    The channel's own tag is the last word, and the first where it names the same language with its country.
    """
    return _nearest_of(timeline, heard_in(timeline), told)


def writing(timeline: Timeline, told: str = "") -> str:
    """The tag that a letter is written by: what the customer has told us, else what they speak, else the channel's."""
    return _nearest_of(timeline, told, heard_in(timeline))


def wanted(timeline: Timeline, told: str = "") -> str:
    """The language they would have words in, whether there are any in it or not; '' where nothing says."""
    return heard_in(timeline) or told


def _nearest_of(timeline: Timeline, *asked: str) -> str:
    own = timeline[-1].turn.locale if timeline else BRITISH
    for tag in asked:
        if tag and nearest(tag):
            return own if own.split("-")[0] == tag.split("-")[0].lower() else tag
    return own


def _tells(heard: Heard) -> bool:
    return heard.turn.speaker is Speaker.CUSTOMER and len(heard.turn.text.split()) >= _ENOUGH_WORDS
