"""The reader: one small network that sees a turn once, with the vectors of the turns before it.

It runs on onnxruntime with one thread and gives the same bits for the same turn on one CPU type. The weights, the
vocabulary and the settings (calibration and thresholds, written by `training/`) are arguments: nothing is read here.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from levelhead.conversation import Timeline, Turn
from levelhead.listening.context import TURNS_BEFORE, Said, features_of, side
from levelhead.listening.heads import head_of
from levelhead.listening.issue import Issues

LONGEST = 384
"""Tokens of a turn that are read: of a longer mail its beginning and its end, where the feeling and the ask stand."""
ENDING = 128

Floats = NDArray[np.float32]


class Sight(NamedTuple):
    """What the network saw in one turn.

    `logits` by head; `evidence` (labels of all heads, words) is each word's exact share of the label's logit; `words`
    are the words' (start, end) in the text; `vector` is float32 little-endian.
    """

    p: Mapping[str, tuple[float, ...]]
    evidence: Floats
    words: tuple[tuple[int, int], ...]
    vector: bytes


class Reader:
    """Reads turns; safe to share between threads."""

    def __init__(self, weights: bytes, tokenizer: str, settings: str, issues: Issues | None = None) -> None:
        told = json.loads(settings)
        self.name: str = told["name"]
        # Weights that were fitted on another reader's vectors would talk nonsense of these.
        self.issues = issues if issues and issues.reader == self.name else None
        self.heads = {name: head_of(one) for name, one in told["heads"].items()}
        self.outlook: Mapping[str, Any] = told.get("outlook", {})
        self._tokenizer = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    def read(self, turn: Turn, so_far: Timeline) -> Sight:
        """What this turn shows after the turns before it."""
        return self.read_batch([(turn, so_far)])[0]

    def read_batch(self, asked: Sequence[tuple[Turn, Timeline]]) -> list[Sight]:
        """Several turns at once, for history: a probability may be a tenth off, since int8 ranges are shared."""
        coded = [_shortened(self._tokenizer.encode(turn.text)) for turn, _ in asked]
        logits, evidence, vectors = self._session.run(None, self._inputs(asked, coded))
        return [
            Sight(
                p=self._probabilities(logits[i]),
                evidence=_by_word(evidence[i], coded[i].words),
                words=coded[i].spans,
                vector=np.ascontiguousarray(vectors[i], dtype="<f4").tobytes(),
            )
            for i in range(len(asked))
        ]

    def rows(self, head: str) -> range:
        """The rows of `Sight.evidence` that belong to a head."""
        start = 0
        for name, one in self.heads.items():
            if name == head:
                break
            start += len(one.labels)
        return range(start, start + len(self.heads[head].labels))

    def _inputs(self, asked: Sequence[tuple[Turn, Timeline]], coded: Sequence["_Coded"]) -> dict[str, NDArray[Any]]:
        longest = max(len(one.ids) for one in coded)
        ids = np.zeros((len(asked), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        types = np.zeros_like(ids)
        for i, ((turn, _), one) in enumerate(zip(asked, coded, strict=True)):
            ids[i, : len(one.ids)] = one.ids
            mask[i, : len(one.ids)] = 1
            types[i, : len(one.ids)] = side(turn.speaker)
        contexts = [self._context(so_far) for _, so_far in asked]
        features = [
            features_of(turn.speaker, turn.text, [Said(h.turn.speaker, h.turn.text) for h in so_far], turn.channel)
            for turn, so_far in asked
        ]
        return {
            "ids": ids,
            "mask": mask,
            "types": types,
            "context": np.stack([context for context, _ in contexts]),
            "marks": np.stack([marks for _, marks in contexts]),
            "features": np.array(features, dtype=np.float32),
        }

    def _context(self, so_far: Timeline) -> tuple[Floats, Floats]:
        """Vectors of the nearest turns before, and whether each is there and who said it.

        Vectors of other weights mean something else: after an upgrade in mid-conversation they count as not there.
        """
        context = np.zeros((TURNS_BEFORE, WIDTH), dtype=np.float32)
        marks = np.zeros((TURNS_BEFORE, 2), dtype=np.float32)
        for back, heard in enumerate(reversed(so_far[-TURNS_BEFORE:])):
            if heard.reading.vector and heard.reading.model == self.name:
                context[back] = np.frombuffer(heard.reading.vector, dtype="<f4")
                marks[back] = (1.0, float(side(heard.turn.speaker)))
        return context, marks

    def _probabilities(self, logits: Floats) -> Mapping[str, tuple[float, ...]]:
        return {
            name: head.probabilities(logits[self.rows(name).start : self.rows(name).stop])
            for name, head in self.heads.items()
        }


class _Coded(NamedTuple):
    ids: list[int]
    words: list[int | None]  # for each token, the index into spans
    spans: tuple[tuple[int, int], ...]


WIDTH = 384


def _shortened(encoding: Encoding) -> _Coded:
    """Token ids with the words they belong to; of a very long text the beginning and the end."""
    keep = list(range(len(encoding.ids)))
    if len(keep) > LONGEST:
        keep = keep[: LONGEST - ENDING] + keep[-ENDING:]
    words: list[int | None] = []
    spans: list[tuple[int, int]] = []
    for i in keep:
        if encoding.word_ids[i] is None:
            words.append(None)
            continue
        start, end = encoding.offsets[i]
        if spans and start == spans[-1][1]:  # "don't" and "£20" are one word to a person
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        words.append(len(spans) - 1)
    return _Coded([encoding.ids[i] for i in keep], words, tuple(spans))


def _by_word(evidence: Floats, words: Sequence[int | None]) -> Floats:
    """Token shares summed over the tokens of each word: (labels, tokens) -> (labels, words)."""
    count = max((word for word in words if word is not None), default=-1) + 1
    out = np.zeros((evidence.shape[0], count), dtype=np.float32)
    for token, word in enumerate(words):
        if word is not None:
            out[:, word] += evidence[:, token]
    return out
