"""The documentation names everything that there is to name: this reads both and compares."""

import re
from enum import StrEnum
from pathlib import Path

import pytest
import typer.main
from fastapi.routing import APIRoute

from levelhead import conversation
from levelhead.cli.app import app as commands
from levelhead.settings import PREFIX, Settings
from levelhead.web import api, pages

DOCS = Path(__file__).resolve().parents[1] / "docs"
LABELS = [
    word
    for word in (getattr(conversation, name) for name in conversation.__all__)
    if isinstance(word, type) and issubclass(word, StrEnum)
]


def doc(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels.__name__)
def test_the_glossary_knows_every_label(labels: type[StrEnum]) -> None:
    glossary = doc("glossary.md")
    section = re.search(rf"^## .*\(`{labels.__name__}`\)$(.*?)(?=^## |\Z)", glossary, re.MULTILINE | re.DOTALL)
    assert section, f"no section for {labels.__name__}"
    assert [label for label in labels if f"`{label}`" not in section[1]] == []


def test_every_setting_is_documented() -> None:
    text = doc("operate.md")
    assert [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in text] == []


def test_no_setting_is_documented_that_is_not_there() -> None:
    named = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", doc("operate.md"))) - {"CONFIG"}
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_command_and_option_is_documented() -> None:
    text = doc("operate.md")
    group = typer.main.get_command(commands)
    missing = [
        f"{name} {option}"
        for name, command in group.commands.items()  # type: ignore[attr-defined]
        for option in ["", *(option for parameter in command.params for option in parameter.opts if option[:2] == "--")]
        if f"`levelhead {name}" not in text or (option and f"`{option}" not in text)
    ]
    assert missing == []


def address(route: APIRoute) -> str:
    """The address as people write it."""
    return route.path.replace(":path}", "}")


def test_every_page_is_documented() -> None:
    text = doc("operate.md")
    assert [
        route.path for route in pages.router.routes if isinstance(route, APIRoute) and f"`{address(route)}`" not in text
    ] == []


def test_every_call_of_the_api_is_documented() -> None:
    text = doc("api.md")
    calls = [
        f"{method} {address(route)}"
        for route in (*api.hearing.routes, *api.router.routes)
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]
    assert [call for call in calls if f"`{call}`" not in text] == []


def test_links_between_documents_lead_somewhere() -> None:
    texts = [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]
    broken = [
        f"{path.name}: {target}"
        for path in texts
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_says_why_and_what_was_given_up() -> None:
    for path in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        assert all(f"## {part}" in text for part in ("Context", "Choice", "What we gave up")), path.name
        assert len(text.splitlines()) <= 60, path.name
