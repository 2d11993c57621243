"""Networks of other depths on the same turns, where the training left some: what they cost, and what is known of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks._timing import timed
from levelhead import models
from levelhead.conversation import Timeline, Turn
from levelhead.listening.reader import Reader

DEPTHS = Path(__file__).resolve().parents[1] / "runs" / "depths"
"""NAME.onnx with the shipped inputs and vocabulary, and beside it NAME.json with its accuracy, if it was measured."""


def depths(asked: Sequence[tuple[Turn, Timeline]], folder: Path = DEPTHS) -> list[dict[str, Any]]:
    """The network and its heads alone, turn by turn, without the rules; none where none are kept."""
    return [_row(path, asked) for path in sorted(folder.glob("*.onnx"))]


def _row(path: Path, asked: Sequence[tuple[Turn, Timeline]]) -> dict[str, Any]:
    tokenizer, settings = (
        (models.FOLDER / name).read_text(encoding="utf-8") for name in ("tokenizer.json", "reader.json")
    )
    reader = Reader(path.read_bytes(), tokenizer, settings)
    told = path.with_suffix(".json")
    return {
        "name": path.stem,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        **timed(asked, lambda one: reader.read(*one)).row,
        "accuracy": json.loads(told.read_text(encoding="utf-8")) if told.is_file() else None,
    }
