"""What help in a conversation needs to know of it: its channel, its last turn, its packet and its sentence."""

from typing import NamedTuple
from uuid import UUID

from levelhead.casework.handover import Handing, Why
from levelhead.casework.item import Kind
from levelhead.casework.packet import Packet, packet
from levelhead.casework.spoken import saying
from levelhead.conversation import Timeline
from levelhead.live.helping import Talk
from levelhead.packs import Packs
from levelhead.people.person import Whose
from levelhead.storage.cases import Cases
from levelhead.web.rendering import Page


class Told(NamedTuple):
    """What a hand-over is told in: the conversation, the language that its customer has told us, '' for none, packs."""

    timeline: Timeline
    language: str
    packs: Packs


def talk_of(conversation: str, timeline: Timeline, whose: Whose, packs: Packs) -> Talk:
    """The conversation as help sees it; it has a turn at least."""
    last = timeline[-1].turn
    return Talk(conversation, whose.team, last.n, packs.help_pack(last.locale).limits[last.channel])


def handing_of(talk: Told, to: UUID, name: str, why: Why, contact: str) -> Handing:
    """A hand-over to this person, with the sentence that tells the customer, for their language and channel."""
    contact, channel = " ".join(contact.split()), talk.timeline[-1].turn.channel
    sentence = talk.packs.help_pack(saying(talk.timeline, talk.language)).sentence(channel, name, why, contact)
    return Handing(to, why, sentence, contact)


def packet_of(cases: Cases, conversation: str, timeline: Timeline, until: int | None = None) -> Packet:
    """The packet of a conversation as it is shown to who asks; `until` a turn, where it was handed over then."""
    shown = tuple(heard for heard in timeline if until is None or heard.turn.n <= until)
    promises, remedies = (cases.of_conversation(conversation, kind) for kind in (Kind.PROMISE, Kind.REMEDY))
    return packet(shown, promises, remedies)


def cases_at(page: Page) -> Cases:
    """The casework of whoever looks, by the clock of the house."""
    return Cases(page.desk.books, page.place.clock)
