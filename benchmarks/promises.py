"""How true the promises heard are: `levelhead bench promises --data DIR [--part PART] [--format json]`.

Every turn of our side as it is read live, weights included, in four parts: `train` and `validation` (slice_e) of the
written corpus, `dev` and `held_out` of the hard turns in benchmarks/sets/README.promises.md. Bounds hold for validation
and held_out; train and dev were read while building. Without --part all but train. A promise counts as found when one is
heard in its turn; several in one turn are paired by due time first, then by the words of the due time, then by those of the
action. `exact_due`: of those found whose label has a due time, the share within a minute of it, since the corpus rounds
some. Intervals: bootstrap by conversation (hard turns: by turn), seed 0. Exit status 1 where a bound is missed.

Beside it, for the parts with bounds, what two careful readers found who had only the guide (`_promise_readers`): against the
labels, and Levelhead against them. Nobody can be expected to agree with labels more than such readers do.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._intervals import SEED, bootstrap
from benchmarks._lines import rows
from benchmarks._promise_readers import READERS, SecondReader
from levelhead import models, packs
from levelhead.conversation import Channel, DueKind, Promise, Speaker, Timeline, Turn
from levelhead.live.engine import hear_turn
from training.corpus import Talk, talks

WRITTEN, HARD = ("train", "validation"), ("dev", "held_out")
USUAL = ("validation", *HARD)
BOUNDED = ("validation", "held_out")
F1_BOUND = 0.90
EXACT_DUE_BOUND = 0.95
TOLERANCE = timedelta(minutes=1)
Label = Mapping[str, Any]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One promise of a turn: as labelled, as heard, or both when they were matched."""

    label: Label | None
    heard: Promise | None

    @property
    def found(self) -> bool:
        """Whether it was labelled and heard."""
        return self.label is not None and self.heard is not None

    @property
    def has_due(self) -> bool:
        """Whether it was found and its label says by when."""
        return self.label is not None and self.heard is not None and self.label["due"] is not None

    @property
    def exact(self) -> bool:
        """Whether the due time heard is the label's, give or take what the corpus rounds."""
        return self.label is not None and self.heard is not None and _same_due(self.label, self.heard)


class Read(NamedTuple):
    """One turn of our side: the conversation it counts with, what it is labelled with and what is heard in it."""

    group: str
    turn: Turn
    labels: Sequence[Label]
    heard: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """One turn: the conversation it counts with, and its promises in pairs."""

    group: str
    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Labelled, heard, found, found with a due time, of those exact."""
        pairs = self.pairs
        return (
            sum(pair.label is not None for pair in pairs),
            sum(pair.heard is not None for pair in pairs),
            sum(pair.found for pair in pairs),
            sum(pair.has_due for pair in pairs),
            sum(pair.has_due and pair.exact for pair in pairs),
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when every bound holds, else 1."""
    ask = parser("promises", __doc__)
    ask.add_argument("--part", choices=(*WRITTEN, *HARD), default=None, help="only this part")
    told = ask.parse_args(argv)
    parts = (told.part,) if told.part else USUAL
    if told.data is None and set(parts) & set(WRITTEN):
        ask.error("--data DIR is needed: the corpus is not shipped")
    result = measure(told.data, parts)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path | None, parts: Sequence[str] = USUAL) -> dict[str, Any]:
    """All figures, ready for JSON; `data` may be None for the hard parts alone."""
    read = {part: list(_read(data, part)) for part in parts}
    figures = [{"part": part, **_figures(list(_scored(turns)))} for part, turns in read.items()]
    bounded = [part for part in parts if part in BOUNDED]
    return {
        "model": models.load().name,
        "split": "written: validation is slice_e; hard: dev was read while building, held_out was not",
        "seed": SEED,
        "bounds": [bound.as_row() for row in figures if row["part"] in BOUNDED for bound in _bounds(row)],
        "parts": figures,
        "careful_readers": [
            _beside(part, read[part], reader) for part in bounded for reader in map(SecondReader, READERS)
        ],
    }


def _bounds(row: Mapping[str, Any]) -> Iterator[Bound]:
    name = f"written, {row['part']}" if row["part"] in WRITTEN else f"hard, {row['part']}"
    yield Bound(f"promises: F1, {name}", row["f1"], F1_BOUND, tuple(row["f1_interval"]))
    exact = tuple(row["exact_due_interval"])
    yield Bound(f"promises: exact due of those found, {name}", row["exact_due"], EXACT_DUE_BOUND, exact)


def _scored(read: Sequence[Read]) -> Iterator[Scored]:
    for one in read:
        yield Scored(one.group, tuple(_paired(one.turn.text, one.labels, one.heard)))


def _read(data: Path | None, part: str) -> Iterator[Read]:
    """Every labelled turn of a part, with what the engine hears in it as it runs live."""
    for group, turns, labels in _labelled(data, part):
        for turn, heard in zip(turns, _heard(turns), strict=True):
            if turn.n in labels:
                yield Read(group, turn, labels[turn.n], heard)


def _labelled(data: Path | None, part: str) -> Iterator[tuple[str, list[Turn], Mapping[int, Sequence[Label]]]]:
    """Every conversation: what it counts with, its turns, and the labels of each turn that was labelled."""
    if part in HARD:
        for row in rows(f"promises.{part}"):
            turns = _hard_turns(row)
            yield row["id"], turns, {turns[-1].n: row["promises"]}
        return
    for talk in talks(data or Path(), part):
        if not talk.real:
            turns = _turns(talk)
            ours = [turn.n for turn in turns if turn.speaker is not Speaker.CUSTOMER]
            told = talk.raw.get("promises", ())
            yield talk.id, turns, {n: [label for label in told if label["turn"] == n] for n in ours}


def _beside(part: str, read: Sequence[Read], reader: SecondReader) -> dict[str, Any]:
    """A careful reader against the labels, and Levelhead against that reader."""
    theirs = _scored([one._replace(heard=reader.promises_in(one.turn)) for one in read])
    ours = _scored([one._replace(labels=reader.labels_of(one.turn)) for one in read])
    return {
        "part": part,
        "reader": reader.name,
        **{f"reader_{name}": value for name, value in _short(list(theirs)).items()},
        **{f"levelhead_{name}": value for name, value in _short(list(ours)).items()},
    }


def _short(scored: Sequence[Scored]) -> dict[str, Any]:
    told = _figures(scored)
    return {name: told[name] for name in ("precision", "recall", "f1", "f1_interval", "exact_due")}


def _turns(talk: Talk) -> list[Turn]:
    raw = talk.raw
    started_at = (
        datetime.fromisoformat(raw["started_at"]).replace(tzinfo=ZoneInfo(raw["zone"])) if "zone" in raw else None
    )
    return [
        Turn(
            talk.id, n, speaker, text, talk.channel, raw["locale"], at=raw["turns"][n].get("at"), started_at=started_at
        )
        for n, (speaker, text) in enumerate(zip(talk.speakers, talk.texts, strict=True))
    ]


def _hard_turns(row: Mapping[str, Any]) -> list[Turn]:
    started_at = datetime.fromisoformat(row["started_at"]).replace(tzinfo=ZoneInfo(row["zone"]))
    said = [(Speaker(one["speaker"]), one["text"]) for one in row["before"]] + [(Speaker.AGENT, row["text"])]
    channel = Channel(row["channel"])
    return [
        Turn(row["id"], n, speaker, text, channel, row["locale"], at=row["at"], started_at=started_at)
        for n, (speaker, text) in enumerate(said)
    ]


def _heard(turns: Sequence[Turn]) -> list[tuple[Promise, ...]]:
    """What is heard in each turn, by the engine as it runs live."""
    so_far: Timeline = ()
    for turn in turns:
        so_far = (*so_far, hear_turn(turn, so_far, models.load(), packs.load(turn.locale)))
    return [one.reading.promises for one in so_far]


def _paired(text: str, labels: Sequence[Label], heard: Sequence[Promise]) -> Iterator[Pair]:
    """Labels and promises heard in one turn, best match first, then what is left over on either side."""
    ranked = sorted(
        ((_likeness(text, label, promise), i, j) for i, label in enumerate(labels) for j, promise in enumerate(heard)),
        key=lambda match: (*(-like for like in match[0]), match[1], match[2]),
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


def _likeness(text: str, label: Label, promise: Promise) -> tuple[float, float, float]:
    """The same due time, how much the words of the due time overlap, how many words of the action are the same."""
    wanted, said = _words(label["action"]), _words(promise.action)
    same_words = len(wanted & said) / len(wanted | said) if wanted | said else 0.0
    start = text.lower().find(label["due_text"].lower()) if label["due_text"] else -1
    if start < 0:
        return float(_same_due(label, promise)), 0.0, same_words
    end = start + len(label["due_text"])
    both = max(0, min(end, promise.span.end) - max(start, promise.span.start))
    either = max(end, promise.span.end) - min(start, promise.span.start)
    return float(_same_due(label, promise)), both / either, same_words


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _same_due(label: Label, promise: Promise) -> bool:
    if label["due"] is None or promise.due is None:
        return False
    return abs(promise.due.replace(tzinfo=None) - datetime.fromisoformat(label["due"])) < TOLERANCE


def _figures(scored: Sequence[Scored]) -> dict[str, Any]:
    counts = np.array([one.counts for one in scored], dtype=np.int64).reshape(len(scored), 5)
    groups = np.unique([one.group for one in scored], return_inverse=True)[1].astype(np.int64)
    labelled, heard, found, with_due, exact = (int(count) for count in counts.sum(0))
    return {
        "conversations": len({one.group for one in scored}),
        "turns": len(scored),
        "labelled": labelled,
        "heard": heard,
        "found": found,
        "precision": _share(found, heard),
        "recall": _share(found, labelled),
        "f1": round(_f1(counts), 4),
        "f1_interval": _interval(_f1, counts, groups),
        "with_due": with_due,
        "exact_due": _share(exact, with_due),
        "exact_due_interval": _interval(_exact, counts, groups),
        "recall_by_kind": {kind: _recall(scored, kind) for kind in DueKind},
    }


def _f1(counts: Counts) -> float:
    labelled, heard, found, *_ = counts.sum(0)
    return float(2 * found / (labelled + heard)) if labelled + heard else 0.0


def _exact(counts: Counts) -> float:
    *_, with_due, exact = counts.sum(0)
    return float(exact / with_due) if with_due else 0.0


def _interval(score: Callable[[Counts], float], counts: Counts, groups: Counts) -> list[float]:
    return [round(end, 4) for end in bootstrap(lambda at: score(counts[at]), groups)]


def _recall(scored: Sequence[Scored], kind: DueKind) -> dict[str, int]:
    pairs = [pair for one in scored for pair in one.pairs if pair.label and pair.label["due_kind"] == kind]
    return {"labelled": len(pairs), "found": sum(pair.found for pair in pairs)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [
        f"{row['part']:10} {row['turns']:5} turns, {row['labelled']:3} promises, {row['heard']:3} heard: "
        f"precision {row['precision']:.3f}  recall {row['recall']:.3f}  F1 {row['f1']:.3f} "
        f"({row['f1_interval'][0]:.3f}–{row['f1_interval'][1]:.3f}); exact due {row['exact_due']:.3f} of {row['with_due']}"
        for row in result["parts"]
    ]
    beside = [
        f"{row['part']:10} reader {row['reader']} against the labels: F1 {row['reader_f1']:.3f}, exact due "
        f"{row['reader_exact_due']:.3f}; Levelhead against reader {row['reader']}: F1 {row['levelhead_f1']:.3f}"
        for row in result["careful_readers"]
    ]
    return "\n".join([*lines, *beside, *([as_text(result["bounds"])] if result["bounds"] else [])])


if __name__ == "__main__":
    raise SystemExit(main())
