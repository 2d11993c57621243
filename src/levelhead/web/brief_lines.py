"""The brief in the words of the page: a label, a few words, and where they come from."""

from dataclasses import dataclass

from levelhead.casework.brief import SAME_MATTER, Brief, Line, LineKind
from levelhead.web import times
from levelhead.web.days import zone_of
from levelhead.web.plan_lines import plan_line
from levelhead.web.rendering import Page, here_of
from levelhead.web.ways import PLANS


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One line as it is read. `quoted`: the words are somebody's own; `href` leads to where they were said."""

    kind: LineKind
    label: str
    text: str
    quoted: bool
    when: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class BriefShown:
    """The brief as a page shows it; `settle` are the facts for which a moment before is good."""

    first: tuple[BriefLine, ...]
    more: tuple[BriefLine, ...]
    settle: tuple[str, ...]
    contacts: str


_QUOTED = frozenset({LineKind.NOW, LineKind.FAILED, LineKind.ASKED_FOR, LineKind.COMPLAINT, LineKind.LOSS})


def brief_lines(page: Page, brief: Brief, *, settles: bool) -> BriefShown:
    """The brief in words; `settles` where it is for the one who answers, and for nobody else.

    Waits on the database, so use a thread.
    """
    words, days = page.words, SAME_MATTER.days
    said = tuple(words(f"settle.{one}", count=brief.contacts, days=days) for one in brief.settle)
    return BriefShown(
        first=tuple(_line(page, line) for line in brief.first),
        more=tuple(_line(page, line) for line in brief.more),
        settle=said if settles else (),
        contacts=words("before.contacts", count=brief.contacts, days=days),
    )


def _line(page: Page, line: Line) -> BriefLine:
    words, text = page.words, line.words
    if line.plan:
        text = plan_line(page, line.plan)
    if line.kind is LineKind.CAUSE:
        text = words(f"cause.{line.words}")
    if line.avoid:
        text = words("before.avoided", what=words(f"avoid.{line.avoid}"), times=words("before.times", count=line.times))
    return BriefLine(
        line.kind, words(f"before_line.{line.kind}"), text, line.kind in _QUOTED, _when(page, line), _href(line)
    )


def _when(page: Page, line: Line) -> str:
    if line.at is None:
        return ""
    if line.kind in (LineKind.NOT_KEPT, LineKind.OPEN_PROMISE):
        due = line.at.astimezone(zone_of(page.shelf))
        return page.words("before.promised_for", when=times.when(due, page.now, page.words))
    return times.ago(line.at, page.now, page.words)


def _href(line: Line) -> str:
    source = line.source
    if line.plan:
        return f"{PLANS}/{source.item}"
    if source.conversation is None:
        return ""
    return here_of(source.conversation) + (f"#turn-{source.n}" if source.n is not None else "")
