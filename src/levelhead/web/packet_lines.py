"""The packet of a hand-over as lines of a page: few words, each with the turn that they come from."""

from dataclasses import dataclass
from datetime import datetime

from levelhead.casework.packet import Packet
from levelhead.casework.quoting import Quote
from levelhead.web import times
from levelhead.web.words import Words


@dataclass(frozen=True, slots=True)
class PacketLine:
    """One thing of the packet; `n` is its turn, `note` what stands behind it."""

    words: str
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PacketPart:
    """A heading (its key in the catalogue) and its lines."""

    name: str
    lines: tuple[PacketLine, ...]


@dataclass(frozen=True, slots=True)
class PacketLines:
    """The parts that have something to say, in the order in which they are needed."""

    about: str
    parts: tuple[PacketPart, ...]


def packet_lines(packet: Packet, now: datetime, words: Words) -> PacketLines:
    """The packet in words."""
    wanted = (packet.wanted,) if packet.wanted else ()
    asked = (packet.asked_for,) if packet.asked_for else ()
    parts = (
        PacketPart("wanted", _quotes((*wanted, *asked))),
        PacketPart("promises", _promises(packet, now, words)),
        PacketPart("remedies", _remedies(packet, words)),
        PacketPart("questions", _quotes(packet.questions)),
        PacketPart("avoid", _avoid(packet, words)),
        PacketPart("facts", tuple(PacketLine(one.value, one.n, words(f"fact.{one.kind}")) for one in packet.facts)),
        PacketPart("tried", _quotes(packet.tried)),
        PacketPart("declined", _quotes(packet.declined)),
        PacketPart("turned_down", _quotes(packet.turned_down)),
        PacketPart("course", _course(packet, words)),
    )
    return PacketLines(_about(packet, words), tuple(part for part in parts if part.lines))


def _quotes(quotes: tuple[Quote, ...]) -> tuple[PacketLine, ...]:
    return tuple(PacketLine(quote.words, quote.n) for quote in quotes)


def _about(packet: Packet, words: Words) -> str:
    cause = words(f"cause.{packet.cause}") if packet.cause else ""
    issue = words.issue(packet.issue.replace("_", " ")) if packet.issue else ""
    if issue and cause:
        return words("about.both", issue=issue, cause=cause)
    return words("about.only", what=issue or cause) if issue or cause else ""


def _promises(packet: Packet, now: datetime, words: Words) -> tuple[PacketLine, ...]:
    return tuple(
        PacketLine(one.action, one.n, _when(one.due, now, words) if one.due else one.due_text)
        for one in packet.promises
    )


def _remedies(packet: Packet, words: Words) -> tuple[PacketLine, ...]:
    return tuple(PacketLine(one.name, note=words(f"packet_remedy.{one.state}")) for one in packet.remedies)


def _when(due: datetime, now: datetime, words: Words) -> str:
    return times.due(due.astimezone(now.tzinfo), now, words)


def _avoid(packet: Packet, words: Words) -> tuple[PacketLine, ...]:
    return tuple(
        PacketLine(words(f"avoid.{one.what}"), last.n if last else None, last.words if last else "")
        for one in packet.avoid
        for last in [one.where[-1] if one.where else None]
    )


def _course(packet: Packet, words: Words) -> tuple[PacketLine, ...]:
    """Where it began, where it was strongest, and where it is now; each once."""
    if not packet.course:
        return ()
    strongest = max(packet.course, key=lambda mood: mood.intensity)
    chosen = {mood.n: mood for mood in (packet.course[0], strongest, packet.course[-1])}
    return tuple(PacketLine(words(f"emotion.{chosen[n].emotion}.{chosen[n].intensity}"), n) for n in sorted(chosen))
