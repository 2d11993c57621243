"""The page of one conversation at one moment: everything that it shows, looked up and rendered in one thread.

All of it is read from one view of the database (`Shelf.at_one_moment`), so the page shows nothing that was never so at
once, and a stream that renders it again and again asks for each thing once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from levelhead.conversation import Timeline
from levelhead.web.allowed import Allowed, allowed
from levelhead.web.beside import beside
from levelhead.web.details import Details, details_of
from levelhead.web.panels import Rendered, panels_of, regions_of
from levelhead.web.plan_lines import held_here
from levelhead.web.promise_lines import PromiseLine, promise_lines
from levelhead.web.regions import Regions
from levelhead.web.rendering import Page, here_of
from levelhead.web.seeing import shown
from levelhead.web.sheet import Line, Sheet, noted, sheet_of

_WITHOUT_READINGS: Final = ("consent", "answering", "trouble")
_REGIONS: Final = ("card", "said", "steps", "outlook", "curve", "brief", *_WITHOUT_READINGS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the templates of the page are given."""

    sheet: Sheet
    here: str
    may: Allowed
    details: Details
    promised: tuple[PromiseLine, ...]
    panels: tuple[Rendered, ...]
    plan: str

    @property
    def by_name(self) -> Mapping[str, object]:
        """As arguments of a template."""
        return {name: getattr(self, name) for name in self.__slots__}


def shown_on(page: Page, conversation: str) -> Shown:
    """The page as it stands, for who was let through to it. The sheet is empty where no turn is kept (any more)."""
    with page.shelf.at_one_moment():
        timeline = page.desk.books.timeline(conversation)
        may = allowed(page)
        return Shown(
            sheet=sheet_on(page, conversation, timeline),
            here=here_of(conversation),
            may=may,
            details=details_of(page, conversation, timeline),
            promised=promise_lines(page, conversation),
            panels=panels_of(page, conversation, timeline) if may.see_readings else (),
            plan=held_here(page, conversation),
        )


def sheet_on(page: Page, conversation: str, timeline: Timeline) -> Sheet:
    """The conversation itself, as the one who looks may see it."""
    books = page.desk.books
    with page.shelf.at_one_moment():
        answers, apart = books.card_answers(conversation), beside(books, conversation, timeline)
        seen = shown(page.request, timeline)
    answered = noted(seen, answers)
    return sheet_of(conversation, seen, now=page.now, words=page.words, answered=answered, beside=apart)


class Drawing:
    """Renders the live regions of one open page again and again; a turn that stays as it was is rendered once."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self._may: Allowed | None = None
        self._lines: tuple[Line, ...] = ()
        self._turns: tuple[str, ...] = ()

    def regions(self, page: Page) -> Regions:
        """The page as it stands; waits on the database, so use a thread, and one at a time."""
        seen = shown_on(page, self._conversation)
        names = _REGIONS if seen.may.see_readings else _WITHOUT_READINGS
        whole = {name: page.render(f"regions/{name}.html", **seen.by_name) for name in names}
        if seen.may.see_readings:
            whole |= regions_of(seen.panels)
        return Regions(whole, self._drawn(page, seen))

    def _drawn(self, page: Page, seen: Shown) -> tuple[str, ...]:
        known = self._turns if seen.may == self._may else ()
        drawn = [
            known[place]
            if place < len(known) and line == self._lines[place]
            else page.render("regions/turn.html", line=line, **seen.by_name)
            for place, line in enumerate(seen.sheet.lines)
        ]
        self._may, self._lines, self._turns = seen.may, seen.sheet.lines, tuple(drawn)
        return self._turns
