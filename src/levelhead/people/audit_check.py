"""Goes along a chain of the audit and names every row that is not as it was sealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from levelhead.people.audit import FIRST, Noted, Seal, hash_of
from levelhead.people.audit_head import Head

MOST_COMPARED = 40
"""Rows that are tried in each other's places; beyond so many, they are all called changed."""


class Wrong(StrEnum):
    """What is wrong with a row."""

    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    OUTSIDE = "outside the chain"


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that is not as it was sealed: by its number, up to `last` for several, or by its id where it has none."""

    wrong: Wrong
    number: int | None
    row: UUID | None = None
    last: int | None = None

    def __str__(self) -> str:
        if self.number is None:
            return f"row {self.row}: {self.wrong}"
        if self.last is not None and self.last > self.number:
            return f"rows {self.number} to {self.last}: {self.wrong}"
        return f"row {self.number}{f' ({self.row})' if self.row else ''}: {self.wrong}"


class Link(NamedTuple):
    """A seal, and the row that it is of; None where that is not there any more."""

    seal: Seal
    noted: Noted | None


def findings(tenant: UUID, links: Iterable[Link], head: Head | None = None) -> tuple[Finding, ...]:
    """What is wrong in the chain whose links come in order of their numbers; nothing where all is as it was sealed.

    Without a head, a chain that was cut at its end looks whole, and so does one that was forged from some row on.
    """
    walk = _Walk(tenant, head)
    found = [finding for link in links for finding in walk.on(link)]
    found += walk.ended()
    return tuple(sorted((*found, *_told_apart(tenant, walk.unlike)), key=lambda finding: finding.number or 0))


class _Walk:
    """Where one stands on the way along a chain."""

    def __init__(self, tenant: UUID, head: Head | None) -> None:
        self._tenant = tenant
        self._head = head
        self._before: tuple[Link, str] | None = None
        self._found_head = head is None
        self.unlike: list[Link] = []

    def on(self, link: Link) -> Iterator[Finding]:
        """Go on to the next link, and say what is wrong up to it; links that do not fit their seals are kept apart."""
        seal, noted = link
        expected = self._before[0].seal.number + 1 if self._before else 1
        if seal.number > expected:
            yield Finding(Wrong.MISSING, expected, last=seal.number - 1)
        computed = hash_of(self._tenant, seal.number, noted, seal.previous) if noted else None
        if noted is None:
            yield Finding(Wrong.MISSING, seal.number, seal.row)
        elif computed != seal.hash or noted.id != seal.row:
            self.unlike.append(link)
        elif seal.number == expected:
            yield from self._follows(seal)
        yield from self._is_head(seal)
        self._before = link, computed or seal.hash

    def ended(self) -> Iterator[Finding]:
        """What is missing after the last link."""
        if self._head is not None and not self._found_head:
            first = self._before[0].seal.number + 1 if self._before else 1
            yield Finding(Wrong.MISSING, min(first, self._head.number), last=self._head.number)

    def _follows(self, seal: Seal) -> Iterator[Finding]:
        """A row that is whole in itself was sealed over another one before it: that one is no longer what it was."""
        if self._before is None:
            if seal.previous != FIRST:
                yield Finding(Wrong.CHANGED, seal.number, seal.row)
            return
        link, computed = self._before
        is_told_already = link.noted is None or link in self.unlike
        if seal.previous not in {link.seal.hash, computed} and not is_told_already:
            yield Finding(Wrong.CHANGED, link.seal.number, link.seal.row)

    def _is_head(self, seal: Seal) -> Iterator[Finding]:
        if self._head is not None and seal.number == self._head.number:
            self._found_head = True
            if seal.hash != self._head.hash:
                yield Finding(Wrong.CHANGED, seal.number, seal.row)


def _told_apart(tenant: UUID, unlike: list[Link]) -> Iterator[Finding]:
    """Those that would fit in another one's place stand in the wrong order; the others were changed."""
    numbers = [link.seal.number for link in unlike]
    rows = [link.noted for link in unlike if link.noted]
    for seal, _ in unlike:
        fits = len(unlike) <= MOST_COMPARED and any(
            hash_of(tenant, number, noted, seal.previous) == seal.hash for number in numbers for noted in rows
        )
        yield Finding(Wrong.REORDERED if fits else Wrong.CHANGED, seal.number, seal.row)
