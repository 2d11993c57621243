"""What is left of a customer who was erased: `levelhead bench erasure [--kinds sqlite postgresql] [--format json]`.

On each database, with encryption off and on, one customer is planted in every place that can hold something of one
(30 conversations that are read and advised on, sealed values, consent, objections, holds, casework, answers to cards,
events, audit), beside somebody else. A backup is made, the customer is erased by the commands that operators use
(`customer erase`, on PostgreSQL `customer finish`), and every place is searched for five planted words as bytes:
rows, files of the database, write-ahead log, every other file, logs of server and commands, search, export. Last, the
older backup is put back. PostgreSQL is a real server of its own, which compresses no value here, so that a word that
is there is found.

So that a search that finds nothing is no search that looks nowhere, it is made before the erasure, too: with encryption off it has
to find the words there. Exit status 1 on any trace. With encryption off an older backup holds the words; that is told, not bounded.
"""

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._erased import TALKS, There, in_files, in_rows, of_the_application, plant, readable, restored, there
from levelhead.storage.audit import Audit
from tests.storage.customers import PLANTED

KINDS = ("sqlite", "postgresql")
FOUND_BEFORE = ("rows", "database file", "write-ahead log")
"""Where the words are for certain before an erasure, with encryption off."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is left; 0 where that is nothing."""
    ask = parser("erasure", __doc__)
    ask.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="which databases")
    told = ask.parse_args(argv)
    result = measure(told.kinds)
    print(json.dumps(result) if told.format == "json" else _as_text(result))
    return status(result["bounds"])


def measure(kinds: Sequence[str]) -> dict[str, Any]:
    """All figures, ready for JSON."""
    found: dict[str, dict[str, Any]] = {}
    for kind in kinds:
        for encrypts in (False, True):
            with there(kind, encrypts=encrypts) as at:
                found[f"{kind}, encryption {'on' if encrypts else 'off'}"] = erased(at)
    bounds = [bound.as_row() for name, one in found.items() for bound in bounds_of(name, one)]
    return {"planted": list(PLANTED), "bounds": bounds, **found}


def erased(at: There) -> dict[str, Any]:
    """Plant, copy, erase, search, put the copy back."""
    copy = at.folder.with_name(f"{at.folder.name}-backup")
    try:
        with closing(at.opened()) as library:
            customer = plant(library)
            Audit(library.shelf(library.first.id)).seal()
            before = {"rows": in_rows(at), **in_files(at), **of_the_application(library, customer)}
            before["conversations"] = readable(library)
        owner = ("--owner", at.owner) if at.server else ()
        said = at.told("backup", str(copy), *at.here, *owner)
        said += at.told("audit", "head", str(at.folder / "head.json"), *at.here)
        said += at.told("customer", "erase", str(customer), *at.here)
        said += at.told("customer", "finish", *owner) if at.server else ""
        with closing(at.opened()) as library:
            Audit(library.shelf(library.first.id)).seal()
            after = {"rows": in_rows(at), **in_files(at), **of_the_application(library, customer)}
            after["conversations"] = readable(library)
            others = len(library.of(library.first.id).conversations())
        said += at.told("audit", "verify", "--head", str(at.folder / "head.json"), *at.here)
        after["logs"] = sum((said + (at.server.log if at.server else "")).count(word) for word in PLANTED)
        words, conversations = restored(at, copy)
    finally:
        copy.unlink(missing_ok=True)
    backup = {"words in an older backup": words, "conversations read from an older backup": conversations}
    return {"before": before, "after": after, "others": others, "backup": backup}


def bounds_of(name: str, one: dict[str, Any]) -> list[Bound]:
    """What has to be 0, and what must not be."""
    rows = [Bound(f"{name}: {place}", count, 0, at_most=True) for place, count in one["after"].items()]
    rows.append(Bound(f"{name}: conversations of others that are still there", one["others"], TALKS))
    if name.endswith("on"):
        rows += [Bound(f"{name}: {place}", count, 0, at_most=True) for place, count in one["backup"].items()]
        rows += [Bound(f"{name}: before, {place}", one["before"][place], 0, at_most=True) for place in FOUND_BEFORE]
    else:
        rows += [Bound(f"{name}: before, {place}", one["before"][place], 1) for place in FOUND_BEFORE]
    return rows


def _as_text(result: dict[str, Any]) -> str:
    lines = [as_text(result["bounds"]), ""]
    for name, one in result.items():
        if isinstance(one, dict):
            before = ", ".join(f"{place} {count}" for place, count in one["before"].items())
            lines.append(
                f"{name}: before the erasure {before}; {', '.join(f'{k} {v}' for k, v in one['backup'].items())}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
