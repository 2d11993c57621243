"""How true the promises heard are: `python -m benchmarks.promises --data DIR [--format json] [--part train]`.

Over the written conversations of a part. A promise counts as found when one is heard in its turn; several in one turn
are paired by due time first, then by how much their words overlap. `exact_due`: of those found whose label has a due
time, the share with exactly that time. Exit status 1 where the part falls short of `F1_BOUND` or `EXACT_DUE_BOUND`.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from levelhead.conversation import Promise, Speaker, Turn
from levelhead.listening.promises import promises_in
from training.corpus import Talk, talks

F1_BOUND = 0.78
EXACT_DUE_BOUND = 0.85
F1_GOAL, EXACT_DUE_GOAL = 0.90, 0.95
"""Where a later release has to be; printed beside the bounds of this one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One promise of a turn: as labelled, as heard, or both when they were matched."""

    label: dict[str, Any] | None
    heard: Promise | None

    @property
    def has_due(self) -> bool:
        """Whether it was found and its label says by when."""
        return self.label is not None and self.heard is not None and self.label["due"] is not None

    @property
    def exact(self) -> bool:
        """Whether the due time heard is the label's, to the second."""
        return self.label is not None and self.heard is not None and _local(self.heard) == self.label["due"]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when both bounds hold, else 1."""
    ask = argparse.ArgumentParser(prog="levelhead bench promises", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--format", choices=("text", "json"), default="text")
    ask.add_argument("--part", choices=("train", "validation"), default="validation")
    told = ask.parse_args(argv)
    result = measure(told.data, told.part)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    short = [name for name, bound in result["bounds"].items() if result[name] < bound]
    if short:
        print(f"Short of the bound: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0


def measure(data: Path, part: str) -> dict[str, Any]:
    """All figures of one part, ready for JSON."""
    written = [talk for talk in talks(data, part) if not talk.real]
    by_turn = [list(_paired(labels, heard)) for talk in written for labels, heard in _turns(talk)]
    pairs = [pair for turn in by_turn for pair in turn]
    dated = [pair for pair in pairs if pair.has_due]
    return {
        "part": part,
        "conversations": len(written),
        **_rates(pairs),
        "turns": _rates([_turn_as_pair(turn) for turn in by_turn if turn]),
        "with_due": len(dated),
        "exact_due": _share(sum(pair.exact for pair in dated), len(dated)),
        "bounds": {"f1": F1_BOUND, "exact_due": EXACT_DUE_BOUND},
        "goals": {"f1": F1_GOAL, "exact_due": EXACT_DUE_GOAL},
    }


def _turns(talk: Talk) -> Iterator[tuple[list[dict[str, Any]], list[Promise]]]:
    started_at = datetime.fromisoformat(talk.raw["started_at"]).replace(tzinfo=ZoneInfo(talk.raw["zone"]))
    for n, (speaker, text) in enumerate(zip(talk.speakers, talk.texts, strict=True)):
        if speaker is Speaker.CUSTOMER:
            continue
        turn = Turn(
            talk.id,
            n,
            speaker,
            text,
            talk.channel,
            talk.raw["locale"],
            at=talk.raw["turns"][n].get("at"),
            started_at=started_at,
        )
        labels = [
            {**label, "said": text} for label in talk.raw.get("promises", []) if label["turn"] == talk.labels[n]["n"]
        ]
        yield labels, list(promises_in(turn))


def _paired(labels: list[dict[str, Any]], heard: list[Promise]) -> Iterator[Pair]:
    """Labels and promises heard in one turn, best match first, then what is left over on either side."""
    ranked = sorted(
        ((_likeness(label, promise), i, j) for i, label in enumerate(labels) for j, promise in enumerate(heard)),
        key=lambda match: (-match[0], match[1], match[2]),
    )
    used_labels: set[int] = set()
    used_heard: set[int] = set()
    for _, i, j in ranked:
        if i not in used_labels and j not in used_heard:
            used_labels.add(i)
            used_heard.add(j)
            yield Pair(labels[i], heard[j])
    yield from (Pair(label, None) for i, label in enumerate(labels) if i not in used_labels)
    yield from (Pair(None, promise) for j, promise in enumerate(heard) if j not in used_heard)


def _likeness(label: dict[str, Any], promise: Promise) -> float:
    same_due = label["due"] is not None and label["due"] == _local(promise)
    start = label["said"].lower().find(label["due_text"].lower()) if label["due_text"] else -1
    if start < 0:
        return float(same_due)
    end = start + len(label["due_text"])
    overlap = max(0, min(end, promise.span.end) - max(start, promise.span.start))
    return same_due + overlap / max(end, promise.span.end)


def _local(promise: Promise) -> str | None:
    return promise.due.replace(tzinfo=None).isoformat(timespec="seconds") if promise.due else None


def _turn_as_pair(turn: list[Pair]) -> Pair:
    """A whole turn as one: does it promise anything, and was anything heard?"""
    label = next((pair.label for pair in turn if pair.label), None)
    return Pair(label, next((pair.heard for pair in turn if pair.heard), None))


def _rates(pairs: list[Pair]) -> dict[str, Any]:
    labelled = sum(pair.label is not None for pair in pairs)
    heard = sum(pair.heard is not None for pair in pairs)
    found = sum(pair.label is not None and pair.heard is not None for pair in pairs)
    return {
        "labelled": labelled,
        "heard": heard,
        "found": found,
        "precision": _share(found, heard),
        "recall": _share(found, labelled),
        "f1": _share(2 * found, heard + labelled),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _as_text(result: dict[str, Any]) -> str:
    turns = result["turns"]
    return "\n".join(
        (
            f"{result['part']}: {result['conversations']} written conversations, "
            f"{result['labelled']} promises labelled, {result['heard']} heard",
            f"promises   precision {result['precision']:.3f}  recall {result['recall']:.3f}  F1 {result['f1']:.3f}"
            f"  (bound {F1_BOUND:.2f}, goal {F1_GOAL:.2f})",
            f"turns      precision {turns['precision']:.3f}  recall {turns['recall']:.3f}  F1 {turns['f1']:.3f}",
            f"exact due  {result['exact_due']:.3f} of {result['with_due']} found with a due time"
            f"  (bound {EXACT_DUE_BOUND:.2f}, goal {EXACT_DUE_GOAL:.2f})",
        )
    )


if __name__ == "__main__":
    raise SystemExit(main())
