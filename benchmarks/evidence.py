"""Whether the words shown for a finding are those that a person would mark: `levelhead bench evidence --data DIR`.

150 turns, half of customers, half written and half real, all from the training part; for each label of a turn the words
that carry it were marked by reading, before any output was looked at (benchmarks/sets/README.evidence.md). 100 turns are
`dev`, read while building; 50 are `held_out`.

A label counts as `shown` where both the annotators and the engine have it: its words are those of the signal. `every` asks
for the words of each label that the annotators gave, whether it was over its threshold or not. Per label: F1 and
intersection over union of the words, and whether any word is shared; the mean over labels, beside two that need no evidence:
the whole turn, and the sentence with the largest share of the label. Intervals: bootstrap by conversation, seed 0.

Extra time: of the CPU time of `listen`, the share that goes into evidence, the whole label heads of the network counted in
although the labels need most of them too. Bound: at most .2.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._evidence_time import extra_time
from benchmarks._intervals import bootstrap
from benchmarks._lines import rows
from benchmarks._marked import PARTS, corpus, play, span_after
from levelhead import models
from levelhead.conversation import Heard, Span
from levelhead.listening.evidence import spans_of
from levelhead.listening.reader import Sight

EXTRA_TIME = 0.20
WAYS = ("engine", "sentence", "turn")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\S)[^.!?\n]+)*[.!?]*")


@dataclass(frozen=True, slots=True)
class Shown:
    """One label of one turn: the words marked, and those that each way shows."""

    part: str
    conversation: str
    head: str
    label: str
    fired: bool
    text: str
    marked: tuple[Span, ...]
    by: Mapping[str, tuple[Span, ...]]

    def score(self, way: str) -> tuple[float, float, float]:
        """F1, intersection over union and hit of one way."""
        return overlap(_units(self.text, self.marked), _units(self.text, self.by[way]))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when the bound holds, else 1."""
    ask = parser("evidence", __doc__, needs_data=True)
    ask.add_argument("--show", action="store_true", help="print the marked and the shown words of the dev part")
    told = ask.parse_args(argv)
    if told.show:
        for one in shown(told.data, "dev"):
            print(_line(one))
        return 0
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    took = extra_time(data)
    return {
        "model": models.load().name,
        "split": "150 turns of the training part, marked by hand; 50 held out",
        "bounds": [Bound("evidence: extra time", took["share"], EXTRA_TIME, at_most=True).as_row()],
        "extra_time": took,
        "parts": {part: _figures(list(shown(data, part))) for part in PARTS},
    }


def shown(data: Path, part: str) -> Iterator[Shown]:
    """Every label of the turns of a part."""
    marks = [row for row in rows("evidence") if row["part"] == part]
    talks = corpus(data, (row["conversation"] for row in marks))
    for (conversation, n), of_turn in groupby(marks, key=lambda row: (row["conversation"], row["n"])):
        played = play(talks[conversation], until=n)
        *before, heard = played.timeline
        sight = models.load().read(heard.turn, tuple(before))
        for row in of_turn:
            came_in = played.came_in[-1].text
            marked = tuple(
                span for mark in row["spans"] if (span := span_after(mark, came_in, heard.turn.text)) is not None
            )
            if marked:
                yield _shown(row, heard, sight, marked)


def _shown(row: Mapping[str, Any], heard: Heard, sight: Sight, marked: tuple[Span, ...]) -> Shown:
    reader, text = models.load(), heard.turn.text
    shares = sight.evidence[reader.rows(row["head"])[reader.heads[row["head"]].labels.index(row["label"])]]
    signal = next((one for one in heard.reading.signals if one.kind == row["label"]), None)
    by = {
        "engine": signal.spans if signal else spans_of(shares, sight.words, text, row["label"]),
        "sentence": (_best_sentence(text, shares.tolist(), sight.words),),
        "turn": (Span(0, len(text)),),
    }
    return Shown(row["part"], row["conversation"], row["head"], row["label"], signal is not None, text, marked, by)


def overlap(marked: frozenset[int], shown: frozenset[int]) -> tuple[float, float, float]:
    """F1, intersection over union and hit of two sets of words."""
    both = len(marked & shown)
    return 2 * both / (len(marked) + len(shown)), both / len(marked | shown), float(both > 0)


def _units(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """The words that the spans touch, by where they begin; of marks and emoji alone their characters."""
    touched = [
        match.start()
        for match in _WORD.finditer(text)
        if any(match.start() < span.end and span.start < match.end() for span in spans)
    ]
    return frozenset(touched) or frozenset(i for span in spans for i in range(span.start, span.end))


def _best_sentence(text: str, shares: Sequence[float], words: Sequence[tuple[int, int]]) -> Span:
    """The sentence whose words have the largest share together."""
    spans = [Span(*match.span()) for match in _SENTENCE.finditer(text)] or [Span(0, len(text))]

    def worth(span: Span) -> float:
        return sum(share for share, (start, _) in zip(shares, words, strict=True) if span.start <= start < span.end)

    return max(spans, key=worth)


def _figures(read: Sequence[Shown]) -> dict[str, Any]:
    fired = [one for one in read if one.fired]
    return {
        "turns": len({(one.conversation, one.text) for one in read}),
        "shown": _compared(fired),
        "every": _compared(read),
        "by_head": {
            head: _compared([one for one in read if one.head == head]) for head in sorted({one.head for one in read})
        },
    }


def _compared(read: Sequence[Shown]) -> dict[str, Any]:
    if not read:
        return {"labels": 0}
    scores = {way: np.array([one.score(way) for one in read]) for way in WAYS}
    names = {one.conversation: i for i, one in enumerate(read)}
    groups = np.array([names[one.conversation] for one in read])
    rival = max(("sentence", "turn"), key=lambda way: float(scores[way][:, 0].mean()))
    better = scores["engine"][:, 0] - scores[rival][:, 0]
    return {
        "labels": len(read),
        **{
            way: {
                "f1": round(float(of[:, 0].mean()), 4),
                "f1_interval": _rounded(bootstrap(_mean_of(of[:, 0]), groups)),
                "iou": round(float(of[:, 1].mean()), 4),
                "hit": round(float(of[:, 2].mean()), 4),
            }
            for way, of in scores.items()
        },
        "better_than": {
            "way": rival,
            "f1": round(float(better.mean()), 4),
            "interval": _rounded(bootstrap(_mean_of(better), groups)),
        },
    }


def _mean_of(values: np.ndarray[Any, np.dtype[np.float64]]) -> Callable[[Any], float]:
    return lambda drawn: float(values[drawn].mean())


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(end, 4) for end in interval]


def _line(one: Shown) -> str:
    def words(spans: Sequence[Span]) -> str:
        return " | ".join(one.text[span.start : span.end] for span in spans)

    f1, _, _ = one.score("engine")
    name = f"{one.label}{'' if one.fired else '*'}"
    return f"{f1:.2f} {name:20} {words(one.marked)}\n{'':25} {words(one.by['engine'])}"


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [result["model"], "", f"{'part':10}{'labels':16}{'n':>4}  {'way':10}{'F1':>6}{'':>15}{'IoU':>7}{'hit':>7}"]
    for part, told in result["parts"].items():
        tables = {"shown": told["shown"], "every": told["every"], **told["by_head"]}
        for name, one in tables.items():
            for way in WAYS if one["labels"] else ():
                of = one[way]
                low, high = of["f1_interval"]
                lines.append(
                    f"{part:10}{name:16}{one['labels']:4}  {way:10}{of['f1']:6.3f}  {low:.3f}–{high:.3f}"
                    f"{of['iou']:7.3f}{of['hit']:7.3f}"
                )
    return "\n".join([*lines, "", as_text(result["bounds"])])


if __name__ == "__main__":
    raise SystemExit(main())
