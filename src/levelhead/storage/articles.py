"""The articles of a tenant: those in its folder, and those that were sent to us."""

import os
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from levelhead.casework.articles import Article, article_of
from levelhead.people.audit import Deed
from levelhead.storage import tables
from levelhead.storage.audit_notes import note
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Shelf
from levelhead.storage.refusals import Refused

MOST, MOST_BYTES = 500, 200_000
"""Articles of a folder, and bytes of one: what is beyond is not read."""


class UnknownArticle(Refused):
    """There is no article of this name."""


class Articles:
    """The articles that were sent to us, of the tenant whose shelf this is."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = utc_now) -> None:
        self._shelf = shelf
        self._clock = clock

    def all(self) -> tuple[tuple[str, Article], ...]:
        """Each with its name, in the order of the names; at most MOST."""
        row = tables.article.c
        with self._shelf.reading() as connection:
            rows = connection.execute(select(tables.article).order_by(row.name).limit(MOST)).all()
        return tuple((one.name, Article(one.title, one.source, one.body)) for one in rows)

    def keep(self, name: str, article: Article) -> None:
        """Keep an article under this name, in the place of the one that had it."""
        told = {"title": article.title, "source": article.source, "body": article.body, "changed_at": self._clock()}
        with self._shelf.writing() as connection:
            mine = tables.article.c.name == name
            if not connection.execute(update(tables.article).where(mine).values(told)).rowcount:
                connection.execute(insert(tables.article), {"id": new_id(), "name": name} | told)
            note(connection, Deed.ARTICLE_KEPT, "article", at=self._clock())

    def remove(self, name: str) -> None:
        """Take an article out. Raises UnknownArticle."""
        with self._shelf.writing() as connection:
            if not connection.execute(delete(tables.article).where(tables.article.c.name == name)).rowcount:
                raise UnknownArticle("There is no article of this name.")
            note(connection, Deed.ARTICLE_REMOVED, "article", at=self._clock())


def articles_in(folder: Path) -> tuple[Article, ...]:
    """The Markdown files of a folder and those below it; nothing where there is none.

    Links are not followed, so that no article leads out of the folder; what is too long or no UTF-8 is passed over.
    """
    return tuple(_articles(folder))


def _articles(folder: Path) -> Iterator[Article]:
    found = 0
    for above, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(above, name)
            if path.suffix.lower() != ".md" or found >= MOST:
                continue
            text = _text(path)
            if text is not None:
                found += 1
                yield article_of(text, path.relative_to(folder).as_posix())


def _text(path: Path) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            known = os.fstat(descriptor)
            if not stat.S_ISREG(known.st_mode) or known.st_size > MOST_BYTES:
                return None
            return file.read(MOST_BYTES).decode()
    except (OSError, UnicodeDecodeError):
        return None
