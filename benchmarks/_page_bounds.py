"""Every bound in one table: what was measured beside it, or that it was not."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks._markdown import interval, number, table

Results = Mapping[str, Mapping[str, Any]]
"""By benchmark, what `levelhead bench all` kept of it."""

PLANNED: Mapping[str, Sequence[tuple[str, str]]] = {
    "reading": (
        ("reading: emotion, macro-F1, written and real", "≥ .60"),
        ("reading: cues, micro-F1, written and real", "≥ .75"),
        ("reading: moves, micro-F1, written and real", "≥ .74"),
        ("reading: faults, micro-F1, written; real", "≥ .58; ≥ .45"),
    ),
    "abuse": (("abuse: macro-F1 on lines, posts and five folds", "≥ .80"),),
    "safety": (
        ("safety: self-harm, threat to life and vulnerable found", "≥ .95"),
        ("safety: false alarms on look-alikes", "≤ .01"),
    ),
    "evidence": (("evidence: extra time", "≤ .20"),),
    "promises": (("promises: F1", "≥ .90"), ("promises: exact due of those found", "≥ .95")),
    "outlook": (("outlook: calibration error wherever it is shown", "≤ .05"),),
    "fairness": (("fairness: false alarms against standard wording", ".8–1.25"),),
    "speed": (
        ("speed: one turn, p50", "≤ 6 ms"),
        ("speed: one turn, p99", "≤ 25 ms"),
        ("speed: in batches", "≥ 300 turns/s"),
        ("speed: a mail of 300 words", "≤ 100 ms"),
    ),
    "desk_load": (
        ("desk_load: one thread, everything on, a turn of at most 60 words, p99", "≤ 60 ms"),
        ("desk_load: 200 conversations and 20 desks on two cores, server to screen, p95", "≤ 300 ms"),
        ("desk_load: turns dropped", "≤ 0"),
    ),
}
"""What is asked of each benchmark, in the words for a table without its figures."""


def bounds_of(name: str, result: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what JSON holds
    """The rows of one benchmark; figures are None where its JSON does not say."""
    told = result.get("bounds") if isinstance(result, Mapping) else None
    if isinstance(told, list):
        return [dict(row) for row in told]
    return planned(name)


def planned(name: str) -> list[dict[str, Any]]:
    """The rows of a benchmark that has no figures yet."""
    return [
        {"says": says, "bound": bound, "figure": None, "interval": None, "holds": False}
        for says, bound in PLANNED.get(name, ())
    ]


def all_bounds(results: Results) -> list[dict[str, Any]]:
    """Every bound, in the order of the page, each with the benchmark it is from."""
    names = [*PLANNED, *sorted(set(results) - set(PLANNED))]
    return [
        {**row, "benchmark": name}
        for name in names
        for row in (bounds_of(name, results[name]["result"]) if name in results else planned(name))
    ]


def bounds_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table with which the page begins."""
    return table(
        ["what", "bound", "figure", "95 % interval", "holds", "command"],
        [
            [
                row["says"],
                row["bound"],
                "not measured yet" if row["figure"] is None else number(float(row["figure"])),
                interval(row.get("interval")),
                _holds(row),
                f"`levelhead bench {row['benchmark']}`",
            ]
            for row in rows
        ],
    )


def _holds(row: Mapping[str, Any]) -> str:
    note = f" ({row['note']})" if row.get("note") else ""
    if row["figure"] is None:
        return f"–{note}"
    return f"{'yes' if row['holds'] else '**no**'}{note}"
