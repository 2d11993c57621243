"""What the desk offers beside the card, each behind one quiet line: remedies, help, boundaries, the note.

A panel says in a word or two when there is something to see (`news`) and opens on a key or a click; nothing opens by
itself. A feature adds its panel by a function that makes it, listed in PANELS.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from levelhead.conversation import Timeline
from levelhead.people.person import Whose
from levelhead.web.rendering import Page


@dataclass(frozen=True, slots=True)
class Looked:
    """What a panel is made from: the page, the conversation as it stands, and whose it is."""

    page: Page
    conversation: str
    timeline: Timeline
    whose: Whose


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: `templates/panels/<name>.html` gets what it shows; its line is the catalogue's `panel.<name>`."""

    name: str
    shows: Mapping[str, object] = field(default_factory=dict)
    news: str = ""
    key: str = ""


MakePanel = Callable[[Looked], Panel | None]
"""Makes a panel, in a thread of its own; None where it is of no use to who looks."""

PANELS: Final[tuple[MakePanel, ...]] = ()
"""In the order in which they stand on the page."""


def panels_of(looked: Looked) -> tuple[Panel, ...]:
    """The panels for this conversation and this person."""
    return tuple(_made(looked))


def _made(looked: Looked) -> Iterator[Panel]:
    for make in PANELS:
        panel = make(looked)
        if panel is not None:
            yield panel
