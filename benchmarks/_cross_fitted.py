"""Readings of the written conversations by weights that had not seen them: calibrated logits, kept beside the benchmarks.

`readings/written.npz` holds one array for each conversation, named by its id: a row for each turn, a column for each label
of all heads, in the order of the heads in `models/reader.json`. They are already calibrated: softmax or sigmoid
gives the probabilities. Written by `make train`; without the file there are none.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead import models
from levelhead.conversation import Abuse
from levelhead.listening.heads import Head, customer_reading
from levelhead.listening.patterns import rules_in
from training.corpus import Talk

READINGS = Path(__file__).parent / "readings" / "written.npz"


Logits = NDArray[np.floating[Any]]


def cross_fitted(path: Path = READINGS) -> Mapping[str, Logits] | None:
    """By conversation id, the calibrated logits (turns, labels of all heads); None when the file isn't there."""
    if not path.is_file():
        return None
    with np.load(path) as kept:
        return {name: kept[name] for name in kept.files}


def abuse_read(talk: Talk, logits: Logits) -> list[Abuse]:
    """As what each turn is read, with the shipped thresholds and the rules beside the network, as it is live."""
    reader = models.load()
    read = []
    for text, row in zip(talk.texts, logits, strict=True):
        p = {name: _probabilities(head, row[list(reader.rows(name))]) for name, head in reader.heads.items()}
        read.append(customer_reading(reader.heads, p, rules_in(text)).abuse)
    return read


def _probabilities(head: Head, z: Logits) -> tuple[float, ...]:
    """As `Head.probabilities`, of logits that its scale and bias are already in."""
    z = z.astype(np.float64)
    if head.one_of:
        e = np.exp(z - z.max())
        return tuple(float(p) for p in e / e.sum())
    return tuple(float(p) for p in 1.0 / (1.0 + np.exp(-z)))
