"""The note of a conversation: drafted afresh at every look until a person seals it, and told to the outside then."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from levelhead.casework.follow_up import Occasion
from levelhead.casework.item import Item, Kind
from levelhead.casework.note import drafted
from levelhead.casework.note_lines import lines_of, plain
from levelhead.casework.note_pack import Disposition, NotePack
from levelhead.casework.noted import (
    LONGEST,
    MOST_LINES,
    NOTE,
    Addendum,
    Noted,
    NoteLine,
    NoteMove,
    NoteState,
    changed,
    line_named,
    merged,
    put_back,
    written,
)
from levelhead.conversation import Cue, Move, Speaker, Timeline
from levelhead.live import events
from levelhead.live.follow_up_planning import After, follow_ups_after
from levelhead.live.packs_in_force import packs_of
from levelhead.privacy.redact import redact
from levelhead.privacy.sealed import seal
from levelhead.storage.cases import Cases, NotNow, UnknownItem
from levelhead.storage.refusals import Refused


class NotADisposition(Refused):
    """A code that the pack does not have, or that can be chosen no longer."""


class TooMuch(Refused):
    """More lines than a note holds."""


@dataclass(frozen=True, slots=True)
class About:
    """The conversation that a note is of: its turns as they are shown to who writes it, and whose team it is.

    Where a team is not shown what was read, `timeline` is empty, and nothing is drafted.
    """

    conversation: str
    timeline: Timeline
    team: UUID | None
    locale: str = "en-GB"


@dataclass(frozen=True, slots=True)
class Standing:
    """A note as it stands. `item` is None while nobody has touched it; `disposition` is proposed until it is chosen."""

    item: Item[Noted] | None
    lines: tuple[NoteLine, ...]
    draft: tuple[NoteLine, ...]
    disposition: str
    chosen: bool
    pack: NotePack

    @property
    def is_sealed(self) -> bool:
        """Whether it can only be added to."""
        return self.item is not None and self.item.state == NoteState.SEALED

    @property
    def left_out(self) -> int:
        """How many drafted lines somebody struck."""
        return len(self.item.body.left_out) if self.item and not self.is_sealed else 0


class Notes:
    """The notes of one tenant. What a note's state does not allow raises NotNow, and nothing is changed."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def standing(self, about: About) -> Standing:
        """The note as it stands now: sealed as it was sealed, else drafted afresh with what people changed."""
        item, pack = self.item(about.conversation), self._pack(about)
        if item is not None and item.state == NoteState.SEALED:
            return Standing(item, item.body.lines, (), item.body.disposition, chosen=True, pack=pack)
        zone = next((heard.turn.started_at.tzinfo for heard in about.timeline if heard.turn.started_at), None)
        promises = self._cases.of_conversation(about.conversation, Kind.PROMISE) if about.timeline else ()
        made = drafted(about.timeline, promises)
        draft, body = lines_of(made, pack, zone), item.body if item else Noted()
        proposed = body.disposition or pack.proposed(made, self._today())
        return Standing(item, merged(draft, body), draft, proposed, chosen=bool(body.disposition), pack=pack)

    def _pack(self, about: About) -> NotePack:
        return packs_of(self._cases.shelf).note(about.locale)

    def item(self, conversation: str) -> Item[Noted] | None:
        """The note of a conversation; None while nobody has touched it."""
        try:
            return self._cases.keyed(Kind.NOTE, conversation)
        except UnknownItem:
            return None

    def choices(self, about: About) -> tuple[Disposition, ...]:
        """The dispositions that can be chosen today."""
        return self._pack(about).choices(self._today())

    def begin(self, about: About) -> Item[Noted]:
        """Begin the note, where nobody has."""
        return self._begun(about)

    def change(self, about: About, key: str, words: str) -> Item[Noted]:
        """Say a line in other words; no words strike it. A key that is not there changes nothing."""
        draft, kept = self.standing(about).draft, clean(words, about.locale)
        return self._edit(about, lambda body: changed(body, draft, key, kept))

    def put_back(self, about: About) -> Item[Noted]:
        """Have every line that was struck stand again."""
        return self._edit(about, put_back)

    def write(self, about: About, words: str) -> Item[Noted]:
        """Add a line in one's own words. Raises TooMuch."""
        kept = clean(words, about.locale)
        if not kept:
            return self._begun(about)
        if len(self.standing(about).lines) >= MOST_LINES:
            raise TooMuch(f"A note has at most {MOST_LINES} lines; strike one first.")
        return self._edit(about, lambda body: written(body, kept))

    def choose(self, about: About, disposition: str) -> Item[Noted]:
        """File it under this code. Raises NotADisposition."""
        self._check(about, disposition)
        return self._edit(about, lambda body: replace(body, disposition=disposition))

    def seal(
        self, about: About, by: UUID, shown: tuple[tuple[str, str], ...] | None = None, disposition: str = ""
    ) -> Item[Noted]:
        """Confirm it as it stands, or as it was `shown` (keys and words): what nobody saw is not sealed.

        Whoever holds the conversation, or whoever may write it, does so by name. Raises NotNow where it is sealed.
        """
        if disposition:
            self._check(about, disposition)
        was = self._begun(about)
        stands = self.standing(about)
        lines = stands.lines if shown is None else self._as_shown(about, stands, shown)
        sealed = replace(
            was.body,
            lines=lines,
            left_out=tuple(line.key for line in stands.draft if line.key not in {one.key for one in lines}),
            disposition=disposition or stands.disposition,
            pack=stands.pack.name,
            through=about.timeline[-1].turn.n if about.timeline else None,
            sealed_by=by,
            sealed_at=self._cases.now(),
        )
        told = events.NoteSealed(about.conversation, str(was.id))
        cause = next((one.reading.cause.name for one in reversed(about.timeline) if one.reading.cause), "")
        then = After(about.conversation, Occasion.NOTE, None, cause, sealed.disposition, about.locale)
        self._cases.write(
            self._cases.moving(was.id, NOTE, NoteState, NoteMove.SEAL, body=sealed, owner=None),
            events.written([told], self._cases.now()),
            *follow_ups_after(self._cases, then),
        )
        return self._cases.get(was.id)

    def add(self, about: About, by: UUID, words: str) -> Item[Noted]:
        """Add to a sealed note, by name. Raises NotNow where there is none, or where nothing is added."""
        item, kept = self.item(about.conversation), clean(words, about.locale)
        if item is None or not kept:
            raise NotNow("There is no sealed note to add to, or nothing was added.")
        more = Addendum(by, self._cases.now(), kept)
        self._move(item, NoteMove.ADD, lambda body: replace(body, addenda=(*body.addenda, more)))
        return self._cases.get(item.id)

    def _as_shown(self, about: About, stands: Standing, shown: tuple[tuple[str, str], ...]) -> tuple[NoteLine, ...]:
        body = stands.item.body if stands.item else Noted()
        seen = {key: clean(words, about.locale) for key, words in shown}
        for line in stands.lines:
            body = changed(body, stands.draft, line.key, seen.pop(line.key, ""))
        # A turn has come since it was shown, and the draft has dropped or renamed what stood there.
        gone = (old for key, words in seen.items() if words and (old := line_named(key, words)))
        return merged(stands.draft, replace(body, lines=(*body.lines, *gone)))

    def _begun(self, about: About) -> Item[Noted]:
        known = self.item(about.conversation)
        if known is not None:
            return known
        opening = self._cases.opening(
            Kind.NOTE,
            about.conversation,
            Noted(pack=self._pack(about).name),
            machine=NOTE,
            move=NoteMove.BEGIN,
            conversation=about.conversation,
            team=about.team,
        )
        return self._cases.open(Kind.NOTE, about.conversation, opening)

    def _edit(self, about: About, edit: Callable[[Noted], Noted]) -> Item[Noted]:
        item = self._begun(about)
        if item.state == NoteState.DRAFTED and edit(item.body) == item.body:
            return item
        self._move(item, NoteMove.EDIT, edit)
        return self._cases.get(item.id)

    def _move(self, item: Item[Noted], move: NoteMove, body: Callable[[Noted], Noted]) -> None:
        self._cases.write(self._cases.moving(item.id, NOTE, NoteState, move, body=body))

    def _check(self, about: About, disposition: str) -> None:
        if disposition not in {one.code for one in self.choices(about)}:
            raise NotADisposition(f"There is no disposition {disposition!r} that can be chosen today.")

    def _today(self) -> date:
        return self._cases.now().date()


def seems_over(timeline: Timeline) -> bool:
    """Whether somebody is saying goodbye: then the note is offered, and not before."""
    last = timeline[-_LAST_WORDS:]
    ours = any(heard.reading.shows(move) for heard in last for move in _CLOSES)
    theirs = [heard for heard in last if heard.turn.speaker is Speaker.CUSTOMER]
    return ours or any(_says_goodbye(heard.turn.text) or heard.reading.shows(Cue.CONFIRMS_RESOLVED) for heard in theirs)


_LAST_WORDS = 2
_CLOSES = (Move.CLOSE, Move.END_CONTACT)
_GOODBYES = frozenset({"bye", "goodbye", "cheerio", "cheers", "ciao", "ta-ra", "farewell"})


def _says_goodbye(text: str) -> bool:
    words = text.lower().replace(",", " ").replace(".", " ").replace("!", " ").split()
    return bool(_GOODBYES & set(words[-_AT_THE_END:]))


_AT_THE_END = 4  # Words.


def clean(words: str, locale: str = "en-GB") -> str:
    """What somebody typed, as it is kept: on one line, without secrets, placeholders for what is kept sealed."""
    return seal(redact(plain(words)).text, locale)[0][:LONGEST]
