"""The engine alone, measured from inside: `python -m benchmarks._engine --data DIR`, as JSON for the other tables."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._depths import depths
from benchmarks._mails import WORDS, long_mails
from benchmarks._timing import GOES, load_average, timed
from benchmarks._turns import NEGATIVE, conversations, is_short
from levelhead import models, packs
from levelhead.conversation import Abuse, Heard, Timeline, Turn
from levelhead.listening.listen import listen
from levelhead.listening.reader import Reader
from levelhead.live.engine import hear_turn, masked

BATCH = 32


@dataclass(frozen=True, slots=True)
class Played:
    """A turn as it came in, what was made of it, and the turns before it."""

    turn: Turn
    now: Heard
    so_far: Timeline


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures and, for every short turn, what was read."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks._engine", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--goes", type=int, default=GOES, help="how often each turn is taken")
    told = ask.parse_args(argv)
    print(json.dumps(measure(told.data, told.goes)))
    return 0


def measure(data: Path, goes: int = GOES) -> dict[str, Any]:
    """Latency turn by turn, throughput in batches, long mails, peak memory, and the answers to two yes-or-no questions.

    Latencies are in milliseconds, the least of `goes` goes at each turn; the outermost is the whole engine, `listen`
    the reading of a masked turn with its context, `masking` the masking alone.
    """
    reader = models.load()
    load = load_average()
    every = list(played(data, reader))
    short = [one for one in every if is_short(one.turn)]
    engine = timed(short, lambda one: hear_turn(one.turn, one.so_far, reader, packs.load(one.turn.locale)), goes)
    listened = timed(short, lambda one: listen(one.now.turn, one.so_far, reader=reader), goes)
    ruled = timed(short, lambda one: listen(one.now.turn, one.so_far, reader=None), goes)
    masking = timed(short, lambda one: masked(one.turn, [heard.turn for heard in one.so_far]), goes)
    mails = list(long_mails(one.now.turn for one in every))
    mailed = timed(mails, lambda mail: listen(mail, (), reader=reader), goes)
    network = timed([batches(short)], lambda all_of_them: _read(all_of_them, reader), goes)
    return {
        **engine.row,
        "listen": listened.row,
        "mail": {**mailed.row, "mails": len(mails), "words": WORDS},
        "masking": masking.row,
        "turns_per_s": round(len(short) / (network.least[0] + sum(ruled.least)), 1),
        "turns_per_cpu_s": round(len(short) / (network.cpu[0] + sum(ruled.cpu)), 1),
        "network_turns_per_s": round(len(short) / network.least[0], 1),
        "rss_mb": _most_resident(),
        "depths": depths([(one.now.turn, one.so_far) for one in short]),
        "load_average": [load, load_average()],
        "read": {
            "negative": [_negative(one.now) for one in short],
            "abusive": [_abusive(one.now) for one in short],
        },
    }


def played(data: Path, reader: Reader) -> Iterator[Played]:
    """Every validation turn with the turns before it, heard as it is live."""
    for conversation in conversations(data):
        so_far: Timeline = ()
        for one in conversation:
            now = hear_turn(one.turn, so_far, reader, packs.load(one.turn.locale))
            yield Played(one.turn, now, so_far)
            so_far = (*so_far, now)


def batches(asked: Sequence[Played]) -> list[list[tuple[Turn, Timeline]]]:
    """The turns with what was before them, those of like length together."""
    in_order = sorted(((one.now.turn, one.so_far) for one in asked), key=lambda one: len(one[0].text))
    return [in_order[start : start + BATCH] for start in range(0, len(in_order), BATCH)]


def _read(every: Sequence[Sequence[tuple[Turn, Timeline]]], reader: Reader) -> None:
    for batch in every:
        reader.read_batch(batch)


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
