"""The *Now* page: every conversation in one line that says where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from levelhead.conversation import Channel, Cue, CustomerReading, Speaker, Timeline
from levelhead.people.person import Person
from levelhead.storage.books import Books
from levelhead.storage.objections import Objections, as_put_right
from levelhead.web import times
from levelhead.web.beside import Beside
from levelhead.web.card_words import told
from levelhead.web.seeing import Glance, Marks, seen_by
from levelhead.web.veil import words_alone
from levelhead.web.words import Words

# Nobody leaves a live conversation for longer than this; a mail is answered the same half hour or stands under Earlier.
LIVE_FOR = timedelta(minutes=30)
_MOST = 60
_MOST_SHOWN = 2
_MOST_WORDS = 160
# Weightiest first: what a colleague glancing over would want to know.
_WORTH_SAYING = (
    Cue.SELF_HARM,
    Cue.ASKS_SUPERVISOR,
    Cue.THREATENS_EXPOSURE,
    Cue.THREATENS_TO_LEAVE,
    Cue.VULNERABLE,
    Cue.DEADLINE,
    Cue.REPEAT_CONTACT,
    Cue.STILL_UNRESOLVED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation: who, how they sound, what else matters, and the suggestion that stands or what was said."""

    id: str
    who: str | None
    channel: Channel
    feeling: CustomerReading | None
    shows: tuple[Cue, ...]
    card: str | None
    last_words: str
    heard_at: datetime
    ago: str
    is_live: bool


def rows_of(books: Books, person: Person, now: datetime, words: Words) -> tuple[Row, ...]:
    """What the person may open, live conversations by name, so that a line stays where the eye left it; then the
    earlier ones, newest first.
    """
    seen = seen_by(books, person, _MOST)
    marks = Objections(books.shelf).among(glance.summary.id for glance in seen)
    rows = [_row(glance, _right(books, glance, marks), now, words) for glance in seen]
    live = sorted((row for row in rows if row.is_live), key=lambda row: ((row.who or "").casefold(), row.id))
    return (*live, *(row for row in rows if not row.is_live))


def _row(glance: Glance, timeline: Timeline, now: datetime, words: Words) -> Row:
    found = glance.summary
    if not glance.with_readings:
        timeline = tuple(words_alone(heard) for heard in timeline)
    is_live = not found.ended and now - found.last_heard_at < LIVE_FOR
    return Row(
        id=found.id,
        who=found.customer,
        channel=found.channel,
        feeling=_feeling(timeline),
        shows=_shows(timeline),
        card=told(found.showing.title, words) if found.showing and is_live else None,
        last_words=_last_words(timeline),
        heard_at=found.last_heard_at,
        ago=times.ago(found.last_heard_at, now, words),
        is_live=is_live,
    )


def _right(books: Books, glance: Glance, marks: Mapping[str, Marks]) -> Timeline:
    """The conversation with what its customer put right; a feeling that they dispute is left out."""
    name = glance.summary.id
    beside = Beside(marks.get(name, {}))
    return beside.without_disputed(as_put_right(books.timeline(name), beside.marks))


def _feeling(timeline: Timeline) -> CustomerReading | None:
    return next((heard.reading.of_customer for heard in reversed(timeline) if heard.reading.of_customer), None)


def _last_words(timeline: Timeline) -> str:
    """How the customer's latest turn begins."""
    said = (heard.turn.text for heard in reversed(timeline) if heard.turn.speaker is Speaker.CUSTOMER)
    return " ".join(next(said, "").split())[:_MOST_WORDS]


def _shows(timeline: Timeline) -> tuple[Cue, ...]:
    fired = {label for heard in timeline for label in heard.reading.fired}
    return tuple(cue for cue in _WORTH_SAYING if cue in fired)[:_MOST_SHOWN]
