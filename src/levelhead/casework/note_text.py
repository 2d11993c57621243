"""A note as text for whoever has it next: plain, or as Markdown for a helpdesk."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from levelhead.casework.note_pack import NotePack
from levelhead.casework.noted import NoteLine, Part


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a note, in words: whose conversation, when, under which disposition, sealed by whom and when.

    `added` are the addenda, each with who and when.
    """

    title: str
    under: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def grouped(lines: Sequence[NoteLine]) -> Iterator[tuple[Part, tuple[NoteLine, ...]]]:
    """The lines by what they tell."""
    for part, those in groupby(lines, key=lambda line: line.part):
        yield part, tuple(those)


def as_text(lines: Sequence[NoteLine], pack: NotePack, heading: Heading | None = None) -> str:
    """The note as plain text: a label and its lines below it, ready to be pasted anywhere."""
    above = [heading.title, *heading.under, ""] if heading else []
    below = ["", *heading.added] if heading and heading.added else []
    return "\n".join([*above, *_text(lines, pack), *below]).strip() + "\n"


def _text(lines: Sequence[NoteLine], pack: NotePack) -> Iterator[str]:
    for part, those in grouped(lines):
        label = pack.labels[part]
        if len(those) == 1:
            yield f"{label}: {those[0].words}"
            continue
        yield f"{label}:"
        yield from (f"- {line.words}" for line in those)


def as_markdown(lines: Sequence[NoteLine], pack: NotePack, heading: Heading | None = None) -> str:
    """The note as Markdown; nothing that anybody said becomes markup."""
    parts = [f"### {_safe(heading.title)}", *(_safe(one) + "  " for one in heading.under)] if heading else []
    for part, those in grouped(lines):
        parts += ["", f"**{_safe(pack.labels[part])}**", "", *(f"- {_safe(line.words)}" for line in those)]
    if heading and heading.added:
        parts += ["", *(f"> {_safe(one)}" for one in heading.added)]
    return "\n".join(parts).strip() + "\n"


def _safe(words: str) -> str:
    return _MARKUP.sub(_escaped, " ".join(words.split()))


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}\\" if found.isdigit() else f"\\{found}"


_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~!]|\A[-+]|\A\d+(?=[.)])")
