"""One panel of the desk: what it is made from, and what it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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
    """One panel: `templates/panels/<name>.html` gets what it shows; its line is the catalogue's `panel.<name>`.

    `opens`: it is open when the page is, as what somebody takes over is on top.
    """

    name: str
    shows: Mapping[str, object] = field(default_factory=dict)
    news: str = ""
    key: str = ""
    opens: bool = False


MakePanel = Callable[[Looked], Panel | None]
"""Makes a panel, in a thread of its own; None where it is of no use to who looks."""
