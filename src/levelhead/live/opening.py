"""Opens the desks of this machine: the database, the reading model, the packs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from levelhead import models, packs
from levelhead.advising.pack import Pack
from levelhead.listening.reader import Reader
from levelhead.live.bus import Bus
from levelhead.live.desks import Desks, Kind
from levelhead.live.packs_in_force import packs_of
from levelhead.live.unlocking import vault_of
from levelhead.settings import Settings
from levelhead.storage.books import Books
from levelhead.storage.erasure import Erasure
from levelhead.storage.library import Library

log = structlog.get_logger(__name__)


@contextmanager
def open_desks(
    settings: Settings, kind: Callable[[Books, Bus, Reader | None, Callable[[str], Pack]], Kind]
) -> Iterator[Desks[Kind]]:
    """The desks of all tenants, each a `kind`, until the block ends; then who watches is let go.

    Whom a restored backup brought back is erased again. Raises AlreadyOpen, NotOurs, KeyMissing or CannotKeep.
    """
    for locale in ("en-GB", "en-US"):  # A broken pack is found now, and not by the first customer.
        packs.load(locale)
    library = Library.open(settings.database_url, vault=vault_of(settings))
    for tenant in library.tenants():
        Erasure(library.of(tenant.id)).again()
    reader = reader_or_none()
    desks = Desks(library, lambda books, reader: kind(books, Bus(), reader, packs_of(books.shelf).load), reader)
    try:
        yield desks
    finally:
        desks.close()
        library.close()


def reader_or_none(folder: Path = models.FOLDER) -> Reader | None:
    """The reading model in `folder`, as shipped; None when it cannot be loaded, and the log says why."""
    try:
        return models.load(folder)
    except models.ModelMissing as missing:
        log.warning("The reading model is missing, so turns are kept but not read", why=str(missing))
        return None
