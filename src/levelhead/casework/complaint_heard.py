"""The first expression of dissatisfaction: which turn of a customer proposes a complaint, and by which words.

It errs toward asking, as the regulators want it to; what it finds is a question to a person and nothing else.
"""

import re
import tomllib
from dataclasses import dataclass

from levelhead.advising.table import PackError, Table
from levelhead.casework.quoting import cut, said_about, sentences
from levelhead.conversation import Cue, Emotion, Heard


@dataclass(frozen=True, slots=True)
class Ear:
    """What counts as dissatisfaction: plain words for it, or a feeling of some strength with a reason for it."""

    version: str
    words: re.Pattern[str]
    never: re.Pattern[str]
    emotions: frozenset[Emotion]
    intensity_from: int
    cues: tuple[Cue, ...]


def parse_ear(text: str) -> Ear:
    """The ear in this TOML text. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    top.text("name")
    ear = Ear(
        version=top.text("version"),
        words=top.words("words"),
        never=top.words("never"),
        emotions=frozenset(top.some_of("emotions", Emotion)),
        intensity_from=top.whole("intensity_from", 1, 3),
        cues=top.some_of("cues", Cue),
    )
    top.done(("name", "version", "words", "never", "emotions", "intensity_from", "cues"))
    return ear


def dissatisfaction_in(heard: Heard, ear: Ear) -> str:
    """The words of a customer that may be a complaint, as they stand in the turn; '' where there are none."""
    shown, text = heard.reading.of_customer, heard.turn.text
    if shown is None:
        return ""
    for sentence in sentences(text):
        if ear.words.search(ear.never.sub(" ", sentence)):
            return cut(sentence)
    cue = next((cue for cue in ear.cues if heard.reading.shows(cue)), None)
    if cue is None or shown.emotion not in ear.emotions or shown.intensity < ear.intensity_from:
        return ""
    return said_about(heard, cue).words
