"""The results page says what was kept, all of it, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import page
from benchmarks._bounds import Bound, status
from benchmarks._markdown import number, table, told
from benchmarks._page_bounds import PLANNED

DOCS = Path(__file__).resolve().parents[2] / "docs"


def kept(result: object) -> dict[str, Any]:
    return {
        "benchmark": "beauty",
        "command": "levelhead bench beauty --data DIR",
        "date": "2026-11-22",
        "machine": "one core",
        "model": "levelhead-reader-1",
        "weights": "0123456789ab",
        "commit": "abc",
        "status": 0,
        "result": result,
    }


def written(folder: Path) -> str:
    assert page.main(["--results", str(folder)]) == 0
    return folder.with_suffix(".md").read_text(encoding="utf-8")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    return folder


def keep(folder: Path, name: str, result: object) -> None:
    (folder / f"{name}.json").write_text(json.dumps(kept(result)), encoding="utf-8")


def test_the_page_in_the_docs_is_that_of_the_figures_beside_it() -> None:
    results, trained = page.kept(DOCS / "results")
    text = page.page(results, page.parts_of(results, trained), "results")
    assert text == (DOCS / "results.md").read_text(encoding="utf-8"), "run: levelhead bench page"


def test_every_plot_of_the_page_in_the_docs_is_there() -> None:
    plots = [plot.file for part in page.parts_of(*page.kept(DOCS / "results")) for plot in part.plots]
    assert [file for file in plots if not (DOCS / "results" / file).is_file()] == []


def test_without_figures_every_bound_is_said_to_be_not_measured(results: Path) -> None:
    text = written(results)
    assert text.count("not measured yet |") == sum(len(rows) for rows in PLANNED.values())
    assert "Nothing has been measured yet." in text


def test_a_bound_that_a_benchmark_brings_is_in_the_table(results: Path) -> None:
    keep(results, "beauty", {"bounds": [Bound("beauty: in the eye", 0.5, 0.8, (0.4, 0.6)).as_row()]})
    assert "| beauty: in the eye | ≥ .80 | .500 | .400–.600 | **no** | `levelhead bench beauty` |" in written(results)


def test_a_benchmark_that_the_page_does_not_know_is_shown_as_its_json_tells_it(results: Path) -> None:
    keep(results, "beauty", {"eyes": [{"colour": "grey", "f1": 0.25}], "lines": 12})
    text = written(results)
    assert "| grey | .250 |" in text
    assert "lines 12" in text


def test_the_same_figures_draw_the_same_bytes(results: Path) -> None:
    curve = [{"turns": turns, "written": {"emotion": 0.1}, "real": {"emotion": 0.2}} for turns in (100, 1000)]
    (results / "training.json").write_text(json.dumps({"learning_curve": curve}), encoding="utf-8")
    first = (written(results), (results / "learning_curve.svg").read_bytes())
    assert (written(results), (results / "learning_curve.svg").read_bytes()) == first
    assert "(results/learning_curve.svg)" in first[0]


def test_a_figure_that_could_not_be_measured_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    row = Bound("abuse: over five folds", None, 0.8).as_row()
    assert status([row]) == 1
    assert capsys.readouterr().err == "Short of the bound: abuse: over five folds ≥ .80\n"


def test_a_bound_that_is_a_most_holds_below_it() -> None:
    assert Bound("speed", 5.9, 6, at_most=True).holds
    assert not Bound("speed", 6.1, 6, at_most=True).holds


@pytest.mark.parametrize(
    ("value", "shown"), [(0.1234, ".123"), (-0.5, "-.500"), (1.0, "1.00"), (1234.56, "1,234.6"), (0.9999, "1.000")]
)
def test_numbers_are_as_short_as_they_are_true(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_cell_cannot_break_its_table() -> None:
    assert table(["a"], [["x | y\nz"]]).endswith("| x \\| y z |")


def test_alike_rows_under_names_become_one_table() -> None:
    assert told({"held_out": {"by_kind": {"date": {"f1": 0.5}, "name": {"f1": 0.75}}}}) == [
        "**held out, by kind**",
        "|  | f1 |\n| --- | --- |\n| date | .500 |\n| name | .750 |",
    ]
