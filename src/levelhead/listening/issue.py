"""Issue: what a conversation is about so far, as a cause of the guide and as a short name.

A linear model over the reader's turn vectors and the words that were said, fitted and calibrated by
`training/issue.py`. Below its threshold it says nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from math import log, log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Likely, Timeline, Turn
from levelhead.listening.context import side

FIRST, LAST = 10, 6
"""Turns looked at, of those the reader could read: what it is about is said early, and a correction stands late."""

WIDTH = 384
"""Of the reader's vectors."""
DENSE = 3 * WIDTH
"""The customer's turns, the house's turns, and the customer's first turn, each as a vector of the reader."""

HOUSE_WORDS = 0.7
"""The house's words count less than the customer's."""

WORD = re.compile(r"[a-z][a-z']+")

Floats = NDArray[np.float32]


class Spoken(NamedTuple):
    """A turn as the model needs it: its side (0 the customer, 1 the house), its words and its vector."""

    side: int
    text: str
    vector: Floats


class About(NamedTuple):
    """Each None below its threshold."""

    cause: Likely | None
    issue: Likely | None


class Issues:
    """The weights; `reader` names the reader whose vectors they were fitted on."""

    def __init__(self, weights: bytes) -> None:
        with np.load(BytesIO(weights), allow_pickle=False) as kept:
            told = json.loads(str(kept["settings"]))
            self._dense = kept["dense"].astype(np.float32) * kept["scales"][0]
            self._table = kept["table"].astype(np.float32) * kept["scales"][1]
            self._rare = kept["rare"].astype(np.float32)
            self._bias = kept["bias"].astype(np.float32)
        self.reader: str = told["reader"]
        self._row: tuple[Mapping[str, int], ...] = tuple(
            {word: row for row, (by, word) in enumerate(told["words"]) if by == one} for one in (0, 1)
        )
        self._heads: Mapping[str, tuple[slice, Sequence[str], float]] = {
            name: (slice(head["from"], head["from"] + len(head["labels"])), head["labels"], head["threshold"])
            for name, head in told["heads"].items()
        }

    @property
    def labels(self) -> Mapping[str, Sequence[str]]:
        """The names that each head may say."""
        return {name: labels for name, (_, labels, _) in self._heads.items()}

    def about(self, turn: Turn, vector: bytes, so_far: Timeline) -> About:
        """What the conversation is about after this turn of the customer."""
        return self.say(self.chances(spoken_of(turn, vector, so_far, self.reader)))

    def say(self, chances: Mapping[str, Floats]) -> About:
        """The likeliest cause and issue where they are likely enough."""
        return About(self._likely("cause", chances["cause"]), self._likely("issue", chances["issue"]))

    def chances(self, turns: Sequence[Spoken]) -> Mapping[str, Floats]:
        """The probability of every label of each head, in the order of `labels`."""
        logits = self._bias + dense_of(turns) @ self._dense
        rows, counts = self._counted(turns)
        if rows:
            strength = np.array(counts, dtype=np.float32) * self._rare[rows]
            logits += (strength / np.linalg.norm(strength)) @ self._table[rows]
        return {name: _softmax(logits[columns]) for name, (columns, _, _) in self._heads.items()}

    def _counted(self, turns: Sequence[Spoken]) -> tuple[list[int], list[float]]:
        found = [(self._row[by].get(word), strength) for (by, word), strength in strengths_of(turns).items()]
        known = [(row, strength) for row, strength in found if row is not None]
        return [row for row, _ in known], [strength for _, strength in known]

    def _likely(self, head: str, chances: Floats) -> Likely | None:
        _, labels, threshold = self._heads[head]
        best = int(chances.argmax())
        p = float(chances[best])
        return Likely(labels[best], p) if p >= threshold else None


def spoken_of(turn: Turn, vector: bytes, so_far: Timeline, reader: str) -> list[Spoken]:
    """The turns to look at, the last one being `turn`. Turns that other weights have read are left out."""
    before = [heard for heard in so_far if heard.reading.vector and heard.reading.model == reader]
    if len(before) >= FIRST + LAST:
        before = before[:FIRST] + before[1 - LAST :]
    spoken = [_spoken(heard.turn, heard.reading.vector) for heard in before]
    return [*spoken, _spoken(turn, vector)]


def dense_of(turns: Sequence[Spoken]) -> Floats:
    """`DENSE` numbers from the vectors; the longer a customer's turn, the more it weighs."""
    customer = [one for one in turns if one.side == 0]
    house = [one.vector for one in turns if one.side == 1]
    out = np.zeros(DENSE, dtype=np.float32)
    if customer:
        weight = np.array([0.1 + log1p(one.text.count(" ") + 1) for one in customer], dtype=np.float32)
        out[:WIDTH] = weight @ np.stack([one.vector for one in customer]) / weight.sum()
        out[2 * WIDTH :] = customer[0].vector
    if house:
        out[WIDTH : 2 * WIDTH] = np.mean(house, axis=0)
    return out


def strengths_of(turns: Sequence[Spoken]) -> dict[tuple[int, str], float]:
    """How much each word of each side counts: more when it is said again, but less each time."""
    strengths: dict[tuple[int, str], float] = {}
    for by, least in ((0, 1.0), (1, HOUSE_WORDS)):
        said = "\n".join(one.text for one in turns if one.side == by).lower().replace("’", "'")
        for word, count in Counter(WORD.findall(said)).items():
            strengths[by, word] = least if count == 1 else least * (1.0 + log(count))
    return strengths


def _spoken(turn: Turn, vector: bytes) -> Spoken:
    return Spoken(side(turn.speaker), turn.text, np.frombuffer(vector, dtype="<f4"))


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)
