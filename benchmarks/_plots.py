"""The plots of the results page: small SVG files, the same bytes for the same figures, on white for light and dark pages."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

COLOUR = {"written": "#2166ac", "real": "#b35806"}
"""Told apart by people who are colour-blind, and by their markers."""
MARKER = {"written": "o", "real": "s"}
HEADS = ("emotion", "abuse", "cues", "moves", "faults")
TRAINED = {"emotion": "#2166ac", "cues": "#b35806", "moves": "#4d7c2a", "faults": "#762a83", "abuse": "#555555"}
INK, FAINT = "#333333", "#dddddd"
LEAST_IN_BIN = 10
DARK = 0.55
"""A cell above this share is dark enough for white figures."""
LOOK = {
    "svg.fonttype": "none",  # text stays text: small files, and it can be searched
    "svg.hashsalt": "levelhead",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 9,
    "axes.edgecolor": "#999999",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}
FRACTION = re.compile(r"(\d\.\d\d)\d+")
"""A hundredth of a point is finer than any screen."""
PARTS = ("written", "real")


in_our_look = mpl.rc_context(LOOK)  # type: ignore[arg-type]


@in_our_look
def save(figure: Figure, path: Path) -> None:
    """Write the figure as SVG: no date, no ids by chance, and a font that every reader's machine has a stand-in for."""
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    drawn = path.read_text(encoding="utf-8").replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, Helvetica, sans-serif")
    drawn = re.sub(r"<metadata>.*?</metadata>\n?", "", drawn, flags=re.DOTALL)
    path.write_text(FRACTION.sub(r"\1", re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)), encoding="utf-8")


@in_our_look
def reliability(heads: Sequence[Mapping[str, Any]]) -> Figure:
    """Mean probability against the share that came true, by head; bins of fewer than ten labels are left out."""
    figure, panels = _panels(len(HEADS), 2.0, 2.3)
    for axes, head in zip(panels, HEADS, strict=True):
        axes.set_title(head)
        _calibrated(axes, {row["part"]: row["reliability"] for row in heads if row["head"] == head})
    panels[0].set_ylabel("share that came true")
    panels[2].set_xlabel("probability given")
    panels[0].legend(loc="upper left", handlelength=1, borderpad=0)
    return figure


@in_our_look
def bins_of(named: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    """One reliability diagram for each name: bins of p, true and count."""
    figure, panels = _panels(len(named), 2.3, 2.5)
    for axes, (name, bins) in zip(panels, named.items(), strict=True):
        axes.set_title(name)
        _calibrated(axes, {"written": bins})
        axes.set_xlabel("probability given")
    panels[0].set_ylabel("share that came true")
    return figure


@in_our_look
def confusion(panels: Mapping[str, Mapping[str, Any]]) -> Figure:
    """Counts, shaded by the share of their row: labelled down the side, read as along the top."""
    figure, drawn = _panels(len(panels), 3.3, 3.1)
    for place, (axes, (title, told)) in enumerate(zip(drawn, panels.items(), strict=True)):
        axes.set_title(title, pad=10)
        _cells(axes, told["rows"])
        axes.set_xticks([k + 0.5 for k in range(len(told["labels"]))], told["labels"], rotation=40, ha="left")
        axes.set_yticks([k + 0.5 for k in range(len(told["labels"]))], told["labels"] if not place else [])
    drawn[0].set_ylabel("labelled (read as: along the top)")
    return figure


@in_our_look
def trained(rows: Sequence[Mapping[str, Any]], along: str, label: str) -> Figure:
    """F1 by head, the written and the real part apart, against `along` (labelled turns, or milliseconds a turn)."""
    figure, panels = _panels(len(PARTS), 3.3, 2.7)
    ordered = sorted((row for row in rows if row.get(along) is not None), key=lambda row: float(row[along]))
    for axes, part in zip(panels, PARTS, strict=True):
        axes.set_title(part)
        axes.set_xlabel(label)
        for head, colour in TRAINED.items():
            points = [(row[along], row[part][head]) for row in ordered if row.get(part, {}).get(head) is not None]
            if points:
                axes.plot(
                    *zip(*points, strict=True), color=colour, marker="o", markersize=3.5, linewidth=1.2, label=head
                )
        axes.set_ylim(0, 1)
        axes.set_xlim(left=0)
        if along == "ms":
            _layers(axes, ordered)
    panels[0].set_ylabel("F1")
    lines = {str(line.get_label()): line for axes in panels for line in axes.get_lines()}
    figure.legend(lines.values(), lines.keys(), loc="outside lower center", ncols=len(TRAINED), handlelength=1.2)
    return figure


@in_our_look
def ratios(varieties: Mapping[str, Mapping[str, Any]], alarms: Sequence[str], fair: tuple[float, float]) -> Figure:
    """The ratio of false alarms of each variety to standard wording, with its interval and the range that is fair."""
    figure, panels = _panels(len(alarms), 2.5, 0.4 + 0.22 * len(varieties))
    names = list(varieties)
    for place, (axes, alarm) in enumerate(zip(panels, alarms, strict=True)):
        axes.set_title(alarm)
        axes.axvspan(*fair, color="#e3eddc", zorder=0)
        axes.axvline(1, color="#999999", linewidth=0.6)
        told = [(y, one) for y, name in enumerate(names) if (one := varieties[name]["false_alarms"][alarm])]
        at, low, high = zip(*((y, *one["interval"]) for y, one in told), strict=True)
        axes.hlines(at, low, high, color=COLOUR["written"], linewidth=1.2)
        axes.plot(
            [one["ratio"] for _, one in told], at, color=COLOUR["written"], linewidth=0, marker="o", markersize=3.5
        )
        axes.set_xscale("log")
        axes.set_xlim(0.1, 10)
        axes.set_xticks([0.1, 0.5, 1, 2, 10], ["0.1", "0.5", "1", "2", "10"])
        axes.minorticks_off()
        axes.set_yticks(range(len(names)), [name.replace("_", " ") for name in names] if not place else [])
        axes.set_ylim(len(names) - 0.5, -0.5)
    panels[len(panels) // 2].set_xlabel("false alarms, times those of standard wording")
    return figure


def _panels(count: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    figure = Figure(figsize=(width * count + 0.6, height + 0.5), facecolor="white")
    return figure, [figure.add_subplot(1, count, place + 1) for place in range(count)]


def _calibrated(axes: Axes, parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8)
    for part, bins in parts.items():
        at = [(one["p"], one["true"]) for one in bins if one["count"] >= LEAST_IN_BIN]
        if at:
            axes.plot(
                *zip(*at, strict=True), color=COLOUR[part], marker=MARKER[part], markersize=3.5, linewidth=1, label=part
            )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_aspect("equal")


def _cells(axes: Axes, rows: Sequence[Sequence[int]]) -> None:
    shares = [[count / max(1, sum(row)) for count in row] for row in rows]
    axes.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=0.8)
    axes.grid(visible=False)
    axes.invert_yaxis()
    axes.set_aspect("equal")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for i, row in enumerate(rows):
        for j, count in enumerate(row):
            if count:
                white = shares[i][j] > DARK
                axes.text(
                    j + 0.5,
                    i + 0.5,
                    str(count),
                    ha="center",
                    va="center",
                    fontsize=7.5,
                    color="white" if white else INK,
                )


def _layers(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        axes.annotate(f"{row['layers']} layers", (row["ms"], 0.03), ha="center", fontsize=7)
