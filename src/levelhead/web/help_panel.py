"""The panel *help*: whoever answers raises a hand or hands over; whoever reads along whispers, joins or takes over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from levelhead.casework.asked_again import Again, asked_again
from levelhead.casework.handover import Called, HandoverState, Why
from levelhead.casework.item import Item, Kind
from levelhead.casework.packet import Packet
from levelhead.casework.whisper import WhisperState
from levelhead.live.helping import latest
from levelhead.people.permission import Action, may
from levelhead.storage.holding import Holding
from levelhead.storage.objections import Objections
from levelhead.web import times
from levelhead.web.help_here import AtHand, helpers_here, names_of, readers_of
from levelhead.web.help_talk import cases_at, packet_of
from levelhead.web.packet_lines import PacketLines, packet_lines
from levelhead.web.panel import Looked, Panel

_ENDED = (HandoverState.LEFT, HandoverState.WITHDRAWN, HandoverState.TAKEN_OVER)
_MOST_WHISPERS = 5


@dataclass(frozen=True, slots=True)
class WhisperLine:
    """A whisper as it is shown."""

    by: str
    words: str
    ago: str


@dataclass(frozen=True, slots=True)
class HelpShown:
    """The panel at one moment. `state` is that of the call for help, '' where there is none to speak of."""

    is_mine: bool
    holder: str
    state: str
    line: str
    asker: str
    helper: str
    is_helper: bool
    to: str
    to_me: bool
    sentence: str
    until: str
    whispers: tuple[WhisperLine, ...]
    readers: tuple[str, ...]
    helpers: tuple[AtHand, ...]
    packet: PacketLines | None
    over_after: int | None
    again: tuple[Again, ...]
    whys: tuple[Why, ...] = tuple(Why)

    @property
    def free(self) -> tuple[AtHand, ...]:
        """Who is here and free."""
        return tuple(one for one in self.helpers if one.free)


def help_panel(looked: Looked) -> Panel | None:
    """The panel for whoever may ask for help here, or give it."""
    page, person = looked.page, looked.page.person
    whose = Holding(page.shelf).whose(looked.conversation) or looked.whose
    is_mine = whose.owner == person.id
    if not looked.timeline or not (is_mine or may(person, Action.GIVE_HELP, whose)):
        return None
    shown = _shown(looked, is_mine)
    opens = shown.is_mine and shown.over_after is not None
    return Panel("help", {"help": shown}, news=_news(shown, looked), key="h", opens=opens)


def _shown(looked: Looked, is_mine: bool) -> HelpShown:
    page = looked.page
    cases = cases_at(page)
    whose = Holding(page.shelf).whose(looked.conversation) or looked.whose
    names, call = names_of(page.shelf), latest(cases, looked.conversation)
    called = call.body if call else Called()
    over = called.over_after if call and call.state == HandoverState.TAKEN_OVER and is_mine else None
    handing = called.handing
    return HelpShown(
        is_mine=is_mine,
        holder=names.get(whose.owner, "") if whose.owner else "",
        state=call.state if call and call.state not in _ENDED else "",
        line=called.line,
        asker=names.get(called.asked_by, "") if called.asked_by else "",
        helper=names.get(called.helper, "") if called.helper else "",
        is_helper=called.helper == page.person.id,
        to=names.get(handing.to, "") if handing else "",
        to_me=handing is not None and handing.to == page.person.id,
        sentence=handing.sentence if handing else "",
        until=_clock(call.due_at, looked) if call and call.due_at else "",
        whispers=_whispers(looked, names),
        readers=tuple(names.get(one, "") for one in readers_of(page, looked.conversation, whose)),
        helpers=helpers_here(page.shelf, page.place.presence, whose, page.now),
        packet=_packet(looked, call, is_mine, over),
        over_after=over,
        again=() if over is None else asked_again(looked.timeline, over),
    )


def _packet(looked: Looked, call: Item[Called] | None, is_mine: bool, over: int | None) -> PacketLines | None:
    """What goes along: before it is handed over for both sides to look at, and afterwards for who has it."""
    if over is None and (call is None or call.state not in (HandoverState.PREPARED, HandoverState.OFFERED)):
        return None
    if not is_mine and call is not None and call.state == HandoverState.PREPARED:
        return None
    page = looked.page
    timeline = Objections(page.shelf).shown(looked.conversation, looked.timeline)
    made: Packet = packet_of(cases_at(page), looked.conversation, timeline, over)
    return packet_lines(made, times.clock_of(timeline, page.now), page.words)


def _whispers(looked: Looked, names: Mapping[UUID, str]) -> tuple[WhisperLine, ...]:
    page = looked.page
    found = cases_at(page).of_conversation(looked.conversation, Kind.WHISPER)
    said = [one for one in found if one.state == WhisperState.SAID][-_MOST_WHISPERS:]
    return tuple(
        WhisperLine(names.get(one.body.by, ""), one.body.words, times.ago(one.opened_at, page.now, page.words))
        for one in said
    )


def _clock(due: datetime, looked: Looked) -> str:
    zone = looked.timeline[-1].turn.started_at
    return looked.page.words.date("time.clock", due.astimezone(zone.tzinfo if zone else None))


def _news(shown: HelpShown, looked: Looked) -> str:
    """The few words beside the panel's name: what has changed for the one who looks."""
    words = looked.page.words
    if shown.state == HandoverState.OFFERED and shown.to_me:
        return words("help.news_for_you")
    if f"help_news.{shown.state}" in words:
        name = shown.to if shown.state == HandoverState.OFFERED else shown.helper or shown.asker
        return words(f"help_news.{shown.state}", name=name)
    if shown.is_mine and shown.whispers:
        return words("help.new_whispers", count=len(shown.whispers))
    if shown.is_mine and shown.readers:
        return words("help.new_reader", name=shown.readers[0])
    return ""
