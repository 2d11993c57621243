"""Whether the reader hears the same in whoever says it: `levelhead bench fairness [--format json]`.

108 scenarios, each said in up to sixteen ways, and 40 conversations told twice (benchmarks/sets/README.fairness.md); a third
is held out. Three alarms are compared with those of the standard wording of the same scenario: anger (angry, or frustrated
at intensity 2 or more), abuse, and escalation (asks for a supervisor). Per variety: the rate of flips, and the ratio of false
alarms to the standard wording's.

The ratio's interval is a Bayesian bootstrap over scenarios (Rubin 1981, 4,000 draws, seed 0) with half a scenario more for
each of its four outcomes (Jeffreys' prior; so one is added to each count): without it, no false alarm in 24 scenarios
would pass for certainty that there are none. Verdict: `fair` when the interval is within .8-1.25, `unfair` when it is wholly outside, else
`not yet`: too few scenarios to say. Exit status 1 when a held-out ratio is `unfair`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks._asked import asked
from benchmarks._bounds import status
from benchmarks._fair_pairs import measure_pairs
from benchmarks._fair_scenarios import ALARMS, STANDARD, Scenario, scenarios
from benchmarks._intervals import ENDS, SEED, wilson
from levelhead import models

DRAWS = 4000
DOUBT = 0.5
"""Scenarios added to each of the four outcomes."""
LOW, HIGH = 0.8, 1.25
"""Four fifths, and its inverse: the usual range in which two rates count as alike."""
PARTS = ("dev", "held_out")
SWORN = ("profanity_fault", "profanity_person")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 1 when a held-out ratio lies wholly outside the range, else 0."""
    told = asked("fairness", __doc__, argv)
    result = measure()
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure() -> dict[str, Any]:
    """All figures, ready for JSON."""
    read = scenarios()
    parts = {part: figures([one for one in read if one.part == part]) for part in PARTS}
    parts["both"] = figures(read)
    return {
        "model": models.load().name,
        "split": "a third of the scenarios and pairs, held out by their writer",
        "seed": SEED,
        "range": [LOW, HIGH],
        "bounds": [_bound(parts["held_out"]["varieties"])],
        "parts": parts,
        "pairs": measure_pairs(),
    }


def figures(mine: Sequence[Scenario]) -> dict[str, Any]:
    """Flips and ratios by variety, and what becomes of swearing."""
    varieties = sorted({variety for one in mine for variety in one.heard} - {STANDARD})
    return {
        "scenarios": len(mine),
        "varieties": {variety: _variety(mine, variety) for variety in varieties},
        "swearing": {variety: _sworn(mine, variety) for variety in SWORN},
    }


def _variety(mine: Sequence[Scenario], variety: str) -> dict[str, Any]:
    said = [one for one in mine if variety in one.heard]
    outside = sum(one.heard[variety].emotion not in one.emotions for one in said)
    return {
        "scenarios": len(said),
        "emotion_outside": _share(outside, len(said)),
        "flips": {alarm: _flips(said, variety, alarm) for alarm in ALARMS},
        "false_alarms": {alarm: _false_alarms(said, variety, alarm) for alarm in ALARMS},
    }


def _flips(said: Sequence[Scenario], variety: str, alarm: str) -> dict[str, Any]:
    meant = [one for one in said if one.same_meant(variety, alarm)]
    return _share(sum(one.flips(variety, alarm) for one in meant), len(meant))


def _false_alarms(said: Sequence[Scenario], variety: str, alarm: str) -> dict[str, Any] | None:
    """None where every scenario gives reason for the alarm, so that none can be false."""
    quiet = [one for one in said if one.would_be_false(variety, alarm)]
    if not quiet:
        return None
    # Of each scenario: whether this wording raised it, whether the standard wording did.
    raised = [(one.raises(variety, alarm), one.raises(STANDARD, alarm)) for one in quiet]
    ratio, interval = ratio_of([raised.count(one) for one in ((True, True), (True, False), (False, True))], len(quiet))
    return {
        "scenarios": len(quiet),
        "here": sum(here for here, _ in raised),
        "standard": sum(there for _, there in raised),
        "ratio": round(ratio, 3),
        "interval": [round(end, 3) for end in interval],
        "verdict": verdict(interval),
    }


def ratio_of(raised: Sequence[int], of: int) -> tuple[float, tuple[float, float]]:
    """The ratio of false alarms, here to standard, and its 95 % interval.

    `raised` counts the scenarios in which both wordings raised it, this one alone, the standard one alone, out of `of`.
    """
    both, here, there = (count + DOUBT for count in raised)
    drawn = np.random.default_rng(SEED).dirichlet([both, here, there, of - sum(raised) + DOUBT], DRAWS)
    low, high = np.quantile((drawn[:, 0] + drawn[:, 1]) / (drawn[:, 0] + drawn[:, 2]), ENDS)
    return (both + here) / (both + there), (float(low), float(high))


def verdict(interval: tuple[float, float]) -> str:
    """What the interval of a ratio allows to say."""
    low, high = interval
    if low > HIGH or high < LOW:
        return "unfair"
    return "fair" if low >= LOW and high <= HIGH else "not yet"


def _sworn(mine: Sequence[Scenario], variety: str) -> dict[str, Any]:
    """As what swearing is read: at the fault it is profanity and never an insult, at a person an insult."""
    read = [one.heard[variety].abuse for one in mine if variety in one.heard]
    return {"scenarios": len(read), "read_as": {abuse: read.count(abuse) for abuse in sorted(set(read))}}


def _bound(varieties: Mapping[str, Any]) -> dict[str, Any]:
    """One row: the ratio with the worst verdict, and among equals the furthest from 1."""
    ratios = [
        (alarm, variety, told)
        for variety, one in varieties.items()
        for alarm, told in one["false_alarms"].items()
        if told
    ]
    unfair = [one for one in ratios if one[2]["verdict"] == "unfair"]
    counts = {word: sum(told["verdict"] == word for *_, told in ratios) for word in ("fair", "not yet", "unfair")}
    alarm, variety, worst = max(unfair or ratios, key=lambda one: abs(np.log(one[2]["ratio"])))
    return {
        "says": f"fairness: false alarms against standard wording, the furthest of {len(ratios)} ratios ({variety}, {alarm})",
        "bound": ".8–1.25",
        "figure": worst["ratio"],
        "interval": worst["interval"],
        "holds": not unfair,
        "note": ", ".join(f"{count} {word}" for word, count in counts.items()),
    }


def _share(hits: int, of: int) -> dict[str, Any]:
    low, high = wilson(hits, of)
    return {
        "share": round(hits / of, 4) if of else None,
        "hits": hits,
        "of": of,
        "interval": [round(low, 4), round(high, 4)],
    }


def _as_text(result: dict[str, Any]) -> str:
    lines = [result["model"]]
    for part, told in result["parts"].items():
        lines += [
            "",
            f"{part}: {told['scenarios']} scenarios. Flips (hits of scenarios), then the ratio of false alarms",
        ]
        lines.append(f"{'':18}{'anger':>8}{'abuse':>8}{'escal.':>8}   " + "".join(f"{alarm:>28}" for alarm in ALARMS))
        for variety, one in told["varieties"].items():
            flips = "".join(f"{one['flips'][a]['hits']:>5}/{one['flips'][a]['of']:<2}" for a in ALARMS)
            ratios = "".join(f"{_ratio(one['false_alarms'][a]):>28}" for a in ALARMS)
            lines.append(f"{variety:18}{flips}   {ratios}")
        for variety, one in told["swearing"].items():
            read = ", ".join(f"{abuse} {count}" for abuse, count in one["read_as"].items())
            lines.append(f"{variety}: {one['scenarios']} read as {read}")
    lines += [""] + [_pairs(part, told) for part, told in result["pairs"].items()]
    row = result["bounds"][0]
    return "\n".join([*lines, "", f"{row['says']}: {row['figure']:.2f}; {row['note']}"])


def _pairs(part: str, told: Mapping[str, Any]) -> str:
    flips = ", ".join(f"{what} {one['hits']}" for what, one in told["flips"].items())
    worse = told["outlook"]["ends_dissatisfied"]
    outlook = (
        f"{worse['mean']:+.3f} ({worse['interval'][0]:+.3f} to {worse['interval'][1]:+.3f})" if worse else "not shown"
    )
    return (
        f"{part}: {told['pairs']} pairs, {told['customer_turns']} customer turns; flips: {flips}; "
        f"ends dissatisfied {outlook}; cards {told['cards']['mean']:+.2f}"
    )


def _ratio(told: Mapping[str, Any] | None) -> str:
    if told is None:
        return "–"
    low, high = told["interval"]
    return f"{told['ratio']:.2f} {low:.2f}–{high:.2f} {told['verdict']}"


if __name__ == "__main__":
    raise SystemExit(main())
