"""Loss: whether a customer has told of a death. It is told once; nobody has to say it again."""

from levelhead.advising.history import Line
from levelhead.advising.pack import Pack
from levelhead.conversation import Cue, Span


def death_told(line: Line, pack: Pack) -> Span | None:
    """Where in this turn a customer tells that somebody close to them died, in words that the pack knows."""
    if line.reading.of_customer is None:
        return None
    words, text = pack.listening, line.turn.text
    found = words.bereaved.search(text)
    if found is None and line.reading.shows(Cue.VULNERABLE):
        found = words.bereaved_if_vulnerable.search(text)
    return Span(*found.span()) if found else None
