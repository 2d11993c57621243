"""Every benchmark, and the results page from their figures: `levelhead bench all --data DIR [--out DIR] [--only NAME …]`.

Each one's JSON is kept as OUT/NAME.json with the day, the machine, the weights and the commit it was measured with;
then docs/results.md and its plots are written from those files. Exit status 1 where any of them misses a bound.
"""

import argparse
import hashlib
import json
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from levelhead import models
from levelhead.cli.benching import OF_ALL, ROOT, benchmarks, run

MEASURED = ("src", "benchmarks", "training")
"""The folders that decide what comes out; a change in them that is not committed is marked."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run them, keep their figures, write the page; 1 when any falls short."""
    ask = argparse.ArgumentParser(prog="levelhead bench all", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--out", type=Path, default=ROOT / "docs" / "results", help="where the JSON files go")
    ask.add_argument("--only", nargs="+", metavar="NAME", help="run only these")
    told = ask.parse_args(argv)
    short = [name for name in told.only or benchmarks() if keep(name, told.data, told.out)]
    page = run(OF_ALL["page"], ["--results", str(told.out)])
    if short:
        print(f"Short of their bounds: {', '.join(short)}", file=sys.stderr)
    return 1 if short or page.returncode else 0


def keep(name: str, data: Path, out: Path, root: Path = ROOT) -> int:
    """Run one benchmark, write OUT/NAME.json and return its exit status.

    Figures of a run that broke are not kept, nor those of a run during which the weights were changed.
    """
    print(f"== {name}", file=sys.stderr, flush=True)
    began, read_by = time.monotonic(), weights()
    done = run(f"benchmarks.{name}", ["--data", str(data), "--format", "json"], root, told=False)
    try:
        result = json.loads(done.stdout)
    except ValueError:
        print(f"{name} gave no figures (exit status {done.returncode}).", file=sys.stderr)
        return done.returncode or 1
    if weights() != read_by:
        print(f"The weights were changed while {name} ran: its figures are not kept.", file=sys.stderr)
        return 1
    told = envelope(name, result, done.returncode, time.monotonic() - began)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return done.returncode


def envelope(name: str, result: object, status: int, seconds: float) -> dict[str, Any]:
    """The figures with what a stranger has to know to judge or repeat them."""
    return {
        "benchmark": name,
        "command": f"levelhead bench {name} --data DIR",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "model": json.loads((models.FOLDER / "reader.json").read_text(encoding="utf-8"))["name"],
        "weights": weights(),
        "commit": commit(),
        "status": status,
        "seconds": round(seconds),
        "result": result,
    }


def weights() -> str:
    """The beginning of the sha256 of everything that reads: two sets of weights may go by one name."""
    digest = hashlib.sha256()
    for path in sorted(path for path in models.FOLDER.iterdir() if path.suffix in (".onnx", ".json", ".npz")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def machine() -> str:
    """Processor, cores and Python; nothing that names the computer."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    processor = f"{len(named)} × {named[0]}" if named else platform.machine()
    return f"{processor}, {platform.system()}, Python {platform.python_version()}"


def commit() -> str:
    """The commit of the source tree, with `+` where something in it was changed since; `unknown` outside git."""
    at = _git("rev-parse", "--short=10", "HEAD")
    return f"{at}{'+' if _git('status', '--porcelain', '--', *MEASURED) else ''}" if at else "unknown"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
