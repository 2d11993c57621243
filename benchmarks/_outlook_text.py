"""The outlook's figures as tables for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks._bounds import as_text
from training.outlook import CALIBRATED, HELD_BACK

Row = Mapping[str, Any]
COLUMNS = (
    "turns",
    "error_model",
    "error_angry_as_now",
    "error_last_turn",
    "error_most_heated",
    "gain_lower",
    "auc_model",
    "auc_angry_as_now",
    "ece",
    "ece_if_perfect",
)
CAPACITY = (
    "base_rate",
    "precision_top_5",
    "precision_top_10",
    "recall_at_80_less_work",
    "recall_possible",
    "horizon_turns",
)


def text_of(result: Mapping[str, Any]) -> str:
    """Every part, one table after the other."""
    return "\n".join(_lines(result))


def plainly(forecasts: Sequence[Row], real: Mapping[str, Sequence[Row]], rated: Mapping[str, Any]) -> list[str]:
    """What must not be overlooked, in sentences."""
    hidden = [
        f"{row['forecast'].replace('_', ' ')} at turns {row['position']}" for row in forecasts if not row["shown"]
    ]
    kept_back = {f"{name.replace('_', ' ')} at turns {position}": why for (name, position), why in HELD_BACK.items()}
    off = [row for row in real["guessed"] if row["ece"] > CALIBRATED]
    following = rated["next"]["all"]
    says = [f"Hidden, since it has not earned its place: {', '.join(hidden)}."] if hidden else []
    says += [f"Held back by hand: {which}, since {why}." for which, why in kept_back.items() if which in hidden]
    if off:
        worst = max(row["ece"] for row in off)
        says.append(
            "On real words the outlook's level is not known to be right: against outcomes that an annotator guessed its "
            f"calibration error is up to {worst:.2f}. Its order holds (AUC in the table), its percentages may not."
        )
    if not following["beats_last_rating_and_readings"]:
        says.append(
            f'"Same as last rating" ({following["mae_same_as_last"]}) is not beaten for the next rating of frustration '
            f"({following['mae_last_rating_and_readings']} from the last rating and the readings, {following['mae_readings']} "
            "from the readings alone). The product shows no such forecast."
        )
    return says


def _lines(result: Mapping[str, Any]) -> Iterable[str]:
    yield f"Readings: {result['readings']}"
    yield from _forecasts("Five folds over the written corpus", result["forecasts"])
    yield from _forecasts("Our own conversations", result["own_conversations"])
    yield from _forecasts("slice_e, as shipped", result["validation"])
    yield "\nTo a supervisor: one forecast for each conversation"
    for row in result["forecasts"]:
        yield from _capacity(
            row["position"], row["forecast"], {k: v for k, v in row.items() if k.startswith("capacity_")}
        )
    for row in result["alerts"]:
        yield from _capacity("all", row["forecast"], {k: v for k, v in row.items() if k != "forecast"})
    yield "\nHot conversations, ends_dissatisfied"
    for how, row in result["recovery"].items():
        yield f"{how:14}{_cells(row)}"
    for truth, rows in result["real"].items():
        yield f"\nReal words, {truth}"
        yield from (_cells(row) for row in rows)
    for when in ("now", "next"):
        for part, row in result["frustration"][when].items():
            yield f"\nFrustration {when}, {part}: {_cells(row)}"
    yield f"\n{as_text(result['bounds'])}\n"
    yield from result["plainly"]


def _forecasts(title: str, rows: Sequence[Row]) -> Iterable[str]:
    yield f"\n{title}"
    yield (
        f"{'':24}"
        + "".join(f"{name.replace('error_', 'err ').replace('_', ' ')[:14]:>15}" for name in COLUMNS)
        + "  shown"
    )
    for row in rows:
        if row["turns"]:
            shown = {True: "yes", False: "no"}.get(row.get("shown"), "")  # type: ignore[arg-type]
            yield (
                f"{row['forecast']:19}{row['position']:5}"
                + "".join(f"{_cell(row.get(name)):>15}" for name in COLUMNS)
                + f"  {shown}"
            )


def _capacity(position: str, forecast: str, told: Mapping[str, Row]) -> Iterable[str]:
    for label, row in told.items():
        name = label.removeprefix("capacity_")
        yield f"{forecast:19}{position:5}{name:14}" + "  ".join(
            f"{key} {_cell(row[key])}" for key in CAPACITY if key in row
        )


def _cells(row: Row) -> str:
    return "  ".join(f"{key} {_cell(value)}" for key, value in row.items())


def _cell(value: object) -> str:
    return "–" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
