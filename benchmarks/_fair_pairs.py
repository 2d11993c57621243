"""Conversations told twice with the same agent turns: do they get the same readings, outlook and cards?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks._fair_scenarios import Hearing, hearing
from benchmarks._intervals import bootstrap, wilson
from benchmarks._lines import hear, rows
from levelhead.conversation import Channel, Heard, Outlook, Speaker

FORECASTS = ("asks_supervisor", "ends_dissatisfied", "csat")


@dataclass(frozen=True, slots=True)
class Pair:
    """One conversation as told in standard English and as told by somebody else."""

    variety: str
    part: str
    standard: tuple[Heard, ...]
    variant: tuple[Heard, ...]


def measure_pairs() -> dict[str, Any]:
    """By part: flips turn by turn, the difference of the last outlook and of the cards raised (variant less standard)."""
    told = [
        Pair(row["variety"], row["part"], *(_heard(row, which) for which in ("standard", "variant")))
        for row in rows("fairness_pairs")
    ]
    return {part: _figures([one for one in told if one.part == part]) for part in ("dev", "held_out")}


def _heard(row: dict[str, Any], which: str) -> tuple[Heard, ...]:
    said = [(Speaker(turn["speaker"]), turn["text"]) for turn in row[which]]
    return tuple(hear(row["id"], Channel(row["channel"]), said))


def _figures(mine: Sequence[Pair]) -> dict[str, Any]:
    turns = [both for one in mine for both in _customer_turns(one)]
    return {
        "pairs": len(mine),
        "customer_turns": len(turns),
        "flips": {
            "emotion": _flips(turns, lambda one: one.emotion),
            "anger": _flips(turns, lambda one: one.anger),
            "abuse": _flips(turns, lambda one: one.abuse),
            "escalation": _flips(turns, lambda one: one.escalation),
        },
        "outlook": {name: _difference([_forecasts(one, name) for one in mine]) for name in FORECASTS},
        "cards": _difference([(_cards(one.variant), _cards(one.standard)) for one in mine]),
        "same_kinds_of_card": sum(_kinds(one.variant) == _kinds(one.standard) for one in mine),
    }


def _customer_turns(pair: Pair) -> list[tuple[Hearing, Hearing]]:
    return [
        (hearing(there.reading), hearing(here.reading))
        for there, here in zip(pair.standard, pair.variant, strict=True)
        if there.turn.speaker is Speaker.CUSTOMER
    ]


def _flips(turns: Sequence[tuple[Hearing, Hearing]], of: Callable[[Hearing], object]) -> dict[str, Any]:
    hits = sum(of(there) != of(here) for there, here in turns)
    low, high = wilson(hits, len(turns))
    return {"share": round(hits / len(turns), 4), "hits": hits, "interval": [round(low, 4), round(high, 4)]}


def _forecasts(pair: Pair, name: str) -> tuple[float | None, float | None]:
    """The forecast after the last turn at which both have one."""
    at = [
        (_forecast(here, name), _forecast(there, name)) for here, there in zip(pair.variant, pair.standard, strict=True)
    ]
    return next((both for both in reversed(at) if None not in both), (None, None))


def _forecast(heard: Heard, name: str) -> float | None:
    outlook: Outlook | None = heard.reading.outlook
    return getattr(outlook, name) if outlook else None


def _cards(told: Sequence[Heard]) -> float:
    return float(sum(heard.advice.card is not None for heard in told))


def _kinds(told: Sequence[Heard]) -> list[str]:
    return [heard.advice.card.kind for heard in told if heard.advice.card]


def _difference(both: Sequence[tuple[float | None, float | None]]) -> dict[str, Any] | None:
    """The mean of variant less standard over the pairs, with its bootstrap; None where nothing was forecast."""
    known = np.array([here - there for here, there in both if here is not None and there is not None])
    if not len(known):
        return None
    low, high = bootstrap(lambda at: float(known[at].mean()), np.arange(len(known)))
    return {
        "mean": round(float(known.mean()), 4),
        "interval": [round(low, 4), round(high, 4)],
        "mean_absolute": round(float(np.abs(known).mean()), 4),
        "pairs": len(known),
    }
