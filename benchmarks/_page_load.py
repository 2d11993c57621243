"""The part of the results page about the desk under load."""

from collections.abc import Mapping
from typing import Any

from benchmarks._markdown import table

_WAITS = {
    "server_to_screen_ms": "from a turn's being sent until its panel is at the desk",
    "answered_ms": "until a turn is acknowledged, which is after it is on disk",
    "drafts_ms": "a draft checked",
    "pages_ms": "a page opened",
}
_COUNTS = {
    "turns_sent": "turns sent",
    "turns_acknowledged": "acknowledged",
    "turns_kept": "in the books afterwards",
    "turns_advised_on": "read and advised on",
    "turns_on_screens": "of the conversations that a desk had open: shown there",
    "cards": "cards raised",
    "turns_per_s": "turns a second",
    "server_cores_used": "cores that the server used on average",
    "server_rss_mb": "MB that it held at the end",
    "calls_gone_wrong": "calls that went wrong",
}
_ENDS = ("p50", "p95", "p99")


def desk_load(result: Mapping[str, Any]) -> tuple[str, ...]:
    """A turn alone, and then what each database held."""
    alone = result["one_thread"]
    lines = [
        f"**One thread, everything on**: a turn of at most 60 words until it is on disk, {alone['turns']} turns, the least of "
        f"{alone['goes']} goes at each.",
        table(["", *_ENDS], [_row(name, alone[key]) for key, name in _ALONE.items()]),
    ]
    for kind in ("sqlite", "postgresql"):
        one = result.get(kind)
        if one:
            lines += [
                f"**{kind}**: {one['conversations']} conversations with a turn each {one['pace_s']:g} s, {one['desks']} open "
                f"desks and {one['supervisors']} open pages *Now*, {one['cores']} cores for the server and for those who call it, "
                f"{one['seconds']:g} s. Milliseconds:",
                table(["", *_ENDS], [_row(name, one[key]) for key, name in _WAITS.items()]),
                table(["figure", "value"], [(name, one[key]) for key, name in _COUNTS.items()]),
            ]
    return tuple(lines)


_ALONE = {"latency_ms": "ms", "first_go_ms": "ms, first go", "cpu_ms": "ms of CPU, all threads of the process"}


def _row(name: str, told: Mapping[str, float] | None) -> tuple[object, ...]:
    return (name, *((told or {}).get(end) for end in _ENDS))
