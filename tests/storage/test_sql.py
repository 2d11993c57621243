"""SQL is spoken in `storage` only, and there in words that can be held to one tenant."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import levelhead

SOURCE = Path(levelhead.__file__).parent
STORAGE = SOURCE / "storage"
SPEAKERS = {"sqlalchemy", "sqlite3", "alembic", "psycopg", "psycopg2", "asyncpg", "aiosqlite", "duckdb"}
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|SELECT\s+\w+\(|INSERT\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET"
    r"|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|ROLE|POLICY|VIEW)|PRAGMA\s+\w+|SET\s+LOCAL)\b",
    re.DOTALL,
)
AS_TEXT = {"text", "exec_driver_sql", "literal_column", "DDL"}
# What only the owner does, what no tenant's row is in, and what was written before there was a table to speak of.
MAY_SPEAK_TEXT = {
    "backup_postgresql.py",
    "backup_sqlite.py",
    "finishing.py",
    "postgresql.py",
    "sqlite.py",
    "walls.py",
}


def speaking(tree: ast.AST) -> Iterator[str]:
    """Whatever in this code is SQL, or the means to speak it."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if {name.name.split(".")[0] for name in names} & SPEAKERS:
                yield ast.unparse(node)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in SPEAKERS:
                yield ast.unparse(node)
            case ast.Constant(value=str(words)) if SQL.search(words):
                yield words


def spoken_as_text(tree: ast.AST) -> Iterator[str]:
    """Whatever in this code hands SQL over as text."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in AS_TEXT:
                yield ast.unparse(node)


def found(paths: Iterator[Path], look: Callable[[ast.AST], Iterator[str]]) -> list[str]:
    trees = ((path.relative_to(SOURCE), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)
    return [f"{path}: {what}" for path, tree in trees for what in look(tree)]


def test_sql_is_spoken_in_storage_only() -> None:
    outside = (path for path in SOURCE.rglob("*.py") if STORAGE not in path.parents)
    assert found(outside, speaking) == []


def test_in_storage_text_is_spoken_only_where_no_tenant_is_concerned() -> None:
    inside = (path for path in STORAGE.glob("*.py") if path.name not in MAY_SPEAK_TEXT)
    assert found(inside, spoken_as_text) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import sqlite3",
        "import sqlalchemy.orm as o",
        "from sqlalchemy import select",
        "from psycopg.rows import dict_row",
        "run('SELECT name FROM turn')",
        "run(f'SELECT name\\nFROM {table}')",
        "run('insert' + 'INSERT INTO turn VALUES (1)')",
        "run('DELETE FROM turn')",
        "run('UPDATE turn SET n = 1')",
        "run('PRAGMA user_version')",
        "run('DROP TABLE turn')",
    ],
)
def test_planted_sql_is_found(planted: str) -> None:
    assert list(speaking(ast.parse(planted)))


@pytest.mark.parametrize("planted", ["text('SELECT 1')", "sqlalchemy.text('x')", "c.exec_driver_sql('SELECT 1')"])
def test_planted_text_is_found(planted: str) -> None:
    assert list(spoken_as_text(ast.parse(planted)))


@pytest.mark.parametrize("harmless", ["say('Select a team from the list')", "say('Update your set')", "import re"])
def test_plain_english_is_no_sql(harmless: str) -> None:
    assert not list(speaking(ast.parse(harmless)))
