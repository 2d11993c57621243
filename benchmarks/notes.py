"""How true the drafted notes are: `levelhead bench notes --data DIR [--part own] [--emit-items FILE] [--format json]`.

Notes of 30 conversations of slice_e, chosen by the hash of their id, drafted as on the desk: each turn heard, promises
in the ledger. `--part own` drafts those of training/conversations instead, which were read while building. What can be
computed: every quotation stands in its turn; every labelled promise is in the note (in a quotation of its turn that
holds its words for the time, or any quotation of what we said there where it has none); every
number that was given has its words in a turn and stands in the note; how long they are. What cannot is judged by reading: `--emit-items FILE` writes the notes with
their transcripts and the rubric, and the verdicts in benchmarks/verdicts/notes.jsonl are counted while they are of the
notes of today. Exit status 1 where a bound is missed; unjudged notes do not hold the bounds of judging.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import anyio

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks.note_verdicts import Item, check_verdicts
from levelhead import models, packs
from levelhead.casework.item import Item as Casework
from levelhead.casework.item import Kind
from levelhead.casework.note import Drafted, drafted
from levelhead.casework.note_lines import lines_of, plain
from levelhead.casework.note_text import Heading
from levelhead.casework.note_text import as_text as note_text
from levelhead.casework.numbers_given import numbers_given
from levelhead.casework.promise import Promised
from levelhead.casework.quoting import Quote
from levelhead.conversation import Timeline, Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.library import Library
from training.corpus import Talk, own, talks

COUNT = 30
VERDICTS = Path(__file__).parent / "verdicts" / "notes.jsonl"
TODAY = date(2026, 11, 22)
USEFUL = 0.90
_NO_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Told:
    """One conversation with its note."""

    talk: Talk
    timeline: Timeline
    note: Drafted
    text: str
    disposition: str

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Everything that the note quotes."""
        note = self.note
        theirs = tuple(quote for passage in note.passages if passage.theirs for quote in passage.quotes)
        return (*theirs, *note.by, *self.ours, *((note.outcome_words,) if note.outcome_words else ()))

    @property
    def ours(self) -> tuple[Quote, ...]:
        """What it quotes of what we said and promised."""
        said = tuple(quote for passage in self.note.passages if not passage.theirs for quote in passage.quotes)
        return (*said, *(pledge.words for pledge in self.note.promises if pledge.words))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when every bound holds, else 1."""
    ask = parser("notes", __doc__)
    ask.add_argument("--part", choices=("validation", "own"), default="validation")
    ask.add_argument("--emit-items", type=Path, help="write the notes for a judge to this file, and nothing else")
    given = ask.parse_args(argv)
    if given.data is None and given.part == "validation":
        ask.error("--data DIR is needed: the corpus is not shipped")
    told = tuple(drafts(chosen(given.data, given.part)))
    if given.emit_items:
        rows = (json.dumps(item_of(one).as_row(), ensure_ascii=False) for one in told)
        given.emit_items.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return 0
    result = measure(told, judged=given.part == "validation")
    print(json.dumps(result) if given.format == "json" else _as_text(result))
    return status(result["bounds"])


def chosen(data: Path | None, part: str) -> list[Talk]:
    """The conversations, by the hash of their id."""
    every = own() if part == "own" else talks(data or Path(), "validation")
    written = (talk for talk in every if not talk.real)
    return sorted(written, key=lambda talk: sha256(talk.id.encode()).hexdigest())[:COUNT]


def drafts(found: Sequence[Talk]) -> Iterator[Told]:
    """The note of each conversation."""
    for talk, timeline, promises in heard(found):
        note, pack = drafted(timeline, promises), packs.note(talk.raw["locale"])
        zone = next((one.turn.started_at.tzinfo for one in timeline if one.turn.started_at), _NO_ZONE)
        code = pack.proposed(note, TODAY)
        customer = timeline[-1].turn.customer
        heading = Heading(customer) if customer else None  # As on the desk, where the name stands above it.
        yield Told(talk, timeline, note, note_text(lines_of(note, pack, zone), pack, heading), pack.named(code))


def heard(found: Sequence[Talk]) -> Iterator[tuple[Talk, Timeline, tuple[Casework[Promised], ...]]]:
    """Each conversation heard at a desk, with its promises as the ledger has them."""
    with TemporaryDirectory() as folder:
        library = Library.open(f"sqlite:///{folder}/notes.db")
        desk = Desk(library.of(library.first.id), Bus(), models.load(), packs.load)
        for talk in found:
            for turn in _turns(talk):
                anyio.run(partial(desk.hear, turn))
            yield talk, desk.books.timeline(talk.id), desk.cases.of_conversation(talk.id, Kind.PROMISE)
        library.close()


def _turns(talk: Talk) -> Iterator[Turn]:
    raw = talk.raw
    zone = ZoneInfo(raw["zone"]) if "zone" in raw else _NO_ZONE
    started_at = datetime.fromisoformat(raw["started_at"]).replace(tzinfo=zone) if "started_at" in raw else None
    customer = (raw.get("customer") or {}).get("name")
    for n, (speaker, row) in enumerate(zip(talk.speakers, raw["turns"], strict=True)):
        yield Turn(
            talk.id,
            n,
            speaker,
            row["text"],
            talk.channel,
            raw["locale"],
            at=row.get("at"),
            started_at=started_at,
            customer=customer,
        )


def item_of(told: Told) -> Item:
    """The note as a judge sees it."""
    lines = tuple(f"{one.turn.n} {one.turn.speaker}: {one.turn.text}" for one in told.timeline)
    return Item(told.talk.id, told.text, told.disposition, lines)


def measure(told: Sequence[Told], *, judged: bool = True) -> dict[str, Any]:
    """All figures, ready for JSON."""
    quotes = [_stands(one, quote) for one in told for quote in one.quotes]
    promises = [_is_in(one, label) for one in told for label in one.talk.raw.get("promises", ())]
    facts = [
        _is_given(one, fact.value) and _is_told(one, fact.value) for one in told for fact in numbers_given(one.timeline)
    ]
    words = sorted(len(one.text.split()) for one in told)
    verdicts = check_verdicts([item_of(one) for one in told], VERDICTS) if judged else None
    bounds = [
        Bound("notes: quotations that stand in their turn", _share(quotes), 1.0),
        Bound("notes: labelled promises that are missing", promises.count(False), 0, at_most=True),
        Bound("notes: numbers given in a turn that stand in it", _share(facts), 1.0),
    ]
    if verdicts is not None:
        all_judged = not verdicts.unjudged
        bounds += [
            Bound("notes: invented, by reading", verdicts.invented if all_judged else None, 0, at_most=True),
            Bound("notes: promises missing, by reading", verdicts.missing if all_judged else None, 0, at_most=True),
            Bound("notes: useful as handover, by reading", verdicts.useful if all_judged else None, USEFUL),
        ]
    return {
        "model": models.load().name,
        "notes": len(told),
        "quotations": len(quotes),
        "labelled_promises": len(promises),
        "words_median": median(words),
        "words_most": words[-1],
        "verdicts": verdicts.as_row() if verdicts else None,
        "bounds": [bound.as_row() for bound in bounds],
    }


def _share(held: Sequence[bool]) -> float | None:
    return sum(held) / len(held) if held else None


def _stands(told: Told, quote: Quote) -> bool:
    text = next((heard.turn.text for heard in told.timeline if heard.turn.n == quote.n), "")
    return quote.words.removesuffix(" …") in text


def _is_in(told: Told, label: dict[str, Any]) -> bool:
    """Whether a labelled promise can be found in the note."""
    said = " … ".join(plain(quote.words) for quote in told.ours if quote.n == label["turn"]).casefold()
    due = plain(label.get("due_text") or "").casefold()
    return bool(said) and due in said


def _is_told(told: Told, value: str) -> bool:
    """Whether the note names the number, digit for digit."""
    bare = _BESIDE.sub("", value).casefold()
    return bare in _BESIDE.sub("", told.text).casefold()


_BESIDE = re.compile(r"[\W_]")


def _is_given(told: Told, value: str) -> bool:
    """Whether the fact stands in a turn, or was read there from words that do."""
    if any(value in heard.turn.text for heard in told.timeline):
        return True
    return any(
        fact.value == value and heard.turn.text[fact.span.start : fact.span.end].strip()
        for heard in told.timeline
        for fact in heard.reading.facts
    )


def _as_text(result: dict[str, Any]) -> str:
    head = (
        f"{result['notes']} notes, {result['quotations']} quotations, {result['labelled_promises']} labelled promises; "
        f"{result['words_median']:g} words in the median, {result['words_most']} at most"
    )
    verdicts = result["verdicts"]
    judged = f"Judged by reading: {verdicts['judged']} of {result['notes']}" if verdicts else "Not judged by reading"
    return "\n".join((head, judged, as_text(result["bounds"])))


if __name__ == "__main__":
    raise SystemExit(main())
