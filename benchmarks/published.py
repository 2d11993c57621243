"""Published work beside ours: `python -m benchmarks.published --data DIR [--format json] [--only NAME …]`.

The official test part of each set, whole. One frozen encoder with a light head: the shipped reader's (turn vectors and
its calibrated heads), beside a frozen general encoder with the same heads, and TF-IDF with a linear SVM, in the same
run. Seeds 0, 1, 2 draw the part for choosing where a set has none, and start the heads; mean and sample standard
deviation. Nothing is tuned on a test part, and nothing that is fitted here is kept. Exit status 0: it reports, and
has no bound.
"""

import json
import os
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from benchmarks._asked import parser
from benchmarks._general import PACKAGE, General
from benchmarks._published import PublishedSet
from benchmarks._published_encoders import general, shipped
from benchmarks._published_features import of_encoder, of_words
from benchmarks._published_heads import FOR_CHOOSING, ON_VECTORS, ON_WORDS, SEEDS, measured
from benchmarks._published_intents import intents
from benchmarks._published_posts import posts
from benchmarks._published_satisfaction import satisfaction
from levelhead import models

OURS, GENERAL, WORDS = "levelhead encoder", "general encoder", "TF-IDF"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; always 0."""
    ask = parser("published", __doc__, needs_data=True)
    ask.add_argument("--only", nargs="+", metavar="NAME", help="only the sets whose name holds one of these")
    told = ask.parse_args(argv)
    result = measure(told.data, told.only or ("",))
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return 0


def measure(data: Path, only: Sequence[str] = ("",)) -> dict[str, Any]:
    """All figures, ready for JSON."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    folder = data / "data"
    sets = (*satisfaction(folder), *posts(folder), *intents(folder))
    chosen = [one for one in sets if any(part.lower() in one.name.lower() for part in only)]
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # Heads are stopped early on purpose.
        rows = [_row(one) for one in chosen]
    return {
        "split": "the official test part of each set, whole",
        "seeds": list(SEEDS),
        "model": models.load().name,
        "general": f"{PACKAGE} (all-MiniLM-L6-v2, int8), frozen",
        "for_choosing": f"the official part, else {FOR_CHOOSING:.0%} of the training part, drawn with the seed",
        "threads": 1,
        "cpu_seconds": sum(row["cpu_seconds"] for row in rows),
        "sets": rows,
    }


def _row(of: PublishedSet) -> dict[str, Any]:
    """One set: what each of the three gives, and what others printed."""
    # CPU time: on one thread of a quiet machine it is the time on the wall, and on a busy one it is still told truly.
    began = time.process_time()
    results = {
        OURS: measured(of, of_encoder(of, shipped(models.load())), ON_VECTORS),
        GENERAL: measured(of, of_encoder(of, general(General())), ON_VECTORS),
        WORDS: measured(of, of_words(of), ON_WORDS),
    }
    seconds = round(time.process_time() - began)
    print(f"{of.name}: {seconds} s of CPU", file=sys.stderr, flush=True)
    return {
        "set": of.name,
        "use": of.use,
        "rows": {"train": len(of.train), "dev": len(of.dev), "test": len(of.test)},
        "capped": of.capped,
        "notes": of.notes,
        "results": results,
        "published": [{"by": one.by, "figures": dict(one.figures), "source": one.source} for one in of.beside],
        "cpu_seconds": seconds,
    }


def _as_text(result: Mapping[str, Any]) -> str:
    lines = [
        f"{result['model']} on {result['split']}; seeds {', '.join(map(str, result['seeds']))}: mean ± sd",
        f"Part for choosing: {result['for_choosing']}.",
    ]
    for row in result["sets"]:
        lines += ["", *_set_as_text(row)]
    lines += ["", f"{result['cpu_seconds']} s of CPU on one thread; nothing fitted here is kept"]
    return "\n".join(lines)


def _set_as_text(row: Mapping[str, Any]) -> list[str]:
    rows = row["rows"]
    about = [f"{rows['train']} to learn from, {rows['dev'] or 'drawn'} to choose by, {rows['test']} in the test"]
    about += [part for part in (row["capped"], row["notes"], row["use"]) if part]
    lines = [f"{row['set']}: {'; '.join(about)}"]
    for name, one in row["results"].items():
        figures = ", ".join(f"{key} {of['mean']:.3f} ± {of['sd']:.3f}" for key, of in one["measures"].items())
        lines.append(f"  {name:22} {figures}  ({' / '.join(dict.fromkeys(one['heads']))})")
    for one in row["published"]:
        figures = ", ".join(f"{key} {value:.3f}" for key, value in one["figures"].items())
        lines.append(f"  {one['by']:22} {figures}  ({one['source']})")
    return lines


if __name__ == "__main__":
    raise SystemExit(main())
