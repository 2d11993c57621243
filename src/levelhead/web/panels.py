"""What the desk offers beside the card, each behind one quiet line: remedies, help, boundaries, the note.

A panel says in a word or two when there is something to see (`news`) and opens on a key or a click; nothing opens by
itself. A feature adds its panel by a function that makes it, listed in PANELS.
"""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from levelhead.conversation import Timeline
from levelhead.web.boundary_panel import boundary_panel
from levelhead.web.complaint_panel import complaint_panel
from levelhead.web.follow_up_panel import follow_up_panel
from levelhead.web.gate import whose_of
from levelhead.web.help_panel import help_panel
from levelhead.web.note_panel import note_panel
from levelhead.web.panel import Looked, MakePanel
from levelhead.web.plan_panel import plan_panel
from levelhead.web.remedies_panel import remedies_panel
from levelhead.web.rendering import Page, here_of

PANELS: Final[tuple[MakePanel, ...]] = (
    boundary_panel,
    plan_panel,
    remedies_panel,
    help_panel,
    note_panel,
    complaint_panel,
    follow_up_panel,
)
"""In the order in which they stand on the page."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A panel as HTML, ready for the page and for its stream."""

    name: str
    key: str
    news: str
    html: Markup
    opens: bool = False


def panels_of(page: Page, conversation: str, timeline: Timeline) -> tuple[Rendered, ...]:
    """The panels for the conversation that the request is about and for who looks at it; use a thread."""
    return _rendered(Looked(page, conversation, timeline, whose_of(page.request)))


def regions_of(panels: tuple[Rendered, ...]) -> dict[str, str]:
    """What the stream of the page carries of them, by the ids of the elements."""
    return {f"news-{panel.name}": panel.news for panel in panels} | {
        f"panel-{panel.name}": panel.html for panel in panels
    }


def _rendered(looked: Looked) -> tuple[Rendered, ...]:
    made = [panel for panel in (make(looked) for make in PANELS) if panel is not None]
    here = here_of(looked.conversation)
    return tuple(
        Rendered(
            panel.name,
            panel.key,
            panel.news,
            Markup(looked.page.render(f"panels/{panel.name}.html", here=here, **panel.shows)),  # noqa: S704 - autoescaped
            panel.opens,
        )
        for panel in made
    )
