import json
from pathlib import Path

import pytest

from benchmarks.__main__ import keep
from levelhead import models


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree in which nothing is measured yet."""
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def beauty(tree: Path, does: str) -> None:
    (tree / "benchmarks" / "beauty.py").write_text(f"import sys\n{does}\n", encoding="utf-8")


def test_figures_are_kept_with_what_a_stranger_needs_to_judge_them(tree: Path) -> None:
    beauty(tree, 'print("{\\"f1\\": 0.5}")\nsys.exit(1)')
    assert keep("beauty", Path("there"), tree / "out", root=tree) == 1
    kept = json.loads((tree / "out" / "beauty.json").read_text(encoding="utf-8"))
    assert kept["result"] == {"f1": 0.5}
    assert kept["status"] == 1
    assert kept["model"] == models.load().name
    assert kept["command"] == "levelhead bench beauty --data DIR"
    assert {"date", "machine", "weights", "commit", "seconds"} <= set(kept)


def test_figures_are_not_kept_when_the_weights_change_under_them(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tree / "models"
    folder.mkdir()
    (folder / "reader.json").write_text('{"name": "first"}', encoding="utf-8")
    monkeypatch.setattr(models, "FOLDER", folder)
    beauty(tree, f'open({str(folder / "reader.json")!r}, "a").write(" "); print("{{}}")')
    assert keep("beauty", Path("there"), tree / "out", root=tree) == 1
    assert "The weights were changed while beauty ran" in capsys.readouterr().err
    assert not (tree / "out").exists()


def test_where_the_data_lies_is_not_kept(tree: Path) -> None:
    beauty(tree, 'print("{}")')
    keep("beauty", Path("/somewhere/private"), tree / "out", root=tree)
    assert "private" not in (tree / "out" / "beauty.json").read_text(encoding="utf-8")


def test_a_benchmark_that_breaks_falls_short_and_leaves_the_last_figures(tree: Path) -> None:
    beauty(tree, 'print("{}")')
    assert keep("beauty", Path("there"), tree / "out", root=tree) == 0
    before = (tree / "out" / "beauty.json").read_bytes()
    beauty(tree, 'print("half of"); raise SystemExit')
    assert keep("beauty", Path("there"), tree / "out", root=tree) == 1
    assert (tree / "out" / "beauty.json").read_bytes() == before
