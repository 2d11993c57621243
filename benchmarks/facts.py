"""Whether what was given and what was asked is heard: `levelhead bench facts --data DIR`.

60 conversations, every fact and every question of the customer marked by reading before any output was looked at
(benchmarks/sets/README.facts.md): 30 `dev` from the training part, read while building, and 30 `held_out` from validation.
Facts: precision, recall and F1 by kind, paired one to one within a turn, by words that overlap and by the exact span.
Questions: the same by overlap. Open at the end: the questions that still wait for an answer after the last turn; open on the
way: the same after each turn of our side. Marks that a careful person might also leave out (`sure` is false) count neither
for nor against. Intervals: bootstrap by conversation, seed 0. The issue names no bound.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._asked import parser
from benchmarks._intervals import bootstrap
from benchmarks._lines import rows
from benchmarks._marked import PARTS, Played, corpus, play, span_after
from benchmarks._pairing import Counts, Mark, Miss, compared
from levelhead import models
from levelhead.conversation import FactKind, Heard, Speaker
from levelhead.listening.questions import open_questions

QUESTIONS, OPEN, OPEN_ON_THE_WAY = "questions", "open_at_end", "open_on_the_way"
Row = Mapping[str, Any]
Score = Mapping[str, Counts]
"""By what is counted (a kind of fact, all facts, questions…), of one conversation."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    ask = parser("facts", __doc__, needs_data=True)
    ask.add_argument("--show", action="store_true", help="print what is missed and what is wrong in the dev part")
    told = ask.parse_args(argv)
    if told.show:
        for row, played in _played(told.data, "dev"):
            for what, miss in sorted(_misses(row, played)):
                print(f"{miss.verdict:7} {what:16} {row['conversation']} {miss.n}: {miss.words}")
        return 0
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return 0


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    return {
        "model": models.load().name,
        "split": "60 conversations marked by hand: dev of the training part, held_out of validation",
        "bounds": [],
        "parts": {part: _figures([_score(row, played) for row, played in _played(data, part)]) for part in PARTS},
    }


def _played(data: Path, part: str) -> Iterator[tuple[Row, Played]]:
    marked = [row for row in rows("facts") if row["part"] == part]
    talks = corpus(data, (row["conversation"] for row in marked))
    for row in marked:
        yield row, play(talks[row["conversation"]])


def _score(row: Row, played: Played) -> Score:
    """What was found in one conversation, by what is counted."""
    counted = {what: compared(marked, heard) for what, marked, heard in _sides(row, played)}
    kinds = [counted[kind] for kind in FactKind]
    return {what: counts for what, (counts, _) in counted.items()} | {
        "facts": sum((counts for counts, _ in kinds), Counts())
    }


def _misses(row: Row, played: Played) -> Iterator[tuple[str, Miss]]:
    texts = {heard.turn.n: heard.turn.text for heard in played.timeline}
    for what, marked, heard in _sides(row, played):
        if what != OPEN_ON_THE_WAY:
            _, wrong = compared(marked, heard)
            yield from ((what, Miss(verdict, one.n, one.words(texts[one.n]))) for verdict, one in wrong)


def _sides(row: Row, played: Played) -> Iterator[tuple[str, list[Mark], list[Mark]]]:
    """(what is counted, as marked, as heard)."""
    for kind in FactKind:
        yield kind, [mark for mark in _marks(row["facts"], played) if mark.kind == kind], _facts(played, kind)
    asked = list(_marks(row["questions"], played))
    yield (
        QUESTIONS,
        asked,
        [Mark(heard.turn.n, question.span) for heard in _customers(played) for question in heard.reading.questions],
    )
    last = len(played.timeline)
    yield OPEN, _open_marks(row, played, last), _open_heard(played, last)
    yield OPEN_ON_THE_WAY, *_on_the_way(row, played)


def _on_the_way(row: Row, played: Played) -> tuple[list[Mark], list[Mark]]:
    """The open questions after each turn of our side, each of them once a turn."""
    ours = [i + 1 for i, heard in enumerate(played.timeline) if heard.turn.speaker is not Speaker.CUSTOMER]
    marked = [mark.at(i) for i in ours for mark in _open_marks(row, played, i)]
    return marked, [mark.at(i) for i in ours for mark in _open_heard(played, i)]


def _open_marks(row: Row, played: Played, turns: int) -> list[Mark]:
    """The marked questions that are open after the first `turns` turns; asked again or answered by then, none of them."""
    heard = {one.turn.n for one in played.timeline[:turns]}
    asked = [one for one in row["questions"] if one["n"] in heard]
    waiting = [one for one in asked if one["answered"] is None or one["answered"] not in heard]
    # A question that is asked again later stands for itself once more: it may be named by either.
    return list(_marks(({**one, "sure": one["sure"] and not one["asked_again"]} for one in waiting), played))


def _open_heard(played: Played, turns: int) -> list[Mark]:
    return [Mark(n, question.span) for n, question in open_questions(played.timeline[:turns])]


def _marks(told: Sequence[Row] | Iterator[Row], played: Played) -> Iterator[Mark]:
    masked = {heard.turn.n: heard.turn.text for heard in played.timeline}
    came_in = {turn.n: turn.text for turn in played.came_in}
    for one in told:
        span = span_after(one["span"], came_in[one["n"]], masked[one["n"]])
        if span is not None:
            yield Mark(one["n"], span, one.get("kind", ""), one["sure"])


def _facts(played: Played, kind: FactKind) -> list[Mark]:
    return [
        Mark(heard.turn.n, fact.span) for heard in played.timeline for fact in heard.reading.facts if fact.kind is kind
    ]


def _customers(played: Played) -> list[Heard]:
    return [heard for heard in played.timeline if heard.turn.speaker is Speaker.CUSTOMER]


def _figures(scores: Sequence[Score]) -> dict[str, Any]:
    names = ["facts", *FactKind, QUESTIONS, OPEN, OPEN_ON_THE_WAY]
    return {"conversations": len(scores)} | {str(name): _rates([score[name] for score in scores]) for name in names}


def _rates(by_conversation: Sequence[Counts]) -> dict[str, Any]:
    """Precision, recall and F1 over all conversations, F1 with its interval; None where there is nothing to count."""
    whole = sum(by_conversation, Counts())

    def f1(drawn: NDArray[np.int64]) -> float:
        return sum((by_conversation[i] for i in drawn), Counts()).f1

    low, high = bootstrap(f1, np.arange(len(by_conversation)))
    return {
        "marked": whole.marked,
        "heard": whole.heard,
        "precision": round(whole.precision, 4),
        "recall": round(whole.recall, 4),
        "f1": round(whole.f1, 4),
        "f1_interval": [round(low, 4), round(high, 4)],
        "exact_f1": round(whole.exact_f1, 4),
    }


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [
        result["model"],
        "",
        f"{'part':10}{'what':18}{'marked':>7}{'heard':>7}{'P':>7}{'R':>7}{'F1':>7}{'':>15}{'exact':>7}",
    ]
    for part, told in result["parts"].items():
        for name, one in told.items():
            if name == "conversations" or not (one["marked"] or one["heard"]):
                continue
            low, high = one["f1_interval"]
            lines.append(
                f"{part:10}{name:18}{one['marked']:7}{one['heard']:7}{one['precision']:7.3f}{one['recall']:7.3f}"
                f"{one['f1']:7.3f}  {low:.3f}–{high:.3f}{one['exact_f1']:7.3f}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
