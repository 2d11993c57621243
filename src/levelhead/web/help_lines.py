"""*Where you can help* in words: each line with its reasons, and what was counted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from levelhead.casework.where_to_help import CALLS, Ground, GroundKind, Line
from levelhead.conversation import Timeline
from levelhead.live.presence import Room
from levelhead.web import times
from levelhead.web.chance import chance
from levelhead.web.help_here import names_of
from levelhead.web.help_list import HelpList, help_list
from levelhead.web.rendering import Page


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason in words, the words of the conversation behind it, and until when."""

    says: str
    quote: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One conversation. `grounds` names its reasons for the form; nobody disagrees with a `call`."""

    id: str
    who: str
    reasons: tuple[ReasonLine, ...]
    grounds: str
    is_safety: bool
    is_call: bool
    is_disagreed: bool


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The list as it is shown."""

    now: tuple[HelpLine, ...]
    later: int
    answered: tuple[HelpLine, ...]
    room: Room
    dropped: int
    disagreed: tuple[str, ...]
    handed_over: int
    again: int


def help_lines(page: Page) -> HelpLines | None:
    """The list of who looks; None for whoever helps nobody. Waits on the database, so use a thread."""
    found = help_list(page.desk.books, page.person, page.place.presence.room(page.person.id), page.now)
    if found is None:
        return None
    names = names_of(page.shelf)
    return HelpLines(
        now=tuple(_line(line, found, page, names) for line in found.ranked.now),
        later=len(found.ranked.later),
        answered=tuple(_line(line, found, page, names) for line in found.ranked.answered),
        room=found.room,
        dropped=found.dropped,
        disagreed=tuple(
            page.words("helping.of_kind", kind=page.words(f"ground_name.{kind}"), count=count)
            for kind, count in sorted(found.disagreed.items())
        ),
        handed_over=found.handed_over,
        again=found.again,
    )


def _line(line: Line, found: HelpList, page: Page, names: dict[UUID, str]) -> HelpLine:
    timeline = found.timelines.get(line.conversation, ())
    call = found.calls.get(line.conversation)
    asker = names.get(call.body.asked_by, "") if call and call.body.asked_by else ""
    return HelpLine(
        id=line.conversation,
        who=next((heard.turn.customer for heard in timeline if heard.turn.customer), "") or page.words("now.unnamed"),
        reasons=tuple(_reason(ground, page, timeline, asker) for ground in line.grounds),
        grounds=" ".join(ground.kind for ground in line.grounds),
        is_safety=line.grounds[0].kind is GroundKind.SAFETY,
        is_call=any(ground.kind in CALLS for ground in line.grounds),
        is_disagreed=line.conversation in found.disagreed_in,
    )


def _reason(ground: Ground, page: Page, timeline: Timeline, asker: str) -> ReasonLine:
    words = page.words
    p = chance(ground.p, words) if ground.p is not None else ""
    says = words(f"ground.{ground.kind}", name=asker or words("ground.somebody"), chance=p)
    quote = "" if ground.kind is GroundKind.FORECAST else ground.words
    return ReasonLine(says, quote, _until(ground.until, page, timeline))


def _until(until: datetime | None, page: Page, timeline: Timeline) -> str:
    if until is None:
        return ""
    started = timeline[-1].turn.started_at if timeline else None
    return times.due(until.astimezone(started.tzinfo if started else None), page.now, page.words)
