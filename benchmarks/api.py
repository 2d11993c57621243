"""Whether the API does as it says: `levelhead bench api [--seconds N] [--format json]`.

The real server (`levelhead serve`) is called for N seconds (600) over HTTP: every call of its own OpenAPI document, by a
signed-in person of each role, by programs with a token of a team and of the whole organisation, and by nobody. schemathesis
makes up what is sent: half of it as the document asks, half of it not; where a path names something, often something that
is there. Each answer has to be of a status, of a content type and of a shape that the document lists for this call.
Beside it every page and every form of a page is sent what no form would send; no shape is documented there, so what counts is that
the answer comes and is none of 500 and above. The first seed is 17 and each batch has the next one.
Exit status 1 where anything was wrong; what it was stands on standard error.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from benchmarks._api_calls import BROKEN, UNAVAILABLE, Tally, call_again_and_again, operations_at
from benchmarks._api_pages import pages, send_again_and_again
from benchmarks._api_world import Caller, World, world_at
from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._killed import Where, served

SEED, SECONDS, BATCH = 17, 600.0, 10
"""A batch is so many calls of one kind by one caller."""
PAGES_EVERY = 2
"""One batch in so many is of pages."""
Thing = TypeVar("Thing")


def main(argv: Sequence[str] | None = None) -> int:
    """Call, and print what came of it; 0 when nothing was wrong, else 1."""
    ask = parser("api", __doc__)
    ask.add_argument("--seconds", type=float, default=SECONDS, help=f"how long to call ({SECONDS:g})")
    told = ask.parse_args(argv)
    tally, listed = measure(told.seconds)
    result = figures(tally, listed, told.seconds)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    for what, example in tally.examples.items():
        print(f"\n{tally.wrong[what]} × {what}\n{example}", file=sys.stderr)
    return status(result["bounds"])


def measure(seconds: float, calls: int = BATCH) -> tuple[Tally, tuple[str, ...]]:
    """Call for so long, so often in a row, and everything at least once; what came of it, and all there was to call."""
    with tempfile.TemporaryDirectory(prefix="levelhead-api-") as folder:
        where = Where(f"sqlite:///{folder}/levelhead.db", Path(folder))
        world = world_at(where)
        with served(where, {}) as (server, port):
            url = f"http://127.0.0.1:{port}"
            tally, listed = walk(url, world.made_at(url), seconds, calls)
            if server.poll() is not None:
                tally.failed("the server has ended", f"status {server.returncode}", "")
            return tally, listed


def walk(url: str, world: World, seconds: float, calls: int) -> tuple[Tally, tuple[str, ...]]:
    """Call the server there until the time is over: in each round every call and form once, by the callers in turn."""
    tally, operations, sent = Tally(), operations_at(url), pages()
    ends, numbers = time.monotonic() + seconds, count(SEED)
    batches, forms = _in_turn(operations, world.callers), _in_turn(sent, world.callers)
    least = max(len(operations), len(sent) * PAGES_EVERY)
    for done in count():
        if time.monotonic() >= ends and done >= least:
            break
        operation, caller = next(batches)
        call_again_and_again(operation, caller, world, tally, number=next(numbers), calls=calls)
        if done % PAGES_EVERY == 0:
            page, sender = next(forms)
            send_again_and_again(url, page, sender, world, tally, number=next(numbers), calls=calls)
    return tally, tuple(operation.label for operation in operations) + tuple(map(str, sent))


def _in_turn(things: Sequence[Thing], callers: Sequence[Caller]) -> Iterator[tuple[Thing, Caller]]:
    """Each thing with a caller, for ever; after as many rounds as there are callers, each with everybody."""
    for first in count():
        for n, thing in enumerate(things, first):
            yield thing, callers[n % len(callers)]


def figures(tally: Tally, listed: Sequence[str], seconds: float) -> dict[str, Any]:
    """All figures, ready for JSON."""
    broken = sum(many for told, many in tally.by_status.items() if int(told) >= BROKEN and int(told) != UNAVAILABLE)
    bounds = [
        Bound("api: server errors", broken, 0, at_most=True),
        Bound("api: undocumented statuses and whatever else was wrong", tally.wrong.total(), 0, at_most=True),
        Bound("api: calls, pages and forms that were never tried", _missed(tally, listed), 0, at_most=True),
    ]
    return {
        "seed": SEED,
        "seconds": seconds,
        "bounds": [bound.as_row() for bound in bounds],
        "calls": tally.calls,
        "statuses": dict(sorted(tally.by_status.items())),
        "by_call": dict(sorted(tally.by_call.items())),
        "by_caller": dict(tally.by_caller),
        "wrong": dict(tally.wrong),
    }


def _missed(tally: Tally, listed: Sequence[str]) -> int:
    return sum(1 for call in listed if not tally.by_call[call])


def _as_text(result: dict[str, Any]) -> str:
    lines = [as_text(result["bounds"]), f"{result['calls']} calls in {result['seconds']:g} s"]
    for part in ("statuses", "by_caller", "by_call"):
        lines += ["", *(f"{many:7}  {name}" for name, many in result[part].items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
