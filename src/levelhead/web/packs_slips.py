"""A slip in a pack, in the language of the page: where it is, what is wrong, and how to mend it."""

from levelhead.packs.checking import NotUsable
from levelhead.storage.refusals import Refused
from levelhead.web.words import Words


def slip_told(words: Words, slip: NotUsable) -> NotUsable:
    """The slip with its words in this language; where it is is a path in the pack and stays."""
    return NotUsable(words.told(slip.where), words.told(slip.wrong), words.told(slip.mend), slip.line)


def told_whole(words: Words, refused: NotUsable | Refused) -> str:
    """Why a pack was refused, in one line."""
    if not isinstance(refused, NotUsable):
        return words.told(refused)
    slip = slip_told(words, refused)
    line = words("packs.slip_line", line=slip.line) if slip.line else ""
    return f"{', '.join(filter(None, (line, slip.where)))}: {slip.wrong}; {slip.mend}."
