"""One thread, a whole turn, everything on: `python -m benchmarks._desk_turns --data DIR`, as JSON for `benchmarks.desk_load`."""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio

from benchmarks._killed import Where
from benchmarks._load_world import team_of, world_at
from benchmarks._timing import GOES, load_average, summary
from benchmarks._turns import conversations, is_short
from levelhead import settings
from levelhead.conversation import Turn
from levelhead.people.person import Whose
from levelhead.web.workplace import open_workplace

Taken = dict[tuple[str, int], list[tuple[float, float]]]
"""Of each turn, the seconds of each go: on the wall, and of CPU time in the whole process."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks._desk_turns", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--goes", type=int, default=GOES, help="how often each turn is taken")
    told = ask.parse_args(argv)
    print(json.dumps(measure(told.data, told.goes)))
    return 0


def measure(data: Path, goes: int = GOES) -> dict[str, Any]:
    """Milliseconds from a turn's arrival at the desk until it is on disk with all that it began, one turn at a time.

    Every validation conversation is heard `goes` times, each time as a new one; of each short turn the least counts.
    """
    load, taken = load_average(), Taken()
    with tempfile.TemporaryDirectory(prefix="levelhead-desk-turns-") as folder:
        where = Where(f"sqlite:///{folder}/levelhead.db", Path(folder))
        world_at(where, agents=1, supervisors=1)
        anyio.run(_heard, where, [[one.turn for one in talk] for talk in conversations(data)], goes, taken)
    return {
        "turns": len(taken),
        "goes": goes,
        "latency_ms": summary(min(wall for wall, _ in goes_of) for goes_of in taken.values()),
        "first_go_ms": summary(goes_of[0][0] for goes_of in taken.values()),
        "cpu_ms": summary(min(cpu for _, cpu in goes_of) for goes_of in taken.values()),
        "load_average": [load, load_average()],
    }


async def _heard(where: Where, talks: Sequence[Sequence[Turn]], goes: int, taken: Taken) -> None:
    known = settings.load(database=where.url, data_dir=where.folder, demo=False)
    async with open_workplace(known) as place:
        whose = Whose(place.tenant.id, team_of(place.desks.library))
        for go in range(goes):
            for turn in _again(talks, go):
                wall, cpu = time.perf_counter(), time.process_time()
                await place.desk.hear(turn, whose)
                seconds = time.perf_counter() - wall, time.process_time() - cpu
                if is_short(turn):
                    taken.setdefault((turn.conversation.split(":", 1)[1], turn.n), []).append(seconds)


def _again(talks: Sequence[Sequence[Turn]], go: int) -> Iterator[Turn]:
    """Every turn as one of a conversation that nobody has heard yet, going on now: an old promise would be history."""
    for talk in talks:
        now = datetime.now(UTC)
        for turn in talk:
            yield replace(turn, conversation=f"{go}:{turn.conversation}", started_at=now, source_id=None)


if __name__ == "__main__":
    raise SystemExit(main())
