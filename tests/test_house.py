"""The rules of the house, checked over the whole source tree."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import levelhead
from levelhead import conversation
from levelhead.conversation import AgentReading, CustomerReading

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "levelhead"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
BANNED = re.compile(r"(Manager|Helper|Util|Utils|Processor|Handler|Service|Data|Info)s?$")
OF_ANOTHER = re.compile(r"logging|http|uvicorn|starlette|fastapi", re.IGNORECASE)
FEELINGS = re.compile(r"emotion|feel|mood|sentiment|stress|anger|angry|intensity|tone", re.IGNORECASE)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def trees(paths: list[Path]) -> Iterator[tuple[Path, ast.Module]]:
    for path in paths:
        yield path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_arrows_point_down_only() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "training"])
def test_no_module_is_longer_than_one_can_hold_in_mind(folder: str) -> None:
    lengths = {
        short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")
    }
    assert [path for path, length in lengths.items() if length > LONGEST] == []


def test_no_class_is_named_after_nothing() -> None:
    named = [
        f"{short(path)}: {node.name}"
        for path, tree in trees(MODULES)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and BANNED.search(node.name)
    ]
    assert named == []


def test_there_is_no_field_for_how_an_agent_feels() -> None:
    words = [getattr(conversation, name) for name in conversation.__all__]
    feelings = {
        (word.__name__, field.name)
        for word in words
        if isinstance(word, type) and is_dataclass(word)
        for field in fields(word)
        if FEELINGS.search(field.name)
    }
    of_customers = {(CustomerReading.__name__, name) for name in ("emotion", "emotion_p", "intensity")}
    assert feelings == of_customers
    assert {field.name for field in fields(AgentReading)} == {"moves", "faults"}


def test_only_training_and_benchmarks_read_data_from_outside_the_tree() -> None:
    reading = [
        short(path)
        for folder in ("src", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if path != Path(__file__) and re.search(r"\.\./shared|corpus/slice", path.read_text(encoding="utf-8"))
    ]
    assert reading == []


def test_torch_is_never_imported_at_run_time() -> None:
    names = [module.name for module in pkgutil.walk_packages(levelhead.__path__, "levelhead.")]
    names = [name for name in names if ".migrations." not in name]  # Those run inside Alembic only.
    told = f"import importlib, sys; [importlib.import_module(n) for n in {names!r}]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "pandas"}
    assert heavy & set(loaded) == set()


def test_importing_a_package_does_nothing_else() -> None:
    for module in pkgutil.iter_modules(levelhead.__path__, "levelhead."):
        importlib.import_module(module.name)


def test_every_package_says_what_it_is() -> None:
    silent = [short(path) for path, tree in trees(sorted(SOURCE.rglob("__init__.py"))) if not ast.get_docstring(tree)]
    assert silent == []


@pytest.mark.parametrize("word", ["/root/", "/home/", "shared/"])
def test_no_text_speaks_of_the_machine_it_was_written_on(word: str) -> None:
    texts = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "Makefile",
        *(ROOT / "changelog.d").glob("*.md"),
    ]
    assert [short(path) for path in texts if word in path.read_text(encoding="utf-8")] == []
