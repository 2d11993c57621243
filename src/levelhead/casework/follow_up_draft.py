"""A follow-up, drafted from what a sealed note, kept promises and granted remedies say, and from nothing else.

Whatever of it is ours is quoted as it was said; days and amounts are those of the records. So it may say little, and
never anything that did not happen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from levelhead.casework.follow_up import Occasion, Way
from levelhead.casework.follow_up_pack import FollowUpPack
from levelhead.casework.item import Item
from levelhead.casework.noted import Noted, NoteState, Part
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.remedy import Remedied, RemedyState
from levelhead.casework.remedy_pack import Remedies
from levelhead.conversation import Cause

MOST_SAID = 2
"""Of our own sentences, so many are repeated: the last ones, by which it was settled."""


@dataclass(frozen=True, slots=True)
class Done:
    """A promise that was kept: the words of it, and when."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a follow-up can say: when they were in touch and about what, what we said, kept and granted."""

    on: datetime
    cause: str = ""
    said: tuple[str, ...] = ()
    kept: tuple[Done, ...] = ()
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A subject and a text; paragraphs have an empty line between them."""

    subject: str
    text: str


def grounds_of(on: datetime, cause: str, items: Iterable[Item[object]], remedies: Remedies) -> Grounds:
    """What the casework of a conversation says that is settled: a sealed note, kept promises, granted remedies."""
    said: list[str] = []
    kept: list[Done] = []
    agreed: list[str] = []
    for item in items:
        match item.body:
            case Noted() as note if item.state == NoteState.SEALED:
                said += [line.words for line in note.lines if line.part is Part.OURS]
            case Promised() as promise if item.state == PromiseState.KEPT:
                kept.append(Done(promise.action, promise.kept_at or item.changed_at))
            case Remedied() as remedy if item.state == RemedyState.GRANTED and remedy.granted:
                chosen = remedy.granted.chosen
                amount = f" ({remedies.currency.written(chosen.cost.minor)})" if chosen.cost else ""
                agreed.append(chosen.name + amount)
    return Grounds(on, cause, tuple(said[-MOST_SAID:]), tuple(kept), tuple(agreed))


def drafted(
    grounds: Grounds, pack: FollowUpPack, way: Way, *, occasion: Occasion, days: int, name: str, agent: str
) -> Draft:
    """The draft; `days` is how long ago it was put right, for a look back."""
    about = pack.about.get(Cause(grounds.cause), "") if grounds.cause in set(Cause) else ""
    day = pack.on(grounds.on)
    subject = pack.subject.format(about=about) if about else pack.subject_plain.format(day=day)
    looks_back = occasion is Occasion.RELATIONSHIP
    touch = pack.say(way, "touch_about", day=day, about=about) if about else pack.say(way, "touch", day=day)
    paragraphs = (
        pack.say(way, "hello", name=name, agent=agent) if name else pack.say(way, "hello_nameless", agent=agent),
        f"{touch} {pack.say(way, 'back', days=days)}" if looks_back else touch,
        "\n".join(_settled(grounds, pack, way)),
        pack.say(way, "ask_back" if looks_back else "ask"),
        pack.say(way, "thanks_about", about=about) if about else pack.say(way, "thanks"),
        pack.say(way, "bye", agent=agent),
    )
    return Draft(subject, "\n\n".join(paragraph for paragraph in paragraphs if paragraph))


def _settled(grounds: Grounds, pack: FollowUpPack, way: Way) -> Iterator[str]:
    for words in grounds.said:
        yield pack.say(way, "said", words=words)
    for done in grounds.kept:
        yield pack.say(way, "kept", words=done.words, day=pack.on(done.at))
    for what in grounds.agreed:
        yield pack.say(way, "agreed", what=what)
