"""Whether anybody gets past a wall: `levelhead bench walls [--only sqlite|postgresql] [--show]`.

A walk over every route of the application, pages and API, by a person of each role and by programs with a token of a team
and of a whole organisation. Wherever an address names something, it names in turn what is the walker's own, of their team, of
another team, of no team, held by somebody and by nobody, and of another organisation; each walker has a database, and every
route that can change something two new organisations, to itself. After each request every row of both is compared with what
it was, and the answer is searched for the words of whatever the walker may not see. What may be is read from the permission
table (role, action, relation), by code of the walk's own.

Three times: on SQLite, on PostgreSQL, and on PostgreSQL with the application's tenant filter taken out, where row-level
security alone stands between organisations (words are in the clear there, so that no key hides them). So that a walk that
sees nothing is no walk that looks nowhere, it is walked once more on SQLite with the filter taken out: there it has to find
people in the other organisation.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from itertools import count, groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from fastapi import FastAPI
from sqlalchemy import Engine, create_engine
from starlette.testclient import TestClient

from benchmarks._asked import parser
from benchmarks._bounds import Bound, as_text, status
from benchmarks._walls_walk import Finding, Rows, findings, is_only_read, steps
from benchmarks._walls_world import world
from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.storage import tenancy
from levelhead.web import streams
from levelhead.web.app import create_app
from levelhead.web.gate import guarded_routes
from levelhead.web.workplace import Workplace
from tests.postgresql import PostgreSQL

KINDS = ("sqlite", "postgresql", "postgresql unfiltered", "sqlite unfiltered")
CONTROL = "sqlite unfiltered"
Walker = tuple[Role | None, bool]
"""A role, or None for a program; and whether its token reaches the whole organisation."""
WALKERS: tuple[Walker, ...] = (*((role, False) for role in Role), (None, False), (None, True))
MOST_SHOWN = 40


@dataclass(slots=True)
class Walked:
    """What came of the walk on one database."""

    requests: int = 0
    routes: int = 0
    found: list[Finding] = field(default_factory=list)

    @property
    def outside(self) -> list[Finding]:
        """What went outside the table."""
        return self.found

    @property
    def across(self) -> list[Finding]:
        """What of that went from one organisation to another."""
        return [one for one in self.found if "other" in f"{one.did} {one.came_of_it}"]


def walk(app: FastAPI, engine: Engine, walker: Walker, *, is_filtered: bool) -> Walked:
    """Walk every route as this one."""
    walked = Walked(routes=len(guarded_routes(app)))
    role, wide = walker
    with TestClient(
        app, base_url="http://levelhead.test", follow_redirects=False, raise_server_exceptions=False
    ) as client:
        place: Workplace = app.state.workplace
        during = partial(unfiltered, place.desks.library.database.engine) if not is_filtered else nullcontext
        # Routes that change nothing come first, and share a world.
        for _, alike in groupby(sorted(guarded_routes(app), key=is_only_read, reverse=True), is_only_read):
            around = None
            for route in alike:
                if around is None or not is_only_read(route):
                    around = world(place.desks.library, role, wide=wide)
                rows = Rows(engine, around)
                for step in steps(route, around):
                    walked.requests += 1
                    walked.found += findings(step, around, client, place.entrance, rows, during)
    return walked


@contextmanager
def databases(kind: str) -> Iterator[Callable[[], tuple[str, str]]]:
    """Makes empty databases: where the application finds one, and where somebody does whom no wall holds."""
    if kind.startswith("sqlite"):
        with TemporaryDirectory() as folder:
            numbers = count()
            yield lambda: (f"sqlite:///{Path(folder) / f'{next(numbers)}.db'}",) * 2
        return
    server = PostgreSQL()

    def ready() -> tuple[str, str]:
        name = server.ready()
        return server.application(name), server.owner(name).replace("postgresql://", "postgresql+psycopg://")

    try:
        yield ready
    finally:
        server.remove()


@contextmanager
def unfiltered(engine: Engine) -> Iterator[None]:
    """The application without its tenant filter; statements that were compiled with it, or without, are forgotten."""
    engine.clear_compiled_cache()
    with mock.patch.object(tenancy, "only_mine", return_value=()):
        yield
    engine.clear_compiled_cache()


def measure(kind: str, walkers: Sequence[Walker] = WALKERS) -> Walked:
    """The walk on databases of this kind, a new one for each walker."""
    # Another organisation's keys would be a wall of their own behind the one that is looked at.
    walked, is_filtered = Walked(), not kind.endswith("unfiltered")
    # A stream tells how things stand and then goes on for minutes; the walk leaves after the first.
    with databases(kind) as ready, mock.patch.object(streams, "LONGEST_S", 0.0):
        for walker in walkers:
            url, all_of_it = ready()
            engine = create_engine(all_of_it)
            try:
                with TemporaryDirectory() as folder:
                    app = create_app(Settings(database=url, data_dir=Path(folder), demo=False, encryption=is_filtered))
                    one = walk(app, engine, walker, is_filtered=is_filtered)
            finally:
                engine.dispose()
            walked = Walked(walked.requests + one.requests, one.routes, walked.found + one.found)
    return walked


def bounds_of(walks: dict[str, Walked]) -> list[Bound]:
    """What has to be 0, and what must not be."""
    rows = []
    for kind, walked in walks.items():
        if kind == CONTROL:
            rows.append(Bound(f"{kind}: ways into the other organisation that the walk notices", len(walked.across), 1))
        elif kind.endswith("unfiltered"):
            rows.append(Bound(f"{kind}: reads or writes across organisations", len(walked.across), 0, at_most=True))
        else:
            rows.append(Bound(f"{kind}: reads or writes outside the table", len(walked.outside), 0, at_most=True))
    return rows


def main(argv: Sequence[str] | None = None) -> int:
    """Walk, and print what was found."""
    ask = parser("walls", __doc__)
    ask.add_argument(
        "--only", choices=KINDS, action="append", help="walk on this kind only; may be given several times"
    )
    ask.add_argument("--role", choices=[role.value for role in Role], action="append", help="walk as this role only")
    ask.add_argument("--show", action="store_true", help="tell what went outside")
    options = ask.parse_args(argv)
    chosen = tuple((role, wide) for role, wide in WALKERS if not options.role or role in options.role)
    with redirect_stdout(sys.stderr):  # What the desk says on the console is no figure.
        walks = {kind: measure(kind, chosen) for kind in options.only or KINDS}
    rows = [bound.as_row() for bound in bounds_of(walks)]
    told: dict[str, Any] = {
        kind: {"routes": walked.routes, "requests": walked.requests, "outside": len(walked.outside)}
        for kind, walked in walks.items()
    }
    print(
        json.dumps({"benchmark": "walls", "bounds": rows, "walks": told}) if options.format == "json" else as_text(rows)
    )
    if options.format == "text":
        for kind, counts in told.items():
            print(f"{kind}: {counts['requests']} requests over {counts['routes']} routes")
    if options.show:
        for kind, walked in walks.items():
            for one in walked.found[:MOST_SHOWN]:
                print(f"{kind}: {one.who}: {one.did}: {one.came_of_it}", file=sys.stderr)
    return status(rows)


if __name__ == "__main__":
    sys.exit(main())
