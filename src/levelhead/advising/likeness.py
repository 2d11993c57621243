"""Likeness: how much two sentences say the same, by the words that carry meaning."""

import re

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
# Words every sentence needs; sharing them makes nothing alike.
_CARRY_NOTHING = frozenset(
    re.findall(
        r"\S+",
        """a an the and or but so if as than then that this these those there here it its i me my we us our you your
        they them their he she his her to of in on at by for from with without into out up off over about
        after before is are was were be been being am do does did done have has had having will would shall
        should can could may might must not no nor never what which who whom whose when where why how all
        any some each every other else just only also very more most much too now still yet again let's i'm
        i'd i'll i've you're you'd you'll you've we're we'd we'll we've they're it's that's there's here's
        isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't
        hasn't hadn't let one""",
    )
)


def content_words(text: str) -> frozenset[str]:
    """The words of a sentence that carry its meaning, in lower case."""
    return frozenset(_WORD.findall(text.lower().replace("’", "'"))) - _CARRY_NOTHING


def likeness(one: str, other: str) -> float:
    """The share of the shorter sentence's content words that the other has too, 0-1."""
    left, right = content_words(one), content_words(other)
    return len(left & right) / min(len(left), len(right)) if left and right else float(left == right)
