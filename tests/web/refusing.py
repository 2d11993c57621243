"""Every sentence that something is refused with, found in the code that refuses it; `{}` for what is filled in."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

import levelhead

SOURCE: Final = Path(levelhead.__file__).parent
BASES: Final = frozenset(
    {"Attempt", "DraftWordingBroken", "NotPossible", "NotUsable", "PackError", "Refusal", "Refused", "WeakPassword"}
)
"""What is made with words for a person, and whatever is one of them; an Attempt is that to bring a mail away."""
NO_PAGE: Final = ("cli/", "demo/", "listening/", "models/")
AT_THE_COMMAND_LINE: Final = frozenset(
    f"{name}.py"
    for name in (
        "live/importing",
        "live/traces",
        "storage/audit_key",
        "storage/backup",
        "storage/backup_postgresql",
        "storage/backup_sqlite",
        "storage/database",
        "storage/finishing",
        "storage/keyring",
        "storage/library",
        "storage/opening_hours",
        "storage/outbox_destinations",
        "storage/owning",
        "storage/postgresql",
        "storage/sqlite",
        "storage/vault",
    )
)
"""What only whoever runs Levelhead is told, in English."""
FOR_TOOLS: Final = frozenset({"channels/webhook.py", "web/api.py", "web/correcting.py", "web/placing.py"})
"""With every `…_api.py`, what only tools are told: the API speaks English."""
_SENTENCE: Final = re.compile(r"[A-Z“{].* .*[.?]", re.DOTALL)


@cache
def refusals(*, everywhere: bool = False) -> dict[str, str]:
    """Each sentence that can reach a page, or that anybody is told; and the module that says it."""
    modules = {
        str(path.relative_to(SOURCE)): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))
    }
    names = _refusing(modules)
    return {
        sentence: path
        for path, module in modules.items()
        if everywhere or _reaches_a_page(path)
        for sentence in _said_in(module, names, whole=not path.startswith("web/"))
    }


def _reaches_a_page(path: str) -> bool:
    return not path.startswith(NO_PAGE) and not path.endswith("_api.py") and path not in AT_THE_COMMAND_LINE | FOR_TOOLS


def plain(template: str) -> str:
    """A sentence to fill in, whatever its slots are called."""
    return "".join(
        f"{_escaped(text)}{'' if slot is None else '{}'}" for text, slot, _, _ in Formatter().parse(template)
    )


def _refusing(modules: dict[str, ast.Module]) -> frozenset[str]:
    known, before = set(BASES), 0
    classes = [one for module in modules.values() for one in ast.walk(module) if isinstance(one, ast.ClassDef)]
    while len(known) > before:
        before = len(known)
        known |= {
            one.name for one in classes if any(isinstance(base, ast.Name) and base.id in known for base in one.bases)
        }
    return frozenset(known)


def _said_in(module: ast.Module, names: frozenset[str], *, whole: bool) -> Iterator[str]:
    """What stands in the refusals of a module themselves, under the names in them, and in its tables of sentences."""
    nodes = tuple(ast.walk(module))
    calls = [one for one in nodes if isinstance(one, ast.Call) and _name(one.func) in names]
    given = [argument for call in calls for argument in call.args]
    called = {_name(one.func if isinstance(one, ast.Call) else one) for one in given} - {""}
    given += [one.value for one in nodes if isinstance(one, ast.Assign) and called & set(map(_name, one.targets))]
    given += [
        one.value for one in nodes if isinstance(one, ast.AnnAssign) and one.value and _name(one.target) in called
    ]
    makers = [one for one in nodes if isinstance(one, ast.FunctionDef) and one.name in called]
    returns = [one.value for made in makers for one in ast.walk(made) if isinstance(one, ast.Return)]
    given += [one for one in returns if one]
    if whole and calls:
        given += _sentences(nodes)
    for argument in given:
        yield from (text for text in _literals(argument) if " " in text)


def _sentences(nodes: tuple[ast.AST, ...]) -> list[ast.expr]:
    apart = {id(one.value) for one in nodes if isinstance(one, ast.Expr)}
    apart |= {id(part) for one in nodes if isinstance(one, ast.JoinedStr) for part in one.values}
    literals = [one for one in nodes if isinstance(one, ast.Constant | ast.JoinedStr) and id(one) not in apart]
    return [one for one in literals if any(map(_SENTENCE.fullmatch, _literals(one)))]


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _literals(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (_escaped(node.value).replace("{{}}", "{}"),)
    if isinstance(node, ast.JoinedStr):
        return ("".join(_escaped(str(one.value)) if isinstance(one, ast.Constant) else "{}" for one in node.values),)
    if isinstance(node, ast.IfExp):
        return (*_literals(node.body), *_literals(node.orelse))
    return ()


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
