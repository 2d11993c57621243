"""What the pages of packs show: the list of packs, where one stands, its editions and its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Final

from levelhead.casework.edition import BUILT_IN, Edition, EditionState, draft, in_force
from levelhead.live.editing import Editing, Standing
from levelhead.packs.checking import NotUsable
from levelhead.packs.kinds import PackKind, kind_of, names, part_of
from levelhead.packs.sentences import WORDS_ONLY, Sentence, has_words, sentences
from levelhead.people.permission import Action, may
from levelhead.people.person import Whose
from levelhead.storage.accounts import People
from levelhead.storage.opening_hours import Opening
from levelhead.web import times
from levelhead.web.languages import named
from levelhead.web.rendering import Page

_NAMED_BY_RULES: Final = PackKind.COMPLAINTS


@dataclass(frozen=True, slots=True)
class Row:
    """A pack in the list. `mark` is what is to be known of it: `draft`, `edited` or ''."""

    name: str
    label: str
    mark: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The packs of one kind; `at` is the one that its name leads to."""

    label: str
    at: str
    is_here: bool
    mark: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in the history."""

    number: int
    state: str
    says: str
    by: str
    why: str
    back_to: str
    settled: str
    is_in_force: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a pack stands, and what whoever looks may do with it."""

    name: str
    label: str
    about: str
    standing: Standing
    stands: str
    waits: str
    has_words: bool
    hint: str
    drafts: bool
    settles: bool
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A sentence in the form. `slip` is what is wrong with what was typed, '' where nothing is."""

    key: str
    label: str
    text: str
    slots: tuple[str, ...]
    rows: int
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said together: a card with its headline, a rung on every channel."""

    label: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a pack, to go to."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one part of a pack, or those that were looked for."""

    sections: tuple[Section, ...]
    at: str
    entries: tuple[Entry, ...]
    find: str = ""

    @property
    def places(self) -> int:
        """How many sentences there are."""
        return sum(len(entry.fields) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed into a form that was not taken, by field, and why."""

    words: Mapping[str, str] = field(default_factory=dict)
    slip: NotUsable | None = None


def shown_of(page: Page, pack: str) -> Shown:
    """Where a pack stands, for whoever looks. Waits on the database."""
    standing, lines = Editing(page.shelf).standing(pack), Lines(page)
    house = Whose(page.person.tenant)
    return Shown(
        name=pack,
        label=label_of(page, pack),
        about=page.words(f"pack_about.{kind_of(pack)}"),
        standing=standing,
        stands=lines.stands(standing),
        waits=lines.waits(standing.draft),
        has_words=has_words(pack),
        hint=_hint(page, pack),
        drafts=may(page.person, Action.DRAFT_PACK, house),
        settles=may(page.person, Action.SETTLE_PACK, house),
        kinds=kinds_of(page, pack),
    )


def _hint(page: Page, pack: str) -> str:
    """What there is to know before one edits its text."""
    if not has_words(pack):
        return page.words("packs.no_words")
    return page.words("packs.only_words") if kind_of(pack) in WORDS_ONLY else ""


def kinds_of(page: Page, here: str = "") -> tuple[Kind, ...]:
    """Every pack, by kind, with what has become of it."""
    found: dict[str, list[Edition]] = {}
    for edition in Editing(page.shelf).editions.everything():
        found.setdefault(edition.pack, []).append(edition)
    kinds = []
    for kind, group in groupby(names(), kind_of):
        rows = tuple(Row(name, part_label(page, name), _mark(found.get(name, []))) for name in group)
        first = next((row.name for row in rows if part_of(row.name) == page.words.locale), rows[0].name)
        mark = next((row.mark for row in sorted(rows, key=lambda row: row.mark != "draft") if row.mark), "")
        is_here = here in {row.name for row in rows}
        kinds.append(Kind(page.words(f"pack_kind.{kind}"), first, is_here, mark, rows))
    return tuple(kinds)


def label_of(page: Page, pack: str) -> str:
    """What people call a pack."""
    kind, part = page.words(f"pack_kind.{kind_of(pack)}"), part_label(page, pack)
    return f"{kind}: {part}" if part else kind


def part_label(page: Page, pack: str) -> str:
    """What tells a pack from others of its kind: its language, or the name of its rules."""
    part = part_of(pack)
    if kind_of(pack) is _NAMED_BY_RULES:
        rules = page.desk.packs.complaints().get(part)
        return rules.title if rules else part
    return named(part, page.words.locale) if part and kind_of(pack) is not PackKind.HEARD else ""


class Lines:
    """Editions as a page tells of them: who, when and why."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = {f"person:{one.id}": one.shown_as for one in People(page.shelf).all()}
        self._zone: tzinfo = Opening(page.shelf).hours().tz

    def stands(self, standing: Standing) -> str:
        """Which edition is in force, since when and by whom."""
        one = standing.in_force
        if one is None:
            return self._page.words("packs.built_in_force")
        by, when = self._who(one.settled_by), self.when(one.settled_at or one.at)
        return self._page.words("packs.in_force", number=one.number, name=by, when=when)

    def waits(self, waiting: Edition | None) -> str:
        """That a draft waits, and whose; '' where none does."""
        if waiting is None:
            return ""
        by, when = self._who(waiting.by), self.when(waiting.at)
        return self._page.words("packs.draft_waits", number=waiting.number, name=by, when=when)

    def history(self, standing: Standing) -> tuple[EditionLine, ...]:
        """Every edition, the newest first, and the pack that comes with Levelhead at the end."""
        words = self._page.words
        built_in = EditionLine(
            BUILT_IN, "", words("packs.built_in"), "", "", "", "", standing.in_force is None, is_draft=False
        )
        return (*(self._line(one, standing) for one in standing.editions), built_in)

    def latest(self, editions: tuple[Edition, ...]) -> tuple[tuple[str, str, EditionLine], ...]:
        """Editions of any packs: the pack, what people call it, and the line."""
        return tuple((one.pack, label_of(self._page, one.pack), self._line(one, None)) for one in editions)

    def _line(self, one: Edition, standing: Standing | None) -> EditionLine:
        words = self._page.words
        settled = ""
        if one.settled_at and one.settled_by != one.by:
            settled = words("packs.settled", name=self._who(one.settled_by), when=self.when(one.settled_at))
        return EditionLine(
            number=one.number,
            state=one.state,
            says=words(f"edition_is.{one.state}"),
            by=words("packs.by", name=self._who(one.by), when=self.when(one.at)),
            why=one.why,
            back_to="" if one.back_to is None else self._back_to(one.back_to),
            settled=settled,
            is_in_force=standing is not None and standing.in_force == one,
            is_draft=one.state is EditionState.DRAFT,
        )

    def _back_to(self, number: int) -> str:
        words = self._page.words
        return words("packs.back_to_built_in") if number == BUILT_IN else words("packs.back_to", number=number)

    def _who(self, by: str | None) -> str:
        return self._names.get(by or "", self._page.words("packs.somebody"))

    def when(self, at: datetime) -> str:
        """A moment as people say it."""
        return times.when(at.astimezone(self._zone), self._page.now, self._page.words)


def wording_of(page: Page, pack: str, text: str, at: str, find: str, typed: Typed) -> Wording:
    """The sentences of one part of this text, or, in all of it, those that hold the words that are looked for."""
    known = tuple(enumerate(sentences(pack, text)))
    counts: dict[str, set[str]] = {}
    for _, one in known:
        counts.setdefault(one.section, set()).add(one.entry)
    at = at if at in counts else next(iter(counts), "")
    wanted = find.casefold()
    chosen = [(n, one) for n, one in known if (wanted in one.text.casefold() if wanted else one.section == at)]
    entries = (
        _entry(page, entry, list(group), typed)
        for entry, group in groupby(chosen, key=lambda numbered: numbered[1].entry)
    )
    sections = tuple(Section(name, _section(page, name), len(entries)) for name, entries in counts.items())
    return Wording(sections, "" if wanted else at, tuple(entries), find)


def _entry(page: Page, entry: str, group: list[tuple[int, Sentence]], typed: Typed) -> Entry:
    about = "; ".join(
        page.words(f"pack_said.{key}", what=value.replace("_", " "))
        for key, value in group[0][1].about.items()
        if f"pack_said.{key}" in page.words
    )
    label = _plain(entry.rpartition(".")[2])
    return Entry(label, about, tuple(_field(page, n, one, typed) for n, one in group))


def _field(page: Page, number: int, one: Sentence, typed: Typed) -> Field:
    key, last = f"w{number}", one.path[-1]
    text = typed.words.get(key, one.text)
    label = next(
        (page.words(name) for name in (f"pack_field.{last}", f"channel.{last}") if name in page.words), _plain(last)
    )
    slip = typed.slip if typed.slip and key in typed.words and _is_at(typed.slip.where, one) else None
    rows = max(1, text.count("\n") + 1, -(-len(text) // 80))
    return Field(key, label, text, one.slots, rows, f"{slip.wrong}; {slip.mend}" if slip else "")


def _is_at(where: str, one: Sentence) -> bool:
    path = ".".join(one.path)
    return path == where or path.startswith(f"{where}.")


def _section(page: Page, name: str) -> str:
    if not name:
        return page.words("packs.general")
    last = name.rpartition(".")[2]
    return page.words(f"fault.{last}") if f"fault.{last}" in page.words else _plain(last)


def _plain(name: str) -> str:
    text = name.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _mark(editions: list[Edition]) -> str:
    return "draft" if draft(editions) else "edited" if in_force(editions) else ""
