"""The model card, written by the run that made the weights."""

import hashlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.corpus import Talk
from training.fit import Recipe
from training.outlook import card_lines
from training.pool import MOST
from training.related import SOURCES


def write_card(out: Path, recipe: Recipe, corpus: list[Talk], outlook: list[dict[str, Any]]) -> None:
    """Write MODEL_CARD.md beside the weights. Validation figures come from `levelhead bench reading`, not from here."""
    weights = out / "reader.onnx"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    turns = Counter("real" if talk.real else "written" for talk in corpus for _ in talk.texts)
    lines = [
        "# Model card: the reader",
        "",
        "Reads English customer conversations turn by turn: what a customer's words express, what an agent's words do, and",
        "which words show it. It reads text only, never voices or faces, and has no output for how an agent feels.",
        "",
        f"- File: `reader.onnx`, {weights.stat().st_size / 1e6:.1f} MB, int8, sha256 `{digest}`",
        "- Encoder: all-MiniLM-L6-v2 (Apache-2.0), fine-tuned; label-wise attention; context from the vectors of three earlier turns",
        "- Teachers: the networks of the folds. Their reading of conversations that they had not seen joins the labels, and their",
        "  common reading of conversations without labels joins the data",
        "- Recipe: " + ", ".join(f"{key} {value}" for key, value in asdict(recipe).items()),
        "- Calibration and thresholds: cross-fitted on the training part, two folds by conversation",
        "- Made by `make train DATA=…`; figures on validation and on held-out sets: docs/results.md",
        "",
        "## Data",
        "",
        f"- Levelhead corpus, training part: {turns['written']} written and {turns['real']} real turns labelled by reading",
        "  (real: public brand posts, of which IBM's are Apache-2.0, and STAR chats, MIT; written: the corpus and our own",
        "  conversations in training/conversations/, CC-BY-4.0). Validation conversations are in no stage.",
        "- Single lines: those in training/lines/, the training lines of the safety set and the development part of the fairness",
        "  set, the last with partial labels",
        "- Without labels, read by the teachers: "
        + ", ".join(f"{name} ({most} conversations)" for name, most in MOST.items()),
        *(f"- {text}" for text in SOURCES.values()),
        "",
        *card_lines(outlook),
        "",
        "## Limits",
        "",
        "- English only. Other languages are recognised and left unread.",
        "- Annotators themselves disagree most on angry against frustrated, and on scripted against dismissive.",
        "- Rare labels (hate, threat, sexual, self-harm) rest on few examples; rules stand beside the network for self-harm and threats.",
        "- Most written conversations were composed by language models; real voice transcripts were not available.",
        "",
    ]
    (out / "MODEL_CARD.md").write_text("\n".join(lines), encoding="utf-8")
