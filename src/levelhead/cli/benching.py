"""Runs a benchmark of the source tree in a process of its own, so that its figures are its own too."""

import os
import subprocess
import sys
from pathlib import Path

from levelhead.cli.output import say

ROOT = Path(__file__).resolve().parents[3]
UNUSABLE = 2


def bench(name: str | None, data: Path | None, form: str, more: list[str], root: Path = ROOT) -> int:
    """Run `benchmarks.NAME` and return its exit status; 2 when there is no such benchmark here."""
    names = benchmarks(root)
    if not names:
        say("The benchmarks are not part of the installed package. Run this from a checkout of the source code.")
        return UNUSABLE
    if name not in names:
        say(f"{f'There is no benchmark {name!r}. ' if name else ''}The benchmarks are: {', '.join(names)}.")
        return UNUSABLE
    given = [*(["--data", str(data)] if data else []), "--format", form, *more]
    path = os.pathsep.join(part for part in (str(root), os.environ.get("PYTHONPATH")) if part)
    # -P: whatever folder this is typed in, the benchmarks are those of the source tree.
    command = [sys.executable, "-P", "-m", f"benchmarks.{name}", *given]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False).returncode  # noqa: S603


def benchmarks(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the benchmarks beside this source tree; none when Levelhead was installed without it."""
    folder = root / "benchmarks"
    if not (root / "pyproject.toml").is_file():
        return ()
    runnable = (path for path in folder.glob("*.py") if '__name__ == "__main__"' in path.read_text(encoding="utf-8"))
    return tuple(sorted(path.stem for path in runnable if not path.stem.startswith("_")))
