"""How fast one thread reads: `python -m benchmarks.speed --data DIR [--format json]`.

Every validation turn of at most 60 words, with its context, through `listen` and through the engine as it runs live
(masking, reading, advising); then all in batches, and mails of 300 words made of the validation mails. Beside it in the
same run on the same turns: the general encoder that ours came from, VADER, alt-profanity-check, and Presidio where it
is installed. Each latency is the least of three goes at a turn, so that a busy machine shows less; the first go,
the CPU time and the load average are told too. No seed: nothing is drawn. Exit status 1 where a bound is missed.
"""

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._asked import parser
from benchmarks._beside import beside, score
from benchmarks._bounds import Bound, as_text, status
from benchmarks._turns import Labelled, short_turns

LISTEN_P50_MS, LISTEN_P99_MS, TURNS_PER_S, MAIL_MS = 6.0, 25.0, 300.0, 100.0
"""What one thread has to hold: a keystroke's time for a turn, and hundreds of live conversations a core."""
RSS_MB, START_S = 400.0, 3.0
"""What a laptop has to hold."""
STARTS = 3

START = """
from levelhead import models, packs
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live.engine import hear_turn
hear_turn(Turn("c", 0, Speaker.CUSTOMER, "Where is my refund?", Channel.CHAT), (), models.load(), packs.load("en-GB"))
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bound holds, else 1."""
    told = parser("speed", __doc__, needs_data=True).parse_args(argv)
    result = measure(told.data)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path) -> dict[str, Any]:
    """All figures, ready for JSON."""
    engine = _of_engine(data)
    read = engine.pop("read")
    listen, mail, masking, depths = (engine.pop(name) for name in ("listen", "mail", "masking", "depths"))
    turns = short_turns(data)
    engine |= {"start_s": start_up(), "right_about": _right_about(turns, read)}
    return {
        "split": "validation turns of at most 60 words, each after the turns before it",
        "threads": 1,
        "turns": len(turns),
        "longest_words": max(len(one.turn.text.split()) for one in turns),
        "bounds": [bound.as_row() for bound in _bounds(engine, listen, mail)],
        "levelhead": engine,
        "levelhead_listen": listen,
        "levelhead_mail_of_300_words": mail,
        "levelhead_masking": masking,
        **beside(turns),
        "depths": depths,
    }


def speed_of(data: Path) -> dict[str, Any]:
    """Latency, throughput, memory and start-up of the engine alone, each turn once: for the tables that only want an idea of it."""
    engine = _of_engine(data, "--goes", "1")
    return {key: engine[key] for key in ("latency_ms", "turns_per_s", "rss_mb")} | {"start_s": start_up()}


def start_up() -> float:
    """Seconds from starting Python to the first turn read: the median of three."""
    taken = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", START], check=True)
        taken.append(time.perf_counter() - began)
    return round(float(np.median(taken)), 2)


def _of_engine(data: Path, *more: str) -> dict[str, Any]:
    """Measured in a process that loads nothing but the engine, so that time and memory are its own."""
    command = [sys.executable, "-m", "benchmarks._engine", "--data", str(data), *more]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _right_about(turns: Sequence[Labelled], read: Mapping[str, Sequence[bool]]) -> dict[str, Any]:
    return {question: score(turns, read[question], question) for question in ("negative", "abusive")}


def _bounds(engine: Mapping[str, Any], listen: Mapping[str, Any], mail: Mapping[str, Any]) -> list[Bound]:
    return [
        Bound("speed: listen, one turn, p50, ms", listen["latency_ms"]["p50"], LISTEN_P50_MS, at_most=True),
        Bound("speed: listen, one turn, p99, ms", listen["latency_ms"]["p99"], LISTEN_P99_MS, at_most=True),
        Bound("speed: in batches, rules included, turns/s", engine["turns_per_s"], TURNS_PER_S),
        Bound("speed: a mail of 300 words, p99, ms", mail["latency_ms"]["p99"], MAIL_MS, at_most=True),
        Bound("speed: resident at most, MB", engine["rss_mb"], RSS_MB, at_most=True),
        Bound("speed: start to first turn, s", engine["start_s"], START_S, at_most=True),
    ]


def _as_text(result: Mapping[str, Any]) -> str:
    engine = result["levelhead"]
    lines = [
        f"{result['turns']} validation turns of at most {result['longest_words']} words, one thread; "
        f"load average {', '.join(str(load) for load in engine['load_average'])}",
        "",
        f"{'':28} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'CPU p50':>8} {'CPU p99':>8}   {'negative F1':>11} {'abusive F1':>11}",
    ]
    lines += [_row(name, one) for name, one in result.items() if isinstance(one, Mapping)]
    lines += [_row(f"depth {one['name']}", one) for one in result["depths"]]
    lines += [
        "",
        f"in batches {engine['turns_per_s']:.0f} turns/s with the rules "
        f"({engine['turns_per_cpu_s']:.0f} a second of CPU), {engine['network_turns_per_s']:.0f} without; "
        f"resident {engine['rss_mb']:.0f} MB; start {engine['start_s']} s",
        "",
        as_text(result["bounds"]),
    ]
    return "\n".join(lines)


def _row(name: str, told: Mapping[str, Any]) -> str:
    if "latency_ms" not in told:
        return f"{name:28} {told.get('why_not', '')}"
    right = told.get("right_about", {})
    scores = [f"{right[question]['f1']:.3f}" if question in right else "–" for question in ("negative", "abusive")]
    figures = " ".join(f"{told['latency_ms'][key]:8.2f}" for key in ("p50", "p95", "p99"))
    figures += "".join(f" {told['cpu_ms'][key]:8.2f}" for key in ("p50", "p99"))
    return f"{name:28} {figures}   {scores[0]:>11} {scores[1]:>11}"


if __name__ == "__main__":
    raise SystemExit(main())
