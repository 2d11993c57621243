"""The panel *note*: offered when a conversation seems over; lines can be changed or struck, and one key seals it."""

from dataclasses import dataclass
from typing import Final

from levelhead.casework.note_pack import Disposition
from levelhead.casework.note_text import Heading, as_text, grouped
from levelhead.casework.noted import NoteLine, Part
from levelhead.live.noting import About, Notes, Standing, seems_over
from levelhead.people.permission import Action, may
from levelhead.storage.cases import Cases
from levelhead.storage.objections import Objections
from levelhead.web.note_here import heading_of
from levelhead.web.panel import Looked, Panel

KEY = "n"


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines of one kind under their label."""

    label: str
    lines: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, in its order: folded where it is long, so that the head can be read in a glance."""

    groups: tuple[LineGroup, ...]

    @property
    def count(self) -> int:
        """How many lines that is."""
        return sum(len(group.lines) for group in self.groups)

    @property
    def folded(self) -> bool:
        """Whether it is too long to stand open beside a conversation."""
        return self.count > _GLANCE


_GLANCE = 6  # Lines.


@dataclass(frozen=True, slots=True)
class NoteShown:
    """The panel at one moment. Before anybody asked for it and before it seems over, there is only the offer."""

    is_sealed: bool
    writes: bool
    head: tuple[LineGroup, ...]
    told: Told
    rest: tuple[LineGroup, ...]
    choices: tuple[Disposition, ...]
    disposition: str
    left_out: int
    heading: Heading
    text: str


def note_panel(looked: Looked) -> Panel | None:
    """The panel for whoever may write the note, or read it once it is sealed."""
    person = looked.page.person
    if not looked.timeline or not may(person, Action.READ_NOTE, looked.whose):
        return None
    notes = Notes(Cases(looked.page.desk.books, looked.page.place.clock))
    item = notes.item(looked.conversation)
    over = seems_over(looked.timeline)
    writes = may(person, Action.WRITE_NOTE, looked.whose)
    if item is None and not over:
        return Panel("note", {"note": None, "writes": writes}, key=KEY)
    shown = _shown(looked, notes, writes=writes)
    news = "note.is_sealed" if shown.is_sealed else "note.is_ready"
    return Panel("note", {"note": shown, "writes": writes}, news=looked.page.words(news), key=KEY)


def _shown(looked: Looked, notes: Notes, *, writes: bool) -> NoteShown:
    page = looked.page
    timeline = Objections(page.shelf).shown(looked.conversation, looked.timeline)
    about = About(looked.conversation, timeline, looked.whose.team, timeline[-1].turn.locale)
    stands = notes.standing(about)
    heading = heading_of(page, stands, looked.timeline)
    head, told, rest = _folded(stands)
    return NoteShown(
        is_sealed=stands.is_sealed,
        writes=writes,
        head=head,
        told=told,
        rest=rest,
        choices=() if stands.is_sealed else notes.choices(about),
        disposition=stands.disposition,
        left_out=stands.left_out,
        heading=heading,
        text=as_text(stands.lines, stands.pack, heading),
    )


def groups_of(stands: Standing) -> tuple[LineGroup, ...]:
    """The lines as they stand, under the labels of their pack."""
    return tuple(LineGroup(stands.pack.labels[part], lines) for part, lines in grouped(stands.lines))


def _folded(stands: Standing) -> tuple[tuple[LineGroup, ...], Told, tuple[LineGroup, ...]]:
    """What stands before the course of it, the course, and what stands after it."""
    parts = [part for part, _ in grouped(stands.lines)]
    groups, course = groups_of(stands), [place for place, part in enumerate(parts) if part in _SAID]
    first, last = (course[0], course[-1] + 1) if course else (len(groups), len(groups))
    return groups[:first], Told(groups[first:last]), groups[last:]


_SAID: Final = frozenset({Part.THEIRS, Part.OURS})
