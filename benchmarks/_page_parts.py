"""The parts of the results page below its table: words, tables and plots, one part for each benchmark."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from benchmarks import _page_tables as tables
from benchmarks import _plots as plots
from benchmarks._markdown import number, table, told

TITLES = {
    "reading": "Reading",
    "abuse": "Abuse",
    "safety": "Safety",
    "issue": "Cause and issue",
    "evidence": "Evidence",
    "facts": "Facts and open questions",
    "promises": "Promises",
    "outlook": "Outlook",
    "fairness": "Fairness",
    "speed": "Speed",
    "desk_load": "The desk under load",
    "published": "Published work beside ours",
    "drafts": "Drafts",
    "cards": "Cards",
    "api": "The API under attack",
}
GENERIC_LEAVES_OUT = ("bounds", "model", "seed", "split", "goals", "verdicts_by_item")
WEAK_F1, ENOUGH = 0.4, 15
"""A label is a weak spot below this F1, where it has at least this many examples to say so."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One picture of the page: its file beside the JSON, what it shows in words, and how it is drawn."""

    file: str
    says: str
    draw: Callable[[], Figure]

    def save(self, folder: Path) -> None:
        """Draw it into `folder`."""
        plots.save(self.draw(), folder / self.file)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: the text above its plots, the plots, and the text below them."""

    name: str
    title: str
    text: tuple[str, ...]
    plots: tuple[Plot, ...] = ()
    after: tuple[str, ...] = field(default=())


def details(name: str, kept: Mapping[str, Any]) -> Part:
    """The part of one benchmark; one that has no tables of its own here is shown as its JSON tells it."""
    result = kept["result"]
    heading = (
        f"`{kept['command']}` · {kept['date']} · `{kept['model']}` ({kept['weights']}) · commit `{kept['commit']}`"
    )
    split = f"Split: {result['split']}." if isinstance(result, Mapping) and "split" in result else ""
    text = tables.OWN[name](result) if name in tables.OWN else tuple(told(_plain(result)))
    title = TITLES.get(name, name.replace("_", " ").capitalize())
    return Part(name, title, (heading, split, *text), tuple(_plots(name, result)), _after(name, result))


def training(trained: Mapping[str, Any]) -> Part:
    """What more data, more layers and each public set gave, as the training noted it."""
    if not trained:
        return Part("training", "Learning", ("No figures from the training are kept here (`results/training.json`).",))
    drawn: list[Plot] = []
    if trained.get("learning_curve"):
        says = "F1 of each head against the number of labelled turns it learnt from"
        drawn.append(
            Plot(
                "learning_curve.svg", says, lambda: plots.trained(trained["learning_curve"], "turns", "labelled turns")
            )
        )
    if trained.get("depths"):
        says = "F1 of each head against the milliseconds of one turn, for each number of layers tried"
        drawn.append(Plot("depths.svg", says, lambda: plots.trained(trained["depths"], "ms", "milliseconds a turn")))
    text = [line for key in ("learning_curve", "depths", "ablation") for line in _by_part(key, trained.get(key) or ())]
    rest = {key: one for key, one in trained.items() if key not in ("learning_curve", "depths", "ablation")}
    return Part("training", "Learning", tuple(text), tuple(drawn), tuple(told(rest)))


def weak_labels(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The labels that are hardly found though there were enough of them, the worst first."""
    if "reading" not in results:
        return ""
    weak = [
        (row["part"], row["head"], label, one["f1"], one["support"])
        for row in results["reading"]["result"]["heads"]
        for label, one in row["labels"].items()
        if one["f1"] < WEAK_F1 and one["support"] >= ENOUGH
    ]
    rows = sorted(weak, key=lambda one: (one[3], one[0], one[1], one[2]))
    if not rows:
        return ""
    shown = table(["part", "head", "label", "F1", "examples"], rows)
    return (
        f"Labels read with an F1 below {number(WEAK_F1)} though validation holds at least {ENOUGH} of them:\n\n{shown}"
    )


def _plots(name: str, result: Any) -> list[Plot]:  # noqa: ANN401 - what JSON holds
    if name == "reading":
        return _reading_plots(result["heads"])
    if name == "abuse":
        panels = {_abuse_title(key): one["confusion"] for key, one in result["tests"].items() if one}
        says = "Confusion of abuse: labelled down the side, read as along the top"
        return [Plot("confusion_abuse.svg", says, lambda: plots.confusion(panels))]
    if name == "fairness":
        varieties, (low, high) = result["parts"]["held_out"]["varieties"], result["range"]
        says = "Ratio of false alarms of each variety to standard wording, with 95 % intervals; the band is .8 to 1.25"
        return [Plot("fairness.svg", says, lambda: plots.ratios(varieties, tables.ALARMS, (low, high)))]
    if name == "outlook" and (bins := tables.outlook_bins(result)):
        return [
            Plot("outlook_reliability.svg", "Reliability of the forecasts that are shown", lambda: plots.bins_of(bins))
        ]
    return []


def _reading_plots(heads: Sequence[Mapping[str, Any]]) -> list[Plot]:
    if not all("reliability" in row for row in heads):
        return []
    panels = {row["part"]: row["confusion"] for row in heads if row["head"] == "emotion"}
    says = "Confusion of emotion, written and real: labelled down the side, read as along the top"
    return [
        Plot("reliability.svg", "Reliability of every head, written and real", lambda: plots.reliability(heads)),
        Plot("confusion_emotion.svg", says, lambda: plots.confusion(panels)),
    ]


def _abuse_title(test: str) -> str:
    return {"lines": "400 lines", "posts": "real posts", "folds": "written, five folds"}[test]


def _after(name: str, result: Any) -> tuple[str, ...]:  # noqa: ANN401 - what JSON holds
    return tables.labels_of(result["heads"]) if name == "reading" else ()


def _by_part(key: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Rows with figures for `written` and `real` inside, one column for each head of each."""
    flat = []
    for row in rows:
        single = {name: one for name, one in row.items() if name not in plots.PARTS}
        flat.append(
            {**single, **{f"{part} {head}": f1 for part in plots.PARTS for head, f1 in (row.get(part) or {}).items()}}
        )
    return [f"**{key.replace('_', ' ')}**", *told(flat)] if flat else []


def _plain(result: Any) -> Any:  # noqa: ANN401 - what JSON holds
    if not isinstance(result, Mapping):
        return result
    return {key: one for key, one in result.items() if key not in GENERIC_LEAVES_OUT}
