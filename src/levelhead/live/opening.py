"""Opens the desk of this machine: the books of the data folder, the reading model, the packs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from levelhead import models, packs
from levelhead.listening.reader import Reader
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.settings import Settings
from levelhead.storage.books import Books

log = structlog.get_logger(__name__)


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """The desk, until the block ends; then who watches is let go. Raises AlreadyOpen, NotOurs or CannotKeep."""
    for locale in ("en-GB", "en-US"):  # A broken pack is found now, and not by the first customer.
        packs.load(locale)
    books = Books.open(settings.database)
    bus = Bus()
    try:
        yield Desk(books, bus, reader_or_none(), packs.load)
    finally:
        bus.close()
        books.close()


def reader_or_none(folder: Path = models.FOLDER) -> Reader | None:
    """The reading model in `folder`, as shipped; None when it cannot be loaded, and the log says why."""
    try:
        return models.load(folder)
    except models.ModelMissing as missing:
        log.warning("The reading model is missing, so turns are kept but not read", why=str(missing))
        return None
