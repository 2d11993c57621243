"""Hears everything in the books again and says where it came out otherwise."""

import sys
from itertools import islice
from pathlib import Path

from levelhead import models, packs, settings
from levelhead.cli.output import say
from levelhead.live.replay import ReplayResult
from levelhead.live.replay import replay as hear_again
from levelhead.live.unlocking import vault_of
from levelhead.storage.library import Library
from levelhead.storage.refusals import Refused

SHOWN = 3
"""Differences of one turn that are printed; the rest are counted."""
DIFFERENT, UNUSABLE = 1, 2


def replay(conversation: str | None, data_dir: Path | None, database: str | None = None) -> int:
    """Print every turn that comes out otherwise and a last line with the count; 1 where there is any."""
    try:
        known = settings.load(data_dir=data_dir, database=database)
        library = Library.open(known.database_url, read_only=True, vault=vault_of(known))
        reader = models.load()
    except (Refused, settings.WrongSetting, models.ModelMissing) as refused:
        say(str(refused))
        return UNUSABLE
    heard = different = 0
    try:
        for tenant in library.tenants():
            for result in hear_again(library.of(tenant.id), reader, packs.load, conversation):
                heard += 1
                different += bool(result.differences)
                _print(result)
    finally:
        library.close()
    if conversation is not None and not heard:
        say(f"There is no conversation {conversation!r} in the books.")
        return UNUSABLE
    sys.stdout.write(f"{heard} turns heard again, {different} different\n")
    return DIFFERENT if different else 0


def _print(result: ReplayResult) -> None:
    for difference in islice(result.differences, SHOWN):
        where = f"{result.conversation} turn {result.n}: {difference.field}"
        sys.stdout.write(f"{where}: kept {difference.kept}, now {difference.now}\n")
    if len(result.differences) > SHOWN:
        sys.stdout.write(f"{result.conversation} turn {result.n}: and {len(result.differences) - SHOWN} more\n")
