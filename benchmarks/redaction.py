"""What is never kept, and what must stay: `levelhead bench redaction [--transcripts N] [--turns N] [--workers N] [--show]`.

Transcripts (100,000) and ordinary sentences (10,000) come from a generator that shares no code with the redactor
(benchmarks/_secret_*.py, seed 11): card numbers of every scheme typed, grouped oddly, spoken, misheard, corrected, in pieces, growing
as interim transcripts, asked for and not; security codes, passwords, PINs and one-time codes; notes and log lines. All go through the
redactor turn by turn, and so many that they make 10,000 turns through a desk on disk without encryption, whose database (outbox
included), WAL, logs, backup and every other file are then searched. The reader is shown what the books keep and nothing else.

A leak: more than six consecutive digits of a card over all that was kept, more than one digit of a security code, or a password, PIN or
one-time code kept whole. A false mask: an ordinary sentence that is not kept as it was. Time is processor time a turn, of one
transcript in ten; turns before it are at hand, as at the desk.
"""

import json
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random
from time import thread_time
from typing import Any

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._intervals import wilson
from benchmarks._secret_calls import note, transcript
from benchmarks._secret_desk import OnDisk, as_turn, on_disk
from benchmarks._secret_leaks import leaks
from benchmarks._secret_ordinary import ordinary
from benchmarks._secret_words import Kind, Transcript
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.privacy.redact import mask_event, redact, redact_turn

SEED = 11
TRANSCRIPTS, SENTENCES, TURNS = 100_000, 10_000, 10_000
NOTE = "note or log line"
BATCH = 1_000
TIMED = 10
"""One transcript in ten is timed: to ask for a thread's time may take longer than to redact a turn."""
MOST_FALSE, MOST_MS = 0.01, 1.0
COUNTED = tuple(Kind)
"""Every kind has its bound."""


@dataclass(slots=True)
class Tally:
    """What came of some transcripts."""

    transcripts: Counter[str] = field(default_factory=Counter)
    planted: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    failing: list[int] = field(default_factory=list)
    turns: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in what came of others."""
        self.transcripts += other.transcripts
        self.planted += other.planted
        self.leaked += other.leaked
        self.failing += other.failing
        self.turns += other.turns
        self.seconds += other.seconds


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bound holds, else 1."""
    ask = parser("redaction", __doc__)
    ask.add_argument("--transcripts", type=int, default=TRANSCRIPTS, help="how many go through the redactor")
    ask.add_argument("--turns", type=int, default=TURNS, help="about how many turns go through a desk on disk")
    ask.add_argument("--workers", type=int, default=1, help="processes that share the work")
    ask.add_argument(
        "--show", action="store_true", help="print the transcripts that leak and the sentences that are masked"
    )
    told = ask.parse_args(argv)
    result = measure(told.transcripts, told.turns, told.workers)
    if told.show:
        print("\n".join((*_shown(result["failing"]), *result["false_masks"]["examples"])))
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(transcripts: int = TRANSCRIPTS, turns: int = TURNS, workers: int = 1) -> dict[str, Any]:
    """All figures, ready for JSON."""
    tally = Tally()
    for part in _tallies(transcripts, workers):
        tally.add(part)
    false = _false_masks()
    disk = on_disk(list(_of_so_many_turns(turns)))
    median = 1000 * statistics.median(tally.seconds)
    bounds = [
        *_leak_bounds(tally, disk),
        _false_bound(false),
        Bound("redaction: median ms a turn", median, MOST_MS, at_most=True),
    ]
    return {
        "seed": SEED,
        "bounds": [bound.as_row() for bound in bounds],
        "transcripts": dict(tally.transcripts),
        "turns": tally.turns,
        "planted": dict(tally.planted),
        "leaked": dict(tally.leaked),
        "failing": tally.failing,
        "ms": {
            "turns": len(tally.seconds),
            "median": round(median, 4),
            "p99": round(1000 * sorted(tally.seconds)[len(tally.seconds) * 99 // 100], 4),
        },
        "false_masks": {"share": len(false) / SENTENCES, "of": SENTENCES, "examples": false[:50]},
        "disk": {"turns": disk.turns, "files": disk.files, "in_books": disk.in_books, "in_files": disk.in_files},
    }


def tally_of(first: int, last: int) -> Tally:
    """What comes of the transcripts and the notes of these numbers."""
    tally = Tally()
    for n in range(first, last):
        one = transcript(n, SEED)
        _count(tally, n, one, _kept_of(one, tally, timed=n % TIMED == 0))
        if n % 10 == 0:
            said = note(Random(f"{SEED}:note:{n}"))
            for text in (
                redact(said.text).text,
                str(mask_event(None, "info", {"deep": [{"words": said.text}]})["deep"][0]["words"]),
            ):
                _count(tally, n, Transcript(NOTE, (said,)), [text])
    return tally


def _tallies(transcripts: int, workers: int) -> Iterator[Tally]:
    ends = [*range(0, transcripts, BATCH), transcripts]
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            yield from pool.map(tally_of, ends[:-1], ends[1:])
    else:
        yield from map(tally_of, ends[:-1], ends[1:])


def _kept_of(one: Transcript, tally: Tally, *, timed: bool = False) -> list[str]:
    before: list[Turn] = []
    for n, said in enumerate(one.turns):
        turn = as_turn(said, "call", n)
        tally.turns += 1
        began = thread_time() if timed else 0
        kept = redact_turn(turn, before)
        if timed:
            tally.seconds.append(thread_time() - began)
        before.append(kept)
    return [turn.text for turn in before]


def _count(tally: Tally, n: int, one: Transcript, kept: Sequence[str]) -> None:
    tally.transcripts[one.way] += 1
    tally.planted.update(str(secret.kind) for secret in one.secrets)
    if found := leaks(one, kept):
        tally.leaked.update(f"{secret.kind}, {one.way}" for secret in found)
        tally.failing.append(n)


def _of_so_many_turns(turns: int) -> Iterator[Transcript]:
    done = n = 0
    while done < turns:
        one = transcript(n, SEED)
        yield one
        done, n = done + len(one.turns), n + 1


def _false_masks() -> list[str]:
    found = []
    for one in ordinary(SENTENCES, SEED):
        say = partial(Turn, "call", channel=Channel.VOICE)
        before = [say(n=0, speaker=Speaker.AGENT, text=one.asked)] if one.asked else []
        kept = redact_turn(say(n=1, speaker=Speaker.CUSTOMER, text=one.text), before).text
        if kept != one.text:
            found.append(f"{one.about}: {one.asked or ''} {one.text} => {kept}")
    return found


def _leak_bounds(tally: Tally, disk: OnDisk) -> list[Bound]:
    told = [
        Bound(
            f"redaction: leaks, {kind}",
            sum(n for what, n in tally.leaked.items() if what.startswith(kind)),
            0,
            at_most=True,
        )
        for kind in COUNTED
    ]
    return [*told, Bound("redaction: leaks on disk, every file", disk.leaks, 0, at_most=True)]


def _false_bound(false: Sequence[str]) -> Bound:
    share = len(false) / SENTENCES
    return Bound(
        "redaction: false masks of ordinary sentences", share, MOST_FALSE, wilson(len(false), SENTENCES), at_most=True
    )


def _shown(failing: Sequence[int]) -> Iterator[str]:
    for n in failing:
        one = transcript(n, SEED)
        yield f"-- {n} {one.way} {[secret.value for secret in one.secrets]}"
        for said, kept in zip(one.turns, _kept_of(one, Tally()), strict=True):
            yield f"{'C' if said.customer else 'A'} {said.text}" + (f"  =>  {kept}" if kept != said.text else "")


def _as_text(result: dict[str, Any]) -> str:
    lines = [
        f"{sum(result['transcripts'].values())} transcripts, {result['turns']} turns; {result['disk']['turns']} turns on disk"
    ]
    lines += [f"  {way:18}{count:8}" for way, count in result["transcripts"].items()]
    lines += ["planted: " + ", ".join(f"{kind} {count}" for kind, count in result["planted"].items())]
    lines += ["leaked: " + (", ".join(f"{what} {count}" for what, count in result["leaked"].items()) or "nothing")]
    lines += [
        f"files searched: {', '.join(result['disk']['files'])}",
        f"ms a turn: median {result['ms']['median']}, p99 {result['ms']['p99']}",
    ]
    return "\n".join([*lines, "", as_text(result["bounds"])])


if __name__ == "__main__":
    raise SystemExit(main())
