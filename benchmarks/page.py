"""The results page from the figures that were kept: `levelhead bench page [--results DIR]`.

Reads DIR/*.json (written by `levelhead bench all`, and training.json by the training), draws the plots beside them and
writes DIR.md. The same files give the same page, byte for byte; nothing is measured here.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks._page_bounds import Results, all_bounds, bounds_table
from benchmarks._page_parts import TITLES, Part, details, training, weak_labels
from levelhead.cli.benching import ROOT

TRAINING = "training"
NOTES = Path(__file__).with_name("notes.md")
"""What people have to add to the figures; a section is named for the benchmark it belongs to."""


def main(argv: Sequence[str] | None = None) -> int:
    """Write the page and its plots."""
    ask = argparse.ArgumentParser(prog="levelhead bench page", description=__doc__)
    ask.add_argument("--results", type=Path, default=ROOT / "docs" / "results", help="where the JSON files are")
    folder = ask.parse_args(argv).results.resolve()
    parts = parts_of(*kept(folder))
    for part in parts:
        for plot in part.plots:
            plot.save(folder)
    folder.with_suffix(".md").write_text(page(kept(folder)[0], parts, folder.name), encoding="utf-8")
    return 0


def kept(folder: Path) -> tuple[Results, Mapping[str, Any]]:
    """The figures of every benchmark by name, and those of the training."""
    told = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    trained = told.pop(TRAINING, {})
    return told, trained


def parts_of(results: Results, trained: Mapping[str, Any]) -> list[Part]:
    """The parts of the page below its table: one a benchmark, in the order of `TITLES`, then the training."""
    names = [name for name in TITLES if name in results] + sorted(set(results) - set(TITLES))
    return [*(details(name, results[name]) for name in names), training(trained)]


def page(results: Results, parts: Sequence[Part], folder: str) -> str:
    """The whole page as Markdown."""
    rows = all_bounds(results)
    measured = [row for row in rows if row["figure"] is not None]
    notes = notes_in(NOTES.read_text(encoding="utf-8"))
    lines = [
        "# Results",
        "Written by `levelhead bench page` from the figures in [results/](results/); notes are in `benchmarks/notes.md`. "
        "Don't edit this page by hand.".replace("results/", f"{folder}/"),
        _measured_with(results),
        "## Every bound",
        bounds_table(rows),
        f"{sum(row['holds'] for row in measured)} of {len(measured)} bounds that were measured hold; "
        f"{len(rows) - len(measured)} are not measured yet. A bound is held by the point value; the interval says how sure "
        "that is. Written conversations were written for this project; real ones are what people said to brands and in "
        "support chats.",
    ]
    for part in parts:
        lines += [f"## {part.title}", *part.text, *notes.get(part.name, ())]
        lines += [f"![{plot.says}]({folder}/{plot.file})" for plot in part.plots]
        lines += part.after
        if part.name in results:
            lines.append(f"All its figures: [{part.name}.json]({folder}/{part.name}.json)")
    lines += [
        "## How to repeat it",
        REPEAT,
        _took(results),
        "## Weak spots",
        *_weak(rows, results),
        *notes.get("weak spots", ()),
    ]
    return "\n\n".join(line.strip() for line in lines if line.strip()) + "\n"


REPEAT = """\
```
make bench DATA=DIR                              # every figure, then this page
levelhead bench NAME --data DIR --format json    # one of them
levelhead bench page                             # the page alone, from the kept figures
```

`DIR` holds `corpus/` (the labelled conversations) and `data/` (the public sets). `safety`, `fairness` and the lines of `abuse` need
no `DIR`: their sets are in `benchmarks/sets/`. Seeds are 0 and splits are fixed: the same weights give the same figures on one CPU
type, but for times. Validation is `slice_e` of the written conversations and of the real ones the third whose sha256 of the id is
divisible by 3; they are in no stage of training. Each JSON file says the day, the machine, the commit and the weights (their name, and the beginning of their sha256); a `+` after
the commit means that something was changed since."""


def notes_in(text: str) -> dict[str, list[str]]:
    """The sections of the notes by their heading."""
    sections = [section.split("\n", 1) for section in f"\n{text}".split("\n## ")[1:]]
    return {name.strip(): [body.strip()] for name, body in sections}


def _measured_with(results: Results) -> str:
    if not results:
        return "Nothing has been measured yet."
    days = sorted({told["date"] for told in results.values()})
    weights = sorted({f"{told['model']}` (`{told['weights']}" for told in results.values()})
    machines = sorted({told["machine"] for told in results.values()})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"Measured on {when} with the weights {', '.join(f'`{name}`)' for name in weights)}; {'; '.join(machines)}; one thread."


def _took(results: Results) -> str:
    seconds = {name: told["seconds"] for name, told in results.items() if told.get("seconds")}
    if not seconds:
        return ""
    longest = max(seconds, key=lambda name: (seconds[name], name))
    minutes = max(1, round(sum(seconds.values()) / 60))
    return f"The figures here took {minutes} min in all; the longest was `{longest}`."


def _weak(rows: Sequence[Mapping[str, Any]], results: Results) -> list[str]:
    missed = [row for row in rows if row["figure"] is not None and not row["holds"]]
    lines = [f"- {row['says']}: {row['figure']:.3f}, asked {row['bound']}" for row in missed]
    return ["Short of a bound:\n\n" + "\n".join(lines) if lines else "", weak_labels(results)]


if __name__ == "__main__":
    raise SystemExit(main())
