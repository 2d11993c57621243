"""No library that Levelhead runs on keeps or sends anything of its own about the machine."""

import os
import subprocess
import sys
from pathlib import Path

READS = "from levelhead import models; models.load()"


def test_reading_leaves_nothing_in_the_home_of_who_runs_it(tmp_path: Path) -> None:
    known = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    subprocess.run([sys.executable, "-c", READS], env={**known, "HOME": str(tmp_path)}, check=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
