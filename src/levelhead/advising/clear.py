"""Clear: which of the reader's findings are sure enough for a card to rest on them."""

from levelhead.advising.history import Line
from levelhead.advising.pack import Pack
from levelhead.conversation import Abuse, Cue, Reading


def clear_cue(line: Line, cue: Cue, pack: Pack) -> bool:
    """Whether a card may rest on this cue. A sign of self-harm needs less: even odds, or words that a rule knows."""
    heard = line.reading.of_customer
    if heard is None or not line.reading.shows(cue):
        return False
    enough = pack.thresholds.clear_danger if cue is Cue.SELF_HARM else pack.thresholds.clear_cue
    return heard.cues.get(cue, 0.0) >= enough or _ruled(line.reading, cue)


def clear_abuse(line: Line, pack: Pack) -> Abuse | None:
    """The abuse that a card may rest on, else None: nobody is told off on a guess, but danger needs less."""
    heard = line.reading.of_customer
    if heard is None or heard.abuse is Abuse.NONE:
        return None
    enough = pack.thresholds.clear_danger if heard.abuse is Abuse.THREAT else pack.thresholds.clear_abuse
    sure = heard.abuse_p.get(heard.abuse, 0.0) >= enough or _ruled(line.reading, heard.abuse)
    return heard.abuse if sure else None


def _ruled(reading: Reading, label: str) -> bool:
    return any(signal.kind == label and signal.rule is not None for signal in reading.signals)
