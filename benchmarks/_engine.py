"""The engine alone, measured from inside: `python -m benchmarks._engine --data DIR`, as JSON for the other tables."""

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks._turns import NEGATIVE, conversations, is_short
from benchmarks.speed import WARM_UP, summary
from levelhead import models, packs
from levelhead.conversation import Abuse, Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live.engine import hear_turn

BATCH = 32


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures and, for every short turn, what was read."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks._engine", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    print(json.dumps(measure(ask.parse_args(argv).data)))
    return 0


def measure(data: Path) -> dict[str, Any]:
    """Latency turn by turn, throughput in batches, peak memory, and the answers to two yes-or-no questions."""
    reader = models.load()
    seconds: list[float] = []
    heard: list[tuple[Heard, Timeline]] = []
    for conversation in conversations(data):
        so_far: Timeline = ()
        for one in conversation:
            began = time.perf_counter()
            now = hear_turn(one.turn, so_far, reader, packs.load(one.turn.locale))
            taken = time.perf_counter() - began
            if is_short(one.turn):
                seconds.append(taken)
                heard.append((now, so_far))
            so_far = (*so_far, now)
    return {
        "latency_ms": summary(seconds[WARM_UP:]),
        "turns_per_s": round(len(heard) / batched(reader, [(now.turn, so_far) for now, so_far in heard]), 1),
        "rss_mb": _most_resident(),
        "read": {
            "negative": [_negative(now) for now, _ in heard],
            "abusive": [_abusive(now) for now, _ in heard],
        },
    }


def batched(reader: Reader, asked: Sequence[tuple[Turn, Timeline]]) -> float:
    """Seconds to read all turns in batches of turns of like length; the rules and the advice are not in it."""
    in_order = sorted(asked, key=lambda one: len(one[0].text))
    began = time.perf_counter()
    for start in range(0, len(in_order), BATCH):
        reader.read_batch(in_order[start : start + BATCH])
    return time.perf_counter() - began


def _most_resident() -> float:
    """The most memory this process has held, in MB; getrusage would count what the process that started it held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(peak.split()[1]) / 1024, 1)


def _negative(heard: Heard) -> bool:
    read = heard.reading.of_customer
    return read is not None and read.emotion in NEGATIVE


def _abusive(heard: Heard) -> bool:
    read = heard.reading.of_customer
    return read is not None and read.abuse is not Abuse.NONE


if __name__ == "__main__":
    raise SystemExit(main())
