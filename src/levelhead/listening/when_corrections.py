"""Corrections: words with which a speaker takes back a time for the one said next ("by ten, no, sorry, half nine")."""

import re

_CORE = (
    r"no|nope|sorry|wait|hang on|hold on|actually|(?:scratch|strike) that|correction|apologies|(?:beg your )?pardon"
    r"|my mistake|(?:i )?tell a lie|i mean(?:t)?|i should say|(?:or )?rather|make (?:it|that)"
)
_FILLER = r"er|erm|um|uh|eh|oh|ah|well|that's|it's|let's say|we'll say|it'll be|that'll be|at|by|for|on"
_CORRECTED = re.compile(rf"\W*(?:(?:{_FILLER})\b\W*)*(?:{_CORE})\b\W*(?:(?:{_FILLER}|{_CORE})\b\W*)*", re.IGNORECASE)


def corrects(between: str) -> bool:
    """Whether the words between two times are nothing but a correction of the first by the second."""
    return _CORRECTED.fullmatch(between) is not None
