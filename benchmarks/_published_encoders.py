"""What two encoders see in the turns of talks: the shipped reader's, with its heads, and a frozen general one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks._general import General
from benchmarks._published import Talk
from levelhead.conversation import Advice, Channel, Heard, Reading, Turn
from levelhead.listening.context import FAR_BACK
from levelhead.listening.reader import Reader, Sight

Matrix = NDArray[np.float32]
BATCH = 32
SMALLEST_P = 1e-4
"""Chances are taken as log-odds from here to one minus it."""
NO_ADVICE = Advice({})


@dataclass(frozen=True, slots=True)
class Seen:
    """A row for each turn of a talk: its vector, and what the reader's own heads say of it (no columns without any)."""

    vectors: Matrix
    heads: Matrix


Encoder = Callable[[Sequence[Talk], Channel], list[Seen]]


def shipped(reader: Reader) -> Encoder:
    """The shipped reader's encoder: turn vectors, and log-odds of its calibrated heads with the turns before as context."""

    def see(talks: Sequence[Talk], channel: Channel) -> list[Seen]:
        heard: list[list[Heard]] = [[] for _ in talks]
        heads: list[list[Matrix]] = [[] for _ in talks]
        for n in range(max(len(talk) for talk in talks)):
            now = sorted((i for i, talk in enumerate(talks) if len(talk) > n), key=lambda i: len(talks[i][n].text))
            for start in range(0, len(now), BATCH):
                batch = now[start : start + BATCH]
                asked = [(_turn(talks[i], n, channel), tuple(heard[i][-FAR_BACK:])) for i in batch]
                for i, (turn, _), sight in zip(batch, asked, reader.read_batch(asked), strict=True):
                    heard[i].append(_heard(turn, sight, reader))
                    heads[i].append(_log_odds(sight))
        return [
            Seen(np.stack([_vector(one) for one in turns]), np.stack(said))
            for turns, said in zip(heard, heads, strict=True)
        ]

    return see


def general(encoder: General) -> Encoder:
    """The frozen general encoder: each distinct text once; it has no heads and no context."""

    def see(talks: Sequence[Talk], channel: Channel) -> list[Seen]:
        texts = tuple(dict.fromkeys(said.text for talk in talks for said in talk))
        row_of = dict(zip(texts, encoder.vectors(texts), strict=True))
        return [
            Seen(np.stack([row_of[said.text] for said in talk]), np.zeros((len(talk), 0), dtype=np.float32))
            for talk in talks
        ]

    return see


def _turn(talk: Talk, n: int, channel: Channel) -> Turn:
    return Turn("published", n, talk[n].speaker, talk[n].text, channel, "en-US")


def _heard(turn: Turn, sight: Sight, reader: Reader) -> Heard:
    return Heard(turn, Reading("en", readable=True, vector=sight.vector, model=reader.name), NO_ADVICE)


def _vector(heard: Heard) -> Matrix:
    return np.frombuffer(heard.reading.vector, dtype=np.float32)


def _log_odds(sight: Sight) -> Matrix:
    p = np.clip([one for head in sight.p.values() for one in head], SMALLEST_P, 1 - SMALLEST_P)
    return np.asarray(np.log(p / (1 - p)), dtype=np.float32)
