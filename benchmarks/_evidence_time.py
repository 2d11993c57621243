"""What evidence costs: of the CPU time of `listen`, the share that goes into naming the words."""

import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from benchmarks._marked import play
from benchmarks._turns import is_short
from levelhead import models
from levelhead.conversation import Heard, Timeline
from levelhead.listening.evidence import spans_of
from levelhead.listening.listen import listen
from levelhead.listening.reader import _by_word
from training.corpus import talks

TURNS = 120
TOKENS = 32
ROUNDS = 40
HEADS = "/heads/"
"""What the nodes of the label heads are named in the network."""


def extra_time(data: Path) -> dict[str, Any]:
    """Milliseconds of CPU a turn, whole and for evidence; medians over the first validation turns, one thread."""
    heard = list(islice(_short_turns(data), TURNS))
    reader = models.load()
    turn = statistics.median(_took(partial(listen, now.turn, before, reader=reader)) for now, before in heard)
    words = statistics.median(_naming(now, before) for now, before in heard)
    heads = turn * _heads_share()
    return {
        "turn_ms": round(turn * 1e3, 3),
        "words_ms": round(words * 1e3, 3),
        "heads_ms": round(heads * 1e3, 3),
        "share": round((words + heads) / (turn - words - heads), 4),
    }


def _short_turns(data: Path) -> Iterator[tuple[Heard, Timeline]]:
    """The validation turns that count for speed, with what was heard before them."""
    for talk in talks(data, "validation"):
        timeline = play(talk.raw).timeline
        yield from ((now, timeline[:i]) for i, now in enumerate(timeline) if is_short(now.turn))


def _naming(now: Heard, before: Timeline) -> float:
    """Seconds from the network's shares to the words of every finding of a turn."""
    reader = models.load()
    sight = reader.read(now.turn, before)
    tokens = list(range(len(sight.words)))
    fired = [
        row
        for name, head in reader.heads.items()
        for row, label in zip(reader.rows(name), head.labels, strict=True)
        if label in now.reading.fired
    ]

    def name_words() -> None:
        shares = _by_word(sight.evidence, tokens)
        for row in fired:
            spans_of(shares[row], sight.words, now.turn.text)

    return _took(name_words)


def _took(what: Callable[[], object]) -> float:
    # CPU time of this thread: on a busy machine the clock on the wall says how busy it is.
    began = time.thread_time()
    what()
    return time.thread_time() - began


def _heads_share() -> float:
    """Of the network's time in a turn of `TOKENS` tokens, the share of the label heads: medians by node."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_profiling = True
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = f"{folder}/nodes"
        session = onnxruntime.InferenceSession(
            (models.FOLDER / "reader.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        inputs = {one.name: _filled(one.shape, one.type) for one in session.get_inputs()}
        for _ in range(ROUNDS):
            session.run(None, inputs)
        told = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    taken: dict[str, list[int]] = defaultdict(list)
    for event in told:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            taken[event["name"]].append(event["dur"])
    by_node = {name: float(np.median(times)) for name, times in taken.items()}
    heads = sum(took for name, took in by_node.items() if name.startswith(HEADS))
    if not heads:
        raise LookupError(f"No node of the network is named {HEADS}…: the heads can't be told apart")
    return heads / sum(by_node.values())


def _filled(shape: Sequence[int | str], kind: str) -> NDArray[Any]:
    sizes = [size if isinstance(size, int) else TOKENS if size == "tokens" else 1 for size in shape]
    return np.ones(sizes, dtype=np.int64 if "int64" in kind else np.float32)
