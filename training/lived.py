"""Conversations as they were read, and how they ended: what the outlook learns from.

The readings are logits of weights that had not seen the conversation, kept by the training run in `READINGS`: one array
for each conversation, named by its id, a row for each turn, a column for each label of all heads in their order in
`reader.json`, whose calibration is still to be applied.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Speaker
from levelhead.listening.heads import Head, agent_reading, customer_reading
from levelhead.listening.outlook import Moment, bucket_of, grounds, heat
from levelhead.listening.patterns import rules_in
from training.corpus import OWN, Talk

READINGS = Path(__file__).parents[1] / "benchmarks" / "readings" / "written.npz"
Logits = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Lived:
    """A conversation as it was read: a moment per turn, and how it ended."""

    id: str
    moments: tuple[Moment, ...]
    escalated_at: int | None
    csat: int


def own_ids() -> frozenset[str]:
    """Ids of the conversations in `training/conversations/`: other writers than the corpus, and other outcomes."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.jsonl"))]
    return frozenset(json.loads(line)["id"] for text in texts for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class Row:
    """One customer turn from which to look ahead; `talk` is the conversation's place in the list, `n` the turn's.

    `heats` are what the naive forecasts stand on, in the order of `NAIVE`.
    """

    talk: int
    n: int
    bucket: int
    values: tuple[float, ...]
    heats: tuple[float, float, float]
    target: float


NAIVE = ("angry_as_now", "last_turn", "most_heated")
"""Heat of this turn; of the customer's turn before it, as if this one had changed nothing; the most so far."""


def kept_readings(path: Path = READINGS) -> Mapping[str, Logits] | None:
    """By conversation id, the logits of weights that had not seen it; None when the file isn't there."""
    if not path.is_file():
        return None
    with np.load(path) as kept:
        return {name: kept[name] for name in kept.files}


def lived(talks: Iterable[Talk], logits: Mapping[str, Logits], heads: Mapping[str, Head]) -> list[Lived]:
    """The conversations that have readings and an outcome of their own (those of real ones are guesses)."""
    return [
        lived_of(talk, moments_of(talk, logits[talk.id], heads))
        for talk in talks
        if not talk.real and talk.id in logits
    ]


def lived_of(talk: Talk, moments: Sequence[Moment]) -> Lived:
    """A conversation with its outcome as the labels tell it."""
    outcome = talk.raw["outcome"]
    return Lived(talk.id, tuple(moments), outcome["escalated_at"], outcome["csat"])


def moments_of(talk: Talk, logits: Logits, heads: Mapping[str, Head]) -> list[Moment]:
    """Each turn's reading from its logits, with the rules beside the network as they stand there live."""
    return [
        _moment(speaker, text, _probabilities(row, heads), heads)
        for speaker, text, row in zip(talk.speakers, talk.texts, logits, strict=True)
    ]


def _moment(speaker: Speaker, text: str, p: Mapping[str, tuple[float, ...]], heads: Mapping[str, Head]) -> Moment:
    if speaker is Speaker.CUSTOMER:
        return Moment(customer_reading(heads, p, rules_in(text)), {}, {})
    of_agent = agent_reading(heads, p)
    return Moment(None, of_agent.moves, of_agent.faults)


def _probabilities(row: Logits, heads: Mapping[str, Head]) -> Mapping[str, tuple[float, ...]]:
    p, start = {}, 0
    for name, head in heads.items():
        p[name] = head.probabilities(row[start : start + len(head.labels)])
        start += len(head.labels)
    return p


def rows_of(told: Sequence[Lived], name: str) -> list[Row]:
    """The customer turns of all conversations with the target of `name`; of `asks_supervisor` those before the event."""
    return [row for index, one in enumerate(told) for row in _rows(index, one, name)]


def _rows(index: int, one: Lived, name: str) -> Iterable[Row]:
    heats: list[float] = []
    for n, moment in enumerate(one.moments):
        if moment.of_customer is None:
            continue
        if name == "asks_supervisor" and one.escalated_at is not None and n >= one.escalated_at:
            return
        heats.append(heat(moment.of_customer))
        yield Row(
            talk=index,
            n=n,
            bucket=bucket_of(len(heats)),
            values=tuple(grounds(one.moments[: n + 1]).values()),
            heats=(heats[-1], heats[-2] if len(heats) > 1 else heats[-1], max(heats)),
            target=_target(one, name),
        )


def _target(one: Lived, name: str) -> float:
    if name == "asks_supervisor":
        return float(one.escalated_at is not None)
    return float(one.csat <= 2) if name == "ends_dissatisfied" else float(one.csat)
