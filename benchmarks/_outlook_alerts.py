"""What the forecasts are worth to a supervisor with little time: alerts at a capacity, their horizon, and recovery."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.conversation import Emotion, Speaker
from training.corpus import Talk
from training.lived import Lived, Row

CAPACITIES = (0.05, 0.10)
WORKLOAD = 0.20
"""Alerting on a fifth of the conversations spares the supervisor 80 % of them."""
HOT = frozenset({Emotion.ANGRY, Emotion.FRUSTRATED})
HOT_FROM = 2
"""Intensity from which a labelled turn counts as hot."""
WELL, BADLY = 4, 2
"""Csat from which a conversation ended well, up to which it ended badly."""
Floats = NDArray[np.float64]


def at_capacity(p: Floats, y: Floats) -> dict[str, float | None]:
    """Of one forecast for each conversation: how many of the highest came true, and what share of all that came true."""
    order = np.argsort(-p, kind="stable")
    came = y[order]
    figures: dict[str, float | None] = {"base_rate": _short(float(y.mean()))}
    for share in CAPACITIES:
        top = max(1, round(share * len(y)))
        figures[f"precision_top_{share * 100:.0f}"] = _short(float(came[:top].mean()))
    top = max(1, round(WORKLOAD * len(y)))
    figures["recall_at_80_less_work"] = _short(float(came[:top].sum() / y.sum())) if y.sum() else None
    figures["recall_possible"] = _short(float(min(1.0, top / y.sum()))) if y.sum() else None
    return figures


def last_of_each(rows: Sequence[Row], at: NDArray[np.bool_]) -> NDArray[np.int_]:
    """The latest row of each conversation among those at `at`."""
    latest = {rows[i].talk: i for i in np.flatnonzero(at).tolist()}
    return np.array(sorted(latest.values()), dtype=np.int_)


def alerts(rows: Sequence[Row], p: Floats, at: NDArray[np.bool_], told: Sequence[Lived], name: str) -> dict[str, Any]:
    """All positions together: a conversation stands in the list with its highest forecast yet.

    The horizon is in turns (of anyone) from the first forecast over the limit to the event: the asking, else the end.
    """
    most: dict[int, float] = {}
    for i in np.flatnonzero(at).tolist():
        most[rows[i].talk] = max(most.get(rows[i].talk, -np.inf), float(p[i]))
    target = {rows[i].talk: rows[i].target for i in np.flatnonzero(at).tolist()}
    talks = sorted(most)
    scores, y = np.array([most[one] for one in talks]), np.array([target[one] for one in talks])
    limit = np.sort(scores)[::-1][max(1, round(WORKLOAD * len(scores))) - 1]
    first: dict[int, int] = {}
    for i in np.flatnonzero(at & (p >= limit)).tolist():
        first.setdefault(rows[i].talk, rows[i].n)
    ahead = [_event(told[one], name) - n for one, n in first.items() if target[one]]
    return {
        "conversations": len(talks),
        **at_capacity(scores, y),
        "horizon_turns": round(float(np.mean(ahead)), 1) if ahead else None,
    }


def _event(one: Lived, name: str) -> int:
    asked = one.escalated_at if name == "asks_supervisor" else None
    return len(one.moments) - 1 if asked is None else asked


def recovery(
    rows: Sequence[Row], p: Floats, at: NDArray[np.bool_], told: Sequence[Lived], talks: Sequence[Talk]
) -> dict[str, Any]:
    """Conversations that were hot: the forecast from the first hot turn on, of those that ended well and badly."""
    by_talk: dict[int, list[tuple[int, float]]] = {}
    for i in np.flatnonzero(at).tolist():
        by_talk.setdefault(rows[i].talk, []).append((rows[i].n, float(p[i])))
    well, badly = [], []
    for talk, forecasts in by_talk.items():
        hot = _first_hot(talks[talk])
        since = [value for n, value in forecasts if hot is not None and n >= hot]
        if len(since) > 1 and told[talk].csat >= WELL:
            well.append(since)
        elif len(since) > 1 and told[talk].csat <= BADLY:
            badly.append(since)
    return {"ended_well": _course(well), "ended_badly": _course(badly)}


def _first_hot(talk: Talk) -> int | None:
    hot = (
        n
        for n, (speaker, turn) in enumerate(zip(talk.speakers, talk.labels, strict=True))
        if speaker is Speaker.CUSTOMER and turn["emotion"] in HOT and turn["intensity"] >= HOT_FROM
    )
    return next(hot, None)


def _course(courses: Sequence[Sequence[float]]) -> Mapping[str, Any]:
    """Mean forecast at its highest and at the end, and the share of conversations whose forecast came down by half."""
    return {
        "conversations": len(courses),
        "at_its_highest": _mean([max(one) for one in courses]),
        "at_the_end": _mean([one[-1] for one in courses]),
        "halved": _mean([float(one[-1] <= max(one) / 2) for one in courses]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(float(np.mean(values)), 3) if values else None


def _short(value: float) -> float:
    return round(value, 3)
