"""Runs a benchmark of the source tree in a process of its own, so that its figures are its own too."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import PIPE, CompletedProcess

from levelhead.cli.output import say

ROOT = Path(__file__).resolve().parents[3]
UNUSABLE = 2
OF_ALL = {"all": "benchmarks", "page": "benchmarks.page"}
"""What is no benchmark itself: every one of them with the results page after it, and the page alone."""


def bench(name: str | None, data: Path | None, form: str, more: list[str], root: Path = ROOT) -> int:
    """Run `benchmarks.NAME` and return its exit status; 2 when there is no such benchmark here."""
    names = benchmarks(root)
    if not names:
        say("The benchmarks are not part of the installed package. Run this from a checkout of the source code.")
        return UNUSABLE
    if name not in names and name not in OF_ALL:
        say(
            f"{f'There is no benchmark {name!r}. ' if name else ''}The benchmarks are: {', '.join(names)}. "
            "`all` runs every one of them and writes the results page; `page` only writes the page."
        )
        return UNUSABLE
    given = ["--data", str(data)] if data else []
    if name in OF_ALL:
        return run(OF_ALL[name], [*given, *more], root).returncode
    return run(f"benchmarks.{name}", [*given, "--format", form, *more], root).returncode


def benchmarks(root: Path = ROOT) -> tuple[str, ...]:
    """The names of the benchmarks beside this source tree; none when Levelhead was installed without it."""
    folder = root / "benchmarks"
    if not (root / "pyproject.toml").is_file():
        return ()
    runnable = (path for path in folder.glob("*.py") if '__name__ == "__main__"' in path.read_text(encoding="utf-8"))
    return tuple(sorted(path.stem for path in runnable if path.stem[0] != "_" and path.stem not in OF_ALL))


def run(module: str, given: Sequence[str], root: Path = ROOT, *, told: bool = True) -> CompletedProcess[str]:
    """Run a module of the source tree at `root`; its output is shown where `told`, else it is in `stdout`."""
    path = os.pathsep.join(part for part in (str(root), os.environ.get("PYTHONPATH")) if part)
    # -P: whatever folder this is typed in, the benchmarks are those of the source tree.
    output = None if told else PIPE
    command = [sys.executable, "-P", "-m", module, *given]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False, text=True, stdout=output)  # noqa: S603
