"""Notes deeds and seals them at the same time, for ever; says each number once it is on disk. To be killed."""

import sys
from itertools import count
from pathlib import Path
from threading import Thread

from levelhead.live.sealing import Sealer
from levelhead.people.audit import Deed
from levelhead.storage.audit_key import HEAD_FILE, signing_key
from levelhead.storage.audit_notes import note
from levelhead.storage.library import Library


def main(url: str, folder: Path, first: int) -> None:
    library = Library.open(url)
    sealer = Sealer(library, folder / HEAD_FILE, signing_key(folder))
    Thread(target=lambda: [sealer.seal() for _ in count()], daemon=True).start()
    shelf = library.shelf(library.first.id)
    for n in count(first):
        with shelf.writing() as connection:
            note(connection, Deed.TURN_HEARD, n, conversation="the-late-refund")
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
