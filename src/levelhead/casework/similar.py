"""Past cases like this one that ended well: found by the vectors of the customer's turns, shown with what turned them.

Only what customers said is compared. A case counts where it had been hard and was calm at its end, and it is shown only
with words that both have in common, so that whoever reads it can tell why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from levelhead.casework.note import Outcome
from levelhead.casework.quoting import Quote, cut, sentences
from levelhead.conversation import Cue, Emotion, Heard, Speaker, Timeline

FEWEST: Final = 5
"""Cases that a team needs before any is shown: of fewer, none is likely to be alike."""
MOST: Final = 2
"""Cases that are shown at a time."""
NEAR: Final = 0.5
"""Cosine from which on two turns may be alike; the words decide then."""
HARD: Final = 2
"""Intensity of a feeling from which on a case was hard."""
_TURNS: Final = 6
_WORDS_IN_COMMON: Final = 2
_WORD: Final = re.compile(r"[a-z]{4,}")
_COMMON: Final = (
    "about after again also another anything back because been before being call called could does doing done "
    "even ever from getting give going have having hello here just know like look make more much need never "
    "nobody nothing only over please really right said same should since some somebody something still sure tell "
    "than thank thanks that their them then there these they thing this those time told very want wanted week "
    "weeks well were what when where which will with without would yeah your yours"
)
_SAID_BY_ALL: Final = frozenset(_COMMON.split())

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """A past case as it is searched: no words, only the directions of the customer's first turns."""

    conversation: str
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Alike:
    """A case that is like this one: the words in common, and what our side said before it got better."""

    conversation: str
    words: tuple[str, ...]
    turned: Quote


def ended_well(timeline: Timeline, outcome: Outcome = Outcome.UNSAID) -> bool:
    """Whether it was hard, and calm or solved at its end."""
    felt = [heard for heard in timeline if heard.reading.of_customer]
    if outcome in (Outcome.NOT_SOLVED, Outcome.ENDED_BY_US) or turned_by(timeline) is None:
        return False
    last = felt[-1].reading
    is_glad = last.of_customer is not None and last.of_customer.emotion is Emotion.SATISFIED
    return is_glad or outcome is Outcome.SOLVED or last.shows(Cue.CONFIRMS_RESOLVED) or last.shows(Cue.THANKS)


def turned_by(timeline: Timeline) -> Quote | None:
    """What our side said just before the customer calmed for good; None where it never was hard, or never calmed."""
    felt = [(place, heard) for place, heard in enumerate(timeline) if heard.reading.of_customer]
    hard = [at for at, (_, heard) in enumerate(felt) if _intensity(heard) >= HARD]
    if not hard or hard[-1] + 1 >= len(felt) or _intensity(felt[-1][1]) >= HARD:
        return None
    before, after = felt[hard[-1]][0], felt[hard[-1] + 1][0]
    ours = [heard for heard in timeline[before:after] if heard.turn.speaker is not Speaker.CUSTOMER]
    return Quote(ours[-1].turn.n, cut(max(sentences(ours[-1].turn.text), key=len))) if ours else None


def case_of(timeline: Timeline) -> Case | None:
    """The case as it is searched; None where no turn of the customer was read."""
    found = _directions(_customers(timeline)[:_TURNS])
    return Case(timeline[0].turn.conversation, found) if len(found) else None


def nearest(cases: Sequence[Case], timeline: Timeline) -> tuple[str, ...]:
    """Conversations by how near the nearest turn of each is to one of the customer's last turns, nearest first."""
    wanted = _directions(_customers(timeline)[-_TURNS:])
    if not len(wanted) or len(cases) < FEWEST:
        return ()
    own = timeline[0].turn.conversation
    scored = [
        (float((case.vectors @ wanted.T).max()), case.conversation)
        for case in cases
        if case.conversation != own and case.vectors.shape[1] == wanted.shape[1]
    ]
    return tuple(name for score, name in sorted(scored, key=lambda one: (-one[0], one[1])) if score >= NEAR)


def alike(timeline: Timeline, past: Timeline) -> Alike | None:
    """The past case as it is shown beside this one; None where they have too few words in common."""
    turned = turned_by(past)
    shared = _words(timeline) & _words(past)
    if turned is None or len(shared) < _WORDS_IN_COMMON:
        return None
    return Alike(past[0].turn.conversation, tuple(sorted(shared, key=lambda word: (-len(word), word)))[:5], turned)


def _customers(timeline: Timeline) -> list[Heard]:
    return [heard for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER and heard.reading.vector]


def _directions(turns: Sequence[Heard]) -> Vectors:
    """One row a turn, of length one; turns of another model than the last are left out."""
    model = turns[-1].reading.model if turns else ""
    rows = [np.frombuffer(one.reading.vector, dtype="<f4") for one in turns if one.reading.model == model]
    if not rows:
        return np.zeros((0, 0), dtype=np.float32)
    found = np.stack(rows).astype(np.float32)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _words(timeline: Timeline) -> set[str]:
    said = " ".join(heard.turn.text for heard in timeline if heard.turn.speaker is Speaker.CUSTOMER).casefold()
    return set(_WORD.findall(said)) - _SAID_BY_ALL


def _intensity(heard: Heard) -> int:
    return heard.reading.of_customer.intensity if heard.reading.of_customer else 0
