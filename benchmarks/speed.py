"""How fast one thread reads: `python -m benchmarks.speed --data DIR [--format json]`.

Every validation turn of at most 60 words goes through the engine as it runs live (masking, reading, advising), beside
VADER and alt-profanity-check on the same turns in the same run: time, and how often each is right about the two
questions that those tools answer. Exit status 1 where a bound is missed.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._turns import Labelled, short_turns

P50_MS, P99_MS, TURNS_PER_S, RSS_MB, START_S = 15.0, 60.0, 60.0, 400.0, 3.0
"""The bounds that a laptop has to hold."""
STARTS = 3
WARM_UP = 20
VADER_NEGATIVE = -0.05
"""The compound score below which VADER's authors call a text negative."""

START = """
from levelhead import models, packs
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live.engine import hear_turn
hear_turn(Turn("c", 0, Speaker.CUSTOMER, "Where is my refund?", Channel.CHAT), (), models.load(), packs.load("en-GB"))
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bound holds, else 1."""
    ask = argparse.ArgumentParser(prog="levelhead bench speed", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--format", choices=("text", "json"), default="text")
    told = ask.parse_args(argv)
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    if result["short_of"]:
        print(f"Short of the bound: {', '.join(result['short_of'])}", file=sys.stderr)
    return 1 if result["short_of"] else 0


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    ours = _of_engine(data)
    read = ours.pop("read")
    turns = short_turns(data)
    ours |= {"start_s": start_up()}
    return {
        "turns": len(turns),
        "longest_words": max(len(one.turn.text.split()) for one in turns),
        "levelhead": {**ours, "right_about": _right_about(turns, read)},
        **_beside(turns),
        "short_of": _short_of(ours),
    }


def speed_of(data: Path) -> dict[str, Any]:
    """Latency, throughput, memory and start-up of the engine alone."""
    ours = _of_engine(data)
    ours.pop("read")
    return {**ours, "start_s": start_up()}


def start_up() -> float:
    """Seconds from starting Python to the first turn read: the median of three."""
    taken = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", START], check=True)
        taken.append(time.perf_counter() - began)
    return round(float(np.median(taken)), 2)


def summary(seconds: Iterable[float]) -> dict[str, float]:
    """The middle and the tail of some durations, in milliseconds."""
    p50, p95, p99 = np.percentile(np.array(list(seconds)) * 1000, [50, 95, 99])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2), "p99": round(float(p99), 2)}


def _of_engine(data: Path) -> dict[str, Any]:
    """Measured in a process that loads nothing but the engine, so that time and memory are its own."""
    command = [sys.executable, "-m", "benchmarks._engine", "--data", str(data)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _beside(turns: Sequence[Labelled]) -> dict[str, Any]:
    """The two tools that people reach for, each on its own question."""
    from profanity_check import predict  # noqa: PLC0415 - after ours was measured: scikit-learn is heavy
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415

    vader = SentimentIntensityAnalyzer()
    negative, vader_s = _timed(turns, lambda text: bool(vader.polarity_scores(text)["compound"] < VADER_NEGATIVE))
    abusive, profanity_s = _timed(turns, lambda text: bool(predict([text])[0]))
    return {
        "vader": {"latency_ms": summary(vader_s), "right_about": {"negative": _score(turns, negative, "negative")}},
        "alt_profanity_check": {
            "latency_ms": summary(profanity_s),
            "right_about": {"abusive": _score(turns, abusive, "abusive")},
        },
    }


def _timed(turns: Sequence[Labelled], says: Callable[[str], bool]) -> tuple[list[bool], list[float]]:
    for one in turns[:WARM_UP]:
        says(one.turn.text)
    said, seconds = [], []
    for one in turns:
        began = time.perf_counter()
        said.append(says(one.turn.text))
        seconds.append(time.perf_counter() - began)
    return said, seconds


def _right_about(turns: Sequence[Labelled], read: Mapping[str, Sequence[bool]]) -> dict[str, Any]:
    return {question: _score(turns, read[question], question) for question in ("negative", "abusive")}


def _score(turns: Sequence[Labelled], said: Sequence[bool], question: str) -> dict[str, float]:
    """Precision, recall and F1 over the customer turns."""
    pairs = [(getattr(one, question), yes) for one, yes in zip(turns, said, strict=True) if one.of_customer]
    hits = sum(is_so and yes for is_so, yes in pairs)
    precision = hits / max(1, sum(yes for _, yes in pairs))
    recall = hits / max(1, sum(is_so for is_so, _ in pairs))
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "support": sum(is_so for is_so, _ in pairs),
    }


def _short_of(ours: Mapping[str, Any]) -> list[str]:
    latency = ours["latency_ms"]
    bounds = {
        f"p50 <= {P50_MS} ms": latency["p50"] <= P50_MS,
        f"p99 <= {P99_MS} ms": latency["p99"] <= P99_MS,
        f">= {TURNS_PER_S} turns/s": ours["turns_per_s"] >= TURNS_PER_S,
        f"<= {RSS_MB} MB": ours["rss_mb"] <= RSS_MB,
        f"start <= {START_S} s": ours["start_s"] <= START_S,
    }
    return [bound for bound, holds in bounds.items() if not holds]


def _as_text(result: Mapping[str, Any]) -> str:
    ours = result["levelhead"]
    lines = [
        f"{result['turns']} validation turns of at most {result['longest_words']} words, one thread",
        "",
        f"{'':20} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8}   {'negative F1':>11} {'abusive F1':>11}",
    ]
    for name in ("levelhead", "vader", "alt_profanity_check"):
        latency, right = result[name]["latency_ms"], result[name]["right_about"]
        scores = [f"{right[question]['f1']:.3f}" if question in right else "–" for question in ("negative", "abusive")]
        figures = " ".join(f"{latency[key]:8.2f}" for key in ("p50", "p95", "p99"))
        lines.append(f"{name:20} {figures}   {scores[0]:>11} {scores[1]:>11}")
    lines += [
        "",
        f"in batches {ours['turns_per_s']:.0f} turns/s; resident {ours['rss_mb']:.0f} MB; start {ours['start_s']} s",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
