"""How the outlook does on conversations it has not seen: `python -m benchmarks.outlook --data DIR [--format json]`.

The written validation conversations (slice_e), read as they run live; for `asks_supervisor` only turns before the event. Beside it
stand "as angry as now" and "same as last turn", their scales fitted on the written training conversations. Exit status 1 where a
forecast that is shown has a larger error than either of them.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from levelhead import models, packs
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Outlook, Timeline
from levelhead.listening.outlook import moment
from levelhead.live.engine import hear_turn
from training.corpus import Talk, talks
from training.outlook import TARGETS, Floats, Lived, Row, calibration_error, fit, link, lower_end, rows_of

POSITIONS = ("1-2", "3-5", "6+")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every forecast that is shown earns it here too, else 1."""
    ask = argparse.ArgumentParser(prog="levelhead bench outlook", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--format", choices=("text", "json"), default="text")
    told = ask.parse_args(argv)
    rows = measure(told.data)
    print(json.dumps({"model": models.load().name, "forecasts": rows}) if told.format == "json" else _as_text(rows))
    short = [f"{row['forecast']} {row['position']}" for row in rows if row["turns"] and not row["holds"]]
    if short:
        print(f"Worse than a naive forecast: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0


def measure(data: Path) -> list[dict[str, Any]]:
    """A row for each forecast and position, with the number of turns at which it is shown."""
    heard = [_heard(talk) for talk in talks(data, "validation") if not talk.real]
    before = [_heard(talk)[0] for talk in talks(data, "train") if not talk.real]
    return [
        _figures(
            name, position, rows_of(before, name), [lived for lived, _ in heard], [outlooks for _, outlooks in heard]
        )
        for name in TARGETS
        for position in range(len(POSITIONS))
    ]


def _heard(talk: Talk) -> tuple[Lived, list[Outlook | None]]:
    so_far: Timeline = ()
    for turn in turns_of_conversation(talk.raw):
        so_far = (*so_far, hear_turn(turn, so_far, models.load(), packs.load(turn.locale)))
    outcome = talk.raw["outcome"]
    moments = tuple(moment(one.reading) for one in so_far)
    return (
        Lived(talk.id, moments, outcome["escalated_at"], outcome["csat"]),
        [one.reading.outlook for one in so_far if one.reading.of_customer],
    )


def _figures(
    name: str, position: int, train: Sequence[Row], lived: Sequence[Lived], outlooks: Sequence[Sequence[Outlook | None]]
) -> dict[str, Any]:
    seen: dict[int, int] = {}
    kept: list[Row] = []
    said: list[float] = []
    for row in rows_of(lived, name):
        outlook = outlooks[row.talk][seen.get(row.talk, 0)]
        seen[row.talk] = seen.get(row.talk, 0) + 1
        value = getattr(outlook, name) if outlook else None
        if row.bucket == position and value is not None:
            kept.append(row)
            said.append(value)
    figure: dict[str, Any] = {"forecast": name, "position": POSITIONS[position], "turns": len(kept)}
    return figure | (_compared(name, train, kept, np.array(said)) if kept else {})


def _compared(name: str, train: Sequence[Row], rows: Sequence[Row], said: Floats) -> dict[str, Any]:
    y = np.array([row.target for row in rows])
    talk = np.array([row.talk for row in rows])
    forecasts = {"model": said}
    for label, pick in (("angry_as_now", "heat_most"), ("last_turn", "heat_now")):
        weights, bias = fit(np.array([[getattr(row, pick)] for row in train]), train, name, ["naive"])
        forecasts[label] = link(np.array([[getattr(row, pick)] for row in rows]) @ weights + bias, name)
    figure: dict[str, Any] = {"conversations": len(set(talk.tolist()))}
    for label, p in forecasts.items():
        figure[f"error_{label}"] = round(float(((p - y) ** 2).mean()), 4)
        if name != "csat" and 0 < y.sum() < len(y):
            figure[f"auc_{label}"] = round(float(roc_auc_score(y, p)), 3)
    gains = [(p - y) ** 2 - (said - y) ** 2 for label, p in forecasts.items() if label != "model"]
    figure["gain_lower"] = round(min(lower_end(gain, talk) for gain in gains), 4)
    figure["holds"] = bool(all(gain.mean() >= 0 for gain in gains))
    if name != "csat":
        figure["ece"] = round(calibration_error(y, said), 4)
    return figure


def _as_text(rows: Sequence[dict[str, Any]]) -> str:
    lines = [
        f"{'forecast':18}{'turn':6}{'turns':>6}{'error':>8}{'as now':>8}{'last':>8}{'AUC':>7}{'as now':>8}{'last':>7}{'ece':>7}  holds"
    ]
    for row in rows:
        if not row["turns"]:
            lines.append(f"{row['forecast']:18}{row['position']:6}{'not shown':>12}")
            continue
        auc = [f"{row.get(f'auc_{label}', float('nan')):.3f}" for label in ("model", "angry_as_now", "last_turn")]
        lines.append(
            f"{row['forecast']:18}{row['position']:6}{row['turns']:6}{row['error_model']:8.3f}{row['error_angry_as_now']:8.3f}"
            f"{row['error_last_turn']:8.3f}{auc[0]:>7}{auc[1]:>8}{auc[2]:>7}{row.get('ece', float('nan')):7.3f}  "
            f"{'yes' if row['holds'] else 'NO'}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
